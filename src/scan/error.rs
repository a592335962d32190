//! Errors of scans.

/// An error of a scan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScanError {
    /// The range would extend past the last nonce.
    #[error(
        "count {len} from start {start} extends past the last nonce; give a count of at most {max}"
    )]
    RangePastEnd {
        /// The first nonce requested.
        start: u32,
        /// The number of nonces requested.
        len: u64,
        /// The number of nonces from `start` to the last one.
        max: u64,
    },
    /// The number of threads is 0 or too large.
    #[error("threads is {given}; give 1 to {max}")]
    Threads {
        /// The number of threads requested.
        given: usize,
        /// The maximum number of threads.
        max: usize,
    },
    /// The system could not start the threads.
    #[error("threads could not be started: {reason}; give fewer")]
    ThreadPool {
        /// The system's message.
        reason: String,
    },
    /// Threads could not be pinned to processors.
    #[error("threads could not be pinned: {reason}; run without pinning")]
    Pinning {
        /// The reason.
        reason: String,
    },
    /// There are more threads than processors that this process may use.
    #[error(
        "threads is {threads}, and this process may use {processors} processors; \
         give at most {processors}, or run without pinning"
    )]
    TooFewProcessors {
        /// The number of threads requested.
        threads: usize,
        /// The number of processors that this process may use.
        processors: usize,
    },
    /// A time that is negative or not a number.
    #[error("time is {given}; give 0 s or more")]
    Time {
        /// The time requested, with its unit.
        given: String,
    },
    /// This machine cannot run the kernel.
    #[error(
        "kernel {kernel} needs {missing}, which this machine does not have; choose another or auto"
    )]
    KernelUnavailable {
        /// The kernel's name.
        kernel: String,
        /// The processor features it needs.
        missing: &'static str,
    },
    /// The results of a kernel differ from the reference, so that it must not be used.
    #[error(
        "kernel {kernel} failed its self-test ({case}); choose another kernel and report this error"
    )]
    SelfTest {
        /// The kernel's name.
        kernel: String,
        /// The case that failed.
        case: String,
    },
    /// No shader exists for this number of versions.
    #[error("versions is {given}; give 1, 2 or 4")]
    Versions {
        /// The number requested.
        given: usize,
    },
    /// No matching GPU was found.
    #[error(
        "adapter: {}; available: {}",
        .given.as_ref().map_or("no GPU was found".to_owned(), |name| format!("no adapter matches `{name}`")),
        if .available.is_empty() { "none (install a Vulkan driver)".to_owned() } else { format!("{} (give one of these names)", .available.join(", ")) }
    )]
    NoAdapter {
        /// The name requested.
        given: Option<String>,
        /// The names of the available adapters, including software rasterisers.
        available: Vec<String>,
    },
    /// A GPU was lost, and was lost again after it was reopened.
    #[error("{device} was lost ({reason}); results finished before are kept")]
    DeviceLost {
        /// The adapter's name.
        device: String,
        /// The driver's message.
        reason: String,
    },
    /// A GPU did not respond in time.
    #[error("{device} has not responded for {seconds} s; results finished before are kept")]
    DeviceSilent {
        /// The adapter's name.
        device: String,
        /// The time waited, in seconds.
        seconds: u64,
    },
    /// A GPU's driver reported an error.
    #[error("{device}: the driver reported an error: {reason}")]
    DeviceRefused {
        /// The adapter's name.
        device: String,
        /// The driver's message.
        reason: String,
    },
    /// A GPU missed hits that the reference finds.
    #[error("{device} missed {missed} hits in a sample of {nonces} nonces; its results are wrong")]
    MissedHits {
        /// The adapter's name.
        device: String,
        /// The number of missed hits.
        missed: usize,
        /// The number of nonces in the sample.
        nonces: u64,
    },
    /// A scanner delivered a nonce more than once.
    #[error("nonces from {start} were delivered twice; this is an error in the scanner")]
    DeliveredTwice {
        /// The first nonce that was delivered again.
        start: u32,
    },
}
