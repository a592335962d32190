//! What runs in each of a month's hours: the best power mode of each lot, or nothing (M8 to M11).

use super::levies::{LeviesNow, levies_now};
use super::slot::Slot;
use crate::account::{Levels, When};
use crate::params::inputs::{Dispatch, PowerMode, Site};
use crate::params::{Denomination, Terms};

/// J in a MWh.
const JOULES_PER_MWH: f64 = 3.6e9;
/// Rounding that a limit on the grid's power forgives.
const SLACK: f64 = 1.0 + 1e-12;

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
    /// The same as the choice to run sees it: at the real discount of the bill's lag.
    pub peak_felt: f64,
    pub emergency: f64,
    /// Levies that hold at the time.
    pub scheduled: LeviesNow,
    /// Power bought ahead.
    pub contract: Option<Contracted>,
}

/// Power bought ahead at a moment (M10): MW, and USD/MWh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Contracted {
    pub volume_mw: f64,
    pub price: f64,
    pub fee: f64,
}

impl Prices {
    /// Of a site at a moment; `tier` multiplies its tariff.
    pub(crate) fn at(site: &Site, levels: &Levels, when: &When, tier: f64) -> Self {
        let terms = &site.terms;
        let sum = |prices: &[crate::params::Price]| {
            prices.iter().map(|price| when.dollars(*price)).sum::<f64>() * 1e3
        };
        let stopped = 1.0 - terms.peak_stopped;
        let peak = match terms.peak_charge {
            0.0 => 0.0,
            charge => charge * when.usd / terms.peaks_per_year * stopped,
        };
        Self {
            tariff: tariff(site, when) * 1e3 * tier,
            adjustments: sum(&site.adjustments),
            levies: sum(&site.levies),
            other: site.other_costs * when.usd,
            ancillary: terms.ancillary_price * terms.ancillary_share * when.usd,
            strike: terms.ancillary_called
                * terms.ancillary_share
                * terms.ancillary_strike
                * when.usd,
            peak,
            peak_felt: peak * levels.real_discount(terms.peak_lag),
            emergency: terms.emergency_price * when.usd,
            scheduled: levies_now(site, when),
            contract: site.contract.map(|contract| Contracted {
                volume_mw: contract.volume_mw,
                price: when.dollars(contract.price) * 1e3,
                fee: when.dollars(contract.fee) * 1e3,
            }),
        }
    }
}

/// A site's tariff at a moment, USD/kWh: it moves with its currency, by its own steps, and as far as it is
/// indexed (M24).
fn tariff(site: &Site, when: &When) -> f64 {
    let (terms, price) = (&site.terms, site.tariff);
    let mut usd = when.dollars(price);
    let indexed = |denomination| when.level(denomination).powf(terms.inflation_indexed - 1.0);
    if terms.inflation_indexed != 1.0 {
        usd *= indexed(price.denomination);
    }
    if terms.dollar_indexed != 0.0 && price.denomination == Denomination::Local {
        let part = terms.dollar_indexed;
        let in_usd = price.value * when.local_in_usd * indexed(Denomination::Usd);
        usd = (1.0 - part) * usd + part * in_usd;
    }
    match &site.tariff_steps {
        Some(steps) => usd * steps.at(when.at),
        None => usd,
    }
}

/// What an hour costs at a moment, USD/MWh: Q of equation M8 as a function of its price, levy and peak.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct CostLine {
    /// For energy at the tariff.
    pub slope: f64,
    /// For a step of the levy on the hour's price, 1 USD/MWh of it.
    pub levy: f64,
    /// For a peak's probability in the hour times the month's hours.
    pub peak: f64,
    /// Whatever the hour.
    pub base: f64,
}

impl CostLine {
    /// Of a site at a moment of a month of so many hours; of contracted power, what its sale would bring.
    pub(crate) fn at(terms: &Terms, prices: &Prices, month_hours: f64) -> Self {
        let bought = Self::bought(terms, prices, month_hours, 0.0);
        let Some(contract) = prices.contract else { return bought };
        // Its payment is due anyway and taxed there: running forgoes the hour's price less the fee, untaxed.
        let kept = 1.0 - terms.ancillary_called * terms.ancillary_share;
        let base = bought.base - kept * contract.fee;
        Self { slope: kept * prices.tariff, base, ..bought }
    }

    /// Of load beyond what is contracted.
    pub(crate) fn beyond(terms: &Terms, prices: &Prices, month_hours: f64) -> Self {
        let fee = prices.contract.map_or(0.0, |contract| contract.fee);
        Self::bought(terms, prices, month_hours, fee)
    }

    /// Of energy that is bought at the hour's price and a fee, USD/MWh.
    fn bought(terms: &Terms, prices: &Prices, month_hours: f64, fee: f64) -> Self {
        let kept = 1.0 - terms.ancillary_called * terms.ancillary_share;
        let scheduled = &prices.scheduled;
        let share = scheduled.share[LeviesNow::MINING];
        let taxed = kept * (1.0 + terms.unrecoverable_tax + terms.levy_share + share);
        let levies = prices.levies + scheduled.per_mwh[LeviesNow::MINING];
        Self {
            slope: taxed * prices.tariff,
            levy: kept,
            peak: if prices.peak_felt == 0.0 { 0.0 } else { prices.peak_felt / month_hours },
            base: taxed * (prices.adjustments + fee) + kept * (levies + prices.other)
                - prices.ancillary
                - prices.strike,
        }
    }

    /// Of a slot whose price brings a step of the levy of so many USD/MWh.
    #[inline]
    pub(crate) fn of(&self, slot: &Slot, levy: f64) -> f64 {
        self.slope * slot.price_ratio + self.levy * levy + self.peak * slot.peak_density + self.base
    }
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

    /// The modes from the last that leaves as hours get dearer to the first: below which Q, USD/MWh, each is
    /// the best, and what it adds to the one before. Between two thresholds a lot runs evenly.
    ///
    /// Gains are lines in Q, the steeper the more power; seen from dear hours on, the next mode is the one
    /// whose line first meets that of the last.
    pub(crate) fn thresholds(&self, income: f64, most: f64, mut found: impl FnMut(f64, Pick)) {
        let mut last = Pick::default();
        if self.dispatch == Dispatch::MustRun {
            last = self.pick(income, 0.0, most);
            return if last.power > 0.0 {
                found(f64::INFINITY, last)
            };
        }
        let most = self.most.min(most);
        loop {
            let mut next: Option<(f64, Pick)> = None;
            for mode in self.modes {
                let pick = Pick { speed: mode.speed, power: mode.power() };
                if pick.power > most || pick.power <= last.power {
                    continue;
                }
                let more = (pick.speed - last.speed) / (pick.power - last.power);
                let at = self.kept * income * more;
                let is_first = next.is_none_or(|(best, known)| {
                    at > best || (at == best && pick.power > known.power)
                });
                if is_first {
                    next = Some((at, pick));
                }
            }
            let Some((at, pick)) = next else { return };
            let (speed, power) = (pick.speed - last.speed, pick.power - last.power);
            found(at, Pick { speed, power });
            last = pick;
        }
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

/// USD/MWh that a hash of so many USD earns at so many hashes for a joule.
pub(crate) fn income(usd_per_hash: f64, per_joule: f64) -> f64 {
    usd_per_hash * JOULES_PER_MWH * per_joule
}

/// The part of a load at the plant that nothing is free for, 0 to 1.
pub(crate) fn short_part(load_mw: f64, free_mw: f64) -> f64 {
    if load_mw <= 0.0 || free_mw >= load_mw {
        return 0.0;
    }
    1.0 - free_mw.max(0.0) / load_mw
}
