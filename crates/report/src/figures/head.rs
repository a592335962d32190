//! What every document of a scenario has: its title, its inputs with their origins, its warnings.

use super::json::number;
use super::number::given;
use super::table::{Cell, Row, Style, Table};
use crate::untrusted::neutral;
use crate::{Origin, tidy};
use hashwatt::econ::params::{Absent, Param, all_specs};
use hashwatt::econ::scenario::{Resolved, Warning};
use hashwatt::econ::view::table::Section;
use hashwatt::uncertainty::Provenance;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// An input.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct InputRow {
    /// The key in the scenario.
    pub key: String,
    /// The value; null where nobody gave one, and figures that need it are missing.
    pub value: Option<f64>,
    /// Its unit; empty for a pure number.
    pub unit: String,
    /// 5 % lie below, where it is not known exactly.
    pub low: Option<f64>,
    /// 5 % lie above.
    pub high: Option<f64>,
    /// The region whose row it is, as ISO 3166-1 alpha-3.
    pub region: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether it is what holds where nobody states a charge, tax or contract.
    #[serde(skip)]
    pub(crate) is_neutral: bool,
}

/// Whether a parameter is what holds of a charge, tax or contract that nobody stated.
fn is_neutral(param: &Param) -> bool {
    let assumed = matches!(param.provenance, Provenance::Assumed { .. });
    let of_key = || {
        let specs = all_specs().into_iter().flat_map(|(_, specs)| specs);
        specs.into_iter().find(|spec| spec.key == param.key)
    };
    let nothing =
        |value: f64| of_key().map_or(value == 0.0, |spec| spec.absent == Absent::None(value));
    assumed && !param.missing && !param.spread.is_drawn() && nothing(param.value)
}

impl From<&Param> for InputRow {
    fn from(param: &Param) -> Self {
        let range = param.range();
        Self {
            key: param.key.clone(),
            value: (!param.missing).then(|| tidy(param.value)),
            unit: param.unit.to_string(),
            low: range.map(|(low, _)| tidy(low)),
            high: range.map(|(_, high)| tidy(high)),
            region: param.region.map(|region| region.to_string()),
            origin: Origin::from(&param.provenance),
            is_neutral: is_neutral(param),
        }
    }
}

/// What a reader must know.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct WarningRow {
    /// Its key.
    pub key: String,
    /// What it says.
    pub text: String,
    /// Whether it changes how a figure may be quoted.
    #[serde(skip)]
    pub(crate) qualifies: bool,
}

impl WarningRow {
    /// What changes how a figure may be quoted.
    pub(crate) fn new(key: impl Into<String>, text: impl Into<String>) -> Self {
        Self { key: key.into(), text: text.into(), qualifies: true }
    }
}

impl From<&Warning> for WarningRow {
    fn from(warning: &Warning) -> Self {
        let qualifies = warning.qualifies_figures();
        Self { qualifies, ..Self::new(warning.key(), warning.to_string()) }
    }
}

/// A price that the tariff is held against.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ReferenceRow {
    /// Its place, which is its key under `subsidy_usd`, `subsidy_local` and those of a year.
    pub place: usize,
    /// What it stands for.
    pub kind: &'static str,
    /// What it is.
    pub what: String,
    /// The key of its price among the inputs.
    pub price: String,
    /// Where its energy is metered.
    pub metering_point: &'static str,
}

/// A class of other consumers.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ClassRow {
    /// Its place, which is its key under `class_usd` and `class_usd_per_consumer_month`.
    pub place: usize,
    /// What it is called.
    pub name: String,
    /// How many consumers it has, where the scenario says.
    pub consumers: Option<f64>,
}

/// The head of a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Head {
    pub title: Option<String>,
    pub region: Option<String>,
    pub currency: String,
    pub tariff_status: Option<&'static str>,
    pub height: u32,
    pub inputs: Vec<InputRow>,
    pub references: Vec<ReferenceRow>,
    pub classes: Vec<ClassRow>,
    pub warnings: Vec<WarningRow>,
}

impl Head {
    pub(crate) fn new(of: &Resolved) -> Self {
        let reference =
            |(place, reference): (usize, &hashwatt::econ::scenario::Reference)| ReferenceRow {
                place,
                kind: reference.kind.name(),
                what: reference.what.clone(),
                price: of.table.get(reference.price.value).key.clone(),
                metering_point: reference.metering_point.name(),
            };
        let classes = of.inputs.bills.iter().flat_map(|bills| &bills.classes);
        let class = |(place, class): (usize, &hashwatt::econ::params::ConsumerClass)| ClassRow {
            place,
            name: class.name.clone(),
            consumers: class.consumers,
        };
        Self {
            title: of.title.clone(),
            region: of.region.map(|region| region.to_string()),
            currency: of.currency.to_string(),
            tariff_status: of.tariff_status.map(|status| status.name()),
            height: of.inputs.height,
            inputs: of.table.rows().iter().map(InputRow::from).collect(),
            references: of.references.iter().enumerate().map(reference).collect(),
            classes: classes.enumerate().map(class).collect(),
            warnings: of.warnings.iter().map(WarningRow::from).collect(),
        }
    }

    /// What comes first in a document.
    pub(crate) fn begin(&self, document: &mut Map<String, Value>) {
        document.insert("schema_version".to_owned(), crate::FIGURES_SCHEMA_VERSION.into());
        document.insert("title".to_owned(), json!(self.title));
        document.insert("region".to_owned(), json!(self.region));
        document.insert("currency".to_owned(), json!(self.currency));
        document.insert("tariff_status".to_owned(), json!(self.tariff_status));
        document.insert("height".to_owned(), json!(self.height));
    }

    /// What comes last in it.
    pub(crate) fn end(&self, document: &mut Map<String, Value>) {
        if !self.classes.is_empty() {
            document.insert("consumer_classes".to_owned(), json!(self.classes));
        }
        document.insert("references".to_owned(), json!(self.references));
        document.insert("inputs".to_owned(), json!(self.inputs));
        document.insert("warnings".to_owned(), json!(self.warnings));
    }

    /// Inputs with sources; those that nobody gave are named at the end.
    pub(crate) fn inputs_table(&self) -> Table {
        let (known, missing): (Vec<_>, Vec<_>) =
            self.inputs.iter().partition(|input| input.value.is_some());
        let row = |input: &&InputRow| {
            let unit = |text: String| format!("{text} {}", input.unit).trim_end().to_owned();
            let mut value = unit(input.value.map(given).unwrap_or_default());
            if let (Some(low), Some(high)) = (input.low, input.high) {
                value = format!("{value} ({} to {})", given(low), given(high));
            }
            let region = input.region.as_ref().map_or(String::new(), |code| format!("{code}, "));
            let date = input.origin.as_of.as_ref().map_or(String::new(), |date| format!(" {date}"));
            let kind = input.origin.kind.replace('_', " ");
            let origin = format!("{region}{kind}{date}: {}", neutral(&input.origin.detail));
            Row {
                label: neutral(&input.key),
                cells: Ok(vec![Cell::words(value), Cell::words(origin)]),
                unit: String::new(),
            }
        };
        let named = |begin: &str, inputs: &[&InputRow]| match inputs {
            [] => String::new(),
            all => {
                let keys: Vec<_> = all.iter().map(|input| neutral(&input.key)).collect();
                format!("{begin}: {}.", keys.join(", "))
            }
        };
        let (neutral_ones, known): (Vec<_>, Vec<_>) =
            known.into_iter().partition(|input| input.is_neutral);
        let notes =
            [named("Not given", &missing), named("Not stated, and so of no effect", &neutral_ones)];
        Table {
            note: notes.join(" ").trim().to_owned(),
            corner: "key".to_owned(),
            style: Style::Words,
            section: Section::Inputs,
            ..Table::new(
                "inputs",
                "Inputs and where they come from",
                vec!["value (5 % to 95 %)".to_owned(), "origin".to_owned()],
                known.iter().map(row).collect(),
            )
        }
    }

    /// Warnings, where there are any: all of them, or of those that change how a figure may be quoted so many, and
    /// the option that shows the others.
    pub(crate) fn warnings_table(&self, limit: Option<(usize, &str)>) -> Option<Table> {
        let (most, option) = limit.unwrap_or((usize::MAX, ""));
        let shown: Vec<&WarningRow> = self
            .warnings
            .iter()
            .filter(|warning| warning.qualifies || limit.is_none())
            .take(most)
            .collect();
        let row = |label: String| Row { label, cells: Ok(Vec::new()), unit: String::new() };
        let mut rows: Vec<Row> = shown.iter().map(|warning| row(neutral(&warning.text))).collect();
        let left = self.warnings.len() - shown.len();
        if left > 0 {
            rows.push(row(format!("{left} more: {option}")));
        }
        let table = Table::new("warnings", "Before you quote a figure", Vec::new(), rows);
        (!self.warnings.is_empty()).then_some(Table { style: Style::Words, ..table })
    }
}

/// How long a run is and of how many paths.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Run {
    pub start: String,
    pub years: f64,
    pub paths: usize,
    pub asked: usize,
    pub seed: u64,
    pub complete: bool,
}

impl Run {
    pub(crate) fn put(&self, document: &mut Map<String, Value>) {
        document.insert("start".to_owned(), json!(self.start));
        document.insert("length_years".to_owned(), number(self.years));
        document.insert("paths".to_owned(), json!(self.paths));
        document.insert("paths_asked".to_owned(), json!(self.asked));
        document.insert("seed".to_owned(), json!(self.seed));
        document.insert("complete".to_owned(), json!(self.complete));
    }

    /// The same for a reader.
    pub(crate) fn words(&self) -> String {
        let Self { start, years, paths, asked, seed, .. } = self;
        let years = given(*years);
        let cut = match paths == asked {
            true => String::new(),
            false => format!(" Interrupted: {asked} paths were asked for."),
        };
        format!("{years} years from {start}, {paths} paths, seed {seed}.{cut}")
    }
}
