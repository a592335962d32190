//! The report of the Bitcoin network's power, energy and emissions.

mod text;

use super::rows::rows_csv;
use super::{SCHEMA_VERSION, round_to_15_digits};
use hashwatt::econ::document::{InputRow, Origin};
use hashwatt::econ::network::{
    MeanPower, MonthPower, PeriodPower, PowerInputs, PowerLevel, PowerSeries, PowerStudy,
    PublishedFigure, PublishedQuantity,
};
use hashwatt::units::{CarbonMass, EnergyPrice, Seconds, Watts};
use schemars::JsonSchema;
use serde::Serialize;

/// The report of one month shows published figures of periods at most this far away.
const MAX_DISTANCE_DAYS: i32 = 366;

/// The network's power, energy and emissions, for one month or for every known month.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct NetworkReport {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// Whether the report covers every known month instead of one.
    pub is_history: bool,
    /// One row for each month.
    pub months: Vec<NetworkPowerRow>,
    /// One row for each calendar year; empty for one month.
    pub years: Vec<NetworkYearRow>,
    /// The month at the ends of the range of tariffs; empty for a history or if the tariff is given.
    pub tariffs: Vec<NetworkTariffRow>,
    /// Published figures of the same or a close period, with the model's values.
    pub published: Vec<PublishedPowerRow>,
    /// The user's series compared with the model.
    pub against: Option<AgainstSummary>,
    /// All inputs with their origins.
    pub inputs: Vec<InputRow>,
    /// Months without a result, and why.
    pub left_out: Vec<LeftOutRow>,
    /// Notes on how to read the figures.
    pub notes: Vec<String>,
}

/// The network in one month. A bound is the network's power if all machines were of one model; it is not a
/// quantile.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct NetworkPowerRow {
    /// The month, YYYY-MM.
    pub month: String,
    /// Number of days that the means cover.
    pub days: u32,
    /// Mean hashrate, EH/s.
    pub network_eh_s: f64,
    /// Mean price of a bitcoin, USD.
    pub price_usd_per_btc: f64,
    /// Mean hashprice, USD/PH/day.
    pub hashprice_usd_per_ph_day: f64,
    /// Profitability threshold: energy per hash up to which revenue covers the energy cost, J/TH; null if energy
    /// is free.
    pub threshold_j_per_th: Option<f64>,
    /// Energy per hash of the most efficient model, J/TH.
    pub lower_j_per_th: f64,
    /// Weighted mean energy per hash of the profitable models, J/TH.
    pub best_guess_j_per_th: f64,
    /// Energy per hash of the least efficient profitable model, J/TH.
    pub upper_j_per_th: f64,
    /// Power at the meter: lower bound, GW.
    pub lower_gw: f64,
    /// Power at the meter: best guess, GW.
    pub best_guess_gw: f64,
    /// Power at the meter: upper bound, GW.
    pub upper_gw: f64,
    /// Energy at this power: lower bound, TWh/year.
    pub lower_twh_per_year: f64,
    /// Energy at this power: best guess, TWh/year.
    pub best_guess_twh_per_year: f64,
    /// Energy at this power: upper bound, TWh/year.
    pub upper_twh_per_year: f64,
    /// Emission factor of the grid, g CO2/kWh.
    pub grid_g_per_kwh: Option<f64>,
    /// Emissions: lower bound, million tonnes of CO2 per year.
    pub lower_mt_co2_per_year: Option<f64>,
    /// Emissions: best guess, million tonnes of CO2 per year.
    pub best_guess_mt_co2_per_year: Option<f64>,
    /// Emissions: upper bound, million tonnes of CO2 per year.
    pub upper_mt_co2_per_year: Option<f64>,
    /// The model of the lower bound.
    pub most_efficient: String,
    /// The model of the upper bound.
    pub least_efficient: String,
    /// Number of models whose revenue covers their energy cost.
    pub profitable_models: usize,
    /// Number of models that were released and delivered.
    pub deployed_models: usize,
    /// Power according to the user's series, GW.
    pub against_gw: Option<f64>,
}

/// The network in a calendar year: means over its known days.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct NetworkYearRow {
    /// The year.
    pub year: i16,
    /// Number of known months.
    pub months: usize,
    /// Mean power: lower bound, GW.
    pub lower_gw: f64,
    /// Mean power: best guess, GW.
    pub best_guess_gw: f64,
    /// Mean power: upper bound, GW.
    pub upper_gw: f64,
    /// Energy of 365 days at the mean power: lower bound, TWh.
    pub lower_twh_per_year: f64,
    /// Energy of 365 days at the mean power: best guess, TWh.
    pub best_guess_twh_per_year: f64,
    /// Energy of 365 days at the mean power: upper bound, TWh.
    pub upper_twh_per_year: f64,
    /// Emissions of 365 days at the best guess, million tonnes of CO2.
    pub best_guess_mt_co2_per_year: Option<f64>,
}

/// The month at another tariff.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct NetworkTariffRow {
    /// The tariff, USD/kWh.
    pub tariff_usd_per_kwh: f64,
    /// Power: lower bound, GW; null if no model is profitable.
    pub lower_gw: Option<f64>,
    /// Power: best guess, GW.
    pub best_guess_gw: Option<f64>,
    /// Power: upper bound, GW.
    pub upper_gw: Option<f64>,
}

/// A published figure and the model's value for the same period.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct PublishedPowerRow {
    /// Publisher.
    pub who: String,
    /// `lower_bound`, `best_guess`, `upper_bound` (energy), `emissions` or `efficiency`.
    pub quantity: &'static str,
    /// The year or the month that it refers to.
    pub period: String,
    /// The published value.
    pub value: f64,
    /// Unit of the value.
    pub unit: &'static str,
    /// The model's value over the known months of the period.
    pub model: Option<f64>,
    /// Number of known months of the period.
    pub months: usize,
    /// The model's value minus the published value, percent of the published value.
    pub difference_pct: Option<f64>,
    /// Origin of the published value.
    pub origin: Origin,
    /// Quality of the source: `primary`, `secondary` or `press`.
    pub quality: String,
    /// Limits of the comparison.
    pub note: String,
}

/// The user's series compared with the model's best guess.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct AgainstSummary {
    /// Name of the file.
    pub file: String,
    /// Number of months in both.
    pub months: usize,
    /// Mean difference of the best guess from the series, percent of the series; null without a common month.
    pub mean_difference_pct: Option<f64>,
    /// Mean absolute difference, percent of the series.
    pub mean_abs_difference_pct: Option<f64>,
    /// Number of months in which the series is outside the bounds.
    pub outside_bounds: usize,
}

/// Months without a result.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct LeftOutRow {
    /// The month, or the first and the last month.
    pub months: String,
    /// Why there is no result.
    pub reason: String,
}

/// The parts of a [`NetworkReport`].
#[derive(Clone, Debug)]
pub struct NetworkParts<'a> {
    /// The months to show.
    pub shown: &'a PowerStudy<'a>,
    /// Every known month, for the comparison with published figures.
    pub all: &'a PowerStudy<'a>,
    /// Whether to show every known month.
    pub is_history: bool,
    /// The shown month at other tariffs.
    pub tariffs: Vec<(EnergyPrice, PowerStudy<'a>)>,
    /// The inputs.
    pub inputs: &'a PowerInputs,
    /// The user's series, with the name of its file.
    pub against: Option<(&'a str, &'a PowerSeries)>,
    /// Number of catalogue machines without a release date, which are not used.
    pub undated: usize,
}

fn gw(power: Watts) -> f64 {
    round_to_15_digits(power.as_mw() / 1e3)
}

fn twh(power: Watts) -> f64 {
    round_to_15_digits((power * Seconds::from_years(1.0)).as_twh())
}

fn mt(mass: CarbonMass) -> f64 {
    round_to_15_digits(mass.as_tonnes() / 1e6)
}

fn percent(part: f64) -> f64 {
    round_to_15_digits(part * 100.0)
}

impl NetworkPowerRow {
    fn new(of: &MonthPower<'_>, against: Option<Watts>) -> Self {
        let (month, power) = (&of.month, &of.power);
        let [lower, best, upper] = [&power.lower, &power.best_guess, &power.upper];
        let j_per_th = |level: &PowerLevel| round_to_15_digits(level.efficiency.as_j_per_th());
        let emitted = |level: &PowerLevel| of.emissions_per_year(level).map(mt);
        Self {
            month: month.month.to_string(),
            days: month.days,
            network_eh_s: round_to_15_digits(month.hashrate.as_eh_s()),
            price_usd_per_btc: round_to_15_digits(month.price.as_usd_per_btc()),
            hashprice_usd_per_ph_day: round_to_15_digits(month.hashprice.as_usd_per_ph_day()),
            threshold_j_per_th: power
                .threshold
                .map(|threshold| round_to_15_digits(threshold.as_j_per_th())),
            lower_j_per_th: j_per_th(lower),
            best_guess_j_per_th: j_per_th(best),
            upper_j_per_th: j_per_th(upper),
            lower_gw: gw(lower.power),
            best_guess_gw: gw(best.power),
            upper_gw: gw(upper.power),
            lower_twh_per_year: twh(lower.power),
            best_guess_twh_per_year: twh(best.power),
            upper_twh_per_year: twh(upper.power),
            grid_g_per_kwh: of
                .intensity
                .map(|intensity| round_to_15_digits(intensity.as_g_per_kwh())),
            lower_mt_co2_per_year: emitted(lower),
            best_guess_mt_co2_per_year: emitted(best),
            upper_mt_co2_per_year: emitted(upper),
            most_efficient: power.most_efficient.name(),
            least_efficient: power.least_efficient.name(),
            profitable_models: power.profitable,
            deployed_models: power.deployed,
            against_gw: against.map(gw),
        }
    }
}

impl NetworkYearRow {
    fn new(year: i16, of: &PeriodPower) -> Self {
        let MeanPower { lower, best_guess, upper, .. } = of.power;
        Self {
            year,
            months: of.months,
            lower_gw: gw(lower),
            best_guess_gw: gw(best_guess),
            upper_gw: gw(upper),
            lower_twh_per_year: twh(lower),
            best_guess_twh_per_year: twh(best_guess),
            upper_twh_per_year: twh(upper),
            best_guess_mt_co2_per_year: of.emissions_per_year.map(mt),
        }
    }
}

impl NetworkTariffRow {
    fn new(tariff: EnergyPrice, study: &PowerStudy<'_>) -> Self {
        let found = study.months.first().map(|one| &one.power);
        Self {
            tariff_usd_per_kwh: round_to_15_digits(tariff.as_usd_per_kwh()),
            lower_gw: found.map(|power| gw(power.lower.power)),
            best_guess_gw: found.map(|power| gw(power.best_guess.power)),
            upper_gw: found.map(|power| gw(power.upper.power)),
        }
    }
}

impl PublishedPowerRow {
    fn new(figure: PublishedFigure, all: &PowerStudy<'_>) -> Self {
        let found = all.mean_over(figure.period);
        let model = found.as_ref().and_then(|of| match figure.quantity {
            PublishedQuantity::LowerBound => Some(twh(of.power.lower)),
            PublishedQuantity::BestGuess => Some(twh(of.power.best_guess)),
            PublishedQuantity::UpperBound => Some(twh(of.power.upper)),
            PublishedQuantity::Emissions => of.emissions_per_year.map(mt),
            PublishedQuantity::Efficiency => {
                let month = all.months.iter().find(|one| one.month.month == figure.period)?;
                Some(round_to_15_digits(month.power.best_guess.efficiency.as_j_per_th()))
            }
        });
        let origin = Origin::from(&figure.provenance());
        Self {
            quantity: figure.quantity.name(),
            period: figure.period.to_string(),
            value: figure.value,
            unit: figure.quantity.unit(),
            model,
            months: found.map_or(0, |of| of.months),
            difference_pct: model.map(|model| percent(model / figure.value - 1.0)),
            origin,
            who: figure.who,
            quality: figure.quality,
            note: figure.note,
        }
    }
}

fn published(parts: &NetworkParts<'_>) -> Vec<PublishedPowerRow> {
    // A test of `hashwatt-econ` reads every row of the shipped table.
    let all = PublishedFigure::shipped().unwrap_or_default();
    let shown = parts.shown.months.first().and_then(|one| one.month.month.middle());
    let is_near = |figure: &PublishedFigure| match (shown, figure.period.middle()) {
        _ if parts.is_history => true,
        (Some(shown), Some(of)) => {
            figure.covers(shown)
                || shown.until(of).is_ok_and(|span| span.get_days().abs() < MAX_DISTANCE_DAYS)
        }
        _ => false,
    };
    all.into_iter()
        .filter(is_near)
        .map(|figure| PublishedPowerRow::new(figure, parts.all))
        .collect()
}

fn against(parts: &NetworkParts<'_>) -> Option<AgainstSummary> {
    let (file, series) = parts.against?;
    let common = parts
        .shown
        .months
        .iter()
        .filter_map(|one| Some((&one.power, series.in_month(one.month.first_day()?)?)));
    let common: Vec<_> = common.collect();
    let is_outside = |power: Watts, low: Watts, high: Watts| power < low || power > high;
    let outside = common
        .iter()
        .filter(|(model, given)| is_outside(*given, model.lower.power, model.upper.power));
    let differences = common.iter().map(|(model, given)| model.best_guess.power / *given - 1.0);
    let count = common.len() as f64;
    let mean = |sum: f64| (count > 0.0).then(|| percent(sum / count));
    Some(AgainstSummary {
        file: file.to_owned(),
        months: common.len(),
        mean_difference_pct: mean(differences.clone().sum()),
        mean_abs_difference_pct: mean(differences.map(f64::abs).sum()),
        outside_bounds: outside.count(),
    })
}

/// Notes of every report.
const NOTES: [&str; 4] = [
    "A bound is the network's power if all machines were of that one model; it is not a quantile.",
    "Hashprice is the monthly mean: machines are assumed to keep running on days on which they lose money.",
    "The best guess weights models by age only, because sales by model are not published. If only the year of a \
     release is known, the model counts from the middle of that year.",
    "Tariff, overhead and delivery time are the same in all months.",
];
const BEFORE_JUNE_2020: &str = "the shipped tables have no prices, fees or epoch dates before June 2020 and few \
                                machines of those years; missing months are not interpolated";

impl NetworkReport {
    /// Creates a report.
    pub fn new(parts: &NetworkParts<'_>) -> Self {
        let row = |one: &MonthPower<'_>| {
            let series = parts.against.map(|(_, series)| series);
            let first = one.month.first_day();
            let given = series.zip(first).and_then(|(series, first)| series.in_month(first));
            NetworkPowerRow::new(one, given)
        };
        let mut notes: Vec<String> = NOTES.iter().map(|note| (*note).to_owned()).collect();
        if parts.undated > 0 {
            notes.push(format!(
                "{} machines of the catalogue have no release date and are not used.",
                parts.undated
            ));
        }
        let years = if parts.is_history { parts.shown.years() } else { Default::default() };
        let left_out = parts.shown.left_out.iter().map(|(month, error)| LeftOutRow {
            months: month.to_string(),
            reason: error.to_string(),
        });
        let before = parts.is_history.then(|| LeftOutRow {
            months: "2014-01 to 2020-05".to_owned(),
            reason: BEFORE_JUNE_2020.to_owned(),
        });
        Self {
            schema_version: SCHEMA_VERSION,
            is_history: parts.is_history,
            months: parts.shown.months.iter().map(row).collect(),
            years: years.iter().map(|(year, of)| NetworkYearRow::new(*year, of)).collect(),
            tariffs: parts
                .tariffs
                .iter()
                .map(|(of, study)| NetworkTariffRow::new(*of, study))
                .collect(),
            published: published(parts),
            against: against(parts),
            inputs: parts.inputs.rows().iter().map(InputRow::from).collect(),
            left_out: before.into_iter().chain(left_out).collect(),
            notes,
        }
    }

    /// The months as CSV, one row each.
    ///
    /// # Errors
    /// Returns the CSV writer's error.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        const HEADER: [&str; 24] = [
            "month",
            "days",
            "network_eh_s",
            "price_usd_per_btc",
            "hashprice_usd_per_ph_day",
            "threshold_j_per_th",
            "lower_j_per_th",
            "best_guess_j_per_th",
            "upper_j_per_th",
            "lower_gw",
            "best_guess_gw",
            "upper_gw",
            "lower_twh_per_year",
            "best_guess_twh_per_year",
            "upper_twh_per_year",
            "grid_g_per_kwh",
            "lower_mt_co2_per_year",
            "best_guess_mt_co2_per_year",
            "upper_mt_co2_per_year",
            "most_efficient",
            "least_efficient",
            "profitable_models",
            "deployed_models",
            "against_gw",
        ];
        rows_csv(&HEADER, &self.months)
    }
}
