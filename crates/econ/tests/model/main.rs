//! The engine compared with an independent reference, and invariants of the model.

mod ai;
mod bill;
mod bills;
mod brute;
mod capacity;
mod cases;
mod contract;
mod displacement;
mod draws;
mod estimate;
mod flows;
mod hours;
mod lease;
mod levels;
mod levies;
mod machines;
mod oracle;
mod owners;
mod paths;
mod peaks;
mod riot;
mod supply;
mod tables;
