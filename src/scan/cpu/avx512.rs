//! The AVX-512 kernel: sixteen lanes, with rotate and three-input logic instructions.

use super::isa::Avx512;
use super::lanes;
use super::vector::{Vector, x86_vector};
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
use std::arch::x86_64::*;

x86_vector! {
    /// Sixteen lanes.
    U32x16(__m512i), Avx512, 16 {
        splat: _mm512_set1_epi32,
        iota: _mm512_slli_epi32::<24>(_mm512_setr_epi32(
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        )),
        add: _mm512_add_epi32,
        xor: _mm512_xor_si512,
        and: _mm512_and_si512,
        rotr: |x| _mm512_ror_epi32::<N>(x),
        // The shift by an immediate takes a u32; the compiler replaces this one by it, since N is
        // constant.
        shr: |x| _mm512_srlv_epi32(x, _mm512_set1_epi32(N)),
        at_most: |a, b| u64::from(_mm512_cmple_epu32_mask(a, b)),
    }
    fused {
        #[inline(always)]
        fn choose(self, f: Self, g: Self) -> Self {
            // SAFETY: a value exists only where a token proved the instruction set.
            Self(unsafe { _mm512_ternarylogic_epi32::<0xca>(self.0, f.0, g.0) })
        }
        #[inline(always)]
        fn majority(self, b: Self, c: Self) -> Self {
            // SAFETY: a value exists only where a token proved the instruction set.
            Self(unsafe { _mm512_ternarylogic_epi32::<0xe8>(self.0, b.0, c.0) })
        }
        #[inline(always)]
        fn xor3(self, b: Self, c: Self) -> Self {
            // SAFETY: a value exists only where a token proved the instruction set.
            Self(unsafe { _mm512_ternarylogic_epi32::<0x96>(self.0, b.0, c.0) })
        }
    }
}

#[target_feature(enable = "avx512f")]
fn entry(isa: Avx512, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    lanes::scan::<U32x16>(isa, job, range, hits);
}

pub(super) fn scan(isa: Avx512, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    // SAFETY: the token proves the feature.
    unsafe { entry(isa, job, range, hits) }
}
