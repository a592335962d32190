//! Exact figures of sample logs, and every fault with its own error.

use super::*;
use serde_json::{Value, json};

const ASIC_RS: &str = include_str!("../../../tests/vectors/asic_rs.jsonl");
const PYASIC: &str = include_str!("../../../tests/vectors/pyasic.json");
const BOARD: Scope = Scope::AsicBoardDc;

fn run_of(text: &str) -> Result<AsicRun, AsicError> {
    AsicLog::parse(text, "test.json")?.run(BOARD, None)
}

/// The samples of asic-rs with one key of one snapshot (from 1) put to another value.
fn with(snapshot: usize, pointer: &str, value: Value) -> String {
    edited(|snapshots| *snapshots[snapshot - 1].pointer_mut(pointer).unwrap() = value)
}

fn edited(edit: impl FnOnce(&mut Vec<Value>)) -> String {
    let mut snapshots: Vec<Value> =
        ASIC_RS.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    edit(&mut snapshots);
    Value::from(snapshots).to_string()
}

/// The samples of pyasic with one key of all snapshots put to what a function makes of it.
fn pyasic_with(key: &str, edit: impl Fn(&Value) -> Value) -> String {
    let mut snapshots: Vec<Value> = serde_json::from_str(PYASIC).unwrap();
    for snapshot in &mut snapshots {
        snapshot[key] = edit(&snapshot[key]);
    }
    Value::from(snapshots).to_string()
}

fn close(a: f64, b: f64) -> bool {
    (a / b - 1.0).abs() < 1e-12
}

#[test]
fn a_log_of_asic_rs_gives_the_figures_worked_out_by_hand() {
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
    let origin = efficiency.estimate().provenance();
    assert_eq!(origin.kind(), "user_reported");
    assert_eq!(origin.detail(), "AntMiner S21, its own API, test.json, 5 snapshots");
    assert_eq!(run.warnings, Vec::<String>::new());
}

#[test]
fn a_log_of_pyasic_gives_the_figures_worked_out_by_hand() {
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
fn enough_shares_are_the_headline_and_few_only_check() {
    // 450 shares of difficulty 41,000: 450 * 41,000 * 2^48/65535 = 79,243.355... TH.
    let log = AsicLog::parse(PYASIC, "test.json").unwrap();
    let run = log.run(Scope::NodeWall, Some(41_000.0)).unwrap();
    let (efficiency, basis) = run.efficiency();
    assert_eq!((basis, run.scope), (HashBasis::Shares, Scope::NodeWall));
    let hashes: f64 = 450.0 * 41_000.0 * 281_474_976_710_656.0 / 65_535.0 / 1e12;
    assert!((hashes - 79_243.356).abs() < 1e-3);
    assert!(close(efficiency.value().as_j_per_th(), 2_131_500.0 / hashes));
    let work = run.shares.as_ref().unwrap().work.as_ref().unwrap();
    assert!(close(work.hashes.relative_uncertainty().unwrap(), 1.0 / 450f64.sqrt()));
    assert!(close(work.over_hashrate, hashes / 79_500.0));
    // Nobody states how far off the power may be, so the quotient's uncertainty is unknown.
    assert_eq!(efficiency.estimate().standard_uncertainty(), None);

    let few = AsicLog::parse(ASIC_RS, "test.json").unwrap().run(BOARD, Some(65_536.0)).unwrap();
    let (efficiency, basis) = few.efficiency();
    assert_eq!(basis, HashBasis::Hashrate);
    assert!(close(efficiency.value().as_j_per_th(), 17.5));
    let work = few.shares.unwrap().work.unwrap();
    assert!(close(work.hashes.relative_uncertainty().unwrap(), 1.0 / 83f64.sqrt()));
    assert_eq!(few.warnings, Vec::<String>::new());
}

#[test]
fn four_hundred_shares_are_enough() {
    for (shares, expected) in [(399, HashBasis::Hashrate), (400, HashBasis::Shares)] {
        let text = edited(|snapshots| {
            for (snapshot, part) in snapshots.iter_mut().zip([0, 1, 2, 3, 4]) {
                let count = 5000 + shares * part / 4;
                snapshot["pools"][0]["pools"][0]["accepted_shares"] = count.into();
            }
        });
        let run = AsicLog::parse(&text, "t").unwrap().run(BOARD, Some(14_000.0)).unwrap();
        assert_eq!(run.efficiency().1, expected, "{shares}");
    }
}

#[test]
fn shares_that_contradict_the_hashrate_are_said() {
    let log = AsicLog::parse(PYASIC, "test.json").unwrap();
    let run = log.run(BOARD, Some(82_000.0)).unwrap();
    assert!(run.warnings.iter().any(|told| told.contains("199.4 %")), "{:?}", run.warnings);
}

#[test]
fn every_way_to_write_a_unit_is_the_same_rate() {
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
fn old_pyasic_is_read_and_what_it_leaves_unsaid_is_said() {
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
    for said in ["old pyasic means TH/s", "does not say that the machine hashes SHA-256d"] {
        assert!(run.warnings.iter().any(|told| told.contains(said)), "{said}");
    }
}

#[test]
fn the_machines_own_efficiency_is_shown_and_never_used() {
    let text = pyasic_with("efficiency_fract", |_| json!(5.0));
    let run = run_of(&text).unwrap();
    assert!(close(run.efficiency().0.value().as_j_per_th(), 2_131_500.0 / 79_500.0));
    assert!(close(run.machine_says.unwrap().as_j_per_th(), 5.0));
    assert!(run.warnings.iter().any(|told| told.contains("more than 10 % off")));
}

#[test]
fn figures_that_never_move_are_no_readings() {
    let text = edited(|snapshots| {
        for snapshot in snapshots {
            snapshot["wattage"] = json!(3500.0);
            snapshot["hashrate"]["value"] = json!(200.0);
        }
    });
    let warnings = run_of(&text).unwrap().warnings;
    assert!(warnings.iter().any(|told| told.contains("3500 W in every")), "{warnings:?}");
    assert!(warnings.iter().any(|told| told.contains("200 TH/s in every")), "{warnings:?}");
}

#[test]
fn one_object_an_array_and_lines_are_the_same_log() {
    let lines = run_of(ASIC_RS).unwrap();
    assert_eq!(run_of(&edited(|_| ())).unwrap(), lines);
    assert_eq!(run_of(&format!("\u{feff}{ASIC_RS}\n\n")).unwrap(), lines);
    let first = ASIC_RS.lines().next().unwrap();
    assert_eq!(run_of(first), Err(AsicError::TooFew { count: 1 }));
    assert_eq!(run_of(""), Err(AsicError::TooFew { count: 0 }));
    let empty = AsicLog::parse("", "t").unwrap().of_machine("x");
    assert_eq!(empty.unwrap_err(), AsicError::TooFew { count: 0 });
}

#[test]
fn a_machine_is_one_by_its_mac_or_by_its_address() {
    // Another address for the same MAC.
    assert!(run_of(&with(3, "/ip", "192.168.1.99".into())).is_ok());
    // A MAC that could not be read once.
    assert!(run_of(&with(3, "/mac", Value::Null)).is_ok());
    // Two MACs at one address, and two machines in one log.
    let other = with(3, "/mac", "02:00:00:00:00:99".into());
    assert!(matches!(run_of(&other), Err(AsicError::SeveralMachines { .. })));
    let both = format!("{ASIC_RS}{PYASIC}");
    let Err(AsicError::SeveralMachines { machines }) = run_of(&both) else { panic!() };
    assert_eq!(machines, "192.168.1.20 (02:00:00:00:00:20), 192.168.1.21 (02:00:00:00:00:21)");
    let log = AsicLog::parse(&both, "test.json").unwrap();
    for name in ["192.168.1.20", "02:00:00:00:00:20", "192.168.1.20 (02:00:00:00:00:20)"] {
        let run = log.clone().of_machine(name).unwrap().run(BOARD, None).unwrap();
        assert_eq!(run, run_of(ASIC_RS).unwrap());
    }
    // Both are called rack-1: the name is not enough.
    let named = log.clone().of_machine("RACK-1").unwrap().run(BOARD, None);
    assert!(matches!(named, Err(AsicError::SeveralMachines { .. })));
    let Err(AsicError::UnknownMachine { name, machines: known }) = log.of_machine("nobody") else {
        panic!()
    };
    assert_eq!((name.as_str(), known), ("nobody", machines));
}

#[test]
fn what_is_left_unsaid_for_once_has_not_changed() {
    let run = run_of(&with(1, "/firmware_version", Value::Null)).unwrap();
    assert_eq!(run.firmware, "Stock 2025-01-07");
    let told = run_of(&edited(|snapshots| {
        snapshots[1]["firmware_version"] = Value::Null;
        snapshots[2]["firmware_version"] = json!("2026");
    }));
    assert!(matches!(told, Err(AsicError::Changed { snapshot: 3, .. })), "{told:?}");
}

#[test]
fn a_broken_snapshot_of_another_machine_does_not_matter() {
    let broken = pyasic_with("wattage", |_| Value::Null);
    let log = AsicLog::parse(&format!("{ASIC_RS}{broken}"), "test.json").unwrap();
    assert!(log.clone().of_machine("192.168.1.20").unwrap().run(BOARD, None).is_ok());
    let other = log.of_machine("192.168.1.21").unwrap().run(BOARD, None);
    // Numbered as in the file.
    assert_eq!(other, Err(AsicError::Missing { snapshot: 6, field: "wattage" }));
}

#[test]
fn every_fault_of_a_figure_names_the_snapshot_and_the_key() {
    let rate = |value: Value| json!({"value": value, "unit": "TeraHash", "algo": "SHA256"});
    for (pointer, value, expected) in [
        ("/wattage", Value::Null, AsicError::Missing { snapshot: 2, field: "wattage" }),
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
                remedy: "watts as a number, at most 1e6 for one machine",
            },
        ),
        ("/hashrate", Value::Null, AsicError::Missing { snapshot: 2, field: "hashrate" }),
        (
            "/hashrate",
            rate(Value::Null),
            AsicError::Missing { snapshot: 2, field: "hashrate.value" },
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
        ("/hashrate/unit", Value::Null, AsicError::Missing { snapshot: 2, field: "hashrate.unit" }),
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
            "/timestamp",
            json!(1_795_500_601),
            AsicError::Gap { snapshot: 2, field: "timestamp", seconds: 601.0 },
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
        let told = run_of(&with(2, pointer, value.clone()));
        assert_eq!(told, Err(expected), "{pointer} {value}");
    }
}

#[test]
fn a_unit_that_contradicts_itself_is_none() {
    let text = pyasic_with(
        "hashrate",
        |old| json!({"rate": old["rate"], "unit": {"value": 1_000_000_000, "suffix": "TH/s"}}),
    );
    assert!(matches!(run_of(&text), Err(AsicError::UnknownUnit { snapshot: 1, .. })));
}

#[test]
fn a_bare_number_of_asic_rs_has_no_unit() {
    let told = run_of(&with(1, "/hashrate", json!(200.0)));
    assert!(matches!(told, Err(AsicError::Malformed { field: "hashrate", .. })), "{told:?}");
}

#[test]
fn a_time_without_its_offset_is_none() {
    let text = pyasic_with("datetime", |_| json!("2026-11-24T09:00:00"));
    let told = run_of(&text);
    assert!(matches!(told, Err(AsicError::Malformed { field: "datetime", .. })), "{told:?}");
}

#[test]
fn ten_minutes_may_be_bridged() {
    let text = edited(|snapshots| {
        snapshots.truncate(2);
        snapshots[1]["timestamp"] = json!(1_795_500_600);
    });
    assert_eq!(run_of(&text).unwrap().duration.as_seconds(), 600.0);
}

#[test]
fn what_is_no_log_is_refused_with_its_place() {
    let cut = &ASIC_RS[..ASIC_RS.len() - 20];
    assert!(matches!(run_of(cut), Err(AsicError::NotJson { snapshot: 5, .. })));
    assert!(matches!(run_of("miner 1"), Err(AsicError::NotJson { snapshot: 1, .. })));
    let twice = ASIC_RS.replacen("{", "{\"ip\": \"10.0.0.1\", ", 1);
    let told = run_of(&twice).unwrap_err().to_string();
    assert!(told.contains("snapshot 1") && told.contains("key `ip` stands twice"), "{told}");
    for odd in [
        "5",
        "\"x\"",
        "null",
        "[true]",
        "[[]]",
        "{}",
        "{\"timestamp\": 5}",
        "{\"schema_version\":1,\"datetime\":2}",
    ] {
        let told = run_of(odd);
        assert!(matches!(told, Err(AsicError::UnknownExporter { snapshot: 1, .. })), "{odd}");
    }
    assert!(matches!(AsicLog::read(Path::new("/no/such")), Err(AsicError::Unreadable { .. })));
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(AsicLog::read(folder.path()), Err(AsicError::Unreadable { .. })));
    let file = folder.path().join("utf16.json");
    std::fs::write(&file, [0xff, 0xfe, 0x7b, 0x00]).unwrap();
    assert!(matches!(AsicLog::read(&file), Err(AsicError::NotJson { snapshot: 1, .. })));
}

#[test]
fn shares_that_cannot_be_counted_are_an_error_only_where_they_are_asked_for() {
    let pool = "/pools/0/pools/0";
    let still = edited(|snapshots| {
        for snapshot in snapshots {
            snapshot["pools"][0]["pools"][0]["accepted_shares"] = json!(5000);
        }
    });
    for (text, why) in [
        (with(2, "/pools", json!([])), "snapshot 2 has other pools"),
        (with(2, &format!("{pool}/accepted_shares"), Value::Null), "does not say them"),
        (with(3, &format!("{pool}/url/host"), json!("other.example")), "has other pools"),
        (still, "no share was accepted"),
    ] {
        let log = AsicLog::parse(&text, "t").unwrap();
        assert!(log.run(BOARD, None).is_ok(), "{why}");
        let Err(AsicError::NoShares { reason }) = log.run(BOARD, Some(1e5)) else {
            panic!("{why}")
        };
        assert!(reason.contains(why), "{reason}");
    }
}

#[test]
fn only_a_difficulty_and_only_a_miners_scopes() {
    let log = AsicLog::parse(ASIC_RS, "t").unwrap();
    for given in [0.0, -1.0, f64::INFINITY, f64::NAN] {
        let told = log.run(BOARD, Some(given));
        assert!(matches!(told, Err(AsicError::NotADifficulty { .. })), "{given}");
    }
    let told = log.run(Scope::GpuBoard, None);
    assert_eq!(told, Err(AsicError::NotAScope { given: Scope::GpuBoard }));
}

#[test]
fn figures_beyond_all_machines_never_become_an_efficiency() {
    for (pointer, value) in [
        ("/wattage", json!(1e308)),
        // Milliwatts.
        ("/wattage", json!(3_520_000)),
        ("/hashrate/value", json!(1e308)),
        ("/timestamp", json!(i64::MAX)),
        ("/timestamp", json!(u64::MAX)),
    ] {
        let told = run_of(&with(2, pointer, value));
        assert!(told.is_err(), "{pointer}: {told:?}");
    }
}

/// Every place of a value that holds no other values.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, inner)| (key.clone(), inner)).collect(),
        Value::Array(list) => (0..).map(|i: usize| i.to_string()).zip(list).collect(),
        _ => return found.push(at.to_owned()),
    };
    inner.iter().for_each(|(key, inner)| leaves(inner, &format!("{at}/{key}"), found));
}

#[test]
fn whatever_stands_anywhere_gives_an_error_or_a_possible_figure() {
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
