//! Who writes logs.

/// Who wrote a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exporter {
    /// The Rust crate asic-rs: `MinerData` with `schema_version`.
    AsicRs,
    /// The Python package pyasic: `MinerData` with `datetime`.
    Pyasic,
}

impl Exporter {
    /// The project's own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::AsicRs => "asic-rs",
            Self::Pyasic => "pyasic",
        }
    }

    /// The key of a snapshot's time.
    pub(super) fn time_field(self) -> &'static str {
        match self {
            Self::AsicRs => "timestamp",
            // pyasic's `timestamp` takes the miner's local time for that of the machine that
            // asked (`time.mktime` drops the offset); `datetime` has the offset.
            Self::Pyasic => "datetime",
        }
    }
}
