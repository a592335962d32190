//! ASIC miners by their own telemetry: a log of snapshots becomes joules, hashes and J/TH.
//!
//! Nothing here asks a machine. Programs that do are many, and two of them write what they learn
//! as JSON: the Rust crate [asic-rs](https://docs.rs/asic-rs) (read with 0.8.6) and the Python
//! package [pyasic](https://pypi.org/project/pyasic/) (read with 0.40 to 0.79). A log is one
//! object, an array or an object a line, of one machine over time. A file is what a user brings
//! and can be edited, so every figure from it is user-reported.
//!
//! # What the figure is worth
//!
//! Power is integrated over the snapshots' times by trapezoids, and so is the hashrate over the
//! same window; their quotient is the efficiency. The machine's own figure for the efficiency is
//! never used: it is of one moment, often rounded, and stands beside only to be compared.
//!
//! Both the power and the hashrate are what the machine says of itself. Its hashrate is an
//! average of its own making, over seconds or minutes. The pool's accepted shares are a count
//! made by somebody else: a share of difficulty D takes D * 2^48/65535 hashes on average, the
//! work of a target of 0xffff * 2^208 / D (`truediffone` in cgminer, `GetBlockProof` in Bitcoin
//! Core). Shares come as a Poisson process, so N of them give the work to a relative standard
//! uncertainty of 1/sqrt(N). From [`MIN_SHARES`] on, 5 %, the headline is by shares; with
//! fewer it is by hashrate. Both are given, and their ratio is held against the counting error.
//! Neither exporter writes the difficulty of the shares, so it has to be given, and it has to
//! have stayed the same: a pool that varies it makes the count worth nothing. Rejected shares
//! and those of a firmware's fee are work too that accepted shares leave out. asic-rs writes whole
//! seconds: by hashrate that cancels, by shares it leaves 0.4 s over the length of the window.
//!
//! # What is said beside it
//!
//! The record says what the machine should do: its expected or sticker hashrate, boards and chips.
//! A mean hashrate outside [`TYPICAL_HASHRATE_RATIO`] of that, boards that do not hash, a machine that
//! says that it does not mine, and figures that stay the same for longer than [`STALE_AFTER_S`] are
//! warnings of the result. A snapshot without power or hashrate is a poll that the machine did not
//! answer: it is left out and counted, as long as its neighbours are within [`MAX_GAP_S`]; what
//! no snapshot gives is an error of its own. Power, hashrate and J/TH beyond every machine of the
//! field are refused ([`ASIC_POWER`], [`ASIC_HASHRATE`], [`ASIC_EFFICIENCY`]), unusual ones taken
//! with a warning.
//!
//! [`ASIC_POWER`]: crate::plausible::ASIC_POWER
//! [`ASIC_HASHRATE`]: crate::plausible::ASIC_HASHRATE
//! [`ASIC_EFFICIENCY`]: crate::plausible::ASIC_EFFICIENCY

mod condition;
mod error;
mod exporter;
mod figures;
mod limits;
mod log;
mod parse;
mod remarks;
mod run;
mod sequence;
mod shares;
mod snapshot;
#[cfg(test)]
mod tests;

pub use error::AsicError;
pub use exporter::Exporter;
pub use limits::{MAX_GAP_S, MIN_SHARES, STALE_AFTER_S, TYPICAL_HASHRATE_RATIO};
pub use log::AsicLog;
pub use run::{AsicRun, HashBasis};
pub use shares::{ShareWork, Shares};
