//! The input of a search, a header with its target, and its hits.

use crate::pow::{Hash256, Header, Midstate, Target};

/// A header to search and its target, with the midstate computed once.
#[derive(Clone, Debug)]
pub struct Job {
    header: [u8; Header::LEN],
    midstate: Midstate,
    tail: [u32; 3],
    target: Target,
}

impl Job {
    /// A job for a header; its own nonce is ignored. The target is a separate argument because pools
    /// and tests use an easier target than that of the header's bits.
    pub fn new(header: &Header, target: Target) -> Self {
        let bytes = header.to_bytes();
        let mut first = [0; 64];
        first.copy_from_slice(&bytes[..64]);
        let word = |at: usize| {
            u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        Self {
            header: bytes,
            midstate: Midstate::of(&first),
            tail: [word(64), word(68), word(72)],
            target,
        }
    }

    /// The state after the header's first 64 bytes.
    pub fn midstate(&self) -> Midstate {
        self.midstate
    }
    /// The three message words before the nonce in the second block, big-endian as in SHA-256: the end
    /// of the Merkle root, time, bits.
    pub fn tail(&self) -> [u32; 3] {
        self.tail
    }
    /// The target, which a hash must not exceed.
    pub fn target(&self) -> Target {
        self.target
    }
    /// The job with another target.
    pub(super) fn with_target(&self, target: Target) -> Self {
        Self { target, ..self.clone() }
    }
    /// The bytes of the header with the given nonce.
    pub fn header_bytes(&self, nonce: u32) -> [u8; Header::LEN] {
        let mut bytes = self.header;
        bytes[Header::NONCE_AT..].copy_from_slice(&nonce.to_le_bytes());
        bytes
    }

    /// Verifies a nonce with the reference implementation: `Some` if it is a hit. Every hit that a
    /// scanner reports has been verified by this function.
    pub fn verify(&self, nonce: u32) -> Option<Hit> {
        let hash = self.hash(nonce);
        self.target.is_met_by(&hash).then_some(Hit { nonce, hash })
    }

    fn hash(&self, nonce: u32) -> Hash256 {
        let mut last = [0; 16];
        last.copy_from_slice(&self.header_bytes(nonce)[64..]);
        self.midstate.finish(&last)
    }

    /// Whether both have the same message schedule and target, so that they differ only in the
    /// header's first block.
    #[cfg(feature = "gpu")]
    pub(super) fn shares_schedule(&self, other: &Self) -> bool {
        self.tail == other.tail && self.target == other.target
    }

    /// Whether the highest 32 bits of a nonce's hash are at most those of the target. A device compares
    /// only these.
    #[cfg(feature = "gpu")]
    pub(super) fn passes_filter(&self, nonce: u32) -> bool {
        let hash = self.hash(nonce).to_bytes();
        u32::from_le_bytes([hash[28], hash[29], hash[30], hash[31]]) <= self.target.top_word()
    }
}

/// A nonce whose hash meets the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Hit {
    /// The nonce as the header's integer.
    pub nonce: u32,
    /// The hash of the header with this nonce.
    pub hash: Hash256,
}
