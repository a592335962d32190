//! The energy's part of a measurement's report: meters, what they disagree in, and what the
//! uncertainty is made of.

use super::tidy;
use hashwatt::energy::{MeterDescriptor, MeterQuantity};
use hashwatt::measure::{
    Component, ConditionsRecord, CrossCheck, EnergyResult, Measurement, UncertaintyBudget,
};
use hashwatt::text::{Sheet, grouped};
use hashwatt::uncertainty::Scope;
use hashwatt::units::{Celsius, Hashes, Hertz, Joules, Watts};
use serde::Serialize;
use std::fmt;

/// What a meter is and what it may claim.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct MeterFacts {
    /// The meter.
    pub meter: String,
    /// What kind of part of the machine it sees.
    pub scope: &'static str,
    /// Which one of them.
    pub subject: String,
    /// `energy` for a counter, `power` for readings that are integrated here.
    pub quantity: &'static str,
    /// The step between two neighbouring values of a counter, J.
    pub resolution_j: Option<f64>,
    /// The same of a power, W; null where it is not known.
    pub resolution_w: Option<f64>,
    /// The energy after which a counter begins again at zero, J; null where it never does.
    pub wraps_at_j: Option<f64>,
    /// The time over which the device averages a power, s, 0 for a moment's value; null where
    /// nobody says.
    pub averaging_s: Option<f64>,
    /// How often its value is renewed, s; 0 where it is always current.
    pub refresh_s: f64,
    /// The longest time between two reads that loses nothing, s; null where any will do.
    pub max_read_gap_s: Option<f64>,
    /// Half-width of the interval it is taken to be right within, percent; null where nobody
    /// states one.
    pub tolerance_percent: Option<f64>,
    /// Who states that.
    pub tolerance_basis: Option<String>,
    /// What its figures may not be used for.
    pub caveat: Option<String>,
}

impl From<&MeterDescriptor> for MeterFacts {
    fn from(meter: &MeterDescriptor) -> Self {
        let j = |joules: Joules| tidy(joules.as_joules());
        let (counter, resolution_w, averaging) = match meter.quantity {
            MeterQuantity::CumulativeEnergy { per_count, wrap_modulus, .. } => {
                let modulus = wrap_modulus.filter(|modulus| *modulus > 0);
                let wraps_at = modulus.map(|modulus| j(per_count * modulus as f64));
                (Some((j(per_count), wraps_at)), None, None)
            }
            MeterQuantity::Power { resolution, averaging } => {
                let known = resolution > Watts::ZERO;
                (None, known.then(|| tidy(resolution.as_watts())), averaging)
            }
        };
        let tolerance = meter.tolerance.as_ref();
        Self {
            meter: meter.id.clone(),
            scope: meter.scope.name(),
            subject: meter.subject.clone(),
            quantity: if counter.is_some() { "energy" } else { "power" },
            resolution_j: counter.map(|(resolution, _)| resolution),
            resolution_w,
            wraps_at_j: counter.and_then(|(_, wraps_at)| wraps_at),
            averaging_s: averaging.map(|time| tidy(time.as_seconds())),
            refresh_s: tidy(meter.refresh.as_seconds()),
            max_read_gap_s: meter.max_read_gap.map(|gap| tidy(gap.as_seconds())),
            tolerance_percent: tolerance.map(|found| tidy(found.relative_half_width * 100.0)),
            tolerance_basis: tolerance.map(|found| found.basis.clone()),
            caveat: meter.caveat.clone(),
        }
    }
}

/// One meter and what it saw.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct MeterRow {
    /// What it is.
    #[serde(flatten)]
    pub facts: MeterFacts,
    /// Energy over the window, J.
    pub energy_j: Option<f64>,
    /// Why there is none.
    pub reason: Option<String>,
    /// The kind of the energy's origin: `measured`, `user_reported`, `assumed`.
    pub provenance: Option<&'static str>,
    /// Energy over the window's length, W.
    pub mean_power_w: Option<f64>,
    /// This meter's energy over the hashes, J/TH; null where what hashed cannot take so much or so
    /// little.
    pub j_per_th: Option<f64>,
    /// Values that the energy rests on.
    pub readings: usize,
    /// How often it was asked and did not answer in time, or asked to be asked later.
    pub missed: usize,
    /// Time over which a power was taken to go straight from one reading to the next, because it did not
    /// answer, s. A counter loses nothing in such a time.
    pub bridged_s: f64,
    /// Whether all readings of a power were the same: its steps are too coarse to tell a steady
    /// load from a sensor that is stuck.
    pub unchanged: bool,
    /// How far the power moved from the window's beginning to its end, percent.
    pub power_change_percent: Option<f64>,
    /// Power of the idle machine before the run, W.
    pub idle_before_w: Option<f64>,
    /// The same after it.
    pub idle_after_w: Option<f64>,
    /// Energy above the idle machine's, J.
    pub net_energy_j: Option<f64>,
    /// Why there is none.
    pub net_reason: Option<String>,
    /// Clock, temperature, power limit and throttling, where the device tells.
    pub conditions: Option<ConditionsRow>,
}

/// A device's state over the window.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ConditionsRow {
    /// Least, mean and greatest clock, MHz.
    pub clock_mhz: Option<[f64; 3]>,
    /// First, last and greatest temperature, degrees Celsius.
    pub temperature_c: Option<[f64; 3]>,
    /// The least power it was held to, W.
    pub power_limit_w: Option<f64>,
    /// Why it ran slower than it could, in the vendor's words; null where it does not tell.
    pub throttled: Option<Vec<String>>,
}

/// Two meters of the same joules.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct CrossCheckRow {
    /// What both see.
    pub subject: String,
    /// The meters.
    pub meters: [String; 2],
    /// Their energies, J.
    pub energy_j: [f64; 2],
    /// The second less the first, over the first, percent.
    pub difference_percent: f64,
    /// What the stated tolerances of both allow (k = 2), percent; null where one is not stated.
    pub allowed_percent: Option<f64>,
    /// Whether the difference is within that; null where it is not known.
    pub agree: Option<bool>,
}

/// One row of an uncertainty budget (GUM, JCGM 100:2008).
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct UncertaintyRow {
    /// What contributes.
    pub component: String,
    /// `A` where statistics of readings gave it, `B` where anything else did.
    pub evaluation: &'static str,
    /// Its standard uncertainty, J/TH.
    pub j_per_th: f64,
    /// Where the figure comes from.
    pub basis: String,
    /// Whether it remains when two results of one meter are compared.
    pub in_comparison: bool,
}

/// The budget of J/TH.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct UncertaintyReport {
    /// The rows.
    pub components: Vec<UncertaintyRow>,
    /// What standard uncertainties are multiplied by to be expanded.
    pub coverage_factor: f64,
    /// Combined standard uncertainty against the true value, J/TH.
    pub absolute_standard_j_per_th: Option<f64>,
    /// Twice that (k = 2, about 95 %), J/TH.
    pub absolute_expanded_j_per_th: Option<f64>,
    /// Why there is none.
    pub absolute_reason: Option<String>,
    /// Combined standard uncertainty against another result of the same meter, whose gain
    /// cancels, J/TH.
    pub comparison_standard_j_per_th: Option<f64>,
    /// Twice that (k = 2, about 95 %), J/TH.
    pub comparison_expanded_j_per_th: Option<f64>,
    /// Why there is none.
    pub comparison_reason: Option<String>,
}

/// What the Energy Efficient HPC Working Group asks of a power measurement (EE HPC WG, *Energy
/// Efficient High Performance Computing Power Measurement Methodology* 2.0), in words.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct AspectsReport {
    /// Aspect 1: how often it was read, over what time, and what was read.
    pub granularity_timespan: String,
    /// Aspect 2: what part of the machine was measured.
    pub machine_fraction: String,
    /// Aspect 3: which subsystems are in the figure.
    pub subsystems: String,
    /// Aspect 4: where the meter sits and how accurate it is.
    pub location_accuracy: String,
}

impl MeterRow {
    pub(super) fn new(result: &EnergyResult, measured: &Measurement) -> Self {
        let joules = result.joules.as_ref().ok().map(|estimate| estimate.value());
        let watts = |power: Watts| tidy(power.as_watts());
        let idle = result.idle.as_ref();
        let hashes = Hashes::from_count(measured.hashes);
        Self {
            facts: (&result.meter).into(),
            energy_j: joules.map(|joules| tidy(joules.as_joules())),
            reason: result.joules.as_ref().err().map(ToString::to_string),
            provenance: result.joules.as_ref().ok().map(|estimate| estimate.provenance().kind()),
            mean_power_w: joules.map(|joules| watts(joules / measured.duration)),
            j_per_th: joules
                .filter(|_| measured.hashes > 0)
                .map(|joules| joules / hashes)
                .filter(|value| measured.check_efficiency(*value).is_ok())
                .map(|value| tidy(value.as_j_per_th())),
            readings: result.readings,
            missed: result.gaps.missed,
            bridged_s: tidy(result.gaps.bridged.as_seconds()),
            unchanged: result.unchanged,
            power_change_percent: result.trend.map(|trend| tidy(trend.change * 100.0)),
            idle_before_w: idle.and_then(|idle| Some(watts(idle.before.as_ref().ok()?.value()))),
            idle_after_w: idle.and_then(|idle| Some(watts(idle.after.as_ref().ok()?.value()))),
            net_energy_j: idle
                .and_then(|idle| Some(tidy(idle.net.as_ref().ok()?.value().as_joules()))),
            net_reason: idle.and_then(|idle| Some(idle.net.as_ref().err()?.to_string())),
            conditions: result.conditions.as_ref().map(Into::into),
        }
    }
}

impl From<&ConditionsRecord> for ConditionsRow {
    fn from(record: &ConditionsRecord) -> Self {
        Self {
            clock_mhz: record.clock.map(|clock| clock.map(|c: Hertz| tidy(c.as_mhz()))),
            temperature_c: record
                .temperature
                .map(|celsius| celsius.map(|c: Celsius| tidy(c.as_celsius()))),
            power_limit_w: record.power_limit.map(|limit| tidy(limit.as_watts())),
            throttled: record.throttled.clone(),
        }
    }
}

impl From<&CrossCheck> for CrossCheckRow {
    fn from(check: &CrossCheck) -> Self {
        Self {
            subject: check.subject.clone(),
            meters: check.meters.clone(),
            energy_j: check.joules.map(|joules| tidy(joules.as_joules())),
            difference_percent: tidy(check.relative_difference * 100.0),
            allowed_percent: check.allowed.map(|allowed| tidy(allowed * 100.0)),
            agree: check.allowed.map(|allowed| check.relative_difference.abs() <= allowed),
        }
    }
}

impl From<&UncertaintyBudget> for UncertaintyReport {
    fn from(budget: &UncertaintyBudget) -> Self {
        let row = |component: &Component| UncertaintyRow {
            component: component.name.clone(),
            evaluation: component.evaluation.name(),
            j_per_th: tidy((budget.value * component.relative).as_j_per_th()),
            basis: component.basis.clone(),
            in_comparison: component.in_comparison,
        };
        let (absolute, comparison) = (&budget.absolute, &budget.comparison);
        let standard = |total: &Result<hashwatt::units::JoulesPerHash, String>, factor: f64| {
            total.as_ref().ok().map(|u| tidy((*u * factor).as_j_per_th()))
        };
        Self {
            components: budget.components.iter().map(row).collect(),
            coverage_factor: UncertaintyBudget::COVERAGE,
            absolute_standard_j_per_th: standard(absolute, 1.0),
            absolute_expanded_j_per_th: standard(absolute, UncertaintyBudget::COVERAGE),
            absolute_reason: absolute.as_ref().err().cloned(),
            comparison_standard_j_per_th: standard(comparison, 1.0),
            comparison_expanded_j_per_th: standard(comparison, UncertaintyBudget::COVERAGE),
            comparison_reason: comparison.as_ref().err().cloned(),
        }
    }
}

impl AspectsReport {
    /// Of the meters behind the headline.
    pub(super) fn of(measured: &Measurement) -> Option<Self> {
        let members = measured.headline_meters().ok()?;
        let scope = measured.headline_scope()?;
        let each = |words: &dyn Fn(&EnergyResult) -> String| {
            members.iter().map(|member| words(member)).collect::<Vec<_>>().join("; ")
        };
        let seconds = measured.duration.as_seconds();
        let granularity = each(&|member| {
            let kind = match member.meter.quantity {
                MeterQuantity::CumulativeEnergy { .. } => "values of an energy counter",
                MeterQuantity::Power { .. } => "readings of power, integrated",
            };
            format!("{} {kind} by {}", member.readings, member.meter.id)
        });
        Some(Self {
            granularity_timespan: format!(
                "{granularity}; over the whole window of {seconds:.3} s, after a warm-up of {:.3} s",
                measured.warm_up.as_seconds()
            ),
            machine_fraction: match scope {
                Scope::NodeWall => "the whole machine",
                Scope::AsStated => "as whoever stated the figure meant",
                _ => "of one machine, the parts named under subsystems",
            }
            .to_owned(),
            subsystems: each(&|member| {
                format!("{} ({})", member.meter.subject, member.meter.scope)
            }),
            location_accuracy: each(&|member| {
                let tolerance = match &member.meter.tolerance {
                    Some(tolerance) => format!(
                        "±{:.1} % ({})",
                        tolerance.relative_half_width * 100.0,
                        tolerance.basis
                    ),
                    None => "tolerance not stated".to_owned(),
                };
                format!("{}: {tolerance}", member.meter.id)
            }),
        })
    }
}

/// The rows of all meters, for a person.
pub(super) fn meters(f: &mut fmt::Formatter<'_>, rows: &[MeterRow]) -> fmt::Result {
    let mut sheet = Sheet::begun(f);
    sheet.title("Meters")?;
    for row in rows {
        let MeterFacts { meter, quantity, subject, scope, .. } = &row.facts;
        sheet.text(meter, &format!("{quantity}, {subject} ({scope})"))?;
        let told = match (row.energy_j, row.mean_power_w, row.provenance) {
            (Some(energy), Some(power), Some(kind)) => {
                let (energy, power) = (grouped(energy, 3), grouped(power, 2));
                let j_per_th = row.j_per_th.map(|value| format!("{} J/TH, ", grouped(value, 0)));
                let j_per_th = j_per_th.unwrap_or_default();
                format!("{energy} J, {power} W, {j_per_th}{kind}; {} readings", row.readings)
            }
            _ => format!("no energy: {}", row.reason.as_deref().unwrap_or("no hashes")),
        };
        sheet.aside(&told)?;
        if row.missed > 0 {
            let bridged = match row.bridged_s {
                seconds if seconds > 0.0 => format!("; {seconds:.1} s of power bridged"),
                _ => String::new(),
            };
            sheet.aside(&format!("did not answer {} time(s){bridged}", row.missed))?;
        }
        if let (Some(before), Some(after)) = (row.idle_before_w, row.idle_after_w) {
            let (before, after) = (grouped(before, 2), grouped(after, 2));
            sheet.aside(&format!("idle {before} W before, {after} W after"))?;
        }
        if row.unchanged {
            sheet.aside(
                "EVERY READING WAS THE SAME: steps too coarse to tell a steady load from a stuck \
                 sensor; measure with --idle",
            )?;
        }
        if let Some(reason) = &row.net_reason {
            sheet.aside(&format!("nothing net of idle: {reason}"))?;
        }
        if let Some(conditions) = &row.conditions {
            sheet.aside(&conditions.to_string())?;
        }
        if let Some(caveat) = &row.facts.caveat {
            sheet.aside(caveat)?;
        }
    }
    Ok(())
}

impl fmt::Display for ConditionsRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told = Vec::new();
        if let Some([least, mean, most]) = self.clock_mhz {
            told.push(format!("clock {mean:.0} MHz ({least:.0} to {most:.0})"));
        }
        if let Some([first, last, _]) = self.temperature_c {
            told.push(format!("{first:.0} °C to {last:.0} °C"));
        }
        if let Some(limit) = self.power_limit_w {
            told.push(format!("held to {limit:.0} W"));
        }
        told.push(match self.throttled.as_deref() {
            None => "throttling not told".to_owned(),
            Some([]) => "not throttled".to_owned(),
            Some(reasons) => format!("THROTTLED: {}", reasons.join(", ")),
        });
        f.write_str(&told.join(", "))
    }
}

/// The budget, for a person.
pub(super) fn budget(f: &mut fmt::Formatter<'_>, budget: &UncertaintyReport) -> fmt::Result {
    let mut sheet = Sheet::begun(f);
    sheet.title("Standard uncertainty of J/TH (* cancels between two results of one meter)")?;
    for row in budget.components.iter().filter(|row| row.j_per_th > 0.0) {
        let mark = if row.in_comparison { "" } else { " *" };
        let words = format!("{}, type {}{mark}", row.component, row.evaluation);
        sheet.figure(&grouped(row.j_per_th, 1), &words)?;
        sheet.aside(&row.basis)?;
    }
    let mut total = |words: &str, u: Option<f64>, reason: &Option<String>| match (u, reason) {
        (Some(u), _) => sheet.figure(&grouped(u, 1), words),
        (None, Some(reason)) => sheet.figure("not known", words).and_then(|()| sheet.aside(reason)),
        (None, None) => Ok(()),
    };
    let (absolute, comparison) = ("absolute, expanded (k = 2)", "comparison, expanded (k = 2)");
    total(absolute, budget.absolute_expanded_j_per_th, &budget.absolute_reason)?;
    total(comparison, budget.comparison_expanded_j_per_th, &budget.comparison_reason)
}

/// What meters of the same joules say of each other, for a person.
pub(super) fn cross_checks(f: &mut fmt::Formatter<'_>, rows: &[CrossCheckRow]) -> fmt::Result {
    for row in rows {
        let [first, second] = &row.meters;
        let verdict = match (row.agree, row.allowed_percent) {
            (Some(true), Some(allowed)) => format!("within the {allowed:.1} % allowed"),
            (Some(false), Some(allowed)) => format!("MORE than the {allowed:.1} % allowed"),
            _ => "no tolerance is stated for both".to_owned(),
        };
        let text = format!(
            "{second} shows {:+.2} % against {first} of the same {}: {verdict}",
            row.difference_percent, row.subject
        );
        Sheet::begun(f).note(&text)?;
    }
    Ok(())
}
