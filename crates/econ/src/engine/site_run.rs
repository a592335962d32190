//! Operation of a site in hours summed one by one, and its part of the month (equations M8 to M11).

use super::now::{LotNow, SiteNow, SiteSums};
use crate::account::When;
use crate::engine::Site;
use crate::site::dispatch::{Choice, Pick};
use crate::site::levies::HourLevy;
use crate::site::slot::Slot;

/// Operation of a site in a full running hour at a given cost.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FullHour {
    pub hash: f64,
    /// MW at the meter.
    pub mining: f64,
    /// MW of mining that counts for peaks and offers: calls of offered load are not deducted.
    pub offered: f64,
    /// Nameplate MW that run.
    pub running_mw: f64,
    /// Levies by the hour's price.
    pub levy: HourLevy,
}

/// Running machines of a site's lots, before uptime and the limit of the grid connection.
#[derive(Clone, Copy, Debug, Default)]
struct Running {
    hash: f64,
    /// MW at the meter.
    mw: f64,
    /// Nameplate MW.
    running_mw: f64,
}

impl Running {
    /// Adds a lot's operation, with `running_mw` of nameplate that start to run.
    #[inline]
    fn add(&mut self, lot: &LotNow, pick: &Pick, running_mw: f64) {
        self.hash += pick.speed * lot.hash;
        self.mw += pick.power * lot.mw;
        self.running_mw += running_mw;
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
    /// MW of AI in a full running hour.
    pub ai: f64,
    pub standby: f64,
    /// Contracted MW, if load may exceed it.
    pub volume: Option<f64>,
    /// MW at the plant per MW at the meter.
    pub per_meter: f64,
}

impl SiteRun<'_> {
    /// Updates the operation for a slot, unless the slot has the same cost as the previous one.
    #[inline]
    pub fn update(&self, slot: &Slot, hour: &mut FullHour) {
        if slot.same_cost {
            return;
        }
        let at = self.at;
        let levy = HourLevy::new(self.given, at.prices.tariff, slot.price_ratio, self.when);
        let cost = at.line.cost(slot, levy.mining());
        let mut runs = self.running_at(cost);
        if let (Some(volume), Some(beyond)) = (self.volume, &at.beyond) {
            runs = self.best_with_contract(volume, [cost, beyond.cost(slot, levy.mining())], runs);
        }
        let on = at.scale * self.uptime;
        *hour = FullHour {
            hash: runs.hash * on * self.choice.kept,
            mining: runs.mw * on * self.choice.kept,
            offered: runs.mw * on,
            running_mw: runs.running_mw * at.scale + at.ai_mw,
            levy,
        };
    }

    /// The machines that run at a cost, before uptime and the limit of the grid connection.
    #[inline]
    fn running_at(&self, cost: f64) -> Running {
        let mut running = Running::default();
        for lot in self.lots.iter().filter(|lot| lot.hash > 0.0) {
            let pick = self.choice.pick(lot.income, cost, lot.max_power);
            if pick.power > 0.0 {
                running.add(lot, &pick, lot.nameplate_mw);
            }
        }
        running
    }

    /// The machines that run if energy has one cost up to the contracted MW and another beyond (M10): the best of
    /// operation at the first cost, at the second cost, and exactly at the contract.
    fn best_with_contract(&self, volume: f64, costs: [f64; 2], all: Running) -> Running {
        let per_mw = self.at.scale * self.uptime * self.choice.kept;
        let contracted = (volume - self.ai).max(0.0) / per_mw;
        let beyond = self.running_at(costs[1]);
        let (low, high) = (all.mw.min(beyond.mw), all.mw.max(beyond.mw));
        // Every running lot has a hashrate, and a hash earns the same at every lot.
        let lot = self.lots.iter().find(|lot| lot.hash > 0.0);
        let usd_per_hash = lot.map_or(0.0, |lot| lot.income * lot.mw / lot.hash);
        let worth = |runs: &Running| {
            let covered = runs.mw.min(contracted);
            self.choice.kept * usd_per_hash * runs.hash
                - covered * costs[0]
                - (runs.mw - covered) * costs[1]
        };
        let mut best = if worth(&beyond) > worth(&all) { beyond } else { all };
        if low < contracted && contracted < high {
            let filled = self.fill_contract(contracted);
            if worth(&filled) > worth(&best) {
                best = filled;
            }
        }
        best
    }

    /// The lots and modes with the highest income per MW, up to `mw`.
    fn fill_contract(&self, mw: f64) -> Running {
        let (mut filled, mut last) = (Running::default(), f64::INFINITY);
        loop {
            let (mut next, mut step) = (f64::NEG_INFINITY, Running::default());
            for lot in self.lots.iter().filter(|lot| lot.hash > 0.0) {
                let mut running_mw = lot.nameplate_mw;
                self.choice.thresholds(lot.income, lot.max_power, |threshold, more| {
                    if threshold < last && threshold >= next {
                        if threshold > next {
                            (next, step) = (threshold, Running::default());
                        }
                        step.add(lot, &more, running_mw);
                    }
                    running_mw = 0.0;
                });
            }
            if step.mw <= 0.0 {
                return filled;
            }
            let part = ((mw - filled.mw) / step.mw).min(1.0);
            filled.hash += part * step.hash;
            filled.mw += part * step.mw;
            filled.running_mw += part * step.running_mw;
            if part < 1.0 {
                return filled;
            }
            last = next;
        }
    }

    /// Adds load beyond the contracted MW in a slot: while running and while stopped.
    fn add_beyond(&self, slot: &Slot, hour: &FullHour, on: f64, volume: f64, sums: &mut SiteSums) {
        let standby = |running: f64| self.standby * (self.at.installed_mw - running).max(0.0);
        let running = (hour.mining + self.ai + standby(hour.running_mw) - volume).max(0.0);
        let stopped = (standby(0.0) - volume).max(0.0);
        let beyond = slot.weight * (on * running + (slot.available - on).max(0.0) * stopped);
        sums.beyond += beyond;
        sums.beyond_energy += beyond * slot.price_ratio;
        // AI is served first.
        let ai = slot.weight * on * (self.ai - volume).max(0.0);
        sums.ai_beyond += ai;
        sums.ai_beyond_energy += ai * slot.price_ratio;
    }

    /// Adds a slot of which the system leaves the share `kept`; returns its load, MW at the meter.
    #[inline]
    pub fn add(&self, slot: &Slot, hour: &FullHour, kept: f64, sums: &mut SiteSums) -> f64 {
        let on = slot.running * kept;
        let mut standby = 0.0;
        if self.standby > 0.0 {
            let stopped = slot.available * self.at.installed_mw - hour.running_mw * on;
            standby = self.standby * stopped.max(0.0);
        }
        let (weight, part) = (slot.weight, slot.weight * on);
        let mw = on * (hour.mining + self.ai) + standby;
        sums.hash += part * hour.hash;
        sums.mining += part * hour.mining;
        sums.ai += part * self.ai;
        sums.standby += weight * standby;
        sums.offered += part * hour.offered;
        sums.energy += weight * mw * slot.price_ratio;
        sums.levy += weight * mw * hour.levy.all;
        if hour.levy.only != [0.0; 2] {
            let [mining, ai] = hour.levy.only;
            sums.levy += weight * (mining * (mw - on * self.ai) + ai * on * self.ai);
        }
        if let Some(volume) = self.volume {
            self.add_beyond(slot, hour, on, volume, sums);
        }
        sums.peak += (part * (hour.offered + self.ai) + weight * standby) * slot.peak_density;
        sums.ai_energy += part * self.ai * slot.price_ratio;
        sums.ai_levy += part * self.ai * hour.levy.ai();
        sums.ai_peak += part * self.ai * slot.peak_density;
        sums.curtailed += weight * slot.running * (1.0 - kept) * (hour.mining + self.ai);
        sums.emergency += weight * slot.emergency * (hour.mining + self.ai);
        mw
    }
}
