//! The errors of a miner's telemetry log.

use super::limits::MAX_GAP_S;
use crate::energy::MeterError;
use crate::energy::text::{beginning, printable};
use crate::plausible::ImplausibleValue;
use crate::uncertainty::{NotAnEfficiency, Scope};

/// The errors of a telemetry log. Snapshots are numbered from 1 in the order of the file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AsicError {
    /// The file cannot be read.
    #[error("{file}: {reason}")]
    Unreadable {
        /// The file.
        file: String,
        /// The system's error message.
        reason: String,
    },
    /// The text is not valid JSON.
    #[error(
        "snapshot {snapshot} is not valid JSON ({reason}); give an array of objects or one object \
         per line, as written by json.dumps in Python"
    )]
    NotJson {
        /// The number of the invalid snapshot.
        snapshot: usize,
        /// What is wrong and where.
        reason: String,
    },
    /// JSON in the format of neither exporter.
    #[error(
        "snapshot {snapshot} is not from a known exporter: {reason}; \
         give the complete `MinerData` of asic-rs or pyasic"
    )]
    UnknownExporter {
        /// The number of the snapshot.
        snapshot: usize,
        /// Why the exporter is not known.
        reason: &'static str,
    },
    /// Fewer than two snapshots.
    #[error("the log has {count} snapshot(s) of the machine; at least 2 are needed")]
    TooFew {
        /// The number of snapshots.
        count: usize,
    },
    /// Snapshots of more than one machine.
    #[error("the log contains several machines; select one of: {machines}")]
    SeveralMachines {
        /// Their names.
        machines: String,
    },
    /// No snapshot is from that machine.
    #[error("no snapshot is from machine `{name}`; select one of: {machines}")]
    UnknownMachine {
        /// The given name.
        name: String,
        /// The names of the machines in the log.
        machines: String,
    },
    /// A required value is missing.
    #[error(
        "snapshot {snapshot}: {field} is missing, and the efficiency cannot be computed without it"
    )]
    Missing {
        /// The number of the snapshot.
        snapshot: usize,
        /// The key.
        field: &'static str,
    },
    /// A value that is missing in every snapshot.
    #[error(
        "{field} is null in all {count} snapshots: {exporter} cannot read it from this machine; \
         update {exporter}, or measure the power of the machine with a wall meter"
    )]
    NeverGiven {
        /// The key.
        field: &'static str,
        /// The number of snapshots.
        count: usize,
        /// The exporter of the log.
        exporter: &'static str,
    },
    /// The machine did not respond for longer than the maximum gap.
    #[error(
        "snapshots {first} to {last}: {field} is missing, which leaves {seconds} s without data; \
         at most {} s are bridged, so split the log there and use one part",
        MAX_GAP_S
    )]
    Unanswered {
        /// The first snapshot without data.
        first: usize,
        /// The last snapshot without data.
        last: usize,
        /// The key that is missing in the first.
        field: &'static str,
        /// The time without data, in seconds.
        seconds: f64,
    },
    /// All snapshots are the same record.
    #[error(
        "all {count} snapshots have the same time and values: the telemetry is stale; \
         configure the exporter to poll the machine for each snapshot"
    )]
    Repeated {
        /// The number of snapshots.
        count: usize,
    },
    /// A value that no miner can have.
    #[error("snapshot {snapshot}: {field}: {reason}")]
    Implausible {
        /// The number of the snapshot.
        snapshot: usize,
        /// The key.
        field: &'static str,
        /// The possible range, and the likely cause.
        reason: Box<ImplausibleValue>,
    },
    /// A quotient of power and hashrate that no miner can have.
    #[error("wattage divided by hashrate: {0}")]
    ImplausibleEfficiency(Box<ImplausibleValue>),
    /// A value of the wrong type.
    #[error("snapshot {snapshot}: {field} is {given}; give {remedy}")]
    Malformed {
        /// The number of the snapshot.
        snapshot: usize,
        /// The key.
        field: &'static str,
        /// The given value, cut to one line.
        given: String,
        /// The expected value.
        remedy: &'static str,
    },
    /// A unit that is not a unit of hashrate.
    #[error("snapshot {snapshot}: {field} is {given}, which is not a unit from H/s to YH/s")]
    UnknownUnit {
        /// The number of the snapshot.
        snapshot: usize,
        /// The key.
        field: &'static str,
        /// The given value.
        given: String,
    },
    /// A negative value.
    #[error("snapshot {snapshot}: {field} is {given}, which is negative")]
    Negative {
        /// The number of the snapshot.
        snapshot: usize,
        /// The key.
        field: &'static str,
        /// The given value.
        given: String,
    },
    /// A power of zero, which is impossible for a machine that responds.
    #[error("snapshot {snapshot}: wattage is 0, but a machine that responds draws power")]
    ZeroPower {
        /// The number of the snapshot.
        snapshot: usize,
    },
    /// Power without hashrate: the machine is paused, starting or faulty.
    #[error(
        "snapshot {snapshot}: hashrate is 0 while the machine draws {watts} W; \
         give only the part of the log in which it mines"
    )]
    ZeroHashrate {
        /// The number of the snapshot.
        snapshot: usize,
        /// Its power, in watts.
        watts: f64,
    },
    /// The machine computes another algorithm.
    #[error(
        "snapshot {snapshot}: the machine computes {given}; \
         give the log of a machine that computes SHA-256d"
    )]
    OtherAlgorithm {
        /// The number of the snapshot.
        snapshot: usize,
        /// The algorithm that it reports.
        given: String,
    },
    /// A snapshot older than the one before it.
    #[error("snapshot {snapshot}: {field} is earlier than in the previous snapshot; sort the log")]
    OutOfOrder {
        /// The number of the snapshot.
        snapshot: usize,
        /// The key.
        field: &'static str,
    },
    /// A snapshot with the same time as the one before it.
    #[error(
        "snapshot {snapshot}: {field} is the same as in the previous snapshot; \
         poll less often than the resolution of the clock, or remove one of the two"
    )]
    DuplicateTime {
        /// The number of the snapshot.
        snapshot: usize,
        /// The key.
        field: &'static str,
    },
    /// A gap between two snapshots that is too long.
    #[error(
        "snapshot {snapshot}: {field} is {seconds} s after the previous snapshot; \
         at most {} s are bridged",
        MAX_GAP_S
    )]
    Gap {
        /// The number of the snapshot.
        snapshot: usize,
        /// The key.
        field: &'static str,
        /// The length of the gap, in seconds.
        seconds: f64,
    },
    /// A change of something that has to stay the same within a window.
    #[error(
        "snapshot {snapshot}: {field} changes from `{before}` to `{after}`; \
         split the log there and use one part"
    )]
    Changed {
        /// The number of the snapshot.
        snapshot: usize,
        /// The key.
        field: &'static str,
        /// The previous value.
        before: String,
        /// The new value.
        after: String,
    },
    /// A counter of shares went down: the mining process was restarted.
    #[error(
        "snapshot {snapshot}: {field} of {pool} went down from {before} to {after}; \
         the miner was restarted, so split the log there"
    )]
    CounterDown {
        /// The number of the snapshot.
        snapshot: usize,
        /// The key.
        field: &'static str,
        /// The pool.
        pool: String,
        /// The previous value.
        before: u64,
        /// The new value.
        after: u64,
    },
    /// A share difficulty was given, but the shares cannot be counted.
    #[error("shares cannot be counted: {reason}; omit the share difficulty")]
    NoShares {
        /// Why they cannot be counted.
        reason: String,
    },
    /// An invalid share difficulty.
    #[error("share difficulty is {given}; give the pool's difficulty, above 0 and finite")]
    NotADifficulty {
        /// The given value.
        given: f64,
    },
    /// A scope that a miner's telemetry cannot have.
    #[error("scope is {given}; give asic_board_dc or node_wall")]
    NotAScope {
        /// The given scope.
        given: Scope,
    },
    /// Sums beyond the range of numbers.
    #[error("{0}")]
    NotAnEfficiency(#[from] NotAnEfficiency),
    /// The energy account refused the power readings.
    #[error("{0}")]
    Meter(#[from] MeterError),
}

/// A value of the file, cut to one printable line.
pub(super) fn shown(given: &serde_json::Value) -> String {
    const MAX_CHARS: usize = 60;
    printable(beginning(&given.to_string(), MAX_CHARS), MAX_CHARS)
}
