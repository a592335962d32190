//! A project as the loop counts it: plain numbers in base units.

use super::lot::delivered;
use super::{Lot, Project, SitePlan};
use crate::network::{CurveTable, CurveYears};
use crate::{Currency, EconError, HourBlock, Response};
use std::sync::Arc;

pub(super) const YEAR_S: f64 = 365.0 * 86_400.0;

/// A project made ready: [`Plan::start`] is its first moment, [`Plan::step`] one epoch on. Pure functions.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) lots: Vec<LotPlan>,
    pub(super) sites: Vec<SiteNow>,
    /// The part of the reward that arrives.
    pub(super) payout: f64,
    pub(super) response: Response,
    pub(super) displacement: Option<f64>,
    pub(super) table: Arc<CurveTable>,
    /// Days that the table was old at the start.
    pub(super) table_age_days: f64,
    /// H/s of everybody else at the start.
    pub(super) others: f64,
    pub(super) height: u32,
    /// USD for a bitcoin at the start.
    pub(super) price: f64,
    pub(super) drift: f64,
    /// BTC in a block at the start.
    pub(super) fees: f64,
    pub(super) length: f64,
    pub(super) discount: f64,
    /// Day of the year at the start, 0 to 365.
    pub(super) day: f64,
    /// Whether every price that a net present value takes is there.
    pub(super) has_capital: bool,
}

/// A site in numbers.
#[derive(Clone, Debug)]
pub(super) struct SiteNow {
    pub uptime: f64,
    /// USD a joule.
    pub price: f64,
    /// Whether that is of a price in another currency.
    pub local: bool,
    pub other: f64,
    pub heat_hashrate: [f64; 12],
    pub heat_pue: [f64; 12],
    pub months: [Vec<HourBlock>; 12],
    pub price_cutoff: bool,
    pub cap: f64,
    /// USD for the site, spent when its first lot begins.
    pub infrastructure: f64,
    pub begins: f64,
}

/// A lot in numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct LotPlan {
    pub site: usize,
    /// H/s at the rating with every machine there.
    pub nameplate: f64,
    /// J/H at the site's meter when new.
    pub at_site: f64,
    pub begins: f64,
    pub delivery: f64,
    pub life: f64,
    pub failure: f64,
    pub drift: f64,
    /// USD for a H/s at the factory.
    pub machine_price: f64,
    pub duty: f64,
    pub resale: f64,
}

impl Plan {
    /// # Errors
    /// As [`Project::check`], and for a start before the others' costs are known.
    pub fn new(project: &Project) -> Result<Self, EconError> {
        project.check()?;
        let lots = project.sites.iter().enumerate().flat_map(|(index, site)| {
            let pue = site.site.pue.value().value();
            site.lots.iter().map(move |lot| LotPlan::new(lot, pue, index))
        });
        let network = &project.network;
        let known = CurveYears::shipped()?.known_on(project.start)?;
        Ok(Self {
            lots: lots.collect(),
            sites: project.sites.iter().map(SiteNow::new).collect(),
            payout: project.pool.payout(),
            response: project.response,
            displacement: project.displacement.as_ref().map(|d| d.value().value()),
            table: known.table,
            table_age_days: known.age_days,
            others: network.hashrate.value().as_h_s(),
            height: network.height.value(),
            price: network.price.value().as_usd_per_btc(),
            drift: project.price_drift_per_year.value(),
            fees: network.fees_per_block.value().as_btc(),
            length: project.length.as_seconds(),
            discount: project.discount_per_year.value().ln_1p(),
            day: f64::from(project.start.day_of_year() - 1),
            has_capital: project.npv_missing().is_none(),
        })
    }

    /// The month at a time, 0 for January, in years and months of equal length.
    pub(super) fn month(&self, at: f64) -> usize {
        let year = ((self.day + at / 86_400.0) / 365.2425).fract();
        ((year * 12.0) as usize).min(11)
    }
}

impl SiteNow {
    fn new(plan: &SitePlan) -> Self {
        let usd_per_joule = |usd_per_kwh: f64| usd_per_kwh / 3.6e6;
        let price = plan.energy_price.as_ref().map_or(0.0, |p| p.value().as_usd_per_kwh());
        let per_watt =
            plan.infrastructure.as_ref().map_or(0.0, |p| p.value().as_usd_per_mw() / 1e6);
        let begins = plan.lots.iter().map(|lot| lot.begins.as_seconds());
        Self {
            uptime: plan.site.uptime.value().value(),
            price: usd_per_joule(price),
            local: plan.currency != Currency::USD,
            other: usd_per_joule(plan.other_costs.value().as_usd_per_kwh()),
            heat_hashrate: plan.heat.hashrate,
            heat_pue: plan.heat.pue,
            months: std::array::from_fn(|month| plan.hours.blocks(month).to_vec()),
            price_cutoff: plan.hours.price_cutoff,
            cap: plan.hours.cap(),
            infrastructure: per_watt * Lot::peak(plan.lots.iter()).1.as_watts(),
            begins: begins.fold(f64::INFINITY, f64::min),
        }
    }

    /// The part of a month's hours in which a hash that earns `income` USD and takes `joules` is made, and
    /// what a joule costs in them on average.
    pub(super) fn running(&self, month: usize, income: f64, joules: f64) -> (f64, f64) {
        let (mut part, mut cost) = (0.0, 0.0);
        for block in &self.months[month] {
            let price = self.price * block.price_ratio;
            // The blocks after this one cost as much or more.
            if self.price_cutoff && (price + self.other) * joules > income {
                break;
            }
            let hours = (block.share * block.available).min(self.cap - part);
            part += hours;
            cost += hours * price;
        }
        if part > 0.0 { (part, cost / part) } else { (0.0, self.price) }
    }
}

impl LotPlan {
    fn new(lot: &Lot, pue: f64, site: usize) -> Self {
        let at_site = lot.efficiency().value() * pue;
        let price = lot.machine_price.as_ref().map_or(0.0, |p| p.value().as_usd_per_th_s() * 1e-12);
        Self {
            site,
            nameplate: (lot.power.value() / at_site).as_h_s(),
            at_site: at_site.as_j_per_hash(),
            begins: lot.begins.as_seconds(),
            delivery: lot.delivery.as_seconds(),
            life: lot.life.as_seconds(),
            failure: lot.failure_per_year.value(),
            drift: lot.drift_per_year.value(),
            machine_price: price,
            duty: lot.duty.value(),
            resale: lot.resale.value(),
        }
    }

    /// The part that has been delivered by a time, 0 to 1.
    fn delivered(&self, at: f64) -> f64 {
        delivered(self.begins, self.delivery, at)
    }

    /// Years that the mean machine has run, no longer than its life.
    fn age(&self, at: f64) -> f64 {
        let mean_start = self.begins + self.delivery.min((at - self.begins).max(0.0)) / 2.0;
        (at - mean_start).clamp(0.0, self.life) / YEAR_S
    }

    /// H/s of the machines that work, at the rating, and J/H at the site's meter, at a time.
    pub(super) fn at(&self, at: f64) -> (f64, f64) {
        let there = self.delivered(at) - self.delivered(at - self.life);
        if there <= 0.0 {
            return (0.0, self.at_site);
        }
        if self.failure == 0.0 && self.drift == 0.0 {
            return (there * self.nameplate, self.at_site);
        }
        let age = self.age(at);
        let working = there * self.nameplate * (-self.failure * age).exp();
        (working, self.at_site * (1.0 + self.drift).powf(age))
    }

    /// Dollars spent on what arrives, and taken for what is sold, between two times.
    pub(super) fn capital(&self, from: f64, to: f64) -> (f64, f64) {
        let arrived = (self.delivered(to) - self.delivered(from)) * self.nameplate;
        let sold = self.delivered(to - self.life) - self.delivered(from - self.life);
        let price = self.machine_price;
        let working = if sold > 0.0 { (-self.failure * self.life / YEAR_S).exp() } else { 0.0 };
        (arrived * price * (1.0 + self.duty), sold * self.nameplate * working * price * self.resale)
    }

    /// What the machines would bring at a time: a price falls evenly, from the factory's to the
    /// resale's, over a machine's life.
    pub(super) fn worth(&self, at: f64) -> f64 {
        let (working, _) = self.at(at);
        let used = self.age(at) * YEAR_S / self.life;
        working * self.machine_price * (1.0 + (self.resale - 1.0) * used)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lot() -> LotPlan {
        LotPlan {
            site: 0,
            nameplate: 1e18,
            at_site: 15e-12,
            begins: 0.5 * YEAR_S,
            delivery: YEAR_S,
            life: 4.0 * YEAR_S,
            failure: 0.05,
            drift: 0.01,
            machine_price: 16e-12,
            duty: 0.1,
            resale: 0.2,
        }
    }

    #[test]
    fn machines_come_fail_and_go() {
        let lot = lot();
        assert_eq!(lot.at(0.4 * YEAR_S).0, 0.0);
        let (half, _) = lot.at(YEAR_S);
        assert!((half / 0.5e18 - (-0.05f64 * 0.25).exp()).abs() < 1e-12);
        let (all, joules) = lot.at(2.0 * YEAR_S);
        assert!(all < 1e18 && all > 0.9e18 && joules > 15e-12);
        assert_eq!(lot.at(6.0 * YEAR_S).0, 0.0);
        // Everything that is bought is paid once, what is left of it sold once.
        let (mut bought, mut sold) = (0.0, 0.0);
        for step in 0..200 {
            let from = f64::from(step) * 14.0 * 86_400.0;
            let (out, back) = lot.capital(from, from + 14.0 * 86_400.0);
            bought += out;
            sold += back;
        }
        assert!((bought - 1e18 * 16e-12 * 1.1).abs() < 1.0, "{bought}");
        assert!((sold - 1e18 * 16e-12 * 0.2 * (-0.2f64).exp()).abs() < 1.0, "{sold}");
        assert!(
            lot.worth(2.0 * YEAR_S) > lot.worth(3.0 * YEAR_S) && lot.worth(7.0 * YEAR_S) == 0.0
        );
    }

    #[test]
    fn the_cheapest_hours_run_first_and_dear_ones_not_at_all() {
        let site = SiteNow {
            uptime: 1.0,
            price: 1.0,
            local: false,
            other: 0.0,
            heat_hashrate: [1.0; 12],
            heat_pue: [1.0; 12],
            months: std::array::from_fn(|_| {
                vec![
                    HourBlock { share: 0.5, available: 1.0, price_ratio: 0.5 },
                    HourBlock { share: 0.5, available: 0.8, price_ratio: 2.0 },
                ]
            }),
            price_cutoff: true,
            cap: 1.0,
            infrastructure: 0.0,
            begins: 0.0,
        };
        let (part, price) = site.running(0, 1.0, 1.0);
        assert_eq!((part, price), (0.5, 0.5));
        let (part, price) = site.running(0, 3.0, 1.0);
        assert!((part - 0.9).abs() < 1e-12 && (price - (0.25 + 0.8) / 0.9).abs() < 1e-12);
        assert_eq!(site.running(0, 0.1, 1.0).0, 0.0);
        let capped = SiteNow { cap: 0.3, ..site };
        assert_eq!(capped.running(0, 3.0, 1.0), (0.3, 0.5));
    }
}
