//! Operation of each site at one time of a month: in hours summed one by one, and in hours with tables.

use super::Draw;
use super::now::{Instant, LotNow, Piece, Scratch, SiteNow, SiteSums};
use super::site_run::{FullHour, SiteRun};
use crate::site::dispatch::{Choice, CostLine, Prices, grid_limit, income};
use crate::site::levies::HourLevy;
use crate::site::lot::Side;
use crate::site::slot::Slot;
use crate::site::table::MonthHours;
use crate::site::table::{Lookup, MonthTable};

/// Operation of a site's machines in a slot.
#[derive(Clone, Copy, Debug)]
pub(super) struct SlotRun {
    /// The slot's part of the month's means, without AI.
    pub sums: SiteSums,
    /// Nameplate MW that are installed, run and stand by, times the slot's share of the month.
    pub installed: f64,
    pub running: f64,
    pub standby: f64,
}

impl Draw<'_> {
    /// Computes the working machines of every lot in the normal mode, with the month's heat.
    pub(super) fn lots_now(&self, now: &Instant, scratch: &mut Scratch) {
        scratch.lots.clear();
        for &index in &self.by_site {
            let lot = &self.lots[index];
            let given = &self.inputs.sites[lot.site];
            let installed = lot.installed_share(now.when.at, Side::Right);
            let working = lot.working(now.when.at, installed, &self.wear[index]);
            let (heat, pue) = (given.heat_hashrate[now.month], given.heat_pue[now.month]);
            let (hash, mw) = (working.hash * heat, working.mw * pue);
            let earns = hash > 0.0 && mw.is_finite();
            scratch.lots.push(LotNow {
                hash: if earns { hash } else { 0.0 },
                mw: if earns { mw } else { 0.0 },
                nameplate_mw: lot.mw * installed,
                income: income(
                    now.usd_per_hash * self.pool_payout_ratio,
                    working.per_joule * (heat / pue),
                ),
                max_power: scratch.max_power.get(index).copied().unwrap_or(f64::INFINITY),
            });
        }
    }

    /// Computes prices and limits of each site.
    pub(super) fn sites_now(&self, now: &Instant, scratch: &mut Scratch) {
        scratch.sites.clear();
        scratch.tabled.clear();
        scratch.tabled.resize(self.groups, true);
        for (place, site) in self.sites.iter().enumerate() {
            let given = &self.inputs.sites[place];
            let lots_mw: f64 =
                scratch.lots[site.lots.clone()].iter().map(|lot| lot.nameplate_mw).sum();
            let ai = self.ai.filter(|ai| ai.site == place);
            let (ai_mw, ai_uptime) = ai.map_or((0.0, 0.0), |ai| (ai.mw_at(now.when.at), ai.uptime));
            // AI is served first: machines share the rest of the grid connection.
            let (scale, max_power) = grid_limit((site.grid_mw - ai_mw).max(0.0), lots_mw);
            let full = lots_mw * scale * site.uptime + ai_mw * ai_uptime;
            let tier = match given.tiers.is_empty() {
                true => 1.0,
                false => {
                    let running = site.hours.months[now.month].running();
                    tier_ratio(&given.tiers, full * running * now.hours)
                }
            };
            let prices = Prices::at(given, &self.levels, now.when, tier);
            let line = CostLine::at(&site.terms, &prices, now.hours);
            let beyond = prices.contract.and_then(|contract| {
                let standby = site.terms.standby * (lots_mw * scale + ai_mw);
                let max_mw = self.max_lot_mw(place, &scratch.lots, scale) + ai_mw * ai_uptime;
                (max_mw + standby > contract.volume_mw)
                    .then(|| CostLine::beyond(&site.terms, &prices, now.hours))
            });
            let table = site.hours.months[now.month].table.as_ref();
            let lookup = table
                .filter(|_| site.terms.standby == 0.0 && beyond.is_none())
                .and_then(|table| table.lookup(&line, &prices, tier, now.hours, site.keeps_order));
            scratch.tabled[site.group] &= lookup.is_some();
            let installed_mw = lots_mw * scale + ai_mw;
            let sums = SiteSums::default();
            scratch.sites.push(SiteNow {
                installed_mw,
                scale,
                max_power,
                ai_mw,
                ai_uptime,
                prices,
                line,
                beyond,
                lookup,
                sums,
            });
        }
    }

    /// Upper bound of the load of a site's machines, MW at the meter.
    fn max_lot_mw(&self, place: usize, lots: &[LotNow], scale: f64) -> f64 {
        let (site, given) = (&self.sites[place], &self.inputs.sites[place]);
        let power = given.modes.iter().map(|mode| mode.power()).fold(1.0, f64::max);
        let mw: f64 = lots[site.lots.clone()].iter().map(|lot| lot.mw).sum();
        mw * scale * power * site.uptime
    }

    pub(super) fn choice(&self, place: usize, at: &SiteNow) -> Choice<'_> {
        let (site, given) = (&self.sites[place], &self.inputs.sites[place]);
        let kept = 1.0 - site.terms.ancillary_called * site.terms.ancillary_share;
        Choice { modes: &given.modes, dispatch: given.dispatch, max_power: at.max_power, kept }
    }

    /// Peak charge of a site, USD per hour.
    pub(super) fn peak_charge(&self, place: usize, month_hours: f64, scratch: &Scratch) -> f64 {
        scratch.sites.get(place).map_or(0.0, |at| self.peak_usd_per_hour(month_hours, at))
    }

    fn running<'a>(
        &'a self,
        place: usize,
        now: &Instant<'a>,
        lots: &'a [LotNow],
        at: &'a SiteNow,
    ) -> SiteRun<'a> {
        let site = &self.sites[place];
        SiteRun {
            choice: self.choice(place, at),
            given: &self.inputs.sites[place],
            when: now.when,
            lots: &lots[site.lots.clone()],
            at,
            uptime: site.uptime,
            ai: at.ai_mw * at.ai_uptime,
            standby: site.terms.standby,
            volume: at.beyond.and(at.prices.contract).map(|contract| contract.volume_mw),
            per_meter: site.per_meter,
        }
    }

    /// Adds the load that a site would place on each slot; it determines how much is curtailed.
    pub(super) fn load_slots(
        &self,
        place: usize,
        slots: &[Slot],
        now: &Instant,
        scratch: &mut Scratch,
    ) {
        let running = self.running(place, now, &scratch.lots, &scratch.sites[place]);
        let load = &mut scratch.load[self.sites[place].group];
        load.resize(slots.len(), 0.0);
        let mut hour = FullHour::default();
        for (slot, load) in slots.iter().zip(load) {
            running.update(slot, &mut hour);
            *load += slot.running * (hour.mining + running.ai) * running.per_meter;
        }
    }

    /// A site's mean hashrate in a month that the system does not curtail, H/s.
    pub(super) fn hash(
        &self,
        place: usize,
        slots: &[Slot],
        now: &Instant,
        scratch: &Scratch,
    ) -> f64 {
        let running = self.running(place, now, &scratch.lots, &scratch.sites[place]);
        let (mut hash, mut hour) = (0.0, FullHour::default());
        for slot in slots {
            running.update(slot, &mut hour);
            hash += slot.weight * slot.running * hour.hash;
        }
        hash
    }

    /// Sums the slots of a site after curtailment, and adds the load of each.
    pub(super) fn sum_slots(
        &self,
        place: usize,
        hours: &MonthHours,
        slots: &[Slot],
        now: &Instant,
        scratch: &mut Scratch,
    ) {
        let group = self.sites[place].group;
        let running = self.running(place, now, &scratch.lots, &scratch.sites[place]);
        let served = &mut scratch.served[group];
        served.resize(slots.len(), 0.0);
        let (mut sums, mut hour) = (SiteSums::default(), FullHour::default());
        for (index, (slot, served)) in slots.iter().zip(served).enumerate() {
            running.update(slot, &mut hour);
            let kept = match hours.is_curtailable {
                true => self.uncurtailed_share(slot, scratch.load[group][index]),
                false => 1.0,
            };
            *served += running.add(slot, &hour, kept, &mut sums) * running.per_meter;
        }
        scratch.sites[place].sums = sums;
    }

    /// Visits the operation of a site's machines in each slot after curtailment.
    pub(super) fn slot_runs(
        &self,
        place: usize,
        hours: &MonthHours,
        now: &Instant,
        scratch: &Scratch,
        mut visit: impl FnMut(usize, &SlotRun),
    ) {
        let (group, at) = (self.sites[place].group, &scratch.sites[place]);
        let running = self.running(place, now, &scratch.lots, at);
        let machines = SiteRun { ai: 0.0, ..running };
        let (nameplate, mut hour) = (at.installed_mw - at.ai_mw, FullHour::default());
        for (index, slot) in hours.slots.iter().enumerate() {
            running.update(slot, &mut hour);
            let kept = match hours.is_curtailable {
                true => self.uncurtailed_share(slot, scratch.load[group][index]),
                false => 1.0,
            };
            let mut sums = SiteSums::default();
            machines.add(slot, &hour, kept, &mut sums);
            let running = (hour.running_mw - at.ai_mw) * slot.running * kept;
            let standby = match machines.standby > 0.0 {
                true => (slot.available * nameplate - running).max(0.0),
                false => 0.0,
            };
            let [installed, running, standby] =
                [nameplate, running, standby].map(|mw| mw * slot.weight);
            visit(index, &SlotRun { sums, installed, running, standby });
        }
    }

    /// Adds the operation of a site in the hours of a month's table, and the resulting load.
    pub(super) fn run_table(
        &self,
        place: usize,
        table: &MonthTable,
        lookup: &Lookup,
        scratch: &mut Scratch,
    ) {
        let site = &self.sites[place];
        let at = &scratch.sites[place];
        let choice = self.choice(place, at);
        let (up, per_meter) = (site.uptime * choice.kept, site.per_meter);
        let pieces = &mut scratch.pieces[site.group];
        let mut sums = at.sums;
        for lot in scratch.lots[site.lots.clone()].iter().filter(|lot| lot.hash > 0.0) {
            let (hash, mw) = (lot.hash * at.scale, lot.mw * at.scale);
            choice.thresholds(lot.income, lot.max_power, |threshold, more| {
                let rank = table.rank(lookup, threshold);
                let below = table.below(rank);
                let mw = mw * more.power;
                sums.hash += hash * more.speed * up * below.weight;
                sums.mining += mw * up * below.weight;
                sums.offered += mw * site.uptime * below.weight;
                sums.energy += mw * up * below.price;
                sums.levy += mw * up * below.levy * lookup.levy;
                sums.peak += mw * site.uptime * below.peak;
                pieces.push(Piece { rank, load: mw * up * per_meter });
            });
        }
        if at.ai_mw > 0.0 {
            let (all, ai) = (table.below(table.len()), at.ai_mw * at.ai_uptime);
            sums.ai += ai * all.weight;
            sums.energy += ai * all.price;
            sums.levy += ai * all.levy * lookup.levy;
            sums.peak += ai * all.peak;
            sums.ai_energy += ai * all.price;
            sums.ai_levy += ai * all.levy * lookup.levy;
            sums.ai_peak += ai * all.peak;
            pieces.push(Piece { rank: table.len(), load: ai * per_meter });
        }
        scratch.sites[place].sums = sums;
    }

    /// Income of a month with a given maximum power before its demand charge, USD per MW of nameplate of a lot with
    /// this income.
    pub(super) fn worth(
        &self,
        place: usize,
        income: f64,
        max_power: f64,
        now: &Instant,
        scratch: &Scratch,
    ) -> f64 {
        let (site, given, at) =
            (&self.sites[place], &self.inputs.sites[place], &scratch.sites[place]);
        let choice = self.choice(place, at);
        let (mut worth, hours) = (0.0, &site.hours.months[now.month]);
        let tabled = scratch.tabled[site.group];
        if let (Some(table), Some(lookup)) = (&hours.table, at.lookup.filter(|_| tabled)) {
            choice.thresholds(income, max_power, |threshold, more| {
                let sums = table.below(table.rank(&lookup, threshold));
                let line = &at.line;
                let cost = line.slope * sums.price
                    + line.levy * sums.levy * lookup.levy
                    + line.peak * sums.peak
                    + line.base * sums.weight;
                worth += choice.kept * income * more.speed * sums.weight - more.power * cost;
            });
        }
        for slot in hours.single(tabled) {
            let levy = HourLevy::new(given, at.prices.tariff, slot.price_ratio, now.when);
            let cost = at.line.cost(slot, levy.mining());
            let pick = choice.pick(income, cost, max_power);
            let gain = choice.kept * pick.speed * income - pick.power * cost;
            worth += gain.max(0.0) * slot.running * slot.weight;
        }
        worth * now.hours * site.uptime
    }
}

/// The mean energy price of a month relative to the tariff, with tiers.
fn tier_ratio(tiers: &[super::Tier], mwh: f64) -> f64 {
    let Some(first) = tiers.first().filter(|_| mwh > 0.0) else { return 1.0 };
    let mut paid = mwh.min(first.above_mwh_per_month);
    for (place, tier) in tiers.iter().enumerate() {
        let end = tiers.get(place + 1).map_or(f64::INFINITY, |next| next.above_mwh_per_month);
        paid += (mwh.min(end) - tier.above_mwh_per_month).max(0.0) * tier.price_ratio;
    }
    paid / mwh
}
