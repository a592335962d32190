//! Dispatch in each hour of a month: the best power mode of each lot, or a stop (M8 to M11).

use super::levies::{LeviesNow, levies_now};
use super::slot::Slot;
use crate::account::{Levels, When};
use crate::params::inputs::{Dispatch, PowerMode, Site};
use crate::params::{Denomination, Terms};

/// J in a MWh.
const JOULES_PER_MWH: f64 = 3.6e9;
/// Rounding tolerance of the grid connection's limit.
const SLACK: f64 = 1.0 + 1e-12;

/// Prices at a time, nominal USD/MWh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Prices {
    /// Energy at the tariff, before the hour's ratio.
    pub tariff: f64,
    pub adjustments: f64,
    /// Levies on every MWh, without levies as a share of the bill.
    pub levies: f64,
    pub other: f64,
    pub ancillary: f64,
    pub strike: f64,
    /// Charge per MW in a certain peak, USD/MW.
    pub peak: f64,
    /// Like `peak`, but discounted over the billing lag for the dispatch decision.
    pub peak_discounted: f64,
    pub emergency: f64,
    /// Levies in force at the time.
    pub scheduled: LeviesNow,
    /// Power bought ahead.
    pub contract: Option<Contracted>,
}

/// Power bought ahead, at a time (M10): MW, and USD/MWh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Contracted {
    pub volume_mw: f64,
    pub price: f64,
    pub fee: f64,
}

impl Prices {
    /// The prices of a site at a time; `tier` multiplies its tariff.
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
            peak_discounted: peak * levels.real_discount(terms.peak_lag),
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

/// A site's tariff at a time, USD/kWh: it follows its currency, its own steps and its indexation (M24).
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

/// The cost of an hour at a time, USD/MWh: Q of equation M8 as a function of its price, levy and peak.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct CostLine {
    /// Per unit of price over the tariff.
    pub slope: f64,
    /// Per USD/MWh of the levy on the hour's price.
    pub levy: f64,
    /// Per unit of the peak's probability in the hour times the month's hours.
    pub peak: f64,
    /// Independent of the hour.
    pub base: f64,
}

impl CostLine {
    /// The cost line of a site in a month of `month_hours`; contracted power costs what its resale would bring.
    pub(crate) fn at(terms: &Terms, prices: &Prices, month_hours: f64) -> Self {
        let bought = Self::bought(terms, prices, month_hours, 0.0);
        let Some(contract) = prices.contract else { return bought };
        // Its payment and tax are due anyway: running forgoes the hour's price less the fee, untaxed.
        let kept = 1.0 - terms.ancillary_called * terms.ancillary_share;
        let base = bought.base - kept * contract.fee;
        Self { slope: kept * prices.tariff, base, ..bought }
    }

    /// The cost line of load beyond the contract.
    pub(crate) fn beyond(terms: &Terms, prices: &Prices, month_hours: f64) -> Self {
        let fee = prices.contract.map_or(0.0, |contract| contract.fee);
        Self::bought(terms, prices, month_hours, fee)
    }

    /// The cost line of energy bought at the hour's price plus a fee, USD/MWh.
    fn bought(terms: &Terms, prices: &Prices, month_hours: f64, fee: f64) -> Self {
        let kept = 1.0 - terms.ancillary_called * terms.ancillary_share;
        let scheduled = &prices.scheduled;
        let share = scheduled.share[LeviesNow::MINING];
        let taxed = kept * (1.0 + terms.unrecoverable_tax + terms.levy_share + share);
        let levies = prices.levies + scheduled.per_mwh[LeviesNow::MINING];
        Self {
            slope: taxed * prices.tariff,
            levy: kept,
            peak: if prices.peak_discounted == 0.0 {
                0.0
            } else {
                prices.peak_discounted / month_hours
            },
            base: taxed * (prices.adjustments + fee) + kept * (levies + prices.other)
                - prices.ancillary
                - prices.strike,
        }
    }

    /// The cost of a slot with a levy of `levy` USD/MWh.
    #[inline]
    pub(crate) fn cost(&self, slot: &Slot, levy: f64) -> f64 {
        self.slope * slot.price_ratio + self.levy * levy + self.peak * slot.peak_density + self.base
    }
}

/// Operation of a lot in a slot, relative to its normal mode.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Pick {
    /// Hashrate relative to normal; 0 while stopped.
    pub speed: f64,
    /// Power relative to normal.
    pub power: f64,
}

/// The modes that a site may use at a time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice<'a> {
    pub modes: &'a [PowerMode],
    pub dispatch: Dispatch,
    /// Maximum power relative to normal that the grid connection allows.
    pub max_power: f64,
    /// 1 less the share of time in which offered load is called.
    pub kept: f64,
}

impl Choice<'_> {
    /// The best mode at an income in the normal mode and a cost, USD/MWh.
    pub(crate) fn pick(&self, income: f64, cost: f64, max_power: f64) -> Pick {
        if self.dispatch == Dispatch::MustRun {
            return if self.max_power >= 1.0 / SLACK {
                Pick { speed: 1.0, power: 1.0 }
            } else {
                Pick::default()
            };
        }
        let (mut best, mut pick) = (0.0, Pick::default());
        for mode in self.modes {
            let power = mode.power();
            if power > self.max_power.min(max_power) {
                continue;
            }
            let gain = self.kept * mode.speed * income - power * cost;
            if gain > best {
                (best, pick) = (gain, Pick { speed: mode.speed, power });
            }
        }
        pick
    }

    /// Visits the best modes in descending order of their threshold: the Q in USD/MWh below which each mode is the
    /// best, and its increment over the previous mode. Between two thresholds the mode does not change.
    ///
    /// Gains are linear in Q, with a slope that grows with power. Starting from expensive hours, the next mode is
    /// the one whose line first meets that of the last.
    pub(crate) fn thresholds(&self, income: f64, max_power: f64, mut visit: impl FnMut(f64, Pick)) {
        let mut last = Pick::default();
        if self.dispatch == Dispatch::MustRun {
            last = self.pick(income, 0.0, max_power);
            return if last.power > 0.0 {
                visit(f64::INFINITY, last)
            };
        }
        let max_power = self.max_power.min(max_power);
        loop {
            let mut next: Option<(f64, Pick)> = None;
            for mode in self.modes {
                let pick = Pick { speed: mode.speed, power: mode.power() };
                if pick.power > max_power || pick.power <= last.power {
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
            visit(at, Pick { speed, power });
            last = pick;
        }
    }
}

/// The share of all lots within the grid connection, and the maximum power relative to normal (M8).
pub(crate) fn grid_limit(grid_mw: f64, installed_mw: f64) -> (f64, f64) {
    if grid_mw.is_infinite() || installed_mw <= 0.0 {
        return (1.0, f64::INFINITY);
    }
    let scale = (grid_mw / installed_mw).min(1.0);
    (scale, grid_mw / (installed_mw * scale) * SLACK)
}

/// Income per MWh, USD, at an income per hash and a number of hashes per joule.
pub(crate) fn income(usd_per_hash: f64, per_joule: f64) -> f64 {
    usd_per_hash * JOULES_PER_MWH * per_joule
}

/// The share of a load at the plant that exceeds free capacity, 0 to 1.
pub(crate) fn short_share(load_mw: f64, free_mw: f64) -> f64 {
    if load_mw <= 0.0 || free_mw >= load_mw {
        return 0.0;
    }
    1.0 - free_mw.max(0.0) / load_mw
}
