//! Calls a generated kernel: fills its memory block, passes it nonces, and reads the candidates.

use super::block::{BASE, Block, STREAMED};
use super::narrow::Narrow;
use super::staggered::{ITERATIONS, MAX_IN_FLIGHT, MIDDLE, Staggered};
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;

/// The entry point of a generated kernel. Arguments: the base in its memory block, the number of
/// iterations, and the result records of eight bytes per iteration, if it writes any.
pub type Entry = unsafe extern "sysv64" fn(*mut u8, u64, *mut u64);

/// How nonces pass through a kernel, and how its candidates are read.
#[derive(Debug)]
pub enum Unit {
    /// Several nonces per iteration in a [`Block`], with a result record per iteration.
    Wide(Lanes),
    /// Several nonces per iteration in a [`Narrow`], with a result record per iteration.
    Narrow(Lanes),
    /// One nonce per iteration, this many in flight, in a [`Staggered`], which lists the candidates.
    Staggered(u32),
}

/// The nonces of an iteration that are hashed in parallel.
#[derive(Debug)]
pub struct Lanes {
    /// The number of nonces per iteration: a power of two, at most 256.
    lanes: u64,
    /// The number of iterations from the entry of a batch to its result.
    latency: usize,
    /// The bits of a record that are used.
    mask: u64,
    /// The bits of a record per lane.
    bits: u32,
}

/// The first hash in one iteration, the second hash and the comparison in the next.
pub static VECTORS: Unit = Unit::Wide(Lanes { lanes: 16, latency: 1, mask: 0xffff, bits: 1 });
/// Message words, rounds, message words, rounds and comparison in five iterations. A lane has the four
/// words FEBA, of which the second is used.
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
/// Three nonces in flight: in each iteration one enters and one leaves.
pub static THREE_STAGGERED: Unit = Unit::Staggered(3);
/// Four nonces in flight.
pub static FOUR_STAGGERED: Unit = Unit::Staggered(4);

/// The memory block of a kernel with records.
trait Memory {
    /// Sets the next nonce, and returns the value of the kernel's base register.
    fn set_next_nonce(&mut self, nonce: u32) -> *mut u8;
}

impl Memory for Block {
    fn set_next_nonce(&mut self, nonce: u32) -> *mut u8 {
        self.next_nonce = nonce;
        (&raw mut *self).cast::<u8>().wrapping_add(BASE)
    }
}

impl Memory for Narrow {
    fn set_next_nonce(&mut self, nonce: u32) -> *mut u8 {
        self.next_nonce = nonce;
        (&raw mut *self).cast()
    }
}

/// The maximum of [`Lanes::latency`].
const MAX_LATENCY: usize = 4;

/// The maximum number of iterations of a kernel with records in one call: enough to make the cost of
/// filling the pipeline small.
const RECORDS: usize = 1024;

/// A generated kernel that this processor can run.
#[derive(Clone, Copy, Debug)]
pub struct Generated {
    name: &'static str,
    entry: Entry,
    unit: &'static Unit,
}

impl Generated {
    /// A kernel with this name.
    ///
    /// # Safety
    /// The function must have been generated for this library's memory blocks and this unit, and the
    /// processor must have its instruction set wherever [`Generated::scan`] is called.
    pub const unsafe fn new(name: &'static str, entry: Entry, unit: &'static Unit) -> Self {
        Self { name, entry, unit }
    }

    /// The variant's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The number of nonces hashed in parallel.
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
                self.scan_by_records(lanes, &mut *Block::new(job), range, &mut candidate)
            }
            Unit::Narrow(lanes) => {
                self.scan_by_records(lanes, &mut *Narrow::new(job), range, &mut candidate)
            }
            Unit::Staggered(in_flight) => {
                self.scan_by_candidates(*in_flight, job, range, &mut candidate);
            }
        }
    }

    fn scan_by_records(
        &self,
        unit: &Lanes,
        block: &mut impl Memory,
        range: NonceRange,
        candidate: &mut impl FnMut(u64),
    ) {
        let mut records = [0u64; RECORDS + MAX_LATENCY];
        // Batches are aligned, so that adding the lane's number to the low byte never carries.
        let mut base = u64::from(range.start()) / unit.lanes * unit.lanes;
        while base < range.end() {
            let left = (range.end() - base).div_ceil(unit.lanes);
            let iterations = usize::try_from(left).unwrap_or(RECORDS).min(RECORDS);
            let (all, _) = records.split_at_mut(iterations + unit.latency);
            // Past the last nonce the counter wraps; those results are ignored.
            let base_register = block.set_next_nonce(base as u32);
            // SAFETY: the instruction set is guaranteed by the contract of `Generated::new`. The
            // kernel accesses only the block, whose offsets it was generated with, and one record per
            // iteration; the base is inside the block.
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

    fn scan_by_candidates(
        &self,
        in_flight: u32,
        job: &Job,
        range: NonceRange,
        candidate: &mut impl FnMut(u64),
    ) {
        const MAX_NONCES: u64 = (ITERATIONS - 2 * MAX_IN_FLIGHT) as u64;
        let mut block = Staggered::new(job);
        let mut base = u64::from(range.start());
        while base < range.end() {
            let nonces = (range.end() - base).min(MAX_NONCES);
            let iterations = block.start(base as u32, nonces as u32, in_flight);
            let at = (&raw mut *block).cast::<u8>().wrapping_add(MIDDLE);
            // SAFETY: the instruction set is guaranteed by the contract of `Generated::new`. The
            // kernel accesses only the block, whose offsets it was generated with, and which has space
            // for one candidate per iteration; the base is inside the block.
            unsafe { (self.entry)(at, iterations.into(), std::ptr::null_mut()) };
            for nonce in block.candidates() {
                // Candidates from the previous contents of the pages are outside the range.
                let number = u64::from(nonce.wrapping_sub(base as u32));
                if number < nonces {
                    candidate(base + number);
                }
            }
            base += nonces;
        }
    }
}
