//! Who pays whom: dated flows, and what follows from them at a year's end.

pub mod border;
pub mod capacity;
pub mod debt;
mod definitions;
mod flow;
mod irr;
mod ledger;
mod levels;
pub mod owners;
pub mod tax;

pub use flow::{Class, FlowKind, FlowSpec, MeansOfPayment, Party};
pub use irr::{InternalRate, internal_rate};
pub use ledger::{Accounts, Cell, DatedFlow, FlowLog, NoLog, Quantity, QuantitySpec, When};
pub(crate) use levels::Levels;
