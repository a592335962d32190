//! How many SHA-256d hashes does a joule buy, and what does a power budget become in Bitcoin's
//! network?
//!
//! What a power budget becomes:
//!
//! ```
//! use hashwatt::econ::prelude::*;
//!
//! let scenario = Case::builder(Watts::from_mw(2000.0)).tariff("0.06 USD/kWh")?.build()?;
//! let outcome = Study::new(scenario.resolve()?)?.estimate()?;
//! let figure = |moment| outcome.get(Figure::Moment(moment));
//! println!("{:.2} EH/s", figure(Moment::Average)?.base);
//! println!("{:.2} BTC a day after the retarget", figure(Moment::BtcAfter)?.base);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A block's nonce, found with the kernel that measures fastest on this processor:
//!
//! ```
//! # #[cfg(feature = "cpu")] {
//! use hashwatt::pow::{Header, Target};
//! use hashwatt::scan::{CpuScanner, Job, NonceRange, scan};
//!
//! let header: Header = "0100000000000000000000000000000000000000000000000000000000000000\
//!     000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a\
//!     29ab5f49ffff001d00000000".parse()?;
//! let job = Job::new(&header, Target::from_compact(header.bits)?);
//! let found = scan(&mut CpuScanner::fastest(1)?, &job, NonceRange::new(2_083_236_000, 1_000)?)?;
//! assert_eq!(found.hits[0].nonce, 2_083_236_893); // the genesis block
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Hashes and joules of one window, where a meter can be read (`examples/measure_host.rs` is a whole program):
//!
//! ```no_run
//! # #[cfg(feature = "cpu")] {
//! use hashwatt::energy::discover;
//! use hashwatt::measure::{MeasurementPlan, measure};
//! use hashwatt::pow::{CompactTarget, Header, Target};
//! use hashwatt::scan::{CpuScanner, RollingTime, StopToken};
//! use hashwatt::units::Seconds;
//!
//! let target = Target::from_compact(CompactTarget::from_bits(0x0300_0001))?; // too hard to be met
//! let work = RollingTime::new(Header::from_bytes(&[0; 80]), target);
//! let plan = MeasurementPlan::new(Seconds::from_seconds(10.0))?;
//! let (mut scanner, mut meters) = (CpuScanner::fastest(2)?, discover()?);
//! let measured = measure(&mut scanner, &work, &mut meters, &plan, &(), &StopToken::new())?;
//! println!("{measured}");
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Modules
//!
//! Data goes one way: [`scan`] searches nonces, [`measure`] divides the joules of [`energy`]'s meters by the
//! hashes of the same window, and the efficiency is what [`econ`] takes. [`pow`], [`uncertainty`] and [`units`]
//! lie beneath. Reports (JSON, CSV, HTML) are the crate `hashwatt-report`, the command is `hashwatt-cli`.
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `cpu` (default) | `scan`, `energy`, `measure`; implies `parallel` |
//! | `gpu` | GPUs through wgpu; implies `cpu` |
//! | `nvml` | NVIDIA's meters; implies `cpu` |
//! | `wall` | Shelly, Tasmota and Redfish over HTTP; implies `cpu` |
//! | `parallel` | rayon |
//! | `schema` | JSON Schemas of what a report takes as it is |
//!
//! With `default-features = false` there are [`units`], [`uncertainty`], [`pow`] and [`econ`]; a modeller may as
//! well take the crate `hashwatt-econ` itself.

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
pub use hashwatt_quantities::{plausible, pow, text, uncertainty, units};

#[cfg(feature = "cpu")]
mod clock;
#[cfg(feature = "cpu")]
mod cpu_list;
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
