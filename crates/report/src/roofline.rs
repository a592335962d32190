//! The report of all kernels compared with each other and with the limit of the processor core.

use super::{SCHEMA_VERSION, round_to_15_digits};
use hashwatt::scan::{Kernel, KernelCycles, Roofline};
use serde::Serialize;
use std::fmt;

/// Cycles per hash of every kernel on one thread, from alternating slices.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct RooflineReport {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// The processor.
    pub device: String,
    /// The core's microarchitecture, if its ports are known.
    pub core: Option<&'static str>,
    /// Clock frequency during the measurement, from a chain of dependent operations, GHz.
    pub frequency_ghz: f64,
    /// Cycles of a 256-bit addition among independent ones; more than the core's nominal figure means that
    /// another load shared the core.
    pub neighbour_probe_cycles: Option<f64>,
    /// Number of rounds; every kernel runs for one slice in each.
    pub rounds: usize,
    /// Number of rounds excluded because another load shared the core.
    pub disturbed_rounds: usize,
    /// Whether the measurement lasted as long as requested.
    pub complete: bool,
    /// One row for each kernel.
    pub kernels: Vec<RooflineRow>,
    /// The source of the text output.
    #[serde(skip)]
    roofline: Roofline,
}

/// The result of one kernel.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct RooflineRow {
    /// Name of the kernel.
    pub name: &'static str,
    /// The kernel's variant, if it has several.
    pub variant: Option<&'static str>,
    /// Cycles per hash: median over the slices.
    pub cycles_per_hash: f64,
    /// Cycles per hash: 10th percentile over the slices.
    pub cycles_per_hash_p10: f64,
    /// Cycles per hash: 90th percentile over the slices.
    pub cycles_per_hash_p90: f64,
    /// Hashrate of the median slice on one thread, MH/s.
    pub rate_mh_s: f64,
    /// Minimum cycles per hash that the core's ports allow; null if the ports are unknown.
    pub limit_cycles_per_hash: Option<f64>,
    /// That minimum, percent of the median.
    pub percent_of_limit: Option<f64>,
    /// Hashrate as a multiple of the `sha2` crate's on the whole header.
    pub times_sha2_naive: Option<f64>,
    /// Hashrate as a multiple of the `sha2` crate's from the midstate.
    pub times_sha2: Option<f64>,
}

impl From<&Roofline> for RooflineReport {
    fn from(found: &Roofline) -> Self {
        let row = |row: &KernelCycles| {
            let cycles = row.cycles_per_hash;
            let times = |baseline| found.times(row, baseline).map(round_to_15_digits);
            let limit = row.limit_cycles_per_hash;
            RooflineRow {
                name: row.kernel.name(),
                variant: row.variant,
                cycles_per_hash: round_to_15_digits(cycles.median),
                cycles_per_hash_p10: round_to_15_digits(cycles.p10),
                cycles_per_hash_p90: round_to_15_digits(cycles.p90),
                rate_mh_s: round_to_15_digits(row.rate.as_mh_s()),
                limit_cycles_per_hash: limit.map(round_to_15_digits),
                percent_of_limit: row.percent_of_limit().map(round_to_15_digits),
                times_sha2_naive: times(Kernel::Sha2Naive),
                times_sha2: times(Kernel::Sha2),
            }
        };
        Self {
            schema_version: SCHEMA_VERSION,
            device: found.device.clone(),
            core: found.core,
            frequency_ghz: round_to_15_digits(found.frequency_ghz()),
            neighbour_probe_cycles: found.vector_add_cycles.map(round_to_15_digits),
            rounds: found.rounds,
            disturbed_rounds: found.disturbed,
            complete: found.complete,
            kernels: found.kernels.iter().map(row).collect(),
            roofline: found.clone(),
        }
    }
}

impl fmt::Display for RooflineReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.roofline.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hashwatt::scan::Percentiles;
    use hashwatt::units::{Hashrate, Seconds};

    fn row(kernel: Kernel, median: f64, limit: Option<f64>) -> KernelCycles {
        KernelCycles {
            kernel,
            variant: None,
            cycles_per_hash: Percentiles { p10: median - 1.0, median, p90: median + 2.0 },
            rate: Hashrate::from_mh_s(4000.0 / median),
            limit_cycles_per_hash: limit,
        }
    }

    fn report(core: Option<&'static str>) -> RooflineReport {
        RooflineReport::from(&Roofline {
            device: "processor".to_owned(),
            core,
            cycle: Seconds::from_seconds(0.25e-9),
            vector_add_cycles: Some(0.25),
            rounds: 50,
            disturbed: 3,
            complete: false,
            kernels: vec![
                row(Kernel::Sha2Naive, 480.0, None),
                row(Kernel::Avx512, 100.0, core.map(|_| 90.0)),
            ],
        })
    }

    #[test]
    fn kernel_ratios_are_ratios_of_medians() {
        let report = report(Some("Zen 4"));
        let [naive, avx512] = &report.kernels[..] else { panic!() };
        assert_eq!(report.frequency_ghz, 4.0);
        assert_eq!((naive.times_sha2_naive, avx512.times_sha2_naive), (Some(1.0), Some(4.8)));
        // The baseline from the midstate was not run.
        assert_eq!(avx512.times_sha2, None);
        assert_eq!((naive.percent_of_limit, avx512.percent_of_limit), (None, Some(90.0)));
    }
}
