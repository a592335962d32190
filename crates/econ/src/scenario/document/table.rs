//! Converts a TOML value to the kind of value of its key.

use super::{near, stated_origin};
use crate::Currency;
use crate::currency::quotient;
use crate::scenario::error::Problem;
use crate::scenario::keys::Shape;
use crate::scenario::value::{ByYear, Scalar, Sourced, Value};
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

/// The keys of a value that is a table.
const SOURCED: &[&str] = &["value", "low", "high", "as_of", "source", "assumed"];
const BY_YEAR: &[&str] = &["values", "low", "high", "as_of", "source", "assumed"];

/// Converts a TOML value to a value of this shape.
pub(super) fn value(shape: &Shape, value: &DeValue) -> Result<Value, Problem> {
    let kind = || near::wrong_kind(shape, describe(value), value.as_str());
    match (shape, value) {
        (Shape::ByYear, DeValue::Table(table)) => by_year(table).map(Value::ByYear),
        (Shape::Months { .. } | Shape::DayHours, DeValue::Array(_)) => {
            numbers(value).map(Value::Numbers).ok_or_else(kind)
        }
        (Shape::Flag | Shape::Choice(_), DeValue::Boolean(flag)) => Ok(Value::Flag(*flag)),
        (Shape::Day, DeValue::Datetime(given)) => day(given).map(Value::from),
        (
            Shape::Number(_) | Shape::Price(_) | Shape::Rate | Shape::Plain { .. },
            DeValue::Table(table),
        ) => sourced(table).map(Value::Given),
        _ => scalar(value).map(|value| Value::Given(Sourced::new(value))).ok_or_else(kind),
    }
}

/// The local currency that a scenario names, or that of its exchange rate.
pub(super) fn local_currency(root: &DeTable) -> Option<Currency> {
    let text = |key: &str| {
        let value = root.get(key)?.get_ref();
        value.as_str().or_else(|| value.as_table()?.get("value")?.get_ref().as_str())
    };
    let named = text("local_currency").and_then(|text| text.parse().ok());
    named.or_else(|| quotient(text("exchange_rate")?)?.1.parse().ok())
}

/// The day of a date without a time.
fn day(given: &Datetime) -> Result<String, Problem> {
    match (given.date, given.time) {
        (Some(date), None) => Ok(date.to_string()),
        (date, _) => Err(near::is_a_time(&given.to_string(), date.map(|date| date.to_string()))),
    }
}

/// The value as error messages show it.
pub(super) fn describe(value: &DeValue) -> String {
    match value {
        DeValue::String(text) => format!("`{}`", text.chars().take(60).collect::<String>()),
        DeValue::Integer(number) => number.to_string().chars().take(60).collect(),
        DeValue::Float(number) => number.to_string().chars().take(60).collect(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Array(all) => format!("a list of {}", all.len()),
        DeValue::Datetime(day) => day.to_string(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

fn number(value: &DeValue) -> Option<f64> {
    match value {
        DeValue::Integer(number) => {
            let whole = i64::from_str_radix(number.as_str(), number.radix());
            // An integer that does not fit into 64 bits is still a number.
            let long = || (number.radix() == 10).then(|| number.as_str().parse().ok()).flatten();
            whole.ok().map(|number| number as f64).or_else(long)
        }
        DeValue::Float(number) => number.as_str().parse().ok(),
        _ => None,
    }
}

fn scalar(value: &DeValue) -> Option<Scalar> {
    match value {
        DeValue::String(text) => Some(Scalar::Text(text.clone().into_owned())),
        other => number(other).map(Scalar::Number),
    }
}

fn numbers(value: &DeValue) -> Option<Vec<f64>> {
    value.as_array()?.iter().map(|entry| number(entry.get_ref())).collect()
}

fn only(table: &DeTable, known: &[&str]) -> Result<(), Problem> {
    let unknown = |name: &str| !known.contains(&name);
    match table.keys().map(|name| name.get_ref().as_ref()).find(|name| unknown(name)) {
        None => Ok(()),
        Some(name) => {
            let (given, known) = (name.chars().take(60).collect(), known.join(", "));
            Err(Problem::UnknownName { what: "field", given, known: format!("give {known}") })
        }
    }
}

fn text(table: &DeTable, name: &str) -> Result<Option<String>, Problem> {
    match table.get(name).map(|value| value.get_ref()) {
        None => Ok(None),
        Some(DeValue::String(text)) => Ok(Some(text.clone().into_owned())),
        Some(other) => Err(Problem::WrongKind {
            given: format!("{name} = {}", describe(other)),
            wanted: "a text".to_owned(),
        }),
    }
}

/// The date of a value: a TOML date, a text, or a year as an integer.
fn as_of(table: &DeTable) -> Result<Option<String>, Problem> {
    let name = "as_of";
    match table.get(name).map(|value| value.get_ref()) {
        Some(DeValue::Datetime(given)) => day(given).map(Some),
        Some(DeValue::Integer(year)) if year.radix() == 10 && year.as_str().len() == 4 => {
            Ok(Some(year.as_str().to_owned()))
        }
        Some(DeValue::String(_)) | None => text(table, name),
        Some(other) => Err(Problem::WrongKind {
            given: format!("{name} = {}", describe(other)),
            wanted: "a date, such as 2024-03-01".to_owned(),
        }),
    }
}

fn sourced(table: &DeTable) -> Result<Sourced, Problem> {
    only(table, SOURCED)?;
    let field = |name: &str| match table.get(name).map(|value| value.get_ref()) {
        None => Ok(None),
        Some(value) => scalar(value).map(Some).ok_or_else(|| Problem::WrongKind {
            given: format!("{name} = {}", describe(value)),
            wanted: "a number or a text with its unit".to_owned(),
        }),
    };
    let value = field("value")?.ok_or(Problem::Invalid("has no value; give value = .."))?;
    let range = match (field("low")?, field("high")?) {
        (Some(low), Some(high)) => Some((low, high)),
        (None, None) => None,
        _ => return Err(Problem::Invalid("low and high belong together; give both or neither")),
    };
    let origin = stated_origin(as_of(table)?, text(table, "source")?, text(table, "assumed")?)?;
    Ok(Sourced { value, range, origin })
}

fn by_year(table: &DeTable) -> Result<ByYear, Problem> {
    only(table, BY_YEAR)?;
    let field = |name: &str| match table.get(name).map(|value| value.get_ref()) {
        None => Ok(None),
        Some(value) => numbers(value).map(Some).ok_or_else(|| Problem::WrongKind {
            given: format!("{name} = {}", describe(value)),
            wanted: "a list of numbers".to_owned(),
        }),
    };
    let values = field("values")?.ok_or(Problem::Invalid("has no values; give values = [..]"))?;
    let range = match (field("low")?, field("high")?) {
        (Some(low), Some(high)) => Some((low, high)),
        (None, None) => None,
        _ => return Err(Problem::Invalid("low and high belong together; give both or neither")),
    };
    let origin = stated_origin(as_of(table)?, text(table, "source")?, text(table, "assumed")?)?;
    Ok(ByYear { values, range, origin })
}
