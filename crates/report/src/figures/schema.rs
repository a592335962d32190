//! The schemas of the documents, from the same keys as the documents themselves.

use super::document::{in_ledger, in_projection};
use super::head::{InputRow, ReferenceRow, WarningRow};
use super::key::{Part, place};
use hashwatt::econ::params::Denomination;
use hashwatt::econ::result::{Basis, Figure, Moment, Stage, Variable, all_figures};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

/// Which document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Estimate,
    Projection,
    Ledger,
}

/// The figures that a document may hold, of one year, month and reference each.
fn figures(kind: Kind) -> Vec<Figure> {
    let all = all_figures(1, 1, 1, true);
    match kind {
        Kind::Projection => all.into_iter().filter(|figure| in_projection(*figure)).collect(),
        Kind::Ledger => all.into_iter().filter(|figure| in_ledger(*figure)).collect(),
        Kind::Estimate => {
            let moments = Moment::ALL.iter().map(|moment| Figure::Moment(*moment));
            let even = Stage::ALL.into_iter().flat_map(|stage| {
                Basis::ALL.into_iter().flat_map(move |basis| {
                    Variable::ALL.map(move |variable| Figure::BreakEven(variable, basis, stage))
                })
            });
            let subsidies = all.into_iter().filter(|figure| matches!(figure, Figure::Subsidy(..)));
            moments.chain(even).chain(subsidies).collect()
        }
    }
}

fn number() -> Value {
    json!({ "type": ["number", "null"] })
}

fn band(with_base: bool) -> Value {
    let mut properties = Map::new();
    let points = ["p05", "p25", "p50", "p75", "p95", "mean", "positive"];
    for key in with_base.then_some("base").into_iter().chain(points) {
        properties.insert(key.to_owned(), number());
    }
    properties.insert("unit".to_owned(), json!({ "type": "string" }));
    json!({ "type": "object", "properties": properties })
}

/// A number, or its distribution over the paths.
fn value() -> Value {
    json!({ "anyOf": [band(true), number()] })
}

fn described(mut schema: Value, figure: Figure) -> Value {
    if let Some(map) = schema.as_object_mut() {
        map.insert("description".to_owned(), figure.text().into());
    }
    schema
}

/// Puts a schema at a key whose dots open objects.
fn put(properties: &mut Map<String, Value>, key: &str, schema: Value) {
    match key.split_once('.') {
        // As many as there are references.
        Some((first, _)) if first.starts_with("subsidy_") => {
            let all = json!({ "type": "object", "additionalProperties": schema });
            properties.insert(first.to_owned(), all);
        }
        None => {
            properties.insert(key.to_owned(), schema);
        }
        Some((first, rest)) => {
            let object = || json!({ "type": "object", "properties": {} });
            let inner = properties.entry(first.to_owned()).or_insert_with(object);
            if let Some(Value::Object(inner)) = inner.get_mut("properties") {
                put(inner, rest, schema);
            }
        }
    }
}

/// The schema of what derives it, with nothing referred to.
fn inlined<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn object(properties: Map<String, Value>) -> Value {
    json!({ "type": "object", "properties": properties })
}

/// What every document has.
fn common(kind: Kind) -> Map<String, Value> {
    let text = json!({ "type": ["string", "null"] });
    let whole = json!({ "type": "integer" });
    let mut map = Map::new();
    let mut put = |key: &str, schema: &Value| {
        map.insert(key.to_owned(), schema.clone());
    };
    put("schema_version", &json!({ "const": crate::FIGURES_SCHEMA_VERSION }));
    for key in ["title", "region", "currency", "tariff_status"] {
        put(key, &text);
    }
    if kind != Kind::Estimate {
        put("start", &json!({ "type": "string", "format": "date" }));
        put("length_years", &number());
        for key in ["paths", "paths_asked", "seed"] {
            put(key, &whole);
        }
        put("complete", &json!({ "type": "boolean" }));
    }
    let needs = json!({ "type": "object", "properties": {
        "key": { "type": "string" },
        "needs": { "type": "array", "items": { "type": "string" } },
    } });
    put("missing", &list(needs));
    put("references", &list(inlined::<ReferenceRow>()));
    put("inputs", &list(inlined::<InputRow>()));
    put("warnings", &list(inlined::<WarningRow>()));
    map
}

/// The schema of a document.
pub(crate) fn of(kind: Kind) -> Schema {
    let mut properties = common(kind);
    let named = |key: &str, schema: Value| Map::from_iter([(key.to_owned(), schema)]);
    let mut totals = Map::new();
    let mut years = named("year", json!({ "type": "integer" }));
    let mut exchange = years.clone();
    let mut months = named("month", json!({ "type": "string" }));
    let mut varied = named("key", json!({ "type": "string" }));
    for money in [Denomination::Usd, Denomination::Local] {
        for figure in figures(kind) {
            let place = place(figure, money);
            let map = match place.part {
                Part::Moment => &mut properties,
                Part::Totals => &mut totals,
                Part::Year(_) => &mut years,
                Part::ForeignExchange(_) => &mut exchange,
                Part::Month(_) => &mut months,
            };
            let key = if place.part == Part::Totals { place.column() } else { place.key.clone() };
            if place.plain {
                put(map, &key, described(number(), figure));
                put(map, &format!("{key}_band"), band(false));
            } else {
                put(map, &key, described(value(), figure));
            }
            put(&mut varied, &place.column(), described(number(), figure));
        }
    }
    if kind != Kind::Estimate {
        properties.insert("totals".to_owned(), object(totals));
        properties.insert("years".to_owned(), list(object(years)));
        properties.insert("foreign_exchange".to_owned(), list(object(exchange)));
        if kind == Kind::Projection {
            properties.insert("months".to_owned(), list(object(months)));
        }
        properties.insert("variants".to_owned(), list(object(varied)));
        let turn = json!({ "type": "object", "properties": {
            "figure": { "type": "string" },
            "input": { "type": ["string", "null"] },
            "base": number(), "at": number(), "steps": number(),
        } });
        properties.insert("turns".to_owned(), list(turn));
    }
    let required: Vec<&str> = ["schema_version", "inputs", "warnings", "missing"].to_vec();
    let mut map = Map::new();
    map.insert("type".to_owned(), "object".into());
    map.insert("properties".to_owned(), Value::Object(properties));
    map.insert("required".to_owned(), json!(required));
    Schema::from(map)
}
