//! The uncertainty budget of an efficiency, as the GUM has it (JCGM 100:2008).

use super::component::{Component, Evaluation};
use super::energy_result::EnergyResult;
use crate::units::JoulesPerHash;

/// What the standard uncertainty of J/TH is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct UncertaintyBudget {
    /// The efficiency.
    pub value: JoulesPerHash,
    /// The rows.
    pub components: Vec<Component>,
    /// Combined standard uncertainty against the true value, or why it is not known.
    pub absolute: Result<JoulesPerHash, String>,
    /// Combined standard uncertainty against another result of the same meter.
    pub comparison: Result<JoulesPerHash, String>,
}

impl UncertaintyBudget {
    /// The coverage factor of expanded uncertainties: about 95 %.
    pub const COVERAGE: f64 = 2.0;

    /// Of the energies that make a headline; `hashes` is the relative standard uncertainty of the
    /// count.
    pub(super) fn new(value: JoulesPerHash, members: &[&EnergyResult], hashes: f64) -> Self {
        let joules = |member: &EnergyResult| {
            member.joules.as_ref().map_or(0.0, |estimate| estimate.value().as_joules())
        };
        let all: f64 = members.iter().map(|member| joules(member)).sum();
        let mut components = Vec::new();
        let (mut gain, mut random) = (Ok(0.0), Ok(hashes * hashes));
        for member in members {
            let weight = joules(member) / all;
            let of = |name: &str| match members {
                [_] => name.to_owned(),
                _ => format!("{name}, {}", member.meter.id),
            };
            match &member.meter.tolerance {
                Some(tolerance) => {
                    let relative = tolerance.relative_standard_uncertainty() * weight;
                    components.push(Component {
                        name: of("gain of the meter"),
                        evaluation: Evaluation::TypeB,
                        relative,
                        basis: format!(
                            "{}; rectangular, ±{:.1} %",
                            tolerance.basis,
                            tolerance.relative_half_width * 100.0
                        ),
                        in_comparison: false,
                    });
                    // Meters of a kind may all be off to one side.
                    gain = gain.map(|sum| sum + relative);
                }
                None => gain = Err(format!("nobody states a tolerance of {}", member.meter.id)),
            }
            match member.scatter.map(|scatter| (scatter, scatter.relative_standard_error)) {
                Some((scatter, Some(error))) => {
                    let relative = error * weight;
                    components.push(Component {
                        name: of("scatter of J/TH"),
                        evaluation: Evaluation::TypeA,
                        relative,
                        basis: format!("{} batch means", scatter.batches),
                        in_comparison: true,
                    });
                    random = random.map(|sum| sum + relative * relative);
                }
                Some((scatter, None)) => random = Err(format!("{}: {scatter}", member.meter.id)),
                None => random = Err(format!("{}: too few readings", member.meter.id)),
            }
            for component in &member.components {
                let relative = component.relative * weight;
                components.push(Component {
                    name: of(&component.name),
                    relative,
                    ..component.clone()
                });
                random = random.map(|sum| sum + relative * relative);
            }
        }
        components.push(Component {
            name: "batches unfinished at the ends".to_owned(),
            evaluation: Evaluation::TypeB,
            relative: hashes,
            basis: "rectangular over a batch of each thread, at both ends".to_owned(),
            in_comparison: true,
        });
        let comparison = random.clone().map(|square: f64| value * square.sqrt());
        let absolute =
            random.and_then(|square| gain.map(|gain: f64| value * (square + gain * gain).sqrt()));
        Self { value, components, absolute, comparison }
    }
}
