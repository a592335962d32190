//! The report of a ledger: who gains and who pays.

mod measures;
mod rows;
mod table;
mod text;

pub use measures::{
    AiReport, CarbonReport, CarbonReportMonth, CorrectiveTaxRow, FlipRow, FxReportYear,
    HoursReportRow, LedgerInputRow, LedgerResultRow, SplitRow, UseRow,
};
pub use rows::{
    CapacityModeRow, CapacityReportYear, FlowRow, LedgerMonthRow, LedgerReferenceRow,
    MatrixCellRow, NationalRow, PartyRow, ResourceRow, ServedByRow, TariffRow,
};

use super::SCHEMA_VERSION;
use hashwatt::econ::Ledger;
use serde::Serialize;

/// Who gains and who pays in a steady year of a project, against the same year without it. Amounts are in
/// `currency`, or in dollars where the key says so.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct LedgerReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The currency of amounts, ISO 4217.
    pub currency: String,
    /// The case of the hours that the matrix follows: `firm`, `interruptible` or `surplus_only`.
    pub hours_case: &'static str,
    /// The mode of capacity payments that it follows: `sunk`, `load_factor_share`, `average` or `new_build`.
    pub capacity_mode: &'static str,
    /// Energy of the year at the site's meter, TWh.
    pub energy_twh: f64,
    /// BTC a year.
    pub btc_per_year: f64,
    /// What each party has.
    pub parties: Vec<PartyRow>,
    /// What one party pays another, in all.
    pub matrix: Vec<MatrixCellRow>,
    /// Every flow with its formula and inputs.
    pub flows: Vec<FlowRow>,
    /// Real resources and stated externalities.
    pub resources: Vec<ResourceRow>,
    /// What the nation has of it.
    pub national: NationalRow,
    /// The tariff against each reference.
    pub references: Vec<LedgerReferenceRow>,
    /// The months: hours, plants, incremental cost, what is earned against it.
    pub months: Vec<LedgerMonthRow>,
    /// Payments for capacity by year, in four modes.
    pub capacity: Vec<CapacityReportYear>,
    /// What the site pays.
    pub tariff: TariffRow,
    /// The hours in three cases.
    pub hours: Vec<HoursReportRow>,
    /// Minutes of notice before an emergency-off.
    pub emergency_notice_minutes: f64,
    /// Graphics processors on the same megawatts.
    pub ai: AiReport,
    /// What a MWh does, by use.
    pub uses: Vec<UseRow>,
    /// From all mining to all AI.
    pub split: Vec<SplitRow>,
    /// What crosses the border, by year.
    pub foreign_exchange: Vec<FxReportYear>,
    /// Emissions.
    pub carbon: CarbonReport,
    /// Corrective taxes.
    pub corrective_taxes: Vec<CorrectiveTaxRow>,
    /// The figures to quote, each with its band and what turns its sign.
    pub results: Vec<LedgerResultRow>,
    /// Draws behind the bands.
    pub samples: usize,
    /// Whether these are all that were asked for.
    pub complete: bool,
    /// Where the random numbers began.
    pub seed: u64,
    /// Every input with its unit, date, source and range.
    pub inputs: Vec<LedgerInputRow>,
    /// What a reader must know before quoting a figure.
    pub warnings: Vec<String>,
}

impl From<&Ledger> for LedgerReport {
    fn from(ledger: &Ledger) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            currency: ledger.currency.to_string(),
            hours_case: ledger.case.name(),
            capacity_mode: ledger.mode.name(),
            energy_twh: super::tidy(ledger.energy_twh),
            btc_per_year: super::tidy(ledger.btc_per_year),
            parties: rows::parties(&ledger.matrix),
            matrix: rows::matrix(&ledger.matrix),
            flows: rows::flows(ledger),
            resources: rows::resources(ledger),
            national: rows::national(&ledger.matrix),
            references: ledger.references.iter().map(Into::into).collect(),
            months: ledger.months.iter().map(Into::into).collect(),
            capacity: ledger.capacity.iter().map(Into::into).collect(),
            tariff: (&ledger.tariff).into(),
            hours: ledger.hours.iter().map(Into::into).collect(),
            emergency_notice_minutes: ledger.emergency_notice_minutes,
            ai: (&ledger.ai).into(),
            uses: ledger.uses.iter().map(Into::into).collect(),
            split: ledger.split.iter().map(Into::into).collect(),
            foreign_exchange: ledger.foreign_exchange.iter().map(Into::into).collect(),
            carbon: (&ledger.carbon).into(),
            corrective_taxes: ledger.corrective_taxes.iter().map(Into::into).collect(),
            results: ledger.results.iter().map(Into::into).collect(),
            samples: ledger.samples,
            complete: ledger.complete,
            seed: ledger.seed,
            inputs: ledger.inputs.iter().map(Into::into).collect(),
            warnings: ledger.warnings.clone(),
        }
    }
}
