//! Every way in which a log of a miner's telemetry gives no efficiency.

use super::limits::MAX_GAP_S;
use crate::energy::MeterError;
use crate::energy::text::{beginning, printable};
use crate::plausible::ImplausibleValue;
use crate::uncertainty::{NotAnEfficiency, Scope};

/// Every way in which a log gives no efficiency. Snapshots are numbered from 1 in the order of
/// the file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AsicError {
    /// The file cannot be read.
    #[error("{file}: {reason}")]
    Unreadable {
        /// Which.
        file: String,
        /// The system's words.
        reason: String,
    },
    /// The text is no JSON.
    #[error(
        "snapshot {snapshot} is no JSON ({reason}); give an array of objects or an object a line, \
         as Python's json.dumps writes them"
    )]
    NotJson {
        /// Which one it would have been.
        snapshot: usize,
        /// What is wrong where.
        reason: String,
    },
    /// JSON that neither exporter writes.
    #[error(
        "snapshot {snapshot} is not of a known exporter: {reason}; \
         give the whole `MinerData` of asic-rs or pyasic"
    )]
    UnknownExporter {
        /// Which.
        snapshot: usize,
        /// What it lacks.
        reason: &'static str,
    },
    /// A window needs two ends.
    #[error("the log has {count} snapshot(s) of the machine; a window takes at least 2")]
    TooFew {
        /// How many there are.
        count: usize,
    },
    /// Snapshots of more than one machine.
    #[error("the log holds several machines; name one of: {machines}")]
    SeveralMachines {
        /// Their names.
        machines: String,
    },
    /// No snapshot is of that machine.
    #[error("no snapshot is of machine `{name}`; name one of: {machines}")]
    UnknownMachine {
        /// What was asked for.
        name: String,
        /// What is there.
        machines: String,
    },
    /// A figure that the machine did not give.
    #[error("snapshot {snapshot}: {field} is missing; without it there is no efficiency")]
    Missing {
        /// Which.
        snapshot: usize,
        /// The key.
        field: &'static str,
    },
    /// A figure that no snapshot gives.
    #[error(
        "{field} is null in each of the {count} snapshots: {exporter} cannot read it from this \
         machine; update {exporter}, or take the machine's power with a wall meter"
    )]
    NeverGiven {
        /// The key.
        field: &'static str,
        /// How many snapshots there are.
        count: usize,
        /// Who wrote the log.
        exporter: &'static str,
    },
    /// The machine did not answer for too long.
    #[error(
        "snapshots {first} to {last}: {field} is missing, which leaves {seconds} s without an \
         answer; at most {} s may be bridged, so cut the log there and take one part",
        MAX_GAP_S
    )]
    Unanswered {
        /// The first snapshot without it.
        first: usize,
        /// The last one in a row.
        last: usize,
        /// The key that is missing in the first.
        field: &'static str,
        /// The time without an answer.
        seconds: f64,
    },
    /// The same record over and over.
    #[error(
        "all {count} snapshots have the same time and figures: the telemetry is stale; \
         let the exporter ask the machine anew for each snapshot"
    )]
    Repeated {
        /// How many there are.
        count: usize,
    },
    /// A figure that no miner has.
    #[error("snapshot {snapshot}: {field}: {reason}")]
    Implausible {
        /// Which.
        snapshot: usize,
        /// The key.
        field: &'static str,
        /// What is possible, and what may have happened.
        reason: Box<ImplausibleValue>,
    },
    /// A quotient that no miner has.
    #[error("wattage over hashrate: {0}")]
    ImplausibleEfficiency(Box<ImplausibleValue>),
    /// A figure of the wrong kind.
    #[error("snapshot {snapshot}: {field} is {given}; give {remedy}")]
    Malformed {
        /// Which.
        snapshot: usize,
        /// The key.
        field: &'static str,
        /// What stands there, cut to a line.
        given: String,
        /// What should.
        remedy: &'static str,
    },
    /// A unit that is not one of hashrate.
    #[error("snapshot {snapshot}: {field} is {given}, which is no unit from H/s to YH/s")]
    UnknownUnit {
        /// Which.
        snapshot: usize,
        /// The key.
        field: &'static str,
        /// What stands there.
        given: String,
    },
    /// A figure below zero.
    #[error("snapshot {snapshot}: {field} is {given}, which is below 0")]
    Negative {
        /// Which.
        snapshot: usize,
        /// The key.
        field: &'static str,
        /// What stands there.
        given: String,
    },
    /// A machine that answers draws power.
    #[error("snapshot {snapshot}: wattage is 0, but a machine that answers draws power")]
    ZeroPower {
        /// Which.
        snapshot: usize,
    },
    /// Power without work: the machine is paused, starting or broken.
    #[error(
        "snapshot {snapshot}: hashrate is 0 while the machine draws {watts} W; \
         cut the log to where it mines"
    )]
    ZeroHashrate {
        /// Which.
        snapshot: usize,
        /// Its power.
        watts: f64,
    },
    /// The machine hashes something else.
    #[error(
        "snapshot {snapshot}: the machine computes {given}; \
         give the log of a machine that computes SHA-256d"
    )]
    OtherAlgorithm {
        /// Which.
        snapshot: usize,
        /// What it says.
        given: String,
    },
    /// A snapshot older than the one before it.
    #[error("snapshot {snapshot}: {field} is before that of the snapshot above; sort the log")]
    OutOfOrder {
        /// Which.
        snapshot: usize,
        /// The key.
        field: &'static str,
    },
    /// A snapshot of the same moment as the one before it.
    #[error(
        "snapshot {snapshot}: {field} is that of the snapshot above; \
         poll more slowly than the clock's step or drop one"
    )]
    DuplicateTime {
        /// Which.
        snapshot: usize,
        /// The key.
        field: &'static str,
    },
    /// Too long a time in which nobody looked.
    #[error(
        "snapshot {snapshot}: {field} is {seconds} s after the snapshot above; \
         at most {} s may be bridged",
        MAX_GAP_S
    )]
    Gap {
        /// Which.
        snapshot: usize,
        /// The key.
        field: &'static str,
        /// How long.
        seconds: f64,
    },
    /// Something that has to stay the same within a window.
    #[error(
        "snapshot {snapshot}: {field} turns from `{before}` to `{after}`; \
         cut the log there and take one part"
    )]
    Changed {
        /// Which.
        snapshot: usize,
        /// The key.
        field: &'static str,
        /// What it was.
        before: String,
        /// What it is.
        after: String,
    },
    /// A counter of shares went down: the mining process was restarted.
    #[error(
        "snapshot {snapshot}: {field} of {pool} went down from {before} to {after}; \
         the miner was restarted, cut the log there"
    )]
    CounterDown {
        /// Which.
        snapshot: usize,
        /// The key.
        field: &'static str,
        /// The pool.
        pool: String,
        /// What it was.
        before: u64,
        /// What it is.
        after: u64,
    },
    /// A share difficulty was given and there are no shares to count by it.
    #[error("shares cannot be counted: {reason}; leave the share difficulty out")]
    NoShares {
        /// Why.
        reason: String,
    },
    /// A share difficulty that is none.
    #[error("share difficulty is {given}; give the pool's, above 0 and finite")]
    NotADifficulty {
        /// What was given.
        given: f64,
    },
    /// A scope that no miner's own figure has.
    #[error("scope is {given}; give asic_board_dc or node_wall")]
    NotAScope {
        /// What was given.
        given: Scope,
    },
    /// Sums beyond what a number holds.
    #[error("{0}")]
    NotAnEfficiency(#[from] NotAnEfficiency),
    /// The account of the power readings refused them.
    #[error("{0}")]
    Meter(#[from] MeterError),
}

/// What a file says, cut to a line that can be shown.
pub(super) fn shown(given: &serde_json::Value) -> String {
    const MOST: usize = 60;
    printable(beginning(&given.to_string(), MOST), MOST)
}
