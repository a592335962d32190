//! Time as meters are read by it, so that tests can play hours in no time, and the other clocks of
//! the system.

use crate::units::Seconds;
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

/// A duration as a quantity.
pub(crate) fn seconds(time: Duration) -> Seconds {
    Seconds::from_seconds(time.as_secs_f64())
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

/// Processor time that this thread has used, where the system tells.
#[cfg(target_os = "linux")]
pub(crate) fn thread_time() -> Option<Duration> {
    read(rustix::time::ClockId::ThreadCPUTime)
}

#[cfg(target_os = "linux")]
fn read(clock: rustix::time::ClockId) -> Option<Duration> {
    Duration::try_from(rustix::time::clock_gettime(clock)).ok()
}

#[cfg(not(target_os = "linux"))]
pub(super) fn slept() -> Option<Duration> {
    None
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn thread_time() -> Option<Duration> {
    None
}
