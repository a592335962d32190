//! The roofline as text, and the ratios of its rows.

use super::{Kernel, KernelCycles, Roofline};
use hashwatt_quantities::text::wrapped;
use std::fmt;

impl Roofline {
    /// The core's frequency in GHz, from the median cycle.
    pub fn frequency_ghz(&self) -> f64 {
        1e-9 / self.cycle.as_seconds()
    }

    /// The ratio of a kernel's rate to that of `baseline`, by their medians; `None` if the baseline was
    /// not measured.
    pub fn times(&self, row: &KernelCycles, baseline: Kernel) -> Option<f64> {
        let baseline = self.kernels.iter().find(|row| row.kernel == baseline)?;
        Some(baseline.cycles_per_hash.median / row.cycles_per_hash.median)
    }
}

impl KernelCycles {
    /// The ports' limit in percent of the median cycles per hash, if the limit is known.
    pub fn percent_of_limit(&self) -> Option<f64> {
        self.limit_cycles_per_hash.map(|limit| 100.0 * limit / self.cycles_per_hash.median)
    }
}

impl fmt::Display for Roofline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let core = self.core.unwrap_or("ports unknown");
        // The processor's name can be longer than half a line.
        let device =
            format!("{}: {core}, {:.3} GHz, one thread", self.device, self.frequency_ghz());
        for line in wrapped(&device, 80, "", 2) {
            writeln!(f, "{line}")?;
        }
        let probe = match self.vector_add_cycles {
            Some(cycles) => format!("256-bit addition {cycles:.3} cycles"),
            None => "no load probe without AVX2".to_owned(),
        };
        let excluded = self.disturbed;
        writeln!(f, "{} rounds, {excluded} excluded due to other load; {probe}", self.rounds)?;
        writeln!(
            f,
            "  {:<12}{:>9}{:>16}{:>9}{:>9}{:>9}{:>10}",
            "kernel", "cycles/H", "p10..p90", "MH/s", "limit", "of limit", "x naive"
        )?;
        for row in &self.kernels {
            let cycles = row.cycles_per_hash;
            let spread = format!("{:.1}..{:.1}", cycles.p10, cycles.p90);
            let limit = row.limit_cycles_per_hash.map_or("unknown".into(), |l| format!("{l:.1}"));
            let percent = row.percent_of_limit().map_or("-".into(), |p| format!("{p:.0} %"));
            let naive = self.times(row, Kernel::Sha2Naive);
            let naive = naive.map_or("-".into(), |times| format!("{times:.2}"));
            let (name, cycles, rate) = (row.kernel.name(), cycles.median, row.rate.as_mh_s());
            writeln!(
                f,
                "  {name:<12}{cycles:>9.1}{spread:>16}{rate:>9.2}{limit:>9}{percent:>9}{naive:>10}"
            )?;
        }
        if !self.complete {
            writeln!(f, "INCOMPLETE: interrupted before the requested time")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Percentiles;
    use super::*;
    use crate::units::{Hashrate, Seconds};

    #[test]
    fn text_marks_unknown_values_and_fits_80_columns() {
        let kernel = KernelCycles {
            kernel: Kernel::Sha2Naive,
            variant: None,
            cycles_per_hash: Percentiles { p10: 479.0, median: 480.0, p90: 482.0 },
            rate: Hashrate::from_mh_s(8.3),
            limit_cycles_per_hash: None,
        };
        let found = Roofline {
            device: "Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz, family 6 model 143".to_owned(),
            core: None,
            cycle: Seconds::from_seconds(0.25e-9),
            vector_add_cycles: Some(0.25),
            rounds: 50,
            disturbed: 3,
            complete: false,
            kernels: vec![kernel],
        };
        let text = found.to_string();
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("ports unknown") && text.contains("unknown"), "{text}");
        assert!(text.contains("3 excluded") && text.contains("interrupted"), "{text}");
        assert!(text.lines().all(|line| line.len() <= 80), "{text}");
    }
}
