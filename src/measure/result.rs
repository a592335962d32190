//! What was measured, as data, and the one figure that is made of it.

use super::batch_means::Scatter;
use super::idle::Idle;
use super::steady::Trend;
use super::uncertainty::{Component, UncertaintyBudget};
use super::window::Mark;
use crate::energy::{MeterDescriptor, MeterError, MeterQuantity};
use crate::estimate::{Efficiency, Estimate, Measured, NotAnEfficiency, Scope};
use crate::scan::{ScannerDescriptor, Worker};
use crate::units::{Celsius, Hashes, Hashrate, Hertz, Joules, JoulesPerHash, Seconds, Watts};
use hashwatt_quantities::metering::{Meter as _, Metered as _, MeteredSum as _, Trust as _};
use std::time::{Duration, Instant};

/// What was measured.
#[derive(Clone, Debug)]
pub struct Measurement {
    /// What searched.
    pub scanner: ScannerDescriptor,
    /// What that is made of, as [`Scanner::parts`](crate::scan::Scanner::parts) tells.
    pub parts: Vec<ScannerDescriptor>,
    /// Double hashes that each worker finished inside the window, by a batch more or less than it
    /// did at either end; none where the window was not closed by a batch.
    pub workers: Vec<(Worker, u64)>,
    /// Double hashes finished inside the window.
    pub hashes: u64,
    /// The window's length.
    pub duration: Seconds,
    /// How long the scanner ran before it.
    pub warm_up: Seconds,
    /// Hashes over duration; `None` where the window never opened. Its standard uncertainty is
    /// that of the mean by batch means, where it has converged, with that of the batches
    /// unfinished at the window's ends.
    pub hashrate: Option<Estimate<Hashrate>>,
    /// The 95 % confidence interval of the hashrate (Student's t over batch means).
    pub hashrate_ci95: Option<(Hashrate, Hashrate)>,
    /// What the interval rests on, or why there is none.
    pub scatter: Option<Scatter>,
    /// Whether the window was steady.
    pub steadiness: Steadiness,
    /// One result a meter.
    pub energy: Vec<EnergyResult>,
    /// Whether the window lasted as long as planned.
    pub complete: bool,
    /// Reported nonces that the reference refused.
    pub hardware_errors: u64,
    /// When what happened.
    pub timeline: Option<Timeline>,
    /// Completions within the window, for meters whose readings come afterwards.
    pub marks: Vec<Mark>,
    /// Processor time that reading all meters took, over the time that went on: the part of one
    /// core. `None` without meters, or where the system does not tell.
    pub sampling_core_share: Option<f64>,
}

/// When the machine was under load, and when the window was open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The scanner was started.
    pub load_began: Instant,
    /// The window opened.
    pub opened: Instant,
    /// It closed.
    pub closed: Instant,
    /// The scanner had stopped.
    pub load_ended: Instant,
}

/// Whether hashrate, power and temperature stood still within the window.
#[derive(Clone, Debug, PartialEq)]
pub enum Steadiness {
    /// Each is shown to have changed by no more than is allowed.
    Steady,
    /// One is shown to have changed, and may have by more than is allowed.
    NotSteady {
        /// Which, and how far.
        reason: String,
    },
    /// Too little was seen to tell, or it was too noisy.
    Unknown {
        /// Of what.
        reason: String,
    },
}

impl Steadiness {
    /// With one more series: the worst of all stands.
    pub(super) fn and(self, what: &str, trend: &Trend) -> Self {
        match self {
            Self::NotSteady { .. } => self,
            _ if trend.is_flat() => self,
            _ if trend.is_moving() => Self::NotSteady { reason: format!("{what} {trend}") },
            Self::Unknown { .. } => self,
            Self::Steady => {
                Self::Unknown { reason: format!("{what} is too noisy to tell: it {trend}") }
            }
        }
    }
}

/// One meter's energy over the window, or the reason why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct EnergyResult {
    /// The meter.
    pub meter: MeterDescriptor,
    /// The energy.
    pub joules: Result<Estimate<Joules>, NoEnergy>,
    /// How many values it rests on.
    pub readings: usize,
    /// Whether all readings of a power were the same, so that the sensor's steps are too coarse to
    /// tell a steady load from a sensor that is stuck.
    pub unchanged: bool,
    /// The scatter of joules over hashes within the window.
    pub scatter: Option<Scatter>,
    /// How the power moved within the window, over its mean.
    pub trend: Option<Trend>,
    /// The idle machine, where it was measured.
    pub idle: Option<Idle>,
    /// What the device told of its state.
    pub conditions: Option<ConditionsRecord>,
    /// What the energy may be off by, beside gain and scatter.
    pub components: Vec<Component>,
}

/// A device's state over the window.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionsRecord {
    /// Least, mean and greatest clock.
    pub clock: Option<[Hertz; 3]>,
    /// First, last and greatest temperature.
    pub temperature: Option<[Celsius; 3]>,
    /// The least power it was held to.
    pub power_limit: Option<Watts>,
    /// Why it ran slower than it could, in the vendor's words, each once; `None` where the device
    /// does not tell.
    pub throttled: Option<Vec<String>>,
}

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

/// Why there is no energy.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NoEnergy {
    /// The meter failed.
    #[error(transparent)]
    Meter(#[from] MeterError),
    /// The measurement ended before its window opened.
    #[error("the measurement ended before its window opened")]
    NoWindow,
    /// The meter answered so late or so seldom that it saw only a part of the window.
    #[error("{meter} saw {seen:.3} of the window's {window:.3}; measure for longer")]
    NotCovered {
        /// Which.
        meter: String,
        /// The time between its readings.
        seen: Seconds,
        /// The window.
        window: Seconds,
    },
    /// No meter was given.
    #[error("no meter was given; an assumed power can stand in")]
    NoMeter,
    /// The quotient is no efficiency.
    #[error(transparent)]
    NotAnEfficiency(#[from] NotAnEfficiency),
}

/// The energies that stand for a run.
struct Headline<'a> {
    joules: Estimate<Joules>,
    members: Vec<&'a EnergyResult>,
}

impl Measurement {
    /// The energy that stands for the run: of the widest scope that was measured, its devices
    /// added up; else what a user's meter reported; else the assumed figure. Never a sum over
    /// scopes that overlap, and never memory or a rail alone. Processor packages and GPU boards
    /// hold nothing in common: their sum is a scope of its own, named as such.
    ///
    /// # Errors
    /// The reason where there is none: the first failing meter's, else that there was none.
    pub fn energy_of_widest_scope(&self) -> Result<Estimate<Joules>, NoEnergy> {
        self.headline().map(|headline| headline.joules)
    }

    /// The meters behind the headline.
    pub fn headline_meters(&self) -> Result<Vec<&EnergyResult>, NoEnergy> {
        self.headline().map(|headline| headline.members)
    }

    /// What part of the machine the headline is of.
    pub fn headline_scope(&self) -> Option<Scope> {
        let members = self.headline_meters().ok()?;
        let first = members.first()?.meter.scope;
        let one = members.iter().all(|member| member.meter.scope == first);
        Some(if one { first } else { Scope::Components })
    }

    fn headline(&self) -> Result<Headline<'_>, NoEnergy> {
        let has = |scope| self.energy.iter().any(|result| result.meter.scope == scope);
        let mut scopes: Vec<Scope> = self.energy.iter().map(|result| result.meter.scope).collect();
        let with_gpu = has(Scope::GpuBoard);
        if with_gpu && has(Scope::CpuPackage) {
            scopes.push(Scope::Components);
        }
        // What the platform's counter holds of a GPU board differs from machine to machine.
        scopes.retain(|scope| {
            let part = matches!(scope, Scope::Dram | Scope::Rail);
            let unclear = with_gpu && *scope == Scope::PlatformPsys;
            !part && !unclear
        });
        scopes.sort_unstable();
        scopes.dedup();
        let mut best: Option<Headline<'_>> = None;
        for found in scopes.into_iter().rev().filter_map(|scope| self.all_of(scope).ok()) {
            let better = |best: &Headline<'_>| {
                found.joules.provenance().is_more_trusted_than(best.joules.provenance())
            };
            if best.as_ref().is_none_or(better) {
                best = Some(found);
            }
        }
        best.ok_or_else(|| {
            let mut reasons = self.energy.iter().filter_map(|result| result.joules.as_ref().err());
            reasons.next().cloned().unwrap_or(NoEnergy::NoMeter)
        })
    }

    /// The sum over the devices of a scope; one that failed spoils it.
    fn all_of(&self, scope: Scope) -> Result<Headline<'_>, NoEnergy> {
        let members = match scope {
            Scope::Components => {
                let mut members = self.devices(Scope::CpuPackage)?;
                members.extend(self.devices(Scope::GpuBoard)?);
                members
            }
            scope => self.devices(scope)?,
        };
        let mut sum: Option<Estimate<Joules>> = None;
        for member in &members {
            let joules = member.joules.clone()?;
            sum = Some(match sum {
                Some(sum) => sum.plus(&joules),
                None => joules,
            });
        }
        sum.map(|joules| Headline { joules, members }).ok_or(NoEnergy::NoMeter)
    }

    /// One result for each device of a scope. Of several meters of one device the most trusted
    /// that gave energy, a counter before a power, the first of equals.
    fn devices(&self, scope: Scope) -> Result<Vec<&EnergyResult>, NoEnergy> {
        let mut devices: Vec<Vec<&EnergyResult>> = Vec::new();
        for result in self.energy.iter().filter(|result| result.meter.scope == scope) {
            let same = |device: &&mut Vec<&EnergyResult>| {
                device.iter().any(|other| other.meter.subject == result.meter.subject)
            };
            match devices.iter_mut().find(same) {
                Some(device) => device.push(result),
                None => devices.push(vec![result]),
            }
        }
        devices.into_iter().map(|device| best_of(&device)).collect()
    }

    /// Joules over hashes of the same window, with the origin of the joules and the standard
    /// uncertainty against the true value where the budget gives one.
    ///
    /// # Errors
    /// Where there is no energy or no window.
    pub fn efficiency(&self) -> Result<Efficiency, NoEnergy> {
        let (efficiency, budget) = self.efficiency_and_budget()?;
        Ok(match budget.absolute {
            Ok(u) => Efficiency::new(efficiency.estimate().clone().with_standard_uncertainty(u))?,
            Err(_) => efficiency,
        })
    }

    /// What the efficiency's uncertainty is made of.
    ///
    /// # Errors
    /// Where there is no efficiency.
    pub fn uncertainty(&self) -> Result<UncertaintyBudget, NoEnergy> {
        self.efficiency_and_budget().map(|(_, budget)| budget)
    }

    fn efficiency_and_budget(&self) -> Result<(Efficiency, UncertaintyBudget), NoEnergy> {
        let headline = self.headline()?;
        if self.hashes == 0 {
            return Err(NoEnergy::NoWindow);
        }
        let hashes = Hashes::from_count(self.hashes);
        let value: JoulesPerHash = headline.joules.value() / hashes;
        let efficiency = Efficiency::new(headline.joules.of_same_origin(value))?;
        let u_hashes = unfinished(&self.scanner) / hashes;
        let budget = UncertaintyBudget::new(value, &headline.members, u_hashes);
        Ok((efficiency, budget))
    }

    /// Joules net of the idle machine over hashes.
    ///
    /// # Errors
    /// The reason where it is withheld.
    pub fn net_efficiency(&self) -> Result<Efficiency, super::NoNet> {
        let headline = self.headline()?;
        let mut sum: Option<Estimate<Joules>> = None;
        for member in &headline.members {
            let idle = member.idle.as_ref().ok_or(super::NoNet::NotMeasured)?;
            let joules = idle.net.clone()?;
            sum = Some(match sum {
                Some(sum) => sum.plus(&joules),
                None => joules,
            });
        }
        let joules = sum.ok_or(NoEnergy::NoMeter)?;
        let hashes = Estimate::measured(Hashes::from_count(self.hashes), counted(&self.scanner))
            .with_standard_uncertainty(unfinished(&self.scanner));
        let quotient: Estimate<JoulesPerHash> = joules.quotient(&hashes);
        Efficiency::new(quotient).map_err(|error| super::NoNet::NoEnergy(error.into()))
    }

    /// Meters that see the same part of the machine, two by two.
    pub fn cross_checks(&self) -> Vec<CrossCheck> {
        let mut checks = Vec::new();
        for (i, a) in self.energy.iter().enumerate() {
            for b in &self.energy[i + 1..] {
                let same = a.meter.scope == b.meter.scope && a.meter.subject == b.meter.subject;
                let (Ok(first), Ok(second), true) = (&a.joules, &b.joules, same) else { continue };
                let u = |estimate: &Estimate<Joules>| estimate.relative_uncertainty();
                checks.push(CrossCheck {
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

    /// Whether a device said that it ran slower than it could; `None` where none can tell.
    pub fn throttled(&self) -> Option<bool> {
        let conditions = self.energy.iter().filter_map(|result| result.conditions.as_ref());
        let told = conditions.filter_map(|conditions| conditions.throttled.as_ref());
        told.map(|reasons| !reasons.is_empty()).reduce(|any, one| any || one)
    }
}

fn best_of<'a>(device: &[&'a EnergyResult]) -> Result<&'a EnergyResult, NoEnergy> {
    let mut best: Option<&EnergyResult> = None;
    let is_counter = |result: &EnergyResult| {
        matches!(result.meter.quantity, MeterQuantity::CumulativeEnergy { .. })
    };
    for result in device {
        let Ok(joules) = &result.joules else { continue };
        let better = |best: &EnergyResult| match &best.joules {
            Ok(other) if joules.provenance().is_more_trusted_than(other.provenance()) => true,
            Ok(other) if other.provenance().is_more_trusted_than(joules.provenance()) => false,
            _ => is_counter(result) && !is_counter(best),
        };
        if best.is_none_or(better) {
            best = Some(result);
        }
    }
    best.ok_or_else(|| {
        let reason = device.first().and_then(|result| result.joules.clone().err());
        reason.unwrap_or(NoEnergy::NoMeter)
    })
}

/// What a count of hashes may call itself.
pub(super) fn counted(scanner: &ScannerDescriptor) -> Measured {
    let by = format!("completed batches of {}, monotonic clock", scanner.kernel);
    Measured::by_meter(Scope::Scanner, by)
}

/// The standard uncertainty of a count between two moments: at either, each thread has done an
/// unknown part of a batch, uniform over it.
pub(super) fn unfinished(scanner: &ScannerDescriptor) -> Hashes {
    let each = scanner.batch as f64 / 12f64.sqrt();
    Hashes::from_hashes(each * (2.0 * scanner.threads as f64).sqrt())
}

/// Seconds of a duration.
pub(super) fn seconds(duration: Duration) -> Seconds {
    Seconds::from_seconds(duration.as_secs_f64())
}
