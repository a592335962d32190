//! The documents of `estimate`, `project` and `ledger`.

use super::csv::csv;
use super::detail::{Detail, InDetail};
use super::head::run_words;
use super::number::significant;
use super::table::{Cell, Frame, Row, Shown, Style, Table};
use super::verdicts;
use hashwatt::econ::account::Quantity;
use hashwatt::econ::document::{
    Document as Data, Head, TURNING_IN_PROJECTION, VARIED_IN_PROJECTION, dispatch_variants,
    varied_in_ledger,
};
use hashwatt::econ::result::{Figure, Outcome};
use hashwatt::econ::view::headline::Headline;
use hashwatt::econ::view::study::{ScenarioVariant, Study};
use hashwatt::econ::view::switching_value::FigureSwitchingValues;
use hashwatt::econ::view::table::Section;
use std::fmt;

/// A document with the tables that show it to a reader.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Document {
    data: Data,
    what: &'static str,
    pub(crate) tables: Vec<Table>,
}

impl Document {
    fn new(data: Data, what: &'static str) -> Self {
        Self { data, what, tables: Vec::new() }
    }

    fn shown(&self) -> Shown<'_> {
        Shown { calendar: self.data.calendar(), money: self.data.money() }
    }

    /// With what is varied: the base of each run.
    fn vary(&mut self, variants: &[(ScenarioVariant, Outcome)], figures: &[Figure]) {
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
    }

    /// With what turns the sign of figures.
    fn turn(&mut self, study: &Study, turns: &[FigureSwitchingValues], section: Section) {
        let table = &study.resolved().table;
        let row = |(figure, turns): &FigureSwitchingValues| {
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
    }

    /// With the verdicts, before all tables.
    fn judge(&mut self, study: &Study, headline: &Headline) {
        self.tables.insert(0, verdicts::table(study, headline));
    }

    /// What stands above the tables.
    pub(crate) fn words(&self) -> String {
        let title = self.head().title.as_deref();
        let title = title.map_or(String::new(), |title| format!("{title}. "));
        let run = self.data.run().map_or(String::new(), |run| format!(" {}", run_words(run)));
        crate::untrusted::neutral(&format!("{title}{}{run}", self.what))
    }

    pub(crate) fn head(&self) -> &Head {
        self.data.head()
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
                csv(&self.0.data)
            }

            /// Whether every path that was asked for was followed.
            pub fn is_complete(&self) -> bool {
                self.0.data.is_complete()
            }

            /// The document as text, in so much detail; the last line names the options for the rest.
            pub fn shown(&self, detail: Detail) -> impl fmt::Display + use<'_> {
                InDetail { document: &self.0, detail }
            }

            /// With something that a reader must know, before all else.
            pub fn warn(&mut self, key: &str, text: impl Into<String>) {
                self.0.data.warn(key, text.into());
            }
        }

        impl serde::Serialize for $Report {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.data.serialize(serializer)
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
        let mut document = Document::new(Data::estimate(study, outcome), "A steady year.");
        let tables = study.estimate_tables();
        document.tables = document.shown().tables(&tables, outcome);
        Self(document)
    }
}

impl ProjectionReport {
    /// From a study's [run](Study::simulate), its [variants](Study::variants) and its [turns](Study::turns).
    pub fn new(
        study: &Study,
        outcome: &Outcome,
        variants: &[(ScenarioVariant, Outcome)],
        turns: &[FigureSwitchingValues],
    ) -> Self {
        let data = Data::projection(study, outcome, variants, turns);
        let mut document = Document::new(data, "The project over time.");
        let tables = study.projection_tables(outcome);
        document.tables = document.shown().tables(&tables, outcome);
        document.vary(&dispatch_variants(variants), &VARIED_IN_PROJECTION);
        document.turn(study, turns, Section::Summary);
        Self(document)
    }

    /// The figures whose turns are looked for.
    pub fn turning() -> Vec<Figure> {
        TURNING_IN_PROJECTION.to_vec()
    }
}

impl LedgerReport {
    /// From a study's [run](Study::simulate), its [variants](Study::variants) and the [turns](Study::turns) of
    /// [its figures](Self::turning).
    pub fn new(
        study: &Study,
        outcome: &Outcome,
        variants: &[(ScenarioVariant, Outcome)],
        turns: &[FigureSwitchingValues],
    ) -> Self {
        let data = Data::ledger(study, outcome, variants, turns);
        let mut document = Document::new(data, "Who gains and who pays.");
        let tables = study.ledger_tables(outcome);
        document.tables = document.shown().tables(&tables, outcome);
        document.vary(variants, &varied_in_ledger(study.money()));
        // The verdicts say what turns each of them.
        document.turn(study, turns, Section::Rest);
        document.judge(study, &Headline::new(outcome, turns));
        Self(document)
    }

    /// The figures whose turns are looked for: those of the verdicts.
    pub fn turning(outcome: &Outcome) -> Vec<Figure> {
        Headline::figures(outcome)
    }
}
