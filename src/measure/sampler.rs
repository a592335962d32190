//! Threads that read one meter each, so that a slow meter delays neither the others nor the window; and the phases of
//! a measurement, which all of them follow.

use crate::clock::thread_time;
use crate::energy::clock::{Clock, SystemClock};
use crate::energy::edge::read_at_edge;
use crate::energy::{Conditions, EnergyAccount, EnergyMeter, MAX_BRIDGED_GAP, MeterQuantity};
use crate::input::Backoff;
use crate::scan::StopToken;
use scopeguard::defer;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The phase of a measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    IdleBefore,
    WarmUp,
    /// Begins with a reading at the edge of every counter.
    Window,
    /// Begins with the same reading at the end of the window; then meters are not read.
    Closed,
    IdleAfter,
    End,
}

/// Number of readings that a phase should have, for its scatter; and the least and the greatest time between readings.
const READINGS_PER_PHASE: u32 = 256;
const MIN_PERIOD: Duration = Duration::from_millis(10);
const MAX_PERIOD: Duration = Duration::from_secs(1);
/// Time between queries of a device's state, which changes slowly and can be expensive to query.
const CONDITIONS_PERIOD: Duration = Duration::from_millis(500);
/// A meter that could not be read is read again after this time, then after twice as long, up to the greatest delay,
/// and never before the wait that it requests.
const FIRST_RETRY_DELAY: Duration = Duration::from_millis(500);
const MAX_RETRY_DELAY: Duration = Duration::from_secs(8);
/// How often a thread that waits for meters checks whether to stop.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// The current phase, and which meters have reached it.
pub(super) struct PhaseBarrier {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    phase: Phase,
    /// Meters that have not yet made the first reading of the phase.
    pending: usize,
    /// Those of them that could not be read and are tried again.
    failing: usize,
    /// Whether that reading still counts. At the end of the window it is waited for; afterwards it is too late, because
    /// the scanner may have stopped.
    open: bool,
    meters: usize,
}

/// How long to wait for meters.
#[derive(Clone, Copy, Debug)]
pub(super) struct MeterTimeouts {
    /// For meters that are only slow.
    pub slow: Duration,
    /// For meters that could not be read and are tried again.
    pub failing: Duration,
    /// For all meters, after a request to stop.
    pub stopped: Duration,
}

impl PhaseBarrier {
    pub(super) fn new(phase: Phase, meters: usize) -> Self {
        let state = State { phase, pending: meters, failing: 0, open: true, meters };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn enter(&self, phase: Phase) {
        {
            let mut state = self.lock();
            let meters = state.meters;
            *state = State { phase, pending: meters, failing: 0, open: true, meters };
        }
        self.changed.notify_all();
    }

    /// Waits until every meter has been read once in this phase, or until a timeout. Then the first reading of the
    /// phase no longer counts.
    pub(super) fn wait_for_meters(&self, timeouts: MeterTimeouts, stop: &StopToken) {
        let start = Instant::now();
        let mut state = self.lock();
        while state.pending > 0 {
            let timeout = match (stop.is_stopped(), state.failing > 0) {
                (true, _) => timeouts.stopped,
                (false, true) => timeouts.failing,
                (false, false) => timeouts.slow,
            };
            if start.elapsed() >= timeout {
                break;
            }
            state = match self.changed.wait_timeout(state, POLL_INTERVAL) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
        state.open = false;
    }

    /// Whether the first reading of a phase is still waited for.
    fn is_open(&self, phase: Phase) -> bool {
        let state = self.lock();
        state.phase == phase && state.open
    }

    /// Reports that a meter could not be read at the beginning of a phase and will be tried again.
    fn report_failure(&self, phase: Phase) {
        let mut state = self.lock();
        if state.phase == phase {
            state.failing += 1;
        }
    }

    /// Reports that a meter has made the first reading of a phase.
    fn report_reading(&self, phase: Phase, was_failing: bool) {
        let mut state = self.lock();
        if state.phase == phase {
            state.pending = state.pending.saturating_sub(1);
            state.failing = state.failing.saturating_sub(usize::from(was_failing));
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Reports that the thread of a meter ends, so that it is not waited for.
    fn leave(&self) {
        let mut state = self.lock();
        state.meters = state.meters.saturating_sub(1);
        state.pending = state.pending.min(state.meters);
        state.failing = state.failing.min(state.meters);
        drop(state);
        self.changed.notify_all();
    }

    /// Waits for the phase after `last`; returns `last` at the time `until`.
    fn next(&self, last: Phase, until: Option<Instant>) -> Phase {
        let mut state = self.lock();
        while state.phase == last {
            let Some(until) = until else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let remaining = until.saturating_duration_since(Instant::now());
            if remaining.is_zero() {
                break;
            }
            state = match self.changed.wait_timeout(state, remaining) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
        state.phase
    }
}

/// The readings of one meter, by phase.
#[derive(Debug)]
pub(super) struct Log {
    pub idle_before: EnergyAccount,
    pub warm_up: EnergyAccount,
    pub window: EnergyAccount,
    pub idle_after: EnergyAccount,
    /// The device's state during the window.
    pub conditions: Vec<Conditions>,
    /// Time between readings.
    pub period: Duration,
    /// Processor time of the readings, divided by the elapsed time, if the system reports it.
    pub core_share: Option<f64>,
}

impl Log {
    pub(super) fn new(meter: &dyn EnergyMeter, phase: Duration) -> Self {
        let account = || EnergyAccount::new(meter.descriptor().clone());
        Self {
            idle_before: account(),
            warm_up: account(),
            window: account(),
            idle_after: account(),
            conditions: Vec::new(),
            period: period(meter, phase),
            core_share: None,
        }
    }
}

/// Time between readings of a meter in a phase of this length.
fn period(meter: &dyn EnergyMeter, phase: Duration) -> Duration {
    let descriptor = meter.descriptor();
    let duration = |seconds: f64| Duration::try_from_secs_f64(seconds).unwrap_or(MAX_PERIOD);
    // A power is read twice as often as it is refreshed; this is not necessary for a counter.
    let refresh = match descriptor.quantity {
        MeterQuantity::Power { .. } => duration(descriptor.refresh.as_seconds() / 2.0),
        _ => duration(descriptor.refresh.as_seconds()),
    };
    let period = (phase / READINGS_PER_PHASE).clamp(MIN_PERIOD, MAX_PERIOD);
    let period = period.max(refresh.min(MAX_PERIOD));
    match descriptor.max_read_gap {
        Some(gap) => period.min(duration(gap.as_seconds() / 2.0)).max(Duration::from_millis(1)),
        None => period,
    }
}

/// Reads one meter through all phases.
pub(super) fn sample(meter: &mut dyn EnergyMeter, log: &Mutex<Log>, barrier: &PhaseBarrier) {
    // Also after a panic.
    defer! { barrier.leave() }
    let (start, cpu_start) = (Instant::now(), thread_time());
    let lock = || log.lock().unwrap_or_else(PoisonError::into_inner);
    let period = lock().period;
    let mut queried = None;
    let mut phase = barrier.lock().phase;
    // Whether the first reading of the phase is still to be made.
    let mut first = true;
    let mut backoff = Backoff::new(FIRST_RETRY_DELAY, MAX_RETRY_DELAY);
    let mut failing = false;
    while phase != Phase::End {
        // A reading can take seconds; the log stays unlocked meanwhile.
        let reading = match phase {
            Phase::Window | Phase::Closed if first => Some(read_at_edge(meter, &SystemClock)),
            Phase::Closed | Phase::End => None,
            _ => Some(meter.read()),
        };
        let now = SystemClock.now();
        let transient = match &reading {
            Some(Err(error)) if error.is_transient() => Some(error),
            _ => None,
        };
        let wait = match transient {
            Some(error) => {
                let requested = error.requested_wait().map(|wait| wait.min(MAX_BRIDGED_GAP));
                backoff.pause(requested).max(period)
            }
            None => {
                backoff.reset();
                period
            }
        };
        let due = now + wait;
        let again = first && transient.is_some();
        let conditions = match phase {
            Phase::Window
                if queried.is_none_or(|at: Instant| at.elapsed() >= CONDITIONS_PERIOD) =>
            {
                queried = Some(Instant::now());
                meter.conditions()
            }
            _ => None,
        };
        {
            let mut log = lock();
            log.conditions.extend(conditions);
            let account = match phase {
                Phase::IdleBefore => &mut log.idle_before,
                Phase::WarmUp => &mut log.warm_up,
                Phase::Window | Phase::Closed => &mut log.window,
                Phase::IdleAfter | Phase::End => &mut log.idle_after,
            };
            // After the window has closed, the machine may be idle.
            if let Some(reading) = reading
                && (phase != Phase::Closed || barrier.is_open(Phase::Closed))
            {
                account.record(reading);
            }
        }
        match (again, failing) {
            (true, false) => barrier.report_failure(phase),
            (false, _) if first => barrier.report_reading(phase, failing),
            _ => {}
        }
        failing = again;
        let goes_on = phase != Phase::Closed || (again && barrier.is_open(phase));
        let next = barrier.next(phase, goes_on.then_some(due));
        if next != phase {
            (first, failing) = (true, false);
        } else {
            first = again;
        }
        phase = next;
    }
    let cpu_time = thread_time().zip(cpu_start).map(|(end, start)| end.saturating_sub(start));
    lock().core_share =
        cpu_time.map(|cpu_time| cpu_time.as_secs_f64() / start.elapsed().as_secs_f64());
}
