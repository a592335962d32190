//! The report of what a machine can run.

use super::rows::rows_csv;
use super::{SCHEMA_VERSION, tidy};
use hashwatt::scan::KernelCalibration;
use hashwatt::text::Sheet;
use serde::Serialize;
use std::fmt;

/// Every kernel on this machine.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct KernelsReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// One row a kernel.
    pub kernels: Vec<KernelRow>,
}

/// A kernel.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct KernelRow {
    /// Its name.
    pub name: &'static str,
    /// Nonces it works on at once.
    pub lanes: usize,
    /// Whether it can be used here.
    pub available: bool,
    /// Why not.
    pub reason: Option<String>,
    /// MH/s on one thread, from a few milliseconds: good for ranking.
    pub rate_mh_s: Option<f64>,
    /// Which of several ways to run it was the fastest.
    pub variant: Option<&'static str>,
    /// Whether `auto` takes it.
    pub chosen: bool,
}

impl From<&[KernelCalibration]> for KernelsReport {
    fn from(all: &[KernelCalibration]) -> Self {
        let row = |calibrated: &KernelCalibration| KernelRow {
            name: calibrated.kernel.name(),
            lanes: calibrated.lanes,
            available: calibrated.rate.is_ok(),
            reason: calibrated.rate.as_ref().err().map(ToString::to_string),
            rate_mh_s: calibrated.rate.as_ref().ok().map(|rate| tidy(rate.as_mh_s())),
            variant: calibrated.variant,
            chosen: calibrated.chosen,
        };
        Self { schema_version: SCHEMA_VERSION, kernels: all.iter().map(row).collect() }
    }
}

impl KernelsReport {
    /// The kernels as CSV, a row each.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        const HEADER: [&str; 7] =
            ["name", "lanes", "available", "rate_mh_s", "variant", "chosen", "reason"];
        rows_csv(&HEADER, &self.kernels)
    }
}

impl fmt::Display for KernelsReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  {:<12}{:>6}{:>12}", "kernel", "lanes", "MH/s")?;
        for row in &self.kernels {
            let mark = if row.chosen { '*' } else { ' ' };
            let rate = row.rate_mh_s.map_or("-".to_owned(), |rate| format!("{rate:.2}"));
            let variant = row.variant.unwrap_or_default();
            let line = format!("{mark} {:<12}{:>6}{rate:>12}  {variant}", row.name, row.lanes);
            writeln!(f, "{}", line.trim_end())?;
            if let Some(reason) = &row.reason {
                Sheet::begun(f).aside(reason)?;
            }
        }
        writeln!(f, "one thread, a few milliseconds each; * is what auto takes")
    }
}
