//! What all sites do at one time of a month: hashrate, load, bill and supply, as rates.

use super::now::{Instant, Rates, Scratch, SiteNow};
use super::sites::SlotRun;
use super::{Dispatch, Draw};
use crate::site::dispatch::{grid_limit, short_part};
use crate::site::lot::{Side, present};
use crate::site::slot::Slot;
use crate::site::table::MonthHours;
use crate::system::merit::Served;

impl MonthHours {
    /// The slots that are summed one by one: all of them, or those without a table.
    pub(super) fn single(&self, tabled: bool) -> &[Slot] {
        match &self.table {
            Some(table) if tabled => &self.slots[..table.loose],
            _ => &self.slots,
        }
    }
}

impl Draw<'_> {
    /// Mean hashrate of all sites, H/s.
    pub(crate) fn hashrate(&self, now: &Instant, scratch: &mut Scratch) -> f64 {
        if !self.stands(now, scratch) {
            return 0.0;
        }
        let month = |place: usize| &self.sites[place].hours.months[now.month];
        let is_plain = |place: usize| !month(place).is_curtailable && month(place).table.is_none();
        if (0..self.sites.len()).all(is_plain) {
            // Nobody asks what it takes and pays.
            let hash = |place: usize| self.hash(place, &month(place).slots, now, scratch);
            return (0..self.sites.len()).map(hash).sum();
        }
        self.run_sites(now, scratch);
        scratch.sites.iter().map(|site| site.sums.hash).sum()
    }

    /// What all sites do and pay, and what the system does for them.
    pub(crate) fn rates(&self, now: &Instant, scratch: &mut Scratch) -> Rates {
        let mut rates = Rates::default();
        if !self.stands(now, scratch) {
            return rates;
        }
        self.run_sites(now, scratch);
        for (place, site) in scratch.sites.iter().enumerate() {
            self.bill(place, now, site, &mut rates);
        }
        if !self.merit.is_empty() {
            self.supply(now, scratch, &mut rates);
        }
        rates
    }

    /// Each month's greatest power is chosen once, at the income of its first time (M9).
    pub(crate) fn choose_greatest_power(&self, now: &Instant, scratch: &mut Scratch) {
        scratch.most.clear();
        let is_charged = |place: usize| self.inputs.sites[place].demand_charge.value > 0.0;
        if !(0..self.sites.len()).any(is_charged) {
            return;
        }
        scratch.most.resize(self.lots.len(), f64::INFINITY);
        self.lots_now(now, scratch);
        self.sites_now(now, scratch);
        for place in (0..self.sites.len()).filter(|place| is_charged(*place)) {
            let given = &self.inputs.sites[place];
            let charge = now.when.dollars(given.demand_charge);
            for order in self.sites[place].lots.clone() {
                let income = scratch.lots[order].income;
                let powers = given.modes.iter().map(|mode| mode.power());
                let best = || {
                    powers.fold((0.0, 0.0), |best: (f64, f64), power| {
                        let gross = self.worth(place, income, power, now, scratch);
                        let worth = gross - charge * power;
                        if worth > best.1 { (power, worth) } else { best }
                    })
                };
                scratch.most[self.by_site[order]] = match given.dispatch {
                    Dispatch::MustRun => 1.0,
                    Dispatch::Responsive => best().0,
                };
            }
        }
    }

    /// The month's demand charge a unit of its price, MW: the chosen power of what works, and all AI.
    pub(crate) fn demand_mw(&self, place: usize, at: f64, scratch: &Scratch) -> f64 {
        let mut mw = 0.0;
        for &index in &self.by_site[self.sites[place].lots.clone()] {
            let (lot, wear) = (&self.lots[index], &self.wear[index]);
            let most = scratch.most.get(index).copied().unwrap_or(f64::INFINITY);
            if most.is_finite() {
                mw += most * lot.working(at, lot.there(at, Side::Right), wear).mw;
            }
        }
        let ai = self.ai.filter(|ai| ai.site == place).map_or(0.0, |ai| ai.there(at));
        let left = (self.sites[place].grid_mw - ai).max(0.0);
        mw * grid_limit(left, present(&self.lots, place, at, Side::Right)).0 + ai
    }

    /// Lots and prices of all sites; `false` where nothing stands anywhere, so that nothing runs.
    fn stands(&self, now: &Instant, scratch: &mut Scratch) -> bool {
        self.lots_now(now, scratch);
        let ai_mw = self.ai.map_or(0.0, |ai| ai.there(now.when.at));
        if ai_mw == 0.0 && scratch.lots.iter().all(|lot| lot.nameplate_mw == 0.0) {
            return false;
        }
        scratch.clear(self.groups);
        self.sites_now(now, scratch);
        true
    }

    /// What runs in each slot and table of sites that stand, and the loads that the system meets.
    fn run_sites(&self, now: &Instant, scratch: &mut Scratch) {
        let month = |place: usize| &self.sites[place].hours.months[now.month];
        let tabled = |place: usize, scratch: &Scratch| scratch.tabled[self.sites[place].group];
        if (0..self.sites.len()).any(|place| month(place).is_curtailable) {
            for place in 0..self.sites.len() {
                let slots = month(place).single(tabled(place, scratch));
                self.load_slots(place, slots, now, scratch);
            }
        }
        for place in 0..self.sites.len() {
            let (hours, tabled) = (month(place), tabled(place, scratch));
            self.sum_slots(place, hours, hours.single(tabled), now, scratch);
            let lookup = scratch.sites[place].lookup.filter(|_| tabled);
            if let (Some(table), Some(lookup)) = (&hours.table, lookup) {
                self.run_table(place, table, &lookup, scratch);
            }
        }
    }

    /// What the machines of each site do and pay in each slot of the month, AI left out: site and slot by their
    /// place, means over the month of the slot's part of it. Hours are summed one by one.
    pub(super) fn each_slot(
        &self,
        now: &Instant,
        scratch: &mut Scratch,
        mut seen: impl FnMut(usize, usize, &SlotRun, &Rates),
    ) {
        if !self.stands(now, scratch) {
            return;
        }
        let month = |place: usize| &self.sites[place].hours.months[now.month];
        if (0..self.sites.len()).any(|place| month(place).is_curtailable) {
            for place in 0..self.sites.len() {
                self.load_slots(place, &month(place).slots, now, scratch);
            }
        }
        for place in 0..self.sites.len() {
            self.slot_runs(place, month(place), now, scratch, |slot, run| {
                let mut rates = Rates::default();
                let at = SiteNow { sums: run.sums, ..scratch.sites[place] };
                self.bill(place, now, &at, &mut rates);
                seen(place, slot, run, &rates);
            });
        }
    }

    /// A site's loads and bill.
    fn bill(&self, place: usize, now: &Instant, at: &SiteNow, rates: &mut Rates) {
        let (terms, prices, sums) = (&self.sites[place].terms, &at.prices, &at.sums);
        let load = sums.mining + sums.ai + sums.standby;
        let energy = prices.tariff * sums.energy;
        let adjustments = prices.adjustments * load;
        let bill = energy + adjustments;
        rates.hash += sums.hash;
        rates.mining += sums.mining;
        rates.ai += sums.ai;
        rates.standby += sums.standby;
        rates.curtailed += sums.curtailed;
        rates.emergency += sums.emergency;
        rates.energy += energy;
        rates.adjustments += adjustments;
        rates.levy += prices.levies * load + sums.levy + bill * terms.levy_share;
        rates.unrecoverable += bill * terms.unrecoverable_tax;
        rates.recoverable += bill * terms.recoverable_tax;
        rates.peak += prices.peak / now.hours * sums.peak;
        rates.ancillary += sums.offered * (prices.ancillary + prices.strike);
        rates.emergency_pay += sums.emergency * prices.emergency;
        let ai_costs = self.ai.map_or(0.0, |ai| ai.costs) * now.when.usd;
        rates.other += sums.mining * prices.other + sums.ai * ai_costs;
    }

    /// What the plants make for the loads of every group, and what they lack (M19).
    fn supply(&self, now: &Instant, scratch: &mut Scratch, rates: &mut Rates) {
        let order = &self.merit[now.month];
        for (group, loads) in scratch.served.iter().enumerate() {
            let Some(site) = self.sites.iter().find(|site| site.group == group) else { continue };
            let hours = &site.hours.months[now.month];
            let tabled = scratch.tabled[group];
            let (mut known, mut served) = (0.0, Served::default());
            for (slot, &load) in hours.single(tabled).iter().zip(loads) {
                let burnt = load.min(self.free(slot).max(0.0));
                // Hours that are alike in what runs mostly take the same.
                if burnt != known {
                    (known, served) = (burnt, order.serve(burnt));
                }
                rates.serve(slot.weight, load, burnt, &served);
            }
            if tabled {
                let (supply, pieces) = (&self.inputs.supply, &mut scratch.pieces[group]);
                self.scarce[group].serve(hours, now.month, (supply, order), pieces, rates);
            }
        }
    }

    /// What the system has free in a slot, MW.
    fn free(&self, slot: &Slot) -> f64 {
        let supply = &self.inputs.supply;
        slot.system.free(supply.availability_ratio, supply.reserve_mw)
    }

    /// The part of a slot's load that the system does not curtail.
    pub(super) fn kept(&self, slot: &Slot, load: f64) -> f64 {
        if slot.curtailable == 0.0 {
            return 1.0;
        }
        1.0 - slot.curtailable * short_part(load, self.free(slot))
    }
}
