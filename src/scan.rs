//! Searching nonces: what is searched ([`Job`], [`NonceRange`]), who searches ([`Scanner`]),
//! where work comes from ([`WorkSource`]) and where results go ([`Sink`], [`Tally`]).
//!
//! ```
//! use hashwatt::pow::{Header, Target};
//! use hashwatt::scan::{CpuScanner, Job, Kernel, NonceRange, scan};
//!
//! let header: Header = "0100000000000000000000000000000000000000000000000000000000000000\
//!     000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a\
//!     29ab5f49ffff001d00000000".parse()?;
//! let job = Job::new(&header, Target::from_compact(header.bits)?);
//! let mut scanner = CpuScanner::new(Kernel::Sha2, 1)?;
//! let found = scan(&mut scanner, &job, NonceRange::new(2_083_236_000, 1_000)?)?;
//! assert_eq!(found.hits[0].nonce, 2_083_236_893); // the genesis block
//! assert_eq!(found.hashes, 1_000);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cpu;
#[cfg(feature = "gpu")]
mod gpu;
#[cfg_attr(
    not(target_arch = "x86_64"),
    allow(dead_code, reason = "only the generated kernels, which are x86's, take all of it")
)]
mod prehash;
mod tally;
mod together;
mod work;

pub use cpu::{
    Calibrated, CpuScanner, Kernel, KernelCycles, Machine, Percentiles, Roofline, UnknownKernel,
    roofline,
};
#[cfg(feature = "gpu")]
pub use gpu::{
    Adapter, AdapterDescription, AdapterKind, Addition, GpuRoofline, GpuScanner, Tuned, Tuning,
    UnknownVariant, Variant, cache_folder, gpu_roofline, tune,
};
pub use tally::{Scan, Tally, scan};
pub use together::Together;
pub use work::{OneRange, RollingTime, RollingVersion, Work, WorkSource};

use crate::pow::{Hash256, Header, Midstate, Target};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// A header to be searched, with all that does not depend on the nonce worked out once.
#[derive(Clone, Debug)]
pub struct Job {
    header: [u8; Header::LEN],
    midstate: Midstate,
    tail: [u32; 3],
    target: Target,
}

impl Job {
    /// The header's own nonce is ignored; the target is given apart because pools and tests
    /// search with an easier one than the header's bits.
    pub fn new(header: &Header, target: Target) -> Self {
        let bytes = header.to_bytes();
        let mut first = [0; 64];
        first.copy_from_slice(&bytes[..64]);
        let word = |at: usize| {
            u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        Self {
            header: bytes,
            midstate: Midstate::of(&first),
            tail: [word(64), word(68), word(72)],
            target,
        }
    }

    /// The state after the header's first 64 bytes.
    pub fn midstate(&self) -> Midstate {
        self.midstate
    }
    /// The three message words before the nonce in the second block, big-endian as SHA-256
    /// reads them: end of the merkle root, time, bits.
    pub fn tail(&self) -> [u32; 3] {
        self.tail
    }
    /// What a hash must not exceed.
    pub fn target(&self) -> Target {
        self.target
    }
    /// The whole header with a nonce in it.
    pub fn header_bytes(&self, nonce: u32) -> [u8; Header::LEN] {
        let mut bytes = self.header;
        bytes[Header::NONCE_AT..].copy_from_slice(&nonce.to_le_bytes());
        bytes
    }

    /// The reference's verdict on one nonce: every hit that any scanner reports was passed by
    /// this.
    pub fn judge(&self, nonce: u32) -> Option<Hit> {
        let hash = self.hash(nonce);
        self.target.is_met_by(&hash).then_some(Hit { nonce, hash })
    }

    fn hash(&self, nonce: u32) -> Hash256 {
        let mut last = [0; 16];
        last.copy_from_slice(&self.header_bytes(nonce)[64..]);
        self.midstate.finish(&last)
    }

    /// Whether both have one message schedule and one target: they differ in the first block of
    /// the header alone.
    #[cfg(feature = "gpu")]
    fn shares_schedule(&self, other: &Self) -> bool {
        self.tail == other.tail && self.target == other.target
    }

    /// Whether a nonce's highest 32 bits meet the target's, which is all that a device compares.
    #[cfg(feature = "gpu")]
    fn comes_near(&self, nonce: u32) -> bool {
        let hash = self.hash(nonce).to_bytes();
        u32::from_le_bytes([hash[28], hash[29], hash[30], hash[31]]) <= self.target.top_word()
    }
}

/// A nonce whose hash meets the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The nonce as the header's integer.
    pub nonce: u32,
    /// The header's hash with it.
    pub hash: Hash256,
}

/// Consecutive nonces: `len` of them from `start`, at most all 2^32, never past the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NonceRange {
    start: u32,
    len: u64,
}

impl NonceRange {
    /// All nonces.
    pub const ALL: Self = Self { start: 0, len: 1 << 32 };

    /// # Errors
    /// [`ScanError::RangePastEnd`] where the range would pass nonce 2^32 - 1: a range does not
    /// wrap.
    pub fn new(start: u32, len: u64) -> Result<Self, ScanError> {
        let room = Self::ALL.len - u64::from(start);
        if len <= room {
            Ok(Self { start, len })
        } else {
            Err(ScanError::RangePastEnd { start, len, room })
        }
    }
    /// From `start` to the last nonce.
    pub fn from_start(start: u32) -> Self {
        Self { start, len: Self::ALL.len - u64::from(start) }
    }
    /// The first nonce.
    pub fn start(self) -> u32 {
        self.start
    }
    /// How many nonces.
    pub fn len(self) -> u64 {
        self.len
    }
    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }
    /// One past the last nonce, up to 2^32.
    pub fn end(self) -> u64 {
        u64::from(self.start) + self.len
    }
    /// The nonces in order.
    pub fn iter(self) -> impl Iterator<Item = u32> {
        // The invariant keeps every element below 2^32.
        (u64::from(self.start)..self.end()).map(|nonce| nonce as u32)
    }
    /// The range without its first `count` nonces (all of them at most).
    fn skip(self, count: u64) -> Self {
        let count = count.min(self.len);
        let start = u64::from(self.start) + count;
        // Only an empty rest can start at 2^32; any start is as good for it.
        Self { start: u32::try_from(start).unwrap_or(u32::MAX), len: self.len - count }
    }
    /// The first `count` nonces of it (all of them at most).
    fn take(self, count: u64) -> Self {
        Self { len: self.len.min(count), ..self }
    }
}

/// Who of a scanner did a piece of work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Worker {
    /// Which of [`Scanner::parts`].
    pub part: usize,
    /// Which of its threads, from 0; a device that is fed from one is thread 0.
    pub thread: usize,
}

/// One finished piece of work. Finished means every nonce of the range was decided.
#[derive(Clone, Debug)]
pub struct Done {
    /// The id that came with the work.
    pub work_id: u64,
    /// What was searched.
    pub range: NonceRange,
    /// All hits of the range.
    pub hits: Vec<Hit>,
    /// When the range was finished.
    pub at: Instant,
    /// Reported nonces that the reference refused: faults of the device.
    pub hardware_errors: u64,
    /// Who did it.
    pub worker: Worker,
}

/// Takes finished work, from any thread, in any order.
pub trait Sink: Sync {
    /// Called once for every range that was finished.
    fn finished(&self, done: Done);
}

/// Nobody looks.
impl Sink for () {
    fn finished(&self, _: Done) {}
}

/// Asks running scanners to stop. Clones share one flag.
#[derive(Clone, Debug, Default)]
pub struct StopToken(Arc<AtomicBool>);

impl StopToken {
    /// A token that nobody has stopped yet.
    pub fn new() -> Self {
        Self::default()
    }
    /// Asks to stop; scanners finish the batch in hand and return.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
    /// Whether somebody asked.
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
    /// The flag itself, for a signal handler.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }
}

/// What a scanner is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannerDescriptor {
    /// The kernel's name.
    pub kernel: String,
    /// Which of several ways to run it, where there are several.
    pub variant: Option<String>,
    /// What it runs on.
    pub device: String,
    /// How many threads or queues work at once.
    pub threads: usize,
    /// Whether each thread is kept on a processor of its own.
    pub pinned: bool,
    /// The most nonces in one batch; each thread can have one batch unfinished.
    pub batch: u64,
}

/// Something that searches nonces.
pub trait Scanner: Send {
    /// What it is.
    fn descriptor(&self) -> &ScannerDescriptor;

    /// What it is made of: itself, or the scanners that work side by side in it.
    fn parts(&self) -> Vec<ScannerDescriptor> {
        vec![self.descriptor().clone()]
    }

    /// Takes work until the source has none or `stop` is set. Whatever ends the run, every
    /// finished range has been delivered to `sink` exactly once.
    ///
    /// # Errors
    /// Where the device failed; what was delivered stays valid.
    fn run(
        &mut self,
        work: &dyn WorkSource,
        sink: &dyn Sink,
        stop: &StopToken,
    ) -> Result<(), ScanError>;
}

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
    #[error("threads could not be pinned: {reason}; give fewer, or do not pin")]
    Pinning {
        /// What stood against it.
        reason: String,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_never_wrap() {
        assert_eq!(NonceRange::new(0, 1 << 32), Ok(NonceRange::ALL));
        assert_eq!(NonceRange::new(u32::MAX, 1).map(NonceRange::end), Ok(1 << 32));
        assert_eq!(
            NonceRange::new(1, 1 << 32),
            Err(ScanError::RangePastEnd { start: 1, len: 1 << 32, room: (1 << 32) - 1 })
        );
        assert!(NonceRange::new(0, u64::MAX).is_err());
        assert_eq!(NonceRange::from_start(7).end(), 1 << 32);
        assert!(NonceRange::new(u32::MAX, 0).is_ok_and(NonceRange::is_empty));
    }

    #[test]
    fn take_and_skip_part_a_range() {
        let range = NonceRange::new(u32::MAX - 9, 10).unwrap();
        assert_eq!(range.take(4).iter().count(), 4);
        assert_eq!(range.skip(4).iter().last(), Some(u32::MAX));
        assert!(range.skip(10).is_empty() && range.skip(11).is_empty());
    }
}
