//! The Bitcoin network: its history, the response of other miners, and market paths.
//!
//! Each file uses only those before it: `history`, `catalogue` (tables), `snapshot`, `state` (the
//! retarget), `supply` (the others' cost per hash), `curves` (supply curves as tables, as known at a
//! date), `others` (their response), `replay` (the response along the known epochs), `drivers` (sources
//! of price, fees and hashrate), `market` (residuals and their sampler), `calibrate` (past bands against
//! outcomes). `power` (the network's power) uses `catalogue` and `supply`. `monthly` (a month at another
//! price), `published` (published estimates), `power_series` (a user's series), `power_study` (several
//! months) and `power_inputs` (assumptions and their provenance) belong to it.

mod calibrate;
mod catalogue;
mod curves;
mod drivers;
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
    Calibration, CalibrationScore, CalibrationSettings, ForecastVariable, HORIZON_EPOCHS,
    OriginSubset, calibrate,
};
pub use catalogue::{Catalogue, Machine};
pub use drivers::{
    AccumulatedShocks, Driver, HashrateSource, MarketDrivers, PathOf, PathQuantity, PathSource,
    StepPath,
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
