//! A kernel called on the thread of its caller.

use super::dispatch::KernelImpl;
use super::kernel::Kernel;
use crate::scan::error::ScanError;
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;

/// The fastest implementation of a kernel on this machine, after its self-test.
#[derive(Clone, Copy, Debug)]
pub struct ProvenKernel {
    kernel: Kernel,
    implementation: KernelImpl,
}

impl ProvenKernel {
    /// Compares every implementation of the kernel with the reference and times them, once per process.
    ///
    /// # Errors
    /// [`ScanError::KernelUnavailable`] if the processor lacks an instruction set, [`ScanError::SelfTest`] if an
    /// implementation finds other hits than the reference.
    pub fn new(kernel: Kernel) -> Result<Self, ScanError> {
        Ok(Self { kernel, implementation: kernel.proven()? })
    }

    /// The kernel.
    pub fn kernel(self) -> Kernel {
        self.kernel
    }

    /// The name of the implementation, if the kernel has several.
    pub fn variant(self) -> Option<&'static str> {
        self.implementation.variant()
    }

    /// Hashes the header with every nonce of `range` and appends all hits to `hits`, in no particular order.
    /// Returns when the range is done.
    pub fn scan(self, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
        self.implementation.scan(job, range, hits);
    }
}
