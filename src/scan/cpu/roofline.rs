//! Kernels against each other and against the core's limit: one thread, short slices of each in
//! turn, so that whatever disturbs the machine disturbs all alike.

use super::super::{NonceRange, ScanError, StopToken};
use super::clock::Clock;
use super::kernel::{Kernel, Ready};
use super::{calibrate, machine, probe, self_test};
use crate::units::{Hashes, Hashrate, Seconds};
use std::time::{Duration, Instant};

/// What [`roofline`] found. Cycles are the core's own, by a probe in the same slice.
#[derive(Clone, Debug, PartialEq)]
pub struct Roofline {
    /// The processor.
    pub device: String,
    /// The core, where its ports are known.
    pub core: Option<&'static str>,
    /// One cycle, the median of all rounds.
    pub cycle: Seconds,
    /// Cycles of a 256-bit addition among many independent ones, the median of the rounds that
    /// were kept: more than the core's own figure means a neighbour on it. `None` without AVX2.
    pub vector_add_cycles: Option<f64>,
    /// Rounds in which every kernel had its slice.
    pub rounds: usize,
    /// Rounds left out of the figures, because the neighbour probe was a tenth above its lowest.
    pub disturbed: usize,
    /// Whether all the time asked for was used.
    pub complete: bool,
    /// The kernels in the order they were given.
    pub kernels: Vec<KernelCycles>,
}

/// One kernel's figures.
#[derive(Clone, Debug, PartialEq)]
pub struct KernelCycles {
    /// The kernel.
    pub kernel: Kernel,
    /// Which of several ways to run it.
    pub variant: Option<&'static str>,
    /// Cycles a hash: the median of the slices, and the tenth and ninetieth percentile.
    pub cycles_per_hash: Percentiles,
    /// The rate of the median slice, on one thread.
    pub rate: Hashrate,
    /// The least that the core's ports allow, in cycles a hash, where they are known.
    pub limit_cycles_per_hash: Option<f64>,
}

/// Of a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percentiles {
    /// A tenth lies below.
    pub p10: f64,
    /// Half lies below.
    pub median: f64,
    /// A tenth lies above.
    pub p90: f64,
}

impl Percentiles {
    /// By nearest rank; zeros for an empty sample.
    fn of(mut sample: Vec<f64>) -> Self {
        sample.sort_by(f64::total_cmp);
        let at = |part: f64| {
            let rank = (part * sample.len().saturating_sub(1) as f64).round() as usize;
            sample.get(rank).copied().unwrap_or(0.0)
        };
        Self { p10: at(0.1), median: at(0.5), p90: at(0.9) }
    }
}

/// How long a slice is meant to be: long beside the clock's grain, short beside a time slice.
const SLICE: f64 = 2e-3;

/// Rounds that make a median worth the name.
const LEAST_ROUNDS: usize = 41;

struct Timed {
    kernel: Kernel,
    ready: Ready,
    nonces: u64,
    limit: Option<f64>,
    /// Seconds a hash, a round each.
    slices: Vec<f64>,
}

/// Times the kernels for that long, at least 41 rounds, or until `stop`.
///
/// # Errors
/// Where this machine lacks a kernel or a self-test fails; [`ScanError::Stopped`] where `stop`
/// came before the first round was through.
pub fn roofline(
    kernels: &[Kernel],
    time: Seconds,
    stop: &StopToken,
) -> Result<Roofline, ScanError> {
    let core = machine::core();
    let mut timed = Vec::new();
    for &kernel in kernels {
        let ready = kernel.proven()?;
        // Whole batches of any kernel.
        let nonces = (calibrate::rate(ready).as_h_s() * SLICE / 64.0).ceil() as u64 * 64;
        let limit = core.and_then(|core| core.limit(kernel));
        timed.push(Timed { kernel, ready, nonces, limit, slices: Vec::new() });
    }
    let (mut cycles, mut additions) = (Vec::new(), Vec::new());
    let job = self_test::hard_job();
    // An absurd time is as good as for ever: the clock cannot say more.
    let time = Duration::try_from_secs_f64(time.as_seconds()).unwrap_or(Duration::MAX);
    let begun = Instant::now();
    while !stop.is_stopped() && (cycles.len() < LEAST_ROUNDS || begun.elapsed() < time) {
        cycles.push(probe::cycle().as_seconds());
        additions.push(probe::vector_add().map(Seconds::as_seconds));
        let (round, of) = (cycles.len(), timed.len());
        for i in 0..of {
            let Timed { ready, nonces, slices, .. } = &mut timed[(i + round) % of];
            let range = NonceRange::ALL.skip((round as u64 % 1024) << 20).take(*nonces);
            let begun = Clock::now();
            ready.scan(&job, range, &mut Vec::new());
            slices.push(begun.elapsed().as_seconds() / range.len() as f64);
        }
    }
    if cycles.is_empty() {
        return Err(ScanError::Stopped);
    }

    // A neighbour shows in the additions; the core's own figure is the lowest ever seen.
    let in_cycles: Vec<Option<f64>> =
        additions.iter().zip(&cycles).map(|(addition, cycle)| Some((*addition)? / cycle)).collect();
    let lowest = in_cycles.iter().flatten().copied().fold(f64::INFINITY, f64::min);
    let kept: Vec<usize> = (0..cycles.len())
        .filter(|&round| in_cycles[round].is_none_or(|addition| addition <= 1.1 * lowest))
        .collect();
    let of_kept = |sample: &dyn Fn(usize) -> f64| {
        Percentiles::of(kept.iter().map(|&round| sample(round)).collect())
    };
    let figures = |timed: &Timed| KernelCycles {
        kernel: timed.kernel,
        variant: timed.ready.variant(),
        cycles_per_hash: of_kept(&|round| timed.slices[round] / cycles[round]),
        rate: Hashes::from_count(1)
            / Seconds::from_seconds(of_kept(&|round| timed.slices[round]).median),
        limit_cycles_per_hash: timed.limit,
    };
    Ok(Roofline {
        device: machine::name(),
        core: core.map(|core| core.name),
        cycle: Seconds::from_seconds(of_kept(&|round| cycles[round]).median),
        vector_add_cycles: lowest
            .is_finite()
            .then(|| of_kept(&|round| in_cycles[round].unwrap_or(f64::NAN)).median),
        rounds: cycles.len(),
        disturbed: cycles.len() - kept.len(),
        complete: !stop.is_stopped(),
        kernels: timed.iter().map(figures).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_by_nearest_rank() {
        let sample: Vec<f64> = (0..=100).rev().map(f64::from).collect();
        assert_eq!(Percentiles::of(sample), Percentiles { p10: 10.0, median: 50.0, p90: 90.0 });
        assert_eq!(Percentiles::of(vec![7.0]), Percentiles { p10: 7.0, median: 7.0, p90: 7.0 });
    }

    #[test]
    fn a_stopped_measurement_has_nothing_or_what_was_done() {
        let stop = StopToken::new();
        stop.stop();
        let none = roofline(&[Kernel::Sha2], Seconds::from_seconds(1.0), &stop);
        assert_eq!(none, Err(ScanError::Stopped));
    }

    #[test]
    fn every_kernel_has_its_figures() {
        let kernels: Vec<Kernel> = Kernel::all_available().collect();
        let found = roofline(&kernels, Seconds::ZERO, &StopToken::new()).unwrap();
        assert!(found.complete && found.rounds == LEAST_ROUNDS);
        assert!(found.disturbed < found.rounds);
        assert_eq!(found.kernels.iter().map(|row| row.kernel).collect::<Vec<_>>(), kernels);
        for row in &found.kernels {
            let cycles = row.cycles_per_hash;
            assert!(cycles.p10 > 0.0 && cycles.p10 <= cycles.median, "{row:?}");
            assert!(cycles.median <= cycles.p90 && row.rate.as_h_s() > 0.0, "{row:?}");
            assert!(row.limit_cycles_per_hash.is_none() || found.core.is_some());
        }
    }
}
