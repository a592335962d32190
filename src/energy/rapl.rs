//! RAPL through Linux's powercap files (kernel documentation, power/powercap/powercap.rst):
//! one meter a zone, each with its own wrap.

use super::files::{place, read_number, read_text};
use super::{
    EnergyMeter, FileSystem, MeterDescriptor, MeterError, MeterQuantity, OpenFile, RawValue,
    Reading, Tolerance, topology,
};
use crate::uncertainty::Scope;
use crate::units::{Joules, Seconds};
use hashwatt_quantities::plausible::{DRAM_POWER, PACKAGE_POWER, PLATFORM_POWER};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// Where Linux shows the zones.
pub(super) const POWERCAP: &str = "/sys/class/powercap";

/// The counters move about once a millisecond.
pub(super) const REFRESH: Seconds = Seconds::from_seconds(1e-3);

/// One RAPL zone.
#[derive(Debug)]
pub struct RaplMeter {
    energy_uj: PathBuf,
    /// The open counter, or why it can never be read.
    counter: Result<Box<dyn OpenFile>, MeterError>,
    descriptor: Arc<MeterDescriptor>,
}

impl RaplMeter {
    /// The zones below `root`, `/sys/class/powercap` on a real machine: packages (dies too),
    /// psys and DRAM. Zones inside a package (core, uncore) are left out, and so are the
    /// `intel-rapl-mmio` doubles of the package counters where there is what they double. A zone that cannot be read stays in
    /// the list: it keeps a sum over its scope from passing for the whole.
    ///
    /// # Errors
    /// [`MeterError::NotPresent`] where there is no zone, [`MeterError::Hidden`] where a container
    /// hides all of them.
    pub fn discover(files: &Arc<dyn FileSystem>, root: &Path) -> Result<Vec<Self>, MeterError> {
        if all_are_hidden(&**files, root) {
            return Err(hidden());
        }
        let mut zones = BTreeMap::new();
        collect(&**files, root, &mut zones);
        let mut found: Vec<_> =
            zones.values().filter_map(|zone| Self::open(&**files, root, zone, &zones)).collect();
        // The same counters through memory-mapped registers: only where there are no others.
        let is_mmio = |zone: &Self| zone.descriptor.id.contains("-mmio:");
        if !found.iter().all(is_mmio) {
            found.retain(|zone| !is_mmio(zone));
        }
        // AMD's counter is the package's. Some kernels around 6.10 show a copy for each die; the
        // first stands for the package. `/sys/class/powercap` is two below `/sys`.
        if topology::is_amd(&**files, &root.join("../..")) {
            let mut packages = BTreeSet::new();
            found.retain_mut(|zone| {
                let name = zone.descriptor.subject.clone();
                let package = name.split_once("-die-").map_or(name.as_str(), |(name, _)| name);
                if zone.descriptor.scope == Scope::CpuPackage {
                    Arc::make_mut(&mut zone.descriptor).subject = package.to_owned();
                }
                zone.descriptor.scope != Scope::CpuPackage || packages.insert(package.to_owned())
            });
        }
        if found.is_empty() {
            return Err(MeterError::NotPresent {
                meter: "rapl".to_owned(),
                remedy: format!(
                    "{} has no RAPL zone: on a machine that has one `lsmod` shows the kernel module \
                     intel_rapl_msr, and virtual machines seldom do; an assumed power can stand in",
                    root.display()
                ),
            });
        }
        Ok(found)
    }

    /// `None` for a zone that is part of another.
    fn open(
        files: &dyn FileSystem,
        root: &Path,
        zone: &Path,
        zones: &BTreeMap<String, PathBuf>,
    ) -> Option<Self> {
        let zone_id = zone.file_name()?.to_string_lossy().into_owned();
        let name = read_text(files, &zone.join("name"), &format!("rapl {zone_id}"));
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
        let place = place(root, POWERCAP);
        let id = format!("rapl {} ({zone_id}){place}", name.as_deref().unwrap_or("unnamed"));
        let range = read_number(files, &zone.join("max_energy_range_uj"), &id);
        let wrap_modulus = range.as_ref().copied().unwrap_or_default();
        let per_count = Joules::from_microjoules(1.0);
        // Tells a reset from a wrap and bounds the time between reads.
        let ceiling = match scope {
            Scope::Dram => DRAM_POWER,
            Scope::PlatformPsys => PLATFORM_POWER,
            _ => PACKAGE_POWER,
        }
        .ceiling();
        let energy_uj = zone.join("energy_uj");
        let counter =
            files.open(&energy_uj).map_err(|error| MeterError::of_file(&error, &energy_uj, &id));
        let counter = match name.as_ref().err().or(range.as_ref().err()) {
            Some(reason) => Err(reason.clone()),
            None => counter,
        };
        let subject = match &name {
            Ok(name) if scope != Scope::Dram => name.clone(),
            // Every package's memory has the same name: it is told by its package, so that other
            // meters of the same memory know it.
            Ok(_) => {
                let package = zone_id.rsplit_once(':').and_then(|(package, _)| zones.get(package));
                let package = package.and_then(|zone| files.read(&zone.join("name")).ok());
                dram_subject(&package.unwrap_or(zone_id))
            }
            Err(_) => format!("unnamed of {zone_id}"),
        };
        Some(Self {
            energy_uj,
            counter,
            descriptor: Arc::new(MeterDescriptor {
                id,
                scope,
                subject,
                quantity: MeterQuantity::CumulativeEnergy {
                    per_count,
                    wrap_modulus: Some(wrap_modulus),
                    ceiling,
                },
                refresh: REFRESH,
                // Half the time the ceiling needs to wrap it.
                max_read_gap: range
                    .as_ref()
                    .ok()
                    .map(|_| per_count * wrap_modulus as f64 / ceiling / 2.0),
                tolerance: Some(tolerance()),
                caveat: None,
            }),
        })
    }
}

/// What any way of reading RAPL may claim.
pub(super) fn tolerance() -> Tolerance {
    Tolerance {
        relative_half_width: 0.05,
        basis: "assumed: the vendors specify none for RAPL".to_owned(),
    }
}

/// The memory of a package, by whatever way it is read.
pub(super) fn dram_subject(package: &str) -> String {
    format!("dram of {package}")
}

impl EnergyMeter for RaplMeter {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.descriptor
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let counter = self.counter.as_mut().map_err(|reason| reason.clone())?;
        let id = &self.descriptor.id;
        let before = Instant::now();
        let text = counter.read();
        let reading = |raw| Reading::of_sensor(&self.descriptor, raw, before);
        let text = text.map_err(|error| MeterError::of_file(&error, &self.energy_uj, id))?;
        let count = text.parse().map_err(|_| MeterError::malformed(id, &text))?;
        Ok(reading(RawValue::Count(count)))
    }
}

/// Zones by id. The class folder lists all of them side by side, the device folder one inside
/// the other; both are taken, each zone once.
fn collect(files: &dyn FileSystem, folder: &Path, zones: &mut BTreeMap<String, PathBuf>) {
    for path in files.list(folder).unwrap_or_default() {
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            continue;
        };
        let (is_root, is_zone) = (is_root(&name), is_zone(&name));
        if is_zone && !zones.contains_key(&name) {
            zones.insert(name, path.clone());
            collect(files, &path, zones);
        } else if is_root {
            collect(files, &path, zones);
        }
    }
}

fn is_root(name: &str) -> bool {
    name == "intel-rapl" || name == "intel-rapl-mmio"
}

fn is_zone(name: &str) -> bool {
    name.starts_with("intel-rapl:") || name.starts_with("intel-rapl-mmio:")
}

/// Whether the class has zones and none of its links leads anywhere.
fn all_are_hidden(files: &dyn FileSystem, root: &Path) -> bool {
    let entries = files.list(root).unwrap_or_default();
    let of_rapl = |path: &&PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        is_root(&name) || is_zone(&name)
    };
    let mut zones = entries.iter().filter(of_rapl).peekable();
    let leads_nowhere = |zone: &PathBuf| {
        files.list(zone).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
    };
    zones.peek().is_some() && zones.all(leads_nowhere)
}

/// Container runtimes mask the folder after they have mounted volumes (runc), so that a volume in
/// its place is masked, too; a flag that lifts the mask is what helps.
fn hidden() -> MeterError {
    MeterError::Hidden {
        meter: "the zones of rapl".to_owned(),
        remedy: "the container masks /sys/devices/virtual/powercap; run it with --security-opt \
                 systempaths=unconfined (Docker), --security-opt \
                 unmask=/sys/devices/virtual/powercap (Podman) or --privileged (both), or use perf"
            .to_owned(),
    }
}
