//! Dated flows between parties, and the year-end closing of the accounts.

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
pub use ledger::{Accounts, Cell, DatedFlow, Quantity, QuantitySpec, When};
#[doc(hidden)] // for the tests and the other crates of this workspace
pub use ledger::{FlowLog, NoLog};
pub(crate) use levels::Levels;
