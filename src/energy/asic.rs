//! ASIC miners from their own telemetry: a log of snapshots gives joules, hashes and J/TH.
//!
//! This module does not poll machines. Two programs that do can export their data as JSON: the Rust
//! crate [asic-rs](https://docs.rs/asic-rs) (tested with 0.8.6) and the Python package
//! [pyasic](https://pypi.org/project/pyasic/) (tested with 0.40 to 0.79). A log is one object, an
//! array, or one object per line, of one machine over time. A file is supplied by the user and can
//! be edited, so every result from it is user-reported.
//!
//! # Method and accuracy
//!
//! Power is integrated over the times of the snapshots by the trapezoidal rule, and so is the
//! hashrate over the same window; their quotient is the efficiency. The efficiency reported by the
//! machine is never used: it is instantaneous and often rounded, and is shown only for comparison.
//!
//! Both power and hashrate are reported by the machine itself. Its hashrate is its own average over
//! seconds or minutes. The accepted shares are counted independently, by the pool: a share of
//! difficulty D takes D * 2^48/65535 hashes on average, the work of a target of 0xffff * 2^208 / D
//! (`truediffone` in cgminer, `GetBlockProof` in Bitcoin Core). Shares arrive as a Poisson process,
//! so N shares give the work with a relative standard uncertainty of 1/sqrt(N). From [`MIN_SHARES`]
//! shares on (5 %), the efficiency is based on shares, with fewer on the hashrate. Both are given,
//! and their ratio is compared with the counting error. Neither exporter writes the difficulty of
//! the shares, so it has to be given and must have been constant: with a variable difficulty the
//! count is meaningless. Rejected shares and those for a firmware fee are work that the accepted
//! shares do not include. asic-rs writes whole seconds: by hashrate this cancels, by shares it
//! leaves 0.4 s over the length of the window.
//!
//! # Warnings and errors
//!
//! The record contains expected values: expected or sticker hashrate, boards and chips. The result
//! has warnings for a mean hashrate outside 0.9 to 1.15 of the expected rate, boards that do not
//! hash, a machine that reports that it does not mine, and values that stay the same for longer than
//! 120 s. A snapshot without power or hashrate is a missed poll: it is left out and counted, if its
//! neighbours are at most 600 s apart; a key that is missing in all
//! snapshots is an error of its own. Power, hashrate and J/TH beyond those of all known machines are
//! refused ([`ASIC_POWER`], [`ASIC_HASHRATE`], [`ASIC_EFFICIENCY`]); unusual values are accepted with
//! a warning.
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
mod run;
mod sequence;
mod shares;
mod snapshot;
#[cfg(test)]
mod tests;
mod warnings;

pub use error::AsicError;
pub use exporter::Exporter;
pub use limits::MIN_SHARES;
pub use log::AsicLog;
pub use run::{AsicRun, HashBasis};
pub use shares::{ShareWork, Shares};
