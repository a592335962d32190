//! Verifies a peer with known and random headers before it is timed.

use super::{Input, Peer};
use hashwatt::pow::{Hash256, Header, sha256d};
use hashwatt_test_support::headers::{BLOCK_125552_HEX, GENESIS_HEX};
use hashwatt_test_support::noise::Random;
use std::fmt;
use std::ops::Range;

/// Headers of real blocks and their hashes in the byte order of block explorers.
const KNOWN: [(&str, &str); 2] = [
    (GENESIS_HEX, "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"),
    (BLOCK_125552_HEX, "00000000000000001e8d6829a8a21adc5d38d0a473b144b6765798e61f98bd1d"),
];

/// How many random headers are compared with the reference.
const RANDOM_HEADERS: usize = 500;

/// A wrong result of a peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerificationError {
    name: &'static str,
    input: Input,
    message: String,
}

impl fmt::Display for VerificationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}: wrong {}; it is not timed", self.name, self.input, self.message)
    }
}

impl std::error::Error for VerificationError {}

impl Peer {
    /// Compares the peer with known blocks, and with the reference on random headers.
    ///
    /// # Errors
    /// The first wrong result.
    pub fn verify(&self) -> Result<(), VerificationError> {
        for (header, hash) in KNOWN {
            let header = header.parse::<Header>().expect("a valid header");
            self.expect_hash(&header.to_bytes(), hash)?;
            // The block's nonce among others; no other one has a hash as low.
            let nonces = header.nonce - 500..header.nonce + 500;
            self.expect_hits(&header.to_bytes(), nonces, 0, vec![header.nonce])?;
        }
        let mut random = Random::new(0x70ee_7500);
        for _ in 0..RANDOM_HEADERS {
            self.expect_reference_hash(&random_header(&mut random))?;
        }
        let header = random_header(&mut random);
        let first = random.next_u64() as u32 >> 1;
        let (nonces, bound) = (first..first + 2048, 1 << 26);
        let hits = nonces.clone().filter(|nonce| reference_is_below(&header, *nonce, bound));
        self.expect_hits(&header, nonces.clone(), bound, hits.collect())
    }

    fn expect_hash(&self, header: &[u8; 80], expected: &str) -> Result<(), VerificationError> {
        let found = Hash256::from_bytes(self.hash(header)).to_string();
        match found == expected {
            true => Ok(()),
            false => Err(self.error(format!("hash {found}, expected {expected}"))),
        }
    }

    fn expect_reference_hash(&self, header: &[u8; 80]) -> Result<(), VerificationError> {
        self.expect_hash(header, &sha256d(header).to_string())
    }

    fn expect_hits(
        &self,
        header: &[u8; 80],
        nonces: Range<u32>,
        bound: u32,
        expected: Vec<u32>,
    ) -> Result<(), VerificationError> {
        let found = self.search(header, nonces, bound);
        match found == expected {
            true => Ok(()),
            false => Err(self.error(format!("nonces {found:?}, expected {expected:?}"))),
        }
    }

    fn error(&self, message: String) -> VerificationError {
        VerificationError { name: self.name, input: self.input, message }
    }
}

fn reference_is_below(header: &[u8; 80], nonce: u32, bound: u32) -> bool {
    let mut header = *header;
    header[76..].copy_from_slice(&nonce.to_le_bytes());
    let hash = sha256d(&header).to_string();
    u32::from_str_radix(&hash[..8], 16).expect("hexadecimal digits") <= bound
}

fn random_header(random: &mut Random) -> [u8; 80] {
    let mut header = [0; 80];
    for bytes in header.as_chunks_mut::<8>().0 {
        *bytes = random.next_u64().to_le_bytes();
    }
    header
}

#[cfg(test)]
mod tests {
    use super::super::hashers::Hasher;
    use super::*;

    #[test]
    fn every_peer_passes_verification() {
        for peer in Peer::all() {
            peer.verify().unwrap_or_else(|error| panic!("{error}"));
        }
    }

    /// A defective hasher: correct only for headers with an even last byte.
    struct WrongForOddNonces;

    impl Hasher for WrongForOddNonces {
        fn new(_: &[u8; 80]) -> Self {
            Self
        }

        fn hash(&self, header: &[u8; 80]) -> [u8; 32] {
            let mut header = *header;
            header[79] &= 0xfe;
            (Peer::all()[0].hash)(&header)
        }
    }

    /// A defective hasher that ignores the first block.
    struct WithoutFirstBlock;

    impl Hasher for WithoutFirstBlock {
        fn new(_: &[u8; 80]) -> Self {
            Self
        }

        fn hash(&self, header: &[u8; 80]) -> [u8; 32] {
            let mut header = *header;
            header[..64].fill(0);
            (Peer::all()[0].hash)(&header)
        }
    }

    /// A defective search that ends early.
    fn short_search(header: &[u8; 80], nonces: Range<u32>, bound: u32) -> Vec<u32> {
        Peer::all()[0].search(header, nonces.start..nonces.start + 499, bound)
    }

    #[test]
    fn defective_peer_is_refused() {
        let input = Input::Midstate;
        assert!(Peer::new::<WrongForOddNonces>("odd nonces", input).verify().is_err());
        assert!(Peer::new::<WithoutFirstBlock>("without first block", input).verify().is_err());
        let error = Peer { search: short_search, ..Peer::all()[0] }.verify().unwrap_err();
        let text = error.to_string();
        assert!(text.starts_with("sha2, whole header: wrong nonces [], expected [20832"), "{text}");
    }
}
