//! The values of a snapshot, each from its key and in its unit.

use super::condition::Condition;
use super::error::{AsicError, shown};
use super::exporter::Exporter;
use crate::energy::text::printable;
use crate::plausible::{ASIC_HASHRATE, ASIC_POWER, ImplausibleValue, PlausibilityWarning};
use crate::units::{Hashrate, JoulesPerHash, Watts};
use jiff::Timestamp;
use serde_json::Value;

/// The JSON object of a snapshot.
pub(super) struct Source {
    pub number: usize,
    pub exporter: Exporter,
    pub object: Value,
}

/// The result of one poll of the machine.
#[derive(Clone, Debug)]
pub(super) enum Poll {
    /// Power and hashrate.
    Answered(Box<Figures>),
    /// The exporters write null if the machine's API did not respond in time.
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

/// The values of a snapshot.
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
    /// Whether the unit of the hashrate is stated and not only implied by the exporter.
    pub unit_stated: bool,
    pub algorithm_stated: bool,
    pub reported_efficiency: Option<JoulesPerHash>,
    pub pools: Vec<Pool>,
    pub condition: Condition,
    /// Warnings for unusual power or hashrate.
    pub plausibility_warnings: Vec<PlausibilityWarning>,
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
        let (number, mut plausibility_warnings) = (self.number, Vec::new());
        let missed = |field| Poll::Missed(Missed { number, at, field });
        let power = match self.power(&mut plausibility_warnings) {
            Err(AsicError::Missing { field, .. }) => return Ok(missed(field)),
            power => power?,
        };
        let (hashrate, unit_stated) = match self.hashrate(power, &mut plausibility_warnings) {
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
        // pyasic rounds `efficiency` to whole numbers; `efficiency_fract` has the decimals.
        let reported_efficiency = ["efficiency_fract", "efficiency"].iter().find_map(|key| {
            let reported_efficiency = self.object.get(key)?.as_f64()?;
            (reported_efficiency > 0.0).then(|| JoulesPerHash::from_j_per_th(reported_efficiency))
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
            reported_efficiency,
            pools: self.pools()?,
            condition: Condition::new(self, hashrate),
            plausibility_warnings,
        })))
    }

    fn power(
        &self,
        plausibility_warnings: &mut Vec<PlausibilityWarning>,
    ) -> Result<Watts, AsicError> {
        let field = "wattage";
        let watts = self.not_negative(self.object.get(field), field, "watts as a number")?;
        if watts <= 0.0 {
            return Err(AsicError::ZeroPower { snapshot: self.number });
        }
        let power = Watts::from_watts(watts);
        plausibility_warnings
            .extend(ASIC_POWER.check(power).map_err(|reason| self.implausible(field, reason))?);
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
            // pyasic 0.40 and 0.56 write seconds since 1970 as a string.
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
        plausibility_warnings: &mut Vec<PlausibilityWarning>,
    ) -> Result<(Hashrate, bool), AsicError> {
        let field = "hashrate";
        let given = self.given(self.object.get(field), field)?;
        let (hashrate, unit_stated) = self.rate(given)?;
        if hashrate <= Hashrate::ZERO {
            let watts = power.as_watts();
            return Err(AsicError::ZeroHashrate { snapshot: self.number, watts });
        }
        let checked = ASIC_HASHRATE.check(hashrate);
        plausibility_warnings.extend(checked.map_err(|reason| self.implausible(field, reason))?);
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
            // pyasic 0.40, 0.56 and 0.66 write only the number of TH/s.
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
                // Both must agree.
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

    /// Whether the snapshot states SHA-256d; another algorithm is refused.
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

    /// The value of a key; null counts as missing.
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

/// pyasic writes `Generic (Unknown)` for every machine of an unknown model, asic-rs `Unknown` for an
/// unknown algorithm: neither means that it is another algorithm.
fn is_unknown(algorithm: &str) -> bool {
    ["Generic (Unknown)", "Generic", "Unknown"]
        .iter()
        .any(|name| algorithm.eq_ignore_ascii_case(name))
}

fn is_sha256d(algorithm: &str) -> bool {
    let bare = algorithm.replace(['-', '_', ' '], "");
    ["SHA256", "SHA256d"].iter().any(|name| bare.eq_ignore_ascii_case(name))
}

/// A non-empty text: pyasic writes `None` or an empty text for unknown values. Control characters
/// are removed, because the text is shown on terminals.
pub(super) fn string(object: &Value, key: &str) -> Option<String> {
    let text = printable(object.get(key)?.as_str()?, usize::MAX);
    let text = text.trim();
    (!text.is_empty() && text != "None").then(|| text.to_owned())
}
