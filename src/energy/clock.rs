//! Time as meters are read by it, so that tests can play hours in no time.

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
