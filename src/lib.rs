//! How many SHA-256d hashes does a joule buy, and what does a power budget become in Bitcoin's
//! network?
//!
//! One way through the house, from an 80-byte header to 2,000 MW:
//!
//! 1. [`pow`]: headers, targets, difficulty, subsidy, and the readable SHA-256d that judges
//!    every fast path.
//! 2. [`scan`]: search nonces with a [`Scanner`](scan::Scanner), on the CPU with the kernel that
//!    measures fastest.
//! 3. [`energy`] and [`measure`]: joules over exactly the window in which the hashes were
//!    counted, each figure with its origin.
//! 4. [`econ`]: a [`Case`](econ::Case) of power, machines and network becomes a
//!    [`Snapshot`](econ::Snapshot) of share, income, cost, subsidy and carbon.
//! 5. [`report`]: results as data, with the unit in every key, as JSON or text.
//!
//! Beneath lie [`units`], quantities as types, and [`estimate`], values with uncertainty and
//! provenance.
//!
//! ```
//! use hashwatt::econ::Case;
//! use hashwatt::units::Watts;
//!
//! let snapshot = Case::new(Watts::from_mw(2000.0)).snapshot()?;
//! println!("{:.2} EH/s", snapshot.average.as_eh_s());
//! println!("{:.2} BTC a day, once the difficulty has answered", snapshot.after.btc.as_btc_per_day());
//! # Ok::<(), hashwatt::econ::EconError>(())
//! ```
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `cpu` (default) | `scan`, `energy`, `measure`; implies `parallel` |
//! | `cli` (default) | the command `hashwatt`; implies `cpu` |
//! | `live` | the module `live`: the network as a node or an API tells it now; implied by `cli` |
//! | `parallel` | rayon |
//! | `report` | a scenario as one HTML page and as charts (`report::page`, `report::pictures`); implied by `cli` |
//!
//! With `default-features = false` there are [`units`], [`estimate`], [`pow`], [`econ`] and
//! [`report`]: all that a modeller needs, without threads or a command line.

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
        clippy::print_stdout,
        clippy::unwrap_used,
        reason = "a test fails by panicking, and a simulation prints its figures"
    )
)]
#![cfg_attr(
    not(feature = "cpu"),
    allow(rustdoc::broken_intra_doc_links, reason = "pages name the modules that `cpu` adds")
)]

pub use hashwatt_econ as econ;
pub use hashwatt_quantities::{pow, text, uncertainty, units};

#[cfg(feature = "cpu")]
mod clock;
#[cfg(feature = "cpu")]
pub mod energy;
#[cfg(feature = "cpu")]
pub mod measure;
#[cfg(feature = "cpu")]
pub mod scan;

#[cfg(feature = "cpu")]
use hashwatt_input as input;
#[cfg(feature = "wall")]
use hashwatt_input::http;

/// The code of the README, compiled and run.
#[cfg(all(doctest, feature = "cpu"))]
#[doc = include_str!("../README.md")]
struct Readme;
