//! The comparison of two scenarios: verdicts, main figures and the inputs that differ.

mod inputs;
mod text;

use super::figures::Point;
use super::round_to_15_digits;
use super::rows::rows_csv;
use hashwatt::econ::account::{Party, Quantity};
use hashwatt::econ::document::{FIGURES_SCHEMA_VERSION, WarningRow, figure_location};
use hashwatt::econ::params::{Denomination, Unit};
use hashwatt::econ::result::{
    Basis, Figure, Missing, Moment, Outcome, Period, Stage, Value, Variable,
};
use hashwatt::econ::scenario::Scenario;
use hashwatt::econ::simulate::Draws;
use hashwatt::econ::view::Study;
use hashwatt::econ::view::headline::{HeadlineParty, Verdict};
pub use inputs::{ComparedInput, ComparedInputValue};
use serde::Serialize;

/// One of the two compared scenarios with its results.
#[derive(Clone, Copy)]
pub struct ScenarioSide<'a> {
    /// Name, such as that of the file.
    pub name: &'a str,
    /// The scenario as written.
    pub scenario: &'a Scenario,
    /// The resolved scenario.
    pub study: &'a Study,
    /// The figures of the steady year.
    pub steady: &'a Outcome,
    /// The figures over time.
    pub outcome: &'a Outcome,
    /// The figures of the verdicts for each path.
    pub draws: &'a Draws,
}

/// A comparison of two scenarios, A and B.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct ScenarioComparison {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// Scenario A.
    pub a: ComparedScenario,
    /// Scenario B.
    pub b: ComparedScenario,
    /// Seed of the random numbers of both.
    pub seed: u64,
    /// Number of requested paths of each.
    pub paths_asked: usize,
    /// Whether all requested paths were simulated.
    pub complete: bool,
    /// One row for each party with a verdict.
    pub verdicts: Vec<ComparedVerdict>,
    /// The main figures.
    pub figures: Vec<ComparedFigure>,
    /// The inputs and choices that differ.
    pub inputs: Vec<ComparedInput>,
    /// Warnings to read before quoting a figure.
    pub warnings: Vec<WarningRow>,
}

/// One of the two scenarios.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct ComparedScenario {
    /// Name in the comparison, such as that of the file.
    pub name: String,
    /// Title of the scenario.
    pub title: Option<String>,
    /// Local currency.
    pub currency: String,
    /// First day.
    pub start: String,
    /// Length, years.
    pub length_years: f64,
    /// Number of simulated paths.
    pub paths: usize,
}

/// The result of one party in both scenarios.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct ComparedVerdict {
    /// The party.
    pub party: &'static str,
    /// Key of the figure.
    pub key: String,
    /// Unit of the numbers.
    pub unit: String,
    /// Result in scenario A; null if an input is missing.
    pub a: Option<VerdictSide>,
    /// Result in scenario B; null if an input is missing.
    pub b: Option<VerdictSide>,
    /// Median of B minus median of A.
    pub difference: Option<f64>,
    /// Fraction of paths, with the same random draws, on which B is above A.
    pub b_above_a: Option<f64>,
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) values: [Result<Value, Missing>; 2],
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) headline_party: HeadlineParty,
}

/// The result of a party in one of the scenarios.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct VerdictSide {
    /// The verdict.
    pub verdict: String,
    /// Fraction of paths above zero.
    pub positive: Option<f64>,
    /// Value with all inputs at their base values.
    pub base: f64,
    /// 5th percentile over the paths.
    pub p05: Option<f64>,
    /// Median over the paths.
    pub p50: Option<f64>,
    /// 95th percentile over the paths.
    pub p95: Option<f64>,
}

/// A figure in both scenarios.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct ComparedFigure {
    /// Key of the figure.
    pub key: String,
    /// `all` for the whole calendar, empty for the steady year.
    pub period: String,
    /// `p50` for the median over the paths, `base` for figures without paths.
    pub point: &'static str,
    /// Unit.
    pub unit: String,
    /// Value in scenario A; null if an input is missing or the value is never reached.
    pub a: Option<f64>,
    /// Value in scenario B; null if an input is missing or the value is never reached.
    pub b: Option<f64>,
    /// B minus A.
    pub difference: Option<f64>,
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) figure: Figure,
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) values: [Option<f64>; 2],
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) figure_unit: Unit,
}

/// The main figures of the whole calendar.
fn main_figures() -> Vec<Figure> {
    let mut figures = vec![
        Figure::Npv,
        Figure::NpvProject,
        Figure::Outlay,
        Figure::Return,
        Figure::Payback,
        Figure::CostPerBtc,
    ];
    let quantities = [Quantity::Btc, Quantity::Energy, Quantity::AverageT, Quantity::MarginalT];
    figures.extend(quantities.map(|quantity| Figure::Quantity(quantity, Period::Whole)));
    figures
}

/// The main figures of the steady year.
fn steady_figures() -> [Figure; 4] {
    [
        Figure::Moment(Moment::Power),
        Figure::Moment(Moment::Average),
        Figure::Moment(Moment::Share),
        Figure::BreakEven(Variable::Tariff, Basis::CashCosts, Stage::After),
    ]
}

/// The results of the parties over the whole calendar, in the currency of both scenarios.
fn party_figures(money: Denomination) -> Vec<Figure> {
    let parties =
        [Party::HomeOwners, Party::State, Party::Distribution, Party::Consumers, Party::Generators];
    let net = |party| Figure::Net(party, Period::Whole, money);
    parties.map(net).into_iter().chain([Figure::National(Period::Whole, money)]).collect()
}

fn difference(b: Option<f64>, a: Option<f64>) -> Option<f64> {
    Some(round_to_15_digits(b? - a?))
}

fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite()).map(round_to_15_digits)
}

fn side(value: &Value) -> VerdictSide {
    VerdictSide {
        verdict: serde_json::to_value(Verdict::from_value(value))
            .ok()
            .and_then(|name| name.as_str().map(str::to_owned))
            .unwrap_or_default(),
        positive: value.positive.map(round_to_15_digits),
        base: round_to_15_digits(value.base),
        p05: value.band.map(|band| round_to_15_digits(band.p05)),
        p50: value.band.map(|band| round_to_15_digits(band.p50)),
        p95: value.band.map(|band| round_to_15_digits(band.p95)),
    }
}

fn verdict(
    party: HeadlineParty,
    [a, b]: [ScenarioSide; 2],
    money: Denomination,
) -> ComparedVerdict {
    let figure = party.figure();
    let values = [a, b].map(|side| side.outcome.get(figure));
    let median = |value: &Result<Value, Missing>| {
        value.as_ref().ok().map(|value| value.band.map_or(value.base, |band| band.p50))
    };
    ComparedVerdict {
        party: party.key(),
        key: figure_location(figure, money).column(),
        unit: figure.unit(a.study.resolved().currency).to_string(),
        a: values[0].as_ref().ok().map(side),
        b: values[1].as_ref().ok().map(side),
        difference: difference(median(&values[1]), median(&values[0])),
        b_above_a: b.draws.share_above(a.draws, figure).map(round_to_15_digits),
        values,
        headline_party: party,
    }
}

/// A figure of two outcomes; `None` if neither has it.
fn compared_figure(
    figure: Figure,
    outcomes: [&Outcome; 2],
    money: Denomination,
) -> Option<ComparedFigure> {
    let values = outcomes.map(|outcome| outcome.get(figure).ok());
    let unit = values.iter().flatten().next()?.unit;
    let has_band = values.iter().flatten().all(|value| value.band.is_some());
    let point = if has_band { Point::P50 } else { Point::Base };
    let values = values.map(|value| value.and_then(|value| point.get(&value)));
    let [a, b] = values.map(finite);
    let place = figure_location(figure, money);
    Some(ComparedFigure {
        key: place.column(),
        period: place.period(None),
        point: point.key(),
        unit: unit.to_string(),
        difference: difference(b, a),
        a,
        b,
        figure,
        values,
        figure_unit: unit,
    })
}

impl ScenarioComparison {
    /// Compares two scenarios that were simulated with the same seed. Amounts in local currency are compared only
    /// if both scenarios have the same currency.
    pub fn new(a: ScenarioSide, b: ScenarioSide) -> Self {
        let sides = [a, b];
        let scenario = |side: ScenarioSide| {
            let resolved = side.study.resolved();
            ComparedScenario {
                name: side.name.to_owned(),
                title: resolved.title.clone(),
                currency: resolved.currency.to_string(),
                start: resolved.inputs.start.to_string(),
                length_years: round_to_15_digits(resolved.inputs.years),
                paths: side.outcome.paths,
            }
        };
        let same_currency = a.study.resolved().currency == b.study.resolved().currency;
        let money = if same_currency { a.study.money() } else { Denomination::Usd };
        let outcomes = sides.map(|side| side.outcome);
        let mut figures: Vec<Figure> = main_figures();
        if same_currency {
            figures.extend(party_figures(money));
        }
        let figures =
            figures.into_iter().filter_map(|figure| compared_figure(figure, outcomes, money));
        let steady = sides.map(|side| side.steady);
        let steady = steady_figures()
            .into_iter()
            .filter_map(|figure| compared_figure(figure, steady, money));
        let complete = outcomes.iter().all(|outcome| outcome.is_complete());
        let mut comparison = Self {
            schema_version: FIGURES_SCHEMA_VERSION,
            a: scenario(a),
            b: scenario(b),
            seed: a.outcome.seed,
            paths_asked: a.outcome.requested.max(b.outcome.requested),
            complete,
            verdicts: HeadlineParty::ALL.map(|party| verdict(party, sides, money)).to_vec(),
            figures: figures.chain(steady).collect(),
            inputs: inputs::differing(sides),
            warnings: Vec::new(),
        };
        comparison.warnings = comparison.collect_warnings(sides);
        comparison
    }

    fn collect_warnings(&self, sides: [ScenarioSide; 2]) -> Vec<WarningRow> {
        let mut warnings = Vec::new();
        let (a, b) = (&self.a, &self.b);
        if !self.complete {
            let text =
                format!("interrupted: {} and {} of {} paths", a.paths, b.paths, self.paths_asked);
            warnings.push(WarningRow::new("interrupted", text));
        }
        if a.currency != b.currency {
            let text = format!(
                "A is in {} and B is in {}: present values in USD are compared, amounts in local currency are not",
                a.currency, b.currency
            );
            warnings.push(WarningRow::new("currencies_differ", text));
        }
        if (&a.start, a.length_years) != (&b.start, b.length_years) {
            let text = "the scenarios differ in start or length: totals cover different periods and present values \
                        refer to different first days or lengths";
            warnings.push(WarningRow::new("times_differ", text));
        }
        let [of_a, of_b] = sides.map(|side| &side.study.resolved().warnings);
        for warning in of_a.iter().filter(|warning| warning.qualifies_figures()) {
            let scenarios = if of_b.contains(warning) { "A and B" } else { "A" };
            warnings.push(WarningRow::new(warning.key(), format!("{scenarios}: {warning}")));
        }
        let only_b = of_b.iter().filter(|warning| !of_a.contains(warning));
        for warning in only_b.filter(|warning| warning.qualifies_figures()) {
            warnings.push(WarningRow::new(warning.key(), format!("B: {warning}")));
        }
        warnings
    }

    /// All numbers as CSV, one row each: key with statistic, period, unit, A, B and B minus A.
    ///
    /// # Errors
    /// Returns the CSV writer's error.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        let points = [Point::P05, Point::P50, Point::P95, Point::Positive, Point::Base];
        let verdicts = self.verdicts.iter().flat_map(|row| {
            points.map(|point| {
                let [a, b] = [0, 1]
                    .map(|at| row.values[at].as_ref().ok().and_then(|value| point.get(value)));
                let unit = if point == Point::Positive { "" } else { &row.unit };
                Line::new((&row.key, point.key()), ("all", unit), (finite(a), finite(b)))
            })
        });
        // The figures of the verdicts are already among the rows.
        let known = |row: &&ComparedFigure| self.verdicts.iter().all(|v| v.key != row.key);
        let figures =
            self.figures.iter().filter(known).map(|row| {
                Line::new((&row.key, row.point), (&row.period, &row.unit), (row.a, row.b))
            });
        let inputs = self.inputs.iter().map(Line::from_input);
        let header = ["key", "period", "unit", "a", "b", "difference"];
        rows_csv(&header, verdicts.chain(figures).chain(inputs))
    }
}

/// A row of the CSV.
#[derive(Serialize)]
struct Line {
    key: String,
    period: String,
    unit: String,
    a: serde_json::Value,
    b: serde_json::Value,
    difference: Option<f64>,
}

impl Line {
    fn new(
        (key, point): (&str, &str),
        (period, unit): (&str, &str),
        (a, b): (Option<f64>, Option<f64>),
    ) -> Self {
        Self {
            key: format!("{key}.{point}"),
            period: period.to_owned(),
            unit: unit.to_owned(),
            a: a.into(),
            b: b.into(),
            difference: difference(b, a),
        }
    }

    fn from_input(row: &ComparedInput) -> Self {
        let value = |side: &Option<ComparedInputValue>| {
            side.as_ref().map_or(serde_json::Value::Null, ComparedInputValue::cell)
        };
        Self {
            key: format!("inputs.{}", row.key),
            period: String::new(),
            unit: row.unit.clone().unwrap_or_default(),
            a: value(&row.a),
            b: value(&row.b),
            difference: row.difference,
        }
    }
}
