//! A ledger as one long CSV table: a figure a row, each with its table, its row, its column and its unit.

use super::LedgerReport;
use serde_json::Value;

/// Keys that name a row, in the order in which they are looked for.
const NAMES: [&str; 11] = [
    "key",
    "name",
    "party",
    "case",
    "mode",
    "kind",
    "what",
    "plant",
    "month",
    "year",
    "mining_share",
];

impl LedgerReport {
    /// Columns: `table`, `row`, `column`, `value`. The row is what names it: a party, a month, a flow. Units
    /// stand in the columns' names; an amount without one is in the ledger's currency, which is a row of
    /// its own.
    ///
    /// # Errors
    /// None for this report; the signature is that of the serialisers.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["table", "row", "column", "value"])?;
        let tree =
            serde_json::to_value(self).map_err(|e| csv::Error::from(std::io::Error::other(e)))?;
        let Value::Object(tables) = &tree else { return Ok(String::new()) };
        for (table, content) in tables {
            match content {
                Value::Array(rows) => {
                    for (place, row) in rows.iter().enumerate() {
                        write(&mut writer, table, &row_name(row, place), "", row)?;
                    }
                }
                other => write(&mut writer, table, "", "", other)?,
            }
        }
        let bytes = writer.into_inner().map_err(|e| csv::Error::from(e.into_error()))?;
        String::from_utf8(bytes).map_err(|e| csv::Error::from(std::io::Error::other(e)))
    }
}

/// What a row is called: by its names, else by its place from 1.
fn row_name(row: &Value, place: usize) -> String {
    if let (Some(from), Some(to)) = (row["from"].as_str(), row["to"].as_str()) {
        let flow = row["name"].as_str().map_or(String::new(), |name| format!("{name}: "));
        return format!("{flow}{from} > {to}");
    }
    let found: Vec<String> =
        NAMES.iter().filter_map(|name| row.get(name)).filter_map(plain).take(2).collect();
    if found.is_empty() { (place + 1).to_string() } else { found.join(": ") }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// A value, or all below it: lists of names go into one cell, other lists by their places.
fn write(
    writer: &mut csv::Writer<Vec<u8>>,
    table: &str,
    row: &str,
    column: &str,
    value: &Value,
) -> Result<(), csv::Error> {
    let below = |key: &str| match column.is_empty() {
        true => key.to_owned(),
        false => format!("{column}.{key}"),
    };
    match value {
        Value::Object(map) => {
            map.iter().try_for_each(|(key, value)| write(writer, table, row, &below(key), value))
        }
        Value::Array(all) if all.iter().all(Value::is_string) => {
            let joined: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
            writer.write_record([table, row, column, &joined.join("; ")])
        }
        Value::Array(all) => all.iter().enumerate().try_for_each(|(place, value)| {
            let key = match value.is_object() {
                true => row_name(value, place),
                false => (place + 1).to_string(),
            };
            write(writer, table, row, &below(&key), value)
        }),
        other => {
            let text = plain(other).unwrap_or_default();
            writer.write_record([table, row, column, &text])
        }
    }
}
