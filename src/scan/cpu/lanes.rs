//! The double hash of one header with many nonces, one nonce per lane. It is generic over [`Vector`];
//! the files named after the instruction sets instantiate it.
//!
//! Values that do not depend on the nonce are computed once per job ([`Constants`]); the second hash
//! stops when its last word is known. The indices are those of FIPS 180-4.

use super::super::prehash::{
    DIGEST_BITS, HEADER_BITS, PADDING, Prehash, after_rounds, sigma0, sigma1,
};
use super::vector::Vector;
use crate::pow::{IV, K};
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;

/// The values that do not depend on the nonce, and the state before the nonce's round: the compiler
/// moves the constant part of that round out of the loop.
struct Constants {
    midstate: [u32; 8],
    after_round_2: [u32; 8],
    first: Prehash,
}

/// Repeats the code for each number. The optimiser unrolls such a long loop for one vector type but not
/// for another, which then has a quarter of the rate.
macro_rules! unrolled {
    ($t:ident in $($number:literal)+ => $body:block) => {$( { const $t: usize = $number; $body } )+};
}
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(super) use unrolled;

impl Constants {
    fn new(job: &Job) -> Self {
        let midstate = job.midstate().words();
        let after_round_2 = after_rounds(midstate, &job.tail());
        Self { midstate, after_round_2, first: Prehash::first(job) }
    }

    /// The constant part of schedule word `t`, 16 or more.
    #[inline(always)]
    fn part(&self, t: usize) -> u32 {
        self.first.part.get(t - 16).copied().unwrap_or(0)
    }
}

/// The SHA-256 state in eight vectors.
#[derive(Clone, Copy)]
struct State<V>([V; 8]);

impl<V: Vector> State<V> {
    #[inline(always)]
    fn splat(isa: V::Isa, words: [u32; 8]) -> Self {
        Self(words.map(|word| V::splat(isa, word)))
    }

    /// Rounds from `t` on with constant schedule words.
    #[inline(always)]
    fn constant_rounds<const N: usize>(&mut self, isa: V::Isa, t: usize, words: [u32; N]) {
        for (k, word) in K[t..].iter().zip(words) {
            self.round(V::splat(isa, k.wrapping_add(word)));
        }
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

/// The four terms of schedule word `t`. The compiler removes terms that are not used.
struct Terms<V> {
    minus_16: V,
    sigma0: V,
    minus_7: V,
    sigma1: V,
}

impl<V: Vector> Terms<V> {
    #[inline(always)]
    fn new(w: &[V; 16], t: usize) -> Self {
        Self {
            minus_16: w[t % 16],
            sigma0: vector_sigma0(w[(t + 1) % 16]),
            minus_7: w[(t + 9) % 16],
            sigma1: vector_sigma1(w[(t + 14) % 16]),
        }
    }

    #[inline(always)]
    fn sum(self) -> V {
        self.minus_16.add(self.sigma0).add(self.minus_7).add(self.sigma1)
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

/// The hash's highest 32 bits in each lane: the digest's last word, byte-swapped.
#[inline(always)]
fn highest_word<V: Vector>(isa: V::Isa, constants: &Constants, nonce: V) -> V {
    // First hash, second block: rounds 3 to 15 on the nonce and padding.
    let mut state = State::splat(isa, constants.after_round_2);
    state.round(V::splat(isa, K[3]).add(nonce));
    state.constant_rounds(isa, 4, [PADDING, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, HEADER_BITS]);

    // The schedule in a ring of 16 words; words 16 to 33 have constant parts and lack some terms.
    let mut w = [nonce; 16];
    unrolled!(T in 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40
        41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 => {
        let terms = Terms::new(&w, T);
        let part = V::splat(isa, constants.part(T));
        w[T % 16] = match T {
            16 | 17 => part,
            18 => part.add(vector_sigma0(nonce)),
            19 => part.add(nonce),
            20 | 22..=24 => terms.sigma1.add(part),
            21 => terms.sigma1,
            25..=29 => terms.sigma1.add(terms.minus_7),
            30..=32 => terms.sigma1.add(terms.minus_7).add(part),
            33 => terms.sigma1.add(terms.minus_7).add(part).add(terms.sigma0),
            _ => terms.sum(),
        };
        state.round(V::splat(isa, K[T]).add(w[T % 16]));
    });

    // Second hash: the digest, padding, 256 bits.
    let mut w = [nonce; 16];
    let padding = [PADDING, 0, 0, 0, 0, 0, 0, DIGEST_BITS];
    for ((word, state), midstate) in w.iter_mut().zip(state.0).zip(constants.midstate) {
        *word = state.add(V::splat(isa, midstate));
    }
    for (word, padding) in w[8..].iter_mut().zip(padding) {
        *word = V::splat(isa, padding);
    }
    let mut state = State::splat(isa, IV);
    for (k, word) in K.into_iter().zip(&w[..8]) {
        state.round(V::splat(isa, k).add(*word));
    }
    state.constant_rounds(isa, 8, padding);
    // E of round 60 moves unchanged to H, the last word, in three more rounds.
    unrolled!(T in 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40
        41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 => {
        let terms = Terms::new(&w, T);
        let splat = |word: u32| V::splat(isa, word);
        w[T % 16] = match T {
            16 => terms.minus_16.add(terms.sigma0),
            17 => terms.minus_16.add(terms.sigma0).add(splat(sigma1(DIGEST_BITS))),
            18..=21 => terms.minus_16.add(terms.sigma0).add(terms.sigma1),
            23 => terms.sigma1.add(terms.minus_7).add(terms.minus_16).add(splat(sigma0(PADDING))),
            24 => terms.sigma1.add(terms.minus_7).add(splat(PADDING)),
            25..=29 => terms.sigma1.add(terms.minus_7),
            30 => terms.sigma1.add(terms.minus_7).add(splat(sigma0(DIGEST_BITS))),
            _ => terms.sum(),
        };
        state.round(splat(K[T]).add(w[T % 16]));
    });
    let last = state.0[4].add(V::splat(isa, IV[7]));
    let odd = last.rotr::<8, 24>().and(V::splat(isa, 0xff00_ff00));
    let even = last.rotr::<24, 8>().and(V::splat(isa, 0x00ff_00ff));
    odd.xor(even)
}

/// Adds every hit in `range` to `hits`. Must be inlined into a function with the instruction set's
/// target features.
#[inline(always)]
pub(super) fn scan<V: Vector>(isa: V::Isa, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    const { assert!(V::LANES.is_power_of_two() && V::LANES <= 64) };
    let constants = Constants::new(job);
    let bound = V::splat(isa, job.target().top_word());
    let lanes = V::iota_high_byte(isa);
    let step = u64::from(V::LANES);
    // Groups are aligned, so that adding the lane's number to the low byte never carries. As a SHA-256
    // word, the little-endian nonce is byte-swapped: its low byte is the highest.
    let mut base = u64::from(range.start()) / step * step;
    while base < range.end() {
        let first = base as u32;
        let nonce = V::splat(isa, first.swap_bytes()).add(lanes);
        let mut candidates = highest_word(isa, &constants, nonce).at_most(bound);
        while candidates != 0 {
            let nonce = first + candidates.trailing_zeros();
            candidates &= candidates - 1;
            if (u64::from(range.start())..range.end()).contains(&u64::from(nonce)) {
                hits.extend(job.verify(nonce));
            }
        }
        base += step;
    }
}
