//! Levies of a time and of an hour's price (M23).

use crate::account::When;
use crate::params::Denomination;
use crate::params::inputs::{LevyRate, LevyStep, Site};

/// Levies that hold at a time, of mining and of AI.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct LeviesNow {
    /// USD/MWh.
    pub per_mwh: [f64; 2],
    /// Parts of the bill.
    pub share: [f64; 2],
}

impl LeviesNow {
    pub(crate) const MINING: usize = 0;
    pub(crate) const AI: usize = 1;

    /// What is due of a bill, of which so much is AI's.
    pub(crate) fn of_bill(&self, all: f64, ai: f64) -> f64 {
        self.share[Self::MINING] * (all - ai) + self.share[Self::AI] * ai
    }
}

/// What holds of a site's schedule, steps by the hour's price left out.
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

/// The step of the levy that an hour's price brings, in the levy's money of day one (M23), USD/MWh; `tariff`
/// is the energy price before the hour's ratio, USD/MWh.
#[inline]
pub(crate) fn stepped(site: &Site, tariff: f64, ratio: f64, when: &When) -> f64 {
    if site.levy_steps.is_empty() {
        return 0.0;
    }
    step(&site.levy_steps, site.levy_denomination, tariff * ratio, when)
}

/// The step for a price of energy, both in USD/MWh.
fn step(steps: &[LevyStep], of: Denomination, price: f64, when: &When) -> f64 {
    let index = when.index(of);
    let price = price / 1e3 / index;
    let step = steps.iter().find(|step| price < step.below);
    step.map_or(0.0, |step| step.rate * index * 1e3)
}

/// What levies by the hour's price come to in an hour, USD/MWh.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct HourLevy {
    /// On every MWh.
    pub all: f64,
    /// On those of mining and of AI beside it, from the schedule.
    pub only: [f64; 2],
}

impl HourLevy {
    /// As [`stepped`], with the steps of the schedule that hold.
    #[inline]
    pub(crate) fn of(site: &Site, tariff: f64, ratio: f64, when: &When) -> Self {
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

    /// What a MWh of AI pays.
    pub(crate) fn ai(&self) -> f64 {
        self.all + self.only[LeviesNow::AI]
    }

    /// What a MWh of mining pays.
    pub(crate) fn mining(&self) -> f64 {
        self.all + self.only[LeviesNow::MINING]
    }
}
