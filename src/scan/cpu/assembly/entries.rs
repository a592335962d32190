//! The generated files as functions. Each list requires the token of its instruction set.

use super::super::isa;
use super::call::{
    EIGHT, EIGHT_WOVEN, FOUR, FOUR_STAGGERED, FOUR_WOVEN, Generated, STREAMS, THREE_STAGGERED,
    VECTORS,
};
use std::arch::naked_asm;

macro_rules! kernels {
    ($( $(#[$doc:meta])* $list:ident($token:ty) -> $count:literal => $($name:ident: $unit:ident),+; )+) => {$(
        $(
            #[unsafe(naked)]
            unsafe extern "sysv64" fn $name(_: *mut u8, _: u64, _: *mut u64) {
                naked_asm!(
                    include_str!(concat!("generated/", stringify!($name), ".s")),
                    options(att_syntax, raw)
                )
            }
        )+

        $(#[$doc])*
        pub(in super::super) fn $list(_: $token) -> [Generated; $count] {
            // SAFETY: the files were generated for these units with the library's blocks, which tests
            // of the generator check; the token proves the instruction set.
            [$(unsafe { Generated::new(stringify!($name), $name, &$unit) }),+]
        }
    )+};
}

kernels! {
    /// Eight lanes, one batch after the other or two batches interleaved.
    avx2(isa::Avx2) -> 3 => avx2_woven: EIGHT_WOVEN, avx2_short: EIGHT_WOVEN, avx2_single: EIGHT;
    /// Four lanes, one batch after the other or two batches interleaved.
    sse41(isa::Sse41) -> 3 => sse41_woven: FOUR_WOVEN, sse41_short: FOUR_WOVEN, sse41_single: FOUR;
    /// Vectors alone: two interleaved batches, one in each compression.
    avx512(isa::Avx512) -> 2 => avx512_even: VECTORS, avx512_coarse: VECTORS;
    /// The SHA instructions do the rounds, vectors the message words.
    hybrid(isa::Hybrid) -> 3 => hybrid_565_nop: STREAMS, hybrid_565: STREAMS, hybrid_4444_nop: STREAMS;
    /// The SHA instructions alone: three nonces, each a third of the work behind the previous one, or
    /// four, each a quarter behind.
    sha_ni(isa::Staggered) -> 3 => sha_ni_60: THREE_STAGGERED, sha_ni_59: THREE_STAGGERED, sha_ni_59_four: FOUR_STAGGERED;
}
