//! Meters by the names that a user gives them.

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

/// What a user can name as a meter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MeterSpec {
    /// `rapl`: the powercap zones of this machine.
    Rapl,
    /// `perf`: the same registers by perf events.
    Perf,
    /// `hwmon:NAME`: the hardware monitors of this name.
    Hwmon(String),
    /// `nvml:INDEX`, or `nvml` for every GPU.
    Nvml(Option<u32>),
    /// `shelly:URL`, `shelly:URL#PART`: a plug, relay or energy meter of any generation.
    Shelly(String),
    /// `tasmota:URL`, `tasmota:URL#CHANNEL`, or `tasmota:URL#SENSOR.POWER,SENSOR.ENERGY` for a house
    /// meter's telegrams.
    Tasmota(String),
    /// `ipmi`: the management controller of this machine by `ipmitool`.
    Ipmi,
    /// `redfish:URL`, `redfish:URL#CHASSIS`.
    Redfish(String),
    /// `csv:FILE`: an analyser's log, read when the run is over.
    Csv(PathBuf),
    /// `assumed:350W`: no meter at all.
    Assumed(Watts),
}

/// Every form, for messages and listings.
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
        let wrong = |reason: String| MeterError::bad_setting("meter", reason);
        let (kind, rest) = match text.split_once(':') {
            Some((kind, rest)) => (kind, Some(rest)),
            None => (text, None),
        };
        let needed = |what: &str| {
            let rest = rest.filter(|rest| !rest.is_empty());
            rest.map(str::to_owned).ok_or_else(|| wrong(format!("give {kind}:{what}")))
        };
        let alone = |spec: Self| match rest {
            None => Ok(spec),
            Some(_) => Err(wrong(format!("{kind} takes nothing after it; give {kind}"))),
        };
        match kind {
            "rapl" => alone(Self::Rapl),
            "perf" => alone(Self::Perf),
            "ipmi" => alone(Self::Ipmi),
            "hwmon" => Ok(Self::Hwmon(needed("NAME, such as hwmon:amdgpu")?)),
            "nvml" => match rest {
                None => Ok(Self::Nvml(None)),
                Some(index) => match index.parse() {
                    Ok(index) => Ok(Self::Nvml(Some(index))),
                    Err(_) => Err(wrong("give nvml:INDEX, GPUs counted from 0".to_owned())),
                },
            },
            "shelly" => Ok(Self::Shelly(needed("URL, such as shelly:http://192.0.2.7")?)),
            "tasmota" => Ok(Self::Tasmota(needed("URL, such as tasmota:http://192.0.2.7")?)),
            "redfish" => Ok(Self::Redfish(needed("URL, such as redfish:https://192.0.2.7")?)),
            "csv" => Ok(Self::Csv(needed("FILE, such as csv:analyser.csv")?.into())),
            "assumed" => {
                let given = needed("350W")?;
                let power = watts(&given).ok_or(MeterError::NotAPower { given })?;
                // Refused here, where it was typed.
                AssumedMeter::new(power).map(|_| Self::Assumed(power))
            }
            _ => {
                let shown = printable(kind, 40);
                Err(wrong(format!(
                    "`{shown}` is no kind of meter; give {}",
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
    /// The log's file, where a log is meant: it has nothing to read while the run goes on.
    pub fn log(&self) -> Option<&Path> {
        match self {
            Self::Csv(file) => Some(file),
            _ => None,
        }
    }

    /// Opens what is named: one device can have several meters. None for a log. One that is there
    /// but cannot be read is among them and says why when it is read.
    ///
    /// # Errors
    /// Where there is no such meter, it cannot be opened, or this build has no driver for it.
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
        remedy: "perf events are Linux's; name another meter".to_owned(),
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
        remedy: format!("this build has no driver for it: build with --features {feature}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read_and_shown_as_it_was_given() {
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
    fn what_is_no_meter_names_what_would_be() {
        for bad in
            ["", "watts", "rapl:0", "hwmon", "hwmon:", "nvml:x", "nvml:-1", "shelly:", "csv:"]
        {
            let told = bad.parse::<MeterSpec>().unwrap_err();
            let named = matches!(&told, MeterError::BadSetting { field, .. } if field == "meter");
            assert!(named && told.to_string().contains("give "), "{bad}: {told}");
        }
        for bad in ["assumed:0W", "assumed:-5W", "assumed:NaN", "assumed:lots", "assumed:1e13W"] {
            let told = bad.parse::<MeterSpec>();
            assert!(matches!(told, Err(MeterError::NotAPower { .. })), "{bad}: {told:?}");
        }
    }
}
