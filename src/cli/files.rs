//! Files that the user names.

use super::Failure;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// No scenario or table of a person's is longer.
const MOST: u64 = 8 << 20;

/// The text of a regular file.
pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    let name = path.display();
    let wrong = |reason: String| Failure::Input(format!("{name}: {reason}"));
    // Opening a pipe would wait for its other end.
    let about = std::fs::metadata(path).map_err(|error| wrong(error.to_string()))?;
    if !about.is_file() {
        return Err(wrong("is no regular file".to_owned()));
    }
    let file = File::open(path).map_err(|error| wrong(error.to_string()))?;
    let mut text = String::new();
    file.take(MOST + 1).read_to_string(&mut text).map_err(|error| wrong(error.to_string()))?;
    if text.len() as u64 > MOST {
        return Err(wrong(format!("is longer than {} MiB", MOST >> 20)));
    }
    Ok(text)
}
