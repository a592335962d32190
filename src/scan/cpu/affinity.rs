//! Keeping threads on processors of their own.

/// The processors that this process may use, by the system's numbers.
#[cfg(target_os = "linux")]
pub(super) fn processors() -> Result<Vec<usize>, String> {
    use rustix::thread::{CpuSet, sched_getaffinity};
    let allowed = sched_getaffinity(None).map_err(|error| error.to_string())?;
    Ok((0..CpuSet::MAX_CPU).filter(|&number| allowed.is_set(number)).collect())
}

/// Keeps the calling thread on that processor.
#[cfg(target_os = "linux")]
pub(super) fn pin(processor: usize) -> Result<(), String> {
    use rustix::thread::{CpuSet, sched_setaffinity};
    let mut one = CpuSet::new();
    one.set(processor);
    sched_setaffinity(None, &one).map_err(|error| format!("processor {processor}: {error}"))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn processors() -> Result<Vec<usize>, String> {
    Err("this system is not Linux".to_owned())
}

#[cfg(not(target_os = "linux"))]
pub(super) fn pin(_: usize) -> Result<(), String> {
    Err("this system is not Linux".to_owned())
}
