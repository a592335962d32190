//! Each quantity has the same key and value in JSON, CSV, text and on the page of every shipped scenario.

use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Used with every command, so that all of them show the same run.
const RUN: [&str; 4] = ["--paths", "40", "--seed", "3"];
/// The lists of figures in a document, and the keys that are not figures.
const LISTS: [(&str, &str); 3] =
    [("years", "year"), ("foreign_exchange", "year"), ("months", "month")];
const OTHER_KEYS: [&str; 19] = [
    "consumer_classes",
    "schema_version",
    "title",
    "region",
    "currency",
    "tariff_status",
    "height",
    "start",
    "length_years",
    "paths",
    "paths_asked",
    "seed",
    "complete",
    "missing",
    "references",
    "inputs",
    "warnings",
    "switching_values",
    "verdicts",
];
const POINTS: [&str; 7] = ["p05", "p25", "p50", "p75", "p95", "mean", "positive"];

fn stdout(arguments: &[&str]) -> String {
    let output = Command::cargo_bin("hashwatt").unwrap().args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn shipped() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/scenarios");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect()
}

/// The value of each key, period and point, with the output in which it was read first.
#[derive(Default)]
struct Seen {
    values: BTreeMap<(String, String, String), (f64, String)>,
    units: BTreeMap<(String, String), String>,
}

impl Seen {
    fn value(&mut self, (key, period, point): (&str, &str, &str), value: f64, output: &str) {
        let place = (key.to_owned(), period.to_owned(), point.to_owned());
        let first = self.values.entry(place).or_insert_with(|| (value, output.to_owned()));
        let within = 1e-12 * first.0.abs().max(value.abs());
        assert!(
            (first.0 - value).abs() <= within || first.0 == value,
            "{key} {period} {point}: {} in {}, {value} in {output}",
            first.0,
            first.1
        );
    }

    fn unit(&mut self, key: &str, period: &str, unit: &str, output: &str) {
        let known = self
            .units
            .entry((key.to_owned(), period.to_owned()))
            .or_insert_with(|| unit.to_owned());
        assert_eq!(known, unit, "{key} {period}: {output}");
    }

    /// A figure of a document, or an object of them.
    fn json(&mut self, key: &str, period: &str, value: &Value, output: &str) {
        match value {
            Value::Number(number) => {
                self.value((key, period, "base"), number.as_f64().unwrap(), output);
            }
            Value::Object(map) if map.contains_key("p50") => {
                // A band next to a plain number belongs to that number.
                let key = key.strip_suffix("_band").unwrap_or(key);
                for point in POINTS.into_iter().chain(["base"]) {
                    if let Some(number) = map.get(point).and_then(Value::as_f64) {
                        self.value((key, period, point), number, output);
                    }
                }
                self.unit(key, period, map["unit"].as_str().unwrap(), output);
            }
            Value::Object(map) => {
                for (inner, value) in map {
                    let key = if key.is_empty() { inner.clone() } else { format!("{key}.{inner}") };
                    self.json(&key, period, value, output);
                }
            }
            Value::Null => {}
            other => panic!("{key}: {other} in {output}"),
        }
    }

    fn document(&mut self, document: &Value, output: &str) {
        for (key, value) in document.as_object().unwrap() {
            match key.as_str() {
                key if OTHER_KEYS.contains(&key) => {}
                "totals" => self.json("", "all", value, output),
                "national" => self.json(key, "all", value, output),
                "variants" => {
                    for variant in value.as_array().unwrap() {
                        let mut rest = variant.clone();
                        let rest = rest.as_object_mut().unwrap();
                        let name = rest.remove("key").unwrap();
                        let key = format!("variants.{}", name.as_str().unwrap());
                        self.json(&key, "all", &Value::Object(rest.clone()), output);
                    }
                }
                "dispatch" => self.first_year(value, output),
                key => match LISTS.iter().find(|(list, _)| *list == key) {
                    Some((list, name)) => self.list(list, name, value, output),
                    None => self.json(key, "", value, output),
                },
            }
        }
    }

    /// The hours of the first year: in total, by month and by decile of the price.
    fn first_year(&mut self, value: &Value, output: &str) {
        self.json("dispatch", "first year", &value["year"], output);
        for (list, name) in [("months", "month"), ("deciles", "decile")] {
            for entry in value[list].as_array().unwrap() {
                let mut rest = entry.as_object().unwrap().clone();
                let period = format!("{name} {}", rest.remove(name).unwrap());
                self.json("dispatch", &period, &Value::Object(rest), output);
            }
        }
    }

    fn list(&mut self, list: &str, name: &str, value: &Value, output: &str) {
        for entry in value.as_array().unwrap() {
            let mut rest = entry.as_object().unwrap().clone();
            let period = rest.remove(name).unwrap();
            let period = period.as_str().map_or_else(|| period.to_string(), str::to_owned);
            let key = if list == "foreign_exchange" { list } else { "" };
            self.json(key, &period, &Value::Object(rest), output);
        }
    }

    fn csv(&mut self, text: &str, output: &str) {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        assert_eq!(
            header.iter().collect::<Vec<_>>(),
            [&["key", "period", "unit", "base"], &POINTS[..]].concat()
        );
        for row in reader.records() {
            let row = row.unwrap();
            let (key, period) = (&row[0], &row[1]);
            for (name, cell) in header.iter().zip(row.iter()).skip(3) {
                if !cell.is_empty() && cell != "inf" {
                    self.value((key, period, name), cell.parse().unwrap(), output);
                }
            }
            if !row[3].is_empty() {
                self.unit(key, period, &row[2], output);
            }
        }
    }

    /// Checks that a cell shows the value to its last digit.
    fn shown(&self, mark: [&str; 3], text: &str, scale: f64, output: &str) -> bool {
        self.shown_to(mark, text, scale, false, output)
    }

    /// Like [`Self::shown`], but allows rounding to three significant digits if `three` is set.
    fn shown_to(&self, mark: [&str; 3], text: &str, scale: f64, three: bool, output: &str) -> bool {
        let [key, period, point] = mark;
        let digits = text.replace(',', "").replace('\u{2212}', "-");
        let digits = digits.trim_end_matches(" %");
        let Ok(number) = digits.parse::<f64>() else {
            return false;
        };
        // Variants have figures of the whole time only.
        let period = if key.starts_with("variants.") { "all" } else { period };
        let place = (key.to_owned(), period.to_owned(), point.to_owned());
        let (value, _) = self
            .values
            .get(&place)
            .unwrap_or_else(|| panic!("{place:?} of {output} is in no other format"));
        let scale = if point == "positive" { 0.01 } else { scale };
        let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
        let places = match three && number.abs() >= 1.0 {
            true => (2 - number.abs().log10().floor() as i32).min(decimals as i32),
            false => decimals as i32,
        };
        let half = 0.5 * 10f64.powi(-places) * scale.abs() * (1.0 + 1e-9);
        // A value that is rounding noise relative to the largest figure of a table is shown as zero.
        let zero = number == 0.0;
        assert!(
            (number * scale - value).abs() <= half || (zero && value.abs() < 1e-3),
            "{place:?}: {text} at {scale} is not {value}"
        );
        true
    }
}

/// The factor of a unit such as `billion USD`.
fn scale(unit: &str) -> Option<f64> {
    let words = [
        ("million", 1e6),
        ("billion", 1e9),
        ("trillion", 1e12),
        ("quadrillion", 1e15),
        ("quintillion", 1e18),
        ("sextillion", 1e21),
        ("%/year", 0.01),
        ("kW", 1e-3),
        ("kWh", 1e-3),
        ("cents", 0.01),
        ("cents/day", 0.01),
    ];
    let last = unit.rsplit('(').next().unwrap();
    let found = words.iter().find(|(word, _)| last.split([' ', ')']).any(|part| part == *word));
    found.map(|(_, scale)| *scale)
}

fn text_of(node: roxmltree::Node) -> String {
    let texts = node.descendants().filter_map(|node| node.text().filter(|_| node.is_text()));
    // The page uses a minus sign and non-breaking spaces where the terminal output has ASCII.
    texts.collect::<String>().replace('\u{2212}', "-").replace(['\u{a0}', '\u{202f}'], " ")
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A table of the page: its section, its caption and the texts of its marked cells.
struct PageTable {
    section: String,
    caption: String,
    cells: Vec<String>,
}

/// Compares every marked cell of the page with the other formats.
fn page_tables(page: &str, seen: &Seen, name: &str) -> Vec<PageTable> {
    let xml = page.replace("<!DOCTYPE html>", "");
    let document = roxmltree::Document::parse(&xml).unwrap();
    let (mut tables, mut held) = (Vec::new(), 0);
    // In sentences and charts each number has its own scale.
    let mut checked = 0;
    for node in document.descendants().filter(|node| node.attribute("data-scale").is_some()) {
        let mark = ["data-key", "data-period", "data-point"].map(|a| node.attribute(a).unwrap());
        let scale = node.attribute("data-scale").unwrap().parse().unwrap();
        let text = text_of(node);
        if text != "never" && text != "none" {
            assert!(seen.shown_to(mark, &text, scale, true, name), "{name}: {mark:?} {text}");
            checked += 1;
        }
    }
    assert!(checked > 15, "{name}: only {checked} numbers");
    for table in document.descendants().filter(|node| node.has_tag_name("table")) {
        let Some(caption) = table.descendants().find(|node| node.has_tag_name("caption")) else {
            continue;
        };
        let caption = words(&text_of(caption));
        let section = table.attribute("id").unwrap().split('-').next().unwrap().to_owned();
        let heads: Vec<String> = table
            .descendants()
            .filter(|n| n.has_tag_name("th") && n.attribute("scope") == Some("col"))
            .map(text_of)
            .collect();
        let mut cells = Vec::new();
        for row in table.descendants().filter(|node| node.has_tag_name("tr")) {
            let tds: Vec<_> = row.children().filter(|node| node.has_tag_name("td")).collect();
            let unit = tds.last().filter(|td| td.attribute("class") == Some("words"));
            let unit = unit.map(|td| text_of(*td)).unwrap_or_default();
            for (place, td) in tds.iter().enumerate() {
                let Some(key) = td.attribute("data-key") else { continue };
                let mark = ["data-period", "data-point"].map(|a| td.attribute(a).unwrap());
                let (text, head) = (text_of(*td), &heads[place + 1]);
                let scale =
                    scale(&unit).or_else(|| scale(head)).or_else(|| scale(&caption)).unwrap_or(1.0);
                held += usize::from(seen.shown([key, mark[0], mark[1]], &text, scale, name));
                if !text.is_empty() {
                    cells.push(text.replace('\u{2212}', "-"));
                }
            }
        }
        tables.push(PageTable { section, caption, cells });
    }
    assert!(held > 100, "{name}: only {held} cells");
    tables
}

/// Checks that the text of the command has the same cells below the same titles.
fn check_text(text: &str, tables: &[&PageTable], name: &str) {
    let all = words(text);
    let mut rest = all.as_str();
    for (place, table) in tables.iter().enumerate() {
        let (_, after) =
            rest.split_once(&table.caption).unwrap_or_else(|| panic!("{name}: {}", table.caption));
        let next = tables.get(place + 1).and_then(|next| after.find(&next.caption));
        let part = &after[..next.unwrap_or(after.len())];
        let mut remaining: Vec<&str> = part.split(' ').collect();
        for cell in table.cells.iter().flat_map(|cell| cell.split(' ')) {
            let found = remaining.iter().position(|word| *word == cell);
            let found = found.unwrap_or_else(|| panic!("{name}: {cell} of {}", table.caption));
            remaining.swap_remove(found);
        }
        rest = after;
    }
}

#[test]
fn figure_has_same_key_and_value_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    for path in shipped() {
        let name = path.display().to_string();
        let with = |command: &str, more: &[&str]| {
            stdout(&[&[command, "--scenario", name.as_str()], more].concat())
        };
        let mut seen = Seen::default();
        let mut texts = BTreeMap::new();
        for (command, section) in
            [("estimate", "estimate"), ("project", "projection"), ("ledger", "ledger")]
        {
            let run: &[&str] = if command == "estimate" { &[] } else { &RUN };
            let json = with(command, &[run, &["--json"]].concat());
            let document: Value = serde_json::from_str(&json).unwrap();
            assert_eq!(document["schema_version"], 3, "{name}");
            seen.document(&document, &format!("{command} --json of {name}"));
            seen.csv(&with(command, &[run, &["--csv"]].concat()), &format!("{command} --csv"));
            texts.insert(section, with(command, &[run, &["--all"]].concat()));
        }
        let page = folder.path().join("page.html");
        let page_name = page.to_str().unwrap();
        with("report", &[&RUN[..], &["--force", "-o", page_name]].concat());
        let page = std::fs::read_to_string(&page).unwrap();
        let tables = page_tables(&page, &seen, &name);
        for (section, text) in &texts {
            let of_section: Vec<&PageTable> =
                tables.iter().filter(|table| table.section == *section).collect();
            assert!(of_section.len() >= 4, "{name}: {section}");
            check_text(text, &of_section, &name);
        }
    }
}
