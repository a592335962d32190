//! The SHA-256 of other crates in the loop that a Rust user would write with them: the double hash of
//! an 80-byte header for consecutive nonces, through the crate's ordinary interface.
//! `cargo bench -p peers` times them together with hashwatt's kernels.

mod hashers;
mod verify;

pub use verify::VerificationError;

use hashers::Hasher;
use std::fmt;
use std::ops::Range;

/// The input that is hashed for each nonce.
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

/// A crate with one kind of input.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// The crate's name.
    pub name: &'static str,
    /// The input that it hashes for each nonce.
    pub input: Input,
    hash: fn(&[u8; 80]) -> [u8; 32],
    search: fn(&[u8; 80], Range<u32>, u32) -> Vec<u32>,
}

impl Peer {
    fn new<H: Hasher>(name: &'static str, input: Input) -> Self {
        Self { name, input, hash: hash::<H>, search: search::<H> }
    }

    /// All peers of this build. The first is the baseline: the crate `sha2` with the whole header.
    pub fn all() -> Vec<Self> {
        use Input::{Midstate, WholeHeader};
        vec![
            Self::new::<hashers::Sha2Whole>("sha2", WholeHeader),
            Self::new::<hashers::Sha2Midstate>("sha2", Midstate),
            Self::new::<hashers::BitcoinWhole>("bitcoin_hashes", WholeHeader),
            Self::new::<hashers::BitcoinMidstate>("bitcoin_hashes", Midstate),
            Self::new::<hashers::RingWhole>("ring", WholeHeader),
            Self::new::<hashers::RingMidstate>("ring", Midstate),
            #[cfg(feature = "openssl")]
            Self::new::<hashers::OpensslWhole>("openssl", WholeHeader),
            #[cfg(feature = "openssl")]
            Self::new::<hashers::OpensslMidstate>("openssl", Midstate),
        ]
    }

    /// The double hash of a header, in SHA-256's byte order.
    pub fn hash(&self, header: &[u8; 80]) -> [u8; 32] {
        (self.hash)(header)
    }

    /// The nonces of the range for which the highest 32 bits of the hash as a number are at most
    /// `bound`.
    pub fn search(&self, header: &[u8; 80], nonces: Range<u32>, bound: u32) -> Vec<u32> {
        (self.search)(header, nonces, bound)
    }

    /// The crate's version in the lock file of this build.
    pub fn version(&self) -> &'static str {
        version_in(include_str!("../../../Cargo.lock"), self.name).unwrap_or("unknown")
    }

    /// The version of the library that the crate links to, if it has one.
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

/// A header at the start of a cache line: depending on the stack's alignment, a crate's rate would be
/// up to a fifth lower.
#[repr(align(64))]
struct Aligned([u8; 80]);

/// The search loop, compiled for each hasher as it would be in a program that uses only one.
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

/// The version of a package that this crate depends on. If the lock file has several versions, this
/// crate's list of dependencies includes the version.
fn version_in<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let field = |package: &'a str, key: &str| {
        let lines = package.lines().filter_map(|line| line.strip_prefix(key));
        lines.filter_map(|value| value.strip_prefix(" = ")).next().map(|v| v.trim_matches('"'))
    };
    let packages = || lock.split("[[package]]");
    let this = packages().find(|package| field(package, "name") == Some(env!("CARGO_PKG_NAME")))?;
    let dependency = this.lines().find_map(|line| {
        let mut words = line.trim().trim_matches([',', '"']).split(' ');
        (words.next() == Some(name)).then_some(words.next())
    })?;
    dependency.or_else(|| {
        let package = packages().find(|package| field(package, "name") == Some(name))?;
        field(package, "version")
    })
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
    fn version_is_that_of_the_dependency_and_none_for_other_packages() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.2.0\"\n\n\
                    [[package]]\nname = \"b\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"b\"\nversion = \"2.0.0\"\n\n\
                    [[package]]\nname = \"c\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"peers\"\nversion = \"0.2.0\"\n\
                    dependencies = [\n \"a\",\n \"b 2.0.0\",\n]\n";
        assert_eq!(version_in(lock, "a"), Some("1.2.0"));
        assert_eq!(version_in(lock, "b"), Some("2.0.0"));
        assert_eq!(version_in(lock, "c"), None);
    }
}
