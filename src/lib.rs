//! SHA-256d nonce search on CPUs and GPUs, the energy over the same window, and what a power budget becomes in
//! Bitcoin's network.
//!
//! What a power budget becomes, at one moment and over years:
//!
//! ```no_run
//! use hashwatt::econ::prelude::*;
//!
//! let outcome = Case::builder(Watts::from_mw(2000.0)).tariff("0.06 USD/kWh")?.build()?.snapshot()?;
//! println!("{:.2} BTC/day after the retarget", outcome.get(Figure::Moment(Moment::BtcAfter))?.base);
//!
//! let outcome = Scenario::load("plan.toml")?.project(Paths::new(10_000).seed(1))?;
//! println!("net present value: {:?}", outcome.get(Figure::Npv)?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The measured J/TH of the kernel that is fastest on this processor:
//!
//! ```no_run
//! # #[cfg(feature = "cpu")] {
//! use hashwatt::prelude::*;
//!
//! let (mut scanner, mut meters) = (CpuScanner::fastest(2)?, discover()?);
//! let measured = Bench::new(&mut scanner).meters(&mut meters).window(Seconds::from_seconds(10.0)).run()?;
//! println!("{:.0} J/TH", measured.efficiency()?.value().as_j_per_th());
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The nonce of a block:
//!
//! ```
//! # #[cfg(feature = "cpu")] {
//! use hashwatt::prelude::*;
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
//! # Modules
//!
//! [`scan`] searches nonces; [`measure`] divides the joules of [`energy`]'s meters by the hashes of the same window;
//! [`econ`] takes the resulting efficiency. All use [`pow`] (proof of work), [`uncertainty`] (values with their
//! uncertainty and origin) and [`units`]. [`prelude`] has the names that most callers need. Reports (JSON, CSV, HTML)
//! are in the crate `hashwatt-report`, the command line is `hashwatt-cli`.
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
//! | `bitcoin` | conversions from and to rust-bitcoin's header, compact target, target, work and amount |
//! | `schema` | JSON Schemas of types that appear in reports |
//!
//! With `default-features = false` the crate has [`units`], [`uncertainty`], [`pow`] and [`econ`]. A modeller can also
//! depend on `hashwatt-econ` alone.

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
#[doc(hidden)] // for the tests and the other crates of this workspace
pub use hashwatt_quantities::{number, text};
#[doc(no_inline)]
pub use hashwatt_quantities::{plausible, pow, uncertainty, units};

#[cfg(feature = "cpu")]
mod clock;
#[cfg(feature = "cpu")]
mod cpu_list;
#[cfg(feature = "cpu")]
pub mod energy;
#[cfg(feature = "cpu")]
pub mod measure;
#[cfg(feature = "cpu")]
mod pci;
#[cfg(feature = "cpu")]
pub mod prelude;
#[cfg(feature = "cpu")]
pub mod scan;
#[cfg(feature = "cpu")]
mod serialise;

#[cfg(feature = "cpu")]
use hashwatt_input as input;
#[cfg(feature = "wall")]
use hashwatt_input::http;

/// The code of the README, compiled and run.
#[cfg(all(doctest, feature = "cpu"))]
#[doc = include_str!("../README.md")]
struct Readme;
