//! The GPU scanner: wgpu compute shaders on Vulkan, Metal and DX12.
//!
//! The shader compares the hash's highest word with the target's; every candidate is judged by
//! the reference on the CPU. What a device reports and the reference refuses is a hardware error
//! and counted; what a device might miss is looked for by scanning a sample again on the CPU
//! with a target so easy that it has many hits.

mod adapter;
mod backlog;
mod device;
mod engine;
mod fault;
pub(super) mod job;
mod pipeline;
mod proof;
mod roofline;
mod scanner;
pub(super) mod shader;
mod shader_variant;
#[cfg(test)]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
mod testing;
mod tune;
mod verify;

pub use adapter::{Adapter, AdapterDescription, AdapterKind};
pub use roofline::{GpuRoofline, gpu_roofline};
pub use scanner::GpuScanner;
pub use shader_variant::{Addition, ShaderVariant, UnknownShaderVariant};
pub use tune::{Tuned, Tuning, cache_folder, tune};
