//! What was measured, as data, and the one figure that is made of it.

use super::batch_means::BatchMeans;
use super::count::{counted, unfinished};
use super::cross_check::CrossCheck;
use super::energy_result::EnergyResult;
use super::headline::{Headline, sum};
use super::idle::NetEnergyUnavailable;
use super::plausibility;
use super::steadiness::Steadiness;
use super::timeline::Timeline;
use super::unavailable::EnergyUnavailable;
use super::uncertainty::UncertaintyBudget;
use super::window::CompletionMark;
use crate::scan::{ScannerDescriptor, Worker};
use crate::uncertainty::{Efficiency, Scope, Uncertain};
use crate::units::{Hashes, Hashrate, Joules, JoulesPerHash, Seconds};
use hashwatt_quantities::metering::{Metered as _, MeteredSum as _};
use hashwatt_quantities::plausible::{ImplausibleValue, PlausibilityWarning};

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
    /// How long the scanner ran before it; nothing of that is in the figures.
    pub warm_up: Seconds,
    /// Hashes over duration; `None` where the window never opened. Its standard uncertainty is
    /// that of the mean by batch means, where it has converged, with that of the batches
    /// unfinished at the window's ends.
    pub hashrate: Option<Uncertain<Hashrate>>,
    /// The 95 % confidence interval of the hashrate (Student's t over batch means).
    pub hashrate_ci95: Option<(Hashrate, Hashrate)>,
    /// What the interval rests on, or why there is none.
    pub scatter: Option<BatchMeans>,
    /// Whether the window was steady.
    pub steadiness: Steadiness,
    /// One result a meter.
    pub energy: Vec<EnergyResult>,
    /// Whether the window and the idle time, where it was asked for, lasted as long as planned.
    pub complete: bool,
    /// Reported nonces that the reference refused.
    pub hardware_errors: u64,
    /// When what happened.
    pub timeline: Option<Timeline>,
    /// Completions within the window, for meters whose readings come afterwards.
    pub marks: Vec<CompletionMark>,
    /// Processor time that reading all meters took, over the time that went on: the part of one
    /// core. `None` without meters, or where the system does not tell.
    pub sampling_core_share: Option<f64>,
}

impl Measurement {
    /// The energy that stands for the run: of the widest scope that was measured, its devices
    /// added up; else what a user's meter reported; else the assumed figure. Never a sum over
    /// scopes that overlap, and never memory or a rail alone. Processor packages and GPU boards
    /// hold nothing in common: their sum is a scope of its own, named as such.
    ///
    /// # Errors
    /// The reason where there is none: the first failing meter's, else that there was none.
    pub fn energy_of_widest_scope(&self) -> Result<Uncertain<Joules>, EnergyUnavailable> {
        Headline::of(&self.energy, &self.parts).map(|headline| headline.joules)
    }

    /// The meters behind the headline.
    pub fn headline_meters(&self) -> Result<Vec<&EnergyResult>, EnergyUnavailable> {
        Headline::of(&self.energy, &self.parts).map(|headline| headline.members)
    }

    /// What part of the machine the headline is of.
    pub fn headline_scope(&self) -> Option<Scope> {
        Headline::of(&self.energy, &self.parts).ok()?.scope()
    }

    /// Joules over hashes of the same window, with the origin of the joules and the standard
    /// uncertainty against the true value where the budget gives one.
    ///
    /// # Errors
    /// Where there is no energy or no window.
    pub fn efficiency(&self) -> Result<Efficiency, EnergyUnavailable> {
        let (efficiency, budget) = self.efficiency_and_budget()?;
        Ok(match budget.absolute {
            Ok(u) => {
                Efficiency::new(efficiency.as_uncertain().clone().with_standard_uncertainty(u))?
            }
            Err(_) => efficiency,
        })
    }

    /// What the efficiency's uncertainty is made of.
    ///
    /// # Errors
    /// Where there is no efficiency.
    pub fn uncertainty(&self) -> Result<UncertaintyBudget, EnergyUnavailable> {
        self.efficiency_and_budget().map(|(_, budget)| budget)
    }

    fn efficiency_and_budget(&self) -> Result<(Efficiency, UncertaintyBudget), EnergyUnavailable> {
        let headline = Headline::of(&self.energy, &self.parts)?;
        if self.hashes == 0 {
            return Err(EnergyUnavailable::NoWindow);
        }
        let hashes = Hashes::from_count(self.hashes);
        let value: JoulesPerHash = headline.joules.value() / hashes;
        plausibility::efficiency(value, &self.parts)?;
        let efficiency = Efficiency::new(headline.joules.of_same_origin(value))?;
        let u_hashes = unfinished(&self.scanner) / hashes;
        let budget = UncertaintyBudget::new(value, &headline.members, u_hashes);
        Ok((efficiency, budget))
    }

    /// Joules net of the idle machine over hashes.
    ///
    /// # Errors
    /// The reason where it is withheld.
    pub fn net_efficiency(&self) -> Result<Efficiency, NetEnergyUnavailable> {
        let headline = Headline::of(&self.energy, &self.parts)?;
        let net = |member: &&EnergyResult| match &member.idle {
            Some(idle) => idle.net.clone(),
            None => Err(NetEnergyUnavailable::NotMeasured),
        };
        let joules = sum(headline.members.iter().map(net))?.ok_or(EnergyUnavailable::NoMeter)?;
        let hashes = Uncertain::measured(Hashes::from_count(self.hashes), counted(&self.scanner))
            .with_standard_uncertainty(unfinished(&self.scanner));
        let quotient: Uncertain<JoulesPerHash> = joules.quotient(&hashes);
        plausibility::efficiency(quotient.value(), &self.parts).map_err(EnergyUnavailable::from)?;
        Efficiency::new(quotient)
            .map_err(|error| NetEnergyUnavailable::EnergyUnavailable(error.into()))
    }

    /// Whether what hashed can take so many joules a hash.
    ///
    /// # Errors
    /// Why not.
    pub fn check_efficiency(&self, value: JoulesPerHash) -> Result<(), ImplausibleValue> {
        plausibility::efficiency(value, &self.parts).map(|_| ())
    }

    /// What is unusual about the headline: its joules a hash, and the mean power of its meters.
    pub fn doubts(&self) -> Vec<PlausibilityWarning> {
        let Ok(headline) = Headline::of(&self.energy, &self.parts) else { return Vec::new() };
        let powers = headline.members.iter();
        let powers = powers.filter_map(|member| plausibility::power(member, self.duration));
        let value = headline.joules.value() / Hashes::from_count(self.hashes);
        let efficiency = plausibility::efficiency(value, &self.parts).ok().flatten();
        powers.chain(efficiency).collect()
    }

    /// Meters that see the same part of the machine, two by two.
    pub fn cross_checks(&self) -> Vec<CrossCheck> {
        CrossCheck::of(&self.energy)
    }

    /// Whether a device said that it ran slower than it could; `None` where none can tell.
    pub fn throttled(&self) -> Option<bool> {
        let conditions = self.energy.iter().filter_map(|result| result.conditions.as_ref());
        let told = conditions.filter_map(|conditions| conditions.throttled.as_ref());
        told.map(|reasons| !reasons.is_empty()).reduce(|any, one| any || one)
    }
}
