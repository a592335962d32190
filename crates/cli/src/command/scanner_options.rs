//! `--kernel`, `--threads`, `--pin`, `--adapter`: the scanner that a command uses.

use super::interrupt::Interrupt;
#[cfg(feature = "gpu")]
use super::output::print_message;
use super::{Failure, value_parsers};
use clap::Args;
use hashwatt::scan::{CpuScanner, Kernel, Processors, ScanError, Scanner, UnknownKernel};
use hashwatt_report::bench::why_fastest;
use std::fmt;
use std::str::FromStr;

/// The options that select a scanner.
#[derive(Args)]
pub(super) struct ScannerOptions {
    /// Kernel name (`hashwatt kernels` lists them), auto for the fastest on this processor, gpu, or
    /// cpu+gpu for both at once (in builds with the feature gpu); `bench` compares several in one run:
    /// a,b,c
    #[arg(long, value_name = "NAME", default_value = "auto", value_delimiter = ',')]
    kernel: Vec<KernelChoice>,
    /// CPU threads [default: one per usable processor, within the CPU quota of the control group]
    #[arg(long, value_name = "N", value_parser = value_parsers::positive_count, allow_hyphen_values = true)]
    threads: Option<usize>,
    /// Pin each thread to its own processor (Linux)
    #[arg(long)]
    pin: bool,
    /// Use the GPUs whose name contains this text (`hashwatt devices` lists them, in builds with the
    /// feature gpu) [default: all GPUs except software rasterisers]
    #[arg(long, value_name = "NAME")]
    adapter: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum KernelChoice {
    Auto,
    Named(Kernel),
    Gpu,
    CpuAndGpu,
}

impl fmt::Display for KernelChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "auto",
            Self::Named(kernel) => kernel.name(),
            Self::Gpu => "gpu",
            Self::CpuAndGpu => "cpu+gpu",
        })
    }
}

impl FromStr for KernelChoice {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "auto" => Ok(Self::Auto),
            "gpu" => Ok(Self::Gpu),
            "cpu+gpu" => Ok(Self::CpuAndGpu),
            name => match name.parse() {
                Ok(kernel) => Ok(Self::Named(kernel)),
                Err(UnknownKernel(_)) => {
                    let names = Kernel::ALL.map(Kernel::name).join(", ");
                    Err(format!("give one of: auto, gpu, cpu+gpu, {names}"))
                }
            },
        }
    }
}

impl ScannerOptions {
    /// Opens and verifies the selected scanner for `versions` versions of a header at once. Tuning a GPU
    /// may take minutes and cannot be interrupted.
    pub(super) fn open(
        &self,
        versions: usize,
        interrupt: &Interrupt,
    ) -> Result<Box<dyn Scanner>, Failure> {
        match self.uses_gpu() {
            true => interrupt.exiting_at_once(|| self.scanner(versions)),
            false => self.scanner(versions),
        }
    }

    fn scanner(&self, versions: usize) -> Result<Box<dyn Scanner>, Failure> {
        if let [_, another, ..] = &self.kernel[..] {
            return Err(Failure::Input(format!(
                "--kernel: {another} is a second kernel; give one, since only `hashwatt bench` compares \
                 several"
            )));
        }
        if versions > 1 && !self.is_only(KernelChoice::Gpu) {
            let message =
                "--versions: only a GPU hashes several versions at once; add --kernel gpu";
            return Err(Failure::Input(message.to_owned()));
        }
        if self.adapter.is_some() && !self.uses_gpu() {
            let message = "--adapter: applies to GPUs only; add --kernel gpu or --kernel cpu+gpu";
            return Err(Failure::Input(message.to_owned()));
        }
        if self.is_only(KernelChoice::Gpu) && (self.threads.is_some() || self.pin) {
            let message =
                "--threads and --pin apply to the CPU only; omit them or give --kernel cpu+gpu";
            return Err(Failure::Input(message.to_owned()));
        }
        match self.uses_gpu() {
            true => self.gpu_scanner(versions),
            false => Ok(Box::new(self.cpu_scanner(self.named_kernel())?)),
        }
    }

    /// A scanner on the CPU with the given kernel, or the fastest.
    fn cpu_scanner(&self, kernel: Option<Kernel>) -> Result<CpuScanner, Failure> {
        let threads = match self.threads {
            Some(threads) => threads,
            None => Processors::here().threads(),
        };
        let kernel = kernel.map_or_else(Kernel::fastest, Ok)?;
        let scanner = CpuScanner::new(kernel, threads).map_err(|error| match error {
            ScanError::Threads { .. } => Failure::Input(format!("--{error}")),
            error => error.into(),
        })?;
        let pinned = |scanner: CpuScanner| {
            scanner.pinned().map_err(|error| match error {
                ScanError::TooFewProcessors { .. } | ScanError::Pinning { .. } => {
                    Failure::Input(format!("--pin: {error}"))
                }
                error => error.into(),
            })
        };
        if self.pin { pinned(scanner) } else { Ok(scanner) }
    }

    #[cfg(feature = "gpu")]
    fn gpu_scanner(&self, versions: usize) -> Result<Box<dyn Scanner>, Failure> {
        use hashwatt::scan::{Adapter, GpuScanner, MultiScanner, Tuned, cache_folder};

        let mut scanners: Vec<Box<dyn Scanner>> = Vec::new();
        if self.is_only(KernelChoice::CpuAndGpu) {
            scanners.push(Box::new(self.cpu_scanner(None)?));
        }
        for adapter in Adapter::choose(self.adapter.as_deref())? {
            let name = &adapter.description().name;
            let mut watch = |tuned: &Tuned| {
                let (variant, rate) = (tuned.variant, tuned.rate.as_mh_s());
                print_message(&format!("tuning {name} (once): {variant} {rate:.1} MH/s"));
            };
            let (mut scanner, _, warning) =
                GpuScanner::tuned(&adapter, cache_folder().as_deref(), &mut watch)?;
            if let Some(warning) = warning {
                print_message(&format!("warning: {warning}"));
            }
            if versions > 1 {
                scanner = GpuScanner::with_versions(&adapter, scanner.variant(), versions)?;
            }
            scanners.push(Box::new(scanner));
        }
        if let [_] = scanners[..]
            && let Some(one) = scanners.pop()
        {
            return Ok(one);
        }
        match MultiScanner::new(scanners) {
            Some(scanner) => Ok(Box::new(scanner)),
            None => Err(Failure::Run("no scanner was opened".to_owned())),
        }
    }

    #[cfg(not(feature = "gpu"))]
    fn gpu_scanner(&self, _: usize) -> Result<Box<dyn Scanner>, Failure> {
        let message = "--kernel: this build has no GPU support; build hashwatt with --features gpu";
        Err(Failure::Input(message.to_owned()))
    }

    /// The CPU kernel that was given by name, if it is the only one.
    pub(super) fn named_kernel(&self) -> Option<Kernel> {
        match self.kernel[..] {
            [KernelChoice::Named(kernel)] => Some(kernel),
            _ => None,
        }
    }

    /// Whether this is the only choice.
    fn is_only(&self, choice: KernelChoice) -> bool {
        self.kernel[..] == [choice]
    }

    /// The CPU kernels to compare; `None` if only one was given.
    pub(super) fn compared_kernels(&self) -> Result<Option<Vec<Kernel>>, Failure> {
        if self.kernel.len() < 2 {
            return Ok(None);
        }
        if self.uses_gpu() {
            let message = "--kernel: gpu and cpu+gpu cannot be compared with other kernels in one run, \
                because a time slice is shorter than a batch on a GPU; bench each alone with --save \
                and use --compare";
            return Err(Failure::Input(message.to_owned()));
        }
        if self.adapter.is_some() {
            let message = "--adapter: a run that compares kernels uses no GPU; omit it";
            return Err(Failure::Input(message.to_owned()));
        }
        let mut kernels = Vec::new();
        for choice in &self.kernel {
            let kernel = match choice {
                KernelChoice::Named(kernel) => *kernel,
                _ => Kernel::fastest()?,
            };
            if kernels.contains(&kernel) {
                let message = match self.kernel.contains(&KernelChoice::Auto) {
                    true => {
                        format!("{kernel} appears twice, because auto is {}", Kernel::fastest()?)
                    }
                    false => format!("{kernel} appears twice"),
                };
                return Err(Failure::Input(format!("--kernel: {message}; name each kernel once")));
            }
            kernels.push(kernel);
        }
        Ok(Some(kernels))
    }

    /// Opens and verifies one scanner for each kernel, all with the same threads.
    pub(super) fn open_each(&self, kernels: &[Kernel]) -> Result<Vec<Box<dyn Scanner>>, Failure> {
        let open =
            |kernel: &Kernel| Ok(Box::new(self.cpu_scanner(Some(*kernel))?) as Box<dyn Scanner>);
        kernels.iter().map(open).collect()
    }

    /// Why this kernel was selected.
    pub(super) fn selection_reason(&self) -> String {
        match self.kernel.first().unwrap_or(&KernelChoice::Auto) {
            KernelChoice::Named(_) => "named by --kernel".to_owned(),
            KernelChoice::Auto => fastest_reason(),
            KernelChoice::Gpu => {
                "named by --kernel; its variant is the fastest measured".to_owned()
            }
            KernelChoice::CpuAndGpu => {
                format!("named by --kernel; on the CPU: {}", fastest_reason())
            }
        }
    }

    /// The GPU, if the scanner is a single GPU.
    #[cfg(feature = "gpu")]
    pub(super) fn single_gpu(&self) -> Option<hashwatt::scan::Adapter> {
        let adapters = hashwatt::scan::Adapter::choose(self.adapter.as_deref()).ok()?;
        match <[_; 1]>::try_from(adapters) {
            Ok([one]) if self.is_only(KernelChoice::Gpu) => Some(one),
            _ => None,
        }
    }

    /// Whether the scanner uses GPUs.
    pub(super) fn uses_gpu(&self) -> bool {
        let is_gpu = |choice| matches!(choice, &KernelChoice::Gpu | &KernelChoice::CpuAndGpu);
        self.kernel.iter().any(is_gpu)
    }
}

fn fastest_reason() -> String {
    why_fastest(Kernel::calibration()).unwrap_or_else(|| "the only one available".to_owned())
}
