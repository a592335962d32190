//! What can go wrong in a scan.

/// What can go wrong in a scan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScanError {
    /// The range would pass the last nonce.
    #[error("count {len} from start {start} passes the last nonce; give a count of at most {room}")]
    RangePastEnd {
        /// First nonce asked for.
        start: u32,
        /// Nonces asked for.
        len: u64,
        /// Nonces there are from `start`.
        room: u64,
    },
    /// No threads were asked for, or too many.
    #[error("threads is {asked}; give 1 to {most}, which is several for each processor here")]
    Threads {
        /// Threads asked for.
        asked: usize,
        /// Threads allowed.
        most: usize,
    },
    /// The system did not give the threads.
    #[error("threads could not be started: {reason}; give fewer")]
    ThreadPool {
        /// The system's words.
        reason: String,
    },
    /// Threads could not be kept on processors of their own.
    #[error("threads could not be pinned: {reason}; run without pinning")]
    Pinning {
        /// What stood against it.
        reason: String,
    },
    /// More threads than processors that this process may use.
    #[error(
        "threads is {threads}, and this process may use {processors} processors; \
         give at most {processors}, or run without pinning"
    )]
    TooFewProcessors {
        /// Threads asked for.
        threads: usize,
        /// Processors that this process may use.
        processors: usize,
    },
    /// A time that is none.
    #[error("time is {asked}; give 0 s or more")]
    Time {
        /// The time asked for, with its unit.
        asked: String,
    },
    /// This machine cannot run the kernel.
    #[error("kernel {kernel} needs {missing}, which this machine lacks; choose another or auto")]
    KernelUnavailable {
        /// The kernel's name.
        kernel: String,
        /// The processor features it needs.
        missing: &'static str,
    },
    /// A kernel disagrees with the reference and must not be used.
    #[error("kernel {kernel} failed its self-test ({case}); choose another kernel and report this")]
    SelfTest {
        /// The kernel's name.
        kernel: String,
        /// The case that failed.
        case: String,
    },
    /// A number of versions that no shader has.
    #[error("versions is {asked}; give 1, 2 or 4")]
    Versions {
        /// The number asked for.
        asked: usize,
    },
    /// There is no such GPU.
    #[error(
        "adapter: {}; there is {}",
        .asked.as_ref().map_or("no GPU was found".to_owned(), |name| format!("none is called `{name}`")),
        if .there.is_empty() { "none (install a Vulkan driver)".to_owned() } else { format!("{} (name one)", .there.join(", ")) }
    )]
    NoAdapter {
        /// The name that was asked for.
        asked: Option<String>,
        /// The names of those that there are, software rasterisers included.
        there: Vec<String>,
    },
    /// A GPU was lost, and lost again when it was opened anew.
    #[error("{device} was lost ({reason}); what it finished before is kept")]
    DeviceLost {
        /// The adapter's name.
        device: String,
        /// The driver's words.
        reason: String,
    },
    /// A GPU did not answer.
    #[error("{device} has not answered for {seconds} s; what it finished before is kept")]
    DeviceSilent {
        /// The adapter's name.
        device: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// A GPU's driver refused what was asked of it.
    #[error("{device} refused: {reason}")]
    DeviceRefused {
        /// The adapter's name.
        device: String,
        /// The driver's words.
        reason: String,
    },
    /// A GPU missed hits that the reference finds.
    #[error("{device} missed {missed} hits in a sample of {nonces} nonces; its results are wrong")]
    MissedHits {
        /// The adapter's name.
        device: String,
        /// How many it missed.
        missed: usize,
        /// How many nonces were sampled.
        nonces: u64,
    },
    /// A scanner broke its contract.
    #[error("nonces from {start} were delivered twice; the scanner is at fault")]
    DeliveredTwice {
        /// First nonce delivered again.
        start: u32,
    },
}
