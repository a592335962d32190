//! The memory block of the wide generated kernels. The struct is filled at run time, and the generator
//! (`crates/kernel-gen`) takes its offsets.

use super::super::super::prehash::{Prehash, sha_rows};
use crate::pow::IV;
use crate::scan::job::Job;

/// One schedule word or state word of up to sixteen lanes.
pub type Row = [u32; 16];

/// The number of nonces in the SHA instructions in an iteration.
pub const STREAMED: usize = 8;

/// The number of pairs of rounds per compression that the SHA instructions do.
pub const PAIRS: usize = 30;

/// The words of a batch in the format of the SHA instructions: for every pair of rounds, `W + K` of both
/// rounds for eight nonces.
#[repr(C, align(64))]
#[derive(Clone, Debug)]
pub struct Pairs {
    /// The words of each pair of rounds.
    pub words: [[u32; 2 * STREAMED]; PAIRS],
    /// The word that is added to A and E of the first state.
    pub entering: [u32; STREAMED],
}

/// The values of a compression that do not depend on the nonce (`Prehash`), with the state in two
/// formats.
#[repr(C, align(16))]
#[derive(Clone, Debug)]
pub struct Constants {
    /// The state before the first round that is done for each nonce, without the varying word that is
    /// added to A and E, in the format of the SHA instructions: FEBA and HGDC from the lowest lane up.
    pub rows: [[u32; 4]; 2],
    /// `K`, plus the schedule word if that is constant.
    pub kw: [u32; 64],
    /// `part[t - 16]` is the sum of the constant terms of schedule word `t`.
    pub part: [u32; 18],
    /// The state from A to H.
    pub state: [u32; 8],
}

/// The memory block, in an order that keeps broadcast values near the base register.
#[repr(C, align(64))]
#[derive(Clone, Debug)]
pub struct Block {
    /// The last sixteen schedule words of each compression.
    pub ring: [[Row; 16]; 2],
    /// The first hash of nonces hashed in vectors, which is the message of the second.
    pub digest: [Row; 8],
    /// The states after the first compression of nonces hashed by the SHA instructions: two rows of four
    /// words per nonce.
    pub streamed_states: [[[u32; 4]; STREAMED]; 2],
    /// The first row of their states after the second compression.
    pub streamed_results: [[u32; 4]; STREAMED],
    /// The values of each compression that do not depend on the nonce.
    pub constants: [Constants; 2],
    /// The state after the header's first block.
    pub midstate: [u32; 8],
    /// Added to the last word's register to make it the digest's last word.
    pub last_iv: u32,
    /// The mask of the bits taken from the rotation by 8 when bytes are swapped.
    pub odd_bytes: u32,
    /// The highest word of the target.
    pub bound: u32,
    /// The next nonce.
    pub next_nonce: u32,
    /// `i << 24` in lane `i`: the step from lane to lane of a byte-swapped nonce.
    pub lanes: Row,
    /// Two buffers for each compression: one is filled while the other is hashed.
    pub pairs: [[Pairs; 2]; 2],
}

/// The offset to which the base register points: the short displacements of broadcasts reach 508 bytes
/// in both directions.
pub const BASE: usize = {
    let at = std::mem::offset_of!(Block, constants) + std::mem::size_of::<[Constants; 2]>() / 2;
    // A multiple of 64 bytes, so that rows have short displacements, too.
    at / 64 * 64
};

impl From<Prehash> for Constants {
    fn from(Prehash { kw, part, state }: Prehash) -> Self {
        Self { rows: sha_rows(state), kw, part, state }
    }
}

impl Block {
    /// The block of a job.
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
