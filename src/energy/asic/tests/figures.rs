//! Results calculated by hand, and their warnings.

use super::*;

#[test]
fn asic_rs_log_matches_hand_calculation() {
    let run = run_of(ASIC_RS).unwrap();
    assert_eq!((run.machine.as_str(), run.firmware.as_str()), ("AntMiner S21", "Stock 2025-01-07"));
    assert_eq!((run.exporter, run.snapshots, run.scope), (Exporter::AsicRs, 5, BOARD));
    assert_eq!(run.duration.as_seconds(), 120.0);
    // 30 s times the means 3510, 3500, 3490, 3500 W and 199, 200, 201, 200 TH/s.
    assert!(close(run.energy.value().as_joules(), 420_000.0));
    assert!(close(run.hashes_by_hashrate.value().as_th(), 24_000.0));
    let (efficiency, basis) = run.efficiency();
    assert!(close(efficiency.value().as_j_per_th(), 17.5));
    assert_eq!(basis, HashBasis::Hashrate);
    let shares = run.shares.as_ref().unwrap();
    assert_eq!((shares.accepted, shares.rejected, &shares.work), (83, Some(1), &None));
    let origin = efficiency.as_uncertain().provenance();
    assert_eq!(origin.kind(), "user_reported");
    assert_eq!(origin.detail(), "AntMiner S21, its own API, test.json, 5 snapshots");
    assert_eq!(run.warnings, Vec::<String>::new());
}

#[test]
fn pyasic_log_matches_hand_calculation() {
    let run = run_of(PYASIC).unwrap();
    assert_eq!((run.machine.as_str(), run.firmware.as_str()), ("AntMiner S19k Pro", "BOS+ 25.07"));
    assert_eq!((run.exporter, run.duration.as_seconds()), (Exporter::Pyasic, 600.0));
    // 300 s times the means 3550, 3555 W and 132, 133 TH/s.
    assert!(close(run.energy.value().as_joules(), 2_131_500.0));
    assert!(close(run.hashes_by_hashrate.value().as_th(), 79_500.0));
    assert!(close(run.efficiency().0.value().as_j_per_th(), 2_131_500.0 / 79_500.0));
    assert_eq!(run.shares.unwrap().accepted, 450);
}

#[test]
fn every_notation_of_a_unit_gives_the_same_hashrate() {
    let expected = run_of(PYASIC).unwrap().hashes_by_hashrate;
    let rate = |unit: Value, scale: f64| {
        pyasic_with(
            "hashrate",
            |old| json!({"rate": old["rate"].as_f64().unwrap() * scale, "unit": unit.clone()}),
        )
    };
    for text in [
        rate(json!({"value": 1e9 as u64, "suffix": "GH/s"}), 1e3),
        rate(json!({"value": 1e15 as u64, "suffix": "PH/s"}), 1e-3),
        rate(json!(1_000_000_000_000u64), 1.0),
        rate(json!("TH/s"), 1.0),
    ] {
        let found = run_of(&text).unwrap().hashes_by_hashrate;
        assert!(close(found.value().as_th(), expected.value().as_th()), "{text}");
    }
    // asic-rs writes the unit's name, its Python package the symbol.
    for unit in ["TeraHash", "TH/s"] {
        let text = with(2, "/hashrate/unit", unit.into());
        assert!(close(run_of(&text).unwrap().hashes_by_hashrate.value().as_th(), 24_000.0));
    }
}

#[test]
fn old_pyasic_log_is_read_with_warnings() {
    let mut snapshots: Vec<Value> = serde_json::from_str(PYASIC).unwrap();
    for (snapshot, seconds) in
        snapshots.iter_mut().zip([1_700_000_000u64, 1_700_000_300, 1_700_000_600])
    {
        let object = snapshot.as_object_mut().unwrap();
        let rate = object["hashrate"]["rate"].clone();
        for key in ["device_info", "algo", "firmware", "pools", "timestamp", "efficiency_fract"] {
            object.remove(key);
        }
        object.insert("hashrate".to_owned(), rate);
        object.insert("datetime".to_owned(), seconds.to_string().into());
    }
    let run = run_of(&Value::from(snapshots).to_string()).unwrap();
    assert!(close(run.efficiency().0.value().as_j_per_th(), 2_131_500.0 / 79_500.0));
    assert_eq!((run.machine.as_str(), run.shares), ("AntMiner S19k Pro", None));
    for text in ["old versions of pyasic", "does not state that the machine computes SHA-256d"] {
        assert!(run.warnings.iter().any(|warning| warning.contains(text)), "{text}");
    }
}

#[test]
fn efficiency_reported_by_the_machine_is_shown_and_not_used() {
    let text = pyasic_with("efficiency_fract", |_| json!(5.0));
    let run = run_of(&text).unwrap();
    assert!(close(run.efficiency().0.value().as_j_per_th(), 2_131_500.0 / 79_500.0));
    assert!(close(run.reported_efficiency.unwrap().as_j_per_th(), 5.0));
    assert!(run.warnings.iter().any(|warning| warning.contains("differs by more than 10 %")));
}

#[test]
fn constant_power_and_hashrate_are_warnings() {
    let text = edited(|snapshots| {
        for snapshot in snapshots {
            snapshot["wattage"] = json!(3500.0);
            snapshot["hashrate"]["value"] = json!(200.0);
        }
    });
    let warnings = run_of(&text).unwrap().warnings;
    assert!(warnings.iter().any(|warning| warning.contains("3500 W in every")), "{warnings:?}");
    assert!(warnings.iter().any(|warning| warning.contains("200 TH/s in every")), "{warnings:?}");
}
