//! Reference SHA-256 and double SHA-256, written to be compared with FIPS 180-4. Every fast kernel is verified against
//! this file, so it has only one optimisation: a [`Midstate`] is the state after the first block, from which a
//! header's hash can be completed.

use super::PowError;
use std::fmt;
use std::str::FromStr;

/// FIPS 180-4 section 4.2.2: the fractional parts of the cube roots of the first 64 primes.
pub const K: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

/// FIPS 180-4 section 5.3.3: the fractional parts of the square roots of the first 8 primes.
pub const IV: [u32; 8] = [
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/// The SHA-256 compression function (FIPS 180-4 section 6.2.2): `state` and sixteen big-endian
/// message words give the next state.
pub fn compress(state: [u32; 8], block: &[u32; 16]) -> [u32; 8] {
    let mut w = [0u32; 64];
    w[..16].copy_from_slice(block);
    for t in 16..64 {
        let sigma0 = w[t - 15].rotate_right(7) ^ w[t - 15].rotate_right(18) ^ (w[t - 15] >> 3);
        let sigma1 = w[t - 2].rotate_right(17) ^ w[t - 2].rotate_right(19) ^ (w[t - 2] >> 10);
        w[t] = w[t - 16].wrapping_add(sigma0).wrapping_add(w[t - 7]).wrapping_add(sigma1);
    }
    let compressed = w.iter().zip(K).fold(state, |state, (w, k)| round(state, k, *w));
    std::array::from_fn(|i| state[i].wrapping_add(compressed[i]))
}

/// One round of the compression function, with its constant and schedule word.
pub fn round([a, b, c, d, e, f, g, h]: [u32; 8], k: u32, w: u32) -> [u32; 8] {
    let sum1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
    let choose = (e & f) ^ (!e & g);
    let t1 = h.wrapping_add(sum1).wrapping_add(choose).wrapping_add(k).wrapping_add(w);
    let sum0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
    let majority = (a & b) ^ (a & c) ^ (b & c);
    let t2 = sum0.wrapping_add(majority);
    [t1.wrapping_add(t2), a, b, c, d.wrapping_add(t1), e, f, g]
}

/// SHA-256 of a message of any length (FIPS 180-4 sections 5.1.1 and 6.2).
pub fn sha256(message: &[u8]) -> [u8; 32] {
    finish(IV, 0, message)
}

/// Double SHA-256, Bitcoin's hash of headers and transactions.
pub fn sha256d(message: &[u8]) -> Hash256 {
    Hash256(sha256(&sha256(message)))
}

/// Completes a message after `hashed` bytes (whole blocks), which led to `state`, with the rest and the padding.
fn finish(mut state: [u32; 8], hashed: u64, rest: &[u8]) -> [u8; 32] {
    let bits = (hashed + rest.len() as u64) * 8;
    let mut padded = rest.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend(bits.to_be_bytes());
    for block in padded.as_chunks::<64>().0 {
        state = compress(state, &words(block));
    }
    let mut digest = [0; 32];
    for (bytes, word) in digest.as_chunks_mut::<4>().0.iter_mut().zip(state) {
        *bytes = word.to_be_bytes();
    }
    digest
}

fn words(block: &[u8; 64]) -> [u32; 16] {
    let (quads, _) = block.as_chunks::<4>();
    std::array::from_fn(|i| u32::from_be_bytes(quads[i]))
}

/// The SHA-256 state after the first 64 bytes of a header. The nonce is in the last 16 bytes, so the midstate is valid
/// for every nonce.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Midstate([u32; 8]);

impl Midstate {
    /// The state after one block.
    pub fn of(first_block: &[u8; 64]) -> Self {
        Self(compress(IV, &words(first_block)))
    }
    /// The eight state words.
    pub fn words(self) -> [u32; 8] {
        self.0
    }
    /// The double SHA-256 of the header with these first 64 bytes.
    pub fn finish(self, last_16_bytes: &[u8; 16]) -> Hash256 {
        Hash256(sha256(&finish(self.0, 64, last_16_bytes)))
    }
}

/// A double SHA-256 digest. The bytes are in hashing order; text is in display order, as block hashes are usually
/// printed: the bytes reversed, with leading zeros.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Hash256([u8; 32]);

impl Hash256 {
    /// From bytes in hashing order.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
    /// The bytes in hashing order.
    pub const fn to_bytes(self) -> [u8; 32] {
        self.0
    }
    /// The hash with its bytes reversed, for one in display order that was read as bytes.
    pub fn reversed(mut self) -> Self {
        self.0.reverse();
        self
    }
}

impl fmt::Display for Hash256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().rev().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Hash256 {
    type Err = PowError;

    /// From 64 hexadecimal digits in display order; `0x`, whitespace and upper case are accepted.
    fn from_str(text: &str) -> Result<Self, PowError> {
        Ok(Self(super::digits::bytes("hash", text)?).reversed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bitcoin_hashes::{sha256 as oracle, sha256d as oracle_d};
    use proptest::prelude::*;

    #[test]
    fn midstate_of_a_padded_message_is_its_digest() {
        // FIPS 180-4's example of one block.
        let mut block = [0; 64];
        block[..4].copy_from_slice(b"abc\x80");
        block[63] = 24;
        let digest = [
            0xba78_16bf,
            0x8f01_cfea,
            0x4141_40de,
            0x5dae_2223,
            0xb003_61a3,
            0x9617_7a9c,
            0xb410_ff61,
            0xf200_15ad,
        ];
        assert_eq!(Midstate::of(&block).words(), digest);
    }

    #[test]
    fn sha256_of_fips_180_4_examples_matches() {
        // NIST CSRC, "SHA-256 example": one block and two blocks.
        let hex = |digest: [u8; 32]| hex::encode(digest);
        assert_eq!(
            hex(sha256(b"abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(
            hex(sha256(b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        );
    }

    proptest! {
        #[test]
        fn sha256_of_any_message_matches_an_independent_implementation(message in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(sha256(&message), oracle::hash(&message).to_byte_array());
            prop_assert_eq!(sha256d(&message).to_bytes(), oracle_d::hash(&message).to_byte_array());
        }

        #[test]
        fn midstate_completed_with_the_last_bytes_matches_sha256d(header in prop::array::uniform32(any::<u8>()), more in any::<[u8; 48]>()) {
            let mut bytes = [0u8; 80];
            bytes[..32].copy_from_slice(&header);
            bytes[32..].copy_from_slice(&more);
            let midstate = Midstate::of(bytes[..64].try_into().unwrap());
            prop_assert_eq!(midstate.finish(bytes[64..].try_into().unwrap()), sha256d(&bytes));
        }
    }
}
