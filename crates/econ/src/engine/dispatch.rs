//! Dispatch statistics of the base's first year: running, standby and stopped hours, prices and margin, by calendar
//! month and by deciles of hours in ascending order of price (M8).

use super::chain::ModelEpoch;
use super::now::{Instant, Rates, Scratch};
use super::sites::SlotRun;
use super::{Calendar, Draw, Engine, Inputs};
use crate::account::When;
use crate::params::Unit;
use crate::site::dispatch::Prices;
use crate::site::slot::Slot;
use crate::{EconError, YEAR_S};

/// Number of price deciles.
const DECILES: usize = 10;

macro_rules! columns {
    ($( $column:ident = $key:literal, $unit:ident, $text:literal; )+) => {
        /// A column of the dispatch statistics.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum DispatchColumn { $( #[doc = $text] $column, )+ }

        impl DispatchColumn {
            /// All columns.
            pub const ALL: &[Self] = &[ $( Self::$column, )+ ];

            /// The key in machine formats.
            pub fn key(self) -> &'static str {
                match self { $( Self::$column => $key, )+ }
            }

            /// The unit.
            pub fn unit(self) -> Unit {
                match self { $( Self::$column => Unit::$unit, )+ }
            }

            /// A description for readers.
            pub fn text(self) -> &'static str {
                match self { $( Self::$column => $text, )+ }
            }
        }
    };
}

columns! {
    Hours = "hours", Hours, "Hours";
    Running = "hours_running", Hours, "Hours in which machines run, weighted by their power";
    Standby = "hours_standby", Hours, "Hours on standby, with a standby load";
    Stopped = "hours_stopped", Hours, "Hours stopped, without load";
    Price = "price_usd_per_mwh", UsdPerMwh, "Mean energy price over all of these hours, USD/MWh";
    PricePaid = "price_paid_usd_per_mwh", UsdPerMwh, "Mean price of the energy used, USD/MWh";
    Energy = "energy_mwh", Mwh, "Energy used by machines, including standby, MWh";
    Btc = "btc", Btc, "Bitcoin mined";
    Revenue = "revenue_usd", Usd, "Value of the bitcoin, nominal USD";
    EnergyCost = "energy_cost_usd", Usd, "Cost of energy with adjustments, levies, taxes that are not refunded and peak charges, nominal USD";
    Margin = "margin_usd", Usd, "Bitcoin and grid payments less energy and other running costs per MWh, nominal USD";
}

/// A group of hours of the first year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DispatchHours {
    /// The hours of a calendar month, 0 for January.
    Month(u8),
    /// A decile of the hours by ascending price, 0 for the cheapest.
    Decile(u8),
    /// All hours.
    Year,
}

impl DispatchHours {
    /// All groups: months, deciles, the year.
    pub fn all() -> impl Iterator<Item = Self> {
        let months = (0..12).map(Self::Month);
        months.chain((0..DECILES as u8).map(Self::Decile)).chain([Self::Year])
    }
}

/// Sums over a group of hours: hours times a value, or amounts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sums {
    hours: f64,
    running: f64,
    standby: f64,
    /// Hours times their price.
    price: f64,
    energy: f64,
    /// Energy times its price, USD.
    charge: f64,
    btc: f64,
    revenue: f64,
    cost: f64,
    margin: f64,
}

impl Sums {
    /// Adds other sums times a factor.
    fn add(&mut self, other: &Self, part: f64) {
        self.hours += part * other.hours;
        self.running += part * other.running;
        self.standby += part * other.standby;
        self.price += part * other.price;
        self.energy += part * other.energy;
        self.charge += part * other.charge;
        self.btc += part * other.btc;
        self.revenue += part * other.revenue;
        self.cost += part * other.cost;
        self.margin += part * other.margin;
    }

    fn get(&self, column: DispatchColumn) -> f64 {
        match column {
            DispatchColumn::Hours => self.hours,
            DispatchColumn::Running => self.running,
            DispatchColumn::Standby => self.standby,
            DispatchColumn::Stopped => {
                let left = self.hours - self.running - self.standby;
                // A remainder of rounding counts as 0.
                if left > 1e-9 * self.hours { left } else { 0.0 }
            }
            DispatchColumn::Price => self.price / self.hours,
            DispatchColumn::PricePaid => self.charge / self.energy,
            DispatchColumn::Energy => self.energy,
            DispatchColumn::Btc => self.btc,
            DispatchColumn::Revenue => self.revenue,
            DispatchColumn::EnergyCost => self.cost,
            DispatchColumn::Margin => self.margin,
        }
    }
}

/// Dispatch statistics of the base's first 365 days, or of the whole run if it is shorter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DispatchYear {
    months: [Sums; 12],
    deciles: [Sums; DECILES],
    year: Sums,
}

impl DispatchYear {
    /// A value of a group of hours; NaN if it is undefined, such as the mean price of no energy.
    pub fn get(&self, column: DispatchColumn, of: DispatchHours) -> f64 {
        let sums = match of {
            DispatchHours::Month(month) => self.months.get(usize::from(month)),
            DispatchHours::Decile(decile) => self.deciles.get(usize::from(decile)),
            DispatchHours::Year => Some(&self.year),
        };
        sums.map_or(f64::NAN, |sums| sums.get(column))
    }

    /// Combines the hours of all sites and months; a site's hours are weighted by its share of the installed MWh.
    fn new(sites: &[SiteYear]) -> Self {
        let all: f64 = sites.iter().map(SiteYear::installed_mwh).sum();
        let mut entries = Vec::new();
        let mut found =
            Self { months: Default::default(), deciles: Default::default(), year: Sums::default() };
        for site in sites {
            let share =
                if all > 0.0 { site.installed_mwh() / all } else { 1.0 / sites.len() as f64 };
            for (month, slots) in site.months.iter().enumerate() {
                for slot in slots.iter().filter(|slot| slot.sums.hours > 0.0) {
                    let sums = slot.weighted(share);
                    found.months[month].add(&sums, 1.0);
                    found.year.add(&sums, 1.0);
                    entries.push((slot.sums.price / slot.sums.hours, sums));
                }
            }
        }
        found.deciles = deciles(entries, found.year.hours);
        found
    }
}

/// Deciles of hours by ascending price; hours of one price are spread evenly over the deciles they fall into.
fn deciles(mut entries: Vec<(f64, Sums)>, all: f64) -> [Sums; DECILES] {
    entries.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut deciles = [Sums::default(); DECILES];
    let mut before = 0.0;
    for alike in entries.chunk_by(|(a, _), (b, _)| a == b) {
        let mut sums = Sums::default();
        alike.iter().for_each(|(_, more)| sums.add(more, 1.0));
        let (from, to) = (before, before + sums.hours);
        before = to;
        for (place, decile) in deciles.iter_mut().enumerate() {
            let [low, high] = [place, place + 1].map(|tenth| match tenth {
                // Rounding must not place hours beyond the last decile.
                DECILES => f64::INFINITY,
                tenth => all * tenth as f64 / DECILES as f64,
            });
            let inside = to.min(high) - from.max(low);
            if inside > 0.0 {
                decile.add(&sums, inside / sums.hours);
            }
        }
    }
    deciles
}

/// A slot of a site over the first year; running and standby hours are in MWh of nameplate.
#[derive(Clone, Copy, Debug, Default)]
struct SlotYear {
    sums: Sums,
    installed_mwh: f64,
}

impl SlotYear {
    /// The sums as hours, weighted by the site's share.
    fn weighted(&self, share: f64) -> Sums {
        let hours = |mwh: f64| match self.installed_mwh > 0.0 {
            true => self.sums.hours * share * mwh / self.installed_mwh,
            false => 0.0,
        };
        Sums {
            hours: self.sums.hours * share,
            price: self.sums.price * share,
            running: hours(self.sums.running),
            standby: hours(self.sums.standby),
            ..self.sums
        }
    }

    fn add(&mut self, slot: &Slot, price: f64, hours: f64) {
        self.sums.hours += slot.weight * hours;
        self.sums.price += slot.weight * hours * price;
    }
}

/// A site's hours by calendar month.
struct SiteYear {
    months: [Vec<SlotYear>; 12],
}

impl SiteYear {
    fn installed_mwh(&self) -> f64 {
        self.months.iter().flatten().map(|slot| slot.installed_mwh).sum()
    }
}

/// A part of an epoch within a month.
struct Segment<'a> {
    epoch: &'a ModelEpoch,
    now: Instant<'a>,
    hours: f64,
}

impl Segment<'_> {
    /// Adds the operation of a site in a slot; `run` and `rates` are the slot's part of the month's means.
    fn add(&self, draw: &Draw, run: &SlotRun, rates: &Rates, slot: &mut SlotYear) {
        let (hours, when) = (self.hours, self.now.when);
        let btc = self.epoch.mined(rates.hash, hours * 3600.0, draw.pool_payout_ratio);
        let cost = rates.energy + rates.adjustments + rates.levy + rates.unrecoverable + rates.peak;
        let paid = rates.ancillary + rates.emergency_pay;
        let revenue = btc * self.epoch.price * when.usd;
        slot.installed_mwh += run.installed * hours;
        slot.sums.add(
            &Sums {
                running: run.running,
                standby: run.standby,
                energy: rates.mining + rates.standby,
                charge: rates.energy,
                cost,
                margin: paid - cost - rates.other,
                ..Sums::default()
            },
            hours,
        );
        slot.sums.btc += btc;
        slot.sums.revenue += revenue;
        slot.sums.margin += revenue;
    }
}

impl Engine {
    /// Computes the dispatch statistics of the base's first year.
    ///
    /// # Errors
    /// As [`Draw::new`].
    pub fn dispatch(&self, inputs: &Inputs) -> Result<DispatchYear, EconError> {
        self.dispatch_of(inputs, &self.base(inputs)?.epochs)
    }

    /// Like [`Engine::dispatch`], but with the base's epochs given.
    pub(crate) fn dispatch_of(
        &self,
        inputs: &Inputs,
        epochs: &[ModelEpoch],
    ) -> Result<DispatchYear, EconError> {
        let draw = Draw::new(inputs, &self.calendar)?;
        let mut sites: Vec<SiteYear> = draw.sites.iter().map(|_| SiteYear::default()).collect();
        for (site, state) in sites.iter_mut().zip(&draw.sites) {
            for (slots, month) in site.months.iter_mut().zip(&state.hours.months) {
                slots.resize(month.slots.len(), SlotYear::default());
            }
        }
        let mut scratch = Scratch::default();
        let mut chosen = None;
        each_segment(&draw, &self.calendar, epochs, |epoch, place, (from, to), hours| {
            let month = self.calendar.months()[place];
            let when: When = draw.levels.when((from + to) / 2.0, month.year_index);
            let usd_per_hash = epoch.usd_per_hash() * when.usd;
            let now = Instant { when: &when, month: month.month, hours: month.hours, usd_per_hash };
            if chosen != Some(place) {
                chosen = Some(place);
                draw.choose_max_power(&now, &mut scratch);
            }
            let segment = Segment { epoch, now, hours };
            for (place, site) in sites.iter_mut().enumerate() {
                let slots = &draw.sites[place].hours.months[month.month].slots;
                let price = Prices::at(&inputs.sites[place], &draw.levels, &when, 1.0).tariff;
                for (slot, found) in slots.iter().zip(&mut site.months[month.month]) {
                    found.add(slot, price * slot.price_ratio, hours);
                }
            }
            draw.each_slot(&segment.now, &mut scratch, |site, slot, run, rates| {
                segment.add(&draw, run, rates, &mut sites[site].months[month.month][slot]);
            });
        });
        Ok(DispatchYear::new(&sites))
    }
}

impl Default for SiteYear {
    fn default() -> Self {
        Self { months: std::array::from_fn(|_| Vec::new()) }
    }
}

/// Visits every segment of the first year: its epoch, the index of its month, its start and end, and its hours in
/// that year.
fn each_segment(
    draw: &Draw,
    calendar: &Calendar,
    epochs: &[ModelEpoch],
    mut visit: impl FnMut(&ModelEpoch, usize, (f64, f64), f64),
) {
    let end = calendar.horizon().min(YEAR_S);
    let mut place = 0;
    for epoch in epochs {
        let mut from = epoch.begin;
        while from < epoch.end && from < end {
            place = calendar.month_index(from, place);
            let to = epoch.end.min(calendar.months()[place].end);
            let to = draw.until_levies_change(from, to);
            visit(epoch, place, (from, to), (to.min(end) - from) / 3600.0);
            from = to;
        }
    }
}
