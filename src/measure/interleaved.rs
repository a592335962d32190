//! Interleaved measurement: several scanners run alternately in short slices, so that a disturbance of the machine
//! affects all of them equally.

mod slice;
#[cfg(test)]
mod tests;

use super::batch_means::BatchMeans;
use super::comparison::Ratio;
use super::error::MeasureError;
use super::evaluate::{is_flat, rate_with_uncertainty};
use super::observer::{MeasurementObserver, MeasurementStage};
use super::plan::MeasurementPlan;
use super::series::thinned;
use crate::clock::seconds;
use crate::scan::{Scanner, ScannerDescriptor, StopToken, WorkSource};
use crate::uncertainty::Uncertain;
use crate::units::{Hashrate, Seconds};
use hashwatt_quantities::statistics::{SplitMix64, mean};
use slice::Slice;
use std::time::{Duration, Instant};

/// Slices of a window: more than twice the least number for a confidence interval.
const SLICES: u32 = 256;
/// Long compared with a batch and the system's clock tick, short compared with the drift of a machine.
const SHORTEST_SLICE: Duration = Duration::from_millis(10);
const USUAL_SLICE: Duration = Duration::from_millis(20);
/// For windows of more than 20 minutes, which would otherwise have very many slices.
const LONGEST_SLICE: Duration = Duration::from_millis(100);
const MANY_SLICES: u32 = 1 << 16;
/// The beginning of each slice that is not counted: threads wake up, and a core that ran wide vector instructions
/// before takes about 2 ms to return to its normal clock.
const SETTLING: Duration = Duration::from_millis(4);
/// The least number of rounds for the decision that a run is steady.
const MIN_STEADY_ROUNDS: usize = 20;

/// The result of an interleaved measurement.
#[derive(Clone, Debug, serde::Serialize)]
pub struct InterleavedMeasurement {
    /// The scanners in the order in which they were given.
    pub scanners: Vec<InterleavedScanner>,
    /// Rounds in which every scanner had its slice, without those of the warm-up.
    pub rounds: usize,
    /// The counted length of each slice.
    pub slice: Seconds,
    /// The length at the beginning of each slice that was not counted.
    pub settling: Seconds,
    /// How long the scanners ran before; the warm-up is not included in the figures.
    pub warm_up: Seconds,
    /// Whether all planned rounds were completed.
    pub complete: bool,
}

/// One scanner's figures.
#[derive(Clone, Debug, serde::Serialize)]
#[non_exhaustive]
pub struct InterleavedScanner {
    /// The scanner.
    pub scanner: ScannerDescriptor,
    /// The mean of its slices, with the standard uncertainty by batch means if it has converged; `None` without a
    /// complete round.
    pub hashrate: Option<Uncertain<Hashrate>>,
    /// The 95 % confidence interval of that (Student's t over batch means).
    pub hashrate_ci95: Option<(Hashrate, Hashrate)>,
    /// The scatter from which the interval is computed, or why there is none.
    pub scatter: Option<BatchMeans>,
    /// Reported nonces that the reference implementation refused.
    pub hardware_errors: u64,
    /// Hashes per second in the slice of each round.
    rates: Vec<f64>,
}

impl InterleavedScanner {
    /// Computes the figures from the rates of the slices, one for each round.
    pub fn new(scanner: ScannerDescriptor, slices: &[Hashrate], hardware_errors: u64) -> Self {
        let rates: Vec<f64> = slices.iter().map(|rate| rate.as_h_s()).collect();
        let value = Some(mean(&rates)).filter(|rate| *rate > 0.0);
        let scatter = value.map(|_| BatchMeans::from_series(&thinned(rates.clone())));
        // Batches at the ends of a slice are counted in part, so there are no unfinished batches.
        let with_uncertainty =
            |value| rate_with_uncertainty(&scanner, Hashrate::from_h_s(value), scatter, 0.0);
        let (hashrate, hashrate_ci95) = value.map(with_uncertainty).unzip();
        let hashrate_ci95 = hashrate_ci95.flatten();
        Self { scanner, hashrate, hashrate_ci95, scatter, hardware_errors, rates }
    }

    /// The hashrate divided by that of another scanner of the same measurement, with an interval from the paired slices
    /// of each round; `None` if either has no hashrate. Both must have the same number of slices.
    ///
    /// # Errors
    /// The scatter of the pairs, if it has not converged.
    pub fn ratio_to(&self, baseline: &Self) -> Option<Result<Ratio, BatchMeans>> {
        self.hashrate.as_ref().zip(baseline.hashrate.as_ref())?;
        Some(Ratio::paired(&baseline.rates, &self.rates))
    }
}

impl MeasurementPlan {
    /// The counted length of each slice in an interleaved measurement.
    fn slice(&self) -> Duration {
        let usual = (self.window / SLICES).clamp(SHORTEST_SLICE, USUAL_SLICE);
        usual.max((self.window / MANY_SLICES).min(LONGEST_SLICE))
    }

    /// Number of rounds in which each scanner runs for the whole window.
    fn rounds(&self) -> usize {
        usize::try_from(self.window.as_nanos().div_ceil(self.slice().as_nanos()))
            .unwrap_or(usize::MAX)
    }

    /// Approximately the longest time of an interleaved measurement with this many scanners: each runs for the whole
    /// window, and the last batch of a slice exceeds it.
    pub fn longest_interleaved(&self, scanners: usize) -> Duration {
        const BATCHES: f64 = 1.25;
        let round = (self.slice() + SETTLING).as_secs_f64() * scanners as f64 * BATCHES;
        let window = Duration::try_from_secs_f64(round * self.rounds() as f64);
        self.longest_warm_up.saturating_add(window.unwrap_or(Duration::MAX))
    }
}

/// Runs `scanners` on `work` alternately in short slices, and compares their hashrates. The order is random in every
/// round, so that none always follows the same other. Each scanner is counted for the planned window; the warm-up lasts
/// until all of them are steady. `observer` receives every completed batch and stage; `stop` ends the run after the
/// current slice: complete rounds are kept, and the result is marked incomplete.
///
/// A slice is 10 to 20 ms, or up to 100 ms in a window of more than 20 minutes. A scanner must complete batches in less
/// time, as CPU kernels do.
///
/// # Errors
/// [`MeasureError::Scanners`] for fewer than two scanners, [`MeasureError::IdleInterleaved`] for a plan with idle time,
/// and [`MeasureError::Scan`] if a scanner fails.
pub(super) fn measure_interleaved(
    scanners: &mut [Box<dyn Scanner>],
    work: &dyn WorkSource,
    plan: &MeasurementPlan,
    observer: &dyn MeasurementObserver,
    stop: &StopToken,
) -> Result<InterleavedMeasurement, MeasureError> {
    if scanners.len() < 2 {
        return Err(MeasureError::Scanners { given: scanners.len() });
    }
    if !plan.idle.is_zero() {
        return Err(MeasureError::IdleInterleaved);
    }
    let mut run =
        InterleavedRun { hardware_errors: vec![0; scanners.len()], scanners, work, observer, stop };
    let slice = plan.slice();
    observer.entered(MeasurementStage::WarmUp);
    let start = Instant::now();
    let warm = run.warm_up(plan, start)?;
    let warm_up = seconds(start.elapsed());
    let (planned, mut rounds) = (plan.rounds(), Vec::new());
    if warm {
        observer.entered(MeasurementStage::Window);
        while rounds.len() < planned
            && let Some(round) = run.round(rounds.len(), slice)?
        {
            rounds.push(round);
        }
    }
    let descriptors = run.scanners.iter().map(|scanner| scanner.descriptor().clone());
    let of = |(i, descriptor)| {
        let rates: Vec<_> = rounds.iter().map(|round| Hashrate::from_h_s(round[i])).collect();
        InterleavedScanner::new(descriptor, &rates, run.hardware_errors[i])
    };
    Ok(InterleavedMeasurement {
        scanners: descriptors.enumerate().map(of).collect(),
        rounds: rounds.len(),
        slice: seconds(slice),
        settling: seconds(SETTLING),
        warm_up,
        complete: rounds.len() == planned,
    })
}

/// A running interleaved measurement.
struct InterleavedRun<'a> {
    scanners: &'a mut [Box<dyn Scanner>],
    hardware_errors: Vec<u64>,
    work: &'a dyn WorkSource,
    observer: &'a dyn MeasurementObserver,
    stop: &'a StopToken,
}

impl InterleavedRun<'_> {
    /// Hashes per second of each scanner in one slice each; `None` if the round was stopped.
    fn round(
        &mut self,
        number: usize,
        counted: Duration,
    ) -> Result<Option<Vec<f64>>, MeasureError> {
        let mut rates = vec![0.0; self.scanners.len()];
        for i in random_order(number, self.scanners.len()) {
            if self.stop.is_stopped() {
                return Ok(None);
            }
            let slice = Slice::start(SETTLING, counted, self.observer, self.stop);
            self.scanners[i].run(self.work, &slice, slice.halt())?;
            let ended = slice.end();
            self.hardware_errors[i] += ended.hardware_errors;
            match ended.rate {
                Some(rate) => rates[i] = rate,
                None => return Ok(None),
            }
        }
        Ok(Some(rates))
    }

    /// Runs rounds that are not counted, until all scanners are steady or for as long as the plan allows; `false` if it
    /// was stopped.
    fn warm_up(&mut self, plan: &MeasurementPlan, start: Instant) -> Result<bool, MeasureError> {
        let slice = plan.slice();
        let round = (slice + SETTLING).as_secs_f64() * self.scanners.len() as f64;
        let steady_rounds = (plan.steady_window().as_secs_f64() / round).ceil() as usize;
        let steady_rounds = steady_rounds.max(MIN_STEADY_ROUNDS);
        let mut rounds: Vec<Vec<f64>> = Vec::new();
        while start.elapsed() < plan.longest_warm_up {
            let Some(round) = self.round(rounds.len(), slice)? else { return Ok(false) };
            rounds.push(round);
            // Checked as often as in the warm-up of a single scanner.
            let is_due = rounds.len().is_multiple_of((steady_rounds / 8).max(1));
            if is_due && start.elapsed() >= plan.warm_up && rounds.len() >= steady_rounds {
                let last = &rounds[rounds.len() - steady_rounds..];
                let of = |i| last.iter().map(|round| round[i]).collect::<Vec<f64>>();
                if (0..self.scanners.len()).all(|i| is_flat(&of(i)) == Some(true)) {
                    break;
                }
            }
        }
        Ok(!self.stop.is_stopped())
    }
}

/// The order of the scanners in a round: random for each round, but the same in every run. The effect of one scanner on
/// the next, such as a lower clock, is then noise without a pattern (a randomised block design; Fisher, *The Design of
/// Experiments*, 1935).
fn random_order(number: usize, scanners: usize) -> Vec<usize> {
    let mut random = SplitMix64::new(number as u64);
    let mut order: Vec<usize> = (0..scanners).collect();
    for i in (1..scanners).rev() {
        order.swap(i, random.below(i + 1));
    }
    order
}
