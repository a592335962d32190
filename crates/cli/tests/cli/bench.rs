//! `hashwatt bench` and `hashwatt devices`.

use super::*;

#[test]
fn bench_marks_assumed_and_missing_energy() {
    let short = ["bench", "--kernel", "sha2", "--threads", "1", "--seconds", "1", "--json"];
    let assumed = json(&[&short[..], &["--watts", "40", "--mw", "2000"]].concat());
    for key in [
        "schema_version",
        "kernel",
        "threads",
        "hashes",
        "duration_s",
        "hashrate_mh_s",
        "energy_j",
        "j_per_th",
        "provenance",
        "complete",
    ] {
        assert!(!assumed[key].is_null(), "{key}");
    }
    // On a machine with RAPL its reading takes precedence, and is not marked as assumed.
    let rapl = assumed["provenance"] == "measured";
    assert!(rapl || assumed["provenance"] == "assumed", "{}", assumed["provenance"]);
    let (joules, hashes) = (assumed["energy_j"].as_f64(), assumed["hashes"].as_str());
    let j_per_th = joules.unwrap() / (hashes.unwrap().parse::<f64>().unwrap() / 1e12);
    assert!((assumed["j_per_th"].as_f64().unwrap() / j_per_th - 1.0).abs() < 1e-9);
    let budget = &assumed["budget"];
    let inputs = budget["inputs"].as_array().unwrap();
    let efficiency = inputs.iter().find(|input| input["key"] == "efficiency_j_per_th").unwrap();
    assert_eq!(efficiency["value"], assumed["j_per_th"]);
    // A result from assumed watts is assumed; an estimate never marks a bench result as measured.
    let kind = if rapl { "user_reported" } else { "assumed" };
    assert_eq!(efficiency["origin"]["kind"], kind);
    let whose = budget["warnings"][0]["text"].as_str().unwrap();
    assert!(
        whose.contains("kernel sha2") && whose.contains("not the efficiency of a mining fleet"),
        "{whose}"
    );

    let bare = json(&short);
    if bare["energy_j"].is_null() {
        assert!(bare["energy_reason"].is_string() && bare["j_per_th"].is_null());
        assert!(bare["provenance"].is_null());
        let asked = json(&[&short[..], &["--mw", "2000"]].concat());
        assert!(asked["budget"].is_null() && asked["budget_reason"].is_string());
    } else {
        assert_eq!(bare["provenance"], "measured");
    }
}

#[test]
fn roofline_has_every_figure() {
    let report = json(&["bench", "--roofline", "--seconds", "0.01", "--kernel", "sha2", "--json"]);
    assert_eq!(report["complete"], true);
    assert!(report["frequency_ghz"].as_f64().unwrap() > 0.0);
    assert!(report["rounds"].as_u64().unwrap() >= 41);
    let rows = report["kernels"].as_array().unwrap();
    let names: Vec<_> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["sha2-naive", "sha2"]);
    assert_eq!(rows[0]["times_sha2_naive"], 1.0);
    assert!(rows[1]["times_sha2_naive"].as_f64().unwrap() > 0.0);

    let all = json(&["bench", "--roofline", "--seconds", "0.01", "--json"]);
    assert_eq!(all["kernels"].as_array().unwrap().len(), Kernel::all_available().count());
}

#[cfg(target_os = "linux")]
#[test]
fn pinned_bench_is_marked() {
    let bench = ["bench", "--kernel", "sha2", "--threads", "1", "--seconds", "0.2", "--json"];
    assert_eq!(json(&bench)["pinned"], false);
    assert_eq!(json(&[&bench[..], &["--pin"]].concat())["pinned"], true);
}

#[cfg(feature = "gpu")]
#[test]
fn gpu_is_listed_and_finds_block() {
    let required = std::env::var_os("HASHWATT_REQUIRE_GPU").is_some_and(|value| value == "1");
    let listed = json(&["devices", "--json"]);
    let Some(device) = listed["devices"].as_array().unwrap().first() else {
        assert!(!required, "HASHWATT_REQUIRE_GPU is set and there is no adapter");
        eprintln!("skipped: no adapter");
        return;
    };
    for key in ["name", "backend", "driver", "kind", "pci_bus_id", "taken_by_default"] {
        assert!(!device[key].is_null(), "{key}");
    }
    let cache = tempfile::tempdir().unwrap();
    let name = device["name"].as_str().unwrap();
    for kernel in ["gpu", "cpu+gpu"] {
        let search =
            ["scan", "--header", BLOCK_125552_HEX, "--start", "2504400000", "--count", "50000"];
        let engine = ["--kernel", kernel, "--adapter", name, "--json"];
        let assert = hashwatt(&[&search[..], &engine].concat())
            .env("XDG_CACHE_HOME", cache.path())
            .assert()
            .success();
        let report: Value = serde_json::from_slice(&assert.get_output().stdout).unwrap();
        assert_eq!(report["hits"][0]["nonce"], 2_504_433_986u32, "{kernel}");
        assert_eq!(report["complete"], true);
    }
    // The second run used the cached tuning.
    assert_eq!(std::fs::read_dir(cache.path().join("hashwatt")).unwrap().count(), 1);
}
