//! A site's hours in one draw: running hours, emergency calls and curtailment (M11, M19).

use super::dispatch::{CostLine, Prices, short_share};
use super::levies::HourLevy;
use super::slot::{Slot, mark_equal_costs};
use super::table::{MonthHours, Shape, WithEnergy};
use crate::account::Levels;
use crate::params::inputs::{HoursCase, Site};
use crate::params::{MONTH_HOURS, Supply, Terms};
use crate::system::scarce::Limit;

/// The hours of a site.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SiteHours {
    pub months: [MonthHours; 12],
    /// The inputs that decided which of them run.
    pub cause: Cause,
    /// The basis of the tables' order, if it is not the price of energy alone.
    pub shape: Option<Shape>,
}

impl SiteHours {
    /// Whether some months have tables.
    pub(crate) fn has_tables(&self) -> bool {
        self.months.iter().any(|month| month.table.is_some())
    }
}

/// Everything in a draw that decides which hours run: draws with the same cause have the same hours.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cause {
    peak_ratio: f64,
    off_peak_ratio: f64,
    emergency_hours: f64,
    /// Availability ratio and reserve, if scarcity decides.
    scarcity: Option<(f64, f64)>,
    case: HoursCase,
    /// Hours and MW at the plant of curtailment by contract.
    curtailed: Option<(f64, f64)>,
    /// The cap and the order of costs.
    cap: Option<(f64, Shape)>,
}

/// The inputs from which a site's hours are computed in a draw.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HoursOf<'a> {
    pub site: &'a Site,
    pub supply: &'a Supply,
    pub case: HoursCase,
    pub levels: &'a Levels,
    /// Load of all lots at the plant, MW.
    pub load_mw: f64,
}

impl HoursOf<'_> {
    /// The inputs that decide which hours run.
    pub(crate) fn cause(&self) -> Cause {
        let (terms, supply) = (&self.site.terms, self.supply);
        let by_scarcity = terms.emergency_hours > 0.0 || self.case != HoursCase::Firm;
        let by_contract = self.case == HoursCase::Interruptible;
        Cause {
            peak_ratio: terms.peak_ratio,
            off_peak_ratio: terms.off_peak_ratio,
            emergency_hours: terms.emergency_hours,
            scarcity: by_scarcity.then_some((supply.availability_ratio, supply.reserve_mw)),
            case: self.case,
            curtailed: by_contract.then_some((terms.most_curtailed, self.load_mw)),
            cap: self.site.cap_hours.map(|hours| (hours, Shape::new(self.site, self.levels))),
        }
    }

    /// Computes the hours: emergency calls take the scarcest hours, then the cap keeps the cheapest (M11).
    pub(crate) fn hours(&self) -> SiteHours {
        let terms = &self.site.terms;
        let mut months: [Vec<Slot>; 12] = std::array::from_fn(|month| self.slots(month));
        self.apply_emergency_calls(&mut months, terms);
        self.apply_cap(&mut months);
        self.mark_curtailable(&mut months, terms.most_curtailed);
        let months = months.map(|slots| MonthHours {
            is_curtailable: slots.iter().any(|slot| slot.curtailable > 0.0),
            with_energy: WithEnergy::new(&slots),
            slots,
            table: None,
        });
        SiteHours { months, cause: self.cause(), shape: None }
    }

    fn slots(&self, month: usize) -> Vec<Slot> {
        let terms = &self.site.terms;
        let mut slots: Vec<Slot> = Vec::with_capacity(self.site.hours.month(month).len());
        for hour in self.site.hours.month(month) {
            let ratio = if hour.peak { terms.peak_ratio } else { terms.off_peak_ratio };
            slots.push(Slot {
                weight: hour.weight,
                price_ratio: hour.price_ratio * ratio,
                available: hour.available,
                running: hour.available,
                emergency: 0.0,
                peak_density: hour.peak_probability / hour.weight,
                system: hour.system,
                curtailable: 0.0,
                same_cost: false,
            });
        }
        mark_equal_costs(&mut slots);
        slots
    }

    fn free(&self, slot: &Slot) -> f64 {
        slot.system.free(self.supply.availability_ratio, self.supply.reserve_mw)
    }

    /// Places emergency calls in the hours with the least free capacity.
    fn apply_emergency_calls(&self, months: &mut [Vec<Slot>; 12], terms: &Terms) {
        if terms.emergency_hours <= 0.0 {
            return;
        }
        let mut entries: Vec<(f64, f64)> =
            slots(months).map(|(m, slot)| (self.free(slot), hours_of(m, slot))).collect();
        let limit = Limit::lowest_first(&mut entries, terms.emergency_hours);
        for slot in months.iter_mut().flatten() {
            slot.emergency = slot.available * limit.share(self.free(slot));
            slot.running -= slot.emergency;
        }
    }

    /// Applies the cap on running hours: the cheapest hours of the year by Q at day-one prices.
    fn apply_cap(&self, months: &mut [Vec<Slot>; 12]) {
        let Some(max_hours) = self.site.cap_hours else { return };
        let when = self.levels.when(0.0, 0);
        let prices = Prices::at(self.site, self.levels, &when, 1.0);
        let cost = |month: usize, slot: &Slot| {
            let levy = HourLevy::new(self.site, prices.tariff, slot.price_ratio, &when).mining();
            CostLine::at(&self.site.terms, &prices, MONTH_HOURS[month]).cost(slot, levy)
        };
        let mut entries: Vec<(f64, f64)> = slots(months)
            .map(|(m, slot)| (cost(m, slot), hours_of(m, slot) * slot.running))
            .collect();
        let limit = Limit::lowest_first(&mut entries, max_hours);
        for (month, slots) in months.iter_mut().enumerate() {
            for slot in slots {
                slot.running *= limit.share(cost(month, slot));
            }
        }
    }

    /// Marks the share of the site that its contract allows to be curtailed, scarcest hours first; the limit counts
    /// full-site hours.
    fn mark_curtailable(&self, months: &mut [Vec<Slot>; 12], max_hours: f64) {
        let limit = match self.case {
            HoursCase::Firm => return,
            HoursCase::SurplusOnly => Limit::ALL,
            HoursCase::Interruptible => {
                let entry = |(m, slot): (usize, &Slot)| {
                    let free = self.free(slot);
                    (free, hours_of(m, slot) * slot.running * short_share(self.load_mw, free))
                };
                Limit::lowest_first(&mut slots(months).map(entry).collect::<Vec<_>>(), max_hours)
            }
        };
        for slot in months.iter_mut().flatten() {
            slot.curtailable = limit.share(self.free(slot));
        }
    }
}

fn slots(months: &[Vec<Slot>; 12]) -> impl Iterator<Item = (usize, &Slot)> {
    months.iter().enumerate().flat_map(|(month, slots)| slots.iter().map(move |s| (month, s)))
}

fn hours_of(month: usize, slot: &Slot) -> f64 {
    slot.weight * MONTH_HOURS[month]
}
