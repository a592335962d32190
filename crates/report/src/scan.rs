//! The report of a scan.

use super::{SCHEMA_VERSION, WarningRow};
use hashwatt::pow::{CompactTarget, Header, Target};
use hashwatt::scan::{Hit, NonceRange, Scan, ScannerDescriptor};
use hashwatt::text::plain;
use serde::Serialize;
use std::fmt;

/// The result of a search.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ScanReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What the header says, as it was understood.
    pub understood: HeaderRow,
    /// The target that was searched for: the header's, or the one given in its place.
    pub target: TargetRow,
    /// What looks wrong with the header.
    pub warnings: Vec<WarningRow>,
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

/// A header's fields as they were understood.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct HeaderRow {
    /// The block's version.
    pub version: i32,
    /// Hash of the previous block in display order.
    pub previous_hash: String,
    /// Root of the tree of transactions in display order.
    pub merkle_root: String,
    /// Seconds since 1970.
    pub time: u32,
    /// The same in RFC 3339.
    pub time_utc: String,
    /// The target in compact form and its difficulty.
    pub target: TargetRow,
}

/// A target.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct TargetRow {
    /// In compact form.
    pub bits: String,
    /// As difficulty; null where the bits make no target.
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
    /// Of a search by a scanner for a header's hashes that meet `bits`.
    pub fn new(
        header: &Header,
        bits: CompactTarget,
        scanner: &ScannerDescriptor,
        scan: &Scan,
    ) -> Self {
        let doubt = header.doubt();
        let warning = doubt.map(|doubt| WarningRow::new(doubt.order.key(), doubt.to_string()));
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
        // On one line, so that the mended header can be copied.
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
            // Easier targets than the main network's are those of tests.
            Some(small) if small < 0.01 => write!(f, "{}, difficulty {small:.3e}", self.bits),
            Some(difficulty) => write!(f, "{}, difficulty {}", self.bits, plain(difficulty)),
            None => write!(f, "{}, which make no target", self.bits),
        }
    }
}
