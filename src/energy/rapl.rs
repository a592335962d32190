//! RAPL through Linux's powercap files (kernel documentation, power/powercap/powercap.rst):
//! one meter a zone, each with its own wrap.

use super::{
    EnergyMeter, MeterDescriptor, MeterError, MeterQuantity, Origin, Raw, Reading, Tolerance,
};
use crate::estimate::Scope;
use crate::units::{Joules, Seconds, Watts};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use std::{fs, io};

/// Where Linux shows the zones.
pub(super) const POWERCAP: &str = "/sys/class/powercap";

/// No package, memory or platform of one zone draws more. Only used to tell a reset from a
/// wrap and to bound the time between reads.
const CEILING: Watts = Watts::from_watts(5_000.0);

/// The counters move about once a millisecond.
const REFRESH: Seconds = Seconds::from_seconds(1e-3);

/// One RAPL zone.
#[derive(Debug)]
pub struct RaplMeter {
    energy_uj: PathBuf,
    descriptor: Arc<MeterDescriptor>,
    /// Why it can never be read, where that is known from the start.
    broken: Option<MeterError>,
}

impl RaplMeter {
    /// The zones below `root`, `/sys/class/powercap` on a real machine: packages (dies too),
    /// psys and DRAM. Zones inside a package (core, uncore) are left out, and so are the
    /// `intel-rapl-mmio` doubles of the package counters. A zone that cannot be read stays in
    /// the list: it keeps a sum over its scope from passing for the whole.
    ///
    /// # Errors
    /// [`MeterError::NotPresent`] where there is no zone.
    pub fn discover(root: &Path) -> Result<Vec<Self>, MeterError> {
        let mut zones = BTreeMap::new();
        collect(root, &mut zones);
        let found: Vec<_> = zones.values().filter_map(|zone| Self::open(root, zone)).collect();
        if found.is_empty() {
            return Err(MeterError::NotPresent {
                meter: "rapl".to_owned(),
                remedy: format!(
                    "{} has no RAPL zone: load the kernel module intel_rapl_msr, and note that \
                     virtual machines seldom have one; an assumed power can stand in",
                    root.display()
                ),
            });
        }
        Ok(found)
    }

    /// `None` for a zone that is part of another.
    fn open(root: &Path, zone: &Path) -> Option<Self> {
        let zone_id = zone.file_name()?.to_string_lossy().into_owned();
        let name = read_text(&zone.join("name"), &format!("rapl {zone_id}"));
        let scope = match name.as_deref() {
            Ok("psys") => Scope::PlatformPsys,
            Ok("dram") => Scope::Dram,
            // package-0, and package-0-die-1 on processors of several dies.
            Ok(package) if package.starts_with("package-") => Scope::CpuPackage,
            Ok(_) => return None,
            // At the top of the tree a zone is a package as far as one can tell; below it what
            // cannot be named is part of one.
            Err(_) if zone_id.matches(':').count() == 1 => Scope::CpuPackage,
            Err(_) => return None,
        };
        // A root other than the system's own shows in the name, and so in every result.
        let place = match root == Path::new(POWERCAP) {
            true => String::new(),
            false => format!(" at {}", root.display()),
        };
        let id = format!("rapl {} ({zone_id}){place}", name.as_deref().unwrap_or("unnamed"));
        let range = read_number(&zone.join("max_energy_range_uj"), &id);
        let wrap_modulus = range.as_ref().copied().unwrap_or_default();
        let per_count = Joules::from_microjoules(1.0);
        Some(Self {
            energy_uj: zone.join("energy_uj"),
            descriptor: Arc::new(MeterDescriptor {
                id,
                scope,
                quantity: MeterQuantity::CumulativeEnergy {
                    per_count,
                    wrap_modulus: Some(wrap_modulus),
                    ceiling: CEILING,
                },
                refresh: REFRESH,
                // Half the time the ceiling needs to wrap it.
                max_read_gap: range
                    .as_ref()
                    .ok()
                    .map(|_| per_count * wrap_modulus as f64 / CEILING / 2.0),
                tolerance: Some(Tolerance {
                    relative_half_width: 0.05,
                    basis: "assumed: the vendors specify none for RAPL".to_owned(),
                }),
            }),
            broken: name.err().or(range.err()),
        })
    }
}

impl EnergyMeter for RaplMeter {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.descriptor
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        if let Some(reason) = &self.broken {
            return Err(reason.clone());
        }
        let before = Instant::now();
        let count = read_number(&self.energy_uj, &self.descriptor.id)?;
        Ok(Reading::of(Origin::Sensor(Arc::clone(&self.descriptor)), Raw::Count(count), before))
    }
}

/// Zones by id. The class folder lists all of them side by side, the device folder one inside
/// the other; both are taken, each zone once.
fn collect(folder: &Path, zones: &mut BTreeMap<String, PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == "intel-rapl" {
            collect(&entry.path(), zones);
        } else if name.starts_with("intel-rapl:") && !zones.contains_key(&name) {
            zones.insert(name, entry.path());
            collect(&entry.path(), zones);
        }
    }
}

fn read_number(file: &Path, meter: &str) -> Result<u64, MeterError> {
    let text = read_text(file, meter)?;
    text.parse().map_err(|_| MeterError::Malformed { meter: meter.to_owned(), text })
}

fn read_text(file: &Path, meter: &str) -> Result<String, MeterError> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(text.trim().to_owned()),
        Err(error) => Err(classify(&error, file, meter)),
    }
}

fn classify(error: &io::Error, file: &Path, meter: &str) -> MeterError {
    let meter = meter.to_owned();
    match error.kind() {
        ErrorKind::PermissionDenied => MeterError::PermissionDenied {
            meter,
            remedy: format!(
                "run as root, or let a group read it: chgrp GROUP {0} && chmod g+r {0} (kernels \
                 since CVE-2020-8694 keep it to root)",
                file.display()
            ),
        },
        _ => MeterError::Gone { meter, reason: format!("{}: {error}", file.display()) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_file_names_the_remedy() {
        // Tests may run as root, whom no mode refuses: the error itself is injected.
        let error = io::Error::from(ErrorKind::PermissionDenied);
        let told = classify(&error, Path::new("/x/energy_uj"), "rapl").to_string();
        assert!(told.contains("/x/energy_uj") && told.contains("root"), "{told}");
    }
}
