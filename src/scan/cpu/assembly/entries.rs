//! The generated files as functions, and who may call them.

use super::super::isa;
use super::call::{Generated, STAGGERED, STREAMS, VECTORS};
use std::arch::naked_asm;

macro_rules! kernels {
    ($( $(#[$doc:meta])* $list:ident($token:ty) -> $count:literal, $unit:expr => $($name:ident)+; )+) => {$(
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
            [$(unsafe { Generated::new(stringify!($name), $name, $unit) }),+]
        }
    )+};
}

kernels! {
    /// Vectors alone: two batches, one in either compression, fill each other's gaps.
    avx512(isa::Avx512) -> 2, &VECTORS => avx512_even avx512_coarse;
    /// The SHA instructions do the rounds, vectors the message words.
    hybrid(isa::Hybrid) -> 3, &STREAMS => hybrid_565_nop hybrid_565 hybrid_4444_nop;
    /// The SHA instructions alone, three nonces a third of the way apart.
    sha_ni(isa::Staggered) -> 3, &STAGGERED => sha_ni_60 sha_ni_59 sha_ni_59_late;
}
