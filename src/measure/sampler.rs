//! Meters read by threads of their own, so that a slow one holds up neither the others nor the
//! window; and the phases of a measurement, which all of them follow.

use crate::clock::thread_time;
use crate::energy::clock::{Clock, SystemClock};
use crate::energy::edge::read_at_edge;
use crate::energy::{Conditions, EnergyAccount, EnergyMeter, MAX_BRIDGED_GAP, MeterQuantity};
use crate::input::Backoff;
use crate::scan::StopToken;
use scopeguard::defer;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What a measurement is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    IdleBefore,
    WarmUp,
    /// Opens with a reading at the edge of every counter.
    Window,
    /// The same at the end; then meters rest.
    Closed,
    IdleAfter,
    End,
}

/// Readings that a phase should have, for its scatter; and how often meters are read at most
/// and at least.
const READINGS: u32 = 256;
const SHORTEST: Duration = Duration::from_millis(10);
const LONGEST: Duration = Duration::from_secs(1);
/// State beside the energy changes slowly and can be dear to ask for.
const CONDITIONS: Duration = Duration::from_millis(500);
/// A meter that could not be read is asked again after this, then after twice as long, up to the longest;
/// where it says how long to wait, not before that.
const AGAIN: Duration = Duration::from_millis(500);
const LONGEST_AGAIN: Duration = Duration::from_secs(8);
/// How often somebody who waits for meters looks whether he was asked to stop.
const LOOK: Duration = Duration::from_millis(20);

/// The phase of now, and which meters have reached it.
pub(super) struct PhaseBarrier {
    state: Mutex<State>,
    moved: Condvar,
}

struct State {
    phase: Phase,
    /// Meters that have not yet made the reading that the phase began with.
    awaited: usize,
    /// Of these, those that could not be read and are asked again.
    troubled: usize,
    /// Whether that reading still counts: at the end of the window it is waited for, and comes too late
    /// once the machine need no longer be at work.
    open: bool,
    meters: usize,
}

/// How long meters are waited for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    /// Those that just take their time.
    pub slow: Duration,
    /// Those that could not be read and are asked again.
    pub troubled: Duration,
    /// All of them, once somebody asked to stop.
    pub stopped: Duration,
}

impl PhaseBarrier {
    pub(super) fn new(phase: Phase, meters: usize) -> Self {
        let state = State { phase, awaited: meters, troubled: 0, open: true, meters };
        Self { state: Mutex::new(state), moved: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn enter(&self, phase: Phase) {
        {
            let mut state = self.lock();
            let meters = state.meters;
            *state = State { phase, awaited: meters, troubled: 0, open: true, meters };
        }
        self.moved.notify_all();
    }

    /// Until every meter has been read once in this phase, or as long as patience lasts; then the phase's
    /// first reading is closed.
    pub(super) fn wait_for_meters(&self, patience: Patience, stop: &StopToken) {
        let begun = Instant::now();
        let mut state = self.lock();
        while state.awaited > 0 {
            let most = match (stop.is_stopped(), state.troubled > 0) {
                (true, _) => patience.stopped,
                (false, true) => patience.troubled,
                (false, false) => patience.slow,
            };
            if begun.elapsed() >= most {
                break;
            }
            state = match self.moved.wait_timeout(state, LOOK) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
        state.open = false;
    }

    /// Whether the reading that a phase begins with is still waited for.
    fn is_open(&self, phase: Phase) -> bool {
        let state = self.lock();
        state.phase == phase && state.open
    }

    /// A meter could not be read at the beginning of a phase, and will be asked again.
    fn struggles(&self, phase: Phase) {
        let mut state = self.lock();
        if state.phase == phase {
            state.troubled += 1;
        }
    }

    fn arrived(&self, phase: Phase, was_troubled: bool) {
        let mut state = self.lock();
        if state.phase == phase {
            state.awaited = state.awaited.saturating_sub(1);
            state.troubled = state.troubled.saturating_sub(usize::from(was_troubled));
        }
        drop(state);
        self.moved.notify_all();
    }

    /// A meter's thread ends: nobody may wait for it.
    fn left(&self) {
        let mut state = self.lock();
        state.meters = state.meters.saturating_sub(1);
        state.awaited = state.awaited.min(state.meters);
        state.troubled = state.troubled.min(state.meters);
        drop(state);
        self.moved.notify_all();
    }

    /// The phase after `last`, or the same once `until` has come.
    fn next(&self, last: Phase, until: Option<Instant>) -> Phase {
        let mut state = self.lock();
        while state.phase == last {
            let Some(until) = until else {
                state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            state = match self.moved.wait_timeout(state, left) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
        state.phase
    }
}

/// What was read of one meter, by phases.
#[derive(Debug)]
pub(super) struct Log {
    pub idle_before: EnergyAccount,
    pub warm_up: EnergyAccount,
    pub window: EnergyAccount,
    pub idle_after: EnergyAccount,
    /// During the window.
    pub conditions: Vec<Conditions>,
    /// How often the meter is read.
    pub period: Duration,
    /// Processor time that reading took over the time it went on, where the system tells.
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

/// How often a meter is read in a phase of such a length.
fn period(meter: &dyn EnergyMeter, phase: Duration) -> Duration {
    let descriptor = meter.descriptor();
    let of = |seconds: f64| Duration::try_from_secs_f64(seconds).unwrap_or(LONGEST);
    // A power that changes seldom is read twice as often as it changes; a counter need not be.
    let refresh = match descriptor.quantity {
        MeterQuantity::Power { .. } => of(descriptor.refresh.as_seconds() / 2.0),
        _ => of(descriptor.refresh.as_seconds()),
    };
    let wished = (phase / READINGS).clamp(SHORTEST, LONGEST).max(refresh.min(LONGEST));
    match descriptor.max_read_gap {
        Some(gap) => wished.min(of(gap.as_seconds() / 2.0)).max(Duration::from_millis(1)),
        None => wished,
    }
}

/// Reads one meter through all phases.
pub(super) fn follow(meter: &mut dyn EnergyMeter, log: &Mutex<Log>, barrier: &PhaseBarrier) {
    // By a panic too.
    defer! { barrier.left() }
    let (begun, started) = (Instant::now(), thread_time());
    let lock = || log.lock().unwrap_or_else(PoisonError::into_inner);
    let period = lock().period;
    let mut asked = None;
    let mut phase = barrier.lock().phase;
    // Whether the reading that the phase begins with is still to be made, and how long after a failure.
    let mut first = true;
    let mut backoff = Backoff::new(AGAIN, LONGEST_AGAIN);
    let mut troubled = false;
    while phase != Phase::End {
        // A read can take seconds: the log stays open to others meanwhile.
        let reading = match phase {
            Phase::Window | Phase::Closed if first => Some(read_at_edge(meter, &SystemClock)),
            Phase::Closed | Phase::End => None,
            _ => Some(meter.read()),
        };
        let now = SystemClock.now();
        let passing = match &reading {
            Some(Err(error)) if error.is_passing() => Some(error),
            _ => None,
        };
        let wait = match passing {
            Some(error) => {
                let asked = error.asked_wait().map(|asked| asked.min(MAX_BRIDGED_GAP));
                backoff.pause(asked).max(period)
            }
            None => {
                backoff.reset();
                period
            }
        };
        let due = now + wait;
        let again = first && passing.is_some();
        let conditions = match phase {
            Phase::Window if asked.is_none_or(|at: Instant| at.elapsed() >= CONDITIONS) => {
                asked = Some(Instant::now());
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
            // What comes after the window has closed may be of a machine at rest.
            if let Some(reading) = reading
                && (phase != Phase::Closed || barrier.is_open(Phase::Closed))
            {
                account.take(reading);
            }
        }
        match (again, troubled) {
            (true, false) => barrier.struggles(phase),
            (false, _) if first => barrier.arrived(phase, troubled),
            _ => {}
        }
        troubled = again;
        let goes_on = phase != Phase::Closed || (again && barrier.is_open(phase));
        let next = barrier.next(phase, goes_on.then_some(due));
        if next != phase {
            (first, troubled) = (true, false);
        } else {
            first = again;
        }
        phase = next;
    }
    let spent = thread_time().zip(started).map(|(now, then)| now.saturating_sub(then));
    lock().core_share = spent.map(|spent| spent.as_secs_f64() / begun.elapsed().as_secs_f64());
}
