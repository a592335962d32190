//! Which implementation of a kernel may be used (the self-test decides) and which kernel is fastest on
//! this machine (measurement decides). There is no table of processors.

use super::dispatch::KernelImpl;
use super::kernel::Kernel;
use super::{rate, self_test};
use crate::scan::error::ScanError;
use crate::units::Hashrate;
use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

/// A kernel on this machine: its rate on one thread, or why it cannot be used.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct KernelCalibration {
    /// The kernel.
    pub kernel: Kernel,
    /// Nonces per call of the inner loop, by the variant.
    pub lanes: usize,
    /// The rate over a few milliseconds, for ranking only; a bench measures it properly.
    #[serde(serialize_with = "crate::serialise::value_or_reason")]
    pub rate: Result<Hashrate, ScanError>,
    /// The fastest of its implementations, if there are several.
    pub variant: Option<&'static str>,
    /// Whether it is the fastest kernel.
    pub chosen: bool,
}

impl Kernel {
    /// Every kernel with its rate on this machine or the reason why it cannot be used, each
    /// timed for a few milliseconds after its self-test, once in the process.
    pub fn calibration() -> &'static [KernelCalibration] {
        all()
    }

    /// The kernel that measures fastest on this machine. Kernels that fail their self-test are not
    /// considered.
    ///
    /// # Errors
    /// The error of the first kernel if none passes its self-test.
    pub fn fastest() -> Result<Self, ScanError> {
        let all = Self::calibration();
        match all.iter().find(|kernel| kernel.chosen) {
            Some(fastest) => Ok(fastest.kernel),
            // Three kernels run on every processor: without a fastest one, they failed the self-test.
            None => all
                .iter()
                .try_fold(Self::Scalar, |_, kernel| kernel.rate.clone().map(|_| kernel.kernel)),
        }
    }

    /// The fastest implementation of the kernel on this machine. All implementations are tested and, if
    /// there are several, timed, once per process.
    ///
    /// # Errors
    /// If the processor lacks an instruction set, or if any implementation fails the self-test: a kernel
    /// with one wrong implementation is not trusted with another.
    pub(super) fn proven(self) -> Result<KernelImpl, ScanError> {
        static PROVEN: Mutex<BTreeMap<&str, Result<KernelImpl, ScanError>>> =
            Mutex::new(BTreeMap::new());
        let mut proven = PROVEN.lock().unwrap_or_else(PoisonError::into_inner);
        let prove = || {
            let (first, others) = self.candidates()?;
            self.all_pass(first, &others, |candidate| {
                self_test::run(|job, range, hits| candidate.scan(job, range, hits))
            })?;
            Ok(rate::fastest(first, &others, rate::rate))
        };
        proven.entry(self.name()).or_insert_with(prove).clone()
    }

    /// Tests every implementation.
    fn all_pass(
        self,
        first: KernelImpl,
        others: &[KernelImpl],
        test: impl Fn(KernelImpl) -> Result<(), String>,
    ) -> Result<(), ScanError> {
        std::iter::once(first).chain(others.iter().copied()).try_for_each(|candidate| {
            test(candidate).map_err(|case| {
                let variant = candidate.variant().map_or(String::new(), |v| format!("{v}: "));
                let kernel = self.name().to_owned();
                ScanError::SelfTest { kernel, case: format!("{variant}{case}") }
            })
        })
    }
}

/// All kernels: detected, tested and timed once per process.
fn all() -> &'static [KernelCalibration] {
    static ALL: OnceLock<Vec<KernelCalibration>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all: Vec<_> = Kernel::ALL
            .into_iter()
            .map(|kernel| {
                let proven = kernel.proven();
                let variant = proven.as_ref().ok().and_then(|proven| proven.variant());
                let lanes = proven.as_ref().map_or(kernel.lanes(), |proven| proven.lanes());
                KernelCalibration {
                    kernel,
                    lanes,
                    rate: proven.map(rate::rate),
                    variant,
                    chosen: false,
                }
            })
            .collect();
        let fastest = all
            .iter_mut()
            .filter(|kernel| kernel.rate.is_ok())
            .max_by(|a, b| speed(a).total_cmp(&speed(b)));
        if let Some(fastest) = fastest {
            fastest.chosen = true;
        }
        all
    })
}

fn speed(kernel: &KernelCalibration) -> f64 {
    kernel.rate.as_ref().map_or(0.0, |rate| rate.as_h_s())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_available_kernel_passes_its_self_test() {
        for kernel in Kernel::all_available() {
            assert!(kernel.proven().is_ok(), "{kernel}: {:?}", kernel.proven());
        }
    }

    #[test]
    fn kernel_with_one_wrong_implementation_fails() {
        let broken = |candidate| match candidate {
            KernelImpl::Sha2Naive => Err("wrong".to_owned()),
            _ => Ok(()),
        };
        let all =
            |others: &[KernelImpl]| Kernel::Scalar.all_pass(KernelImpl::Scalar, others, broken);
        assert_eq!(all(&[KernelImpl::Sha2]), Ok(()));
        assert!(matches!(
            all(&[KernelImpl::Sha2, KernelImpl::Sha2Naive]),
            Err(ScanError::SelfTest { .. })
        ));
    }
}
