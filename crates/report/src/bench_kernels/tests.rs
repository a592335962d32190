//! Verdicts of kernels with known slices, and the reasons where no verdict is possible.

use super::*;
use crate::ExportFormat;
use hashwatt::scan::{HashingDevice, ScannerDescriptor};
use hashwatt::units::{Hashrate, Seconds};
use hashwatt_test_support::noise::Random;

/// A kernel whose slices scatter by 0.1 % about a rate in MH/s.
fn kernel(name: &str, mh_s: f64, slices: usize, seed: u64) -> InterleavedScanner {
    let descriptor = ScannerDescriptor {
        kernel: name.to_owned(),
        variant: None,
        pinned: false,
        device: "a processor".to_owned(),
        hashes_on: HashingDevice::Unstated,
        threads: 2,
        batch: 1,
    };
    let noise = Random::new(seed).autoregressive(0.0, 0.001 * mh_s, mh_s, slices);
    let slices: Vec<_> = noise.into_iter().map(Hashrate::from_mh_s).collect();
    InterleavedScanner::new(descriptor, &slices, 0)
}

fn report(scanners: Vec<InterleavedScanner>, rounds: usize, complete: bool) -> BenchKernelsReport {
    BenchKernelsReport::new(&InterleavedMeasurement {
        scanners,
        rounds,
        slice: Seconds::from_seconds(0.02),
        settling: Seconds::from_seconds(0.004),
        warm_up: Seconds::from_seconds(1.5),
        complete,
    })
}

fn verdicts(report: &BenchKernelsReport) -> Vec<&'static str> {
    report.kernels.iter().map(|row| row.verdict).collect()
}

#[test]
fn kernels_with_intervals_are_compared_with_the_first() {
    let all = [("a", 10.0), ("b", 20.0), ("c", 5.0), ("d", 10.0)];
    let scanners =
        (1..).zip(all).map(|(seed, (name, mh_s))| kernel(name, mh_s, 300, seed)).collect();
    let found = report(scanners, 300, true);
    assert_eq!(verdicts(&found), ["baseline", "faster", "slower", NO_DIFFERENCE]);
    assert_eq!((found.fastest.as_deref(), &found.fastest_reason), (Some("b"), &None));
    assert_eq!(found.baseline, "a");
    let [a, b, ..] = &found.kernels[..] else { panic!() };
    assert_eq!((a.hashrate_ratio, a.hashrate_ratio_ci95), (Some(1.0), None));
    let [low, high] = b.hashrate_ratio_ci95.unwrap();
    assert!(1.99 < low && low < b.hashrate_ratio.unwrap() && high < 2.01);
    let text = found.to_string();
    for expected in
        ["4 kernels in alternating slices, 2 threads", "Fastest: b", "1.500 s, not included in"]
    {
        assert!(text.contains(expected), "{expected} in\n{text}");
    }
    assert!(!text.contains("INCOMPLETE") && !text.contains("cannot tell"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn equal_kernels_have_no_fastest() {
    let found = report(vec![kernel("a", 10.0, 300, 1), kernel("b", 10.0, 300, 2)], 300, true);
    assert_eq!(verdicts(&found), ["baseline", NO_DIFFERENCE]);
    assert_eq!(found.fastest, None);
    let reason = found.fastest_reason.as_deref().unwrap();
    assert!(reason.ends_with("no difference at this confidence"), "{reason}");
}

#[test]
fn ratio_without_interval_cannot_tell_and_gives_the_reason() {
    // Twice the rate, but too few slices to show it.
    let found = report(vec![kernel("a", 10.0, 20, 1), kernel("b", 20.0, 20, 2)], 20, false);
    assert_eq!(verdicts(&found), ["baseline", CANNOT_TELL]);
    let row = &found.kernels[1];
    assert!(row.hashrate_ratio.is_some() && row.hashrate_ratio_ci95.is_none());
    let reason = row.verdict_reason.as_deref().unwrap();
    assert!(reason.starts_with("the ratio has no confidence interval: not converged"), "{reason}");
    assert!(row.convergence_reason.as_ref().unwrap().contains("times longer"));
    let text = found.to_string();
    assert!(text.contains("INCOMPLETE") && text.contains("cannot tell"), "{text}");
    assert!(text.contains("Fastest: undecided") && !text.contains("no difference"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn drifting_rates_can_differ_by_pairs_but_never_be_equal() {
    // All follow one drift, which is too slow for an interval of any rate.
    let drift = Random::new(3).autoregressive(0.999, 0.5, 100.0, 600);
    let follow = |name: &str, factor: f64, seed: u64| {
        let own = kernel(name, factor, 600, seed);
        let noise = Random::new(seed).autoregressive(0.0, 0.001, factor, 600);
        let slices = drift.iter().zip(noise).map(|(drift, own)| Hashrate::from_mh_s(drift * own));
        InterleavedScanner::new(own.scanner, &slices.collect::<Vec<_>>(), 0)
    };
    let found =
        report(vec![follow("a", 1.0, 1), follow("b", 1.1, 2), follow("c", 1.0, 4)], 600, true);
    assert!(found.kernels.iter().all(|row| row.hashrate_mh_s_ci95.is_none()));
    assert_eq!(verdicts(&found), ["baseline", "faster", CANNOT_TELL]);
    let reason = found.kernels[2].verdict_reason.as_deref();
    assert_eq!(reason, Some("a and c have no interval"));
    assert!(
        found.kernels[2].hashrate_ratio_ci95.is_some() && found.fastest.as_deref() == Some("b")
    );
}

#[test]
fn run_stopped_before_the_first_round_has_no_figures() {
    let found = report(vec![kernel("a", 10.0, 0, 1), kernel("b", 20.0, 0, 2)], 0, false);
    assert!(found.kernels.iter().all(|row| row.hashrate_mh_s.is_none()));
    assert_eq!((verdicts(&found), found.fastest.is_none()), (vec!["baseline", CANNOT_TELL], true));
    let text = found.to_string();
    assert!(text.contains("INCOMPLETE") && text.contains("not measured"), "{text}");
}

#[test]
fn csv_and_markdown_have_a_row_for_each_kernel() {
    let found = report(vec![kernel("a", 10.0, 300, 1), kernel("b", 20.0, 20, 2)], 300, true);
    let text = found.export(ExportFormat::Csv).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, name: &str| {
        let at = header.iter().position(|column| column == name);
        rows[row][at.unwrap_or_else(|| panic!("{name} in {header:?}"))].to_owned()
    };
    assert_eq!((rows.len(), cell(0, "kernel"), cell(1, "kernel")), (2, "a".into(), "b".into()));
    assert_eq!((cell(0, "rounds"), cell(1, "threads")), ("300".into(), "2".into()));
    assert!(cell(0, "hashrate_mh_s_ci95_low").parse::<f64>().unwrap() > 9.9);
    assert_eq!(
        (cell(0, "verdict"), cell(1, "hashrate_mh_s_ci95_low")),
        (BASELINE.into(), "".into())
    );
    let text = found.export(ExportFormat::Markdown).unwrap();
    assert!(text.starts_with("| kernel | hashrate\\_mh\\_s |"), "{text}");
    assert_eq!(text.lines().count(), 4);
    assert!(text.lines().all(|line| line.matches('|').count() == 9), "{text}");
}
