//! Processors as Linux numbers them, and the package and die of each.

pub(super) use crate::cpu_list::cpu_list;

use super::files::{read_number, read_text};
use super::{FileSystem, MeterError};
use std::path::{Path, PathBuf};

/// The package of a processor, from `topology/physical_package_id`. `sys` is the root of sysfs.
pub(super) fn package(
    files: &dyn FileSystem,
    sys: &Path,
    cpu: u32,
    meter: &str,
) -> Result<u64, MeterError> {
    read_number(files, &topology(sys, cpu).join("physical_package_id"), meter)
}

/// The die of a processor within its package, from `topology/die_id`; 0 for kernels older than
/// 5.3, which do not report dies.
#[cfg(target_os = "linux")]
pub(super) fn die(
    files: &dyn FileSystem,
    sys: &Path,
    cpu: u32,
    meter: &str,
) -> Result<u64, MeterError> {
    let file = topology(sys, cpu).join("die_id");
    match files.read(&file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
        _ => read_number(files, &file, meter),
    }
}

/// Whether the processors are made by AMD or Hygon, from `cpu/modalias` (`cpu:type:x86,ven0002...`:
/// the numbers are the kernel's `X86_VENDOR_AMD` and `X86_VENDOR_HYGON`).
pub(super) fn is_amd(files: &dyn FileSystem, sys: &Path) -> bool {
    let alias = read_text(files, &sys.join("devices/system/cpu/modalias"), "modalias");
    alias.is_ok_and(|alias| ["ven0002", "ven0009"].iter().any(|vendor| alias.contains(vendor)))
}

fn topology(sys: &Path, cpu: u32) -> PathBuf {
    sys.join(format!("devices/system/cpu/cpu{cpu}/topology"))
}
