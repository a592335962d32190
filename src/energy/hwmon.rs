//! Linux hardware monitors (kernel documentation, hwmon/sysfs-interface.rst): any chip or driver
//! that gives energy in microjoules or power in microwatts. [`drivers`] describes what each value
//! covers and what its counter may lose.

mod drivers;

use super::files::{read_number, read_text, root_suffix};
use super::{
    Conditions, EnergyMeter, FileSystem, MeterDescriptor, MeterError, MeterQuantity, OpenFile,
    RawValue, Reading,
};
use crate::pci::GpuIdentity;
use crate::uncertainty::Scope;
use crate::units::{Celsius, Hertz, Joules, Seconds, Watts};
use drivers::{Channel, CoveredChannel};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

pub(super) const CLASS: &str = "/sys/class/hwmon";

/// The unit of power.
const MICROWATT: Watts = Watts::from_watts(1e-6);

/// One energy or power channel of a hardware monitor.
#[derive(Debug)]
pub struct HwmonMeter {
    files: Arc<dyn FileSystem>,
    folder: PathBuf,
    file: PathBuf,
    /// The open channel, or why it can never be read.
    channel: Result<Box<dyn OpenFile>, MeterError>,
    driver: String,
    gpu: Option<GpuIdentity>,
    descriptor: Arc<MeterDescriptor>,
}

/// A channel's kind and number, in the order in which meters are listed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Energy,
    Power,
}

/// One monitor of the hwmon class.
struct Monitor<'a> {
    files: &'a Arc<dyn FileSystem>,
    folder: &'a Path,
    /// `hwmon3`.
    entry: String,
    driver: String,
    /// Its device, the same for all monitors of one card.
    device: String,
    /// The PCI address and vendor of that device.
    pci: PciDevice,
    /// Names a root other than the system's.
    root_suffix: String,
}

impl HwmonMeter {
    /// All channels below `root`, `/sys/class/hwmon` on a real machine, that give energy
    /// (`energyN_input`, microjoules) or power (`powerN_average`, or `powerN_input` if there is
    /// no average, microwatts). All channels of one device have the same subject: it is not
    /// documented which of them measure the same energy, so they are never added. A channel that
    /// cannot be read stays in the list and returns the reason when it is read.
    ///
    /// # Errors
    /// [`MeterError::NotPresent`] if there is none, [`MeterError::PermissionDenied`] or
    /// [`MeterError::Gone`] if the class itself cannot be listed.
    pub fn discover(files: &Arc<dyn FileSystem>, root: &Path) -> Result<Vec<Self>, MeterError> {
        let found = Self::find_all(files, root)?;
        if found.is_empty() {
            return Err(absent(
                "hwmon",
                format!("{} has no channel for energy or power", root.display()),
            ));
        }
        Ok(found)
    }

    /// The channels of the monitors with this name, such as `amdgpu`.
    ///
    /// # Errors
    /// Those of [`discover`](Self::discover); [`MeterError::NotPresent`] lists the available names.
    pub fn named(
        files: &Arc<dyn FileSystem>,
        root: &Path,
        name: &str,
    ) -> Result<Vec<Self>, MeterError> {
        let (matching, others): (Vec<_>, Vec<_>) =
            Self::find_all(files, root)?.into_iter().partition(|meter| meter.driver == name);
        if matching.is_empty() {
            let mut names: Vec<_> = others.into_iter().map(|meter| meter.driver).collect();
            names.dedup();
            let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            return Err(absent(
                &format!("hwmon {name}"),
                format!("the monitors for energy or power in {} are: {names}", root.display()),
            ));
        }
        Ok(matching)
    }

    fn find_all(files: &Arc<dyn FileSystem>, root: &Path) -> Result<Vec<Self>, MeterError> {
        let folders = match files.list(root) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            folders => {
                folders.map_err(|error| MeterError::from_file_error(&error, root, "hwmon"))?
            }
        };
        let root_suffix = root_suffix(root, CLASS);
        // `/sys/class/hwmon` is two levels below `/sys`.
        let sys = root.join("../..");
        let mut found = Vec::new();
        for folder in &folders {
            let Some(entry) = folder.file_name() else { continue };
            let entry = entry.to_string_lossy().into_owned();
            // A monitor without a name is still used; its driver is unknown.
            let driver = read_text(&**files, &folder.join("name"), "hwmon")
                .unwrap_or_else(|_| "unnamed".to_owned());
            let pci = PciDevice::read(&**files, folder);
            let slot = pci.slot.as_ref().map(|slot| format!("pci {slot}"));
            let device = slot.unwrap_or_else(|| format!("{driver} ({entry})"));
            let root_suffix = root_suffix.clone();
            let monitor = Monitor { files, folder, entry, driver, device, pci, root_suffix };
            monitor.meters(&sys, &mut found);
        }
        Ok(found)
    }
}

impl Monitor<'_> {
    fn meters(&self, sys: &Path, found: &mut Vec<HwmonMeter>) {
        let channels = self.channels();
        let channels: Vec<_> = channels
            .iter()
            .map(|(&(kind, number), files)| Channel {
                is_energy: kind == Kind::Energy,
                label: self.label(kind, number),
                // The average takes precedence over the instantaneous value, if it is supported.
                file: files
                    .iter()
                    .find(|file| !self.is_unsupported(file))
                    .or(files.first())
                    .cloned()
                    .unwrap_or_default(),
            })
            .collect();
        let covered = drivers::coverage(&**self.files, sys, &self.driver, &self.device, channels);
        found.extend(covered.into_iter().map(|covered| self.open(covered)));
    }

    /// The files of each channel, the preferred one first.
    fn channels(&self) -> BTreeMap<(Kind, u32), Vec<PathBuf>> {
        let mut channels = BTreeMap::<_, Vec<_>>::new();
        // In the sorted list, `powerN_average` comes before `powerN_input`.
        for file in self.files.list(self.folder).unwrap_or_default() {
            let Some(name) = file.file_name().and_then(|name| name.to_str()) else { continue };
            let Some((channel, what)) = name.split_once('_') else { continue };
            let (kind, number) = match (channel.strip_prefix("energy"), what) {
                (Some(number), "input") => (Kind::Energy, number),
                _ => match (channel.strip_prefix("power"), what) {
                    (Some(number), "average" | "input") => (Kind::Power, number),
                    _ => continue,
                },
            };
            if let Ok(number) = number.parse::<u32>() {
                channels.entry((kind, number)).or_default().push(file);
            }
        }
        channels
    }

    fn label(&self, kind: Kind, number: u32) -> Option<String> {
        let kind = if kind == Kind::Energy { "energy" } else { "power" };
        self.files.read(&self.folder.join(format!("{kind}{number}_label"))).ok()
    }

    /// Whether the device reports this value as unsupported.
    fn is_unsupported(&self, file: &Path) -> bool {
        let read = self.files.read(file);
        read.is_err_and(|error| error.kind() == io::ErrorKind::Unsupported)
    }

    /// The averaging time of `powerN_average` is in `powerN_average_interval`, in milliseconds, if
    /// the driver provides it; `powerN_input` is instantaneous.
    fn averaging(&self, file: &Path) -> Option<Seconds> {
        let name = file.file_name()?.to_str()?;
        if !name.ends_with("_average") {
            return Some(Seconds::ZERO);
        }
        let interval = self.files.read(&self.folder.join(format!("{name}_interval"))).ok()?;
        interval.parse().ok().map(|millis: u32| Seconds::from_seconds(f64::from(millis) * 1e-3))
    }

    fn open(&self, covered: CoveredChannel) -> HwmonMeter {
        let CoveredChannel { channel, coverage, refused } = covered;
        let file = channel.file.file_name().unwrap_or_default().to_string_lossy();
        let label = channel.label.as_ref().map(|label| format!(" {label}")).unwrap_or_default();
        let id =
            format!("hwmon {}{label} ({}/{file}){}", self.driver, self.entry, self.root_suffix);
        let opened =
            self.files.open(&channel.file).map_err(|error| meter_error(&error, &channel.file, &id));
        let quantity = if channel.is_energy {
            MeterQuantity::CumulativeEnergy {
                per_count: Joules::from_microjoules(1.0),
                wrap_modulus: None,
                ceiling: coverage.ceiling,
            }
        } else {
            // The unit is not the sensor's resolution, which is coarser and not documented.
            let averaging = self.averaging(&channel.file);
            MeterQuantity::Power { resolution: Watts::ZERO, averaging }
        };
        let interval = read_number(&**self.files, &self.folder.join("update_interval"), &id);
        let interval = interval.ok().map(|millis| Seconds::from_seconds(millis as f64 * 1e-3));
        HwmonMeter {
            files: Arc::clone(self.files),
            folder: self.folder.to_owned(),
            file: channel.file.clone(),
            channel: refused.map_or(opened, Err),
            driver: self.driver.clone(),
            gpu: (coverage.scope == Scope::GpuBoard).then(|| GpuIdentity {
                name: self.device.clone(),
                address: self.pci.slot.as_ref().and_then(|slot| slot.parse().ok()),
                vendor_id: self.pci.vendor_id.or_else(|| drivers::vendor(&self.driver)),
            }),
            descriptor: Arc::new(MeterDescriptor {
                id,
                scope: coverage.scope,
                subject: coverage.subject,
                quantity,
                refresh: interval.unwrap_or(coverage.refresh),
                max_read_gap: coverage.max_read_gap.filter(|_| channel.is_energy),
                tolerance: None,
                caveat: Some(coverage.caveat),
            }),
        }
    }
}

impl EnergyMeter for HwmonMeter {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.descriptor
    }
    fn gpu(&self) -> Option<&GpuIdentity> {
        self.gpu.as_ref()
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let channel = self.channel.as_mut().map_err(|reason| reason.clone())?;
        let id = &self.descriptor.id;
        let before = Instant::now();
        let text = channel.read();
        let reading = |raw| Reading::from_sensor(&self.descriptor, raw, before);
        let text = text.map_err(|error| meter_error(&error, &self.file, id))?;
        let count: u64 = text.parse().map_err(|_| MeterError::malformed(id, &text))?;
        match self.descriptor.quantity {
            MeterQuantity::Power { .. } => {
                let power = MICROWATT * count as f64;
                self.descriptor.check_power(power)?;
                if drivers::has_no_value(count) {
                    let reason = format!("{power} is the pattern of a register without a value");
                    return Err(self.descriptor.implausible(reason));
                }
                Ok(reading(RawValue::Power(power)))
            }
            MeterQuantity::CumulativeEnergy { .. } => {
                self.descriptor.check_count(count)?;
                Ok(reading(RawValue::Count(count)))
            }
        }
    }
    /// `temp1_input` (else `temp2_input`, the package temperature on Intel cards), `freq1_input`
    /// and `power1_cap`, each if the monitor has it. No monitor reports throttling.
    fn conditions(&mut self) -> Option<Conditions> {
        let number = |file: &str| -> Option<f64> {
            // A temperature can be negative.
            let number = self.files.read(&self.folder.join(file)).ok()?.parse::<i64>().ok()?;
            Some(number as f64)
        };
        let millidegrees = number("temp1_input").or_else(|| number("temp2_input"));
        let conditions = Conditions {
            clock: number("freq1_input").map(Hertz::from_hz),
            temperature: millidegrees.map(|t| Celsius::from_celsius(t * 1e-3)),
            // 0 means no cap.
            power_limit: number("power1_cap").filter(|cap| *cap > 0.0).map(|cap| MICROWATT * cap),
            throttled: None,
        };
        (conditions != Conditions::default()).then_some(conditions)
    }
}

/// The PCI device of a monitor.
#[derive(Default)]
struct PciDevice {
    slot: Option<String>,
    vendor_id: Option<u32>,
}

impl PciDevice {
    /// Reads the device's `uevent`; empty for devices on another bus.
    fn read(files: &dyn FileSystem, folder: &Path) -> Self {
        let event = files.read(&folder.join("device/uevent")).unwrap_or_default();
        let value = |key: &str| event.lines().find_map(|line| line.strip_prefix(key));
        // `PCI_ID=1002:744C`: vendor and device.
        let vendor = value("PCI_ID=").and_then(|id| id.split(':').next());
        Self {
            slot: value("PCI_SLOT_NAME=").map(str::to_owned),
            vendor_id: vendor.and_then(|vendor| u32::from_str_radix(vendor, 16).ok()),
        }
    }
}

fn absent(meter: &str, reason: String) -> MeterError {
    MeterError::NotPresent {
        meter: meter.to_owned(),
        remedy: format!("{reason}; give another meter"),
    }
}

/// The meter error for an I/O error of a channel.
fn meter_error(error: &io::Error, file: &Path, meter: &str) -> MeterError {
    const EPERM: i32 = 1;
    match (error.kind(), error.raw_os_error()) {
        (io::ErrorKind::Unsupported, _) => {
            MeterError::Unsupported { meter: meter.to_owned(), reason: error.to_string() }
        }
        // Not the file mode, which gives EACCES: amdgpu returns EPERM while suspended or resetting.
        (_, Some(EPERM)) => MeterError::Gone {
            meter: meter.to_owned(),
            reason: format!("{}: {error}; the device is suspended or being reset", file.display()),
        },
        _ => MeterError::from_file_error(error, file, meter),
    }
}
