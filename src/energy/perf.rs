//! RAPL through Linux perf events (`arch/x86/events/rapl.c`): for users who may open performance
//! counters but may not read the powercap files. Both read the same registers.

use super::rapl::{REFRESH, dram_subject, tolerance};
use super::{
    EnergyMeter, FileSystem, MeterDescriptor, MeterError, MeterQuantity, RawValue, Reading, files,
    topology,
};
use crate::uncertainty::Scope;
use crate::units::{Joules, Seconds, Watts};
use hashwatt_quantities::plausible::PLATFORM_POWER;
use perf_event::Builder;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

#[cfg(test)]
mod tests;

const SYS: &str = "/sys";

/// The kernel interprets the difference of two 32-bit register values as a signed number, so it
/// can count at most half the register between two reads: 2^31 counts of 2^-16 J, the finest unit
/// known (Intel SDM volume 3B, `MSR_RAPL_POWER_UNIT`; AMD's default is the same).
const MAX_COUNTED_ENERGY: Joules = Joules::from_joules(32_768.0);

/// A register's count is shifted left by 32 - 16 bits. With a finer unit the lowest of these bits
/// would not all be zero.
const MIN_SHIFT: u32 = 16;

/// The kernel reads the register by itself, but at intervals chosen for 200 W. Each of our reads
/// updates its count too.
const MAX_READ_GAP: Seconds = Seconds::from_seconds(30.0);

/// The maximum power of one package or its memory. Lower than [`PACKAGE_POWER`], because the
/// kernel's own reads are timed for 200 W; at this power one read every 30 s is still enough.
///
/// [`PACKAGE_POWER`]: hashwatt_quantities::plausible::PACKAGE_POWER
const CEILING: Watts = Watts::from_watts(1_000.0);

/// Opens the kernel's counters; tests simulate its faults.
trait PerfCounters {
    fn open(&self, kind: u32, config: u64, cpu: u32) -> io::Result<Box<dyn PerfCounter>>;
}

/// An open counter, which has counted since it was opened.
trait PerfCounter: Debug + Send {
    fn read(&mut self) -> io::Result<u64>;
}

/// The counters of the running kernel.
struct SystemCounters;

impl PerfCounters for SystemCounters {
    fn open(&self, kind: u32, config: u64, cpu: u32) -> io::Result<Box<dyn PerfCounter>> {
        let mut builder = Builder::new(perf_event::events::Raw::new(config));
        builder.attrs_mut().type_ = kind;
        // The power counters cover whole packages only: they reject any exclusion.
        builder.any_pid().one_cpu(cpu as usize).include_kernel().include_hv().enabled(true);
        Ok(Box::new(builder.build()?))
    }
}

impl PerfCounter for perf_event::Counter {
    fn read(&mut self) -> io::Result<u64> {
        perf_event::Counter::read(self)
    }
}

/// One energy counter of one package (or die), through perf.
#[derive(Debug)]
pub struct PerfMeter {
    /// The open counter, or why it can never be read.
    counter: Result<Box<dyn PerfCounter>, MeterError>,
    descriptor: Arc<MeterDescriptor>,
}

/// The contents of an event file and its `.scale` and `.unit`.
struct Event {
    config: u64,
    per_count: Joules,
}

/// A package or die, and the processor that reads its counter.
struct Package {
    cpu: u32,
    name: String,
    /// Why the package is not known.
    name_error: Option<MeterError>,
}

impl PerfMeter {
    /// The counters `energy-pkg`, `energy-ram` and `energy-psys` of the perf device `power`
    /// below `root`, `/sys` on a real machine: one per package, or per die if the processors have
    /// a counter for each die. A counter's subject is the name of the powercap zone that reads
    /// the same register. A counter that cannot be opened stays in the list, so that an
    /// incomplete sum over its scope is not taken for the total.
    ///
    /// # Errors
    /// [`MeterError::NotPresent`] without such a device; [`MeterError::Malformed`] or another
    /// error of its files if they cannot be read.
    pub fn discover(files: &Arc<dyn FileSystem>, root: &Path) -> Result<Vec<Self>, MeterError> {
        Self::discover_with(&**files, root, &SystemCounters)
    }

    fn discover_with(
        files: &dyn FileSystem,
        root: &Path,
        counters: &dyn PerfCounters,
    ) -> Result<Vec<Self>, MeterError> {
        const METER: &str = "rapl by perf";
        let device = root.join("bus/event_source/devices/power");
        let kind = device.join("type");
        let absent = || MeterError::NotPresent {
            meter: METER.to_owned(),
            remedy: format!(
                "{} has no energy counters: check with `lsmod` that the kernel module rapl \
                 (intel-rapl-perf in old kernels) is loaded; virtual machines rarely have them; \
                 use another meter or an assumed power",
                device.display()
            ),
        };
        let kind = match files.read(&kind) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(absent()),
            Err(error) => return Err(MeterError::from_file_error(&error, &kind, METER)),
            Ok(text) => text.parse().map_err(|_| MeterError::malformed(METER, &text))?,
        };
        let mask = files::read_text(files, &device.join("cpumask"), METER)?;
        let cpus = topology::cpu_list(&mask).ok_or_else(|| MeterError::malformed(METER, &mask))?;
        let packages = packages(files, root, &cpus);
        let mut found = Vec::new();
        for (name, scope) in [
            ("energy-pkg", Scope::CpuPackage),
            ("energy-ram", Scope::Dram),
            ("energy-psys", Scope::PlatformPsys),
        ] {
            let event = match read_event(files, &device.join("events"), name) {
                Ok(None) => continue,
                Ok(Some(event)) => Ok(event),
                Err(error) => Err(error),
            };
            // There is one platform, even if several packages give its energy.
            let count = if scope == Scope::PlatformPsys { 1 } else { packages.len() };
            let open = |package| Self::open(root, kind, (name, scope), package, &event, counters);
            found.extend(packages.iter().take(count).map(open));
        }
        if found.is_empty() { Err(absent()) } else { Ok(found) }
    }

    fn open(
        root: &Path,
        kind: u32,
        (name, scope): (&str, Scope),
        package: &Package,
        event: &Result<Event, MeterError>,
        counters: &dyn PerfCounters,
    ) -> Self {
        let at = files::root_suffix(root, SYS);
        let (subject, ceiling) = match scope {
            Scope::Dram => (dram_subject(&package.name), CEILING),
            Scope::PlatformPsys => ("psys".to_owned(), PLATFORM_POWER.ceiling()),
            _ => (package.name.clone(), CEILING),
        };
        let id = format!("rapl by perf {subject} ({name}, cpu {}){at}", package.cpu);
        let counter = match (event, &package.name_error) {
            (Err(reason), _) | (_, Some(reason)) => Err(reason.clone()),
            (Ok(event), None) => counters
                .open(kind, event.config, package.cpu)
                .map_err(|error| meter_error(&error, &id, "perf_event_open")),
        };
        let gap = MAX_COUNTED_ENERGY / ceiling;
        Self {
            counter,
            descriptor: Arc::new(MeterDescriptor {
                id,
                scope,
                subject,
                quantity: MeterQuantity::CumulativeEnergy {
                    per_count: event.as_ref().map_or(Joules::ZERO, |event| event.per_count),
                    // The kernel accumulates in 64 bits.
                    wrap_modulus: None,
                    ceiling,
                },
                refresh: REFRESH,
                max_read_gap: Some(if gap < MAX_READ_GAP { gap } else { MAX_READ_GAP }),
                tolerance: Some(tolerance()),
                caveat: (scope == Scope::PlatformPsys).then(|| {
                    "read through the first package; the board maker decides what the platform \
                     includes"
                        .to_owned()
                }),
            }),
        }
    }
}

impl EnergyMeter for PerfMeter {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.descriptor
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let counter = self.counter.as_mut().map_err(|reason| reason.clone())?;
        let before = Instant::now();
        let count = counter.read();
        let reading = |raw| Reading::from_sensor(&self.descriptor, raw, before);
        let count = count.map_err(|error| meter_error(&error, &self.descriptor.id, "read"))?;
        if count.trailing_zeros() < MIN_SHIFT {
            return Err(MeterError::Unsupported {
                meter: self.descriptor.id.clone(),
                reason: "its unit is finer than 2^-16 J, so the kernel may lose counts between \
                         two reads; use the meter rapl, which reads the powercap files"
                    .to_owned(),
            });
        }
        Ok(reading(RawValue::Count(count)))
    }
}

/// The meter error for an error of perf (perf_event_open(2)).
fn meter_error(error: &io::Error, meter: &str, call: &str) -> MeterError {
    let meter = meter.to_owned();
    match error.kind() {
        io::ErrorKind::PermissionDenied => MeterError::PermissionDenied {
            meter,
            remedy: "run as root, or with the capability CAP_PERFMON".to_owned(),
        },
        // The device is in sysfs, but this kernel does not know the event or an option.
        io::ErrorKind::NotFound | io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported => {
            MeterError::Unsupported { meter, reason: format!("{call}: {error}") }
        }
        _ => MeterError::Gone { meter, reason: format!("{call}: {error}") },
    }
}

/// Reads an event from the folder `events`; `None` if there is no event of that name.
fn read_event(
    files: &dyn FileSystem,
    folder: &Path,
    name: &str,
) -> Result<Option<Event>, MeterError> {
    let meter = format!("rapl by perf {name}");
    let file = folder.join(name);
    let text = match files.read(&file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        text => text.map_err(|error| MeterError::from_file_error(&error, &file, &meter))?,
    };
    let read = |ending| files::read_text(files, &folder.join(format!("{name}.{ending}")), &meter);
    let config = text.strip_prefix("event=0x").and_then(|hex| u64::from_str_radix(hex, 16).ok());
    let config = config.ok_or_else(|| MeterError::malformed(&meter, &text))?;
    let unit = read("unit")?;
    if unit != "Joules" {
        return Err(MeterError::Unsupported { meter, reason: format!("its unit is {unit}") });
    }
    let scale = read("scale")?;
    let joules = scale.parse().ok().filter(|scale: &f64| scale.is_finite() && *scale > 0.0);
    let joules = joules.ok_or_else(|| MeterError::malformed(&meter, &scale))?;
    Ok(Some(Event { config, per_count: Joules::from_joules(joules) }))
}

/// The packages or dies of the processors in the mask, each once, with their powercap names.
fn packages(files: &dyn FileSystem, root: &Path, cpus: &[u32]) -> Vec<Package> {
    // AMD has one counter per package. Some kernels around 6.10 treated each die as having its own
    // counter and put a processor of every die into the mask, which gives copies.
    let by_package = topology::is_amd(files, root);
    let mut known: BTreeMap<(u64, u64), u32> = BTreeMap::new();
    let mut unnamed = Vec::new();
    for &cpu in cpus {
        let name = format!("package of cpu {cpu}");
        let die = || if by_package { Ok(0) } else { topology::die(files, root, cpu, &name) };
        match topology::package(files, root, cpu, &name).and_then(|package| Ok((package, die()?))) {
            Ok(package) => drop(known.entry(package).or_insert(cpu)),
            Err(reason) => unnamed.push(Package { cpu, name, name_error: Some(reason) }),
        }
    }
    let packages: std::collections::BTreeSet<_> =
        known.keys().map(|(package, _)| package).collect();
    let has_dies = packages.len() < known.len();
    let name = |package, die| match has_dies {
        true => format!("package-{package}-die-{die}"),
        false => format!("package-{package}"),
    };
    let package =
        |(&(package, die), &cpu)| Package { cpu, name: name(package, die), name_error: None };
    known.iter().map(package).chain(unnamed).collect()
}
