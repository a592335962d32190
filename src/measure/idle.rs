//! Energy net of the power that the machine draws when it is idle.

use super::batch_means::BatchMeans;
use super::series::powers;
use super::unavailable::EnergyUnavailable;
use crate::energy::EnergyAccount;
use crate::uncertainty::Uncertain;
use crate::units::{Joules, Seconds, Watts};
use hashwatt_quantities::metering::MeteredSum as _;

/// The idle power before and after, and the window's energy above it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct IdleMeasurement {
    /// Before the run.
    #[serde(serialize_with = "crate::serialise::value_or_reason")]
    pub before: Result<Uncertain<Watts>, EnergyUnavailable>,
    /// After it.
    #[serde(serialize_with = "crate::serialise::value_or_reason")]
    pub after: Result<Uncertain<Watts>, EnergyUnavailable>,
    /// The energy of the window minus the mean idle power over the same time.
    #[serde(serialize_with = "crate::serialise::value_or_reason")]
    pub net: Result<Uncertain<Joules>, NetEnergyUnavailable>,
}

/// Why a net energy is not available.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NetEnergyUnavailable {
    /// The idle machine was not measured.
    #[error("the idle machine was not measured")]
    NotMeasured,
    /// The gross energy or the idle power is missing.
    #[error(transparent)]
    EnergyUnavailable(#[from] EnergyUnavailable),
    /// The idle power has no confidence interval.
    #[error("the idle power is {scatter}")]
    NotConverged {
        /// The scatter of the idle power.
        scatter: BatchMeans,
    },
    /// The idle power differs before and after the run.
    #[error(
        "the idle power changed from {before:.2} to {after:.2}, by more than its interval of \
         {allowed:.2}; let the machine rest and measure again"
    )]
    Drifted {
        /// Before.
        before: Watts,
        /// After.
        after: Watts,
        /// The 95 % interval of the difference.
        allowed: Watts,
    },
    /// The power under load is not above the idle power.
    #[error("the power under load, {load:.2}, is not above the idle power, {idle:.2}")]
    NotAboveIdle {
        /// Under load.
        load: Watts,
        /// Idle.
        idle: Watts,
    },
}

impl IdleMeasurement {
    pub(super) fn new(
        before: &EnergyAccount,
        after: &EnergyAccount,
        gross: &Result<Uncertain<Joules>, EnergyUnavailable>,
        window: Seconds,
    ) -> Self {
        let (power_before, power_after) = (power(before), power(after));
        let net = net(&power_before, &power_after, gross, window);
        let only = |found: Result<(Uncertain<Watts>, BatchMeans), EnergyUnavailable>| {
            found.map(|(p, _)| p)
        };
        Self { before: only(power_before), after: only(power_after), net }
    }
}

type IdlePower = Result<(Uncertain<Watts>, BatchMeans), EnergyUnavailable>;

fn power(account: &EnergyAccount) -> IdlePower {
    if account.is_too_slow() {
        let (meter, window) = (account.meter().id.clone(), account.watched());
        return Err(EnergyUnavailable::NotCovered { meter, seen: Seconds::ZERO, window });
    }
    let account = account.since_first_change();
    let energy = account.energy()?;
    let scatter = BatchMeans::from_series(&powers(account.points()));
    let mean = energy.value() / account.duration();
    let power = energy.of_same_origin(mean);
    let power = match scatter.relative_standard_error {
        Some(u) => power.with_standard_uncertainty(mean * u),
        None => power,
    };
    Ok((power, scatter))
}

fn net(
    before: &IdlePower,
    after: &IdlePower,
    gross: &Result<Uncertain<Joules>, EnergyUnavailable>,
    window: Seconds,
) -> Result<Uncertain<Joules>, NetEnergyUnavailable> {
    let (before, before_scatter) = before.as_ref().map_err(Clone::clone)?;
    let (after, after_scatter) = after.as_ref().map_err(Clone::clone)?;
    let gross = gross.as_ref().map_err(Clone::clone)?;
    let u = |power: &Uncertain<Watts>, scatter: &BatchMeans| {
        power.standard_uncertainty().ok_or(NetEnergyUnavailable::NotConverged { scatter: *scatter })
    };
    let (u_before, u_after) = (u(before, before_scatter)?, u(after, after_scatter)?);
    let half = |u: Watts, scatter: &BatchMeans| u.as_watts() * scatter.t95;
    let allowed = half(u_before, before_scatter).hypot(half(u_after, after_scatter));
    let allowed = Watts::from_watts(allowed);
    let (before, after) = (before.value(), after.value());
    if (after - before).as_watts().abs() > allowed.as_watts() {
        return Err(NetEnergyUnavailable::Drifted { before, after, allowed });
    }
    let idle = (before + after) / 2.0;
    let load = gross.value() / window;
    if load <= idle {
        return Err(NetEnergyUnavailable::NotAboveIdle { load, idle });
    }
    let u_idle = Watts::from_watts(u_before.as_watts().hypot(u_after.as_watts()) / 2.0);
    Ok(gross.less(idle * window, u_idle * window))
}
