//! Why there is no energy.

use crate::energy::MeterError;
use crate::uncertainty::NotAnEfficiency;
use crate::units::Seconds;
use hashwatt_quantities::plausible::ImplausibleValue;

/// Why there is no energy.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EnergyUnavailable {
    /// The meter failed.
    #[error(transparent)]
    Meter(#[from] MeterError),
    /// The measurement ended before its window opened.
    #[error("the measurement ended before its window opened")]
    NoWindow,
    /// The meter answered so late or so seldom that it saw only a part of the window.
    #[error("{meter} saw {seen:.3} of the window's {window:.3}; measure for longer")]
    NotCovered {
        /// Which.
        meter: String,
        /// The time between its readings.
        seen: Seconds,
        /// The window.
        window: Seconds,
    },
    /// No meter was given.
    #[error("no meter was given; an assumed power can stand in")]
    NoMeter,
    /// What hashed cannot take so much or so little.
    #[error(transparent)]
    Implausible(#[from] ImplausibleValue),
    /// The quotient is no efficiency.
    #[error(transparent)]
    NotAnEfficiency(#[from] NotAnEfficiency),
}
