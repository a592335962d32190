//! The machine's part of a measurement's report: what it is, and what each part of it did.

use super::tidy;
use hashwatt::measure::Measurement;
use hashwatt::scan::{Host, KernelCalibration, ProcessorKind, Processors};
use hashwatt::text::Sheet;
use hashwatt::units::Hashes;
use serde::Serialize;
use std::fmt;

/// The machine that was measured.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct HostRow {
    /// The processor's own name with family and model.
    pub processor: String,
    /// Logical processors that the program may use, by its affinity.
    pub logical_processors: usize,
    /// Logical processors that are online in the machine; null where the system does not tell.
    pub online_processors: Option<usize>,
    /// How many processors' time a control group grants; null where none limits it.
    pub processor_quota: Option<f64>,
    /// Kinds of processors among those that the program may use, the fastest first; empty where all
    /// are alike or nothing is known.
    pub processor_kinds: Vec<ProcessorKindRow>,
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
    /// What a reader must know before taking the rate for the machine's.
    pub warnings: Vec<String>,
}

impl HostRow {
    /// Of a machine that so many threads were hashing on.
    pub fn new(machine: &Host, threads: usize) -> Self {
        let processors = &machine.processors;
        Self {
            processor: machine.processor.clone(),
            logical_processors: processors.allowed.len(),
            online_processors: processors.online,
            processor_quota: processors.quota.map(tidy),
            processor_kinds: processors.kinds.iter().map(Into::into).collect(),
            features: machine.features.clone(),
            frequency_mhz: machine.frequency.map(|clock| tidy(clock.as_mhz())),
            frequency_reason: machine.frequency_missing.map(str::to_owned),
            os: machine.os.clone(),
            os_kernel: machine.os_kernel.clone(),
            hashwatt_version: env!("CARGO_PKG_VERSION"),
            optimised_build: !cfg!(debug_assertions),
            warnings: processors.held_back(threads).into_iter().collect(),
        }
    }
}

/// Processors that are alike.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ProcessorKindRow {
    /// `performance`, `middle`, `efficiency` or `low-power`.
    pub kind: &'static str,
    /// How many of them the program may use.
    pub processors: usize,
}

impl From<&ProcessorKind> for ProcessorKindRow {
    fn from(kind: &ProcessorKind) -> Self {
        Self { kind: kind.name, processors: kind.processors.len() }
    }
}

/// What the threads on processors of one kind did.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct KindRateRow {
    /// As in the machine's `processor_kinds`.
    pub kind: &'static str,
    /// Threads on processors of this kind.
    pub threads: usize,
    /// MH/s of all of them.
    pub hashrate_mh_s: f64,
}

/// What each kind did, where every thread had a processor of its own: thread i that of place i among
/// those that the program may use.
pub(super) fn kind_rates(processors: &Processors, threads_mh_s: &[f64]) -> Vec<KindRateRow> {
    let rows = processors.kinds.iter().map(|kind| {
        let of_kind = |(processor, _): &(&usize, &f64)| kind.processors.contains(processor);
        let rates: Vec<f64> =
            processors.allowed.iter().zip(threads_mh_s).filter(of_kind).map(|(_, r)| *r).collect();
        KindRateRow {
            kind: kind.name,
            threads: rates.len(),
            hashrate_mh_s: tidy(rates.iter().sum()),
        }
    });
    rows.filter(|row| row.threads > 0).collect()
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
    /// Pinned threads by the kind of their processors; empty where those are all alike.
    pub kinds: Vec<KindRateRow>,
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
        kinds: Vec::new(),
    };
    match measured.workers.is_empty() || measured.hashes == 0 {
        true => Vec::new(),
        false => measured.parts.iter().enumerate().map(row).collect(),
    }
}

/// Why `auto` took the kernel: its rate and that of the next, as they were timed.
pub fn why_fastest(all: &[KernelCalibration]) -> Option<String> {
    let chosen = all.iter().find(|kernel| kernel.chosen)?;
    let mh_s = |kernel: &KernelCalibration| kernel.rate.as_ref().map_or(0.0, |rate| rate.as_mh_s());
    let others = all.iter().filter(|kernel| !kernel.chosen && kernel.rate.is_ok());
    let told = format!("fastest here: {:.2} MH/s on one thread", mh_s(chosen));
    Some(match others.max_by(|a, b| mh_s(a).total_cmp(&mh_s(b))) {
        Some(next) => format!("{told}, before {} with {:.2}", next.kernel.name(), mh_s(next)),
        None => told,
    })
}

/// The machine, for a person.
pub(super) fn host_lines(sheet: &mut Sheet<'_, '_>, row: &HostRow) -> fmt::Result {
    let clock = match (row.frequency_mhz, &row.frequency_reason) {
        (Some(mhz), _) => format!("{mhz:.0} MHz on one core after the run"),
        (None, Some(reason)) => format!("clock not known: {reason}"),
        (None, None) => "clock not known".to_owned(),
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
        for KindRateRow { kind, threads, hashrate_mh_s } in &row.kinds {
            let each = hashrate_mh_s / *threads as f64;
            let told = format!("{hashrate_mh_s:.3} MH/s, {threads} threads of {each:.3} MH/s");
            sheet.text(&format!("On {kind} cores"), &told)?;
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
        let told = why_fastest(&[a, b.clone(), missing]).unwrap();
        assert_eq!(told, "fastest here: 2.50 MH/s on one thread, before scalar with 1.00");
        assert_eq!(why_fastest(&[b]).unwrap(), "fastest here: 2.50 MH/s on one thread");
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
    fn rates_on_each_kind_of_processor_are_told_apart() {
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
    fn processors_there_allowed_and_granted_are_three_figures() {
        let machine = Host { processors: hybrid(), ..Host::here() };
        let row = HostRow::new(&machine, 4);
        assert_eq!((row.online_processors, row.logical_processors), (Some(6), 4));
        assert_eq!((row.processor_quota, row.processor_kinds.len()), (Some(2.5), 2));
        assert!(row.warnings[0].contains("quota of 2.5 processors holds 4 threads back"));
        assert_eq!(HostRow::new(&machine, 2).warnings, Vec::<String>::new());
        struct Shown(HostRow);
        impl fmt::Display for Shown {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                super::host_lines(&mut Sheet::new(f), &self.0)
            }
        }
        let text = Shown(row).to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        for said in [
            "4 of 6 logical processors, quota of 2.50 processors",
            "2 performance + 2 efficiency processors",
            "holds 4 threads back",
        ] {
            assert!(text.contains(said), "{text}");
        }
    }

    #[test]
    fn a_machine_knows_itself() {
        let row = HostRow::new(&Host::here(), 1);
        assert!(!row.processor.is_empty() && row.logical_processors > 0 && !row.os.is_empty());
        assert_eq!(row.frequency_mhz.is_some(), row.frequency_reason.is_none());
    }
}
