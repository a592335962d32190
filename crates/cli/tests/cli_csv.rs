//! CSV output: a header with units, and one row per item.

use serde_json::Value;
use std::process::Command;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn text(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hashwatt"));
    let output = command.args(arguments).current_dir(ROOT).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn table(arguments: &[&str]) -> (Vec<String>, Vec<Vec<String>>) {
    let text = text(&[arguments, &["--csv"]].concat());
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let owned = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let header = owned(reader.headers().unwrap());
    (header, reader.records().map(|record| owned(&record.unwrap())).collect())
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&text(&[arguments, &["--json"]].concat())).unwrap()
}

/// The keys of a JSON row with a single value.
fn scalars(row: &Value) -> Vec<String> {
    let all = row.as_object().unwrap().iter();
    all.filter(|(_, value)| !value.is_array() && !value.is_object())
        .map(|(key, _)| key.clone())
        .collect()
}

#[test]
fn backtest_csv_has_row_per_month_and_column_per_key() {
    let arguments = ["backtest", "examples/scenarios/validation.csv"];
    let (header, rows) = table(&arguments);
    let found = json(&arguments);
    let months = found["rows"].as_array().unwrap();
    assert_eq!(rows.len(), months.len());
    for (row, month) in rows.iter().zip(months) {
        let keys = scalars(month);
        assert_eq!(keys.len(), header.len());
        for key in keys {
            let cell = &row[header.iter().position(|head| *head == key).unwrap()];
            match &month[&key] {
                Value::Number(number) => assert_eq!(cell.parse().ok(), number.as_f64(), "{key}"),
                Value::Null => assert_eq!(cell, "", "{key}"),
                value => assert_eq!(value.as_str().unwrap(), cell, "{key}"),
            }
        }
    }
}

#[test]
fn kernels_csv_has_every_kernel_and_key() {
    let (header, rows) = table(&["kernels"]);
    let found = json(&["kernels"]);
    let kernels = found["kernels"].as_array().unwrap();
    let mut keys = scalars(&kernels[0]);
    let mut heads = header.clone();
    keys.sort();
    heads.sort();
    assert_eq!(keys, heads);
    let names: Vec<&str> = kernels.iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), names);
}

#[test]
fn meters_csv_has_row_for_every_kind() {
    let (header, rows) = table(&["meters"]);
    assert_eq!(header[..2], ["form", "meter"]);
    let kinds = json(&["meters"]);
    for kind in kinds["kinds"].as_array().unwrap() {
        let of_kind = rows.iter().filter(|row| kind["form"] == row[0].as_str());
        assert_eq!(of_kind.count(), kind["meters"].as_array().unwrap().len().max(1), "{kind}");
        for meter in kind["meters"].as_array().unwrap() {
            let known = |key: &String| header.contains(key);
            assert!(scalars(meter).iter().all(known), "{meter}");
        }
    }
}

#[test]
fn sensitivity_csv_contains_tornado_and_sobol_indices() {
    let scenario = ["sensitivity", "--scenario", "examples/scenarios/site-100mw.toml"];
    let arguments = [&scenario[..], &["--samples", "16", "--years", "1"]].concat();
    let (header, rows) = table(&arguments);
    assert_eq!(header, ["of", "input", "statistic", "unit", "value"]);
    let found = json(&arguments);
    let value = |of: &str, input: &str, statistic: &str| {
        let row = rows.iter().find(|row| row[..3] == [of, input, statistic]);
        row.unwrap_or_else(|| panic!("{of} {input} {statistic}"))[4].parse::<f64>().ok()
    };
    assert_eq!(value("figure", "", "base"), found["base"].as_f64());
    for bar in found["tornado"].as_array().unwrap() {
        let input = bar["input"].as_str().unwrap();
        for key in ["at_low", "at_high"] {
            assert_eq!(value("tornado", input, key), bar[key].as_f64(), "{input}");
        }
    }
    for index in found["sobol"].as_array().unwrap() {
        let input = index["input"].as_str().unwrap();
        assert_eq!(value("sobol", input, "total"), index["total"].as_f64());
        let low = &index["first_order_interval"][0];
        assert_eq!(value("sobol", input, "first_order_low"), low.as_f64());
    }
    let lists = 7
        + 2 * found["tornado"].as_array().unwrap().len()
        + 7 * found["sobol"].as_array().unwrap().len();
    assert_eq!(rows.len(), lists);
}
