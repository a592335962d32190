//! Generated assembly kernels, whose order of instructions no compiler would preserve
//! (`assembly/generated`, written by `crates/kernel-gen`), and the code that calls them.
//!
//! A kernel is a loop over batches. An iteration works on several batches, each at a different stage,
//! so that no instruction waits for the previous one. The results of a batch are available some
//! iterations after it enters.

#[cfg_attr(
    not(target_arch = "x86_64"),
    allow(dead_code, reason = "there it is only read by the generator, which needs the offsets")
)]
pub(in crate::scan) mod block;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "calls generated assembly; a token proves each instruction set")]
pub(in crate::scan) mod call;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "includes generated assembly")]
mod entries;

#[cfg_attr(
    not(target_arch = "x86_64"),
    allow(dead_code, reason = "there it is only read by the generator, which needs the offsets")
)]
pub(in crate::scan) mod narrow;
#[cfg_attr(
    not(target_arch = "x86_64"),
    allow(dead_code, reason = "there it is only read by the generator, which needs the offsets")
)]
pub(in crate::scan) mod staggered;

#[cfg(target_arch = "x86_64")]
pub(super) use call::Generated;
#[cfg(target_arch = "x86_64")]
pub(super) use entries::{avx2, avx512, hybrid, sha_ni, sse41};
