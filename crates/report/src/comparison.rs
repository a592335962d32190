//! Two saved results of a bench against each other.

mod saved;
#[cfg(test)]
mod tests;

pub use saved::{SavedBench, SavedBenchError};

use super::{SCHEMA_VERSION, tidy};
use hashwatt::measure::{Ratio, Sample};
use hashwatt::text::Sheet;
use serde::Serialize;
use std::cmp::Ordering;
use std::fmt;

/// A bench whose rate has an interval has at least so many batches.
const MIN_BATCHES: f64 = 10.0;

impl SavedBench {
    /// The rate with its uncertainty, where it has an interval.
    fn rate(&self) -> Option<Sample> {
        let batches = self.batches.map(|batches| batches as f64)?;
        let enough = batches >= MIN_BATCHES;
        let interval = self.hashrate_mh_s_ci95.filter(|_| enough)?;
        Some(Sample::of_interval(self.hashrate_mh_s, interval, batches))
    }

    /// The efficiency with one of its uncertainties. Its degrees of freedom are not in the file:
    /// the least that a scatter of batches has stands for them, which makes the interval wider
    /// than it may be and never narrower.
    fn efficiency(&self, standard: Option<f64>) -> Option<Sample> {
        let (value, standard) = self.j_per_th.zip(standard)?;
        Some(Sample { value, relative: standard / value, degrees: MIN_BATCHES - 1.0 })
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
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
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
    /// `faster`, `slower`, `no difference at this confidence`, or `cannot tell` without an interval.
    pub verdict: &'static str,
    /// Which result has no interval, where it cannot be told.
    pub verdict_reason: Option<String>,
    /// The candidate's J/TH over the baseline's, where both have one.
    pub j_per_th_ratio: Option<f64>,
    /// The 95 % interval of that.
    pub j_per_th_ratio_ci95: Option<[f64; 2]>,
    /// `less energy`, `more energy`, `no difference at this confidence`, or `cannot tell` without an
    /// interval; null without a ratio.
    pub j_per_th_verdict: Option<&'static str>,
    /// Why there is no ratio or no interval.
    pub j_per_th_reason: Option<String>,
    /// What differs beside the figures, and what is wrong with either.
    pub warnings: Vec<String>,
}

pub(super) const NO_DIFFERENCE: &str = "no difference at this confidence";
/// Without an interval nothing is shown, not even that there is no difference.
pub(super) const CANNOT_TELL: &str = "cannot tell";

/// What a ratio of hashrates shows.
pub(super) fn verdict(ratio: Option<&Ratio>) -> &'static str {
    match ratio.map(Ratio::side) {
        Some(Ordering::Greater) => "faster",
        Some(Ordering::Less) => "slower",
        Some(Ordering::Equal) => NO_DIFFERENCE,
        None => CANNOT_TELL,
    }
}

/// Which of two has no interval; `None` where both have one.
pub(super) fn without_interval(ends: [(&str, bool); 2]) -> Option<String> {
    match ends {
        [(a, false), (b, false)] if a != b => Some(format!("{a} and {b} have no interval")),
        [(name, false), _] | [_, (name, false)] => Some(format!("{name} has no interval")),
        _ => None,
    }
}

impl BenchComparison {
    /// Of two results.
    pub fn new(baseline: SavedBench, candidate: SavedBench) -> Self {
        let (a, b) = (&baseline, &candidate);
        let ratio = a.rate().zip(b.rate()).map(|(a, b)| Ratio::of(&a, &b));
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
            hashrate_ratio: tidy(b.hashrate_mh_s / a.hashrate_mh_s),
            hashrate_ratio_ci95: ratio.map(|ratio| ratio.ci95.map(tidy)),
            degrees_of_freedom: ratio.map(|ratio| tidy(ratio.degrees)),
            verdict: verdict(ratio.as_ref()),
            verdict_reason,
            j_per_th_ratio: b.j_per_th.zip(a.j_per_th).map(|(b, a)| tidy(b / a)),
            j_per_th_ratio_ci95: energy.map(|ratio| ratio.ci95.map(tidy)),
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

    /// Whether the candidate is shown to be slower.
    pub fn is_slower(&self) -> bool {
        self.verdict == "slower"
    }

    /// Whether the hashrates cannot be compared, since one has no interval.
    pub fn cannot_tell(&self) -> bool {
        self.hashrate_ratio_ci95.is_none()
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
        let reason = self.verdict_reason.as_ref().map_or(String::new(), |told| format!(": {told}"));
        sheet.title(&format!("{} against {}: {}{reason}", b.name, a.name, self.verdict))?;
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
            sheet.aside("measure for longer")?;
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
