//! Detection of headers in a wrong byte order.
//!
//! In a header, integers are little-endian, and hashes are in the reverse of the order in which nodes and explorers
//! display them; `getwork` returned every four bytes reversed. Any 80 bytes are a header, so a wrong byte order is not
//! an error, but a search with it finds nothing. The fields show a wrong order: the zeros of a block's hash are at its
//! end, a time is between 2009 and 2038, and the bits encode a target of an existing network. If the header has its
//! nonce, the proof of work decides: every combination of reordered fields is tried.

mod rearranged;

use super::{Hash256, Header, Target};
use rearranged::Rearrangement;
use std::fmt;

/// The time of the first block.
const GENESIS_TIME: u32 = 1_231_006_505;
/// In January 2038.
const LATEST_TIME: u32 = i32::MAX.cast_unsigned();
/// Lengths in bytes of the targets of networks: 0x17 now, 0x1d at first, 0x1e for signet, 0x20 for regtest. The
/// least length is that of a difficulty of 2^104.
const TARGET_BYTES: std::ops::RangeInclusive<u32> = 0x10..=0x20;
/// Number of zero bytes in every block hash of the main network.
const MIN_ZERO_BYTES: usize = 4;

/// The byte order of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ByteOrder {
    /// One or both hashes as explorers display them, everything else as in a header.
    HashesReversed,
    /// Every four bytes reversed, as in getwork data.
    WordsSwapped,
    /// Every field as displayed: integers big-endian, hashes reversed.
    FieldsReversed,
    /// All 80 bytes reversed, and possibly some fields in addition.
    BytesReversed,
    /// Some fields reordered, each in a different way.
    SomeFields,
}

impl ByteOrder {
    /// The key in results.
    pub fn key(self) -> &'static str {
        match self {
            Self::HashesReversed => "hashes_reversed",
            Self::WordsSwapped => "words_swapped",
            Self::FieldsReversed => "fields_reversed",
            Self::BytesReversed => "bytes_reversed",
            Self::SomeFields => "some_fields_turned",
        }
    }
}

/// A warning about the byte order of a header, with the corrected header if it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByteOrderWarning {
    /// The byte order that was found or is suspected.
    pub order: ByteOrder,
    /// The header in the right byte order, proven by its own nonce, which meets its target. `None` if no order of the
    /// fields does that, such as for a header whose nonce is not found yet.
    pub corrected: Option<Header>,
    /// A description of the byte order.
    description: String,
}

impl fmt::Display for ByteOrderWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { corrected, description, .. } = self;
        match corrected {
            Some(header) => write!(
                f,
                "its nonce does not meet its target, but does with {description}: the intended header \
                 is {}, whose own nonce meets its target",
                header.to_hex()
            ),
            None => write!(
                f,
                "{description}; in a header, integers are little-endian, and hashes are in the reverse \
                 of their displayed order. Its nonce does not meet its target in any order of the \
                 fields, so the right order is not proven: check the byte order"
            ),
        }
    }
}

impl Header {
    /// A warning if the header seems to be in a wrong byte order; `None` if its own nonce meets its target. Every
    /// combination of reordered fields is tried; the one with which the nonce meets the target is the intended header.
    /// If there is none, the warning depends on the fields alone and has no corrected header.
    ///
    /// ```
    /// use hashwatt_quantities::pow::{ByteOrder, Header};
    ///
    /// // Block 1 with its hashes as explorers display them.
    /// let shown: Header = "01000000 000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f
    ///     0e3e2357e806b6cdb1f70b54c3a3a17b6714ee1f0e68bebb44a74b1efd512098 61bc6649 ffff001d 01e36299"
    ///     .parse()?;
    /// let warning = shown.byte_order_warning().unwrap();
    /// assert_eq!(warning.order, ByteOrder::HashesReversed);
    /// assert!(warning.corrected.unwrap().hash().to_string().starts_with("00000000839a8e68"));
    /// # Ok::<(), hashwatt_quantities::pow::PowError>(())
    /// ```
    pub fn byte_order_warning(&self) -> Option<ByteOrderWarning> {
        if self.is_proven() {
            return None;
        }
        let proven = |found: &Rearrangement| found.undo(self).is_proven();
        if let Some(found) = Rearrangement::all().into_iter().find(proven) {
            let (order, corrected) = (found.byte_order(), Some(found.undo(self)));
            return Some(ByteOrderWarning { order, corrected, description: found.to_string() });
        }
        let (order, description) = self.suspected_order()?;
        Some(ByteOrderWarning { order, corrected: None, description: description.to_owned() })
    }

    /// The byte order that the fields alone suggest.
    fn suspected_order(&self) -> Option<(ByteOrder, &'static str)> {
        let has_reversed_hash =
            ends_in_zeros(self.prev_block.reversed()) && !ends_in_zeros(self.prev_block);
        let has_swapped_integers =
            !self.has_time_and_bits() && self.with_words_swapped().has_time_and_bits();
        let reversed = self.with_bytes_reversed();
        Some(match (has_reversed_hash, has_swapped_integers) {
            (true, false) => (
                ByteOrder::HashesReversed,
                "the previous hash looks reversed: it begins with zero bytes and does not end with them",
            ),
            (false, true) => (
                ByteOrder::WordsSwapped,
                "time and bits look reversed: every four bytes may be reversed, as in getwork data",
            ),
            (true, true) => (ByteOrder::FieldsReversed, "every field looks reversed"),
            (false, false)
                if !self.has_time_and_bits()
                    && reversed.has_time_and_bits()
                    && ends_in_zeros(reversed.prev_block) =>
            {
                (ByteOrder::BytesReversed, "all 80 bytes look reversed")
            }
            (false, false) => return None,
        })
    }

    /// The header with every four bytes reversed.
    pub(super) fn with_words_swapped(&self) -> Self {
        let mut bytes = self.to_bytes();
        bytes.as_chunks_mut::<4>().0.iter_mut().for_each(|word| word.reverse());
        Self::from_bytes(&bytes)
    }

    /// The header with all bytes reversed.
    fn with_bytes_reversed(&self) -> Self {
        let mut bytes = self.to_bytes();
        bytes.reverse();
        Self::from_bytes(&bytes)
    }

    /// Whether the nonce meets the target, and the target is not above the main network's limit.
    fn is_proven(&self) -> bool {
        let target = Target::from_compact(self.bits);
        target.is_ok_and(|t| t <= Target::MAINNET_LIMIT && t.is_met_by(&self.hash()))
    }

    fn has_time_and_bits(&self) -> bool {
        (GENESIS_TIME..=LATEST_TIME).contains(&self.time)
            && TARGET_BYTES.contains(&(self.bits.to_bits() >> 24))
            && Target::from_compact(self.bits).is_ok()
    }
}

/// Whether a hash ends in zero bytes, like every block hash of the main network, but is not all zeros, like the hash
/// before the first block.
fn ends_in_zeros(hash: Hash256) -> bool {
    let bytes = hash.to_bytes();
    bytes.iter().rev().take(MIN_ZERO_BYTES).all(|byte| *byte == 0)
        && bytes.iter().any(|byte| *byte != 0)
}

#[cfg(test)]
mod tests {
    use super::super::CompactTarget;
    use super::rearranged::HashOrder;
    use super::*;

    /// Block 170, with the first payment.
    const BLOCK_170: &str = "0100000055bd840a78798ad0da853f68974f3d183e2bd1db6a842c1feecf222a00000000\
        ff104ccb05421ab93e63f8c3ce5c2c2e9dbb37de2764b3a3175c8166562cac7d51b96a49ffff001d283e9e70";

    fn block() -> Header {
        let header: Header = BLOCK_170.parse().unwrap();
        let hash = "00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee";
        assert_eq!(header.hash().to_string(), hash);
        header
    }

    /// A header with its hashes as displayed.
    fn shown(header: Header) -> Header {
        Header {
            prev_block: header.prev_block.reversed(),
            merkle_root: header.merkle_root.reversed(),
            ..header
        }
    }

    /// A header with every field as displayed.
    fn all_shown(header: Header) -> Header {
        let Header { version, time, bits, nonce, .. } = header.with_words_swapped();
        Header { version, time, bits, nonce, ..shown(header) }
    }

    /// Checks the warning for a reordered header whose right order is proven.
    fn assert_proven(reordered: Header, order: ByteOrder, description: &str) {
        let warning = reordered.byte_order_warning();
        let warning = warning.unwrap_or_else(|| panic!("{description}: no warning"));
        let found = (warning.order, warning.corrected);
        assert_eq!(found, (order, Some(block())), "{description}: {warning}");
        let message = warning.to_string();
        let expected = format!("does with {description}: the intended header");
        assert!(message.contains(&expected), "{description}: {message}");
        assert!(message.contains(BLOCK_170) && message.ends_with("meets its target"), "{message}");
    }

    #[test]
    fn reordered_block_is_detected_and_corrected_by_its_proof_of_work() {
        let block = block();
        assert_eq!(block.byte_order_warning(), None);
        let swapped = block.with_words_swapped();
        let hash_swapped = |hash| HashOrder::WordsSwapped.apply(hash);
        let both = "the previous hash reversed, the merkle root reversed";
        let integers =
            "the version reversed, the time reversed, the bits reversed, the nonce reversed";
        use ByteOrder::{BytesReversed, FieldsReversed, HashesReversed, SomeFields, WordsSwapped};
        for (reordered, order, description) in [
            (shown(block), HashesReversed, both.to_owned()),
            (all_shown(block), FieldsReversed, format!("{both}, {integers}")),
            (
                swapped,
                WordsSwapped,
                format!(
                    "the previous hash with every four bytes reversed, the merkle root with every four \
                     bytes reversed, {integers}"
                ),
            ),
            (block.with_bytes_reversed(), BytesReversed, "all 80 bytes reversed".to_owned()),
            (
                Header { prev_block: block.prev_block.reversed(), ..block },
                HashesReversed,
                "the previous hash reversed".to_owned(),
            ),
            (
                Header { merkle_root: block.merkle_root.reversed(), ..block },
                HashesReversed,
                "the merkle root reversed".to_owned(),
            ),
            (
                Header { prev_block: hash_swapped(block.prev_block), ..block },
                SomeFields,
                "the previous hash with every four bytes reversed".to_owned(),
            ),
            (
                Header { prev_block: hash_swapped(block.prev_block.reversed()), ..block },
                SomeFields,
                "the previous hash with its four-byte words in reverse order".to_owned(),
            ),
            (
                Header { time: swapped.time, bits: swapped.bits, ..block },
                SomeFields,
                "the time reversed, the bits reversed".to_owned(),
            ),
            (Header { nonce: swapped.nonce, ..block }, SomeFields, "the nonce reversed".to_owned()),
            (
                Header { merkle_root: block.merkle_root, ..all_shown(block) },
                SomeFields,
                format!("the previous hash reversed, {integers}"),
            ),
        ] {
            assert_proven(reordered, order, &description);
        }
    }

    #[test]
    fn every_combination_of_reordered_fields_is_undone() {
        let block = block();
        let all = Rearrangement::all();
        assert_eq!(all.len(), 4 + 2 * 4 * 4 * 16);
        // Each rearrangement is its own inverse, so `undo` also applies it.
        for case in all.iter().filter(|case| !case.whole) {
            let reordered = case.undo(&block);
            let corrected = reordered.byte_order_warning().map(|warning| warning.corrected);
            let wanted = (case.changed_fields() > 0).then_some(Some(block));
            assert_eq!(corrected, wanted, "{case}");
            let reversed = reordered.with_bytes_reversed().byte_order_warning().unwrap();
            let wanted = (ByteOrder::BytesReversed, Some(block));
            assert_eq!((reversed.order, reversed.corrected), wanted, "{case}");
        }
    }

    #[test]
    fn reordered_header_without_its_nonce_gives_a_warning_without_correction() {
        let unmined = Header { nonce: 0, ..block() };
        assert_eq!(unmined.byte_order_warning(), None);
        for (reordered, order, description) in [
            (shown(unmined), ByteOrder::HashesReversed, "the previous hash looks reversed"),
            (unmined.with_words_swapped(), ByteOrder::WordsSwapped, "time and bits look reversed"),
            (all_shown(unmined), ByteOrder::FieldsReversed, "every field looks reversed"),
            (unmined.with_bytes_reversed(), ByteOrder::BytesReversed, "all 80 bytes look reversed"),
        ] {
            let warning = reordered.byte_order_warning().unwrap();
            assert_eq!((warning.order, warning.corrected), (order, None));
            let message = warning.to_string();
            assert!(
                message.starts_with(description) && message.ends_with("check the byte order"),
                "{message}"
            );
        }
    }

    #[test]
    fn swapped_words_are_detected_by_the_bits_if_the_time_is_a_palindrome() {
        let block = Header { time: 0x5a5a_5a5a, ..block() };
        let warning = block.with_words_swapped().byte_order_warning().unwrap();
        assert_eq!((warning.order, warning.corrected), (ByteOrder::WordsSwapped, None));
    }

    #[test]
    fn byte_order_keys_are_those_of_the_results() {
        use ByteOrder::{BytesReversed, FieldsReversed, HashesReversed, SomeFields, WordsSwapped};
        let keys = [HashesReversed, WordsSwapped, FieldsReversed, BytesReversed, SomeFields];
        assert_eq!(
            keys.map(ByteOrder::key),
            [
                "hashes_reversed",
                "words_swapped",
                "fields_reversed",
                "bytes_reversed",
                "some_fields_turned"
            ]
        );
    }

    #[test]
    fn first_block_and_headers_of_other_networks_give_no_warning() {
        let zero = Hash256::from_bytes([0; 32]);
        let genesis = Header { prev_block: zero, nonce: 1, ..block() };
        let mut hash = [7; 32];
        hash[31] = 0;
        // A regtest header: its hashes have zeros only by chance.
        let regtest = Header {
            prev_block: Hash256::from_bytes(hash),
            bits: CompactTarget::from_bits(0x207f_ffff),
            ..block()
        };
        for header in [genesis, regtest, Header::from_bytes(&[3; 80]), Header::from_bytes(&[0; 80])]
        {
            assert_eq!(header.byte_order_warning(), None, "{}", header.to_hex());
        }
    }
}
