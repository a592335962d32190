//! The double hash of one header with many nonces, a nonce a lane: written once for every
//! [`Vector`], instantiated thinly in the files named after the instruction sets.
//!
//! What does not depend on the nonce is worked out once a job ([`Constants`]); the second hash
//! ends when its last word is known. The indices are those of FIPS 180-4.

use super::super::{Hit, Job, NonceRange};
use super::scalar::Word;
use super::vector::Vector;
use crate::pow::{IV, K};

/// The nonce is word 3 of the second block, so three rounds and many schedule words are the same
/// for every nonce. The constant parts of word 16 and of those after it are kept here.
struct Constants {
    midstate: [u32; 8],
    after_round_2: [u32; 8],
    /// `part[t - 16]` is the sum of those terms of schedule word `t` that are constant.
    part: [u32; 18],
}

fn sigma0(x: u32) -> u32 {
    vector_sigma0(Word(x)).0
}

fn sigma1(x: u32) -> u32 {
    vector_sigma1(Word(x)).0
}

/// Padding of the header's second block, whose length is 640 bits, and of the second hash's
/// block, 256 bits.
pub(super) const PADDING: u32 = 0x8000_0000;
pub(super) const HEADER_BITS: u32 = 640;
pub(super) const DIGEST_BITS: u32 = 256;

impl Constants {
    fn of(job: &Job) -> Self {
        let midstate = job.midstate().words();
        let [w0, w1, w2] = job.tail();
        let after_round_2 = after_rounds(midstate, &job.tail());
        let w16 = sigma0(w1).wrapping_add(w0);
        let w17 = sigma1(HEADER_BITS).wrapping_add(sigma0(w2)).wrapping_add(w1);
        let mut part = [0; 18];
        part[0] = w16;
        part[1] = w17;
        part[2] = sigma1(w16).wrapping_add(w2); // + sigma0(nonce)
        part[3] = sigma1(w17).wrapping_add(sigma0(PADDING)); // + nonce
        part[4] = PADDING;
        part[6] = HEADER_BITS;
        part[7] = w16;
        part[8] = w17;
        part[14] = sigma0(HEADER_BITS);
        part[15] = sigma0(w16).wrapping_add(HEADER_BITS);
        part[16] = sigma0(w17).wrapping_add(w16);
        part[17] = w17; // + sigma0(w18)
        Self { midstate, after_round_2, part }
    }
}

/// The state after the first rounds, one for each of `words`.
pub(super) fn after_rounds(state: [u32; 8], words: &[u32]) -> [u32; 8] {
    let mut state = State::<Word>::splat((), state);
    for (word, k) in words.iter().zip(K) {
        state.round(Word(k.wrapping_add(*word)));
    }
    state.0.map(|word| word.0)
}

/// The SHA-256 state in eight vectors.
#[derive(Clone, Copy)]
struct State<V>([V; 8]);

impl<V: Vector> State<V> {
    #[inline(always)]
    fn splat(isa: V::Isa, words: [u32; 8]) -> Self {
        Self(words.map(|word| V::splat(isa, word)))
    }

    /// One round; `kw` is the round constant plus the schedule word.
    #[inline(always)]
    fn round(&mut self, kw: V) {
        let [a, b, c, d, e, f, g, h] = self.0;
        let sum1 = e.rotr::<6, 26>().xor3(e.rotr::<11, 21>(), e.rotr::<25, 7>());
        let t1 = h.add(kw).add(sum1).add(e.choose(f, g));
        let sum0 = a.rotr::<2, 30>().xor3(a.rotr::<13, 19>(), a.rotr::<22, 10>());
        let t2 = sum0.add(a.majority(b, c));
        self.0 = [t1.add(t2), a, b, c, d.add(t1), e, f, g];
    }
}

#[inline(always)]
fn vector_sigma0<V: Vector>(x: V) -> V {
    x.rotr::<7, 25>().xor3(x.rotr::<18, 14>(), x.shr::<3>())
}

#[inline(always)]
fn vector_sigma1<V: Vector>(x: V) -> V {
    x.rotr::<17, 15>().xor3(x.rotr::<19, 13>(), x.shr::<10>())
}

/// The digest's last word, byte-swapped: the hash's highest 32 bits in each lane.
#[inline(always)]
fn highest_word<V: Vector>(isa: V::Isa, constants: &Constants, nonce: V) -> V {
    let splat = |word: u32| V::splat(isa, word);
    let part = |t: usize| splat(constants.part[t - 16]);
    let k = |t: usize, word: u32| splat(K[t].wrapping_add(word));

    // First hash, second block: rounds 3 to 15 on the nonce and padding.
    let mut state = State::splat(isa, constants.after_round_2);
    state.round(splat(K[3]).add(nonce));
    state.round(k(4, PADDING));
    for t in 5..15 {
        state.round(k(t, 0));
    }
    state.round(k(15, HEADER_BITS));

    // The schedule in a ring of 16; words 16 to 33 have constant parts and missing terms.
    let mut w = [nonce; 16];
    for t in 16..64 {
        let (i, s1) = (t % 16, |w: &[V; 16]| vector_sigma1(w[(t + 14) % 16]));
        let seven = |w: &[V; 16]| w[(t + 9) % 16];
        w[i] = match t {
            16 | 17 => part(t),
            18 => part(t).add(vector_sigma0(nonce)),
            19 => part(t).add(nonce),
            20 | 22 | 23 | 24 => s1(&w).add(part(t)),
            21 => s1(&w),
            25..=29 => s1(&w).add(seven(&w)),
            30..=32 => s1(&w).add(seven(&w)).add(part(t)),
            33 => s1(&w).add(seven(&w)).add(part(t)).add(vector_sigma0(w[(t + 1) % 16])),
            _ => w[i].add(vector_sigma0(w[(t + 1) % 16])).add(seven(&w)).add(s1(&w)),
        };
        state.round(splat(K[t]).add(w[i]));
    }

    // Second hash: the digest, padding, 256 bits.
    let mut w = [nonce; 16];
    for ((word, state), midstate) in w.iter_mut().zip(state.0).zip(constants.midstate) {
        *word = state.add(splat(midstate));
    }
    w[8] = splat(PADDING);
    w[15] = splat(DIGEST_BITS);
    let mut state = State::splat(isa, IV);
    for (t, &word) in w[..8].iter().enumerate() {
        state.round(splat(K[t]).add(word));
    }
    state.round(k(8, PADDING));
    for t in 9..15 {
        state.round(k(t, 0));
    }
    state.round(k(15, DIGEST_BITS));
    // E of round 60 moves to H, the last word, in three more rounds that change nothing of it.
    for t in 16..=60 {
        let (i, s1) = (t % 16, |w: &[V; 16]| vector_sigma1(w[(t + 14) % 16]));
        let s0 = |w: &[V; 16]| vector_sigma0(w[(t + 1) % 16]);
        let seven = |w: &[V; 16]| w[(t + 9) % 16];
        w[i] = match t {
            16 => w[i].add(s0(&w)),
            17 => w[i].add(s0(&w)).add(splat(sigma1(DIGEST_BITS))),
            18..=21 => w[i].add(s0(&w)).add(s1(&w)),
            22 => w[i].add(s0(&w)).add(s1(&w)).add(splat(DIGEST_BITS)),
            23 => w[i].add(s1(&w)).add(seven(&w)).add(splat(sigma0(PADDING))),
            24 => s1(&w).add(seven(&w)).add(splat(PADDING)),
            25..=29 => s1(&w).add(seven(&w)),
            30 => s1(&w).add(seven(&w)).add(splat(sigma0(DIGEST_BITS))),
            31 => s1(&w).add(seven(&w)).add(s0(&w)).add(splat(DIGEST_BITS)),
            _ => w[i].add(s0(&w)).add(seven(&w)).add(s1(&w)),
        };
        state.round(splat(K[t]).add(w[i]));
    }
    let last = state.0[4].add(splat(IV[7]));
    let odd = last.rotr::<8, 24>().and(splat(0xff00_ff00));
    let even = last.rotr::<24, 8>().and(splat(0x00ff_00ff));
    odd.xor(even)
}

/// Adds every hit in `range` to `hits`. Must be inlined into a function that has the
/// instruction set's features.
#[inline(always)]
pub(super) fn scan<V: Vector>(isa: V::Isa, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    const { assert!(V::LANES.is_power_of_two() && V::LANES <= 64) };
    let constants = Constants::of(job);
    let bound = V::splat(isa, job.target().top_word());
    let lanes = V::iota_high_byte(isa);
    let step = u64::from(V::LANES);
    // Groups are aligned, so that the lane's number adds to the low byte without a carry. As a
    // SHA-256 word the little-endian nonce is byte-swapped: the low byte is the highest.
    let mut base = u64::from(range.start()) / step * step;
    while base < range.end() {
        let first = base as u32;
        let nonce = V::splat(isa, first.swap_bytes()).add(lanes);
        let mut candidates = highest_word(isa, &constants, nonce).at_most(bound);
        while candidates != 0 {
            let nonce = first + candidates.trailing_zeros();
            candidates &= candidates - 1;
            if (u64::from(range.start())..range.end()).contains(&u64::from(nonce)) {
                hits.extend(job.judge(nonce));
            }
        }
        base += step;
    }
}
