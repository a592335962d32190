//! Reading the efficiency of a fleet from a result of `hashwatt asic --json` or `hashwatt bench --json`.

use crate::uncertainty::{Efficiency, Uncertain};
use crate::units::JoulesPerHash;
use hashwatt_input::json;
use hashwatt_quantities::plausible::{
    ASIC_EFFICIENCY, CPU_EFFICIENCY, GPU_EFFICIENCY, ImplausibleValue, check_any,
};
use serde_json::Value;

/// The supported version of results.
const SCHEMA_VERSIONS: std::ops::RangeInclusive<u64> = 1..=2;

/// Maximum number of warnings in a result.
const MAX_WARNINGS: usize = 50;
/// Maximum length of a warning, characters.
const MAX_WARNING_CHARS: usize = 500;

/// One machine's efficiency from a result file. A file can be edited, so a measured value becomes user-reported when
/// it is read; an assumed value stays assumed.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredResult {
    pub(super) efficiency: Efficiency,
    pub(super) warning: String,
    /// A description of the machine.
    pub(super) machine: String,
    /// The scope of its energy.
    pub(super) scope: String,
    /// Mean hashrate from the miner's telemetry, TH/s, if the result contains it.
    pub(super) hashrate_th_s: Option<f64>,
}

/// The reason why a file is not a valid result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MeasuredResultError {
    /// Not a JSON object.
    #[error(
        "is not a JSON object ({0}); give the output of `hashwatt asic --json` or `bench --json`"
    )]
    NotJson(String),
    /// A key is missing or null.
    #[error("{key}: is missing{}", reason.as_ref().map_or(String::new(), |r| format!(" ({r})")))]
    Missing {
        /// The key.
        key: &'static str,
        /// The reason given by the result, if any.
        reason: Option<String>,
    },
    /// A key has an invalid value.
    #[error("{key}: is {given}; give {remedy}")]
    Malformed {
        /// The key.
        key: &'static str,
        /// The value.
        given: String,
        /// A valid kind of value.
        remedy: &'static str,
    },
    /// The efficiency is not plausible for the device.
    #[error("j_per_th: {0}")]
    Implausible(#[from] ImplausibleValue),
}

impl MeasuredResult {
    /// Reads a result; `source` is the file's name.
    ///
    /// # Errors
    /// [`MeasuredResultError`] with the key that is missing or has an invalid value.
    pub fn from_json(text: &str, source: &str) -> Result<Self, MeasuredResultError> {
        use MeasuredResultError::{Malformed, Missing, NotJson};
        let result = json(text).map_err(|error| NotJson(error.to_string()))?;
        if !result.is_object() {
            return Err(NotJson("another kind of value".to_owned()));
        }
        let missing = |key, reason: Option<&Value>| {
            let reason = reason.and_then(Value::as_str).map(str::to_owned);
            Missing { key, reason }
        };
        let given = |key: &'static str| {
            let given = result.get(key).filter(|given| !given.is_null());
            let reason = (key == "j_per_th").then(|| result.get("energy_reason")).flatten();
            given.ok_or_else(|| missing(key, reason))
        };
        let malformed = |key, given: &Value, remedy| {
            const MAX_CHARS: usize = 60;
            Malformed { key, given: given.to_string().chars().take(MAX_CHARS).collect(), remedy }
        };
        let text = |key: &'static str| {
            let value = given(key)?;
            // The text is printed on terminals.
            let text = value
                .as_str()
                .filter(|text| !text.is_empty() && !text.chars().any(char::is_control));
            text.ok_or_else(|| malformed(key, value, "a text"))
        };

        let version = given("schema_version")?;
        if !version.as_u64().is_some_and(|version| SCHEMA_VERSIONS.contains(&version)) {
            return Err(malformed("schema_version", version, "a result of version 1 or 2"));
        }
        let j_per_th = given("j_per_th")?;
        let refused = || malformed("j_per_th", j_per_th, "J/TH above 0");
        let value = JoulesPerHash::from_j_per_th(j_per_th.as_f64().ok_or_else(refused)?);
        let is_kernel = result.get("kernel").is_some_and(|kernel| !kernel.is_null());
        // A kernel's name does not show the device.
        let kinds: &[_] =
            if is_kernel { &[&GPU_EFFICIENCY, &CPU_EFFICIENCY] } else { &[&ASIC_EFFICIENCY] };
        // An invalid quantity is refused below with a remedy.
        let is_quantity = value > JoulesPerHash::ZERO;
        let reason = if is_quantity { check_any(kinds, value)? } else { None };
        let whose = match result.get("kernel").filter(|kernel| !kernel.is_null()) {
            Some(_) => format!("kernel {} on {}", text("kernel")?, text("device")?),
            None => format!("one {}", text("machine")?),
        };
        let kind = given("provenance")?;
        let detail = format!("measured result {source}: {whose}");
        let estimate = match kind.as_str() {
            Some("measured" | "user_reported") => Uncertain::user_reported(value, detail),
            Some("assumed") => Uncertain::assumed(value, detail),
            _ => return Err(malformed("provenance", kind, "measured, user_reported or assumed")),
        };
        let key = "j_per_th_standard_uncertainty";
        let estimate = match result.get(key).filter(|given| !given.is_null()) {
            None => estimate,
            Some(given) => {
                let u = given.as_f64().filter(|u| *u >= 0.0);
                let u = u.ok_or_else(|| malformed(key, given, "J/TH of at least 0"))?;
                estimate.with_standard_uncertainty(JoulesPerHash::from_j_per_th(u))
            }
        };
        let efficiency = Efficiency::new(estimate).map_err(|_| refused())?;
        // A bench result has its scope in the meter's name, and none if the power is assumed.
        let scope = match result.get("scope").filter(|scope| !scope.is_null()) {
            Some(_) => text("scope")?,
            None => text("energy_origin")?,
        };
        let mut warning = format!(
            "the fleet has the efficiency of {whose} ({}, energy: {scope})",
            kind.as_str().unwrap_or_default()
        );
        match scope {
            "asic_board_dc" => {
                warning.push_str(": power at the board's DC side excludes fans and supply losses")
            }
            _ if scope.contains("node_wall") => {}
            _ => warning.push_str(": it may not cover the whole machine at the wall"),
        }
        if is_kernel {
            warning.push_str("; it is not the efficiency of a mining fleet");
        }
        if result.get("complete") == Some(&Value::Bool(false)) {
            warning.push_str("; the measurement was interrupted");
        }
        let own = remarks(&result)?;
        // A result of this version already contains it.
        let reason = reason.map(|reason| reason.to_string()).filter(|reason| !own.contains(reason));
        for text in own.iter().chain(&reason) {
            warning.push_str("; ");
            warning.push_str(text);
        }
        let key = "mean_hashrate_th_s";
        let hashrate_th_s = match result.get(key).filter(|given| !given.is_null()) {
            None => None,
            Some(given) => {
                let rate = given.as_f64().filter(|rate| *rate > 0.0);
                Some(rate.ok_or_else(|| malformed(key, given, "TH/s above 0"))?)
            }
        };
        let (machine, scope) = (whose.clone(), scope.to_owned());
        Ok(Self { efficiency, warning, machine, scope, hashrate_th_s })
    }

    /// The efficiency.
    pub fn efficiency(&self) -> &Efficiency {
        &self.efficiency
    }

    /// A warning that names the machine and the scope of its energy.
    pub fn warning(&self) -> &str {
        &self.warning
    }
}

/// The warnings in the result, each as one line.
fn remarks(result: &Value) -> Result<Vec<String>, MeasuredResultError> {
    let key = "warnings";
    let Some(given) = result.get(key).filter(|given| !given.is_null()) else {
        return Ok(Vec::new());
    };
    let line =
        |text: &str| text.chars().filter(|c| !c.is_control()).take(MAX_WARNING_CHARS).collect();
    let texts = given.as_array().filter(|all| all.len() <= MAX_WARNINGS);
    let texts = texts.and_then(|all| all.iter().map(|text| text.as_str().map(line)).collect());
    texts.ok_or_else(|| MeasuredResultError::Malformed {
        key,
        given: given.to_string().chars().take(60).collect(),
        remedy: "a list of texts, as the command wrote it",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn asic() -> Value {
        json!({
            "schema_version": 1, "machine": "AntMiner S21", "scope": "asic_board_dc",
            "j_per_th": 17.5, "j_per_th_standard_uncertainty": null,
            "provenance": "user_reported", "energy_origin": "AntMiner S21, its own API",
        })
    }

    fn bench() -> Value {
        json!({
            "schema_version": 1, "kernel": "avx512", "device": "some processor",
            "j_per_th": 2.5e5, "j_per_th_standard_uncertainty": 5000.0,
            "provenance": "measured", "energy_origin": "rapl:package-0 (cpu_package)",
            "complete": true,
        })
    }

    fn read(result: &Value) -> Result<MeasuredResult, MeasuredResultError> {
        MeasuredResult::from_json(&result.to_string(), "r.json")
    }

    #[test]
    fn measured_value_becomes_user_reported_when_read() {
        let found = read(&asic()).unwrap();
        let origin = found.efficiency.as_uncertain().provenance();
        assert_eq!(origin.kind(), "user_reported");
        assert_eq!(origin.detail(), "measured result r.json: one AntMiner S21");
        assert!((found.efficiency.value().as_j_per_th() - 17.5).abs() < 1e-12);
        assert!(found.warning.contains("DC side excludes fans"), "{}", found.warning);

        let found = read(&bench()).unwrap();
        assert_eq!(found.efficiency.as_uncertain().provenance().kind(), "user_reported");
        assert!(
            (found.efficiency.as_uncertain().relative_uncertainty().unwrap() - 0.02).abs() < 1e-12
        );
        let message = &found.warning;
        for expected in [
            "kernel avx512 on some processor",
            "measured",
            "cpu_package",
            "not the efficiency of a mining fleet",
        ] {
            assert!(message.contains(expected), "{message}");
        }
    }

    #[test]
    fn assumed_value_stays_assumed_when_read() {
        let mut assumed = bench();
        assumed["provenance"] = json!("assumed");
        assumed["energy_origin"] = json!("assumed:40W");
        assumed["complete"] = json!(false);
        let found = read(&assumed).unwrap();
        assert_eq!(found.efficiency.as_uncertain().provenance().kind(), "assumed");
        for expected in ["assumed:40W", "may not cover the whole machine", "was interrupted"] {
            assert!(found.warning.contains(expected), "{}", found.warning);
        }
    }

    #[test]
    fn wall_power_has_no_scope_warning() {
        let mut wall = asic();
        wall["scope"] = json!("node_wall");
        assert!(!read(&wall).unwrap().warning.contains("not"));
        let mut wall = bench();
        wall["energy_origin"] = json!("shelly:1 (node_wall)");
        assert!(!read(&wall).unwrap().warning.contains("may not cover"));
    }

    #[test]
    fn result_warnings_are_passed_on_without_control_characters() {
        let mut odd = asic();
        odd["warnings"] = json!(["87 TH/s is 74 % of the 118 TH/s", "stale\u{1b} telemetry"]);
        let found = read(&odd).unwrap();
        for expected in ["; 87 TH/s is 74 % of the 118 TH/s", "; stale telemetry"] {
            assert!(found.warning.contains(expected), "{}", found.warning);
        }
        odd["warnings"] = json!("one");
        let message = read(&odd).unwrap_err();
        assert!(
            matches!(message, MeasuredResultError::Malformed { key: "warnings", .. }),
            "{message}"
        );
    }

    #[test]
    fn impossible_asic_efficiency_is_refused_and_unusual_one_warned() {
        let mut slip = asic();
        slip["j_per_th"] = json!(17_500.0);
        let message = read(&slip).unwrap_err().to_string();
        assert!(message.starts_with("j_per_th: 17500 J/TH cannot be an ASIC's"), "{message}");
        slip["j_per_th"] = json!(175.0);
        let found = read(&slip).unwrap();
        assert!(found.warning.contains("175 J/TH is unusual"), "{}", found.warning);
        // A processor's bench is not compared with ASICs.
        assert!(!read(&bench()).unwrap().warning.contains("unusual"));
    }

    #[test]
    fn missing_or_invalid_key_is_named() {
        for (result, key) in [
            (asic(), "schema_version"),
            (asic(), "j_per_th"),
            (asic(), "provenance"),
            (asic(), "machine"),
            (bench(), "device"),
            (bench(), "energy_origin"),
        ] {
            for absent in [None, Some(Value::Null)] {
                let mut result = result.clone();
                match absent {
                    None => drop(result.as_object_mut().unwrap().remove(key)),
                    Some(null) => result[key] = null,
                }
                let message = read(&result).unwrap_err();
                assert_eq!(message, MeasuredResultError::Missing { key, reason: None }, "{key}");
            }
        }
        for (key, wrong) in [
            ("schema_version", json!(3)),
            ("schema_version", json!("1")),
            ("j_per_th", json!(0)),
            ("j_per_th", json!(-1)),
            ("j_per_th", json!("17.5")),
            ("j_per_th_standard_uncertainty", json!(-1)),
            ("provenance", json!("datasheet")),
            ("provenance", json!(5)),
            ("machine", json!(5)),
            ("machine", json!("")),
            ("machine", json!("\u{1b}[31m")),
            ("scope", json!(5)),
        ] {
            let mut result = asic();
            result[key] = wrong.clone();
            let message = read(&result);
            let Err(MeasuredResultError::Malformed { key: named, .. }) = &message else {
                panic!("{key} {wrong}: {message:?}")
            };
            assert_eq!(named, &key);
        }
    }

    #[test]
    fn impossible_efficiency_of_device_is_refused() {
        // W over GH/s, and a processor with almost no power.
        for (mut result, wrong, expected) in [
            (asic(), 16_300.0, "an ASIC's efficiency"),
            (bench(), 12.0, "a processor's efficiency"),
        ] {
            result["j_per_th"] = json!(wrong);
            let message = read(&result).unwrap_err();
            assert!(matches!(message, MeasuredResultError::Implausible(_)), "{message}");
            assert!(
                message.to_string().starts_with("j_per_th: ")
                    && message.to_string().contains(expected)
            );
        }
    }

    #[test]
    fn unusual_efficiency_is_warned_once() {
        let mut odd = asic();
        odd["j_per_th"] = json!(410.0);
        odd["warnings"] = json!(["one board is missing"]);
        let message = read(&odd).unwrap().warning;
        assert!(
            message.contains("one board is missing") && message.contains("410 J/TH is unusual"),
            "{message}"
        );
        // Found here and contained in the result: reported once.
        odd["warnings"] =
            json!([message.split("; ").find(|part| part.contains("410")).map(|_| {
                ASIC_EFFICIENCY
                    .check(JoulesPerHash::from_j_per_th(410.0))
                    .unwrap()
                    .unwrap()
                    .to_string()
            })]);
        assert_eq!(read(&odd).unwrap().warning.matches("410 J/TH").count(), 1);
        // Text from a file is printed on a terminal.
        odd["warnings"] = json!(["\u{1b}[31mred"]);
        assert!(read(&odd).unwrap().warning.contains("; [31mred"));
        for bad in [json!("text"), json!([5])] {
            odd["warnings"] = bad;
            let message = read(&odd).unwrap_err();
            assert!(
                matches!(message, MeasuredResultError::Malformed { key: "warnings", .. }),
                "{message}"
            );
        }
    }

    #[test]
    fn result_without_energy_is_refused_with_its_reason() {
        let mut bare = bench();
        bare["j_per_th"] = Value::Null;
        bare["energy_reason"] = json!("no meter was given");
        let message = read(&bare).unwrap_err().to_string();
        assert_eq!(message, "j_per_th: is missing (no meter was given)");
    }

    #[test]
    fn text_that_is_not_a_json_object_is_refused() {
        for text in ["", "{", "[1]", "17.5", "{} {}", "{\"j_per_th\": 1, \"j_per_th\": 2}"] {
            let message = MeasuredResult::from_json(text, "r.json");
            assert!(matches!(message, Err(MeasuredResultError::NotJson(_))), "{text}");
        }
    }
}
