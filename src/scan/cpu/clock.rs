//! The clock for timing kernels: processor time of this thread if the system reports it precisely
//! enough, otherwise wall-clock time.

use crate::clock::{seconds, thread_time};
use crate::units::Seconds;
use std::time::{Duration, Instant};

/// A point in time.
#[derive(Clone, Copy, Debug)]
pub struct Clock(Moment);

#[derive(Clone, Copy, Debug)]
enum Moment {
    Thread(Duration),
    Wall(Instant),
}

impl Clock {
    /// The current time.
    pub fn now() -> Self {
        match thread_time().filter(|_| thread_time_is_precise()) {
            Some(time) => Self(Moment::Thread(time)),
            None => Self(Moment::Wall(Instant::now())),
        }
    }

    /// The time since then. Must be called on the same thread.
    pub fn elapsed(&self) -> Seconds {
        seconds(match self.0 {
            Moment::Thread(start) => thread_time().unwrap_or(start).saturating_sub(start),
            Moment::Wall(start) => start.elapsed(),
        })
    }
}

/// Whether thread time advances within a fraction of a millisecond, tested once: some systems count it
/// in ticks of milliseconds.
fn thread_time_is_precise() -> bool {
    static PRECISE: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    *PRECISE.get_or_init(|| {
        let mut steps = 0;
        let mut before = thread_time();
        let start = Instant::now();
        while start.elapsed() < Duration::from_micros(200) {
            let now = thread_time();
            steps += u32::from(now > before);
            before = now;
        }
        steps > 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elapsed_time_is_positive_and_does_not_decrease() {
        let clock = Clock::now();
        let start = Instant::now();
        while start.elapsed() < Duration::from_millis(20) {
            std::hint::spin_loop();
        }
        let (first, second) = (clock.elapsed(), clock.elapsed());
        assert!(first > Seconds::ZERO && second >= first);
    }
}
