//! No figure of a peer is shown before it has hashed what is known.

use super::{Input, Peer};
use hashwatt::pow::{Hash256, Header, sha256d};
use hashwatt_test_support::headers::{BLOCK_125552_HEX, GENESIS_HEX};
use hashwatt_test_support::noise::Random;
use std::fmt;
use std::ops::Range;

/// Headers of real blocks and their hashes as block explorers show them.
const KNOWN: [(&str, &str); 2] = [
    (GENESIS_HEX, "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"),
    (BLOCK_125552_HEX, "00000000000000001e8d6829a8a21adc5d38d0a473b144b6765798e61f98bd1d"),
];

/// Headers of no block that are held to the reference.
const RANDOM_HEADERS: usize = 500;

/// What a peer got wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    name: &'static str,
    input: Input,
    what: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}: wrong {}; it must not be timed", self.name, self.input, self.what)
    }
}

impl std::error::Error for Wrong {}

impl Peer {
    /// Holds the peer to the known blocks, and to the reference on random headers.
    ///
    /// # Errors
    /// The first difference.
    pub fn prove(&self) -> Result<(), Wrong> {
        for (header, hash) in KNOWN {
            let header = header.parse::<Header>().expect("a valid header");
            self.holds(&header.to_bytes(), hash)?;
            // The block's nonce among others; none of these has a hash as low.
            let nonces = header.nonce - 500..header.nonce + 500;
            self.finds(&header.to_bytes(), nonces, 0, vec![header.nonce])?;
        }
        let mut random = Random::new(0x70ee_7500);
        for _ in 0..RANDOM_HEADERS {
            self.holds_to_reference(&random_header(&mut random))?;
        }
        let header = random_header(&mut random);
        let first = random.next_u64() as u32 >> 1;
        let (nonces, bound) = (first..first + 2048, 1 << 26);
        let hits = nonces.clone().filter(|nonce| reference_is_below(&header, *nonce, bound));
        self.finds(&header, nonces.clone(), bound, hits.collect())
    }

    fn holds(&self, header: &[u8; 80], expected: &str) -> Result<(), Wrong> {
        let found = Hash256::from_bytes(self.hash(header)).to_string();
        match found == expected {
            true => Ok(()),
            false => Err(self.wrong(format!("hash {found} in place of {expected}"))),
        }
    }

    fn holds_to_reference(&self, header: &[u8; 80]) -> Result<(), Wrong> {
        self.holds(header, &sha256d(header).to_string())
    }

    fn finds(
        &self,
        header: &[u8; 80],
        nonces: Range<u32>,
        bound: u32,
        expected: Vec<u32>,
    ) -> Result<(), Wrong> {
        let found = self.search(header, nonces, bound);
        match found == expected {
            true => Ok(()),
            false => Err(self.wrong(format!("nonces {found:?} in place of {expected:?}"))),
        }
    }

    fn wrong(&self, what: String) -> Wrong {
        Wrong { name: self.name, input: self.input, what }
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
    fn every_peer_is_proven() {
        for peer in Peer::all() {
            peer.prove().unwrap_or_else(|wrong| panic!("{wrong}"));
        }
    }

    /// As a defective crate would be: right for the headers with an even last byte alone.
    struct Odd;

    impl Hasher for Odd {
        fn new(_: &[u8; 80]) -> Self {
            Self
        }

        fn hash(&self, header: &[u8; 80]) -> [u8; 32] {
            let mut header = *header;
            header[79] &= 0xfe;
            (Peer::all()[0].hash)(&header)
        }
    }

    /// The midstate of nothing: what forgetting the first block gives.
    struct Forgetful;

    impl Hasher for Forgetful {
        fn new(_: &[u8; 80]) -> Self {
            Self
        }

        fn hash(&self, header: &[u8; 80]) -> [u8; 32] {
            let mut header = *header;
            header[..64].fill(0);
            (Peer::all()[0].hash)(&header)
        }
    }

    /// Hashes rightly and searches a nonce less.
    fn short(header: &[u8; 80], nonces: Range<u32>, bound: u32) -> Vec<u32> {
        Peer::all()[0].search(header, nonces.start..nonces.start + 499, bound)
    }

    #[test]
    fn defective_peer_is_refused() {
        let input = Input::Midstate;
        assert!(Peer::of::<Odd>("odd", input).prove().is_err());
        assert!(Peer::of::<Forgetful>("forgetful", input).prove().is_err());
        let wrong = Peer { search: short, ..Peer::all()[0] }.prove().unwrap_err();
        let text = wrong.to_string();
        assert!(
            text.starts_with("sha2, whole header: wrong nonces [] in place of [20832"),
            "{text}"
        );
    }
}
