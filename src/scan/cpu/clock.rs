//! The clock that kernels are timed by: time that this thread really had a processor, where
//! the system tells it finely enough.

use crate::units::Seconds;
use std::time::{Duration, Instant};

/// A moment.
pub(super) enum Clock {
    #[cfg(target_os = "linux")]
    Thread(rustix::time::Timespec),
    Wall(Instant),
}

impl Clock {
    #[cfg(target_os = "linux")]
    pub(super) fn now() -> Self {
        if thread_time_is_fine() { Self::Thread(thread_time()) } else { Self::Wall(Instant::now()) }
    }
    #[cfg(not(target_os = "linux"))]
    pub(super) fn now() -> Self {
        Self::Wall(Instant::now())
    }

    pub(super) fn elapsed(&self) -> Seconds {
        match self {
            #[cfg(target_os = "linux")]
            Self::Thread(begun) => between(begun, &thread_time()),
            Self::Wall(begun) => Seconds::from_seconds(begun.elapsed().as_secs_f64()),
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
