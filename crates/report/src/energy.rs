//! The energy part of a bench report: meters, cross-checks between them and the uncertainty budget.

use super::round_to_15_digits;
use hashwatt::energy::{MeterDescriptor, MeterQuantity};
use hashwatt::measure::{
    Component, ConditionsRecord, CrossCheck, EnergyResult, Measurement, UncertaintyBudget,
};
use hashwatt::text::{Sheet, grouped};
use hashwatt::uncertainty::Scope;
use hashwatt::units::{Celsius, Hashes, Hertz, Joules, Watts};
use serde::Serialize;
use std::fmt;

/// The properties of a meter.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct MeterFacts {
    /// Name of the meter.
    pub meter: String,
    /// The kind of part of the computer that it measures.
    pub scope: &'static str,
    /// The part that it measures.
    pub subject: String,
    /// `energy` for a counter, `power` for readings that hashwatt integrates.
    pub quantity: &'static str,
    /// Resolution of an energy counter, J.
    pub resolution_j: Option<f64>,
    /// Resolution of a power reading, W; null if unknown.
    pub resolution_w: Option<f64>,
    /// Energy at which a counter wraps around to zero, J; null if it never does.
    pub wraps_at_j: Option<f64>,
    /// Time over which the device averages a power reading, s; 0 for an instantaneous value, null if unknown.
    pub averaging_s: Option<f64>,
    /// Interval at which the value is updated, s; 0 if it is always current.
    pub refresh_s: f64,
    /// Longest time between two reads without losing energy, s; null if there is no limit.
    pub max_read_gap_s: Option<f64>,
    /// Half-width of the tolerance interval, percent; null if none is stated.
    pub tolerance_percent: Option<f64>,
    /// Source of the tolerance.
    pub tolerance_basis: Option<String>,
    /// Limits on the use of its figures.
    pub caveat: Option<String>,
}

impl From<&MeterDescriptor> for MeterFacts {
    fn from(meter: &MeterDescriptor) -> Self {
        let j = |joules: Joules| round_to_15_digits(joules.as_joules());
        let (counter, resolution_w, averaging) = match meter.quantity {
            MeterQuantity::CumulativeEnergy { per_count, wrap_modulus, .. } => {
                let modulus = wrap_modulus.filter(|modulus| *modulus > 0);
                let wraps_at = modulus.map(|modulus| j(per_count * modulus as f64));
                (Some((j(per_count), wraps_at)), None, None)
            }
            MeterQuantity::Power { resolution, averaging } => {
                let known = resolution > Watts::ZERO;
                (None, known.then(|| round_to_15_digits(resolution.as_watts())), averaging)
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
            averaging_s: averaging.map(|time| round_to_15_digits(time.as_seconds())),
            refresh_s: round_to_15_digits(meter.refresh.as_seconds()),
            max_read_gap_s: meter.max_read_gap.map(|gap| round_to_15_digits(gap.as_seconds())),
            tolerance_percent: tolerance
                .map(|found| round_to_15_digits(found.relative_half_width * 100.0)),
            tolerance_basis: tolerance.map(|found| found.basis.clone()),
            caveat: meter.caveat.clone(),
        }
    }
}

/// A meter and its readings over the window.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct MeterRow {
    /// Properties of the meter.
    #[serde(flatten)]
    pub facts: MeterFacts,
    /// Energy over the window, J.
    pub energy_j: Option<f64>,
    /// Why `energy_j` is null.
    pub reason: Option<String>,
    /// The kind of origin of the energy: `measured`, `user_reported` or `assumed`.
    pub provenance: Option<&'static str>,
    /// Energy divided by the length of the window, W.
    pub mean_power_w: Option<f64>,
    /// This meter's energy divided by the hashes, J/TH; null if it is implausible for the device.
    pub j_per_th: Option<f64>,
    /// Number of readings that the energy is computed from.
    pub readings: usize,
    /// Number of reads that timed out or that the meter postponed.
    pub missed: usize,
    /// Time over which power was interpolated linearly because the meter did not respond, s. A counter loses
    /// no energy in such a time.
    pub bridged_s: f64,
    /// Whether all power readings were equal: the resolution is too coarse to distinguish a steady load from a
    /// stuck sensor.
    pub unchanged: bool,
    /// Change of power from the beginning to the end of the window, percent.
    pub power_change_percent: Option<f64>,
    /// Idle power before the run, W.
    pub idle_before_w: Option<f64>,
    /// Idle power after the run, W.
    pub idle_after_w: Option<f64>,
    /// Energy above idle, J.
    pub net_energy_j: Option<f64>,
    /// Why `net_energy_j` is null.
    pub net_reason: Option<String>,
    /// Clock, temperature, power limit and throttling, if the device reports them.
    pub conditions: Option<ConditionsRow>,
}

/// The state of a device over the window.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct ConditionsRow {
    /// Minimum, mean and maximum clock frequency, MHz.
    pub clock_mhz: Option<[f64; 3]>,
    /// First, last and maximum temperature, degrees Celsius.
    pub temperature_c: Option<[f64; 3]>,
    /// Lowest power limit, W.
    pub power_limit_w: Option<f64>,
    /// Reasons for throttling, as the vendor names them; empty if not throttled, null if not reported.
    pub throttled: Option<Vec<String>>,
}

/// A comparison of two meters that measure the same energy.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct CrossCheckRow {
    /// The part that both measure.
    pub subject: String,
    /// Names of the meters.
    pub meters: [String; 2],
    /// Energy by each meter, J.
    pub energy_j: [f64; 2],
    /// Difference of the second from the first, percent of the first.
    pub difference_percent: f64,
    /// Difference that the stated tolerances of both allow (k = 2), percent; null if one is not stated.
    pub allowed_percent: Option<f64>,
    /// Whether the difference is within `allowed_percent`; null if that is unknown.
    pub agree: Option<bool>,
}

/// One row of an uncertainty budget (GUM, JCGM 100:2008).
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct UncertaintyRow {
    /// Name of the component.
    pub component: String,
    /// `A` for a statistical evaluation of readings, `B` for any other evaluation.
    pub evaluation: &'static str,
    /// Standard uncertainty of the component, J/TH.
    pub j_per_th: f64,
    /// Source of the figure.
    pub basis: String,
    /// Whether the component remains when two results of one meter are compared.
    pub in_comparison: bool,
}

/// The uncertainty budget of J/TH.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct UncertaintyReport {
    /// The components.
    pub components: Vec<UncertaintyRow>,
    /// Coverage factor k of the expanded uncertainties.
    pub coverage_factor: f64,
    /// Combined standard uncertainty relative to the true value, J/TH.
    pub absolute_standard_j_per_th: Option<f64>,
    /// Expanded uncertainty relative to the true value (k = 2, about 95 %), J/TH.
    pub absolute_expanded_j_per_th: Option<f64>,
    /// Why the absolute uncertainty is null.
    pub absolute_reason: Option<String>,
    /// Combined standard uncertainty for a comparison with another result of the same meter, whose gain
    /// cancels, J/TH.
    pub comparison_standard_j_per_th: Option<f64>,
    /// Expanded uncertainty for such a comparison (k = 2, about 95 %), J/TH.
    pub comparison_expanded_j_per_th: Option<f64>,
    /// Why the uncertainty for a comparison is null.
    pub comparison_reason: Option<String>,
}

/// The four aspects of a power measurement defined by the Energy Efficient HPC Working Group (EE HPC WG,
/// *Energy Efficient High Performance Computing Power Measurement Methodology* 2.0), in words.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct AspectsReport {
    /// Aspect 1: what was read, how often and over what time.
    pub granularity_timespan: String,
    /// Aspect 2: the fraction of the computer that was measured.
    pub machine_fraction: String,
    /// Aspect 3: the subsystems that the figure includes.
    pub subsystems: String,
    /// Aspect 4: location and accuracy of the meters.
    pub location_accuracy: String,
}

impl MeterRow {
    pub(super) fn new(result: &EnergyResult, measured: &Measurement) -> Self {
        let joules = result.joules.as_ref().ok().map(|estimate| estimate.value());
        let watts = |power: Watts| round_to_15_digits(power.as_watts());
        let idle = result.idle.as_ref();
        let hashes = Hashes::from_count(measured.hashes);
        Self {
            facts: (&result.meter).into(),
            energy_j: joules.map(|joules| round_to_15_digits(joules.as_joules())),
            reason: result.joules.as_ref().err().map(ToString::to_string),
            provenance: result.joules.as_ref().ok().map(|estimate| estimate.provenance().kind()),
            mean_power_w: joules.map(|joules| watts(joules / measured.duration)),
            j_per_th: joules
                .filter(|_| measured.hashes > 0)
                .map(|joules| joules / hashes)
                .filter(|value| measured.check_efficiency(*value).is_ok())
                .map(|value| round_to_15_digits(value.as_j_per_th())),
            readings: result.readings,
            missed: result.gaps.missed,
            bridged_s: round_to_15_digits(result.gaps.bridged.as_seconds()),
            unchanged: result.unchanged,
            power_change_percent: result
                .trend
                .map(|trend| round_to_15_digits(trend.change * 100.0)),
            idle_before_w: idle.and_then(|idle| Some(watts(idle.before.as_ref().ok()?.value()))),
            idle_after_w: idle.and_then(|idle| Some(watts(idle.after.as_ref().ok()?.value()))),
            net_energy_j: idle.and_then(|idle| {
                Some(round_to_15_digits(idle.net.as_ref().ok()?.value().as_joules()))
            }),
            net_reason: idle.and_then(|idle| Some(idle.net.as_ref().err()?.to_string())),
            conditions: result.conditions.as_ref().map(Into::into),
        }
    }
}

impl From<&ConditionsRecord> for ConditionsRow {
    fn from(record: &ConditionsRecord) -> Self {
        Self {
            clock_mhz: record
                .clock
                .map(|clock| clock.map(|c: Hertz| round_to_15_digits(c.as_mhz()))),
            temperature_c: record
                .temperature
                .map(|celsius| celsius.map(|c: Celsius| round_to_15_digits(c.as_celsius()))),
            power_limit_w: record.power_limit.map(|limit| round_to_15_digits(limit.as_watts())),
            throttled: record.throttled.clone(),
        }
    }
}

impl From<&CrossCheck> for CrossCheckRow {
    fn from(check: &CrossCheck) -> Self {
        Self {
            subject: check.subject.clone(),
            meters: check.meters.clone(),
            energy_j: check.joules.map(|joules| round_to_15_digits(joules.as_joules())),
            difference_percent: round_to_15_digits(check.relative_difference * 100.0),
            allowed_percent: check.allowed.map(|allowed| round_to_15_digits(allowed * 100.0)),
            agree: check.allowed.map(|allowed| check.relative_difference.abs() <= allowed),
        }
    }
}

impl From<&UncertaintyBudget> for UncertaintyReport {
    fn from(budget: &UncertaintyBudget) -> Self {
        let row = |component: &Component| UncertaintyRow {
            component: component.name.clone(),
            evaluation: component.evaluation.name(),
            j_per_th: round_to_15_digits(
                (budget.value * component.relative_uncertainty).as_j_per_th(),
            ),
            basis: component.basis.clone(),
            in_comparison: component.in_comparison,
        };
        let (absolute, comparison) = (&budget.absolute, &budget.comparison);
        let standard = |total: &Result<hashwatt::units::JoulesPerHash, String>, factor: f64| {
            total.as_ref().ok().map(|u| round_to_15_digits((*u * factor).as_j_per_th()))
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
    /// Describes the meters that the efficiency comes from; `None` without any.
    pub(super) fn from_measurement(measured: &Measurement) -> Option<Self> {
        let members = measured.headline_meters().ok()?;
        let scope = measured.headline_scope()?;
        let each = |text: &dyn Fn(&EnergyResult) -> String| {
            members.iter().map(|member| text(member)).collect::<Vec<_>>().join("; ")
        };
        let seconds = measured.duration.as_seconds();
        let granularity = each(&|member| {
            let kind = match member.meter.quantity {
                MeterQuantity::CumulativeEnergy { .. } => "values of an energy counter",
                MeterQuantity::Power { .. } => "integrated power readings",
            };
            format!("{} {kind} of {}", member.readings, member.meter.id)
        });
        Some(Self {
            granularity_timespan: format!(
                "{granularity}; over the whole window of {seconds:.3} s, after a warm-up of {:.3} s",
                measured.warm_up.as_seconds()
            ),
            machine_fraction: match scope {
                Scope::NodeWall => "the whole computer",
                Scope::AsStated => "as stated by the source of the figure",
                _ => "the parts of one computer that are named under subsystems",
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

/// Writes the meters as text.
pub(super) fn meters(f: &mut fmt::Formatter<'_>, rows: &[MeterRow]) -> fmt::Result {
    let mut sheet = Sheet::continued(f);
    sheet.title("Meters")?;
    for row in rows {
        let MeterFacts { meter, quantity, subject, scope, .. } = &row.facts;
        sheet.text(meter, &format!("{quantity}, {subject} ({scope})"))?;
        let energy = match (row.energy_j, row.mean_power_w, row.provenance) {
            (Some(energy), Some(power), Some(kind)) => {
                let (energy, power) = (grouped(energy, 3), grouped(power, 2));
                let j_per_th = row.j_per_th.map(|value| format!("{} J/TH, ", grouped(value, 0)));
                let j_per_th = j_per_th.unwrap_or_default();
                format!("{energy} J, {power} W, {j_per_th}{kind}; {} readings", row.readings)
            }
            _ => format!("no energy: {}", row.reason.as_deref().unwrap_or("no hashes")),
        };
        sheet.aside(&energy)?;
        if row.missed > 0 {
            let bridged = match row.bridged_s {
                seconds if seconds > 0.0 => format!("; power interpolated over {seconds:.1} s"),
                _ => String::new(),
            };
            sheet.aside(&format!("no response to {} read(s){bridged}", row.missed))?;
        }
        if let (Some(before), Some(after)) = (row.idle_before_w, row.idle_after_w) {
            let (before, after) = (grouped(before, 2), grouped(after, 2));
            sheet.aside(&format!("idle {before} W before, {after} W after"))?;
        }
        if row.unchanged {
            sheet.aside(
                "ALL READINGS WERE EQUAL: the resolution is too coarse to distinguish a steady load from a \
                 stuck sensor; measure with --idle",
            )?;
        }
        if let Some(reason) = &row.net_reason {
            sheet.aside(&format!("no energy net of idle: {reason}"))?;
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
        let mut parts = Vec::new();
        if let Some([min, mean, max]) = self.clock_mhz {
            parts.push(format!("clock {mean:.0} MHz ({min:.0} to {max:.0})"));
        }
        if let Some([first, last, _]) = self.temperature_c {
            parts.push(format!("{first:.0} °C to {last:.0} °C"));
        }
        if let Some(limit) = self.power_limit_w {
            parts.push(format!("power limit {limit:.0} W"));
        }
        parts.push(match self.throttled.as_deref() {
            None => "throttling not reported".to_owned(),
            Some([]) => "not throttled".to_owned(),
            Some(reasons) => format!("THROTTLED: {}", reasons.join(", ")),
        });
        f.write_str(&parts.join(", "))
    }
}

/// Writes the uncertainty budget as text.
pub(super) fn budget(f: &mut fmt::Formatter<'_>, budget: &UncertaintyReport) -> fmt::Result {
    let mut sheet = Sheet::continued(f);
    sheet
        .title("Standard uncertainty of J/TH (* cancels in a comparison of one meter's results)")?;
    for row in budget.components.iter().filter(|row| row.j_per_th > 0.0) {
        let mark = if row.in_comparison { "" } else { " *" };
        let words = format!("{}, type {}{mark}", row.component, row.evaluation);
        sheet.figure(&grouped(row.j_per_th, 1), &words)?;
        sheet.aside(&row.basis)?;
    }
    let mut total = |words: &str, u: Option<f64>, reason: &Option<String>| match (u, reason) {
        (Some(u), _) => sheet.figure(&grouped(u, 1), words),
        (None, Some(reason)) => sheet.figure("unknown", words).and_then(|()| sheet.aside(reason)),
        (None, None) => Ok(()),
    };
    let (absolute, comparison) = ("absolute, expanded (k = 2)", "comparison, expanded (k = 2)");
    total(absolute, budget.absolute_expanded_j_per_th, &budget.absolute_reason)?;
    total(comparison, budget.comparison_expanded_j_per_th, &budget.comparison_reason)
}

/// Writes the comparisons of meters as text.
pub(super) fn cross_checks(f: &mut fmt::Formatter<'_>, rows: &[CrossCheckRow]) -> fmt::Result {
    for row in rows {
        let [first, second] = &row.meters;
        let verdict = match (row.agree, row.allowed_percent) {
            (Some(true), Some(allowed)) => format!("within the {allowed:.1} % allowed"),
            (Some(false), Some(allowed)) => format!("EXCEEDS the {allowed:.1} % allowed"),
            _ => {
                "unknown whether this is within tolerance, which is not stated for both".to_owned()
            }
        };
        let text = format!(
            "{second} differs by {:+.2} % from {first} for the same {}: {verdict}",
            row.difference_percent, row.subject
        );
        Sheet::continued(f).note(&text)?;
    }
    Ok(())
}
