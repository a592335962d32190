//! Bitcoin's proof of work: headers, targets, difficulty, subsidy, and the readable SHA-256d
//! that judges every fast path. No input or output, no state.

mod header;
mod protocol;
mod sha256d;
mod target;

pub use header::Header;
pub use protocol::{
    HALVING_INTERVAL, RETARGET_INTERVAL, TARGET_SPACING, TARGET_TIMESPAN, next_halving, retarget,
    steady_block_interval, subsidy,
};
pub use sha256d::{Hash256, IV, K, Midstate, compress, round, sha256, sha256d};
pub use target::{CompactTarget, Difficulty, Target, Work};

/// What can be wrong with a header, a target or a hash.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PowError {
    /// The text has another number of hexadecimal digits.
    #[error("{field} has {found} characters; give {expected} hexadecimal digits")]
    HexLength {
        /// What was being read.
        field: &'static str,
        /// Digits wanted.
        expected: usize,
        /// Characters found.
        found: usize,
    },
    /// A character is no hexadecimal digit.
    #[error("{field} has `{found}` at character {position}; give hexadecimal digits 0-9 a-f")]
    HexDigit {
        /// What was being read.
        field: &'static str,
        /// Counted from 1.
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

/// Exactly `N` bytes from hexadecimal text.
fn bytes_from_hex<const N: usize>(field: &'static str, text: &str) -> Result<[u8; N], PowError> {
    let found = text.chars().count();
    if found != 2 * N {
        return Err(PowError::HexLength { field, expected: 2 * N, found });
    }
    if let Some((i, found)) = text.chars().enumerate().find(|(_, c)| !c.is_ascii_hexdigit()) {
        return Err(PowError::HexDigit { field, position: i + 1, found });
    }
    let mut bytes = [0; N];
    // Length and digits were checked above, so that the error could name the place.
    hex::decode_to_slice(text, &mut bytes).map_err(|_| PowError::HexLength {
        field,
        expected: 2 * N,
        found,
    })?;
    Ok(bytes)
}
