//! Calls a generated kernel: fills its memory, hands it nonces, reads its verdicts.

use super::block::{BASE, Block, STREAMED};
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;

/// A generated kernel: the block at its base, iterations, and a record of eight bytes for the
/// verdicts of each.
pub type Entry = unsafe extern "sysv64" fn(*mut u8, u64, *mut u64);

/// How nonces go through an iteration, and how its record is read.
#[derive(Debug)]
pub struct Unit {
    /// Nonces of an iteration, at most 256: a power of two.
    lanes: u64,
    /// Iterations from a batch's entering to its verdict.
    latency: usize,
    /// The bits in a record that count, and how many there are a lane.
    mask: u64,
    bits: u32,
}

/// The first hash in one iteration, the second and the verdict in the next.
pub static VECTORS: Unit = Unit { lanes: 16, latency: 1, mask: 0xffff, bits: 1 };
/// Message words, rounds, message words again, rounds, verdict. A lane has the four words FEBA,
/// of which the second is wanted.
pub static STREAMS: Unit = Unit { lanes: STREAMED as u64, latency: 4, mask: 0x2222_2222, bits: 4 };

/// The longest way through an iteration.
const MOST_LATENCY: usize = 4;

/// Iterations in one call: enough to make filling the pipeline cheap.
const ITERATIONS: usize = 1024;

/// A generated kernel that this processor can run.
#[derive(Clone, Copy, Debug)]
pub struct Generated {
    name: &'static str,
    entry: Entry,
    unit: &'static Unit,
}

impl Generated {
    /// A kernel of that name.
    ///
    /// # Safety
    /// The function must have been generated with this library's [`Block`] and for that unit, and
    /// the processor must have its instruction set wherever [`Generated::scan`] is called.
    pub const unsafe fn new(name: &'static str, entry: Entry, unit: &'static Unit) -> Self {
        Self { name, entry, unit }
    }

    /// The variant's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Adds every hit in `range` to `hits`.
    pub fn scan(&self, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
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
            // SAFETY: whoever made `self` vouched for the instructions. All that the
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
