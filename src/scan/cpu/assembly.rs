//! Kernels whose instructions stand in an order that no compiler would keep: generated assembly
//! (`assembly/generated`, written by `assembly/generator`), and what calls it.
//!
//! A kernel is a loop over batches. An iteration works on several batches at once, each at
//! another stage, so that no instruction waits for the one before; a batch's verdict comes some
//! iterations after it enters.

mod block;
mod entries;
#[cfg(test)]
mod generator;

pub(super) use entries::{avx512, hybrid};

use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
use block::{BASE, Block, STREAMED};

/// A generated kernel: the block at its base, iterations, and a record of eight bytes for the
/// verdicts of each.
type Entry = unsafe extern "sysv64" fn(*mut u8, u64, *mut u64);

/// How nonces go through an iteration, and how its record is read.
#[derive(Debug)]
struct Unit {
    lanes: u64,
    /// Iterations from a batch's entering to its verdict.
    latency: usize,
    /// The bits in a record that count, and how many there are a lane.
    mask: u64,
    bits: u32,
}

/// The first hash in one iteration, the second and the verdict in the next.
static VECTORS: Unit = Unit { lanes: 16, latency: 1, mask: 0xffff, bits: 1 };
/// Message words, rounds, message words again, rounds, verdict. A lane has the four words FEBA,
/// of which the second is wanted.
static STREAMS: Unit = Unit { lanes: STREAMED as u64, latency: 4, mask: 0x2222_2222, bits: 4 };

/// The longest way through an iteration.
const MOST_LATENCY: usize = 4;

/// Iterations in one call: enough to make filling the pipeline cheap.
const ITERATIONS: usize = 1024;

/// A generated kernel that this processor can run: it is made with the token of its instruction
/// set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Generated {
    /// The variant's name.
    pub(super) name: &'static str,
    entry: Entry,
    unit: &'static Unit,
}

impl Generated {
    /// Adds every hit in `range` to `hits`.
    pub(super) fn scan(&self, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
        let unit = self.unit;
        let mut block = Block::new(job);
        let mut records = [0u64; ITERATIONS + MOST_LATENCY];
        let wanted = u64::from(range.start())..range.end();
        // Batches are aligned, so that a lane's number adds to the low byte without a carry.
        let mut base = wanted.start / unit.lanes * unit.lanes;
        while base < wanted.end {
            let left = (wanted.end - base).div_ceil(unit.lanes);
            let iterations = usize::try_from(left).unwrap_or(ITERATIONS).min(ITERATIONS);
            let (all, _) = records.split_at_mut(iterations + unit.latency);
            // Past the last nonce they wrap; those are not looked at.
            block.next_nonce = base as u32;
            let at = (&raw mut *block).cast::<u8>();
            // SAFETY: a token vouched for the instructions when `self` was made. All that the
            // kernel touches is the block, whose offsets it was generated with, and one record
            // an iteration; the base is inside the block.
            unsafe { (self.entry)(at.add(BASE), all.len() as u64, all.as_mut_ptr()) };
            for (batch, record) in (0..).zip(&all[unit.latency..]) {
                let mut bits = record & unit.mask;
                while bits != 0 {
                    let lane = u64::from(bits.trailing_zeros() / unit.bits);
                    bits &= bits - 1;
                    let nonce = base + batch * unit.lanes + lane;
                    if wanted.contains(&nonce) {
                        hits.extend(job.judge(nonce as u32));
                    }
                }
            }
            base += iterations as u64 * unit.lanes;
        }
    }
}
