//! Why an energy is not available.

use crate::energy::MeterError;
use crate::uncertainty::NotAnEfficiency;
use crate::units::Seconds;
use hashwatt_quantities::plausible::ImplausibleValue;

/// Why an energy is not available.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EnergyUnavailable {
    /// The meter failed.
    #[error(transparent)]
    Meter(#[from] MeterError),
    /// The measurement ended before its window opened.
    #[error("the measurement ended before its window opened")]
    NoWindow,
    /// The meter responded so late or so rarely that it covered only a part of the window.
    #[error("{meter} covered {seen:.3} of the window of {window:.3}; measure for longer")]
    NotCovered {
        /// The name of the meter.
        meter: String,
        /// The time between its readings.
        seen: Seconds,
        /// The length of the window.
        window: Seconds,
    },
    /// No meter was given.
    #[error("no meter was given; an assumed power can be used instead")]
    NoMeter,
    /// The energy per hash is not possible for the hashing device.
    #[error(transparent)]
    Implausible(#[from] ImplausibleValue),
    /// The energy per hash is not positive and finite.
    #[error(transparent)]
    NotAnEfficiency(#[from] NotAnEfficiency),
}
