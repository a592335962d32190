//! Creates and combines measured values, for the meters of `hashwatt` only. Not part of the public interface: any
//! other caller would forge an origin.

use super::Uncertain;
use super::provenance::{Measured, Provenance, Scope};
use crate::units::Quantity;

/// Creates the proof that a meter read a value.
pub trait Meter {
    /// The proof of a reading, with the scope and the name of the meter.
    fn by_meter(scope: Scope, meter: impl Into<String>) -> Self;
}

impl Meter for Measured {
    fn by_meter(scope: Scope, meter: impl Into<String>) -> Self {
        Self::by_meter(scope, meter)
    }
}

/// Compares how far two origins are trusted.
pub trait Trust {
    /// Whether this origin is more trusted: measured before reported before assumed. Selects the meter that represents
    /// a run.
    fn is_more_trusted_than(&self, other: &Self) -> bool;
}

impl Trust for Provenance {
    fn is_more_trusted_than(&self, other: &Self) -> bool {
        self.trust() > other.trust()
    }
}

/// Creates a measured value.
pub trait Metered<T> {
    /// A value that a meter read.
    fn measured(value: T, proof: Measured) -> Self;
}

impl<T> Metered<T> for Uncertain<T> {
    fn measured(value: T, proof: Measured) -> Self {
        Self { value, standard_uncertainty: None, provenance: Provenance::Measured(proof) }
    }
}

/// Sums, differences and multiples of values from the same kind of meter.
pub trait MeteredSum<Q> {
    /// The sum with another device's value of the same scope. Their gain errors may be correlated, so that standard
    /// uncertainties add, not variances; the origin is the less trusted one.
    #[must_use]
    fn plus(self, other: &Self) -> Self;
    /// Another quantity that was computed from this one alone; its uncertainty is not set.
    fn of_same_origin<B: Quantity>(&self, value: B) -> Uncertain<B>;
    /// The difference from a part that the same meter measured. The gain error is common to both; the scatter of the
    /// part is added.
    #[must_use]
    fn less(&self, part: Q, u_part: Q) -> Self;
    /// The value scaled to a slightly longer or shorter time.
    #[must_use]
    fn scaled(self, factor: f64) -> Self;
}

impl<Q: Quantity> MeteredSum<Q> for Uncertain<Q> {
    fn plus(self, other: &Self) -> Self {
        let sum = |a: Q, b: Q| Q::from_base(a.to_base() + b.to_base());
        Self {
            value: sum(self.value, other.value),
            standard_uncertainty: self
                .standard_uncertainty
                .zip(other.standard_uncertainty)
                .map(|(a, b)| sum(a, b)),
            provenance: self.provenance.and(&other.provenance),
        }
    }

    fn of_same_origin<B: Quantity>(&self, value: B) -> Uncertain<B> {
        Uncertain { value, standard_uncertainty: None, provenance: self.provenance.clone() }
    }

    fn less(&self, part: Q, u_part: Q) -> Self {
        let value = Q::from_base(self.value.to_base() - part.to_base());
        let standard_uncertainty = self
            .relative_uncertainty()
            .map(|gain| Q::from_base((value.to_base().abs() * gain).hypot(u_part.to_base())));
        Self { value, standard_uncertainty, provenance: self.provenance.clone() }
    }

    fn scaled(self, factor: f64) -> Self {
        let scaled = |q: Q| Q::from_base(q.to_base() * factor);
        Self {
            value: scaled(self.value),
            standard_uncertainty: self.standard_uncertainty.map(scaled),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Joules;

    #[test]
    fn measured_origin_of_another_value_becomes_user_reported() {
        let proof = Measured::by_meter(Scope::NodeWall, "meter");
        let read = Uncertain::measured(Joules::from_joules(5.0), proof);
        assert_eq!(read.provenance().kind(), "measured");
        let forged = Uncertain::new(Joules::from_joules(1.0), read.provenance().clone());
        assert_eq!(forged.provenance().kind(), "user_reported");
    }
    #[test]
    fn sum_adds_values_and_standard_uncertainties() {
        let read = |joules: f64, u: f64, meter: &str| {
            Uncertain::measured(
                Joules::from_joules(joules),
                Measured::by_meter(Scope::CpuPackage, meter),
            )
            .with_standard_uncertainty(Joules::from_joules(u))
        };
        let sum = read(30.0, 1.0, "a").plus(&read(12.0, 2.0, "b"));
        assert_eq!(sum.value().as_joules(), 42.0);
        assert_eq!(sum.standard_uncertainty().unwrap().as_joules(), 3.0);
        assert_eq!(sum.provenance().detail(), "a + b (cpu_package)");
        let assumed = Uncertain::assumed(Joules::from_joules(1.0), "guess");
        assert_eq!(sum.plus(&assumed).provenance().kind(), "assumed");
        let unstated = read(1.0, 1.0, "a").plus(&assumed);
        assert_eq!(unstated.standard_uncertainty(), None);
    }
}
