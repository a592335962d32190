//! The report of a bench (hashrate, energy and efficiency over one window) and the rows that it and the
//! reports of several kernels are made of.

pub use super::bench_kernels::BenchKernelRow;
pub use super::energy::{
    AspectsReport, ConditionsRow, CrossCheckRow, MeterRow, UncertaintyReport, UncertaintyRow,
};
pub use super::host::{BenchDeviceRow, HostRow, KindRateRow, ProcessorKindRow, why_fastest};
pub use super::roofline::RooflineRow;

use super::energy::{budget, cross_checks, meters};
use super::host;
use super::{EstimateReport, SCHEMA_VERSION, round_to_15_digits};
use hashwatt::energy::MeterError;
use hashwatt::measure::{BatchMeans, Measurement, Steadiness};
use hashwatt::scan::Host;
#[cfg(feature = "gpu")]
use hashwatt::scan::{Addition, GpuRoofline};
use hashwatt::text::{Sheet, grouped};
use hashwatt::uncertainty::Scope;
use hashwatt::units::{Hashrate, JoulesPerHash};
use serde::Serialize;
use std::fmt;

/// The GPU's roofline: the hashrate that its arithmetic units allow, from micro-kernels that run just before
/// and just after the bench.
#[cfg(feature = "gpu")]
#[derive(Clone, Copy, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct GpuRooflineRow {
    /// Rate of rotations and logic operations, 1e9 per second.
    pub rotate_logic_gops_s: f64,
    /// Rate of multiplications with an addition that the compiler cannot simplify, 1e9 per second.
    pub multiply_add_gops_s: f64,
    /// Upper bound of the variant's hashrate at these rates, MH/s.
    pub limit_mh_s: f64,
    /// The measured hashrate, percent of `limit_mh_s`.
    pub percent_of_limit: Option<f64>,
    /// Upper bound at the rate of a micro-kernel that mixes both kinds of operation, MH/s.
    pub mix_limit_mh_s: f64,
    /// The measured hashrate, percent of `mix_limit_mh_s`.
    pub percent_of_mix_limit: Option<f64>,
}

/// The result of a bench.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct BenchReport {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// The kernel that was measured.
    pub kernel: String,
    /// Why this kernel was chosen.
    pub kernel_reason: Option<String>,
    /// The kernel's variant, if it has several.
    pub variant: Option<String>,
    /// The device that it ran on.
    pub device: String,
    /// The GPU's roofline, if the device is one GPU.
    #[cfg(feature = "gpu")]
    pub gpu_roofline: Option<GpuRooflineRow>,
    /// Number of threads; for a GPU, batches in flight.
    pub threads: usize,
    /// Whether each thread was pinned to its own logical processor.
    pub pinned: bool,
    /// Operating system and processor architecture.
    pub platform: String,
    /// The computer that ran the bench; null if it was not recorded.
    pub host: Option<HostRow>,
    /// Hashrate of each device and of each of its threads; empty if the window never closed.
    pub devices: Vec<BenchDeviceRow>,
    /// Hashes completed in the window, as a decimal string.
    pub hashes: String,
    /// Length of the window, s.
    pub duration_s: f64,
    /// Length of the warm-up before the window, s; the figures do not include it.
    pub warm_up_s: f64,
    /// Whether hashrate, power and temperature were steady within the window; null if there were too few
    /// readings to decide.
    pub steady: Option<bool>,
    /// Why `steady` is false or null.
    pub steady_reason: Option<String>,
    /// Hashrate, MH/s; null if the window never opened.
    pub hashrate_mh_s: Option<f64>,
    /// 95 % confidence interval of the hashrate by the method of batch means, MH/s; null if it has not
    /// converged.
    pub hashrate_mh_s_ci95: Option<[f64; 2]>,
    /// Number of slices of the window that the interval is computed from.
    pub slices: usize,
    /// Number of batches of slices; each batch is long enough to be independent of the others.
    pub batches: Option<usize>,
    /// Integrated autocorrelation time of the hashrate, in slices; 0.5 if the slices are independent.
    pub autocorrelation_slices: Option<f64>,
    /// Why the hashrate has no confidence interval.
    pub convergence_reason: Option<String>,
    /// Energy of the widest measured scope, or the assumed energy if none was measured, J.
    pub energy_j: Option<f64>,
    /// Why `energy_j` or `j_per_th` is null.
    pub energy_reason: Option<String>,
    /// Energy per hash, J/TH.
    pub j_per_th: Option<f64>,
    /// Standard uncertainty of `j_per_th` relative to the true value, J/TH; null if unknown.
    pub j_per_th_standard_uncertainty: Option<f64>,
    /// The uncertainty budget of `j_per_th`.
    pub uncertainty: Option<UncertaintyReport>,
    /// Energy per hash above the idle energy of the computer, J/TH.
    pub net_j_per_th: Option<f64>,
    /// Why `net_j_per_th` is null.
    pub net_reason: Option<String>,
    /// The kind of origin of the energy: `measured`, `user_reported` or `assumed`; null without energy.
    pub provenance: Option<&'static str>,
    /// The part of the computer that the energy covers; `components` for processor packages and boards
    /// together.
    pub energy_scope: Option<&'static str>,
    /// The meter, or the assumption, that the energy comes from.
    pub energy_origin: Option<String>,
    /// What is unusual about energy and efficiency; repeat these warnings with any figure derived from them.
    pub warnings: Vec<String>,
    /// Every meter with its energy, or with the reason why it has none.
    pub meters: Vec<MeterRow>,
    /// Comparisons of meters that measure the same energy.
    pub cross_checks: Vec<CrossCheckRow>,
    /// Whether a device reported that it was throttled; null if no device can report it.
    pub throttled: Option<bool>,
    /// Processor time spent on reading all meters during the run, percent of one core.
    pub sampling_core_percent: Option<f64>,
    /// The measurement in the terms of the EE HPC Working Group.
    pub aspects: Option<AspectsReport>,
    /// Whether the window, and the idle time if requested, lasted as long as planned.
    pub complete: bool,
    /// Nonces that the device reported as hits and the reference implementation rejected.
    pub hardware_errors: u64,
    /// An estimate of a power budget at this efficiency, if one was requested.
    pub budget: Option<EstimateReport>,
    /// Why `budget` is null although it was requested.
    pub budget_reason: Option<String>,
}

impl BenchReport {
    /// Creates the report of a measurement.
    pub fn new(measured: &Measurement) -> Self {
        let energy = measured.energy_of_widest_scope();
        let efficiency = measured.efficiency();
        let mh_s = |rate: Hashrate| round_to_15_digits(rate.as_mh_s());
        let j_per_th = |value: JoulesPerHash| round_to_15_digits(value.as_j_per_th());
        let net = measured.net_efficiency();
        let (steady, steady_reason) = match &measured.steadiness {
            Steadiness::Steady => (Some(true), None),
            Steadiness::NotSteady { reason } => (Some(false), Some(reason.clone())),
            Steadiness::Unknown { reason } => (None, Some(reason.clone())),
        };
        let scatter = measured.scatter;
        let unconverged = |scatter: &BatchMeans| scatter.relative_standard_error.is_none();
        Self {
            schema_version: SCHEMA_VERSION,
            kernel: measured.scanner.kernel.clone(),
            kernel_reason: None,
            variant: measured.scanner.variant.clone(),
            device: measured.scanner.device.clone(),
            #[cfg(feature = "gpu")]
            gpu_roofline: None,
            threads: measured.scanner.threads,
            pinned: measured.scanner.pinned,
            platform: format!("{}/{}", std::env::consts::OS, std::env::consts::ARCH),
            host: None,
            devices: host::devices(measured),
            hashes: measured.hashes.to_string(),
            duration_s: round_to_15_digits(measured.duration.as_seconds()),
            warm_up_s: round_to_15_digits(measured.warm_up.as_seconds()),
            steady,
            steady_reason,
            hashrate_mh_s: measured.hashrate.as_ref().map(|rate| mh_s(rate.value())),
            hashrate_mh_s_ci95: measured.hashrate_ci95.map(|(low, high)| [mh_s(low), mh_s(high)]),
            slices: scatter.map_or(0, |scatter| scatter.readings),
            batches: scatter.map(|scatter| scatter.batches),
            autocorrelation_slices: scatter
                .map(|scatter| round_to_15_digits(scatter.autocorrelation_time)),
            convergence_reason: scatter.filter(unconverged).map(|scatter| scatter.to_string()),
            energy_j: energy.as_ref().ok().map(|e| round_to_15_digits(e.value().as_joules())),
            energy_reason: efficiency.as_ref().err().map(ToString::to_string),
            j_per_th: efficiency.as_ref().ok().map(|e| j_per_th(e.value())),
            j_per_th_standard_uncertainty: efficiency
                .as_ref()
                .ok()
                .and_then(|e| e.as_uncertain().standard_uncertainty().map(j_per_th)),
            uncertainty: measured.uncertainty().as_ref().ok().map(Into::into),
            net_j_per_th: net.as_ref().ok().map(|e| j_per_th(e.value())),
            net_reason: net.as_ref().err().map(ToString::to_string),
            provenance: energy.as_ref().ok().map(|e| e.provenance().kind()),
            energy_scope: measured.headline_scope().map(Scope::name),
            energy_origin: energy.as_ref().ok().map(|e| e.provenance().detail()),
            warnings: measured.plausibility_warnings().iter().map(ToString::to_string).collect(),
            meters: measured.energy.iter().map(|result| MeterRow::new(result, measured)).collect(),
            cross_checks: measured.cross_checks().iter().map(Into::into).collect(),
            throttled: measured.throttled(),
            sampling_core_percent: measured
                .sampling_core_share
                .map(|share| round_to_15_digits(share * 100.0)),
            aspects: AspectsReport::from_measurement(measured),
            complete: measured.complete,
            hardware_errors: measured.hardware_errors,
            budget: None,
            budget_reason: None,
        }
    }

    /// Adds the GPU's roofline: the mean of the measurements before and after the bench.
    #[cfg(feature = "gpu")]
    pub fn with_gpu_roofline(mut self, addition: Addition, measured: &[GpuRoofline]) -> Self {
        let mean = |figure: &dyn Fn(&GpuRoofline) -> f64| {
            let sum: f64 = measured.iter().map(figure).sum();
            sum / measured.len() as f64
        };
        let limit = mean(&|found| found.limit(addition).as_mh_s());
        let mix = mean(&|found| found.mix(addition).as_mh_s());
        let percent =
            |of: f64| self.hashrate_mh_s.map(|rate| round_to_15_digits(100.0 * rate / of));
        self.gpu_roofline = (!measured.is_empty()).then(|| GpuRooflineRow {
            rotate_logic_gops_s: round_to_15_digits(mean(&|found| found.rotate_logic_per_s) * 1e-9),
            multiply_add_gops_s: round_to_15_digits(mean(&|found| found.multiply_add_per_s) * 1e-9),
            limit_mh_s: round_to_15_digits(limit),
            percent_of_limit: percent(limit),
            mix_limit_mh_s: round_to_15_digits(mix),
            percent_of_mix_limit: percent(mix),
        });
        self
    }

    /// Adds the computer that ran the bench, and why the kernel was chosen.
    pub fn with_host(mut self, host: &Host, kernel_reason: String) -> Self {
        let processors = &host.processors;
        if let (true, [device]) = (self.pinned, &mut self.devices[..])
            && device.thread_hashrates_mh_s.len() == self.threads
        {
            device.kinds = host::kind_rates(processors, &device.thread_hashrates_mh_s);
        }
        // A GPU's threads are batches in flight.
        let threads = if self.kernel.starts_with("gpu") { 0 } else { self.threads };
        self.host = Some(HostRow::new(host, threads));
        self.kernel_reason = Some(kernel_reason);
        self
    }

    /// Adds the reason why the computer has no meter, unless another meter was read.
    pub fn with_no_meter(mut self, reason: &MeterError) -> Self {
        if self.meters.is_empty() {
            self.energy_reason = Some(reason.to_string());
        }
        self
    }

    /// Adds the estimate of a power budget at this efficiency, or the reason why there is none.
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
        if let Some(reason) = &self.kernel_reason {
            sheet.aside(reason)?;
        }
        sheet.text("Device", &self.device)?;
        if let Some(host) = &self.host {
            host::host_lines(&mut sheet, host)?;
        }
        sheet.text("Warm-up", &format!("{:.3} s, not included in the figures", self.warm_up_s))?;
        sheet.text("Hashes", &format!("{} in {:.3} s", self.hashes, self.duration_s))?;
        match (self.hashrate_mh_s, self.hashrate_mh_s_ci95) {
            (Some(rate), Some([low, high])) => {
                let text = format!("{rate:.3} MH/s (95 % interval {low:.3} to {high:.3})");
                sheet.text("Hashrate", &text)?;
            }
            (Some(rate), None) => sheet.text("Hashrate", &format!("{rate:.3} MH/s"))?,
            _ => sheet.text("Hashrate", "not measured: ended before the window opened")?,
        }
        if let Some(reason) = &self.convergence_reason {
            sheet.aside(&format!("no confidence interval: {reason}"))?;
        }
        host::device_lines(&mut sheet, &self.devices)?;
        let steady = match self.steady {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "unknown",
        };
        sheet.text("Steady", steady)?;
        if let Some(reason) = &self.steady_reason {
            sheet.aside(reason)?;
        }
        #[cfg(feature = "gpu")]
        if let Some(row) = &self.gpu_roofline {
            let line = |name: &str, limit: f64, percent: Option<f64>| {
                let percent = percent.map_or("-".to_owned(), |percent| format!("{percent:.0} %"));
                format!("{percent} of {limit:.1} MH/s, {name}")
            };
            let separate = line("limit by unit", row.limit_mh_s, row.percent_of_limit);
            sheet.text("Roofline", &separate)?;
            let mixed =
                line("limit of mixed operations", row.mix_limit_mh_s, row.percent_of_mix_limit);
            sheet.text("", &mixed)?;
        }
        match (self.energy_j, &self.energy_origin, self.provenance) {
            (Some(joules), Some(origin), Some(kind)) => {
                let scope = self.energy_scope.unwrap_or("unknown scope");
                let text = format!("{joules:.3} J of {scope}, {kind}: {origin}");
                sheet.text("Energy", &text)?;
            }
            _ => sheet.text("Energy", "not measured")?,
        }
        match (self.j_per_th, self.provenance) {
            (Some(value), Some(kind)) => {
                let spread = match self.j_per_th_standard_uncertainty {
                    Some(u) => format!("±{} (k = 2)", grouped(2.0 * u, 0)),
                    None => "uncertainty unknown".to_owned(),
                };
                let text = format!("{} J/TH, {kind}, {spread}", grouped(value, 0));
                sheet.text("Efficiency", &text)?;
            }
            _ if self.energy_j.is_some() && self.energy_reason.is_some() => {
                sheet.text("Efficiency", "withheld")?;
            }
            _ => sheet.text("Efficiency", "J/TH needs an energy measurement")?,
        }
        if let Some(net) = self.net_j_per_th {
            sheet.text("Net of idle", &format!("{} J/TH", grouped(net, 0)))?;
        }
        match self.throttled {
            Some(true) => sheet.text("Throttled", "YES: see the meters below")?,
            Some(false) => sheet.text("Throttled", "no")?,
            None => {}
        }
        if let Some(reason) = &self.energy_reason {
            sheet.note(reason)?;
        }
        for warning in &self.warnings {
            sheet.note(&format!("warning: {warning}"))?;
        }
        if self.hardware_errors > 0 {
            sheet.note(&format!("{} hardware errors", self.hardware_errors))?;
        }
        if let Some(reason) = &self.budget_reason {
            // A reason that is already printed is not repeated.
            let reason = match self.energy_reason.as_ref() == Some(reason) {
                true => "J/TH was not measured",
                false => reason,
            };
            sheet.note(&format!("no estimate for the power budget: {reason}"))?;
        }
        if !self.meters.is_empty() {
            meters(f, &self.meters)?;
            cross_checks(f, &self.cross_checks)?;
        }
        if let Some(uncertainty) = &self.uncertainty {
            budget(f, uncertainty)?;
        }
        if let Some(budget) = &self.budget {
            write!(f, "\nEstimate for the power budget at this efficiency\n\n{budget}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hashwatt::scan::{HashingDevice, ScannerDescriptor};
    use hashwatt::units::Seconds;

    fn nothing_measured() -> Measurement {
        Measurement {
            scanner: ScannerDescriptor {
                kernel: "test".to_owned(),
                variant: None,
                pinned: false,
                device: "test".to_owned(),
                hashes_on: HashingDevice::Unstated,
                threads: 1,
                batch: 1,
            },
            parts: Vec::new(),
            workers: Vec::new(),
            hashes: 0,
            duration: Seconds::ZERO,
            warm_up: Seconds::ZERO,
            hashrate: None,
            hashrate_ci95: None,
            scatter: None,
            steadiness: Steadiness::Unknown { reason: "nothing was seen".to_owned() },
            energy: Vec::new(),
            complete: false,
            hardware_errors: 3,
            timeline: None,
            marks: Vec::new(),
            sampling_core_share: None,
        }
    }

    #[cfg(feature = "gpu")]
    #[test]
    fn gpu_roofline_is_the_mean_of_measurements_before_and_after() {
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
        assert!(text.contains("6 % of 8.0 MH/s, limit of mixed operations"), "{text}");
        assert_eq!(report.with_gpu_roofline(Addition::Plain, &[]).gpu_roofline, None);
    }

    #[test]
    fn unmeasured_figures_are_null_and_text_gives_the_reason() {
        let report = BenchReport::new(&nothing_measured());
        assert_eq!((report.energy_j, report.j_per_th, report.provenance), (None, None, None));
        assert!(report.energy_reason.as_deref().is_some_and(|r| r.contains("no meter was given")));
        let text = report.to_string();
        for expected in
            ["INCOMPLETE", "not measured", "J/TH needs an energy measurement", "3 hardware errors"]
        {
            assert!(text.contains(expected), "{expected} in\n{text}");
        }
        let error = MeterError::Stuck { meter: "m".to_owned(), millis: 5 };
        let report = report.with_no_meter(&error).with_budget(Err("no energy".to_owned()));
        assert_eq!(report.energy_reason, Some(error.to_string()));
        assert!(report.to_string().contains("no estimate for the power budget: no energy"));
    }
}
