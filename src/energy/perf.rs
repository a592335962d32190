//! RAPL through Linux's perf (`arch/x86/events/rapl.c`): for users who may open performance
//! counters but not read powercap's files. The same registers, so the same joules.

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

/// The kernel takes the difference of two 32-bit register values as a signed number, so half the
/// register is what it can count between two looks at it: 2^31 counts of 2^-16 J, the finest
/// unit known (Intel SDM volume 3B, `MSR_RAPL_POWER_UNIT`; AMD's default is the same).
const LOST_AFTER: Joules = Joules::from_joules(32_768.0);

/// A register's count shifted left by 32 - 16 bits: what a finer unit would not leave empty.
const FINEST_SHIFT: u32 = 16;

/// The kernel looks by itself, but at intervals chosen for 200 W. Every read is a look too.
const LONGEST_GAP: Seconds = Seconds::from_seconds(30.0);

/// No one package or its memory draws more. Less than [`PACKAGE_POWER`]: the kernel's own looks are
/// made for 200 W, and at this power a read every 30 s is still often enough.
///
/// [`PACKAGE_POWER`]: hashwatt_quantities::plausible::PACKAGE_POWER
const CEILING: Watts = Watts::from_watts(1_000.0);

/// Opens the kernel's counters; tests play its faults.
trait PerfCounters {
    fn open(&self, kind: u32, config: u64, cpu: u32) -> io::Result<Box<dyn PerfCounter>>;
}

/// An open counter, counting since it was opened.
trait PerfCounter: Debug + Send {
    fn read(&mut self) -> io::Result<u64>;
}

/// The counters of the running kernel.
struct SystemCounters;

impl PerfCounters for SystemCounters {
    fn open(&self, kind: u32, config: u64, cpu: u32) -> io::Result<Box<dyn PerfCounter>> {
        let mut builder = Builder::new(perf_event::events::Raw::new(config));
        builder.attrs_mut().type_ = kind;
        // The power counters know nothing but whole packages: they refuse any exclusion.
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

/// What an event file and its `.scale` and `.unit` say.
struct Event {
    config: u64,
    per_count: Joules,
}

/// A package or die, and the processor through which it is read.
struct Place {
    cpu: u32,
    name: String,
    /// Why it is not known which package it is.
    unknown: Option<MeterError>,
}

impl PerfMeter {
    /// The counters `energy-pkg`, `energy-ram` and `energy-psys` of the perf device `power`
    /// below `root`, `/sys` on a real machine: each once for every package, or die where the
    /// processors have counters for each die. A counter's subject is the name of the powercap
    /// zone that shows the same register. One that cannot be opened stays in the list: it keeps
    /// a sum over its scope from passing for the whole.
    ///
    /// # Errors
    /// [`MeterError::NotPresent`] where there is no such device, and what the files say where
    /// the device cannot be understood.
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
                "{} has no energy counters: on a machine that has them `lsmod` shows the kernel module \
                 rapl (intel-rapl-perf with old kernels), and virtual machines seldom do; an \
                 assumed power can stand in",
                device.display()
            ),
        };
        let kind = match files.read(&kind) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(absent()),
            Err(error) => return Err(MeterError::of_file(&error, &kind, METER)),
            Ok(text) => text.parse().map_err(|_| MeterError::malformed(METER, &text))?,
        };
        let mask = files::read_text(files, &device.join("cpumask"), METER)?;
        let cpus = topology::cpu_list(&mask).ok_or_else(|| MeterError::malformed(METER, &mask))?;
        let places = places(files, root, &cpus);
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
            // There is one platform, however many packages show it.
            let most = if scope == Scope::PlatformPsys { 1 } else { places.len() };
            let open = |place| Self::open(root, kind, (name, scope), place, &event, counters);
            found.extend(places.iter().take(most).map(open));
        }
        if found.is_empty() { Err(absent()) } else { Ok(found) }
    }

    fn open(
        root: &Path,
        kind: u32,
        (name, scope): (&str, Scope),
        place: &Place,
        event: &Result<Event, MeterError>,
        counters: &dyn PerfCounters,
    ) -> Self {
        let at = files::place(root, SYS);
        let (subject, ceiling) = match scope {
            Scope::Dram => (dram_subject(&place.name), CEILING),
            Scope::PlatformPsys => ("psys".to_owned(), PLATFORM_POWER.ceiling()),
            _ => (place.name.clone(), CEILING),
        };
        let id = format!("rapl by perf {subject} ({name}, cpu {}){at}", place.cpu);
        let counter = match (event, &place.unknown) {
            (Err(reason), _) | (_, Some(reason)) => Err(reason.clone()),
            (Ok(event), None) => counters
                .open(kind, event.config, place.cpu)
                .map_err(|error| error_of(&error, &id, "perf_event_open")),
        };
        let gap = LOST_AFTER / ceiling;
        Self {
            counter,
            descriptor: Arc::new(MeterDescriptor {
                id,
                scope,
                subject,
                quantity: MeterQuantity::CumulativeEnergy {
                    per_count: event.as_ref().map_or(Joules::ZERO, |event| event.per_count),
                    // The kernel adds up in 64 bits.
                    wrap_modulus: None,
                    ceiling,
                },
                refresh: REFRESH,
                max_read_gap: Some(if gap < LONGEST_GAP { gap } else { LONGEST_GAP }),
                tolerance: Some(tolerance()),
                caveat: (scope == Scope::PlatformPsys).then(|| {
                    "read through the first package; what belongs to the platform is the \
                     board maker's choice"
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
        let reading = |raw| Reading::of_sensor(&self.descriptor, raw, before);
        let count = count.map_err(|error| error_of(&error, &self.descriptor.id, "read"))?;
        if count.trailing_zeros() < FINEST_SHIFT {
            return Err(MeterError::Unsupported {
                meter: self.descriptor.id.clone(),
                reason: "its unit is finer than 2^-16 J, so the kernel may lose counts between \
                         two reads; use powercap's files"
                    .to_owned(),
            });
        }
        Ok(reading(RawValue::Count(count)))
    }
}

/// What perf's refusals mean (perf_event_open(2)).
fn error_of(error: &io::Error, meter: &str, call: &str) -> MeterError {
    let meter = meter.to_owned();
    match error.kind() {
        io::ErrorKind::PermissionDenied => MeterError::PermissionDenied {
            meter,
            remedy: "run as root, or with the capability CAP_PERFMON".to_owned(),
        },
        // The device is in sysfs, yet this kernel has no such event or does not know an option.
        io::ErrorKind::NotFound | io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported => {
            MeterError::Unsupported { meter, reason: format!("{call}: {error}") }
        }
        _ => MeterError::Gone { meter, reason: format!("{call}: {error}") },
    }
}

/// An event of the folder `events`; `None` where it has none of that name.
fn read_event(
    files: &dyn FileSystem,
    folder: &Path,
    name: &str,
) -> Result<Option<Event>, MeterError> {
    let meter = format!("rapl by perf {name}");
    let file = folder.join(name);
    let text = match files.read(&file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        text => text.map_err(|error| MeterError::of_file(&error, &file, &meter))?,
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

/// The packages or dies behind the processors of the mask, each once, named as powercap names
/// them.
fn places(files: &dyn FileSystem, root: &Path, cpus: &[u32]) -> Vec<Place> {
    // AMD's counter is the package's. Some kernels around 6.10 took each of its dies for one with
    // a counter of its own and put a processor of every die into the mask: as many copies.
    let by_package = topology::is_amd(files, root);
    let mut known: BTreeMap<(u64, u64), u32> = BTreeMap::new();
    let mut unknown = Vec::new();
    for &cpu in cpus {
        let name = format!("package of cpu {cpu}");
        let die = || if by_package { Ok(0) } else { topology::die(files, root, cpu, &name) };
        match topology::package(files, root, cpu, &name).and_then(|package| Ok((package, die()?))) {
            Ok(place) => drop(known.entry(place).or_insert(cpu)),
            Err(reason) => unknown.push(Place { cpu, name, unknown: Some(reason) }),
        }
    }
    let packages: std::collections::BTreeSet<_> =
        known.keys().map(|(package, _)| package).collect();
    let has_dies = packages.len() < known.len();
    let name = |package, die| match has_dies {
        true => format!("package-{package}-die-{die}"),
        false => format!("package-{package}"),
    };
    let place = |(&(package, die), &cpu)| Place { cpu, name: name(package, die), unknown: None };
    known.iter().map(place).chain(unknown).collect()
}
