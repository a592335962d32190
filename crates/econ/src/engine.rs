//! The one engine: from the inputs of a draw and a path of the market to dated flows and quantities.

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
pub use dispatch::{DispatchColumn, DispatchHours, DispatchYear};
pub use draw::{Draw, DrawBuffers};
pub use hour_sums::{HourSums, HourTables};
pub use month::{Column, MonthRow};
pub use path::PathTotals;
pub use run::{Engine, SimulatedPath};
pub use steady::{Side, SteadyYear, steady};
