//! Hashes and joules over one window: a [`Scanner`](crate::scan::Scanner) runs, every meter is
//! read at the edges of its counter next to the moments at which batches were completed, and the
//! two are divided.
//!
//! The window opens at the first completed batch after the run has become steady and closes at
//! one, too, so that the queue is never drained inside. Where nothing measures energy there are
//! no joules and no J/TH: the result holds the reason instead of a number.
//!
//! [`Bench`] measures one scanner, [`InterleavedBench`] compares the hashrates of several in turn.

mod batch_means;
mod bench;
mod comparison;
mod component;
mod conditions;
mod count;
mod cross_check;
mod display;
mod energy_result;
mod error;
mod evaluate;
mod headline;
mod idle;
mod interleaved;
mod log;
mod measurement;
mod observer;
mod plan;
mod plausibility;
mod run;
mod sampler;
mod series;
mod steadiness;
mod steady;
#[cfg(test)]
mod tests;
mod timeline;
mod unavailable;
mod uncertainty;
mod window;

pub use batch_means::BatchMeans;
pub use bench::{Bench, InterleavedBench};
pub use comparison::{Ratio, Sample};
pub use component::{Component, Evaluation};
pub use conditions::ConditionsRecord;
pub use cross_check::CrossCheck;
pub use energy_result::EnergyResult;
pub use error::MeasureError;
pub use idle::{IdleMeasurement, NetEnergyUnavailable};
pub use interleaved::{InterleavedMeasurement, InterleavedScanner};
pub use measurement::Measurement;
pub use observer::{MeasurementObserver, MeasurementStage};
pub use plan::MeasurementPlan;
pub use steadiness::Steadiness;
pub use steady::Trend;
pub use timeline::Timeline;
pub use unavailable::EnergyUnavailable;
pub use uncertainty::UncertaintyBudget;
pub use window::CompletionMark;
