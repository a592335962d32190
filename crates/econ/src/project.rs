//! A project: machines at sites over years, in a network that answers.
//!
//! [`Project::simulate`] follows it by retarget epochs along many paths of the market;
//! [`Project::sensitivity`] says which input matters.

mod bands;
mod factor;
mod finance;
mod lot;
mod path;
mod plan;
mod result;
mod sensitivity;
mod simulate;
mod threshold;

pub use bands::{Band, EpochRow, Projection, Totals};
pub use factor::{Factor, FactorKind};
pub use lot::{Lot, LotStatus};
pub use path::EpochState;
pub use plan::Plan;
pub use result::EpochResult;
pub use sensitivity::{Sensitivity, SobolIndex, TornadoBar};
pub use simulate::{Settings, Watch};
pub use threshold::{Threshold, Thresholds};

use super::{Currency, EconError, Hours, Input, Network, Noise, Pool, Response, Site};
use crate::uncertainty::Estimate;
use crate::units::{EnergyPrice, Fraction, Hashrate, Seconds, SitePrice, Watts};
use jiff::civil::Date;

/// What heat does, by month from January on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heat {
    /// Hashrate over its rated one, at the same power.
    pub hashrate: [f64; 12],
    /// Power usage effectiveness over the site's.
    pub pue: [f64; 12],
}

impl Default for Heat {
    fn default() -> Self {
        Self { hashrate: [1.0; 12], pue: [1.0; 12] }
    }
}

/// A site with its machines, what they pay and when they run.
#[derive(Clone, Debug, PartialEq)]
pub struct SitePlan {
    /// What it is called.
    pub name: String,
    /// Overhead and uptime.
    pub site: Site,
    /// What heat does to both.
    pub heat: Heat,
    /// The hours in which there is energy, and what it costs in them.
    pub hours: Hours,
    /// What energy costs on average, in dollars; without it there is no cost and no profit.
    pub energy_price: Option<Estimate<EnergyPrice>>,
    /// The currency that it is paid in: what the exchange rate moves.
    pub currency: Currency,
    /// Cash costs beside energy, by energy.
    pub other_costs: Estimate<EnergyPrice>,
    /// The site without machines; without it there is no net present value.
    pub infrastructure: Option<Estimate<SitePrice>>,
    /// The machines.
    pub lots: Vec<Lot>,
}

/// Machines at sites over years, in a network that answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// The network where it begins; the height says when the halvings come.
    pub network: Network,
    /// The day of that.
    pub start: Date,
    /// How long it is followed.
    pub length: Seconds,
    /// The sites.
    pub sites: Vec<SitePlan>,
    /// Who pays for shares.
    pub pool: Pool,
    /// What a dollar a year later is worth less, real: 0.10.
    pub discount_per_year: Estimate<f64>,
    /// How the others answer.
    pub response: Response,
    /// The part of the project's hashrate that pushes others out, in place of what the answer makes of it.
    pub displacement: Option<Estimate<Fraction>>,
    /// Growth of the price a year, a logarithm; an input, zero unless somebody says otherwise.
    pub price_drift_per_year: Estimate<f64>,
    /// How the market departs from that.
    pub noise: Noise,
    /// The inputs that are not known exactly.
    pub factors: Vec<Factor>,
    /// Every input with its origin, for reports.
    pub inputs: Vec<Input>,
    /// What a reader must know, for reports.
    pub warnings: Vec<String>,
}

impl Project {
    /// The longest time that is followed, years.
    pub const LONGEST_YEARS: f64 = 50.0;

    /// # Errors
    /// [`EconError::OutOfRange`] with the field that can mean nothing.
    pub fn check(&self) -> Result<(), EconError> {
        let years = self.length.as_years();
        EconError::unless_within("years", years, 0.1..=Self::LONGEST_YEARS, "years of 0.1 to 50")?;
        self.network.check()?;
        let sites = self.sites.len() as f64;
        EconError::unless_within("site", sites, 1.0..=1000.0, "1 to 1000 sites")?;
        for site in &self.sites {
            site.check()?;
        }
        let discount = self.discount_per_year.value();
        EconError::unless_within(
            "discount_per_year",
            discount,
            -0.5..=10.0,
            "a rate of -0.5 to 10 a year",
        )?;
        let drift = self.price_drift_per_year.value();
        EconError::unless_within(
            "price_drift_per_year",
            drift,
            -3.0..=3.0,
            "a logarithm of -3 to 3 a year",
        )?;
        for factor in &self.factors {
            factor.check()?;
        }
        self.response.check()
    }

    /// What all lots hash once they all run, at the machines' rating.
    pub fn nameplate(&self) -> Hashrate {
        let of = |site: &SitePlan| {
            let pue = site.site.pue.value().value();
            let lot = |lot: &Lot| lot.power.value() / pue / lot.efficiency().value();
            site.lots.iter().map(lot).sum::<Hashrate>()
        };
        self.sites.iter().map(of).sum()
    }

    /// All lots' power at the sites' meters.
    pub fn power(&self) -> Watts {
        self.sites.iter().flat_map(|site| &site.lots).map(|lot| lot.power.value()).sum()
    }

    /// Why there is no net present value, where there is none.
    pub fn npv_missing(&self) -> Option<String> {
        SitePlan::prices_missing(&self.sites)
    }

    /// Why there is no profit, where there is none.
    pub fn profit_missing(&self) -> Option<String> {
        let site = self.sites.iter().find(|site| site.energy_price.is_none())?;
        Some(format!("not given: the tariff of {}", site.name))
    }
}

impl SitePlan {
    /// Which prices of these sites are not given, where any is not.
    pub fn prices_missing(sites: &[Self]) -> Option<String> {
        let mut missing = Vec::new();
        for site in sites {
            if site.energy_price.is_none() {
                missing.push(format!("the tariff of {}", site.name));
            }
            if site.infrastructure.is_none() {
                missing.push(format!("infrastructure_usd_per_mw of {}", site.name));
            }
            let no_price = site.lots.iter().filter(|lot| lot.machine_price.is_none());
            missing.extend(no_price.map(|lot| format!("usd_per_th of {}", lot.name)));
        }
        (!missing.is_empty()).then(|| format!("not given: {}", missing.join(", ")))
    }

    /// The part of a year's hours that runs, at prices that pay.
    pub fn running(&self) -> f64 {
        self.site.uptime.value().value() * self.hours.available()
    }

    fn check(&self) -> Result<(), EconError> {
        for month in 0..12 {
            EconError::unless_within(
                "heat_hashrate",
                self.heat.hashrate[month],
                0.0..=2.0,
                "ratios of 0 to 2",
            )?;
            EconError::unless_within(
                "heat_pue",
                self.heat.pue[month],
                0.5..=2.0,
                "ratios of 0.5 to 2",
            )?;
        }
        let tariff = self.energy_price.as_ref().map_or(0.0, |p| p.value().as_usd_per_kwh());
        EconError::unless_within("tariff", tariff, -1e6..=1e6, "USD/kWh of -1e6 to 1e6")?;
        let other = self.other_costs.value().as_usd_per_kwh();
        EconError::unless_within(
            "other_costs_usd_per_mwh",
            other,
            0.0..=1e6,
            "USD/kWh of 0 to 1e6",
        )?;
        let site = self.infrastructure.as_ref().map_or(0.0, |p| p.value().as_usd_per_mw());
        EconError::unless_within(
            "infrastructure_usd_per_mw",
            site,
            0.0..=1e12,
            "USD per MW of 0 to 1e12",
        )?;
        let lots = self.lots.len() as f64;
        EconError::unless_within("fleet", lots, 1.0..=1000.0, "1 to 1000 lots at each site")?;
        self.lots.iter().try_for_each(Lot::check)
    }
}

#[cfg(test)]
mod tests;
