//! Several scanners in one run, in short slices of each in turn, so that what disturbs the machine
//! disturbs all of them alike.

mod slice;
#[cfg(test)]
mod tests;

use super::batch_means::BatchMeans;
use super::comparison::Ratio;
use super::error::MeasureError;
use super::evaluate::{flat, rate_of};
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

/// Slices that a window is cut into: more than twice as many as the least from which there is an
/// interval.
const SLICES: u32 = 256;
/// Long beside a batch and the system's clock tick, short beside what drifts.
const SHORTEST_SLICE: Duration = Duration::from_millis(10);
const USUAL_SLICE: Duration = Duration::from_millis(20);
/// In a window of more than 20 minutes, which would have very many.
const LONGEST_SLICE: Duration = Duration::from_millis(100);
const MANY_SLICES: u32 = 1 << 16;
/// The beginning of each slice that is left out: threads wake up, and a core that ran wide vectors
/// before takes about 2 ms to return to its clock.
const SETTLING: Duration = Duration::from_millis(4);
/// The least rounds by which a steady state is judged.
const MIN_JUDGED: usize = 20;

/// What [`measure_interleaved`] found.
#[derive(Clone, Debug)]
pub struct InterleavedMeasurement {
    /// The scanners in the order in which they were given.
    pub scanners: Vec<InterleavedScanner>,
    /// Rounds in which every scanner had its slice; those of the warm-up are not among them.
    pub rounds: usize,
    /// How much of each slice was counted.
    pub slice: Seconds,
    /// How much of the beginning of each slice was not.
    pub settling: Seconds,
    /// How long the scanners took turns before; nothing of that is in the figures.
    pub warm_up: Seconds,
    /// Whether there were as many rounds as planned.
    pub complete: bool,
}

/// One scanner's figures.
#[derive(Clone, Debug)]
pub struct InterleavedScanner {
    /// What searched.
    pub scanner: ScannerDescriptor,
    /// The mean of its slices, with the standard uncertainty by batch means where that has
    /// converged; `None` without a whole round.
    pub hashrate: Option<Uncertain<Hashrate>>,
    /// The 95 % confidence interval of that (Student's t over batch means).
    pub hashrate_ci95: Option<(Hashrate, Hashrate)>,
    /// What the interval rests on, or why there is none.
    pub scatter: Option<BatchMeans>,
    /// Reported nonces that the reference refused.
    pub hardware_errors: u64,
    /// Hashes a second of each round's slice.
    rates: Vec<f64>,
}

impl InterleavedScanner {
    /// Of the rates of its slices, one in each round.
    pub fn new(scanner: ScannerDescriptor, slices: &[Hashrate], hardware_errors: u64) -> Self {
        let rates: Vec<f64> = slices.iter().map(|rate| rate.as_h_s()).collect();
        let value = Some(mean(&rates)).filter(|rate| *rate > 0.0);
        let scatter = value.map(|_| BatchMeans::of(&thinned(rates.clone())));
        // Slices are counted to the part of a batch: nothing is unfinished at their ends.
        let of = |value| rate_of(&scanner, Hashrate::from_h_s(value), scatter, 0.0);
        let (hashrate, hashrate_ci95) = value.map(of).unzip();
        let hashrate_ci95 = hashrate_ci95.flatten();
        Self { scanner, hashrate, hashrate_ci95, scatter, hardware_errors, rates }
    }

    /// The hashrate over that of another scanner of the same measurement, with an interval from the
    /// slices of each round in pairs; `None` where either has no hashrate. Both must have had as many
    /// slices.
    ///
    /// # Errors
    /// The scatter of the pairs, where it has not converged.
    pub fn ratio_to(&self, baseline: &Self) -> Option<Result<Ratio, BatchMeans>> {
        self.hashrate.as_ref().zip(baseline.hashrate.as_ref())?;
        Some(Ratio::paired(&baseline.rates, &self.rates))
    }
}

impl MeasurementPlan {
    /// How much of each slice is counted where several scanners take turns.
    fn slice(&self) -> Duration {
        let usual = (self.window / SLICES).clamp(SHORTEST_SLICE, USUAL_SLICE);
        usual.max((self.window / MANY_SLICES).min(LONGEST_SLICE))
    }

    /// In how many rounds each scanner has had its window.
    fn rounds(&self) -> usize {
        usize::try_from(self.window.as_nanos().div_ceil(self.slice().as_nanos()))
            .unwrap_or(usize::MAX)
    }

    /// About the longest that [`measure_interleaved`] takes with so many scanners: each has the
    /// whole window, and the last batch of a slice takes a while.
    pub fn longest_interleaved(&self, scanners: usize) -> Duration {
        const BATCHES: f64 = 1.25;
        let round = (self.slice() + SETTLING).as_secs_f64() * scanners as f64 * BATCHES;
        let window = Duration::try_from_secs_f64(round * self.rounds() as f64);
        self.longest_warm_up.saturating_add(window.unwrap_or(Duration::MAX))
    }
}

/// Runs `scanners` on `work` in short slices, each in turn, and compares their hashrates. The order is
/// drawn anew in every round, so that none always follows the same other. Each scanner is counted for the planned window; the warm-up, until all are steady, is that of all
/// together. `watch` sees every finished batch and stage; `stop` ends the run after the slice in
/// hand: whole rounds are kept and the result is marked incomplete.
///
/// A slice is 10 to 20 ms, up to 100 ms in a window of more than 20 minutes: a scanner must finish batches in less, as those of the processor do.
///
/// # Errors
/// [`MeasureError::Scanners`] for fewer than two, [`MeasureError::IdleInTurn`] for a plan with idle
/// time; where a scanner fails.
pub fn measure_interleaved(
    scanners: &mut [Box<dyn Scanner>],
    work: &dyn WorkSource,
    plan: &MeasurementPlan,
    watch: &dyn MeasurementObserver,
    stop: &StopToken,
) -> Result<InterleavedMeasurement, MeasureError> {
    if scanners.len() < 2 {
        return Err(MeasureError::Scanners { given: scanners.len() });
    }
    if !plan.idle.is_zero() {
        return Err(MeasureError::IdleInTurn);
    }
    let mut turns = Turns { hardware_errors: vec![0; scanners.len()], scanners, work, watch, stop };
    let slice = plan.slice();
    watch.entered(MeasurementStage::WarmUp);
    let begun = Instant::now();
    let warm = turns.warm_up(plan, begun)?;
    let warm_up = seconds(begun.elapsed());
    let (planned, mut rounds) = (plan.rounds(), Vec::new());
    if warm {
        watch.entered(MeasurementStage::Window);
        while rounds.len() < planned
            && let Some(round) = turns.round(rounds.len(), slice)?
        {
            rounds.push(round);
        }
    }
    let descriptors = turns.scanners.iter().map(|scanner| scanner.descriptor().clone());
    let of = |(i, descriptor)| {
        let rates: Vec<_> = rounds.iter().map(|round| Hashrate::from_h_s(round[i])).collect();
        InterleavedScanner::new(descriptor, &rates, turns.hardware_errors[i])
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

/// What takes turns.
struct Turns<'a> {
    scanners: &'a mut [Box<dyn Scanner>],
    hardware_errors: Vec<u64>,
    work: &'a dyn WorkSource,
    watch: &'a dyn MeasurementObserver,
    stop: &'a StopToken,
}

impl Turns<'_> {
    /// Hashes a second of each scanner in a slice each; `None` where the round was stopped.
    fn round(
        &mut self,
        number: usize,
        counted: Duration,
    ) -> Result<Option<Vec<f64>>, MeasureError> {
        let mut rates = vec![0.0; self.scanners.len()];
        for i in order(number, self.scanners.len()) {
            if self.stop.is_stopped() {
                return Ok(None);
            }
            let slice = Slice::begin(SETTLING, counted, self.watch, self.stop);
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

    /// Rounds that are not counted, until all scanners are steady or as long as the plan allows;
    /// `false` where they were stopped.
    fn warm_up(&mut self, plan: &MeasurementPlan, begun: Instant) -> Result<bool, MeasureError> {
        let slice = plan.slice();
        let round = (slice + SETTLING).as_secs_f64() * self.scanners.len() as f64;
        let judged = (plan.judged().as_secs_f64() / round).ceil() as usize;
        let judged = judged.max(MIN_JUDGED);
        let mut rounds: Vec<Vec<f64>> = Vec::new();
        while begun.elapsed() < plan.longest_warm_up {
            let Some(round) = self.round(rounds.len(), slice)? else { return Ok(false) };
            rounds.push(round);
            // As often as the warm-up of one scanner looks.
            let looks = rounds.len().is_multiple_of((judged / 8).max(1));
            if looks && begun.elapsed() >= plan.warm_up && rounds.len() >= judged {
                let last = &rounds[rounds.len() - judged..];
                let of = |i| last.iter().map(|round| round[i]).collect::<Vec<f64>>();
                if (0..self.scanners.len()).all(|i| flat(&of(i)) == Some(true)) {
                    break;
                }
            }
        }
        Ok(!self.stop.is_stopped())
    }
}

/// Who comes when in a round: drawn anew for each, the same in every run. What one leaves behind for
/// the next, such as a lower clock, is then noise without a pattern (a randomised block design;
/// Fisher, *The Design of Experiments*, 1935).
fn order(number: usize, scanners: usize) -> Vec<usize> {
    let mut random = SplitMix64::new(number as u64);
    let mut order: Vec<usize> = (0..scanners).collect();
    for i in (1..scanners).rev() {
        order.swap(i, random.below(i + 1));
    }
    order
}
