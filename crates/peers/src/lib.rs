//! Other crates' SHA-256 in the loop that a Rust user would write with them: the double hash of an
//! 80-byte header for one nonce after another, each through the crate's ordinary interface.
//! `cargo bench -p peers` times them beside hashwatt's kernels.

mod hashers;
mod proof;

pub use proof::Wrong;

use hashers::Hasher;
use std::fmt;
use std::ops::Range;

/// What is hashed for each nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// All 80 bytes.
    WholeHeader,
    /// The last 16 bytes, from the state after the first 64.
    Midstate,
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::WholeHeader => "whole header",
            Self::Midstate => "midstate",
        })
    }
}

/// One crate with one kind of input.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// The crate's name.
    pub name: &'static str,
    /// What it hashes for each nonce.
    pub input: Input,
    hash: fn(&[u8; 80]) -> [u8; 32],
    search: fn(&[u8; 80], Range<u32>, u32) -> Vec<u32>,
}

impl Peer {
    fn of<H: Hasher>(name: &'static str, input: Input) -> Self {
        Self { name, input, hash: hash::<H>, search: search::<H> }
    }

    /// All of this build, the baseline first: the crate `sha2` with the whole header.
    pub fn all() -> Vec<Self> {
        use Input::{Midstate, WholeHeader};
        vec![
            Self::of::<hashers::Sha2Whole>("sha2", WholeHeader),
            Self::of::<hashers::Sha2Midstate>("sha2", Midstate),
            Self::of::<hashers::BitcoinWhole>("bitcoin_hashes", WholeHeader),
            Self::of::<hashers::BitcoinMidstate>("bitcoin_hashes", Midstate),
            Self::of::<hashers::RingWhole>("ring", WholeHeader),
            Self::of::<hashers::RingMidstate>("ring", Midstate),
            #[cfg(feature = "openssl")]
            Self::of::<hashers::OpensslWhole>("openssl", WholeHeader),
            #[cfg(feature = "openssl")]
            Self::of::<hashers::OpensslMidstate>("openssl", Midstate),
        ]
    }

    /// The double hash of a header, in the order in which SHA-256 gives its bytes.
    pub fn hash(&self, header: &[u8; 80]) -> [u8; 32] {
        (self.hash)(header)
    }

    /// The nonces of the range whose hash, read as a number, has highest 32 bits of at most
    /// `bound`.
    pub fn search(&self, header: &[u8; 80], nonces: Range<u32>, bound: u32) -> Vec<u32> {
        (self.search)(header, nonces, bound)
    }

    /// The crate's version, from the lock file that this was built with.
    pub fn version(&self) -> &'static str {
        version_in(include_str!("../../../Cargo.lock"), self.name).unwrap_or("unknown")
    }

    /// The library that the crate is linked with, where that has a version of its own.
    pub fn library(&self) -> Option<&'static str> {
        match self.name {
            #[cfg(feature = "openssl")]
            "openssl" => Some(openssl::version::version()),
            _ => None,
        }
    }
}

fn hash<H: Hasher>(header: &[u8; 80]) -> [u8; 32] {
    H::new(header).hash(header)
}

/// A header that begins with a cache line: where the stack happens to lie would cost up to a fifth
/// of a crate's rate.
#[repr(align(64))]
struct Aligned([u8; 80]);

/// The loop is compiled for each hasher, as it would be in a program that knows only one.
fn search<H: Hasher>(header: &[u8; 80], nonces: Range<u32>, bound: u32) -> Vec<u32> {
    let Aligned(header) = &mut Aligned(*header);
    let hasher = H::new(header);
    let mut hits = Vec::new();
    for nonce in nonces {
        let mut header = *header;
        header[76..].copy_from_slice(&nonce.to_le_bytes());
        let hash = hasher.hash(&header);
        if u32::from_le_bytes([hash[28], hash[29], hash[30], hash[31]]) <= bound {
            hits.push(nonce);
        }
    }
    hits
}

/// The version of a package that stands in the lock file exactly once.
fn version_in<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let mut versions = lock.split("[[package]]").filter_map(|package| {
        let field = |key: &str| {
            let lines = package.lines().filter_map(|line| line.strip_prefix(key));
            lines.filter_map(|value| value.strip_prefix(" = ")).next().map(|v| v.trim_matches('"'))
        };
        (field("name") == Some(name)).then(|| field("version")).flatten()
    });
    let first = versions.next();
    versions.next().is_none().then_some(first).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_peer_has_one_version_in_the_lock_file() {
        for peer in Peer::all() {
            let version = peer.version();
            assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{}: {version}", peer.name);
        }
    }

    #[test]
    fn version_of_no_package_or_of_two_is_absent() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.2.0\"\n\n\
                    [[package]]\nname = \"b\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"b\"\nversion = \"2.0.0\"\n";
        assert_eq!(version_in(lock, "a"), Some("1.2.0"));
        assert_eq!(version_in(lock, "b"), None);
        assert_eq!(version_in(lock, "c"), None);
    }
}
