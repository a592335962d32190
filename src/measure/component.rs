//! The components of an uncertainty budget, and those of one meter.

use super::series::power_range;
use crate::energy::{EnergyAccount, MeterDescriptor, MeterQuantity};
use crate::units::{Seconds, Watts};

/// The greatest rate by which the system clock is slewed (adjtimex(2): 500 ppm).
const MAX_CLOCK_SLEW: f64 = 500e-6;

/// How a component was evaluated: from the scatter of readings, or by other means (GUM 3.3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Evaluation {
    /// By statistical analysis of a series of observations.
    TypeA,
    /// By other means: a specification, a resolution, a bound.
    TypeB,
}

impl Evaluation {
    /// `A` or `B`.
    pub fn name(self) -> &'static str {
        match self {
            Self::TypeA => "A",
            Self::TypeB => "B",
        }
    }
}

/// One component of a budget.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Component {
    /// The source of the uncertainty.
    pub name: String,
    /// How it was evaluated.
    pub evaluation: Evaluation,
    /// Standard uncertainty divided by the value, dimensionless.
    pub relative_uncertainty: f64,
    /// The basis of the figure.
    pub basis: String,
    /// Whether it remains in a comparison of two results of the same meter; a gain cancels.
    pub in_comparison: bool,
}

/// The components of the uncertainty of one meter's energy over a window, except gain and scatter.
pub(super) fn components(account: &EnergyAccount) -> Vec<Component> {
    let points = account.points();
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Vec::new();
    };
    let (time, energy) = (account.duration(), last.energy);
    if time <= Seconds::ZERO || energy.as_joules() <= 0.0 {
        return Vec::new();
    }
    let rectangular = |width: f64| width / 12f64.sqrt();
    let both = 2f64.sqrt();
    let mut found = Vec::new();
    let mut row = |name: &str, relative_uncertainty: f64, basis: String| {
        found.push(Component {
            name: name.to_owned(),
            evaluation: Evaluation::TypeB,
            relative_uncertainty,
            basis,
            in_comparison: true,
        });
    };
    let ends = first.within.as_seconds().hypot(last.within.as_seconds());
    row(
        "times of the readings at the ends",
        rectangular(ends) / time.as_seconds(),
        format!(
            "rectangular: {:.3} ms and {:.3} ms",
            first.within.as_seconds() * 1e3,
            last.within.as_seconds() * 1e3
        ),
    );
    match account.meter().quantity {
        MeterQuantity::CumulativeEnergy { per_count, .. } => row(
            "resolution of the counter",
            rectangular(per_count / energy) * both,
            format!("rectangular: {per_count}, twice"),
        ),
        MeterQuantity::Power { resolution, averaging } => {
            let power = energy / time;
            row(
                "resolution of the power",
                rectangular(resolution / power),
                format!("rectangular: {resolution}"),
            );
            let bridged = account.gaps().bridged;
            if bridged > Seconds::ZERO {
                let spread = account.spread();
                row(
                    "power bridged over gaps",
                    rectangular((spread + resolution) * bridged / energy),
                    format!(
                        "rectangular: {bridged} without a reading, within the readings' range of {spread}"
                    ),
                );
            }
            row(
                "rate of the clock",
                MAX_CLOCK_SLEW / 3f64.sqrt(),
                "slewed by at most 500 ppm".to_owned(),
            );
            let MeterDescriptor { refresh, .. } = account.meter();
            let spread = power_range(points).map_or(Watts::ZERO, |[low, high]| high - low);
            let age = *refresh + averaging.unwrap_or(Seconds::ZERO);
            let width = age.as_seconds() * spread.as_watts();
            row(
                "age of the power at the ends",
                rectangular(width) * both / energy.as_joules(),
                format!("rectangular: refresh and averaging of {age} within the readings' range"),
            );
        }
    }
    found
}
