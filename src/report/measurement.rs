//! The reports of a scan and of a measurement.

use super::text::Sheet;
use super::{EstimateReport, SCHEMA_VERSION, tidy};
use crate::energy::MeterError;
use crate::measure::Measurement;
#[cfg(feature = "gpu")]
use crate::scan::{Addition, GpuRoofline};
use crate::scan::{Hit, NonceRange, Scan, ScannerDescriptor};
use crate::units::{Hashrate, JoulesPerHash};
use serde::Serialize;
use std::fmt;

/// The result of a search.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScanReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The kernel that searched.
    pub kernel: String,
    /// Which of several ways to run it.
    pub variant: Option<String>,
    /// Threads it ran on.
    pub threads: usize,
    /// Whether the whole range was searched.
    pub complete: bool,
    /// Nonces decided, in decimal.
    pub hashes: String,
    /// Every hit, by nonce.
    pub hits: Vec<HitRow>,
    /// What was searched.
    pub covered: Vec<RangeRow>,
    /// Nonces that a device reported and the reference refused.
    pub hardware_errors: u64,
}

/// A hit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HitRow {
    /// The nonce as an integer.
    pub nonce: u32,
    /// The hash in display order.
    pub hash: String,
}

/// A range of nonces.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RangeRow {
    /// The first nonce.
    pub start: u32,
    /// How many.
    pub count: u64,
}

impl From<&Hit> for HitRow {
    fn from(hit: &Hit) -> Self {
        Self { nonce: hit.nonce, hash: hit.hash.to_string() }
    }
}

impl From<&NonceRange> for RangeRow {
    fn from(range: &NonceRange) -> Self {
        Self { start: range.start(), count: range.len() }
    }
}

impl ScanReport {
    /// Of a search by a scanner.
    pub fn new(scanner: &ScannerDescriptor, scan: &Scan) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            kernel: scanner.kernel.clone(),
            variant: scanner.variant.clone(),
            threads: scanner.threads,
            complete: scan.complete,
            hashes: scan.hashes.to_string(),
            hits: scan.hits.iter().map(Into::into).collect(),
            covered: scan.covered.iter().map(Into::into).collect(),
            hardware_errors: scan.hardware_errors,
        }
    }
}

impl fmt::Display for ScanReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for hit in &self.hits {
            writeln!(f, "nonce {} ({:#010x})  hash {}", hit.nonce, hit.nonce, hit.hash)?;
        }
        let ending = if self.complete { "complete" } else { "INCOMPLETE" };
        let hits = self.hits.len();
        writeln!(f, "{hits} hits in {} hashes, {ending}, kernel {}", self.hashes, self.kernel)
    }
}

/// What a GPU's arithmetic units allow, by micro-kernels right before and after.
#[cfg(feature = "gpu")]
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct GpuRooflineRow {
    /// Rotations and logic operations, 1e9 a second.
    pub rotate_logic_gops_s: f64,
    /// Opaque multiplications with an addition, 1e9 a second.
    pub multiply_add_gops_s: f64,
    /// MH/s that these allow the variant.
    pub limit_mh_s: f64,
    /// The hashrate in percent of that.
    pub percent_of_limit: Option<f64>,
    /// MH/s at the rate of the mixed micro-kernel.
    pub mix_limit_mh_s: f64,
    /// The hashrate in percent of that.
    pub percent_of_mix_limit: Option<f64>,
}

/// The result of a measurement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BenchReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The kernel that was measured.
    pub kernel: String,
    /// Which of several ways to run it.
    pub variant: Option<String>,
    /// What it ran on.
    pub device: String,
    /// What the GPU's arithmetic units allow, where one GPU was measured.
    #[cfg(feature = "gpu")]
    pub gpu_roofline: Option<GpuRooflineRow>,
    /// Threads it ran on.
    pub threads: usize,
    /// Whether each was kept on a processor of its own.
    pub pinned: bool,
    /// Operating system and processor architecture.
    pub platform: String,
    /// Hashes finished in the window, in decimal.
    pub hashes: String,
    /// Length of the window, s.
    pub duration_s: f64,
    /// MH/s; null where the window never opened.
    pub hashrate_mh_s: Option<f64>,
    /// The 95 % confidence interval of that, MH/s.
    pub hashrate_mh_s_ci95: Option<[f64; 2]>,
    /// How many slices of the window the interval rests on.
    pub slices: usize,
    /// Energy of the widest measured scope, else the assumed, J.
    pub energy_j: Option<f64>,
    /// Why there is no energy.
    pub energy_reason: Option<String>,
    /// Energy per hash, J/TH.
    pub j_per_th: Option<f64>,
    /// Standard uncertainty of that, J/TH, where it is known.
    pub j_per_th_standard_uncertainty: Option<f64>,
    /// The kind of the energy's origin: `measured`, `user_reported`, `assumed`; null without.
    pub provenance: Option<&'static str>,
    /// The meter or the assumption behind the energy.
    pub energy_origin: Option<String>,
    /// Every meter with its energy or its reason.
    pub meters: Vec<MeterRow>,
    /// Whether the window lasted as long as planned.
    pub complete: bool,
    /// Reported nonces that the reference refused.
    pub hardware_errors: u64,
    /// What the efficiency would make of a power budget, where one was asked about.
    pub budget: Option<EstimateReport>,
    /// Why there is none although one was asked about.
    pub budget_reason: Option<String>,
}

/// One meter's result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeterRow {
    /// The meter.
    pub meter: String,
    /// What it sees.
    pub scope: &'static str,
    /// Energy over the window, J.
    pub energy_j: Option<f64>,
    /// Why there is none.
    pub reason: Option<String>,
}

impl BenchReport {
    /// Of a measurement.
    pub fn new(measured: &Measurement) -> Self {
        let energy = measured.energy_of_widest_scope();
        let efficiency = measured.efficiency();
        let mh_s = |rate: Hashrate| tidy(rate.as_mh_s());
        let j_per_th = |value: JoulesPerHash| tidy(value.as_j_per_th());
        let meters = measured
            .energy
            .iter()
            .map(|result| MeterRow {
                meter: result.meter.clone(),
                scope: result.scope.name(),
                energy_j: result.joules.as_ref().ok().map(|e| tidy(e.value().as_joules())),
                reason: result.joules.as_ref().err().map(ToString::to_string),
            })
            .collect();
        Self {
            schema_version: SCHEMA_VERSION,
            kernel: measured.scanner.kernel.clone(),
            variant: measured.scanner.variant.clone(),
            device: measured.scanner.device.clone(),
            #[cfg(feature = "gpu")]
            gpu_roofline: None,
            threads: measured.scanner.threads,
            pinned: measured.scanner.pinned,
            platform: format!("{}/{}", std::env::consts::OS, std::env::consts::ARCH),
            hashes: measured.hashes.to_string(),
            duration_s: tidy(measured.duration.as_seconds()),
            hashrate_mh_s: measured.hashrate.as_ref().map(|rate| mh_s(rate.value())),
            hashrate_mh_s_ci95: measured.hashrate_ci95.map(|(low, high)| [mh_s(low), mh_s(high)]),
            slices: measured.slices,
            energy_j: energy.as_ref().ok().map(|e| tidy(e.value().as_joules())),
            energy_reason: efficiency.as_ref().err().map(ToString::to_string),
            j_per_th: efficiency.as_ref().ok().map(|e| j_per_th(e.value())),
            j_per_th_standard_uncertainty: efficiency
                .as_ref()
                .ok()
                .and_then(|e| e.estimate().standard_uncertainty().map(j_per_th)),
            provenance: energy.as_ref().ok().map(|e| e.provenance().kind()),
            energy_origin: energy.as_ref().ok().map(|e| e.provenance().detail()),
            meters,
            complete: measured.complete,
            hardware_errors: measured.hardware_errors,
            budget: None,
            budget_reason: None,
        }
    }

    /// With what the GPU's units allow, measured before and after.
    #[cfg(feature = "gpu")]
    pub fn with_gpu_roofline(mut self, addition: Addition, measured: &[GpuRoofline]) -> Self {
        let mean = |figure: &dyn Fn(&GpuRoofline) -> f64| {
            let sum: f64 = measured.iter().map(figure).sum();
            sum / measured.len() as f64
        };
        let limit = mean(&|found| found.limit(addition).as_mh_s());
        let mix = mean(&|found| found.mix(addition).as_mh_s());
        let percent = |of: f64| self.hashrate_mh_s.map(|rate| tidy(100.0 * rate / of));
        self.gpu_roofline = (!measured.is_empty()).then(|| GpuRooflineRow {
            rotate_logic_gops_s: tidy(mean(&|found| found.rotate_logic_per_s) * 1e-9),
            multiply_add_gops_s: tidy(mean(&|found| found.multiply_add_per_s) * 1e-9),
            limit_mh_s: tidy(limit),
            percent_of_limit: percent(limit),
            mix_limit_mh_s: tidy(mix),
            percent_of_mix_limit: percent(mix),
        });
        self
    }

    /// With the reason why the machine has no meter, where no other one gave energy.
    pub fn with_no_meter(mut self, reason: &MeterError) -> Self {
        if self.energy_j.is_none() {
            self.energy_reason = Some(reason.to_string());
        }
        self
    }

    /// With what the efficiency would make of a power budget, or why that cannot be said.
    pub fn with_budget(mut self, budget: Result<EstimateReport, String>) -> Self {
        match budget {
            Ok(budget) => self.budget = Some(budget),
            Err(reason) => self.budget_reason = Some(reason),
        }
        self
    }
}

impl fmt::Display for BenchReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sheet = Sheet::new(f);
        let ending = if self.complete { "" } else { ", INCOMPLETE" };
        let variant = self.variant.as_ref().map_or(String::new(), |v| format!(" ({v})"));
        let at_once = match self.kernel.as_str() {
            kernel if kernel.starts_with("gpu") => "batches in flight",
            kernel if kernel.contains("gpu") => "threads and batches in flight",
            _ => "threads",
        };
        let (kernel, threads, platform) = (&self.kernel, self.threads, &self.platform);
        sheet
            .title(&format!("Kernel {kernel}{variant}, {threads} {at_once}, {platform}{ending}"))?;
        sheet.text("Device", &self.device)?;
        sheet.text("Hashes", &format!("{} in {:.3} s", self.hashes, self.duration_s))?;
        match (self.hashrate_mh_s, self.hashrate_mh_s_ci95) {
            (Some(rate), Some([low, high])) => {
                let text = format!("{rate:.3} MH/s (95 % interval {low:.3} to {high:.3})");
                sheet.text("Hashrate", &text)?;
            }
            (Some(rate), None) => sheet.text("Hashrate", &format!("{rate:.3} MH/s"))?,
            _ => sheet.text("Hashrate", "not measured: ended before the window opened")?,
        }
        #[cfg(feature = "gpu")]
        if let Some(row) = &self.gpu_roofline {
            let of = |name: &str, limit: f64, percent: Option<f64>| {
                let percent = percent.map_or("-".to_owned(), |percent| format!("{percent:.0} %"));
                format!("{percent} of {limit:.1} MH/s, {name}")
            };
            let pipes = of("what its pipes allow", row.limit_mh_s, row.percent_of_limit);
            sheet.text("Roofline", &pipes)?;
            sheet
                .text("", &of("at the mix's rate", row.mix_limit_mh_s, row.percent_of_mix_limit))?;
        }
        match (self.energy_j, &self.energy_origin, self.provenance) {
            (Some(joules), Some(origin), Some(kind)) => {
                sheet.text("Energy", &format!("{joules:.3} J, {kind}: {origin}"))?;
            }
            _ => sheet.text("Energy", "not measured")?,
        }
        match (self.j_per_th, self.provenance) {
            (Some(value), Some(kind)) => {
                let spread = match self.j_per_th_standard_uncertainty {
                    Some(u) => format!("standard uncertainty {u:.0}"),
                    None => "uncertainty not known".to_owned(),
                };
                sheet.text("Efficiency", &format!("{value:.0} J/TH, {kind} ({spread})"))?;
            }
            _ => sheet.text("Efficiency", "no J/TH without energy")?,
        }
        if let Some(reason) = &self.energy_reason {
            sheet.note(reason)?;
        }
        for meter in &self.meters {
            if let Some(reason) = &meter.reason
                && self.energy_reason.as_ref() != Some(reason)
            {
                sheet.note(&format!("{}: {reason}", meter.meter))?;
            }
        }
        if self.hardware_errors > 0 {
            sheet.note(&format!("{} hardware errors", self.hardware_errors))?;
        }
        if let Some(reason) = &self.budget_reason {
            sheet.note(&format!("no estimate of the power budget: {reason}"))?;
        }
        if let Some(budget) = &self.budget {
            write!(f, "\nAt this efficiency a power budget would be\n\n{budget}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::ScannerDescriptor;
    use crate::units::Seconds;

    fn nothing_measured() -> Measurement {
        Measurement {
            scanner: ScannerDescriptor {
                kernel: "test".to_owned(),
                variant: None,
                pinned: false,
                device: "test".to_owned(),
                threads: 1,
                batch: 1,
            },
            hashes: 0,
            duration: Seconds::ZERO,
            hashrate: None,
            hashrate_ci95: None,
            slices: 0,
            energy: Vec::new(),
            complete: false,
            hardware_errors: 3,
        }
    }

    #[cfg(feature = "gpu")]
    #[test]
    fn a_gpus_roofline_is_the_mean_of_before_and_after() {
        let found = |factor: f64| GpuRoofline {
            // 2857 operations a hash: 1 MH/s, times the factor.
            rotate_logic_per_s: 2857e6 * factor,
            multiply_add_per_s: 1e9 * factor,
            mix_plain: Hashrate::from_mh_s(2.0 * factor),
            mix_multiply: Hashrate::from_mh_s(8.0),
        };
        let mut report = BenchReport::new(&nothing_measured());
        report.hashrate_mh_s = Some(0.5);
        let row = report.clone().with_gpu_roofline(Addition::Plain, &[found(1.0), found(1.5)]);
        let row = row.gpu_roofline.unwrap();
        assert_eq!((row.limit_mh_s, row.percent_of_limit), (1.25, Some(40.0)));
        assert_eq!((row.mix_limit_mh_s, row.percent_of_mix_limit), (2.5, Some(20.0)));
        assert_eq!((row.rotate_logic_gops_s, row.multiply_add_gops_s), (3.57125, 1.25));
        let text = report.clone().with_gpu_roofline(Addition::Multiply, &[found(1.0)]).to_string();
        assert!(text.contains("6 % of 8.0 MH/s, at the mix's rate"), "{text}");
        assert_eq!(report.with_gpu_roofline(Addition::Plain, &[]).gpu_roofline, None);
    }

    #[test]
    fn what_was_not_measured_is_said_and_is_no_number() {
        let report = BenchReport::new(&nothing_measured());
        assert_eq!((report.energy_j, report.j_per_th, report.provenance), (None, None, None));
        assert!(report.energy_reason.as_deref().is_some_and(|r| r.contains("no meter was given")));
        let text = report.to_string();
        for said in ["INCOMPLETE", "not measured", "no J/TH without energy", "3 hardware errors"] {
            assert!(text.contains(said), "{said} in\n{text}");
        }
        let gone = MeterError::Stuck { meter: "m".to_owned(), millis: 5 };
        let report = report.with_no_meter(&gone).with_budget(Err("no energy".to_owned()));
        assert_eq!(report.energy_reason, Some(gone.to_string()));
        assert!(report.to_string().contains("no estimate of the power budget: no energy"));
    }
}
