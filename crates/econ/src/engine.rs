//! The one engine: from the inputs of a draw and a path of the market to dated flows and quantities.

mod calendar;
mod chain;
mod draw;
mod hour_sums;
mod month;
mod path;
mod run;
mod running;
mod scarce;
mod serve;
mod simulate;
mod sites;
mod steady;

pub use crate::params::inputs::*;
pub use calendar::{Calendar, Month};
pub use chain::Epoch;
pub(crate) use chain::response as response_of;
pub use draw::{Draw, DrawBuffers};
pub use hour_sums::{HourSums, HourTables};
pub use month::{Column, MonthRow};
pub use path::PathTotals;
pub use run::{Engine, FollowedPath};
pub(crate) use simulate::Probe;
pub use simulate::{Metered, Paths, ReferenceIds, Simulation, Watch};
pub use steady::{Side, Steady, steady};
