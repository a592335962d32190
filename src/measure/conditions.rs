//! The state that a device reported during the window.

use crate::energy::Conditions;
use crate::units::{Celsius, Hertz, Watts};
use hashwatt_quantities::statistics::mean;

/// The state of a device during the window.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct ConditionsRecord {
    /// Least, mean and greatest clock.
    pub clock: Option<[Hertz; 3]>,
    /// First, last and greatest temperature.
    pub temperature: Option<[Celsius; 3]>,
    /// The least power limit.
    pub power_limit: Option<Watts>,
    /// The reasons for throttling, in the vendor's terms, each once; `None` if the device does not report them.
    pub throttled: Option<Vec<String>>,
}

impl ConditionsRecord {
    /// Summarises the states at several points in time; `None` if there are none.
    pub(super) fn from_conditions(conditions: &[Conditions]) -> Option<Self> {
        if conditions.is_empty() {
            return None;
        }
        let clocks: Vec<f64> =
            conditions.iter().filter_map(|at| at.clock).map(Hertz::as_hz).collect();
        let celsius: Vec<Celsius> = conditions.iter().filter_map(|at| at.temperature).collect();
        let degrees: Vec<f64> = celsius.iter().map(|c| c.as_celsius()).collect();
        let limits: Vec<f64> =
            conditions.iter().filter_map(|at| at.power_limit).map(Watts::as_watts).collect();
        let reported: Vec<&Vec<String>> =
            conditions.iter().filter_map(|at| at.throttled.as_ref()).collect();
        let throttled = (!reported.is_empty()).then(|| {
            let mut reasons: Vec<String> = reported.into_iter().flatten().cloned().collect();
            reasons.sort_unstable();
            reasons.dedup();
            reasons
        });
        let min = |values: &[f64]| values.iter().copied().fold(f64::INFINITY, f64::min);
        let max = |values: &[f64]| values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Some(Self {
            clock: (!clocks.is_empty())
                .then(|| [min(&clocks), mean(&clocks), max(&clocks)].map(Hertz::from_hz)),
            temperature: celsius
                .first()
                .zip(celsius.last())
                .map(|(first, last)| [*first, *last, Celsius::from_celsius(max(&degrees))]),
            power_limit: (!limits.is_empty()).then(|| Watts::from_watts(min(&limits))),
            throttled,
        })
    }
}
