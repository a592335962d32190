//! What each site does at one time of a month: in hours summed one by one, and in those that have tables.

use super::Draw;
use super::scarce::Piece;
use super::serve::{Instant, Scratch};
use crate::site::dispatch::{Choice, CostLine, Prices, grid_limit, income, stepped};
use crate::site::hours::{MonthHours, Slot};
use crate::site::lot::Side;
use crate::site::table::{Lookup, MonthTable};

/// A lot at the time, in the normal mode.
#[derive(Clone, Copy, Debug)]
pub(super) struct LotNow {
    /// H/s, MW and nameplate MW.
    pub hash: f64,
    pub mw: f64,
    pub nameplate_mw: f64,
    /// USD/MWh.
    pub income: f64,
    /// Greatest power over the normal one that the month's demand charge leaves (M9).
    pub most: f64,
}

/// A site at the time.
#[derive(Clone, Copy, Debug)]
pub(super) struct SiteNow {
    /// MW of nameplate that stand there.
    pub present_mw: f64,
    /// The part that the grid connection lets in, and the greatest power over the normal one.
    pub scale: f64,
    pub most: f64,
    pub ai_mw: f64,
    pub ai_uptime: f64,
    pub prices: Prices,
    pub line: CostLine,
    /// How the month's table stands to these prices.
    pub lookup: Option<Lookup>,
    pub sums: SiteSums,
}

/// A month's mean of what a site does; money is over its price.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct SiteSums {
    /// H/s.
    pub hash: f64,
    /// MW at the meter.
    pub mining: f64,
    pub ai: f64,
    pub standby: f64,
    pub curtailed: f64,
    pub emergency: f64,
    /// MW that is offered to the grid.
    pub offered: f64,
    /// MW times price over the tariff.
    pub energy: f64,
    /// USD an hour of the levy on the hour's price.
    pub levy: f64,
    /// MW times the peak's density.
    pub peak: f64,
}

/// What one site does in one slot of a month, before the system curtails it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SlotRun {
    pub hash: f64,
    /// MW at the meter.
    pub mining: f64,
    pub ai: f64,
    /// MW of mining that peaks and offers count: calls to offered load are not taken off.
    pub offered: f64,
    /// MW of nameplate that run.
    pub awake: f64,
    /// MW that emergency calls stop.
    pub emergency: f64,
    /// The levy's step, USD/MWh.
    pub levy: f64,
}

/// What lots would do in an hour that runs as a whole, on a site without a limit.
#[derive(Clone, Copy, Debug, Default)]
struct Unit {
    hash: f64,
    mw: f64,
    awake: f64,
    levy: f64,
}

impl Draw<'_> {
    /// Every lot in its normal mode: what works of it, in the month's heat.
    pub(super) fn lots_now(&self, now: &Instant, scratch: &mut Scratch) {
        scratch.lots.clear();
        for &index in &self.by_site {
            let lot = &self.lots[index];
            let given = &self.inputs.sites[lot.site];
            let there = lot.there(now.when.at, Side::Right);
            let (hash, mw) = lot.working(now.when.at, there, &self.wear[index]);
            let (heat, pue) = (given.heat_hashrate[now.month], given.heat_pue[now.month]);
            let (hash, mw) = (hash * heat, mw * pue);
            let earns = hash > 0.0 && mw.is_finite();
            // Machines that are yet to come are new.
            let joules = if hash > 0.0 { mw * 1e6 / hash } else { lot.joules * pue / heat };
            scratch.lots.push(LotNow {
                hash: if earns { hash } else { 0.0 },
                mw: if earns { mw } else { 0.0 },
                nameplate_mw: lot.mw * there,
                income: income(now.usd_per_hash * self.payout, joules),
                most: scratch.most.get(index).copied().unwrap_or(f64::INFINITY),
            });
        }
    }

    /// Prices and limits of each site.
    pub(super) fn sites_now(&self, now: &Instant, scratch: &mut Scratch) {
        scratch.sites.clear();
        scratch.tabled.clear();
        scratch.tabled.resize(self.groups, true);
        for (place, site) in self.sites.iter().enumerate() {
            let given = &self.inputs.sites[place];
            let lots_mw: f64 =
                scratch.lots[site.lots.clone()].iter().map(|lot| lot.nameplate_mw).sum();
            let (scale, most) = grid_limit(site.grid_mw, lots_mw);
            let ai = self.ai.filter(|ai| ai.site == place);
            let (ai_mw, ai_uptime) = ai.map_or((0.0, 0.0), |ai| (ai.there(now.when.at), ai.uptime));
            let full = lots_mw * scale * site.uptime + ai_mw * ai_uptime;
            let tier = tier_ratio(&given.tiers, full * now.hours);
            let prices = Prices::at(given, now.when, tier);
            let line = CostLine::at(&site.terms, &prices, now.hours);
            let table = site.hours.months[now.month].table.as_ref();
            let lookup = table
                .filter(|_| site.terms.standby == 0.0)
                .and_then(|table| table.lookup(&line, &prices, tier, now.hours, site.keeps_order));
            scratch.tabled[site.group] &= lookup.is_some();
            let present_mw = lots_mw * scale + ai_mw;
            let sums = SiteSums::default();
            scratch.sites.push(SiteNow {
                present_mw,
                scale,
                most,
                ai_mw,
                ai_uptime,
                prices,
                line,
                lookup,
                sums,
            });
        }
    }

    pub(super) fn choice(&self, place: usize, at: &SiteNow) -> Choice<'_> {
        let (site, given) = (&self.sites[place], &self.inputs.sites[place]);
        let kept = 1.0 - site.terms.ancillary_called * site.terms.ancillary_share;
        Choice { modes: &given.modes, dispatch: given.dispatch, most: at.most, kept }
    }

    /// What runs in each slot that is summed by itself; the group's load in it adds up.
    pub(super) fn run_slots(
        &self,
        place: usize,
        slots: &[Slot],
        now: &Instant,
        scratch: &mut Scratch,
    ) {
        let (site, given) = (&self.sites[place], &self.inputs.sites[place]);
        let at = scratch.sites[place];
        let choice = self.choice(place, &at);
        let lots = &scratch.lots[site.lots.clone()];
        let (up, ai) = (site.uptime * choice.kept, at.ai_mw * at.ai_uptime);
        let per_meter = 1.0 / (1.0 - site.losses);
        let (runs, load) = (&mut scratch.runs[place], &mut scratch.load[site.group]);
        runs.clear();
        load.resize(slots.len(), 0.0);
        let mut unit = Unit::default();
        for (slot, load) in slots.iter().zip(load) {
            if !slot.costs_alike {
                let levy = stepped(given, at.prices.tariff, slot.price_ratio, now.when);
                unit = unit_of(&choice, lots, at.line.of(slot, levy), levy);
            }
            let on = slot.running * at.scale;
            let run = SlotRun {
                hash: unit.hash * on * up,
                mining: unit.mw * on * up,
                ai: ai * slot.running,
                offered: unit.mw * on * site.uptime,
                awake: unit.awake * on + at.ai_mw * slot.running,
                emergency: (unit.mw * at.scale * up + ai) * slot.emergency,
                levy: unit.levy,
            };
            *load += (run.mining + run.ai) * per_meter;
            runs.push(run);
        }
    }

    /// What a site does in the hours of a month's table, and the load that it makes of it.
    pub(super) fn run_table(
        &self,
        place: usize,
        table: &MonthTable,
        lookup: &Lookup,
        scratch: &mut Scratch,
    ) {
        let site = &self.sites[place];
        let at = scratch.sites[place];
        let choice = self.choice(place, &at);
        let (up, per_meter) = (site.uptime * choice.kept, 1.0 / (1.0 - site.losses));
        let pieces = &mut scratch.pieces[site.group];
        let sums = &mut scratch.sites[place].sums;
        for lot in scratch.lots[site.lots.clone()].iter().filter(|lot| lot.hash > 0.0) {
            let (hash, mw) = (lot.hash * at.scale, lot.mw * at.scale);
            choice.thresholds(lot.income, lot.most, |threshold, more| {
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
            pieces.push(Piece { rank: table.len(), load: ai * per_meter });
        }
    }

    /// Adds up the slots of a site as the system lets them run.
    pub(super) fn sum_slots(
        &self,
        place: usize,
        hours: &MonthHours,
        slots: &[Slot],
        scratch: &mut Scratch,
    ) {
        let site = &self.sites[place];
        let standby_share = site.terms.standby;
        let at = &mut scratch.sites[place];
        let sums = &mut at.sums;
        let per_meter = 1.0 / (1.0 - site.losses);
        let served = &mut scratch.served[site.group];
        served.resize(slots.len(), 0.0);
        let runs = scratch.runs[place].iter().zip(&scratch.load[site.group]).zip(served);
        for (slot, ((run, load), served)) in slots.iter().zip(runs) {
            let kept = if hours.is_curtailable { self.kept(slot, *load) } else { 1.0 };
            let weight = slot.weight;
            let (mining, ai) = (run.mining * kept, run.ai * kept);
            let still = (slot.available * at.present_mw - run.awake * kept).max(0.0);
            let standby = standby_share * still;
            let total = mining + ai + standby;
            sums.hash += weight * run.hash * kept;
            sums.mining += weight * mining;
            sums.ai += weight * ai;
            sums.standby += weight * standby;
            sums.curtailed += weight * (run.mining + run.ai) * (1.0 - kept);
            sums.emergency += weight * run.emergency;
            sums.offered += weight * run.offered * kept;
            sums.energy += weight * total * slot.price_ratio;
            sums.levy += weight * total * run.levy;
            sums.peak += weight * (run.offered * kept + ai + standby) * slot.peak_density;
            *served += total * per_meter;
        }
    }

    /// What a month with some greatest power would earn before its demand charge, USD for a MW of nameplate of
    /// a lot with this income.
    pub(super) fn worth(
        &self,
        place: usize,
        income: f64,
        most: f64,
        now: &Instant,
        scratch: &Scratch,
    ) -> f64 {
        let (site, given, at) =
            (&self.sites[place], &self.inputs.sites[place], &scratch.sites[place]);
        let choice = self.choice(place, at);
        let (mut worth, hours) = (0.0, &site.hours.months[now.month]);
        let tabled = scratch.tabled[site.group];
        if let (Some(table), Some(lookup)) = (&hours.table, at.lookup.filter(|_| tabled)) {
            choice.thresholds(income, most, |threshold, more| {
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
            let levy = stepped(given, at.prices.tariff, slot.price_ratio, now.when);
            let cost = at.line.of(slot, levy);
            let pick = choice.pick(income, cost, most);
            let gain = choice.kept * pick.speed * income - pick.power * cost;
            worth += gain.max(0.0) * slot.running * slot.weight;
        }
        worth * now.hours * site.uptime
    }
}

/// What lots do in an hour of some cost.
#[inline]
fn unit_of(choice: &Choice, lots: &[LotNow], cost: f64, levy: f64) -> Unit {
    let mut unit = Unit { levy, ..Unit::default() };
    for lot in lots.iter().filter(|lot| lot.hash > 0.0) {
        let pick = choice.pick(lot.income, cost, lot.most);
        if pick.power > 0.0 {
            unit.hash += pick.speed * lot.hash;
            unit.mw += pick.power * lot.mw;
            unit.awake += lot.nameplate_mw;
        }
    }
    unit
}

/// The mean price of a month's energy over the tariff, by tiers.
fn tier_ratio(tiers: &[super::Tier], mwh: f64) -> f64 {
    let Some(first) = tiers.first().filter(|_| mwh > 0.0) else { return 1.0 };
    let mut paid = mwh.min(first.above_mwh_per_month);
    for (place, tier) in tiers.iter().enumerate() {
        let end = tiers.get(place + 1).map_or(f64::INFINITY, |next| next.above_mwh_per_month);
        paid += (mwh.min(end) - tier.above_mwh_per_month).max(0.0) * tier.price_ratio;
    }
    paid / mwh
}
