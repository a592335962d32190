//! The part of a double hash that does not depend on the nonce, computed once per job. The nonce is
//! word 3 of the header's second block, so three rounds and many schedule words are the same for every
//! nonce; the second hash ends with padding. The indices are those of FIPS 180-4.

use crate::pow::{IV, K, round};
use crate::scan::job::Job;

/// The padding of a message, and the lengths of a header and of a hash in bits.
pub(super) const PADDING: u32 = 0x8000_0000;
pub(super) const HEADER_BITS: u32 = 640;
pub(super) const DIGEST_BITS: u32 = 256;

/// A compression of the double hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Compression {
    /// The compression of the header's second block: the nonce is word 3.
    First,
    /// The compression of the first hash.
    Second,
}

/// What is known about a message word before the nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// It is zero.
    Zero,
    /// It depends on the job alone.
    Constant,
    /// It depends on the nonce.
    Varies,
}

impl Compression {
    /// What is known about schedule word `t`.
    pub fn word(self, t: usize) -> Word {
        match (self, t) {
            (Self::First, 5..=14) | (Self::Second, 9..=14) => Word::Zero,
            (Self::First, 0..=2 | 4 | 15..=17) | (Self::Second, 8 | 15) => Word::Constant,
            _ => Word::Varies,
        }
    }

    /// The first round that is done for each nonce. The rounds before it are included in the constant
    /// state.
    pub fn first_round(self) -> usize {
        match self {
            Self::First => 4,
            Self::Second => 1,
        }
    }

    /// The last round that is needed. In the second compression, E of round 60 moves unchanged to H,
    /// the digest's last word, in three more rounds.
    pub fn last_round(self) -> usize {
        match self {
            Self::First => 63,
            Self::Second => 60,
        }
    }
}

pub(super) fn sigma0(x: u32) -> u32 {
    x.rotate_right(7) ^ x.rotate_right(18) ^ (x >> 3)
}
pub(super) fn sigma1(x: u32) -> u32 {
    x.rotate_right(17) ^ x.rotate_right(19) ^ (x >> 10)
}

/// The values of a compression that do not depend on the nonce.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prehash {
    /// `K`, plus the schedule word if that is constant.
    pub(super) kw: [u32; 64],
    /// `part[t - 16]` is the sum of the constant terms of schedule word `t`.
    pub(super) part: [u32; 18],
    /// The state before the first round that is done for each nonce, without the varying word (the
    /// nonce, or the digest's first word) that is added to A and E.
    pub(super) state: [u32; 8],
}

impl Prehash {
    /// The values for the header's second block.
    pub(super) fn first(job: &Job) -> Self {
        let mut message = [0; 16];
        message[..3].copy_from_slice(&job.tail());
        (message[4], message[15]) = (PADDING, HEADER_BITS);
        let state = after_rounds(job.midstate().words(), &message[..4]);
        Self::new(Compression::First, message, state)
    }

    /// The values for the first hash.
    pub(super) fn second() -> Self {
        let mut message = [0; 16];
        (message[8], message[15]) = (PADDING, DIGEST_BITS);
        Self::new(Compression::Second, message, after_rounds(IV, &message[..1]))
    }

    /// The values from a message that has zeros for the words that vary.
    fn new(which: Compression, message: [u32; 16], state: [u32; 8]) -> Self {
        let mut known = [0u32; 64];
        known[..16].copy_from_slice(&message);
        let mut part = [0; 18];
        for t in 16..34 {
            // A word that varies counts as zero in the sums of later words.
            let sum = sigma1(known[t - 2])
                .wrapping_add(known[t - 7])
                .wrapping_add(sigma0(known[t - 15]))
                .wrapping_add(known[t - 16]);
            part[t - 16] = sum;
            known[t] = if which.word(t) == Word::Constant { sum } else { 0 };
        }
        Self { kw: std::array::from_fn(|t| K[t].wrapping_add(known[t])), part, state }
    }
}

/// A state from A to H as the two operands of x86's SHA instructions, ABEF and CDGH, each from the
/// lowest lane up (Intel SDM, SHA256RNDS2).
pub(super) fn sha_rows([a, b, c, d, e, f, g, h]: [u32; 8]) -> [[u32; 4]; 2] {
    [[f, e, b, a], [h, g, d, c]]
}

/// The state after the first rounds, one round for each of `words`.
pub(super) fn after_rounds(state: [u32; 8], words: &[u32]) -> [u32; 8] {
    words.iter().zip(K).fold(state, |state, (word, k)| round(state, k, *word))
}
