//! What a result's figures are held against: the table of plausible ranges, by what hashed.

use super::energy_result::EnergyResult;
use crate::scan::{HashingDevice, ScannerDescriptor};
use crate::units::{JoulesPerHash, Seconds};
use hashwatt_quantities::plausible::{
    CPU_EFFICIENCY, GPU_EFFICIENCY, ImplausibleValue, PlausibilityWarning, PlausibleRange,
    check_any, power_of,
};

/// Whether what hashed can take so many joules a hash; several devices lie between theirs.
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

/// A mean power that is unusual for what its meter sees. One that cannot be was refused when it was
/// read.
pub(super) fn power(result: &EnergyResult, window: Seconds) -> Option<PlausibilityWarning> {
    let joules = result.joules.as_ref().ok()?.value();
    power_of(result.meter.scope)?.check(joules / window).ok()?
}
