//! RAPL through the Linux powercap files (kernel documentation, power/powercap/powercap.rst): one
//! meter per zone, each with its own range.

use super::files::{read_number, read_text, root_suffix};
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

/// The folder of the zones on Linux.
pub(super) const POWERCAP: &str = "/sys/class/powercap";

/// The counters are updated about once a millisecond.
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
    /// The zones below `root`, `/sys/class/powercap` on a real machine: packages (or dies), psys
    /// and DRAM. Zones inside a package (core, uncore) are left out, as are the `intel-rapl-mmio`
    /// copies of package counters if the originals exist. A zone that cannot be read stays in the
    /// list, so that an incomplete sum over its scope is not taken for the total.
    ///
    /// # Errors
    /// [`MeterError::NotPresent`] if there is no zone, [`MeterError::Hidden`] if a container hides
    /// all of them.
    pub fn discover(files: &Arc<dyn FileSystem>, root: &Path) -> Result<Vec<Self>, MeterError> {
        if are_all_hidden(&**files, root) {
            return Err(hidden());
        }
        let mut zones = BTreeMap::new();
        collect(&**files, root, &mut zones);
        let mut found: Vec<_> =
            zones.values().filter_map(|zone| Self::open(&**files, root, zone, &zones)).collect();
        // The same counters through memory-mapped registers are used only if there are no others.
        let is_mmio = |zone: &Self| zone.descriptor.id.contains("-mmio:");
        if !found.iter().all(is_mmio) {
            found.retain(|zone| !is_mmio(zone));
        }
        // AMD has one counter per package. Some kernels around 6.10 show a copy for each die; only
        // the first is kept. `/sys/class/powercap` is two levels below `/sys`.
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
                    "{} has no RAPL zone: check with `lsmod` that the kernel module intel_rapl_msr is loaded; \
                     virtual machines rarely have RAPL; use another meter or an assumed power",
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
            // `package-0`, or `package-0-die-1` on processors with several dies.
            Ok(package) if package.starts_with("package-") => Scope::CpuPackage,
            Ok(_) => return None,
            // An unnamed zone at the top of the tree is taken for a package; below it, for a part
            // of one.
            Err(_) if zone_id.matches(':').count() == 1 => Scope::CpuPackage,
            Err(_) => return None,
        };
        let root_suffix = root_suffix(root, POWERCAP);
        let id = format!("rapl {} ({zone_id}){root_suffix}", name.as_deref().unwrap_or("unnamed"));
        let range = read_number(files, &zone.join("max_energy_range_uj"), &id);
        let wrap_modulus = range.as_ref().copied().unwrap_or_default();
        let per_count = Joules::from_microjoules(1.0);
        // Distinguishes a reset from a wrap and bounds the time between reads.
        let ceiling = match scope {
            Scope::Dram => DRAM_POWER,
            Scope::PlatformPsys => PLATFORM_POWER,
            _ => PACKAGE_POWER,
        }
        .ceiling();
        let energy_uj = zone.join("energy_uj");
        let counter = files
            .open(&energy_uj)
            .map_err(|error| MeterError::from_file_error(&error, &energy_uj, &id));
        let counter = match name.as_ref().err().or(range.as_ref().err()) {
            Some(reason) => Err(reason.clone()),
            None => counter,
        };
        let subject = match &name {
            Ok(name) if scope != Scope::Dram => name.clone(),
            // The memory zones of all packages have the same name, so the subject includes the
            // package and is the same for other meters of this memory.
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
                // Half the time in which the maximum power would wrap the counter.
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

/// The assumed tolerance of RAPL, through powercap or perf.
pub(super) fn tolerance() -> Tolerance {
    Tolerance {
        relative_half_width: 0.05,
        basis: "assumed: the vendors specify no tolerance for RAPL".to_owned(),
    }
}

/// The subject of a package's memory, through powercap or perf.
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
        let reading = |raw| Reading::from_sensor(&self.descriptor, raw, before);
        let text =
            text.map_err(|error| MeterError::from_file_error(&error, &self.energy_uj, id))?;
        let count = text.parse().map_err(|_| MeterError::malformed(id, &text))?;
        Ok(reading(RawValue::Count(count)))
    }
}

/// Collects the zones by id. The class folder lists all of them at one level, the device folder
/// nests them; both are read, and each zone is kept once.
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

/// Whether the class has zones and all of its links are dangling.
fn are_all_hidden(files: &dyn FileSystem, root: &Path) -> bool {
    let entries = files.list(root).unwrap_or_default();
    let is_rapl = |path: &&PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        is_root(&name) || is_zone(&name)
    };
    let mut zones = entries.iter().filter(is_rapl).peekable();
    let is_dangling = |zone: &PathBuf| {
        files.list(zone).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
    };
    zones.peek().is_some() && zones.all(is_dangling)
}

/// Container runtimes mask the folder after mounting volumes (runc), so a volume in its place is
/// masked too; only an option that removes the mask helps.
fn hidden() -> MeterError {
    MeterError::Hidden {
        meter: "the RAPL zones".to_owned(),
        remedy: "the container masks /sys/devices/virtual/powercap; run it with --security-opt \
                 systempaths=unconfined (Docker), --security-opt \
                 unmask=/sys/devices/virtual/powercap (Podman) or --privileged (both), or use the \
                 meter perf"
            .to_owned(),
    }
}
