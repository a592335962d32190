//! Two scenarios side by side: verdicts, main figures, the inputs that differ.

mod inputs;
mod text;

use super::WarningRow;
use super::figures::Point;
use super::rows::rows_csv;
use super::tidy;
use hashwatt::econ::account::{Party, Quantity};
use hashwatt::econ::document::place;
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

/// One of the two scenarios with its figures.
#[derive(Clone, Copy)]
pub struct ScenarioSide<'a> {
    /// What it is called, such as its file's name.
    pub name: &'a str,
    /// As it was written down.
    pub scenario: &'a Scenario,
    /// Resolved.
    pub study: &'a Study,
    /// The figures of the steady year.
    pub steady: &'a Outcome,
    /// The figures over time.
    pub outcome: &'a Outcome,
    /// The verdicts' figures path by path.
    pub draws: &'a Draws,
}

/// Two scenarios side by side.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ScenarioComparison {
    /// [`FIGURES_SCHEMA_VERSION`](crate::FIGURES_SCHEMA_VERSION).
    pub schema_version: u32,
    /// The first scenario.
    pub a: ComparedScenario,
    /// The second.
    pub b: ComparedScenario,
    /// Where the random numbers begin, of both.
    pub seed: u64,
    /// Paths that were asked for, of each.
    pub paths_asked: usize,
    /// Whether every path that was asked for was followed.
    pub complete: bool,
    /// A row for each party of the verdicts.
    pub verdicts: Vec<ComparedVerdict>,
    /// The main figures.
    pub figures: Vec<ComparedFigure>,
    /// The inputs and choices that differ.
    pub inputs: Vec<ComparedInput>,
    /// What a reader must know.
    pub warnings: Vec<WarningRow>,
}

/// One of the two.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ComparedScenario {
    /// What it is called here, such as its file's name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its currency.
    pub currency: String,
    /// The first day.
    pub start: String,
    /// Years.
    pub length_years: f64,
    /// Paths that were followed.
    pub paths: usize,
}

/// A party's result in both.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ComparedVerdict {
    /// Whose result.
    pub whose: &'static str,
    /// The figure's key.
    pub key: String,
    /// The unit of its numbers.
    pub unit: String,
    /// Of the first scenario; null where it lacks an input.
    pub a: Option<VerdictSide>,
    /// Of the second.
    pub b: Option<VerdictSide>,
    /// The second's median less the first's.
    pub difference: Option<f64>,
    /// The part of the paths on which the second is above the first, on the same draws.
    pub b_above_a: Option<f64>,
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) found: [Result<Value, Missing>; 2],
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) of: HeadlineParty,
}

/// A party's result in one of the scenarios.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct VerdictSide {
    /// The verdict.
    pub verdict: String,
    /// The part of the paths above zero.
    pub positive: Option<f64>,
    /// With every parameter as it is taken.
    pub base: f64,
    /// 5 % of the paths are below.
    pub p05: Option<f64>,
    /// The median.
    pub p50: Option<f64>,
    /// 95 % of the paths are below.
    pub p95: Option<f64>,
}

/// A figure of both.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ComparedFigure {
    /// The figure's key.
    pub key: String,
    /// `all` for the whole time, nothing for the steady year.
    pub period: String,
    /// `p50` for the median over the paths, `base` where no paths are followed.
    pub point: &'static str,
    /// The unit.
    pub unit: String,
    /// Of the first scenario; null where it lacks an input or is never reached.
    pub a: Option<f64>,
    /// Of the second.
    pub b: Option<f64>,
    /// The second less the first.
    pub difference: Option<f64>,
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) of: Figure,
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) found: [Option<f64>; 2],
    #[serde(skip)]
    #[schemars(skip)]
    pub(crate) unit_of: Unit,
}

/// The main figures of the whole time.
fn over_time() -> Vec<Figure> {
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
fn steady() -> [Figure; 4] {
    [
        Figure::Moment(Moment::Power),
        Figure::Moment(Moment::Average),
        Figure::Moment(Moment::Share),
        Figure::BreakEven(Variable::Tariff, Basis::CashCosts, Stage::After),
    ]
}

/// What the parties have over the whole time, in the money that both scenarios count in.
fn of_parties(money: Denomination) -> Vec<Figure> {
    let parties =
        [Party::HomeOwners, Party::State, Party::Distribution, Party::Consumers, Party::Generators];
    let net = |party| Figure::Net(party, Period::Whole, money);
    parties.map(net).into_iter().chain([Figure::National(Period::Whole, money)]).collect()
}

fn less(b: Option<f64>, a: Option<f64>) -> Option<f64> {
    Some(tidy(b? - a?))
}

fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite()).map(tidy)
}

fn side(value: &Value) -> VerdictSide {
    VerdictSide {
        verdict: serde_json::to_value(Verdict::of(value))
            .ok()
            .and_then(|name| name.as_str().map(str::to_owned))
            .unwrap_or_default(),
        positive: value.positive.map(tidy),
        base: tidy(value.base),
        p05: value.band.map(|band| tidy(band.p05)),
        p50: value.band.map(|band| tidy(band.p50)),
        p95: value.band.map(|band| tidy(band.p95)),
    }
}

fn verdict(
    whose: HeadlineParty,
    [a, b]: [ScenarioSide; 2],
    money: Denomination,
) -> ComparedVerdict {
    let figure = whose.figure();
    let found = [a, b].map(|side| side.outcome.get(figure));
    let middle = |value: &Result<Value, Missing>| {
        value.as_ref().ok().map(|value| value.band.map_or(value.base, |band| band.p50))
    };
    ComparedVerdict {
        whose: whose.key(),
        key: place(figure, money).column(),
        unit: figure.unit(a.study.resolved().currency).to_string(),
        a: found[0].as_ref().ok().map(side),
        b: found[1].as_ref().ok().map(side),
        difference: less(middle(&found[1]), middle(&found[0])),
        b_above_a: b.draws.part_above(a.draws, figure).map(tidy),
        found,
        of: whose,
    }
}

/// A figure of two outcomes; `None` where neither has it.
fn figure(of: Figure, outcomes: [&Outcome; 2], money: Denomination) -> Option<ComparedFigure> {
    let found = outcomes.map(|outcome| outcome.get(of).ok());
    let unit = found.iter().flatten().next()?.unit;
    let has_band = found.iter().flatten().all(|value| value.band.is_some());
    let point = if has_band { Point::P50 } else { Point::Base };
    let found = found.map(|value| value.and_then(|value| point.of(&value)));
    let [a, b] = found.map(finite);
    let place = place(of, money);
    Some(ComparedFigure {
        key: place.column(),
        period: place.period(None),
        point: point.key(),
        unit: unit.to_string(),
        difference: less(b, a),
        a,
        b,
        of,
        found,
        unit_of: unit,
    })
}

impl ScenarioComparison {
    /// Of two scenarios that were followed with the same seed. Amounts in local money are compared where both count
    /// in the same.
    pub fn new(a: ScenarioSide, b: ScenarioSide) -> Self {
        let sides = [a, b];
        let scenario = |side: ScenarioSide| {
            let resolved = side.study.resolved();
            ComparedScenario {
                name: side.name.to_owned(),
                title: resolved.title.clone(),
                currency: resolved.currency.to_string(),
                start: resolved.inputs.start.to_string(),
                length_years: tidy(resolved.inputs.years),
                paths: side.outcome.paths,
            }
        };
        let same_money = a.study.resolved().currency == b.study.resolved().currency;
        let money = if same_money { a.study.money() } else { Denomination::Usd };
        let outcomes = sides.map(|side| side.outcome);
        let mut figures: Vec<Figure> = over_time();
        if same_money {
            figures.extend(of_parties(money));
        }
        let figures = figures.into_iter().filter_map(|of| figure(of, outcomes, money));
        let steady_ones = sides.map(|side| side.steady);
        let steady_ones = steady().into_iter().filter_map(|of| figure(of, steady_ones, money));
        let complete = outcomes.iter().all(|outcome| outcome.is_complete());
        let mut comparison = Self {
            schema_version: super::FIGURES_SCHEMA_VERSION,
            a: scenario(a),
            b: scenario(b),
            seed: a.outcome.seed,
            paths_asked: a.outcome.asked.max(b.outcome.asked),
            complete,
            verdicts: HeadlineParty::ALL.map(|whose| verdict(whose, sides, money)).to_vec(),
            figures: figures.chain(steady_ones).collect(),
            inputs: inputs::differing(sides),
            warnings: Vec::new(),
        };
        comparison.warnings = comparison.remarks(sides);
        comparison
    }

    fn remarks(&self, sides: [ScenarioSide; 2]) -> Vec<WarningRow> {
        let mut remarks = Vec::new();
        let (a, b) = (&self.a, &self.b);
        if !self.complete {
            let text = format!(
                "interrupted: {} and {} of {} paths each",
                a.paths, b.paths, self.paths_asked
            );
            remarks.push(WarningRow::new("interrupted", text));
        }
        if a.currency != b.currency {
            let text = format!(
                "A counts in {} and B in {}: present values in USD are compared, amounts in local money are left out",
                a.currency, b.currency
            );
            remarks.push(WarningRow::new("currencies_differ", text));
        }
        if (&a.start, a.length_years) != (&b.start, b.length_years) {
            let text = "the scenarios do not cover the same time: sums over the whole time and present values of \
                        the first day are of different lengths or dates";
            remarks.push(WarningRow::new("times_differ", text));
        }
        let told = sides.map(|side| &side.study.resolved().warnings);
        for warning in told[0].iter().filter(|warning| warning.qualifies_figures()) {
            let whose = if told[1].contains(warning) { "A and B" } else { "A" };
            remarks.push(WarningRow::new(warning.key(), format!("{whose}: {warning}")));
        }
        let only_b = told[1].iter().filter(|warning| !told[0].contains(warning));
        for warning in only_b.filter(|warning| warning.qualifies_figures()) {
            remarks.push(WarningRow::new(warning.key(), format!("B: {warning}")));
        }
        remarks
    }

    /// A number a row: key with its point, period, unit, the first, the second, the second less the first.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        let points = [Point::P05, Point::P50, Point::P95, Point::Positive, Point::Base];
        let verdicts = self.verdicts.iter().flat_map(|row| {
            points.map(|point| {
                let [a, b] =
                    [0, 1].map(|at| row.found[at].as_ref().ok().and_then(|value| point.of(value)));
                let unit = if point == Point::Positive { "" } else { &row.unit };
                Line::of((&row.key, point.key()), ("all", unit), (finite(a), finite(b)))
            })
        });
        // Those of the verdicts are there already.
        let known = |row: &&ComparedFigure| self.verdicts.iter().all(|v| v.key != row.key);
        let figures =
            self.figures.iter().filter(known).map(|row| {
                Line::of((&row.key, row.point), (&row.period, &row.unit), (row.a, row.b))
            });
        let inputs = self.inputs.iter().map(Line::of_input);
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
    fn of(
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
            difference: less(b, a),
        }
    }

    fn of_input(row: &ComparedInput) -> Self {
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
