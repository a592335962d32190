//! Which meters represent a run: overlapping scopes are never added.

use super::energy_result::EnergyResult;
use super::unavailable::EnergyUnavailable;
use crate::energy::MeterQuantity;
use crate::scan::{HashingDevice, ScannerDescriptor};
use crate::uncertainty::{Scope, Uncertain};
use crate::units::Joules;
use hashwatt_quantities::metering::{MeteredSum as _, Trust as _};

/// The energies that represent a run.
pub(super) struct Headline<'a> {
    pub joules: Uncertain<Joules>,
    pub members: Vec<&'a EnergyResult>,
}

impl<'a> Headline<'a> {
    /// Selects the widest scope all of whose devices have an energy, of the most trusted origin; `parts` are the
    /// scanners that hashed.
    pub(super) fn select(
        results: &'a [EnergyResult],
        parts: &[ScannerDescriptor],
    ) -> Result<Self, EnergyUnavailable> {
        let has = |scope| results.iter().any(|result| result.meter.scope == scope);
        let mut scopes: Vec<Scope> = results.iter().map(|result| result.meter.scope).collect();
        let with_gpu = has(Scope::GpuBoard);
        let on = |is: fn(&HashingDevice) -> bool| parts.iter().any(|part| is(&part.hashes_on));
        let on_gpu = on(|device| matches!(device, HashingDevice::Gpu(_)));
        let on_processor = on(|device| *device == HashingDevice::Processor);
        if with_gpu && has(Scope::CpuPackage) {
            scopes.push(Scope::Components);
        }
        // How much of a GPU board the platform's counter includes differs between machines.
        scopes.retain(|scope| {
            let part = matches!(scope, Scope::Dram | Scope::Rail);
            let unclear = with_gpu && *scope == Scope::PlatformPsys;
            // Only one of two hashing devices, or a device that did not hash, does not represent the hashes.
            let is_incomplete = match scope {
                Scope::CpuPackage => with_gpu && on_gpu,
                Scope::GpuBoard => has(Scope::CpuPackage) && on_gpu && on_processor,
                _ => false,
            };
            !part && !unclear && !is_incomplete
        });
        scopes.sort_unstable();
        scopes.dedup();
        let mut best: Option<Self> = None;
        let complete = |scope| Self::for_scope(results, scope).ok();
        for found in scopes.into_iter().rev().filter_map(complete) {
            let better = |best: &Self| {
                found.joules.provenance().is_more_trusted_than(best.joules.provenance())
            };
            if best.as_ref().is_none_or(better) {
                best = Some(found);
            }
        }
        best.ok_or_else(|| {
            let mut reasons = results.iter().filter_map(|result| result.joules.as_ref().err());
            reasons.next().cloned().unwrap_or(EnergyUnavailable::NoMeter)
        })
    }

    /// The sum over the devices of a scope; an error if one of them failed.
    fn for_scope(results: &'a [EnergyResult], scope: Scope) -> Result<Self, EnergyUnavailable> {
        let members = match scope {
            Scope::Components => {
                let mut members = devices(results, Scope::CpuPackage)?;
                members.extend(devices(results, Scope::GpuBoard)?);
                members
            }
            scope => devices(results, scope)?,
        };
        let joules = sum(members.iter().map(|member| member.joules.clone()))?;
        joules.map(|joules| Headline { joules, members }).ok_or(EnergyUnavailable::NoMeter)
    }

    /// The part of the machine that the energies cover; `None` without a meter.
    pub(super) fn scope(&self) -> Option<Scope> {
        let first = self.members.first()?.meter.scope;
        let one = self.members.iter().all(|member| member.meter.scope == first);
        Some(if one { first } else { Scope::Components })
    }
}

/// The sum of energies, or the error of one of them; `None` for an empty iterator.
pub(super) fn sum<E>(
    energies: impl Iterator<Item = Result<Uncertain<Joules>, E>>,
) -> Result<Option<Uncertain<Joules>>, E> {
    let mut sum: Option<Uncertain<Joules>> = None;
    for joules in energies {
        let joules = joules?;
        sum = Some(match sum {
            Some(sum) => sum.plus(&joules),
            None => joules,
        });
    }
    Ok(sum)
}

/// One result for each device of a scope. Of several meters of one device, the most trusted one with an energy is used,
/// a counter before a power, and the first of equals.
fn devices(
    results: &[EnergyResult],
    scope: Scope,
) -> Result<Vec<&EnergyResult>, EnergyUnavailable> {
    let mut devices: Vec<Vec<&EnergyResult>> = Vec::new();
    for result in results.iter().filter(|result| result.meter.scope == scope) {
        let same = |device: &&mut Vec<&EnergyResult>| {
            device.iter().any(|other| other.meter.subject == result.meter.subject)
        };
        match devices.iter_mut().find(same) {
            Some(device) => device.push(result),
            None => devices.push(vec![result]),
        }
    }
    devices.into_iter().map(|device| best_of(&device)).collect()
}

fn best_of<'a>(device: &[&'a EnergyResult]) -> Result<&'a EnergyResult, EnergyUnavailable> {
    let mut best: Option<&EnergyResult> = None;
    let is_counter = |result: &EnergyResult| {
        matches!(result.meter.quantity, MeterQuantity::CumulativeEnergy { .. })
    };
    for result in device {
        let Ok(joules) = &result.joules else { continue };
        let better = |best: &EnergyResult| match &best.joules {
            Ok(other) if joules.provenance().is_more_trusted_than(other.provenance()) => true,
            Ok(other) if other.provenance().is_more_trusted_than(joules.provenance()) => false,
            _ => is_counter(result) && !is_counter(best),
        };
        if best.is_none_or(better) {
            best = Some(result);
        }
    }
    best.ok_or_else(|| {
        let reason = device.first().and_then(|result| result.joules.clone().err());
        reason.unwrap_or(EnergyUnavailable::NoMeter)
    })
}
