//! Kernels with one defect each, of the kinds that a hand makes: the self-test alone must catch
//! every one of them.

use super::run;
use crate::scan::cpu::lanes;
use crate::scan::cpu::vector::Vector;

/// The defect of that number; 0 is none. A number that is known only at run time, so that the
/// compiler makes one kernel of it and not one a defect, which took it minutes.
#[derive(Clone, Copy)]
struct Defect(u32);

const DEFECTS: u32 = 26;

/// Four portable lanes with that defect. Operations are not inlined, for the same reason.
#[derive(Clone, Copy)]
struct Flawed {
    lanes: [u32; 4],
    defect: Defect,
}

impl Defect {
    fn of(self, lanes: [u32; 4]) -> Flawed {
        Flawed { lanes, defect: self }
    }
}

impl Flawed {
    fn each(self, operation: impl Fn(u32) -> u32) -> Self {
        self.defect.of(self.lanes.map(operation))
    }
    fn with(self, other: Self, operation: impl Fn(u32, u32) -> u32) -> Self {
        self.defect.of(std::array::from_fn(|lane| operation(self.lanes[lane], other.lanes[lane])))
    }
}

impl Vector for Flawed {
    type Isa = Defect;
    const LANES: u32 = 4;

    #[inline(never)]
    fn splat(defect: Defect, value: u32) -> Self {
        defect.of(match defect.0 {
            // A lane with another value. (One left at zero would do no harm: its mask and bound
            // are zero, too, so that every nonce is a candidate and the reference decides.)
            1 => [value, value, value ^ 1, value],
            _ => [value; 4],
        })
    }
    fn iota_high_byte(defect: Defect) -> Self {
        let lanes = match defect.0 {
            // A lane that repeats its neighbour; lanes in reverse; not byte-swapped; from one.
            2 => [0, 1, 1, 3],
            3 => [3, 2, 1, 0],
            4 => return defect.of([0, 1, 2, 3]),
            5 => [1, 2, 3, 4],
            _ => [0, 1, 2, 3],
        };
        defect.of(lanes).each(|lane| lane << 24)
    }
    #[inline(never)]
    fn add(self, other: Self) -> Self {
        match self.defect.0 {
            // No carry out of the low half; saturating instead of wrapping.
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
        // One of SHA-256's rotations is off by one.
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
                // Below only; signed; big-endian; only a zero word; the last lane dropped.
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

fn verdict(defect: u32) -> Result<(), String> {
    run(|job, range, hits| lanes::scan::<Flawed>(Defect(defect), job, range, hits))
}

#[test]
fn every_defect_is_caught() {
    assert_eq!(verdict(0), Ok(()), "without a defect");
    for defect in 1..=DEFECTS {
        assert!(verdict(defect).is_err(), "defect {defect} passed");
    }
}
