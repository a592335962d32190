//! The clock by which meters are read, so that tests can simulate hours, and the time that the
//! machine has been suspended.

#[cfg(target_os = "linux")]
use crate::clock::read;
use std::time::{Duration, Instant};

/// A monotonic clock.
pub(crate) trait Clock: Sync {
    fn now(&self) -> Instant;
    fn sleep(&self, time: Duration);
}

/// The system clock.
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

/// The total time that the machine has been suspended since its start, if the system gives it.
/// `Instant` stops while the machine is suspended, and some counters restart at zero afterwards.
#[cfg(target_os = "linux")]
pub(super) fn slept() -> Option<Duration> {
    use rustix::time::ClockId;
    // In this order a delay between the two reads can only increase the difference.
    let awake = read(ClockId::Monotonic)?;
    let all = read(ClockId::Boottime)?;
    Some(all.saturating_sub(awake))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn slept() -> Option<Duration> {
    None
}
