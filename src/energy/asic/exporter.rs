//! The programs that write logs.

/// The program that wrote a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
#[serde(rename_all = "snake_case")]
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
            // pyasic's `timestamp` interprets the miner's local time as that of the polling machine
            // (`time.mktime` drops the offset); `datetime` has the offset.
            Self::Pyasic => "datetime",
        }
    }
}
