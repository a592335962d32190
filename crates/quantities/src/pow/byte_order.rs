//! Headers in the byte orders in which people have them.
//!
//! In a header, integers are little-endian and hashes stand in the reverse of the order in which nodes and
//! explorers show them; `getwork` gave every four bytes reversed. Any 80 bytes are a header, so that a wrong
//! order is no error: it is a search that finds nothing. What tells is in the fields: the zeros of a block's hash
//! stand at its end, a time is between 2009 and 2038, bits make a target of a network that there is. Where the
//! header has its nonce, the proof of work decides.

use super::{Header, Target};
use std::fmt;

/// The time of the first block.
const GENESIS_TIME: u32 = 1_231_006_505;
/// In January 2038.
const LATEST_TIME: u32 = i32::MAX.cast_unsigned();
/// Lengths in bytes of the targets of networks: 0x17 now, 0x1d at first, 0x1e of signet, 0x20 of regtest. The
/// least is that of a difficulty of 2^104.
const TARGET_BYTES: std::ops::RangeInclusive<u32> = 0x10..=0x20;
/// Zero bytes that every hash of a block of the main network has.
const ZEROS: usize = 4;

/// How the bytes of a header may have been turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ByteOrder {
    /// Hashes as explorers show them, all else as in a header.
    HashesReversed,
    /// Every four bytes in reverse, as getwork data have them.
    WordsSwapped,
    /// Every field as it is shown: integers big-endian, hashes reversed.
    FieldsReversed,
}

impl ByteOrder {
    /// As it stands in results.
    pub fn key(self) -> &'static str {
        match self {
            Self::HashesReversed => "hashes_reversed",
            Self::WordsSwapped => "words_swapped",
            Self::FieldsReversed => "fields_reversed",
        }
    }
}

/// What looks turned in a header, and the header that was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderDoubt {
    /// What looks turned.
    pub order: ByteOrder,
    /// The header with it turned back.
    pub mended: Header,
    /// Whether the nonce of the mended header meets its target, which leaves no doubt.
    pub is_proven: bool,
}

impl fmt::Display for HeaderDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.order {
            ByteOrder::HashesReversed => {
                "the previous hash looks reversed: it begins with zero bytes and does not end with \
                 them; in a header hashes stand in the reverse of the order in which they are \
                 shown. Turned back, the header is "
            }
            ByteOrder::WordsSwapped => {
                "time and bits look swapped: every four bytes may stand in reverse, as in getwork \
                 data. Turned back, the header is "
            }
            ByteOrder::FieldsReversed => {
                "every field looks reversed: in a header integers are little-endian, and hashes \
                 stand in the reverse of the order in which they are shown. Turned back, the \
                 header is "
            }
        })?;
        f.write_str(&self.mended.to_hex())?;
        f.write_str(if self.is_proven { ", whose own nonce meets its target" } else { "" })
    }
}

impl Header {
    /// What looks turned in it; nothing where its own nonce meets its target.
    ///
    /// ```
    /// use hashwatt_quantities::pow::{ByteOrder, Header};
    ///
    /// // Block 1 with its hashes as explorers show them.
    /// let shown: Header = "01000000 000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f
    ///     0e3e2357e806b6cdb1f70b54c3a3a17b6714ee1f0e68bebb44a74b1efd512098 61bc6649 ffff001d 01e36299"
    ///     .parse()?;
    /// let doubt = shown.doubt().unwrap();
    /// assert!(doubt.order == ByteOrder::HashesReversed && doubt.is_proven);
    /// assert!(doubt.mended.hash().to_string().starts_with("00000000839a8e68"));
    /// # Ok::<(), hashwatt_quantities::pow::PowError>(())
    /// ```
    pub fn doubt(&self) -> Option<HeaderDoubt> {
        if self.is_proven() {
            return None;
        }
        let swapped = self.with_words_swapped();
        let previous = self.prev_block.to_bytes();
        let is_zero = |bytes: &[u8]| bytes.iter().all(|byte| *byte == 0);
        let hash_is_reversed =
            is_zero(&previous[..ZEROS]) && !is_zero(&previous[previous.len() - ZEROS..]);
        let integers_are_swapped = !self.has_time_and_bits() && swapped.has_time_and_bits();
        let reversed = Self {
            prev_block: self.prev_block.reversed(),
            merkle_root: self.merkle_root.reversed(),
            ..*self
        };
        let (order, candidates) = match (hash_is_reversed, integers_are_swapped) {
            (false, false) => return None,
            // Who shows one hash in the other order shows both, as a rule.
            (true, false) => (
                ByteOrder::HashesReversed,
                [reversed, Self { merkle_root: self.merkle_root, ..reversed }],
            ),
            (false, true) => (ByteOrder::WordsSwapped, [swapped; 2]),
            (true, true) => {
                let Self { version, time, bits, nonce, .. } = swapped;
                let all = Self { version, time, bits, nonce, ..reversed };
                (ByteOrder::FieldsReversed, [all, Self { merkle_root: self.merkle_root, ..all }])
            }
        };
        let proven = candidates.into_iter().find(Self::is_proven);
        let is_proven = proven.is_some();
        Some(HeaderDoubt { order, mended: proven.unwrap_or(candidates[0]), is_proven })
    }

    /// With every four bytes reversed.
    pub(super) fn with_words_swapped(&self) -> Self {
        let mut bytes = self.to_bytes();
        bytes.as_chunks_mut::<4>().0.iter_mut().for_each(|word| word.reverse());
        Self::from_bytes(&bytes)
    }

    /// Whether the nonce meets a target that means something.
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

#[cfg(test)]
mod tests {
    use super::super::{CompactTarget, Hash256};
    use super::*;

    /// Block 170, of the first payment.
    const BLOCK_170: &str = "0100000055bd840a78798ad0da853f68974f3d183e2bd1db6a842c1feecf222a00000000\
        ff104ccb05421ab93e63f8c3ce5c2c2e9dbb37de2764b3a3175c8166562cac7d51b96a49ffff001d283e9e70";

    fn block() -> Header {
        let header: Header = BLOCK_170.parse().unwrap();
        let hash = "00000000d1145790a8694403d4063f323d499e655c83426834d4ce2f8dd4a2ee";
        assert_eq!(header.hash().to_string(), hash);
        header
    }

    /// With the hashes as they are shown.
    fn shown(header: Header) -> Header {
        Header {
            prev_block: header.prev_block.reversed(),
            merkle_root: header.merkle_root.reversed(),
            ..header
        }
    }

    /// With every field as it is shown.
    fn all_shown(header: Header) -> Header {
        let Header { version, time, bits, nonce, .. } = header.with_words_swapped();
        Header { version, time, bits, nonce, ..shown(header) }
    }

    #[test]
    fn each_order_of_a_block_is_found_and_its_work_proves_the_mended_header() {
        let block = block();
        assert_eq!(block.doubt(), None);
        let previous_alone = Header { prev_block: block.prev_block.reversed(), ..block };
        for (turned, order) in [
            (shown(block), ByteOrder::HashesReversed),
            (previous_alone, ByteOrder::HashesReversed),
            (block.with_words_swapped(), ByteOrder::WordsSwapped),
            (all_shown(block), ByteOrder::FieldsReversed),
            // All but the merkle root.
            (
                Header { merkle_root: block.merkle_root, ..all_shown(block) },
                ByteOrder::FieldsReversed,
            ),
        ] {
            let doubt = turned.doubt().unwrap();
            assert_eq!(doubt, HeaderDoubt { order, mended: block, is_proven: true });
            let told = doubt.to_string();
            assert!(told.contains(BLOCK_170) && told.ends_with("meets its target"), "{told}");
        }
    }

    #[test]
    fn header_whose_nonce_is_still_to_be_found_is_mended_without_a_proof() {
        let unmined = Header { nonce: 0, ..block() };
        assert_eq!(unmined.doubt(), None);
        for (turned, order) in [
            (shown(unmined), ByteOrder::HashesReversed),
            (unmined.with_words_swapped(), ByteOrder::WordsSwapped),
            (all_shown(unmined), ByteOrder::FieldsReversed),
        ] {
            let doubt = turned.doubt().unwrap();
            assert_eq!(doubt, HeaderDoubt { order, mended: unmined, is_proven: false });
            assert!(doubt.to_string().ends_with(&unmined.to_hex()), "{doubt}");
        }
    }

    #[test]
    fn swapped_words_are_told_by_the_bits_where_the_time_reads_the_same_from_both_ends() {
        let block = Header { time: 0x5a5a_5a5a, ..block() };
        let doubt = block.with_words_swapped().doubt().unwrap();
        let order = ByteOrder::WordsSwapped;
        assert_eq!(doubt, HeaderDoubt { order, mended: block, is_proven: false });
    }

    #[test]
    fn keys_of_byte_orders_are_those_of_the_results() {
        let keys = [ByteOrder::HashesReversed, ByteOrder::WordsSwapped, ByteOrder::FieldsReversed]
            .map(ByteOrder::key);
        assert_eq!(keys, ["hashes_reversed", "words_swapped", "fields_reversed"]);
    }

    #[test]
    fn first_block_and_headers_of_other_networks_are_not_doubted() {
        let zero = Hash256::from_bytes([0; 32]);
        let genesis = Header { prev_block: zero, nonce: 1, ..block() };
        let mut hash = [7; 32];
        hash[31] = 0;
        // Of regtest, whose hashes have no zeros but by chance.
        let regtest = Header {
            prev_block: Hash256::from_bytes(hash),
            bits: CompactTarget::from_bits(0x207f_ffff),
            ..block()
        };
        for header in [genesis, regtest, Header::from_bytes(&[3; 80]), Header::from_bytes(&[0; 80])]
        {
            assert_eq!(header.doubt(), None, "{}", header.to_hex());
        }
    }
}
