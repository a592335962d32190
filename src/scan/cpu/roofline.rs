//! Kernels against each other and against the core's limit: one thread, short slices of each in
//! turn, so that whatever disturbs the machine disturbs all alike.

mod text;

use super::clock::Clock;
use super::kernel::Kernel;
use super::ports::Core;
use super::{host, probe, rate, self_test};
use crate::scan::error::ScanError;
use crate::scan::range::NonceRange;
use crate::scan::stop::StopToken;
use crate::units::{Hashes, Hashrate, Seconds};
use hashwatt_quantities::statistics::nearest_ranks;
use std::time::{Duration, Instant};

/// What [`roofline`] found. Cycles are the core's own, by a probe at the beginning of each round:
/// a clock that changed inside rounds would show as scatter.
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
    /// Rounds left out of the figures, because the neighbour probe was off its median by more
    /// than a tenth.
    pub disturbed: usize,
    /// Whether the time asked for went by before it was stopped.
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
    fn of(sample: Vec<f64>) -> Self {
        let [p10, median, p90] = nearest_ranks(sample, [0.1, 0.5, 0.9]).unwrap_or_default();
        Self { p10, median, p90 }
    }
}

/// How long a slice is meant to be: long beside the clock's grain, short beside a time slice.
const SLICE: f64 = 2e-3;

/// Rounds that make a median worth the name.
const MIN_ROUNDS: usize = 41;

/// What one round saw, in seconds: a cycle, an addition, and a hash of each kernel.
#[derive(Clone, Debug)]
struct Round {
    cycle: f64,
    addition: Option<f64>,
    hashes: Vec<f64>,
}

/// Times the kernels for that long, at least 41 rounds, or until `stop`. The first round, some
/// milliseconds a kernel, is always finished: without it there would be nothing to tell.
///
/// # Errors
/// [`ScanError::Time`] for a time that is negative or no number; where this machine lacks a kernel
/// or a self-test fails.
pub fn roofline(
    kernels: &[Kernel],
    time: Seconds,
    stop: &StopToken,
) -> Result<Roofline, ScanError> {
    let seconds = time.as_seconds();
    if seconds.is_nan() || seconds < 0.0 {
        return Err(ScanError::Time { asked: time.to_string() });
    }
    // An absurdly long time is as good as for ever: the clock cannot say more.
    let time = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX);
    let mut timed = Vec::new();
    for &kernel in kernels {
        let implementation = kernel.proven()?;
        // Whole batches of the vectors; the streams' last one is a small part of a slice.
        let batches = (rate::rate(implementation).as_h_s() * SLICE / 64.0).clamp(1.0, 65_536.0);
        timed.push((kernel, implementation, batches as u64 * 64));
    }
    let job = self_test::hard_job();
    let mut rounds: Vec<Round> = Vec::new();
    let begun = Instant::now();
    let enough = |rounds: &[Round]| rounds.len() >= MIN_ROUNDS && begun.elapsed() >= time;
    while rounds.is_empty() || !(stop.is_stopped() || enough(&rounds)) {
        let (cycle, addition) = (probe::cycle().as_seconds(), probe::vector_add());
        let (number, of) = (rounds.len(), timed.len());
        let mut hashes = vec![0.0; of];
        for i in 0..of {
            let i = (i + number) % of;
            let (_, implementation, nonces) = timed[i];
            let range = NonceRange::ALL.skip((number as u64 % 1024) << 20).take(nonces);
            let begun = Clock::now();
            implementation.scan(&job, range, &mut Vec::new());
            hashes[i] = begun.elapsed().as_seconds() / range.len() as f64;
        }
        rounds.push(Round { cycle, addition: addition.map(Seconds::as_seconds), hashes });
    }
    let kernels: Vec<(Kernel, Option<&'static str>)> = timed
        .iter()
        .map(|(kernel, implementation, _)| (*kernel, implementation.variant()))
        .collect();
    Ok(evaluate(&kernels, host::core(), &rounds, enough(&rounds)))
}

/// A round is disturbed where the neighbour probe is off the median of all by more than a tenth:
/// above it somebody was on the core, below it the cycle was measured too long.
fn undisturbed(rounds: &[Round]) -> Vec<&Round> {
    let additions = |round: &Round| Some(round.addition? / round.cycle);
    let usual = Percentiles::of(rounds.iter().filter_map(additions).collect()).median;
    let usual_one = |round: &&Round| {
        additions(round).is_none_or(|addition| (addition / usual - 1.0).abs() <= 0.1)
    };
    rounds.iter().filter(usual_one).collect()
}

/// The figures of what was measured.
fn evaluate(
    kernels: &[(Kernel, Option<&'static str>)],
    core: Option<Core>,
    rounds: &[Round],
    complete: bool,
) -> Roofline {
    let kept = undisturbed(rounds);
    let of = |figure: &dyn Fn(&Round) -> f64| {
        Percentiles::of(kept.iter().map(|round| figure(round)).collect())
    };
    let figures = |(i, (kernel, variant)): (usize, &(Kernel, Option<&'static str>))| {
        let seconds = of(&|round| round.hashes[i]).median;
        KernelCycles {
            kernel: *kernel,
            variant: *variant,
            cycles_per_hash: of(&|round| round.hashes[i] / round.cycle),
            rate: Hashes::from_count(1) / Seconds::from_seconds(seconds),
            limit_cycles_per_hash: core.and_then(|core| core.limit(*kernel)),
        }
    };
    let probed = kept.iter().any(|round| round.addition.is_some());
    let addition = of(&|round| round.addition.unwrap_or(f64::NAN) / round.cycle).median;
    Roofline {
        device: host::name(),
        core: core.map(|core| core.name),
        cycle: Seconds::from_seconds(of(&|round| round.cycle).median),
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

    /// A core of 4 GHz, a quarter of a cycle an addition; hashes of 100 and of 50 cycles.
    fn quiet() -> Round {
        let cycle = 0.25e-9;
        Round { cycle, addition: Some(cycle / 4.0), hashes: vec![100.0 * cycle, 50.0 * cycle] }
    }

    const KERNELS: [(Kernel, Option<&str>); 2] =
        [(Kernel::Sha2, None), (Kernel::Avx512, Some("even"))];

    #[test]
    fn percentiles_by_nearest_rank() {
        let sample: Vec<f64> = (0..=100).rev().map(f64::from).collect();
        assert_eq!(Percentiles::of(sample), Percentiles { p10: 10.0, median: 50.0, p90: 90.0 });
        assert_eq!(Percentiles::of(vec![7.0]), Percentiles { p10: 7.0, median: 7.0, p90: 7.0 });
    }

    #[test]
    fn figures_are_those_of_the_quiet_rounds() {
        let mut rounds = vec![quiet(); 20];
        // A neighbour: additions and hashes take longer.
        let slow = Round { addition: Some(0.09e-9), hashes: vec![1.0, 1.0], ..quiet() };
        // A cycle that was measured too long, by an interrupt.
        let glitch = Round { cycle: 0.5e-9, ..quiet() };
        rounds.extend([slow, glitch]);
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
    fn without_a_probe_every_round_counts() {
        let rounds = vec![Round { addition: None, ..quiet() }; 3];
        let found = evaluate(&KERNELS, None, &rounds, false);
        assert_eq!((found.disturbed, found.vector_add_cycles, found.core), (0, None, None));
        assert!(!found.complete);
    }

    #[test]
    fn a_stopped_measurement_is_a_round_and_no_time_at_all_an_error() {
        let stop = StopToken::new();
        let asked = Seconds::from_seconds(-1.0);
        let refused = Err(ScanError::Time { asked: "-1 s".to_owned() });
        assert_eq!(roofline(&[], asked, &stop), refused);
        assert!(roofline(&[], Seconds::from_seconds(f64::NAN), &stop).is_err());
        stop.stop();
        let one = roofline(&[Kernel::Sha2], Seconds::from_seconds(1.0), &stop).unwrap();
        assert_eq!((one.rounds, one.complete, one.kernels.len()), (1, false, 1));
    }

    #[test]
    fn every_kernel_has_its_figures() {
        let kernels: Vec<Kernel> = Kernel::all_available().collect();
        let found = roofline(&kernels, Seconds::ZERO, &StopToken::new()).unwrap();
        assert!(found.complete && found.rounds == MIN_ROUNDS);
        assert_eq!(found.kernels.iter().map(|row| row.kernel).collect::<Vec<_>>(), kernels);
    }
}
