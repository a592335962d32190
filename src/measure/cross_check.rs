//! Meters held against each other.

use super::energy_result::EnergyResult;
use crate::uncertainty::Uncertain;
use crate::units::Joules;

/// Two meters that see the same part of the machine.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossCheck {
    /// What they see.
    pub subject: String,
    /// The meters.
    pub meters: [String; 2],
    /// Their energies over the window.
    pub joules: [Joules; 2],
    /// The second less the first, over the first.
    pub relative_difference: f64,
    /// What the tolerances of both allow (k = 2), where both state one.
    pub allowed: Option<f64>,
}

impl CrossCheck {
    /// Meters that see the same part of the machine, two by two.
    pub(super) fn of(results: &[EnergyResult]) -> Vec<Self> {
        let mut checks = Vec::new();
        for (i, a) in results.iter().enumerate() {
            for b in &results[i + 1..] {
                let same = a.meter.scope == b.meter.scope && a.meter.subject == b.meter.subject;
                let (Ok(first), Ok(second), true) = (&a.joules, &b.joules, same) else { continue };
                let u = |estimate: &Uncertain<Joules>| estimate.relative_uncertainty();
                checks.push(Self {
                    subject: a.meter.subject.clone(),
                    meters: [a.meter.id.clone(), b.meter.id.clone()],
                    joules: [first.value(), second.value()],
                    relative_difference: (second.value() - first.value()) / first.value(),
                    allowed: u(first).zip(u(second)).map(|(a, b)| 2.0 * a.hypot(b)),
                });
            }
        }
        checks
    }
}
