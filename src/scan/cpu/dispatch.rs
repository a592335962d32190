//! What runs a kernel on this machine: which implementations there are, whether the processor has
//! what each needs, and the call. Not yet whether they are right and which is fastest: that is
//! `calibrate`'s.

use super::kernel::Kernel;
#[cfg(target_arch = "aarch64")]
use super::{arm_sha2, isa};
#[cfg(target_arch = "x86_64")]
use super::{assembly, avx2, avx512, isa, sha_ni, sse41};
use super::{scalar, sha2};
use crate::scan::error::ScanError;
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;

/// One implementation of a kernel on this machine: it holds the proof of its instruction set.
#[derive(Clone, Copy, Debug)]
pub(super) enum KernelImpl {
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
    #[cfg(target_arch = "aarch64")]
    ArmSha2(isa::ArmSha2),
}

impl Kernel {
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

    /// Every implementation of the kernel here, detected but not yet tested: one, and others.
    pub(super) fn candidates(self) -> Result<(KernelImpl, Vec<KernelImpl>), ScanError> {
        let missing = |what: &'static str| ScanError::KernelUnavailable {
            kernel: self.name().to_owned(),
            missing: what,
        };
        let one = |only| Ok((only, Vec::new()));
        match self {
            Self::Scalar => one(KernelImpl::Scalar),
            Self::Sha2 => one(KernelImpl::Sha2),
            Self::Sha2Naive => one(KernelImpl::Sha2Naive),
            #[cfg(target_arch = "x86_64")]
            Self::Sse41 => {
                let isa = isa::Sse41::detect().map_err(missing)?;
                let generated = assembly::sse41(isa).into_iter().map(KernelImpl::Generated);
                Ok((KernelImpl::Sse41(isa), generated.collect()))
            }
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => {
                let isa = isa::Avx2::detect().map_err(missing)?;
                let generated = assembly::avx2(isa).into_iter().map(KernelImpl::Generated);
                Ok((KernelImpl::Avx2(isa), generated.collect()))
            }
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => {
                let isa = isa::Avx512::detect().map_err(missing)?;
                let generated = assembly::avx512(isa).into_iter().map(KernelImpl::Generated);
                Ok((KernelImpl::Avx512(isa), generated.collect()))
            }
            #[cfg(target_arch = "x86_64")]
            Self::ShaNi => {
                let first = KernelImpl::ShaNi(isa::ShaNi::detect().map_err(missing)?);
                // Without what the generated ones need beside, there is still the first.
                let generated = isa::Staggered::detect().into_iter().flat_map(assembly::sha_ni);
                Ok((first, generated.map(KernelImpl::Generated).collect()))
            }
            #[cfg(target_arch = "x86_64")]
            Self::Hybrid => {
                let isa = isa::Hybrid::detect().map_err(missing)?;
                let [first, others @ ..] = assembly::hybrid(isa).map(KernelImpl::Generated);
                Ok((first, others.to_vec()))
            }
            #[cfg(target_arch = "aarch64")]
            Self::ArmSha2 => one(KernelImpl::ArmSha2(isa::ArmSha2::detect().map_err(missing)?)),
            #[cfg(not(target_arch = "aarch64"))]
            Self::ArmSha2 => Err(missing("an aarch64 processor")),
            #[cfg(not(target_arch = "x86_64"))]
            _ => Err(missing("an x86-64 processor")),
        }
    }
}

impl KernelImpl {
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
            #[cfg(target_arch = "aarch64")]
            Self::ArmSha2(isa) => arm_sha2::scan(isa, job, range, hits),
        }
    }

    /// Which of a kernel's implementations this is, where it has several.
    pub(super) fn variant(self) -> Option<&'static str> {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Sse41(_) => Some("sse41_intrinsics"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(_) => Some("avx2_intrinsics"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(_) => Some("avx512_intrinsics"),
            #[cfg(target_arch = "x86_64")]
            Self::ShaNi(_) => Some("sha_ni_intrinsics"),
            #[cfg(target_arch = "x86_64")]
            Self::Generated(kernel) => Some(kernel.name()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pow::{CompactTarget, Header, Target};

    fn implementations(kernel: Kernel) -> Vec<KernelImpl> {
        let Ok((first, others)) = kernel.candidates() else { return Vec::new() };
        std::iter::once(first).chain(others).collect()
    }

    /// Calibration lets one implementation stand for a kernel; here every one is held to the
    /// reference, over the seams of its calls, ragged ends and the last nonces.
    #[test]
    fn every_implementation_finds_the_references_hits() {
        let target = Target::from_compact(CompactTarget::from_bits(0x1f7f_ffff)).unwrap();
        let job = Job::new(&Header::from_bytes(&[0xa7; 80]), target);
        let last = |len: u32| (u32::MAX - len + 1, u64::from(len));
        for (start, len) in [(0, 16_385), (8_191, 33_000), (0x00ff_fff1, 300), last(20_001)] {
            let range = NonceRange::new(start, len).unwrap();
            let expected: Vec<Hit> = range.iter().filter_map(|nonce| job.judge(nonce)).collect();
            for implementation in Kernel::ALL.into_iter().flat_map(implementations) {
                let mut found = Vec::new();
                implementation.scan(&job, range, &mut found);
                found.sort_unstable_by_key(|hit| hit.nonce);
                assert!(found == expected, "{implementation:?} over {range:?}");
            }
        }
    }

    #[test]
    fn kernels_with_several_implementations_name_them() {
        let names = |kernel| -> Vec<Option<&'static str>> {
            implementations(kernel).into_iter().map(KernelImpl::variant).collect()
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
}
