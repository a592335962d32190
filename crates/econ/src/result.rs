//! What a run comes to: figures by typed keys, each with its base, its band, or what it lacks.

mod band;
mod classes;
mod figure;
mod moment;
mod needs;
mod outcome;
mod payments;
mod places;
mod present;
mod summary;
mod uses;

pub use band::Band;
pub(crate) use band::Quantiles;
pub use classes::class_figures;
pub use figure::{Counted, Externality, Figure, Period};
pub use moment::{Basis, Moment, Stage, Variable};
pub(crate) use needs::Lacking;
pub(crate) use outcome::Found;
pub use outcome::{Missing, Outcome, Value};
pub use payments::PaymentLine;
pub(crate) use payments::payments;
pub(crate) use places::Places;
pub use summary::all_figures;
pub(crate) use summary::{ReferencePrice, Summary, sums};
pub(crate) use uses::UseValues;
pub use uses::{Use, UseIds, Worth};
