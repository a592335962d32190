//! The memory block of the kernels that keep three or four nonces in the SHA instructions, each a third
//! or a quarter of the work behind the previous one. The structs are filled at run time, and the
//! generator (`crates/kernel-gen`) takes their offsets.
//!
//! All memory that an iteration accesses is in six pages of 256 bytes, each with a base register that
//! points to its middle, so that every displacement fits in one byte. With displacements of four bytes,
//! the same instructions took 145 cycles per hash in place of 123 on Zen 1.

use super::super::super::prehash::{DIGEST_BITS, HEADER_BITS, PADDING, Prehash, sha_rows, sigma0};
use crate::pow::{IV, K};
use crate::scan::job::Job;

/// Four words, the lowest lane first.
pub type Quad = [u32; 4];

/// The offset in its page to which a base register points.
pub const MIDDLE: usize = 128;

/// The maximum number of nonces in flight.
pub const MAX_IN_FLIGHT: usize = 4;

/// The maximum number of iterations in one call.
pub const ITERATIONS: usize = 4096;

/// The values that do not depend on the nonce.
#[repr(C, align(256))]
#[derive(Clone, Debug)]
pub struct Shared {
    /// CDGH before the first round of the first compression that is done for each nonce, HGDC from the
    /// lowest lane.
    pub first_cdgh: Quad,
    /// The constant terms of the first compression's words 20 to 23 and 28 to 31.
    pub part20: Quad,
    /// See `part20`.
    pub part28: Quad,
    /// The midstate, FEBA and HGDC.
    pub midstate: [Quad; 2],
    /// The initial state, FEBA and HGDC.
    pub iv: [Quad; 2],
    /// The second message's words 8 to 11 and 12 to 15.
    pub padding: [Quad; 2],
    /// `W + K` of the first compression's rounds 4 to 17, in pairs.
    pub first_kw: [[u32; 2]; 7],
    /// `W + K` of the second compression's rounds 8 to 15, in pairs.
    pub second_kw: [[u32; 2]; 4],
    /// The constant terms of the first compression's words 18 and 19.
    pub part18: [u32; 2],
    /// E and A before the first round that is done for each nonce, without the nonce.
    pub entering: [u32; 2],
    /// The highest word of the target.
    pub bound: u32,
    /// The value at which the nonce counter stops.
    pub end: u32,
}

/// The round constants, as a quad from every even round on.
#[repr(C, align(256))]
#[derive(Clone, Debug)]
pub struct RoundConstants {
    /// The quads from rounds 0, 4, ... on.
    pub low: [Quad; 16],
    /// The quads from rounds 2, 6, ... on, without the last.
    pub high: [Quad; 15],
}

/// One nonce in flight.
#[repr(C, align(256))]
#[derive(Clone, Debug, Default)]
pub struct Stream {
    /// The first compression's words 16 to 19.
    pub w16: Quad,
    /// ABEF before the first round that is done for each nonce, FEBA from the lowest lane.
    pub begin: Quad,
    /// The state at the end, FEBA and HGDC.
    pub last: [Quad; 2],
    /// Schedule words 16 to 59 of the current compression.
    pub words: [Quad; 11],
    /// `W + K` of the first compression's rounds 18 and 19.
    pub kw18: [u32; 2],
    /// Space for sums without a register.
    pub scratch: [u32; 2],
}

/// The memory block.
#[repr(C, align(256))]
#[derive(Clone, Debug)]
pub struct Staggered {
    /// The values shared by all nonces of a job.
    pub shared: Shared,
    /// The values shared by all jobs.
    pub constants: RoundConstants,
    /// The nonces in flight.
    pub streams: [Stream; MAX_IN_FLIGHT],
    /// The start of the nonce counter.
    pub next: u32,
    /// The number of candidates found.
    pub found: u32,
    /// The nonces of the candidates: at most one per iteration.
    pub candidates: [u32; ITERATIONS],
}

impl Staggered {
    /// The block of a job.
    pub(super) fn new(job: &Job) -> Box<Self> {
        let (first, second) = (Prehash::first(job), Prehash::second());
        let [begin, first_cdgh] = sha_rows(first.state);
        let [part16, part17, part18, part19] = std::array::from_fn(|i| first.part[i]);
        let pair = |kw: [u32; 64], t: usize| [kw[t], kw[t + 1]];
        let shared = Shared {
            first_cdgh,
            part20: std::array::from_fn(|i| first.part[4 + i]),
            // Without words 21 to 24, which vary.
            part28: [0, 0, sigma0(HEADER_BITS), HEADER_BITS.wrapping_add(sigma0(part16))],
            midstate: sha_rows(job.midstate().words()),
            iv: sha_rows(IV),
            padding: [[PADDING, 0, 0, 0], [0, 0, 0, DIGEST_BITS]],
            first_kw: std::array::from_fn(|i| pair(first.kw, 4 + 2 * i)),
            second_kw: std::array::from_fn(|i| pair(second.kw, 8 + 2 * i)),
            part18: [part18, part19],
            entering: [first.state[4], first.state[0]],
            bound: job.target().top_word(),
            end: 0,
        };
        let quad = |t: usize| std::array::from_fn(|i| K[t + i]);
        let constants = RoundConstants {
            low: std::array::from_fn(|i| quad(4 * i)),
            high: std::array::from_fn(|i| quad(4 * i + 2)),
        };
        let stream = Stream { w16: [part16, part17, 0, 0], begin, ..Stream::default() };
        Box::new(Self {
            shared,
            constants,
            streams: std::array::from_fn(|_| stream.clone()),
            next: 0,
            found: 0,
            candidates: [0; ITERATIONS],
        })
    }

    /// Sets the counter for `nonces` nonces from `base` on, which may wrap, and returns the number of
    /// iterations. A nonce's words are computed `in_flight` iterations before it enters, and its result
    /// is available `in_flight` iterations after.
    pub(super) fn start(&mut self, base: u32, nonces: u32, in_flight: u32) -> u32 {
        let iterations = nonces + 2 * in_flight;
        self.next = base.wrapping_sub(in_flight);
        self.shared.end = self.next.wrapping_add(iterations);
        self.found = 0;
        iterations
    }

    /// The nonces of the candidates. They may include previous contents of the pages.
    pub(super) fn candidates(&self) -> &[u32] {
        let found = (self.found as usize).min(ITERATIONS);
        &self.candidates[..found]
    }
}
