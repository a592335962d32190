//! A scenario at one moment: its case.

use super::read::{Read, Reader, wrong};
use super::{Scenario, ScenarioError};
use crate::econ::{Case, Fleet, LocalPrice, Pue, ReferenceCost, SitePlan, Tariff};
use crate::estimate::{Efficiency, Estimate, Provenance};
use crate::pow::Difficulty;
use crate::units::{
    Btc, CarbonIntensity, Fraction, Hashrate, Joules, Seconds, UsdPerBtc, UsdRate, Watts,
};

impl Scenario {
    /// The defaults with every value that was given put in their place, and `source` as the
    /// origin of each: it makes of a key what is to be read, such as the option's name.
    ///
    /// # Errors
    /// The first key whose value cannot be used; a file's name is one, since no file is read here.
    pub fn case(&self, source: impl Fn(&str) -> String) -> Result<Case, ScenarioError> {
        let nobody = "names a file, and nobody was asked to read it";
        self.case_with_files(source, |_| Err(nobody.to_owned()))
    }

    /// The same with somebody who reads the files that it names, or says why not. Of several sites and
    /// lots it is the sum at the time of the most power, at mean efficiency, overhead, uptime and tariff.
    ///
    /// # Errors
    /// The first key whose value cannot be used.
    pub fn case_with_files(
        &self,
        source: impl Fn(&str) -> String,
        read: impl Fn(&str) -> Result<String, String>,
    ) -> Result<Case, ScenarioError> {
        let reader = Reader { source: &source, files: &read };
        let mut case = self.flat_case(&reader)?;
        if !(self.site.is_empty() && self.fleet.is_empty()) {
            let sites = self.sites(&reader, &case)?;
            sum_up(&mut case, &sites)?;
        }
        Ok(case)
    }

    /// What the flat keys say.
    pub(super) fn flat_case(&self, reader: &Reader) -> Read<Case> {
        let exclusive = |a: bool, b: bool, key: &str, other: &str| match a && b {
            true => Err(wrong(key, format!("stands beside {other}; give one of the two"))),
            false => Ok(()),
        };
        let (network_eh, difficulty) = (&self.network_eh, &self.difficulty);
        exclusive(network_eh.is_some(), difficulty.is_some(), "network_eh", "difficulty")?;
        let own_tariffs = !self.site.is_empty();
        exclusive(self.fx.is_some(), self.tariff.is_none() && !own_tariffs, "fx", "no tariff")?;
        let without = self.references.is_some() && self.tariff.is_none();
        exclusive(without, true, "references", "no tariff")?;

        let power = self.power(reader)?;
        let mut case = Case::new(power.value());
        case.allocation.power = power;
        for (key, value, slot) in [
            ("mining_share", &self.mining_share, &mut case.allocation.mining_share),
            ("uptime", &self.uptime, &mut case.site.uptime),
            ("pool_fee", &self.pool_fee, &mut case.pool.fee),
            ("stale", &self.stale, &mut case.pool.stale),
            ("displacement", &self.displacement, &mut case.displacement),
        ] {
            if let Some(value) = value {
                *slot = reader.fraction(key, value)?;
            }
        }
        if let Some(pue) = &self.pue {
            case.site.pue = reader.pue("pue", pue)?;
        }
        let (machine, measured) = (self.machine.as_ref(), self.measured.as_ref());
        if let Some(fleet) = reader.fleet("", self.j_per_th.as_ref(), machine, measured)? {
            case.fleet = fleet;
        }

        if let Some(network) = &self.network {
            case.network.clone_from(network);
        }
        let network = &mut case.network;
        if let Some(given) = &self.price_usd {
            network.price = reader.number("price_usd", given, UsdPerBtc::from_usd_per_btc)?;
        }
        if let Some(given) = &self.fees_btc {
            network.fees_per_block = reader.number("fees_btc", given, Btc::from_btc)?;
        }
        if let Some(given) = &self.height {
            network.height = given.estimate(given.value, (reader.source)("height"));
        }
        if let Some(given) = &self.network_eh {
            network.hashrate = reader.number("network_eh", given, Hashrate::from_eh_s)?;
        }
        if let Some(given) = &self.difficulty {
            const MOST: f64 = 1e30;
            let difficulty = Some(given.value)
                .filter(|difficulty| *difficulty <= MOST)
                .and_then(|difficulty| Difficulty::new(difficulty).ok())
                .ok_or_else(|| {
                    let given = given.value;
                    wrong("difficulty", format!("is {given}; give one above 0, at most {MOST}"))
                })?;
            case.network = case.network.with_difficulty(difficulty, &(reader.source)("difficulty"));
        }
        if let Some(given) = &self.grid_g_per_kwh {
            case.emissions.average =
                reader.number("grid_g_per_kwh", given, CarbonIntensity::from_g_per_kwh)?;
        }
        if let Some(given) = &self.household_kwh_per_month {
            case.households.monthly_use =
                reader.number("household_kwh_per_month", given, Joules::from_kwh)?;
        }
        if let Some(tariff) = &self.tariff {
            case.tariff = Some(reader.tariff(("tariff", "fx"), tariff, self.fx.as_ref())?);
        }
        case.tariff_status = self.tariff_status;
        if let Some(region) = &self.references {
            case.references = ReferenceCost::shipped(region).map_err(|e| wrong("references", e))?;
        }
        Ok(case)
    }

    /// The whole budget: given, or the sum of what sites or lots take.
    fn power(&self, reader: &Reader) -> Read<Estimate<Watts>> {
        if let Some(power) = &self.power_mw {
            if !self.site.is_empty() {
                let reason = "stands beside sites, which give their own; give one of the two";
                return Err(wrong("power_mw", reason));
            }
            return reader.power("power_mw", power);
        }
        if self.site.is_empty() && self.fleet.is_empty() {
            return Err(wrong("power_mw", "is missing; give the power at the site's meter in MW"));
        }
        // Summed up once the sites are known.
        Ok(Estimate::user_reported(Watts::ZERO, (reader.source)("site")))
    }
}

/// Sites and their lots as one.
fn sum_up(case: &mut Case, sites: &[SitePlan]) -> Read<()> {
    let running = |at: Seconds, lot: &crate::econ::Lot| {
        let since = at - (lot.begins + lot.delivery);
        since >= Seconds::ZERO && since < lot.life
    };
    let power_at = |at: Seconds| {
        let lots = sites.iter().flat_map(|site| &site.lots).filter(|lot| running(at, lot));
        lots.map(|lot| lot.power.value()).sum::<Watts>()
    };
    let times = sites.iter().flat_map(|site| &site.lots).map(|lot| lot.begins + lot.delivery);
    let most =
        times.fold(Seconds::ZERO, |best, at| if power_at(at) > power_at(best) { at } else { best });
    let all = power_at(most);
    if all <= Watts::ZERO {
        return Err(wrong("fleet", "takes no power; give power_mw or count above 0"));
    }
    let mut machines = Watts::ZERO;
    let (mut mean, mut own, mut cost) = (Watts::ZERO, Hashrate::ZERO, UsdRate::ZERO);
    let mut priced = true;
    let (mut lots, mut there) = (Vec::new(), Vec::new());
    for site in sites {
        let (pue, uptime) = (site.site.pue.value().value(), site.site.uptime.value().value());
        for lot in site.lots.iter().filter(|lot| running(most, lot)) {
            let power = lot.power.value();
            machines = machines + power / pue;
            mean = mean + power * uptime;
            own = own + power / pue / lot.efficiency.value();
            match &site.energy_price {
                Some(price) => cost = cost + price.value() * (power * uptime),
                None => priced = false,
            }
            lots.push(lot.name.clone());
            there.push(lot);
        }
    }
    let modelled =
        |what: &str| Provenance::Modelled { model: format!("{what} of {}", lots.join(", ")) };
    let power = match there[..] {
        [one] => one.power.provenance().clone(),
        _ => modelled("sum"),
    };
    case.allocation.power = Estimate::new(all, power);
    case.allocation.mining_share = Estimate::new(Fraction::ONE, modelled("the lots"));
    let alike = |lot: &&crate::econ::Lot| lot.efficiency.value() == there[0].efficiency.value();
    if there.iter().all(alike) {
        case.fleet = Fleet::of_efficiency(there[0].efficiency.clone());
    } else {
        let efficiency = Efficiency::new(Estimate::new(machines / own, modelled("mean")));
        case.fleet = Fleet::of_efficiency(efficiency.map_err(|e| wrong("fleet", e))?);
    }
    if let [one] = sites {
        case.site = one.site.clone();
    } else {
        let pue = Pue::new((all / machines).max(1.0)).map_err(|e| wrong("site", e))?;
        case.site.pue = Estimate::new(pue, modelled("mean overhead"));
        let uptime = Fraction::new((mean / all).min(1.0)).map_err(|e| wrong("site", e))?;
        case.site.uptime = Estimate::new(uptime, modelled("mean uptime"));
        if !priced {
            case.tariff = None;
        } else if mean > Watts::ZERO {
            let usd = (cost / mean).as_usd_per_kwh();
            let price = LocalPrice::from_per_kwh(usd, crate::econ::Currency::USD);
            let price = price.map_err(|e| wrong("tariff", e))?;
            case.tariff = Some(Tariff {
                price: Estimate::new(price, modelled("mean tariff")),
                exchange_rate: case.tariff.take().and_then(|tariff| tariff.exchange_rate),
            });
        }
    }
    Ok(())
}
