//! The list of kernels, in one place: tests, benches, calibration and the command line all
//! read it here.

use super::calibrate::{self, Calibrated};
#[cfg(target_arch = "x86_64")]
use super::{assembly, avx2, avx512, isa, sha_ni, sse41};
use super::{scalar, self_test, sha2};
use crate::scan::error::ScanError;
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
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

    /// Every way to run the kernel here, detected but not yet tested: one, and others.
    fn candidates(self) -> Result<(Ready, Vec<Ready>), ScanError> {
        let missing = |what: &'static str| ScanError::KernelUnavailable {
            kernel: self.name().to_owned(),
            missing: what,
        };
        let one = |ready| Ok((ready, Vec::new()));
        match self {
            Self::Scalar => one(Ready::Scalar),
            Self::Sha2 => one(Ready::Sha2),
            Self::Sha2Naive => one(Ready::Sha2Naive),
            #[cfg(target_arch = "x86_64")]
            Self::Sse41 => one(Ready::Sse41(isa::Sse41::detect().map_err(missing)?)),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => one(Ready::Avx2(isa::Avx2::detect().map_err(missing)?)),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => {
                let isa = isa::Avx512::detect().map_err(missing)?;
                let generated = assembly::avx512(isa).into_iter().map(Ready::Generated);
                Ok((Ready::Avx512(isa), generated.collect()))
            }
            #[cfg(target_arch = "x86_64")]
            Self::ShaNi => one(Ready::ShaNi(isa::ShaNi::detect().map_err(missing)?)),
            #[cfg(target_arch = "x86_64")]
            Self::Hybrid => {
                let isa = isa::Hybrid::detect().map_err(missing)?;
                let [first, others @ ..] = assembly::hybrid(isa).map(Ready::Generated);
                Ok((first, others.to_vec()))
            }
            #[cfg(not(target_arch = "x86_64"))]
            _ => Err(missing("an x86-64 processor")),
        }
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
            let (first, others) = self.candidates()?;
            self.all_pass(first, &others, |ready| {
                self_test::run(|job, range, hits| ready.scan(job, range, hits))
            })?;
            Ok(calibrate::fastest(first, &others, calibrate::rate))
        };
        proven.entry(self.name()).or_insert_with(prove).clone()
    }

    /// Has every way tested, each for itself.
    fn all_pass(
        self,
        first: Ready,
        others: &[Ready],
        test: impl Fn(Ready) -> Result<(), String>,
    ) -> Result<(), ScanError> {
        std::iter::once(first).chain(others.iter().copied()).try_for_each(|ready| {
            test(ready).map_err(|case| {
                let variant = ready.variant().map_or(String::new(), |v| format!("{v}: "));
                let kernel = self.name().to_owned();
                ScanError::SelfTest { kernel, case: format!("{variant}{case}") }
            })
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pow::{CompactTarget, Header, Target};

    fn ways(kernel: Kernel) -> Vec<Ready> {
        let Ok((first, others)) = kernel.candidates() else { return Vec::new() };
        std::iter::once(first).chain(others).collect()
    }

    /// Calibration lets one way stand for a kernel; here every way is held to the reference, over
    /// the seams of its calls, ragged ends and the last nonces.
    #[test]
    fn every_way_to_run_a_kernel_finds_the_references_hits() {
        let target = Target::from_compact(CompactTarget::from_bits(0x1f7f_ffff)).unwrap();
        let job = Job::new(&Header::from_bytes(&[0xa7; 80]), target);
        let last = |len: u32| (u32::MAX - len + 1, u64::from(len));
        for (start, len) in [(0, 16_385), (8_191, 33_000), (0x00ff_fff1, 300), last(20_001)] {
            let range = NonceRange::new(start, len).unwrap();
            let expected: Vec<Hit> = range.iter().filter_map(|nonce| job.judge(nonce)).collect();
            for ready in Kernel::ALL.into_iter().flat_map(ways) {
                let mut found = Vec::new();
                ready.scan(&job, range, &mut found);
                found.sort_unstable_by_key(|hit| hit.nonce);
                assert!(found == expected, "{ready:?} over {range:?}");
            }
        }
    }

    #[test]
    fn kernels_with_several_ways_name_them() {
        let names = |kernel| -> Vec<Option<&'static str>> {
            ways(kernel).into_iter().map(Ready::variant).collect()
        };
        if Kernel::Avx512.available().is_ok() {
            let all = ["avx512_intrinsics", "avx512_even", "avx512_coarse"];
            assert_eq!(names(Kernel::Avx512), all.map(Some));
        }
        if Kernel::Hybrid.available().is_ok() {
            let all = ["hybrid_565_nop", "hybrid_565", "hybrid_4444_nop"];
            assert_eq!(names(Kernel::Hybrid), all.map(Some));
        }
        assert_eq!(names(Kernel::Sha2), [None]);
    }

    #[test]
    fn one_wrong_way_spoils_the_kernel() {
        let broken = |ready| match ready {
            Ready::Sha2Naive => Err("wrong".to_owned()),
            _ => Ok(()),
        };
        let all = |others: &[Ready]| Kernel::Scalar.all_pass(Ready::Scalar, others, broken);
        assert_eq!(all(&[Ready::Sha2]), Ok(()));
        assert!(matches!(all(&[Ready::Sha2, Ready::Sha2Naive]), Err(ScanError::SelfTest { .. })));
    }
}
