//! The ways in which the fields of a header may have been turned, and a header with one of them undone.

use super::super::{Hash256, Header};
use super::ByteOrder;
use std::fmt;

/// How the 32 bytes of a hash have been turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HashTurn {
    Not,
    /// All bytes in reverse.
    Reversed,
    /// The bytes of every word of four in reverse.
    WordsSwapped,
    /// The words in reverse, and not the bytes in them.
    WordsReversed,
}

impl HashTurn {
    const ALL: [Self; 4] = [Self::Not, Self::Reversed, Self::WordsSwapped, Self::WordsReversed];

    /// Each of them undoes itself.
    pub(super) fn of(self, hash: Hash256) -> Hash256 {
        let swapped = |hash: Hash256| {
            let mut bytes = hash.to_bytes();
            bytes.as_chunks_mut::<4>().0.iter_mut().for_each(|word| word.reverse());
            Hash256::from_bytes(bytes)
        };
        match self {
            Self::Not => hash,
            Self::Reversed => hash.reversed(),
            Self::WordsSwapped => swapped(hash),
            Self::WordsReversed => swapped(hash.reversed()),
        }
    }

    fn told(self) -> &'static str {
        match self {
            Self::Not => "",
            Self::Reversed => "reversed",
            Self::WordsSwapped => "with every four bytes reversed",
            Self::WordsReversed => "with its words of four bytes in reverse order",
        }
    }
}

/// The integers of a header, as bits of [`Turns::integers`].
const INTEGERS: [&str; 4] = ["version", "time", "bits", "nonce"];
const ALL_INTEGERS: u8 = 0b1111;

/// Which fields of a header have been turned, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turns {
    /// All 80 bytes, before the fields.
    pub(super) whole: bool,
    previous: HashTurn,
    merkle: HashTurn,
    /// A bit for each of [`INTEGERS`].
    integers: u8,
}

impl Turns {
    /// All that are tried: those of a whole header first, then those of fewer fields before those of more.
    pub(super) fn all() -> Vec<Self> {
        use HashTurn::{Not, Reversed, WordsSwapped};
        let turns = |whole, previous, merkle, integers| Self { whole, previous, merkle, integers };
        let mut all = vec![
            turns(false, Reversed, Reversed, 0),
            turns(false, WordsSwapped, WordsSwapped, ALL_INTEGERS),
            turns(false, Reversed, Reversed, ALL_INTEGERS),
            turns(true, Not, Not, 0),
        ];
        let usual = all.len();
        for whole in [false, true] {
            for (previous, merkle) in HashTurn::ALL
                .into_iter()
                .flat_map(|p| HashTurn::ALL.into_iter().map(move |m| (p, m)))
            {
                all.extend((0..=ALL_INTEGERS).map(|i| turns(whole, previous, merkle, i)));
            }
        }
        all[usual..].sort_by_key(Self::fields);
        all
    }

    /// How many fields are turned, a whole header more than all of them.
    pub(super) fn fields(&self) -> u32 {
        let hashes = [self.previous, self.merkle];
        let hashes = hashes.iter().filter(|turn| **turn != HashTurn::Not).count() as u32;
        hashes + self.integers.count_ones() + 8 * u32::from(self.whole)
    }

    /// A header with them undone.
    pub(super) fn undone(&self, header: &Header) -> Header {
        let header = if self.whole { header.with_bytes_reversed() } else { *header };
        let swapped = header.with_words_swapped();
        let is_turned = |at: usize| self.integers & (1 << at) != 0;
        Header {
            version: if is_turned(0) { swapped.version } else { header.version },
            prev_block: self.previous.of(header.prev_block),
            merkle_root: self.merkle.of(header.merkle_root),
            time: if is_turned(1) { swapped.time } else { header.time },
            bits: if is_turned(2) { swapped.bits } else { header.bits },
            nonce: if is_turned(3) { swapped.nonce } else { header.nonce },
        }
    }

    pub(super) fn order(&self) -> ByteOrder {
        use HashTurn::{Not, Reversed, WordsSwapped};
        let hashes = [self.previous, self.merkle];
        match (self.integers, hashes) {
            _ if self.whole => ByteOrder::BytesReversed,
            (0, hashes) if hashes.iter().all(|turn| matches!(turn, Not | Reversed)) => {
                ByteOrder::HashesReversed
            }
            (ALL_INTEGERS, [Reversed, Reversed]) => ByteOrder::FieldsReversed,
            (ALL_INTEGERS, [WordsSwapped, WordsSwapped]) => ByteOrder::WordsSwapped,
            _ => ByteOrder::SomeFields,
        }
    }
}

/// `the previous hash reversed, the time reversed`.
impl fmt::Display for Turns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if self.whole {
            parts.push("all 80 bytes reversed".to_owned());
        }
        for (turn, name) in [(self.previous, "previous hash"), (self.merkle, "merkle root")] {
            if turn != HashTurn::Not {
                parts.push(format!("the {name} {}", turn.told()));
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
