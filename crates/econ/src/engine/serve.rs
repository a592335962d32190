//! What all sites do at one time of a month: hashrate, load, bill and supply, as rates.

use super::Draw;
use crate::account::When;
use crate::site::dispatch::{Choice, HourCost, Pick, Prices, Slot, grid_limit, income, short_part};
use crate::site::lot::{Side, present};

/// A time of a month.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Instant<'a> {
    pub when: &'a When,
    /// 0 for January.
    pub month: usize,
    /// Hours of the calendar month.
    pub hours: f64,
    /// USD of the moment for a hash, before the pool.
    pub usd_per_hash: f64,
}

/// Rates of all sites, a month's mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Rates {
    /// H/s.
    pub hash: f64,
    /// MW at the meters.
    pub mining: f64,
    pub ai: f64,
    pub standby: f64,
    pub curtailed: f64,
    pub emergency: f64,
    /// USD an hour.
    pub energy: f64,
    pub adjustments: f64,
    pub levy: f64,
    pub peak: f64,
    pub ancillary: f64,
    pub emergency_pay: f64,
    pub other: f64,
    pub unrecoverable: f64,
    pub recoverable: f64,
    /// MW at the plants.
    pub burnt: f64,
    pub short: f64,
    /// Day-one USD an hour.
    pub cost: f64,
    pub imported: f64,
    /// t CO2 an hour.
    pub tonnes: f64,
}

impl Rates {
    /// Adds a part of others: for means over months.
    pub(crate) fn add(&mut self, other: &Self, part: f64) {
        let Self {
            hash,
            mining,
            ai,
            standby,
            curtailed,
            emergency,
            energy,
            adjustments,
            levy,
            peak,
            ancillary,
            emergency_pay,
            other: costs,
            unrecoverable,
            recoverable,
            burnt,
            short,
            cost,
            imported,
            tonnes,
        } = self;
        for (own, other) in [
            (hash, other.hash),
            (mining, other.mining),
            (ai, other.ai),
            (standby, other.standby),
            (curtailed, other.curtailed),
            (emergency, other.emergency),
            (energy, other.energy),
            (adjustments, other.adjustments),
            (levy, other.levy),
            (peak, other.peak),
            (ancillary, other.ancillary),
            (emergency_pay, other.emergency_pay),
            (costs, other.other),
            (unrecoverable, other.unrecoverable),
            (recoverable, other.recoverable),
            (burnt, other.burnt),
            (short, other.short),
            (cost, other.cost),
            (imported, other.imported),
            (tonnes, other.tonnes),
        ] {
            *own += other * part;
        }
    }

    /// MW at the meters.
    pub(crate) fn load(&self) -> f64 {
        self.mining + self.ai + self.standby
    }
}

/// What one site does in one slot of a month, before the system curtails it.
#[derive(Clone, Copy, Debug)]
struct SlotRun {
    hash: f64,
    /// MW at the meter.
    mining: f64,
    ai: f64,
    /// MW of mining that peaks and offers count: calls to offered load are not taken off.
    offered: f64,
    /// MW of nameplate that run.
    awake: f64,
    /// MW that emergency calls stop.
    emergency: f64,
    cost: HourCost,
}

/// A lot at the time.
#[derive(Clone, Copy, Debug)]
struct LotNow {
    /// H/s, MW and nameplate MW in the normal mode.
    hash: f64,
    mw: f64,
    nameplate_mw: f64,
    /// USD/MWh in the normal mode.
    income: f64,
    /// Greatest power over the normal one that the month's demand charge leaves (M9).
    most: f64,
}

/// Room that is kept from call to call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    /// By site, then slot.
    runs: Vec<Vec<SlotRun>>,
    /// By site: MW of nameplate that stand there, and its prices.
    sites: Vec<(f64, Prices)>,
    /// By group and slot: MW at the plants that would run.
    load: Vec<Vec<f64>>,
    /// The same as it runs, with what stands by.
    served: Vec<Vec<f64>>,
    lots: Vec<LotNow>,
    /// By lot: the greatest power over the normal one that was chosen for the month.
    most: Vec<f64>,
}

impl Draw<'_> {
    /// Mean hashrate of all sites, H/s.
    pub(crate) fn hashrate(&self, now: &Instant, scratch: &mut Scratch) -> f64 {
        self.run_sites(now, scratch);
        let mut hash = 0.0;
        for (place, runs) in scratch.runs.iter().enumerate().take(self.sites.len()) {
            let site = &self.sites[place];
            let load = &scratch.load[site.group];
            for ((run, slot), load) in runs.iter().zip(&site.months[now.month]).zip(load) {
                hash += slot.weight * run.hash * kept(slot, *load);
            }
        }
        hash
    }

    /// What all sites do and pay, and what the system does for them.
    pub(crate) fn rates(&self, now: &Instant, scratch: &mut Scratch) -> Rates {
        self.run_sites(now, scratch);
        let mut rates = Rates::default();
        for place in 0..self.sites.len() {
            self.bill(place, now, scratch, &mut rates);
        }
        if !self.merit.is_empty() {
            self.supply(now, scratch, &mut rates);
        }
        rates
    }

    /// Each month's greatest power is chosen once, at the income of its first time (M9).
    pub(crate) fn choose_greatest_power(&self, now: &Instant, scratch: &mut Scratch) {
        scratch.most.clear();
        scratch.most.resize(self.lots.len(), f64::INFINITY);
        let charged = |place: &usize| self.inputs.sites[*place].demand_charge.value > 0.0;
        for place in (0..self.sites.len()).filter(charged) {
            self.run_sites(now, scratch);
            let charge = now.when.dollars(self.inputs.sites[place].demand_charge);
            let (present_mw, prices) = scratch.sites[place];
            let choice = self.choice(place, present_mw).1;
            for (index, _) in self.lots.iter().enumerate().filter(|(_, lot)| lot.site == place) {
                let income = scratch.lots[index].income;
                let worth = |most: f64| {
                    let month = self.sites[place].months[now.month].iter().map(|slot| {
                        let cost = self.cost(place, slot, &prices, now).total;
                        let gain = choice.gain(income, cost, most).max(0.0);
                        gain * slot.running * slot.weight * now.hours
                    });
                    month.sum::<f64>() * self.sites[place].uptime - charge * most
                };
                let powers = self.inputs.sites[place].modes.iter().map(|mode| mode.power());
                let best = powers.fold((0.0, 0.0), |best: (f64, f64), power| {
                    let worth = worth(power);
                    if worth > best.1 { (power, worth) } else { best }
                });
                scratch.most[index] = match choice.dispatch {
                    crate::engine::Dispatch::MustRun => 1.0,
                    crate::engine::Dispatch::Responsive => best.0,
                };
            }
        }
    }

    /// The month's demand charge a unit of its price, MW: the chosen power of what works.
    pub(crate) fn demand_mw(&self, place: usize, at: f64, scratch: &Scratch) -> f64 {
        let own = self.lots.iter().enumerate().filter(|(_, lot)| lot.site == place);
        let mw = own.map(|(index, lot)| {
            let most = scratch.most.get(index).copied().unwrap_or(f64::INFINITY);
            let (hash, joules) = lot.working(at);
            if most.is_finite() { most * hash * joules / 1e6 } else { 0.0 }
        });
        let scale =
            grid_limit(self.sites[place].grid_mw, present(&self.lots, place, at, Side::Right)).0;
        mw.sum::<f64>() * scale
    }

    fn choice(&self, place: usize, present_mw: f64) -> (f64, Choice<'_>) {
        let (site, given) = (&self.sites[place], &self.inputs.sites[place]);
        let (scale, most) = grid_limit(site.grid_mw, present_mw);
        let kept = 1.0 - site.terms.ancillary_called * site.terms.ancillary_share;
        (scale, Choice { modes: &given.modes, dispatch: given.dispatch, most, kept })
    }

    fn cost(&self, place: usize, slot: &Slot, prices: &Prices, now: &Instant) -> HourCost {
        HourCost::of(&self.inputs.sites[place], slot, prices, now.when, now.hours)
    }

    /// What runs in each slot, and the loads that the system meets.
    fn run_sites(&self, now: &Instant, scratch: &mut Scratch) {
        scratch.runs.resize_with(self.sites.len(), Vec::new);
        scratch.load.resize_with(self.groups, Vec::new);
        scratch.sites.clear();
        scratch.served.resize_with(self.groups, Vec::new);
        for load in scratch.load.iter_mut().chain(&mut scratch.served) {
            load.clear();
        }
        self.lots_now(now, scratch);
        for place in 0..self.sites.len() {
            self.run_site(place, now, scratch);
        }
    }

    /// Every lot in its normal mode: what works of it, in the month's heat, as far as the grid lets it in.
    fn lots_now(&self, now: &Instant, scratch: &mut Scratch) {
        scratch.lots.clear();
        let at = now.when.at;
        for (index, lot) in self.lots.iter().enumerate() {
            let given = &self.inputs.sites[lot.site];
            let there = lot.there(at, Side::Right);
            let (hash, joules) = lot.working(at);
            let heat = given.heat_hashrate[now.month];
            let joules = joules * given.heat_pue[now.month] / heat;
            let hash = hash * heat;
            let earns = hash > 0.0 && joules.is_finite();
            scratch.lots.push(LotNow {
                hash: if earns { hash } else { 0.0 },
                mw: if earns { hash * joules / 1e6 } else { 0.0 },
                nameplate_mw: lot.mw * there,
                income: income(now.usd_per_hash * self.payout, joules),
                most: scratch.most.get(index).copied().unwrap_or(f64::INFINITY),
            });
        }
    }

    fn run_site(&self, place: usize, now: &Instant, scratch: &mut Scratch) {
        let site = &self.sites[place];
        let own = || self.lots.iter().zip(&scratch.lots).filter(|(lot, _)| lot.site == place);
        let present_mw: f64 = own().map(|(_, now)| now.nameplate_mw).sum();
        let (scale, choice) = self.choice(place, present_mw);
        let ai = self.ai.filter(|ai| ai.site == place);
        let (ai_mw, ai_uptime) = ai.map_or((0.0, 0.0), |ai| (ai.there(now.when.at), ai.uptime));
        let full = present_mw * scale * site.uptime + ai_mw * ai_uptime;
        let tier = tier_ratio(&self.inputs.sites[place].tiers, full * now.hours);
        let prices = Prices::at(&self.inputs.sites[place], now.when, tier);
        let mut runs = std::mem::take(&mut scratch.runs[place]);
        runs.clear();
        for slot in &site.months[now.month] {
            let cost = self.cost(place, slot, &prices, now);
            let up = site.uptime * choice.kept;
            let mut run = SlotRun {
                hash: 0.0,
                mining: 0.0,
                ai: ai_mw * ai_uptime * slot.running,
                offered: 0.0,
                awake: ai_mw * slot.running,
                emergency: ai_mw * ai_uptime * slot.emergency,
                cost,
            };
            for (_, lot) in own().filter(|(_, lot)| lot.hash > 0.0) {
                let Pick { speed, power } = choice.pick(lot.income, cost.total, lot.most);
                let on = slot.running * scale;
                run.hash += speed * on * up * lot.hash;
                run.mining += power * on * up * lot.mw;
                run.offered += power * on * site.uptime * lot.mw;
                run.emergency += power * slot.emergency * scale * up * lot.mw;
                run.awake += if power > 0.0 { on * lot.nameplate_mw } else { 0.0 };
            }
            runs.push(run);
        }
        let load = &mut scratch.load[site.group];
        load.resize(runs.len(), 0.0);
        for (load, run) in load.iter_mut().zip(&runs) {
            *load += (run.mining + run.ai) / (1.0 - site.losses);
        }
        scratch.runs[place] = runs;
        scratch.sites.push((present_mw * scale + ai_mw, prices));
    }

    /// A site's loads and bill.
    fn bill(&self, place: usize, now: &Instant, scratch: &mut Scratch, rates: &mut Rates) {
        let (site, terms) = (&self.sites[place], &self.sites[place].terms);
        let (present_mw, prices) = scratch.sites[place];
        let ai_costs = self.ai.map_or(0.0, |ai| ai.costs) * now.when.usd;
        let (runs, load) = (&scratch.runs[place], &scratch.load[site.group]);
        let served = &mut scratch.served[site.group];
        served.resize(runs.len(), 0.0);
        let slots = site.months[now.month].iter().zip(runs).zip(load).zip(served);
        for (((slot, run), load), served) in slots {
            let kept = kept(slot, *load);
            let (mining, ai) = (run.mining * kept, run.ai * kept);
            let standby = terms.standby * (slot.available * present_mw - run.awake * kept).max(0.0);
            let total = mining + ai + standby;
            let weight = slot.weight;
            let bill = total * (run.cost.energy + prices.adjustments);
            rates.hash += weight * run.hash * kept;
            rates.mining += weight * mining;
            rates.ai += weight * ai;
            rates.standby += weight * standby;
            rates.curtailed += weight * (run.mining + run.ai) * (1.0 - kept);
            rates.emergency += weight * run.emergency;
            rates.energy += weight * total * run.cost.energy;
            rates.adjustments += weight * total * prices.adjustments;
            rates.levy += weight * total * run.cost.levy;
            rates.unrecoverable += weight * bill * terms.unrecoverable_tax;
            rates.recoverable += weight * bill * terms.recoverable_tax;
            rates.peak += weight * (run.offered * kept + ai + standby) * run.cost.peak;
            rates.ancillary += weight * run.offered * kept * (prices.ancillary + prices.strike);
            rates.emergency_pay += weight * run.emergency * prices.emergency;
            rates.other += weight * (mining * prices.other + ai * ai_costs);
            *served += total / (1.0 - site.losses);
        }
    }

    /// What the plants make for the loads of every group, and what they lack (M19).
    fn supply(&self, now: &Instant, scratch: &Scratch, rates: &mut Rates) {
        let order = &self.merit[now.month];
        for (group, loads) in scratch.served.iter().enumerate() {
            let Some(site) = self.sites.iter().find(|site| site.group == group) else { continue };
            for (slot, &load) in site.months[now.month].iter().zip(loads) {
                let burnt = load.min(slot.free_mw.max(0.0));
                let served = order.serve(burnt);
                rates.burnt += slot.weight * burnt;
                rates.short += slot.weight * (load - burnt);
                rates.cost += slot.weight * served.cost;
                rates.imported += slot.weight * served.imported;
                rates.tonnes += slot.weight * served.tonnes;
            }
        }
    }
}

/// The part of a slot's load that the system does not curtail.
fn kept(slot: &Slot, load: f64) -> f64 {
    if slot.curtailable == 0.0 {
        1.0
    } else {
        1.0 - slot.curtailable * short_part(load, slot.free_mw)
    }
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
