//! Invalid values, each with its own error.

use super::*;

#[test]
fn every_invalid_value_names_its_snapshot_and_key() {
    let rate = |value: Value| json!({"value": value, "unit": "TeraHash", "algo": "SHA256"});
    for (pointer, value, expected) in [
        ("/wattage", json!(0), AsicError::ZeroPower { snapshot: 2 }),
        (
            "/wattage",
            json!(-5),
            AsicError::Negative { snapshot: 2, field: "wattage", given: "-5".to_owned() },
        ),
        (
            "/wattage",
            json!("3500 W"),
            AsicError::Malformed {
                snapshot: 2,
                field: "wattage",
                given: "\"3500 W\"".to_owned(),
                remedy: "watts as a number",
            },
        ),
        ("/hashrate", rate(json!(0.0)), AsicError::ZeroHashrate { snapshot: 2, watts: 3520.0 }),
        (
            "/hashrate",
            rate(json!(-1.5)),
            AsicError::Negative { snapshot: 2, field: "hashrate.value", given: "-1.5".to_owned() },
        ),
        (
            "/hashrate/unit",
            json!("Sol/s"),
            AsicError::UnknownUnit {
                snapshot: 2,
                field: "hashrate.unit",
                given: "\"Sol/s\"".to_owned(),
            },
        ),
        (
            "/hashrate/unit",
            Value::Null,
            AsicError::UnknownUnit {
                snapshot: 2,
                field: "hashrate.unit",
                given: "null".to_owned(),
            },
        ),
        (
            "/device_info/algo",
            json!("Scrypt"),
            AsicError::OtherAlgorithm { snapshot: 2, given: "Scrypt".to_owned() },
        ),
        ("/timestamp", Value::Null, AsicError::Missing { snapshot: 2, field: "timestamp" }),
        (
            "/timestamp",
            json!(1_795_500_000.5),
            AsicError::Malformed {
                snapshot: 2,
                field: "timestamp",
                given: "1795500000.5".to_owned(),
                remedy: "whole seconds since 1970",
            },
        ),
        (
            "/timestamp",
            json!(1_795_499_999),
            AsicError::OutOfOrder { snapshot: 2, field: "timestamp" },
        ),
        (
            "/timestamp",
            json!(1_795_500_000),
            AsicError::DuplicateTime { snapshot: 2, field: "timestamp" },
        ),
        (
            "/device_info/model",
            json!("S19"),
            AsicError::Changed {
                snapshot: 2,
                field: "model",
                before: "AntMiner S21".to_owned(),
                after: "AntMiner S19".to_owned(),
            },
        ),
        (
            "/firmware_version",
            json!("2026"),
            AsicError::Changed {
                snapshot: 2,
                field: "firmware version",
                before: "2025-01-07".to_owned(),
                after: "2026".to_owned(),
            },
        ),
        ("/ip", Value::Null, AsicError::Missing { snapshot: 2, field: "ip" }),
        (
            "/pools/0/pools/0/accepted_shares",
            json!(-1),
            AsicError::Negative { snapshot: 2, field: "accepted_shares", given: "-1".to_owned() },
        ),
        (
            "/pools/0/pools/0/accepted_shares",
            json!(1.5),
            AsicError::Malformed {
                snapshot: 2,
                field: "accepted_shares",
                given: "1.5".to_owned(),
                remedy: "a whole number",
            },
        ),
        (
            "/pools/0/pools/0/accepted_shares",
            json!(4999),
            AsicError::CounterDown {
                snapshot: 2,
                field: "accepted shares",
                pool: "pool 0/0 pool.example".to_owned(),
                before: 5000,
                after: 4999,
            },
        ),
    ] {
        let result = run_of(&with(2, pointer, value.clone()));
        assert_eq!(result, Err(expected), "{pointer} {value}");
    }
}

#[test]
fn gap_that_is_too_long_names_the_snapshot_after_it() {
    let result = run_of(&with(5, "/timestamp", json!(1_795_500_090 + 601)));
    assert_eq!(result, Err(AsicError::Gap { snapshot: 5, field: "timestamp", seconds: 601.0 }));
}

#[test]
fn contradictory_unit_is_refused() {
    let text = pyasic_with(
        "hashrate",
        |old| json!({"rate": old["rate"], "unit": {"value": 1_000_000_000, "suffix": "TH/s"}}),
    );
    assert!(matches!(run_of(&text), Err(AsicError::UnknownUnit { snapshot: 1, .. })));
}

#[test]
fn bare_number_from_asic_rs_is_refused() {
    let result = run_of(&with(1, "/hashrate", json!(200.0)));
    assert!(matches!(result, Err(AsicError::Malformed { field: "hashrate", .. })), "{result:?}");
}

#[test]
fn time_without_offset_is_refused() {
    let text = pyasic_with("datetime", |_| json!("2026-11-24T09:00:00"));
    let result = run_of(&text);
    assert!(matches!(result, Err(AsicError::Malformed { field: "datetime", .. })), "{result:?}");
}

#[test]
fn invalid_share_difficulty_or_scope_is_refused() {
    let log = AsicLog::parse(ASIC_RS, "t").unwrap();
    for given in [0.0, -1.0, f64::INFINITY, f64::NAN] {
        let result = log.run(BOARD, Some(given));
        assert!(matches!(result, Err(AsicError::NotADifficulty { .. })), "{given}");
    }
    let result = log.run(Scope::GpuBoard, None);
    assert_eq!(result, Err(AsicError::NotAScope { given: Scope::GpuBoard }));
}

#[test]
fn impossible_values_never_give_an_efficiency() {
    for (pointer, value) in [
        ("/wattage", json!(1e308)),
        // Milliwatts.
        ("/wattage", json!(3_520_000)),
        ("/hashrate/value", json!(1e308)),
        ("/timestamp", json!(i64::MAX)),
        ("/timestamp", json!(u64::MAX)),
    ] {
        let result = run_of(&with(2, pointer, value));
        assert!(result.is_err(), "{pointer}: {result:?}");
    }
}

/// The paths of all values that contain no other values.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, inner)| (key.clone(), inner)).collect(),
        Value::Array(list) => (0..).map(|i: usize| i.to_string()).zip(list).collect(),
        _ => return found.push(at.to_owned()),
    };
    inner.iter().for_each(|(key, inner)| leaves(inner, &format!("{at}/{key}"), found));
}

#[test]
fn any_value_at_any_key_gives_an_error_or_a_possible_result() {
    let odd = [json!(null), json!(-1), json!(1e300), json!(u64::MAX), json!("x"), json!([{}])];
    let mut places = Vec::new();
    leaves(&serde_json::from_str(ASIC_RS.lines().next().unwrap()).unwrap(), "", &mut places);
    assert!(places.len() > 40);
    for (place, odd) in places.iter().flat_map(|place| odd.iter().map(move |odd| (place, odd))) {
        let log = AsicLog::parse(&with(3, place, odd.clone()), "t");
        if let Ok(run) = log.and_then(|log| log.run(BOARD, Some(65_536.0))) {
            let found = run.efficiency().0.value().as_j_per_th();
            assert!((10.0..30.0).contains(&found), "{place} {odd}: {found}");
        }
    }
}
