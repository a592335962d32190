//! Scenario files written by `init`, and the schema that editors use to check them.

use assert_cmd::Command;
use hashwatt::econ::scenario::{Scenario, documented_keys};
use serde_json::{Value, json};
use std::path::Path;

fn hashwatt(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("hashwatt").unwrap();
    command.args(arguments);
    command
}

fn stdout(arguments: &[&str]) -> String {
    let output = hashwatt(arguments).assert().success().get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

fn stderr(arguments: &[&str]) -> String {
    let output = hashwatt(arguments).assert().failure().code(2).get_output().stderr.clone();
    String::from_utf8(output).unwrap()
}

/// A scenario as JSON, for validation by its schema.
fn as_json(text: &str) -> Value {
    fn value(of: &toml::Value) -> Value {
        match of {
            toml::Value::String(text) => json!(text),
            toml::Value::Integer(number) => json!(number),
            toml::Value::Float(number) => json!(number),
            toml::Value::Boolean(flag) => json!(flag),
            toml::Value::Datetime(date) => json!(date.to_string()),
            toml::Value::Array(all) => all.iter().map(value).collect(),
            toml::Value::Table(table) => {
                Value::Object(table.iter().map(|(key, of)| (key.clone(), value(of))).collect())
            }
        }
    }
    value(&toml::Value::Table(toml::from_str(text).unwrap()))
}

fn schema() -> Value {
    serde_json::from_str(&stdout(&["schema", "scenario"])).unwrap()
}

fn errors(validator: &jsonschema::Validator, text: &str) -> Vec<String> {
    let instance = as_json(text);
    validator.iter_errors(&instance).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

#[test]
fn init_file_of_every_kind_runs_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        hashwatt(arguments)
            .current_dir(folder.path())
            .assert()
            .success()
            .get_output()
            .stdout
            .clone()
    };
    for (kind, region) in [
        ("home", None),
        ("site", Some("kazakhstan")),
        ("country", Some("PAK")),
        ("country", Some("br")),
    ] {
        let file = format!("{kind}-{}.toml", region.unwrap_or("none"));
        let mut init = vec!["init", "--kind", kind, "-o", &file];
        if let Some(region) = region {
            init.extend(["--region", region]);
        }
        assert!(run(&init).is_empty());
        let scenario = ["--scenario", file.as_str()];
        let few = ["--paths", "4", "--years", "1"];
        let estimate =
            String::from_utf8(run(&[&["estimate", "--inputs"], &scenario[..]].concat())).unwrap();
        // Values of the region are marked with its code.
        let code = region.map(|region| match region {
            "kazakhstan" => "KAZ",
            "br" => "BRA",
            code => code,
        });
        let marked = |code: &str| {
            estimate.contains("grid_average_g_per_kwh: ")
                && estimate.contains(&format!("; {code}, published"))
        };
        assert!(code.is_none_or(marked), "{file}: {estimate}");
        run(&[&["project"], &scenario[..], &few].concat());
        run(&[&["ledger"], &scenario[..], &few].concat());
        let page = format!("{kind}-{}.html", region.unwrap_or("none"));
        run(&[&["report", "-o", &page], &scenario[..], &few].concat());
        assert!(folder.path().join(&page).exists());
    }
}

#[test]
fn existing_file_is_kept_without_force() {
    let folder = tempfile::tempdir().unwrap();
    let init = |more: &[&str]| {
        let mut command = hashwatt(&["init", "-o", "my.toml"]);
        command.args(more).current_dir(folder.path()).assert()
    };
    init(&[]).success();
    let path = folder.path().join("my.toml");
    std::fs::write(&path, "mine").unwrap();
    init(&[]).failure().code(2);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    init(&["--force"]).success();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), stdout(&["init"]));
    assert_eq!(stdout(&["init", "-o", "-"]), stdout(&["init", "--kind", "site"]));
}

#[test]
fn init_of_unknown_kind_or_region_is_refused_with_alternatives() {
    assert!(stderr(&["init", "--kind", "farm"]).contains("[possible values: home, site, country]"));
    let message = stderr(&["init", "--region", "kazachstan"]);
    for part in [
        "error: --region: there is no region `kazachstan`; give an ISO 3166 code or a country name",
        "the nearest are KAZ (Kazakhstan)",
    ] {
        assert!(message.contains(part), "{message}");
    }
    assert!(stderr(&["init", "-o", "no/such/folder.toml"]).contains("no/such/folder.toml"));
}

#[test]
fn shipped_scenarios_and_templates_match_schema() {
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let validator = jsonschema::validator_for(&schema).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut seen = 0;
    for folder in ["examples/scenarios", "crates/econ/tests/first_edition"] {
        for file in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|end| end == "toml") {
                let text = std::fs::read_to_string(&path).unwrap();
                assert_eq!(errors(&validator, &text), [] as [String; 0], "{path:?}");
                seen += 1;
            }
        }
    }
    assert!(seen >= 10, "{seen}");
    for kind in ["home", "site", "country"] {
        for region in ["PAK", "KAZ"] {
            let text = stdout(&["init", "--kind", kind, "--region", region]);
            assert!(text.starts_with("#:schema ./hashwatt-scenario.schema.json\n"));
            assert!(text.contains("hashwatt schema scenario > hashwatt-scenario.schema.json"));
            assert_eq!(errors(&validator, &text), [] as [String; 0], "{kind} {region}");
        }
    }
}

#[test]
fn invalid_scenario_is_refused_by_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for (text, is_valid) in [
        ("power_mw = 100", true),
        ("power_nw = 100", false),
        ("[tarif_terms]", false),
        ("power_mw = -1", false),
        ("power_mw = \"100\"", false),
        ("power_mw = { value = 100, low = 90, high = 110, assumed = \"a\" }", true),
        ("power_mw = { value = 100, low = 90 }", false),
        ("power_mw = { low = 90, high = 100 }", false),
        ("power_mw = { value = 100, source = \"s\" }", false),
        ("power_mw = { value = 100, source = \"s\", as_of = 2026 }", true),
        ("power_mw = { value = 100, source = \"s\", as_of = 2026-08-21 }", true),
        ("power_mw = { value = 100, source = \"s\", as_of = \"2026\", assumed = \"a\" }", false),
        ("power_mw = { value = 100, why = \"s\" }", false),
        ("power_mw = { value = 1e9 }", false),
        ("tariff = \"5 USD/kWh\"", true),
        ("tariff = 5", false),
        ("tariff = \"5 USD/kW-month\"", false),
        ("tariff_status = \"sure\"", false),
        ("exchange_rate = \"281 PKR/USD\"", true),
        ("exchange_rate = \"281 PKR/EUR\"", false),
        ("height = 1.5", false),
        ("[project]\nstart = 2027-01-01", true),
        ("[project]\nyears = { value = 3, low = 2, high = 4 }", false),
        ("[hours]\navailable = [1, 1]", false),
        ("[[plant]]\nname = \"gas\"\nmean_mw = 1", false),
        ("[plant]\nname = \"gas\"", false),
        ("[capacity_payments]\nin_force = { values = [1.0, 0.9] }", true),
        ("[capacity_payments]\nin_force = { values = [1.1] }", false),
        ("[market]\nnoise = \"bootstrap\"", true),
    ] {
        let mistakes = errors(&validator, text);
        assert_eq!(mistakes.is_empty(), is_valid, "{text}: {mistakes:?}");
    }
}

/// A scenario with a single key, in the tables that it needs.
fn with(key: &str, value: &str) -> String {
    const LISTS: [&str; 5] = ["site", "lot", "mode", "plant", "reference"];
    const LISTS_INSIDE: [&str; 5] =
        ["tiers", "adjustments", "levies", "levy_steps", "corrective_tax"];
    let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
    let mut text = String::new();
    let ends = table.match_indices('.').map(|(at, _)| at).chain([table.len()]);
    for table in ends.map(|end| &table[..end]).filter(|table| !table.is_empty()) {
        let last = table.rsplit('.').next().unwrap();
        let is_list = LISTS.contains(&table) || LISTS_INSIDE.contains(&last);
        text += &if is_list { format!("[[{table}]]\n") } else { format!("[{table}]\n") };
    }
    format!("{text}{name} = {value}\n")
}

#[test]
fn schema_and_parser_agree_on_every_key() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let mut valid = 0;
    for doc in documented_keys() {
        let values = [
            doc.example.as_str(),
            "0.5",
            "7",
            "-1e12",
            "1e40",
            "true",
            "\"x\"",
            "\"\"",
            "\"5 USD/MWh\"",
            "\"5 USD/MW-month\"",
            "\"281 PKR/USD\"",
            "2027-01-01",
            "\"2027-01-01\"",
            "\"2027-01-01T10:00\"",
            "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
            "[1]",
            "{ value = 0.5 }",
            "{ value = 0.5, low = 0.4, high = 0.6 }",
            "{ value = \"5 USD/MWh\", assumed = \"a\" }",
            "{ values = [0.5] }",
            "{ values = [0.5], low = [0.4], high = [0.6] }",
            "{}",
            "[]",
            "\"firm\"",
        ];
        for value in values {
            // In JSON, a TOML date is a string.
            if value == "2027-01-01" && doc.holds == "a text" {
                continue;
            }
            let text = with(&doc.key, value);
            let read = Scenario::from_toml(&text);
            let instance = as_json(&text);
            let is_of_entry = |error: &jsonschema::ValidationError<'_>| {
                error.instance_path().to_string().ends_with(|c: char| c.is_ascii_digit())
            };
            // Missing keys of a list entry are reported when the scenario is resolved.
            let is_required = |error: &jsonschema::ValidationError<'_>| {
                matches!(error.kind(), jsonschema::error::ValidationErrorKind::Required { .. })
            };
            let mistakes: Vec<String> = validator
                .iter_errors(&instance)
                .filter(|error| !(is_required(error) && is_of_entry(error)))
                .map(|error| error.to_string())
                .collect();
            assert_eq!(mistakes.is_empty(), read.is_ok(), "{text}: {mistakes:?}, {read:?}");
            valid += usize::from(read.is_ok());
        }
    }
    assert!(valid > 500, "{valid}");
}

#[test]
fn schema_has_description_unit_and_limits_of_every_key() {
    let schema = schema();
    for doc in documented_keys() {
        let mut place = &schema;
        for name in doc.key.split('.') {
            let within = if place["type"] == "array" { &place["items"] } else { place };
            place = &within["properties"][name];
        }
        let description = place["description"].as_str().unwrap_or_else(|| panic!("{}", doc.key));
        assert!(description.starts_with(doc.text), "{description}");
        assert_eq!(place["x-unit"].as_str().unwrap_or_default(), doc.unit, "{}", doc.key);
    }
    assert_eq!(schema["properties"]["pue"]["anyOf"][0]["minimum"], 1.0);
    assert_eq!(schema["properties"]["pue"]["anyOf"][0]["maximum"], 10.0);
    // Names of the first edition are accepted and marked as deprecated.
    for old in ["j_per_th", "fleet", "ledger"] {
        assert_eq!(schema["properties"][old]["deprecated"], true, "{old}");
    }
}

#[test]
fn schema_without_name_lists_names() {
    let names = stdout(&["schema"]);
    for name in ["scenario", "machines", "regions", "estimate"] {
        assert!(names.lines().any(|line| line == name), "{names}");
    }
    assert!(stderr(&["schema", "scenarios"]).contains("scenario"));
}
