//! Kernels with one typical programming error each: the self-test alone must detect every one of them.

use super::run;
use crate::scan::cpu::lanes;
use crate::scan::cpu::vector::Vector;

/// The number of a defect; 0 for none. It is known only at run time, so that the compiler generates one
/// kernel for all defects; one kernel per defect took minutes to compile.
#[derive(Clone, Copy)]
struct Defect(u32);

const DEFECTS: u32 = 26;

/// Four portable lanes with a defect. Operations are not inlined, for the same reason.
#[derive(Clone, Copy)]
struct DefectiveVector {
    lanes: [u32; 4],
    defect: Defect,
}

impl Defect {
    fn vector(self, lanes: [u32; 4]) -> DefectiveVector {
        DefectiveVector { lanes, defect: self }
    }
}

impl DefectiveVector {
    fn each(self, operation: impl Fn(u32) -> u32) -> Self {
        self.defect.vector(self.lanes.map(operation))
    }
    fn with(self, other: Self, operation: impl Fn(u32, u32) -> u32) -> Self {
        self.defect
            .vector(std::array::from_fn(|lane| operation(self.lanes[lane], other.lanes[lane])))
    }
}

impl Vector for DefectiveVector {
    type Isa = Defect;
    const LANES: u32 = 4;

    #[inline(never)]
    fn splat(defect: Defect, value: u32) -> Self {
        defect.vector(match defect.0 {
            // A lane with another value. (A lane that stayed zero would not be a defect: its mask and
            // bound are zero, too, so every nonce is a candidate, which the reference verifies.)
            1 => [value, value, value ^ 1, value],
            _ => [value; 4],
        })
    }
    fn iota_high_byte(defect: Defect) -> Self {
        let lanes = match defect.0 {
            // A lane that repeats the previous one; reverse order; not byte-swapped; starting at one.
            2 => [0, 1, 1, 3],
            3 => [3, 2, 1, 0],
            4 => return defect.vector([0, 1, 2, 3]),
            5 => [1, 2, 3, 4],
            _ => [0, 1, 2, 3],
        };
        defect.vector(lanes).each(|lane| lane << 24)
    }
    #[inline(never)]
    fn add(self, other: Self) -> Self {
        match self.defect.0 {
            // No carry out of the low half; saturating in place of wrapping.
            6 => self.with(other, |a, b| {
                (a & 0xffff_0000).wrapping_add(b & 0xffff_0000)
                    | (a & 0xffff).wrapping_add(b & 0xffff) & 0xffff
            }),
            7 => self.with(other, u32::saturating_add),
            _ => self.with(other, u32::wrapping_add),
        }
    }
    #[inline(never)]
    fn xor(self, other: Self) -> Self {
        match self.defect.0 {
            8 => self.with(other, |a, b| a | b),
            _ => self.with(other, |a, b| a ^ b),
        }
    }
    #[inline(never)]
    fn and(self, other: Self) -> Self {
        match self.defect.0 {
            9 => self.with(other, |a, b| a & !b),
            _ => self.with(other, |a, b| a & b),
        }
    }
    #[inline(never)]
    fn rotr<const N: i32, const M: i32>(self) -> Self {
        // One of SHA-256's rotations by one bit too many.
        let wrong = match self.defect.0 {
            10 => 6,
            11 => 11,
            12 => 25,
            13 => 2,
            14 => 13,
            15 => 22,
            16 => 7,
            17 => 18,
            18 => 17,
            19 => 19,
            _ => 0,
        };
        let by = N.unsigned_abs();
        self.each(|x| x.rotate_right(if by == wrong { by + 1 } else { by }))
    }
    #[inline(never)]
    fn shr<const N: i32>(self) -> Self {
        match (self.defect.0, N) {
            // A rotation in place of a shift.
            (20, 3) | (21, 10) => self.each(|x| x.rotate_right(N.unsigned_abs())),
            _ => self.each(|x| x >> N),
        }
    }
    fn at_most(self, bound: Self) -> u64 {
        let lane = |i: usize| {
            let (x, bound) = (self.lanes[i], bound.lanes[i]);
            match self.defect.0 {
                // Less than; signed; byte-swapped; only a zero word; without the last lane.
                22 => x < bound,
                23 => x.cast_signed() <= bound.cast_signed(),
                24 => x.swap_bytes() <= bound.swap_bytes(),
                25 => x == 0,
                26 => x <= bound && i != 3,
                _ => x <= bound,
            }
        };
        (0..4).map(|i| u64::from(lane(i)) << i).sum()
    }
}

fn self_test(defect: u32) -> Result<(), String> {
    run(|job, range, hits| lanes::scan::<DefectiveVector>(Defect(defect), job, range, hits))
}

#[test]
fn kernel_with_any_defect_fails_the_self_test() {
    assert_eq!(self_test(0), Ok(()), "without a defect");
    for defect in 1..=DEFECTS {
        assert!(self_test(defect).is_err(), "defect {defect} passed");
    }
}
