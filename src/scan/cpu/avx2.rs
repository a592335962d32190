//! The AVX2 kernel: eight lanes.

use super::isa::Avx2;
use super::lanes;
use super::vector::{Vector, x86_vector};
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
use std::arch::x86_64::*;

x86_vector! {
    /// Eight lanes.
    U32x8(__m256i), Avx2, 8 {
        splat: _mm256_set1_epi32,
        iota: _mm256_slli_epi32::<24>(_mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7)),
        add: _mm256_add_epi32,
        xor: _mm256_xor_si256,
        and: _mm256_and_si256,
        rotr: |x| _mm256_or_si256(_mm256_srli_epi32::<N>(x), _mm256_slli_epi32::<M>(x)),
        shr: |x| _mm256_srli_epi32::<N>(x),
        at_most: |a, b| {
            let not_above = _mm256_cmpeq_epi32(_mm256_min_epu32(a, b), a);
            u64::from(_mm256_movemask_ps(_mm256_castsi256_ps(not_above)).cast_unsigned())
        },
    }
}

#[target_feature(enable = "avx2")]
fn entry(isa: Avx2, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    lanes::scan::<U32x8>(isa, job, range, hits);
}

pub(super) fn scan(isa: Avx2, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    // SAFETY: the token proves the feature.
    unsafe { entry(isa, job, range, hits) }
}
