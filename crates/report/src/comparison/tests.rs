//! Verdicts, what they rest on, and every key that can be wrong.

use super::*;
use serde_json::{Value, json};

fn bench(rate: f64, half: f64) -> Value {
    json!({
        "schema_version": 1, "kernel": "avx2", "variant": null, "device": "a processor",
        "threads": 2, "pinned": false, "platform": "linux/x86_64", "hashrate_mh_s": rate,
        "hashrate_mh_s_ci95": [rate - half, rate + half], "batches": 21, "steady": true,
        "complete": true, "hardware_errors": 0, "throttled": null, "j_per_th": 2e6 / rate,
        "j_per_th_standard_uncertainty": 2000.0, "energy_origin": "rapl:package-0",
        "provenance": "measured", "uncertainty": { "comparison_standard_j_per_th": 100.0 },
        "machine": { "processor": "a processor", "optimised_build": true },
    })
}

fn read(value: &Value, name: &str) -> SavedBench {
    SavedBench::from_json(&value.to_string(), name).unwrap()
}

fn compared(a: &Value, b: &Value) -> BenchComparison {
    BenchComparison::new(read(a, "a"), read(b, "b"))
}

#[test]
fn verdicts_follow_the_interval() {
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
    // Nineteen degrees each and u = 1 / 2.086 %, so t95(40) = 2.021.
    let found = compared(&base, &base);
    let half = 2.021 * 2f64.sqrt() * 0.01 / 2.086;
    assert!((found.hashrate_ratio_ci95.unwrap()[1] - half.exp()).abs() < 1e-5);
    assert!((found.degrees_of_freedom.unwrap() - 40.0).abs() < 1e-9);
}

#[test]
fn without_an_interval_nothing_can_be_told() {
    let mut short = bench(50.0, 1.0);
    short["hashrate_mh_s_ci95"] = Value::Null;
    let found = compared(&bench(100.0, 1.0), &short);
    assert_eq!((found.verdict, found.hashrate_ratio_ci95), (CANNOT_TELL, None));
    assert!(found.cannot_tell() && !found.is_slower());
    assert_eq!(found.verdict_reason.as_deref(), Some("b has no interval"));
    let text = found.to_string();
    assert!(text.starts_with("b against a: cannot tell: b has no interval\n"), "{text}");
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
    // The same of the energy, whose verdict does not rest on the hashrates'.
    short["uncertainty"] = Value::Null;
    let found = compared(&base, &short);
    assert_eq!(found.j_per_th_verdict, Some(CANNOT_TELL));
    assert!(!found.to_string().contains("no difference"), "{found}");
}

#[test]
fn energies_are_compared_by_what_remains_between_them() {
    // 1 % less energy, 0.5 % each in comparison and 10 % each against the truth.
    let (a, b) = (bench(100.0, 1.0), bench(104.0, 1.0));
    let found = compared(&a, &b);
    assert_eq!(found.j_per_th_verdict, Some("less energy"));
    let mut other = b.clone();
    other["energy_origin"] = json!("shelly:1 (node_wall)");
    let found = compared(&a, &other);
    assert_eq!(found.j_per_th_verdict, Some(NO_DIFFERENCE));
    assert!(found.warnings.iter().any(|told| told.contains("different meter")));
    let mut unknown = b.clone();
    unknown["uncertainty"] = Value::Null;
    let found = compared(&a, &unknown);
    assert!(found.j_per_th_ratio.is_some() && found.j_per_th_ratio_ci95.is_none());
    assert!(found.j_per_th_reason.as_deref().is_some_and(|told| told.contains("b's J/TH")));
    let mut bare = b;
    bare["j_per_th"] = Value::Null;
    let found = compared(&a, &bare);
    assert_eq!((found.j_per_th_ratio, found.j_per_th_verdict), (None, None));
    assert_eq!(found.j_per_th_reason.as_deref(), Some("b has no J/TH"));
}

#[test]
fn what_differs_or_is_wrong_is_said() {
    let base = bench(100.0, 1.0);
    for (at, value, told) in [
        ("/kernel", json!("sha-ni"), "different kernel: avx2 against sha-ni"),
        ("/variant", json!("interleaved"), "different variant"),
        ("/threads", json!(4), "different number of threads: 2 against 4"),
        ("/pinned", json!(true), "threads: not pinned against pinned"),
        ("/device", json!("a card"), "different device"),
        ("/platform", json!("linux/aarch64"), "different platform"),
        ("/machine/processor", json!("another"), "different machine: a processor against"),
        ("/complete", json!(false), "b: the measurement was interrupted"),
        ("/steady", json!(false), "b: hashrate or power did not stand still"),
        ("/steady", Value::Null, "b: it is not known to have been steady"),
        ("/throttled", json!(true), "b: a device ran slower"),
        ("/hardware_errors", json!(3), "b: the device made hardware errors"),
        ("/machine/optimised_build", json!(false), "b: hashwatt was built without"),
        ("/provenance", json!("assumed"), "assumed power"),
    ] {
        let mut other = base.clone();
        *other.pointer_mut(at).unwrap() = value;
        let found = compared(&base, &other).warnings;
        assert!(found.iter().any(|warning| warning.contains(told)), "{told}: {found:?}");
    }
}

#[test]
fn what_cannot_be_compared_is_refused_by_its_key() {
    for (key, value) in [
        ("schema_version", json!(2)),
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
        let told = SavedBench::from_json(&wrong.to_string(), "x").unwrap_err().to_string();
        assert!(told.starts_with(key), "{key}: {told}");
    }
    for text in ["", "[]", "{\"kernel\": 1, \"kernel\": 1}"] {
        let told = SavedBench::from_json(text, "x");
        assert!(matches!(told, Err(SavedBenchError::NotJson(_))), "{text}");
    }
}
