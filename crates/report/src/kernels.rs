//! The listing of kernels: which can run on this computer, and how fast.

use super::rows::rows_csv;
use super::{SCHEMA_VERSION, round_to_15_digits};
use hashwatt::scan::KernelCalibration;
use hashwatt::text::Sheet;
use serde::Serialize;
use std::fmt;

/// Every kernel with its availability and hashrate on this computer.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct KernelsReport {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// One row for each kernel.
    pub kernels: Vec<KernelRow>,
}

/// A kernel of the listing.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct KernelRow {
    /// Name of the kernel.
    pub name: &'static str,
    /// Number of nonces that it processes at the same time.
    pub lanes: usize,
    /// Whether it can run on this computer.
    pub available: bool,
    /// Why it cannot run.
    pub reason: Option<String>,
    /// Hashrate on one thread, MH/s, from a few milliseconds: good enough for ranking only.
    pub rate_mh_s: Option<f64>,
    /// The fastest variant of the kernel, if it has several.
    pub variant: Option<&'static str>,
    /// Whether `auto` chooses it.
    pub chosen: bool,
}

impl From<&[KernelCalibration]> for KernelsReport {
    fn from(all: &[KernelCalibration]) -> Self {
        let row = |calibrated: &KernelCalibration| KernelRow {
            name: calibrated.kernel.name(),
            lanes: calibrated.lanes,
            available: calibrated.rate.is_ok(),
            reason: calibrated.rate.as_ref().err().map(ToString::to_string),
            rate_mh_s: calibrated.rate.as_ref().ok().map(|rate| round_to_15_digits(rate.as_mh_s())),
            variant: calibrated.variant,
            chosen: calibrated.chosen,
        };
        Self { schema_version: SCHEMA_VERSION, kernels: all.iter().map(row).collect() }
    }
}

impl KernelsReport {
    /// The kernels as CSV, one row each.
    ///
    /// # Errors
    /// Returns the CSV writer's error.
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
                Sheet::continued(f).aside(reason)?;
            }
        }
        writeln!(f, "one thread, a few milliseconds each; * marks the choice of auto")
    }
}
