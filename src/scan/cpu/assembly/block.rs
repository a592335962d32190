//! The memory that a generated kernel works on, and where everything in it stands: the same
//! struct is filled at run time and read by the generator (`crates/kernel-gen`) for its offsets.

use super::super::super::prehash::{Prehash, sha_rows};
use crate::pow::IV;
use crate::scan::job::Job;

/// A row is one schedule word, or one state word, of up to sixteen lanes.
pub type Row = [u32; 16];

/// Nonces that a unit can have in the SHA instructions at once.
pub const STREAMED: usize = 8;

/// Rounds are done in pairs by the SHA instructions.
pub const PAIRS: usize = 30;

/// The words of a batch as the SHA instructions want them: for every pair of rounds, eight
/// nonces' `W + K` of both rounds, side by side.
#[repr(C, align(64))]
#[derive(Clone, Debug)]
pub struct Pairs {
    /// Of each pair of rounds.
    pub words: [[u32; 2 * STREAMED]; PAIRS],
    /// What is added to A and E of the first state.
    pub entering: [u32; STREAMED],
}

/// What one of the two compressions does not take from the nonce (`Prehash`), and its state
/// once more.
#[repr(C, align(16))]
#[derive(Clone, Debug)]
pub struct Constants {
    /// The state before the first round that is left, without what the varying word adds to A
    /// and E, as the SHA instructions want it: FEBA and HGDC from the lowest lane up.
    pub rows: [[u32; 4]; 2],
    /// `K`, plus the schedule word where that is constant.
    pub kw: [u32; 64],
    /// `part[t - 16]` is the sum of the constant terms of schedule word `t`.
    pub part: [u32; 18],
    /// The same state from A to H.
    pub state: [u32; 8],
}

/// Everything, in the order that keeps what is broadcast near the base register.
#[repr(C, align(64))]
#[derive(Clone, Debug)]
pub struct Block {
    /// The last sixteen schedule words of either compression.
    pub ring: [[Row; 16]; 2],
    /// The first hash of nonces hashed in vectors, which is the message of the second.
    pub digest: [Row; 8],
    /// Of nonces hashed by the SHA instructions, the states after the first compression: two rows of
    /// four words a nonce.
    pub streamed_states: [[[u32; 4]; STREAMED]; 2],
    /// Their states after the second, the first of both rows.
    pub streamed_results: [[u32; 4]; STREAMED],
    /// What either compression does not take from the nonce.
    pub constants: [Constants; 2],
    /// The state after the header's first block.
    pub midstate: [u32; 8],
    /// Added to the last word's register to make it the digest's last word.
    pub last_iv: u32,
    /// Bits taken from the rotation by 8 when bytes are swapped.
    pub odd_bytes: u32,
    /// The highest word of the target.
    pub bound: u32,
    /// The next nonce.
    pub next_nonce: u32,
    /// `i << 24` in lane `i`: the step from lane to lane of a byte-swapped nonce.
    pub lanes: Row,
    /// Two batches in flight for either compression.
    pub pairs: [[Pairs; 2]; 2],
}

/// What the base register points to: broadcasts reach 508 bytes to either side.
pub const BASE: usize = {
    let at = std::mem::offset_of!(Block, constants) + std::mem::size_of::<[Constants; 2]>() / 2;
    // Whole rows stay a multiple of 64 bytes away, for short displacements.
    at / 64 * 64
};

impl From<Prehash> for Constants {
    fn from(Prehash { kw, part, state }: Prehash) -> Self {
        Self { rows: sha_rows(state), kw, part, state }
    }
}

impl Block {
    /// For one job.
    pub(super) fn new(job: &Job) -> Box<Self> {
        let constants = [Prehash::first(job), Prehash::second()].map(Constants::from);
        let rows = [[0; 16]; 16];
        let pairs = Pairs { words: [[0; 2 * STREAMED]; PAIRS], entering: [0; STREAMED] };
        Box::new(Self {
            ring: [rows; 2],
            digest: [[0; 16]; 8],
            streamed_states: [[[0; 4]; STREAMED]; 2],
            streamed_results: [[0; 4]; STREAMED],
            constants,
            midstate: job.midstate().words(),
            last_iv: IV[7],
            odd_bytes: 0xff00_ff00,
            bound: job.target().top_word(),
            next_nonce: 0,
            lanes: std::array::from_fn(|lane| (lane as u32) << 24),
            pairs: std::array::from_fn(|_| [pairs.clone(), pairs.clone()]),
        })
    }
}
