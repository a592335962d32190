//! The head of every document of a scenario: title, inputs with their origins, warnings.

use super::FIGURES_SCHEMA_VERSION;
use super::json::{number, round_to_15_digits};
use crate::network::PowerInput;
use crate::params::{Absent, Param, Spec, all_specs};
use crate::scenario::{Resolved, Warning};
use crate::uncertainty::Provenance;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::LazyLock;

/// An origin in a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Origin {
    /// `measured`, `user_reported`, `modelled`, `datasheet`, `published` or `assumed`.
    pub kind: &'static str,
    /// The date, if the origin has one.
    pub as_of: Option<String>,
    /// The source, the meter or the reason.
    pub detail: String,
}

impl From<&Provenance> for Origin {
    fn from(provenance: &Provenance) -> Self {
        Self {
            kind: provenance.kind(),
            as_of: provenance.as_of().map(|date| date.to_string()),
            detail: provenance.detail(),
        }
    }
}

/// An input.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct InputRow {
    /// The key in the scenario.
    pub key: String,
    /// The value; null if none is given, in which case figures that need it are missing.
    pub value: Option<f64>,
    /// Its unit; empty for a dimensionless number.
    pub unit: String,
    /// The 5 % point, if the value has a range.
    pub low: Option<f64>,
    /// The 95 % point, if the value has a range.
    pub high: Option<f64>,
    /// The region of a shipped value, as ISO 3166-1 alpha-3.
    pub region: Option<String>,
    /// Its origin.
    pub origin: Origin,
    /// Whether it is the default for a charge, tax or contract that is not given.
    #[serde(skip)]
    pub is_neutral: bool,
}

/// The specifications of all domains by key; the first one of a key is used.
static SPECS: LazyLock<HashMap<&'static str, Spec>> = LazyLock::new(|| {
    let specs = all_specs().into_iter().flat_map(|(_, specs)| specs);
    let mut known = HashMap::new();
    for spec in specs {
        known.entry(spec.key).or_insert(spec);
    }
    known
});

/// Whether a parameter is the default for a charge, tax or contract that is not given.
fn is_neutral(param: &Param) -> bool {
    let assumed = matches!(param.provenance, Provenance::Assumed { .. });
    let nothing = |value: f64| {
        let spec = SPECS.get(param.key.as_str());
        spec.map_or(value == 0.0, |spec| spec.absent == Absent::None(value))
    };
    assumed && !param.missing && !param.spread.is_drawn() && nothing(param.value)
}

impl From<&Param> for InputRow {
    fn from(param: &Param) -> Self {
        let range = param.range();
        Self {
            key: param.key.clone(),
            value: (!param.missing).then(|| round_to_15_digits(param.value)),
            unit: param.unit.to_string(),
            low: range.map(|(low, _)| round_to_15_digits(low)),
            high: range.map(|(_, high)| round_to_15_digits(high)),
            region: param.region.map(|region| region.to_string()),
            origin: Origin::from(&param.provenance),
            is_neutral: is_neutral(param),
        }
    }
}

impl From<&PowerInput> for InputRow {
    fn from(input: &PowerInput) -> Self {
        Self {
            key: input.key.clone(),
            value: Some(round_to_15_digits(input.value)),
            unit: input.unit.to_owned(),
            low: input.range.map(|[low, _]| round_to_15_digits(low)),
            high: input.range.map(|[_, high]| round_to_15_digits(high)),
            region: input.region.clone(),
            origin: Origin::from(&input.provenance),
            is_neutral: false,
        }
    }
}

/// A warning.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WarningRow {
    /// Its key.
    pub key: String,
    /// Its text.
    pub text: String,
    /// Whether it must be quoted with the figures.
    #[serde(skip)]
    pub qualifies: bool,
}

impl WarningRow {
    /// A warning that must be quoted with the figures.
    pub fn new(key: impl Into<String>, text: impl Into<String>) -> Self {
        Self { key: key.into(), text: text.into(), qualifies: true }
    }
}

impl From<&Warning> for WarningRow {
    fn from(warning: &Warning) -> Self {
        let qualifies = warning.qualifies_figures();
        Self { qualifies, ..Self::new(warning.key(), warning.to_string()) }
    }
}

/// A reference price with which the tariff is compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ReferenceRow {
    /// Its index, which is its key under `subsidy_usd`, `subsidy_local` and those of a year.
    pub place: usize,
    /// Its meaning.
    pub kind: &'static str,
    /// Its description.
    pub what: String,
    /// The key of its price among the inputs.
    pub price: String,
    /// The point at which its energy is metered.
    pub metering_point: &'static str,
}

/// A class of other consumers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ClassRow {
    /// Its index, which is its key under `class_usd` and `class_usd_per_consumer_month`.
    pub place: usize,
    /// Its name.
    pub name: String,
    /// Number of consumers, if the scenario gives it.
    pub consumers: Option<f64>,
}

/// The head of a document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Head {
    /// Title of the scenario.
    pub title: Option<String>,
    /// Its region, as ISO 3166-1 alpha-3.
    pub region: Option<String>,
    /// Its currency, as ISO 4217.
    pub currency: String,
    /// Status of its tariff.
    pub tariff_status: Option<&'static str>,
    /// The block height, which determines the block subsidy.
    pub height: u32,
    /// All parameters with their origins.
    pub inputs: Vec<InputRow>,
    /// Reference prices with which the tariff is compared.
    pub references: Vec<ReferenceRow>,
    /// Classes of other consumers.
    pub classes: Vec<ClassRow>,
    /// Warnings.
    pub warnings: Vec<WarningRow>,
}

impl Head {
    /// The head for a resolved scenario.
    pub fn new(of: &Resolved) -> Self {
        let reference = |(place, reference): (usize, &crate::scenario::Reference)| ReferenceRow {
            place,
            kind: reference.kind.name(),
            what: reference.what.clone(),
            price: of.table.get(reference.price.value).key.clone(),
            metering_point: reference.metering_point.name(),
        };
        let classes = of.inputs.bills.iter().flat_map(|bills| &bills.classes);
        let class = |(place, class): (usize, &crate::params::ConsumerClass)| ClassRow {
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

    /// Writes the first keys of a document.
    pub fn begin(&self, document: &mut Map<String, Value>) {
        document.insert("schema_version".to_owned(), FIGURES_SCHEMA_VERSION.into());
        document.insert("title".to_owned(), json!(self.title));
        document.insert("region".to_owned(), json!(self.region));
        document.insert("currency".to_owned(), json!(self.currency));
        document.insert("tariff_status".to_owned(), json!(self.tariff_status));
        document.insert("height".to_owned(), json!(self.height));
    }

    /// Writes the last keys of a document.
    pub fn end(&self, document: &mut Map<String, Value>) {
        if !self.classes.is_empty() {
            document.insert("consumer_classes".to_owned(), json!(self.classes));
        }
        document.insert("references".to_owned(), json!(self.references));
        document.insert("inputs".to_owned(), json!(self.inputs));
        document.insert("warnings".to_owned(), json!(self.warnings));
    }
}

/// Duration and number of paths of a run.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Run {
    /// Its first day.
    pub start: String,
    /// Its duration, years.
    pub years: f64,
    /// Simulated paths.
    pub paths: usize,
    /// Requested paths.
    pub requested: usize,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Whether all requested paths were simulated.
    pub complete: bool,
}

impl Run {
    pub(super) fn put(&self, document: &mut Map<String, Value>) {
        document.insert("start".to_owned(), json!(self.start));
        document.insert("length_years".to_owned(), number(self.years));
        document.insert("paths".to_owned(), json!(self.paths));
        document.insert("paths_asked".to_owned(), json!(self.requested));
        document.insert("seed".to_owned(), json!(self.seed));
        document.insert("complete".to_owned(), json!(self.complete));
    }
}
