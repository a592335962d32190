//! The rows of a ledger's report on hours, uses, the border, carbon and results.

use crate::{Origin, tidy};
use hashwatt::econ::{
    AiFacts, CarbonMonth, CarbonYear, CorrectiveTax, Flip, FxYear, HoursCaseRow, LedgerInput,
    LedgerResult, SplitPoint, Use,
};
use serde::Serialize;

fn pair((least, most): (f64, f64)) -> [f64; 2] {
    [tidy(least), tidy(most)]
}

/// The hours in one case.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct HoursReportRow {
    /// `firm`, `interruptible` or `surplus_only`.
    pub case: &'static str,
    /// Hours in full load.
    pub served_hours: f64,
    /// Hours curtailed.
    pub curtailed_hours: f64,
    /// Hours in which it runs although the system is short by as much.
    pub at_risk_hours: f64,
    /// Mean productive load over contracted load.
    pub capacity_factor: f64,
    /// Standby energy of curtailed hours, GWh.
    pub standby_gwh: f64,
    /// The charge on contracted load.
    pub fixed_charge: f64,
    /// The part of it that falls on curtailed hours.
    pub fixed_charge_curtailed: f64,
    /// What emergency calls bring.
    pub emergency_payment: f64,
    /// The operator's.
    pub profit_after_tax: f64,
    /// What the nation has.
    pub national_net: f64,
    /// The least and most capacity factor at which cash costs are met; null: at none.
    pub break_even_capacity_factor_cash: Option<[f64; 2]>,
    /// The same with capital.
    pub break_even_capacity_factor_with_capital: Option<[f64; 2]>,
}

impl From<&HoursCaseRow> for HoursReportRow {
    fn from(x: &HoursCaseRow) -> Self {
        Self {
            case: x.case.name(),
            served_hours: tidy(x.served),
            curtailed_hours: tidy(x.curtailed),
            at_risk_hours: tidy(x.at_risk),
            capacity_factor: tidy(x.capacity_factor),
            standby_gwh: tidy(x.standby_gwh),
            fixed_charge: tidy(x.fixed_charge),
            fixed_charge_curtailed: tidy(x.fixed_charge_curtailed),
            emergency_payment: tidy(x.emergency_payment),
            profit_after_tax: tidy(x.profit_after_tax),
            national_net: tidy(x.national_net),
            break_even_capacity_factor_cash: x.break_even_cash.map(pair),
            break_even_capacity_factor_with_capital: x.break_even_capital.map(pair),
        }
    }
}

/// Graphics processors on the same megawatts.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct AiReport {
    /// All megawatts' worth of them.
    pub gpus_on_all_mw: f64,
    /// Power at the site's meter for each, kW.
    pub kw_per_gpu_at_site: f64,
    /// Capital, USD/MW.
    pub usd_per_mw: f64,
    /// Capital for each processor with its part of the shell, USD.
    pub usd_per_gpu: f64,
    /// Mean rent of each year of life, USD.
    pub usd_per_gpu_hour_by_year: Vec<f64>,
}

impl From<&AiFacts> for AiReport {
    fn from(x: &AiFacts) -> Self {
        Self {
            gpus_on_all_mw: tidy(x.gpus_on_all_mw),
            kw_per_gpu_at_site: tidy(x.kw_per_gpu_at_site),
            usd_per_mw: tidy(x.usd_per_mw),
            usd_per_gpu: tidy(x.usd_per_gpu),
            usd_per_gpu_hour_by_year: x.rent_by_year.iter().copied().map(tidy).collect(),
        }
    }
}

/// What a MWh at the site's meter does in one use.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct UseRow {
    /// `mining`, `ai`, `industry`, `household_tariff`, `household_lost_load` or `idle`.
    pub name: &'static str,
    /// What it brings.
    pub gross_usd_per_mwh: f64,
    /// Less energy.
    pub after_energy_usd_per_mwh: f64,
    /// Less other costs and annualised capital; null where no capital is known.
    pub after_capital_usd_per_mwh: Option<f64>,
    /// Less imports and profit that goes abroad.
    pub local_value_added_usd_per_mwh: f64,
}

impl From<&Use> for UseRow {
    fn from(x: &Use) -> Self {
        Self {
            name: x.name,
            gross_usd_per_mwh: tidy(x.gross),
            after_energy_usd_per_mwh: tidy(x.after_energy),
            after_capital_usd_per_mwh: x.after_capital.map(tidy),
            local_value_added_usd_per_mwh: tidy(x.local_value_added),
        }
    }
}

/// A division of the megawatts.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct SplitRow {
    /// The part that mines, 0 to 1.
    pub mining_share: f64,
    /// BTC a year.
    pub btc_per_year: f64,
    /// Graphics processors.
    pub gpus: f64,
    /// Capital.
    pub capital_usd: f64,
    /// What it brings.
    pub gross_usd_per_year: f64,
    /// Less energy, other costs and annualised capital.
    pub after_capital_usd_per_year: f64,
    /// Less imports and profit that goes abroad.
    pub local_value_added_usd_per_year: f64,
}

impl From<&SplitPoint> for SplitRow {
    fn from(x: &SplitPoint) -> Self {
        Self {
            mining_share: tidy(x.mining_share),
            btc_per_year: tidy(x.btc_per_year),
            gpus: tidy(x.gpus),
            capital_usd: tidy(x.capital_usd),
            gross_usd_per_year: tidy(x.gross_usd),
            after_capital_usd_per_year: tidy(x.after_capital_usd),
            local_value_added_usd_per_year: tidy(x.local_value_added_usd),
        }
    }
}

/// What crosses the border in a year.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct FxReportYear {
    /// From 1.
    pub year: usize,
    /// Units of the currency for a dollar.
    pub rate_per_usd: f64,
    /// Bitcoin sold and brought home.
    pub bitcoin_in_usd: f64,
    /// AI sold abroad.
    pub ai_in_usd: f64,
    /// Imported fuel at the margin.
    pub fuel_out_usd: f64,
    /// Machines and the site's equipment.
    pub machines_out_usd: f64,
    /// Spare parts and other costs.
    pub spares_and_costs_out_usd: f64,
    /// Interest; machines by their life stand for repayment.
    pub debt_out_usd: f64,
    /// Profit remitted.
    pub profit_out_usd: f64,
    /// New plants, where they are built for it.
    pub plants_out_usd: f64,
    /// In less out.
    pub net_usd: f64,
    /// The same at the year's rate, in the currency.
    pub net: f64,
    /// Bitcoin held, which is in none of it.
    pub bitcoin_held_usd: f64,
}

impl From<&FxYear> for FxReportYear {
    fn from(x: &FxYear) -> Self {
        Self {
            year: x.year,
            rate_per_usd: tidy(x.rate),
            bitcoin_in_usd: tidy(x.bitcoin_in),
            ai_in_usd: tidy(x.ai_in),
            fuel_out_usd: tidy(x.fuel_out),
            machines_out_usd: tidy(x.machines_out),
            spares_and_costs_out_usd: tidy(x.spares_and_costs_out),
            debt_out_usd: tidy(x.debt_out),
            profit_out_usd: tidy(x.profit_out),
            plants_out_usd: tidy(x.plants_out),
            net_usd: tidy(x.net),
            net: tidy(x.net_local),
            bitcoin_held_usd: tidy(x.bitcoin_held),
        }
    }
}

/// Emissions of a month.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct CarbonReportMonth {
    /// 1 to 12.
    pub month: u8,
    /// The grid's average, at the plants.
    pub average_g_per_kwh: Option<f64>,
    /// Of the next MW, at the plants.
    pub marginal_g_per_kwh: f64,
}

impl From<&CarbonMonth> for CarbonReportMonth {
    fn from(x: &CarbonMonth) -> Self {
        Self {
            month: x.month,
            average_g_per_kwh: x.average_g_per_kwh.map(tidy),
            marginal_g_per_kwh: tidy(x.marginal_g_per_kwh),
        }
    }
}

/// Emissions of the year.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct CarbonReport {
    /// At the average that the scenario states, t.
    pub stated_average_t: f64,
    /// At the average of each month's plants, t.
    pub average_t: f64,
    /// Of the plants that serve it, t.
    pub marginal_t: f64,
    /// Of making the machines, a year's part, t.
    pub embodied_t: f64,
    /// Of miners who leave, t.
    pub displaced_t: f64,
    /// Marginal and embodied less displaced, t.
    pub global_net_t: f64,
    /// By month.
    pub months: Vec<CarbonReportMonth>,
    /// Households that use as much energy.
    pub households_equivalent: f64,
    /// What that must be read with.
    pub households_note: &'static str,
}

impl From<&CarbonYear> for CarbonReport {
    fn from(x: &CarbonYear) -> Self {
        Self {
            stated_average_t: tidy(x.stated_average_t),
            average_t: tidy(x.average_t),
            marginal_t: tidy(x.marginal_t),
            embodied_t: tidy(x.embodied_t),
            displaced_t: tidy(x.displaced_t),
            global_net_t: tidy(x.global_net_t),
            months: x.months.iter().map(Into::into).collect(),
            households_equivalent: tidy(x.households),
            households_note: CarbonYear::HOUSEHOLDS,
        }
    }
}

/// A corrective tax.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct CorrectiveTaxRow {
    /// What it is called.
    pub name: String,
    /// Its rate.
    pub per_kwh: f64,
    /// What it would raise.
    pub per_year: f64,
    /// Whether the matrix has it.
    pub applied: bool,
}

impl From<&CorrectiveTax> for CorrectiveTaxRow {
    fn from(x: &CorrectiveTax) -> Self {
        Self {
            name: x.name.clone(),
            per_kwh: tidy(x.per_kwh),
            per_year: tidy(x.per_year),
            applied: x.applied,
        }
    }
}

/// What turns the sign of a result.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct FlipRow {
    /// The input.
    pub input: String,
    /// What it is taken for.
    pub base: f64,
    /// Where the result is zero.
    pub threshold: f64,
    /// The unit of both.
    pub unit: String,
    /// The move, in distances to the input's own 5 % or 95 % point.
    pub steps: f64,
}

impl From<&Flip> for FlipRow {
    fn from(x: &Flip) -> Self {
        Self {
            input: x.input.clone(),
            base: tidy(x.base),
            threshold: tidy(x.threshold),
            unit: x.unit.clone(),
            steps: tidy(x.steps),
        }
    }
}

/// A figure to quote.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct LedgerResultRow {
    /// What it is.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// With every input as it is taken.
    pub base: f64,
    /// 5 % of the draws lie below.
    pub p5: f64,
    /// Half of them.
    pub p50: f64,
    /// 95 %.
    pub p95: f64,
    /// The part of them above zero.
    pub probability_positive: f64,
    /// What turns its sign; null: nothing by itself within what is possible.
    pub flip: Option<FlipRow>,
}

impl From<&LedgerResult> for LedgerResultRow {
    fn from(x: &LedgerResult) -> Self {
        Self {
            name: x.name.clone(),
            unit: x.unit.clone(),
            base: tidy(x.base),
            p5: tidy(x.p5),
            p50: tidy(x.p50),
            p95: tidy(x.p95),
            probability_positive: tidy(x.positive),
            flip: x.flip.as_ref().map(Into::into),
        }
    }
}

/// An input.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct LedgerInputRow {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: f64,
    /// The unit; empty for a pure number.
    pub unit: String,
    /// The 5 % point, where it is not known exactly.
    pub low: Option<f64>,
    /// The 95 % point.
    pub high: Option<f64>,
    /// Its date and source.
    pub origin: Origin,
}

impl From<&LedgerInput> for LedgerInputRow {
    fn from(x: &LedgerInput) -> Self {
        Self {
            key: x.key.clone(),
            value: tidy(x.value),
            unit: x.unit.clone(),
            low: x.range().map(|(low, _)| tidy(low)),
            high: x.range().map(|(_, high)| tidy(high)),
            origin: (&x.provenance).into(),
        }
    }
}
