//! The clock that kernels are timed by: time that this thread really had a processor, where
//! the system tells it finely enough.

use crate::clock::{seconds, thread_time};
use crate::units::Seconds;
use std::time::{Duration, Instant};

/// A moment.
#[derive(Clone, Copy, Debug)]
pub struct Clock(Moment);

#[derive(Clone, Copy, Debug)]
enum Moment {
    Thread(Duration),
    Wall(Instant),
}

impl Clock {
    /// This one.
    pub fn now() -> Self {
        match thread_time().filter(|_| thread_time_is_fine()) {
            Some(time) => Self(Moment::Thread(time)),
            None => Self(Moment::Wall(Instant::now())),
        }
    }

    /// Time since then, on the same thread.
    pub fn elapsed(&self) -> Seconds {
        seconds(match self.0 {
            Moment::Thread(begun) => thread_time().unwrap_or(begun).saturating_sub(begun),
            Moment::Wall(begun) => begun.elapsed(),
        })
    }
}

/// Some systems count a thread's time in ticks of milliseconds: it is looked at once whether it
/// moves while a fraction of one goes by.
fn thread_time_is_fine() -> bool {
    static FINE: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    *FINE.get_or_init(|| {
        let mut steps = 0;
        let mut before = thread_time();
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_micros(200) {
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
    fn time_goes_on_and_not_backward() {
        let clock = Clock::now();
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_millis(20) {
            std::hint::spin_loop();
        }
        let (first, second) = (clock.elapsed(), clock.elapsed());
        assert!(first > Seconds::ZERO && second >= first);
    }
}
