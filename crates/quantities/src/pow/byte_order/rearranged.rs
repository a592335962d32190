//! The ways in which the bytes of a header's fields may be rearranged, and the inverse operation.

use super::super::{Hash256, Header};
use super::ByteOrder;
use std::fmt;

/// How the 32 bytes of a hash are rearranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HashOrder {
    Unchanged,
    /// All bytes reversed.
    Reversed,
    /// The bytes of every four-byte word reversed.
    WordsSwapped,
    /// The order of the words reversed, but not the bytes within them.
    WordsReversed,
}

impl HashOrder {
    const ALL: [Self; 4] =
        [Self::Unchanged, Self::Reversed, Self::WordsSwapped, Self::WordsReversed];

    /// The rearranged hash. Each rearrangement is its own inverse.
    pub(super) fn apply(self, hash: Hash256) -> Hash256 {
        let swapped = |hash: Hash256| {
            let mut bytes = hash.to_bytes();
            bytes.as_chunks_mut::<4>().0.iter_mut().for_each(|word| word.reverse());
            Hash256::from_bytes(bytes)
        };
        match self {
            Self::Unchanged => hash,
            Self::Reversed => hash.reversed(),
            Self::WordsSwapped => swapped(hash),
            Self::WordsReversed => swapped(hash.reversed()),
        }
    }

    fn description(self) -> &'static str {
        match self {
            Self::Unchanged => "",
            Self::Reversed => "reversed",
            Self::WordsSwapped => "with every four bytes reversed",
            Self::WordsReversed => "with its four-byte words in reverse order",
        }
    }
}

/// The integers of a header, as bits of [`Rearrangement::integers`].
const INTEGERS: [&str; 4] = ["version", "time", "bits", "nonce"];
const ALL_INTEGERS: u8 = 0b1111;

/// Which fields of a header are rearranged, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rearrangement {
    /// Whether all 80 bytes are reversed, before the fields are rearranged.
    pub(super) whole: bool,
    previous: HashOrder,
    merkle: HashOrder,
    /// A bit for each of [`INTEGERS`].
    integers: u8,
}

impl Rearrangement {
    /// All rearrangements to try: first the common ones of a whole header, then those of fewer fields before those of
    /// more.
    pub(super) fn all() -> Vec<Self> {
        use HashOrder::{Reversed, Unchanged, WordsSwapped};
        let new = |whole, previous, merkle, integers| Self { whole, previous, merkle, integers };
        let mut all = vec![
            new(false, Reversed, Reversed, 0),
            new(false, WordsSwapped, WordsSwapped, ALL_INTEGERS),
            new(false, Reversed, Reversed, ALL_INTEGERS),
            new(true, Unchanged, Unchanged, 0),
        ];
        let common = all.len();
        for whole in [false, true] {
            for (previous, merkle) in HashOrder::ALL
                .into_iter()
                .flat_map(|p| HashOrder::ALL.into_iter().map(move |m| (p, m)))
            {
                all.extend((0..=ALL_INTEGERS).map(|i| new(whole, previous, merkle, i)));
            }
        }
        all[common..].sort_by_key(Self::changed_fields);
        all
    }

    /// The number of changed fields; a reversed header counts more than all of them.
    pub(super) fn changed_fields(&self) -> u32 {
        let hashes = [self.previous, self.merkle];
        let hashes = hashes.iter().filter(|order| **order != HashOrder::Unchanged).count() as u32;
        hashes + self.integers.count_ones() + 8 * u32::from(self.whole)
    }

    /// The header before the rearrangement.
    pub(super) fn undo(&self, header: &Header) -> Header {
        let header = if self.whole { header.with_bytes_reversed() } else { *header };
        let swapped = header.with_words_swapped();
        let is_swapped = |at: usize| self.integers & (1 << at) != 0;
        Header {
            version: if is_swapped(0) { swapped.version } else { header.version },
            prev_block: self.previous.apply(header.prev_block),
            merkle_root: self.merkle.apply(header.merkle_root),
            time: if is_swapped(1) { swapped.time } else { header.time },
            bits: if is_swapped(2) { swapped.bits } else { header.bits },
            nonce: if is_swapped(3) { swapped.nonce } else { header.nonce },
        }
    }

    pub(super) fn byte_order(&self) -> ByteOrder {
        use HashOrder::{Reversed, Unchanged, WordsSwapped};
        let hashes = [self.previous, self.merkle];
        match (self.integers, hashes) {
            _ if self.whole => ByteOrder::BytesReversed,
            (0, hashes) if hashes.iter().all(|order| matches!(order, Unchanged | Reversed)) => {
                ByteOrder::HashesReversed
            }
            (ALL_INTEGERS, [Reversed, Reversed]) => ByteOrder::FieldsReversed,
            (ALL_INTEGERS, [WordsSwapped, WordsSwapped]) => ByteOrder::WordsSwapped,
            _ => ByteOrder::SomeFields,
        }
    }
}

/// `the previous hash reversed, the time reversed`.
impl fmt::Display for Rearrangement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if self.whole {
            parts.push("all 80 bytes reversed".to_owned());
        }
        for (order, name) in [(self.previous, "previous hash"), (self.merkle, "merkle root")] {
            if order != HashOrder::Unchanged {
                parts.push(format!("the {name} {}", order.description()));
            }
        }
        for (at, name) in INTEGERS.into_iter().enumerate() {
            if self.integers & (1 << at) != 0 {
                parts.push(format!("the {name} reversed"));
            }
        }
        f.write_str(&parts.join(", "))
    }
}
