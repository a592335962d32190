//! What is shown of the engine's results. No view computes what another one shows: every number has a
//! [`Figure`](crate::result::Figure).

pub mod estimate;
pub mod headline;
pub mod ledger;
pub mod projection;
pub mod sensitivity;
pub mod size;
pub mod solve;
pub mod study;
pub mod sweep;
pub mod switching_value;
pub mod table;
pub mod tariff;
pub use study::{ScenarioVariant, Study};
pub use sweep::{Sweep, SweepError, sweep};
pub use table::{FigureTable, Layout};
