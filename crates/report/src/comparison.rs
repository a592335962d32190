//! The comparison of two saved results of a bench.

mod saved;
#[cfg(test)]
mod tests;

pub use saved::{SavedBench, SavedBenchError};

use super::{SCHEMA_VERSION, round_to_15_digits};
use hashwatt::measure::{Ratio, Sample};
use hashwatt::text::Sheet;
use serde::Serialize;
use std::cmp::Ordering;
use std::fmt;

/// A hashrate with a confidence interval comes from at least this many batches.
const MIN_BATCHES: f64 = 10.0;

impl SavedBench {
    /// The hashrate with its uncertainty; `None` without an interval.
    fn rate(&self) -> Option<Sample> {
        let batches = self.batches.map(|batches| batches as f64)?;
        let enough = batches >= MIN_BATCHES;
        let interval = self.hashrate_mh_s_ci95.filter(|_| enough)?;
        Some(Sample::from_interval(self.hashrate_mh_s, interval, batches))
    }

    /// The efficiency with one of its standard uncertainties. The file does not contain the degrees of
    /// freedom, so the smallest possible number is used: the interval can be too wide but never too narrow.
    fn efficiency(&self, standard: Option<f64>) -> Option<Sample> {
        let (value, standard) = self.j_per_th.zip(standard)?;
        Some(Sample {
            value,
            relative_uncertainty: standard / value,
            degrees_of_freedom: MIN_BATCHES - 1.0,
        })
    }
}

/// The comparison of a bench with an earlier one.
///
/// The confidence interval of the ratio b/a is computed for its logarithm. By the delta method the variance
/// of ln(b/a) is u² = u_a² + u_b², where u_a and u_b are relative standard uncertainties (Casella & Berger,
/// *Statistical Inference*, 2nd ed., section 5.5.4). The uncertainties of the hashrates are derived from
/// their 95 % intervals, which come from batch means with k - 1 degrees of freedom. With the effective
/// degrees of freedom of Welch and Satterthwaite, ν = u⁴ / (u_a⁴/ν_a + u_b⁴/ν_b) (JCGM 100:2008, G.4.1), the
/// interval is b/a · exp(±t₉₅(ν) u). The results differ if 1 lies outside it.
///
/// Efficiencies from the same meter are compared with the uncertainty that excludes the meter's gain, because
/// the gain cancels; efficiencies from two meters are compared with the full uncertainty. Their ν is taken as
/// 9, the minimum for ten batches.
///
/// The interval covers the scatter within each run. It does not cover what changes between runs, such as the
/// placement of threads and memory, other load and the ambient temperature: to confirm a difference of one or
/// two percent, repeat both benches alternately.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct BenchComparison {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// The earlier result.
    pub baseline: SavedBench,
    /// The result that is compared with the baseline.
    pub candidate: SavedBench,
    /// The candidate's hashrate divided by the baseline's.
    pub hashrate_ratio: f64,
    /// 95 % confidence interval of `hashrate_ratio`.
    pub hashrate_ratio_ci95: Option<[f64; 2]>,
    /// Effective degrees of freedom of that interval.
    pub degrees_of_freedom: Option<f64>,
    /// `faster`, `slower`, `no difference at this confidence`, or `cannot tell` without an interval.
    pub verdict: &'static str,
    /// Which result has no interval, if the verdict is `cannot tell`.
    pub verdict_reason: Option<String>,
    /// The candidate's J/TH divided by the baseline's; null unless both have one.
    pub j_per_th_ratio: Option<f64>,
    /// 95 % confidence interval of `j_per_th_ratio`.
    pub j_per_th_ratio_ci95: Option<[f64; 2]>,
    /// `less energy`, `more energy`, `no difference at this confidence`, or `cannot tell` without an
    /// interval; null without a ratio.
    pub j_per_th_verdict: Option<&'static str>,
    /// Why `j_per_th_ratio` or its interval is null.
    pub j_per_th_reason: Option<String>,
    /// What else differs between the two results, and the warnings of each.
    pub warnings: Vec<String>,
}

pub(super) const NO_DIFFERENCE: &str = "no difference at this confidence";
/// Without an interval neither a difference nor the absence of one can be shown.
pub(super) const CANNOT_TELL: &str = "cannot tell";

/// The verdict of a ratio of hashrates.
pub(super) fn verdict(ratio: Option<&Ratio>) -> &'static str {
    match ratio.map(Ratio::side) {
        Some(Ordering::Greater) => "faster",
        Some(Ordering::Less) => "slower",
        Some(Ordering::Equal) => NO_DIFFERENCE,
        None => CANNOT_TELL,
    }
}

/// Which of two results has no interval; `None` if both have one.
pub(super) fn without_interval(ends: [(&str, bool); 2]) -> Option<String> {
    match ends {
        [(a, false), (b, false)] if a != b => Some(format!("{a} and {b} have no interval")),
        [(name, false), _] | [_, (name, false)] => Some(format!("{name} has no interval")),
        _ => None,
    }
}

impl BenchComparison {
    /// Compares two results.
    pub fn new(baseline: SavedBench, candidate: SavedBench) -> Self {
        let (a, b) = (&baseline, &candidate);
        let ratio = a.rate().zip(b.rate()).map(|(a, b)| Ratio::new(&a, &b));
        let verdict_reason =
            without_interval([a, b].map(|bench| (bench.name.as_str(), bench.rate().is_some())));
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
            hashrate_ratio: round_to_15_digits(b.hashrate_mh_s / a.hashrate_mh_s),
            hashrate_ratio_ci95: ratio.map(|ratio| ratio.ci95.map(round_to_15_digits)),
            degrees_of_freedom: ratio.map(|ratio| round_to_15_digits(ratio.degrees_of_freedom)),
            verdict: verdict(ratio.as_ref()),
            verdict_reason,
            j_per_th_ratio: b.j_per_th.zip(a.j_per_th).map(|(b, a)| round_to_15_digits(b / a)),
            j_per_th_ratio_ci95: energy.map(|ratio| ratio.ci95.map(round_to_15_digits)),
            j_per_th_verdict: match (&energy, a.j_per_th.and(b.j_per_th)) {
                (Some(ratio), _) => Some(side(ratio)),
                (None, both) => both.map(|_| CANNOT_TELL),
            },
            j_per_th_reason,
            warnings,
            baseline,
            candidate,
        }
    }

    /// Whether the verdict is `slower`.
    pub fn is_slower(&self) -> bool {
        self.verdict == "slower"
    }

    /// Whether the hashrates cannot be compared because one has no interval.
    pub fn cannot_tell(&self) -> bool {
        self.hashrate_ratio_ci95.is_none()
    }
}

/// The ratio of the efficiencies, or why there is none.
fn efficiencies(a: &SavedBench, b: &SavedBench) -> (Option<Ratio>, Option<String>) {
    if let Some(without) = [a, b].into_iter().find(|bench| bench.j_per_th.is_none()) {
        return (None, Some(format!("{} has no J/TH", without.name)));
    }
    // Meters of different computers are different, even if their names are equal.
    let is_same_meter = a.energy_origin == b.energy_origin
        && (&a.device, &a.processor) == (&b.device, &b.processor);
    let standard = |bench: &SavedBench| match is_same_meter {
        true => bench.j_per_th_comparison_standard,
        false => bench.j_per_th_standard_uncertainty,
    };
    let samples = [a, b].map(|bench| bench.efficiency(standard(bench)));
    match samples {
        [Some(a), Some(b)] => (Some(Ratio::new(&a, &b)), None),
        [first, _] => {
            let whose = if first.is_none() { &a.name } else { &b.name };
            (None, Some(format!("the uncertainty of {whose}'s J/TH is unknown")))
        }
    }
}

/// Differences in the conditions of two results.
fn differences(a: &SavedBench, b: &SavedBench) -> Vec<String> {
    let mut warnings = Vec::new();
    let mut note = |what: &str, a: &dyn fmt::Display, b: &dyn fmt::Display, differ: bool| {
        if differ {
            warnings.push(format!("{what}: {a} and {b}"));
        }
    };
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "unknown".to_owned());
    let (pa, pb) = (or_none(&a.processor), or_none(&b.processor));
    note("different processor", &pa, &pb, a.processor != b.processor);
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
        warnings.push(
            "J/TH from an assumed power carries no more information than the hashrate".to_owned(),
        );
    }
    warnings
}

impl fmt::Display for BenchComparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sheet = Sheet::new(f);
        let (a, b) = (&self.baseline, &self.candidate);
        let reason =
            self.verdict_reason.as_ref().map_or(String::new(), |reason| format!(": {reason}"));
        sheet.title(&format!("{} compared with {}: {}{reason}", b.name, a.name, self.verdict))?;
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
        if self.cannot_tell() {
            sheet.aside("repeat with a longer measurement")?;
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
            "The interval covers the scatter within each run, not changes between runs: repeat both \
             alternately to confirm a small difference.",
        )
    }
}
