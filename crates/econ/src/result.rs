//! Results of a run: figures by typed keys, each with its base value and band, or its missing inputs.

mod band;
mod classes;
mod figure;
mod figure_sources;
mod moment;
mod needs;
mod outcome;
mod payments;
mod present_value;
mod summary;
mod uses;

pub use band::Band;
pub(crate) use band::Quantiles;
pub use classes::class_figures;
pub use figure::{Counted, Externality, Figure, Period};
pub(crate) use figure_sources::FigureSources;
pub use moment::{Basis, Moment, Stage, Variable};
pub(crate) use needs::MissingInputs;
pub(crate) use outcome::Found;
pub use outcome::{Missing, Outcome, Value};
pub use payments::PaymentLine;
pub(crate) use payments::payments;
pub use summary::all_figures;
pub(crate) use summary::{ReferencePrice, Summary, sums};
pub(crate) use uses::UseValues;
pub use uses::{Use, UseIds, ValueMeasure};
