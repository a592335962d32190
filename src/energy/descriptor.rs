//! What a meter is and what it may claim.

use super::MeterError;
use crate::uncertainty::Scope;
use crate::units::{Joules, Seconds, Watts};
use hashwatt_quantities::plausible;

/// What a meter is and what it may claim.
#[derive(Clone, Debug, PartialEq)]
pub struct MeterDescriptor {
    /// The meter's name, unique on the machine.
    pub id: String,
    /// What part of the machine it sees.
    pub scope: Scope,
    /// Which one of those parts: `package-0`, a GPU's UUID, `node`. Two meters of one scope and
    /// one subject are two views of the same joules: they are compared and never added.
    pub subject: String,
    /// What its raw values are.
    pub quantity: MeterQuantity,
    /// How often the raw value changes; zero where it is always current.
    pub refresh: Seconds,
    /// The longest time between two reads: of a counter the longest that loses nothing, of a power the
    /// longest that is bridged. `None` where a counter may be read at any time, and a power as
    /// [`MAX_BRIDGED_GAP`](super::MAX_BRIDGED_GAP) has it.
    pub max_read_gap: Option<Seconds>,
    /// How far off it may be.
    pub tolerance: Option<Tolerance>,
    /// What its figures may not be used for, where there is such a thing.
    pub caveat: Option<String>,
}

impl MeterDescriptor {
    /// A meter whose value is always current, of which nothing more is known.
    pub(crate) fn bare(
        id: impl Into<String>,
        scope: Scope,
        subject: impl Into<String>,
        quantity: MeterQuantity,
    ) -> Self {
        Self {
            id: id.into(),
            scope,
            subject: subject.into(),
            quantity,
            refresh: Seconds::ZERO,
            max_read_gap: None,
            tolerance: None,
            caveat: None,
        }
    }

    /// Whether what the meter covers can draw so much.
    ///
    /// # Errors
    /// [`MeterError::Implausible`] where it cannot.
    pub fn check_power(&self, power: Watts) -> Result<(), MeterError> {
        match plausible::power_of(self.scope).map(|range| range.check(power)) {
            Some(Err(reason)) => Err(self.implausible(reason.to_string())),
            _ => Ok(()),
        }
    }

    /// Whether a counter's state can be one: a register without a value has all its bits set.
    pub(super) fn check_count(&self, count: u64) -> Result<(), MeterError> {
        match [u64::MAX, i64::MAX as u64].contains(&count) {
            true => {
                Err(self.implausible(format!("{count:#x} is what a counter without a value has")))
            }
            false => Ok(()),
        }
    }

    pub(super) fn implausible(&self, reason: String) -> MeterError {
        MeterError::Implausible { meter: self.id.clone(), reason }
    }
}

/// What a meter's raw values are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MeterQuantity {
    /// A counter of energy.
    CumulativeEnergy {
        /// The energy of one count.
        per_count: Joules,
        /// Counts after which it begins again at zero; `None` where it never does.
        wrap_modulus: Option<u64>,
        /// More than this the part cannot draw: an apparent wrap that would need more was a
        /// reset, and a gap in which so much would wrap the counter is ambiguous.
        ceiling: Watts,
    },
    /// Power, of a moment or averaged by the device.
    Power {
        /// The step between two neighbouring values; zero where it is not known.
        resolution: Watts,
        /// The time before the reading over which the device averages, zero for a moment's value;
        /// `None` where nobody says.
        averaging: Option<Seconds>,
    },
}

/// The half-width of the interval a meter's figure is taken to lie in, as a rectangular
/// distribution (GUM 4.3.7).
#[derive(Clone, Debug, PartialEq)]
pub struct Tolerance {
    /// Half-width over the value, a pure number.
    pub relative_half_width: f64,
    /// Who says so.
    pub basis: String,
}

impl Tolerance {
    /// The relative standard uncertainty, half-width / sqrt(3).
    pub fn relative_standard_uncertainty(&self) -> f64 {
        self.relative_half_width / 3f64.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_beyond_its_scope_is_no_reading_and_names_why() {
        let power = MeterQuantity::Power { resolution: Watts::ZERO, averaging: None };
        let of = |scope| MeterDescriptor::bare("m", scope, "s", power);
        assert_eq!(of(Scope::GpuBoard).check_power(Watts::from_watts(900.0)), Ok(()));
        let told = of(Scope::GpuBoard).check_power(Watts::from_kw(60.0)).unwrap_err().to_string();
        assert!(told.contains("60000 W cannot be the power of a GPU board"), "{told}");
        assert!(of(Scope::NodeWall).check_power(Watts::from_watts(-1.0)).is_err());
        // What a person states has no part that it could be held against.
        assert_eq!(of(Scope::AsStated).check_power(Watts::from_mw(2.0)), Ok(()));
    }

    #[test]
    fn a_counter_with_all_bits_set_has_no_value() {
        let power = MeterQuantity::Power { resolution: Watts::ZERO, averaging: None };
        let meter = MeterDescriptor::bare("m", Scope::GpuBoard, "s", power);
        assert!(meter.check_count(u64::MAX).is_err() && meter.check_count(u64::MAX >> 1).is_err());
        assert_eq!(meter.check_count(u64::MAX - 1), Ok(()));
    }

    #[test]
    fn a_tolerance_is_a_rectangular_distribution() {
        let tolerance = Tolerance { relative_half_width: 0.05, basis: "test".to_owned() };
        // GUM 4.3.7: half-width over the root of three, 2.887 %.
        assert!((tolerance.relative_standard_uncertainty() - 0.028_867_5).abs() < 1e-7);
    }
}
