//! The list of kernels, in one place: tests, benches, calibration and the command line all
//! read it here.

use super::super::{Hit, Job, NonceRange, ScanError};
use super::calibrate::{self, Calibrated};
#[cfg(target_arch = "x86_64")]
use super::{assembly, avx2, avx512, isa, sha_ni, sse41};
use super::{scalar, self_test, sha2};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};

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
    /// The rounds in the SHA instructions, the message words in AVX-512.
    Hybrid,
}

/// One way to run a kernel on this machine: it holds the proof of its instruction set.
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
    #[cfg(target_arch = "x86_64")]
    Generated(assembly::Generated),
}

impl Kernel {
    /// Every kernel, whether this machine can run it or not.
    pub const ALL: [Self; 8] = [
        Self::Scalar,
        Self::Sha2,
        Self::Sha2Naive,
        Self::Sse41,
        Self::Avx2,
        Self::Avx512,
        Self::ShaNi,
        Self::Hybrid,
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
            Self::Hybrid => "hybrid",
        }
    }

    /// Whether this processor and its operating system have what the kernel needs.
    ///
    /// # Errors
    /// [`ScanError::KernelUnavailable`] with what is missing.
    pub fn available(self) -> Result<(), ScanError> {
        self.candidates().map(|_| ())
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
            Self::Avx2 | Self::Hybrid => 8,
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

    /// Every way to run the kernel here, detected but not yet tested; at least one.
    fn candidates(self) -> Result<Vec<Ready>, ScanError> {
        let missing = |what: &'static str| ScanError::KernelUnavailable {
            kernel: self.name().to_owned(),
            missing: what,
        };
        #[cfg(target_arch = "x86_64")]
        return Ok(match self {
            Self::Scalar => vec![Ready::Scalar],
            Self::Sha2 => vec![Ready::Sha2],
            Self::Sha2Naive => vec![Ready::Sha2Naive],
            Self::Sse41 => vec![Ready::Sse41(isa::Sse41::detect().map_err(missing)?)],
            Self::Avx2 => vec![Ready::Avx2(isa::Avx2::detect().map_err(missing)?)],
            Self::Avx512 => {
                let isa = isa::Avx512::detect().map_err(missing)?;
                let generated = assembly::avx512(isa).into_iter().map(Ready::Generated);
                std::iter::once(Ready::Avx512(isa)).chain(generated).collect()
            }
            Self::ShaNi => vec![Ready::ShaNi(isa::ShaNi::detect().map_err(missing)?)],
            Self::Hybrid => {
                let isa = isa::Hybrid::detect().map_err(missing)?;
                assembly::hybrid(isa).into_iter().map(Ready::Generated).collect()
            }
        });
        #[cfg(not(target_arch = "x86_64"))]
        return match self {
            Self::Scalar => Ok(vec![Ready::Scalar]),
            Self::Sha2 => Ok(vec![Ready::Sha2]),
            Self::Sha2Naive => Ok(vec![Ready::Sha2Naive]),
            _ => Err(missing("an x86-64 processor")),
        };
    }

    /// The best way to run the kernel here: all are proven by the self-test and, where there
    /// are several, timed; once in the process.
    ///
    /// # Errors
    /// Where the processor lacks something, or any of the ways fails the self-test: a kernel
    /// with a wrong variant is not to be trusted with another.
    pub(super) fn proven(self) -> Result<Ready, ScanError> {
        static PROVEN: Mutex<BTreeMap<&str, Result<Ready, ScanError>>> =
            Mutex::new(BTreeMap::new());
        let mut proven = PROVEN.lock().unwrap_or_else(PoisonError::into_inner);
        let prove = || {
            let candidates = self.candidates()?;
            for ready in &candidates {
                self_test::run(|job, range, hits| ready.scan(job, range, hits)).map_err(
                    |case| {
                        let kernel = self.name().to_owned();
                        let variant = ready.variant().map_or(String::new(), |v| format!("{v}: "));
                        ScanError::SelfTest { kernel, case: format!("{variant}{case}") }
                    },
                )?;
            }
            Ok(calibrate::fastest(&candidates))
        };
        proven.entry(self.name()).or_insert_with(prove).clone()
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
            #[cfg(target_arch = "x86_64")]
            Self::Generated(kernel) => kernel.scan(job, range, hits),
        }
    }

    /// Which of several ways to run a kernel this is.
    pub(super) fn variant(self) -> Option<&'static str> {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(_) => Some("avx512_intrinsics"),
            #[cfg(target_arch = "x86_64")]
            Self::Generated(kernel) => Some(kernel.name),
            _ => None,
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
