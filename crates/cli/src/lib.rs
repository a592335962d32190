//! The command `hashwatt` as a library: [`run`] is the whole command, [`live`] the network as a node or an API
//! tells it now.
//!
//! ```no_run
//! use hashwatt_cli::live::{PlainHttp, Source};
//! use std::time::Duration;
//!
//! let source = Source::api(Source::MEMPOOL_SPACE, PlainHttp::NearOnly)?;
//! let live = source.fetch(Duration::from_secs(10))?;
//! println!("{:.1} EH/s", live.network.hashrate.value().as_eh_s());
//! # Ok::<(), hashwatt_cli::live::LiveError>(())
//! ```
//!
//! `TUTORIAL.md` goes from a clone to a page for a country that ships no scenario.
//!
//! The figures come from the crates `hashwatt` and `hashwatt-report`; whoever wants them in a program calls those.

mod command;
pub mod live;

pub use command::run;
