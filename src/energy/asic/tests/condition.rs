//! The state of the machine in its snapshots.

use super::*;

/// A board of asic-rs.
fn board(th_s: Option<f64>, active: bool) -> Value {
    let rate = th_s.map(|value| json!({"value": value, "unit": "TeraHash", "algo": "SHA256"}));
    json!({"position": 0, "hashrate": rate, "active": active})
}

#[test]
fn unstated_algorithm_is_accepted_with_a_warning() {
    for unknown in [json!("Generic (Unknown)"), json!("unknown"), json!(""), json!(null)] {
        let text = each(|_, snapshot| {
            snapshot["device_info"]["algo"] = unknown.clone();
            snapshot["hashrate"]["algo"] = unknown.clone();
        });
        assert!(close(run_of(&text).unwrap().efficiency().0.value().as_j_per_th(), 17.5));
        warns(&text, "does not state that the machine computes SHA-256d");
    }
    for same in ["SHA256d", "sha-256"] {
        let text = each(|_, snapshot| snapshot["device_info"]["algo"] = same.into());
        assert_eq!(run_of(&text).unwrap().warnings, Vec::<String>::new(), "{same}");
    }
    // Another algorithm is refused, even if other keys are unknown.
    let other = each(|_, snapshot| {
        snapshot["device_info"]["algo"] = json!("Generic (Unknown)");
        snapshot["hashrate"]["algo"] = json!("kHeavyHash");
    });
    assert!(matches!(run_of(&other), Err(AsicError::OtherAlgorithm { snapshot: 1, .. })));
}

#[test]
fn hashrate_far_from_the_expected_rate_is_a_warning() {
    let expects =
        |th_s: f64| each(|_, snapshot| snapshot["expected_hashrate"]["value"] = th_s.into());
    let run = run_of(&expects(260.0)).unwrap();
    assert!(close(run.expected_hashrate.unwrap().as_th_s(), 260.0));
    assert!(close(run.hashrate_over_expected().unwrap(), 200.0 / 260.0));
    warns(
        &expects(260.0),
        "200.000 TH/s is 77 % of the expected 260.000 TH/s (all 5 snapshots): a board may be off",
    );
    warns(&expects(160.0), "125 % of the expected 160.000 TH/s");
    for usual in [180.0, 200.0, 215.0] {
        assert_eq!(run_of(&expects(usual)).unwrap().warnings, Vec::<String>::new(), "{usual}");
    }
}

#[test]
fn expected_hashrate_is_read_from_every_known_key() {
    let nothing = each(|_, snapshot| snapshot["expected_hashrate"] = Value::Null);
    assert_eq!(run_of(&nothing).unwrap().expected_hashrate, None);
    for (key, value) in [
        ("sticker_hashrate", json!({"value": 0.25, "unit": "PetaHash"})),
        ("nominal_hashrate", json!({"value": 250_000, "unit": "GigaHash"})),
    ] {
        let text = each(|_, snapshot| {
            snapshot["expected_hashrate"] = Value::Null;
            snapshot[key] = value.clone();
        });
        assert!(close(run_of(&text).unwrap().expected_hashrate.unwrap().as_th_s(), 250.0), "{key}");
    }
    let percent = each(|_, snapshot| {
        snapshot["expected_hashrate"] = json!({"value": 0, "unit": "TeraHash"});
        snapshot["percent_expected_hashrate"] = json!(80);
    });
    let run = run_of(&percent).unwrap();
    assert!(close(run.hashrate_over_expected().unwrap(), 0.8));
}

#[test]
fn single_low_snapshot_is_reported_apart_from_a_low_mean() {
    let text = with(3, "/hashrate/value", json!(160.0));
    let warnings = run_of(&text).unwrap().warnings.join("\n");
    assert!(
        warnings.contains("1 of 5 snapshots (the first is 3) have a hashrate below 90 %"),
        "{warnings}"
    );
    assert!(!warnings.contains("TH/s is"), "{warnings}");
}

#[test]
fn boards_that_do_not_hash_are_a_warning() {
    let boards = |boards: Value| each(move |_, snapshot| snapshot["hashboards"] = boards.clone());
    let hashing = board(Some(66.0), true);
    for (given, words) in [
        (json!([hashing, hashing, board(Some(0.0), true)]), "2 of 3 boards hash in all 5"),
        (json!([hashing, hashing, board(None, false)]), "2 of 3 boards hash in all 5"),
        (json!([hashing, hashing, board(Some(66.0), false)]), "2 of 3 boards hash in all 5"),
        // The machine is expected to have three.
        (json!([hashing, hashing]), "2 of 3 boards hash in all 5"),
        (json!([board(Some(0.0), true)]), "0 of 3 boards hash in all 5"),
    ] {
        warns(&boards(given), words);
    }
    for fine in [
        json!([hashing, hashing, hashing]),
        // Regardless of the exporter's default for `missing`.
        json!([board(None, true), board(None, true), board(None, true)]),
        json!([]),
    ] {
        assert_eq!(run_of(&boards(fine)).unwrap().warnings, Vec::<String>::new());
    }
    let missing = pyasic_with("hashboards", |_| {
        let one = json!({"slot": 0, "hashrate": 44.0, "missing": true, "active": false});
        json!([one, one, one])
    });
    assert_eq!(run_of(&missing).unwrap().warnings, Vec::<String>::new());
}

#[test]
fn missing_chips_and_a_paused_machine_are_warnings() {
    warns(
        &each(|_, snapshot| snapshot["total_chips"] = json!(216)),
        "216 of 324 chips respond in all 5 snapshots",
    );
    warns(&with(2, "/is_mining", json!(false)), "1 of 5 snapshots (the first is 2) state that");
    for fine in [json!(0), json!(320), json!(null)] {
        let text = each(|_, snapshot| snapshot["total_chips"] = fine.clone());
        assert_eq!(run_of(&text).unwrap().warnings, Vec::<String>::new());
    }
}

#[test]
fn values_unchanged_for_too_long_are_stale() {
    // A snapshot every 100 s, with the same values from one index on.
    let same = |from: usize, pools: bool| {
        edited(|snapshots| {
            let source = snapshots[from].clone();
            for (at, snapshot) in snapshots.iter_mut().enumerate() {
                snapshot["timestamp"] = json!(1_795_500_000 + 100 * at);
                if at >= from {
                    snapshot["wattage"] = source["wattage"].clone();
                    snapshot["hashrate"] = source["hashrate"].clone();
                    if pools {
                        snapshot["pools"] = source["pools"].clone();
                    }
                }
            }
        })
    };
    warns(
        &same(2, true),
        "stale telemetry: hashrate, power and shares are the same from snapshot 3 to 5, 200 s",
    );
    let all = run_of(&same(0, true)).unwrap().warnings;
    assert_eq!(all.len(), 1, "{all:?}");
    // Two equal snapshots may be chance, and increasing shares show that the machine responds.
    for fresh in [same(3, true), same(2, false)] {
        let warnings = run_of(&fresh).unwrap().warnings;
        assert!(!warnings.iter().any(|warning| warning.contains("stale")), "{warnings:?}");
    }
}

#[test]
fn impossible_values_are_refused_and_unusual_ones_are_warnings() {
    for (key, value) in [("/wattage", json!(3_520_000)), ("/hashrate/value", json!(198_000))] {
        let message = run_of(&with(2, key, value)).unwrap_err().to_string();
        assert!(message.contains("snapshot 2") && message.contains("cannot be"), "{message}");
    }
    // GH/s instead of TH/s, and vice versa.
    let slip = each(|_, snapshot| {
        snapshot["hashrate"]["value"] = json!(0.2);
        snapshot["expected_hashrate"] = Value::Null;
    });
    let error = run_of(&slip).unwrap_err();
    assert!(matches!(error, AsicError::ImplausibleEfficiency(_)), "{error}");
    assert!(error.to_string().contains("give W and TH/s"), "{error}");
    warns(&each(|_, snapshot| snapshot["wattage"] = json!(16_000.0)), "16000 W is unusual");
    warns(&each(|_, snapshot| snapshot["wattage"] = json!(35_000.0)), "175 J/TH is unusual");
}
