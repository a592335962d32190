//! Headers in the byte orders in which people have them.
//!
//! In a header, integers are little-endian and hashes stand in the reverse of the order in which nodes and
//! explorers show them; `getwork` gave every four bytes reversed. Any 80 bytes are a header, so that a wrong
//! order is no error: it is a search that finds nothing. What tells is in the fields: the zeros of a block's hash
//! stand at its end, a time is between 2009 and 2038, bits make a target of a network that there is. Where the
//! header has its nonce, the proof of work decides: every combination of turned fields is tried.

mod rearranged;

use super::{Hash256, Header, Target};
use rearranged::Turns;
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

/// How the bytes of a header have been turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ByteOrder {
    /// One hash or both as explorers show them, all else as in a header.
    HashesReversed,
    /// Every four bytes in reverse, as getwork data have them.
    WordsSwapped,
    /// Every field as it is shown: integers big-endian, hashes reversed.
    FieldsReversed,
    /// All 80 bytes in reverse, and perhaps fields beside.
    BytesReversed,
    /// Some fields, each in its way.
    SomeFields,
}

impl ByteOrder {
    /// As it stands in results.
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

/// What is turned in a header, and the header that was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderWarning {
    /// What is turned, or looks so.
    pub order: ByteOrder,
    /// The header with that turned back, whose own nonce meets its target, which leaves no doubt. Nothing where
    /// no order of the fields does that, as of a header whose nonce is still to be found.
    pub mended: Option<Header>,
    /// What is turned, in words.
    what: String,
}

impl fmt::Display for HeaderWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mended, what, .. } = self;
        match mended {
            Some(header) => write!(
                f,
                "its nonce does not meet its target as it stands, and does with {what}: the header \
                 that is meant is {}, whose own nonce meets its target",
                header.to_hex()
            ),
            None => write!(
                f,
                "{what}; in a header integers are little-endian, and hashes stand in the reverse of \
                 the order in which they are shown. Its nonce meets its target in no order of the \
                 fields, so that none is proven: check the order of the bytes"
            ),
        }
    }
}

impl Header {
    /// What is turned in it; nothing where its own nonce meets its target. Every combination of turned fields
    /// is tried, and the one with which the nonce meets the target is the header that was meant. Where none
    /// does, it is doubted where its fields look turned, without a guess at what was meant.
    ///
    /// ```
    /// use hashwatt_quantities::pow::{ByteOrder, Header};
    ///
    /// // Block 1 with its hashes as explorers show them.
    /// let shown: Header = "01000000 000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f
    ///     0e3e2357e806b6cdb1f70b54c3a3a17b6714ee1f0e68bebb44a74b1efd512098 61bc6649 ffff001d 01e36299"
    ///     .parse()?;
    /// let doubt = shown.doubt().unwrap();
    /// assert_eq!(doubt.order, ByteOrder::HashesReversed);
    /// assert!(doubt.mended.unwrap().hash().to_string().starts_with("00000000839a8e68"));
    /// # Ok::<(), hashwatt_quantities::pow::PowError>(())
    /// ```
    pub fn doubt(&self) -> Option<HeaderWarning> {
        if self.is_proven() {
            return None;
        }
        let meant = Turns::all().into_iter().find(|turns| turns.undone(self).is_proven());
        if let Some(turns) = meant {
            let (order, mended) = (turns.order(), Some(turns.undone(self)));
            return Some(HeaderWarning { order, mended, what: turns.to_string() });
        }
        let (order, what) = self.look()?;
        Some(HeaderWarning { order, mended: None, what: what.to_owned() })
    }

    /// What looks turned, by the fields alone.
    fn look(&self) -> Option<(ByteOrder, &'static str)> {
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
                "time and bits look reversed: every four bytes may stand in reverse, as in getwork data",
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

    /// With every four bytes reversed.
    pub(super) fn with_words_swapped(&self) -> Self {
        let mut bytes = self.to_bytes();
        bytes.as_chunks_mut::<4>().0.iter_mut().for_each(|word| word.reverse());
        Self::from_bytes(&bytes)
    }

    /// With all bytes reversed.
    fn with_bytes_reversed(&self) -> Self {
        let mut bytes = self.to_bytes();
        bytes.reverse();
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

/// As the hash of every block of the main network, and not all zeros as before the first.
fn ends_in_zeros(hash: Hash256) -> bool {
    let bytes = hash.to_bytes();
    bytes.iter().rev().take(ZEROS).all(|byte| *byte == 0) && bytes.iter().any(|byte| *byte != 0)
}

#[cfg(test)]
mod tests {
    use super::super::CompactTarget;
    use super::rearranged::HashTurn;
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

    /// What is proven of a turned header.
    fn proven(turned: Header, order: ByteOrder, what: &str) {
        let doubt = turned.doubt().unwrap_or_else(|| panic!("{what}: nothing is doubted"));
        assert_eq!((doubt.order, doubt.mended), (order, Some(block())), "{what}: {doubt}");
        let told = doubt.to_string();
        assert!(told.contains(&format!("does with {what}: the header")), "{what}: {told}");
        assert!(told.contains(BLOCK_170) && told.ends_with("meets its target"), "{told}");
    }

    #[test]
    fn each_order_of_a_block_is_found_and_its_work_proves_the_mended_header() {
        let block = block();
        assert_eq!(block.doubt(), None);
        let swapped = block.with_words_swapped();
        let hash_swapped = |hash| HashTurn::WordsSwapped.of(hash);
        let both = "the previous hash reversed, the merkle root reversed";
        let integers =
            "the version reversed, the time reversed, the bits reversed, the nonce reversed";
        use ByteOrder::{BytesReversed, FieldsReversed, HashesReversed, SomeFields, WordsSwapped};
        for (turned, order, what) in [
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
                "the previous hash with its words of four bytes in reverse order".to_owned(),
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
            proven(turned, order, &what);
        }
    }

    #[test]
    fn every_combination_of_turned_fields_is_undone() {
        let block = block();
        let all = Turns::all();
        assert_eq!(all.len(), 4 + 2 * 4 * 4 * 16);
        // Each turn undoes itself, so that what undoes a header turns one as well.
        for turns in all.iter().filter(|turns| !turns.whole) {
            let mended = turns.undone(&block).doubt().map(|doubt| doubt.mended);
            let wanted = (turns.fields() > 0).then_some(Some(block));
            assert_eq!(mended, wanted, "{turns}");
            let reversed = turns.undone(&block).with_bytes_reversed().doubt().unwrap();
            let wanted = (ByteOrder::BytesReversed, Some(block));
            assert_eq!((reversed.order, reversed.mended), wanted, "{turns}");
        }
    }

    #[test]
    fn header_whose_nonce_is_still_to_be_found_is_doubted_without_a_guess() {
        let unmined = Header { nonce: 0, ..block() };
        assert_eq!(unmined.doubt(), None);
        for (turned, order, what) in [
            (shown(unmined), ByteOrder::HashesReversed, "the previous hash looks reversed"),
            (unmined.with_words_swapped(), ByteOrder::WordsSwapped, "time and bits look reversed"),
            (all_shown(unmined), ByteOrder::FieldsReversed, "every field looks reversed"),
            (unmined.with_bytes_reversed(), ByteOrder::BytesReversed, "all 80 bytes look reversed"),
        ] {
            let doubt = turned.doubt().unwrap();
            assert_eq!((doubt.order, doubt.mended), (order, None));
            let told = doubt.to_string();
            assert!(
                told.starts_with(what) && told.ends_with("check the order of the bytes"),
                "{told}"
            );
        }
    }

    #[test]
    fn swapped_words_are_told_by_the_bits_where_the_time_reads_the_same_from_both_ends() {
        let block = Header { time: 0x5a5a_5a5a, ..block() };
        let doubt = block.with_words_swapped().doubt().unwrap();
        assert_eq!((doubt.order, doubt.mended), (ByteOrder::WordsSwapped, None));
    }

    #[test]
    fn keys_of_byte_orders_are_those_of_the_results() {
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
