//! The estimate's report.

use super::scale::write_break_evens;
use super::{BreakEvenRow, Origin, SCHEMA_VERSION, ScaleReport, tidy};
use hashwatt::econ::{BreakEven, Input, Snapshot, Subsidy, TariffStatus};
use hashwatt::text::Sheet;
use hashwatt::uncertainty::Provenance;
use hashwatt::units::{JoulesPerHash, UsdPerBtc, UsdRate};
use serde::Serialize;
use std::fmt;

/// What a power budget becomes. Keys ending in `_before` hold until the network's retargets
/// have taken the fleet in, keys ending in `_after` from then on.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct EstimateReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The whole budget, MW.
    pub power_mw: f64,
    /// The part that mines, MW; all figures below are of this part.
    pub mining_power_mw: f64,
    /// J/TH at the machine.
    pub efficiency_j_per_th: f64,
    /// Whose efficiency it is.
    pub efficiency_origin: Origin,
    /// The machine, where the fleet is of one.
    pub machine: Option<String>,
    /// How many of them.
    pub machines: Option<f64>,
    /// EH/s with everything running.
    pub hashrate_nameplate_eh_s: f64,
    /// EH/s times uptime.
    pub hashrate_average_eh_s: f64,
    /// Everybody else, EH/s.
    pub network_eh_s: f64,
    /// Standard uncertainty of that, EH/s, where it is known.
    pub network_standard_uncertainty_eh_s: Option<f64>,
    /// The date of the network's hashrate, where it has one.
    pub network_as_of: Option<String>,
    /// Where it comes from.
    pub network_source: String,
    /// Everybody with the fleet, EH/s.
    pub network_after_eh_s: f64,
    /// Steady difficulty without the fleet.
    pub difficulty_before: f64,
    /// Steady difficulty with it.
    pub difficulty_after: f64,
    /// The fleet's part of all blocks, 0 to 1.
    pub share_of_blocks: f64,
    /// BTC a day.
    pub btc_per_day_before: f64,
    /// BTC a day.
    pub btc_per_day_after: f64,
    /// USD a day.
    pub revenue_usd_per_day_before: f64,
    /// USD a day.
    pub revenue_usd_per_day_after: f64,
    /// USD per PH/s and day, before the pool's fee.
    pub hashprice_usd_per_ph_day_before: f64,
    /// USD per PH/s and day, before the pool's fee.
    pub hashprice_usd_per_ph_day_after: f64,
    /// MWh a day at the site's meter.
    pub energy_mwh_per_day: f64,
    /// TWh in 365 days.
    pub energy_twh_per_year: f64,
    /// The tariff, USD/kWh.
    pub tariff_usd_per_kwh: Option<f64>,
    /// The tariff as given, in `tariff_currency` per kWh.
    pub tariff_local_per_kwh: Option<f64>,
    /// The currency of the tariff, ISO 4217.
    pub tariff_currency: Option<String>,
    /// Units of `exchange_rate_currency` for a dollar.
    pub exchange_rate_per_usd: Option<f64>,
    /// The currency of the exchange rate, ISO 4217; with a tariff in dollars that of references.
    pub exchange_rate_currency: Option<String>,
    /// Cost of energy, USD a day.
    pub energy_cost_usd_per_day: Option<f64>,
    /// Revenue less energy, USD a day.
    pub margin_usd_per_day_before: Option<f64>,
    /// Revenue less energy, USD a day; null without a tariff.
    pub margin_usd_per_day_after: Option<f64>,
    /// The tariff at which revenue is the cost of energy, USD/kWh.
    pub breakeven_usd_per_kwh_before: f64,
    /// The same after the retarget: the headline.
    pub breakeven_usd_per_kwh_after: f64,
    /// The same in `tariff_currency` per kWh.
    pub breakeven_local_per_kwh_after: Option<f64>,
    /// The bitcoin price at which revenue is the cost of energy, USD.
    pub breakeven_price_usd_before: Option<f64>,
    /// The bitcoin price at which revenue is the cost of energy, USD.
    pub breakeven_price_usd_after: Option<f64>,
    /// The efficiency at which it is, J/TH at the machine.
    pub breakeven_j_per_th_before: Option<f64>,
    /// The efficiency at which it is; null also where none would do, or any.
    pub breakeven_j_per_th_after: Option<f64>,
    /// `approved`, `proposed` or `hypothetical`, where that is said.
    pub tariff_status: Option<&'static str>,
    /// Break-even points before and after the retarget: energy only, all cash costs, with capital. Only
    /// where a scenario was asked for them.
    pub break_evens: Vec<BreakEvenRow>,
    /// Why there are none with capital.
    pub break_even_capital_missing: Option<String>,
    /// What the size of the budget does.
    pub scale: Option<ScaleReport>,
    /// The tariff against each reference.
    pub subsidies: Vec<SubsidyRow>,
    /// Tonnes of CO2 in 365 days at the grid's average.
    pub carbon_t_per_year: f64,
    /// Households that use as much energy: an equivalent, no deliverable supply.
    pub households_equivalent: f64,
    /// Every input with its origin.
    pub assumptions: Vec<Assumption>,
    /// What a reader must know before quoting a figure.
    pub warnings: Vec<String>,
    /// The published and listed figures that went in.
    pub sources: Vec<Source>,
    /// What a person reads of it.
    #[serde(skip)]
    snapshot: Snapshot,
}

/// An input.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Assumption {
    /// Its name.
    pub field: String,
    /// Its value in `unit`.
    pub value: f64,
    /// The unit; empty for a pure number.
    pub unit: String,
    /// Where it came from.
    #[serde(flatten)]
    pub origin: Origin,
}

/// A published figure or one from a list.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Source {
    /// The input it serves.
    pub field: String,
    /// The date it holds for, where it has one.
    pub as_of: Option<String>,
    /// Where it was found.
    pub source: String,
}

/// The tariff against one reference; positive means that the bearer of the reference cost pays.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct SubsidyRow {
    /// What the reference stands for.
    pub kind: &'static str,
    /// What it is.
    pub what: String,
    /// ISO 4217.
    pub currency: String,
    /// The reference, in `currency` per kWh.
    pub reference_per_kwh: f64,
    /// Reference less tariff, in `currency` per kWh.
    pub subsidy_per_kwh: f64,
    /// The same for 365 days, in `currency`.
    pub subsidy_per_year: f64,
    /// Where the reference's energy is metered.
    pub metering_point: &'static str,
    /// The reference's origin.
    pub origin: Origin,
}

impl From<&Subsidy> for SubsidyRow {
    fn from(subsidy: &Subsidy) -> Self {
        let value = subsidy.reference.price.value();
        Self {
            kind: subsidy.reference.kind.name(),
            what: subsidy.reference.what.clone(),
            currency: value.currency().to_string(),
            reference_per_kwh: tidy(value.as_per_kwh()),
            subsidy_per_kwh: tidy(subsidy.per_kwh.as_per_kwh()),
            subsidy_per_year: tidy(subsidy.per_year.amount()),
            metering_point: subsidy.reference.metering_point.name(),
            origin: subsidy.reference.price.provenance().into(),
        }
    }
}

impl Assumption {
    pub(crate) fn write(&self, sheet: &mut Sheet<'_, '_>) -> fmt::Result {
        let date = self.origin.as_of.as_ref().map_or(String::new(), |date| format!(" {date}"));
        let origin = format!("{}{date}: {}", self.origin.kind, self.origin.detail);
        sheet.input(&self.field, self.value, &self.unit, &origin)
    }
}

impl From<&Input> for Assumption {
    fn from(input: &Input) -> Self {
        let Input { field, value, unit, provenance } = input;
        Self {
            field: field.clone(),
            value: tidy(*value),
            unit: unit.clone(),
            origin: provenance.into(),
        }
    }
}

impl From<&Snapshot> for EstimateReport {
    fn from(s: &Snapshot) -> Self {
        let usd = |rate: Option<UsdRate>| rate.map(|rate| tidy(rate.as_usd_per_day()));
        let price = |even: BreakEven| even.price.map(UsdPerBtc::as_usd_per_btc).map(tidy);
        let efficiency =
            |even: BreakEven| even.efficiency.map(JoulesPerHash::as_j_per_th).map(tidy);
        let (before, after) = (&s.before, &s.after);
        let network = &s.network;
        Self {
            schema_version: SCHEMA_VERSION,
            power_mw: tidy(s.power.as_mw()),
            mining_power_mw: tidy(s.mining_power.as_mw()),
            efficiency_j_per_th: tidy(s.efficiency.value().as_j_per_th()),
            efficiency_origin: s.efficiency.estimate().provenance().into(),
            machine: s.machine.clone(),
            machines: s.machines.map(tidy),
            hashrate_nameplate_eh_s: tidy(s.nameplate.as_eh_s()),
            hashrate_average_eh_s: tidy(s.average.as_eh_s()),
            network_eh_s: tidy(network.value().as_eh_s()),
            network_standard_uncertainty_eh_s: network
                .standard_uncertainty()
                .map(|u| tidy(u.as_eh_s())),
            network_as_of: network.provenance().as_of().map(|date| date.to_string()),
            network_source: network.provenance().detail(),
            network_after_eh_s: tidy(s.network_after.as_eh_s()),
            difficulty_before: tidy(s.difficulty.value()),
            difficulty_after: tidy(s.difficulty_after.value()),
            share_of_blocks: tidy(s.share_of_blocks),
            btc_per_day_before: tidy(before.btc.as_btc_per_day()),
            btc_per_day_after: tidy(after.btc.as_btc_per_day()),
            revenue_usd_per_day_before: tidy(before.usd.as_usd_per_day()),
            revenue_usd_per_day_after: tidy(after.usd.as_usd_per_day()),
            hashprice_usd_per_ph_day_before: tidy(before.hashprice.as_usd_per_ph_day()),
            hashprice_usd_per_ph_day_after: tidy(after.hashprice.as_usd_per_ph_day()),
            energy_mwh_per_day: tidy(s.energy_per_day.as_mwh()),
            energy_twh_per_year: tidy(s.energy_per_year.as_twh()),
            tariff_usd_per_kwh: s.tariff.map(|t| tidy(t.as_usd_per_kwh())),
            tariff_local_per_kwh: s.local_tariff.map(|t| tidy(t.as_per_kwh())),
            tariff_currency: s.local_tariff.map(|t| t.currency().to_string()),
            exchange_rate_per_usd: s.exchange_rate.as_ref().map(|r| tidy(r.value().as_per_usd())),
            exchange_rate_currency: s
                .exchange_rate
                .as_ref()
                .map(|r| r.value().currency().to_string()),
            energy_cost_usd_per_day: usd(s.energy_cost),
            margin_usd_per_day_before: usd(s.margin_before),
            margin_usd_per_day_after: usd(s.margin_after),
            breakeven_usd_per_kwh_before: tidy(before.break_even.tariff.as_usd_per_kwh()),
            breakeven_usd_per_kwh_after: tidy(after.break_even.tariff.as_usd_per_kwh()),
            breakeven_local_per_kwh_after: s.local_break_even().map(|p| tidy(p.as_per_kwh())),
            breakeven_price_usd_before: price(before.break_even),
            breakeven_price_usd_after: price(after.break_even),
            breakeven_j_per_th_before: efficiency(before.break_even),
            breakeven_j_per_th_after: efficiency(after.break_even),
            tariff_status: s.tariff_status.map(TariffStatus::name),
            break_evens: Vec::new(),
            break_even_capital_missing: None,
            scale: None,
            subsidies: s.subsidies.iter().map(Into::into).collect(),
            carbon_t_per_year: tidy(s.carbon_per_year.as_tonnes()),
            households_equivalent: tidy(s.households),
            assumptions: s.inputs.iter().map(Into::into).collect(),
            warnings: s.warnings.clone(),
            sources: s.inputs.iter().filter_map(source).collect(),
            snapshot: s.clone(),
        }
    }
}

fn source(input: &Input) -> Option<Source> {
    let listed =
        matches!(input.provenance, Provenance::Published { .. } | Provenance::Datasheet { .. });
    listed.then(|| Source {
        field: input.field.clone(),
        as_of: input.provenance.as_of().map(|date| date.to_string()),
        source: input.provenance.detail(),
    })
}

/// The snapshot's own text, with the break-even points and the size of the budget in it where they were asked for.
impl fmt::Display for EstimateReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sheet = Sheet::new(f);
        self.snapshot.write_figures(&mut sheet)?;
        if !self.break_evens.is_empty() && self.tariff_usd_per_kwh.is_some() {
            let missing = self.break_even_capital_missing.as_ref();
            write_break_evens(&self.break_evens, missing, &mut sheet)?;
        }
        if let Some(scale) = &self.scale {
            scale.write(&mut sheet)?;
        }
        self.snapshot.write_inputs(&mut sheet)
    }
}
