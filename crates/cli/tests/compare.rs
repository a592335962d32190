//! `hashwatt compare`.

use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const RUN: [&str; 6] = ["--paths", "40", "--seed", "3", "--years", "2"];
const SITE: &str = "examples/scenarios/site-100mw.toml";
const PAKISTAN: &str = "examples/scenarios/pakistan-2000mw.toml";
/// A site with one tariff.
const SMALL: &str = "power_mw = 100\ntariff = \"0.04 USD/kWh\"\ninfrastructure_usd_per_mw = 430000\n\
                     machine_price_usd_per_th_s = { value = 8, low = 6, high = 12 }\n";

fn hashwatt(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hashwatt"));
    command.args(arguments).current_dir(ROOT).output().unwrap()
}

fn text(arguments: &[&str]) -> String {
    let output = hashwatt(arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn compared(a: &str, b: &str, more: &[&str]) -> String {
    text(&[&["compare", a, b], &RUN[..], more].concat())
}

fn json(a: &str, b: &str) -> Value {
    serde_json::from_str(&compared(a, b, &["--json"])).unwrap()
}

/// Scenario files in a temporary folder.
struct Scenarios(tempfile::TempDir);

impl Scenarios {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path: PathBuf = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

#[test]
fn compared_figures_equal_project_and_ledger() {
    let both = json(SITE, PAKISTAN);
    for (side, path) in [("a", SITE), ("b", PAKISTAN)] {
        let run = [&["project", "--scenario", path], &RUN[..], &["--json"]].concat();
        let project: Value = serde_json::from_str(&text(&run)).unwrap();
        for row in both["figures"].as_array().unwrap() {
            let key = row["key"].as_str().unwrap();
            let own = &project["totals"][key]["p50"];
            if row["period"] == "all" && own.is_number() {
                assert_eq!(&row[side], own, "{key} of {path}");
                assert_eq!(row["unit"], project["totals"][key]["unit"]);
            }
        }
        let run = [&["ledger", "--scenario", path], &RUN[..], &["--json"]].concat();
        let ledger: Value = serde_json::from_str(&text(&run)).unwrap();
        let own = ledger["verdicts"].as_array().unwrap();
        let verdicts = both["verdicts"].as_array().unwrap();
        assert_eq!(verdicts.len(), 5);
        for (row, own) in verdicts.iter().zip(own) {
            assert_eq!((&row["party"], &row[side]["verdict"]), (&own["party"], &own["verdict"]));
        }
    }
    let npv = &both["figures"][0];
    assert_eq!((&npv["key"], &npv["point"]), (&"npv_usd".into(), &"p50".into()));
    let [a, b, difference] = ["a", "b", "difference"].map(|key| npv[key].as_f64().unwrap());
    assert!((b - a - difference).abs() <= 1e-9 * difference.abs(), "{npv}");
}

#[test]
fn cheaper_tariff_is_better_in_every_draw_and_only_difference() {
    let files = Scenarios::new();
    let dear = files.write("dear.toml", SMALL);
    let cheap = files.write("cheap.toml", &SMALL.replace("0.04 USD", "0.02 USD"));
    let found = json(&dear, &cheap);
    let operator = &found["verdicts"][0];
    assert_eq!((&operator["party"], &operator["b_above_a"]), (&"operator".into(), &1.0.into()));
    assert!(operator["difference"].as_f64().unwrap() > 0.0, "{operator}");
    let inputs = found["inputs"].as_array().unwrap();
    assert_eq!(inputs.len(), 1, "{inputs:?}");
    assert_eq!((&inputs[0]["key"], &inputs[0]["unit"]), (&"tariff".into(), &"USD/kWh".into()));
    assert_eq!([&inputs[0]["a"]["value"], &inputs[0]["b"]["value"]], [&0.04, &0.02]);
    assert_eq!(inputs[0]["difference"], -0.02);
    let shown = compared(&dear, &cheap, &[]);
    assert!(shown.contains("B is better in 100 of 100 paths"), "{shown}");
    assert!(shown.contains("B - A: +"), "{shown}");
    // In the other order, the difference has the opposite sign.
    let exchanged = json(&cheap, &dear);
    let back = exchanged["verdicts"][0]["difference"].as_f64().unwrap();
    assert_eq!(back, -operator["difference"].as_f64().unwrap());
    assert_eq!(exchanged["verdicts"][0]["b_above_a"], 0.0);
}

#[test]
fn scenario_compared_with_itself_has_no_difference() {
    let found = json(SITE, SITE);
    assert_eq!(found["inputs"].as_array().unwrap().len(), 0);
    for row in found["figures"].as_array().unwrap() {
        assert!(row["difference"].is_null() || row["difference"] == 0.0, "{row}");
    }
    assert!(compared(SITE, SITE, &[]).contains("No input differs."));
}

#[test]
fn different_choices_are_listed_with_numbers() {
    let files = Scenarios::new();
    let plain = files.write("plain.toml", SMALL);
    let chosen = format!("tariff_status = \"proposed\"\n{SMALL}");
    let chosen = files.write("chosen.toml", &chosen);
    let found = json(&plain, &chosen);
    let inputs = found["inputs"].as_array().unwrap();
    assert_eq!(inputs.len(), 1, "{inputs:?}");
    assert_eq!(inputs[0]["b"]["choice"], "proposed");
    assert!(inputs[0]["a"].is_null());
    let keys: Vec<_> = found["warnings"].as_array().unwrap().iter().map(|w| &w["key"]).collect();
    assert!(keys.contains(&&Value::from("tariff_status")), "{keys:?}");
}

#[test]
fn different_currencies_omit_local_amounts_with_warning() {
    let found = json(SITE, PAKISTAN);
    let units = found["figures"].as_array().unwrap().iter().map(|row| row["unit"].as_str());
    assert!(units.flatten().all(|unit| !unit.contains("PKR")));
    assert_eq!(found["warnings"][0]["key"], "currencies_differ");
    let shown = compared(SITE, PAKISTAN, &[]);
    let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("amounts in local currency are not"), "{shown}");
    // With a common currency they are present.
    let same = json(PAKISTAN, PAKISTAN);
    let has_local =
        same["figures"].as_array().unwrap().iter().any(|row| row["key"] == "net_local.state");
    assert!(has_local, "{same}");
}

#[test]
fn comparison_text_fits_terminal() {
    for (a, b) in [(SITE, PAKISTAN), (SITE, SITE)] {
        let shown = compared(a, b, &[]);
        for line in shown.lines() {
            assert!(line.chars().count() <= 80, "{line}");
            assert_eq!(line, line.trim_end());
        }
    }
}

#[test]
fn comparison_csv_is_tidy_and_equals_json() {
    let found = json(SITE, PAKISTAN);
    let table = compared(SITE, PAKISTAN, &["--csv"]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(header, ["key", "period", "unit", "a", "b", "difference"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let mut seen = std::collections::HashSet::new();
    for row in &rows {
        assert!(seen.insert((row[0].to_owned(), row[1].to_owned())), "{row:?} appears twice");
        let [a, b, difference] = [3, 4, 5].map(|at| row[at].parse::<f64>());
        if let (Ok(a), Ok(b), Ok(difference)) = (a, b, difference) {
            assert!((b - a - difference).abs() <= 1e-9 * a.abs().max(b.abs()), "{row:?}");
        }
    }
    for row in found["figures"].as_array().unwrap() {
        let key = format!("{}.{}", row["key"].as_str().unwrap(), row["point"].as_str().unwrap());
        let line = rows.iter().find(|line| line[0] == key).unwrap_or_else(|| panic!("{key}"));
        for (at, side) in [(3, "a"), (4, "b"), (5, "difference")] {
            assert_eq!(line[at].parse::<f64>().ok(), row[side].as_f64(), "{key}");
        }
    }
    assert!(rows.iter().any(|row| &row[0] == "inputs.uptime"));
}

#[test]
fn comparison_json_matches_schema() {
    let schema: Value = serde_json::from_str(&text(&["schema", "compare"])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (a, b) in [(SITE, PAKISTAN), (SITE, SITE)] {
        let found = json(a, b);
        let errors: Vec<String> =
            validator.iter_errors(&found).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

#[test]
fn comparison_mistake_names_file_and_key() {
    let files = Scenarios::new();
    let wrong = files.write("wrong.toml", "power_mw = -1\n");
    let cases: [(&[&str], &[&str]); 4] = [
        (&["compare", SITE], &["B.toml"]),
        (&["compare", SITE, "none.toml"], &["none.toml"]),
        (&["compare", SITE, &wrong], &["wrong.toml", "power_mw"]),
        (&["compare", SITE, SITE, "--years", "51"], &["years"]),
    ];
    for (arguments, words) in cases {
        let output = hashwatt(arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(output.stdout.is_empty());
        for word in words {
            assert!(message.contains(word), "{arguments:?}: {message}");
        }
    }
}
