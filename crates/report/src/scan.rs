//! The report of a nonce search.

use super::SCHEMA_VERSION;
use hashwatt::econ::document::WarningRow;
use hashwatt::pow::{CompactTarget, Header, Target};
use hashwatt::scan::{Hit, NonceRange, Scan, ScannerDescriptor};
use hashwatt::text::plain;
use serde::Serialize;
use std::fmt;

/// The result of a nonce search.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct ScanReport {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// The fields of the header as hashwatt parsed them.
    pub understood: HeaderRow,
    /// The target of the search: the header's own, or the one given in its place.
    pub target: TargetRow,
    /// Warnings about the header.
    pub warnings: Vec<WarningRow>,
    /// Name of the kernel.
    pub kernel: String,
    /// The kernel's variant, if it has several.
    pub variant: Option<String>,
    /// Number of threads.
    pub threads: usize,
    /// Whether the whole range was searched.
    pub complete: bool,
    /// Number of nonces tested, as a decimal string.
    pub hashes: String,
    /// All hits, ordered by nonce.
    pub hits: Vec<HitRow>,
    /// The ranges of nonces that were searched.
    pub covered: Vec<RangeRow>,
    /// Nonces that the device reported as hits and the reference implementation rejected.
    pub hardware_errors: u64,
}

/// The fields of a block header as hashwatt parsed them.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct HeaderRow {
    /// The block's version.
    pub version: i32,
    /// Hash of the previous block, in display byte order.
    pub previous_hash: String,
    /// Merkle root of the transactions, in display byte order.
    pub merkle_root: String,
    /// Time, seconds since 1970-01-01 UTC.
    pub time: u32,
    /// Time as RFC 3339.
    pub time_utc: String,
    /// The target.
    pub target: TargetRow,
}

/// A proof-of-work target.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct TargetRow {
    /// Compact form (nBits).
    pub bits: String,
    /// Difficulty; null if the bits do not encode a valid target.
    pub difficulty: Option<f64>,
}

impl From<CompactTarget> for TargetRow {
    fn from(bits: CompactTarget) -> Self {
        let target = Target::from_compact(bits);
        let difficulty = target.ok().map(|target| target.difficulty().value());
        Self { bits: bits.to_string(), difficulty }
    }
}

impl From<&Header> for HeaderRow {
    fn from(header: &Header) -> Self {
        Self {
            version: header.version,
            previous_hash: header.prev_block.to_string(),
            merkle_root: header.merkle_root.to_string(),
            time: header.time,
            time_utc: format!("{}Z", header.utc()),
            target: header.bits.into(),
        }
    }
}

/// A nonce whose hash meets the target.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct HitRow {
    /// The nonce.
    pub nonce: u32,
    /// The block hash, in display byte order.
    pub hash: String,
}

/// A range of nonces.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct RangeRow {
    /// The first nonce.
    pub start: u32,
    /// Number of nonces.
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
    /// Creates the report of a search for nonces of `header` whose hashes meet the target `bits`.
    pub fn new(
        header: &Header,
        bits: CompactTarget,
        scanner: &ScannerDescriptor,
        scan: &Scan,
    ) -> Self {
        let warning = header.byte_order_warning();
        let warning = warning.map(|found| WarningRow::new(found.order.key(), found.to_string()));
        Self {
            schema_version: SCHEMA_VERSION,
            understood: header.into(),
            target: bits.into(),
            warnings: warning.into_iter().collect(),
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
        write!(f, "{}", self.understood)?;
        if self.target.bits != self.understood.target.bits {
            writeln!(f, "  searched for  {}", self.target)?;
        }
        for hit in &self.hits {
            writeln!(f, "nonce {} ({:#010x})\n  hash {}", hit.nonce, hit.nonce, hit.hash)?;
        }
        let ending = if self.complete { "complete" } else { "INCOMPLETE" };
        let hits = self.hits.len();
        writeln!(f, "{hits} hits in {} hashes, {ending}, kernel {}", self.hashes, self.kernel)?;
        // On one line, so that the corrected header can be copied.
        self.warnings.iter().try_for_each(|warning| writeln!(f, "warning: {}", warning.text))
    }
}

impl fmt::Display for HeaderRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.time_utc.replace('T', " ").replace('Z', " UTC");
        writeln!(f, "header")?;
        writeln!(f, "  version       {} ({:#010x})", self.version, self.version)?;
        writeln!(f, "  previous hash {}", self.previous_hash)?;
        writeln!(f, "  time          {time}")?;
        writeln!(f, "  bits          {}", self.target)
    }
}

impl fmt::Display for TargetRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.difficulty {
            // Targets easier than the main network's are used in tests.
            Some(small) if small < 0.01 => write!(f, "{}, difficulty {small:.3e}", self.bits),
            Some(difficulty) => write!(f, "{}, difficulty {}", self.bits, plain(difficulty)),
            None => write!(f, "{}, which is not a valid target", self.bits),
        }
    }
}
