//! What processor this is, so that a rate never stands without its machine.

use super::ports::Core;

/// The processor's own name with family and model, where it tells.
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

/// The core, where its ports are known.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
pub(super) fn core() -> Option<Core> {
    let cpuid = raw_cpuid::CpuId::new();
    let (vendor, info) = (cpuid.get_vendor_info()?, cpuid.get_feature_info()?);
    Core::of(vendor.as_str(), info.family_id(), info.model_id())
}

/// The architecture, for want of an instruction that tells more.
#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
pub(super) fn name() -> String {
    format!("{} processor", std::env::consts::ARCH)
}

/// None is known.
#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
pub(super) fn core() -> Option<Core> {
    None
}
