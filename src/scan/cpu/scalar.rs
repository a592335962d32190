//! One lane in portable Rust: a kernel for every processor.

use super::lanes;
use super::vector::Vector;
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;

/// One lane. It needs no instruction set, so its token is `()`.
#[derive(Clone, Copy)]
pub(super) struct Word(pub(super) u32);

impl Vector for Word {
    type Isa = ();
    const LANES: u32 = 1;

    #[inline(always)]
    fn splat((): (), value: u32) -> Self {
        Self(value)
    }
    #[inline(always)]
    fn iota_high_byte((): ()) -> Self {
        Self(0)
    }
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }
    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }
    #[inline(always)]
    fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
    #[inline(always)]
    fn rotr<const N: i32, const M: i32>(self) -> Self {
        Self(self.0.rotate_right(N.unsigned_abs()))
    }
    #[inline(always)]
    fn shr<const N: i32>(self) -> Self {
        Self(self.0 >> N)
    }
    #[inline(always)]
    fn at_most(self, bound: Self) -> u64 {
        u64::from(self.0 <= bound.0)
    }
}

pub(super) fn scan(job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    lanes::scan::<Word>((), job, range, hits);
}
