//! The SHA instructions, several nonces interleaved: `sha256rnds2` takes four cycles and can
//! start every cycle or two, so one stream alone leaves the unit idle.
//!
//! The state stands in two registers as the instruction wants it, ABEF and CDGH from the
//! highest lane down (Intel SDM, SHA256RNDS2).

use super::super::prehash::{DIGEST_BITS, HEADER_BITS, PADDING, after_rounds};
use super::isa::ShaNi;
use super::kernel::Kernel;
use crate::pow::{IV, K};
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
use std::arch::x86_64::*;

/// Nonces in flight.
const STREAMS: usize = Kernel::ShaNi.lanes();

/// State and schedule of one nonce.
#[derive(Clone, Copy)]
struct Stream {
    abef: __m128i,
    cdgh: __m128i,
    /// The last 16 schedule words.
    w: [__m128i; 4],
}

#[target_feature(enable = "sha,avx")]
fn words(words: [u32; 4]) -> __m128i {
    let [a, b, c, d] = words.map(u32::cast_signed);
    _mm_setr_epi32(a, b, c, d)
}

/// The registers of a state in the order a to h.
#[target_feature(enable = "sha,avx")]
fn registers([a, b, c, d, e, f, g, h]: [u32; 8]) -> (__m128i, __m128i) {
    (words([f, e, b, a]), words([h, g, d, c]))
}

/// `K` for rounds `4 * group` to `4 * group + 3`.
#[target_feature(enable = "sha,avx")]
fn constants(group: usize) -> __m128i {
    let t = 4 * group;
    words([K[t], K[t + 1], K[t + 2], K[t + 3]])
}

impl Stream {
    /// Two rounds on the two lower lanes of `wk`.
    #[inline]
    #[target_feature(enable = "sha,avx")]
    fn two_rounds(&mut self, wk: __m128i) {
        let abef = _mm_sha256rnds2_epu32(self.cdgh, self.abef, wk);
        (self.abef, self.cdgh) = (abef, self.abef);
    }

    #[inline]
    #[target_feature(enable = "sha,avx")]
    fn four_rounds(&mut self, wk: __m128i) {
        self.two_rounds(wk);
        self.two_rounds(_mm_shuffle_epi32::<0b00_00_11_10>(wk));
    }

    /// The next four schedule words, `w[4 * group..]` from the sixteen before them.
    #[inline]
    #[target_feature(enable = "sha,avx")]
    fn schedule(&mut self, group: usize) -> __m128i {
        let [i, next, seven, last] = [0, 1, 2, 3].map(|back| (group + back) % 4);
        let minus_7 = _mm_alignr_epi8::<4>(self.w[last], self.w[seven]);
        let partial = _mm_add_epi32(_mm_sha256msg1_epu32(self.w[i], self.w[next]), minus_7);
        self.w[i] = _mm_sha256msg2_epu32(partial, self.w[last]);
        self.w[i]
    }
}

#[target_feature(enable = "sha,avx")]
fn entry(job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    let top = job.target().top_word();
    let (mid_abef, mid_cdgh) = registers(job.midstate().words());
    let [w0, w1, w2] = job.tail();
    // Two rounds come before the pair that the nonce is in.
    let (begin_abef, begin_cdgh) = registers(after_rounds(job.midstate().words(), &[w0, w1]));
    let (iv_abef, iv_cdgh) = registers(IV);
    let padding = words([PADDING, 0, 0, 0]);
    let zeros = words([0; 4]);
    let header_bits = words([0, 0, 0, HEADER_BITS]);
    let digest_bits = words([0, 0, 0, DIGEST_BITS]);

    let mut base = u64::from(range.start());
    while base < range.end() {
        let first = base as u32;
        let mut streams = [Stream { abef: begin_abef, cdgh: begin_cdgh, w: [zeros; 4] }; STREAMS];
        // The last group may pass the end, where nonces wrap; those results are not looked at.
        let nonces: [u32; STREAMS] = std::array::from_fn(|i| first.wrapping_add(i as u32));

        for (stream, nonce) in streams.iter_mut().zip(nonces) {
            let swapped = nonce.swap_bytes();
            stream.w = [words([w0, w1, w2, swapped]), padding, zeros, header_bits];
            stream.two_rounds(words([w2.wrapping_add(K[2]), swapped.wrapping_add(K[3]), 0, 0]));
        }
        for group in 1..16 {
            let k = constants(group);
            for stream in &mut streams {
                let w = if group < 4 { stream.w[group] } else { stream.schedule(group) };
                stream.four_rounds(_mm_add_epi32(w, k));
            }
        }
        for stream in &mut streams {
            // The digest's words in order, the next message.
            let abef = _mm_castsi128_ps(_mm_add_epi32(stream.abef, mid_abef));
            let cdgh = _mm_castsi128_ps(_mm_add_epi32(stream.cdgh, mid_cdgh));
            let abcd = _mm_castps_si128(_mm_shuffle_ps::<0b10_11_10_11>(abef, cdgh));
            let efgh = _mm_castps_si128(_mm_shuffle_ps::<0b00_01_00_01>(abef, cdgh));
            *stream =
                Stream { abef: iv_abef, cdgh: iv_cdgh, w: [abcd, efgh, padding, digest_bits] };
        }
        for group in 0..15 {
            let k = constants(group);
            for stream in &mut streams {
                let w = if group < 4 { stream.w[group] } else { stream.schedule(group) };
                stream.four_rounds(_mm_add_epi32(w, k));
            }
        }
        let k = constants(15);
        for (stream, nonce) in streams.iter_mut().zip(nonces) {
            // E of round 60 is F a round later and the digest's last word at the end.
            let w = stream.schedule(15);
            stream.two_rounds(_mm_add_epi32(w, k));
            let f = _mm_cvtsi128_si32(stream.abef).cast_unsigned();
            if f.wrapping_add(IV[7]).swap_bytes() <= top
                && (base..range.end()).contains(&u64::from(nonce))
            {
                hits.extend(job.judge(nonce));
            }
        }
        base += STREAMS as u64;
    }
}

pub(super) fn scan(_: ShaNi, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    // SAFETY: the token proves the features.
    unsafe { entry(job, range, hits) }
}
