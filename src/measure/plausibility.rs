//! Checks of a result's figures against the table of plausible ranges of the hashing devices.

use super::energy_result::EnergyResult;
use crate::scan::{HashingDevice, ScannerDescriptor};
use crate::units::{JoulesPerHash, Seconds};
use hashwatt_quantities::plausible::{
    CPU_EFFICIENCY, GPU_EFFICIENCY, ImplausibleValue, PlausibilityWarning, PlausibleRange,
    check_any, power_of,
};

/// Checks an energy per hash against the ranges of the devices that hashed.
pub(super) fn efficiency(
    value: JoulesPerHash,
    parts: &[ScannerDescriptor],
) -> Result<Option<PlausibilityWarning>, ImplausibleValue> {
    let range = |part: &ScannerDescriptor| -> Option<&PlausibleRange<JoulesPerHash>> {
        match part.hashes_on {
            HashingDevice::Processor => Some(&CPU_EFFICIENCY),
            HashingDevice::Gpu(_) => Some(&GPU_EFFICIENCY),
            HashingDevice::Several | HashingDevice::Unstated => None,
        }
    };
    let ranges: Vec<_> = parts.iter().filter_map(range).collect();
    check_any(&ranges, value)
}

/// A warning for a mean power that is unusual for the scope of its meter. An impossible power was refused when it was
/// read.
pub(super) fn power(result: &EnergyResult, window: Seconds) -> Option<PlausibilityWarning> {
    let joules = result.joules.as_ref().ok()?.value();
    power_of(result.meter.scope)?.check(joules / window).ok()?
}
