//! Folders with the sensor files of Linux.

use std::fmt::Display;
use std::fs;
use std::path::Path;

/// The usual range of a RAPL package counter, in microjoules.
pub const PACKAGE_RANGE_UJ: u64 = 262_143_328_850;

/// Writes a file below `root` and creates its folders.
pub fn write(root: &Path, file: &str, text: &str) {
    let file = root.join(file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// A RAPL zone in powercap's format. The counter may be any text, to test invalid values.
pub fn rapl_zone(root: &Path, id: &str, name: &str, range_uj: u64, energy_uj: impl Display) {
    write(root, &format!("{id}/name"), &format!("{name}\n"));
    write(root, &format!("{id}/max_energy_range_uj"), &format!("{range_uj}\n"));
    write(root, &format!("{id}/energy_uj"), &format!("{energy_uj}\n"));
}
