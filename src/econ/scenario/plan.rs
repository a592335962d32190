//! A scenario over time: its project.

use super::read::{Read, Reader, heat, wrong};
use super::{FleetSection, Scenario, ScenarioError, SiteSection, Sourced};
use crate::econ::price_list::PriceList;
use crate::econ::{Case, Factor, FactorKind, Fleet, Lot, Project, Response, Site, SitePlan};
use crate::estimate::{AsOf, Estimate};
use crate::pow::steady_block_interval;
use crate::units::{EnergyPrice, Fraction, MachinePrice, Seconds, SitePrice, Watts};
use jiff::civil::Date;

/// What is taken where a file says nothing.
mod assumed {
    pub(super) const YEARS: f64 = 4.0;
    pub(super) const DISCOUNT: f64 = 0.10;
    pub(super) const LIFE_YEARS: f64 = 5.0;
    pub(super) const TOLERANCE: f64 = 0.05;
}

/// No scenario has more sites, and none more lots: each is held against all others.
const MOST_SECTIONS: usize = 500;

impl Scenario {
    /// The project of this scenario: sites, lots, network, market, and what is not known exactly.
    ///
    /// # Errors
    /// The first key whose value cannot be used.
    pub fn project_with_files(
        &self,
        source: impl Fn(&str) -> String,
        read: impl Fn(&str) -> Result<String, String>,
    ) -> Result<Project, ScenarioError> {
        let case = self.case_with_files(&source, &read)?;
        let reader = Reader { source: &source, files: &read };
        let sites = self.sites(&reader, &self.flat_case(&reader)?)?;
        let section = self.project.clone().unwrap_or_default();
        let start = self.start(&case)?;
        let years = section.years.unwrap_or(assumed::YEARS);
        let discount_per_year = match &section.discount_per_year {
            Some(given) => reader.number("project.discount_per_year", given, |rate| rate)?,
            None => {
                Estimate::assumed(assumed::DISCOUNT, "a dollar a year later is worth 10 % less")
            }
        };
        let market = self.market.clone().unwrap_or_default();
        let price_drift_per_year = match &market.price_drift_per_year {
            Some(given) => reader.number("market.price_drift_per_year", given, |drift| drift)?,
            None => {
                Estimate::assumed(0.0, "nobody knows: the price is as likely to fall as to rise")
            }
        };
        let displacement = match &self.displacement {
            Some(given) => Some(reader.fraction("displacement", given)?),
            None => None,
        };
        let mut project = Project {
            network: case.network.clone(),
            start,
            length: Seconds::from_years(years),
            sites,
            pool: case.pool.clone(),
            discount_per_year,
            response: self.response_of(),
            displacement,
            price_drift_per_year,
            noise: market.noise.unwrap_or_default(),
            factors: Vec::new(),
            inputs: Vec::new(),
            warnings: Vec::new(),
        };
        project.factors = self.factors(&project)?;
        project.describe(&case);
        project.check().map_err(|e| wrong("project", e))?;
        Ok(project)
    }

    /// The day that the network is of: given, or that of a network in the shipped one's place, or that of
    /// the height by the steady interval.
    fn start(&self, case: &Case) -> Read<Date> {
        let section = self.project.as_ref().and_then(|project| project.start.as_ref());
        if let Some(text) = section {
            return text.parse().map_err(|_| {
                wrong("project.start", format!("`{text}` is no day; give YYYY-MM-DD"))
            });
        }
        let network = self.network.as_ref().filter(|_| self.height.is_none());
        if let Some(AsOf::Day(day)) = network.and_then(|n| n.height.provenance().as_of()) {
            return Ok(day);
        }
        // Epoch 479 began on 2026-09-11 at height 965,664.
        let blocks = f64::from(case.network.height.value()) - 965_664.0;
        let days = (steady_block_interval() * blocks).as_days().round();
        let span = jiff::Span::new().try_days(days as i64);
        let known = jiff::civil::date(2026, 9, 11);
        span.and_then(|span| known.checked_add(span)).map_err(|_| {
            wrong("project.start", "is missing, and the height's day is out of the calendar")
        })
    }

    /// The sites with their lots; without sections one site as the flat keys say.
    pub(super) fn sites(&self, reader: &Reader, flat: &Case) -> Read<Vec<SitePlan>> {
        for (key, count) in [("site", self.site.len()), ("fleet", self.fleet.len())] {
            if count > MOST_SECTIONS {
                let reason =
                    format!("stands {count} times; give at most {MOST_SECTIONS}, like ones as one");
                return Err(wrong(key, reason));
            }
        }
        if self.site.is_empty() {
            let given = self.power_mw.is_some();
            let power = given.then(|| flat.allocation.mining_power());
            return Ok(vec![self.plan(reader, flat, None, power)?]);
        }
        let mut sites: Vec<SitePlan> = Vec::new();
        for (index, section) in self.site.iter().enumerate() {
            let key = format!("site[{index}].power_mw");
            let power = reader.power(&key, &section.power_mw)?.value();
            if sites.iter().any(|site| site.name == section.name) {
                return Err(wrong(&format!("site[{index}].name"), "stands there twice"));
            }
            sites.push(self.plan(reader, flat, Some((index, section)), Some(power))?);
        }
        for (index, lot) in self.fleet.iter().enumerate() {
            let known = |name: &String| sites.iter().any(|site| site.name == *name);
            match &lot.site {
                Some(name) if known(name) => {}
                Some(name) => {
                    let reason = format!("there is no site `{name}`");
                    return Err(wrong(&format!("fleet[{index}].site"), reason));
                }
                None if sites.len() == 1 => {}
                None => {
                    let reason = "is missing; there are several sites";
                    return Err(wrong(&format!("fleet[{index}].site"), reason));
                }
            }
        }
        Ok(sites)
    }

    fn plan(
        &self,
        reader: &Reader,
        flat: &Case,
        section: Option<(usize, &SiteSection)>,
        power: Option<Watts>,
    ) -> Read<SitePlan> {
        let prefix = section.map_or(String::new(), |(index, _)| format!("site[{index}]."));
        let own = section.map(|(_, section)| section);
        let mut site = flat.site.clone();
        if let Some(pue) = own.and_then(|own| own.pue.as_ref()) {
            site.pue = reader.pue(&format!("{prefix}pue"), pue)?;
        }
        if let Some(uptime) = own.and_then(|own| own.uptime.as_ref()) {
            site.uptime = reader.fraction(&format!("{prefix}uptime"), uptime)?;
        }
        let tariff = match own.and_then(|own| own.tariff.as_ref()) {
            Some(tariff) => {
                let keys = (format!("{prefix}tariff"), format!("{prefix}fx"));
                let fx = own.and_then(|own| own.fx.as_ref()).or(self.fx.as_ref());
                Some(reader.tariff((&keys.0, &keys.1), tariff, fx)?)
            }
            None => flat.tariff.clone(),
        };
        let energy_price = match &tariff {
            None => None,
            Some(tariff) => {
                let usd = tariff.usd().map_err(|e| wrong("fx", e))?;
                Some(Estimate::new(usd, tariff.price.provenance().clone()))
            }
        };
        let pick = |of: fn(&SiteSection) -> &Option<Sourced<f64>>,
                    flat: &Option<Sourced<f64>>,
                    name: &str| {
            match own.and_then(|own| of(own).clone()) {
                Some(given) => Some((format!("{prefix}{name}"), given)),
                None => flat.clone().map(|given| (name.to_owned(), given)),
            }
        };
        let other = "other_costs_usd_per_mwh";
        let other_costs =
            match pick(|s| &s.other_costs_usd_per_mwh, &self.other_costs_usd_per_mwh, other) {
                Some((key, given)) => reader.number(&key, &given, EnergyPrice::from_usd_per_mwh)?,
                None => Estimate::assumed(EnergyPrice::ZERO, "no cash cost beside energy"),
            };
        let build = "infrastructure_usd_per_mw";
        let infrastructure =
            match pick(|s| &s.infrastructure_usd_per_mw, &self.infrastructure_usd_per_mw, build) {
                Some((key, given)) => {
                    Some(reader.number(&key, &given, SitePrice::from_usd_per_mw)?)
                }
                None => None,
            };
        let hours = match own.and_then(|own| own.hours.as_ref()) {
            Some(hours) => reader.hours(&prefix, hours)?,
            None => match &self.hours {
                Some(hours) => reader.hours("", hours)?,
                None => crate::econ::Hours::default(),
            },
        };
        let heat = own.and_then(|own| own.heat.as_ref()).or(self.heat.as_ref());
        let name = own.map_or("the site", |own| &own.name).to_owned();
        let lots = self.lots(reader, flat, &name, &site, power)?;
        Ok(SitePlan {
            name,
            site,
            heat: heat.map(self::heat).unwrap_or_default(),
            hours,
            energy_price,
            other_costs,
            infrastructure,
            lots,
        })
    }

    /// The lots that stand at a site of so much power.
    fn lots(
        &self,
        reader: &Reader,
        flat: &Case,
        site: &str,
        about: &Site,
        power: Option<Watts>,
    ) -> Read<Vec<Lot>> {
        let here =
            |lot: &&(usize, &FleetSection)| lot.1.site.as_deref().is_none_or(|of| of == site);
        let sections: Vec<_> = self.fleet.iter().enumerate().filter(|lot| here(&lot)).collect();
        if sections.is_empty() {
            let whole = power.unwrap_or(Watts::ZERO);
            let section = FleetSection::default();
            return Ok(vec![self.lot(
                reader,
                flat,
                "",
                &section,
                &flat.fleet,
                about,
                Some(whole),
            )?]);
        }
        let mut lots = Vec::new();
        for (index, section) in sections {
            let prefix = format!("fleet[{index}].");
            let (machine, measured) = (section.machine.as_ref(), section.measured.as_ref());
            let fleet = reader.fleet(&prefix, section.j_per_th.as_ref(), machine, measured)?;
            let fleet = fleet.unwrap_or_else(|| flat.fleet.clone());
            lots.push(self.lot(reader, flat, &prefix, section, &fleet, about, power)?);
        }
        if let Some(power) = power {
            let at = |now: Seconds| {
                let there = |lot: &&Lot| now >= lot.begins && now < lot.begins + lot.life;
                lots.iter().filter(there).map(|lot| lot.power.value()).sum::<Watts>()
            };
            let most = lots.iter().map(|lot| at(lot.begins).as_mw()).fold(0.0, f64::max);
            if most > power.as_mw() * 1.000_001 {
                let mw = power.as_mw();
                let reason = format!("lots take {most} MW at one time, and {site} has {mw} MW");
                return Err(wrong("fleet", reason));
            }
        }
        Ok(lots)
    }

    #[expect(clippy::too_many_arguments, reason = "a lot is made of all of it, once")]
    fn lot(
        &self,
        reader: &Reader,
        flat: &Case,
        prefix: &str,
        section: &FleetSection,
        fleet: &Fleet,
        site: &Site,
        whole: Option<Watts>,
    ) -> Read<Lot> {
        let key = |name: &str| format!("{prefix}{name}");
        let pue = site.pue.value().value();
        let power = match (&section.power_mw, section.count, whole) {
            (Some(_), Some(_), _) => {
                return Err(wrong(&key("power_mw"), "stands beside count; give one of the two"));
            }
            (Some(given), None, _) => reader.power(&key("power_mw"), given)?,
            (None, Some(count), _) => {
                let machine = fleet.machine().ok_or_else(|| {
                    wrong(&key("count"), "needs a machine of the catalogue; give power_mw")
                })?;
                if !(count >= 0.0 && count.is_finite()) {
                    return Err(wrong(&key("count"), format!("is {count}; give at least 0")));
                }
                Estimate::user_reported(
                    machine.power * (count * pue),
                    (reader.source)(&key("count")),
                )
            }
            (None, None, Some(whole)) => {
                Estimate::new(whole, flat.allocation.power.provenance().clone())
            }
            (None, None, None) => {
                let reason = "is missing; give power_mw or count, or the site's power";
                return Err(wrong(&key("power_mw"), reason));
            }
        };
        let fraction = |name: &str, value: Option<f64>| match value {
            Some(value) => Fraction::new(value).map_err(|e| wrong(&key(name), e)),
            None => Ok(Fraction::ZERO),
        };
        let machine_price = match (&section.usd_per_th, section.price_from_list) {
            (Some(_), Some(true)) => {
                let reason = "stands beside price_from_list; give one of the two";
                return Err(wrong(&key("usd_per_th"), reason));
            }
            (Some(given), _) => {
                Some(reader.number(&key("usd_per_th"), given, MachinePrice::from_usd_per_th_s)?)
            }
            (None, Some(true)) => {
                let price =
                    PriceList::shipped().and_then(|list| list.of(fleet.efficiency().value()));
                Some(price.map_err(|e| wrong(&key("price_from_list"), e))?)
            }
            (None, _) => None,
        };
        let begins = match &section.begins {
            None => Seconds::ZERO,
            Some(text) => {
                let day: Date = text.parse().map_err(|_| {
                    wrong(&key("begins"), format!("`{text}` is no day; give YYYY-MM-DD"))
                })?;
                let start = self.start(flat)?;
                let days = f64::from(start.until(day).map_or(0, |span| span.get_days()));
                if days < 0.0 {
                    let reason = format!("{text} is before the project's start, {start}");
                    return Err(wrong(&key("begins"), reason));
                }
                Seconds::from_days(days)
            }
        };
        let machine = fleet.machine().map(crate::econ::Machine::name);
        let name = section
            .name
            .clone()
            .or(machine)
            .unwrap_or_else(|| format!("{:.1} J/TH", fleet.efficiency().value().as_j_per_th()));
        Ok(Lot {
            name,
            efficiency: fleet.efficiency().clone(),
            power,
            begins,
            delivery: Seconds::from_years(section.delivery_months.unwrap_or(0.0) / 12.0),
            life: Seconds::from_years(section.life_years.unwrap_or(assumed::LIFE_YEARS)),
            failure_per_year: fraction("failure_per_year", section.failure_per_year)?,
            drift_per_year: fraction("drift_per_year", section.drift_per_year)?,
            machine_price,
            duty: fraction("duty", section.duty)?,
            resale: fraction("resale", section.resale)?,
            status: section.status.unwrap_or_default(),
        })
    }

    fn response_of(&self) -> Response {
        let base = Response::default();
        let Some(given) = &self.response else { return base };
        let number =
            |given: &Option<Sourced<f64>>, base: f64| given.as_ref().map_or(base, |g| g.value);
        Response {
            leaving: given.leaving_days.map_or(base.leaving, Seconds::from_days),
            joining: given.joining_days.map_or(base.joining, Seconds::from_days),
            entry_ratio: number(&given.entry_ratio, base.entry_ratio),
            growth_per_year: number(&given.growth_per_year, base.growth_per_year),
            most_growth_per_year: given.most_growth_per_year.unwrap_or(base.most_growth_per_year),
            cost_decline_per_year: number(&given.cost_decline_per_year, base.cost_decline_per_year),
        }
    }

    /// Every input with a range; machines' tolerance and the network's own uncertainty without one.
    fn factors(&self, project: &Project) -> Read<Vec<Factor>> {
        let mut factors = Vec::new();
        let mut add = |kind: FactorKind, low: f64, base: f64, high: f64| {
            if low < high {
                factors.push(Factor { kind, low, base, high });
            }
        };
        let ratio = |given: Option<&Sourced<f64>>| {
            let given = given?;
            let (low, high) = given.range()?;
            (given.value != 0.0).then(|| (low / given.value, high / given.value))
        };
        let section = self.project.clone().unwrap_or_default();
        let tolerance = section.machine_tolerance.as_ref().map_or(assumed::TOLERANCE, |t| t.value);
        if !(0.0..0.9).contains(&tolerance) {
            let reason = format!("is {tolerance}; give a part of 0 to 0.9");
            return Err(wrong("project.machine_tolerance", reason));
        }
        let lot = |of: fn(&FleetSection) -> Option<&Sourced<f64>>| {
            self.fleet.iter().filter_map(of).find_map(|given| ratio(Some(given)))
        };
        let site = |of: fn(&SiteSection) -> Option<&Sourced<f64>>| {
            self.site.iter().filter_map(of).find_map(|given| ratio(Some(given)))
        };
        let (low, high) = ratio(self.j_per_th.as_ref())
            .or_else(|| lot(|lot| lot.j_per_th.as_ref()))
            .unwrap_or((1.0 - tolerance, 1.0 + tolerance));
        add(FactorKind::Efficiency, low, 1.0, high);
        let tariffs = self.site.iter().filter_map(|site| site.tariff.as_ref());
        let tariff = self.tariff.iter().chain(tariffs).find_map(|tariff| {
            let (low, high) = tariff.range()?;
            let number = |text: &str| text.split_whitespace().next()?.parse::<f64>().ok();
            let (low, value, high) = (number(low)?, number(&tariff.value)?, number(high)?);
            (value != 0.0).then(|| (low / value, high / value))
        });
        for (kind, range) in [
            (
                FactorKind::Uptime,
                ratio(self.uptime.as_ref()).or_else(|| site(|s| s.uptime.as_ref())),
            ),
            (FactorKind::Pue, ratio(self.pue.as_ref()).or_else(|| site(|s| s.pue.as_ref()))),
            (FactorKind::Tariff, tariff),
            (
                FactorKind::OtherCosts,
                ratio(self.other_costs_usd_per_mwh.as_ref())
                    .or_else(|| site(|s| s.other_costs_usd_per_mwh.as_ref())),
            ),
            (
                FactorKind::Infrastructure,
                ratio(self.infrastructure_usd_per_mw.as_ref())
                    .or_else(|| site(|s| s.infrastructure_usd_per_mw.as_ref())),
            ),
            (FactorKind::MachinePrice, lot(|lot| lot.usd_per_th.as_ref())),
            (FactorKind::Price, ratio(self.price_usd.as_ref())),
            (FactorKind::Fees, ratio(self.fees_btc.as_ref())),
        ] {
            if let Some((low, high)) = range {
                add(kind, low, 1.0, high);
            }
        }
        let network = project.network.hashrate.relative_uncertainty();
        let network =
            ratio(self.network_eh.as_ref()).or(network.map(|u| (1.0 - 1.645 * u, 1.0 + 1.645 * u)));
        if let Some((low, high)) = network {
            add(FactorKind::NetworkHashrate, low, 1.0, high);
        }
        let market = self.market.clone().unwrap_or_default();
        let response = self.response.clone().unwrap_or_default();
        for (kind, given) in [
            (FactorKind::PriceDrift, &market.price_drift_per_year),
            (FactorKind::EntryRatio, &response.entry_ratio),
            (FactorKind::NetworkGrowth, &response.growth_per_year),
            (FactorKind::CostDecline, &response.cost_decline_per_year),
            (FactorKind::Displacement, &self.displacement),
        ] {
            if let Some((given, (low, high))) = given.as_ref().and_then(|g| Some((g, g.range()?))) {
                add(kind, *low, given.value, *high);
            }
        }
        Ok(factors)
    }
}
