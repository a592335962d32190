//! The machine of a snapshot.

use super::*;

#[test]
fn machine_is_identified_by_mac_or_address() {
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
    // Both machines are named rack-1, so the name is not enough.
    let named = log.clone().of_machine("RACK-1").unwrap().run(BOARD, None);
    assert!(matches!(named, Err(AsicError::SeveralMachines { .. })));
    let Err(AsicError::UnknownMachine { name, machines: known }) = log.of_machine("nobody") else {
        panic!()
    };
    assert_eq!((name.as_str(), known), ("nobody", machines));
}

#[test]
fn firmware_missing_once_counts_as_unchanged() {
    let run = run_of(&with(1, "/firmware_version", Value::Null)).unwrap();
    assert_eq!(run.firmware, "Stock 2025-01-07");
    let result = run_of(&edited(|snapshots| {
        snapshots[1]["firmware_version"] = Value::Null;
        snapshots[2]["firmware_version"] = json!("2026");
    }));
    assert!(matches!(result, Err(AsicError::Changed { snapshot: 3, .. })), "{result:?}");
}

#[test]
fn broken_snapshot_of_another_machine_is_ignored() {
    let broken = pyasic_with("wattage", |_| Value::Null);
    let log = AsicLog::parse(&format!("{ASIC_RS}{broken}"), "test.json").unwrap();
    assert!(log.clone().of_machine("192.168.1.20").unwrap().run(BOARD, None).is_ok());
    let other = log.of_machine("192.168.1.21").unwrap().run(BOARD, None);
    let never = AsicError::NeverGiven { field: "wattage", count: 3, exporter: "pyasic" };
    assert_eq!(other, Err(never));
}
