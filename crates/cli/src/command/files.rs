//! Files that the user names.

use super::Failure;
use std::path::Path;

/// The maximum length of a command's result; the parsed values take up to ninety times as much memory.
const MAX_RESULT_BYTES: u64 = 512 << 10;
/// A year in 15-minute steps takes about 4 MiB; other files are limited by the number of their values.
const MAX_NAMED_FILE_BYTES: u64 = 8 << 20;
/// Enough for a year of hours in about ten columns; the parsed rows take up to thirty times as much memory.
const MAX_TABLE_BYTES: u64 = 1 << 20;

/// The text of a result.
pub(super) fn read_result(path: &Path) -> Result<String, Failure> {
    read(path, MAX_RESULT_BYTES)
}

/// The text of a CSV table.
pub(super) fn read_table(path: &Path) -> Result<String, Failure> {
    read(path, MAX_TABLE_BYTES)
}

/// The text of a file that another file names. The error does not name the file: the caller
/// prepends the name of the other file.
pub(super) fn read_named_file(path: &Path) -> Result<String, String> {
    hashwatt_input::read_text(path, MAX_NAMED_FILE_BYTES).map_err(|error| error.to_string())
}

fn read(path: &Path, max_bytes: u64) -> Result<String, Failure> {
    let failure = |error| Failure::Input(format!("{}: {error}", path.display()));
    hashwatt_input::read_text(path, max_bytes).map_err(failure)
}
