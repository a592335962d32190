//! The `hashwatt` command as a library: [`run`] is the whole command, and [`live`] fetches the
//! current state of the network from a node or an API.
//!
//! ```no_run
//! use hashwatt_cli::live::{PlainHttp, Source};
//! use std::time::Duration;
//!
//! let source = Source::api(Source::MEMPOOL_SPACE, PlainHttp::LocalOnly)?;
//! let live = source.fetch(Duration::from_secs(10))?;
//! println!("{:.1} EH/s", live.network.hashrate.value().as_eh_s());
//! # Ok::<(), hashwatt_cli::live::LiveError>(())
//! ```
//!
//! `TUTORIAL.md` leads from a clone of the repository to a report for a country without a shipped scenario.
//!
//! The figures come from the crates `hashwatt` and `hashwatt-report`; programs should use those directly.

mod command;
pub mod live;

pub use command::run;
