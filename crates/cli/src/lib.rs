//! The command `hashwatt` as a library: [`run`] is the whole command, [`live`] the network as a node or an API
//! tells it now.
//!
//! The figures come from the crates `hashwatt` and `hashwatt-report`; whoever wants them in a program calls those.

mod command;
pub mod live;

pub use command::run;
