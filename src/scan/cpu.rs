//! Hashing on the processor: the kernels, with one file per instruction set, and the scanner that runs
//! a kernel on several threads.

mod affinity;
#[cfg(target_arch = "aarch64")]
#[expect(unsafe_code, reason = "kernels call intrinsics; a token proves each")]
mod arm_sha2;
pub(super) mod assembly;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "kernels call intrinsics; a token proves each")]
mod avx2;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "kernels call intrinsics; a token proves each")]
mod avx512;
mod calibrate;
pub(super) mod clock;
mod dispatch;
mod host;
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod isa;
mod kernel;
mod lanes;
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "only x86 cores are known"))]
pub(super) mod ports;
#[cfg_attr(
    target_arch = "x86_64",
    expect(unsafe_code, reason = "times instructions that a compiler would remove")
)]
pub(super) mod probe;
mod processors;
mod proven;
mod rate;
mod roofline;
mod scalar;
mod scanner;
pub(super) mod self_test;
mod sha2;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "kernels call intrinsics; a token proves each")]
mod sha_ni;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "kernels call intrinsics; a token proves each")]
mod sse41;
mod vector;

pub use calibrate::KernelCalibration;
pub use host::Host;
pub use kernel::{Kernel, UnknownKernel};
pub use processors::{ProcessorKind, Processors};
pub use proven::ProvenKernel;
pub use roofline::{KernelCycles, Percentiles, Roofline, roofline};
pub use scanner::CpuScanner;
