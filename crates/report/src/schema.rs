//! JSON Schemas of the JSON formats (draft 2020-12).

use super::{
    AsicReport, BacktestReport, BenchComparison, BenchKernelsReport, BenchReport, EstimateReport,
    KernelsReport, LedgerReport, MachinesReport, MetersReport, NetworkReport, ProjectionReport,
    RegionsReport, RooflineReport, ScanReport, ScenarioComparison, SensitivityReport, SweepReport,
};
use hashwatt::econ::scenario::json_schema;
use schemars::{Schema, schema_for};
use serde_json::Value;

type NamedSchema = (&'static str, fn() -> Schema);

/// The name of each format with a function that creates its schema. The name is that of the command that prints
/// the format with `--json`; `scenario` is the format of scenario files, read as TOML.
pub const SCHEMAS: &[NamedSchema] = &[
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
    ("machines", || schema_for!(MachinesReport)),
    ("meters", || schema_for!(MetersReport)),
    ("network", || schema_for!(NetworkReport)),
    ("project", || schema_for!(ProjectionReport)),
    ("regions", || schema_for!(RegionsReport)),
    ("roofline", || schema_for!(RooflineReport)),
    ("scan", || schema_for!(ScanReport)),
    ("scenario", scenario),
    ("sensitivity", || schema_for!(SensitivityReport)),
    ("sweep", || schema_for!(SweepReport)),
];

/// The schema of scenario files.
fn scenario() -> Schema {
    match json_schema() {
        Value::Object(keywords) => keywords.into(),
        _ => Schema::default(),
    }
}

/// The JSON Schema of a format; `None` if the name is not in [`SCHEMAS`].
pub fn schema(name: &str) -> Option<Schema> {
    SCHEMAS.iter().find(|(known, _)| *known == name).map(|(_, schema)| schema())
}
