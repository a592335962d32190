//! The report of kernels against each other and against the core's limit.

use super::{SCHEMA_VERSION, tidy};
use hashwatt::scan::{Kernel, KernelCycles, Roofline};
use serde::Serialize;
use std::fmt;

/// Every kernel's cycles a hash on one thread, from slices of each in turn.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct RooflineReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The processor.
    pub device: String,
    /// The core, where its ports are known.
    pub core: Option<&'static str>,
    /// Its frequency during the measurement, by a chain of dependent operations.
    pub frequency_ghz: f64,
    /// Cycles of a 256-bit addition among independent ones: above the core's own figure, a
    /// neighbour was on it.
    pub neighbour_probe_cycles: Option<f64>,
    /// Rounds in which every kernel had its slice.
    pub rounds: usize,
    /// Rounds left out because of a neighbour.
    pub disturbed_rounds: usize,
    /// Whether all the time asked for was used.
    pub complete: bool,
    /// One row a kernel.
    pub kernels: Vec<RooflineRow>,
    /// What a person reads of it.
    #[serde(skip)]
    found: Roofline,
}

/// A kernel.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct RooflineRow {
    /// Its name.
    pub name: &'static str,
    /// Which of several ways to run it.
    pub variant: Option<&'static str>,
    /// Cycles a hash, the median slice's.
    pub cycles_per_hash: f64,
    /// A tenth of the slices took less.
    pub cycles_per_hash_p10: f64,
    /// A tenth of the slices took more.
    pub cycles_per_hash_p90: f64,
    /// MH/s of the median slice, one thread.
    pub rate_mh_s: f64,
    /// The least that the core's ports allow; absent where they are unknown.
    pub limit_cycles_per_hash: Option<f64>,
    /// That limit in percent of the median.
    pub percent_of_limit: Option<f64>,
    /// How many times the rate of the `sha2` crate on the whole header.
    pub times_sha2_naive: Option<f64>,
    /// How many times the rate of the `sha2` crate from the midstate.
    pub times_sha2: Option<f64>,
}

impl From<&Roofline> for RooflineReport {
    fn from(found: &Roofline) -> Self {
        let row = |row: &KernelCycles| {
            let cycles = row.cycles_per_hash;
            let times = |baseline| found.times(row, baseline).map(tidy);
            let limit = row.limit_cycles_per_hash;
            RooflineRow {
                name: row.kernel.name(),
                variant: row.variant,
                cycles_per_hash: tidy(cycles.median),
                cycles_per_hash_p10: tidy(cycles.p10),
                cycles_per_hash_p90: tidy(cycles.p90),
                rate_mh_s: tidy(row.rate.as_mh_s()),
                limit_cycles_per_hash: limit.map(tidy),
                percent_of_limit: row.percent_of_limit().map(tidy),
                times_sha2_naive: times(Kernel::Sha2Naive),
                times_sha2: times(Kernel::Sha2),
            }
        };
        Self {
            schema_version: SCHEMA_VERSION,
            device: found.device.clone(),
            core: found.core,
            frequency_ghz: tidy(found.frequency_ghz()),
            neighbour_probe_cycles: found.vector_add_cycles.map(tidy),
            rounds: found.rounds,
            disturbed_rounds: found.disturbed,
            complete: found.complete,
            kernels: found.kernels.iter().map(row).collect(),
            found: found.clone(),
        }
    }
}

impl fmt::Display for RooflineReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.found.fmt(f)
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
    fn ratios_are_of_medians() {
        let report = report(Some("Zen 4"));
        let [naive, avx512] = &report.kernels[..] else { panic!() };
        assert_eq!(report.frequency_ghz, 4.0);
        assert_eq!((naive.times_sha2_naive, avx512.times_sha2_naive), (Some(1.0), Some(4.8)));
        // The midstate's baseline was not run.
        assert_eq!(avx512.times_sha2, None);
        assert_eq!((naive.percent_of_limit, avx512.percent_of_limit), (None, Some(90.0)));
    }
}
