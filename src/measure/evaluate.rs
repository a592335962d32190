//! From marks and readings to a result.

use super::batch_means::BatchMeans;
use super::component::components;
use super::conditions::ConditionsRecord;
use super::count::{counted, unfinished};
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

/// A run's hashrate and power may change by so much over its window and still be steady.
const RELATIVE_LIMIT: f64 = 0.01;
/// The same for a temperature, in kelvin.
const KELVIN_LIMIT: f64 = 2.0;
/// A meter must have seen so much of the window; the rest is taken to be like it.
const MIN_COVERED: f64 = 0.9;

/// What a run left behind.
pub(super) struct Run {
    pub scanner: ScannerDescriptor,
    /// Completions within the window; the first opened it, the last closed it.
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

pub(super) fn evaluate(run: Run, plan: &MeasurementPlan) -> Measurement {
    let Run { scanner, parts, marks, counts, logs, warm_up, timeline, complete, hardware_errors } =
        run;
    let ends = marks.first().zip(marks.last()).filter(|(first, last)| last.at > first.at);
    let (hashes, duration) = match ends {
        Some((first, last)) => (last.hashes - first.hashes, seconds(last.at - first.at)),
        None => (0, Seconds::ZERO),
    };
    let rates = rates(&marks);
    let scatter = (hashes > 0 && !rates.is_empty()).then(|| BatchMeans::of(&rates));
    let (mut hashrate, mut hashrate_ci95) = (None, None);
    if ends.is_some() {
        let count = Hashes::from_count(hashes);
        // The batches unfinished at the window's two ends.
        let ends = unfinished(&scanner) / count;
        let (rate, ci95) = rate_of(&scanner, count / duration, scatter, ends);
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

/// A hashrate with the standard uncertainty and the 95 % interval that its scatter gives it, where
/// that has converged, and another relative standard uncertainty.
pub(super) fn rate_of(
    scanner: &ScannerDescriptor,
    rate: Hashrate,
    scatter: Option<BatchMeans>,
    other: f64,
) -> (Uncertain<Hashrate>, Option<(Hashrate, Hashrate)>) {
    let estimate = Uncertain::measured(rate, counted(scanner));
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
    let mut result = of_account(&log.window, marks, window);
    // What is assumed of the run says nothing of the idle machine.
    let assumed = result.joules.as_ref().is_ok_and(is_assumed);
    if !assumed {
        result.joules = result.joules.and_then(|joules| check_it_follows(log).map(|()| joules));
    }
    let idle = (!plan.idle.is_zero() && !assumed)
        .then(|| IdleMeasurement::new(&log.idle_before, &log.idle_after, &result.joules, window));
    EnergyResult { idle, conditions: ConditionsRecord::of(&log.conditions), ..result }
}

/// What one meter's readings over the window come to.
pub(super) fn of_account(
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

/// A power that was the same when nothing hashed as under load does not follow the machine,
/// however coarse its steps.
fn check_it_follows(log: &Log) -> Result<(), EnergyUnavailable> {
    let under_load = log.window.only_power();
    if under_load.is_some() && log.idle_before.only_power() == under_load {
        let meter = log.window.meter().id.clone();
        let watched = log.idle_before.duration() + log.window.duration();
        let millis = (watched.as_seconds() * 1e3) as u128;
        return Err(MeterError::Stuck { meter, millis }.into());
    }
    Ok(())
}

/// The energy of the window: what was counted between two edges next to its ends, at the same
/// mean power.
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
    if seen / window < MIN_COVERED {
        // One that no longer answers at the end says why.
        return Err(account
            .missing()
            .cloned()
            .map_or_else(|| not_covered(seen), EnergyUnavailable::Meter));
    }
    Ok(energy.scaled(window / seen))
}

/// The scatter of joules over hashes in equal slices of what both saw.
fn joules_per_hash(account: &EnergyAccount, marks: &[CompletionMark]) -> Option<BatchMeans> {
    let (first, last) = (account.points().first()?, account.points().last()?);
    let from = first.at.max(marks.first()?.at);
    let to = last.at.min(marks.last()?.at);
    if to <= from {
        return None;
    }
    let (hashes, joules) = (hash_curve(marks), energy_curve(account.points())?);
    // No finer than either of them is known.
    let moments = hashes.moments(from, to).min(joules.moments(from, to));
    let slices = moments.saturating_sub(1).min(MAX_SLICES);
    let (hashes, joules) = (hashes.rates(from, to, slices), joules.rates(from, to, slices));
    let series: Vec<f64> = joules.iter().zip(&hashes).map(|(j, h)| j / h).collect();
    let usable = !series.is_empty() && series.iter().all(|ratio| ratio.is_finite());
    usable.then(|| BatchMeans::of(&series))
}

fn steadiness(rates: &[f64], logs: &[Log], energy: &[EnergyResult]) -> Steadiness {
    let Some(trend) = Trend::relative(rates, RELATIVE_LIMIT) else {
        return Steadiness::Unknown { reason: "too few batches were completed".to_owned() };
    };
    let mut found = Steadiness::Steady.and("the hashrate", &trend);
    for result in energy {
        found = match &result.trend {
            Some(trend) => found.and(&format!("{}: power", result.meter.id), trend),
            None if result.joules.is_ok() && found == Steadiness::Steady => {
                let reason = format!("{} gave too few readings to tell", result.meter.id);
                Steadiness::Unknown { reason }
            }
            None => found,
        };
    }
    for log in logs {
        let celsius = log.conditions.iter().filter_map(|at| at.temperature);
        let celsius: Vec<f64> = celsius.map(Celsius::as_celsius).collect();
        if let Some(trend) = Trend::absolute(&celsius, KELVIN_LIMIT, "K") {
            found = found.and(&format!("{}: temperature", log.window.meter().id), &trend);
        }
    }
    found
}

/// Whether a series is shown to be steady; `None` where it is too short to tell.
pub(super) fn flat(series: &[f64]) -> Option<bool> {
    Trend::relative(series, RELATIVE_LIMIT).map(|trend| trend.is_flat())
}

/// Whether hashrate and power have been steady for the last while.
pub(super) fn settled(marks: &[CompletionMark], logs: &[Vec<f64>]) -> bool {
    // A meter that is read too seldom to tell does not hold the run up.
    flat(&rates(marks)) == Some(true) && logs.iter().all(|powers| flat(powers) != Some(false))
}
