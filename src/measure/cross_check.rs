//! Comparison of meters that cover the same part of the machine.

use super::energy_result::EnergyResult;
use crate::uncertainty::Uncertain;
use crate::units::Joules;

/// Two meters that cover the same part of the machine.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct CrossCheck {
    /// The part of the machine that they cover.
    pub subject: String,
    /// The meters.
    pub meters: [String; 2],
    /// Their energies over the window.
    pub joules: [Joules; 2],
    /// The difference of the second from the first, divided by the first.
    pub relative_difference: f64,
    /// The difference that the tolerances allow (k = 2), if both are stated.
    pub allowed: Option<f64>,
}

impl CrossCheck {
    /// All pairs of meters that cover the same part of the machine.
    pub(super) fn all(results: &[EnergyResult]) -> Vec<Self> {
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
