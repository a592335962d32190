//! Pins threads to processors.

/// Pins the calling thread to a processor.
///
/// # Errors
/// The reason why the thread cannot be pinned.
#[cfg(target_os = "linux")]
pub(super) fn pin(processor: usize) -> Result<(), String> {
    use rustix::thread::{CpuSet, sched_setaffinity};
    // The processor set of this system call has a fixed size.
    if processor >= CpuSet::MAX_CPU {
        let last = CpuSet::MAX_CPU - 1;
        return Err(format!(
            "processor {processor} is above {last}, the last to which a thread can be pinned"
        ));
    }
    let mut set = CpuSet::new();
    set.set(processor);
    sched_setaffinity(None, &set).map_err(|error| format!("processor {processor}: {error}"))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn pin(_: usize) -> Result<(), String> {
    Err("pinning is supported only on Linux".to_owned())
}
