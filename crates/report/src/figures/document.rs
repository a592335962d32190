//! The documents of `estimate`, `project` and `ledger`.

use super::csv::csv;
use super::detail::{Detail, InDetail};
use super::head::{Head, Run, WarningRow};
use super::json::{Filling, number, put};
use super::key::{month_name, place};
use super::number::significant;
use super::table::{Cell, Frame, Row, Shown, Style, Table};
use super::verdicts;
use hashwatt::econ::account::{FlowKind, Party, Quantity};
use hashwatt::econ::engine::Calendar;
use hashwatt::econ::params::Denomination;
use hashwatt::econ::result::{Figure, Outcome, Period};
use hashwatt::econ::view::headline::Headline;
use hashwatt::econ::view::study::{Study, Variant};
use hashwatt::econ::view::table::Section;
use hashwatt::econ::view::turn::{FigureTurns, Turn};
use serde_json::{Map, Value, json};
use std::fmt;

/// What every document is made of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Document {
    head: Head,
    what: &'static str,
    run: Option<Run>,
    pub(crate) tables: Vec<Table>,
    outcome: Outcome,
    figures: Vec<Figure>,
    calendar: Option<Calendar>,
    money: Denomination,
    more: Vec<(&'static str, Value)>,
}

impl Document {
    fn new(
        study: &Study,
        what: &'static str,
        outcome: &Outcome,
        shows: impl Fn(Figure) -> bool,
    ) -> Self {
        let all = outcome.figures().iter().map(|(figure, _)| *figure);
        Self {
            head: Head::new(study.resolved()),
            what,
            run: None,
            tables: Vec::new(),
            outcome: outcome.clone(),
            figures: all.filter(|figure| shows(*figure)).collect(),
            calendar: None,
            money: study.money(),
            more: Vec::new(),
        }
    }

    /// Of a run over time.
    fn in_time(self, study: &Study) -> Self {
        let (resolved, outcome) = (study.resolved(), &self.outcome);
        let run = Run {
            start: resolved.inputs.start.to_string(),
            years: resolved.inputs.years,
            paths: outcome.paths,
            asked: outcome.asked,
            seed: outcome.seed,
            complete: outcome.is_complete(),
        };
        Self { run: Some(run), calendar: Some(study.calendar().clone()), ..self }
    }

    fn shown(&self) -> Shown<'_> {
        Shown { calendar: self.calendar.as_ref(), money: self.money }
    }

    /// With what is varied: the base of each run.
    fn vary(&mut self, variants: &[(Variant, Outcome)], figures: &[Figure]) {
        let columns = variants.iter().map(|(variant, _)| variant.to_string()).collect();
        let row = |figure: &Figure| {
            let runs = variants.iter().map(|(_, outcome)| (*figure, outcome));
            (variant_head(*figure), runs.collect())
        };
        let frame = Frame {
            key: "variants",
            title: "One choice made otherwise, every parameter as it is taken",
            note: "",
        };
        let rows = figures.iter().map(row).collect();
        let mut table = self.shown().grid(frame, columns, rows).transposed();
        table.section = Section::Rest;
        // The cells are of other runs than the document's figures.
        for (row, (variant, _)) in table.rows.iter_mut().zip(variants) {
            for mark in row.cells.iter_mut().flatten().filter_map(|cell| cell.mark.as_mut()) {
                mark.key = format!("variants.{}.{}", variant.key(), mark.key);
            }
        }
        self.tables.push(table);
        let json = variants.iter().map(|(variant, outcome)| {
            let mut map = Map::new();
            map.insert("key".to_owned(), variant.key().into());
            for figure in figures {
                let key = place(*figure, self.money).column();
                put(&mut map, &key, outcome.base(*figure).map_or(Value::Null, number));
            }
            Value::Object(map)
        });
        let json = json.collect();
        self.more.push(("variants", json));
    }

    /// With what turns the sign of figures.
    fn turn(&mut self, study: &Study, turns: &[FigureTurns], section: Section) {
        let table = &study.resolved().table;
        let row = |(figure, turns): &FigureTurns| {
            let words = match turns.first() {
                None => "no input that has a range turns it alone".to_owned(),
                Some(turn) => {
                    let param = table.get(turn.param);
                    let (base, at) = (significant(turn.base), significant(turn.at));
                    let steps = significant(turn.steps.abs());
                    format!(
                        "{} from {base} to {at} {} ({steps} times the way to its 5 % or 95 % point)",
                        param.key, param.unit
                    )
                }
            };
            Row { label: figure.text(), cells: Ok(vec![Cell::words(words)]), unit: String::new() }
        };
        let columns = vec!["input and its move".to_owned()];
        let title = "What turns the sign of a result with the smallest move";
        self.tables.push(Table {
            note: "Each input by itself, all others as they are taken.".to_owned(),
            style: Style::Words,
            section,
            ..Table::new("turns", title, columns, turns.iter().map(row).collect())
        });
        let of_figure = |(figure, turns): &FigureTurns| {
            let path = place(*figure, self.money).path();
            let one = |turn: Option<&Turn>| {
                let of = |of: fn(&Turn) -> f64| turn.map_or(Value::Null, |turn| number(of(turn)));
                json!({
                    "figure": path,
                    "input": turn.map(|turn| table.get(turn.param).key.clone()),
                    "base": of(|turn| turn.base),
                    "at": of(|turn| turn.at),
                    "steps": of(|turn| turn.steps),
                })
            };
            match turns.is_empty() {
                true => vec![one(None)],
                false => turns.iter().map(|turn| one(Some(turn))).collect(),
            }
        };
        let json = turns.iter().flat_map(of_figure).collect();
        self.more.push(("turns", json));
    }

    /// With the verdicts, before all tables.
    fn judge(&mut self, study: &Study, headline: &Headline) {
        self.tables.insert(0, verdicts::table(study, headline));
        self.more.push(("verdicts", verdicts::json(headline, self.money)));
    }

    fn warn(&mut self, key: &str, text: String) {
        self.head.warnings.insert(0, WarningRow::new(key, text));
    }

    /// The document as JSON.
    pub(crate) fn json(&self) -> Map<String, Value> {
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
        self.head.end(&mut document);
        document
    }

    fn to_csv(&self) -> Result<String, ::csv::Error> {
        let figures = self.figures.iter().copied();
        csv(&self.outcome, figures, self.calendar.as_ref(), self.money)
    }

    /// What stands above the tables.
    pub(crate) fn words(&self) -> String {
        let title = self.head.title.as_deref().map_or(String::new(), |title| format!("{title}. "));
        let run = self.run.as_ref().map_or(String::new(), |run| format!(" {}", run.words()));
        crate::untrusted::neutral(&format!("{title}{}{run}", self.what))
    }

    pub(crate) fn head(&self) -> &Head {
        &self.head
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.run.as_ref().is_none_or(|run| run.complete)
    }
}

/// The head of a variant's column, short enough for a terminal.
fn variant_head(figure: Figure) -> String {
    match figure {
        Figure::Npv => "NPV".to_owned(),
        Figure::NpvProject => "NPV before tax".to_owned(),
        Figure::Return => "return".to_owned(),
        Figure::Payback => "payback".to_owned(),
        Figure::National(..) => "nation".to_owned(),
        Figure::Net(party, ..) => party.key().to_owned(),
        Figure::Quantity(Quantity::Btc, _) => "bitcoin".to_owned(),
        Figure::Quantity(Quantity::Energy, _) => "energy".to_owned(),
        figure => figure.text(),
    }
}

/// Whether a kind of flow occurs at all, so that tables of every flow stay short.
fn occurs(outcome: &Outcome, kind: FlowKind) -> bool {
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

macro_rules! reports {
    ($( $(#[$doc:meta])* $Report:ident: $schema:expr; )+) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Report(pub(crate) Document);

        impl $Report {
            /// Figures as rows: key, period, unit, base, points of the band, mean, part above zero.
            ///
            /// # Errors
            /// Those of the writer.
            pub fn to_csv(&self) -> Result<String, ::csv::Error> {
                self.0.to_csv()
            }

            /// Whether every path that was asked for was followed.
            pub fn is_complete(&self) -> bool {
                self.0.is_complete()
            }

            /// The document as text, in so much detail; the last line names the options for the rest.
            pub fn shown(&self, detail: Detail) -> impl fmt::Display + use<'_> {
                InDetail { document: &self.0, detail }
            }

            /// With something that a reader must know, before all else.
            pub fn warn(&mut self, key: &str, text: impl Into<String>) {
                self.0.warn(key, text.into());
            }
        }

        impl serde::Serialize for $Report {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                super::json::InOrder(&self.0.json()).serialize(serializer)
            }
        }

        /// A screenful: [`shown`](Self::shown) without more detail.
        impl fmt::Display for $Report {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.shown(Detail::default()).fmt(f)
            }
        }

        impl schemars::JsonSchema for $Report {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($Report).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                super::schema::of($schema, generator)
            }
        }
    )+ };
}

reports! {
    /// The steady year: what a power budget becomes.
    EstimateReport: super::schema::Kind::Estimate;
    /// A project over time.
    ProjectionReport: super::schema::Kind::Projection;
    /// Who gains and who pays.
    LedgerReport: super::schema::Kind::Ledger;
}

impl EstimateReport {
    /// From a study's [estimate](Study::estimate).
    pub fn new(study: &Study, outcome: &Outcome) -> Self {
        let mut document = Document::new(study, "A steady year.", outcome, |_| true);
        let shown = document.shown();
        let tables = study.estimate_tables();
        document.tables = shown.tables(&tables, outcome);
        Self(document)
    }
}

/// What a project's document holds: what the operator has and pays, and the months.
pub(crate) fn in_projection(figure: Figure) -> bool {
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

/// What a ledger's document holds: everything but the months and the hours of the first year.
pub(crate) fn in_ledger(figure: Figure) -> bool {
    !matches!(figure, Figure::Month(..) | Figure::Dispatch(..))
}

/// What is shown of each variant of a project.
pub(crate) const VARIED_IN_PROJECTION: [Figure; 6] = [
    Figure::Npv,
    Figure::NpvProject,
    Figure::Return,
    Figure::Payback,
    Figure::Quantity(Quantity::Btc, Period::Whole),
    Figure::Quantity(Quantity::Energy, Period::Whole),
];

impl ProjectionReport {
    /// From a study's [run](Study::simulate), its [variants](Study::variants) and its [turns](Study::turns).
    pub fn new(
        study: &Study,
        outcome: &Outcome,
        variants: &[(Variant, Outcome)],
        turns: &[FigureTurns],
    ) -> Self {
        let shows = |figure| {
            in_projection(figure) && kind_of(figure).is_none_or(|kind| occurs(outcome, kind))
        };
        let mut document =
            Document::new(study, "The project over time.", outcome, shows).in_time(study);
        let shown = document.shown();
        let tables = study.projection_tables(outcome);
        document.tables = shown.tables(&tables, outcome);
        let dispatch: Vec<_> = variants
            .iter()
            .filter(|(variant, _)| matches!(variant, Variant::Dispatch(_)))
            .cloned()
            .collect();
        document.vary(&dispatch, &VARIED_IN_PROJECTION);
        document.turn(study, turns, Section::Summary);
        Self(document)
    }

    /// The figures whose turns are looked for.
    pub fn turning() -> Vec<Figure> {
        vec![Figure::Npv, Figure::NpvProject]
    }
}

impl LedgerReport {
    /// From a study's [run](Study::simulate), its [variants](Study::variants) and the [turns](Study::turns) of
    /// [its figures](Self::turning).
    pub fn new(
        study: &Study,
        outcome: &Outcome,
        variants: &[(Variant, Outcome)],
        turns: &[FigureTurns],
    ) -> Self {
        let shows =
            |figure| in_ledger(figure) && kind_of(figure).is_none_or(|kind| occurs(outcome, kind));
        let mut document =
            Document::new(study, "Who gains and who pays.", outcome, shows).in_time(study);
        let shown = document.shown();
        let tables = study.ledger_tables(outcome);
        document.tables = shown.tables(&tables, outcome);
        document.vary(variants, &Self::varied(study.money()));
        // The verdicts say what turns each of them.
        document.turn(study, turns, Section::Rest);
        document.judge(study, &Headline::new(outcome, turns));
        Self(document)
    }

    /// What is shown of each variant.
    pub(crate) fn varied(money: Denomination) -> Vec<Figure> {
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

    /// The figures whose turns are looked for: those of the verdicts.
    pub fn turning(outcome: &Outcome) -> Vec<Figure> {
        Headline::figures(outcome)
    }
}
