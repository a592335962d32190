//! Reading a saved result of a bench.

use crate::SCHEMA_VERSION;
use hashwatt_input::json;
use serde::Serialize;
use serde_json::Value;

/// The parts of a result of `hashwatt bench --save` or `--json` that a comparison uses.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct SavedBench {
    /// The file, or the name that the result was saved under.
    pub name: String,
    /// Name of the kernel.
    pub kernel: String,
    /// The kernel's variant, if it has several.
    pub variant: Option<String>,
    /// The device that it ran on.
    pub device: String,
    /// The computer's processor, if the result has it.
    pub processor: Option<String>,
    /// Operating system and processor architecture.
    pub platform: String,
    /// Number of threads.
    pub threads: u64,
    /// Whether each thread was pinned to its own logical processor.
    pub pinned: bool,
    /// Hashrate, MH/s.
    pub hashrate_mh_s: f64,
    /// 95 % confidence interval of the hashrate, MH/s.
    pub hashrate_mh_s_ci95: Option<[f64; 2]>,
    /// Number of batches that the interval is computed from.
    pub batches: Option<u64>,
    /// Energy per hash, J/TH.
    pub j_per_th: Option<f64>,
    /// Standard uncertainty of `j_per_th` for comparison with another result of the same meter, J/TH.
    pub j_per_th_comparison_standard: Option<f64>,
    /// Standard uncertainty of `j_per_th` relative to the true value, J/TH.
    pub j_per_th_standard_uncertainty: Option<f64>,
    /// The meter, or the assumption, that the energy comes from.
    pub energy_origin: Option<String>,
    /// The kind of origin of the energy: `measured`, `user_reported` or `assumed`.
    pub provenance: Option<String>,
    /// Warnings about the figures.
    pub warnings: Vec<String>,
}

/// Why a file cannot be read as a result of one bench.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SavedBenchError {
    /// The file is not a JSON object.
    #[error("is not a JSON object ({0}); give what `hashwatt bench --save` or `--json` wrote")]
    NotJson(String),
    /// The file is a result of several kernels.
    #[error("kernels: is a result of several kernels; give results of one kernel each")]
    Several,
    /// A key is missing or null.
    #[error("{key}: is missing; give a result of `hashwatt bench`")]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A key has a value that is not valid.
    #[error("{key}: is {given}; give {remedy}")]
    Malformed {
        /// The key.
        key: &'static str,
        /// The value, shortened.
        given: String,
        /// What to give instead.
        remedy: &'static str,
    },
}

/// The oldest version of the format that can be read.
const FIRST_SCHEMA_VERSION: u64 = 1;

/// Maximum length of a text, in bytes.
const MAX_TEXT_BYTES: usize = 400;

/// Access to the keys of a result.
struct Keys<'a>(&'a Value);

impl<'a> Keys<'a> {
    /// Finds a key, or a JSON pointer if it begins with a slash; null counts as absent.
    fn find(&self, key: &str) -> Option<&'a Value> {
        let found = match key.strip_prefix('/') {
            Some(_) => self.0.pointer(key),
            None => self.0.get(key),
        };
        found.filter(|value| !value.is_null())
    }

    fn optional<T>(
        &self,
        key: &'static str,
        remedy: &'static str,
        read: impl Fn(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, SavedBenchError> {
        let Some(value) = self.find(key) else { return Ok(None) };
        let given = || value.to_string().chars().take(60).collect();
        let read = read(value).map(Some);
        read.ok_or_else(|| SavedBenchError::Malformed { key, given: given(), remedy })
    }

    fn text(&self, key: &'static str) -> Result<Option<String>, SavedBenchError> {
        let is_printable = |text: &&str| !text.is_empty() && is_printable(text);
        self.optional(key, "a text of at most 400 bytes", |value| {
            value.as_str().filter(is_printable).map(str::to_owned)
        })
    }

    fn positive(&self, key: &'static str) -> Result<Option<f64>, SavedBenchError> {
        let above_0 = |value: &Value| value.as_f64().filter(|v| *v > 0.0 && v.is_finite());
        self.optional(key, "a number above 0", above_0)
    }

    fn boolean(&self, key: &'static str) -> Result<Option<bool>, SavedBenchError> {
        self.optional(key, "true or false", Value::as_bool)
    }
}

/// Whether a text can go to a terminal as it is.
fn is_printable(text: &str) -> bool {
    text.len() <= MAX_TEXT_BYTES && !text.chars().any(char::is_control)
}

fn required<T>(key: &'static str, value: Option<T>) -> Result<T, SavedBenchError> {
    value.ok_or(SavedBenchError::Missing { key })
}

impl SavedBench {
    /// Reads a result of this or the previous version of the format; `name` is its name in the comparison.
    ///
    /// # Errors
    /// [`SavedBenchError`] with the key that is missing or not valid.
    pub fn from_json(text: &str, name: &str) -> Result<Self, SavedBenchError> {
        let all = json(text).map_err(|error| SavedBenchError::NotJson(error.to_string()))?;
        if !all.is_object() {
            return Err(SavedBenchError::NotJson("another kind of value".to_owned()));
        }
        let keys = Keys(&all);
        let is_known = |value: &Value| {
            let version = value.as_u64()?;
            (FIRST_SCHEMA_VERSION..=SCHEMA_VERSION.into()).contains(&version).then_some(())
        };
        let remedy = "a result of version 1 or 2";
        required("schema_version", keys.optional("schema_version", remedy, is_known)?)?;
        if keys.find("kernels").is_some() {
            return Err(SavedBenchError::Several);
        }
        let rate = required("hashrate_mh_s", keys.positive("hashrate_mh_s")?)?;
        let interval = |value: &Value| match value.as_array()?.as_slice() {
            [low, high] => {
                let (low, high) = (low.as_f64()?, high.as_f64()?);
                let is_one = low > 0.0 && low <= rate && rate <= high && low < high;
                // No measured hashrate is this uncertain.
                (is_one && high <= 100.0 * low).then_some([low, high])
            }
            _ => None,
        };
        let interval_remedy = "two numbers above 0, below and above hashrate_mh_s";
        // Version 1 calls the computer `machine`.
        let (processor, optimised_build) = match keys.find("host") {
            Some(_) => ("/host/processor", "/host/optimised_build"),
            None => ("/machine/processor", "/machine/optimised_build"),
        };
        let mut found = Self {
            name: name.to_owned(),
            kernel: required("kernel", keys.text("kernel")?)?,
            variant: keys.text("variant")?,
            device: required("device", keys.text("device")?)?,
            processor: keys.text(processor)?,
            platform: required("platform", keys.text("platform")?)?,
            threads: required(
                "threads",
                keys.optional("threads", "a whole number", Value::as_u64)?,
            )?,
            pinned: keys.boolean("pinned")?.unwrap_or(false),
            hashrate_mh_s: rate,
            hashrate_mh_s_ci95: keys.optional("hashrate_mh_s_ci95", interval_remedy, interval)?,
            batches: keys.optional("batches", "a whole number", Value::as_u64)?,
            j_per_th: keys.positive("j_per_th")?,
            j_per_th_comparison_standard: keys
                .positive("/uncertainty/comparison_standard_j_per_th")?,
            j_per_th_standard_uncertainty: keys.positive("j_per_th_standard_uncertainty")?,
            energy_origin: keys.text("energy_origin")?,
            provenance: keys.text("provenance")?,
            warnings: Vec::new(),
        };
        let mut warn = |what: &str| found.warnings.push(format!("{name}: {what}"));
        if keys.boolean("complete")? == Some(false) {
            warn("the measurement was interrupted");
        }
        match keys.boolean("steady")? {
            Some(true) => {}
            Some(false) => warn("hashrate or power was not steady"),
            None => warn("it is unknown whether hashrate and power were steady"),
        }
        if keys.boolean("throttled")? == Some(true) {
            warn("a device was throttled");
        }
        if keys.boolean(optimised_build)? == Some(false) {
            warn("hashwatt was built without optimisation");
        }
        if keys.optional("hardware_errors", "a whole number", Value::as_u64)?.unwrap_or(0) > 0 {
            warn("the device had hardware errors");
        }
        let texts = |list: &Value| -> Option<Vec<String>> {
            let text =
                |item: &Value| item.as_str().filter(|text| is_printable(text)).map(str::to_owned);
            list.as_array()?.iter().map(text).collect()
        };
        for warning in keys.optional("warnings", "a list of texts", texts)?.unwrap_or_default() {
            warn(&warning);
        }
        Ok(found)
    }
}
