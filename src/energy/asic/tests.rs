//! Exact figures of sample logs, and every fault with its own error.

mod condition;
mod faults;
mod figures;
mod log;
mod machines;
mod polls;
mod shares;

use super::*;
use crate::uncertainty::Scope;
use serde_json::{Value, json};

const ASIC_RS: &str = include_str!("../../../tests/vectors/asic_rs.jsonl");
const PYASIC: &str = include_str!("../../../tests/vectors/pyasic.json");
const BOARD: Scope = Scope::AsicBoardDc;

fn run_of(text: &str) -> Result<AsicRun, AsicError> {
    AsicLog::parse(text, "test.json")?.run(BOARD, None)
}

/// The asic-rs samples with one key of one snapshot (counted from 1) set to another value.
fn with(snapshot: usize, pointer: &str, value: Value) -> String {
    edited(|snapshots| *snapshots[snapshot - 1].pointer_mut(pointer).unwrap() = value)
}

fn edited(edit: impl FnOnce(&mut Vec<Value>)) -> String {
    let mut snapshots: Vec<Value> =
        ASIC_RS.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    edit(&mut snapshots);
    Value::from(snapshots).to_string()
}

/// The asic-rs samples with every snapshot edited; the first argument is its index.
fn each(edit: impl Fn(usize, &mut Value)) -> String {
    edited(|snapshots| snapshots.iter_mut().enumerate().for_each(|(at, one)| edit(at, one)))
}

fn warns(text: &str, words: &str) {
    let warnings = run_of(text).unwrap().warnings;
    assert!(warnings.iter().any(|warning| warning.contains(words)), "{words}: {warnings:?}");
}

/// The pyasic samples with one key of all snapshots replaced by the result of a function.
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
