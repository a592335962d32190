//! Files that the user names.

use super::Failure;
use hashwatt::input;
use std::path::Path;

/// No scenario and no result of a command is longer; a text's values take up to ninety times its
/// length.
const MOST: u64 = 512 << 10;
/// A year of hours in some ten columns is shorter; rows take up to thirty times their length.
const MOST_TABLE: u64 = 2 << 20;

/// The text of a scenario or of a result.
pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    read(path, MOST)
}

/// The text of a CSV table.
pub(super) fn read_table(path: &Path) -> Result<String, Failure> {
    read(path, MOST_TABLE)
}

/// The text of a file that another one names, with the mistake alone: the other one's name comes
/// before it.
pub(super) fn read_named(path: &Path) -> Result<String, String> {
    input::read_text(path, MOST).map_err(|error| error.to_string())
}

fn read(path: &Path, most: u64) -> Result<String, Failure> {
    let wrong = |error| Failure::Input(format!("{}: {error}", path.display()));
    input::read_text(path, most).map_err(wrong)
}
