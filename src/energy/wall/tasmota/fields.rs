//! Selects the fields of a Tasmota device's sensors.

use super::super::super::text::printable;
use super::super::super::{MeterDescriptor, MeterError, MeterQuantity, RawValue};
use super::super::address::bad_url;
use super::super::descriptor::{descriptor, plug_tolerance};
use super::super::json;
use super::super::remote::Extract;
use super::{LOGIN, SENSORS};
use crate::units::{Joules, Seconds, Watts};
use hashwatt_quantities::plausible::NODE_POWER;
use serde_json::Value;

const ENERGY: &str = "ENERGY";
const POWER_REFRESH: Seconds = Seconds::from_seconds(1.0);
/// One count of 1 Wh takes 10 s at 360 W.
const ENERGY_REFRESH: Seconds = Seconds::from_seconds(10.0);
/// Counts of 1 Wh in a kilowatt-hour.
const PLUG_COUNTS: f64 = 1000.0;
/// Counts of 0.1 Wh in a kilowatt-hour: electricity meters send four decimals.
const METER_COUNTS: f64 = 10_000.0;
/// The maximum number of sensors, and of fields of each sensor, in a message.
const MAX_SHOWN: usize = 8;

/// The selection by the text after `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FieldSelector {
    /// The device's power sensor; the channel, counted from 1, if there are several.
    Channel(Option<u16>),
    /// `#SENSOR.POWER[,SENSOR.ENERGY]`: fields given by the user.
    Named { power: [String; 2], energy: Option<[String; 2]> },
}

impl FieldSelector {
    /// Parses the text after `#`.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] for an invalid text.
    pub(super) fn parse(fragment: Option<&str>) -> Result<Self, MeterError> {
        let Some(fragment) = fragment else { return Ok(Self::Channel(None)) };
        let invalid = || {
            let shown = printable(fragment, 40);
            bad_url(&format!(
                "`#{shown}` is not a valid part of a Tasmota device; give the number of a channel \
                 such as #1, or the fields of the power in W and the energy in kWh such as \
                 #MT175.Power_cur,MT175.Total_in"
            ))
        };
        if fragment.bytes().all(|b| b.is_ascii_digit()) {
            return fragment
                .parse()
                .map(|channel| Self::Channel(Some(channel)))
                .map_err(|_| invalid());
        }
        let field = |text: &str| {
            let (sensor, field) = text.split_once('.').ok_or_else(invalid)?;
            let is_whole = !sensor.is_empty() && !field.is_empty();
            is_whole.then(|| [sensor, field].map(str::to_owned)).ok_or_else(invalid)
        };
        match fragment.split_once(',') {
            Some((power, energy)) if !energy.contains(',') => {
                Ok(Self::Named { power: field(power)?, energy: Some(field(energy)?) })
            }
            Some(_) => Err(invalid()),
            None => Ok(Self::Named { power: field(fragment)?, energy: None }),
        }
    }
}

/// The paths of the power and the energy in a response.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fields {
    power: Vec<String>,
    energy: Option<Vec<String>>,
    /// Whether the user gave them.
    named: bool,
}

impl Fields {
    /// Selects the fields in the response of this device.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] for a channel or a field that does not exist or must be given, and
    /// those of [`sensors`].
    pub(super) fn select(
        device: &str,
        page: &Value,
        fragment: &FieldSelector,
    ) -> Result<Self, MeterError> {
        let sensors = sensors(device, page)?;
        let path = |sensor: &str, keys: &[&str]| {
            [SENSORS, sensor].iter().chain(keys).map(|key| (*key).to_owned()).collect::<Vec<_>>()
        };
        let channel = match fragment {
            FieldSelector::Named { power, energy } => {
                for field in [Some(power), energy.as_ref()].into_iter().flatten() {
                    if json::find(sensors, &field.each_ref().map(String::as_str)).is_none() {
                        return Err(bad_url(&format!(
                            "the device has no {}; it has {}",
                            printable(&field.join("."), 40),
                            describe_sensors(sensors)
                        )));
                    }
                }
                let of = |[sensor, field]: &[String; 2]| path(sensor, &[field]);
                let (power, energy) = (of(power), energy.as_ref().map(of));
                return Ok(Self { power, energy, named: true });
            }
            FieldSelector::Channel(channel) => *channel,
        };
        let Some(energy_sensor) = sensors.get(ENERGY) else {
            return Err(MeterError::Unsupported {
                meter: device.to_owned(),
                reason: format!(
                    "no {ENERGY}; it has {}{}",
                    describe_sensors(sensors),
                    suggest_fields(sensors)
                ),
            });
        };
        let several = energy_sensor.get("Power").and_then(Value::as_array).map(Vec::len);
        let index = match (several, channel) {
            (Some(several), Some(channel)) if (1..=several).contains(&usize::from(channel)) => {
                Some((usize::from(channel) - 1).to_string())
            }
            (None, None | Some(1)) => None,
            (Some(several), _) => {
                return Err(bad_url(&format!(
                    "the device has {several} channels; add the one that supplies the machine, #1 \
                     to #{several}"
                )));
            }
            (None, Some(_)) => {
                return Err(bad_url("the device has one channel; omit the part after `#`"));
            }
        };
        let keys = |field| {
            let keys: Vec<&str> = [field].into_iter().chain(index.as_deref()).collect();
            path(ENERGY, &keys)
        };
        // One total for all channels is not that of this channel.
        let has_energy =
            several.is_none() || energy_sensor.get("Total").is_some_and(Value::is_array);
        Ok(Self { power: keys("Power"), energy: has_energy.then(|| keys("Total")), named: false })
    }

    /// The power and, if available, the energy.
    pub(super) fn views(self, device: &str) -> Vec<(MeterDescriptor, Extract)> {
        let name = |what| format!("{device} {what}");
        let (counts, caveat) = match self.named {
            true => (METER_COUNTS, Some("includes everything connected to that meter")),
            false => (PLUG_COUNTS, None),
        };
        let tolerance = || Some(plug_tolerance());
        let quantity = MeterQuantity::Power { resolution: Watts::from_watts(1.0), averaging: None };
        let power = descriptor(name("power"), quantity, POWER_REFRESH, tolerance(), caveat);
        let path = self.power;
        let extract: Extract = Box::new(move |meter, page| {
            sensors(meter, page)?;
            json::power(meter, page, &each_str(&path))
        });
        let mut views = vec![(power, extract)];
        if let Some(path) = self.energy {
            let quantity = MeterQuantity::CumulativeEnergy {
                per_count: Joules::from_kwh(1.0) / counts,
                wrap_modulus: None,
                ceiling: NODE_POWER.ceiling(),
            };
            let energy = descriptor(name("energy"), quantity, ENERGY_REFRESH, tolerance(), caveat);
            let extract: Extract = Box::new(move |meter, page| {
                sensors(meter, page)?;
                json::counts(meter, page, &each_str(&path), counts).map(RawValue::Count)
            });
            views.push((energy, extract));
        }
        views
    }
}

fn each_str(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

/// The sensors in a response.
///
/// # Errors
/// [`MeterError::PermissionDenied`] without the password, [`MeterError::Malformed`] without
/// sensors.
fn sensors<'a>(meter: &str, page: &'a Value) -> Result<&'a Value, MeterError> {
    // Without the password Tasmota responds with 200 and this field.
    if page.get("WARNING").is_some() {
        return Err(MeterError::PermissionDenied {
            meter: meter.to_owned(),
            remedy: LOGIN.to_owned(),
        });
    }
    json::find(page, &[SENSORS])
        .ok_or_else(|| MeterError::malformed(meter, &format!("{SENSORS}: missing")))
}

/// `MT175 with Power_cur, Total_in`, or `no sensor`.
fn describe_sensors(sensors: &Value) -> String {
    let shown = |key: &String| printable(key, 30);
    let message = objects(sensors).take(MAX_SHOWN).map(|(name, fields)| {
        let fields: Vec<_> = fields.keys().take(MAX_SHOWN).map(shown).collect();
        format!("{} with {}", shown(name), fields.join(", "))
    });
    let result: Vec<_> = message.collect();
    if result.is_empty() { "no sensor".to_owned() } else { result.join("; ") }
}

/// A suggestion for the fields, from the first sensor with a field that looks like a power.
fn suggest_fields(sensors: &Value) -> String {
    let like = |key: &&String, words: &[&str]| {
        let key = key.to_lowercase();
        words.iter().any(|word| key.contains(word))
    };
    let named = objects(sensors).find_map(|(sensor, fields)| {
        let mut numbers = fields.iter().filter(|(_, value)| value.is_number()).map(|(key, _)| key);
        let power = numbers.clone().find(|key| like(key, &["power", "watt"]))?;
        let energy = numbers
            .find(|key| like(key, &["total", "energy", "kwh"]) && !like(key, &["out", "power"]));
        let of = |field: &String| format!("{}.{}", printable(sensor, 30), printable(field, 30));
        Some(energy.map_or_else(|| of(power), |energy| format!("{},{}", of(power), of(energy))))
    });
    match named {
        Some(named) => format!(
            "; give the fields of the power in W and of the energy in kWh, such as #{named}"
        ),
        None => String::new(),
    }
}

/// The sensors of a response; values other than objects are the time or a switch.
fn objects(sensors: &Value) -> impl Iterator<Item = (&String, &serde_json::Map<String, Value>)> {
    let all = sensors.as_object().into_iter().flatten();
    all.filter_map(|(name, fields)| Some((name, fields.as_object()?)))
}
