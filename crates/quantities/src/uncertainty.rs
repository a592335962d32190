//! A value with its uncertainty and its origin: [`Uncertain`], and [`Efficiency`], the one
//! figure that crosses from the measurement to the economics.

#[cfg(any(feature = "metering", test))]
pub(crate) mod metering;
mod provenance;

pub use provenance::{AsOf, AsOfError, Measured, Provenance, Scope};

use crate::units::{JoulesPerHash, Quantity};
use std::num::NonZeroU32;
use std::ops::Div;

/// A value, how well it is known, and where it came from. The three belong together: the fields
/// are private, so that no value takes on another's origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertain<T> {
    value: T,
    standard_uncertainty: Option<T>,
    provenance: Provenance,
}

impl<T> Uncertain<T> {
    /// A value whose uncertainty nobody stated. Only hashwatt's meters measure: an origin
    /// taken from one of their results becomes user-reported when it is put to another value.
    pub fn new(value: T, provenance: Provenance) -> Self {
        let provenance = match provenance {
            Provenance::Measured(proof) => {
                Provenance::UserReported { by: proof.meter().to_owned() }
            }
            other => other,
        };
        Self { value, standard_uncertainty: None, provenance }
    }

    /// The same with a stated standard uncertainty.
    pub fn with_standard_uncertainty(self, uncertainty: T) -> Self {
        Self { standard_uncertainty: Some(uncertainty), ..self }
    }

    /// A value that is assumed, with the reason for taking it.
    pub fn assumed(value: T, basis: impl Into<String>) -> Self {
        Self::new(value, Provenance::Assumed { basis: basis.into() })
    }

    /// A value that the user of the library or of the command line gave.
    pub fn user_reported(value: T, by: impl Into<String>) -> Self {
        Self::new(value, Provenance::UserReported { by: by.into() })
    }

    /// Where the value came from.
    pub fn provenance(&self) -> &Provenance {
        &self.provenance
    }
}

impl<T: Copy> Uncertain<T> {
    /// The best value.
    pub fn value(&self) -> T {
        self.value
    }

    /// The standard uncertainty (one standard deviation, GUM 2.3.1) in the unit of the value;
    /// `None` where nobody stated one, which is not the same as zero.
    pub fn standard_uncertainty(&self) -> Option<T> {
        self.standard_uncertainty
    }
}

impl<Q: Quantity> Uncertain<Q> {
    /// Standard uncertainty over the value's magnitude, a pure number; `None` where it is not
    /// stated or the value is zero.
    pub fn relative_uncertainty(&self) -> Option<f64> {
        let u = self.standard_uncertainty?.to_base();
        let value = self.value.to_base().abs();
        (value > 0.0).then_some(u / value)
    }

    /// The interval `value - k u ..= value + k u` (expanded uncertainty, GUM 6.2), where an
    /// uncertainty is stated.
    pub fn expanded(&self, coverage_factor: f64) -> Option<(Q, Q)> {
        let half = self.standard_uncertainty?.to_base() * coverage_factor;
        let value = self.value.to_base();
        Some((Q::from_base(value - half), Q::from_base(value + half)))
    }

    /// The quotient of two independent estimates; relative variances add (GUM 5.1.6). The
    /// uncertainty is stated only where both are, and the origin is that of the estimate which
    /// can be trusted less.
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

/// Energy per hash with its origin: stored in J/hash, shown in J/TH. Always positive and
/// finite, so zero joules never become an infinitely good machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Efficiency(Uncertain<JoulesPerHash>);

impl Efficiency {
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
    /// An assumed efficiency in whole J/TH, which cannot fail.
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

/// An energy per hash that no machine can have.
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
    fn quotient_adds_relative_variances_and_never_invents_one() {
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
    fn zero_joules_are_no_efficiency() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let estimate = Uncertain::assumed(JoulesPerHash::from_j_per_th(bad), "test");
            assert!(Efficiency::new(estimate).is_err(), "{bad}");
        }
    }
}
