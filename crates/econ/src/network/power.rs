//! The network's power: bounds and a best guess from the profitable machines (equation M7).

use super::{Catalogue, Machine, SupplyAssumptions};
use crate::EconError;
use crate::pue::Pue;
use crate::units::{
    EnergyPrice, Fraction, Hashprice, Hashrate, Joules, JoulesPerHash, Seconds, Watts,
};
use jiff::civil::Date;

/// Assumptions of the bounds; each field's documentation states its source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerAssumptions {
    /// Energy price that a profitable machine must cover: the median of [`SupplyAssumptions`], 45 USD/MWh.
    pub tariff: EnergyPrice,
    /// Power at the site's meter over power at the machines: that of [`SupplyAssumptions`], 1.05.
    pub pue: Pue,
    /// Time from a machine's release to its first hashes: 60 days (assumed, 0 to 365: batches are shipped for a
    /// year after their announcement, and most sources give only the month or the year).
    pub deployment: Seconds,
    /// Share of a model's machines retired per year, which weights the models in the best guess: that of
    /// [`SupplyAssumptions`], 0.15. The bounds do not depend on it.
    pub retired_per_year: Fraction,
}

impl PowerAssumptions {
    /// Maximum deployment time, days.
    pub const MAX_DEPLOYMENT_DAYS: f64 = 3_650.0;
    /// Maximum tariff, USD/kWh.
    pub const MAX_TARIFF_USD_PER_KWH: f64 = 100.0;

    /// Checks the assumptions.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] for a tariff or a deployment time outside its range.
    pub fn check(&self) -> Result<(), EconError> {
        let tariff = self.tariff.as_usd_per_kwh();
        let max = Self::MAX_TARIFF_USD_PER_KWH;
        EconError::unless_within("tariff", tariff, 0.0..=max, "0 to 100 USD/kWh")?;
        let (days, max) = (self.deployment.as_days(), Self::MAX_DEPLOYMENT_DAYS);
        EconError::unless_within("deployment_days", days, 0.0..=max, "0 to 3650 days")
    }

    /// Hashprice at which a machine covers its energy cost.
    fn break_even(&self, efficiency: JoulesPerHash) -> Hashprice {
        self.tariff * self.pue.value() * efficiency
    }
}

impl Default for PowerAssumptions {
    fn default() -> Self {
        let SupplyAssumptions { median_tariff, pue, retired_per_year, .. } =
            SupplyAssumptions::default();
        Self { tariff: median_tariff, pue, deployment: Seconds::from_days(60.0), retired_per_year }
    }
}

/// The state of the network on which its power depends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetworkAt {
    /// The day; machines released later do not run.
    pub day: Date,
    /// Hashrate of the whole network.
    pub hashrate: Hashrate,
    /// Hashprice as a mean over some weeks: miners do not switch off for a single bad day.
    pub hashprice: Hashprice,
}

/// The power of a network if all machines have the same energy per hash.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct PowerLevel {
    /// Energy per hash at the machines.
    pub efficiency: JoulesPerHash,
    /// Power at the sites' meters.
    pub power: Watts,
}

impl PowerLevel {
    /// Energy in a year of 365 days at this power.
    pub fn energy_per_year(&self) -> Joules {
        self.power * Seconds::from_years(1.0)
    }
}

/// The network's power at a time.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NetworkPower<'a> {
    /// As if every machine were the most efficient one.
    pub lower: PowerLevel,
    /// With the mean of the profitable models, each weighted by the share of its machines not yet retired.
    pub best_guess: PowerLevel,
    /// As if every machine were the least efficient profitable one.
    pub upper: PowerLevel,
    /// The machine of the lower bound.
    pub most_efficient: &'a Machine,
    /// The machine of the upper bound.
    pub least_efficient: &'a Machine,
    /// The energy per hash up to which a machine is profitable; `None` if energy is free.
    pub threshold: Option<JoulesPerHash>,
    /// Number of profitable models.
    pub profitable: usize,
    /// Number of models released and deployed.
    pub deployed: usize,
}

/// Bounds and a best guess of the network's power (equation M7): `N PUE J/H` over the machines of a catalogue that are
/// released, deployed and profitable.
///
/// ```
/// use hashwatt_econ::network::{Catalogue, NetworkAt, PowerAssumptions, network_power};
/// use hashwatt_econ::units::{Hashprice, Hashrate};
///
/// let at = NetworkAt {
///     day: jiff::civil::date(2026, 7, 15),
///     hashrate: Hashrate::from_eh_s(899.66),
///     hashprice: Hashprice::from_usd_per_ph_day(31.28),
/// };
/// let catalogue = Catalogue::shipped()?;
/// let found = network_power(&at, &PowerAssumptions::default(), &catalogue)?;
/// assert!((found.lower.power.as_mw() - 899.66 * 1.05 * 9.5).abs() < 1.0);
/// assert!(found.lower.power < found.best_guess.power && found.best_guess.power < found.upper.power);
/// # Ok::<(), hashwatt_econ::EconError>(())
/// ```
///
/// # Errors
/// As [`PowerAssumptions::check`]; [`EconError::OutOfRange`] for a hashrate or hashprice that is not above 0;
/// [`EconError::NoResult`] if no machine was deployed or none is profitable.
pub fn network_power<'a>(
    at: &NetworkAt,
    assumptions: &PowerAssumptions,
    catalogue: &'a Catalogue,
) -> Result<NetworkPower<'a>, EconError> {
    assumptions.check()?;
    for (field, value) in [
        ("network_hashrate", at.hashrate.as_eh_s()),
        ("hashprice", at.hashprice.as_usd_per_ph_day()),
    ] {
        EconError::unless_within(field, value, f64::MIN_POSITIVE..=1e12, "a number above 0")?;
    }
    let deployed: Vec<Deployed> = deployed(at.day, assumptions.deployment, catalogue).collect();
    let earns = |one: &&Deployed| at.hashprice >= assumptions.break_even(one.efficiency);
    let profitable: Vec<&Deployed> = deployed.iter().filter(earns).collect();
    let by_efficiency = |a: &&&Deployed, b: &&&Deployed| {
        a.efficiency.as_j_per_hash().total_cmp(&b.efficiency.as_j_per_hash())
    };
    let best = profitable.iter().min_by(by_efficiency);
    let worst = profitable.iter().max_by(by_efficiency);
    let (Some(best), Some(worst)) = (best, worst) else {
        return Err(no_profitable_machine(at, assumptions, deployed.len()));
    };
    let level = |efficiency: JoulesPerHash| PowerLevel {
        efficiency,
        power: efficiency * at.hashrate * assumptions.pue.value(),
    };
    let cost = assumptions.tariff * assumptions.pue.value();
    Ok(NetworkPower {
        lower: level(best.efficiency),
        best_guess: level(weighted_mean(&profitable, assumptions.retired_per_year)),
        upper: level(worst.efficiency),
        most_efficient: best.machine,
        least_efficient: worst.machine,
        threshold: (cost > EnergyPrice::ZERO).then(|| at.hashprice / cost),
        profitable: profitable.len(),
        deployed: deployed.len(),
    })
}

/// A deployed machine.
struct Deployed<'a> {
    machine: &'a Machine,
    efficiency: JoulesPerHash,
    /// Time since its release.
    age: Seconds,
}

fn deployed(
    day: Date,
    deployment: Seconds,
    catalogue: &Catalogue,
) -> impl Iterator<Item = Deployed<'_>> {
    catalogue.machines().iter().filter_map(move |machine| {
        let days = machine.released()?.until(day).ok()?.get_days();
        let age = Seconds::from_days(f64::from(days));
        let efficiency = machine.power / machine.hashrate;
        (age >= deployment).then_some(Deployed { machine, efficiency, age })
    })
}

/// Mean energy per hash of models, each weighted by the share of its machines not yet retired at its age.
fn weighted_mean(models: &[&Deployed<'_>], retired_per_year: Fraction) -> JoulesPerHash {
    let left = retired_per_year.complement();
    let weight = |one: &Deployed| left.powf(one.age.as_years());
    let all: f64 = models.iter().map(|one| weight(one)).sum();
    if all > 0.0 {
        return models.iter().map(|one| one.efficiency * (weight(one) / all)).sum();
    }
    // If all machines retire at once, the newest model remains.
    let newest = models.iter().min_by(|a, b| a.age.as_seconds().total_cmp(&b.age.as_seconds()));
    newest.map_or(JoulesPerHash::ZERO, |one| one.efficiency)
}

fn no_profitable_machine(
    at: &NetworkAt,
    assumptions: &PowerAssumptions,
    deployed: usize,
) -> EconError {
    let missing = match deployed {
        0 => format!("the catalogue has no machine deployed on {}; give a later date", at.day),
        _ => format!(
            "no machine of the catalogue covers its energy cost on {} at {:.4} USD/kWh and {:.2} USD/PH/day; give \
             a lower tariff or a higher price",
            at.day,
            assumptions.tariff.as_usd_per_kwh(),
            at.hashprice.as_usd_per_ph_day()
        ),
    };
    EconError::NoResult { what: "power of the network", missing }
}

/// The mean power over several periods, weighted by their length.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MeanPower {
    /// Total length.
    pub time: Seconds,
    /// Lower bound.
    pub lower: Watts,
    /// Best guess.
    pub best_guess: Watts,
    /// Upper bound.
    pub upper: Watts,
}

impl MeanPower {
    /// Computes the mean over periods; `None` if their total length is 0.
    pub fn over<'a>(
        parts: impl IntoIterator<Item = (Seconds, &'a NetworkPower<'a>)>,
    ) -> Option<Self> {
        let mut time = Seconds::ZERO;
        let mut energy = [Joules::ZERO; 3];
        for (length, power) in parts {
            time = time + length;
            for (sum, level) in
                energy.iter_mut().zip([&power.lower, &power.best_guess, &power.upper])
            {
                *sum = *sum + level.power * length;
            }
        }
        let [lower, best_guess, upper] = energy.map(|sum| sum / time);
        (time > Seconds::ZERO).then_some(Self { time, lower, best_guess, upper })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "vendor,model,cooling,hashrate_TH,power_W,J_per_TH,release,source,uncertain\n";

    /// 20, 40, 80 and 10 J/TH, released in 2020, 2019, 2016 and 2022, and one without a date.
    fn four() -> Catalogue {
        let rows = "A,a,air,100,2000,20,2020-07,s,\nA,b,air,100,4000,40,2019-07,s,\n\
                    A,c,air,100,8000,80,2016-07,s,\nA,d,air,100,1000,10,2022-07,s,\nA,e,air,100,500,5,,s,\n";
        Catalogue::from_csv(&format!("{HEAD}{rows}")).unwrap()
    }

    fn at(usd_per_ph_day: f64) -> NetworkAt {
        NetworkAt {
            day: jiff::civil::date(2021, 7, 1),
            hashrate: Hashrate::from_eh_s(100.0),
            hashprice: Hashprice::from_usd_per_ph_day(usd_per_ph_day),
        }
    }

    fn assumed(usd_per_mwh: f64, retired: f64) -> PowerAssumptions {
        PowerAssumptions {
            tariff: EnergyPrice::from_usd_per_mwh(usd_per_mwh),
            pue: Pue::new(1.25).unwrap(),
            retired_per_year: Fraction::new(retired).unwrap(),
            ..PowerAssumptions::default()
        }
    }

    fn near(found: f64, wanted: f64) {
        assert!((found / wanted - 1.0).abs() < 1e-12, "{found} for {wanted}");
    }

    #[test]
    fn bounds_and_best_guess_match_hand_calculation() {
        // 1 PH/s at 1 J/TH takes 1 kW and 0.024 MWh a day: at 40 USD/MWh and PUE 1.25, 1.2 USD a day for each
        // J/TH. 60 USD/PH/day cover up to 50 J/TH: a and b run, c is too inefficient and d is not yet released.
        let catalogue = four();
        let found = network_power(&at(60.0), &assumed(40.0, 0.0), &catalogue).unwrap();
        near(found.threshold.unwrap().as_j_per_th(), 50.0);
        assert_eq!((found.profitable, found.deployed), (2, 3));
        assert_eq!((&*found.most_efficient.model, &*found.least_efficient.model), ("a", "b"));
        // 100 EH/s at 20 J/TH are 2 GW, at the meter 2.5.
        near(found.lower.power.as_mw(), 2_500.0);
        near(found.best_guess.power.as_mw(), 3_750.0);
        near(found.upper.power.as_mw(), 5_000.0);
        near(found.upper.energy_per_year().as_twh(), 5.0 * 8.76);
        // After one and two years a half and a quarter remain: (20 + 40/2) / 1.5 with ages of 1 and 2 years,
        // that is 365 and 731 days.
        let found = network_power(&at(60.0), &assumed(40.0, 0.5), &catalogue).unwrap();
        let (of_a, of_b) = (0.5, 0.5f64.powf(731.0 / 365.0));
        let mean = (20.0 * of_a + 40.0 * of_b) / (of_a + of_b);
        near(found.best_guess.efficiency.as_j_per_th(), mean);
        assert_eq!((found.lower.efficiency.as_j_per_th(), found.profitable), (20.0, 2));
    }

    #[test]
    fn machine_counts_from_deployment_and_at_break_even() {
        let catalogue = four();
        let on = |day: &str| {
            let at = NetworkAt { day: day.parse().unwrap(), ..at(60.0) };
            network_power(&at, &assumed(40.0, 0.0), &catalogue).map(|found| found.deployed)
        };
        // 60 days after 1 July are 30 August.
        assert_eq!((on("2022-08-29").unwrap(), on("2022-08-30").unwrap()), (3, 4));
        assert!(on("2016-08-29").unwrap_err().to_string().contains("give a later date"));
        // 40 J/TH cost 48 USD/PH/day.
        let pays = |usd: f64| network_power(&at(usd), &assumed(40.0, 0.0), &catalogue).unwrap();
        assert_eq!((pays(48.0 + 1e-9).profitable, pays(48.0 - 1e-9).profitable), (2, 1));
    }

    #[test]
    fn free_energy_runs_all_machines_and_expensive_energy_none() {
        let catalogue = four();
        let free = network_power(&at(60.0), &assumed(0.0, 0.15), &catalogue).unwrap();
        assert_eq!((free.threshold, free.profitable), (None, 3));
        near(free.upper.efficiency.as_j_per_th(), 80.0);
        let message = network_power(&at(60.0), &assumed(500.0, 0.15), &catalogue).unwrap_err();
        assert!(message.to_string().contains("give a lower tariff"), "{message}");
        // All retired at once: the newest remains.
        let gone = network_power(&at(60.0), &assumed(40.0, 1.0), &catalogue).unwrap();
        near(gone.best_guess.efficiency.as_j_per_th(), 20.0);
    }

    #[test]
    fn invalid_network_or_assumption_is_refused_with_its_key() {
        let catalogue = four();
        let message = |at: NetworkAt, assumptions: PowerAssumptions| {
            network_power(&at, &assumptions, &catalogue).unwrap_err().to_string()
        };
        let base = assumed(40.0, 0.15);
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(message(at(bad), base).starts_with("hashprice"), "{bad}");
        }
        let none = NetworkAt { hashrate: Hashrate::ZERO, ..at(60.0) };
        assert!(message(none, base).starts_with("network_hashrate"));
        for bad in [-1.0, 1e9, f64::NAN] {
            assert!(message(at(60.0), assumed(bad, 0.15)).starts_with("tariff"), "{bad}");
        }
        let late = PowerAssumptions { deployment: Seconds::from_days(-1.0), ..base };
        assert!(message(at(60.0), late).starts_with("deployment_days"));
    }

    #[test]
    fn mean_power_is_weighted_by_time() {
        let catalogue = four();
        let low = network_power(&at(60.0), &assumed(40.0, 0.0), &catalogue).unwrap();
        let high = network_power(&at(600.0), &assumed(40.0, 0.0), &catalogue).unwrap();
        let days = Seconds::from_days;
        let mean = MeanPower::over([(days(30.0), &low), (days(10.0), &high)]).unwrap();
        // 5 GW for 30 days and 10 for 10.
        near(mean.upper.as_mw(), 6_250.0);
        near(mean.lower.as_mw(), 2_500.0);
        assert_eq!(mean.time, days(40.0));
        assert_eq!(MeanPower::over([]), None);
    }
}
