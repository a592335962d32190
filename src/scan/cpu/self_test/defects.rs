//! Kernels with one defect each, of the kinds that a hand makes: the self-test alone must catch
//! every one of them.

use super::run;
use crate::scan::cpu::lanes;
use crate::scan::cpu::vector::Vector;

/// Four portable lanes with the defect of that number; 0 has none.
#[derive(Clone, Copy)]
struct Flawed<const DEFECT: u32>([u32; 4]);

const DEFECTS: u32 = 26;

impl<const DEFECT: u32> Flawed<DEFECT> {
    fn each(self, operation: impl Fn(u32) -> u32) -> Self {
        Self(self.0.map(operation))
    }
    fn with(self, other: Self, operation: impl Fn(u32, u32) -> u32) -> Self {
        Self(std::array::from_fn(|lane| operation(self.0[lane], other.0[lane])))
    }
}

impl<const DEFECT: u32> Vector for Flawed<DEFECT> {
    type Isa = ();
    const LANES: u32 = 4;

    fn splat((): (), value: u32) -> Self {
        match DEFECT {
            // A lane with another value. (One left at zero would do no harm: its mask and bound
            // are zero, too, so that every nonce is a candidate and the reference decides.)
            1 => Self([value, value, value ^ 1, value]),
            _ => Self([value; 4]),
        }
    }
    fn iota_high_byte((): ()) -> Self {
        match DEFECT {
            // A lane that repeats its neighbour; lanes in reverse; not byte-swapped; from one.
            2 => Self([0, 1, 1, 3]),
            3 => Self([3, 2, 1, 0]),
            4 => return Self([0, 1, 2, 3]),
            5 => Self([1, 2, 3, 4]),
            _ => Self([0, 1, 2, 3]),
        }
        .each(|lane| lane << 24)
    }
    fn add(self, other: Self) -> Self {
        match DEFECT {
            // No carry out of the low half; saturating instead of wrapping.
            6 => self.with(other, |a, b| {
                (a & 0xffff_0000).wrapping_add(b & 0xffff_0000)
                    | (a & 0xffff).wrapping_add(b & 0xffff) & 0xffff
            }),
            7 => self.with(other, u32::saturating_add),
            _ => self.with(other, u32::wrapping_add),
        }
    }
    fn xor(self, other: Self) -> Self {
        match DEFECT {
            8 => self.with(other, |a, b| a | b),
            _ => self.with(other, |a, b| a ^ b),
        }
    }
    fn and(self, other: Self) -> Self {
        match DEFECT {
            9 => self.with(other, |a, b| a & !b),
            _ => self.with(other, |a, b| a & b),
        }
    }
    fn rotr<const N: i32, const M: i32>(self) -> Self {
        // One of SHA-256's rotations is off by one.
        let wrong = match DEFECT {
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
    fn shr<const N: i32>(self) -> Self {
        match (DEFECT, N) {
            // A rotation in place of a shift.
            (20, 3) | (21, 10) => self.each(|x| x.rotate_right(N.unsigned_abs())),
            _ => self.each(|x| x >> N),
        }
    }
    fn at_most(self, bound: Self) -> u64 {
        let lane = |i: usize| {
            let (x, bound) = (self.0[i], bound.0[i]);
            match DEFECT {
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

/// The kernel without a defect first, then each defect.
fn verdicts() -> Vec<Result<(), String>> {
    macro_rules! of {
        ($($defect:literal)+) => {
            vec![$( run(|job, range, hits| lanes::scan::<Flawed<$defect>>((), job, range, hits)) ),+]
        };
    }
    of!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26)
}

#[test]
fn every_defect_is_caught() {
    let verdicts = verdicts();
    assert_eq!(verdicts.len(), 1 + DEFECTS as usize);
    assert_eq!(verdicts[0], Ok(()), "without a defect");
    for (defect, verdict) in verdicts.iter().enumerate().skip(1) {
        assert!(verdict.is_err(), "defect {defect} passed");
    }
}
