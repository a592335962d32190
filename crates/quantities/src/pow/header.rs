//! The 80 bytes that are hashed.

use super::sha256d::{Hash256, sha256d};
use super::target::CompactTarget;
use super::{PowError, digits};
use jiff::SignedDuration;
use jiff::civil::{DateTime, date};
use std::str::FromStr;

/// A block header. Serialised in 80 bytes, integers little-endian (Bitcoin developer
/// reference, "Block headers").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Header {
    /// The block version, with the bits of BIP 9 and BIP 320.
    pub version: i32,
    /// Hash of the previous block's header.
    pub prev_block: Hash256,
    /// The Merkle root of the transactions.
    pub merkle_root: Hash256,
    /// Seconds since 1970.
    pub time: u32,
    /// The target in compact form.
    pub bits: CompactTarget,
    /// The nonce, which is searched.
    pub nonce: u32,
}

impl Header {
    /// Length of a header in bytes.
    pub const LEN: usize = 80;
    /// The offset of the nonce in the bytes.
    pub const NONCE_AT: usize = 76;

    /// From the 80 bytes. Every pattern is a header; [`Target::from_compact`](super::Target::from_compact) checks
    /// its bits.
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

    /// The time as a date and time of day (UTC).
    pub fn utc(&self) -> DateTime {
        let since = SignedDuration::from_secs(self.time.into());
        date(1970, 1, 1).at(0, 0, 0, 0).saturating_add(since)
    }

    /// The block's hash.
    pub fn hash(&self) -> Hash256 {
        sha256d(&self.to_bytes())
    }
}

impl FromStr for Header {
    type Err = PowError;

    /// From 160 hexadecimal digits; a prefix `0x`, blanks, line ends and upper case are accepted.
    /// [`Header::byte_order_warning`] detects another byte order.
    ///
    /// # Errors
    /// [`PowError::HexDigit`], [`PowError::HeaderLength`], or [`PowError::PaddedHeader`] for getwork data.
    fn from_str(text: &str) -> Result<Self, PowError> {
        let digits = digits::parse("header", text)?;
        let mut bytes = [0; Self::LEN];
        if hex::decode_to_slice(&digits, &mut bytes).is_ok() {
            return Ok(Self::from_bytes(&bytes));
        }
        Err(padded(&digits).unwrap_or(PowError::HeaderLength { found: digits.len() }))
    }
}

/// The error for digits that are the two blocks of SHA-256's input: the header, then the padding of 640 bits
/// (FIPS 180-4, section 5.1.1), in this order or with every four bytes reversed.
fn padded(digits: &str) -> Option<PowError> {
    let mut blocks = [0; 128];
    hex::decode_to_slice(digits, &mut blocks).ok()?;
    let (header, padding) = blocks.split_at(Header::LEN);
    let header = Header::from_bytes(header.try_into().ok()?);
    let mut expected = [0; 128 - Header::LEN];
    expected[0] = 0x80;
    expected[46..].copy_from_slice(&640_u16.to_be_bytes());
    if padding == expected {
        return Some(PowError::PaddedHeader { header: header.into(), words_are_swapped: false });
    }
    expected.as_chunks_mut::<4>().0.iter_mut().for_each(|word| word.reverse());
    (padding == expected).then(|| PowError::PaddedHeader {
        header: header.with_words_swapped().into(),
        words_are_swapped: true,
    })
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
    fn text_of_another_length_is_refused_with_both_lengths() {
        for (digits, hint) in [(4, ""), (152, "add 00000000"), (64, "getblockheader"), (256, "")] {
            let error = "a".repeat(digits).parse::<Header>().unwrap_err();
            assert_eq!(error, PowError::HeaderLength { found: digits });
            let message = error.to_string();
            assert!(
                message.starts_with(&format!("header has {digits} hexadecimal digits")),
                "{message}"
            );
            assert!(
                message.contains("give 160: 8 of the version") && message.contains(hint),
                "{message}"
            );
        }
        let bad = format!("{}g", "0".repeat(159));
        assert_eq!(
            bad.parse::<Header>(),
            Err(PowError::HexDigit { field: "header", position: 160, found: 'g' })
        );
    }

    #[test]
    fn time_is_that_of_the_calendar_to_the_last_second_of_its_32_bits() {
        let at = |time| Header { time, ..Header::from_bytes(&[0; 80]) }.utc().to_string();
        assert_eq!(at(1_231_006_505), "2009-01-03T18:15:05");
        assert_eq!(at(u32::MAX), "2106-02-07T06:28:15");
    }

    #[test]
    fn header_with_prefix_blanks_and_upper_case_is_read() {
        let header = Header::from_bytes(&std::array::from_fn(|i| i as u8));
        let hex = header.to_hex();
        let (first, rest) = hex.split_at(71);
        for text in [format!("0x{hex}"), hex.to_uppercase(), format!(" {first}\r\n{rest}\n")] {
            assert_eq!(text.parse(), Ok(header), "{text}");
        }
    }

    #[test]
    fn getwork_data_are_refused_with_the_header_in_them() {
        let header = Header::from_bytes(&std::array::from_fn(|i| i as u8));
        let zeros = "0".repeat(80);
        let plain = format!("{}80000000{zeros}00000280", header.to_hex());
        // As the call gave it.
        let swapped = format!("{}00000080{zeros}80020000", header.with_words_swapped().to_hex());
        for (data, words_are_swapped) in [(plain, false), (swapped, true)] {
            let error = data.parse::<Header>().unwrap_err();
            let expected = PowError::PaddedHeader { header: header.into(), words_are_swapped };
            assert_eq!(error, expected);
            let message = error.to_string();
            assert!(message.ends_with(&header.to_hex()), "{message}");
            assert_eq!(message.contains("four bytes reversed"), words_are_swapped, "{message}");
        }
    }
}
