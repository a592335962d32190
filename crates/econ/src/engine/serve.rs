//! Rates of all sites at one time of a month: hashrate, load, bill and supply.

use super::draw::SiteState;
use super::now::{Instant, Rates, Scratch, SiteNow};
use super::sites::SlotRun;
use super::{Dispatch, Draw, Site};
use crate::params::{Denomination, Price};
use crate::site::dispatch::{Contracted, grid_limit, short_share};
use crate::site::levies::LeviesNow;
use crate::site::lot::{Side, installed_mw};
use crate::site::slot::Slot;
use crate::site::table::MonthHours;
use crate::system::merit::Served;

impl MonthHours {
    /// The slots that are summed one by one: all, or those outside the table.
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
        if !self.prepare(now, scratch) {
            return 0.0;
        }
        let month = |place: usize| &self.sites[place].hours.months[now.month];
        let is_plain = |place: usize| !month(place).is_curtailable && month(place).table.is_none();
        if (0..self.sites.len()).all(is_plain) {
            // Load and bill are not needed.
            let hash = |place: usize| self.hash(place, &month(place).slots, now, scratch);
            return (0..self.sites.len()).map(hash).sum();
        }
        self.run_sites(now, scratch);
        scratch.sites.iter().map(|site| site.sums.hash).sum()
    }

    /// Operation and bills of all sites, and their supply.
    pub(crate) fn rates(&self, now: &Instant, scratch: &mut Scratch) -> Rates {
        let mut rates = Rates::default();
        if !self.prepare(now, scratch) {
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

    /// Chooses the month's maximum power under a demand charge, once per month at the first income (M9).
    pub(crate) fn choose_max_power(&self, now: &Instant, scratch: &mut Scratch) {
        scratch.max_power.clear();
        let is_charged = |place: usize| self.inputs.sites[place].demand_charge.value > 0.0;
        if !(0..self.sites.len()).any(is_charged) {
            return;
        }
        scratch.max_power.resize(self.lots.len(), f64::INFINITY);
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
                scratch.max_power[self.by_site[order]] = match given.dispatch {
                    Dispatch::MustRun => 1.0,
                    Dispatch::Responsive => best().0,
                };
            }
        }
    }

    /// The billed demand of a month, MW: the chosen power of working machines, and all AI.
    pub(crate) fn demand_mw(&self, place: usize, at: f64, scratch: &Scratch) -> f64 {
        let mut mw = 0.0;
        for &index in &self.by_site[self.sites[place].lots.clone()] {
            let (lot, wear) = (&self.lots[index], &self.wear[index]);
            let max_power = scratch.max_power.get(index).copied().unwrap_or(f64::INFINITY);
            if max_power.is_finite() {
                mw += max_power * lot.working(at, lot.installed_share(at, Side::Right), wear).mw;
            }
        }
        let ai = self.ai.filter(|ai| ai.site == place).map_or(0.0, |ai| ai.mw_at(at));
        let left = (self.sites[place].grid_mw - ai).max(0.0);
        mw * grid_limit(left, installed_mw(&self.lots, place, at, Side::Right)).0 + ai
    }

    /// Prepares lots and prices of all sites; returns `false` if nothing is installed and no contract is delivered.
    fn prepare(&self, now: &Instant, scratch: &mut Scratch) -> bool {
        self.lots_now(now, scratch);
        let ai_mw = self.ai.map_or(0.0, |ai| ai.mw_at(now.when.at));
        let contracted = |(site, given): (&SiteState, &Site)| {
            given.contract.is_some() && now.when.at >= site.begins
        };
        let sells = self.sites.iter().zip(&self.inputs.sites).any(contracted);
        if ai_mw == 0.0 && !sells && scratch.lots.iter().all(|lot| lot.nameplate_mw == 0.0) {
            return false;
        }
        scratch.clear(self.groups);
        self.sites_now(now, scratch);
        true
    }

    /// Computes the operation of each prepared site by slot and table, and the loads on the system.
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

    /// Visits the operation and bill of the machines of each site in each slot of the month, without AI: site and slot
    /// by index, values as the slot's part of the month's means. Hours are summed one by one; contracted energy is
    /// valued at the hour's price, which its resale would bring (M10).
    pub(super) fn each_slot(
        &self,
        now: &Instant,
        scratch: &mut Scratch,
        mut visit: impl FnMut(usize, usize, &SlotRun, &Rates),
    ) {
        if !self.prepare(now, scratch) {
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
                let mut at = SiteNow { sums: run.sums, ..scratch.sites[place] };
                at.prices.contract = None;
                self.bill(place, now, &at, &mut rates);
                visit(place, slot, run, &rates);
            });
        }
    }

    /// Adds a site's loads and bill.
    fn bill(&self, place: usize, now: &Instant, at: &SiteNow, rates: &mut Rates) {
        let (terms, prices, sums) = (&self.sites[place].terms, &at.prices, &at.sums);
        let load = sums.mining + sums.ai + sums.standby;
        let mut energy = prices.tariff * sums.energy;
        let adjustments = prices.adjustments * load;
        let mut bill = energy + adjustments;
        let mut ai_bill = prices.tariff * sums.ai_energy + prices.adjustments * sums.ai;
        if let Some(contract) = &prices.contract {
            let (beyond, paid) = self.bill_contract(place, now, contract, at, rates);
            energy = beyond;
            bill = energy + adjustments + paid;
            ai_bill = contract.price * (sums.ai - sums.ai_beyond)
                + prices.tariff * sums.ai_beyond_energy
                + contract.fee * sums.ai_beyond
                + prices.adjustments * sums.ai;
        }
        rates.hash += sums.hash;
        rates.mining += sums.mining;
        rates.ai += sums.ai;
        rates.standby += sums.standby;
        rates.curtailed += sums.curtailed;
        rates.emergency += sums.emergency;
        rates.energy += energy;
        rates.adjustments += adjustments;
        rates.levy += prices.levies * load + sums.levy + bill * terms.levy_share;
        let scheduled = &prices.scheduled;
        if *scheduled != LeviesNow::default() {
            let ([per_mining, per_ai], ai) = (scheduled.per_mwh, sums.ai);
            rates.levy += per_mining * (load - ai) + per_ai * ai;
            rates.levy += scheduled.of_bill(bill, ai_bill);
        }
        rates.unrecoverable += bill * terms.unrecoverable_tax;
        rates.recoverable += bill * terms.recoverable_tax;
        let peak = self.peak_usd_per_hour(now.hours, at);
        rates.peak += peak;
        if terms.peak_lag > 0.0 {
            rates.peak_later += peak;
        }
        rates.in_usd += peak + self.in_usd(place, energy, load, now);
        rates.ancillary += sums.offered * (prices.ancillary + prices.strike);
        rates.emergency_pay += sums.emergency * prices.emergency;
        let ai_share = terms.levy_share + terms.unrecoverable_tax + scheduled.share[LeviesNow::AI];
        rates.ai_bill += ai_bill * (1.0 + ai_share)
            + (prices.levies + scheduled.per_mwh[LeviesNow::AI]) * sums.ai
            + sums.ai_levy
            + prices.peak / now.hours * sums.ai_peak;
        let ai_costs = self.ai.map_or(0.0, |ai| ai.costs) * now.when.usd;
        rates.other += sums.mining * prices.other + sums.ai * ai_costs;
    }

    /// Energy and adjustments of a site priced in dollars, USD per hour.
    fn in_usd(&self, place: usize, energy: f64, load: f64, now: &Instant) -> f64 {
        let site = &self.inputs.sites[place];
        let is_usd = |price: &Price| price.denomination == Denomination::Usd;
        let adjustments = site.adjustments.iter().filter(|price| is_usd(price));
        let adjustments: f64 = adjustments.map(|price| now.when.dollars(*price) * 1e3).sum();
        let energy = if is_usd(&site.tariff) { energy } else { 0.0 };
        energy + adjustments * load
    }

    /// Charge for load at coincident peaks, USD per hour.
    pub(crate) fn peak_usd_per_hour(&self, month_hours: f64, at: &SiteNow) -> f64 {
        at.prices.peak / month_hours * at.sums.peak
    }

    /// Adds contracted power of a site, delivered in all hours with energy from its first lot on; returns the cost of
    /// energy bought beyond the contract and the payment for the contract, USD per hour (M10).
    fn bill_contract(
        &self,
        place: usize,
        now: &Instant,
        contract: &Contracted,
        at: &SiteNow,
        rates: &mut Rates,
    ) -> (f64, f64) {
        let (site, sums, tariff) = (&self.sites[place], &at.sums, at.prices.tariff);
        let hours = &site.hours.months[now.month].with_energy;
        let volume = if now.when.at >= site.begins { contract.volume_mw } else { 0.0 };
        let covered = sums.mining + sums.ai + sums.standby - sums.beyond;
        let sold = volume * hours.weight - covered;
        let spot = tariff * (volume * hours.price - (sums.energy - sums.beyond_energy));
        let paid = volume * hours.weight * contract.price;
        rates.contract += paid;
        rates.resold += spot - contract.fee * sold;
        rates.resold_spot += spot;
        rates.resold_mw += sold;
        rates.covered_mw += covered;
        (tariff * sums.beyond_energy + contract.fee * sums.beyond, paid)
    }

    /// Adds the supply of every group's loads, and the shortage (M19).
    fn supply(&self, now: &Instant, scratch: &mut Scratch, rates: &mut Rates) {
        let order = &self.merit[now.month];
        let at_marginal_price = self.inputs.at_marginal_price();
        for (group, loads) in scratch.served.iter().enumerate() {
            let Some(site) = self.sites.iter().find(|site| site.group == group) else { continue };
            let hours = &site.hours.months[now.month];
            let tabled = scratch.tabled[group];
            let (mut known, mut served) = (0.0, Served::default());
            for (slot, &load) in hours.single(tabled).iter().zip(loads) {
                let burnt = load.min(self.free(slot).max(0.0));
                // Consecutive slots mostly have the same load.
                if burnt != known {
                    (known, served) = (burnt, order.serve(burnt));
                }
                rates.serve(slot.weight, load, burnt, &served);
                if at_marginal_price > 0.0 && burnt > 0.0 {
                    let part = slot.weight * at_marginal_price;
                    rates.add_price_effect(part, self.others_mw(slot), burnt, order, &served);
                }
            }
            if tabled {
                let (supply, pieces) = (&self.inputs.supply, &mut scratch.pieces[group]);
                self.scarce[group].serve(hours, now.month, (supply, order), pieces, rates);
            }
        }
    }

    /// Load of other consumers at the plants in a slot, MW.
    fn others_mw(&self, slot: &Slot) -> f64 {
        let given = self.inputs.bills.as_ref().and_then(|bills| bills.other_load_mw);
        given.unwrap_or(slot.system.demand_mw)
    }

    /// Free capacity of the system in a slot, MW.
    fn free(&self, slot: &Slot) -> f64 {
        let supply = &self.inputs.supply;
        slot.system.free(supply.availability_ratio, supply.reserve_mw)
    }

    /// The share of a slot's load that the system does not curtail.
    pub(super) fn uncurtailed_share(&self, slot: &Slot, load: f64) -> f64 {
        if slot.curtailable == 0.0 {
            return 1.0;
        }
        1.0 - slot.curtailable * short_share(load, self.free(slot))
    }
}
