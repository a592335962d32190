//! The generated files as functions, and who may call them.

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
            // SAFETY: the files were generated for these units with the library's block, which tests
            // of the generator hold them to; the token proves the instruction set.
            [$(unsafe { Generated::new(stringify!($name), $name, &$unit) }),+]
        }
    )+};
}

kernels! {
    /// Eight lanes, one batch after the other or woven.
    avx2(isa::Avx2) -> 3 => avx2_woven: EIGHT_WOVEN, avx2_short: EIGHT_WOVEN, avx2_single: EIGHT;
    /// Four lanes, one batch after the other or woven.
    sse41(isa::Sse41) -> 3 => sse41_woven: FOUR_WOVEN, sse41_short: FOUR_WOVEN, sse41_single: FOUR;
    /// Vectors alone: two batches, one in either compression, fill each other's gaps.
    avx512(isa::Avx512) -> 2 => avx512_even: VECTORS, avx512_coarse: VECTORS;
    /// The SHA instructions do the rounds, vectors the message words.
    hybrid(isa::Hybrid) -> 3 => hybrid_565_nop: STREAMS, hybrid_565: STREAMS, hybrid_4444_nop: STREAMS;
    /// The SHA instructions alone, three nonces a third of the way apart, or four a quarter.
    sha_ni(isa::Staggered) -> 3 => sha_ni_60: THREE_STAGGERED, sha_ni_59: THREE_STAGGERED, sha_ni_59_four: FOUR_STAGGERED;
}
