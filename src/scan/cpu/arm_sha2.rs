//! Arm's SHA-256 instructions, with several nonces interleaved. `sha256h` and `sha256h2` together do
//! four rounds, and each pair depends on the previous one, so a single nonce would leave the unit idle.
//!
//! The state is in two registers in the order of FIPS 180-4, A to D and E to H from the lowest lane up.
//! Words and rounds are processed in groups of four.

use super::super::prehash::{DIGEST_BITS, HEADER_BITS, PADDING, Prehash, sigma0};
use super::isa::ArmSha2;
use super::kernel::Kernel;
use super::lanes::unrolled;
use crate::pow::{IV, K};
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
use std::arch::aarch64::*;

/// Nonces in flight.
const STREAMS: usize = Kernel::ArmSha2.lanes();

/// State and schedule of one nonce.
#[derive(Clone, Copy)]
struct Stream {
    abcd: uint32x4_t,
    efgh: uint32x4_t,
    /// The last 16 schedule words, each group at the index of its number modulo 4.
    w: [uint32x4_t; 4],
}

#[inline]
#[target_feature(enable = "sha2")]
fn words([a, b, c, d]: [u32; 4]) -> uint32x4_t {
    let low = vsetq_lane_u32::<1>(b, vdupq_n_u32(a));
    vsetq_lane_u32::<3>(d, vsetq_lane_u32::<2>(c, low))
}

/// The two registers of a state in the order A to H.
#[inline]
#[target_feature(enable = "sha2")]
fn registers([a, b, c, d, e, f, g, h]: [u32; 8]) -> (uint32x4_t, uint32x4_t) {
    (words([a, b, c, d]), words([e, f, g, h]))
}

/// `K` for rounds `4 * group` to `4 * group + 3`.
#[inline]
#[target_feature(enable = "sha2")]
fn constants(group: usize) -> uint32x4_t {
    let t = 4 * group;
    words([K[t], K[t + 1], K[t + 2], K[t + 3]])
}

impl Stream {
    #[inline]
    #[target_feature(enable = "sha2")]
    fn four_rounds(&mut self, wk: uint32x4_t) {
        let abcd = vsha256hq_u32(self.abcd, self.efgh, wk);
        self.efgh = vsha256h2q_u32(self.efgh, self.abcd, wk);
        self.abcd = abcd;
    }

    /// Computes the words of `GROUP` from the previous 16 words; they replace the oldest group.
    #[inline]
    #[target_feature(enable = "sha2")]
    fn schedule<const GROUP: usize>(&mut self) {
        let older = vsha256su0q_u32(self.w[GROUP % 4], self.w[(GROUP + 1) % 4]);
        self.schedule_on::<GROUP>(older);
    }

    /// Like [`Stream::schedule`], but with the older two of a word's four terms,
    /// `w[t - 16] + sigma0(w[t - 15])`, given.
    #[inline]
    #[target_feature(enable = "sha2")]
    fn schedule_on<const GROUP: usize>(&mut self, older: uint32x4_t) {
        let [seven, last] = [self.w[(GROUP + 2) % 4], self.w[(GROUP + 3) % 4]];
        self.w[GROUP % 4] = vsha256su1q_u32(older, seven, last);
    }
}

#[target_feature(enable = "sha2")]
fn entry(job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    let top = job.target().top_word();
    let (mid_abcd, mid_efgh) = registers(job.midstate().words());
    let (iv_abcd, iv_efgh) = registers(IV);
    let padding = words([PADDING, 0, 0, 0]);
    let zeros = words([0; 4]);
    let all_ones = words([u32::MAX; 4]);
    let header_bits = words([0, 0, 0, HEADER_BITS]);
    let digest_bits = words([0, 0, 0, DIGEST_BITS]);

    // The header's second block: the state before group 1, and the constant parts of words 16 to 19.
    // To words 18 and 19, sigma0 of the nonce and the nonce itself are added later.
    let prehash = Prehash::first(job);
    let (begin_abcd, begin_efgh) = registers(prehash.state);
    let [w16, w17, part18, part19, ..] = prehash.part;
    let group_4 = words([w16, w17, part18, part19]);
    // The older terms of groups 5 and 7 (those of group 6 are zero), and of group 6 of the second
    // hash. Of group 4 only word 16 is used here.
    let first_5 = vsha256su0q_u32(padding, zeros);
    let first_7 = vsha256su0q_u32(header_bits, group_4);
    let second_6 = vsha256su0q_u32(padding, digest_bits);

    let mut base = u64::from(range.start());
    while base < range.end() {
        let first = base as u32;
        // The last group may extend past the end, where nonces wrap; those results are ignored.
        let nonces: [u32; STREAMS] = std::array::from_fn(|i| first.wrapping_add(i as u32));
        let mut streams = [Stream { abcd: begin_abcd, efgh: begin_efgh, w: [zeros; 4] }; STREAMS];

        for (stream, nonce) in streams.iter_mut().zip(nonces) {
            let swapped = nonce.swap_bytes();
            let nonce = vsetq_lane_u32::<0>(swapped, zeros);
            stream.abcd = vaddq_u32(begin_abcd, nonce);
            stream.efgh = vaddq_u32(begin_efgh, nonce);
            // Without `sha256su0`, because the unit of the SHA instructions is the bottleneck.
            let varies = words([0, 0, sigma0(swapped), swapped]);
            stream.w = [vaddq_u32(group_4, varies), padding, zeros, header_bits];
        }
        // Each group's words are computed as early as possible, four groups before their rounds.
        unrolled!(GROUP in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 => {
            let k = constants(GROUP);
            for stream in &mut streams {
                let wk = vaddq_u32(stream.w[GROUP % 4], k);
                match GROUP {
                    1 => stream.schedule_on::<5>(first_5),
                    2 => stream.schedule_on::<6>(zeros),
                    3 => stream.schedule_on::<7>(first_7),
                    4..=11 => stream.schedule::<{ GROUP + 4 }>(),
                    _ => {}
                }
                stream.four_rounds(wk);
            }
        });
        for stream in &mut streams {
            // The digest's words are the next message.
            let abcd = vaddq_u32(stream.abcd, mid_abcd);
            let efgh = vaddq_u32(stream.efgh, mid_efgh);
            *stream =
                Stream { abcd: iv_abcd, efgh: iv_efgh, w: [abcd, efgh, padding, digest_bits] };
        }
        unrolled!(GROUP in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 => {
            let k = constants(GROUP);
            for stream in &mut streams {
                let wk = vaddq_u32(stream.w[GROUP % 4], k);
                match GROUP {
                    2 => stream.schedule_on::<6>(second_6),
                    0..=11 => stream.schedule::<{ GROUP + 4 }>(),
                    _ => {}
                }
                stream.four_rounds(wk);
            }
        });
        // One branch for all streams: with one branch each, the compiler moves all work of a stream
        // between the branches, and nothing is interleaved.
        let mut highest = [all_ones; STREAMS];
        let mut lowest = all_ones;
        let k = constants(15);
        for (stream, highest) in streams.iter().zip(&mut highest) {
            // E of round 60 is H, the digest's last word, three rounds later.
            let wk = vaddq_u32(stream.w[3], k);
            let efgh = vsha256h2q_u32(stream.efgh, stream.abcd, wk);
            let last = vreinterpretq_u8_u32(vaddq_u32(efgh, iv_efgh));
            *highest = vreinterpretq_u32_u8(vrev32q_u8(last));
            lowest = vminq_u32(lowest, *highest);
        }
        if vgetq_lane_u32::<3>(lowest) <= top {
            for (highest, nonce) in highest.into_iter().zip(nonces) {
                if vgetq_lane_u32::<3>(highest) <= top
                    && (base..range.end()).contains(&u64::from(nonce))
                {
                    hits.extend(job.verify(nonce));
                }
            }
        }
        base += STREAMS as u64;
    }
}

pub(super) fn scan(_: ArmSha2, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    // SAFETY: the token proves the feature.
    unsafe { entry(job, range, hits) }
}
