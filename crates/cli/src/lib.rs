//! The command `hashwatt` as a library: [`run`] is the whole command, [`live`] the network as a node or an API
//! tells it now.
//!
//! ```no_run
//! use hashwatt_cli::live::Source;
//! use std::time::Duration;
//!
//! let live = Source::api("https://mempool.space")?.fetch(Duration::from_secs(10))?;
//! println!("{:.1} EH/s", live.network.hashrate.value().as_eh_s());
//! # Ok::<(), hashwatt_cli::live::LiveError>(())
//! ```
//!
//! The figures come from the crates `hashwatt` and `hashwatt-report`; whoever wants them in a program calls those.

mod command;
pub mod live;

pub use command::run;
