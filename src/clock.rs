//! System clocks, for `scan`, `energy` and `measure`.

use crate::units::Seconds;
use std::time::Duration;

/// A duration as a quantity.
pub(crate) fn seconds(time: Duration) -> Seconds {
    Seconds::from_seconds(time.as_secs_f64())
}

/// Processor time used by this thread, if the system reports it.
#[cfg(target_os = "linux")]
pub(crate) fn thread_time() -> Option<Duration> {
    read(rustix::time::ClockId::ThreadCPUTime)
}

#[cfg(target_os = "linux")]
pub(crate) fn read(clock: rustix::time::ClockId) -> Option<Duration> {
    Duration::try_from(rustix::time::clock_gettime(clock)).ok()
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn thread_time() -> Option<Duration> {
    None
}
