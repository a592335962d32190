//! NVIDIA's GPUs through NVML, the driver's own library, loaded when it is asked for
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

/// The sensors give a new value every 20 to 100 ms, by model (Yang et al., arXiv 2312.02741):
/// the slowest is taken.
const REFRESH: Seconds = Seconds::from_seconds(0.1);

/// Both the counter and the power are in thousandths.
const MILLIWATT: Watts = Watts::from_watts(1e-3);
const MILLIJOULE: Joules = Joules::from_joules(1e-3);

/// The energy counter or the power of one GPU's board. The two have one subject, the GPU's UUID:
/// they are compared and never added.
#[derive(Debug)]
pub struct NvmlMeter {
    nvml: Arc<Nvml>,
    /// The GPU's UUID, or why the meter can never be read. The index is no name: it changes when
    /// another GPU falls off the bus.
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
    /// The meters of all GPUs: of each the energy counter (`nvmlDeviceGetTotalEnergyConsumption`,
    /// millijoules since the driver was loaded; Volta and newer) and the power
    /// (`nvmlDeviceGetPowerUsage`, milliwatts). A figure that the GPU or the library does not
    /// have is left out; where a GPU has neither, its counter stays in the list and says why,
    /// and so does whatever cannot be read for another reason. `lib` is the library's file where
    /// it is not the system's `libnvidia-ml.so.1` (`nvml.dll` on Windows).
    ///
    /// # Errors
    /// [`MeterError::NotPresent`] without library, driver or GPU,
    /// [`MeterError::PermissionDenied`] where the driver refuses this user, and
    /// [`MeterError::Unsupported`] for a library that is not NVML.
    pub fn discover(lib: Option<&Path>) -> Result<Vec<Self>, MeterError> {
        let nvml = load(lib)?;
        let count = count(&nvml)?;
        if count == 0 {
            return Err(absent("the driver sees no GPU; see nvidia-smi"));
        }
        Ok((0..count).flat_map(|index| Self::of_gpu(&nvml, index)).collect())
    }

    /// The meters of one GPU, by NVML's index, as [`discover`](Self::discover) has them.
    ///
    /// # Errors
    /// As [`discover`](Self::discover); [`MeterError::NotPresent`] for an index beyond the last
    /// GPU says how many there are.
    pub fn open(index: u32, lib: Option<&Path>) -> Result<Vec<Self>, MeterError> {
        let nvml = load(lib)?;
        let count = count(&nvml)?;
        if index >= count {
            return Err(MeterError::NotPresent {
                meter: format!("{METER} gpu {index}"),
                remedy: format!("there are {count} GPUs, counted from 0"),
            });
        }
        Ok(Self::of_gpu(&nvml, index))
    }

    fn of_gpu(nvml: &Arc<Nvml>, index: u32) -> Vec<Self> {
        let gpu = format!("{METER} gpu {index}");
        let device = nvml.device_by_index(index);
        let of_device = |read: fn(&Device<'_>) -> Result<String, NvmlError>| match &device {
            Ok(device) => read(device).map_err(|error| error_of(&error, &gpu)),
            Err(error) => Err(error_of(error, &gpu)),
        };
        let uuid = of_device(|device| device.uuid());
        // Without its name a GPU is one all the same.
        let name = of_device(|device| device.name()).unwrap_or_else(|_| "unnamed".to_owned());
        let averaging = device.as_ref().ok().and_then(|device| averaging(device, &name));
        let address = device.as_ref().ok().and_then(|device| device.pci_info().ok());
        let address = address.and_then(|pci| pci.bus_id.parse().ok());
        let identity = GpuIdentity { name, address, vendor_id: Some(NVIDIA) };
        let mut meters = [Figure::Energy, Figure::Power]
            .map(|figure| Self::new(nvml, &gpu, &uuid, &identity, figure, averaging))
            .into_iter()
            .collect::<Vec<_>>();
        let lacks = |meter: &mut Self| matches!(meter.read(), Err(MeterError::Unsupported { .. }));
        let lacking: Vec<_> = meters.iter_mut().map(lacks).collect();
        match lacking[..] {
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

    /// The handle is asked for anew each time, since it cannot outlive the borrow of the
    /// library; NVML keeps the GPU initialised, so that this is a look-up.
    fn device(&self) -> Result<Device<'_>, MeterError> {
        let uuid = self.uuid.as_ref().map_err(Clone::clone)?;
        let device = self.nvml.device_by_uuid(uuid.as_str());
        device.map_err(|error| error_of(&error, &self.descriptor.id))
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
        let reading = |raw| Reading::of_sensor(&self.descriptor, raw, before);
        let raw = raw.map(reading).map_err(|error| error_of(&error, &self.descriptor.id))?;
        match raw.raw() {
            RawValue::Power(power) => self.descriptor.check_power(power)?,
            RawValue::Count(count) => self.descriptor.check_count(count)?,
        }
        Ok(raw)
    }
    /// The clock of the multiprocessors, the GPU's temperature, the power limit in force and the
    /// reasons for lower clocks other than idleness.
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
    let nvml = builder.init().map_err(|error| error_of(&error, METER))?;
    if let Err(missing) = &nvml.lib().nvmlShutdown {
        let reason = missing.to_string();
        // Dropping it would call what is not there.
        std::mem::forget(nvml);
        return Err(MeterError::Unsupported { meter: METER.to_owned(), reason });
    }
    Ok(Arc::new(nvml))
}

fn count(nvml: &Nvml) -> Result<u32, MeterError> {
    nvml.device_count().map_err(|error| error_of(&error, METER))
}

fn absent(remedy: impl Into<String>) -> MeterError {
    MeterError::NotPresent { meter: METER.to_owned(), remedy: remedy.into() }
}

/// What NVML's codes mean for a meter (`nvmlReturn_t`).
fn error_of(error: &NvmlError, meter: &str) -> MeterError {
    let meter = meter.to_owned();
    let reason = error.to_string();
    match error {
        NvmlError::LibloadingError(_) | NvmlError::LibraryNotFound => MeterError::NotPresent {
            meter,
            remedy: format!("install NVIDIA's driver, which brings the library ({reason})"),
        },
        NvmlError::DriverNotLoaded => MeterError::NotPresent {
            meter,
            remedy: "its library is there, its driver is not: `lsmod` must show the kernel module nvidia"
                .to_owned(),
        },
        NvmlError::LibRmVersionMismatch => MeterError::NotPresent {
            meter,
            remedy: "the driver was updated and the one that runs is older than its library, \
                     until the machine is next restarted"
                .to_owned(),
        },
        NvmlError::NoPermission => MeterError::PermissionDenied {
            meter,
            remedy:
                "run as a user who may read and write /dev/nvidia*; in a container, its runtime \
                     must pass them on"
                    .to_owned(),
        },
        NvmlError::NotSupported
        | NvmlError::FailedToLoadSymbol(_)
        | NvmlError::FunctionNotFound
        | NvmlError::VgpuEccNotSupported => MeterError::Unsupported { meter, reason },
        _ => MeterError::Gone { meter, reason },
    }
}

/// Over which time the power is averaged: a second on Ampere and newer, GA100's boards excepted
/// (`nvmlDeviceGetPowerUsage`). `None` where the driver does not know the GPU's generation.
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

/// What a figure may not be used for.
fn caveat(name: &str, figure: Figure) -> Option<String> {
    let part_time = ["A100", "A800", "H100", "H800", "H200", "GH200"];
    let sampled = words(name).any(|word| part_time.contains(&word)).then_some(
        "the board samples its power about a quarter of the time (measured on A100 and H100: Yang \
         et al., arXiv 2312.02741), so that only steady load is measured rightly",
    );
    // nvmlDeviceGetPowerUsage.
    let averaged = (figure == Figure::Power).then_some(
        "averaged over one second on Ampere (A100 excepted) and newer, so that changes show late",
    );
    let caveats: Vec<_> = sampled.into_iter().chain(averaged).collect();
    (!caveats.is_empty()).then(|| caveats.join("; "))
}

/// Why the clocks are lower than they could be (`nvmlClocksEventReasons`), without what is no
/// hindrance: an idle GPU. `None` where the GPU does not tell: an empty list would claim that
/// there are none.
fn reasons(read: Result<ThrottleReasons, NvmlError>) -> Option<Vec<String>> {
    let bits = match read {
        Ok(reasons) => reasons.bits(),
        // Reasons that this library's version has no name for.
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
    fn caveats_go_by_the_gpus_name() {
        for name in ["NVIDIA A100-SXM4-40GB", "NVIDIA H100 PCIe", "NVIDIA H200"] {
            let told = caveat(name, Figure::Energy).unwrap();
            assert!(told.contains("steady"), "{name}");
        }
        for name in ["NVIDIA GeForce RTX 4090", "NVIDIA RTX A1000", "Tesla V100-SXM2-16GB"] {
            assert_eq!(caveat(name, Figure::Energy), None, "{name}");
            assert!(!caveat(name, Figure::Power).unwrap().contains("steady"), "{name}");
        }
    }

    #[test]
    fn reasons_are_words_and_none_is_lost() {
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
