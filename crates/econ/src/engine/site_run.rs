//! What runs at a site in each hour that is summed alone, and what that adds to the month (equations M8 to M11).

use super::now::{LotNow, SiteNow, SiteSums};
use crate::account::When;
use crate::engine::Site;
use crate::site::dispatch::{Choice, Pick};
use crate::site::levies::HourLevy;
use crate::site::slot::Slot;

/// What runs at a site in an hour of some cost that runs as a whole.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Unit {
    pub hash: f64,
    /// MW at the meter.
    pub mining: f64,
    /// MW of mining that peaks and offers count: calls to offered load are not taken off.
    pub offered: f64,
    /// MW of nameplate that run.
    pub awake: f64,
    /// What levies by the hour's price come to.
    pub levy: HourLevy,
}

/// What runs of a site's lots, before uptime and the connection's limit.
#[derive(Clone, Copy, Debug, Default)]
struct Picked {
    hash: f64,
    /// MW at the meter.
    mw: f64,
    /// MW of nameplate.
    awake: f64,
}

impl Picked {
    /// Adds what a lot does, of which so many MW of nameplate wake.
    #[inline]
    fn add(&mut self, lot: &LotNow, pick: &Pick, wakes: f64) {
        self.hash += pick.speed * lot.hash;
        self.mw += pick.power * lot.mw;
        self.awake += wakes;
    }
}

/// A site whose hours are summed one by one.
#[derive(Clone, Copy, Debug)]
pub(super) struct SiteRun<'a> {
    pub choice: Choice<'a>,
    pub given: &'a Site,
    pub when: &'a When,
    pub lots: &'a [LotNow],
    pub at: &'a SiteNow,
    pub uptime: f64,
    /// MW of AI in an hour that runs as a whole.
    pub ai: f64,
    pub standby: f64,
    /// Contracted MW, where load may be beyond it.
    pub volume: Option<f64>,
    /// MW at the plant for one at the meter.
    pub per_meter: f64,
}

impl SiteRun<'_> {
    /// What runs in a slot, unless it costs what the one before it does.
    #[inline]
    pub fn update(&self, slot: &Slot, unit: &mut Unit) {
        if slot.costs_alike {
            return;
        }
        let at = self.at;
        let levy = HourLevy::of(self.given, at.prices.tariff, slot.price_ratio, self.when);
        let cost = at.line.of(slot, levy.mining());
        let mut runs = self.picks(cost);
        if let (Some(volume), Some(beyond)) = (self.volume, &at.beyond) {
            runs = self.best_beside(volume, [cost, beyond.of(slot, levy.mining())], runs);
        }
        let on = at.scale * self.uptime;
        *unit = Unit {
            hash: runs.hash * on * self.choice.kept,
            mining: runs.mw * on * self.choice.kept,
            offered: runs.mw * on,
            awake: runs.awake * at.scale + at.ai_mw,
            levy,
        };
    }

    /// What runs at a cost, before uptime and the connection's limit.
    #[inline]
    fn picks(&self, cost: f64) -> Picked {
        let mut picked = Picked::default();
        for lot in self.lots.iter().filter(|lot| lot.hash > 0.0) {
            let pick = self.choice.pick(lot.income, cost, lot.most);
            if pick.power > 0.0 {
                picked.add(lot, &pick, lot.nameplate_mw);
            }
        }
        picked
    }

    /// What runs where energy has one cost up to the contracted MW and another beyond (M10): the best of what the
    /// first cost lets run, what the second does, and what fills the contract.
    fn best_beside(&self, volume: f64, costs: [f64; 2], all: Picked) -> Picked {
        let per_mw = self.at.scale * self.uptime * self.choice.kept;
        let contracted = (volume - self.ai).max(0.0) / per_mw;
        let beyond = self.picks(costs[1]);
        let (low, high) = (all.mw.min(beyond.mw), all.mw.max(beyond.mw));
        // No lot that runs is without a hashrate, and a hash earns what it does at every lot.
        let lot = self.lots.iter().find(|lot| lot.hash > 0.0);
        let usd_per_hash = lot.map_or(0.0, |lot| lot.income * lot.mw / lot.hash);
        let worth = |runs: &Picked| {
            let covered = runs.mw.min(contracted);
            self.choice.kept * usd_per_hash * runs.hash
                - covered * costs[0]
                - (runs.mw - covered) * costs[1]
        };
        let mut best = if worth(&beyond) > worth(&all) { beyond } else { all };
        if low < contracted && contracted < high {
            let filled = self.filled(contracted);
            if worth(&filled) > worth(&best) {
                best = filled;
            }
        }
        best
    }

    /// The lots and modes that earn the most for each MW, up to so many MW.
    fn filled(&self, mw: f64) -> Picked {
        let (mut filled, mut last) = (Picked::default(), f64::INFINITY);
        loop {
            let (mut next, mut step) = (f64::NEG_INFINITY, Picked::default());
            for lot in self.lots.iter().filter(|lot| lot.hash > 0.0) {
                let mut wakes = lot.nameplate_mw;
                self.choice.thresholds(lot.income, lot.most, |threshold, more| {
                    if threshold < last && threshold >= next {
                        if threshold > next {
                            (next, step) = (threshold, Picked::default());
                        }
                        step.add(lot, &more, wakes);
                    }
                    wakes = 0.0;
                });
            }
            if step.mw <= 0.0 {
                return filled;
            }
            let part = ((mw - filled.mw) / step.mw).min(1.0);
            filled.hash += part * step.hash;
            filled.mw += part * step.mw;
            filled.awake += part * step.awake;
            if part < 1.0 {
                return filled;
            }
            last = next;
        }
    }

    /// Load beyond the contracted MW in a slot, MW: while it runs and while it stands still.
    fn add_beyond(&self, slot: &Slot, unit: &Unit, on: f64, volume: f64, sums: &mut SiteSums) {
        let standby = |awake: f64| self.standby * (self.at.present_mw - awake).max(0.0);
        let running = (unit.mining + self.ai + standby(unit.awake) - volume).max(0.0);
        let still = (standby(0.0) - volume).max(0.0);
        let beyond = slot.weight * (on * running + (slot.available - on).max(0.0) * still);
        sums.beyond += beyond;
        sums.beyond_energy += beyond * slot.price_ratio;
        // AI is served first.
        let ai = slot.weight * on * (self.ai - volume).max(0.0);
        sums.ai_beyond += ai;
        sums.ai_beyond_energy += ai * slot.price_ratio;
    }

    /// Adds a slot of which the system leaves a part; returns its load, MW at the meter.
    #[inline]
    pub fn add(&self, slot: &Slot, unit: &Unit, kept: f64, sums: &mut SiteSums) -> f64 {
        let on = slot.running * kept;
        let mut standby = 0.0;
        if self.standby > 0.0 {
            let still = slot.available * self.at.present_mw - unit.awake * on;
            standby = self.standby * still.max(0.0);
        }
        let (weight, part) = (slot.weight, slot.weight * on);
        let mw = on * (unit.mining + self.ai) + standby;
        sums.hash += part * unit.hash;
        sums.mining += part * unit.mining;
        sums.ai += part * self.ai;
        sums.standby += weight * standby;
        sums.offered += part * unit.offered;
        sums.energy += weight * mw * slot.price_ratio;
        sums.levy += weight * mw * unit.levy.all;
        if unit.levy.only != [0.0; 2] {
            let [mining, ai] = unit.levy.only;
            sums.levy += weight * (mining * (mw - on * self.ai) + ai * on * self.ai);
        }
        if let Some(volume) = self.volume {
            self.add_beyond(slot, unit, on, volume, sums);
        }
        sums.peak += (part * (unit.offered + self.ai) + weight * standby) * slot.peak_density;
        sums.ai_energy += part * self.ai * slot.price_ratio;
        sums.ai_levy += part * self.ai * unit.levy.ai();
        sums.ai_peak += part * self.ai * slot.peak_density;
        sums.curtailed += weight * slot.running * (1.0 - kept) * (unit.mining + self.ai);
        sums.emergency += weight * slot.emergency * (unit.mining + self.ai);
        mw
    }
}
