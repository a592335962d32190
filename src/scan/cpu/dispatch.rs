//! The implementations of each kernel: whether the processor has what each needs, and the call.
//! `calibrate` tests them and finds the fastest.

use super::kernel::Kernel;
#[cfg(target_arch = "aarch64")]
use super::{arm_sha2, isa};
#[cfg(target_arch = "x86_64")]
use super::{assembly, avx2, avx512, isa, sha_ni, sse41};
use super::{scalar, sha2};
use crate::scan::error::ScanError;
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;

/// An implementation of a kernel, with the proof that the processor has its instruction set.
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
    /// Checks that this processor and its operating system have what the kernel needs.
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

    /// The implementations of the kernel that this machine can run, not yet tested: the first, and the others.
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
                // Without the further instructions that the generated ones need, the first remains.
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
    /// Appends every hit in `range` to `hits`.
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

    /// Nonces per call of the inner loop.
    pub(super) fn lanes(self) -> usize {
        match self {
            Self::Scalar | Self::Sha2 | Self::Sha2Naive => 1,
            #[cfg(target_arch = "x86_64")]
            Self::Sse41(_) => Kernel::Sse41.lanes(),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(_) => Kernel::Avx2.lanes(),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(_) => Kernel::Avx512.lanes(),
            #[cfg(target_arch = "x86_64")]
            Self::ShaNi(_) => sha_ni::LANES,
            #[cfg(target_arch = "x86_64")]
            Self::Generated(kernel) => kernel.lanes(),
            #[cfg(target_arch = "aarch64")]
            Self::ArmSha2(_) => Kernel::ArmSha2.lanes(),
        }
    }

    /// The name of the implementation, if the kernel has several.
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
    use proptest::prelude::*;

    fn implementations(kernel: Kernel) -> Vec<KernelImpl> {
        let Ok((first, others)) = kernel.candidates() else { return Vec::new() };
        std::iter::once(first).chain(others).collect()
    }

    /// Calibration chooses one implementation of each kernel; this test compares every one with the
    /// reference, across the boundaries of its calls, with ragged ends and the last nonces.
    #[test]
    fn every_implementation_edge_ranges_match_reference() {
        let target = Target::from_compact(CompactTarget::from_bits(0x1f7f_ffff)).unwrap();
        let job = Job::new(&Header::from_bytes(&[0xa7; 80]), target);
        let last = |len: u32| (u32::MAX - len + 1, u64::from(len));
        for (start, len) in [(0, 16_385), (8_191, 33_000), (0x00ff_fff1, 300), last(20_001)] {
            let range = NonceRange::new(start, len).unwrap();
            let expected: Vec<Hit> = range.iter().filter_map(|nonce| job.verify(nonce)).collect();
            for implementation in Kernel::ALL.into_iter().flat_map(implementations) {
                let mut found = Vec::new();
                implementation.scan(&job, range, &mut found);
                found.sort_unstable_by_key(|hit| hit.nonce);
                assert!(found == expected, "{implementation:?} over {range:?}");
            }
        }
    }

    /// Random headers, targets and ranges; `HASHWATT_FULL=1` runs 100,000.
    #[test]
    fn every_implementation_random_cases_match_reference() {
        let full = std::env::var_os("HASHWATT_FULL").is_some_and(|value| value == "1");
        let all: Vec<KernelImpl> = Kernel::ALL.into_iter().flat_map(implementations).collect();
        let bits = prop::sample::select(vec![0x207f_ffffu32, 0x1f7f_ffff, 0x1d00_ffff]);
        let header = (any::<[u8; 40]>(), any::<[u8; 40]>()).prop_map(|(a, b)| {
            let bytes: Vec<u8> = a.into_iter().chain(b).collect();
            Header::from_bytes(bytes.as_slice().try_into().unwrap())
        });
        let last = (1u64..600).prop_map(|len| ((1u64 << 32) - len, len));
        let range = prop_oneof![4 => (0u64..0xffff_f000, 0u64..600), 1 => last];
        let mut runner = prop::test_runner::TestRunner::new(ProptestConfig {
            cases: if full { 100_000 } else { 300 },
            failure_persistence: None,
            ..ProptestConfig::default()
        });
        runner
            .run(&(header, range, bits), |(header, (start, len), bits)| {
                let target = Target::from_compact(CompactTarget::from_bits(bits)).unwrap();
                let job = Job::new(&header, target);
                let range = NonceRange::new(start as u32, len).unwrap();
                let expected: Vec<Hit> =
                    range.iter().filter_map(|nonce| job.verify(nonce)).collect();
                for implementation in &all {
                    let mut found = Vec::new();
                    implementation.scan(&job, range, &mut found);
                    found.sort_unstable_by_key(|hit| hit.nonce);
                    prop_assert!(found == expected, "{implementation:?} over {range:?}");
                }
                Ok(())
            })
            .unwrap();
    }

    /// The intrinsics come first; names are unique.
    #[test]
    fn implementations_of_one_kernel_have_unique_names() {
        let names = |kernel| -> Vec<Option<&'static str>> {
            implementations(kernel).into_iter().map(KernelImpl::variant).collect()
        };
        for kernel in Kernel::all_available() {
            let mut all = names(kernel);
            let generated = matches!(
                kernel,
                Kernel::Sse41 | Kernel::Avx2 | Kernel::Avx512 | Kernel::ShaNi | Kernel::Hybrid
            );
            assert_eq!(all.len() > 1, generated, "{kernel}");
            if generated && kernel != Kernel::Hybrid {
                let readable = all[0].unwrap();
                assert!(readable.ends_with("_intrinsics"), "{readable}");
            }
            let of = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), of, "{kernel}");
        }
        assert_eq!(names(Kernel::Sha2), [None]);
    }
}
