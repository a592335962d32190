//! A scenario at one moment: its case.

use super::read::{Read, Reader, wrong};
use super::{Scenario, ScenarioError};
use crate::pow::Difficulty;
use crate::uncertainty::{Efficiency, Estimate, Provenance};
use crate::units::{
    Btc, CarbonIntensity, Fraction, Hashrate, Joules, Seconds, UsdPerBtc, UsdRate, Watts,
};
use crate::{
    Case, Currency, Fleet, Heat, Hours, LocalPrice, Lot, Pue, ReferenceCost, Site, SitePlan, Tariff,
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
        let sites = self.sites(&reader, &case)?;
        if let [one] = &self.site[..] {
            case.tariff = self.site_tariff(&reader, &case, Some((0, one)))?;
        }
        case.notes = left_out(&sites);
        if let ([one], Some(tariff)) = (&sites[..], &case.tariff) {
            case.tariff = Some(in_hours(tariff, &one.hours)?);
        }
        if self.site.is_empty() && self.fleet.is_empty() {
            case.site.uptime = running_part(&sites[0])?;
        } else {
            let budget = self.budget(&reader, &case)?;
            sum_up(&mut case, &sites, budget)?;
        }
        self.factors(&case.network)?;
        Ok(case)
    }

    /// All power, where it is given and not the sum of what lots take.
    fn budget(&self, reader: &Reader, flat: &Case) -> Read<Option<Estimate<Watts>>> {
        if self.site.is_empty() {
            return Ok(self.power_mw.is_some().then(|| flat.allocation.power.clone()));
        }
        let each =
            self.site.iter().enumerate().map(|(index, site)| {
                reader.power(&format!("site[{index}].power_mw"), &site.power_mw)
            });
        let each = each.collect::<Read<Vec<_>>>()?;
        Ok(Some(match &each[..] {
            [one] => one.clone(),
            _ => {
                let model = "sum of the sites' power".to_owned();
                let all = each.iter().map(Estimate::value).sum();
                Estimate::new(all, Provenance::Modelled { model })
            }
        }))
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
        if self.mining_share.is_some() && !self.site.is_empty() {
            let reason = "stands beside sites, all of whose power mines; give them less";
            return Err(wrong("mining_share", reason));
        }
        if self.site.is_empty() && self.fleet.is_empty() {
            return Err(wrong("power_mw", "is missing; give the power at the site's meter in MW"));
        }
        // Summed up once the sites are known.
        Ok(Estimate::user_reported(Watts::ZERO, (reader.source)("site")))
    }
}

/// Sites and their lots as one, at the time of the most power.
fn sum_up(case: &mut Case, sites: &[SitePlan], budget: Option<Estimate<Watts>>) -> Read<()> {
    let lots = || sites.iter().flat_map(|site| &site.lots);
    let (at, all) = Lot::peak(lots());
    if all <= Watts::ZERO {
        return Err(wrong("fleet", "takes no power; give power_mw or count above 0"));
    }
    let there: Vec<&Lot> = lots().filter(|lot| lot.part_at(at) > 0.0).collect();
    let names: Vec<&str> = there.iter().map(|lot| lot.name.as_str()).collect();
    let names = names.join(", ");
    let modelled = |what: &str| Provenance::Modelled { model: format!("{what} of {names}") };
    if at > Seconds::ZERO || there.len() < lots().count() {
        let years = at.as_years();
        let note = format!("of the time of the most power, year {years:.1}, when {names} run");
        case.notes.push(note);
    }

    let (mut machines, mut own) = (Watts::ZERO, Hashrate::ZERO);
    let (mut running, mut cost, mut priced) = (Watts::ZERO, UsdRate::ZERO, true);
    for site in sites {
        let pue = site.site.pue.value().value();
        for lot in &site.lots {
            let power = lot.power.value() * lot.part_at(at);
            machines = machines + power / pue;
            own = own + power / pue / lot.efficiency().value();
            running = running + power * site.running();
            match &site.energy_price {
                Some(price) => {
                    let price = price.value() * site.hours.price_ratio();
                    cost = cost + price * (power * site.running());
                }
                None => priced = false,
            }
        }
    }
    match budget {
        Some(budget) => {
            let share = (all / budget.value()).min(1.0);
            if (share / case.allocation.mining_share.value().value() - 1.0).abs() > 1e-9 {
                let share = Fraction::new(share).map_err(|e| wrong("fleet", e))?;
                let what = modelled("the part of the budget");
                case.allocation.mining_share = Estimate::new(share, what);
            }
            case.allocation.power = budget;
        }
        None => {
            let power = match there[..] {
                [one] => one.power.provenance().clone(),
                _ => modelled("sum"),
            };
            case.allocation.power = Estimate::new(all, power);
            case.allocation.mining_share = Estimate::new(Fraction::ONE, modelled("the lots"));
        }
    }
    if there.iter().all(|lot| lot.fleet == there[0].fleet) {
        case.fleet = there[0].fleet.clone();
    } else {
        let efficiency = Efficiency::new(Estimate::new(machines / own, modelled("mean")));
        case.fleet = Fleet::of_efficiency(efficiency.map_err(|e| wrong("fleet", e))?);
        for warning in there.iter().flat_map(|lot| lot.fleet.warnings()) {
            if !case.notes.contains(&warning) {
                case.notes.push(warning);
            }
        }
    }
    if let [one] = sites {
        case.site = Site { uptime: running_part(one)?, ..one.site.clone() };
        return Ok(());
    }
    let pue = Pue::new((all / machines).max(1.0)).map_err(|e| wrong("site", e))?;
    case.site.pue = Estimate::new(pue, modelled("mean overhead"));
    let uptime = Fraction::new((running / all).min(1.0)).map_err(|e| wrong("site", e))?;
    case.site.uptime = Estimate::new(uptime, modelled("mean uptime"));
    if !priced {
        case.tariff = None;
    } else if running > Watts::ZERO {
        let usd = (cost / running).as_usd_per_kwh();
        let price = LocalPrice::from_per_kwh(usd, Currency::USD);
        case.tariff = Some(Tariff {
            price: Estimate::new(price.map_err(|e| wrong("tariff", e))?, modelled("mean tariff")),
            exchange_rate: case.tariff.take().and_then(|tariff| tariff.exchange_rate),
        });
    }
    Ok(())
}

/// A site's uptime in the hours that have energy.
fn running_part(site: &SitePlan) -> Read<Estimate<Fraction>> {
    let (available, uptime) = (site.hours.available(), &site.site.uptime);
    if available >= 1.0 {
        return Ok(uptime.clone());
    }
    let part = Fraction::new(site.running()).map_err(|e| wrong("hours", e))?;
    let (value, origin) = (uptime.value().value(), uptime.provenance());
    let hours = available * 100.0;
    let model = format!("uptime {value} ({origin}) in the {hours:.1} % of hours with energy");
    Ok(Estimate::new(part, Provenance::Modelled { model }))
}

/// The tariff of the hours that have energy, where these have other prices than the mean.
fn in_hours(tariff: &Tariff, hours: &Hours) -> Read<Tariff> {
    let ratio = hours.price_ratio();
    if (ratio - 1.0).abs() < 1e-9 {
        return Ok(tariff.clone());
    }
    let (mean, origin) = (tariff.price.value(), tariff.price.provenance());
    let price = LocalPrice::from_per_kwh(mean.as_per_kwh() * ratio, mean.currency());
    let model = format!("{mean} ({origin}), times {ratio:.3} in the hours with energy");
    let price = price.map_err(|e| wrong("tariff", e))?;
    Ok(Tariff { price: Estimate::new(price, Provenance::Modelled { model }), ..tariff.clone() })
}

/// What one moment leaves out of these sites.
fn left_out(sites: &[SitePlan]) -> Vec<String> {
    let mut notes = Vec::new();
    if sites.iter().any(|site| site.heat != Heat::default()) {
        notes.push("one moment has no seasons: heat counts in `hashwatt project`".to_owned());
    }
    if sites.iter().any(|site| site.hours.price_cutoff) {
        let note =
            "hours that would not pay are counted as running; `hashwatt project` leaves them out";
        notes.push(note.to_owned());
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(text: &str) -> Read<Case> {
        Scenario::from_toml(text).unwrap().case(str::to_owned)
    }

    const NIGHTS: &str =
        "available = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25]\n";

    #[test]
    fn hours_without_energy_are_not_sold_at_one_moment_either() {
        let flat = case(&format!("power_mw = 10\nuptime = 0.8\n[hours]\n{NIGHTS}")).unwrap();
        assert!((flat.site.uptime.value().value() - 0.3).abs() < 1e-12);
        let origin = flat.site.uptime.provenance().to_string();
        assert!(origin.contains("37.5 % of hours"), "{origin}");
        let site = format!(
            "uptime = 0.8\n[[site]]\nname = \"a\"\npower_mw = 10\n[site.hours]\n{NIGHTS}\
             [[site]]\nname = \"b\"\npower_mw = 30\n"
        );
        let [a, both] = [&site[..site.rfind("[[site]]").unwrap()], &site].map(|t| case(t).unwrap());
        assert!((a.site.uptime.value().value() - 0.3).abs() < 1e-12);
        assert!((both.site.uptime.value().value() - (0.3 + 3.0 * 0.8) / 4.0).abs() < 1e-12);
    }

    #[test]
    fn what_lots_leave_of_the_budget_does_not_mine() {
        let text = "power_mw = 100\n[[fleet]]\nj_per_th = 20\npower_mw = 40\n";
        let part = case(text).unwrap();
        assert_eq!(part.allocation.power.value().as_mw(), 100.0);
        assert!((part.allocation.mining_power().as_mw() - 40.0).abs() < 1e-9);
        let site = "[[site]]\nname = \"a\"\npower_mw = 100\ntariff = \"5 PKR/kWh\"\nfx = \"280 PKR/USD\"\n";
        let part = case(&format!("{site}[[fleet]]\nj_per_th = 20\npower_mw = 40\n")).unwrap();
        assert!((part.allocation.mining_power().as_mw() - 40.0).abs() < 1e-9);
        let tariff = part.tariff.unwrap();
        assert_eq!(tariff.price.value().to_string(), "5 PKR/kWh");
        let error = case(&format!("mining_share = 0.5\n{site}")).unwrap_err().to_string();
        assert!(error.starts_with("mining_share: stands beside sites"), "{error}");
    }

    #[test]
    fn lots_that_follow_each_other_are_not_summed() {
        let lot = |begins: &str, power: f64, j: f64| {
            format!(
                "[[fleet]]\nj_per_th = {j}\npower_mw = {power}\nlife_years = 2\nbegins = \"{begins}\"\n"
            )
        };
        let start = "power_mw = 50\n[project]\nstart = \"2026-01-01\"\n";
        let text =
            format!("{start}{}{}", lot("2026-01-01", 30.0, 30.0), lot("2028-06-01", 40.0, 15.0));
        let found = case(&text).unwrap();
        assert!((found.allocation.mining_power().as_mw() - 40.0).abs() < 1e-9);
        assert!((found.fleet.efficiency().value().as_j_per_th() - 15.0).abs() < 1e-12);
        assert!(found.notes[0].contains("year 2.4"), "{:?}", found.notes);
        let text =
            format!("{start}{}{}", lot("2026-01-01", 30.0, 30.0), lot("2026-06-01", 40.0, 15.0));
        let error = case(&text).unwrap_err().to_string();
        assert!(error.contains("70 MW at one time"), "{error}");
    }

    #[test]
    fn a_catalogues_doubt_goes_with_its_lot() {
        let doubted = crate::Catalogue::shipped().unwrap();
        let doubted = doubted.machines().iter().find(|m| m.uncertain.is_some()).unwrap().name();
        let text = format!(
            "[[fleet]]\nmachine = \"{doubted}\"\ncount = 10\n[[fleet]]\nj_per_th = 20\npower_mw = 1\n"
        );
        let warnings = case(&text).unwrap().snapshot().unwrap().warnings;
        assert!(warnings.iter().any(|w| w.contains("are uncertain")), "{warnings:?}");
        let alone = case(&format!("[[fleet]]\nmachine = \"{doubted}\"\ncount = 10\n")).unwrap();
        assert!((alone.snapshot().unwrap().machines.unwrap() - 10.0).abs() < 1e-9);
    }
}
