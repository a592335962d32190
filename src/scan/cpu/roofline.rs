//! Compares kernels with each other and with the core's limit, on one thread and in short alternating
//! slices, so that other load on the machine affects all equally.

mod text;

use super::clock::Clock;
use super::kernel::Kernel;
use super::ports::Core;
use super::{host, probe, rate, self_test};
use crate::scan::error::ScanError;
use crate::scan::range::NonceRange;
use crate::scan::stop::StopToken;
use crate::units::{Hashes, Hashrate, Seconds};
use hashwatt_quantities::statistics::nearest_rank_quantiles;
use std::time::{Duration, Instant};

/// The result of [`roofline`]. Cycles are those of the core, measured by a probe at the beginning of
/// each round; changes of the frequency within rounds appear as scatter.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Roofline {
    /// The processor.
    pub device: String,
    /// The name of the core, if its ports are known.
    pub core: Option<&'static str>,
    /// The length of a clock cycle, the median of all rounds.
    pub cycle: Seconds,
    /// Cycles per 256-bit addition among many independent ones, the median of the rounds that were kept.
    /// More than the core's nominal figure means that another load shared the core. `None` without
    /// AVX2.
    pub vector_add_cycles: Option<f64>,
    /// The number of rounds; each has one slice of every kernel.
    pub rounds: usize,
    /// The number of rounds excluded from the figures, because `vector_add_cycles` deviated by more than
    /// a tenth from its median.
    pub disturbed: usize,
    /// Whether the requested time was measured in full.
    pub complete: bool,
    /// The kernels in the order given.
    pub kernels: Vec<KernelCycles>,
}

/// The speed of one kernel.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct KernelCycles {
    /// The kernel.
    pub kernel: Kernel,
    /// The variant of the kernel, if it has several.
    pub variant: Option<&'static str>,
    /// Cycles per hash over the slices.
    pub cycles_per_hash: Percentiles,
    /// The rate of the median slice on one thread.
    pub rate: Hashrate,
    /// The lower limit of cycles per hash set by the core's ports, if they are known.
    pub limit_cycles_per_hash: Option<f64>,
}

/// Percentiles of a sample.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Percentiles {
    /// The tenth percentile.
    pub p10: f64,
    /// The median.
    pub median: f64,
    /// The ninetieth percentile.
    pub p90: f64,
}

impl Percentiles {
    /// Percentiles by nearest rank; zeros for an empty sample.
    fn from_sample(sample: Vec<f64>) -> Self {
        let [p10, median, p90] =
            nearest_rank_quantiles(sample, [0.1, 0.5, 0.9]).unwrap_or_default();
        Self { p10, median, p90 }
    }
}

/// The intended length of a slice in seconds: long compared with the clock's resolution, short compared
/// with a scheduler time slice.
const SLICE: f64 = 2e-3;

/// The minimum number of rounds for a median.
const MIN_ROUNDS: usize = 41;

/// The times of one round, in seconds: a clock cycle, a vector addition, and a hash of each kernel.
#[derive(Clone, Debug)]
struct Round {
    cycle: f64,
    addition: Option<f64>,
    hashes: Vec<f64>,
}

/// Times the kernels for `time` and at least 41 rounds, or until `stop`. The first round, which takes
/// some milliseconds per kernel, is always finished.
///
/// # Errors
/// [`ScanError::Time`] for a time that is negative or not a number; [`ScanError::KernelUnavailable`] if
/// this machine cannot run a kernel; [`ScanError::SelfTest`] if a self-test fails.
pub fn roofline(
    kernels: &[Kernel],
    time: Seconds,
    stop: &StopToken,
) -> Result<Roofline, ScanError> {
    let seconds = time.as_seconds();
    if seconds.is_nan() || seconds < 0.0 {
        return Err(ScanError::Time { given: time.to_string() });
    }
    // A time beyond the range of `Duration` is treated as unlimited.
    let time = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX);
    let mut timed = Vec::new();
    for &kernel in kernels {
        let implementation = kernel.proven()?;
        // Whole batches of the vectors; the last batch of the streams is a small part of a slice.
        let batches = (rate::rate(implementation).as_h_s() * SLICE / 64.0).clamp(1.0, 65_536.0);
        timed.push((kernel, implementation, batches as u64 * 64));
    }
    let job = self_test::hard_job();
    let mut rounds: Vec<Round> = Vec::new();
    let start = Instant::now();
    let enough = |rounds: &[Round]| rounds.len() >= MIN_ROUNDS && start.elapsed() >= time;
    while rounds.is_empty() || !(stop.is_stopped() || enough(&rounds)) {
        let (cycle, addition) = (probe::cycle().as_seconds(), probe::vector_add());
        let (number, count) = (rounds.len(), timed.len());
        let mut hashes = vec![0.0; count];
        for i in 0..count {
            let i = (i + number) % count;
            let (_, implementation, nonces) = timed[i];
            let range = NonceRange::ALL.skip((number as u64 % 1024) << 20).take(nonces);
            let start = Clock::now();
            implementation.scan(&job, range, &mut Vec::new());
            hashes[i] = start.elapsed().as_seconds() / range.len() as f64;
        }
        rounds.push(Round { cycle, addition: addition.map(Seconds::as_seconds), hashes });
    }
    let kernels: Vec<(Kernel, Option<&'static str>)> = timed
        .iter()
        .map(|(kernel, implementation, _)| (*kernel, implementation.variant()))
        .collect();
    Ok(evaluate(&kernels, host::core(), &rounds, enough(&rounds)))
}

/// The rounds whose vector addition is within a tenth of the median of all rounds. If it is longer,
/// another load used the core; if it is shorter, the measured cycle was too long.
fn undisturbed(rounds: &[Round]) -> Vec<&Round> {
    let additions = |round: &Round| Some(round.addition? / round.cycle);
    let median = Percentiles::from_sample(rounds.iter().filter_map(additions).collect()).median;
    let near_median = |round: &&Round| {
        additions(round).is_none_or(|addition| (addition / median - 1.0).abs() <= 0.1)
    };
    rounds.iter().filter(near_median).collect()
}

/// Computes the result from the measured rounds.
fn evaluate(
    kernels: &[(Kernel, Option<&'static str>)],
    core: Option<Core>,
    rounds: &[Round],
    complete: bool,
) -> Roofline {
    let kept = undisturbed(rounds);
    let percentiles = |figure: &dyn Fn(&Round) -> f64| {
        Percentiles::from_sample(kept.iter().map(|round| figure(round)).collect())
    };
    let figures = |(i, (kernel, variant)): (usize, &(Kernel, Option<&'static str>))| {
        let seconds = percentiles(&|round| round.hashes[i]).median;
        KernelCycles {
            kernel: *kernel,
            variant: *variant,
            cycles_per_hash: percentiles(&|round| round.hashes[i] / round.cycle),
            rate: Hashes::from_count(1) / Seconds::from_seconds(seconds),
            limit_cycles_per_hash: core.and_then(|core| core.limit(*kernel)),
        }
    };
    let probed = kept.iter().any(|round| round.addition.is_some());
    let addition = percentiles(&|round| round.addition.unwrap_or(f64::NAN) / round.cycle).median;
    Roofline {
        device: host::name(),
        core: core.map(|core| core.name),
        cycle: Seconds::from_seconds(percentiles(&|round| round.cycle).median),
        vector_add_cycles: probed.then_some(addition),
        rounds: rounds.len(),
        disturbed: rounds.len() - kept.len(),
        complete,
        kernels: kernels.iter().enumerate().map(figures).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::ports::ZEN_4;
    use super::*;

    /// A round on a core at 4 GHz: a quarter of a cycle per addition, hashes of 100 and of 50 cycles.
    fn undisturbed_round() -> Round {
        let cycle = 0.25e-9;
        Round { cycle, addition: Some(cycle / 4.0), hashes: vec![100.0 * cycle, 50.0 * cycle] }
    }

    const KERNELS: [(Kernel, Option<&str>); 2] =
        [(Kernel::Sha2, None), (Kernel::Avx512, Some("even"))];

    #[test]
    fn percentiles_are_by_nearest_rank() {
        let sample: Vec<f64> = (0..=100).rev().map(f64::from).collect();
        assert_eq!(
            Percentiles::from_sample(sample),
            Percentiles { p10: 10.0, median: 50.0, p90: 90.0 }
        );
        assert_eq!(
            Percentiles::from_sample(vec![7.0]),
            Percentiles { p10: 7.0, median: 7.0, p90: 7.0 }
        );
    }

    #[test]
    fn disturbed_rounds_are_excluded_from_figures() {
        let mut rounds = vec![undisturbed_round(); 20];
        // Another load on the core: additions and hashes take longer.
        let slow = Round { addition: Some(0.09e-9), hashes: vec![1.0, 1.0], ..undisturbed_round() };
        // A cycle that was measured too long because of an interrupt.
        let interrupted = Round { cycle: 0.5e-9, ..undisturbed_round() };
        rounds.extend([slow, interrupted]);
        let core = ZEN_4;
        let found = evaluate(&KERNELS, Some(core), &rounds, true);
        assert_eq!((found.rounds, found.disturbed, found.complete), (22, 2, true));
        assert_eq!(found.cycle, Seconds::from_seconds(0.25e-9));
        assert_eq!((found.vector_add_cycles, found.core), (Some(0.25), Some("Zen 4")));
        let [sha2, avx512] = &found.kernels[..] else { panic!() };
        let near = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-9;
        assert!(near(sha2.cycles_per_hash.median, 100.0) && near(sha2.rate.as_mh_s(), 40.0));
        assert!(near(avx512.cycles_per_hash.p90, 50.0) && near(avx512.rate.as_mh_s(), 80.0));
        assert_eq!((sha2.variant, avx512.variant), (None, Some("even")));
        assert_eq!(sha2.limit_cycles_per_hash, None);
        assert_eq!(avx512.limit_cycles_per_hash, core.limit(Kernel::Avx512));
    }

    #[test]
    fn without_vector_probe_every_round_is_kept() {
        let rounds = vec![Round { addition: None, ..undisturbed_round() }; 3];
        let found = evaluate(&KERNELS, None, &rounds, false);
        assert_eq!((found.disturbed, found.vector_add_cycles, found.core), (0, None, None));
        assert!(!found.complete);
    }

    #[test]
    fn stopped_measurement_has_one_round_and_invalid_time_is_an_error() {
        let stop = StopToken::new();
        let negative = Seconds::from_seconds(-1.0);
        let refused = Err(ScanError::Time { given: "-1 s".to_owned() });
        assert_eq!(roofline(&[], negative, &stop), refused);
        assert!(roofline(&[], Seconds::from_seconds(f64::NAN), &stop).is_err());
        stop.stop();
        let one = roofline(&[Kernel::Sha2], Seconds::from_seconds(1.0), &stop).unwrap();
        assert_eq!((one.rounds, one.complete, one.kernels.len()), (1, false, 1));
    }

    #[test]
    fn every_available_kernel_is_measured() {
        let kernels: Vec<Kernel> = Kernel::all_available().collect();
        let found = roofline(&kernels, Seconds::ZERO, &StopToken::new()).unwrap();
        assert!(found.complete && found.rounds == MIN_ROUNDS);
        assert_eq!(found.kernels.iter().map(|row| row.kernel).collect::<Vec<_>>(), kernels);
    }
}
