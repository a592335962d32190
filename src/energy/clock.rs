//! Time as meters are read by it, so that tests can play hours in no time, and how long the machine slept.

#[cfg(target_os = "linux")]
use crate::clock::read;
use std::time::{Duration, Instant};

/// A monotonic clock.
pub(crate) trait Clock: Sync {
    fn now(&self) -> Instant;
    fn sleep(&self, time: Duration);
}

/// The system's own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }
    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// How long the machine has slept since it was started, where the system tells. `Instant` stands
/// still while the machine sleeps, and some counters begin again after it: the clock that goes on
/// tells.
#[cfg(target_os = "linux")]
pub(super) fn slept() -> Option<Duration> {
    use rustix::time::ClockId;
    // In this order a pause between the two can only add to the difference.
    let awake = read(ClockId::Monotonic)?;
    let all = read(ClockId::Boottime)?;
    Some(all.saturating_sub(awake))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn slept() -> Option<Duration> {
    None
}
