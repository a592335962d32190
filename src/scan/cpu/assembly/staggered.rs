//! The memory of the kernels that keep three or four nonces in the SHA instructions, each a third or
//! a quarter of the way behind the one before. The same structs are filled at run time and read by the generator
//! (`crates/kernel-gen`) for their offsets.
//!
//! Everything that an iteration touches lies in six pages of 256 bytes, each with a base register
//! in its middle, so that every displacement is one byte: with four, the same instructions took 145
//! cycles a hash instead of 123 on Zen 1.

use super::super::super::prehash::{DIGEST_BITS, HEADER_BITS, PADDING, Prehash, sha_rows, sigma0};
use crate::pow::{IV, K};
use crate::scan::job::Job;

/// Four words, the lowest lane first.
pub type Quad = [u32; 4];

/// Where a base register points to in its page.
pub const MIDDLE: usize = 128;

/// The most nonces in flight.
pub const MAX_IN_FLIGHT: usize = 4;

/// The most iterations in one call.
pub const ITERATIONS: usize = 4096;

/// What does not depend on the nonce.
#[repr(C, align(256))]
#[derive(Clone, Debug)]
pub struct Shared {
    /// CDGH before the first round that is left of the first compression, HGDC from the lowest lane.
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
    /// E and A before the first round that is left, without the nonce.
    pub entering: [u32; 2],
    /// The highest word of the target.
    pub bound: u32,
    /// Where the nonce's counter stops.
    pub end: u32,
}

/// The round constants, a quad from each even one on.
#[repr(C, align(256))]
#[derive(Clone, Debug)]
pub struct RoundConstants {
    /// From every fourth, beginning with 0.
    pub low: [Quad; 16],
    /// From every fourth, beginning with 2, but for the last.
    pub high: [Quad; 15],
}

/// One nonce in flight.
#[repr(C, align(256))]
#[derive(Clone, Debug, Default)]
pub struct Stream {
    /// The first compression's words 16 to 19.
    pub w16: Quad,
    /// ABEF before the first round that is left, FEBA from the lowest lane.
    pub begin: Quad,
    /// The state at the end, FEBA and HGDC.
    pub last: [Quad; 2],
    /// Schedule words 16 to 59, of whichever compression it is in.
    pub words: [Quad; 11],
    /// `W + K` of the first compression's rounds 18 and 19.
    pub kw18: [u32; 2],
    /// For sums that find no register.
    pub scratch: [u32; 2],
}

/// Everything.
#[repr(C, align(256))]
#[derive(Clone, Debug)]
pub struct Staggered {
    /// The same for every nonce.
    pub shared: Shared,
    /// The same for every job.
    pub constants: RoundConstants,
    /// The nonces in flight.
    pub streams: [Stream; MAX_IN_FLIGHT],
    /// Where the nonce's counter begins.
    pub next: u32,
    /// How many candidates were found.
    pub found: u32,
    /// The nonces of those: at most one an iteration.
    pub candidates: [u32; ITERATIONS],
}

impl Staggered {
    /// For one job.
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

    /// Sets the counter for so many nonces from that one on, which may wrap, and so many in flight:
    /// a nonce's words are worked out that many iterations before it enters, and its verdict comes
    /// that many after. The iterations that it takes.
    pub(super) fn start(&mut self, base: u32, nonces: u32, in_flight: u32) -> u32 {
        let iterations = nonces + 2 * in_flight;
        self.next = base.wrapping_sub(in_flight);
        self.shared.end = self.next.wrapping_add(iterations);
        self.found = 0;
        iterations
    }

    /// The nonces that were found, among them some that were in flight at the start.
    pub(super) fn candidates(&self) -> &[u32] {
        let found = (self.found as usize).min(ITERATIONS);
        &self.candidates[..found]
    }
}
