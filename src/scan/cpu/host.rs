//! A description of the machine, to be reported with every rate.

use super::ports::Core;
use super::processors::Processors;
use crate::input;
use crate::units::Hertz;
use std::path::Path;

/// The machine properties on which a rate depends.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Host {
    /// The processor's name, with family and model if available.
    pub processor: String,
    /// The logical processors, those that this process may use, and its quota.
    pub processors: Processors,
    /// The processor features that are present among those that a kernel may need.
    pub features: Vec<&'static str>,
    /// The current frequency of one core, timed by a chain of dependent operations.
    pub frequency: Option<Hertz>,
    /// The reason why the frequency is missing.
    pub frequency_missing: Option<&'static str>,
    /// The name of the operating system.
    pub os: String,
    /// The name and release of its kernel.
    pub os_kernel: String,
}

impl Host {
    /// Describes this machine. Measuring the frequency takes some milliseconds of one core.
    pub fn here() -> Self {
        let (frequency, frequency_missing) = frequency();
        Self {
            processor: name(),
            processors: Processors::here(),
            features: features(),
            frequency,
            frequency_missing,
            os: os_name().unwrap_or_else(|| std::env::consts::OS.to_owned()),
            os_kernel: os_kernel(),
        }
    }
}

/// The frequency by the roofline's probe, which needs an optimised build.
fn frequency() -> (Option<Hertz>, Option<&'static str>) {
    if cfg!(debug_assertions) {
        return (None, Some("an unoptimised build cannot time cycles"));
    }
    let hertz = 1.0 / super::probe::cycle().as_seconds();
    match hertz.is_finite() {
        true => (Some(Hertz::from_hz(hertz)), None),
        false => (None, Some("the clock is too coarse to time cycles")),
    }
}

/// The name of the Linux distribution, by os-release(5).
fn os_name() -> Option<String> {
    let places = ["/etc/os-release", "/usr/lib/os-release"];
    let text = places.iter().find_map(|at| input::read_text(Path::new(at), 64 << 10).ok())?;
    let line = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    let name: String = line.chars().filter(|c| !c.is_control() && *c != '"').take(100).collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(unix)]
fn os_kernel() -> String {
    let system = rustix::system::uname();
    let (name, release) = (system.sysname().to_string_lossy(), system.release().to_string_lossy());
    format!("{name} {release}")
}

#[cfg(not(unix))]
fn os_kernel() -> String {
    std::env::consts::OS.to_owned()
}

#[cfg(target_arch = "x86_64")]
fn features() -> Vec<&'static str> {
    let mut present = Vec::new();
    macro_rules! detect {
        ($($name:tt),*) => {
            $(if std::arch::is_x86_feature_detected!($name) {
                present.push($name);
            })*
        };
    }
    detect!("sse4.1", "ssse3", "avx2", "bmi2", "sha", "avx512f", "avx512bw", "avx512vl");
    present
}

#[cfg(target_arch = "aarch64")]
fn features() -> Vec<&'static str> {
    match std::arch::is_aarch64_feature_detected!("sha2") {
        true => vec!["sha2"],
        false => Vec::new(),
    }
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn features() -> Vec<&'static str> {
    Vec::new()
}

/// The processor's name, with family and model if available.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
pub(super) fn name() -> String {
    let cpuid = raw_cpuid::CpuId::new();
    let brand = cpuid.get_processor_brand_string();
    let brand = brand.as_ref().map_or("x86 processor", |brand| brand.as_str().trim());
    match cpuid.get_feature_info() {
        Some(info) => {
            format!("{brand} (family {}, model {})", info.family_id(), info.model_id())
        }
        None => brand.to_owned(),
    }
}

/// The core, if its ports are known.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
pub(super) fn core() -> Option<Core> {
    let cpuid = raw_cpuid::CpuId::new();
    let (vendor, info) = (cpuid.get_vendor_info()?, cpuid.get_feature_info()?);
    Core::from_cpuid(vendor.as_str(), info.family_id(), info.model_id())
}

/// The architecture, because no instruction gives the processor's name.
#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
pub(super) fn name() -> String {
    format!("{} processor", std::env::consts::ARCH)
}

/// No core of this architecture is known.
#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
pub(super) fn core() -> Option<Core> {
    None
}
