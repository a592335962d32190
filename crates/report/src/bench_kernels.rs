//! The report of several kernels that took turns in one run.

use super::comparison::{CANNOT_TELL, NO_DIFFERENCE, verdict, without_interval};
use super::host::{self, HostRow};
use super::{SCHEMA_VERSION, tidy};
use hashwatt::measure::{InterleavedMeasurement, InterleavedScanner, Ratio};
use hashwatt::scan::Host;
use hashwatt::text::Sheet;
use serde::Serialize;
use std::fmt;

/// What stands in the first kernel's place of a verdict.
const BASELINE: &str = "baseline";

/// Several kernels against the first of them, from short slices of each in turn.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct BenchKernelsReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What they ran on.
    pub device: String,
    /// Threads of each.
    pub threads: usize,
    /// Whether each thread was kept on a processor of its own.
    pub pinned: bool,
    /// Operating system and processor architecture.
    pub platform: String,
    /// The machine, where it was asked for.
    pub machine: Option<HostRow>,
    /// How long all took turns before the window, s; nothing of the warm-up is in the figures.
    pub warm_up_s: f64,
    /// Rounds in which every kernel had its slice.
    pub rounds: usize,
    /// How much of each slice was counted, s.
    pub slice_s: f64,
    /// How much of the beginning of each slice was not, s.
    pub settling_s: f64,
    /// Whether there were as many rounds as planned.
    pub complete: bool,
    /// The kernel that the others are compared with: the first.
    pub baseline: String,
    /// The kernel that is shown to be faster than every other.
    pub fastest: Option<String>,
    /// Why there is none.
    pub fastest_reason: Option<String>,
    /// One row a kernel, in the order given.
    pub kernels: Vec<BenchKernelRow>,
}

/// A kernel.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct BenchKernelRow {
    /// Its name.
    pub kernel: String,
    /// Which of several ways to run it.
    pub variant: Option<String>,
    /// MH/s of all threads; null without a whole round.
    pub hashrate_mh_s: Option<f64>,
    /// The 95 % confidence interval of that by batch means, MH/s; null where it has not converged.
    pub hashrate_mh_s_ci95: Option<[f64; 2]>,
    /// Batches of slices that the interval rests on.
    pub batches: Option<usize>,
    /// Why the hashrate has no interval.
    pub convergence_reason: Option<String>,
    /// The hashrate over the baseline's.
    pub hashrate_ratio: Option<f64>,
    /// The 95 % interval of that, from the slices of each round in pairs; null for the baseline.
    pub hashrate_ratio_ci95: Option<[f64; 2]>,
    /// `baseline`, `faster`, `slower`, `no difference at this confidence` or `cannot tell`.
    pub verdict: &'static str,
    /// Why it cannot be told.
    pub verdict_reason: Option<String>,
    /// Reported nonces that the reference refused.
    pub hardware_errors: u64,
}

/// What two kernels show against each other.
struct Shown {
    ratio: Option<Ratio>,
    verdict: &'static str,
    reason: Option<String>,
}

impl Shown {
    fn new(baseline: &InterleavedScanner, of: &InterleavedScanner) -> Self {
        let without = without_interval([baseline, of].map(|one| {
            let name = one.scanner.kernel.as_str();
            (name, one.hashrate_ci95.is_some())
        }));
        match of.ratio_to(baseline) {
            None => Self {
                ratio: None,
                verdict: CANNOT_TELL,
                reason: Some("ended before the first round".to_owned()),
            },
            Some(Err(scatter)) => {
                let reason = format!("their ratio has no interval: {scatter}");
                Self { ratio: None, verdict: CANNOT_TELL, reason: Some(reason) }
            }
            // Pairs can show a difference between rates that have no interval of their own; that
            // there is none wants both.
            Some(Ok(ratio)) => match (verdict(Some(&ratio)), without) {
                (NO_DIFFERENCE, Some(reason)) => {
                    Self { ratio: Some(ratio), verdict: CANNOT_TELL, reason: Some(reason) }
                }
                (verdict, _) => Self { ratio: Some(ratio), verdict, reason: None },
            },
        }
    }
}

/// The kernel that is shown to be faster than every other, or why there is none.
fn fastest(scanners: &[InterleavedScanner]) -> Result<&str, String> {
    let rate = |one: &InterleavedScanner| one.hashrate.as_ref().map(|r| r.value().as_h_s());
    let rated = scanners.iter().filter(|one| rate(one).is_some());
    let first =
        rated.max_by(|a, b| rate(a).partial_cmp(&rate(b)).unwrap_or(std::cmp::Ordering::Equal));
    let first = first.ok_or("ended before the first round")?;
    for other in scanners.iter().filter(|other| !std::ptr::eq(*other, first)) {
        let Shown { verdict, reason, .. } = Shown::new(other, first);
        if verdict != "faster" {
            let reason = reason.map_or(String::new(), |reason| format!(": {reason}"));
            let (first, other) = (&first.scanner.kernel, &other.scanner.kernel);
            return Err(format!("{first} against {other}: {verdict}{reason}"));
        }
    }
    Ok(&first.scanner.kernel)
}

impl BenchKernelsReport {
    /// Of a measurement.
    pub fn new(measured: &InterleavedMeasurement) -> Self {
        let scanners = &measured.scanners[..];
        let first = scanners.first();
        let row = |one: &InterleavedScanner| {
            let shown =
                first.filter(|first| !std::ptr::eq(*first, one)).map(|f| Shown::new(f, one));
            let rate = |one: &InterleavedScanner| one.hashrate.as_ref().map(|rate| rate.value());
            let ratio = rate(one).zip(first.and_then(rate)).map(|(b, a)| tidy(b / a));
            let scatter = one.scatter.filter(|s| s.relative_standard_error.is_none());
            BenchKernelRow {
                kernel: one.scanner.kernel.clone(),
                variant: one.scanner.variant.clone(),
                hashrate_mh_s: rate(one).map(|rate| tidy(rate.as_mh_s())),
                hashrate_mh_s_ci95: one
                    .hashrate_ci95
                    .map(|(low, high)| [tidy(low.as_mh_s()), tidy(high.as_mh_s())]),
                batches: one.scatter.map(|scatter| scatter.batches),
                convergence_reason: scatter.map(|scatter| scatter.to_string()),
                hashrate_ratio: ratio,
                hashrate_ratio_ci95: shown
                    .as_ref()
                    .and_then(|shown| shown.ratio.map(|ratio| ratio.ci95.map(tidy))),
                verdict: shown.as_ref().map_or(BASELINE, |shown| shown.verdict),
                verdict_reason: shown.and_then(|shown| shown.reason),
                hardware_errors: one.hardware_errors,
            }
        };
        let of_first =
            |text: fn(&InterleavedScanner) -> String| first.map(text).unwrap_or_default();
        let fastest = fastest(scanners);
        Self {
            schema_version: SCHEMA_VERSION,
            device: of_first(|first| first.scanner.device.clone()),
            threads: first.map_or(0, |first| first.scanner.threads),
            pinned: first.is_some_and(|first| first.scanner.pinned),
            platform: format!("{}/{}", std::env::consts::OS, std::env::consts::ARCH),
            machine: None,
            warm_up_s: tidy(measured.warm_up.as_seconds()),
            rounds: measured.rounds,
            slice_s: tidy(measured.slice.as_seconds()),
            settling_s: tidy(measured.settling.as_seconds()),
            complete: measured.complete,
            baseline: of_first(|first| first.scanner.kernel.clone()),
            fastest: fastest.clone().ok().map(str::to_owned),
            fastest_reason: fastest.err(),
            kernels: scanners.iter().map(row).collect(),
        }
    }

    /// With the machine.
    pub fn with_host(mut self, machine: &Host) -> Self {
        self.machine = Some(HostRow::new(machine, self.threads));
        self
    }
}

impl fmt::Display for BenchKernelsReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sheet = Sheet::new(f);
        let ending = if self.complete { "" } else { ", INCOMPLETE" };
        let (kernels, threads, platform) = (self.kernels.len(), self.threads, &self.platform);
        let pinned = if self.pinned { ", pinned" } else { "" };
        let unit = if threads == 1 { "thread" } else { "threads" };
        sheet.title(&format!(
            "{kernels} kernels in turn, {threads} {unit}{pinned}, {platform}{ending}"
        ))?;
        sheet.text("Device", &self.device)?;
        if let Some(machine) = &self.machine {
            host::host_lines(&mut sheet, machine)?;
        }
        sheet.text("Warm-up", &format!("{:.3} s, not in the figures", self.warm_up_s))?;
        let (slice, settling) = (self.slice_s * 1e3, self.settling_s * 1e3);
        sheet.text(
            "Rounds",
            &format!(
                "{}, in each {slice:.1} ms of every kernel, after {settling:.0} ms that are not \
                 counted",
                self.rounds
            ),
        )?;
        if self.rounds == 0 {
            return sheet.text("Hashrates", "not measured: ended before the first round");
        }
        table(f, &self.kernels)?;
        let mut sheet = Sheet::begun(f);
        match (&self.fastest, &self.fastest_reason) {
            (Some(fastest), _) => sheet.title(&format!("Fastest: {fastest}"))?,
            (None, Some(reason)) => sheet.title(&format!("Fastest: not shown; {reason}"))?,
            (None, None) => {}
        }
        for row in &self.kernels {
            if let Some(reason) = &row.verdict_reason {
                sheet.note(&format!("{}: {}: {reason}", row.kernel, row.verdict))?;
            } else if row.verdict == NO_DIFFERENCE {
                sheet.note(&format!("{}: {NO_DIFFERENCE}", row.kernel))?;
            }
            if let Some(reason) = &row.convergence_reason {
                sheet.note(&format!("{}: no interval of its rate: {reason}", row.kernel))?;
            }
            if row.hardware_errors > 0 {
                sheet.note(&format!("{}: {} hardware errors", row.kernel, row.hardware_errors))?;
            }
        }
        sheet.note(&format!(
            "Ratios are to {}, with 95 % intervals from the slices of each round in pairs.",
            self.baseline
        ))
    }
}

fn table(f: &mut fmt::Formatter<'_>, rows: &[BenchKernelRow]) -> fmt::Result {
    let (rate, ratio, interval) = ("MH/s", "ratio", "95 % interval");
    writeln!(f, "\n  {:<10} {rate:>8} {interval:>19} {ratio:>6} {interval:>16}", "kernel")?;
    let range = |range: Option<[f64; 2]>, decimals: usize| match range {
        Some([low, high]) => format!("{low:.decimals$} to {high:.decimals$}"),
        None => "none".to_owned(),
    };
    let figure = |value: Option<f64>, decimals: usize| {
        value.map_or("none".to_owned(), |value| format!("{value:.decimals$}"))
    };
    for row in rows {
        let (name, rate) = (&row.kernel, figure(row.hashrate_mh_s, 3));
        let (spread, ratio) = (range(row.hashrate_mh_s_ci95, 3), figure(row.hashrate_ratio, 4));
        let (paired, verdict) = match row.verdict {
            BASELINE => (String::new(), BASELINE),
            NO_DIFFERENCE => (range(row.hashrate_ratio_ci95, 4), "no difference"),
            verdict => (range(row.hashrate_ratio_ci95, 4), verdict),
        };
        writeln!(f, "  {name:<10} {rate:>8} {spread:>19} {ratio:>6} {paired:>16}  {verdict}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
