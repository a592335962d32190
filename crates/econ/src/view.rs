//! Views of the results of the engine. Every number is a [`Figure`](crate::result::Figure), so that views do
//! not compute a number twice.

mod estimate;
mod from_scenario;
pub mod headline;
mod ledger;
mod projection;
pub mod sensitivity;
pub mod size;
mod solve;
pub mod study;
pub mod sweep;
pub mod switching_value;
pub mod table;
pub mod tariff;
pub use from_scenario::StudyError;
pub use study::{ScenarioVariant, Study};
pub use sweep::{Sweep, SweepError, sweep};
pub use table::{FigureTable, Layout};
