//! Running sums over a month's hours in order of cost: the operation of a lot that runs below a cost threshold is
//! one lookup (M8).
//!
//! The hours of a month are sorted by their cost on day one. As long as all differences between hours scale by one
//! factor, the order and the sums are valid in every draw and at every time. The threshold of a power mode is searched
//! between two of 128 knots, then among the hours between them, so the sums equal those hour by hour.

use super::dispatch::{CostLine, Prices};
use super::levies::stepped;
use super::slot::{Slot, mark_equal_costs};
use crate::account::Levels;
use crate::params::MONTH_HOURS;
use crate::params::inputs::{LevyRate, Site};

/// Knots of a table.
const KNOTS: usize = 128;

/// The inputs that determine the order of a site's hours by cost, relative to the tariff on day one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shape {
    /// Cost of a dollar of energy with taxes; only its sign if hours differ in the energy price alone.
    slope: f64,
    /// Cost of a dollar of the levy.
    levy: f64,
    peak: f64,
    /// Thresholds of the levy's steps, and their rates.
    steps: Vec<(f64, f64)>,
}

impl Shape {
    /// Computes the shape of a draw.
    pub(crate) fn new(site: &Site, levels: &Levels) -> Self {
        let when = levels.when(0.0, 0);
        let prices = Prices::at(site, levels, &when, 1.0);
        let line = CostLine::at(&site.terms, &prices, 1.0);
        if site.levy_steps.is_empty() && line.peak == 0.0 {
            return Self { slope: line.slope.signum(), levy: 0.0, peak: 0.0, steps: Vec::new() };
        }
        let per_kwh = when.index(site.levy_denomination) * 1e3 / prices.tariff;
        let steps = site.levy_steps.iter().map(|s| (s.below * per_kwh, s.rate * per_kwh));
        Self {
            slope: line.slope / prices.tariff,
            levy: line.levy,
            peak: line.peak / prices.tariff,
            steps: steps.collect(),
        }
    }

    /// Whether all components in which hours differ are in one currency.
    pub(crate) fn is_one_currency(&self, site: &Site) -> bool {
        use crate::params::Denomination::Usd;
        let terms = &site.terms;
        // A tariff with its own indexation does not scale with the other components.
        let is_plain = terms.inflation_indexed == 1.0 && terms.dollar_indexed == 0.0;
        let levy = self.steps.is_empty() || site.levy_denomination == site.tariff.denomination;
        is_plain
            && site.tariff_steps.is_none()
            && levy
            && (self.peak == 0.0 || site.tariff.denomination == Usd)
    }
}

/// Sums over hours, weighted by their shares of the month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sums {
    pub weight: f64,
    /// Weight times price over the tariff.
    pub price: f64,
    /// Weight times the step of the levy, USD/MWh of day one.
    pub levy: f64,
    /// Weight times the peak's density.
    pub peak: f64,
}

/// The order of a month's hours.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Order {
    /// First hours that are summed one by one, then hours with running sums, then hours that never run.
    places: Vec<usize>,
    loose: usize,
    ranked: usize,
}

/// The running sums of a month.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MonthTable {
    /// The number of slots before the table, which are summed one by one.
    pub loose: usize,
    /// Cost of each slot without the common part: price over the tariff, or USD/MWh of day one.
    keys: Vec<f64>,
    /// Sums over all slots before each, and over all slots.
    sums: Vec<Sums>,
    /// The first slot of each knot.
    knots: Vec<u32>,
    low: f64,
    scale: f64,
    /// The tariff of day one, USD/MWh, if the order is by cost and not by price alone.
    tariff: Option<f64>,
    /// Whether the month has coincident peaks.
    has_peaks: bool,
    month_hours: f64,
}

/// The costs of a site's month, which order its hours.
struct Costs<'a> {
    site: &'a Site,
    when: crate::account::When,
    prices: Prices,
    line: CostLine,
    by_cost: bool,
}

impl<'a> Costs<'a> {
    fn new(site: &'a Site, slots: &[Slot], month: usize, levels: &Levels) -> Self {
        let when = levels.when(0.0, 0);
        let prices = Prices::at(site, levels, &when, 1.0);
        let line = CostLine::at(&site.terms, &prices, MONTH_HOURS[month]);
        let has_peaks = line.peak != 0.0 && slots.iter().any(|slot| slot.peak_density != 0.0);
        Self { site, when, prices, line, by_cost: has_peaks || !site.levy_steps.is_empty() }
    }

    fn levy(&self, slot: &Slot) -> f64 {
        stepped(self.site, self.prices.tariff, slot.price_ratio, &self.when)
    }

    fn key(&self, slot: &Slot) -> f64 {
        if !self.by_cost {
            return slot.price_ratio;
        }
        CostLine { base: 0.0, ..self.line }.cost(slot, self.levy(slot))
    }
}

/// Whether scheduled levies may change the order of hours from that of day one.
fn levies_change_order(site: &Site, by_cost: bool) -> bool {
    site.levy_schedule.iter().any(|levy| match levy.rate {
        LevyRate::Kwh(_) => false,
        LevyRate::Bill(_) => by_cost,
        LevyRate::Steps { .. } => true,
    })
}

impl Order {
    /// Computes the order of a month's hours; `None` if running sums are not valid or not worthwhile.
    pub(crate) fn new(
        site: &Site,
        hours: &MonthHours,
        month: usize,
        levels: &Levels,
        min_hours: usize,
    ) -> Option<Self> {
        let costs = Costs::new(site, &hours.slots, month, levels);
        let line = costs.line;
        let rises = line.slope > 0.0 && costs.prices.tariff > 0.0;
        if site.terms.standby != 0.0 || !rises || levies_change_order(site, costs.by_cost) {
            return None;
        }
        let keys: Vec<f64> = hours.slots.iter().map(|slot| costs.key(slot)).collect();
        let kind = |slot: &Slot| {
            let whole = slot.running == 1.0 && slot.emergency == 0.0 && slot.curtailable == 0.0;
            let idle = slot.running == 0.0 && slot.emergency == 0.0;
            if whole { 1 } else { 2 * usize::from(idle) }
        };
        let count = |which: usize| hours.slots.iter().filter(|slot| kind(slot) == which).count();
        let (loose, ranked) = (count(0), count(1));
        if ranked < min_hours || keys.iter().any(|key| !key.is_finite()) {
            return None;
        }
        let mut places: Vec<usize> = (0..keys.len()).collect();
        let kind_at = |place: &usize| kind(&hours.slots[*place]);
        places.sort_by(|a, b| kind_at(a).cmp(&kind_at(b)).then(keys[*a].total_cmp(&keys[*b])));
        Some(Self { places, loose, ranked })
    }
}

/// The hours of a month with energy, in which contracted power is delivered (M10).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct WithEnergy {
    /// Their share of the month.
    pub weight: f64,
    /// Weight times price over the tariff.
    pub price: f64,
}

impl WithEnergy {
    pub(crate) fn new(slots: &[Slot]) -> Self {
        slots.iter().fold(Self::default(), |sum, slot| {
            let weight = slot.weight * slot.available;
            Self { weight: sum.weight + weight, price: sum.price + weight * slot.price_ratio }
        })
    }
}

/// A month of a site.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct MonthHours {
    /// Its hours.
    pub slots: Vec<Slot>,
    /// Whether the system may curtail the site in some of them.
    pub is_curtailable: bool,
    /// The hours with energy.
    pub with_energy: WithEnergy,
    /// Running sums of the ranked hours, by cost.
    pub table: Option<MonthTable>,
}

impl MonthHours {
    /// The share of the month in which the site may run.
    pub(crate) fn running(&self) -> f64 {
        self.slots.iter().map(|slot| slot.weight * slot.running).sum()
    }
}

impl MonthHours {
    /// Sorts the hours by an order and computes their running sums.
    pub(crate) fn tabulate(&mut self, site: &Site, order: &Order, month: usize, levels: &Levels) {
        let costs = Costs::new(site, &self.slots, month, levels);
        self.slots = order.places.iter().map(|place| self.slots[*place]).collect();
        mark_equal_costs(&mut self.slots);
        let ranked = &self.slots[order.loose..][..order.ranked];
        let keys: Vec<f64> = ranked.iter().map(|slot| costs.key(slot)).collect();
        let mut sums = Vec::with_capacity(ranked.len() + 1);
        let mut sum = Sums::default();
        sums.push(sum);
        for slot in ranked {
            sum.weight += slot.weight;
            sum.price += slot.weight * slot.price_ratio;
            sum.levy += slot.weight * costs.levy(slot);
            sum.peak += slot.weight * slot.peak_density;
            sums.push(sum);
        }
        let (low, high) = (keys[0], keys[keys.len() - 1]);
        let mut table = MonthTable {
            loose: order.loose,
            keys,
            sums,
            knots: Vec::new(),
            low,
            scale: if high > low { KNOTS as f64 / (high - low) } else { 0.0 },
            tariff: costs.by_cost.then_some(costs.prices.tariff),
            has_peaks: sum.peak != 0.0,
            month_hours: MONTH_HOURS[month],
        };
        table.knots = table.first_of_knots();
        self.table = Some(table);
    }
}

/// The relation between a month's table and costs at a time: Q is `base + factor·key`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lookup {
    base: f64,
    factor: f64,
    /// The levy's step relative to day one.
    pub levy: f64,
}

impl MonthTable {
    /// Returns the lookup at a time. `same_shape`: whether all differences between hours have scaled by one factor
    /// since day one of the table. `None` if the order of hours may have changed; they are then summed one by one.
    pub(crate) fn lookup(
        &self,
        line: &CostLine,
        prices: &Prices,
        tier: f64,
        month_hours: f64,
        same_shape: bool,
    ) -> Option<Lookup> {
        let (factor, levy) = match self.tariff {
            None if self.has_peaks && line.peak != 0.0 => return None,
            None => (line.slope, 0.0),
            Some(_) if !same_shape || tier != 1.0 || month_hours != self.month_hours => {
                return None;
            }
            Some(tariff) => (prices.tariff / tariff, prices.tariff / tariff),
        };
        (factor > 0.0).then_some(Lookup { base: line.base, factor, levy })
    }

    /// The first slot of each knot, and the number of slots.
    fn first_of_knots(&self) -> Vec<u32> {
        let first = |knot| self.keys.partition_point(|key| self.knot(*key) < knot) as u32;
        (0..=KNOTS).map(first).collect()
    }

    fn knot(&self, key: f64) -> usize {
        (((key - self.low) * self.scale) as usize).min(KNOTS - 1)
    }

    /// The number of slots that cost less than a threshold, USD/MWh.
    #[inline]
    pub(crate) fn rank(&self, lookup: &Lookup, threshold: f64) -> usize {
        let key = (threshold - lookup.base) / lookup.factor;
        let last = self.keys.len() - 1;
        if key > self.keys[last] {
            return last + 1;
        }
        if key.is_nan() || key <= self.low {
            return 0;
        }
        let knot = self.knot(key);
        let (from, to) = (self.knots[knot] as usize, self.knots[knot + 1] as usize);
        from + self.keys[from..to].partition_point(|known| *known < key)
    }

    /// Sums over the cheapest slots.
    #[inline]
    pub(crate) fn below(&self, rank: usize) -> &Sums {
        &self.sums[rank]
    }

    /// Whether the order is by cost, and not by the price of energy alone.
    pub(crate) fn is_by_cost(&self) -> bool {
        self.tariff.is_some()
    }

    /// The number of slots that it sums.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(keys: Vec<f64>) -> MonthTable {
        let (low, high) = (keys[0], keys[keys.len() - 1]);
        let mut table = MonthTable {
            loose: 0,
            sums: vec![Sums::default(); keys.len() + 1],
            keys,
            knots: Vec::new(),
            low,
            scale: if high > low { KNOTS as f64 / (high - low) } else { 0.0 },
            tariff: None,
            has_peaks: false,
            month_hours: 720.0,
        };
        table.knots = table.first_of_knots();
        table
    }

    #[test]
    fn rank_equals_number_of_cheaper_hours() {
        let spread: Vec<f64> = (0..700).map(|i| f64::from(i * i) / 7.0 - 30.0).collect();
        let spike: Vec<f64> = (0..700).map(|i| if i == 699 { 5e3 } else { f64::from(i) }).collect();
        for keys in [spread, spike, vec![2.0; 50], vec![1.0], vec![-3.0, -3.0, 0.0, 9.0]] {
            let lookup = Lookup { base: 4.0, factor: 2.0, levy: 0.0 };
            let table = table(keys.clone());
            for &key in &keys {
                for key in [key - 0.01, key, key + 0.01] {
                    let expected = keys.iter().filter(|known| **known < key).count();
                    assert_eq!(table.rank(&lookup, 4.0 + 2.0 * key), expected, "{key}");
                }
            }
            assert_eq!(table.rank(&lookup, f64::INFINITY), keys.len());
            assert_eq!(table.rank(&lookup, f64::NEG_INFINITY), 0);
            assert_eq!(table.rank(&lookup, f64::NAN), 0);
        }
    }
}
