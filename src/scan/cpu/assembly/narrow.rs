//! The memory block of the kernels for vectors of four or eight words. Their instructions cannot
//! broadcast a memory operand, so every constant is stored once per lane. The struct is filled at run
//! time, and the generator (`crates/kernel-gen`) takes its offsets.

use super::super::super::prehash::{DIGEST_BITS, Prehash};
use crate::pow::{IV, K};
use crate::scan::job::Job;

/// One word of up to eight lanes. Loads and stores are aligned and of whole rows.
#[repr(C, align(32))]
#[derive(Clone, Copy, Debug)]
pub struct NarrowRow(pub [u32; 8]);

impl NarrowRow {
    /// The same word in every lane.
    fn splat(word: u32) -> Self {
        Self([word; 8])
    }
}

/// The values of a compression that do not depend on the nonce, and its schedule.
#[repr(C, align(64))]
#[derive(Clone, Debug)]
pub struct Rows {
    /// `K`, plus the schedule word if that is constant; in the second compression the kernel also adds
    /// the words of the first hash.
    pub kw: [NarrowRow; 64],
    /// The schedule's words.
    pub words: [NarrowRow; 64],
    /// `part[t - 16]` is the sum of the constant terms of schedule word `t`.
    pub part: [NarrowRow; 18],
    /// The state before the first round that is done for each nonce, without the varying word.
    pub state: [NarrowRow; 8],
    /// The state between two parts of a compression.
    pub carried: [NarrowRow; 8],
}

/// The memory block.
#[repr(C, align(64))]
#[derive(Clone, Debug)]
pub struct Narrow {
    /// The rows of each compression.
    pub rows: [Rows; 2],
    /// The state after the header's first block.
    pub midstate: [NarrowRow; 8],
    /// `K` of the first rounds.
    pub k: [NarrowRow; 8],
    /// Added to the last word's register to make it the digest's last word.
    pub last_iv: NarrowRow,
    /// The byte order that swaps the bytes of each word.
    pub swap: NarrowRow,
    /// The highest word of the target.
    pub bound: NarrowRow,
    /// `i << 24` in lane `i`: the step from lane to lane of a byte-swapped nonce.
    pub lanes: NarrowRow,
    /// The next nonce.
    pub next_nonce: u32,
    /// Values without a register.
    pub spilled: [NarrowRow; SPILLED],
}

/// The maximum number of values without a register.
pub const SPILLED: usize = 48;

impl From<Prehash> for Rows {
    fn from(Prehash { kw, part, state }: Prehash) -> Self {
        Self {
            kw: kw.map(NarrowRow::splat),
            words: [NarrowRow::splat(0); 64],
            part: part.map(NarrowRow::splat),
            state: state.map(NarrowRow::splat),
            carried: [NarrowRow::splat(0); 8],
        }
    }
}

impl Narrow {
    /// The block of a job.
    pub(super) fn new(job: &Job) -> Box<Self> {
        let mut rows = [Prehash::first(job), Prehash::second()].map(Rows::from);
        // Constant words that are read as if they varied when later words are computed.
        let [first, second] = &mut rows;
        (first.words[16], first.words[17]) = (first.part[0], first.part[1]);
        second.words[15] = NarrowRow::splat(DIGEST_BITS);
        let swapped = |word: u32| u32::from_le_bytes([3, 2, 1, 0]) + word % 4 * 0x0404_0404;
        Box::new(Self {
            rows,
            midstate: job.midstate().words().map(NarrowRow::splat),
            k: std::array::from_fn(|i| NarrowRow::splat(K[i])),
            last_iv: NarrowRow::splat(IV[7]),
            swap: NarrowRow(std::array::from_fn(|lane| swapped(lane as u32))),
            bound: NarrowRow::splat(job.target().top_word()),
            lanes: NarrowRow(std::array::from_fn(|lane| (lane as u32) << 24)),
            next_nonce: 0,
            spilled: [NarrowRow::splat(0); SPILLED],
        })
    }
}
