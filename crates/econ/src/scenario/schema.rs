//! The JSON Schema of scenario files, made from the table of keys, with which editors complete and check files.

use super::keys::{self, MAX_ENTRIES, Shape, is_list, is_required};
use super::renamed::{OLD_TABLES, Rename, old_values, renames};
use crate::params::Per;
use serde_json::{Map, Value, json};

/// A number in a text: sign, digits, point and exponent.
const NUMBER: &str = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?";
const CURRENCY: &str = "[A-Za-z]{3}";
/// A date with a precision of a year, a month or a day.
const AS_OF: &str = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$";

/// The JSON Schema (draft 2020-12) of a scenario file in TOML: every key with its description, unit, range and
/// forms. It checks the keys and their values; mistakes that concern several keys together are reported only by
/// [`Scenario::resolve`](super::Scenario::resolve).
pub fn json_schema() -> Value {
    let mut root = Node::default();
    for (key, shape) in keys::all() {
        root.insert(key, key_schema(key, shape));
    }
    let root = with_old_names(root);
    let mut schema = root.schema("");
    let of_schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hashwatt scenario",
        "description": "A scenario file (TOML) for bitcoin mining with a given power. \
            Keys that are left out have the defaults that their descriptions state.",
        "$defs": { "number": with_origin("value", json!({ "type": "number" })),
                   "text": with_origin("value", json!({ "type": "string" })) },
    });
    if let (Value::Object(schema), Value::Object(of_schema)) = (&mut schema, of_schema) {
        schema.extend(of_schema);
    }
    schema
}

/// A table with its keys and subtables.
#[derive(Default)]
struct Node {
    keys: Map<String, Value>,
    tables: std::collections::BTreeMap<String, Node>,
}

impl Node {
    fn insert(&mut self, key: &str, schema: Value) {
        match key.split_once('.') {
            Some((table, rest)) => {
                self.tables.entry(table.to_owned()).or_default().insert(rest, schema);
            }
            None => {
                self.keys.insert(key.to_owned(), schema);
            }
        }
    }

    /// The schema of the table at a path; for a list, of each of its entries.
    fn schema(&self, path: &str) -> Value {
        let join =
            |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        let mut properties = self.keys.clone();
        for (name, table) in &self.tables {
            properties.insert(name.clone(), table.schema(&join(name)));
        }
        let required: Vec<&String> =
            self.keys.keys().filter(|name| is_required(&join(name))).collect();
        let mut table = json!({
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        });
        if OLD_TABLES.contains(&path) {
            table["deprecated"] = json!(true);
        }
        if !required.is_empty() {
            table["required"] = json!(required);
        }
        match is_list(path) {
            true => json!({ "type": "array", "maxItems": MAX_ENTRIES, "items": table }),
            false => table,
        }
    }
}

/// The schema of a key.
fn key_schema(key: &str, shape: &Shape) -> Value {
    let doc = keys::doc(key, shape);
    let mut schema = form(shape);
    let description = format!("{}. {}", doc.text, doc.without);
    schema["description"] = json!(description.trim_end());
    if !doc.unit.is_empty() {
        schema["x-unit"] = json!(doc.unit);
    }
    let old: Vec<Value> = old_values(key)
        .map(|old| match old {
            "true" => json!(true),
            "false" => json!(false),
            old => json!(old),
        })
        .collect();
    if !old.is_empty() {
        let description = schema["description"].take();
        let old = json!({ "enum": old, "deprecated": true });
        schema = json!({ "anyOf": [schema, old], "description": description });
        if let Some(Value::Object(now)) = schema.pointer_mut("/anyOf/0") {
            now.remove("description");
        }
    }
    schema
}

fn form(shape: &Shape) -> Value {
    let number = |least: f64, most: f64| {
        let bounds = json!({ "minimum": least, "maximum": most });
        let bare = json!({ "type": "number", "minimum": least, "maximum": most });
        (bounds, bare)
    };
    match shape {
        Shape::Number(spec) => {
            let (bounds, bare) = number(spec.least, spec.most);
            sourced(bare, "number", &bounds, true)
        }
        Shape::Plain { least, most, whole, .. } => {
            let (mut bounds, mut bare) = number(*least, *most);
            if *whole {
                bare["type"] = json!("integer");
                bounds["type"] = json!("integer");
            }
            sourced(bare, "number", &bounds, false)
        }
        Shape::Price(spec) => {
            let pattern = json!({ "pattern": price(spec.per) });
            let mut bare = pattern.clone();
            bare["type"] = json!("string");
            sourced(bare, "text", &pattern, true)
        }
        Shape::Rate => {
            let pattern =
                json!({ "pattern": format!(r"^\s*{NUMBER}\s+{CURRENCY}/[Uu][Ss][Dd]\s*$") });
            let mut text = pattern.clone();
            text["type"] = json!("string");
            let (bounds, bare) = number(1e-6, 1e9);
            let mut all = sourced(text, "text", &pattern, true);
            let bare = sourced(bare, "number", &bounds, true);
            if let (Some(all), Some(bare)) = (all["anyOf"].as_array_mut(), bare["anyOf"].as_array())
            {
                all.extend(bare.iter().cloned());
            }
            all
        }
        Shape::Text => json!({ "type": "string", "pattern": r"\S" }),
        Shape::Day => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Choice(names) => json!({ "type": "string", "enum": names }),
        Shape::Months { least, most } => {
            let (_, bare) = number(*least, *most);
            json!({ "type": "array", "minItems": 12, "maxItems": 12, "items": bare })
        }
        Shape::DayHours => {
            let hour = json!({ "type": "integer", "minimum": 0, "maximum": 23 });
            json!({ "type": "array", "minItems": 1, "maxItems": 24, "uniqueItems": true, "items": hour })
        }
        Shape::ByYear => {
            let (_, bare) = number(0.0, 1.0);
            let list = json!({ "type": "array", "minItems": 1, "maxItems": 100, "items": bare });
            with_origin("values", list)
        }
    }
}

/// A plain value, or a table with the value, its range and its origin.
fn sourced(bare: Value, kind: &str, limits: &Value, has_range: bool) -> Value {
    let range = if has_range { limits.clone() } else { json!(false) };
    let table = json!({
        "$ref": format!("#/$defs/{kind}"),
        "properties": { "value": limits, "low": range, "high": range },
    });
    json!({ "anyOf": [bare, table] })
}

/// A table with a value or values by year, a range and an origin.
fn with_origin(name: &str, value: Value) -> Value {
    let mut properties = json!({
        "low": value,
        "high": value,
        "as_of": {
            "description": "The date for which the value is valid.",
            "anyOf": [
                { "type": "string", "pattern": AS_OF },
                { "type": "integer", "minimum": 1000, "maximum": 9999 },
            ],
        },
        "source": { "description": "Who published the value.", "type": "string" },
        "assumed": {
            "description": "Why the value is assumed.",
            "type": "string",
        },
    });
    properties[name] = value;
    json!({
        "type": "object",
        "properties": properties,
        "required": [name],
        "additionalProperties": false,
        "dependentRequired": {
            "low": ["high"],
            "high": ["low"],
            "as_of": ["source"],
            "source": ["as_of"],
        },
        "not": { "required": ["source", "assumed"] },
    })
}

/// The pattern of a price for [`Shape::Price`].
fn price(per: Per) -> String {
    let unit = match per {
        Per::Kwh => "[KkMm][Ww][Hh]",
        Per::KwMonth | Per::MwMonth => "[KkMm][Ww]-[Mm][Oo][Nn][Tt][Hh]",
    };
    format!(r"^\s*{NUMBER}\s+{CURRENCY}/{unit}\s*$")
}

/// Adds the key names of version 0.1 as deprecated references to the current ones.
fn with_old_names(mut root: Node) -> Node {
    for (old, rename) in renames() {
        let schema = match rename {
            Rename::To(new) => json!({
                "$ref": reference(new),
                "description": format!("Deprecated; now {new}."),
                "deprecated": true,
            }),
            Rename::Superseded(instead) => json!({
                "description": format!("Deprecated; without effect: {instead}."),
                "deprecated": true,
            }),
        };
        root.insert(old, schema);
    }
    root
}

/// The JSON pointer of a key or table in the schema.
fn reference(key: &str) -> String {
    let mut place = "#".to_owned();
    let mut path = String::new();
    for name in key.split('.') {
        if is_list(&path) {
            place += "/items";
        }
        place += "/properties/";
        place += name;
        path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    }
    place
}
