//! Keeping threads on processors of their own.

/// Keeps the calling thread on that processor.
#[cfg(target_os = "linux")]
pub(super) fn pin(processor: usize) -> Result<(), String> {
    use rustix::thread::{CpuSet, sched_setaffinity};
    // The set that the system is given here has room for so many.
    if processor >= CpuSet::MAX_CPU {
        let last = CpuSet::MAX_CPU - 1;
        return Err(format!(
            "processor {processor} is beyond {last}, the last that can be set here"
        ));
    }
    let mut one = CpuSet::new();
    one.set(processor);
    sched_setaffinity(None, &one).map_err(|error| format!("processor {processor}: {error}"))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn pin(_: usize) -> Result<(), String> {
    Err("this system is not Linux".to_owned())
}
