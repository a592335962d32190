//! A lot of machines: installed share, output and value over time (M13 to M15).

use crate::YEAR_S;
use crate::growth::Growth;
use crate::params::inputs::Lot;

/// A lot in one draw, in base units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LotState {
    pub site: usize,
    /// MW at the site's meter, nameplate.
    pub mw: f64,
    /// H/s with every machine installed.
    pub nameplate: f64,
    /// Hashes per joule at the site's meter when new.
    pub per_joule: f64,
    /// Price of all machines, day-one USD.
    pub price: f64,
    pub duty: f64,
    pub begins: f64,
    pub delivery: f64,
    pub life: f64,
    pub failure: f64,
    pub drift: f64,
    pub resale: f64,
    pub owned: bool,
    /// When a share of it is stopped for a lease, seconds, and that share.
    pub stops: f64,
    pub stopped_part: f64,
}

/// The working machines of a lot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Working {
    /// H/s.
    pub hash: f64,
    /// MW at the site's meter.
    pub mw: f64,
    /// Hashes per joule at the site's meter.
    pub per_joule: f64,
}

/// The one-sided limit of a step function at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Before the step.
    Left,
    /// After the step.
    Right,
}

impl LotState {
    pub(crate) fn new(lot: &Lot, pue: f64) -> Self {
        let joules = lot.j_per_th * 1e-12 * pue;
        let nameplate = lot.mw * 1e6 / joules;
        Self {
            site: lot.site,
            mw: lot.mw,
            nameplate,
            per_joule: 1.0 / joules,
            price: nameplate * 1e-12 * lot.price,
            duty: lot.duty,
            begins: lot.begins,
            delivery: lot.delivery,
            life: lot.life,
            failure: lot.failure,
            drift: lot.drift,
            resale: lot.resale,
            owned: lot.owned,
            stops: f64::INFINITY,
            stopped_part: 0.0,
        }
    }

    /// The share delivered by a time, 0 to 1.
    pub(crate) fn delivered(&self, at: f64, side: Side) -> f64 {
        if at < self.begins || (side == Side::Left && at == self.begins) {
            0.0
        } else if at >= self.begins + self.delivery {
            1.0
        } else {
            (at - self.begins) / self.delivery
        }
    }

    /// The share installed at the site, 0 to 1.
    #[inline]
    pub(crate) fn installed_share(&self, at: f64, side: Side) -> f64 {
        // Fast path: mostly all of it is installed, or none.
        let (arrived, leaves) = (self.begins + self.delivery, self.begins + self.life);
        if arrived < at && at < leaves {
            return self.unstopped_share(at, side);
        }
        if at < self.begins || at > arrived + self.life {
            return 0.0;
        }
        (self.delivered(at, side) - self.delivered(at - self.life, side))
            * self.unstopped_share(at, side)
    }

    /// The share that has not been stopped for a lease.
    fn unstopped_share(&self, at: f64, side: Side) -> f64 {
        let has_stopped = at > self.stops || (side == Side::Right && at == self.stops);
        if has_stopped { 1.0 - self.stopped_part } else { 1.0 }
    }

    /// Whether any of it can be installed between two times.
    pub(crate) fn is_within(&self, from: f64, to: f64) -> bool {
        to >= self.begins && from <= self.begins + self.delivery + self.life
    }

    /// Mean age of the machines, years, at most their life.
    pub(crate) fn age(&self, at: f64) -> f64 {
        let since = at - self.begins;
        (since - self.delivery.min(since.max(0.0)) / 2.0).clamp(0.0, self.life) * (1.0 / YEAR_S)
    }

    /// Annual logarithmic change with age of hashrate, power and hashes per joule.
    pub(crate) fn wear(&self) -> [f64; 3] {
        let drift = self.drift.ln_1p();
        [-self.failure, drift - self.failure, -drift]
    }

    /// The working machines at a time, without the effect of heat; `installed` is the installed share.
    #[inline]
    pub(crate) fn working(&self, at: f64, installed: f64, wear: &Growth<3>) -> Working {
        if installed <= 0.0 {
            // Machines not yet delivered are new.
            return Working { hash: 0.0, mw: 0.0, per_joule: self.per_joule };
        }
        let [hash, power, per_joule] = wear.at(self.age(at));
        Working {
            hash: installed * self.nameplate * hash,
            mw: installed * self.mw * power,
            per_joule: self.per_joule * per_joule,
        }
    }

    /// Value of the machines at a time before the hashprice ratio, day-one USD: the price falls linearly from the
    /// factory price to the resale value over a machine's life. Machines whose life ends at that time still count.
    pub(crate) fn worth(&self, at: f64) -> f64 {
        let age = self.age(at);
        let working = self.installed_share(at, Side::Left) * (-self.failure * age).exp();
        working * self.price * (1.0 + (self.resale - 1.0) * age * YEAR_S / self.life)
    }

    /// The shares paid for in a segment, each with its time: deliveries before the start at the start, deliveries in
    /// the segment in the middle of their arrival (equation M13).
    pub(crate) fn arrivals(&self, from: f64, to: f64, horizon: f64) -> [(f64, f64); 2] {
        let delivered = |at: f64| self.delivered(at, Side::Left);
        let earlier = if from == 0.0 { delivered(0.0) } else { 0.0 };
        let came = delivered(to) - delivered(from);
        let end = self.begins + self.delivery;
        let middle = (from.max(self.begins) + to.min(end)) / 2.0;
        [(earlier, 0.0), (came, middle.clamp(0.0, horizon))]
    }

    /// The share whose life ends in a segment.
    pub(crate) fn departure(&self, from: f64, to: f64) -> f64 {
        let before = if from == 0.0 { 0.0 } else { self.delivered(from - self.life, Side::Left) };
        (self.delivered(to - self.life, Side::Left) - before)
            * self.unstopped_share(from, Side::Right)
    }

    /// Value of the machines stopped for a lease in a segment, before the hashprice ratio, day-one USD.
    pub(crate) fn sold_on_stopping(&self, from: f64, to: f64) -> f64 {
        let is_then = from <= self.stops && self.stops < to;
        if is_then { self.stopped_part * self.worth(self.stops) } else { 0.0 }
    }

    /// Resale value of a share at the end of its life, before the hashprice ratio, day-one USD.
    pub(crate) fn resale_value(&self, part: f64) -> f64 {
        part * self.price * self.resale * (-self.failure * self.life / YEAR_S).exp()
    }

    /// The times at which the installed share has a step or a kink.
    pub(crate) fn moments(&self) -> [f64; 5] {
        let arrived = self.begins + self.delivery;
        [self.begins, arrived, self.begins + self.life, arrived + self.life, self.stops]
    }
}

/// Installed MW at a site.
pub(crate) fn installed_mw(lots: &[LotState], site: usize, at: f64, side: Side) -> f64 {
    lots.iter()
        .filter(|lot| lot.site == site)
        .map(|lot| lot.mw * lot.installed_share(at, side))
        .sum()
}

/// A period in which the installed power of a site rises to a new maximum: a step if its start equals its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rise {
    pub from: f64,
    pub to: f64,
    pub mw: f64,
}

impl Rise {
    /// Its MW within a segment, and the time at which they are paid for.
    pub(crate) fn within(&self, from: f64, to: f64) -> Option<(f64, f64)> {
        if self.from == self.to {
            return (from <= self.from && self.from < to).then_some((self.mw, self.from));
        }
        let (begin, end) = (from.max(self.from), to.min(self.to));
        let part = (end - begin) / (self.to - self.from);
        (end > begin).then_some((self.mw * part, (begin + end) / 2.0))
    }
}

/// Finds the periods in which the installed power of a site reaches new maxima within the horizon, up to `limit`;
/// returns the maximum installed power without the limit (equation M15).
pub(crate) fn rises(
    lots: &[LotState],
    site: usize,
    limit: f64,
    horizon: f64,
    rises: &mut Vec<Rise>,
) -> f64 {
    rises.clear();
    let at = |time: f64, side: Side| installed_mw(lots, site, time, side);
    let own = lots.iter().filter(|lot| lot.site == site);
    let mut cuts: Vec<f64> = own.flat_map(|lot| lot.moments()).collect();
    cuts.retain(|time| 0.0 < *time && *time < horizon);
    cuts.extend([0.0, horizon]);
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    let (mut top, mut greatest) = (0.0f64, 0.0f64);
    for pair in cuts.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let (begin, end) = (at(from, Side::Right), at(to, Side::Left));
        greatest = greatest.max(begin).max(end);
        let (low, high) = (begin.min(limit), end.min(limit));
        if low > top {
            rises.push(Rise { from, to: from, mw: low - top });
            top = low;
        }
        if high > top {
            // A ramp: from the time at which it passes the old maximum to that of the new one.
            let when = |mw: f64| from + (to - from) * (mw - begin) / (end - begin);
            rises.push(Rise { from: when(top), to: when(high), mw: high - top });
            top = high;
        }
    }
    greatest
}
