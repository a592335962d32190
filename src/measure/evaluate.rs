//! Computes a result from completion marks and readings.

use super::batch_means::BatchMeans;
use super::component::components;
use super::conditions::ConditionsRecord;
use super::count::{count_proof, count_uncertainty};
use super::energy_result::EnergyResult;
use super::idle::IdleMeasurement;
use super::measurement::Measurement;
use super::plan::MeasurementPlan;
use super::sampler::Log;
use super::series::{MAX_SLICES, energy_curve, hash_curve, powers, rates};
use super::steadiness::Steadiness;
use super::steady::Trend;
use super::timeline::Timeline;
use super::unavailable::EnergyUnavailable;
use super::window::{CompletionMark, Counts};
use crate::clock::seconds;
use crate::energy::{EnergyAccount, MeterError};
use crate::scan::ScannerDescriptor;
use crate::uncertainty::{Provenance, Uncertain};
use crate::units::{Celsius, Hashes, Hashrate, Joules, Seconds};
use hashwatt_quantities::metering::{Metered as _, MeteredSum as _};
use std::time::Duration;

/// The greatest relative change of hashrate and power over the window of a steady run.
const RELATIVE_LIMIT: f64 = 0.01;
/// The greatest change of a temperature, in kelvin.
const KELVIN_LIMIT: f64 = 2.0;
/// The least fraction of the window that a meter must cover; the rest is extrapolated.
const MIN_COVERAGE: f64 = 0.9;

/// The recorded data of a run.
pub(super) struct RunRecord {
    pub scanner: ScannerDescriptor,
    /// Completions within the window; the first opened it and the last closed it.
    pub marks: Vec<CompletionMark>,
    /// Hashes of each worker within the window.
    pub counts: Counts,
    pub parts: Vec<ScannerDescriptor>,
    pub logs: Vec<Log>,
    pub warm_up: Duration,
    pub timeline: Option<Timeline>,
    pub complete: bool,
    pub hardware_errors: u64,
}

pub(super) fn evaluate(run: RunRecord, plan: &MeasurementPlan) -> Measurement {
    let RunRecord {
        scanner,
        parts,
        marks,
        counts,
        logs,
        warm_up,
        timeline,
        complete,
        hardware_errors,
    } = run;
    let ends = marks.first().zip(marks.last()).filter(|(first, last)| last.at > first.at);
    let (hashes, duration) = match ends {
        Some((first, last)) => (last.hashes - first.hashes, seconds(last.at - first.at)),
        None => (0, Seconds::ZERO),
    };
    let rates = rates(&marks);
    let scatter = (hashes > 0 && !rates.is_empty()).then(|| BatchMeans::from_series(&rates));
    let (mut hashrate, mut hashrate_ci95) = (None, None);
    if ends.is_some() {
        let count = Hashes::from_count(hashes);
        // The unfinished batches at both ends of the window.
        let ends = count_uncertainty(&scanner) / count;
        let (rate, ci95) = rate_with_uncertainty(&scanner, count / duration, scatter, ends);
        (hashrate, hashrate_ci95) = (Some(rate), ci95);
    }
    let sampling = logs.iter().map(|log| log.core_share).sum::<Option<f64>>();
    let energy: Vec<EnergyResult> =
        logs.iter().map(|log| energy_result(log, &marks, duration, plan)).collect();
    let steadiness = steadiness(&rates, &logs, &energy);
    Measurement {
        scanner,
        parts,
        workers: counts.into_iter().collect(),
        hashes,
        duration,
        warm_up: seconds(warm_up),
        hashrate,
        hashrate_ci95,
        scatter,
        steadiness,
        energy,
        complete,
        hardware_errors,
        timeline,
        marks,
        sampling_core_share: sampling.filter(|_| !logs.is_empty()),
    }
}

/// A hashrate with its standard uncertainty and its 95 % interval, from its scatter, if that has converged, and another
/// relative standard uncertainty.
pub(super) fn rate_with_uncertainty(
    scanner: &ScannerDescriptor,
    rate: Hashrate,
    scatter: Option<BatchMeans>,
    other: f64,
) -> (Uncertain<Hashrate>, Option<(Hashrate, Hashrate)>) {
    let estimate = Uncertain::measured(rate, count_proof(scanner));
    let Some((relative, t95)) = scatter.and_then(|s| Some((s.relative_standard_error?, s.t95)))
    else {
        return (estimate, None);
    };
    let u = relative.hypot(other);
    let half = rate * (u * t95);
    (estimate.with_standard_uncertainty(rate * u), Some((rate - half, rate + half)))
}

fn energy_result(
    log: &Log,
    marks: &[CompletionMark],
    window: Seconds,
    plan: &MeasurementPlan,
) -> EnergyResult {
    let mut result = account_result(&log.window, marks, window);
    // An assumed power of the run does not apply to the idle machine.
    let assumed = result.joules.as_ref().is_ok_and(is_assumed);
    if !assumed {
        result.joules = result.joules.and_then(|joules| check_follows_load(log).map(|()| joules));
    }
    let idle = (!plan.idle.is_zero() && !assumed)
        .then(|| IdleMeasurement::new(&log.idle_before, &log.idle_after, &result.joules, window));
    EnergyResult { idle, conditions: ConditionsRecord::from_conditions(&log.conditions), ..result }
}

/// The result of one meter's readings over the window.
pub(super) fn account_result(
    account: &EnergyAccount,
    marks: &[CompletionMark],
    window: Seconds,
) -> EnergyResult {
    let joules = energy(account, window);
    let assumed = joules.as_ref().is_ok_and(is_assumed);
    let unchanged = account.only_power().is_some() && !assumed;
    let account = account.since_first_change();
    EnergyResult {
        readings: account.points().len(),
        gaps: account.gaps(),
        unchanged,
        scatter: joules_per_hash(&account, marks),
        trend: Trend::relative(&powers(account.points()), RELATIVE_LIMIT),
        components: components(&account),
        ..EnergyResult::bare(account.meter().clone(), joules)
    }
}

fn is_assumed(joules: &Uncertain<Joules>) -> bool {
    matches!(joules.provenance(), Provenance::Assumed { .. })
}

/// Refuses a power that is the same when idle as under load: it does not follow the load, no matter how coarse its
/// resolution.
fn check_follows_load(log: &Log) -> Result<(), EnergyUnavailable> {
    let under_load = log.window.only_power();
    if under_load.is_some() && log.idle_before.only_power() == under_load {
        let meter = log.window.meter().id.clone();
        let watched = log.idle_before.duration() + log.window.duration();
        let millis = (watched.as_seconds() * 1e3) as u128;
        return Err(MeterError::Stuck { meter, millis }.into());
    }
    Ok(())
}

/// The energy of the window: the energy between two readings near its ends, scaled at the same mean power.
fn energy(
    account: &EnergyAccount,
    window: Seconds,
) -> Result<Uncertain<Joules>, EnergyUnavailable> {
    if window <= Seconds::ZERO {
        return Err(EnergyUnavailable::NoWindow);
    }
    let not_covered =
        |seen| EnergyUnavailable::NotCovered { meter: account.meter().id.clone(), seen, window };
    if account.is_too_slow() {
        return Err(not_covered(Seconds::ZERO));
    }
    let account = account.since_first_change();
    let energy = account.energy()?;
    let seen = account.duration();
    if seen / window < MIN_COVERAGE {
        // The error of a meter that no longer responds at the end.
        return Err(account
            .last_error()
            .cloned()
            .map_or_else(|| not_covered(seen), EnergyUnavailable::Meter));
    }
    Ok(energy.scaled(window / seen))
}

/// The scatter of the energy per hash in equal slices of the time that marks and readings both cover.
fn joules_per_hash(account: &EnergyAccount, marks: &[CompletionMark]) -> Option<BatchMeans> {
    let (first, last) = (account.points().first()?, account.points().last()?);
    let from = first.at.max(marks.first()?.at);
    let to = last.at.min(marks.last()?.at);
    if to <= from {
        return None;
    }
    let (hashes, joules) = (hash_curve(marks), energy_curve(account.points())?);
    // Not finer than the resolution of either of them.
    let points = hashes.count_in(from, to).min(joules.count_in(from, to));
    let slices = points.saturating_sub(1).min(MAX_SLICES);
    let (hashes, joules) = (hashes.rates(from, to, slices), joules.rates(from, to, slices));
    let series: Vec<f64> = joules.iter().zip(&hashes).map(|(j, h)| j / h).collect();
    let usable = !series.is_empty() && series.iter().all(|ratio| ratio.is_finite());
    usable.then(|| BatchMeans::from_series(&series))
}

fn steadiness(rates: &[f64], logs: &[Log], energy: &[EnergyResult]) -> Steadiness {
    let Some(trend) = Trend::relative(rates, RELATIVE_LIMIT) else {
        return Steadiness::Unknown { reason: "too few batches were completed".to_owned() };
    };
    let mut found = Steadiness::Steady.combine("the hashrate", &trend);
    for result in energy {
        found = match &result.trend {
            Some(trend) => found.combine(&format!("{}: power", result.meter.id), trend),
            None if result.joules.is_ok() && found == Steadiness::Steady => {
                let reason = format!("{} gave too few readings for a decision", result.meter.id);
                Steadiness::Unknown { reason }
            }
            None => found,
        };
    }
    for log in logs {
        let celsius = log.conditions.iter().filter_map(|at| at.temperature);
        let celsius: Vec<f64> = celsius.map(Celsius::as_celsius).collect();
        if let Some(trend) = Trend::absolute(&celsius, KELVIN_LIMIT, "K") {
            found = found.combine(&format!("{}: temperature", log.window.meter().id), &trend);
        }
    }
    found
}

/// Whether a series is shown to be steady; `None` if it is too short for a decision.
pub(super) fn is_flat(series: &[f64]) -> Option<bool> {
    Trend::relative(series, RELATIVE_LIMIT).map(|trend| trend.is_flat())
}

/// Whether hashrate and power are steady.
pub(super) fn is_steady(marks: &[CompletionMark], logs: &[Vec<f64>]) -> bool {
    // A meter with too few readings for a decision does not delay the run.
    is_flat(&rates(marks)) == Some(true) && logs.iter().all(|powers| is_flat(powers) != Some(false))
}
