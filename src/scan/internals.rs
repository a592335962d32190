//! The parts of the scanner that `crates/kernel-gen` needs: it writes assembly kernels, compares them with the
//! reference, and validates the shaders. Not part of the public interface: anything here may change in any version.

pub use super::cpu::assembly::block::{BASE, Block, Constants, PAIRS, Pairs, STREAMED};
#[cfg(target_arch = "x86_64")]
pub use super::cpu::assembly::call::{
    EIGHT, EIGHT_WOVEN, Entry, FOUR, FOUR_STAGGERED, FOUR_WOVEN, Generated, STREAMS,
    THREE_STAGGERED, Unit, VECTORS,
};
pub use super::cpu::assembly::narrow::{Narrow, NarrowRow, Rows, SPILLED};
pub use super::cpu::assembly::staggered::{
    MAX_IN_FLIGHT, MIDDLE, RoundConstants, Shared, Staggered, Stream,
};
pub use super::cpu::clock::Clock;
pub use super::cpu::ports::{
    DOUBLED, OPERATIONS, Operations, STAGGERED_OPERATIONS, STREAM_OPERATIONS, STREAMED_PAIRS,
    Staggered as StaggeredOperations, Streamed,
};
pub use super::cpu::probe::cycle;
pub use super::cpu::self_test::{hard_job, run as self_test};
#[cfg(feature = "gpu")]
pub use super::gpu::job::{GpuJob, VersionsJob};
#[cfg(feature = "gpu")]
pub use super::gpu::shader::{MAX_CANDIDATES, Shader, all as shaders};
pub use super::prehash::{Compression, Word};
pub use hashwatt_quantities::pow::{IV, K};
pub use hashwatt_quantities::statistics::{SplitMix64, nearest_rank_quantiles};
