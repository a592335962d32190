//! Documents with the figures of a scenario by key, and their inputs, origins and warnings. All output formats
//! of `estimate`, `project` and `ledger` are made from this document.
//!
//! ```
//! use hashwatt_econ::document::Document;
//! use hashwatt_econ::prelude::*;
//!
//! let scenario = Case::builder(Watts::from_mw(2000.0)).build()?;
//! let study = Study::new(scenario.resolve()?)?;
//! let json = Document::estimate(&study, &study.estimate()?).to_map();
//! assert_eq!(json["power_mw"], 2000.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod head;
mod json;
mod key;
mod row;
mod varied;

pub use head::{ClassRow, Head, InputRow, Origin, ReferenceRow, Run, WarningRow};
#[cfg(feature = "schema")]
pub use json::{FigureBand, FigureValue};
#[doc(hidden)] // for the tests and the other crates of this workspace
pub use json::{number, round_to_15_digits};
#[doc(hidden)] // for the tests and the other crates of this workspace
pub use key::{DISPATCH, FigureLocation, Part, figure_location, hours_key, month_name};
pub use row::FigureRow;

use crate::account::{FlowKind, Party, Quantity};
use crate::engine::Calendar;
use crate::params::Denomination;
use crate::result::{Figure, Outcome, Period};
use crate::view::headline::Headline;
use crate::view::study::{ScenarioVariant, Study};
use crate::view::switching_value::FigureSwitchingValues;
use json::{Filling, OrderedDocument};
use serde_json::{Map, Value};

/// The version of the output formats of scenarios. It is raised when a key changes its meaning, is renamed or
/// is removed.
pub const FIGURES_SCHEMA_VERSION: u32 = 3;

/// The figures of a run with their inputs, references and warnings.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    head: Head,
    run: Option<Run>,
    outcome: Outcome,
    figures: Vec<Figure>,
    calendar: Option<Calendar>,
    money: Denomination,
    more: Vec<(&'static str, Value)>,
}

impl Document {
    fn new(study: &Study, outcome: &Outcome, shows: impl Fn(Figure) -> bool) -> Self {
        let all = outcome.figures().iter().map(|(figure, _)| *figure);
        Self {
            head: Head::new(study.resolved()),
            run: None,
            outcome: outcome.clone(),
            figures: all.filter(|figure| shows(*figure)).collect(),
            calendar: None,
            money: study.money(),
            more: Vec::new(),
        }
    }

    /// The document of a run over time; flows that never occur are left out.
    fn in_time(study: &Study, outcome: &Outcome, shows: impl Fn(Figure) -> bool) -> Self {
        let (inputs, calendar) = (&study.resolved().inputs, study.calendar());
        let occurring =
            |figure| shows(figure) && kind_of(figure).is_none_or(|kind| flow_occurs(outcome, kind));
        let run = Run {
            start: inputs.start.to_string(),
            years: inputs.years,
            paths: outcome.paths,
            requested: outcome.requested,
            seed: outcome.seed,
            complete: outcome.is_complete(),
        };
        let document = Self::new(study, outcome, occurring);
        Self { run: Some(run), calendar: Some(calendar.clone()), ..document }
    }

    /// The document of the steady year, from the [estimate](Study::estimate) of a study.
    pub fn estimate(study: &Study, outcome: &Outcome) -> Self {
        Self::new(study, outcome, |_| true)
    }

    /// The document of a project over time, from a [run](Study::simulate) of a study, its
    /// [variants](Study::variants) and the [switching values](Study::switching_values) of
    /// [`PROJECTION_SWITCHING_FIGURES`].
    pub fn projection(
        study: &Study,
        outcome: &Outcome,
        variants: &[(ScenarioVariant, Outcome)],
        switching_values: &[FigureSwitchingValues],
    ) -> Self {
        let mut document = Self::in_time(study, outcome, in_projection);
        let dispatch = dispatch_variants(variants);
        document.more.push(varied::variants(
            &dispatch,
            &PROJECTION_VARIANT_FIGURES,
            document.money,
        ));
        document.more.push(varied::switching_values(study, switching_values));
        document
    }

    /// The document of the ledger, from a [run](Study::simulate) of a study, its [variants](Study::variants)
    /// and the
    /// [switching values](Study::switching_values) of the figures of its verdicts ([`Headline::figures`]).
    pub fn ledger(
        study: &Study,
        outcome: &Outcome,
        variants: &[(ScenarioVariant, Outcome)],
        switching_values: &[FigureSwitchingValues],
    ) -> Self {
        let mut document = Self::in_time(study, outcome, in_ledger);
        let money = document.money;
        document.more.push(varied::variants(variants, &ledger_variant_figures(money), money));
        document.more.push(varied::switching_values(study, switching_values));
        document.more.push(varied::verdicts(&Headline::new(outcome, switching_values), money));
        document
    }

    /// Adds a warning before all others.
    pub fn warn(&mut self, key: &str, text: String) {
        self.head.warnings.insert(0, WarningRow::new(key, text));
    }

    /// The document as JSON: dots in keys open objects, years and months are lists.
    pub fn to_map(&self) -> Map<String, Value> {
        let mut document = self.figures_map();
        self.head.end(&mut document);
        document
    }

    /// Like [`to_map`](Self::to_map), but without inputs, references and warnings, which are most of a
    /// document.
    pub fn figures_map(&self) -> Map<String, Value> {
        let mut document = Map::new();
        self.head.begin(&mut document);
        if let Some(run) = &self.run {
            run.put(&mut document);
        }
        let calendar = self.calendar.as_ref();
        let first = calendar.map_or(0, |calendar| i64::from(calendar.first_year()));
        let year = |place: usize| first + place as i64;
        let month = |place: usize| calendar.map_or_else(String::new, |c| month_name(c, place));
        let filling = Filling { money: self.money, year: &year, month: &month };
        filling.fill(&mut document, &self.outcome, self.figures.iter().copied());
        for (key, value) in &self.more {
            document.insert((*key).to_owned(), value.clone());
        }
        document
    }

    /// The figures in long form, in the order of the document.
    pub fn rows(&self) -> impl Iterator<Item = FigureRow> + '_ {
        let row = |&figure: &Figure| {
            FigureRow::new(&self.outcome, figure, self.calendar.as_ref(), self.money)
        };
        self.figures.iter().map(row)
    }

    /// Title, inputs, references and warnings.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Duration and number of paths of the run; `None` for a steady year.
    pub fn run(&self) -> Option<&Run> {
        self.run.as_ref()
    }

    /// The results.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// Months and years; `None` for a steady year.
    pub fn calendar(&self) -> Option<&Calendar> {
        self.calendar.as_ref()
    }

    /// The currency of amounts of the nation.
    pub fn money(&self) -> Denomination {
        self.money
    }

    /// Whether all requested paths were simulated.
    pub fn is_complete(&self) -> bool {
        self.run.as_ref().is_none_or(|run| run.complete)
    }
}

/// Like [`Document::to_map`], with keys in a readable order.
impl serde::Serialize for Document {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        OrderedDocument(&self.to_map()).serialize(serializer)
    }
}

/// Whether a kind of flow occurs at all; others are left out of tables.
pub fn flow_occurs(outcome: &Outcome, kind: FlowKind) -> bool {
    let whole = outcome.get(Figure::Flow(kind, Period::Whole, Denomination::Usd));
    whole.map_or(true, |value| {
        let band = value.band.is_some_and(|band| band.points().iter().any(|(_, v)| *v != 0.0));
        value.base != 0.0 || band
    })
}

fn kind_of(figure: Figure) -> Option<FlowKind> {
    match figure {
        Figure::Flow(kind, ..) | Figure::FlowValue(kind) => Some(kind),
        _ => None,
    }
}

/// Whether the document of a project may contain a figure: receipts and payments of the operator, and months.
pub fn in_projection(figure: Figure) -> bool {
    match figure {
        Figure::Npv | Figure::NpvProject | Figure::Outlay | Figure::Return | Figure::Payback => {
            true
        }
        Figure::InternalRate | Figure::SignChanges | Figure::Dispatch(..) => true,
        Figure::CostPerBtc | Figure::CashCostPerBtc | Figure::Quantity(..) | Figure::Month(..) => {
            true
        }
        Figure::Flow(kind, _, Denomination::Usd) | Figure::FlowValue(kind) => {
            kind.sign(Party::Operator) != 0.0
        }
        _ => false,
    }
}

/// Whether the document of a ledger may contain a figure: all except months and hours of the first year.
pub fn in_ledger(figure: Figure) -> bool {
    !matches!(figure, Figure::Month(..) | Figure::Dispatch(..))
}

/// The figures of each variant in the document of a project.
pub const PROJECTION_VARIANT_FIGURES: [Figure; 6] = [
    Figure::Npv,
    Figure::NpvProject,
    Figure::Return,
    Figure::Payback,
    Figure::Quantity(Quantity::Btc, Period::Whole),
    Figure::Quantity(Quantity::Energy, Period::Whole),
];

/// The figures of a projection for which switching values are computed.
pub const PROJECTION_SWITCHING_FIGURES: [Figure; 2] = [Figure::Npv, Figure::NpvProject];

/// The variants in the document of a project.
pub fn dispatch_variants(
    variants: &[(ScenarioVariant, Outcome)],
) -> Vec<(ScenarioVariant, Outcome)> {
    let is_dispatch = |(variant, _): &&(ScenarioVariant, Outcome)| {
        matches!(variant, ScenarioVariant::Dispatch(_))
    };
    variants.iter().filter(is_dispatch).cloned().collect()
}

/// The figures of each variant in the document of a ledger.
pub fn ledger_variant_figures(money: Denomination) -> Vec<Figure> {
    let net = |party| Figure::Net(party, Period::Whole, money);
    vec![
        Figure::National(Period::Whole, money),
        net(Party::HomeOwners),
        net(Party::State),
        net(Party::Distribution),
        net(Party::Consumers),
        net(Party::Generators),
    ]
}
