//! The uncertainty budget of an efficiency, as the GUM has it (JCGM 100:2008).

use super::EnergyResult;
use crate::energy::{EnergyAccount, MeterDescriptor, MeterQuantity};
use crate::units::{JoulesPerHash, Seconds};

/// The system clock may be slewed by so much while it is set (adjtimex(2): 500 ppm).
const CLOCK_SLEW: f64 = 500e-6;

/// How a component was found: from the scatter of readings, or from anything else (GUM 3.3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evaluation {
    /// By statistics of a series of observations.
    TypeA,
    /// By other means: a specification, a resolution, a bound.
    TypeB,
}

impl Evaluation {
    /// `A` or `B`.
    pub fn name(self) -> &'static str {
        match self {
            Self::TypeA => "A",
            Self::TypeB => "B",
        }
    }
}

/// One row of a budget.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// What contributes.
    pub name: String,
    /// How it was found.
    pub evaluation: Evaluation,
    /// Standard uncertainty over the value, a pure number.
    pub relative: f64,
    /// Where the figure comes from.
    pub basis: String,
    /// Whether it remains when two results of the same meter are compared: a gain cancels.
    pub in_comparison: bool,
}

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

/// What one meter's energy over a window is off by, beside its gain and its scatter.
pub(super) fn components(account: &EnergyAccount) -> Vec<Component> {
    let points = account.points();
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Vec::new();
    };
    let (time, energy) = (account.duration(), last.energy);
    if time <= Seconds::ZERO || energy.as_joules() <= 0.0 {
        return Vec::new();
    }
    let rectangular = |width: f64| width / 12f64.sqrt();
    let both = 2f64.sqrt();
    let mut found = Vec::new();
    let mut row = |name: &str, relative: f64, basis: String| {
        found.push(Component {
            name: name.to_owned(),
            evaluation: Evaluation::TypeB,
            relative,
            basis,
            in_comparison: true,
        });
    };
    let ends = first.within.as_seconds().hypot(last.within.as_seconds());
    row(
        "times of the readings at the ends",
        rectangular(ends) / time.as_seconds(),
        format!(
            "rectangular: {:.3} ms and {:.3} ms",
            first.within.as_seconds() * 1e3,
            last.within.as_seconds() * 1e3
        ),
    );
    match account.meter().quantity {
        MeterQuantity::CumulativeEnergy { per_count, .. } => row(
            "resolution of the counter",
            rectangular(per_count / energy) * both,
            format!("rectangular: {per_count}, twice"),
        ),
        MeterQuantity::Power { resolution, averaging } => {
            let power = energy / time;
            row(
                "resolution of the power",
                rectangular(resolution / power),
                format!("rectangular: {resolution}"),
            );
            row(
                "rate of the clock",
                CLOCK_SLEW / 3f64.sqrt(),
                "slewed by at most 500 ppm".to_owned(),
            );
            let MeterDescriptor { refresh, .. } = account.meter();
            let powers = points.windows(2).filter(|pair| pair[1].at > pair[0].at).map(|pair| {
                let time = (pair[1].at - pair[0].at).as_secs_f64();
                (pair[1].energy - pair[0].energy).as_joules() / time
            });
            let (low, high) = powers.fold((f64::INFINITY, 0f64), |(low, high), power| {
                (low.min(power), high.max(power))
            });
            let age = *refresh + averaging.unwrap_or(Seconds::ZERO);
            let off = age.as_seconds() * (high - low).max(0.0);
            row(
                "age of the power at the ends",
                rectangular(off) * both / energy.as_joules(),
                format!("rectangular: refresh and averaging of {age} within the readings' spread"),
            );
        }
    }
    found
}
