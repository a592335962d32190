//! The schemas of the JSON formats (JSON Schema, draft 2020-12).

use super::{
    AsicReport, BacktestReport, BenchComparison, BenchKernelsReport, BenchReport, EstimateReport,
    KernelsReport, LedgerReport, MetersReport, ProjectionReport, RooflineReport, ScanReport,
    ScenarioComparison, SensitivityReport,
};
use schemars::{Schema, schema_for};

type Named = (&'static str, fn() -> Schema);

/// Each format's name, which is that of the command that prints it, with its schema.
pub const SCHEMAS: &[Named] = &[
    ("asic", || schema_for!(AsicReport)),
    ("backtest", || schema_for!(BacktestReport)),
    ("bench", || schema_for!(BenchReport)),
    ("bench-comparison", || schema_for!(BenchComparison)),
    ("bench-kernels", || schema_for!(BenchKernelsReport)),
    ("compare", || schema_for!(ScenarioComparison)),
    #[cfg(feature = "gpu")]
    ("devices", || schema_for!(super::DevicesReport)),
    ("estimate", || schema_for!(EstimateReport)),
    ("kernels", || schema_for!(KernelsReport)),
    ("ledger", || schema_for!(LedgerReport)),
    ("meters", || schema_for!(MetersReport)),
    ("project", || schema_for!(ProjectionReport)),
    ("roofline", || schema_for!(RooflineReport)),
    ("scan", || schema_for!(ScanReport)),
    ("sensitivity", || schema_for!(SensitivityReport)),
];

/// The schema of a format; `None` where there is no such name.
pub fn schema(name: &str) -> Option<Schema> {
    SCHEMAS.iter().find(|(known, _)| *known == name).map(|(_, schema)| schema())
}
