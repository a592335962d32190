//! The SHA instructions, with two nonces interleaved: while one is in the first compression, the
//! previous one is in the second. `sha256rnds2` takes four cycles and can start every cycle or two, so
//! a single nonce would leave the unit idle.
//!
//! This is the readable form of the kernels that `crates/kernel-gen` generates with three or four
//! nonces; here the compiler chooses the order of the instructions. The state is in two registers in
//! the order of the instruction, ABEF and CDGH from the highest lane down (Intel SDM, SHA256RNDS2). A
//! quad is four schedule words, the lowest lane first; the indices are those of FIPS 180-4.

use super::super::prehash::{DIGEST_BITS, HEADER_BITS, PADDING, Prehash, sha_rows, sigma0};
use super::isa::ShaNi;
use super::lanes::unrolled;
use crate::pow::{IV, K};
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
use std::arch::x86_64::*;

/// Nonces in flight.
pub(super) const LANES: usize = 2;

#[target_feature(enable = "sha,avx")]
fn quad(words: &[u32]) -> __m128i {
    let word = |i: usize| words[i].cast_signed();
    _mm_setr_epi32(word(0), word(1), word(2), word(3))
}

/// A state in two registers.
#[derive(Clone, Copy)]
struct State {
    abef: __m128i,
    cdgh: __m128i,
}

impl State {
    #[target_feature(enable = "sha,avx")]
    fn new(state: [u32; 8]) -> Self {
        let [abef, cdgh] = sha_rows(state);
        Self { abef: quad(&abef), cdgh: quad(&cdgh) }
    }

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

    /// The digest as the next message: `midstate` plus this state, words 0 to 3 and 4 to 7.
    #[inline]
    #[target_feature(enable = "sha,avx")]
    fn digest(self, midstate: Self) -> [__m128i; 2] {
        let abef = _mm_castsi128_ps(_mm_add_epi32(self.abef, midstate.abef));
        let cdgh = _mm_castsi128_ps(_mm_add_epi32(self.cdgh, midstate.cdgh));
        let abcd = _mm_castps_si128(_mm_shuffle_ps::<0b10_11_10_11>(abef, cdgh));
        let efgh = _mm_castps_si128(_mm_shuffle_ps::<0b00_01_00_01>(abef, cdgh));
        [abcd, efgh]
    }
}

/// Words `t - 7` to `t - 4`, from the two quads before word `t`.
#[inline]
#[target_feature(enable = "sha,avx")]
fn minus_7(eight_back: __m128i, four_back: __m128i) -> __m128i {
    _mm_alignr_epi8::<4>(four_back, eight_back)
}

/// The quad of words `t` to `t + 3` where all its terms vary; `w[i]` is the quad of word `4 * i`.
#[inline]
#[target_feature(enable = "sha,avx")]
fn schedule(w: &[__m128i; 16], t: usize) -> __m128i {
    let i = t / 4;
    let old = _mm_sha256msg1_epu32(w[i - 4], w[i - 3]);
    _mm_sha256msg2_epu32(_mm_add_epi32(old, minus_7(w[i - 2], w[i - 1])), w[i - 1])
}

#[inline(never)]
#[target_feature(enable = "sha,avx")]
fn entry(job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    let top = job.target().top_word();
    let (first, second) = (Prehash::first(job), Prehash::second());
    let (begin, midstate, iv) =
        (State::new(first.state), State::new(job.midstate().words()), State::new(IV));
    let k: [__m128i; 16] = std::array::from_fn(|i| quad(&K[4 * i..]));
    let first_kw: [__m128i; 5] = std::array::from_fn(|i| quad(&first.kw[4 * i..]));
    let second_kw: [__m128i; 4] = std::array::from_fn(|i| quad(&second.kw[4 * i..]));
    let [w16, w17, part18, part19] = [0, 1, 2, 3].map(|i| first.part[i]);
    let (part20, part28) =
        (quad(&first.part[4..]), quad(&[0, 0, sigma0(HEADER_BITS), sigma0(w16)]));
    let part28 = _mm_add_epi32(part28, quad(&[0, 0, 0, HEADER_BITS]));
    let (padding, length) = (quad(&[PADDING, 0, 0, 0]), quad(&[0, 0, 0, DIGEST_BITS]));

    // The first hash of the previous nonce; in the first iteration there is none, and its result is
    // ignored.
    let mut message = [padding; 2];
    for next in u64::from(range.start())..=range.end() {
        let nonce = (next as u32).swap_bytes();
        let mut a = begin;
        a.abef = _mm_add_epi32(a.abef, quad(&[0, nonce, 0, nonce]));
        let mut u = [padding; 16];
        u[4] = quad(&[w16, w17, part18.wrapping_add(sigma0(nonce)), part19.wrapping_add(nonce)]);
        let mut b = iv;
        let mut v = [padding; 16];
        ([v[0], v[1]], v[3]) = (message, length);

        b.four_rounds(_mm_add_epi32(v[0], k[0]));
        a.four_rounds(first_kw[1]);
        b.four_rounds(_mm_add_epi32(v[1], k[1]));
        a.four_rounds(first_kw[2]);
        b.four_rounds(second_kw[2]);
        a.four_rounds(first_kw[3]);
        b.four_rounds(second_kw[3]);
        // From here on the words are computed; terms that are zero or known are omitted. In a loop,
        // every word would be stored in memory.
        a.four_rounds(_mm_add_epi32(u[4], k[4]));
        v[4] = _mm_sha256msg2_epu32(_mm_sha256msg1_epu32(v[0], v[1]), v[3]);
        b.four_rounds(_mm_add_epi32(v[4], k[4]));
        u[5] = _mm_sha256msg2_epu32(part20, u[4]);
        a.four_rounds(_mm_add_epi32(u[5], k[5]));
        v[5] = schedule(&v, 20);
        b.four_rounds(_mm_add_epi32(v[5], k[5]));
        u[6] = _mm_sha256msg2_epu32(minus_7(u[4], u[5]), u[5]);
        a.four_rounds(_mm_add_epi32(u[6], k[6]));
        v[6] = _mm_sha256msg2_epu32(_mm_add_epi32(minus_7(v[4], v[5]), padding), v[5]);
        b.four_rounds(_mm_add_epi32(v[6], k[6]));
        u[7] = _mm_sha256msg2_epu32(_mm_add_epi32(minus_7(u[5], u[6]), part28), u[6]);
        a.four_rounds(_mm_add_epi32(u[7], k[7]));
        v[7] = schedule(&v, 28);
        b.four_rounds(_mm_add_epi32(v[7], k[7]));
        unrolled!(T in 32 36 40 44 48 52 56 => {
            u[T / 4] = schedule(&u, T);
            a.four_rounds(_mm_add_epi32(u[T / 4], k[T / 4]));
            v[T / 4] = schedule(&v, T);
            b.four_rounds(_mm_add_epi32(v[T / 4], k[T / 4]));
        });
        u[15] = schedule(&u, 60);
        a.four_rounds(_mm_add_epi32(u[15], k[15]));
        v[15] = schedule(&v, 60);
        b.two_rounds(_mm_add_epi32(v[15], k[15]));

        // E of round 60 is F a round later and the digest's last word at the end.
        let last = _mm_cvtsi128_si32(b.abef).cast_unsigned().wrapping_add(IV[7]);
        if last.swap_bytes() <= top && next > u64::from(range.start()) {
            hits.extend(job.verify((next - 1) as u32));
        }
        message = a.digest(midstate);
    }
}

pub(super) fn scan(_: ShaNi, job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    // SAFETY: the token proves the features.
    unsafe { entry(job, range, hits) }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process::Command;

    /// With the rounds in a loop, the compiler keeps every schedule word in memory, and the kernel is
    /// slower. The compiled kernel must have 61 separate pairs of rounds.
    #[test]
    fn compiled_rounds_are_unrolled_and_pruned() {
        if cfg!(debug_assertions) {
            return println!("skipped: unoptimised build");
        }
        let program = std::env::current_exe().unwrap();
        let listing =
            Command::new("objdump").args(["-d", "--no-show-raw-insn"]).arg(program).output();
        let Ok(listing) = listing else {
            let is_required = std::env::var_os("HASHWATT_REQUIRE_CC").is_some_and(|v| v == "1");
            assert!(!is_required, "HASHWATT_REQUIRE_CC=1 is set and `objdump` is not installed");
            return println!("skipped: `objdump` is not installed");
        };
        let text = String::from_utf8_lossy(&listing.stdout);
        let entry = text
            .split("\n\n")
            .find(|function| {
                let name = function.lines().find(|line| line.ends_with(">:")).unwrap_or("");
                name.contains("sha_ni") && name.contains("entry")
            })
            .expect("the kernel is part of the test program");
        let count = |name: &str| entry.lines().filter(|line| line.contains(name)).count();
        // Schedules of words 20 to 63, and of words 16 to 63; msg1 where its terms vary.
        let counts = ["sha256rnds2", "sha256msg1", "sha256msg2"].map(count);
        assert_eq!(counts, [61, 19, 23]);
    }
}
