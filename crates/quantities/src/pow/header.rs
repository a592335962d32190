//! The 80 bytes that are hashed.

use super::sha256d::{Hash256, sha256d};
use super::target::CompactTarget;
use super::{PowError, bytes_from_hex};
use std::str::FromStr;

/// A block header. Serialised in 80 bytes, integers little-endian (Bitcoin developer
/// reference, "Block headers").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Header {
    /// Block version, with the bits that BIP 9 and BIP 320 give a meaning.
    pub version: i32,
    /// Hash of the previous block's header.
    pub prev_block: Hash256,
    /// Root of the tree of transactions.
    pub merkle_root: Hash256,
    /// Seconds since 1970.
    pub time: u32,
    /// The target in compact form.
    pub bits: CompactTarget,
    /// What is searched.
    pub nonce: u32,
}

impl Header {
    /// Length of a header in bytes.
    pub const LEN: usize = 80;
    /// Where the nonce stands in the bytes.
    pub const NONCE_AT: usize = 76;

    /// From the 80 bytes. Every pattern is a header; whether its bits make a target is asked
    /// when a target is made of them.
    pub fn from_bytes(bytes: &[u8; Self::LEN]) -> Self {
        let word = |at: usize| {
            u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        let hash = |at: usize| {
            let mut digest = [0; 32];
            digest.copy_from_slice(&bytes[at..at + 32]);
            Hash256::from_bytes(digest)
        };
        Self {
            version: word(0).cast_signed(),
            prev_block: hash(4),
            merkle_root: hash(36),
            time: word(68),
            bits: CompactTarget::from_bits(word(72)),
            nonce: word(Self::NONCE_AT),
        }
    }

    /// The 80 bytes.
    pub fn to_bytes(&self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        bytes[..4].copy_from_slice(&self.version.to_le_bytes());
        bytes[4..36].copy_from_slice(&self.prev_block.to_bytes());
        bytes[36..68].copy_from_slice(&self.merkle_root.to_bytes());
        bytes[68..72].copy_from_slice(&self.time.to_le_bytes());
        bytes[72..76].copy_from_slice(&self.bits.to_bits().to_le_bytes());
        bytes[Self::NONCE_AT..].copy_from_slice(&self.nonce.to_le_bytes());
        bytes
    }

    /// 160 hexadecimal digits, as a node's `getblockheader` gives them.
    pub fn to_hex(&self) -> String {
        hex::encode(self.to_bytes())
    }

    /// The block's hash.
    pub fn hash(&self) -> Hash256 {
        sha256d(&self.to_bytes())
    }
}

impl FromStr for Header {
    type Err = PowError;

    /// From 160 hexadecimal digits.
    fn from_str(text: &str) -> Result<Self, PowError> {
        Ok(Self::from_bytes(&bytes_from_hex("header", text)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_and_hex_round_trip(a in any::<[u8; 40]>(), b in any::<[u8; 40]>()) {
            let mut bytes = [0; 80];
            bytes[..40].copy_from_slice(&a);
            bytes[40..].copy_from_slice(&b);
            let header = Header::from_bytes(&bytes);
            prop_assert_eq!(header.to_bytes(), bytes);
            prop_assert_eq!(header.to_hex().parse::<Header>(), Ok(header));
        }
    }

    #[test]
    fn wrong_hex_is_named() {
        assert_eq!(
            "00ff".parse::<Header>(),
            Err(PowError::HexLength { field: "header", expected: 160, found: 4 })
        );
        let bad = format!("{}g", "0".repeat(159));
        assert_eq!(
            bad.parse::<Header>(),
            Err(PowError::HexDigit { field: "header", position: 160, found: 'g' })
        );
        // Counted in characters: 80 two-byte letters are 160 bytes, and no header.
        assert!("é".repeat(80).parse::<Header>().is_err());
    }
}
