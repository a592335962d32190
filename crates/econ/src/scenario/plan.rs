//! A scenario over time: its project.

use super::lots::Place;
use super::read::{Read, Reader, heat, wrong};
use super::{Scenario, ScenarioError, SiteSection, Sourced};
use crate::pow::steady_block_interval;
use crate::uncertainty::{AsOf, Estimate};
use crate::units::{EnergyPrice, Seconds, SitePrice, Watts};
use crate::{Case, Currency, Project, Response, SitePlan, Tariff};
use jiff::civil::Date;

/// What is taken where a file says nothing.
mod assumed {
    pub(super) const YEARS: f64 = 4.0;
    pub(super) const DISCOUNT: f64 = 0.10;
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
        let factors = self.factors(&case.network)?;
        let mut project = Project {
            network: case.network.clone(),
            start,
            length: Seconds::from_years(years),
            sites,
            pool: case.pool.clone(),
            discount_per_year: self.discount(&reader)?,
            response: self.response_of(),
            displacement,
            price_drift_per_year,
            noise: market.noise.unwrap_or_default(),
            factors,
            inputs: Vec::new(),
            warnings: Vec::new(),
        };
        project.describe(self, &case)?;
        project.check().map_err(|e| wrong("project", e))?;
        Ok(project)
    }

    /// The sites of this scenario with their machines, costs and hours.
    ///
    /// # Errors
    /// The first key whose value cannot be used.
    pub fn sites_with_files(
        &self,
        source: impl Fn(&str) -> String,
        read: impl Fn(&str) -> Result<String, String>,
    ) -> Result<Vec<SitePlan>, ScenarioError> {
        let reader = Reader { source: &source, files: &read };
        self.sites(&reader, &self.flat_case(&reader)?)
    }

    /// What a dollar a year later is worth less: given, or 0.10.
    ///
    /// # Errors
    /// Where it is no finite number.
    pub fn discount_per_year(
        &self,
        source: impl Fn(&str) -> String,
    ) -> Result<Estimate<f64>, ScenarioError> {
        self.discount(&Reader { source: &source, files: &|_| Err(String::new()) })
    }

    fn discount(&self, reader: &Reader) -> Read<Estimate<f64>> {
        match self.project.as_ref().and_then(|project| project.discount_per_year.as_ref()) {
            Some(given) => reader.number("project.discount_per_year", given, |rate| rate),
            None => {
                let basis = "a dollar a year later is worth 10 % less";
                Ok(Estimate::assumed(assumed::DISCOUNT, basis))
            }
        }
    }

    /// The day that the network is of: given, or that of a network in the shipped one's place, or that of
    /// the height by the steady interval.
    pub(super) fn start(&self, case: &Case) -> Read<Date> {
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

    /// A site's own tariff, else that of the flat keys.
    pub(super) fn site_tariff(
        &self,
        reader: &Reader,
        flat: &Case,
        section: Option<(usize, &SiteSection)>,
    ) -> Read<Option<Tariff>> {
        let own = section.and_then(|(index, site)| Some((index, site, site.tariff.as_ref()?)));
        let Some((index, site, tariff)) = own else { return Ok(flat.tariff.clone()) };
        let keys = (format!("site[{index}].tariff"), format!("site[{index}].fx"));
        let fx = site.fx.as_ref().or(self.fx.as_ref());
        reader.tariff((&keys.0, &keys.1), tariff, fx).map(Some)
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
        let tariff = self.site_tariff(reader, flat, section)?;
        let currency = tariff.as_ref().map_or(Currency::USD, |t| t.price.value().currency());
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
                None => crate::Hours::default(),
            },
        };
        let heat = own.and_then(|own| own.heat.as_ref()).or(self.heat.as_ref());
        let name = own.map_or("the site", |own| &own.name).to_owned();
        let lots = self.lots(&Place { reader, flat, name: &name, site: &site, power })?;
        Ok(SitePlan {
            name,
            site,
            heat: heat.map(self::heat).unwrap_or_default(),
            hours,
            energy_price,
            currency,
            other_costs,
            infrastructure,
            lots,
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
}
