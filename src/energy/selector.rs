//! Meters as the user specifies them.

use super::text::printable;
use super::{
    AssumedMeter, EnergyMeter, FileSystem, HwmonMeter, IpmiMeter, MeterError, RaplMeter,
    SystemFiles, hwmon, rapl,
};
use crate::units::Watts;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

/// A meter as the user specifies it (`--meter`).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MeterSpec {
    /// `rapl`: the powercap zones of this machine.
    Rapl,
    /// `perf`: the same registers through perf events.
    Perf,
    /// `hwmon:NAME`: the hardware monitors of this name.
    Hwmon(String),
    /// `nvml:INDEX`, or `nvml` for every GPU.
    Nvml(Option<u32>),
    /// `shelly:URL`, `shelly:URL#PART`: a plug, relay or energy meter of any generation.
    Shelly(String),
    /// `tasmota:URL`, `tasmota:URL#CHANNEL`, or `tasmota:URL#SENSOR.POWER,SENSOR.ENERGY` for the
    /// telegrams of an electricity meter.
    Tasmota(String),
    /// `ipmi`: the management controller of this machine through `ipmitool`.
    Ipmi,
    /// `redfish:URL`, `redfish:URL#CHASSIS`: a management controller with Redfish.
    Redfish(String),
    /// `csv:FILE`: the log of a power analyser, read after the run.
    Csv(PathBuf),
    /// `assumed:350W`: a stated power without a meter.
    Assumed(Watts),
}

/// Every form of a [`MeterSpec`], for messages and listings.
pub const METER_SPEC_FORMS: [&str; 10] = [
    "rapl",
    "perf",
    "hwmon:NAME",
    "nvml:INDEX",
    "shelly:URL",
    "tasmota:URL",
    "ipmi",
    "redfish:URL",
    "csv:FILE",
    "assumed:350W",
];

impl FromStr for MeterSpec {
    type Err = MeterError;

    fn from_str(text: &str) -> Result<Self, MeterError> {
        let invalid = |reason: String| MeterError::bad_setting("meter", reason);
        let (kind, rest) = match text.split_once(':') {
            Some((kind, rest)) => (kind, Some(rest)),
            None => (text, None),
        };
        let argument = |what: &str| {
            let rest = rest.filter(|rest| !rest.is_empty());
            rest.map(str::to_owned).ok_or_else(|| invalid(format!("give {kind}:{what}")))
        };
        let without_argument = |spec: Self| match rest {
            None => Ok(spec),
            Some(_) => Err(invalid(format!("{kind} takes no argument; give {kind}"))),
        };
        match kind {
            "rapl" => without_argument(Self::Rapl),
            "perf" => without_argument(Self::Perf),
            "ipmi" => without_argument(Self::Ipmi),
            "hwmon" => Ok(Self::Hwmon(argument("NAME, such as hwmon:amdgpu")?)),
            "nvml" => match rest {
                None => Ok(Self::Nvml(None)),
                Some(index) => match index.parse() {
                    Ok(index) => Ok(Self::Nvml(Some(index))),
                    Err(_) => Err(invalid("give nvml:INDEX; the first GPU has index 0".to_owned())),
                },
            },
            "shelly" => Ok(Self::Shelly(argument("URL, such as shelly:http://192.0.2.7")?)),
            "tasmota" => Ok(Self::Tasmota(argument("URL, such as tasmota:http://192.0.2.7")?)),
            "redfish" => Ok(Self::Redfish(argument("URL, such as redfish:https://192.0.2.7")?)),
            "csv" => Ok(Self::Csv(argument("FILE, such as csv:analyser.csv")?.into())),
            "assumed" => {
                let given = argument("350W")?;
                let power = watts(&given).ok_or(MeterError::NotAPower { given })?;
                // Check the range here, where the user gave it.
                AssumedMeter::new(power).map(|_| Self::Assumed(power))
            }
            _ => {
                let shown = printable(kind, 40);
                Err(invalid(format!(
                    "`{shown}` is not a kind of meter; give one of {}",
                    METER_SPEC_FORMS.join(", ")
                )))
            }
        }
    }
}

/// `350W`, `350 W`, `1.2kW` or `350`.
fn watts(text: &str) -> Option<Watts> {
    let text = text.trim();
    let (number, factor) = match (text.strip_suffix("kW"), text.strip_suffix('W')) {
        (Some(number), _) => (number, 1e3),
        (None, Some(number)) => (number, 1.0),
        (None, None) => (text, 1.0),
    };
    number.trim().parse::<f64>().ok().map(|number| Watts::from_watts(number * factor))
}

impl fmt::Display for MeterSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rapl => f.write_str("rapl"),
            Self::Perf => f.write_str("perf"),
            Self::Hwmon(name) => write!(f, "hwmon:{name}"),
            Self::Nvml(None) => f.write_str("nvml"),
            Self::Nvml(Some(index)) => write!(f, "nvml:{index}"),
            Self::Shelly(url) => write!(f, "shelly:{url}"),
            Self::Tasmota(url) => write!(f, "tasmota:{url}"),
            Self::Ipmi => f.write_str("ipmi"),
            Self::Redfish(url) => write!(f, "redfish:{url}"),
            Self::Csv(file) => write!(f, "csv:{}", file.display()),
            Self::Assumed(power) => write!(f, "assumed:{}W", power.as_watts()),
        }
    }
}

pub(super) type Meters = Vec<Box<dyn EnergyMeter>>;

impl MeterSpec {
    /// The file, if this is a power log. A log is not read during the run.
    pub fn log(&self) -> Option<&Path> {
        match self {
            Self::Csv(file) => Some(file),
            _ => None,
        }
    }

    /// Opens the meters of the device: one device can have several, a log has none. A meter that
    /// exists but cannot be read is among them and returns the reason when it is read.
    ///
    /// # Errors
    /// A [`MeterError`] if there is no such meter, it cannot be opened, or this build does not
    /// include its driver.
    pub fn open(&self) -> Result<Meters, MeterError> {
        match self {
            Self::Rapl => RaplMeter::discover(&files(), Path::new(rapl::POWERCAP)).map(boxed),
            Self::Perf => perf(),
            Self::Hwmon(name) => {
                HwmonMeter::named(&files(), Path::new(hwmon::CLASS), name).map(boxed)
            }
            Self::Nvml(index) => nvml(*index),
            Self::Shelly(url) => shelly(url),
            Self::Tasmota(url) => tasmota(url),
            Self::Redfish(url) => redfish(url),
            Self::Ipmi => IpmiMeter::open().map(|meter| boxed(vec![meter])),
            Self::Csv(_) => Ok(Vec::new()),
            Self::Assumed(power) => AssumedMeter::new(*power).map(|meter| boxed(vec![meter])),
        }
    }
}

pub(super) fn files() -> Arc<dyn FileSystem> {
    Arc::new(SystemFiles)
}

pub(super) fn boxed<M: EnergyMeter + 'static>(meters: Vec<M>) -> Meters {
    meters.into_iter().map(|meter| Box::new(meter) as Box<dyn EnergyMeter>).collect()
}

#[cfg(target_os = "linux")]
fn perf() -> Result<Meters, MeterError> {
    super::PerfMeter::discover(&files(), Path::new("/sys")).map(boxed)
}

#[cfg(not(target_os = "linux"))]
fn perf() -> Result<Meters, MeterError> {
    Err(MeterError::NotPresent {
        meter: "rapl by perf".to_owned(),
        remedy: "perf events exist on Linux only; use another meter".to_owned(),
    })
}

#[cfg(feature = "nvml")]
fn nvml(index: Option<u32>) -> Result<Meters, MeterError> {
    match index {
        Some(index) => super::NvmlMeter::open(index, None),
        None => super::NvmlMeter::discover(None),
    }
    .map(boxed)
}

#[cfg(not(feature = "nvml"))]
fn nvml(_: Option<u32>) -> Result<Meters, MeterError> {
    Err(not_built("nvml", "nvml"))
}

#[cfg(feature = "wall")]
fn shelly(url: &str) -> Result<Meters, MeterError> {
    super::ShellyMeter::open(url).map(boxed)
}

#[cfg(feature = "wall")]
fn tasmota(url: &str) -> Result<Meters, MeterError> {
    super::TasmotaMeter::open(url).map(boxed)
}

#[cfg(feature = "wall")]
fn redfish(url: &str) -> Result<Meters, MeterError> {
    super::RedfishMeter::open(url).map(boxed)
}

#[cfg(not(feature = "wall"))]
fn shelly(_: &str) -> Result<Meters, MeterError> {
    Err(not_built("shelly", "wall"))
}

#[cfg(not(feature = "wall"))]
fn tasmota(_: &str) -> Result<Meters, MeterError> {
    Err(not_built("tasmota", "wall"))
}

#[cfg(not(feature = "wall"))]
fn redfish(_: &str) -> Result<Meters, MeterError> {
    Err(not_built("redfish", "wall"))
}

#[cfg(not(all(feature = "nvml", feature = "wall")))]
fn not_built(meter: &str, feature: &str) -> MeterError {
    MeterError::NotPresent {
        meter: meter.to_owned(),
        remedy: format!("this build does not include it; build with --features {feature}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meter_spec_round_trips() {
        for form in [
            "rapl",
            "perf",
            "hwmon:amdgpu",
            "nvml",
            "nvml:3",
            "shelly:http://192.0.2.7#1",
            "shelly:http://[2001:db8::7]#switch:1",
            "tasmota:192.0.2.7:8080",
            "tasmota:reader.local#MT175.Power_cur,MT175.Total_in",
            "redfish:https://bmc#Enclosure.0:1",
            "ipmi",
            "redfish:https://bmc",
            "csv:logs/a:b.csv",
            "assumed:350W",
        ] {
            assert_eq!(form.parse::<MeterSpec>().unwrap().to_string(), form);
        }
        for text in ["assumed:0.35kW", "assumed:350", "assumed: 350 W"] {
            assert_eq!(text.parse(), Ok(MeterSpec::Assumed(Watts::from_watts(350.0))), "{text}");
        }
    }

    #[test]
    fn invalid_meter_spec_names_valid_ones() {
        for bad in
            ["", "watts", "rapl:0", "hwmon", "hwmon:", "nvml:x", "nvml:-1", "shelly:", "csv:"]
        {
            let error = bad.parse::<MeterSpec>().unwrap_err();
            let named = matches!(&error, MeterError::BadSetting { field, .. } if field == "meter");
            assert!(named && error.to_string().contains("give "), "{bad}: {error}");
        }
        for bad in ["assumed:0W", "assumed:-5W", "assumed:NaN", "assumed:lots", "assumed:1e13W"] {
            let result = bad.parse::<MeterSpec>();
            assert!(matches!(result, Err(MeterError::NotAPower { .. })), "{bad}: {result:?}");
        }
    }
}
