//! Levies in force at a time, and levies on an hour's price (M23).

use crate::account::When;
use crate::params::Denomination;
use crate::params::inputs::{LevyRate, LevyStep, Site};

/// Levies in force at a time, on mining and on AI.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct LeviesNow {
    /// USD/MWh.
    pub per_mwh: [f64; 2],
    /// Shares of the bill.
    pub share: [f64; 2],
}

impl LeviesNow {
    pub(crate) const MINING: usize = 0;
    pub(crate) const AI: usize = 1;

    /// The levy on a bill of `all`, of which `ai` is the part of AI.
    pub(crate) fn of_bill(&self, all: f64, ai: f64) -> f64 {
        self.share[Self::MINING] * (all - ai) + self.share[Self::AI] * ai
    }
}

/// The levies of a site's schedule in force, without steps by the hour's price.
pub(crate) fn levies_now(site: &Site, when: &When) -> LeviesNow {
    let mut now = LeviesNow::default();
    for levy in site.levy_schedule.iter().filter(|levy| levy.holds(when.at)) {
        for (place, bears) in levy.bearers().into_iter().enumerate() {
            match &levy.rate {
                _ if !bears => {}
                LevyRate::Kwh(price) => now.per_mwh[place] += when.dollars(*price) * 1e3,
                LevyRate::Bill(part) => now.share[place] += part,
                LevyRate::Steps { .. } => {}
            }
        }
    }
    now
}

/// The stepped levy at an hour's price (M23), USD/MWh; `tariff` is the energy price before the hour's ratio,
/// USD/MWh.
#[inline]
pub(crate) fn stepped(site: &Site, tariff: f64, ratio: f64, when: &When) -> f64 {
    if site.levy_steps.is_empty() {
        return 0.0;
    }
    step(&site.levy_steps, site.levy_denomination, tariff * ratio, when)
}

/// The step for an energy price, both in USD/MWh.
fn step(steps: &[LevyStep], denomination: Denomination, price: f64, when: &When) -> f64 {
    let index = when.index(denomination);
    let price = price / 1e3 / index;
    let step = steps.iter().find(|step| price < step.below);
    step.map_or(0.0, |step| step.rate * index * 1e3)
}

/// Levies on an hour's price, USD/MWh.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct HourLevy {
    /// On every MWh.
    pub all: f64,
    /// In addition on MWh of mining and of AI, from the schedule.
    pub only: [f64; 2],
}

impl HourLevy {
    /// Computes the levies of an hour: [`stepped`] and the steps of the schedule in force.
    #[inline]
    pub(crate) fn new(site: &Site, tariff: f64, ratio: f64, when: &When) -> Self {
        let mut levy = Self { all: stepped(site, tariff, ratio, when), only: [0.0; 2] };
        for dated in site.levy_schedule.iter().filter(|dated| dated.holds(when.at)) {
            let LevyRate::Steps { denomination, steps } = &dated.rate else { continue };
            let rate = step(steps, *denomination, tariff * ratio, when);
            for (only, bears) in levy.only.iter_mut().zip(dated.bearers()) {
                *only += if bears { rate } else { 0.0 };
            }
        }
        levy
    }

    /// The levy on a MWh of AI.
    pub(crate) fn ai(&self) -> f64 {
        self.all + self.only[LeviesNow::AI]
    }

    /// The levy on a MWh of mining.
    pub(crate) fn mining(&self) -> f64 {
        self.all + self.only[LeviesNow::MINING]
    }
}
