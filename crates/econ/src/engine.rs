//! The simulation engine: from the inputs of a draw and a path of the market to dated flows and quantities.

mod ai;
mod calendar;
pub(crate) mod chain;
mod dispatch;
mod draw;
mod hour_sums;
mod month;
mod now;
pub(crate) mod path;
mod run;
mod running;
mod scarce;
mod serve;
mod site_run;
mod sites;
mod steady;

pub use crate::params::inputs::*;
pub use calendar::{Calendar, Month};
pub use chain::ModelEpoch;
pub(crate) use chain::response as response_of;
#[doc(hidden)] // for the tests and the other crates of this workspace
pub use dispatch::DispatchHours;
pub use dispatch::{DispatchColumn, DispatchYear};
#[doc(hidden)] // for the tests and the other crates of this workspace
pub use draw::{Draw, DrawBuffers};
#[doc(hidden)] // for the tests and the other crates of this workspace
pub use hour_sums::{HourSums, HourTables};
pub use month::{Column, MonthRow};
pub use path::PathTotals;
pub use run::{Engine, SimulatedPath};
#[doc(hidden)] // for the tests and the other crates of this workspace
pub use steady::{SteadyState, SteadyYear, steady};
