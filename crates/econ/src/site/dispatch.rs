//! What runs in each of a month's hours: the best power mode of each lot, or nothing (M8, M9, M11).

use super::series::MONTH_HOURS;
use crate::account::When;
use crate::engine::{Dispatch, HoursCase, Levels, PowerMode, Site};
use crate::params::{Denomination, Supply, Terms};
use crate::system::scarce::Limit;

/// J/H times this many USD/H is USD/MWh.
const JOULES_PER_MWH: f64 = 3.6e9;
/// Rounding that a limit on the grid's power forgives.
const SLACK: f64 = 1.0 + 1e-12;

/// Hours of a month that are alike, in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Slot {
    /// Their part of the month.
    pub weight: f64,
    /// Price over the tariff, peak ratios in it.
    pub price_ratio: f64,
    /// The part with energy.
    pub available: f64,
    /// The part that may run: what the year's cap leaves of what emergency calls leave.
    pub running: f64,
    /// The part that emergency calls stop.
    pub emergency: f64,
    /// Probability of a coincident peak in one hour of them, times the month's hours.
    pub peak_density: f64,
    /// MW that the system has free.
    pub free_mw: f64,
    /// The part of the site that may be curtailed while the system is short.
    pub curtailable: f64,
}

/// A site in one draw.
#[derive(Clone, Debug)]
pub(crate) struct SiteState {
    pub months: [Vec<Slot>; 12],
    pub uptime: f64,
    pub terms: Terms,
    /// Losses to its customers.
    pub losses: f64,
    /// Contracted MW.
    pub contracted_mw: f64,
    pub grid_mw: f64,
    /// Slots whose loads meet the same system: sites of one group have the same hours.
    pub group: usize,
}

/// Money of a moment, USD/MWh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Prices {
    /// Energy at the tariff, before the hour's ratio.
    pub tariff: f64,
    pub adjustments: f64,
    /// Levies on every MWh, the part of the bill left out.
    pub levies: f64,
    pub other: f64,
    pub ancillary: f64,
    pub strike: f64,
    /// Charge for a MW in a peak that comes with certainty, USD a MW.
    pub peak: f64,
    pub emergency: f64,
}

impl Prices {
    /// Of a site at a moment; `tier` multiplies its tariff.
    pub(crate) fn at(site: &Site, when: &When, tier: f64) -> Self {
        let terms = &site.terms;
        let sum = |prices: &[crate::params::Price]| {
            prices.iter().map(|price| when.dollars(*price)).sum::<f64>() * 1e3
        };
        let stopped = 1.0 - terms.peak_stopped;
        Self {
            tariff: when.dollars(site.tariff) * 1e3 * tier,
            adjustments: sum(&site.adjustments),
            levies: sum(&site.levies),
            other: site.other_costs * when.usd,
            ancillary: terms.ancillary_price * terms.ancillary_share * when.usd,
            strike: terms.ancillary_called
                * terms.ancillary_share
                * terms.ancillary_strike
                * when.usd,
            peak: terms.peak_charge * when.usd / terms.peaks_per_year * stopped,
            emergency: terms.emergency_price * when.usd,
        }
    }
}

/// What an hour costs, USD/MWh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct HourCost {
    pub energy: f64,
    pub levy: f64,
    pub peak: f64,
    /// Q of equation M8.
    pub total: f64,
}

impl HourCost {
    /// Of a slot of a month of so many hours.
    pub(crate) fn of(site: &Site, slot: &Slot, prices: &Prices, when: &When, hours: f64) -> Self {
        let terms = &site.terms;
        let energy = prices.tariff * slot.price_ratio;
        let bill = energy + prices.adjustments;
        let levy = prices.levies + stepped(site, energy, when) + bill * terms.levy_share;
        let peak = prices.peak * slot.peak_density / hours;
        let called = terms.ancillary_called * terms.ancillary_share;
        let paid = bill * (1.0 + terms.unrecoverable_tax) + levy + prices.other;
        let total = (1.0 - called) * paid - prices.ancillary - prices.strike + peak;
        Self { energy, levy, peak, total }
    }
}

/// The levy that depends on the hour's price, in the levy's money of day one (M23), USD/MWh.
fn stepped(site: &Site, energy: f64, when: &When) -> f64 {
    if site.levy_steps.is_empty() {
        return 0.0;
    }
    let index = match site.levy_denomination {
        Denomination::Usd => when.usd,
        Denomination::Local => when.local,
    };
    let price = energy / 1e3 / index;
    let step = site.levy_steps.iter().find(|step| price < step.below);
    step.map_or(0.0, |step| step.rate * index * 1e3)
}

/// What one lot does in one slot, over its normal mode.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Pick {
    /// Hashrate over the normal one; 0 while it stands still.
    pub speed: f64,
    /// Power over the normal one.
    pub power: f64,
}

/// Which modes a site may use at a time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice<'a> {
    pub modes: &'a [PowerMode],
    pub dispatch: Dispatch,
    /// Greatest power over the normal one that the grid connection allows.
    pub most: f64,
    /// 1 less the part of the time in which offered load is called.
    pub kept: f64,
}

impl Choice<'_> {
    /// The best mode at an income in the normal mode and a cost, USD/MWh.
    pub(crate) fn pick(&self, income: f64, cost: f64, most: f64) -> Pick {
        if self.dispatch == Dispatch::MustRun {
            return if self.most >= 1.0 / SLACK {
                Pick { speed: 1.0, power: 1.0 }
            } else {
                Pick::default()
            };
        }
        let (mut best, mut pick) = (0.0, Pick::default());
        for mode in self.modes {
            let power = mode.power();
            if power > self.most.min(most) {
                continue;
            }
            let gain = self.kept * mode.speed * income - power * cost;
            if gain > best {
                (best, pick) = (gain, Pick { speed: mode.speed, power });
            }
        }
        pick
    }

    /// What a MWh would gain in the best of the modes up to a power, USD for an hour and MW of nameplate.
    pub(crate) fn gain(&self, income: f64, cost: f64, most: f64) -> f64 {
        let pick = self.pick(income, cost, most);
        self.kept * pick.speed * income - pick.power * cost
    }
}

/// The part of all lots that a grid connection lets in, and the power modes that it allows (M8).
pub(crate) fn grid_limit(grid_mw: f64, present_mw: f64) -> (f64, f64) {
    if grid_mw.is_infinite() || present_mw <= 0.0 {
        return (1.0, f64::INFINITY);
    }
    let scale = (grid_mw / present_mw).min(1.0);
    (scale, grid_mw / (present_mw * scale) * SLACK)
}

/// USD/MWh that a hash of so many USD earns at so many J/H.
pub(crate) fn income(usd_per_hash: f64, joules_per_hash: f64) -> f64 {
    usd_per_hash / joules_per_hash * JOULES_PER_MWH
}

impl SiteState {
    /// A site's hours in one draw: emergency calls take the scarcest hours, then the cap leaves the
    /// cheapest (M11); `load_mw` is what all lots take at the plant.
    pub(crate) fn new(
        site: &Site,
        supply: &Supply,
        case: HoursCase,
        levels: &Levels,
        contracted_mw: f64,
        load_mw: f64,
    ) -> Self {
        let terms = site.terms;
        let mut months: [Vec<Slot>; 12] = std::array::from_fn(|m| {
            site.hours
                .month(m)
                .iter()
                .map(|hour| {
                    let ratio = if hour.peak { terms.peak_ratio } else { terms.off_peak_ratio };
                    Slot {
                        weight: hour.weight,
                        price_ratio: hour.price_ratio * ratio,
                        available: hour.available,
                        running: hour.available,
                        emergency: 0.0,
                        peak_density: hour.peak_probability / hour.weight,
                        free_mw: hour.system.free(supply.availability_ratio, supply.reserve_mw),
                        curtailable: 0.0,
                    }
                })
                .collect()
        });
        call(&mut months, terms.emergency_hours);
        cap(&mut months, site, levels);
        curtail(&mut months, case, terms.most_curtailed, load_mw);
        Self {
            months,
            uptime: site.uptime,
            terms,
            losses: supply.losses,
            contracted_mw,
            grid_mw: site.grid_mw.unwrap_or(f64::INFINITY),
            group: 0,
        }
    }
}

fn slots(months: &[Vec<Slot>; 12]) -> impl Iterator<Item = (usize, &Slot)> {
    months.iter().enumerate().flat_map(|(month, slots)| slots.iter().map(move |s| (month, s)))
}

fn hours_of(month: usize, slot: &Slot) -> f64 {
    slot.weight * MONTH_HOURS[month]
}

/// Emergency calls fall into the hours with the least free MW (fault of old: spread evenly).
fn call(months: &mut [Vec<Slot>; 12], hours: f64) {
    if hours <= 0.0 {
        return;
    }
    let mut entries: Vec<(f64, f64)> =
        slots(months).map(|(m, slot)| (slot.free_mw, hours_of(m, slot))).collect();
    let limit = Limit::least_first(&mut entries, hours);
    for slot in months.iter_mut().flatten() {
        slot.emergency = slot.available * limit.taken(slot.free_mw);
        slot.running -= slot.emergency;
    }
}

/// One limit on Q at day-one prices, the cheapest hours of the year first.
fn cap(months: &mut [Vec<Slot>; 12], site: &Site, levels: &Levels) {
    let Some(most) = site.cap_hours else { return };
    let when = levels.when(0.0, 0);
    let prices = Prices::at(site, &when, 1.0);
    let cost = |month: usize, slot: &Slot| {
        HourCost::of(site, slot, &prices, &when, MONTH_HOURS[month]).total
    };
    let mut entries: Vec<(f64, f64)> =
        slots(months).map(|(m, slot)| (cost(m, slot), hours_of(m, slot) * slot.running)).collect();
    let limit = Limit::least_first(&mut entries, most);
    for (month, slots) in months.iter_mut().enumerate() {
        for slot in slots {
            slot.running *= limit.taken(cost(month, slot));
        }
    }
}

/// The part of the site that its contract lets the system curtail, the scarcest hours first; the limit
/// counts hours of the whole site.
fn curtail(months: &mut [Vec<Slot>; 12], case: HoursCase, most: f64, load_mw: f64) {
    let limit = match case {
        HoursCase::Firm => return,
        HoursCase::SurplusOnly => Limit::ALL,
        HoursCase::Interruptible => {
            let short = |slot: &Slot| short_part(load_mw, slot.free_mw);
            let mut entries: Vec<(f64, f64)> = slots(months)
                .map(|(m, slot)| (slot.free_mw, hours_of(m, slot) * slot.running * short(slot)))
                .collect();
            Limit::least_first(&mut entries, most)
        }
    };
    for slot in months.iter_mut().flatten() {
        slot.curtailable = limit.taken(slot.free_mw);
    }
}

/// The part of a load at the plant that nothing is free for, 0 to 1.
pub(crate) fn short_part(load_mw: f64, free_mw: f64) -> f64 {
    if load_mw <= 0.0 || free_mw >= load_mw {
        return 0.0;
    }
    1.0 - free_mw.max(0.0) / load_mw
}
