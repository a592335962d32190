//! The report of several kernels measured in alternating slices of one run.

use super::comparison::{CANNOT_TELL, NO_DIFFERENCE, verdict, without_interval};
use super::host::{self, HostRow};
use super::{SCHEMA_VERSION, round_to_15_digits};
use hashwatt::measure::{InterleavedMeasurement, InterleavedScanner, Ratio};
use hashwatt::scan::Host;
use hashwatt::text::Sheet;
use serde::Serialize;
use std::fmt;

/// The verdict of the first kernel.
const BASELINE: &str = "baseline";

/// Several kernels compared with the first, from short alternating slices.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct BenchKernelsReport {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// The device that they ran on.
    pub device: String,
    /// Number of threads of each kernel.
    pub threads: usize,
    /// Whether each thread was pinned to its own logical processor.
    pub pinned: bool,
    /// Operating system and processor architecture.
    pub platform: String,
    /// The computer that ran the bench; null if it was not recorded.
    pub host: Option<HostRow>,
    /// Length of the warm-up with all kernels before the window, s; the figures do not include it.
    pub warm_up_s: f64,
    /// Number of rounds; every kernel runs for one slice in each.
    pub rounds: usize,
    /// Counted time of each slice, s.
    pub slice_s: f64,
    /// Time at the beginning of each slice that was not counted, s.
    pub settling_s: f64,
    /// Whether all planned rounds were completed.
    pub complete: bool,
    /// The first kernel, with which the others are compared.
    pub baseline: String,
    /// The kernel shown to be faster than every other; null if none is.
    pub fastest: Option<String>,
    /// Why `fastest` is null.
    pub fastest_reason: Option<String>,
    /// One row for each kernel, in the order given.
    pub kernels: Vec<BenchKernelRow>,
}

/// The result of one kernel.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct BenchKernelRow {
    /// Name of the kernel.
    pub kernel: String,
    /// The kernel's variant, if it has several.
    pub variant: Option<String>,
    /// Hashrate of all threads, MH/s; null without a complete round.
    pub hashrate_mh_s: Option<f64>,
    /// 95 % confidence interval of the hashrate by the method of batch means, MH/s; null if it has not
    /// converged.
    pub hashrate_mh_s_ci95: Option<[f64; 2]>,
    /// Number of batches of slices that the interval is computed from.
    pub batches: Option<usize>,
    /// Why the hashrate has no confidence interval.
    pub convergence_reason: Option<String>,
    /// Hashrate divided by the baseline's.
    pub hashrate_ratio: Option<f64>,
    /// 95 % confidence interval of the ratio, from pairs of slices of the same round; null for the baseline.
    pub hashrate_ratio_ci95: Option<[f64; 2]>,
    /// `baseline`, `faster`, `slower`, `no difference at this confidence` or `cannot tell`.
    pub verdict: &'static str,
    /// Why the verdict is `cannot tell`.
    pub verdict_reason: Option<String>,
    /// Nonces that the device reported as hits and the reference implementation rejected.
    pub hardware_errors: u64,
}

/// A kernel compared with the baseline.
struct Comparison {
    ratio: Option<Ratio>,
    verdict: &'static str,
    reason: Option<String>,
}

impl Comparison {
    fn new(baseline: &InterleavedScanner, other: &InterleavedScanner) -> Self {
        let without = without_interval([baseline, other].map(|scanner| {
            let name = scanner.scanner.kernel.as_str();
            (name, scanner.hashrate_ci95.is_some())
        }));
        match other.ratio_to(baseline) {
            None => Self {
                ratio: None,
                verdict: CANNOT_TELL,
                reason: Some("stopped before the end of the first round".to_owned()),
            },
            Some(Err(scatter)) => {
                let reason = format!("the ratio has no confidence interval: {scatter}");
                Self { ratio: None, verdict: CANNOT_TELL, reason: Some(reason) }
            }
            // Pairs of slices can show a difference between rates that have no interval of their own. To
            // conclude that there is no difference, both rates need an interval.
            Some(Ok(ratio)) => match (verdict(Some(&ratio)), without) {
                (NO_DIFFERENCE, Some(reason)) => {
                    Self { ratio: Some(ratio), verdict: CANNOT_TELL, reason: Some(reason) }
                }
                (verdict, _) => Self { ratio: Some(ratio), verdict, reason: None },
            },
        }
    }
}

/// The kernel shown to be faster than every other, or why there is none.
fn fastest(scanners: &[InterleavedScanner]) -> Result<&str, String> {
    let rate = |scanner: &InterleavedScanner| scanner.hashrate.as_ref().map(|r| r.value().as_h_s());
    let rated = scanners.iter().filter(|scanner| rate(scanner).is_some());
    let first =
        rated.max_by(|a, b| rate(a).partial_cmp(&rate(b)).unwrap_or(std::cmp::Ordering::Equal));
    let first = first.ok_or("stopped before the end of the first round")?;
    for other in scanners.iter().filter(|other| !std::ptr::eq(*other, first)) {
        let Comparison { verdict, reason, .. } = Comparison::new(other, first);
        if verdict != "faster" {
            let reason = reason.map_or(String::new(), |reason| format!(": {reason}"));
            let (first, other) = (&first.scanner.kernel, &other.scanner.kernel);
            return Err(format!("{first} compared with {other}: {verdict}{reason}"));
        }
    }
    Ok(&first.scanner.kernel)
}

impl BenchKernelsReport {
    /// Creates the report of a measurement.
    pub fn new(measured: &InterleavedMeasurement) -> Self {
        let scanners = &measured.scanners[..];
        let first = scanners.first();
        let row = |one: &InterleavedScanner| {
            let compared =
                first.filter(|first| !std::ptr::eq(*first, one)).map(|f| Comparison::new(f, one));
            let rate = |one: &InterleavedScanner| one.hashrate.as_ref().map(|rate| rate.value());
            let ratio = rate(one).zip(first.and_then(rate)).map(|(b, a)| round_to_15_digits(b / a));
            let scatter = one.scatter.filter(|s| s.relative_standard_error.is_none());
            BenchKernelRow {
                kernel: one.scanner.kernel.clone(),
                variant: one.scanner.variant.clone(),
                hashrate_mh_s: rate(one).map(|rate| round_to_15_digits(rate.as_mh_s())),
                hashrate_mh_s_ci95: one.hashrate_ci95.map(|(low, high)| {
                    [round_to_15_digits(low.as_mh_s()), round_to_15_digits(high.as_mh_s())]
                }),
                batches: one.scatter.map(|scatter| scatter.batches),
                convergence_reason: scatter.map(|scatter| scatter.to_string()),
                hashrate_ratio: ratio,
                hashrate_ratio_ci95: compared.as_ref().and_then(|compared| {
                    compared.ratio.map(|ratio| ratio.ci95.map(round_to_15_digits))
                }),
                verdict: compared.as_ref().map_or(BASELINE, |compared| compared.verdict),
                verdict_reason: compared.and_then(|compared| compared.reason),
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
            host: None,
            warm_up_s: round_to_15_digits(measured.warm_up.as_seconds()),
            rounds: measured.rounds,
            slice_s: round_to_15_digits(measured.slice.as_seconds()),
            settling_s: round_to_15_digits(measured.settling.as_seconds()),
            complete: measured.complete,
            baseline: of_first(|first| first.scanner.kernel.clone()),
            fastest: fastest.clone().ok().map(str::to_owned),
            fastest_reason: fastest.err(),
            kernels: scanners.iter().map(row).collect(),
        }
    }

    /// Adds the computer that ran the bench.
    pub fn with_host(mut self, host: &Host) -> Self {
        self.host = Some(HostRow::new(host, self.threads));
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
            "{kernels} kernels in alternating slices, {threads} {unit}{pinned}, {platform}{ending}"
        ))?;
        sheet.text("Device", &self.device)?;
        if let Some(host) = &self.host {
            host::host_lines(&mut sheet, host)?;
        }
        sheet.text("Warm-up", &format!("{:.3} s, not included in the figures", self.warm_up_s))?;
        let (slice, settling) = (self.slice_s * 1e3, self.settling_s * 1e3);
        sheet.text(
            "Rounds",
            &format!(
                "{}; each counts {slice:.1} ms of every kernel, after {settling:.0} ms of settling",
                self.rounds
            ),
        )?;
        if self.rounds == 0 {
            return sheet
                .text("Hashrates", "not measured: stopped before the end of the first round");
        }
        table(f, &self.kernels)?;
        let mut sheet = Sheet::continued(f);
        match (&self.fastest, &self.fastest_reason) {
            (Some(fastest), _) => sheet.title(&format!("Fastest: {fastest}"))?,
            (None, Some(reason)) => sheet.title(&format!("Fastest: undecided; {reason}"))?,
            (None, None) => {}
        }
        for row in &self.kernels {
            if let Some(reason) = &row.verdict_reason {
                sheet.note(&format!("{}: {}: {reason}", row.kernel, row.verdict))?;
            } else if row.verdict == NO_DIFFERENCE {
                sheet.note(&format!("{}: {NO_DIFFERENCE}", row.kernel))?;
            }
            if let Some(reason) = &row.convergence_reason {
                sheet.note(&format!(
                    "{}: no confidence interval of the hashrate: {reason}",
                    row.kernel
                ))?;
            }
            if row.hardware_errors > 0 {
                sheet.note(&format!("{}: {} hardware errors", row.kernel, row.hardware_errors))?;
            }
        }
        sheet.note(&format!(
            "Ratios are relative to {}; their 95 % intervals come from pairs of slices of the same round.",
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
