//! What a device told of its state over the window.

use crate::energy::Conditions;
use crate::units::{Celsius, Hertz, Watts};
use hashwatt_quantities::statistics::mean;

/// A device's state over the window.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionsRecord {
    /// Least, mean and greatest clock.
    pub clock: Option<[Hertz; 3]>,
    /// First, last and greatest temperature.
    pub temperature: Option<[Celsius; 3]>,
    /// The least power it was held to.
    pub power_limit: Option<Watts>,
    /// Why it ran slower than it could, in the vendor's words, each once; `None` where the device
    /// does not tell.
    pub throttled: Option<Vec<String>>,
}

impl ConditionsRecord {
    /// Of what a device told at several moments; `None` where it told nothing.
    pub(super) fn of(conditions: &[Conditions]) -> Option<Self> {
        if conditions.is_empty() {
            return None;
        }
        let clocks: Vec<f64> =
            conditions.iter().filter_map(|at| at.clock).map(Hertz::as_hz).collect();
        let celsius: Vec<Celsius> = conditions.iter().filter_map(|at| at.temperature).collect();
        let degrees: Vec<f64> = celsius.iter().map(|c| c.as_celsius()).collect();
        let limits: Vec<f64> =
            conditions.iter().filter_map(|at| at.power_limit).map(Watts::as_watts).collect();
        let told: Vec<&Vec<String>> =
            conditions.iter().filter_map(|at| at.throttled.as_ref()).collect();
        let throttled = (!told.is_empty()).then(|| {
            let mut reasons: Vec<String> = told.into_iter().flatten().cloned().collect();
            reasons.sort_unstable();
            reasons.dedup();
            reasons
        });
        let least = |values: &[f64]| values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = |values: &[f64]| values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Some(Self {
            clock: (!clocks.is_empty())
                .then(|| [least(&clocks), mean(&clocks), most(&clocks)].map(Hertz::from_hz)),
            temperature: celsius
                .first()
                .zip(celsius.last())
                .map(|(first, last)| [*first, *last, Celsius::from_celsius(most(&degrees))]),
            power_limit: (!limits.is_empty()).then(|| Watts::from_watts(least(&limits))),
            throttled,
        })
    }
}
