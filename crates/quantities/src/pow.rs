//! Bitcoin's proof of work: headers, targets, difficulty, subsidy, and the reference SHA-256d against which every fast
//! kernel is verified. No input or output, no state.

mod byte_order;
mod digits;
mod header;
mod protocol;
#[cfg(feature = "bitcoin")]
mod rust_bitcoin;
mod serialise;
mod sha256d;
mod target;

pub use byte_order::{ByteOrder, ByteOrderWarning};
pub use header::Header;
pub use protocol::{
    HALVING_INTERVAL, RETARGET_INTERVAL, TARGET_SPACING, TARGET_TIMESPAN, next_halving, retarget,
    steady_block_interval, subsidy,
};
pub use sha256d::{Hash256, IV, K, Midstate, compress, round, sha256, sha256d};
pub use target::{CompactTarget, Difficulty, Target, Work};

/// Errors of headers, targets and hashes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PowError {
    /// The text has a wrong number of hexadecimal digits.
    #[error("{field} has {found} hexadecimal digits; give {expected}")]
    HexLength {
        /// The field that was parsed.
        field: &'static str,
        /// Expected digits.
        expected: usize,
        /// Found digits.
        found: usize,
    },
    /// A header of a wrong length.
    #[error(
        "header has {found} hexadecimal digits; give 160: 8 of the version, 64 of the previous \
         hash, 64 of the Merkle root, 8 each of time, bits and nonce{}",
        digits::length_hint(*found)
    )]
    HeaderLength {
        /// Found digits.
        found: usize,
    },
    /// A header followed by SHA-256's padding, as the RPC call `getwork` returned it.
    #[error(
        "header has 256 hexadecimal digits: a header and SHA-256's padding, as in getwork \
         data{}; give the header alone: {}",
        if *words_are_swapped { ", with every four bytes reversed" } else { "" },
        header.to_hex()
    )]
    PaddedHeader {
        /// The header that it contains.
        header: Box<Header>,
        /// Whether every four bytes are reversed.
        words_are_swapped: bool,
    },
    /// A character is not a hexadecimal digit.
    #[error("{field} has `{found}` at character {position}; give hexadecimal digits 0-9 a-f")]
    HexDigit {
        /// The field that was parsed.
        field: &'static str,
        /// Position of the character, counted from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// The sign bit of compact bits is set on a value that is not zero.
    #[error("bits {0} encode a negative target; give bits as in a block header, e.g. 1d00ffff")]
    NegativeTarget(CompactTarget),
    /// Compact bits encode more than 256 bits.
    #[error("bits {0} encode a target above 2^256; give bits as in a block header, e.g. 1d00ffff")]
    TargetOverflow(CompactTarget),
    /// The target is zero: no hash can meet it.
    #[error("bits {0} encode a target of zero; give bits as in a block header, e.g. 1d00ffff")]
    ZeroTarget(CompactTarget),
    /// A full 256-bit target is zero.
    #[error("target is zero, which no hash can meet; give a target of at least 1")]
    ZeroFullTarget,
    /// A difficulty that is not positive and finite.
    #[error("difficulty is not positive and finite; give a number above 0")]
    NotADifficulty,
}
