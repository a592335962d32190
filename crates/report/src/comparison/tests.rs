//! Verdicts and their conditions, and every key that can be wrong.

use super::*;
use serde_json::{Value, json};

fn bench(rate: f64, half: f64) -> Value {
    json!({
        "schema_version": 2, "kernel": "avx2", "variant": null, "device": "a processor",
        "threads": 2, "pinned": false, "platform": "linux/x86_64", "hashrate_mh_s": rate,
        "hashrate_mh_s_ci95": [rate - half, rate + half], "batches": 21, "steady": true,
        "complete": true, "hardware_errors": 0, "throttled": null, "j_per_th": 2e6 / rate,
        "j_per_th_standard_uncertainty": 2000.0, "energy_origin": "rapl:package-0",
        "provenance": "measured", "uncertainty": { "comparison_standard_j_per_th": 100.0 },
        "host": { "processor": "a processor", "optimised_build": true },
    })
}

fn read(value: &Value, name: &str) -> SavedBench {
    SavedBench::from_json(&value.to_string(), name).unwrap()
}

fn compared(a: &Value, b: &Value) -> BenchComparison {
    BenchComparison::new(read(a, "a"), read(b, "b"))
}

#[test]
fn verdict_follows_the_interval_of_the_ratio() {
    let base = bench(100.0, 1.0);
    for (rate, verdict) in [(103.0, "faster"), (97.0, "slower"), (100.5, NO_DIFFERENCE)] {
        let found = compared(&base, &bench(rate, 1.0));
        assert_eq!((found.verdict, found.verdict_reason.as_deref()), (verdict, None));
        assert_eq!(found.is_slower(), verdict == "slower");
        let [low, high] = found.hashrate_ratio_ci95.unwrap();
        assert!(low < rate / 100.0 && rate / 100.0 < high);
        assert_eq!(found.warnings, Vec::<String>::new());
        assert!(found.to_string().contains(verdict));
    }
    // Nineteen degrees of freedom each and u = 1 / 2.086 %, so t95(40) = 2.021.
    let found = compared(&base, &base);
    let half = 2.021 * 2f64.sqrt() * 0.01 / 2.086;
    assert!((found.hashrate_ratio_ci95.unwrap()[1] - half.exp()).abs() < 1e-5);
    assert!((found.degrees_of_freedom.unwrap() - 40.0).abs() < 1e-9);
}

#[test]
fn result_without_interval_cannot_tell() {
    let mut short = bench(50.0, 1.0);
    short["hashrate_mh_s_ci95"] = Value::Null;
    let found = compared(&bench(100.0, 1.0), &short);
    assert_eq!((found.verdict, found.hashrate_ratio_ci95), (CANNOT_TELL, None));
    assert!(found.cannot_tell() && !found.is_slower());
    assert_eq!(found.verdict_reason.as_deref(), Some("b has no interval"));
    let text = found.to_string();
    assert!(text.starts_with("b compared with a: cannot tell: b has no interval\n"), "{text}");
    let mut few = bench(50.0, 1.0);
    few["batches"] = json!(3);
    let base = bench(100.0, 1.0);
    for (first, second, reason) in [
        (&few, &base, "a has no interval"),
        (&base, &few, "b has no interval"),
        (&few, &short, "a and b have no interval"),
    ] {
        let found = compared(first, second);
        assert_eq!((found.verdict, found.verdict_reason.as_deref()), (CANNOT_TELL, Some(reason)));
        assert!(!found.to_string().contains("no difference"), "{found}");
    }
    assert!(!compared(&base, &base).cannot_tell());
    // The verdict of the energy does not depend on that of the hashrates.
    short["uncertainty"] = Value::Null;
    let found = compared(&base, &short);
    assert_eq!(found.j_per_th_verdict, Some(CANNOT_TELL));
    assert!(!found.to_string().contains("no difference"), "{found}");
}

#[test]
fn efficiencies_of_one_meter_are_compared_without_its_gain() {
    // 1 % less energy; standard uncertainty 0.5 % each in comparison and 10 % each absolute.
    let (a, b) = (bench(100.0, 1.0), bench(104.0, 1.0));
    let found = compared(&a, &b);
    assert_eq!(found.j_per_th_verdict, Some("less energy"));
    let mut other = b.clone();
    other["energy_origin"] = json!("shelly:1 (node_wall)");
    let found = compared(&a, &other);
    assert_eq!(found.j_per_th_verdict, Some(NO_DIFFERENCE));
    assert!(found.warnings.iter().any(|warning| warning.contains("different meter")));
    let mut unknown = b.clone();
    unknown["uncertainty"] = Value::Null;
    let found = compared(&a, &unknown);
    assert!(found.j_per_th_ratio.is_some() && found.j_per_th_ratio_ci95.is_none());
    assert!(found.j_per_th_reason.as_deref().is_some_and(|reason| reason.contains("b's J/TH")));
    let mut bare = b;
    bare["j_per_th"] = Value::Null;
    let found = compared(&a, &bare);
    assert_eq!((found.j_per_th_ratio, found.j_per_th_verdict), (None, None));
    assert_eq!(found.j_per_th_reason.as_deref(), Some("b has no J/TH"));
}

#[test]
fn different_conditions_and_doubtful_results_are_warned_of() {
    let base = bench(100.0, 1.0);
    for (at, value, expected) in [
        ("/kernel", json!("sha-ni"), "different kernel: avx2 and sha-ni"),
        ("/variant", json!("interleaved"), "different variant"),
        ("/threads", json!(4), "different number of threads: 2 and 4"),
        ("/pinned", json!(true), "threads: not pinned and pinned"),
        ("/device", json!("a card"), "different device"),
        ("/platform", json!("linux/aarch64"), "different platform"),
        ("/host/processor", json!("another"), "different processor: a processor and"),
        ("/complete", json!(false), "b: the measurement was interrupted"),
        ("/steady", json!(false), "b: hashrate or power was not steady"),
        ("/steady", Value::Null, "b: it is unknown whether hashrate"),
        ("/throttled", json!(true), "b: a device was throttled"),
        ("/hardware_errors", json!(3), "b: the device had hardware errors"),
        ("/host/optimised_build", json!(false), "b: hashwatt was built without"),
        ("/provenance", json!("assumed"), "assumed power"),
    ] {
        let mut other = base.clone();
        *other.pointer_mut(at).unwrap() = value;
        let found = compared(&base, &other).warnings;
        assert!(found.iter().any(|warning| warning.contains(expected)), "{expected}: {found:?}");
    }
}

#[test]
fn missing_or_malformed_keys_are_refused_by_name() {
    for (key, value) in [
        ("schema_version", json!(0)),
        ("schema_version", json!(3)),
        ("schema_version", Value::Null),
        ("hashrate_mh_s", Value::Null),
        ("hashrate_mh_s", json!(0)),
        ("hashrate_mh_s", json!("5")),
        ("hashrate_mh_s_ci95", json!([200, 300])),
        ("hashrate_mh_s_ci95", json!([1])),
        ("batches", json!(-1)),
        ("kernel", json!("\u{1b}[31m")),
        ("device", json!("")),
        ("threads", json!(1.5)),
        ("j_per_th", json!(-1)),
        ("pinned", json!("yes")),
    ] {
        let mut wrong = bench(100.0, 1.0);
        wrong[key] = value;
        let message = SavedBench::from_json(&wrong.to_string(), "x").unwrap_err().to_string();
        assert!(message.starts_with(key), "{key}: {message}");
    }
    for text in ["", "[]", "{\"kernel\": 1, \"kernel\": 1}"] {
        let result = SavedBench::from_json(text, "x");
        assert!(matches!(result, Err(SavedBenchError::NotJson(_))), "{text}");
    }
}

#[test]
fn result_of_version_1_is_read_with_its_machine_as_host() {
    let new = bench(100.0, 1.0);
    let mut old = new.clone();
    old["schema_version"] = json!(1);
    let host = old.as_object_mut().unwrap().remove("host").unwrap();
    old["machine"] = host;
    assert_eq!(read(&old, "a"), read(&new, "a"));
    assert_eq!(read(&old, "a").processor.as_deref(), Some("a processor"));
    old["machine"]["optimised_build"] = json!(false);
    assert!(read(&old, "a").warnings[0].contains("built without optimisation"));
}
