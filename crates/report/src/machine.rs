//! The machine's part of a measurement's report: what it is, and what each part of it did.

use super::tidy;
use hashwatt::measure::Measurement;
use hashwatt::scan::{Calibrated, Machine};
use hashwatt::text::Sheet;
use hashwatt::units::Hashes;
use serde::Serialize;
use std::fmt;

/// The machine that was measured.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct MachineRow {
    /// The processor's own name with family and model.
    pub processor: String,
    /// Logical processors that the program may use.
    pub logical_processors: usize,
    /// Those of its features that a kernel may need.
    pub features: Vec<&'static str>,
    /// The clock of one core right after the run, with the others idle, MHz.
    pub frequency_mhz: Option<f64>,
    /// Why there is none.
    pub frequency_reason: Option<String>,
    /// The operating system.
    pub os: String,
    /// Its kernel and release.
    pub os_kernel: String,
    /// The version of hashwatt.
    pub hashwatt_version: &'static str,
    /// Whether it was built with optimisation; a figure without says nothing of the machine.
    pub optimised_build: bool,
}

impl From<&Machine> for MachineRow {
    fn from(machine: &Machine) -> Self {
        Self {
            processor: machine.processor.clone(),
            logical_processors: machine.logical_processors,
            features: machine.features.clone(),
            frequency_mhz: machine.frequency.map(|clock| tidy(clock.as_mhz())),
            frequency_reason: machine.frequency_missing.map(str::to_owned),
            os: machine.os.clone(),
            os_kernel: machine.os_kernel.clone(),
            hashwatt_version: env!("CARGO_PKG_VERSION"),
            optimised_build: !cfg!(debug_assertions),
        }
    }
}

/// One of the scanners that worked side by side.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct BenchDeviceRow {
    /// The device.
    pub device: String,
    /// Its kernel.
    pub kernel: String,
    /// Which of several ways to run that.
    pub variant: Option<String>,
    /// MH/s of all its threads.
    pub hashrate_mh_s: f64,
    /// MH/s of each thread, to a batch more or less at either end of the window.
    pub thread_hashrates_mh_s: Vec<f64>,
}

/// What each device did; nothing where no batch closed the window.
pub(super) fn devices(measured: &Measurement) -> Vec<BenchDeviceRow> {
    let rate = |hashes: u64| tidy((Hashes::from_count(hashes) / measured.duration).as_mh_s());
    let of = |part: usize| {
        measured.workers.iter().filter(move |(worker, _)| worker.part == part).map(|(_, h)| *h)
    };
    let row = |(part, descriptor): (usize, &hashwatt::scan::ScannerDescriptor)| BenchDeviceRow {
        device: descriptor.device.clone(),
        kernel: descriptor.kernel.clone(),
        variant: descriptor.variant.clone(),
        hashrate_mh_s: rate(of(part).sum()),
        thread_hashrates_mh_s: of(part).map(rate).collect(),
    };
    match measured.workers.is_empty() || measured.hashes == 0 {
        true => Vec::new(),
        false => measured.parts.iter().enumerate().map(row).collect(),
    }
}

/// Why `auto` took the kernel: its rate and that of the next, as they were timed.
pub fn why_fastest(all: &[Calibrated]) -> Option<String> {
    let chosen = all.iter().find(|kernel| kernel.chosen)?;
    let mh_s = |kernel: &Calibrated| kernel.rate.as_ref().map_or(0.0, |rate| rate.as_mh_s());
    let others = all.iter().filter(|kernel| !kernel.chosen && kernel.rate.is_ok());
    let told = format!("fastest here: {:.2} MH/s on one thread", mh_s(chosen));
    Some(match others.max_by(|a, b| mh_s(a).total_cmp(&mh_s(b))) {
        Some(next) => format!("{told}, before {} with {:.2}", next.kernel.name(), mh_s(next)),
        None => told,
    })
}

/// The machine, for a person.
pub(super) fn machine(sheet: &mut Sheet<'_, '_>, row: &MachineRow) -> fmt::Result {
    let clock = match (row.frequency_mhz, &row.frequency_reason) {
        (Some(mhz), _) => format!("{mhz:.0} MHz on one core after the run"),
        (None, Some(reason)) => format!("clock not known: {reason}"),
        (None, None) => "clock not known".to_owned(),
    };
    let processors = row.logical_processors;
    sheet.text("Processor", &row.processor)?;
    sheet
        .aside(&format!("{processors} logical processors, {clock}; {}", row.features.join(" ")))?;
    let build = if row.optimised_build { "" } else { ", built WITHOUT optimisation" };
    let system = format!("{}, {}; hashwatt {}{build}", row.os, row.os_kernel, row.hashwatt_version);
    sheet.aside(&system)
}

/// Each device and how its threads share, for a person.
pub(super) fn shares(sheet: &mut Sheet<'_, '_>, rows: &[BenchDeviceRow]) -> fmt::Result {
    for row in rows {
        if rows.len() > 1 {
            let text = format!("{:.3} MH/s, {}", row.hashrate_mh_s, row.device);
            sheet.text(&format!("By {}", row.kernel), &text)?;
        }
        let threads = &row.thread_hashrates_mh_s;
        if threads.len() > 1 {
            let least = threads.iter().copied().fold(f64::INFINITY, f64::min);
            let most = threads.iter().copied().fold(0.0, f64::max);
            sheet.text("A thread", &format!("{least:.3} to {most:.3} MH/s"))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use hashwatt::scan::{Kernel, ScanError};
    use hashwatt::units::Hashrate;

    #[test]
    fn the_choice_of_a_kernel_is_said_with_the_next() {
        let kernel = |kernel, mh_s: Option<f64>, chosen| Calibrated {
            kernel,
            lanes: 1,
            rate: mh_s
                .map(Hashrate::from_mh_s)
                .ok_or(ScanError::KernelUnavailable { kernel: String::new(), missing: "" }),
            variant: None,
            chosen,
        };
        let (a, b) =
            (kernel(Kernel::Scalar, Some(1.0), false), kernel(Kernel::Sha2, Some(2.5), true));
        let missing = kernel(Kernel::Avx512, None, false);
        let told = why_fastest(&[a, b.clone(), missing]).unwrap();
        assert_eq!(told, "fastest here: 2.50 MH/s on one thread, before scalar with 1.00");
        assert_eq!(why_fastest(&[b]).unwrap(), "fastest here: 2.50 MH/s on one thread");
        assert_eq!(why_fastest(&[]), None);
    }

    #[test]
    fn a_machine_knows_itself() {
        let row = MachineRow::from(&Machine::here());
        assert!(!row.processor.is_empty() && row.logical_processors > 0 && !row.os.is_empty());
        assert_eq!(row.frequency_mhz.is_some(), row.frequency_reason.is_none());
    }
}
