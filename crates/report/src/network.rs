//! The report of the network's power.

mod text;

use super::rows::rows_csv;
use super::{InputRow, Origin, SCHEMA_VERSION, tidy};
use hashwatt::econ::network::{
    MeanPower, MonthPower, PeriodPower, PowerInputs, PowerLevel, PowerSeries, PowerStudy,
    PublishedFigure, PublishedQuantity,
};
use hashwatt::units::{CarbonMass, EnergyPrice, Seconds, Watts};
use schemars::JsonSchema;
use serde::Serialize;

/// Published figures of other years are left out of the report of a month.
const NEAR_DAYS: i32 = 366;

/// The network's power, energy and emissions: of one month, or of every known month.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct NetworkReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// Whether it is of every known month, and not of one.
    pub is_history: bool,
    /// A row a month.
    pub months: Vec<NetworkPowerRow>,
    /// Of a history a row a calendar year.
    pub years: Vec<NetworkYearRow>,
    /// The month at the ends of the range of tariffs; empty of a history, and where a tariff is given.
    pub tariffs: Vec<NetworkTariffRow>,
    /// What others published of the same or a near time, with what the model has of it.
    pub published: Vec<PublishedPowerRow>,
    /// A series of the user's against the model.
    pub against: Option<AgainstSummary>,
    /// Every input with its origin.
    pub inputs: Vec<InputRow>,
    /// Months that are not shown, and why.
    pub left_out: Vec<LeftOutRow>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// A month. A bound is what the network would take if all its machines were alike; it is no quantile.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct NetworkPowerRow {
    /// The month, YYYY-MM.
    pub month: String,
    /// Days that its means are of.
    pub days: u32,
    /// Mean hashrate, EH/s.
    pub network_eh_s: f64,
    /// Mean price of a bitcoin, USD.
    pub price_usd_per_btc: f64,
    /// Mean hashprice, USD/PH/day.
    pub hashprice_usd_per_ph_day: f64,
    /// Energy per hash up to which a machine earns its energy, J/TH; null where energy is free.
    pub threshold_j_per_th: Option<f64>,
    /// Energy per hash of the most efficient machine, J/TH.
    pub lower_j_per_th: f64,
    /// Weighted mean of the machines that earn their energy, J/TH.
    pub best_guess_j_per_th: f64,
    /// Energy per hash of the least efficient machine that earns its energy, J/TH.
    pub upper_j_per_th: f64,
    /// Power at the meters: lower bound, GW.
    pub lower_gw: f64,
    /// Best guess, GW.
    pub best_guess_gw: f64,
    /// Upper bound, GW.
    pub upper_gw: f64,
    /// Energy of a year at this power: lower bound, TWh.
    pub lower_twh_per_year: f64,
    /// Best guess, TWh a year.
    pub best_guess_twh_per_year: f64,
    /// Upper bound, TWh a year.
    pub upper_twh_per_year: f64,
    /// Emissions of a kWh, g CO2.
    pub grid_g_per_kwh: Option<f64>,
    /// Emissions of a year: lower bound, million tonnes of CO2.
    pub lower_mt_co2_per_year: Option<f64>,
    /// Best guess, million tonnes a year.
    pub best_guess_mt_co2_per_year: Option<f64>,
    /// Upper bound, million tonnes a year.
    pub upper_mt_co2_per_year: Option<f64>,
    /// The machine of the lower bound.
    pub most_efficient: String,
    /// The machine of the upper bound.
    pub least_efficient: String,
    /// Models that earn their energy.
    pub profitable_models: usize,
    /// Models that were released and delivered.
    pub deployed_models: usize,
    /// Power by the user's series, GW.
    pub against_gw: Option<f64>,
}

/// A calendar year: means over its known days.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct NetworkYearRow {
    /// The year.
    pub year: i16,
    /// Months that are known of it.
    pub months: usize,
    /// Lower bound, GW.
    pub lower_gw: f64,
    /// Best guess, GW.
    pub best_guess_gw: f64,
    /// Upper bound, GW.
    pub upper_gw: f64,
    /// Energy of 365 days at this mean: lower bound, TWh.
    pub lower_twh_per_year: f64,
    /// Best guess, TWh.
    pub best_guess_twh_per_year: f64,
    /// Upper bound, TWh.
    pub upper_twh_per_year: f64,
    /// Emissions of 365 days at the best guess, million tonnes of CO2.
    pub best_guess_mt_co2_per_year: Option<f64>,
}

/// The month at another tariff.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct NetworkTariffRow {
    /// The tariff, USD/kWh.
    pub tariff_usd_per_kwh: f64,
    /// Lower bound, GW; null where no machine earns its energy.
    pub lower_gw: Option<f64>,
    /// Best guess, GW.
    pub best_guess_gw: Option<f64>,
    /// Upper bound, GW.
    pub upper_gw: Option<f64>,
}

/// A published figure beside the model's of the same time.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PublishedPowerRow {
    /// Whose it is.
    pub who: String,
    /// `lower_bound`, `best_guess`, `upper_bound` (energy), `emissions` or `efficiency`.
    pub quantity: &'static str,
    /// The year or the month that it is of.
    pub period: String,
    /// The published value.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
    /// The model's value of the same, over the known months of the period.
    pub model: Option<f64>,
    /// Months of the period that are known here.
    pub months: usize,
    /// The model's less the published value, percent of the published.
    pub difference_pct: Option<f64>,
    /// Where it comes from.
    pub origin: Origin,
    /// `primary`, `secondary` or `press`.
    pub quality: String,
    /// What must be read with it.
    pub note: String,
}

/// A series of the user's against the model's best guess.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AgainstSummary {
    /// The file.
    pub file: String,
    /// Months that both have.
    pub months: usize,
    /// Mean of the best guess over the series, less 1, percent; null without a common month.
    pub mean_difference_pct: Option<f64>,
    /// Mean of its absolute value, percent.
    pub mean_abs_difference_pct: Option<f64>,
    /// Months in which the series lies outside the bounds.
    pub outside_bounds: usize,
}

/// Months that are not shown.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LeftOutRow {
    /// The month, or from when to when.
    pub months: String,
    /// Why.
    pub reason: String,
}

/// What a report is made of.
#[derive(Clone, Debug)]
pub struct NetworkParts<'a> {
    /// The months that are shown.
    pub shown: &'a PowerStudy<'a>,
    /// Every known month, for what others published.
    pub all: &'a PowerStudy<'a>,
    /// Whether every known month is shown.
    pub is_history: bool,
    /// The shown month at other tariffs.
    pub tariffs: Vec<(EnergyPrice, PowerStudy<'a>)>,
    /// What it rests on.
    pub inputs: &'a PowerInputs,
    /// A series of the user's, with the name of its file.
    pub against: Option<(&'a str, &'a PowerSeries)>,
    /// Machines of the catalogue without a date, which do not count.
    pub undated: usize,
}

fn gw(power: Watts) -> f64 {
    tidy(power.as_mw() / 1e3)
}

fn twh(power: Watts) -> f64 {
    tidy((power * Seconds::from_years(1.0)).as_twh())
}

fn mt(mass: CarbonMass) -> f64 {
    tidy(mass.as_tonnes() / 1e6)
}

fn percent(part: f64) -> f64 {
    tidy(part * 100.0)
}

impl NetworkPowerRow {
    fn new(of: &MonthPower<'_>, against: Option<Watts>) -> Self {
        let (month, power) = (&of.month, &of.power);
        let [lower, best, upper] = [&power.lower, &power.best_guess, &power.upper];
        let j_per_th = |level: &PowerLevel| tidy(level.efficiency.as_j_per_th());
        let emitted = |level: &PowerLevel| of.emissions_per_year(level).map(mt);
        Self {
            month: month.month.to_string(),
            days: month.days,
            network_eh_s: tidy(month.hashrate.as_eh_s()),
            price_usd_per_btc: tidy(month.price.as_usd_per_btc()),
            hashprice_usd_per_ph_day: tidy(month.hashprice.as_usd_per_ph_day()),
            threshold_j_per_th: power.threshold.map(|threshold| tidy(threshold.as_j_per_th())),
            lower_j_per_th: j_per_th(lower),
            best_guess_j_per_th: j_per_th(best),
            upper_j_per_th: j_per_th(upper),
            lower_gw: gw(lower.power),
            best_guess_gw: gw(best.power),
            upper_gw: gw(upper.power),
            lower_twh_per_year: twh(lower.power),
            best_guess_twh_per_year: twh(best.power),
            upper_twh_per_year: twh(upper.power),
            grid_g_per_kwh: of.intensity.map(|intensity| tidy(intensity.as_g_per_kwh())),
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
            tariff_usd_per_kwh: tidy(tariff.as_usd_per_kwh()),
            lower_gw: found.map(|power| gw(power.lower.power)),
            best_guess_gw: found.map(|power| gw(power.best_guess.power)),
            upper_gw: found.map(|power| gw(power.upper.power)),
        }
    }
}

impl PublishedPowerRow {
    fn new(figure: PublishedFigure, all: &PowerStudy<'_>) -> Self {
        let found = all.of(figure.period);
        let model = found.as_ref().and_then(|of| match figure.quantity {
            PublishedQuantity::LowerBound => Some(twh(of.power.lower)),
            PublishedQuantity::BestGuess => Some(twh(of.power.best_guess)),
            PublishedQuantity::UpperBound => Some(twh(of.power.upper)),
            PublishedQuantity::Emissions => of.emissions_per_year.map(mt),
            PublishedQuantity::Efficiency => {
                let month = all.months.iter().find(|one| one.month.month == figure.period)?;
                Some(tidy(month.power.best_guess.efficiency.as_j_per_th()))
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
    // A test of the table's own crate reads every row.
    let all = PublishedFigure::shipped().unwrap_or_default();
    let shown = parts.shown.months.first().and_then(|one| one.month.month.middle());
    let is_near = |figure: &PublishedFigure| match (shown, figure.period.middle()) {
        _ if parts.is_history => true,
        (Some(shown), Some(of)) => {
            figure.covers(shown)
                || shown.until(of).is_ok_and(|span| span.get_days().abs() < NEAR_DAYS)
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
        .filter_map(|one| Some((&one.power, series.of(one.month.first_day()?)?)));
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

/// What must be read with every result, and with a history.
const NOTES: [&str; 4] = [
    "A bound is what the network would take if all its machines were that one; it is no quantile.",
    "Hashprice is the mean of the month: machines are taken to run through days in which they lose money.",
    "The best guess weights models by age alone: how many of each were sold is not published. A release of \
     which only the year is known counts from the year's middle.",
    "One tariff, overhead and time of delivery hold in all months.",
];
const BEFORE: &str = "the shipped tables have neither price and fees nor the dates of epochs before June 2020, and \
                      few machines of these years; nothing is filled in";

impl NetworkReport {
    /// Of these parts.
    pub fn new(parts: &NetworkParts<'_>) -> Self {
        let row = |one: &MonthPower<'_>| {
            let series = parts.against.map(|(_, series)| series);
            let first = one.month.first_day();
            let given = series.zip(first).and_then(|(series, first)| series.of(first));
            NetworkPowerRow::new(one, given)
        };
        let mut notes: Vec<String> = NOTES.iter().map(|note| (*note).to_owned()).collect();
        if parts.undated > 0 {
            let told = format!(
                "{} machines of the catalogue have no date and do not count.",
                parts.undated
            );
            notes.push(told);
        }
        let years = if parts.is_history { parts.shown.years() } else { Default::default() };
        let left_out = parts.shown.left_out.iter().map(|(month, error)| LeftOutRow {
            months: month.to_string(),
            reason: error.to_string(),
        });
        let before = parts.is_history.then(|| LeftOutRow {
            months: "2014-01 to 2020-05".to_owned(),
            reason: BEFORE.to_owned(),
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

    /// The months as CSV, a row each.
    ///
    /// # Errors
    /// Those of the writer.
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
