//! From megawatts to a share of the network, income, cost, subsidy and carbon, at one moment.
//!
//! A [`Case`] holds the inputs, each with its origin; [`Case::snapshot`] turns it into a
//! [`Snapshot`] of results. No input or output, no state, no scanner: the only thing that comes
//! from a measurement is an [`Efficiency`](crate::estimate::Efficiency).
//!
//! ```
//! use hashwatt::econ::Case;
//! use hashwatt::units::Watts;
//! let snapshot = Case::new(Watts::from_mw(2000.0)).snapshot()?;
//! assert!((snapshot.share_of_blocks - 0.117620).abs() < 1e-6);
//! # Ok::<(), hashwatt::econ::EconError>(())
//! ```

mod backtest;
mod break_even;
mod carbon;
mod catalogue;
mod epoch_step;
mod fleet;
mod history;
mod hours;
mod inputs;
mod ledger;
mod market;
mod measured;
mod network;
mod others;
mod price_list;
mod project;
mod revenue;
mod scale;
mod scenario;
mod site;
mod snapshot;
mod supply;
mod tariff;

pub use backtest::{Backtest, BacktestRow, CAVEAT, CompanyMonth, ErrorSummary, btc_over};
pub use break_even::{BreakEvenPoints, BreakEvens, CostBasis};
pub use carbon::{Emissions, Households};
pub use catalogue::{Catalogue, Machine};
pub use epoch_step::{expected_time, retarget_step};
pub use fleet::Fleet;
pub use history::{Epoch, Epochs, NetworkMonth};
pub use hours::{HourBlock, Hours};
pub use ledger::{
    AiFacts, AiSection, ByYear, CapacityMode, CapacitySection, CapacityYear, CarbonMonth,
    CarbonSection, CarbonYear, CorrectiveTax, Flip, Flow, FlowSpec, ForeignExchangeSection, FxYear,
    HoursCase, HoursCaseRow, Ledger, LedgerHoursSection, LedgerInput, LedgerInputs,
    LedgerMarketSection, LedgerMonth, LedgerReference, LedgerResult, LedgerSection, LedgerSettings,
    Line, LossesSection, Matrix, Means, MeteringPoint, Minor, MonthHours, NationalNet,
    OperatorSection, Party, PayersSection, PlantSection, ReferenceCost, ReferenceKind,
    ReferenceSection, Resource, ResourceSpec, ServedBy, SplitPoint, Spread, Subsidy, SupplySection,
    TariffTerms, TaxLine, TermsSection, Tier, Use, UsesSection,
};
pub use market::{MarketResiduals, MarketShock, Noise};
pub use measured::{MeasuredResult, MeasuredResultError};
pub use network::Network;
pub use others::Response;
pub use project::{
    Band, EpochResult, EpochRow, EpochState, Factor, FactorKind, Heat, Lot, LotStatus, Plan,
    Project, Projection, Sensitivity, Settings, SitePlan, SobolIndex, TornadoBar, Totals, Watch,
};
pub use revenue::{
    BreakEven, Income, breakeven_tariff, btc_rate, hashprice, network_after, share_of_blocks,
};
pub use scale::{FiscalValue, Scale, ScalePoint};
pub use scenario::{
    FleetSection, HeatSection, HoursSection, MarketSection, ProjectSection, ResponseSection,
    Scenario, ScenarioError, SiteSection, Sourced, TariffStatus,
};
pub use site::{Allocation, Pool, Pue, Site};
pub use snapshot::{Case, Input, Snapshot};
pub use supply::{SupplyAssumptions, SupplyCurve, Vintage};
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
