//! What the hours of the base's first year come to: which run, stand by and stand still, at which prices, and what
//! that earns, by calendar month and by tenths of the hours in the order of their price (M8).

use super::chain::ModelEpoch;
use super::now::{Instant, Rates, Scratch};
use super::sites::SlotRun;
use super::{Calendar, Draw, Engine, Inputs};
use crate::account::When;
use crate::params::Unit;
use crate::site::dispatch::Prices;
use crate::site::slot::Slot;
use crate::{EconError, YEAR_S};

/// Tenths of a year's hours.
const DECILES: usize = 10;

macro_rules! columns {
    ($( $column:ident = $key:literal, $unit:ident, $text:literal; )+) => {
        /// What is told of some hours of the first year.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum DispatchColumn { $( #[doc = $text] $column, )+ }

        impl DispatchColumn {
            /// All of them.
            pub const ALL: &[Self] = &[ $( Self::$column, )+ ];

            /// The key in machine formats.
            pub fn key(self) -> &'static str {
                match self { $( Self::$column => $key, )+ }
            }

            /// The unit.
            pub fn unit(self) -> Unit {
                match self { $( Self::$column => Unit::$unit, )+ }
            }

            /// What it is, for a reader.
            pub fn text(self) -> &'static str {
                match self { $( Self::$column => $text, )+ }
            }
        }
    };
}

columns! {
    Hours = "hours", Hours, "Hours";
    Running = "hours_running", Hours, "Of them, hours in which machines run, by their megawatts";
    Standby = "hours_standby", Hours, "Of them, hours still with a standby load";
    Stopped = "hours_stopped", Hours, "Of them, hours still without a load";
    Price = "price_usd_per_mwh", UsdPerMwh, "Mean price of energy in all of these hours, USD/MWh";
    PricePaid = "price_paid_usd_per_mwh", UsdPerMwh, "Mean price of the energy taken, USD/MWh";
    Energy = "energy_mwh", Mwh, "Energy taken by machines, standby in it, MWh";
    Btc = "btc", Btc, "Bitcoin mined";
    Revenue = "revenue_usd", Usd, "Worth of the bitcoin, nominal USD";
    EnergyCost = "energy_cost_usd", Usd, "Energy with adjustments, levies, taxes that are not refunded and peaks, nominal USD";
    Margin = "margin_usd", Usd, "Bitcoin and pay of the grid less energy and other running costs by the MWh, nominal USD";
}

/// Some hours of the first year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DispatchHours {
    /// Those of a calendar month, 0 for January.
    Month(u8),
    /// A tenth of them by rising price, 0 for the cheapest.
    Decile(u8),
    /// All of them.
    Year,
}

impl DispatchHours {
    /// All of them: months, tenths, the year.
    pub fn all() -> impl Iterator<Item = Self> {
        let months = (0..12).map(Self::Month);
        months.chain((0..DECILES as u8).map(Self::Decile)).chain([Self::Year])
    }
}

/// Sums over some hours: hours times what is meant, or amounts.
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
    /// Adds a part of others.
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
                // What rounding leaves is none.
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

/// The hours of the base's first 365 days, or of all of them where it is shorter.
#[derive(Clone, Debug, PartialEq)]
pub struct DispatchYear {
    months: [Sums; 12],
    deciles: [Sums; DECILES],
    year: Sums,
}

impl DispatchYear {
    /// A number of some hours; NaN where they have none, such as the price of energy that nobody took.
    pub fn get(&self, column: DispatchColumn, of: DispatchHours) -> f64 {
        let sums = match of {
            DispatchHours::Month(month) => self.months.get(usize::from(month)),
            DispatchHours::Decile(decile) => self.deciles.get(usize::from(decile)),
            DispatchHours::Year => Some(&self.year),
        };
        sums.map_or(f64::NAN, |sums| sums.get(column))
    }

    /// From the hours of each site and month: those of a site count by its part of all megawatt-hours.
    fn of(sites: &[SiteYear]) -> Self {
        let all: f64 = sites.iter().map(SiteYear::there).sum();
        let mut entries = Vec::new();
        let mut found =
            Self { months: Default::default(), deciles: Default::default(), year: Sums::default() };
        for site in sites {
            let share = if all > 0.0 { site.there() / all } else { 1.0 / sites.len() as f64 };
            for (month, slots) in site.months.iter().enumerate() {
                for slot in slots.iter().filter(|slot| slot.sums.hours > 0.0) {
                    let sums = slot.shared(share);
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

/// Tenths of hours by rising price; hours of one price are alike in all tenths that they reach into.
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
                // Rounding puts nothing beyond the last.
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

/// Hours of a site that are alike, over the first year; megawatt-hours of nameplate in the place of hours that run.
#[derive(Clone, Copy, Debug, Default)]
struct SlotYear {
    sums: Sums,
    there: f64,
}

impl SlotYear {
    /// As hours of all sites: a site's count by its share.
    fn shared(&self, share: f64) -> Sums {
        let of = |mwh: f64| match self.there > 0.0 {
            true => self.sums.hours * share * mwh / self.there,
            false => 0.0,
        };
        Sums {
            hours: self.sums.hours * share,
            price: self.sums.price * share,
            running: of(self.sums.running),
            standby: of(self.sums.standby),
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
    fn there(&self) -> f64 {
        self.months.iter().flatten().map(|slot| slot.there).sum()
    }
}

/// A part of an epoch within a month.
struct Segment<'a> {
    epoch: &'a ModelEpoch,
    now: Instant<'a>,
    hours: f64,
}

impl Segment<'_> {
    /// Adds what a site does in a slot: means over the month, its part of it in them.
    fn add(&self, draw: &Draw, run: &SlotRun, rates: &Rates, slot: &mut SlotYear) {
        let (hours, when) = (self.hours, self.now.when);
        let btc = self.epoch.mined(rates.hash, hours * 3600.0, draw.payout);
        let cost = rates.energy + rates.adjustments + rates.levy + rates.unrecoverable + rates.peak;
        let paid = rates.ancillary + rates.emergency_pay;
        let revenue = btc * self.epoch.price * when.usd;
        slot.there += run.there * hours;
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
    /// The hours of the base's first year.
    ///
    /// # Errors
    /// As [`Draw::new`].
    pub fn dispatch(&self, inputs: &Inputs) -> Result<DispatchYear, EconError> {
        self.dispatch_of(inputs, &self.base(inputs)?.epochs)
    }

    /// The same, with the base's epochs.
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
                draw.choose_greatest_power(&now, &mut scratch);
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
        Ok(DispatchYear::of(&sites))
    }
}

impl Default for SiteYear {
    fn default() -> Self {
        Self { months: std::array::from_fn(|_| Vec::new()) }
    }
}

/// Every segment of the first year: its epoch, its month's place, its beginning and end, and its hours in that year.
fn each_segment(
    draw: &Draw,
    calendar: &Calendar,
    epochs: &[ModelEpoch],
    mut seen: impl FnMut(&ModelEpoch, usize, (f64, f64), f64),
) {
    let end = calendar.horizon().min(YEAR_S);
    let mut place = 0;
    for epoch in epochs {
        let mut from = epoch.begin;
        while from < epoch.end && from < end {
            place = calendar.place(from, place);
            let to = epoch.end.min(calendar.months()[place].end);
            let to = draw.until_levies_change(from, to);
            seen(epoch, place, (from, to), (to.min(end) - from) / 3600.0);
            from = to;
        }
    }
}
