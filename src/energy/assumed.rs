//! A constant power stated by the user. It is not a meter, and no result derived from it is called
//! measured.

use super::reading::Origin;
use super::{EnergyMeter, MeterDescriptor, MeterError, MeterQuantity, RawValue, Reading};
use crate::uncertainty::Scope;
use crate::units::Watts;
use std::time::Instant;

/// More than the power consumption of the world; sums of larger values would overflow.
const MAX_POWER: Watts = Watts::from_watts(1e12);

/// A power in watts that the user assumes.
#[derive(Clone, Debug)]
pub struct AssumedMeter {
    power: Watts,
    descriptor: MeterDescriptor,
}

impl AssumedMeter {
    /// A meter that always reads this power.
    ///
    /// # Errors
    /// [`MeterError::NotAPower`] unless the power is above 0 and at most 1e12 W.
    pub fn new(power: Watts) -> Result<Self, MeterError> {
        if !(power > Watts::ZERO && power <= MAX_POWER) {
            return Err(MeterError::NotAPower { given: power.as_watts().to_string() });
        }
        let id = format!("assumed:{power}").replace(' ', "");
        let quantity = MeterQuantity::Power { resolution: Watts::ZERO, averaging: None };
        let descriptor = MeterDescriptor {
            caveat: Some("assumed, not measured".to_owned()),
            ..MeterDescriptor::bare(id, Scope::AsStated, "as stated", quantity)
        };
        Ok(Self { power, descriptor })
    }
}

impl EnergyMeter for AssumedMeter {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.descriptor
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        Ok(Reading::with_origin(Origin::Assumed, RawValue::Power(self.power), Instant::now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assumed_power_must_be_positive_and_finite() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e308] {
            assert!(AssumedMeter::new(Watts::from_watts(bad)).is_err(), "{bad}");
        }
        let meter = AssumedMeter::new(Watts::from_watts(350.0)).unwrap();
        assert_eq!(meter.descriptor().id, "assumed:350W");
    }
}
