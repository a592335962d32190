//! Kernels with the `sha2` crate, from the midstate and without shortcuts: the baselines for all other
//! kernels.

use crate::pow::IV;
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
use ::sha2::block_api::compress256;
use ::sha2::{Digest, Sha256};

/// A message block within one cache line. The crate loads it in 16-byte parts, and depending on the
/// stack's alignment the rate would be up to a fifth lower.
#[repr(align(64))]
struct Aligned([u8; 64]);

/// Hashes from the midstate: two compressions per nonce.
pub(super) fn scan(job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    let top = job.target().top_word();
    let midstate = job.midstate().words();

    // The header's last 16 bytes and their padding: 80 bytes are 640 bits.
    let Aligned(second) = &mut Aligned([0; 64]);
    second[..16].copy_from_slice(&job.header_bytes(0)[64..]);
    second[16] = 0x80;
    second[62..].copy_from_slice(&640u16.to_be_bytes());
    // The first hash and its padding: 32 bytes are 256 bits.
    let Aligned(digest) = &mut Aligned([0; 64]);
    digest[32] = 0x80;
    digest[62..].copy_from_slice(&256u16.to_be_bytes());

    for nonce in range.iter() {
        second[12..16].copy_from_slice(&nonce.to_le_bytes());
        let mut state = midstate;
        compress256(&mut state, std::slice::from_ref(second));
        for (bytes, word) in digest.as_chunks_mut::<4>().0.iter_mut().zip(state) {
            *bytes = word.to_be_bytes();
        }
        let mut state = IV;
        compress256(&mut state, std::slice::from_ref(digest));
        // The digest's last word, byte-swapped, holds the hash's highest 32 bits.
        if state[7].swap_bytes() <= top {
            hits.extend(job.verify(nonce));
        }
    }
}

/// Hashes all 80 bytes for each nonce, through the crate's ordinary interface.
pub(super) fn scan_naive(job: &Job, range: NonceRange, hits: &mut Vec<Hit>) {
    let top = job.target().top_word();
    for nonce in range.iter() {
        let hash = Sha256::digest(Sha256::digest(job.header_bytes(nonce)));
        let highest = u32::from_le_bytes([hash[28], hash[29], hash[30], hash[31]]);
        if highest <= top {
            hits.extend(job.verify(nonce));
        }
    }
}
