//! Files that the user names.

use super::Failure;
use std::path::Path;

/// No result of a command is longer; its values take up to ninety times the text's length.
const MOST: u64 = 512 << 10;
/// A year of quarters of an hour takes some 4 MiB; what is no table is bounded by its values.
const MAX_NAMED: u64 = 8 << 20;
/// A year of hours in some ten columns is shorter; rows take up to thirty times their length.
const MAX_TABLE: u64 = 1 << 20;

/// The text of a result.
pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    read(path, MOST)
}

/// The text of a CSV table.
pub(super) fn read_table(path: &Path) -> Result<String, Failure> {
    read(path, MAX_TABLE)
}

/// The text of a file that another one names, with the mistake alone: the other one's name comes
/// before it.
pub(super) fn read_named(path: &Path) -> Result<String, String> {
    hashwatt_input::read_text(path, MAX_NAMED).map_err(|error| error.to_string())
}

fn read(path: &Path, most: u64) -> Result<String, Failure> {
    let wrong = |error| Failure::Input(format!("{}: {error}", path.display()));
    hashwatt_input::read_text(path, most).map_err(wrong)
}
