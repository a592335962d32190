//! The tables of `METHODS.md` are those of the code.

use hashwatt_econ::params::{Absent, Per, Spec, all_specs};
use hashwatt_econ::scenario::{Rename, price_specs, renames};
use std::fmt::Write;
use std::path::Path;

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
        "\n| key | unit | possible | without it | what it is |\n|---|---|---|---|---|\n".to_owned();
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
    let mut text = "\n| first edition | now |\n|---|---|\n".to_owned();
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

/// What stands between two markers, put in their place.
fn with_table(document: &str, name: &str, table: &str) -> String {
    let (open, close) = (format!("<!-- {name}: made by a test"), format!("<!-- /{name} -->"));
    let begin = document.find(&open).unwrap_or_else(|| panic!("no {open}"));
    let begin = begin + document[begin..].find('\n').unwrap() + 1;
    let end = document.find(&close).unwrap_or_else(|| panic!("no {close}"));
    format!("{}{table}{}", &document[..begin], &document[end..])
}

#[test]
fn tables_of_the_methods_are_those_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../METHODS.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let made = with_table(&document, "parameters", &parameters());
    let made = with_table(&made, "renamed", &renamed());
    if std::env::var_os("HASHWATT_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let same = std::fs::read_to_string(&path).unwrap() == made;
    assert!(same, "METHODS.md differs from the code: run this test with HASHWATT_BLESS=1");
}
