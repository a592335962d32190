//! Valid and invalid logs.

use super::*;
use std::path::Path;

#[test]
fn array_and_lines_give_the_same_log() {
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
fn gap_of_ten_minutes_is_bridged() {
    let text = edited(|snapshots| {
        snapshots.truncate(2);
        snapshots[1]["timestamp"] = json!(1_795_500_600);
    });
    assert_eq!(run_of(&text).unwrap().duration.as_seconds(), 600.0);
}

#[test]
fn invalid_log_is_refused_with_its_snapshot_number() {
    let cut = &ASIC_RS[..ASIC_RS.len() - 20];
    assert!(matches!(run_of(cut), Err(AsicError::NotJson { snapshot: 5, .. })));
    assert!(matches!(run_of("miner 1"), Err(AsicError::NotJson { snapshot: 1, .. })));
    let twice = ASIC_RS.replacen("{", "{\"ip\": \"10.0.0.1\", ", 1);
    let message = run_of(&twice).unwrap_err().to_string();
    assert!(
        message.contains("snapshot 1") && message.contains("key `ip` appears twice"),
        "{message}"
    );
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
        let result = run_of(odd);
        assert!(matches!(result, Err(AsicError::UnknownExporter { snapshot: 1, .. })), "{odd}");
    }
    assert!(matches!(AsicLog::read(Path::new("/no/such")), Err(AsicError::Unreadable { .. })));
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(AsicLog::read(folder.path()), Err(AsicError::Unreadable { .. })));
    let file = folder.path().join("utf16.json");
    std::fs::write(&file, [0xff, 0xfe, 0x7b, 0x00]).unwrap();
    assert!(matches!(AsicLog::read(&file), Err(AsicError::NotJson { snapshot: 1, .. })));
}
