//! The result of a measurement, and the figures that are derived from it.

use super::batch_means::BatchMeans;
use super::count::{count_proof, count_uncertainty};
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

/// The result of a measurement.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Measurement {
    /// The scanner.
    pub scanner: ScannerDescriptor,
    /// Its parts, from [`Scanner::parts`](crate::scan::Scanner::parts).
    pub parts: Vec<ScannerDescriptor>,
    /// Double hashes of each worker inside the window, to within a batch at each end; empty if the window was not closed
    /// by a batch.
    pub workers: Vec<(Worker, u64)>,
    /// Double hashes that were completed inside the window.
    pub hashes: u64,
    /// The length of the window.
    pub duration: Seconds,
    /// How long the scanner ran before the window; the warm-up is not included in the figures.
    pub warm_up: Seconds,
    /// Hashes divided by duration; `None` if the window never opened. Its standard uncertainty is that of the mean by
    /// batch means, if it has converged, combined with that of the unfinished batches at the ends of the window.
    pub hashrate: Option<Uncertain<Hashrate>>,
    /// The 95 % confidence interval of the hashrate (Student's t over batch means).
    pub hashrate_ci95: Option<(Hashrate, Hashrate)>,
    /// The scatter from which the interval is computed, or why there is none.
    pub scatter: Option<BatchMeans>,
    /// Whether the window was steady.
    pub steadiness: Steadiness,
    /// One result per meter.
    pub energy: Vec<EnergyResult>,
    /// Whether the window and the idle time, if requested, lasted as long as planned.
    pub complete: bool,
    /// Reported nonces that the reference implementation refused.
    pub hardware_errors: u64,
    /// The times of the run.
    #[serde(skip)]
    pub timeline: Option<Timeline>,
    /// Completions within the window, for meters whose readings are added afterwards.
    #[serde(skip)]
    pub marks: Vec<CompletionMark>,
    /// Processor time for reading all meters, divided by the elapsed time: the fraction of one core. `None` without
    /// meters, or if the system does not report it.
    pub sampling_core_share: Option<f64>,
}

impl Measurement {
    /// The energy that represents the run: the sum over the devices of the widest measured scope; otherwise the energy
    /// that a user's meter reported; otherwise the assumed energy. It is never a sum over overlapping scopes, and never
    /// memory or a rail alone. Processor packages and GPU boards do not overlap: their sum is a scope of its own.
    ///
    /// # Errors
    /// If there is no energy: the error of the first failing meter, or that there was no meter.
    pub fn energy_of_widest_scope(&self) -> Result<Uncertain<Joules>, EnergyUnavailable> {
        Headline::select(&self.energy, &self.parts).map(|headline| headline.joules)
    }

    /// The meters whose energies make the headline.
    ///
    /// # Errors
    /// Like [`energy_of_widest_scope`](Self::energy_of_widest_scope).
    pub fn headline_meters(&self) -> Result<Vec<&EnergyResult>, EnergyUnavailable> {
        Headline::select(&self.energy, &self.parts).map(|headline| headline.members)
    }

    /// The part of the machine that the headline covers.
    pub fn headline_scope(&self) -> Option<Scope> {
        Headline::select(&self.energy, &self.parts).ok()?.scope()
    }

    /// The energy per hash over the window, with the origin of the energy and the standard uncertainty relative to the
    /// true value, if the budget has one.
    ///
    /// # Errors
    /// If there is no energy or no window, or the value is not possible.
    pub fn efficiency(&self) -> Result<Efficiency, EnergyUnavailable> {
        let (efficiency, budget) = self.efficiency_and_budget()?;
        Ok(match budget.absolute {
            Ok(u) => {
                Efficiency::new(efficiency.as_uncertain().clone().with_standard_uncertainty(u))?
            }
            Err(_) => efficiency,
        })
    }

    /// The uncertainty budget of the efficiency.
    ///
    /// # Errors
    /// If there is no efficiency.
    pub fn uncertainty(&self) -> Result<UncertaintyBudget, EnergyUnavailable> {
        self.efficiency_and_budget().map(|(_, budget)| budget)
    }

    fn efficiency_and_budget(&self) -> Result<(Efficiency, UncertaintyBudget), EnergyUnavailable> {
        let headline = Headline::select(&self.energy, &self.parts)?;
        if self.hashes == 0 {
            return Err(EnergyUnavailable::NoWindow);
        }
        let hashes = Hashes::from_count(self.hashes);
        let value: JoulesPerHash = headline.joules.value() / hashes;
        plausibility::efficiency(value, &self.parts)?;
        let efficiency = Efficiency::new(headline.joules.of_same_origin(value))?;
        let u_hashes = count_uncertainty(&self.scanner) / hashes;
        let budget = UncertaintyBudget::new(value, &headline.members, u_hashes);
        Ok((efficiency, budget))
    }

    /// The energy per hash net of the idle power.
    ///
    /// # Errors
    /// The reason why it is withheld.
    pub fn net_efficiency(&self) -> Result<Efficiency, NetEnergyUnavailable> {
        let headline = Headline::select(&self.energy, &self.parts)?;
        let net = |member: &&EnergyResult| match &member.idle {
            Some(idle) => idle.net.clone(),
            None => Err(NetEnergyUnavailable::NotMeasured),
        };
        let joules = sum(headline.members.iter().map(net))?.ok_or(EnergyUnavailable::NoMeter)?;
        let hashes =
            Uncertain::measured(Hashes::from_count(self.hashes), count_proof(&self.scanner))
                .with_standard_uncertainty(count_uncertainty(&self.scanner));
        let quotient: Uncertain<JoulesPerHash> = joules.quotient(&hashes);
        plausibility::efficiency(quotient.value(), &self.parts).map_err(EnergyUnavailable::from)?;
        Efficiency::new(quotient)
            .map_err(|error| NetEnergyUnavailable::EnergyUnavailable(error.into()))
    }

    /// Checks whether an energy per hash is possible for the devices that hashed.
    ///
    /// # Errors
    /// [`ImplausibleValue`] if it is not.
    pub fn check_efficiency(&self, value: JoulesPerHash) -> Result<(), ImplausibleValue> {
        plausibility::efficiency(value, &self.parts).map(|_| ())
    }

    /// Warnings about an unusual headline: its energy per hash, and the mean power of its meters.
    pub fn plausibility_warnings(&self) -> Vec<PlausibilityWarning> {
        let Ok(headline) = Headline::select(&self.energy, &self.parts) else { return Vec::new() };
        let powers = headline.members.iter();
        let powers = powers.filter_map(|member| plausibility::power(member, self.duration));
        let value = headline.joules.value() / Hashes::from_count(self.hashes);
        let efficiency = plausibility::efficiency(value, &self.parts).ok().flatten();
        powers.chain(efficiency).collect()
    }

    /// All pairs of meters that cover the same part of the machine.
    pub fn cross_checks(&self) -> Vec<CrossCheck> {
        CrossCheck::all(&self.energy)
    }

    /// Whether a device reported throttling; `None` if no device reports it.
    pub fn throttled(&self) -> Option<bool> {
        let conditions = self.energy.iter().filter_map(|result| result.conditions.as_ref());
        let reported = conditions.filter_map(|conditions| conditions.throttled.as_ref());
        reported.map(|reasons| !reasons.is_empty()).reduce(|any, one| any || one)
    }
}
