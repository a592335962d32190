//! Hashes and joules over one window: a [`Scanner`] runs, every meter is read at the moments at
//! which batches were completed, and the two are divided.
//!
//! The window opens at the first completed batch after the warm-up and closes at one, too, so
//! that the queue is never drained inside. Where nothing measures energy there are no joules
//! and no J/TH: the result holds the reason instead of a number.

mod statistics;
#[cfg(test)]
mod tests;
mod window;

use crate::energy::{EnergyAccount, EnergyMeter, MeterError};
use crate::estimate::{Efficiency, Estimate, Measured, NotAnEfficiency, Scope};
use crate::scan::{ScanError, Scanner, ScannerDescriptor, Sink, StopToken, WorkSource};
use crate::units::{Hashes, Hashrate, Joules, JoulesPerHash, Seconds};
use std::time::Duration;
use window::{Mark, Window};

/// How long to measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeasurementPlan {
    warm_up: Duration,
    window: Duration,
}

impl MeasurementPlan {
    /// The window is cut into at least this many slices, whose scatter gives the interval.
    const LEAST_SLICES: u32 = 20;
    /// A slice lasts at most this long, which is also how seldom meters are read.
    const LONGEST_SLICE: Duration = Duration::from_secs(1);
    /// No slice is shorter, whatever a meter asks for.
    const SHORTEST_SLICE: Duration = Duration::from_millis(1);
    /// Below this a slice is a few batches and its rate says little.
    const SHORTEST: Duration = Duration::from_millis(200);
    /// A year: longer than anyone measures, short enough for every clock.
    const LONGEST: Duration = Duration::from_secs(365 * 86_400);

    /// A window of so many seconds after a warm-up of a tenth of it, at least 0.2 s and at
    /// most 2 s.
    ///
    /// # Errors
    /// [`MeasureError::Window`] unless 0.2 s to a year.
    pub fn new(window: Seconds) -> Result<Self, MeasureError> {
        let wrong = || MeasureError::Window { given: window.as_seconds().to_string() };
        let window = Duration::try_from_secs_f64(window.as_seconds()).map_err(|_| wrong())?;
        if !(Self::SHORTEST..=Self::LONGEST).contains(&window) {
            return Err(wrong());
        }
        let warm_up = (window / 10).clamp(Duration::from_millis(200), Duration::from_secs(2));
        Ok(Self { warm_up, window })
    }

    /// With another warm-up.
    ///
    /// # Errors
    /// [`MeasureError::WarmUp`] unless 0 s to a year.
    pub fn with_warm_up(self, warm_up: Seconds) -> Result<Self, MeasureError> {
        let wrong = || MeasureError::WarmUp { given: warm_up.as_seconds().to_string() };
        let warm_up = Duration::try_from_secs_f64(warm_up.as_seconds()).map_err(|_| wrong())?;
        if warm_up > Self::LONGEST { Err(wrong()) } else { Ok(Self { warm_up, ..self }) }
    }

    /// As many slices as no slice may be longer than a second, nor than any meter's greatest
    /// gap between two reads.
    fn slices(&self, meters: &[EnergyAccount]) -> u32 {
        let gaps = meters.iter().filter_map(|account| account.meter().max_read_gap);
        let longest =
            gaps.map(Seconds::as_seconds).fold(Self::LONGEST_SLICE.as_secs_f64(), f64::min);
        // A gap that no thread can keep must not ask for more slices than there are batches.
        let longest = longest.max(Self::SHORTEST_SLICE.as_secs_f64());
        let by_length = (self.window.as_secs_f64() / longest).ceil() as u32;
        Self::LEAST_SLICES.max(by_length)
    }
}

/// What was measured.
#[derive(Clone, Debug)]
pub struct Measurement {
    /// What searched.
    pub scanner: ScannerDescriptor,
    /// Double hashes finished inside the window.
    pub hashes: u64,
    /// The window's length.
    pub duration: Seconds,
    /// Hashes over duration; `None` where the window never opened. Its standard uncertainty is
    /// that of the mean of the slices' rates, where there are at least ten, with that of the
    /// batches unfinished at the window's ends.
    pub hashrate: Option<Estimate<Hashrate>>,
    /// The 95 % confidence interval of the hashrate (Student's t over the slices).
    pub hashrate_ci95: Option<(Hashrate, Hashrate)>,
    /// How many slices the window was cut into.
    pub slices: usize,
    /// One result a meter.
    pub energy: Vec<EnergyResult>,
    /// Whether the window lasted as long as planned.
    pub complete: bool,
    /// Reported nonces that the reference refused.
    pub hardware_errors: u64,
}

/// One meter's energy over the window, or the reason why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct EnergyResult {
    /// The meter.
    pub meter: String,
    /// What it sees.
    pub scope: Scope,
    /// The energy.
    pub joules: Result<Estimate<Joules>, NoEnergy>,
}

/// Why there is no energy.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NoEnergy {
    /// The meter failed.
    #[error(transparent)]
    Meter(#[from] MeterError),
    /// The measurement ended before its window opened.
    #[error("the measurement ended before its window opened")]
    NoWindow,
    /// No meter was given.
    #[error("no meter was given; an assumed power can stand in")]
    NoMeter,
    /// The quotient is no efficiency.
    #[error(transparent)]
    NotAnEfficiency(#[from] NotAnEfficiency),
}

/// What keeps a measurement from being made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MeasureError {
    /// The window has no usable length.
    #[error("seconds is {given}; give a window of 0.2 s to a year")]
    Window {
        /// What was given.
        given: String,
    },
    /// The warm-up has no usable length.
    #[error("warm-up is {given} s; give 0 s to a year")]
    WarmUp {
        /// What was given.
        given: String,
    },
    /// The scanner failed.
    #[error(transparent)]
    Scan(#[from] ScanError),
}

impl Measurement {
    /// The energy that stands for the run: of the widest scope that was measured, its devices
    /// added up; else what a user's meter reported; else the assumed figure. Never a sum over
    /// different scopes, which overlap, and never memory alone.
    ///
    /// # Errors
    /// The reason where there is none: the first failing meter's, else that there was none.
    pub fn energy_of_widest_scope(&self) -> Result<Estimate<Joules>, NoEnergy> {
        let mut scopes: Vec<Scope> = self.energy.iter().map(|result| result.scope).collect();
        scopes.retain(|scope| *scope != Scope::Dram);
        scopes.sort_unstable();
        scopes.dedup();
        let mut best: Option<Estimate<Joules>> = None;
        for sum in scopes.into_iter().rev().filter_map(|scope| self.all_devices_of(scope).ok()) {
            let better =
                |best: &Estimate<Joules>| sum.provenance().is_more_trusted_than(best.provenance());
            if best.as_ref().is_none_or(better) {
                best = Some(sum);
            }
        }
        best.ok_or_else(|| {
            let mut reasons = self.energy.iter().filter_map(|result| result.joules.as_ref().err());
            reasons.next().cloned().unwrap_or(NoEnergy::NoMeter)
        })
    }

    /// The sum over the devices of one scope; one that failed spoils it.
    fn all_devices_of(&self, scope: Scope) -> Result<Estimate<Joules>, NoEnergy> {
        let mut devices = self.energy.iter().filter(|result| result.scope == scope);
        let first = devices.next().ok_or(NoEnergy::NoMeter)?.joules.clone()?;
        devices.try_fold(first, |sum, device| {
            Ok(sum.plus(device.joules.as_ref().map_err(Clone::clone)?))
        })
    }

    /// Joules over hashes of the same window, with the origin of the joules. The uncertainty of
    /// the hash count is that of the batches unfinished at either end.
    ///
    /// # Errors
    /// Where there is no energy or no window.
    pub fn efficiency(&self) -> Result<Efficiency, NoEnergy> {
        let joules = self.energy_of_widest_scope()?;
        if self.hashes == 0 {
            return Err(NoEnergy::NoWindow);
        }
        let hashes = Estimate::measured(Hashes::from_count(self.hashes), counted(&self.scanner))
            .with_standard_uncertainty(unfinished(&self.scanner));
        let quotient: Estimate<JoulesPerHash> = joules.quotient(&hashes);
        Ok(Efficiency::new(quotient)?)
    }
}

/// What a count of hashes may call itself.
fn counted(scanner: &ScannerDescriptor) -> Measured {
    let by = format!("completed batches of {}, monotonic clock", scanner.kernel);
    Measured::by_meter(Scope::Scanner, by)
}

/// The standard uncertainty of a count between two moments: at either, each thread has done an
/// unknown part of a batch, uniform over it.
fn unfinished(scanner: &ScannerDescriptor) -> Hashes {
    let each = scanner.batch as f64 / 12f64.sqrt();
    Hashes::from_hashes(each * (2.0 * scanner.threads as f64).sqrt())
}

/// Runs `scanner` on `work` for the planned window and reads `meters` over it. `watch` sees
/// every finished batch, for progress; `stop` ends the window early and marks the result
/// incomplete.
///
/// # Errors
/// Where the scanner fails.
pub fn measure(
    scanner: &mut dyn Scanner,
    work: &dyn WorkSource,
    meters: &mut [Box<dyn EnergyMeter>],
    plan: &MeasurementPlan,
    watch: &dyn Sink,
    stop: &StopToken,
) -> Result<Measurement, MeasureError> {
    let descriptor = scanner.descriptor().clone();
    let window = Window::new(watch);
    // The scanner has its own token: the window closes at a completed batch before it stops.
    let halt = StopToken::new();
    let mut accounts: Vec<_> =
        meters.iter().map(|meter| EnergyAccount::new(meter.descriptor().clone())).collect();

    let (ran, marks, complete) = std::thread::scope(|scope| {
        let running = scope.spawn(|| {
            // Also where the scanner panics: nobody may wait for batches that never come.
            let _close = OnDrop(|| window.close());
            scanner.run(work, &window, &halt)
        });
        let (marks, complete) = {
            // Also where a meter panics: the scope waits for the scanner.
            let _halt = OnDrop(|| halt.stop());
            follow(&window, meters, &mut accounts, plan, stop)
        };
        let ran = running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (ran, marks, complete)
    });
    ran?;
    Ok(evaluate(descriptor, &marks, &accounts, complete, window.hardware_errors()))
}

/// Does something at the end of a scope, by a return or a panic.
struct OnDrop<F: Fn()>(F);

impl<F: Fn()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

/// The marks that cut the window into slices; meters are read at each.
fn follow(
    window: &Window<'_>,
    meters: &mut [Box<dyn EnergyMeter>],
    accounts: &mut [EnergyAccount],
    plan: &MeasurementPlan,
    stop: &StopToken,
) -> (Vec<Mark>, bool) {
    let mut marks = Vec::new();
    if !window.sleep(plan.warm_up, stop) {
        return (marks, false);
    }
    let slices = plan.slices(accounts);
    let mut opened = None;
    for slice in 0..=slices {
        if let Some(opened) = opened {
            let due = plan.window.mul_f64(f64::from(slice) / f64::from(slices));
            let whole = window.sleep_until(opened + due, stop);
            if !whole {
                // Interrupted: the window closes here, with what there is.
                mark(window, meters, accounts, &mut marks);
                return (marks, false);
            }
        }
        if !mark(window, meters, accounts, &mut marks) {
            return (marks, false);
        }
        opened = opened.or(marks.first().map(|mark: &Mark| mark.at));
    }
    (marks, true)
}

/// Waits for the next completed batch and reads the meters; `false` where the scanner ended.
fn mark(
    window: &Window<'_>,
    meters: &mut [Box<dyn EnergyMeter>],
    accounts: &mut [EnergyAccount],
    marks: &mut Vec<Mark>,
) -> bool {
    let Some(mark) = window.next_completion() else {
        return false;
    };
    marks.push(mark);
    for (meter, account) in meters.iter_mut().zip(accounts) {
        account.take(meter.read());
    }
    true
}

fn evaluate(
    scanner: ScannerDescriptor,
    marks: &[Mark],
    accounts: &[EnergyAccount],
    complete: bool,
    hardware_errors: u64,
) -> Measurement {
    let ends = marks.first().zip(marks.last()).filter(|(first, last)| last.at > first.at);
    let hashes = ends.map_or(0, |(first, last)| last.hashes - first.hashes);
    let duration = ends.map_or(Seconds::ZERO, |(first, last)| {
        Seconds::from_seconds((last.at - first.at).as_secs_f64())
    });
    // An interruption cuts the last slice wherever it came: two batches that end together would
    // make any rate of it. It counts in the total and not in the scatter.
    let slices = marks.len().saturating_sub(1 + usize::from(!complete));
    let rates: Vec<f64> = marks
        .windows(2)
        .take(slices)
        .filter(|pair| pair[1].at > pair[0].at)
        .map(|pair| {
            (pair[1].hashes - pair[0].hashes) as f64 / (pair[1].at - pair[0].at).as_secs_f64()
        })
        .collect();
    // The scatter of the slices, and the batches unfinished at the window's two ends.
    let ends_u = unfinished(&scanner) / duration;
    let spread = statistics::spread_of_mean(&rates)
        .map(|spread| (spread.standard_error.hypot(ends_u.as_h_s()), spread.t95));
    let hashrate = ends.map(|_| {
        let rate = Estimate::measured(Hashes::from_count(hashes) / duration, counted(&scanner));
        match spread {
            Some((u, _)) => rate.with_standard_uncertainty(Hashrate::from_h_s(u)),
            None => rate,
        }
    });
    let hashrate_ci95 = hashrate.as_ref().zip(spread).map(|(rate, (u, t95))| {
        let half = Hashrate::from_h_s(u * t95);
        (rate.value() - half, rate.value() + half)
    });
    let energy = accounts
        .iter()
        .map(|account| EnergyResult {
            meter: account.meter().id.clone(),
            scope: account.meter().scope,
            joules: match ends {
                // Readings follow the marks by the time a thread takes to wake.
                Some(_) => account
                    .energy()
                    .map(|energy| energy.scaled(duration / account.duration()))
                    .map_err(NoEnergy::Meter),
                None => Err(NoEnergy::NoWindow),
            },
        })
        .collect();
    Measurement {
        scanner,
        hashes,
        duration,
        hashrate,
        hashrate_ci95,
        slices: rates.len(),
        energy,
        complete,
        hardware_errors,
    }
}
