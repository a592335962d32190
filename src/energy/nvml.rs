//! NVIDIA GPUs through NVML, a library of the driver that is loaded at run time
//! (NVML API reference, docs.nvidia.com/deploy/nvml-api).

use super::{
    Conditions, EnergyMeter, MeterDescriptor, MeterError, MeterQuantity, RawValue, Reading,
    Tolerance,
};
use crate::pci::{GpuIdentity, NVIDIA};
use crate::uncertainty::Scope;
use crate::units::{Celsius, Hertz, Joules, Seconds, Watts};
use hashwatt_quantities::plausible::GPU_BOARD_POWER;
use nvml_wrapper::bitmasks::device::ThrottleReasons;
use nvml_wrapper::enum_wrappers::device::{Clock, TemperatureSensor};
use nvml_wrapper::error::{Bits, NvmlError};
use nvml_wrapper::{Device, Nvml};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

const METER: &str = "nvml";

/// The sensors are refreshed every 20 to 100 ms, depending on the model (Yang et al., arXiv
/// 2312.02741). This is the slowest.
const REFRESH: Seconds = Seconds::from_seconds(0.1);

/// Units of the power and of the counter.
const MILLIWATT: Watts = Watts::from_watts(1e-3);
const MILLIJOULE: Joules = Joules::from_joules(1e-3);

/// The energy counter or the power of one GPU board. Both have the same subject, the GPU's UUID:
/// they are compared and never added.
#[derive(Debug)]
pub struct NvmlMeter {
    nvml: Arc<Nvml>,
    /// The GPU's UUID, or why the meter can never be read. The index does not identify a GPU: it
    /// changes when another GPU drops off the bus.
    uuid: Result<String, MeterError>,
    figure: Figure,
    gpu: GpuIdentity,
    descriptor: Arc<MeterDescriptor>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Figure {
    Energy,
    Power,
}

impl NvmlMeter {
    /// The meters of all GPUs: for each GPU the energy counter
    /// (`nvmlDeviceGetTotalEnergyConsumption`, millijoules since the driver was loaded; Volta and
    /// newer) and the power (`nvmlDeviceGetPowerUsage`, milliwatts). A value that the GPU or the
    /// library does not support is left out. If a GPU supports neither, its counter stays in the
    /// list and returns the reason when it is read, as does any meter that cannot be read for
    /// another reason. `lib` is the path of the library, if it is not the system's
    /// `libnvidia-ml.so.1` (`nvml.dll` on Windows).
    ///
    /// # Errors
    /// [`MeterError::NotPresent`] without library, driver or GPU,
    /// [`MeterError::PermissionDenied`] if the driver denies access to this user, and
    /// [`MeterError::Unsupported`] for a library that is not NVML.
    pub fn discover(lib: Option<&Path>) -> Result<Vec<Self>, MeterError> {
        let nvml = load(lib)?;
        let count = count(&nvml)?;
        if count == 0 {
            return Err(absent("the driver found no GPU; check the output of nvidia-smi"));
        }
        Ok((0..count).flat_map(|index| Self::of_gpu(&nvml, index)).collect())
    }

    /// Like [`discover`](Self::discover), but only the meters of the GPU with this NVML index.
    ///
    /// # Errors
    /// Those of [`discover`](Self::discover). [`MeterError::NotPresent`] for an index beyond the
    /// last GPU gives the number of GPUs.
    pub fn open(index: u32, lib: Option<&Path>) -> Result<Vec<Self>, MeterError> {
        let nvml = load(lib)?;
        let count = count(&nvml)?;
        if index >= count {
            return Err(MeterError::NotPresent {
                meter: format!("{METER} gpu {index}"),
                remedy: format!("the number of GPUs is {count}, and the first index is 0"),
            });
        }
        Ok(Self::of_gpu(&nvml, index))
    }

    fn of_gpu(nvml: &Arc<Nvml>, index: u32) -> Vec<Self> {
        let gpu = format!("{METER} gpu {index}");
        let device = nvml.device_by_index(index);
        let query = |read: fn(&Device<'_>) -> Result<String, NvmlError>| match &device {
            Ok(device) => read(device).map_err(|error| meter_error(&error, &gpu)),
            Err(error) => Err(meter_error(error, &gpu)),
        };
        let uuid = query(|device| device.uuid());
        // A GPU without a name is still listed.
        let name = query(|device| device.name()).unwrap_or_else(|_| "unnamed".to_owned());
        let averaging = device.as_ref().ok().and_then(|device| averaging(device, &name));
        let address = device.as_ref().ok().and_then(|device| device.pci_info().ok());
        let address = address.and_then(|pci| pci.bus_id.parse().ok());
        let identity = GpuIdentity { name, address, vendor_id: Some(NVIDIA) };
        let mut meters = [Figure::Energy, Figure::Power]
            .map(|figure| Self::new(nvml, &gpu, &uuid, &identity, figure, averaging))
            .into_iter()
            .collect::<Vec<_>>();
        let is_unsupported =
            |meter: &mut Self| matches!(meter.read(), Err(MeterError::Unsupported { .. }));
        let unsupported: Vec<_> = meters.iter_mut().map(is_unsupported).collect();
        match unsupported[..] {
            [true, false] => drop(meters.remove(0)),
            [_, true] => meters.truncate(1),
            _ => {}
        }
        meters
    }

    fn new(
        nvml: &Arc<Nvml>,
        gpu: &str,
        uuid: &Result<String, MeterError>,
        identity: &GpuIdentity,
        figure: Figure,
        averaging: Option<Seconds>,
    ) -> Self {
        let name = &identity.name;
        let (what, quantity) = match figure {
            Figure::Energy => (
                "energy",
                MeterQuantity::CumulativeEnergy {
                    per_count: MILLIJOULE,
                    // 64 bits of millijoules.
                    wrap_modulus: None,
                    ceiling: GPU_BOARD_POWER.ceiling(),
                },
            ),
            Figure::Power => ("power", MeterQuantity::Power { resolution: MILLIWATT, averaging }),
        };
        Self {
            nvml: Arc::clone(nvml),
            uuid: uuid.clone(),
            figure,
            gpu: identity.clone(),
            descriptor: Arc::new(MeterDescriptor {
                id: format!("{gpu} {what} ({name})"),
                scope: Scope::GpuBoard,
                subject: uuid.clone().unwrap_or_else(|_| gpu.to_owned()),
                quantity,
                refresh: REFRESH,
                max_read_gap: None,
                tolerance: Some(Tolerance {
                    relative_half_width: 0.05,
                    basis: "assumed: NVML documents +-5 % for older boards only".to_owned(),
                }),
                caveat: caveat(name, figure),
            }),
        }
    }

    /// The handle is requested for each read, because it cannot outlive the borrow of the
    /// library. NVML keeps the GPU initialised, so this is only a lookup.
    fn device(&self) -> Result<Device<'_>, MeterError> {
        let uuid = self.uuid.as_ref().map_err(Clone::clone)?;
        let device = self.nvml.device_by_uuid(uuid.as_str());
        device.map_err(|error| meter_error(&error, &self.descriptor.id))
    }
}

impl EnergyMeter for NvmlMeter {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.descriptor
    }
    fn gpu(&self) -> Option<&GpuIdentity> {
        Some(&self.gpu)
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let device = self.device()?;
        let before = Instant::now();
        let raw = match self.figure {
            Figure::Energy => device.total_energy_consumption().map(RawValue::Count),
            Figure::Power => device
                .power_usage()
                .map(|milliwatts| RawValue::Power(MILLIWATT * f64::from(milliwatts))),
        };
        let reading = |raw| Reading::from_sensor(&self.descriptor, raw, before);
        let raw = raw.map(reading).map_err(|error| meter_error(&error, &self.descriptor.id))?;
        match raw.raw() {
            RawValue::Power(power) => self.descriptor.check_power(power)?,
            RawValue::Count(count) => self.descriptor.check_count(count)?,
        }
        Ok(raw)
    }
    /// The clock of the multiprocessors, the GPU's temperature, the enforced power limit and the
    /// reasons for reduced clocks other than idleness.
    fn conditions(&mut self) -> Option<Conditions> {
        let device = self.device().ok()?;
        let clock = device.clock_info(Clock::SM).ok();
        let temperature = device.temperature(TemperatureSensor::Gpu).ok();
        let limit = device.enforced_power_limit().ok();
        Some(Conditions {
            clock: clock.map(|mhz| Hertz::from_mhz(f64::from(mhz))),
            temperature: temperature.map(|degrees| Celsius::from_celsius(f64::from(degrees))),
            power_limit: limit.map(|milliwatts| MILLIWATT * f64::from(milliwatts)),
            throttled: reasons(device.current_throttle_reasons_strict()),
        })
    }
}

fn load(lib: Option<&Path>) -> Result<Arc<Nvml>, MeterError> {
    let mut builder = Nvml::builder();
    if let Some(lib) = lib {
        builder.lib_path(lib.as_os_str());
    }
    let nvml = builder.init().map_err(|error| meter_error(&error, METER))?;
    if let Err(missing) = &nvml.lib().nvmlShutdown {
        let reason = missing.to_string();
        // Dropping it would call the missing function.
        std::mem::forget(nvml);
        return Err(MeterError::Unsupported { meter: METER.to_owned(), reason });
    }
    Ok(Arc::new(nvml))
}

fn count(nvml: &Nvml) -> Result<u32, MeterError> {
    nvml.device_count().map_err(|error| meter_error(&error, METER))
}

fn absent(remedy: impl Into<String>) -> MeterError {
    MeterError::NotPresent { meter: METER.to_owned(), remedy: remedy.into() }
}

/// The meter error for an NVML return code (`nvmlReturn_t`).
fn meter_error(error: &NvmlError, meter: &str) -> MeterError {
    let meter = meter.to_owned();
    let reason = error.to_string();
    match error {
        NvmlError::LibloadingError(_) | NvmlError::LibraryNotFound => MeterError::NotPresent {
            meter,
            remedy: format!("install the NVIDIA driver, which includes the library ({reason})"),
        },
        NvmlError::DriverNotLoaded => MeterError::NotPresent {
            meter,
            remedy: "the library is installed, but the driver is not running: `lsmod` must list \
                     the kernel module nvidia"
                .to_owned(),
        },
        NvmlError::LibRmVersionMismatch => MeterError::NotPresent {
            meter,
            remedy: "the driver was updated, and the running driver is older than the library \
                     until the next restart of the machine"
                .to_owned(),
        },
        NvmlError::NoPermission => MeterError::PermissionDenied {
            meter,
            remedy:
                "run as a user with read and write access to /dev/nvidia*; in a container, the \
                     runtime must pass these devices through"
                    .to_owned(),
        },
        NvmlError::NotSupported
        | NvmlError::FailedToLoadSymbol(_)
        | NvmlError::FunctionNotFound
        | NvmlError::VgpuEccNotSupported => MeterError::Unsupported { meter, reason },
        _ => MeterError::Gone { meter, reason },
    }
}

/// The averaging time of the power: one second on Ampere and newer, except boards with the GA100
/// (`nvmlDeviceGetPowerUsage`). `None` if the driver does not know the GPU's architecture.
fn averaging(device: &Device<'_>, name: &str) -> Option<Seconds> {
    use nvml_wrapper::enums::device::DeviceArchitecture as Generation;
    let ga100 = ["A100", "A800", "A30"];
    Some(match device.architecture().ok()? {
        Generation::Unknown => return None,
        Generation::Kepler
        | Generation::Maxwell
        | Generation::Pascal
        | Generation::Volta
        | Generation::Turing => Seconds::ZERO,
        Generation::Ampere if words(name).any(|word| ga100.contains(&word)) => Seconds::ZERO,
        _ => Seconds::from_seconds(1.0),
    })
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
}

/// The limitations of a value.
fn caveat(name: &str, figure: Figure) -> Option<String> {
    let sampled_part_time = ["A100", "A800", "H100", "H800", "H200", "GH200"];
    let sampled = words(name).any(|word| sampled_part_time.contains(&word)).then_some(
        "the board samples its power about a quarter of the time (measured on A100 and H100: Yang \
         et al., arXiv 2312.02741), so only a steady load is measured correctly",
    );
    // nvmlDeviceGetPowerUsage.
    let averaged = (figure == Figure::Power).then_some(
        "averaged over one second on Ampere (except A100) and newer, so changes appear with a delay",
    );
    let caveats: Vec<_> = sampled.into_iter().chain(averaged).collect();
    (!caveats.is_empty()).then(|| caveats.join("; "))
}

/// The reasons for reduced clocks (`nvmlClocksEventReasons`) other than an idle GPU. `None` if the
/// GPU does not report them: an empty list would state that there are none.
fn reasons(read: Result<ThrottleReasons, NvmlError>) -> Option<Vec<String>> {
    let bits = match read {
        Ok(reasons) => reasons.bits(),
        // Reasons unknown to this version of the library.
        Err(NvmlError::IncorrectBits(Bits::U64(bits))) => bits,
        Err(NvmlError::IncorrectBits(Bits::U32(bits))) => u64::from(bits),
        Err(_) => return None,
    };
    let named = [
        (ThrottleReasons::APPLICATIONS_CLOCKS_SETTING, "applications clocks setting"),
        (ThrottleReasons::SW_POWER_CAP, "software power cap"),
        (ThrottleReasons::HW_SLOWDOWN, "hardware slowdown"),
        (ThrottleReasons::SYNC_BOOST, "sync boost"),
        (ThrottleReasons::SW_THERMAL_SLOWDOWN, "software thermal slowdown"),
        (ThrottleReasons::HW_THERMAL_SLOWDOWN, "hardware thermal slowdown"),
        (ThrottleReasons::HW_POWER_BRAKE_SLOWDOWN, "hardware power brake slowdown"),
        (ThrottleReasons::DISPLAY_CLOCK_SETTING, "display clock setting"),
    ];
    let known =
        named.iter().fold(ThrottleReasons::GPU_IDLE.bits(), |all, (bit, _)| all | bit.bits());
    let set = named.into_iter().filter(|(bit, _)| bits & bit.bits() != 0);
    let unknown = (bits & !known != 0).then(|| format!("unknown reason {:#x}", bits & !known));
    Some(set.map(|(_, name)| name.to_owned()).chain(unknown).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caveats_depend_on_the_gpu_name() {
        for name in ["NVIDIA A100-SXM4-40GB", "NVIDIA H100 PCIe", "NVIDIA H200"] {
            let result = caveat(name, Figure::Energy).unwrap();
            assert!(result.contains("steady"), "{name}");
        }
        for name in ["NVIDIA GeForce RTX 4090", "NVIDIA RTX A1000", "Tesla V100-SXM2-16GB"] {
            assert_eq!(caveat(name, Figure::Energy), None, "{name}");
            assert!(!caveat(name, Figure::Power).unwrap().contains("steady"), "{name}");
        }
    }

    #[test]
    fn throttle_reasons_have_names_and_unknown_bits_are_kept() {
        let strict = |bits| match ThrottleReasons::from_bits(bits) {
            Some(reasons) => Ok(reasons),
            None => Err(NvmlError::IncorrectBits(Bits::U64(bits))),
        };
        let reasons = |bits| reasons(strict(bits)).unwrap();
        assert_eq!(reasons(0), Vec::<String>::new());
        assert_eq!(reasons(1), Vec::<String>::new());
        assert_eq!(reasons(4 | 0x20), ["software power cap", "software thermal slowdown"]);
        assert_eq!(reasons(1 << 40 | 8), ["hardware slowdown", "unknown reason 0x10000000000"]);
        assert_eq!(super::reasons(Err(NvmlError::NotSupported)), None);
    }
}
