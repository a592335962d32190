//! Results as plain data with the unit in every field's name, and the writers beside them.
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
//! [`EstimateReport`], [`ProjectionReport`] and [`LedgerReport`] show the figures of an
//! [`Outcome`](hashwatt::econ::result::Outcome); [`ScanReport`] and [`BenchReport`] are those of a scan and of
//! a measurement. Each goes to JSON by [`to_json`] and to a person by its `Display`; those of a scenario also
//! to CSV, and together to one HTML file by [`page`](fn@page). Figures in JSON are rounded to 15 significant
//! digits, which takes the noise of unit conversions off and nothing else.
//!
//! [`schema`](fn@schema) gives the JSON Schema of each format.

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
mod backtest;
mod bench;
mod bench_kernels;
mod chart;
mod comparison;
mod csv;
#[cfg(feature = "gpu")]
mod devices;
mod energy;
mod export;
mod figures;
mod host;
mod kernels;
mod machines;
mod meters;
mod network;
mod page;
mod regions;
mod roofline;
mod rows;
mod scan;
mod scenario_comparison;
mod schema;
mod sensitivity;
mod sweep;
mod untrusted;
pub use asic::AsicReport;
pub use backtest::{BacktestReport, BacktestReportRow, BacktestSummary};
pub use bench::BenchReport;
#[cfg(feature = "gpu")]
pub use bench::GpuRooflineRow;
pub use bench_kernels::{BenchKernelRow, BenchKernelsReport};
pub use comparison::{BenchComparison, SavedBench, SavedBenchError};
pub use csv::{csv_cell, csv_table, csv_text};
#[cfg(feature = "gpu")]
pub use devices::{DeviceRow, DevicesReport};
pub use energy::{
    AspectsReport, ConditionsRow, CrossCheckRow, MeterFacts, MeterRow, UncertaintyReport,
    UncertaintyRow,
};
pub use export::ExportFormat;
pub use figures::{Detail, EstimateReport, LedgerReport, ProjectionReport};
pub use host::{BenchDeviceRow, HostRow, KindRateRow, ProcessorKindRow, why_fastest};
pub use kernels::{KernelRow, KernelsReport};
pub use machines::{CatalogueRow, MachinesReport};
pub use meters::{FoundMeterRow, MeterKindRow, MetersReport};
pub use network::{
    AgainstSummary, LeftOutRow, NetworkParts, NetworkPowerRow, NetworkReport, NetworkTariffRow,
    NetworkYearRow, PublishedPowerRow,
};
pub use page::{Page, PageAbout, PageError, PageFile, PageParts, page};
pub use regions::{RegionReferenceRow, RegionRow, RegionValueRow, RegionsReport};
pub use roofline::{RooflineReport, RooflineRow};
pub use scan::{HeaderRow, HitRow, RangeRow, ScanReport, TargetRow};
pub use scenario_comparison::{
    ComparedFigure, ComparedInput, ComparedInputValue, ComparedScenario, ComparedVerdict,
    ScenarioComparison, ScenarioSide, VerdictSide,
};
pub use schema::{SCHEMAS, schema};
pub use sensitivity::{SampleBand, SensitivityReport, SobolRow, TornadoRow};
pub use sweep::{SweepAxisRow, SweepColumnRow, SweepMissingRow, SweepReport, SweepRows};

pub use hashwatt::econ::document::{
    ClassRow, FIGURES_SCHEMA_VERSION, InputRow, Origin, ReferenceRow, WarningRow,
};

use hashwatt::econ::document::tidy;
use serde::Serialize;

/// The version of the JSON formats of measurements; it rises when a key changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// A report as indented JSON with a line's end.
///
/// # Errors
/// None for this crate's reports; the signature is that of the serialiser.
pub fn to_json(report: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|json| json + "\n")
}
