//! Bitcoin's network: what it was, what everybody else does in it, and what the market does to it.
//!
//! Each file uses only those before it: `history`, `catalogue` (tables), `snapshot`, `state` (the
//! protocol's clock), `supply` (what a hash costs the others), `curves` (that as a table, as it was
//! known at a date), `others` (how they respond), `replay` (the response along the known epochs),
//! `course` (what drives price, fees and others), `market` (residuals and their sampler), `calibrate`
//! (bands of the past against what came). `power` (what the network draws) rests on `catalogue` and `supply`, with
//! `monthly` (a month at another price), `published` (what others say of it) `power_series` (a user's series) `power_study` (several months) and `power_inputs` (what it rests on) beside it.

mod calibrate;
mod catalogue;
mod course;
mod curves;
mod history;
mod market;
mod monthly;
mod others;
mod power;
mod power_inputs;
mod power_series;
mod power_study;
mod published;
mod replay;
mod snapshot;
mod state;
mod supply;

pub use calibrate::{
    Calibration, CalibrationScore, CalibrationSettings, HORIZON_EPOCHS, MarketFigure, Origins,
    calibrate,
};
pub use catalogue::{Catalogue, Machine};
pub use course::{
    AccumulatedShocks, Course, Driver, MarketDrivers, OthersCourse, PathOf, PathQuantity, StepPath,
};
pub use history::{Epoch, Epochs, NetworkMonth};
pub use market::{BLOCK_EPOCHS, MarketResiduals, MarketSampler, ResidualModel};
pub use others::ResponseParameters;
pub use power::{MeanPower, NetworkAt, NetworkPower, PowerAssumptions, PowerLevel, network_power};
pub use power_inputs::{PowerInput, PowerInputs};
pub use power_series::PowerSeries;
pub use power_study::{MonthPower, NetworkIntensity, PeriodPower, PowerStudy};
pub use published::{PublishedFigure, PublishedIntensity, PublishedQuantity};
pub use replay::MarketShock;
pub use snapshot::Network;
pub use state::{expected_time, network_with, retarget_step, share};
pub use supply::{SupplyAssumptions, SupplyCurve, SupplyPoint, Vintage};

pub(crate) use curves::{CurveTable, CurveYears, KnownCurve};
pub(crate) use market::{generator, uniform};
pub(crate) use others::{Others, ResponseRates};
pub(crate) use state::{expected_hashes, next_difficulty, subsidy_until_retarget};
