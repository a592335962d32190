//! A value with its uncertainty and its origin: [`Uncertain`], and [`Efficiency`], the figure that the measurement
//! passes on to the economics.

#[cfg(any(feature = "metering", test))]
pub(crate) mod metering;
mod provenance;
mod serialise;

pub use provenance::{AsOf, AsOfError, Measured, Provenance, Scope};

use crate::units::{JoulesPerHash, Quantity};
use std::num::NonZeroU32;
use std::ops::Div;

/// A value with its uncertainty and its origin. The fields are private, so that a value cannot take the origin of
/// another value.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uncertain<T> {
    value: T,
    standard_uncertainty: Option<T>,
    provenance: Provenance,
}

impl<T> Uncertain<T> {
    /// A value without a stated uncertainty. Only hashwatt's meters create measured values: an origin taken from one
    /// of their results becomes user-reported for another value.
    pub fn new(value: T, provenance: Provenance) -> Self {
        let provenance = match provenance {
            Provenance::Measured(proof) => {
                Provenance::UserReported { by: proof.meter().to_owned() }
            }
            other => other,
        };
        Self { value, standard_uncertainty: None, provenance }
    }

    /// Sets the standard uncertainty.
    pub fn with_standard_uncertainty(self, uncertainty: T) -> Self {
        Self { standard_uncertainty: Some(uncertainty), ..self }
    }

    /// An assumed value, with the reason for it.
    pub fn assumed(value: T, basis: impl Into<String>) -> Self {
        Self::new(value, Provenance::Assumed { basis: basis.into() })
    }

    /// A value from the user of the library or of the command line.
    pub fn user_reported(value: T, by: impl Into<String>) -> Self {
        Self::new(value, Provenance::UserReported { by: by.into() })
    }

    /// The origin of the value.
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }
}

impl<T: Copy> Uncertain<T> {
    /// The value.
    pub fn value(&self) -> T {
        self.value
    }

    /// The standard uncertainty (one standard deviation, GUM 2.3.1) in the unit of the value;
    /// `None` if it is not stated, which is not the same as zero.
    pub fn standard_uncertainty(&self) -> Option<T> {
        self.standard_uncertainty
    }
}

impl<Q: Quantity> Uncertain<Q> {
    /// Standard uncertainty divided by the value's magnitude, dimensionless; `None` if it is not stated or the value
    /// is zero.
    pub fn relative_uncertainty(&self) -> Option<f64> {
        let u = self.standard_uncertainty?.to_base();
        let value = self.value.to_base().abs();
        (value > 0.0).then_some(u / value)
    }

    /// The interval `value - k u ..= value + k u` (expanded uncertainty, GUM 6.2); `None` without a stated
    /// uncertainty.
    pub fn expanded(&self, coverage_factor: f64) -> Option<(Q, Q)> {
        let half = self.standard_uncertainty?.to_base() * coverage_factor;
        let value = self.value.to_base();
        Some((Q::from_base(value - half), Q::from_base(value + half)))
    }

    /// The quotient of two independent values; relative variances add (GUM 5.1.6). The result has an uncertainty only
    /// if both values have one, and the less trusted of the two origins.
    pub fn quotient<B: Quantity, C: Quantity>(&self, divisor: &Uncertain<B>) -> Uncertain<C>
    where
        Q: Div<B, Output = C>,
    {
        let value = self.value / divisor.value;
        let standard_uncertainty = self
            .relative_uncertainty()
            .zip(divisor.relative_uncertainty())
            .map(|(a, b)| C::from_base(value.to_base().abs() * a.hypot(b)));
        let provenance = self.provenance.clone().weaker(divisor.provenance.clone());
        Uncertain { value, standard_uncertainty, provenance }
    }
}

/// Energy per hash with its origin: stored in J/hash, shown in J/TH. It is always positive and finite, so that zero
/// joules never give an infinitely efficient machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Efficiency(Uncertain<JoulesPerHash>);

impl Efficiency {
    /// An efficiency from a value with uncertainty.
    ///
    /// # Errors
    /// [`NotAnEfficiency`] unless the value is positive and finite.
    pub fn new(estimate: Uncertain<JoulesPerHash>) -> Result<Self, NotAnEfficiency> {
        let value = estimate.value;
        if value.is_finite() && value > JoulesPerHash::ZERO {
            Ok(Self(estimate))
        } else {
            Err(NotAnEfficiency { j_per_th: value.as_j_per_th() })
        }
    }
    /// An assumed efficiency in whole J/TH; infallible, because it is positive.
    pub fn assumed_j_per_th(j_per_th: NonZeroU32, basis: impl Into<String>) -> Self {
        Self(Uncertain::assumed(JoulesPerHash::from_j_per_th(j_per_th.get().into()), basis))
    }
    /// The value.
    pub fn value(&self) -> JoulesPerHash {
        self.0.value
    }
    /// The value with its uncertainty and origin.
    pub fn as_uncertain(&self) -> &Uncertain<JoulesPerHash> {
        &self.0
    }
}

/// An energy per hash that is not positive and finite.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("an efficiency of {j_per_th} J/TH is not positive and finite; give J/TH above 0")]
pub struct NotAnEfficiency {
    /// The refused value in J/TH.
    pub j_per_th: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Hashes, Joules};

    #[test]
    fn quotient_adds_relative_variances_and_has_none_if_one_is_missing() {
        let joules = Uncertain::assumed(Joules::from_joules(100.0), "test");
        let hashes = Uncertain::user_reported(Hashes::from_th(5.0), "test")
            .with_standard_uncertainty(Hashes::from_th(0.2));
        let unstated: Uncertain<JoulesPerHash> = joules.quotient(&hashes);
        assert_eq!(unstated.value().as_j_per_th(), 20.0);
        assert_eq!(unstated.standard_uncertainty(), None);
        assert_eq!(unstated.provenance().kind(), "assumed");

        let stated: Uncertain<JoulesPerHash> =
            joules.with_standard_uncertainty(Joules::from_joules(3.0)).quotient(&hashes);
        // 3 % and 4 % make 5 %.
        assert!((stated.relative_uncertainty().unwrap() - 0.05).abs() < 1e-12);
        let (low, high) = stated.expanded(2.0).unwrap();
        assert!(
            (low.as_j_per_th() - 18.0).abs() < 1e-9 && (high.as_j_per_th() - 22.0).abs() < 1e-9
        );
    }

    #[test]
    fn efficiency_that_is_not_positive_and_finite_is_refused() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let estimate = Uncertain::assumed(JoulesPerHash::from_j_per_th(bad), "test");
            assert!(Efficiency::new(estimate).is_err(), "{bad}");
        }
    }
}
