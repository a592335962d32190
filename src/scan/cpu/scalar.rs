//! Portable Rust, one nonce at a time, without what mining does not need: the rounds before
//! the nonce are done once a job, and the second hash ends when its last word is known.

use super::super::{Hit, Job, NonceRange};
use crate::pow::{IV, K};

/// The second hash stops after this many rounds: E then moves to the digest's last word
/// unchanged (round 61 makes it F, 62 G, 63 H).
const LAST_WORD_ROUNDS: usize = 61;

pub(super) fn scan(job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    let top = job.target().top_word();
    let midstate = job.midstate().words();

    // The second block: end of merkle root, time, bits, the nonce, padding, 640 bits.
    let mut block = [0u32; 16];
    block[..3].copy_from_slice(&job.tail());
    block[4] = 0x8000_0000;
    block[15] = 640;
    let before_nonce = (0..3).fold(midstate, |state, t| round(state, K[t].wrapping_add(block[t])));
    // The second hash's block: the first digest, padding, 256 bits.
    let mut outer = [0u32; 16];
    outer[8] = 0x8000_0000;
    outer[15] = 256;

    for nonce in range.iter() {
        // A header holds its nonce little-endian; as a SHA-256 word it is byte-swapped.
        block[3] = nonce.swap_bytes();
        let inner = rounds::<3, 64>(before_nonce, block);
        for i in 0..8 {
            outer[i] = midstate[i].wrapping_add(inner[i]);
        }
        let last = rounds::<0, LAST_WORD_ROUNDS>(IV, outer)[4].wrapping_add(IV[7]);
        if last.swap_bytes() <= top {
            hits.extend(job.judge(nonce));
        }
    }
}

/// Rounds `FROM..TO` with the schedule kept in the ring of its last 16 words.
#[inline(always)]
fn rounds<const FROM: usize, const TO: usize>(mut state: [u32; 8], mut w: [u32; 16]) -> [u32; 8] {
    for t in FROM..16 {
        state = round(state, K[t].wrapping_add(w[t]));
    }
    for base in [16, 32, 48] {
        for i in 0..16 {
            let (w15, w2) = (w[(i + 1) % 16], w[(i + 14) % 16]);
            let sigma0 = w15.rotate_right(7) ^ w15.rotate_right(18) ^ (w15 >> 3);
            let sigma1 = w2.rotate_right(17) ^ w2.rotate_right(19) ^ (w2 >> 10);
            w[i] = w[i].wrapping_add(sigma0).wrapping_add(w[(i + 9) % 16]).wrapping_add(sigma1);
            if base + i < TO {
                state = round(state, K[base + i].wrapping_add(w[i]));
            }
        }
    }
    state
}

/// One round; `kw` is the round constant plus the schedule word.
#[inline(always)]
fn round([a, b, c, d, e, f, g, h]: [u32; 8], kw: u32) -> [u32; 8] {
    let sum1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
    let choose = g ^ (e & (f ^ g));
    let t1 = h.wrapping_add(kw).wrapping_add(sum1).wrapping_add(choose);
    let sum0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
    let majority = (a & b) | (c & (a | b));
    [t1.wrapping_add(sum0).wrapping_add(majority), a, b, c, d.wrapping_add(t1), e, f, g]
}
