//! The report of a measurement.

use super::energy::{
    AspectsReport, CrossCheckRow, MeterRow, UncertaintyReport, budget, cross_checks, meters,
};
use super::host::{self, BenchDeviceRow, HostRow};
use super::{EstimateReport, SCHEMA_VERSION, tidy};
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

/// What a GPU's arithmetic units allow, by micro-kernels right before and after.
#[cfg(feature = "gpu")]
#[derive(Clone, Copy, Debug, PartialEq, Serialize, schemars::JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct BenchReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The kernel that was measured.
    pub kernel: String,
    /// Why that one.
    pub kernel_reason: Option<String>,
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
    /// The machine, where it was asked for.
    pub machine: Option<HostRow>,
    /// What each device did, and each of its threads; empty where no batch closed the window.
    pub devices: Vec<BenchDeviceRow>,
    /// Hashes finished in the window, in decimal.
    pub hashes: String,
    /// Length of the window, s.
    pub duration_s: f64,
    /// How long the warm-up before it was, s; nothing of the warm-up is in the figures.
    pub warm_up_s: f64,
    /// Whether hashrate, power and temperature stood still within the window; null where too
    /// little was seen to tell.
    pub steady: Option<bool>,
    /// Why it is not, or cannot be told.
    pub steady_reason: Option<String>,
    /// MH/s; null where the window never opened.
    pub hashrate_mh_s: Option<f64>,
    /// The 95 % confidence interval of that by batch means, MH/s; null where it has not converged.
    pub hashrate_mh_s_ci95: Option<[f64; 2]>,
    /// How many slices of the window the interval rests on.
    pub slices: usize,
    /// Batches of slices, long enough to be independent, whose means scatter so.
    pub batches: Option<usize>,
    /// How long the hashrate remembers itself, in slices; 0.5 where every one is news.
    pub autocorrelation_slices: Option<f64>,
    /// Why the hashrate has no interval.
    pub convergence_reason: Option<String>,
    /// Energy of the widest measured scope, else the assumed, J.
    pub energy_j: Option<f64>,
    /// Why there is no energy or no efficiency.
    pub energy_reason: Option<String>,
    /// Energy per hash, J/TH.
    pub j_per_th: Option<f64>,
    /// Standard uncertainty of that against the true value, J/TH, where it is known.
    pub j_per_th_standard_uncertainty: Option<f64>,
    /// What the uncertainty is made of.
    pub uncertainty: Option<UncertaintyReport>,
    /// Energy above the idle machine's per hash, J/TH.
    pub net_j_per_th: Option<f64>,
    /// Why there is none.
    pub net_reason: Option<String>,
    /// The kind of the energy's origin: `measured`, `user_reported`, `assumed`; null without.
    pub provenance: Option<&'static str>,
    /// What part of the machine the energy is of; `components` for packages and boards together.
    pub energy_scope: Option<&'static str>,
    /// The meter or the assumption behind the energy.
    pub energy_origin: Option<String>,
    /// What is unusual about energy and efficiency; what is made of them should say so, too.
    pub warnings: Vec<String>,
    /// Every meter with its energy or its reason.
    pub meters: Vec<MeterRow>,
    /// Meters of the same joules against each other.
    pub cross_checks: Vec<CrossCheckRow>,
    /// Whether a device said that it ran slower than it could; null where none can tell.
    pub throttled: Option<bool>,
    /// Processor time that reading all meters took over the run, percent of one core.
    pub sampling_core_percent: Option<f64>,
    /// The measurement in the terms of the EE HPC Working Group.
    pub aspects: Option<AspectsReport>,
    /// Whether the window and the idle time, where it was asked for, lasted as long as planned.
    pub complete: bool,
    /// Reported nonces that the reference refused.
    pub hardware_errors: u64,
    /// What the efficiency would make of a power budget, where one was asked about.
    pub budget: Option<EstimateReport>,
    /// Why there is none although one was asked about.
    pub budget_reason: Option<String>,
}

impl BenchReport {
    /// Of a measurement.
    pub fn new(measured: &Measurement) -> Self {
        let energy = measured.energy_of_widest_scope();
        let efficiency = measured.efficiency();
        let mh_s = |rate: Hashrate| tidy(rate.as_mh_s());
        let j_per_th = |value: JoulesPerHash| tidy(value.as_j_per_th());
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
            machine: None,
            devices: host::devices(measured),
            hashes: measured.hashes.to_string(),
            duration_s: tidy(measured.duration.as_seconds()),
            warm_up_s: tidy(measured.warm_up.as_seconds()),
            steady,
            steady_reason,
            hashrate_mh_s: measured.hashrate.as_ref().map(|rate| mh_s(rate.value())),
            hashrate_mh_s_ci95: measured.hashrate_ci95.map(|(low, high)| [mh_s(low), mh_s(high)]),
            slices: scatter.map_or(0, |scatter| scatter.readings),
            batches: scatter.map(|scatter| scatter.batches),
            autocorrelation_slices: scatter.map(|scatter| tidy(scatter.autocorrelation)),
            convergence_reason: scatter.filter(unconverged).map(|scatter| scatter.to_string()),
            energy_j: energy.as_ref().ok().map(|e| tidy(e.value().as_joules())),
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
            warnings: measured.doubts().iter().map(ToString::to_string).collect(),
            meters: measured.energy.iter().map(|result| MeterRow::new(result, measured)).collect(),
            cross_checks: measured.cross_checks().iter().map(Into::into).collect(),
            throttled: measured.throttled(),
            sampling_core_percent: measured.sampling_core_share.map(|share| tidy(share * 100.0)),
            aspects: AspectsReport::of(measured),
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

    /// With the machine, and why its kernel was taken.
    pub fn with_host(mut self, machine: &Host, kernel_reason: String) -> Self {
        let processors = &machine.processors;
        if let (true, [device]) = (self.pinned, &mut self.devices[..])
            && device.thread_hashrates_mh_s.len() == self.threads
        {
            device.kinds = host::kind_rates(processors, &device.thread_hashrates_mh_s);
        }
        // A GPU's are batches in flight.
        let threads = if self.kernel.starts_with("gpu") { 0 } else { self.threads };
        self.machine = Some(HostRow::new(machine, threads));
        self.kernel_reason = Some(kernel_reason);
        self
    }

    /// With the reason why the machine has no meter, where there was no other one.
    pub fn with_no_meter(mut self, reason: &MeterError) -> Self {
        if self.meters.is_empty() {
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
        if let Some(reason) = &self.kernel_reason {
            sheet.aside(reason)?;
        }
        sheet.text("Device", &self.device)?;
        if let Some(machine) = &self.machine {
            host::host_lines(&mut sheet, machine)?;
        }
        sheet.text("Warm-up", &format!("{:.3} s, not in the figures", self.warm_up_s))?;
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
            sheet.aside(&format!("no interval: {reason}"))?;
        }
        host::shares(&mut sheet, &self.devices)?;
        let steady = match self.steady {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "not known",
        };
        sheet.text("Steady", steady)?;
        if let Some(reason) = &self.steady_reason {
            sheet.aside(reason)?;
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
                let scope = self.energy_scope.unwrap_or("no scope");
                let text = format!("{joules:.3} J of {scope}, {kind}: {origin}");
                sheet.text("Energy", &text)?;
            }
            _ => sheet.text("Energy", "not measured")?,
        }
        match (self.j_per_th, self.provenance) {
            (Some(value), Some(kind)) => {
                let spread = match self.j_per_th_standard_uncertainty {
                    Some(u) => format!("±{} (k = 2)", grouped(2.0 * u, 0)),
                    None => "uncertainty not known".to_owned(),
                };
                let text = format!("{} J/TH, {kind}, {spread}", grouped(value, 0));
                sheet.text("Efficiency", &text)?;
            }
            _ if self.energy_j.is_some() && self.energy_reason.is_some() => {
                sheet.text("Efficiency", "withheld")?;
            }
            _ => sheet.text("Efficiency", "no J/TH without energy")?,
        }
        if let Some(net) = self.net_j_per_th {
            sheet.text("Net of idle", &format!("{} J/TH", grouped(net, 0)))?;
        }
        match self.throttled {
            Some(true) => sheet.text("Throttled", "YES: see the meter")?,
            Some(false) => sheet.text("Throttled", "no")?,
            None => {}
        }
        if let Some(reason) = &self.energy_reason {
            sheet.note(reason)?;
        }
        for warning in &self.warnings {
            sheet.note(&format!("DOUBTFUL: {warning}"))?;
        }
        if self.hardware_errors > 0 {
            sheet.note(&format!("{} hardware errors", self.hardware_errors))?;
        }
        if let Some(reason) = &self.budget_reason {
            sheet.note(&format!("no estimate of the power budget: {reason}"))?;
        }
        if !self.meters.is_empty() {
            meters(f, &self.meters)?;
            cross_checks(f, &self.cross_checks)?;
        }
        if let Some(uncertainty) = &self.uncertainty {
            budget(f, uncertainty)?;
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
