//! Quantities as types ([`units`]), values with uncertainty and origin ([`uncertainty`]), and Bitcoin's proof of
//! work ([`pow`]): what everything else in hashwatt is written in.
//!
//! ```
//! use hashwatt_quantities::pow::{CompactTarget, Target};
//! use hashwatt_quantities::uncertainty::Uncertain;
//! use hashwatt_quantities::units::{JoulesPerHash, Seconds, Watts};
//!
//! // 2,000 MW at 15 J/TH.
//! let hashrate = Watts::from_mw(2000.0) / JoulesPerHash::from_j_per_th(15.0);
//! assert!((hashrate.as_eh_s() - 133.333).abs() < 1e-3);
//!
//! // The hashrate that finds a block every 600 s at the bits of a header.
//! let bits: CompactTarget = "17021a91".parse()?;
//! let network = Target::from_compact(bits)?.difficulty().expected_hashes() / Seconds::from_seconds(600.0);
//! assert!((network.as_eh_s() - 957.7).abs() < 1.0);
//!
//! // A value says where it came from.
//! let assumed = Uncertain::assumed(hashrate, "machines of 15 J/TH");
//! assert_eq!(assumed.provenance().kind(), "assumed");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Depends on no other crate of hashwatt; no input or output, no state.

#![warn(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used
)]
#![cfg_attr(
    test,
    allow(
        clippy::expect_used,
        clippy::panic,
        clippy::unwrap_used,
        reason = "a test fails by panicking"
    )
)]

#[doc(hidden)] // for the other crates of this workspace
pub mod number;
pub mod plausible;
pub mod pow;
#[doc(hidden)] // for the other crates of this workspace
pub mod statistics;
#[doc(hidden)] // for the other crates of this workspace
pub mod text;
pub mod uncertainty;
pub mod units;

/// How the crate of meters makes measured values. Not part of the public interface.
#[cfg(feature = "metering")]
#[doc(hidden)]
pub mod metering {
    pub use crate::uncertainty::metering::{Meter, Metered, MeteredSum, Trust};
}
