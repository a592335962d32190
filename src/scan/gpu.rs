//! The GPU scanner: wgpu compute shaders on Vulkan, Metal and DX12.
//!
//! The shader compares the hash's highest word with the target's; the reference on the CPU verifies
//! every candidate. A candidate that the reference rejects is counted as a hardware error. To detect
//! missed hits, a sample is scanned periodically with an easy target that has many hits, and compared
//! with the reference on the CPU.

mod adapter;
mod backlog;
mod device;
mod engine;
mod fault;
pub(super) mod job;
mod pipeline;
mod roofline;
mod scanner;
mod self_test;
pub(super) mod shader;
mod shader_variant;
#[cfg(test)]
#[expect(clippy::print_stderr, reason = "reports skipped tests")]
mod testing;
mod tune;
mod verify;

pub use adapter::{Adapter, AdapterDescription, AdapterKind};
pub use roofline::{GpuRoofline, gpu_roofline};
pub use scanner::GpuScanner;
pub use shader_variant::{Addition, ShaderVariant, UnknownShaderVariant};
pub use tune::{Tuned, Tuning, cache_folder, tune};
