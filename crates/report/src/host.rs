//! The computer that ran a bench and the hashrate of each of its devices.

use super::round_to_15_digits;
use hashwatt::measure::Measurement;
use hashwatt::scan::{Host, KernelCalibration, ProcessorKind, Processors};
use hashwatt::text::Sheet;
use hashwatt::units::Hashes;
use serde::Serialize;
use std::fmt;

/// The computer that ran a bench.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct HostRow {
    /// The processor's name with family and model.
    pub processor: String,
    /// Number of logical processors that the program may use, according to its affinity mask.
    pub logical_processors: usize,
    /// Number of logical processors that are online; null if the system does not report it.
    pub online_processors: Option<usize>,
    /// Processor time that a control group allows, in processors; null if unlimited.
    pub processor_quota: Option<f64>,
    /// Kinds of processors among those that the program may use, the fastest first; empty if all are alike
    /// or the kinds are unknown.
    pub processor_kinds: Vec<ProcessorKindRow>,
    /// Instruction set extensions that a kernel may need.
    pub features: Vec<&'static str>,
    /// Clock frequency of one core just after the run, with the others idle, MHz.
    pub frequency_mhz: Option<f64>,
    /// Why `frequency_mhz` is null.
    pub frequency_reason: Option<String>,
    /// Operating system.
    pub os: String,
    /// Kernel and release of the operating system.
    pub os_kernel: String,
    /// Version of hashwatt.
    pub hashwatt_version: &'static str,
    /// Whether hashwatt was built with optimisation; without it, figures do not represent the computer.
    pub optimised_build: bool,
    /// Warnings about conditions that limit the hashrate.
    pub warnings: Vec<String>,
}

impl HostRow {
    /// Creates the row of a computer on which `threads` threads were hashing.
    pub(super) fn new(host: &Host, threads: usize) -> Self {
        let processors = &host.processors;
        Self {
            processor: host.processor.clone(),
            logical_processors: processors.allowed.len(),
            online_processors: processors.online,
            processor_quota: processors.quota.map(round_to_15_digits),
            processor_kinds: processors.kinds.iter().map(Into::into).collect(),
            features: host.features.clone(),
            frequency_mhz: host.frequency.map(|clock| round_to_15_digits(clock.as_mhz())),
            frequency_reason: host.frequency_missing.map(str::to_owned),
            os: host.os.clone(),
            os_kernel: host.os_kernel.clone(),
            hashwatt_version: env!("CARGO_PKG_VERSION"),
            optimised_build: !cfg!(debug_assertions),
            warnings: processors.held_back(threads).into_iter().collect(),
        }
    }
}

/// A kind of processor.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct ProcessorKindRow {
    /// `performance`, `middle`, `efficiency` or `low-power`.
    pub kind: &'static str,
    /// Number of processors of this kind that the program may use.
    pub processors: usize,
}

impl From<&ProcessorKind> for ProcessorKindRow {
    fn from(kind: &ProcessorKind) -> Self {
        Self { kind: kind.name, processors: kind.processors.len() }
    }
}

/// The hashrate of the threads on processors of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct KindRateRow {
    /// The kind, as in `processor_kinds`.
    pub kind: &'static str,
    /// Number of threads on processors of this kind.
    pub threads: usize,
    /// Hashrate of these threads, MH/s.
    pub hashrate_mh_s: f64,
}

/// The hashrate by kind of processor, if every thread is pinned: thread i runs on the processor at place i of
/// those that the program may use.
pub(super) fn kind_rates(processors: &Processors, threads_mh_s: &[f64]) -> Vec<KindRateRow> {
    let rows = processors.kinds.iter().map(|kind| {
        let of_kind = |(processor, _): &(&usize, &f64)| kind.processors.contains(processor);
        let rates: Vec<f64> =
            processors.allowed.iter().zip(threads_mh_s).filter(of_kind).map(|(_, r)| *r).collect();
        KindRateRow {
            kind: kind.name,
            threads: rates.len(),
            hashrate_mh_s: round_to_15_digits(rates.iter().sum()),
        }
    });
    rows.filter(|row| row.threads > 0).collect()
}

/// One of the devices that ran at the same time.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct BenchDeviceRow {
    /// Name of the device.
    pub device: String,
    /// Name of its kernel.
    pub kernel: String,
    /// The kernel's variant, if it has several.
    pub variant: Option<String>,
    /// Hashrate of all threads, MH/s.
    pub hashrate_mh_s: f64,
    /// Hashrate of each thread, MH/s; accurate to one batch at either end of the window.
    pub thread_hashrates_mh_s: Vec<f64>,
    /// Pinned threads by kind of processor; empty if all are alike.
    pub kinds: Vec<KindRateRow>,
}

/// The rows of all devices; empty if no batch closed the window.
pub(super) fn devices(measured: &Measurement) -> Vec<BenchDeviceRow> {
    let rate = |hashes: u64| {
        round_to_15_digits((Hashes::from_count(hashes) / measured.duration).as_mh_s())
    };
    let hashes_of = |part: usize| {
        measured.workers.iter().filter(move |(worker, _)| worker.part == part).map(|(_, h)| *h)
    };
    let row = |(part, descriptor): (usize, &hashwatt::scan::ScannerDescriptor)| BenchDeviceRow {
        device: descriptor.device.clone(),
        kernel: descriptor.kernel.clone(),
        variant: descriptor.variant.clone(),
        hashrate_mh_s: rate(hashes_of(part).sum()),
        thread_hashrates_mh_s: hashes_of(part).map(rate).collect(),
        kinds: Vec::new(),
    };
    match measured.workers.is_empty() || measured.hashes == 0 {
        true => Vec::new(),
        false => measured.parts.iter().enumerate().map(row).collect(),
    }
}

/// Why `auto` chose the kernel: its hashrate and that of the next fastest; `None` if none was chosen.
pub fn why_fastest(all: &[KernelCalibration]) -> Option<String> {
    let chosen = all.iter().find(|kernel| kernel.chosen)?;
    let mh_s = |kernel: &KernelCalibration| kernel.rate.as_ref().map_or(0.0, |rate| rate.as_mh_s());
    let others = all.iter().filter(|kernel| !kernel.chosen && kernel.rate.is_ok());
    let reason = format!("fastest on this computer: {:.2} MH/s on one thread", mh_s(chosen));
    Some(match others.max_by(|a, b| mh_s(a).total_cmp(&mh_s(b))) {
        Some(next) => format!("{reason}, ahead of {} at {:.2}", next.kernel.name(), mh_s(next)),
        None => reason,
    })
}

/// Writes the computer as text.
pub(super) fn host_lines(sheet: &mut Sheet<'_, '_>, row: &HostRow) -> fmt::Result {
    let clock = match (row.frequency_mhz, &row.frequency_reason) {
        (Some(mhz), _) => format!("{mhz:.0} MHz on one core after the run"),
        (None, Some(reason)) => format!("clock unknown: {reason}"),
        (None, None) => "clock unknown".to_owned(),
    };
    let quota = row.processor_quota.map(|quota| format!(", quota of {quota:.2} processors"));
    let allowed = match (row.logical_processors, row.online_processors) {
        (allowed, Some(online)) if allowed != online => format!("{allowed} of {online}"),
        (allowed, _) => allowed.to_string(),
    };
    let processors = format!("{allowed} logical processors{}", quota.unwrap_or_default());
    sheet.text("Processor", &row.processor)?;
    sheet.aside(&format!("{processors}, {clock}; {}", row.features.join(" ")))?;
    if !row.processor_kinds.is_empty() {
        let kinds = row.processor_kinds.iter();
        let kinds: Vec<_> = kinds.map(|row| format!("{} {}", row.processors, row.kind)).collect();
        sheet.aside(&format!("{} processors", kinds.join(" + ")))?;
    }
    let build = if row.optimised_build { "" } else { ", built WITHOUT optimisation" };
    let system = format!("{}, {}; hashwatt {}{build}", row.os, row.os_kernel, row.hashwatt_version);
    sheet.aside(&system)?;
    row.warnings.iter().try_for_each(|warning| sheet.aside(warning))
}

/// Writes the hashrate of each device and of its threads as text.
pub(super) fn device_lines(sheet: &mut Sheet<'_, '_>, rows: &[BenchDeviceRow]) -> fmt::Result {
    for row in rows {
        if rows.len() > 1 {
            let text = format!("{:.3} MH/s, {}", row.hashrate_mh_s, row.device);
            sheet.text(&format!("By {}", row.kernel), &text)?;
        }
        let threads = &row.thread_hashrates_mh_s;
        if threads.len() > 1 {
            let min = threads.iter().copied().fold(f64::INFINITY, f64::min);
            let max = threads.iter().copied().fold(0.0, f64::max);
            sheet.text("Per thread", &format!("{min:.3} to {max:.3} MH/s"))?;
        }
        for KindRateRow { kind, threads, hashrate_mh_s } in &row.kinds {
            let each = hashrate_mh_s / *threads as f64;
            let text = format!("{hashrate_mh_s:.3} MH/s, {threads} threads of {each:.3} MH/s");
            sheet.text(&format!("On {kind} cores"), &text)?;
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
    fn reason_for_the_fastest_kernel_names_the_next_fastest() {
        let kernel = |kernel, mh_s: Option<f64>, chosen| KernelCalibration {
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
        let reason = why_fastest(&[a, b.clone(), missing]).unwrap();
        let alone = "fastest on this computer: 2.50 MH/s on one thread";
        assert_eq!(reason, format!("{alone}, ahead of scalar at 1.00"));
        assert_eq!(why_fastest(&[b]).unwrap(), alone);
        assert_eq!(why_fastest(&[]), None);
    }

    fn hybrid() -> Processors {
        let mut processors = Processors::here();
        let kind = |name, processors: &[usize]| ProcessorKind::new(name, processors.to_vec());
        processors.online = Some(6);
        processors.allowed = vec![1, 2, 4, 5];
        processors.quota = Some(2.5);
        processors.kinds = vec![kind("performance", &[1, 2]), kind("efficiency", &[4, 5])];
        processors
    }

    #[test]
    fn pinned_threads_are_summed_by_kind_of_processor() {
        let row = |kind, threads, hashrate_mh_s| KindRateRow { kind, threads, hashrate_mh_s };
        assert_eq!(
            kind_rates(&hybrid(), &[10.0, 11.0, 4.0, 5.0]),
            [row("performance", 2, 21.0), row("efficiency", 2, 9.0)]
        );
        assert_eq!(kind_rates(&hybrid(), &[10.0, 11.0]), [row("performance", 2, 21.0)]);
        let alike = Processors { kinds: Vec::new(), ..hybrid() };
        assert_eq!(kind_rates(&alike, &[1.0; 4]), []);
    }

    #[test]
    fn online_allowed_and_quota_processors_are_separate_figures() {
        let host = Host { processors: hybrid(), ..Host::here() };
        let row = HostRow::new(&host, 4);
        assert_eq!((row.online_processors, row.logical_processors), (Some(6), 4));
        assert_eq!((row.processor_quota, row.processor_kinds.len()), (Some(2.5), 2));
        assert!(row.warnings[0].contains("limits 4 threads to a quota of 2.5 processors"));
        assert_eq!(HostRow::new(&host, 2).warnings, Vec::<String>::new());
        struct Shown(HostRow);
        impl fmt::Display for Shown {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                super::host_lines(&mut Sheet::new(f), &self.0)
            }
        }
        let text = Shown(row).to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        for expected in [
            "4 of 6 logical processors, quota of 2.50 processors",
            "2 performance + 2 efficiency processors",
            "limits 4 threads to a quota of 2.5 processors",
        ] {
            assert!(text.contains(expected), "{text}");
        }
    }

    #[test]
    fn host_of_this_computer_has_processor_and_system() {
        let row = HostRow::new(&Host::here(), 1);
        assert!(!row.processor.is_empty() && row.logical_processors > 0 && !row.os.is_empty());
        assert_eq!(row.frequency_mhz.is_some(), row.frequency_reason.is_none());
    }
}
