//! A result of `hashwatt asic --json` or `hashwatt bench --json` as the efficiency of a fleet.

use crate::uncertainty::{Efficiency, Uncertain};
use crate::units::JoulesPerHash;
use hashwatt_input::json;
use hashwatt_quantities::plausible::{
    ASIC_EFFICIENCY, CPU_EFFICIENCY, GPU_EFFICIENCY, ImplausibleValue, check_any,
};
use serde_json::Value;

/// The version of the results that are read.
const SCHEMA_VERSION: u64 = 1;

/// No result has more warnings, and none is longer.
const MAX_WARNINGS: usize = 50;
const LONGEST_WARNING: usize = 500;

/// One machine's efficiency out of a result that the command wrote. A file can be edited, so
/// what was measured when it was written is user-reported when it is read; what was assumed
/// stays assumed.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredResult {
    pub(super) efficiency: Efficiency,
    pub(super) warning: String,
    /// Whose it is, in words.
    pub(super) machine: String,
    /// What its energy covers.
    pub(super) scope: String,
    /// The mean hashrate of a miner's own telemetry, TH/s, where the result has one.
    pub(super) hashrate_th_s: Option<f64>,
}

/// Why a file is no such result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MeasuredResultError {
    /// No JSON object.
    #[error("is no JSON object ({0}); give what `hashwatt asic --json` or `bench --json` prints")]
    NotJson(String),
    /// A key is missing or null.
    #[error("{key}: is missing{}", reason.as_ref().map_or(String::new(), |r| format!(" ({r})")))]
    Missing {
        /// Which.
        key: &'static str,
        /// The result's own reason, where it gives one.
        reason: Option<String>,
    },
    /// A key holds what it cannot hold.
    #[error("{key}: is {given}; give {remedy}")]
    Malformed {
        /// Which.
        key: &'static str,
        /// What it holds.
        given: String,
        /// What it should.
        remedy: &'static str,
    },
    /// No such device takes so much or so little.
    #[error("j_per_th: {0}")]
    Implausible(#[from] ImplausibleValue),
}

impl MeasuredResult {
    /// Reads a result; `source` is the file's name.
    ///
    /// # Errors
    /// The key that is missing, or whose value cannot be used.
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
            const MOST: usize = 60;
            Malformed { key, given: given.to_string().chars().take(MOST).collect(), remedy }
        };
        let text = |key: &'static str| {
            let value = given(key)?;
            // It goes to people's terminals.
            let told = value
                .as_str()
                .filter(|told| !told.is_empty() && !told.chars().any(char::is_control));
            told.ok_or_else(|| malformed(key, value, "a text"))
        };

        let version = given("schema_version")?;
        if version.as_u64() != Some(SCHEMA_VERSION) {
            return Err(malformed("schema_version", version, "a result of version 1"));
        }
        let j_per_th = given("j_per_th")?;
        let refused = || malformed("j_per_th", j_per_th, "J/TH above 0");
        let value = JoulesPerHash::from_j_per_th(j_per_th.as_f64().ok_or_else(refused)?);
        let is_kernel = result.get("kernel").is_some_and(|kernel| !kernel.is_null());
        // A kernel's name does not say on what it ran.
        let kinds: &[_] =
            if is_kernel { &[&GPU_EFFICIENCY, &CPU_EFFICIENCY] } else { &[&ASIC_EFFICIENCY] };
        // No quantity at all is refused below with what is wanted.
        let is_quantity = value > JoulesPerHash::ZERO;
        let doubt = if is_quantity { check_any(kinds, value)? } else { None };
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
        // A bench names its scope with the meter, and has none where the power is assumed.
        let scope = match result.get("scope").filter(|scope| !scope.is_null()) {
            Some(_) => text("scope")?,
            None => text("energy_origin")?,
        };
        let mut warning = format!(
            "the fleet is given the efficiency of {whose} ({}, energy: {scope})",
            kind.as_str().unwrap_or_default()
        );
        match scope {
            "asic_board_dc" => warning.push_str(
                ": the board's DC side is not the wall, fans and supply losses come on top",
            ),
            _ if scope.contains("node_wall") => {}
            _ => warning.push_str(": it is not known to be the whole machine at its plug"),
        }
        if is_kernel {
            warning.push_str("; no mining fleet has it");
        }
        if result.get("complete") == Some(&Value::Bool(false)) {
            warning.push_str("; the measurement was interrupted");
        }
        let own = remarks(&result)?;
        // A result of this version says it itself.
        let doubt = doubt.map(|doubt| doubt.to_string()).filter(|doubt| !own.contains(doubt));
        for told in own.iter().chain(&doubt) {
            warning.push_str("; ");
            warning.push_str(told);
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

    /// Whose efficiency it is and what its energy covers.
    pub fn warning(&self) -> &str {
        &self.warning
    }
}

/// The result's own warnings, each as a line.
fn remarks(result: &Value) -> Result<Vec<String>, MeasuredResultError> {
    let key = "warnings";
    let Some(given) = result.get(key).filter(|given| !given.is_null()) else {
        return Ok(Vec::new());
    };
    let line =
        |text: &str| text.chars().filter(|c| !c.is_control()).take(LONGEST_WARNING).collect();
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
    fn a_file_never_measures() {
        let found = read(&asic()).unwrap();
        let origin = found.efficiency.as_uncertain().provenance();
        assert_eq!(origin.kind(), "user_reported");
        assert_eq!(origin.detail(), "measured result r.json: one AntMiner S21");
        assert!((found.efficiency.value().as_j_per_th() - 17.5).abs() < 1e-12);
        assert!(found.warning.contains("DC side is not the wall"), "{}", found.warning);

        let found = read(&bench()).unwrap();
        assert_eq!(found.efficiency.as_uncertain().provenance().kind(), "user_reported");
        assert!(
            (found.efficiency.as_uncertain().relative_uncertainty().unwrap() - 0.02).abs() < 1e-12
        );
        let told = &found.warning;
        for said in ["kernel avx512 on some processor", "measured", "cpu_package", "no mining"] {
            assert!(told.contains(said), "{told}");
        }
    }

    #[test]
    fn what_was_assumed_stays_assumed() {
        let mut assumed = bench();
        assumed["provenance"] = json!("assumed");
        assumed["energy_origin"] = json!("assumed:40W");
        assumed["complete"] = json!(false);
        let found = read(&assumed).unwrap();
        assert_eq!(found.efficiency.as_uncertain().provenance().kind(), "assumed");
        for said in ["assumed:40W", "not known to be the whole machine", "was interrupted"] {
            assert!(found.warning.contains(said), "{}", found.warning);
        }
    }

    #[test]
    fn the_wall_needs_no_caveat() {
        let mut wall = asic();
        wall["scope"] = json!("node_wall");
        assert!(!read(&wall).unwrap().warning.contains("not"));
        let mut wall = bench();
        wall["energy_origin"] = json!("shelly:1 (node_wall)");
        assert!(!read(&wall).unwrap().warning.contains("not known"));
    }

    #[test]
    fn warnings_of_a_result_go_on_to_the_fleet() {
        let mut odd = asic();
        odd["warnings"] = json!(["87 TH/s is 74 % of the 118 TH/s", "stale\u{1b} telemetry"]);
        let found = read(&odd).unwrap();
        for said in ["; 87 TH/s is 74 % of the 118 TH/s", "; stale telemetry"] {
            assert!(found.warning.contains(said), "{}", found.warning);
        }
        odd["warnings"] = json!("one");
        let told = read(&odd).unwrap_err();
        assert!(matches!(told, MeasuredResultError::Malformed { key: "warnings", .. }), "{told}");
    }

    #[test]
    fn an_efficiency_that_no_asic_has_is_refused_and_an_odd_one_said() {
        let mut slip = asic();
        slip["j_per_th"] = json!(17_500.0);
        let told = read(&slip).unwrap_err().to_string();
        assert!(told.starts_with("j_per_th: 17500 J/TH cannot be an ASIC's"), "{told}");
        slip["j_per_th"] = json!(175.0);
        let found = read(&slip).unwrap();
        assert!(found.warning.contains("175 J/TH is unusual"), "{}", found.warning);
        // The bench of a processor is none of an ASIC.
        assert!(!read(&bench()).unwrap().warning.contains("unusual"));
    }

    #[test]
    fn every_key_that_is_missing_or_wrong_is_named() {
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
                let told = read(&result).unwrap_err();
                assert_eq!(told, MeasuredResultError::Missing { key, reason: None }, "{key}");
            }
        }
        for (key, wrong) in [
            ("schema_version", json!(2)),
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
            let told = read(&result);
            let Err(MeasuredResultError::Malformed { key: named, .. }) = &told else {
                panic!("{key} {wrong}: {told:?}")
            };
            assert_eq!(named, &key);
        }
    }

    #[test]
    fn an_efficiency_that_its_device_cannot_have_is_refused() {
        // W over GH/s, and a processor's board that hardly draws anything.
        for (mut result, wrong, said) in [
            (asic(), 16_300.0, "an ASIC's efficiency"),
            (bench(), 12.0, "a processor's efficiency"),
        ] {
            result["j_per_th"] = json!(wrong);
            let told = read(&result).unwrap_err();
            assert!(matches!(told, MeasuredResultError::Implausible(_)), "{told}");
            assert!(told.to_string().starts_with("j_per_th: ") && told.to_string().contains(said));
        }
    }

    #[test]
    fn doubts_go_on_to_what_is_made_of_a_result() {
        let mut odd = asic();
        odd["j_per_th"] = json!(410.0);
        odd["warnings"] = json!(["one board is missing"]);
        let told = read(&odd).unwrap().warning;
        assert!(
            told.contains("one board is missing") && told.contains("410 J/TH is unusual"),
            "{told}"
        );
        // Found here and said by the result: once.
        odd["warnings"] = json!([told.split("; ").find(|part| part.contains("410")).map(|_| {
            ASIC_EFFICIENCY.check(JoulesPerHash::from_j_per_th(410.0)).unwrap().unwrap().to_string()
        })]);
        assert_eq!(read(&odd).unwrap().warning.matches("410 J/TH").count(), 1);
        // What a file says goes to a terminal.
        odd["warnings"] = json!(["\u{1b}[31mred"]);
        assert!(read(&odd).unwrap().warning.contains("; [31mred"));
        for bad in [json!("text"), json!([5])] {
            odd["warnings"] = bad;
            let told = read(&odd).unwrap_err();
            assert!(
                matches!(told, MeasuredResultError::Malformed { key: "warnings", .. }),
                "{told}"
            );
        }
    }

    #[test]
    fn a_result_without_energy_says_why() {
        let mut bare = bench();
        bare["j_per_th"] = Value::Null;
        bare["energy_reason"] = json!("no meter was given");
        let told = read(&bare).unwrap_err().to_string();
        assert_eq!(told, "j_per_th: is missing (no meter was given)");
    }

    #[test]
    fn what_is_no_json_object_is_refused() {
        for text in ["", "{", "[1]", "17.5", "{} {}", "{\"j_per_th\": 1, \"j_per_th\": 2}"] {
            let told = MeasuredResult::from_json(text, "r.json");
            assert!(matches!(told, Err(MeasuredResultError::NotJson(_))), "{text}");
        }
    }
}
