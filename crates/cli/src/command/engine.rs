//! `--kernel`, `--threads`, `--pin`, `--adapter`: what hashes.

use super::interrupt::Interrupt;
#[cfg(feature = "gpu")]
use super::output::tell;
use super::{Failure, number};
use clap::Args;
use hashwatt::scan::{CpuScanner, Kernel, Processors, ScanError, Scanner, UnknownKernel};
use hashwatt_report::why_fastest;
use std::fmt;
use std::str::FromStr;

/// What hashes.
#[derive(Args)]
pub(super) struct Engine {
    /// Kernel by its name (`hashwatt kernels` lists them), auto for the fastest measured on this
    /// processor, gpu, or cpu+gpu for both at once (in builds with the feature gpu); `bench` compares
    /// several in one run: a,b,c
    #[arg(long, value_name = "NAME", default_value = "auto", value_delimiter = ',')]
    kernel: Vec<KernelChoice>,
    /// CPU threads [default: one a processor that may be used, as many as a control group's quota
    /// keeps busy]
    #[arg(long, value_name = "N", value_parser = number::several, allow_hyphen_values = true)]
    threads: Option<usize>,
    /// Keep each thread on a processor of its own (Linux)
    #[arg(long)]
    pin: bool,
    /// Take the GPUs with this in their name (`hashwatt devices` lists them, in builds with the feature
    /// gpu) [default: every GPU, but no software rasteriser]
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

impl Engine {
    /// What was asked for, opened and proven, for so many versions of a header at once. A GPU may
    /// be tuned for minutes, which nothing stops half way.
    pub(super) fn opened(
        &self,
        versions: usize,
        interrupt: &Interrupt,
    ) -> Result<Box<dyn Scanner>, Failure> {
        match self.has_gpu() {
            true => interrupt.leaving_at_once(|| self.scanner_of(versions)),
            false => self.scanner_of(versions),
        }
    }

    fn scanner_of(&self, versions: usize) -> Result<Box<dyn Scanner>, Failure> {
        if let [_, another, ..] = &self.kernel[..] {
            return Err(Failure::Input(format!(
                "--kernel: {another} is one too many; only `hashwatt bench` compares kernels"
            )));
        }
        if versions > 1 && !self.is(KernelChoice::Gpu) {
            let told = "--versions: only a GPU hashes several at once; add --kernel gpu";
            return Err(Failure::Input(told.to_owned()));
        }
        if self.adapter.is_some() && !self.has_gpu() {
            let told = "--adapter: no GPU was asked for; add --kernel gpu or --kernel cpu+gpu";
            return Err(Failure::Input(told.to_owned()));
        }
        if self.is(KernelChoice::Gpu) && (self.threads.is_some() || self.pin) {
            let told = "--threads and --pin are the CPU's; leave them out or give --kernel cpu+gpu";
            return Err(Failure::Input(told.to_owned()));
        }
        if self.has_gpu() { self.with_gpu(versions) } else { Ok(Box::new(self.cpu(self.named())?)) }
    }

    /// On the CPU: a kernel, or the fastest.
    fn cpu(&self, kernel: Option<Kernel>) -> Result<CpuScanner, Failure> {
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
    fn with_gpu(&self, versions: usize) -> Result<Box<dyn Scanner>, Failure> {
        use hashwatt::scan::{Adapter, GpuScanner, MultiScanner, Tuned, cache_folder};

        let mut scanners: Vec<Box<dyn Scanner>> = Vec::new();
        if self.is(KernelChoice::CpuAndGpu) {
            scanners.push(Box::new(self.cpu(None)?));
        }
        for adapter in Adapter::choose(self.adapter.as_deref())? {
            let name = &adapter.description().name;
            let mut watch = |tuned: &Tuned| {
                let (variant, rate) = (tuned.variant, tuned.rate.as_mh_s());
                tell(&format!("tuning {name}, once: {variant} {rate:.1} MH/s"));
            };
            let (mut scanner, _, warning) =
                GpuScanner::tuned(&adapter, cache_folder().as_deref(), &mut watch)?;
            if let Some(warning) = warning {
                tell(&format!("warning: {warning}"));
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
            Some(together) => Ok(Box::new(together)),
            None => Err(Failure::Run("no scanner was opened".to_owned())),
        }
    }

    #[cfg(not(feature = "gpu"))]
    fn with_gpu(&self, _: usize) -> Result<Box<dyn Scanner>, Failure> {
        let told = "--kernel: this hashwatt was built without GPUs; build it with --features gpu";
        Err(Failure::Input(told.to_owned()))
    }

    /// The CPU kernel that was asked for by its name.
    pub(super) fn named(&self) -> Option<Kernel> {
        match self.kernel[..] {
            [KernelChoice::Named(kernel)] => Some(kernel),
            _ => None,
        }
    }

    /// Whether this alone was asked for.
    fn is(&self, choice: KernelChoice) -> bool {
        self.kernel[..] == [choice]
    }

    /// The CPU kernels that were asked for, where there are several, each once.
    pub(super) fn several(&self) -> Result<Option<Vec<Kernel>>, Failure> {
        if self.kernel.len() < 2 {
            return Ok(None);
        }
        if self.has_gpu() {
            let told = "--kernel: gpu and cpu+gpu do not take turns with others, whose slices are \
                shorter than a GPU's batches; bench each alone with --save and use --compare";
            return Err(Failure::Input(told.to_owned()));
        }
        if self.adapter.is_some() {
            let told = "--adapter: no GPU takes turns with other kernels; leave it out";
            return Err(Failure::Input(told.to_owned()));
        }
        let mut kernels = Vec::new();
        for choice in &self.kernel {
            let kernel = match choice {
                KernelChoice::Named(kernel) => *kernel,
                _ => Kernel::fastest()?,
            };
            if kernels.contains(&kernel) {
                let told = match self.kernel.contains(&KernelChoice::Auto) {
                    true => format!("{kernel} is there twice, as auto is {}", Kernel::fastest()?),
                    false => format!("{kernel} is there twice"),
                };
                return Err(Failure::Input(format!("--kernel: {told}; name each kernel once")));
            }
            kernels.push(kernel);
        }
        Ok(Some(kernels))
    }

    /// These kernels, opened and proven, each with the same threads.
    pub(super) fn opened_in_turn(
        &self,
        kernels: &[Kernel],
    ) -> Result<Vec<Box<dyn Scanner>>, Failure> {
        let open = |kernel: &Kernel| Ok(Box::new(self.cpu(Some(*kernel))?) as Box<dyn Scanner>);
        kernels.iter().map(open).collect()
    }

    /// Why this kernel.
    pub(super) fn reason(&self) -> String {
        match self.kernel.first().unwrap_or(&KernelChoice::Auto) {
            KernelChoice::Named(_) => "named by --kernel".to_owned(),
            KernelChoice::Auto => fastest(),
            KernelChoice::Gpu => {
                "named by --kernel; its variant is the fastest measured".to_owned()
            }
            KernelChoice::CpuAndGpu => format!("named by --kernel; of the CPU's {}", fastest()),
        }
    }

    /// The one GPU that is to hash alone, if it is one.
    #[cfg(feature = "gpu")]
    pub(super) fn single_gpu(&self) -> Option<hashwatt::scan::Adapter> {
        let adapters = hashwatt::scan::Adapter::choose(self.adapter.as_deref()).ok()?;
        match <[_; 1]>::try_from(adapters) {
            Ok([one]) if self.is(KernelChoice::Gpu) => Some(one),
            _ => None,
        }
    }

    /// Whether GPUs are to hash.
    pub(super) fn has_gpu(&self) -> bool {
        let gpu = |choice| matches!(choice, &KernelChoice::Gpu | &KernelChoice::CpuAndGpu);
        self.kernel.iter().any(gpu)
    }
}

fn fastest() -> String {
    why_fastest(Kernel::calibration()).unwrap_or_else(|| "the only one".to_owned())
}
