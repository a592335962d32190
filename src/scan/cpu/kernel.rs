//! The list of kernels, in one place: tests, benches, calibration and the command line all
//! read it here.

use super::super::{Hit, Job, NonceRange, ScanError};
use super::{scalar, self_test, sha2};
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// A way of hashing on the CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kernel {
    /// Portable Rust from the midstate, cut at the last digest word.
    Scalar,
    /// The `sha2` crate's compression from the midstate.
    Sha2,
    /// The `sha2` crate on the whole header, twice: how hashing is done without mining's
    /// shortcuts. A baseline.
    Sha2Naive,
}

impl Kernel {
    /// Every kernel.
    pub const ALL: [Self; 3] = [Self::Scalar, Self::Sha2, Self::Sha2Naive];

    /// The name on the command line and in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scalar => "scalar",
            Self::Sha2 => "sha2",
            Self::Sha2Naive => "sha2-naive",
        }
    }

    /// Adds every hit in `range` to `hits`.
    pub(crate) fn scan(self, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
        match self {
            Self::Scalar => scalar::scan(job, range, hits),
            Self::Sha2 => sha2::scan(job, range, hits),
            Self::Sha2Naive => sha2::scan_naive(job, range, hits),
        }
    }

    /// The kernel that measures fastest on this machine, each timed for a few milliseconds
    /// after its self-test, once in the process. A kernel that fails its self-test is left out.
    ///
    /// # Errors
    /// The first self-test's error where none passes.
    pub fn fastest() -> Result<Self, ScanError> {
        static FASTEST: OnceLock<Result<Kernel, ScanError>> = OnceLock::new();
        FASTEST.get_or_init(calibrate).clone()
    }
}

fn calibrate() -> Result<Kernel, ScanError> {
    let verdicts = Kernel::ALL.map(|kernel| self_test::passed(kernel).map(|()| kernel));
    let fastest = verdicts
        .iter()
        .filter_map(|verdict| verdict.as_ref().ok())
        .min_by_key(|kernel| time(**kernel));
    match fastest {
        Some(kernel) => Ok(*kernel),
        None => verdicts.into_iter().collect::<Result<Vec<_>, _>>().map(|_| Kernel::Scalar),
    }
}

/// The least of several short timings: a neighbour or an interrupt only ever adds time.
fn time(kernel: Kernel) -> Duration {
    const NONCES: u64 = 1 << 13;
    const TIMINGS: usize = 5;
    let job = self_test::hard_job();
    let mut hits = Vec::new();
    (0..TIMINGS)
        .map(|_| {
            let begun = Instant::now();
            kernel.scan(&job, NonceRange::ALL.take(NONCES), &mut hits);
            begun.elapsed()
        })
        .min()
        .unwrap_or(Duration::MAX)
}

impl fmt::Display for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kernel {
    type Err = UnknownKernel;

    fn from_str(name: &str) -> Result<Self, UnknownKernel> {
        Self::ALL
            .into_iter()
            .find(|kernel| kernel.name() == name)
            .ok_or_else(|| UnknownKernel(name.to_owned()))
    }
}

/// A name that no kernel has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKernel(pub String);

impl fmt::Display for UnknownKernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Kernel::ALL.map(Kernel::name).join(", ");
        write!(f, "`{}` is no kernel; give one of: {names}", self.0)
    }
}

impl std::error::Error for UnknownKernel {}
