//! The documents of `estimate`, `project` and `ledger`.

use super::csv::csv;
use super::detail::{Detail, DetailedText};
use super::head::run_text;
use super::number::significant_digits;
use super::table::{Cell, Row, Style, Table, TableBuilder, TableHeading};
use super::verdicts;
use hashwatt::econ::account::Quantity;
use hashwatt::econ::document::{
    Document as Data, Head, PROJECTION_SWITCHING_FIGURES, PROJECTION_VARIANT_FIGURES,
    dispatch_variants, ledger_variant_figures,
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
    subject: &'static str,
    pub(crate) tables: Vec<Table>,
}

impl Document {
    fn new(data: Data, subject: &'static str) -> Self {
        Self { data, subject, tables: Vec::new() }
    }

    fn table_builder(&self) -> TableBuilder<'_> {
        TableBuilder { calendar: self.data.calendar(), money: self.data.money() }
    }

    /// Adds the table of variants: base values of each run.
    fn add_variants(&mut self, variants: &[(ScenarioVariant, Outcome)], figures: &[Figure]) {
        let columns = variants.iter().map(|(variant, _)| variant.to_string()).collect();
        let row = |figure: &Figure| {
            let runs = variants.iter().map(|(_, outcome)| (*figure, outcome));
            (variant_header(*figure), runs.collect())
        };
        let heading = TableHeading {
            key: "variants",
            title: "Variants: one choice changed, all inputs at their base values",
            note: "",
        };
        let rows = figures.iter().map(row).collect();
        let mut table = self.table_builder().grid(heading, columns, rows).transposed();
        table.section = Section::Rest;
        // The cells belong to other runs than the document's figures.
        for (row, (variant, _)) in table.rows.iter_mut().zip(variants) {
            for mark in row.cells.iter_mut().flatten().filter_map(|cell| cell.mark.as_mut()) {
                mark.key = format!("variants.{}.{}", variant.key(), mark.key);
            }
        }
        self.tables.push(table);
    }

    /// Adds the table of switching values: the inputs that change the sign of figures.
    fn add_switching_values(
        &mut self,
        study: &Study,
        switching: &[FigureSwitchingValues],
        section: Section,
    ) {
        let table = &study.resolved().table;
        let row = |(figure, values): &FigureSwitchingValues| {
            let text = match values.first() {
                None => "no single input with a range changes its sign".to_owned(),
                Some(value) => {
                    let param = table.get(value.param);
                    let (base, at) = (significant_digits(value.base), significant_digits(value.at));
                    let steps = significant_digits(value.steps.abs());
                    format!(
                        "{} from {base} to {at} {} ({steps} times the distance to its 5 % or 95 % point)",
                        param.key, param.unit
                    )
                }
            };
            Row { label: figure.text(), cells: Ok(vec![Cell::words(text)]), unit: String::new() }
        };
        let columns = vec!["input and its change".to_owned()];
        let title =
            "Switching values: the smallest change of one input that changes a result's sign";
        self.tables.push(Table {
            note: "Each input alone, all others at their base values.".to_owned(),
            style: Style::Words,
            section,
            ..Table::new("switching_values", title, columns, switching.iter().map(row).collect())
        });
    }

    /// Adds the verdicts before all other tables.
    fn add_verdicts(&mut self, study: &Study, headline: &Headline) {
        self.tables.insert(0, verdicts::table(study, headline));
    }

    /// The text above the tables.
    pub(crate) fn introduction(&self) -> String {
        let title = self.head().title.as_deref();
        let title = title.map_or(String::new(), |title| format!("{title}. "));
        let run = self.data.run().map_or(String::new(), |run| format!(" {}", run_text(run)));
        crate::untrusted::sanitize(&format!("{title}{}{run}", self.subject))
    }

    pub(crate) fn head(&self) -> &Head {
        self.data.head()
    }
}

/// The column header of a variant, short enough for a terminal.
fn variant_header(figure: Figure) -> String {
    match figure {
        Figure::Npv => "NPV".to_owned(),
        Figure::NpvProject => "project NPV".to_owned(),
        Figure::Return => "return".to_owned(),
        Figure::Payback => "payback".to_owned(),
        Figure::National(..) => "nation".to_owned(),
        Figure::Net(party, ..) => party.to_string(),
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
            /// The figures as CSV: key, period, unit, base, percentiles, mean and share of paths above zero.
            ///
            /// # Errors
            /// Returns the CSV writer's error.
            pub fn to_csv(&self) -> Result<String, ::csv::Error> {
                csv(&self.0.data)
            }

            /// Whether all requested paths were simulated.
            pub fn is_complete(&self) -> bool {
                self.0.data.is_complete()
            }

            /// The document as text with the given detail; the last line names the options for the rest.
            pub fn shown(&self, detail: Detail) -> impl fmt::Display + use<'_> {
                DetailedText { document: &self.0, detail }
            }

            /// Adds a warning before all others.
            pub fn warn(&mut self, key: &str, text: impl Into<String>) {
                self.0.data.warn(key, text.into());
            }
        }

        impl serde::Serialize for $Report {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.data.serialize(serializer)
            }
        }

        /// The summary: [`shown`](Self::shown) without optional sections.
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
                super::schema::document_schema($schema, generator)
            }
        }
    )+ };
}

reports! {
    /// A steady year of a power budget: hashrate, bitcoin, revenue, costs and break-even values.
    EstimateReport: super::schema::Kind::Estimate;
    /// A project over its calendar: cash flows, net present value and operation by year and month.
    ProjectionReport: super::schema::Kind::Projection;
    /// All parties and the flows between them: who gains and who pays.
    LedgerReport: super::schema::Kind::Ledger;
}

impl EstimateReport {
    /// Creates the report from a study's [estimate](Study::estimate).
    pub fn new(study: &Study, outcome: &Outcome) -> Self {
        let mut document = Document::new(Data::estimate(study, outcome), "A steady year.");
        let tables = study.estimate_tables();
        document.tables = document.table_builder().tables(&tables, outcome);
        Self(document)
    }
}

impl ProjectionReport {
    /// Creates the report from a study's [run](Study::simulate), its [variants](Study::variants) and the
    /// [switching values](Study::switching_values) of [its figures](Self::switching_figures).
    pub fn new(
        study: &Study,
        outcome: &Outcome,
        variants: &[(ScenarioVariant, Outcome)],
        switching_values: &[FigureSwitchingValues],
    ) -> Self {
        let data = Data::projection(study, outcome, variants, switching_values);
        let mut document = Document::new(data, "The project over time.");
        let tables = study.projection_tables(outcome);
        document.tables = document.table_builder().tables(&tables, outcome);
        document.add_variants(&dispatch_variants(variants), &PROJECTION_VARIANT_FIGURES);
        document.add_switching_values(study, switching_values, Section::Summary);
        Self(document)
    }

    /// The figures whose switching values the report shows.
    pub fn switching_figures() -> Vec<Figure> {
        PROJECTION_SWITCHING_FIGURES.to_vec()
    }
}

impl LedgerReport {
    /// Creates the report from a study's [run](Study::simulate), its [variants](Study::variants) and the
    /// [switching values](Study::switching_values) of [its figures](Self::switching_figures).
    pub fn new(
        study: &Study,
        outcome: &Outcome,
        variants: &[(ScenarioVariant, Outcome)],
        switching_values: &[FigureSwitchingValues],
    ) -> Self {
        let data = Data::ledger(study, outcome, variants, switching_values);
        let mut document = Document::new(data, "Who gains and who pays.");
        let tables = study.ledger_tables(outcome);
        document.tables = document.table_builder().tables(&tables, outcome);
        document.add_variants(variants, &ledger_variant_figures(study.money()));
        // The table of verdicts already shows the switching value of each verdict.
        document.add_switching_values(study, switching_values, Section::Rest);
        document.add_verdicts(study, &Headline::new(outcome, switching_values));
        Self(document)
    }

    /// The figures whose switching values the report shows: those of the verdicts.
    pub fn switching_figures(outcome: &Outcome) -> Vec<Figure> {
        Headline::figures(outcome)
    }
}
