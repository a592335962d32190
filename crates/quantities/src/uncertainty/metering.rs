//! How the crate of meters makes measured values and combines them. Not part of the public interface: whoever
//! else calls it forges an origin.

use super::Uncertain;
use super::provenance::{Measured, Provenance, Scope};
use crate::units::Quantity;

/// Makes the proof that a meter read a value.
pub trait Meter {
    /// Of what the meter sees, and its name.
    fn by_meter(scope: Scope, meter: impl Into<String>) -> Self;
}

impl Meter for Measured {
    fn by_meter(scope: Scope, meter: impl Into<String>) -> Self {
        Self::by_meter(scope, meter)
    }
}

/// Holds two origins against each other.
pub trait Trust {
    /// Measured before reported before assumed: which of several meters stands for a run.
    fn is_more_trusted_than(&self, other: &Self) -> bool;
}

impl Trust for Provenance {
    fn is_more_trusted_than(&self, other: &Self) -> bool {
        self.trust() > other.trust()
    }
}

/// Makes a value that a meter read.
pub trait Metered<T> {
    /// What a meter found.
    fn measured(value: T, proof: Measured) -> Self;
}

impl<T> Metered<T> for Uncertain<T> {
    fn measured(value: T, proof: Measured) -> Self {
        Self { value, standard_uncertainty: None, provenance: Provenance::Measured(proof) }
    }
}

/// Sums, parts and scalings of what one kind of meter read.
pub trait MeteredSum<Q> {
    /// The sum with another device's figure of the same scope. Their gains may be off together,
    /// so standard uncertainties add, not variances; the origin is the weaker one.
    #[must_use]
    fn plus(self, other: &Self) -> Self;
    /// Another quantity that was worked out of this one alone; its uncertainty is not known yet.
    fn of_same_origin<B: Quantity>(&self, value: B) -> Uncertain<B>;
    /// What is left above a part that the same meter measured. The meter's gain is off in both
    /// alike; the part's own scatter comes on top.
    #[must_use]
    fn less(&self, part: Q, u_part: Q) -> Self;
    /// The same for a slightly longer or shorter time.
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
    fn a_measured_origin_does_not_pass_to_another_value() {
        let proof = Measured::by_meter(Scope::NodeWall, "meter");
        let read = Uncertain::measured(Joules::from_joules(5.0), proof);
        assert_eq!(read.provenance().kind(), "measured");
        let forged = Uncertain::new(Joules::from_joules(1.0), read.provenance().clone());
        assert_eq!(forged.provenance().kind(), "user_reported");
    }
    #[test]
    fn sums_are_whole_and_their_uncertainties_add() {
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
