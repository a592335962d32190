//! The report of a scan.

use super::SCHEMA_VERSION;
use hashwatt::scan::{Hit, NonceRange, Scan, ScannerDescriptor};
use serde::Serialize;
use std::fmt;

/// The result of a search.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ScanReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The kernel that searched.
    pub kernel: String,
    /// Which of several ways to run it.
    pub variant: Option<String>,
    /// Threads it ran on.
    pub threads: usize,
    /// Whether the whole range was searched.
    pub complete: bool,
    /// Nonces decided, in decimal.
    pub hashes: String,
    /// Every hit, by nonce.
    pub hits: Vec<HitRow>,
    /// What was searched.
    pub covered: Vec<RangeRow>,
    /// Nonces that a device reported and the reference refused.
    pub hardware_errors: u64,
}

/// A hit.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct HitRow {
    /// The nonce as an integer.
    pub nonce: u32,
    /// The hash in display order.
    pub hash: String,
}

/// A range of nonces.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct RangeRow {
    /// The first nonce.
    pub start: u32,
    /// How many.
    pub count: u64,
}

impl From<&Hit> for HitRow {
    fn from(hit: &Hit) -> Self {
        Self { nonce: hit.nonce, hash: hit.hash.to_string() }
    }
}

impl From<&NonceRange> for RangeRow {
    fn from(range: &NonceRange) -> Self {
        Self { start: range.start(), count: range.len() }
    }
}

impl ScanReport {
    /// Of a search by a scanner.
    pub fn new(scanner: &ScannerDescriptor, scan: &Scan) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            kernel: scanner.kernel.clone(),
            variant: scanner.variant.clone(),
            threads: scanner.threads,
            complete: scan.complete,
            hashes: scan.hashes.to_string(),
            hits: scan.hits.iter().map(Into::into).collect(),
            covered: scan.covered.iter().map(Into::into).collect(),
            hardware_errors: scan.hardware_errors,
        }
    }
}

impl fmt::Display for ScanReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for hit in &self.hits {
            writeln!(f, "nonce {} ({:#010x})\n  hash {}", hit.nonce, hit.nonce, hit.hash)?;
        }
        let ending = if self.complete { "complete" } else { "INCOMPLETE" };
        let hits = self.hits.len();
        writeln!(f, "{hits} hits in {} hashes, {ending}, kernel {}", self.hashes, self.kernel)
    }
}
