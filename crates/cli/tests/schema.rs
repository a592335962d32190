//! The output of `--json` matches the published schemas.

use assert_cmd::Command;
use hashwatt_test_support::headers::BLOCK_125552_HEX;
use serde_json::Value;

fn json(arguments: &[&str]) -> Value {
    let output = Command::cargo_bin("hashwatt").unwrap().args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Checks that the schema accepts the output and describes every key, since a validator accepts unknown keys.
fn check(name: &str, output: &Value) {
    let schema = json(&["schema", name]);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator.iter_errors(output).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{name}: {errors:?}");
    assert_described(&schema, &schema, output, name);
}

/// The schema behind references and alternatives.
fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).unwrap();
        return resolved(root, target);
    }
    let alternatives = schema["anyOf"].as_array();
    match alternatives.and_then(|all| all.iter().find(|one| one["type"] != "null")) {
        Some(one) => resolved(root, one),
        None => schema,
    }
}

fn assert_described(root: &Value, schema: &Value, value: &Value, path: &str) {
    let schema = resolved(root, schema);
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let path = format!("{path}.{key}");
                let known = schema["properties"].get(key);
                let known = known.or_else(|| schema.get("additionalProperties"));
                let known = known.unwrap_or_else(|| panic!("{path} is not in the schema"));
                assert_described(root, known, value, &path);
            }
        }
        Value::Array(all) => {
            for value in all {
                let item = schema.get("items").or_else(|| schema["prefixItems"].get(0));
                assert_described(root, item.unwrap_or(&Value::Null), value, path);
            }
        }
        _ => {}
    }
}

#[test]
fn json_output_of_every_command_matches_its_schema() {
    let asic = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/asic_rs.jsonl");
    let site = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/scenarios/site-100mw.toml");
    let country =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/scenarios/texas-wind-100mw.toml");
    let folder = tempfile::tempdir().unwrap();
    let months = folder.path().join("months.csv");
    let columns = "company,month,hashrate_EH,hashrate_basis,btc_produced,power_MW,fleet_J_per_TH,\
        source";
    std::fs::write(&months, format!("{columns}\nA,2024-05,5,avg_operating,200,,,test\n")).unwrap();
    let mut checked = std::collections::BTreeSet::new();
    for (name, arguments) in [
        ("backtest", &["backtest", months.to_str().unwrap(), "--json"][..]),
        ("compare", &["compare", site, country, "--paths", "16", "--years", "1", "--json"]),
        #[cfg(feature = "gpu")]
        ("devices", &["devices", "--json"]),
        ("estimate", &["estimate", "--mw", "2000", "--json"]),
        ("estimate", &["estimate", "--scenario", site, "--json"]),
        ("ledger", &["ledger", "--scenario", country, "--samples", "100", "--json"]),
        ("project", &["project", "--scenario", site, "--paths", "16", "--json"]),
        ("sensitivity", &["sensitivity", "--scenario", site, "--samples", "16", "--json"]),
        (
            "sweep",
            &[
                "sweep",
                "--scenario",
                site,
                "--over",
                "tariff=30,40",
                "--over",
                "region=PAK,KAZ",
                "--json",
            ],
        ),
        (
            "scan",
            &[
                "scan",
                "--header",
                BLOCK_125552_HEX,
                "--start",
                "2504433986",
                "--count",
                "1",
                "--json",
            ],
        ),
        ("kernels", &["kernels", "--json"]),
        ("machines", &["machines", "--search", "s21", "--json"]),
        ("network", &["network", "--history", "--json"]),
        ("network", &["network", "--json"]),
        ("regions", &["regions", "--json"]),
        ("regions", &["regions", "PAK", "--json"]),
        ("meters", &["meters", "--json"]),
        ("roofline", &["bench", "--roofline", "--seconds", "0.01", "--kernel", "sha2", "--json"]),
        ("asic", &["asic", asic, "--json"]),
        ("bench-kernels", &["bench", "--seconds", "0.3", "--kernel", "sha2,scalar", "--json"]),
        ("bench", &["bench", "--seconds", "0.3", "--kernel", "sha2", "--idle", "0.2", "--json"]),
    ] {
        check(name, &json(arguments));
        checked.insert(name);
    }
    // Saved results and their comparison also match their schemas.
    let (kept, other) = (folder.path().join("a.json"), folder.path().join("b.json"));
    let [a, b] = [&kept, &other].map(|path| path.to_str().unwrap());
    for file in [a, b] {
        json(&["bench", "--seconds", "0.2", "--kernel", "sha2", "--json", "--save", file]);
    }
    let text = std::fs::read_to_string(&kept).unwrap();
    check("bench", &serde_json::from_str(&text).unwrap());
    // Whatever the verdict is.
    let compare = ["bench", "--compare", a, b, "--json"];
    let compared = Command::cargo_bin("hashwatt").unwrap().args(compare).output().unwrap();
    check("bench-comparison", &serde_json::from_slice(&compared.stdout).unwrap());
    checked.insert("bench-comparison");
    // No command prints a scenario; its schema is tested in `init.rs`.
    checked.insert("scenario");
    // All published schemas were checked.
    let published: Vec<_> = hashwatt_report::SCHEMAS.iter().map(|(name, _)| *name).collect();
    assert_eq!(checked.into_iter().collect::<Vec<_>>(), published);
    // A bench with all optional parts.
    let mut full = vec!["bench", "--seconds", "0.5", "--kernel", "sha2", "--mw", "1", "--json"];
    full.extend(["--meter", "assumed:350W", "--meter", "assumed:1kW"]);
    let full = json(&full);
    assert!(full["uncertainty"].is_object() && full["budget"].is_object(), "{full}");
    assert_eq!(full["cross_checks"].as_array().unwrap().len(), 1);
    check("bench", &full);
}

#[test]
fn schema_refuses_other_documents() {
    let validator = jsonschema::validator_for(&json(&["schema", "bench"])).unwrap();
    let mut output = json(&["bench", "--seconds", "0.3", "--kernel", "sha2", "--json"]);
    assert!(validator.is_valid(&output));
    output["j_per_th"] = "fifteen".into();
    assert!(!validator.is_valid(&output));
    assert!(!validator.is_valid(&json(&["kernels", "--json"])));
}
