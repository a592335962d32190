//! The list of kernels, in one place: tests, benches, calibration and the command line all
//! read it here.

use super::super::{Hit, Job, NonceRange, ScanError};
use super::calibrate::{self, Calibrated};
#[cfg(target_arch = "x86_64")]
use super::{avx2, avx512, isa, sha_ni, sse41};
use super::{scalar, self_test, sha2};
use std::fmt;
use std::str::FromStr;

/// A way of hashing on the CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kernel {
    /// Portable Rust, one nonce at a time.
    Scalar,
    /// The `sha2` crate's compression from the midstate.
    Sha2,
    /// The `sha2` crate on the whole header, twice: how hashing is done without mining's
    /// shortcuts. A baseline.
    Sha2Naive,
    /// Four nonces at a time in SSE4.1.
    Sse41,
    /// Eight nonces at a time in AVX2.
    Avx2,
    /// Sixteen nonces at a time in AVX-512.
    Avx512,
    /// Interleaved nonces in the SHA instructions.
    ShaNi,
}

/// A kernel that this machine can run: it holds the proof of its instruction set.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ready {
    Scalar,
    Sha2,
    Sha2Naive,
    #[cfg(target_arch = "x86_64")]
    Sse41(isa::Sse41),
    #[cfg(target_arch = "x86_64")]
    Avx2(isa::Avx2),
    #[cfg(target_arch = "x86_64")]
    Avx512(isa::Avx512),
    #[cfg(target_arch = "x86_64")]
    ShaNi(isa::ShaNi),
}

impl Kernel {
    /// Every kernel, whether this machine can run it or not.
    pub const ALL: [Self; 7] = [
        Self::Scalar,
        Self::Sha2,
        Self::Sha2Naive,
        Self::Sse41,
        Self::Avx2,
        Self::Avx512,
        Self::ShaNi,
    ];

    /// The name on the command line and in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scalar => "scalar",
            Self::Sha2 => "sha2",
            Self::Sha2Naive => "sha2-naive",
            Self::Sse41 => "sse41",
            Self::Avx2 => "avx2",
            Self::Avx512 => "avx512",
            Self::ShaNi => "sha-ni",
        }
    }

    /// Whether this processor and its operating system have what the kernel needs.
    ///
    /// # Errors
    /// [`ScanError::KernelUnavailable`] with what is missing.
    pub fn available(self) -> Result<(), ScanError> {
        self.ready().map(|_| ())
    }

    /// The kernels that this machine can run.
    pub fn all_available() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|kernel| kernel.available().is_ok())
    }

    /// How many nonces it works on at once.
    pub const fn lanes(self) -> usize {
        match self {
            Self::Scalar | Self::Sha2 | Self::Sha2Naive => 1,
            Self::Sse41 => 4,
            // Measured on Zen 5: 18.4 MH/s with 2 nonces in flight, 25.4 with 3, 30.5 with 4,
            // 32.1 with 5, 31.9 with 6 (benches/RESULTS.md).
            Self::ShaNi => 5,
            Self::Avx2 => 8,
            Self::Avx512 => 16,
        }
    }

    /// Every kernel with its rate on this machine or the reason why it cannot be used, each
    /// timed for a few milliseconds after its self-test, once in the process.
    pub fn calibration() -> &'static [Calibrated] {
        calibrate::all()
    }

    /// The kernel that measures fastest on this machine. One that fails its self-test is left
    /// out.
    ///
    /// # Errors
    /// The first self-test's error where none passes.
    pub fn fastest() -> Result<Self, ScanError> {
        let all = Self::calibration();
        match all.iter().find(|kernel| kernel.chosen) {
            Some(fastest) => Ok(fastest.kernel),
            // Three kernels need nothing of the processor: none chosen means that they failed.
            None => all
                .iter()
                .try_fold(Self::Scalar, |_, kernel| kernel.rate.clone().map(|_| kernel.kernel)),
        }
    }

    /// The kernel, detected but not yet tested.
    fn ready(self) -> Result<Ready, ScanError> {
        let missing = |what: &'static str| {
            Err(ScanError::KernelUnavailable { kernel: self.name().to_owned(), missing: what })
        };
        #[cfg(target_arch = "x86_64")]
        return match self {
            Self::Scalar => Ok(Ready::Scalar),
            Self::Sha2 => Ok(Ready::Sha2),
            Self::Sha2Naive => Ok(Ready::Sha2Naive),
            Self::Sse41 => isa::Sse41::detect().map(Ready::Sse41).or_else(missing),
            Self::Avx2 => isa::Avx2::detect().map(Ready::Avx2).or_else(missing),
            Self::Avx512 => isa::Avx512::detect().map(Ready::Avx512).or_else(missing),
            Self::ShaNi => isa::ShaNi::detect().map(Ready::ShaNi).or_else(missing),
        };
        #[cfg(not(target_arch = "x86_64"))]
        return match self {
            Self::Scalar => Ok(Ready::Scalar),
            Self::Sha2 => Ok(Ready::Sha2),
            Self::Sha2Naive => Ok(Ready::Sha2Naive),
            _ => missing("an x86-64 processor"),
        };
    }

    /// The kernel, detected and proven by its self-test, which runs once in the process.
    pub(super) fn proven(self) -> Result<Ready, ScanError> {
        let ready = self.ready()?;
        self_test::passed(self, ready)?;
        Ok(ready)
    }
}

impl Ready {
    /// Adds every hit in `range` to `hits`.
    pub(super) fn scan(self, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
        match self {
            Self::Scalar => scalar::scan(job, range, hits),
            Self::Sha2 => sha2::scan(job, range, hits),
            Self::Sha2Naive => sha2::scan_naive(job, range, hits),
            #[cfg(target_arch = "x86_64")]
            Self::Sse41(isa) => sse41::scan(isa, job, range, hits),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(isa) => avx2::scan(isa, job, range, hits),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(isa) => avx512::scan(isa, job, range, hits),
            #[cfg(target_arch = "x86_64")]
            Self::ShaNi(isa) => sha_ni::scan(isa, job, range, hits),
        }
    }
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
