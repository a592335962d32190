//! The target in its three forms (compact, full, as a difficulty) and the work it stands for.

use super::sha256d::Hash256;
use super::{PowError, digits, steady_block_interval};
use crate::units::{Hashes, Hashrate};
use ruint::aliases::U256;
use std::fmt;
use std::str::FromStr;

/// The 32 bits in which a header carries its target: a base-256 exponent and a signed 24-bit
/// mantissa. Any pattern is allowed; [`Target::from_compact`] decodes it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CompactTarget(u32);

impl CompactTarget {
    /// From the 32 bits.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }
    /// The 32 bits.
    pub const fn to_bits(self) -> u32 {
        self.0
    }
}

impl fmt::Display for CompactTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl fmt::Debug for CompactTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for CompactTarget {
    type Err = PowError;

    /// From 8 hexadecimal digits; `0x`, blanks and upper case are accepted.
    fn from_str(text: &str) -> Result<Self, PowError> {
        Ok(Self(u32::from_be_bytes(digits::bytes("bits", text)?)))
    }
}

/// A 256-bit target, at least 1: a header's hash, read as a little-endian number, must not
/// exceed it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target(U256);

impl Target {
    /// The main network's easiest target, 0xffff * 2^208, whose difficulty is 1.
    pub const MAINNET_LIMIT: Self = Self(U256::from_limbs([0, 0, 0, 0x0000_0000_ffff_0000]));

    /// The hardest target, 1. About one hash of 2^255 meets it, so a bench that searches with it has no hits.
    pub const HARDEST: Self = Self(U256::from_limbs([1, 0, 0, 0]));

    /// Decodes compact bits exactly as consensus does (Bitcoin Core
    /// `arith_uint256::SetCompact`). It does not check the limit of a chain: compare with
    /// [`Target::MAINNET_LIMIT`].
    ///
    /// # Errors
    /// The sign bit on a value other than zero, more than 256 bits, or zero.
    pub fn from_compact(bits: CompactTarget) -> Result<Self, PowError> {
        let exponent = bits.0 >> 24;
        let mantissa = bits.0 & 0x007f_ffff;
        // An exponent below 3 cuts low bytes of the mantissa off before anything is judged.
        let word = if exponent < 3 { mantissa >> (8 * (3 - exponent)) } else { mantissa };
        if word == 0 {
            return Err(PowError::ZeroTarget(bits));
        }
        if bits.0 & 0x0080_0000 != 0 {
            return Err(PowError::NegativeTarget(bits));
        }
        let overflow =
            exponent > 34 || (word > 0xff && exponent > 33) || (word > 0xffff && exponent > 32);
        if overflow {
            return Err(PowError::TargetOverflow(bits));
        }
        let shift = if exponent > 3 { 8 * (exponent as usize - 3) } else { 0 };
        Ok(Self(U256::from(word) << shift))
    }

    /// The compact form, which keeps the 16 to 23 highest bits, whole bytes from the top without
    /// the sign bit, and cuts the rest (Bitcoin Core `arith_uint256::GetCompact`).
    pub fn to_compact(self) -> CompactTarget {
        let mut exponent = self.0.bit_len().div_ceil(8);
        let mut mantissa = if exponent <= 3 {
            low_u64(self.0) << (8 * (3 - exponent))
        } else {
            low_u64(self.0 >> (8 * (exponent - 3)))
        };
        // The mantissa's highest bit is its sign: move a byte down where it would be set.
        if mantissa & 0x0080_0000 != 0 {
            mantissa >>= 8;
            exponent += 1;
        }
        CompactTarget((exponent as u32) << 24 | mantissa as u32)
    }

    /// From 32 bytes, the most significant first.
    ///
    /// # Errors
    /// Zero, which no hash meets.
    pub fn from_be_bytes(bytes: [u8; 32]) -> Result<Self, PowError> {
        let value = U256::from_be_bytes(bytes);
        if value == U256::ZERO { Err(PowError::ZeroFullTarget) } else { Ok(Self(value)) }
    }

    /// 32 bytes, the most significant first.
    pub fn to_be_bytes(self) -> [u8; 32] {
        self.0.to_be_bytes()
    }

    /// Whether a hash meets the target.
    pub fn is_met_by(&self, hash: &Hash256) -> bool {
        U256::from_le_bytes(hash.to_bytes()) <= self.0
    }

    /// The 32 most significant bits, with which a fast kernel compares the last word of the digest.
    pub fn top_word(self) -> u32 {
        (self.0.as_limbs()[3] >> 32) as u32
    }

    /// How many times harder than difficulty 1. Correctly rounded parts, one division: relative
    /// error at most 2.3e-16, half of that for targets that came from compact bits.
    pub fn difficulty(self) -> Difficulty {
        Difficulty(to_f64(Self::MAINNET_LIMIT.0) / to_f64(self.0))
    }

    /// The expected number of hashes to meet the target.
    pub fn work(self) -> Work {
        // 2^256 does not fit: 2^256/(T+1) = (2^256 - T - 1)/(T+1) + 1 (Bitcoin Core
        // GetBlockProof). For T = 2^256-1 the divisor wraps to 0; every hash meets it.
        let divisor = self.0.wrapping_add(U256::from(1));
        if divisor == U256::ZERO {
            return Work(U256::from(1));
        }
        Work(!self.0 / divisor + U256::from(1))
    }

    pub(super) fn to_uint(self) -> U256 {
        self.0
    }

    /// Callers scale an existing target by at least a quarter, so only 1 to 3 could reach zero.
    pub(super) fn from_uint(value: U256) -> Self {
        Self(value.max(U256::from(1)))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:064x}", self.0)
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Target {
    type Err = PowError;

    /// From 64 hexadecimal digits, the most significant first; `0x`, blanks and upper case are accepted.
    fn from_str(text: &str) -> Result<Self, PowError> {
        Self::from_be_bytes(digits::bytes("target", text)?)
    }
}

/// The expected number of hashes per block at a target, 2^256/(T+1), an integer as in the sum over the
/// chain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Work(U256);

impl Work {
    /// 32 bytes, the most significant first (a node's `chainwork` is the sum of these).
    pub fn to_be_bytes(self) -> [u8; 32] {
        self.0.to_be_bytes()
    }
    /// From 32 bytes, the most significant first.
    pub fn from_be_bytes(bytes: [u8; 32]) -> Self {
        Self(U256::from_be_bytes(bytes))
    }
    /// The number of hashes as a quantity.
    pub fn expected_hashes(self) -> Hashes {
        Hashes::from_hashes(to_f64(self.0))
    }
}

/// The main network's easiest target over the target: positive and finite.
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
pub struct Difficulty(f64);

impl Difficulty {
    /// Expected hashes per block at difficulty 1: 2^256/T1 = 2^48/65535. The usual 2^32 is
    /// 1.526e-5 low.
    pub const HASHES_AT_ONE: f64 = 281_474_976_710_656.0 / 65_535.0;

    /// Checks that `difficulty` is positive and finite.
    ///
    /// # Errors
    /// [`PowError::NotADifficulty`] otherwise.
    pub fn new(difficulty: f64) -> Result<Self, PowError> {
        if difficulty > 0.0 && difficulty.is_finite() {
            Ok(Self(difficulty))
        } else {
            Err(PowError::NotADifficulty)
        }
    }
    /// A constant of the source code, checked when it is compiled.
    ///
    /// # Panics
    /// Unless it is positive and finite; in a `const`, that is a compile error. Input goes through
    /// [`Difficulty::new`].
    pub const fn constant(difficulty: f64) -> Self {
        assert!(difficulty > 0.0 && difficulty.is_finite());
        Self(difficulty)
    }
    /// The number itself.
    pub fn value(self) -> f64 {
        self.0
    }
    /// Expected hashes per block, D * 2^48/65535.
    pub fn expected_hashes(self) -> Hashes {
        Hashes::from_hashes(self.0 * Self::HASHES_AT_ONE)
    }
    /// The difficulty at which a network of this hashrate is steady, finding a block every
    /// [`steady_block_interval`].
    ///
    /// # Errors
    /// Unless the hashrate is positive and finite.
    pub fn steady_at(hashrate: Hashrate) -> Result<Self, PowError> {
        Self::new((hashrate * steady_block_interval()).as_hashes() / Self::HASHES_AT_ONE)
    }
    /// The hashrate at which the difficulty is steady.
    pub fn steady_hashrate(self) -> Hashrate {
        self.expected_hashes() / steady_block_interval()
    }
}

impl fmt::Display for Difficulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:e}", self.0)
    }
}

fn low_u64(value: U256) -> u64 {
    value.as_limbs()[0]
}

/// The nearest `f64`, ties to even. The highest 64 bits are rounded by the conversion; what
/// lies below them can only break a tie, so one sticky bit represents it.
fn to_f64(value: U256) -> f64 {
    let shift = value.bit_len().saturating_sub(64);
    let sticky = shift > 0 && value.trailing_zeros() < shift;
    let top = low_u64(value >> shift) | u64::from(sticky);
    top as f64 * 2f64.powi(shift as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigUint;
    use proptest::prelude::*;

    #[test]
    fn a_number_between_two_floats_is_rounded_by_what_lies_below_its_64_bits() {
        let tie = U256::from((1_u64 << 63) | 0x400) << 10;
        let low = 2f64.powi(73);
        let next = f64::from_bits(low.to_bits() + 1);
        // A tie goes to the even one of both; the least bit below breaks it.
        assert_eq!(to_f64(tie), low);
        assert_eq!(to_f64(tie + U256::from(1)), next);
        assert_eq!(to_f64(tie - U256::from(1)), low);
        assert_eq!(to_f64(tie >> 10), 2f64.powi(63));
    }

    #[test]
    fn top_word_is_the_most_significant_word() {
        let easy = Target::from_compact(CompactTarget(0x207f_ffff)).unwrap();
        assert_eq!(easy.top_word(), 0x7fff_ff00);
    }

    #[test]
    fn mainnet_limit_has_difficulty_one() {
        let limit = Target::from_compact(CompactTarget(0x1d00ffff)).unwrap();
        assert_eq!(limit, Target::MAINNET_LIMIT);
        assert_eq!(limit.difficulty().value(), 1.0);
        assert_eq!(limit.top_word(), 0);
        // 2^256/(T1+1), Bitcoin Core's chainwork of the genesis block.
        assert_eq!(hex::encode(limit.work().to_be_bytes()), format!("{:064x}", 0x100010001u64));
    }

    #[test]
    fn compact_form_of_a_target_has_no_sign_bit() {
        // Bitcoin Core arith_uint256_tests: 0x80 would be 01800000 otherwise.
        let mut bytes = [0; 32];
        bytes[31] = 0x80;
        let target = Target::from_be_bytes(bytes).unwrap();
        assert_eq!(target.to_compact(), CompactTarget(0x0200_8000));
    }

    #[test]
    fn steady_hashrate_inverts_steady_difficulty() {
        let difficulty = Difficulty::new(127_450_789_715_843.0).unwrap();
        let back = Difficulty::steady_at(difficulty.steady_hashrate()).unwrap();
        assert!((back.value() / difficulty.value() - 1.0).abs() < 1e-15);
        assert!(Difficulty::steady_at(Hashrate::ZERO).is_err());
    }

    #[test]
    fn largest_target_has_work_of_one_hash() {
        let all = Target::from_be_bytes([0xff; 32]).unwrap();
        assert_eq!(all.work().expected_hashes().as_hashes(), 1.0);
        assert!(all.is_met_by(&Hash256::from_bytes([0xff; 32])));
        assert_eq!(Target::from_be_bytes([0; 32]), Err(PowError::ZeroFullTarget));
    }

    proptest! {
        #[test]
        fn difficulty_and_work_agree_with_big_integers(bytes in any::<[u8; 32]>(), zeros in 0usize..32) {
            let mut bytes = bytes;
            bytes[..zeros].fill(0);
            bytes[31] |= 1;
            let target = Target::from_be_bytes(bytes).unwrap();
            let t = BigUint::from_bytes_be(&bytes);

            let work = (BigUint::from(1u8) << 256) / (&t + 1u8);
            prop_assert_eq!(BigUint::from_bytes_be(&target.work().to_be_bytes()), work);

            // T1/T to 2^-64 relative, then compared as integers: |d*T - T1| <= 1e-15 * T1.
            let t1 = BigUint::from(0xffffu32) << 208;
            let d = target.difficulty().value();
            // Every such d is m * 2^-e exactly, with m an integer.
            let (mantissa, exponent) = decompose(d);
            let scaled = BigUint::from(mantissa) * &t;
            let (left, right) = if exponent >= 0 {
                (scaled << exponent.unsigned_abs(), t1)
            } else {
                (scaled, t1 << exponent.unsigned_abs())
            };
            let error = if left > right { &left - &right } else { &right - &left };
            prop_assert!(error * 1_000_000_000_000_000u64 <= right);
        }

        #[test]
        fn compact_keeps_the_high_bits(bits in any::<u32>()) {
            if let Ok(target) = Target::from_compact(CompactTarget(bits)) {
                // Encoding what was decoded gives the canonical bits, which decode to the same.
                prop_assert_eq!(Target::from_compact(target.to_compact()), Ok(target));
            }
        }
    }

    fn decompose(x: f64) -> (u64, i32) {
        let bits = x.to_bits();
        let exponent = (bits >> 52 & 0x7ff) as i32;
        (bits & ((1 << 52) - 1) | 1 << 52, exponent - 1075)
    }
}
