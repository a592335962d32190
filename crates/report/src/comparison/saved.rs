//! A saved result of a bench, read back.

use super::super::SCHEMA_VERSION;
use hashwatt_input::json;
use serde::Serialize;
use serde_json::Value;

/// A result that `hashwatt bench --save` or `--json` wrote, as far as it is compared.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct SavedBench {
    /// The file or the name it was saved by.
    pub name: String,
    /// The kernel.
    pub kernel: String,
    /// Which of several ways to run it.
    pub variant: Option<String>,
    /// What it ran on.
    pub device: String,
    /// The machine's processor, where the result tells.
    pub processor: Option<String>,
    /// Operating system and processor architecture.
    pub platform: String,
    /// Threads it ran on.
    pub threads: u64,
    /// Whether each was kept on a processor of its own.
    pub pinned: bool,
    /// MH/s.
    pub hashrate_mh_s: f64,
    /// The 95 % confidence interval of that, MH/s.
    pub hashrate_mh_s_ci95: Option<[f64; 2]>,
    /// Batches that the interval rests on.
    pub batches: Option<u64>,
    /// J/TH.
    pub j_per_th: Option<f64>,
    /// Standard uncertainty of that against another result of the same meter, J/TH.
    pub j_per_th_comparison_standard: Option<f64>,
    /// The same against the true value, J/TH.
    pub j_per_th_standard_uncertainty: Option<f64>,
    /// The meter or the assumption behind it.
    pub energy_origin: Option<String>,
    /// The kind of the energy's origin.
    pub provenance: Option<String>,
    /// Why its figures should be looked at twice.
    pub warnings: Vec<String>,
}

/// Why a file is no result that can be compared.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SavedBenchError {
    /// No JSON object.
    #[error("is no JSON object ({0}); give what `hashwatt bench --save` or `--json` wrote")]
    NotJson(String),
    /// A table of several kernels.
    #[error("kernels: is a table of several kernels; give results of one kernel each")]
    Several,
    /// A key is missing or null.
    #[error("{key}: is missing; give a result of `hashwatt bench`")]
    Missing {
        /// Which.
        key: &'static str,
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
}

/// Bytes of a text that is shown.
const LONGEST: usize = 400;

/// One key of a result after the other.
struct Keys<'a>(&'a Value);

impl<'a> Keys<'a> {
    /// By its place as a JSON pointer.
    fn find(&self, at: &str) -> Option<&'a Value> {
        let found = match at.strip_prefix('/') {
            Some(_) => self.0.pointer(at),
            None => self.0.get(at),
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
        // It goes to people's terminals.
        let told = |text: &&str| {
            !text.is_empty() && text.len() <= LONGEST && !text.chars().any(char::is_control)
        };
        self.optional(key, "a text of at most 400 bytes", |value| {
            value.as_str().filter(told).map(str::to_owned)
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

fn needed<T>(key: &'static str, found: Option<T>) -> Result<T, SavedBenchError> {
    found.ok_or(SavedBenchError::Missing { key })
}

impl SavedBench {
    /// Reads a result; `name` is what it is called in the comparison.
    ///
    /// # Errors
    /// What is no result of a bench of this version, with the key.
    pub fn from_json(text: &str, name: &str) -> Result<Self, SavedBenchError> {
        let all = json(text).map_err(|error| SavedBenchError::NotJson(error.to_string()))?;
        if !all.is_object() {
            return Err(SavedBenchError::NotJson("another kind of value".to_owned()));
        }
        let keys = Keys(&all);
        let this = |value: &Value| (value.as_u64() == Some(SCHEMA_VERSION.into())).then_some(());
        needed("schema_version", keys.optional("schema_version", "a result of version 1", this)?)?;
        if keys.find("kernels").is_some() {
            return Err(SavedBenchError::Several);
        }
        let rate = needed("hashrate_mh_s", keys.positive("hashrate_mh_s")?)?;
        let interval = |value: &Value| match value.as_array()?.as_slice() {
            [low, high] => {
                let (low, high) = (low.as_f64()?, high.as_f64()?);
                let is_one = low > 0.0 && low <= rate && rate <= high && low < high;
                // Nothing that is measured is known so badly.
                (is_one && high <= 100.0 * low).then_some([low, high])
            }
            _ => None,
        };
        let about = "two numbers above 0, below and above hashrate_mh_s";
        let mut found = Self {
            name: name.to_owned(),
            kernel: needed("kernel", keys.text("kernel")?)?,
            variant: keys.text("variant")?,
            device: needed("device", keys.text("device")?)?,
            processor: keys.text("/machine/processor")?,
            platform: needed("platform", keys.text("platform")?)?,
            threads: needed("threads", keys.optional("threads", "a whole number", Value::as_u64)?)?,
            pinned: keys.boolean("pinned")?.unwrap_or(false),
            hashrate_mh_s: rate,
            hashrate_mh_s_ci95: keys.optional("hashrate_mh_s_ci95", about, interval)?,
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
            Some(false) => warn("hashrate or power did not stand still"),
            None => warn("it is not known to have been steady"),
        }
        if keys.boolean("throttled")? == Some(true) {
            warn("a device ran slower than it could");
        }
        if keys.boolean("/machine/optimised_build")? == Some(false) {
            warn("hashwatt was built without optimisation");
        }
        if keys.optional("hardware_errors", "a whole number", Value::as_u64)?.unwrap_or(0) > 0 {
            warn("the device made hardware errors");
        }
        let shown = |text: &&str| text.len() <= LONGEST && !text.chars().any(char::is_control);
        let texts = |list: &Value| -> Option<Vec<String>> {
            let text = |told: &Value| told.as_str().filter(shown).map(str::to_owned);
            list.as_array()?.iter().map(text).collect()
        };
        for doubt in keys.optional("warnings", "a list of texts", texts)?.unwrap_or_default() {
            warn(&doubt);
        }
        Ok(found)
    }
}
