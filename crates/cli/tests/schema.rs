//! What the program prints with `--json` is what its published schemas say.

use assert_cmd::Command;
use hashwatt_test_support::headers::BLOCK_125552_HEX;
use serde_json::Value;

fn json(arguments: &[&str]) -> Value {
    let output = Command::cargo_bin("hashwatt").unwrap().args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The schema allows what is there, and names all of it: a key that the schema does not know would
/// pass a validator.
fn check(name: &str, output: &Value) {
    let schema = json(&["schema", name]);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator.iter_errors(output).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{name}: {errors:?}");
    named(&schema, &schema, output, name);
}

/// The object that a schema stands for, by way of references and alternatives.
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

fn named(root: &Value, schema: &Value, value: &Value, path: &str) {
    let schema = resolved(root, schema);
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let path = format!("{path}.{key}");
                let known = schema["properties"].get(key);
                let known = known.or_else(|| schema.get("additionalProperties"));
                let known = known.unwrap_or_else(|| panic!("{path} is not in the schema"));
                named(root, known, value, &path);
            }
        }
        Value::Array(all) => {
            for value in all {
                let item = schema.get("items").or_else(|| schema["prefixItems"].get(0));
                named(root, item.unwrap_or(&Value::Null), value, path);
            }
        }
        _ => {}
    }
}

#[test]
fn outputs_are_what_their_schemas_say() {
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
    // A result that is kept is what its schema says, and so is what two of them say together.
    let (kept, other) = (folder.path().join("a.json"), folder.path().join("b.json"));
    let [a, b] = [&kept, &other].map(|path| path.to_str().unwrap());
    for file in [a, b] {
        json(&["bench", "--seconds", "0.2", "--kernel", "sha2", "--json", "--save", file]);
    }
    let text = std::fs::read_to_string(&kept).unwrap();
    check("bench", &serde_json::from_str(&text).unwrap());
    // Whichever it shows, and also where it cannot tell.
    let compare = ["bench", "--compare", a, b, "--json"];
    let compared = Command::cargo_bin("hashwatt").unwrap().args(compare).output().unwrap();
    check("bench-comparison", &serde_json::from_slice(&compared.stdout).unwrap());
    checked.insert("bench-comparison");
    // No command prints a scenario: its schema is tested where scenarios are written, in `init.rs`.
    checked.insert("scenario");
    // None is left out.
    let published: Vec<_> = hashwatt_report::SCHEMAS.iter().map(|(name, _)| *name).collect();
    assert_eq!(checked.into_iter().collect::<Vec<_>>(), published);
    // With everything that a bench can hold.
    let mut full = vec!["bench", "--seconds", "0.5", "--kernel", "sha2", "--mw", "1", "--json"];
    full.extend(["--meter", "assumed:350W", "--meter", "assumed:1kW"]);
    let full = json(&full);
    assert!(full["uncertainty"].is_object() && full["budget"].is_object(), "{full}");
    assert_eq!(full["cross_checks"].as_array().unwrap().len(), 1);
    check("bench", &full);
}

#[test]
fn a_schema_refuses_what_is_not_its_own() {
    let validator = jsonschema::validator_for(&json(&["schema", "bench"])).unwrap();
    let mut output = json(&["bench", "--seconds", "0.3", "--kernel", "sha2", "--json"]);
    assert!(validator.is_valid(&output));
    output["j_per_th"] = "fifteen".into();
    assert!(!validator.is_valid(&output));
    assert!(!validator.is_valid(&json(&["kernels", "--json"])));
}
