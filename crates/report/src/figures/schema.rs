//! JSON Schemas of the documents, built from the same keys as the documents.

use hashwatt::econ::document::{
    ClassRow, DISPATCH, FigureBand, FigureValue, InputRow, PROJECTION_VARIANT_FIGURES, Part,
    ReferenceRow, WarningRow, figure_location, hours_key, in_ledger, in_projection,
    ledger_variant_figures,
};
use hashwatt::econ::engine::{DispatchColumn, DispatchHours};
use hashwatt::econ::params::{ConsumerClass, Denomination};
use hashwatt::econ::result::{
    Basis, Figure, Moment, PaymentLine, Stage, Variable, all_figures, class_figures,
};
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// The kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Estimate,
    Projection,
    Ledger,
}

/// The figures that a document can contain, for one year, one month and one reference.
fn figures(kind: Kind) -> Vec<Figure> {
    let class = ConsumerClass {
        name: String::new(),
        energy_share: 1.0,
        network_share: 1.0,
        at_marginal_price: None,
        consumers: Some(1.0),
    };
    let mut all = all_figures(1, 1, 1, true);
    all.extend(class_figures(1, &[class]));
    // Figures with a base value only.
    all.extend([Figure::InternalRate, Figure::SignChanges]);
    all.extend(PaymentLine::ALL.iter().map(|&line| Figure::Payments(line, 0)));
    let hours = [DispatchHours::Year, DispatchHours::Month(0), DispatchHours::Decile(0)];
    let dispatch = |&column: &DispatchColumn| hours.map(|hours| Figure::Dispatch(column, hours));
    all.extend(DispatchColumn::ALL.iter().flat_map(dispatch));
    match kind {
        Kind::Projection => all.into_iter().filter(|figure| in_projection(*figure)).collect(),
        Kind::Ledger => all.into_iter().filter(|figure| in_ledger(*figure)).collect(),
        Kind::Estimate => {
            let moments = Moment::ALL.iter().map(|moment| Figure::Moment(*moment));
            let break_even = Stage::ALL.into_iter().flat_map(|stage| {
                Basis::ALL.into_iter().flat_map(move |basis| {
                    Variable::ALL.map(move |variable| Figure::BreakEven(variable, basis, stage))
                })
            });
            let subsidies = [Denomination::Usd, Denomination::Local];
            let subsidies = subsidies.map(|money| Figure::SteadySubsidy(0, money));
            moments.chain(break_even).chain(subsidies).collect()
        }
    }
}

fn number() -> Value {
    json!({ "type": ["number", "null"] })
}

/// The percentiles that follow a plain number.
fn band(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<FigureBand>().to_value()
}

/// A number or its distribution over the paths.
fn value(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<FigureValue>().to_value()
}

fn described(mut schema: Value, figure: Figure) -> Value {
    if let Some(map) = schema.as_object_mut() {
        map.insert("description".to_owned(), figure.text().into());
    }
    schema
}

/// Inserts a schema at a key; each dot of the key opens a nested object.
fn insert(properties: &mut Map<String, Value>, key: &str, schema: Value) {
    match key.split_once('.') {
        // One property for each reference or class of consumers.
        Some((first, _)) if first.starts_with("subsidy_") || first.starts_with("class_") => {
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
                insert(inner, rest, schema);
            }
        }
    }
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn object(properties: Map<String, Value>) -> Value {
    json!({ "type": "object", "properties": properties })
}

/// The properties of every document.
fn common(kind: Kind, generator: &mut SchemaGenerator) -> Map<String, Value> {
    let text = json!({ "type": ["string", "null"] });
    let whole = json!({ "type": "integer" });
    let mut map = Map::new();
    let mut put = |key: &str, schema: &Value| {
        map.insert(key.to_owned(), schema.clone());
    };
    put("schema_version", &json!({ "const": hashwatt::econ::document::FIGURES_SCHEMA_VERSION }));
    for key in ["title", "region", "currency", "tariff_status"] {
        put(key, &text);
    }
    put("height", &whole);
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
    if kind != Kind::Estimate {
        let classes = generator.subschema_for::<ClassRow>().to_value();
        put("consumer_classes", &list(classes));
    }
    put("references", &list(generator.subschema_for::<ReferenceRow>().to_value()));
    put("inputs", &list(generator.subschema_for::<InputRow>().to_value()));
    put("warnings", &list(generator.subschema_for::<WarningRow>().to_value()));
    map
}

/// The figures of each variant.
fn variant_figures(kind: Kind, money: Denomination) -> Vec<Figure> {
    match kind {
        Kind::Estimate => Vec::new(),
        Kind::Projection => PROJECTION_VARIANT_FIGURES.to_vec(),
        Kind::Ledger => ledger_variant_figures(money),
    }
}

/// The schema of a document.
pub(crate) fn document_schema(kind: Kind, generator: &mut SchemaGenerator) -> Schema {
    let mut properties = common(kind, generator);
    let named = |key: &str, schema: Value| Map::from_iter([(key.to_owned(), schema)]);
    let mut totals = Map::new();
    let mut years = named("year", json!({ "type": "integer" }));
    let mut exchange = years.clone();
    let mut months = named("month", json!({ "type": "string" }));
    let mut dispatch = [DispatchHours::Year, DispatchHours::Month(0), DispatchHours::Decile(0)]
        .map(|hours| (hours, Map::new()));
    for (hours, properties) in &mut dispatch {
        let name = match hours {
            DispatchHours::Month(_) => "month",
            DispatchHours::Decile(_) => "decile",
            DispatchHours::Year => continue,
        };
        properties.insert(name.to_owned(), json!({ "type": "integer" }));
    }
    let mut varied = named("key", json!({ "type": "string" }));
    for money in [Denomination::Usd, Denomination::Local] {
        for figure in figures(kind) {
            let place = figure_location(figure, money);
            let map = match place.part {
                Part::Moment => &mut properties,
                Part::Totals => &mut totals,
                Part::Year(_) => &mut years,
                Part::ForeignExchange(_) => &mut exchange,
                Part::Month(_) => &mut months,
                Part::Dispatch(hours) => {
                    match dispatch.iter_mut().find(|(known, _)| *known == hours) {
                        Some((_, properties)) => properties,
                        None => continue,
                    }
                }
            };
            let key = if place.part == Part::Totals { place.column() } else { place.key.clone() };
            if place.plain {
                insert(map, &key, described(number(), figure));
                insert(map, &format!("{key}_band"), band(generator));
            } else {
                insert(map, &key, described(value(generator), figure));
            }
        }
        for figure in variant_figures(kind, money) {
            insert(
                &mut varied,
                &figure_location(figure, money).column(),
                described(number(), figure),
            );
        }
    }
    if kind != Kind::Estimate {
        properties.insert("totals".to_owned(), object(totals));
        properties.insert("years".to_owned(), list(object(years)));
        properties.insert("foreign_exchange".to_owned(), list(object(exchange)));
        if kind != Kind::Estimate {
            properties.insert("months".to_owned(), list(object(months)));
            let property = |(hours, properties): (DispatchHours, Map<String, Value>)| {
                let item = object(properties);
                let is_single = hours == DispatchHours::Year;
                (hours_key(hours).to_owned(), if is_single { item } else { list(item) })
            };
            let dispatch = dispatch.into_iter().map(property).collect();
            properties.insert(DISPATCH.to_owned(), object(dispatch));
        }
        properties.insert("variants".to_owned(), list(object(varied)));
        let switching_value = json!({ "type": "object", "properties": {
            "figure": { "type": "string" },
            "input": { "type": ["string", "null"] },
            "base": number(), "at": number(), "steps": number(),
        } });
        properties.insert("switching_values".to_owned(), list(switching_value));
        if kind == Kind::Ledger {
            let verdict = json!({ "type": "object", "properties": {
                "party": { "type": "string" },
                "figure": { "type": "string" },
                "verdict": { "type": ["string", "null"] },
            } });
            properties.insert("verdicts".to_owned(), list(verdict));
        }
    }
    let required: Vec<&str> = ["schema_version", "inputs", "warnings", "missing"].to_vec();
    let mut map = Map::new();
    map.insert("type".to_owned(), "object".into());
    map.insert("properties".to_owned(), Value::Object(properties));
    map.insert("required".to_owned(), json!(required));
    Schema::from(map)
}
