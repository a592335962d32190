//! Results as plain data, with the unit in the name of every field, and their writers: text, JSON, CSV and HTML.
//!
//! ```
//! use hashwatt::econ::scenario::Case;
//! use hashwatt::econ::view::Study;
//! use hashwatt::units::Watts;
//! use hashwatt_report::{EstimateReport, to_json};
//!
//! let scenario = Case::builder(Watts::from_mw(2000.0)).build()?;
//! let study = Study::new(scenario.resolve()?)?;
//! let json = to_json(&EstimateReport::new(&study, &study.estimate()?))?;
//! assert!(json.contains("\"power_mw\": 2000.0"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The reports are at the root of the crate; the module of a report has its rows. [`EstimateReport`],
//! [`ProjectionReport`] and [`LedgerReport`] show the figures of an
//! [`Outcome`](hashwatt::econ::result::Outcome), [`ScanReport`] the result of a nonce search and [`BenchReport`] that
//! of a measurement. [`to_json`] writes a report as JSON, and its `Display` implementation writes it as text. Most
//! reports also have a method `to_csv`, and [`page`](fn@page) writes the reports of a scenario as one HTML file.
//! Figures in JSON are rounded to 15 significant digits, which removes the rounding errors of unit conversions only.
//!
//! [`schema`](fn@schema) returns the JSON Schema of each format. The rows of a scenario's figures, inputs and warnings
//! are in [`hashwatt::econ::document`].

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

mod asic;
pub mod backtest;
pub mod bench;
mod bench_kernels;
mod chart;
pub mod comparison;
mod csv;
#[cfg(feature = "gpu")]
pub mod devices;
mod energy;
mod export;
mod figures;
mod host;
pub mod kernels;
pub mod machines;
pub mod meters;
pub mod network;
pub mod page;
pub mod regions;
mod roofline;
mod rows;
pub mod scan;
pub mod scenario_comparison;
mod schema;
pub mod sensitivity;
pub mod sweep;
mod untrusted;

pub use asic::AsicReport;
pub use backtest::BacktestReport;
pub use bench::BenchReport;
pub use bench_kernels::BenchKernelsReport;
pub use comparison::BenchComparison;
#[cfg(feature = "gpu")]
pub use devices::DevicesReport;
pub use export::ExportFormat;
pub use figures::{Detail, EstimateReport, LedgerReport, ProjectionReport};
pub use kernels::KernelsReport;
pub use machines::MachinesReport;
pub use meters::MetersReport;
pub use network::NetworkReport;
pub use page::{Page, page};
pub use regions::RegionsReport;
pub use roofline::RooflineReport;
pub use scan::ScanReport;
pub use scenario_comparison::ScenarioComparison;
pub use schema::{SCHEMAS, schema};
pub use sensitivity::SensitivityReport;
pub use sweep::SweepReport;

use hashwatt::econ::document::round_to_15_digits;
use serde::Serialize;

/// The version of the JSON formats of measurements and listings. It is raised if a key is removed or changes its
/// meaning. Version 2: the computer that ran a bench is `host` instead of `machine`, and the efficiency that a miner
/// reports is `reported_j_per_th` instead of `machine_says_j_per_th`.
pub const SCHEMA_VERSION: u32 = 2;

/// A report as indented JSON, ending with a newline.
///
/// # Errors
/// Returns the serialiser's error; none occurs for the reports of this crate.
pub fn to_json(report: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|json| json + "\n")
}
