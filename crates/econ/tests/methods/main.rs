//! Tests that the tables of `METHODS.md` match the code, and that its equations match the citations in code.

mod document;
mod inputs;
mod moves;
mod parties;

use hashwatt_econ::params::{Absent, Per, Spec, all_specs};
use hashwatt_econ::scenario::{Rename, price_specs, renames};
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

fn number(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        1e-3..1e6 => value.to_string(),
        _ => format!("{value:e}"),
    }
}

fn absent(spec: &Spec) -> String {
    match spec.absent {
        Absent::None(value) => format!("none: {}", number(value)),
        Absent::Missing => "missing".to_owned(),
        Absent::Assumed { value, low, high, basis } if low < high => {
            let (value, low, high) = (number(value), number(low), number(high));
            format!("{value} ({low} to {high}): {basis}")
        }
        Absent::Assumed { value, basis, .. } => format!("{}: {basis}", number(value)),
    }
}

fn parameters() -> String {
    let mut text =
        "\n| key | unit | possible | default | description |\n|---|---|---|---|---|\n".to_owned();
    for (_, rows) in all_specs() {
        for spec in rows {
            let (least, most) = (number(spec.least), number(spec.most));
            let (key, unit, without) = (spec.key, spec.unit, absent(&spec));
            let what = spec.text;
            writeln!(text, "| `{key}` | {unit} | {least} to {most} | {without} | {what} |")
                .unwrap();
        }
    }
    for price in price_specs() {
        let (key, what) = (price.key, price.text);
        let (least, most) = (number(price.least), number(price.most));
        let per = match price.per {
            Per::Kwh => "kWh",
            Per::KwMonth => "kW-month",
            Per::MwMonth => "MW-month",
        };
        let without = if price.needed { "missing" } else { "none: 0" };
        writeln!(text, "| `{key}` | money/{per} | {least} to {most} | {without} | {what} |")
            .unwrap();
    }
    text.push('\n');
    text
}

fn renamed() -> String {
    let mut text = "\n| version 0.1 | now |\n|---|---|\n".to_owned();
    for (old, rename) in renames() {
        match rename {
            Rename::To(new) => writeln!(text, "| `{old}` | `{new}` |").unwrap(),
            Rename::Superseded(instead) => {
                writeln!(text, "| `{old}` | no effect: {instead} |").unwrap();
            }
        }
    }
    text.push('\n');
    text
}

/// The document with the text between two markers replaced by a table.
fn with_table(document: &str, name: &str, table: &str) -> String {
    let (open, close) = (format!("<!-- {name}: made by a test"), format!("<!-- /{name} -->"));
    let begin = document.find(&open).unwrap_or_else(|| panic!("no {open}"));
    let begin = begin + document[begin..].find('\n').unwrap() + 1;
    let end = document.find(&close).unwrap_or_else(|| panic!("no {close}"));
    format!("{}{table}{}", &document[..begin], &document[end..])
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn path() -> PathBuf {
    root().join("METHODS.md")
}

/// Asserts that tables equal those in the document, or writes them there with `HASHWATT_BLESS=1`. The tests of
/// a process run one after the other, so that each reads what the previous one has written.
fn assert_tables(tables: &[(&str, String)]) {
    static LOCK: Mutex<()> = Mutex::new(());
    let _guard = LOCK.lock().unwrap_or_else(PoisonError::into_inner);
    let document = std::fs::read_to_string(path()).unwrap();
    let made =
        tables.iter().fold(document.clone(), |text, (name, table)| with_table(&text, name, table));
    if std::env::var_os("HASHWATT_BLESS").is_some() {
        std::fs::write(path(), &made).unwrap();
        return;
    }
    let names: Vec<&str> = tables.iter().map(|(name, _)| *name).collect();
    let same = made == document;
    assert!(same, "METHODS.md differs in {names:?}: run this test with HASHWATT_BLESS=1");
}

#[test]
fn parameters_and_renamed_keys_match_code() {
    assert_tables(&[("parameters", parameters()), ("renamed", renamed())]);
}

#[test]
fn parties_flows_and_figures_match_code() {
    assert_tables(&[
        ("parties", parties::parties()),
        ("means", parties::means()),
        ("classes", parties::classes()),
        ("flows", parties::flows()),
        ("quantities", parties::quantities()),
        ("figures", parties::figures()),
    ]);
}

#[test]
fn grades_and_data_tables_match_shipped_data() {
    let data = root().join("crates/econ/src/data");
    assert_tables(&[
        ("grades", inputs::grades(&root().join("examples/scenarios"))),
        ("data", inputs::tables(&data)),
    ]);
}

#[test]
fn sensitivities_of_each_parameter_match_example() {
    assert_tables(&[("moves", moves::table(&root(), "examples/scenarios/pakistan-2000mw.toml"))]);
}
