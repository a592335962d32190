//! The uncertainty budget of an efficiency, by the GUM (JCGM 100:2008).

use super::component::{Component, Evaluation};
use super::energy_result::EnergyResult;
use crate::units::JoulesPerHash;

/// The components of the standard uncertainty of J/TH.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct UncertaintyBudget {
    /// The efficiency.
    pub value: JoulesPerHash,
    /// The rows of the budget.
    pub components: Vec<Component>,
    /// Combined standard uncertainty relative to the true value, or why it is not known.
    #[serde(serialize_with = "crate::serialise::value_or_reason")]
    pub absolute: Result<JoulesPerHash, String>,
    /// Combined standard uncertainty in a comparison with another result of the same meter, or why it is not known.
    #[serde(serialize_with = "crate::serialise::value_or_reason")]
    pub comparison: Result<JoulesPerHash, String>,
}

impl UncertaintyBudget {
    /// The coverage factor of expanded uncertainties, for about 95 %.
    pub const COVERAGE: f64 = 2.0;

    /// The budget of the energies of a headline; `hashes` is the relative standard uncertainty of the count.
    pub(super) fn new(value: JoulesPerHash, members: &[&EnergyResult], hashes: f64) -> Self {
        let joules = |member: &EnergyResult| {
            member.joules.as_ref().map_or(0.0, |estimate| estimate.value().as_joules())
        };
        let total: f64 = members.iter().map(|member| joules(member)).sum();
        let mut components = Vec::new();
        let (mut gain, mut random) = (Ok(0.0), Ok(hashes * hashes));
        for member in members {
            let weight = joules(member) / total;
            let of = |name: &str| match members {
                [_] => name.to_owned(),
                _ => format!("{name}, {}", member.meter.id),
            };
            match &member.meter.tolerance {
                Some(tolerance) => {
                    let relative_uncertainty = tolerance.relative_standard_uncertainty() * weight;
                    components.push(Component {
                        name: of("gain of the meter"),
                        evaluation: Evaluation::TypeB,
                        relative_uncertainty,
                        basis: format!(
                            "{}; rectangular, ±{:.1} %",
                            tolerance.basis,
                            tolerance.relative_half_width * 100.0
                        ),
                        in_comparison: false,
                    });
                    // The gain errors of meters of the same kind may be correlated.
                    gain = gain.map(|sum| sum + relative_uncertainty);
                }
                None => gain = Err(format!("no tolerance is stated for {}", member.meter.id)),
            }
            match member.scatter.map(|scatter| (scatter, scatter.relative_standard_error)) {
                Some((scatter, Some(error))) => {
                    let relative_uncertainty = error * weight;
                    components.push(Component {
                        name: of("scatter of J/TH"),
                        evaluation: Evaluation::TypeA,
                        relative_uncertainty,
                        basis: format!("{} batch means", scatter.batches),
                        in_comparison: true,
                    });
                    random = random.map(|sum| sum + relative_uncertainty.powi(2));
                }
                Some((scatter, None)) => random = Err(format!("{}: {scatter}", member.meter.id)),
                None => random = Err(format!("{}: too few readings", member.meter.id)),
            }
            for component in &member.components {
                let relative_uncertainty = component.relative_uncertainty * weight;
                components.push(Component {
                    name: of(&component.name),
                    relative_uncertainty,
                    ..component.clone()
                });
                random = random.map(|sum| sum + relative_uncertainty.powi(2));
            }
        }
        components.push(Component {
            name: "unfinished batches at the ends".to_owned(),
            evaluation: Evaluation::TypeB,
            relative_uncertainty: hashes,
            basis: "rectangular over a batch of each thread, at both ends".to_owned(),
            in_comparison: true,
        });
        let comparison = random.clone().map(|square: f64| value * square.sqrt());
        let absolute =
            random.and_then(|square| gain.map(|gain: f64| value * (square + gain * gain).sqrt()));
        Self { value, components, absolute, comparison }
    }
}
