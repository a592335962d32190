//! The clock that kernels are timed by: time that this thread really had a processor, where
//! the system tells it finely enough.

use crate::units::Seconds;
use std::time::{Duration, Instant};

/// A moment.
#[derive(Clone, Copy, Debug)]
pub struct Clock(Moment);

#[derive(Clone, Copy, Debug)]
enum Moment {
    #[cfg(target_os = "linux")]
    Thread(rustix::time::Timespec),
    Wall(Instant),
}

impl Clock {
    /// This one.
    pub fn now() -> Self {
        #[cfg(target_os = "linux")]
        if thread_time_is_fine() {
            return Self(Moment::Thread(thread_time()));
        }
        Self(Moment::Wall(Instant::now()))
    }

    /// Time since then, on the same thread.
    pub fn elapsed(&self) -> Seconds {
        match &self.0 {
            #[cfg(target_os = "linux")]
            Moment::Thread(begun) => between(begun, &thread_time()),
            Moment::Wall(begun) => Seconds::from_seconds(begun.elapsed().as_secs_f64()),
        }
    }
}

#[cfg(target_os = "linux")]
fn thread_time() -> rustix::time::Timespec {
    rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime)
}

#[cfg(target_os = "linux")]
fn between(begun: &rustix::time::Timespec, ended: &rustix::time::Timespec) -> Seconds {
    let seconds = (ended.tv_sec - begun.tv_sec) as f64;
    Seconds::from_seconds(seconds + (ended.tv_nsec - begun.tv_nsec) as f64 * 1e-9)
}

/// Some systems count a thread's time in ticks of milliseconds: it is looked at once whether it
/// moves while a fraction of one goes by.
#[cfg(target_os = "linux")]
fn thread_time_is_fine() -> bool {
    static FINE: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    *FINE.get_or_init(|| {
        let mut steps = 0;
        let mut before = thread_time();
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_micros(200) {
            let now = thread_time();
            steps += u32::from(between(&before, &now) > Seconds::ZERO);
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
