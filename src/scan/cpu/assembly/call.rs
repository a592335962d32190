//! Calls a generated kernel: fills its memory, hands it nonces, reads its verdicts.

use super::block::{BASE, Block, STREAMED};
use super::narrow::Narrow;
use super::staggered::{ITERATIONS, MAX_IN_FLIGHT, MIDDLE, Staggered};
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;

/// A generated kernel: the block at its base, iterations, and a record of eight bytes for the
/// verdicts of each, where it writes such.
pub type Entry = unsafe extern "sysv64" fn(*mut u8, u64, *mut u64);

/// How nonces go through a kernel, and how its verdicts are read.
#[derive(Debug)]
pub enum Unit {
    /// Many an iteration, with a record for each iteration, in a [`Block`].
    Wide(Lanes),
    /// The same in a [`Narrow`].
    Narrow(Lanes),
    /// One an iteration, so many in flight; candidates are listed in a [`Staggered`].
    Staggered(u32),
}

/// Of nonces that go through an iteration side by side.
#[derive(Debug)]
pub struct Lanes {
    /// Nonces of an iteration, at most 256: a power of two.
    lanes: u64,
    /// Iterations from a batch's entering to its verdict.
    latency: usize,
    /// The bits in a record that count, and how many there are a lane.
    mask: u64,
    bits: u32,
}

/// The first hash in one iteration, the second and the verdict in the next.
pub static VECTORS: Unit = Unit::Wide(Lanes { lanes: 16, latency: 1, mask: 0xffff, bits: 1 });
/// Message words, rounds, message words again, rounds, verdict. A lane has the four words FEBA,
/// of which the second is wanted.
pub static STREAMS: Unit =
    Unit::Wide(Lanes { lanes: STREAMED as u64, latency: 4, mask: 0x2222_2222, bits: 4 });
/// The first hash of eight nonces in one iteration, the second in the next.
pub static EIGHT_WOVEN: Unit = Unit::Narrow(Lanes { lanes: 8, latency: 1, mask: 0xff, bits: 1 });
/// Both hashes of eight nonces in one iteration.
pub static EIGHT: Unit = Unit::Narrow(Lanes { lanes: 8, latency: 0, mask: 0xff, bits: 1 });
/// The first hash of four nonces in one iteration, the second in the next.
pub static FOUR_WOVEN: Unit = Unit::Narrow(Lanes { lanes: 4, latency: 1, mask: 0xf, bits: 1 });
/// Both hashes of four nonces in one iteration.
pub static FOUR: Unit = Unit::Narrow(Lanes { lanes: 4, latency: 0, mask: 0xf, bits: 1 });
/// A nonce enters an iteration, and another leaves it.
pub static THREE_STAGGERED: Unit = Unit::Staggered(3);
/// The same with four in flight.
pub static FOUR_STAGGERED: Unit = Unit::Staggered(4);

/// What a kernel with records works on.
trait Memory {
    /// Sets the next nonce; what the kernel's base register is to be.
    fn begin_at(&mut self, nonce: u32) -> *mut u8;
}

impl Memory for Block {
    fn begin_at(&mut self, nonce: u32) -> *mut u8 {
        self.next_nonce = nonce;
        (&raw mut *self).cast::<u8>().wrapping_add(BASE)
    }
}

impl Memory for Narrow {
    fn begin_at(&mut self, nonce: u32) -> *mut u8 {
        self.next_nonce = nonce;
        (&raw mut *self).cast()
    }
}

/// The longest way through an iteration.
const MAX_LATENCY: usize = 4;

/// Iterations of many lanes in one call: enough to make filling the pipeline cheap.
const RECORDS: usize = 1024;

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
    /// The function must have been generated with this library's blocks and for that unit, and
    /// the processor must have its instruction set wherever [`Generated::scan`] is called.
    pub const unsafe fn new(name: &'static str, entry: Entry, unit: &'static Unit) -> Self {
        Self { name, entry, unit }
    }

    /// The variant's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Nonces that it works on at once.
    pub fn lanes(&self) -> usize {
        match self.unit {
            Unit::Wide(lanes) | Unit::Narrow(lanes) => lanes.lanes as usize,
            Unit::Staggered(in_flight) => *in_flight as usize,
        }
    }

    /// Adds every hit in `range` to `hits`.
    pub fn scan(&self, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
        let wanted = u64::from(range.start())..range.end();
        let mut candidate = |nonce: u64| {
            if wanted.contains(&nonce) {
                hits.extend(job.verify(nonce as u32));
            }
        };
        match self.unit {
            Unit::Wide(lanes) => {
                self.by_records(lanes, &mut *Block::new(job), range, &mut candidate)
            }
            Unit::Narrow(lanes) => {
                self.by_records(lanes, &mut *Narrow::new(job), range, &mut candidate)
            }
            Unit::Staggered(in_flight) => {
                self.by_candidates(*in_flight, job, range, &mut candidate);
            }
        }
    }

    fn by_records(
        &self,
        unit: &Lanes,
        block: &mut impl Memory,
        range: NonceRange,
        candidate: &mut impl FnMut(u64),
    ) {
        let mut records = [0u64; RECORDS + MAX_LATENCY];
        // Batches are aligned, so that a lane's number adds to the low byte without a carry.
        let mut base = u64::from(range.start()) / unit.lanes * unit.lanes;
        while base < range.end() {
            let left = (range.end() - base).div_ceil(unit.lanes);
            let iterations = usize::try_from(left).unwrap_or(RECORDS).min(RECORDS);
            let (all, _) = records.split_at_mut(iterations + unit.latency);
            // Past the last nonce they wrap; those are not looked at.
            let base_register = block.begin_at(base as u32);
            // SAFETY: whoever made `self` vouched for the instructions. All that the
            // kernel touches is the block, whose offsets it was generated with, and one record
            // an iteration; the base is inside the block.
            unsafe { (self.entry)(base_register, all.len() as u64, all.as_mut_ptr()) };
            for (batch, record) in (0..).zip(&all[unit.latency..]) {
                let mut bits = record & unit.mask;
                while bits != 0 {
                    let lane = u64::from(bits.trailing_zeros() / unit.bits);
                    bits &= bits - 1;
                    candidate(base + batch * unit.lanes + lane);
                }
            }
            base += iterations as u64 * unit.lanes;
        }
    }

    fn by_candidates(
        &self,
        in_flight: u32,
        job: &Job,
        range: NonceRange,
        candidate: &mut impl FnMut(u64),
    ) {
        const MOST: u64 = (ITERATIONS - 2 * MAX_IN_FLIGHT) as u64;
        let mut block = Staggered::new(job);
        let mut base = u64::from(range.start());
        while base < range.end() {
            let nonces = (range.end() - base).min(MOST);
            let iterations = block.start(base as u32, nonces as u32, in_flight);
            let at = (&raw mut *block).cast::<u8>().wrapping_add(MIDDLE);
            // SAFETY: whoever made `self` vouched for the instructions. All that the kernel touches
            // is the block, whose offsets it was generated with, and which has room for a candidate
            // an iteration; the base is inside the block.
            unsafe { (self.entry)(at, iterations.into(), std::ptr::null_mut()) };
            for nonce in block.candidates() {
                // Verdicts on what was in the pages before are none of these.
                let number = u64::from(nonce.wrapping_sub(base as u32));
                if number < nonces {
                    candidate(base + number);
                }
            }
            base += nonces;
        }
    }
}
