//! From megawatts to a share of the network, income, cost, subsidy and carbon, at one moment and over
//! years.
//!
//! ```
//! use hashwatt_econ::Case;
//! use hashwatt_econ::units::Watts;
//!
//! let snapshot = Case::new(Watts::from_mw(2000.0)).snapshot()?;
//! println!("{snapshot}");
//! assert!((snapshot.share_of_blocks - 0.117620).abs() < 1e-6);
//! # Ok::<(), hashwatt_econ::EconError>(())
//! ```
//!
//! A [`Case`] holds the inputs, each with its origin; [`Case::snapshot`] turns it into a
//! [`Snapshot`] of results; [`Scale`] and [`BreakEvens`] ask it what its size does and where it pays. A
//! [`Project`] follows sites and lots of machines by retarget epochs along many paths of the market
//! ([`Project::simulate`], [`Project::sensitivity`]), in a network that answers. A [`Scenario`] is the file of
//! both. No input or output, no state, no scanner: the only thing that comes
//! from a measurement is an [`Efficiency`](crate::uncertainty::Efficiency).
//!
//! # What a modeller calls
//!
//! [`hashrate`](fn@hashrate), [`btc`](fn@btc), [`breakeven_tariff`], [`marginal_value_per_mwh`],
//! [`retarget_step`] and, for a whole project, [`Plan::step`]: pure functions with units.
//!
//! # Coupling to a dispatch model
//!
//! A dispatch model asks what a flexible load pays for a MWh in each hour.
//! [`marginal_value_per_mwh`] answers with a series: above it the machines stand still. A toy dispatch
//! of one day, with a merit order of two plants and a surplus at noon:
//!
//! ```
//! use hashwatt_econ::{Dilution, hashprice, marginal_value_per_mwh};
//! use hashwatt_econ::units::{Btc, EnergyPrice, Fraction, Hashrate, JoulesPerHash, UsdPerBtc, Watts};
//!
//! // What a hash earns in each hour, here the same all day.
//! let network = Hashrate::from_eh_s(905.0);
//! let earns = hashprice(network, Btc::from_btc(3.148), UsdPerBtc::from_usd_per_btc(65_159.0));
//! let at_site = JoulesPerHash::from_j_per_th(15.0 * 1.05);
//! let value = marginal_value_per_mwh(&[earns; 24], at_site, Fraction::ONE, Dilution::PriceTaker)?;
//!
//! // The system: demand and solar in MW by hour; then 60 MW at 20 USD/MWh, then gas at 110 USD/MWh.
//! let solar = |hour: usize| if (9..16).contains(&hour) { 50.0 } else { 0.0 };
//! let marginal_cost = |hour: usize, mining_mw: f64| {
//!     let residual = 55.0 + mining_mw - solar(hour);
//!     if residual <= 0.0 { 0.0 } else if residual <= 60.0 { 20.0 } else { 110.0 }
//! };
//! // 10 MW of machines run in the hours in which they pay more than the energy costs the system.
//! let running: Vec<usize> = (0..24)
//!     .filter(|&hour| value[hour] > EnergyPrice::from_usd_per_mwh(marginal_cost(hour, 10.0)))
//!     .collect();
//! assert_eq!(running, (9..16).collect::<Vec<_>>()); // gas at 110 is more than 86 USD/MWh
//!
//! // 2,000 MW are no price-taker: what the next MWh earns is less, by one's own dilution.
//! let own = Watts::from_mw(2_000.0) / at_site;
//! let diluted = Dilution::Own { others: network, own, displacement: Fraction::ZERO };
//! let value = marginal_value_per_mwh(&[earns; 24], at_site, Fraction::ONE, diluted)?;
//! assert!(value[0] < EnergyPrice::from_usd_per_mwh(70.0));
//! # Ok::<(), hashwatt_econ::EconError>(())
//! ```

#![warn(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used
)]
#![cfg_attr(
    test,
    allow(
        clippy::expect_used,
        clippy::panic,
        clippy::print_stdout,
        clippy::unwrap_used,
        reason = "a test fails by panicking, and a simulation prints its figures"
    )
)]

pub use hashwatt_quantities::{pow, text, uncertainty, units};

pub mod account;
mod backtest;
mod break_even;
mod calls;
mod carbon;
pub mod engine;
mod fleet;
mod hours;
mod inputs;
mod ledger;
mod measured;
pub mod network;
mod normal;
pub mod params;
mod price_list;
mod project;
pub mod result;
mod revenue;
mod scale;
mod scenario;
pub mod scenario2;
pub mod site;
mod site_old;
mod snapshot;
mod sweep;
mod system;
mod tariff;
pub mod view;

pub use backtest::{Backtest, BacktestRow, CAVEAT, CompanyMonth, ErrorSummary, btc_over};
pub use break_even::{BreakEvenPoints, BreakEvens, CostBasis};
pub use calls::{Dilution, NetworkState, btc, hashrate, marginal_value_per_mwh};
pub use carbon::{Emissions, Households};
pub use fleet::Fleet;
pub use hours::{HourBlock, Hours};
pub use ledger::{
    AiFacts, AiSection, ByYear, CapacityMode, CapacitySection, CapacityYear, CarbonMonth,
    CarbonSection, CarbonYear, CorrectiveTax, Flip, Flow, FlowSpec, ForeignExchangeSection, FxYear,
    HoursCase, HoursCaseRow, Ledger, LedgerHoursSection, LedgerInput, LedgerInputs,
    LedgerMarketSection, LedgerMonth, LedgerReference, LedgerResult, LedgerSection, LedgerSettings,
    Line, LossesSection, Matrix, Means, MeteringPoint, Minor, MonthHours, NationalNet,
    OperatorSection, Party, PayersSection, PlantSection, ReferenceCost, ReferenceKind,
    ReferenceSection, Resource, ResourceSpec, ServedBy, SplitPoint, Spread, Subsidy, SupplySection,
    Surplus, SurplusStep, TariffTerms, TaxLine, TermsSection, Tier, Use, UsesSection,
};
pub use measured::{MeasuredResult, MeasuredResultError};
pub use network::{
    BLOCK_EPOCHS, Calibration, CalibrationScore, CalibrationSettings, Catalogue, Course, Driver,
    Epoch, Epochs, HORIZON_EPOCHS, Machine, MarketDrivers, MarketFigure, MarketNoise,
    MarketResiduals, MarketSampler, MarketShock, Network, NetworkMonth, Noise, Origins,
    OthersCourse, PathOf, PathQuantity, Response, StepPath, SupplyAssumptions, SupplyCurve,
    SupplyPoint, Vintage, calibrate, expected_time, retarget_step,
};
pub use project::{
    Band, EpochResult, EpochRow, EpochState, Factor, FactorKind, Heat, Lot, LotStatus, Plan,
    Project, Projection, Sensitivity, Settings, SitePlan, SobolIndex, Threshold, Thresholds,
    TornadoBar, Totals, Watch,
};
pub use revenue::{
    BreakEven, Income, breakeven_tariff, btc_rate, hashprice, network_after, share_of_blocks,
};
pub use scale::{FiscalValue, Scale, ScalePoint};
pub use scenario::{
    FleetSection, HeatSection, HoursSection, MarketSection, ProjectSection, ResponseSection,
    Scenario, ScenarioError, SiteSection, Sourced, TariffStatus,
};
pub use site_old::{Allocation, Pool, Pue, Site};
pub use snapshot::{Case, Input, Snapshot};
pub use sweep::{DisplacementPoint, EfficiencyPoint};
pub use tariff::{Currency, ExchangeRate, LocalAmount, LocalPrice, Tariff};

/// What can be wrong with a case or its data.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EconError {
    /// A number outside what the field can hold.
    #[error("{field} is {given}; give {remedy}")]
    OutOfRange {
        /// The input.
        field: &'static str,
        /// What was given.
        given: String,
        /// What would do.
        remedy: &'static str,
    },
    /// A text that is no price, rate or currency.
    #[error("{field} `{given}` cannot be read; give {remedy}")]
    Unreadable {
        /// The input.
        field: &'static str,
        /// What was given.
        given: String,
        /// What would do.
        remedy: &'static str,
    },
    /// A price in another currency than dollars, without a rate.
    #[error("exchange rate is missing: the price is in {0}; give one, for example \"281 {0}/USD\"")]
    MissingExchangeRate(Currency),
    /// A rate for another currency than the price's.
    #[error("exchange rate is for {rate} but the price is in {price}; give {price}/USD")]
    CurrencyMismatch {
        /// The rate's currency.
        rate: Currency,
        /// The price's currency.
        price: Currency,
    },
    /// No machine of that name.
    #[error("machine `{name}` is not in the catalogue; the nearest are: {nearest}")]
    UnknownMachine {
        /// The name that was asked for.
        name: String,
        /// Names that are there.
        nearest: String,
    },
    /// Several machines of that name.
    #[error("machine `{name}` is ambiguous; give one of: {matches}")]
    AmbiguousMachine {
        /// The name that was asked for.
        name: String,
        /// Names that are there.
        matches: String,
    },
    /// No references for that region.
    #[error("references for `{region}` are not shipped; give one of: {shipped}")]
    UnknownRegion {
        /// The region that was asked for.
        region: String,
        /// Regions that are there.
        shipped: String,
    },
    /// A table of the crate or of the user has a row that cannot be read.
    #[error("{table}: {reason}")]
    Table {
        /// The table.
        table: &'static str,
        /// What is wrong where.
        reason: String,
    },
    /// A result that cannot be, for want of inputs.
    #[error("there is no {what}: {missing}")]
    NoResult {
        /// The result.
        what: &'static str,
        /// What is missing.
        missing: String,
    },
    /// Inputs so large or small that a result is no finite number.
    #[error("{0} overflows; give inputs nearer to the possible")]
    Overflow(&'static str),
}

impl EconError {
    /// `value` lies within, or the error that names its field.
    fn unless_within(
        field: &'static str,
        value: f64,
        range: std::ops::RangeInclusive<f64>,
        remedy: &'static str,
    ) -> Result<(), Self> {
        match range.contains(&value) {
            true => Ok(()),
            false => Err(Self::OutOfRange { field, given: value.to_string(), remedy }),
        }
    }
}

/// Seconds of a year of 365 days, by which rates are counted.
pub(crate) const YEAR_S: f64 = 365.0 * 86_400.0;
