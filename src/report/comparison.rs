//! Two saved results of a bench against each other.

use super::text::Sheet;
use super::{SCHEMA_VERSION, tidy};
use crate::input::json;
use crate::measure::{Ratio, Sample};
use serde::Serialize;
use serde_json::Value;
use std::cmp::Ordering;
use std::fmt;

/// A bench whose rate has an interval has at least so many batches.
const LEAST_BATCHES: f64 = 10.0;

/// A result that `hashwatt bench --save` or `--json` wrote, as far as it is compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
        let told = |text: &&str| !text.is_empty() && !text.chars().any(char::is_control);
        self.optional(key, "a text", |value| value.as_str().filter(told).map(str::to_owned))
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
        let rate = needed("hashrate_mh_s", keys.positive("hashrate_mh_s")?)?;
        let interval = |value: &Value| match value.as_array()?.as_slice() {
            [low, high] => {
                let (low, high) = (low.as_f64()?, high.as_f64()?);
                (low <= rate && rate <= high && high.is_finite()).then_some([low, high])
            }
            _ => None,
        };
        let about = "two numbers, below and above hashrate_mh_s";
        let batches = |value: &Value| value.as_u64().filter(|batches| *batches > 0);
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
            batches: keys.optional("batches", "a whole number above 0", batches)?,
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
        Ok(found)
    }

    /// The rate with its uncertainty, where it has an interval.
    fn rate(&self) -> Option<Sample> {
        let batches = self.batches.map(|batches| batches as f64)?;
        let enough = batches >= LEAST_BATCHES;
        let interval = self.hashrate_mh_s_ci95.filter(|_| enough)?;
        Some(Sample::of_interval(self.hashrate_mh_s, interval, batches))
    }

    /// The efficiency with one of its uncertainties. Its degrees of freedom are not in the file:
    /// the least that a scatter of batches has stands for them, which makes the interval wider
    /// than it may be and never narrower.
    fn efficiency(&self, standard: Option<f64>) -> Option<Sample> {
        let (value, standard) = self.j_per_th.zip(standard)?;
        Some(Sample { value, relative: standard / value, degrees: LEAST_BATCHES - 1.0 })
    }
}

/// What a bench says against an earlier one.
///
/// The interval of the ratio b/a is that of its logarithm: by the delta method ln(b/a) has the
/// variance u² = u_a² + u_b² of the relative standard uncertainties (Casella & Berger,
/// *Statistical Inference*, 2nd ed., section 5.5.4). Those of the rates are taken out of their 95 %
/// intervals, which batch means with k - 1 degrees of freedom made. With the effective degrees of
/// freedom of Welch and Satterthwaite, ν = u⁴ / (u_a⁴/ν_a + u_b⁴/ν_b) (JCGM 100:2008, G.4.1), the
/// interval is b/a · exp(±t₉₅(ν) u). The verdict is a difference where 1 lies outside of it.
///
/// J/TH of one meter are compared by the uncertainty in which that meter's gain is left out, since it
/// cancels; those of two meters by the whole. Their ν is taken for 9, the least that ten batches
/// have.
///
/// The interval holds what scatters within each run. What changes from one run to the next (where
/// the system puts threads and memory, what else runs, how warm the room is) it does not hold: a
/// difference of a per cent or two wants both benches repeated, in turn.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BenchComparison {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What is compared with.
    pub baseline: SavedBench,
    /// What is compared.
    pub candidate: SavedBench,
    /// The candidate's hashrate over the baseline's.
    pub hashrate_ratio: f64,
    /// The 95 % interval of that.
    pub hashrate_ratio_ci95: Option<[f64; 2]>,
    /// Its effective degrees of freedom.
    pub degrees_of_freedom: Option<f64>,
    /// `faster`, `slower` or `no difference at this confidence`.
    pub verdict: &'static str,
    /// Why there is no interval, and so no difference.
    pub verdict_reason: Option<String>,
    /// The candidate's J/TH over the baseline's, where both have one.
    pub j_per_th_ratio: Option<f64>,
    /// The 95 % interval of that.
    pub j_per_th_ratio_ci95: Option<[f64; 2]>,
    /// `less energy`, `more energy` or `no difference at this confidence`; null without a ratio.
    pub j_per_th_verdict: Option<&'static str>,
    /// Why there is no ratio or no interval.
    pub j_per_th_reason: Option<String>,
    /// What differs beside the figures, and what is wrong with either.
    pub warnings: Vec<String>,
}

const NO_DIFFERENCE: &str = "no difference at this confidence";

impl BenchComparison {
    /// Of two results.
    pub fn new(baseline: SavedBench, candidate: SavedBench) -> Self {
        let (a, b) = (&baseline, &candidate);
        let ratio = a.rate().zip(b.rate()).map(|(a, b)| Ratio::of(&a, &b));
        let verdict = match ratio.map(|ratio| ratio.side()) {
            Some(Ordering::Greater) => "faster",
            Some(Ordering::Less) => "slower",
            Some(Ordering::Equal) | None => NO_DIFFERENCE,
        };
        let without = [a, b].into_iter().find(|bench| bench.rate().is_none());
        let verdict_reason =
            without.map(|bench| format!("{} has no interval; measure it for longer", bench.name));
        let mut warnings = differences(a, b);
        warnings.extend([a, b].into_iter().flat_map(|bench| bench.warnings.clone()));
        let (energy, j_per_th_reason) = efficiencies(a, b);
        let side = |ratio: &Ratio| match ratio.side() {
            Ordering::Less => "less energy",
            Ordering::Greater => "more energy",
            Ordering::Equal => NO_DIFFERENCE,
        };
        Self {
            schema_version: SCHEMA_VERSION,
            hashrate_ratio: tidy(b.hashrate_mh_s / a.hashrate_mh_s),
            hashrate_ratio_ci95: ratio.map(|ratio| ratio.ci95.map(tidy)),
            degrees_of_freedom: ratio.map(|ratio| tidy(ratio.degrees)),
            verdict,
            verdict_reason,
            j_per_th_ratio: b.j_per_th.zip(a.j_per_th).map(|(b, a)| tidy(b / a)),
            j_per_th_ratio_ci95: energy.map(|ratio| ratio.ci95.map(tidy)),
            j_per_th_verdict: match (&energy, a.j_per_th.and(b.j_per_th)) {
                (Some(ratio), _) => Some(side(ratio)),
                (None, both) => both.map(|_| NO_DIFFERENCE),
            },
            j_per_th_reason,
            warnings,
            baseline,
            candidate,
        }
    }

    /// Whether the candidate is shown to be slower.
    pub fn is_slower(&self) -> bool {
        self.verdict == "slower"
    }
}

/// The ratio of J/TH, or why there is none.
fn efficiencies(a: &SavedBench, b: &SavedBench) -> (Option<Ratio>, Option<String>) {
    if let Some(without) = [a, b].into_iter().find(|bench| bench.j_per_th.is_none()) {
        return (None, Some(format!("{} has no J/TH", without.name)));
    }
    // A meter of another machine is another meter, whatever it is called.
    let one_meter = a.energy_origin == b.energy_origin
        && (&a.device, &a.processor) == (&b.device, &b.processor);
    let standard = |bench: &SavedBench| match one_meter {
        true => bench.j_per_th_comparison_standard,
        false => bench.j_per_th_standard_uncertainty,
    };
    let samples = [a, b].map(|bench| bench.efficiency(standard(bench)));
    match samples {
        [Some(a), Some(b)] => (Some(Ratio::of(&a, &b)), None),
        [first, _] => {
            let whose = if first.is_none() { &a.name } else { &b.name };
            (None, Some(format!("the uncertainty of {whose}'s J/TH is not known")))
        }
    }
}

/// What makes two results less than alike.
fn differences(a: &SavedBench, b: &SavedBench) -> Vec<String> {
    let mut told = Vec::new();
    let mut note = |what: &str, a: &dyn fmt::Display, b: &dyn fmt::Display, differ: bool| {
        if differ {
            told.push(format!("{what}: {a} against {b}"));
        }
    };
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "not told".to_owned());
    let (pa, pb) = (or_none(&a.processor), or_none(&b.processor));
    note("different machine", &pa, &pb, a.processor != b.processor);
    let device = a.device != b.device && (&a.device, &b.device) != (&pa, &pb);
    note("different device", &a.device, &b.device, device);
    note("different platform", &a.platform, &b.platform, a.platform != b.platform);
    note("different kernel", &a.kernel, &b.kernel, a.kernel != b.kernel);
    let (va, vb) = (or_none(&a.variant), or_none(&b.variant));
    note("different variant", &va, &vb, a.kernel == b.kernel && a.variant != b.variant);
    note("different number of threads", &a.threads, &b.threads, a.threads != b.threads);
    let pinned = |bench: &SavedBench| if bench.pinned { "pinned" } else { "not pinned" };
    note("threads", &pinned(a), &pinned(b), a.pinned != b.pinned);
    let energy = a.j_per_th.is_some() && b.j_per_th.is_some();
    let (ea, eb) = (or_none(&a.energy_origin), or_none(&b.energy_origin));
    note("different meter", &ea, &eb, energy && ea != eb);
    let assumed = |bench: &SavedBench| bench.provenance.as_deref() == Some("assumed");
    if energy && (assumed(a) || assumed(b)) {
        told.push("J/TH of an assumed power says no more than the hashrate".to_owned());
    }
    told
}

impl fmt::Display for BenchComparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sheet = Sheet::new(f);
        let (a, b) = (&self.baseline, &self.candidate);
        sheet.title(&format!("{} against {}: {}", b.name, a.name, self.verdict))?;
        for bench in [a, b] {
            let spread =
                bench.hashrate_mh_s_ci95.map_or("no interval".to_owned(), |[low, high]| {
                    format!("95 % interval {low:.3} to {high:.3}")
                });
            let text = format!("{:.3} MH/s ({spread}), {}", bench.hashrate_mh_s, bench.kernel);
            sheet.text(&bench.name, &text)?;
        }
        let shown = |ratio: f64, interval: Option<[f64; 2]>| match interval {
            Some([low, high]) => format!("{ratio:.4} (95 % interval {low:.4} to {high:.4})"),
            None => format!("{ratio:.4}, no interval"),
        };
        sheet.text("Ratio of hashrates", &shown(self.hashrate_ratio, self.hashrate_ratio_ci95))?;
        if let Some(reason) = &self.verdict_reason {
            sheet.aside(reason)?;
        }
        if let (Some(ratio), Some(verdict)) = (self.j_per_th_ratio, self.j_per_th_verdict) {
            let text = format!("{}: {verdict}", shown(ratio, self.j_per_th_ratio_ci95));
            sheet.text("Ratio of J/TH", &text)?;
        } else {
            sheet.text("Ratio of J/TH", "none")?;
        }
        if let Some(reason) = &self.j_per_th_reason {
            sheet.aside(reason)?;
        }
        for warning in &self.warnings {
            sheet.note(&format!("warning: {warning}"))?;
        }
        sheet.note(
            "The interval holds what scatters within each run, not what changes between runs: \
             repeat both in turn before believing a small difference.",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn bench(rate: f64, half: f64) -> Value {
        json!({
            "schema_version": 1, "kernel": "avx2", "variant": null, "device": "a processor",
            "threads": 2, "pinned": false, "platform": "linux/x86_64", "hashrate_mh_s": rate,
            "hashrate_mh_s_ci95": [rate - half, rate + half], "batches": 21, "steady": true,
            "complete": true, "hardware_errors": 0, "throttled": null, "j_per_th": 2e6 / rate,
            "j_per_th_standard_uncertainty": 2000.0, "energy_origin": "rapl:package-0",
            "provenance": "measured", "uncertainty": { "comparison_standard_j_per_th": 100.0 },
            "machine": { "processor": "a processor", "optimised_build": true },
        })
    }

    fn read(value: &Value, name: &str) -> SavedBench {
        SavedBench::from_json(&value.to_string(), name).unwrap()
    }

    fn compared(a: &Value, b: &Value) -> BenchComparison {
        BenchComparison::new(read(a, "a"), read(b, "b"))
    }

    #[test]
    fn verdicts_follow_the_interval() {
        let base = bench(100.0, 1.0);
        for (rate, verdict) in [(103.0, "faster"), (97.0, "slower"), (100.5, NO_DIFFERENCE)] {
            let found = compared(&base, &bench(rate, 1.0));
            assert_eq!((found.verdict, found.verdict_reason.as_deref()), (verdict, None));
            assert_eq!(found.is_slower(), verdict == "slower");
            let [low, high] = found.hashrate_ratio_ci95.unwrap();
            assert!(low < rate / 100.0 && rate / 100.0 < high);
            assert_eq!(found.warnings, Vec::<String>::new());
            assert!(found.to_string().contains(verdict));
        }
        // Nineteen degrees each and u = 1 / 2.086 %, so t95(40) = 2.021.
        let found = compared(&base, &base);
        let half = 2.021 * 2f64.sqrt() * 0.01 / 2.086;
        assert!((found.hashrate_ratio_ci95.unwrap()[1] - half.exp()).abs() < 1e-5);
        assert!((found.degrees_of_freedom.unwrap() - 40.0).abs() < 1e-9);
    }

    #[test]
    fn without_an_interval_there_is_no_difference() {
        let mut short = bench(50.0, 1.0);
        short["hashrate_mh_s_ci95"] = Value::Null;
        let found = compared(&bench(100.0, 1.0), &short);
        assert_eq!((found.verdict, found.hashrate_ratio_ci95), (NO_DIFFERENCE, None));
        assert!(found.verdict_reason.as_deref().is_some_and(|told| told.contains("b has no")));
        let mut few = bench(50.0, 1.0);
        few["batches"] = json!(3);
        assert_eq!(compared(&bench(100.0, 1.0), &few).hashrate_ratio_ci95, None);
    }

    #[test]
    fn energies_are_compared_by_what_remains_between_them() {
        // 1 % less energy, 0.5 % each in comparison and 10 % each against the truth.
        let (a, b) = (bench(100.0, 1.0), bench(104.0, 1.0));
        let found = compared(&a, &b);
        assert_eq!(found.j_per_th_verdict, Some("less energy"));
        let mut other = b.clone();
        other["energy_origin"] = json!("shelly:1 (node_wall)");
        let found = compared(&a, &other);
        assert_eq!(found.j_per_th_verdict, Some(NO_DIFFERENCE));
        assert!(found.warnings.iter().any(|told| told.contains("different meter")));
        let mut unknown = b.clone();
        unknown["uncertainty"] = Value::Null;
        let found = compared(&a, &unknown);
        assert!(found.j_per_th_ratio.is_some() && found.j_per_th_ratio_ci95.is_none());
        assert!(found.j_per_th_reason.as_deref().is_some_and(|told| told.contains("b's J/TH")));
        let mut bare = b;
        bare["j_per_th"] = Value::Null;
        let found = compared(&a, &bare);
        assert_eq!((found.j_per_th_ratio, found.j_per_th_verdict), (None, None));
        assert_eq!(found.j_per_th_reason.as_deref(), Some("b has no J/TH"));
    }

    #[test]
    fn what_differs_or_is_wrong_is_said() {
        let base = bench(100.0, 1.0);
        for (at, value, told) in [
            ("/kernel", json!("sha-ni"), "different kernel: avx2 against sha-ni"),
            ("/variant", json!("interleaved"), "different variant"),
            ("/threads", json!(4), "different number of threads: 2 against 4"),
            ("/pinned", json!(true), "threads: not pinned against pinned"),
            ("/device", json!("a card"), "different device"),
            ("/platform", json!("linux/aarch64"), "different platform"),
            ("/machine/processor", json!("another"), "different machine: a processor against"),
            ("/complete", json!(false), "b: the measurement was interrupted"),
            ("/steady", json!(false), "b: hashrate or power did not stand still"),
            ("/steady", Value::Null, "b: it is not known to have been steady"),
            ("/throttled", json!(true), "b: a device ran slower"),
            ("/hardware_errors", json!(3), "b: the device made hardware errors"),
            ("/machine/optimised_build", json!(false), "b: hashwatt was built without"),
            ("/provenance", json!("assumed"), "assumed power"),
        ] {
            let mut other = base.clone();
            *other.pointer_mut(at).unwrap() = value;
            let found = compared(&base, &other).warnings;
            assert!(found.iter().any(|warning| warning.contains(told)), "{told}: {found:?}");
        }
    }

    #[test]
    fn what_cannot_be_compared_is_refused_by_its_key() {
        for (key, value) in [
            ("schema_version", json!(2)),
            ("schema_version", Value::Null),
            ("hashrate_mh_s", Value::Null),
            ("hashrate_mh_s", json!(0)),
            ("hashrate_mh_s", json!("5")),
            ("hashrate_mh_s_ci95", json!([200, 300])),
            ("hashrate_mh_s_ci95", json!([1])),
            ("batches", json!(-1)),
            ("kernel", json!("\u{1b}[31m")),
            ("device", json!("")),
            ("threads", json!(1.5)),
            ("j_per_th", json!(-1)),
            ("pinned", json!("yes")),
        ] {
            let mut wrong = bench(100.0, 1.0);
            wrong[key] = value;
            let told = SavedBench::from_json(&wrong.to_string(), "x").unwrap_err().to_string();
            assert!(told.starts_with(key), "{key}: {told}");
        }
        for text in ["", "[]", "{\"kernel\": 1, \"kernel\": 1}"] {
            let told = SavedBench::from_json(text, "x");
            assert!(matches!(told, Err(SavedBenchError::NotJson(_))), "{text}");
        }
    }
}
