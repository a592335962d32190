//! The SSE4.1 kernel: four lanes.

use super::isa::Sse41;
use super::lanes;
use super::vector::{Vector, x86_vector};
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
use std::arch::x86_64::*;

x86_vector! {
    /// Four lanes.
    U32x4(__m128i), Sse41, 4 {
        splat: _mm_set1_epi32,
        iota: _mm_slli_epi32::<24>(_mm_setr_epi32(0, 1, 2, 3)),
        add: _mm_add_epi32,
        xor: _mm_xor_si128,
        and: _mm_and_si128,
        rotr: |x| _mm_or_si128(_mm_srli_epi32::<N>(x), _mm_slli_epi32::<M>(x)),
        shr: |x| _mm_srli_epi32::<N>(x),
        at_most: |a, b| {
            let not_above = _mm_cmpeq_epi32(_mm_min_epu32(a, b), a);
            u64::from(_mm_movemask_ps(_mm_castsi128_ps(not_above)).cast_unsigned())
        },
    }
}

#[target_feature(enable = "sse4.1")]
fn entry(isa: Sse41, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    lanes::scan::<U32x4>(isa, job, range, hits);
}

pub(super) fn scan(isa: Sse41, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    // SAFETY: the token proves the feature.
    unsafe { entry(isa, job, range, hits) }
}
