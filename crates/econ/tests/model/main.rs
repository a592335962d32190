//! The engine against an independent reference, and the invariants of the model.

mod cases;
mod oracle;
mod tables;
