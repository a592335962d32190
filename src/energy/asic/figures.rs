//! The figures of a snapshot, each from its key, in its unit.

use super::condition::Condition;
use super::error::{AsicError, shown};
use super::exporter::Exporter;
use crate::energy::text::printable;
use crate::plausible::{ASIC_HASHRATE, ASIC_POWER, ImplausibleValue, PlausibilityWarning};
use crate::units::{Hashrate, JoulesPerHash, Watts};
use jiff::Timestamp;
use serde_json::Value;

/// What a snapshot was read from.
pub(super) struct Source {
    pub number: usize,
    pub exporter: Exporter,
    pub object: Value,
}

/// What asking the machine once gave.
#[derive(Clone, Debug)]
pub(super) enum Poll {
    /// Power and hashrate.
    Answered(Box<Figures>),
    /// The exporters write null where the machine's API did not answer in time.
    Missed(Missed),
}

/// A poll that lacks power or hashrate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Missed {
    pub number: usize,
    pub at: Timestamp,
    /// The key that is missing.
    pub field: &'static str,
}

/// The figures of a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figures {
    pub number: usize,
    pub at: Timestamp,
    /// Maker and model.
    pub model: Option<String>,
    /// The firmware's name.
    pub firmware: Option<String>,
    /// The firmware's version.
    pub version: Option<String>,
    pub power: Watts,
    pub hashrate: Hashrate,
    /// Whether the unit was given, and is not the exporter's custom.
    pub unit_stated: bool,
    pub algorithm_stated: bool,
    pub says: Option<JoulesPerHash>,
    pub pools: Vec<Pool>,
    pub condition: Condition,
    /// What is unusual of its power or hashrate.
    pub doubts: Vec<PlausibilityWarning>,
}

/// One pool's counters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pool {
    pub name: String,
    pub accepted: Option<u64>,
    pub rejected: Option<u64>,
}

impl Source {
    pub(super) fn poll(&self) -> Result<Poll, AsicError> {
        let algorithm_stated = self.check_algorithm()?;
        let at = self.time()?;
        let (number, mut doubts) = (self.number, Vec::new());
        let missed = |field| Poll::Missed(Missed { number, at, field });
        let power = match self.power(&mut doubts) {
            Err(AsicError::Missing { field, .. }) => return Ok(missed(field)),
            power => power?,
        };
        let (hashrate, unit_stated) = match self.hashrate(power, &mut doubts) {
            Err(AsicError::Missing { field, .. }) => return Ok(missed(field)),
            hashrate => hashrate?,
        };
        let device = |key: &str| {
            let device = self.object.get("device_info").and_then(|device| string(device, key));
            device.or_else(|| string(&self.object, key))
        };
        let model: Vec<_> = [device("make"), device("model")].into_iter().flatten().collect();
        let version = match self.exporter {
            Exporter::AsicRs => "firmware_version",
            Exporter::Pyasic => "fw_ver",
        };
        // pyasic rounds `efficiency` to whole numbers and has the figure beside it.
        let says = ["efficiency_fract", "efficiency"].iter().find_map(|key| {
            let says = self.object.get(key)?.as_f64()?;
            (says > 0.0).then(|| JoulesPerHash::from_j_per_th(says))
        });
        Ok(Poll::Answered(Box::new(Figures {
            number,
            at,
            model: (!model.is_empty()).then(|| model.join(" ")),
            firmware: device("firmware"),
            version: string(&self.object, version),
            power,
            hashrate,
            unit_stated,
            algorithm_stated,
            says,
            pools: self.pools()?,
            condition: Condition::of(self, hashrate),
            doubts,
        })))
    }

    fn power(&self, doubts: &mut Vec<PlausibilityWarning>) -> Result<Watts, AsicError> {
        let field = "wattage";
        let watts = self.not_negative(self.object.get(field), field, "watts as a number")?;
        if watts <= 0.0 {
            return Err(AsicError::ZeroPower { snapshot: self.number });
        }
        let power = Watts::from_watts(watts);
        doubts.extend(ASIC_POWER.check(power).map_err(|reason| self.implausible(field, reason))?);
        Ok(power)
    }

    fn implausible(&self, field: &'static str, reason: ImplausibleValue) -> AsicError {
        AsicError::Implausible { snapshot: self.number, field, reason: Box::new(reason) }
    }

    fn time(&self) -> Result<Timestamp, AsicError> {
        let field = self.exporter.time_field();
        let given = self.given(self.object.get(field), field)?;
        let seconds = |seconds: i64| Timestamp::from_second(seconds).ok();
        let time = match (self.exporter, given) {
            (Exporter::AsicRs, Value::Number(number)) => number.as_i64().and_then(seconds),
            // pyasic 0.40 and 0.56 wrote seconds since 1970 as a string.
            (Exporter::Pyasic, Value::String(text)) => match text.parse::<i64>() {
                Ok(since_1970) => seconds(since_1970),
                Err(_) => text.parse().ok(),
            },
            _ => None,
        };
        time.ok_or_else(|| {
            let remedy = match self.exporter {
                Exporter::AsicRs => "whole seconds since 1970",
                Exporter::Pyasic => "a time with its offset, such as 2026-11-24T09:00:00+05:00",
            };
            self.malformed(field, given, remedy)
        })
    }

    /// The hashrate, and whether its unit was stated.
    fn hashrate(
        &self,
        power: Watts,
        doubts: &mut Vec<PlausibilityWarning>,
    ) -> Result<(Hashrate, bool), AsicError> {
        let field = "hashrate";
        let given = self.given(self.object.get(field), field)?;
        let (hashrate, unit_stated) = self.rate(given)?;
        if hashrate <= Hashrate::ZERO {
            let watts = power.as_watts();
            return Err(AsicError::ZeroHashrate { snapshot: self.number, watts });
        }
        let checked = ASIC_HASHRATE.check(hashrate);
        doubts.extend(checked.map_err(|reason| self.implausible(field, reason))?);
        Ok((hashrate, unit_stated))
    }

    /// A rate, and whether its unit was stated.
    pub(super) fn rate(&self, given: &Value) -> Result<(Hashrate, bool), AsicError> {
        let (value, key, scale) = match (self.exporter, given) {
            (Exporter::AsicRs, Value::Object(rate)) => {
                (rate.get("value"), "hashrate.value", Some(self.unit(rate.get("unit"))?))
            }
            (Exporter::Pyasic, Value::Object(rate)) => {
                (rate.get("rate"), "hashrate.rate", Some(self.unit(rate.get("unit"))?))
            }
            // pyasic 0.40, 0.56 and 0.66 wrote the number of TH/s alone.
            (Exporter::Pyasic, Value::Number(_)) => (Some(given), "hashrate", None),
            (exporter, _) => {
                let remedy = match exporter {
                    Exporter::AsicRs => "an object with value and unit, as asic-rs 0.8 writes it",
                    Exporter::Pyasic => "an object with rate and unit, as pyasic 0.79 writes it",
                };
                return Err(self.malformed("hashrate", given, remedy));
            }
        };
        let value = self.not_negative(value, key, "a number")?;
        Ok((Hashrate::from_h_s(value * scale.unwrap_or(1e12)), scale.is_some()))
    }

    /// Hashes per second of a unit: `TeraHash` (asic-rs), `TH/s` (its Python package),
    /// `{value, suffix}` (pyasic from 0.67 on) or `1000000000000` (pyasic 0.60, an enumeration as a number).
    fn unit(&self, given: Option<&Value>) -> Result<f64, AsicError> {
        const UNITS: [(&str, &str, f64); 9] = [
            ("Hash", "H/s", 1.0),
            ("KiloHash", "KH/s", 1e3),
            ("MegaHash", "MH/s", 1e6),
            ("GigaHash", "GH/s", 1e9),
            ("TeraHash", "TH/s", 1e12),
            ("PetaHash", "PH/s", 1e15),
            ("ExaHash", "EH/s", 1e18),
            ("ZettaHash", "ZH/s", 1e21),
            ("YottaHash", "YH/s", 1e24),
        ];
        let field = "hashrate.unit";
        let given = given.unwrap_or(&Value::Null);
        let named = |name: &str| {
            UNITS.iter().find(|(long, short, _)| name == *long || name == *short).map(|u| u.2)
        };
        let counted = |count: f64| UNITS.iter().map(|u| u.2).find(|unit| *unit == count);
        let unit = match given {
            Value::String(name) => named(name),
            Value::Number(count) => count.as_f64().and_then(counted),
            Value::Object(both) => {
                let suffix = both.get("suffix").and_then(Value::as_str).and_then(named);
                let value = both.get("value").and_then(Value::as_f64).and_then(counted);
                // Two that contradict each other are no unit.
                suffix.filter(|suffix| value == Some(*suffix))
            }
            _ => None,
        };
        unit.ok_or_else(|| AsicError::UnknownUnit {
            snapshot: self.number,
            field,
            given: shown(given),
        })
    }

    /// Whether the snapshot says that it is of SHA-256d; one that names another is refused.
    fn check_algorithm(&self) -> Result<bool, AsicError> {
        let object = &self.object;
        let of = |key: &str| object.get(key).and_then(|inner| string(inner, "algo"));
        let stated = [of("hashrate"), of("device_info"), string(object, "algo")];
        let mut stated = stated.into_iter().flatten().filter(|name| !is_unknown(name)).peekable();
        let any = stated.peek().is_some();
        match stated.find(|algorithm| !is_sha256d(algorithm)) {
            Some(given) => Err(AsicError::OtherAlgorithm { snapshot: self.number, given }),
            None => Ok(any),
        }
    }

    fn pools(&self) -> Result<Vec<Pool>, AsicError> {
        let list = |value: Option<&Value>, field| match value {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(pools)) => Ok(pools.clone()),
            Some(other) => Err(self.malformed(field, other, "a list")),
        };
        let mut pools = Vec::new();
        for (index, pool) in list(self.object.get("pools"), "pools")?.iter().enumerate() {
            match self.exporter {
                // Groups of pools.
                Exporter::AsicRs => {
                    let group = string(pool, "name").unwrap_or_else(|| index.to_string());
                    for (index, pool) in list(pool.get("pools"), "pools.pools")?.iter().enumerate()
                    {
                        let url = |key| pool.get("url").and_then(|url| string(url, key));
                        let host = url("host").unwrap_or_default();
                        pools.push(Pool {
                            name: format!("pool {group}/{index} {host}").trim_end().to_owned(),
                            accepted: self.count(pool, "accepted_shares")?,
                            rejected: self.count(pool, "rejected_shares")?,
                        });
                    }
                }
                Exporter::Pyasic => {
                    let url = string(pool, "url").unwrap_or_default();
                    pools.push(Pool {
                        name: format!("pool {index} {url}").trim_end().to_owned(),
                        accepted: self.count(pool, "accepted")?,
                        rejected: self.count(pool, "rejected")?,
                    });
                }
            }
        }
        Ok(pools)
    }

    fn count(&self, pool: &Value, field: &'static str) -> Result<Option<u64>, AsicError> {
        match pool.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(given) => match given.as_u64() {
                Some(count) => Ok(Some(count)),
                None if given.as_f64().is_some_and(|given| given < 0.0) => {
                    let given = shown(given);
                    Err(AsicError::Negative { snapshot: self.number, field, given })
                }
                None => Err(self.malformed(field, given, "a whole number")),
            },
        }
    }

    fn not_negative(
        &self,
        given: Option<&Value>,
        field: &'static str,
        remedy: &'static str,
    ) -> Result<f64, AsicError> {
        let given = self.given(given, field)?;
        match given.as_f64() {
            Some(number) if number < 0.0 => {
                Err(AsicError::Negative { snapshot: self.number, field, given: shown(given) })
            }
            Some(number) => Ok(number),
            None => Err(self.malformed(field, given, remedy)),
        }
    }

    /// What stands at a key; null says no more than nothing.
    fn given<'a>(
        &self,
        given: Option<&'a Value>,
        field: &'static str,
    ) -> Result<&'a Value, AsicError> {
        let given = given.filter(|given| !given.is_null());
        given.ok_or(AsicError::Missing { snapshot: self.number, field })
    }

    fn malformed(&self, field: &'static str, given: &Value, remedy: &'static str) -> AsicError {
        AsicError::Malformed { snapshot: self.number, field, given: shown(given), remedy }
    }
}

/// pyasic writes `Generic (Unknown)` for every machine whose model it does not know, asic-rs
/// `Unknown` for an algorithm that it cannot name: neither says that it is another.
fn is_unknown(algorithm: &str) -> bool {
    ["Generic (Unknown)", "Generic", "Unknown"]
        .iter()
        .any(|name| algorithm.eq_ignore_ascii_case(name))
}

fn is_sha256d(algorithm: &str) -> bool {
    let bare = algorithm.replace(['-', '_', ' '], "");
    ["SHA256", "SHA256d"].iter().any(|name| bare.eq_ignore_ascii_case(name))
}

/// A text that says something: pyasic writes `None` and the empty text for what it does not know.
/// It goes to people's terminals, so no control characters come through.
pub(super) fn string(object: &Value, key: &str) -> Option<String> {
    let text = printable(object.get(key)?.as_str()?, usize::MAX);
    let text = text.trim();
    (!text.is_empty() && text != "None").then(|| text.to_owned())
}
