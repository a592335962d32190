//! The properties of a meter.

use super::MeterError;
use crate::uncertainty::Scope;
use crate::units::{Joules, Seconds, Watts};
use hashwatt_quantities::plausible;

/// The properties of a meter: name, scope, unit, refresh interval and tolerance.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct MeterDescriptor {
    /// The meter's name, unique on the machine.
    pub id: String,
    /// The part of the machine that it measures.
    pub scope: Scope,
    /// Which of those parts: `package-0`, a GPU's UUID, `node`. Two meters with the same scope and
    /// subject measure the same energy: they are compared and never added.
    pub subject: String,
    /// The quantity and unit of its raw values.
    pub quantity: MeterQuantity,
    /// The interval at which the raw value is refreshed; zero if it is always current.
    pub refresh: Seconds,
    /// The maximum time between two reads: for a counter the time in which no energy is lost, for a
    /// power the longest gap that is bridged. `None` means no limit for a counter and
    /// [`MAX_BRIDGED_GAP`](super::MAX_BRIDGED_GAP) for a power.
    pub max_read_gap: Option<Seconds>,
    /// The assumed or specified tolerance; `None` if it is not known.
    pub tolerance: Option<Tolerance>,
    /// A limitation of its values, if there is one.
    pub caveat: Option<String>,
}

impl MeterDescriptor {
    /// A meter whose value is always current, without tolerance, maximum read gap and caveat.
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

    /// Checks that the measured part can draw this power.
    ///
    /// # Errors
    /// [`MeterError::Implausible`] if it cannot.
    pub fn check_power(&self, power: Watts) -> Result<(), MeterError> {
        match plausible::power_of(self.scope).map(|range| range.check(power)) {
            Some(Err(reason)) => Err(self.implausible(reason.to_string())),
            _ => Ok(()),
        }
    }

    /// Checks that a count is not the bit pattern of a register without a value: all bits set.
    pub(super) fn check_count(&self, count: u64) -> Result<(), MeterError> {
        match [u64::MAX, i64::MAX as u64].contains(&count) {
            true => {
                Err(self
                    .implausible(format!("{count:#x} is the pattern of a counter without a value")))
            }
            false => Ok(()),
        }
    }

    pub(super) fn implausible(&self, reason: String) -> MeterError {
        MeterError::Implausible { meter: self.id.clone(), reason }
    }
}

/// The quantity and unit of a meter's raw values.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MeterQuantity {
    /// A cumulative energy counter.
    CumulativeEnergy {
        /// The energy of one count.
        per_count: Joules,
        /// The number of counts after which the counter wraps to zero; `None` if it never wraps.
        wrap_modulus: Option<u64>,
        /// The maximum power of the measured part: an apparent wrap that would need more was a
        /// reset, and a gap in which this power could wrap the counter is ambiguous.
        ceiling: Watts,
    },
    /// Power, instantaneous or averaged by the device.
    Power {
        /// The step between two adjacent values; zero if it is not known.
        resolution: Watts,
        /// The time before the reading over which the device averages; zero for an instantaneous
        /// value, `None` if it is not documented.
        averaging: Option<Seconds>,
    },
}

/// The tolerance of a meter: the half-width of a rectangular distribution (GUM 4.3.7).
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Tolerance {
    /// Half-width divided by the value, dimensionless.
    pub relative_half_width: f64,
    /// The source of the tolerance.
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
    fn power_outside_its_scope_is_implausible_with_the_reason() {
        let power = MeterQuantity::Power { resolution: Watts::ZERO, averaging: None };
        let of = |scope| MeterDescriptor::bare("m", scope, "s", power);
        assert_eq!(of(Scope::GpuBoard).check_power(Watts::from_watts(900.0)), Ok(()));
        let message =
            of(Scope::GpuBoard).check_power(Watts::from_kw(60.0)).unwrap_err().to_string();
        assert!(message.contains("60000 W cannot be the power of a GPU board"), "{message}");
        assert!(of(Scope::NodeWall).check_power(Watts::from_watts(-1.0)).is_err());
        // A stated power belongs to no known part, so no range applies.
        assert_eq!(of(Scope::AsStated).check_power(Watts::from_mw(2.0)), Ok(()));
    }

    #[test]
    fn counter_with_all_bits_set_has_no_value() {
        let power = MeterQuantity::Power { resolution: Watts::ZERO, averaging: None };
        let meter = MeterDescriptor::bare("m", Scope::GpuBoard, "s", power);
        assert!(meter.check_count(u64::MAX).is_err() && meter.check_count(u64::MAX >> 1).is_err());
        assert_eq!(meter.check_count(u64::MAX - 1), Ok(()));
    }

    #[test]
    fn tolerance_is_a_rectangular_distribution() {
        let tolerance = Tolerance { relative_half_width: 0.05, basis: "test".to_owned() };
        // GUM 4.3.7: half-width divided by the square root of 3, 2.887 %.
        assert!((tolerance.relative_standard_uncertainty() - 0.028_867_5).abs() < 1e-7);
    }
}
