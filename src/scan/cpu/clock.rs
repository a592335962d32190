//! The clock that kernels are timed by: time that this thread really had a processor, where
//! the system tells.

use crate::units::Seconds;

/// A moment of this thread's processor time.
#[cfg(target_os = "linux")]
pub(super) struct Clock(rustix::time::Timespec);

#[cfg(target_os = "linux")]
impl Clock {
    pub(super) fn now() -> Self {
        Self(rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime))
    }
    pub(super) fn elapsed(&self) -> Seconds {
        let now = Self::now().0;
        let seconds = (now.tv_sec - self.0.tv_sec) as f64;
        Seconds::from_seconds(seconds + (now.tv_nsec - self.0.tv_nsec) as f64 * 1e-9)
    }
}

/// A moment of wall-clock time.
#[cfg(not(target_os = "linux"))]
pub(super) struct Clock(std::time::Instant);

#[cfg(not(target_os = "linux"))]
impl Clock {
    pub(super) fn now() -> Self {
        Self(std::time::Instant::now())
    }
    pub(super) fn elapsed(&self) -> Seconds {
        Seconds::from_seconds(self.0.elapsed().as_secs_f64())
    }
}
