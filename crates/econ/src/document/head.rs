//! What every document of a scenario has: its title, its inputs with their origins, its warnings.

use super::FIGURES_SCHEMA_VERSION;
use super::json::{number, tidy};
use crate::network::PowerInput;
use crate::params::{Absent, Param, Spec, all_specs};
use crate::scenario::{Resolved, Warning};
use crate::uncertainty::Provenance;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::LazyLock;

/// An origin as documents carry it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Origin {
    /// `measured`, `user_reported`, `modelled`, `datasheet`, `published` or `assumed`.
    pub kind: &'static str,
    /// The date, where the origin has one.
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
    pub is_neutral: bool,
}

/// Every row of every domain by its key; the first of a key stands.
static SPECS: LazyLock<HashMap<&'static str, Spec>> = LazyLock::new(|| {
    let specs = all_specs().into_iter().flat_map(|(_, specs)| specs);
    let mut known = HashMap::new();
    for spec in specs {
        known.entry(spec.key).or_insert(spec);
    }
    known
});

/// Whether a parameter is what holds of a charge, tax or contract that nobody stated.
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

impl From<&PowerInput> for InputRow {
    fn from(input: &PowerInput) -> Self {
        Self {
            key: input.key.clone(),
            value: Some(tidy(input.value)),
            unit: input.unit.to_owned(),
            low: input.range.map(|[low, _]| tidy(low)),
            high: input.range.map(|[_, high]| tidy(high)),
            region: input.region.clone(),
            origin: Origin::from(&input.provenance),
            is_neutral: false,
        }
    }
}

/// What a reader must know.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WarningRow {
    /// Its key.
    pub key: String,
    /// What it says.
    pub text: String,
    /// Whether it changes how a figure may be quoted.
    #[serde(skip)]
    pub qualifies: bool,
}

impl WarningRow {
    /// What changes how a figure may be quoted.
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

/// A price that the tariff is held against.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
pub struct Head {
    /// The scenario's title.
    pub title: Option<String>,
    /// Its region, as ISO 3166-1 alpha-3.
    pub region: Option<String>,
    /// Its currency, as ISO 4217.
    pub currency: String,
    /// Whether its tariff is paid, decided, proposed or assumed.
    pub tariff_status: Option<&'static str>,
    /// The block from which difficulty and subsidy are taken.
    pub height: u32,
    /// Every parameter with its origin.
    pub inputs: Vec<InputRow>,
    /// Prices that the tariff is held against.
    pub references: Vec<ReferenceRow>,
    /// Classes of other consumers.
    pub classes: Vec<ClassRow>,
    /// What a reader must know.
    pub warnings: Vec<WarningRow>,
}

impl Head {
    /// Of a resolved scenario.
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

    /// What comes first in a document.
    pub fn begin(&self, document: &mut Map<String, Value>) {
        document.insert("schema_version".to_owned(), FIGURES_SCHEMA_VERSION.into());
        document.insert("title".to_owned(), json!(self.title));
        document.insert("region".to_owned(), json!(self.region));
        document.insert("currency".to_owned(), json!(self.currency));
        document.insert("tariff_status".to_owned(), json!(self.tariff_status));
        document.insert("height".to_owned(), json!(self.height));
    }

    /// What comes last in it.
    pub fn end(&self, document: &mut Map<String, Value>) {
        if !self.classes.is_empty() {
            document.insert("consumer_classes".to_owned(), json!(self.classes));
        }
        document.insert("references".to_owned(), json!(self.references));
        document.insert("inputs".to_owned(), json!(self.inputs));
        document.insert("warnings".to_owned(), json!(self.warnings));
    }
}

/// How long a run is and of how many paths.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its first day.
    pub start: String,
    /// Its length.
    pub years: f64,
    /// Paths that were followed.
    pub paths: usize,
    /// Paths that were asked for.
    pub asked: usize,
    /// Where the random numbers begin.
    pub seed: u64,
    /// Whether no path is left.
    pub complete: bool,
}

impl Run {
    pub(super) fn put(&self, document: &mut Map<String, Value>) {
        document.insert("start".to_owned(), json!(self.start));
        document.insert("length_years".to_owned(), number(self.years));
        document.insert("paths".to_owned(), json!(self.paths));
        document.insert("paths_asked".to_owned(), json!(self.asked));
        document.insert("seed".to_owned(), json!(self.seed));
        document.insert("complete".to_owned(), json!(self.complete));
    }
}
