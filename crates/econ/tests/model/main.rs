//! The engine against an independent reference, and the invariants of the model.

mod ai;
mod bill;
mod brute;
mod capacity;
mod cases;
mod displacement;
mod draws;
mod estimate;
mod flows;
mod hours;
mod levels;
mod machines;
mod oracle;
mod owners;
mod paths;
mod supply;
mod tables;
