//! What a ledger says.

use super::results::LedgerResult;
use super::uses::{SplitPoint, Use};
use super::{
    CapacityMode, Flow, HoursCase, LedgerInput, Matrix, MeteringPoint, MonthHours, ReferenceKind,
    SurplusStep,
};
use crate::{Currency, TariffStatus};

/// A plant's part of the next MW.
#[derive(Clone, Debug, PartialEq)]
pub struct ServedBy {
    /// The plant.
    pub plant: String,
    /// Its part, 0 to 1.
    pub share: f64,
}

/// A month.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerMonth {
    /// 1 to 12.
    pub month: u8,
    /// Its hours.
    pub hours: MonthHours,
    /// Energy at the site's meter, GWh.
    pub energy_gwh: f64,
    /// Who serves it.
    pub served_by: Vec<ServedBy>,
    /// The part for which no plant of the merit order has room.
    pub beyond_headroom: f64,
    /// Incremental cost at the site's meter, in the currency for a kWh.
    pub incremental_per_kwh: f64,
    /// What the site pays for a kWh of energy.
    pub paid_per_kwh: f64,
    /// What the system earns with it (negative: loses) against incremental cost, in the currency.
    pub earns: f64,
}

/// A reference beside what the site pays.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerReference {
    /// What it stands for.
    pub kind: ReferenceKind,
    /// What it is.
    pub what: String,
    /// As it is quoted, in the currency for a kWh.
    pub quoted_per_kwh: f64,
    /// Where it is metered.
    pub metering_point: MeteringPoint,
    /// Losses from there to the customer, 0 to 1.
    pub loss_factor: f64,
    /// At the customer's meter.
    pub at_customer_per_kwh: f64,
    /// The month that it is of, where it is of one.
    pub month: Option<u8>,
    /// Its input, which has the date and the source.
    pub input: LedgerInput,
    /// That less what the site pays, for a kWh.
    pub subsidy_per_kwh: f64,
    /// For the year's energy, in the currency.
    pub subsidy_per_year: f64,
}

/// Payments for capacity in a year, counted in four ways.
#[derive(Clone, Debug, PartialEq)]
pub struct CapacityYear {
    /// From 1.
    pub year: usize,
    /// The part of today's payments in force.
    pub in_force: f64,
    /// The part of them that is due whether a plant runs or not.
    pub take_or_pay: f64,
    /// What counts against the site by mode, in the currency.
    pub cost: [f64; 4],
    /// What the site pays, less incremental cost, less that.
    pub left: [f64; 4],
}

/// What the site pays.
#[derive(Clone, Debug, PartialEq)]
pub struct TariffTerms {
    /// How firm it is.
    pub status: TariffStatus,
    /// Who may have it.
    pub eligibility: String,
    /// A year's energy charge, in the currency.
    pub energy_charge: f64,
    /// A year's charge for contracted load.
    pub capacity_charge: f64,
    /// A year's adjustments.
    pub adjustments: f64,
    /// Sales tax that comes back.
    pub recoverable_tax: f64,
    /// Taxes that do not.
    pub unrecoverable_tax: f64,
    /// All before taxes, for a kWh.
    pub paid_per_kwh: f64,
}

/// One case of the hours.
#[derive(Clone, Debug, PartialEq)]
pub struct HoursCaseRow {
    /// Which.
    pub case: HoursCase,
    /// Hours of the year in full load.
    pub served: f64,
    /// Hours in which it is curtailed.
    pub curtailed: f64,
    /// Hours in which it runs although the system is short by as much.
    pub at_risk: f64,
    /// Mean productive load over contracted load.
    pub capacity_factor: f64,
    /// Standby energy of curtailed hours, GWh.
    pub standby_gwh: f64,
    /// The charge for contracted load in the year, in the currency.
    pub fixed_charge: f64,
    /// The part of it that falls on curtailed hours.
    pub fixed_charge_curtailed: f64,
    /// What emergency calls bring, in the currency.
    pub emergency_payment: f64,
    /// The operator's profit after tax.
    pub profit_after_tax: f64,
    /// What the nation has of it.
    pub national_net: f64,
    /// The least and the most capacity factor at which the operator's cash costs are met; `None` where
    /// they are at none.
    pub break_even_cash: Option<(f64, f64)>,
    /// The same with capital.
    pub break_even_capital: Option<(f64, f64)>,
}

/// Graphics processors on the same megawatts.
#[derive(Clone, Debug, PartialEq)]
pub struct AiFacts {
    /// All megawatts' worth of them.
    pub gpus_on_all_mw: f64,
    /// Power at the site's meter for each, kW.
    pub kw_per_gpu_at_site: f64,
    /// Capital, USD/MW.
    pub usd_per_mw: f64,
    /// Capital, USD for each processor, its part of the shell with it.
    pub usd_per_gpu: f64,
    /// Mean rent of each year of life, USD/GPU-h.
    pub rent_by_year: Vec<f64>,
}

/// What crosses the border in a year, USD.
#[derive(Clone, Debug, PartialEq)]
pub struct FxYear {
    /// From 1.
    pub year: usize,
    /// Units of the currency for a dollar.
    pub rate: f64,
    /// Bitcoin sold and brought home.
    pub bitcoin_in: f64,
    /// AI sold abroad.
    pub ai_in: f64,
    /// Imported fuel at the margin.
    pub fuel_out: f64,
    /// Machines, their spares and the site's equipment.
    pub machines_out: f64,
    /// Spare parts and other costs.
    pub spares_and_costs_out: f64,
    /// Debt service.
    pub debt_out: f64,
    /// Profit remitted.
    pub profit_out: f64,
    /// New plants, where they are built for it.
    pub plants_out: f64,
    /// In less out.
    pub net: f64,
    /// The same in the currency of the year.
    pub net_local: f64,
    /// Bitcoin held, which is in none of it.
    pub bitcoin_held: f64,
}

/// What the system has left over in the hours of the year.
#[derive(Clone, Debug, PartialEq)]
pub struct Surplus {
    /// Hours by what is free in them, the most first.
    pub steps: Vec<SurplusStep>,
    /// What the site takes of it in full load, MW where plants deliver it.
    pub load_mw: f64,
    /// What the profile says of itself.
    pub source: String,
    /// The date that it holds for.
    pub as_of: String,
}

/// Emissions of a month.
#[derive(Clone, Debug, PartialEq)]
pub struct CarbonMonth {
    /// 1 to 12.
    pub month: u8,
    /// The grid's average, g/kWh at the plants; `None` where no output is known.
    pub average_g_per_kwh: Option<f64>,
    /// Of the next MW, g/kWh at the plants.
    pub marginal_g_per_kwh: f64,
}

/// Emissions of the year, t.
#[derive(Clone, Debug, PartialEq)]
pub struct CarbonYear {
    /// At the average that the scenario states.
    pub stated_average_t: f64,
    /// At the average of each month's plants.
    pub average_t: f64,
    /// Of the plants that serve it.
    pub marginal_t: f64,
    /// Of making the machines, a year's part.
    pub embodied_t: f64,
    /// Of miners who leave.
    pub displaced_t: f64,
    /// Marginal and embodied less displaced.
    pub global_net_t: f64,
    /// By month.
    pub months: Vec<CarbonMonth>,
    /// Households that use as much energy.
    pub households: f64,
}

impl CarbonYear {
    /// What the count of households must be read with.
    pub const HOUSEHOLDS: &'static str = "not deliverable supply";
}

/// A corrective tax.
#[derive(Clone, Debug, PartialEq)]
pub struct CorrectiveTax {
    /// What it is called.
    pub name: String,
    /// Its rate, in the currency for a kWh.
    pub per_kwh: f64,
    /// What it would raise in the year.
    pub per_year: f64,
    /// Whether the matrix has it.
    pub applied: bool,
}

/// Who gains and who pays.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    /// The currency of all amounts that are not in dollars.
    pub currency: Currency,
    /// The case of the hours that it follows.
    pub case: HoursCase,
    /// The mode of capacity payments that it follows.
    pub mode: CapacityMode,
    /// Energy of the year at the site's meter, TWh.
    pub energy_twh: f64,
    /// BTC a year.
    pub btc_per_year: f64,
    /// Who pays whom.
    pub matrix: Matrix,
    /// References beside what the site pays.
    pub references: Vec<LedgerReference>,
    /// The months.
    pub months: Vec<LedgerMonth>,
    /// Payments for capacity by year.
    pub capacity: Vec<CapacityYear>,
    /// What the site pays.
    pub tariff: TariffTerms,
    /// The hours in three cases.
    pub hours: Vec<HoursCaseRow>,
    /// What the system has left over; `None` without a profile.
    pub surplus: Option<Surplus>,
    /// Minutes of notice before an emergency-off.
    pub emergency_notice_minutes: f64,
    /// The AI.
    pub ai: AiFacts,
    /// What a MWh does.
    pub uses: Vec<Use>,
    /// From all mining to all AI.
    pub split: Vec<SplitPoint>,
    /// What crosses the border by year.
    pub foreign_exchange: Vec<FxYear>,
    /// Emissions.
    pub carbon: CarbonYear,
    /// Corrective taxes.
    pub corrective_taxes: Vec<CorrectiveTax>,
    /// The figures that a reader quotes.
    pub results: Vec<LedgerResult>,
    /// Draws behind them.
    pub samples: usize,
    /// Whether these are all that were asked for.
    pub complete: bool,
    /// Where the random numbers began.
    pub seed: u64,
    /// Every input with its unit, date, source and range.
    pub inputs: Vec<LedgerInput>,
    /// What a reader must know before quoting a figure.
    pub warnings: Vec<String>,
}

impl Ledger {
    /// The flow of a name.
    pub fn flow(&self, name: &str) -> Option<&Flow> {
        self.matrix.flows.iter().find(|flow| flow.spec.name == name)
    }

    /// The inputs that a flow follows from.
    pub fn inputs_of<'a>(&'a self, prefixes: &'a [&'a str]) -> Vec<&'a LedgerInput> {
        let named = |input: &&LedgerInput| prefixes.iter().any(|p| stands_for(p, &input.key));
        self.inputs.iter().filter(named).collect()
    }
}

/// Whether a key is the one that is named, or below it.
fn stands_for(prefix: &str, key: &str) -> bool {
    match key.strip_prefix(prefix) {
        Some(rest) => rest.is_empty() || prefix.ends_with('.') || prefix.starts_with("ledger."),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::hours::{MONTH_HOURS, YEAR_HOURS};
    use super::*;

    #[test]
    fn keys_stand_for_themselves_and_what_is_below_them() {
        assert!(stands_for("tariff", "tariff") && !stands_for("tariff", "tariff_status"));
        assert!(stands_for("ledger.ai.", "ledger.ai.sold"));
        assert!(stands_for("ledger.hours", "ledger.hours.case"));
        assert!(!stands_for("fx", "fees_btc"));
        assert_eq!(MONTH_HOURS.iter().sum::<f64>(), YEAR_HOURS);
    }
}
