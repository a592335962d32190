//! One steady year of the engine: the network held but for the project's own hashrate (equation M33).
//!
//! Hashrate of others, price, fees and subsidy stand still, displacement is given, nothing fails, drifts or
//! is still to be delivered, and the budget runs in all hours with energy. Before: the first epoch's difficulty. After: the fixed point of the difficulty
//! that has taken the project in.

use super::now::{Instant, Rates, Scratch};
use super::{Calendar, Dispatch, Draw, Inputs, Lot, Others};
use crate::network::{expected_hashes, network_with, subsidy_until_retarget};
use crate::params::MONTH_HOURS;
use crate::pow::steady_block_interval;
use crate::{EconError, YEAR_S};

/// Rounds in which the fixed point is looked for before it is bisected.
const ROUNDS: usize = 8;

/// A side of the retarget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    /// H/s of everybody at which the difficulty is steady.
    pub network: f64,
    /// Difficulty.
    pub difficulty: f64,
    /// Real USD for a hash, before the pool.
    pub usd_per_hash: f64,
    pub(crate) rates: Rates,
}

/// A steady year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SteadyYear {
    /// H/s of others without the project.
    pub others: f64,
    /// Part of the own hashrate that pushes others out.
    pub displacement: f64,
    /// H/s with every machine running.
    pub nameplate: f64,
    /// MW of the machines at the meter.
    pub mining_mw: f64,
    /// BTC for a block.
    pub reward: f64,
    /// Real USD for a bitcoin.
    pub price: f64,
    /// Part of a share's pay that arrives.
    pub payout: f64,
    /// At the first epoch's difficulty.
    pub before: Side,
    /// Once the difficulty has taken the project in.
    pub after: Side,
}

/// The time at which the most power is present, and each lot's part that stands there then.
fn most_power(inputs: &Inputs, draw: &Draw) -> Vec<f64> {
    use crate::site::lot::Side::Right;
    let horizon = inputs.years * YEAR_S;
    let mut times: Vec<f64> = draw.lots.iter().flat_map(|lot| lot.moments()).collect();
    times.retain(|time| (0.0..horizon).contains(time));
    times.push(0.0);
    times.sort_by(f64::total_cmp);
    let at = |time: f64| draw.lots.iter().map(|lot| lot.mw * lot.there(time, Right)).sum::<f64>();
    let best = times.iter().copied().fold((0.0, at(0.0)), |best, time| {
        let mw = at(time);
        // The earliest of equal ones, whatever rounding says.
        if mw > best.1 * (1.0 + 1e-12) { (time, mw) } else { best }
    });
    draw.lots.iter().map(|lot| lot.there(best.0, Right)).collect()
}

/// The inputs of the steady year: what stands there at the time of the most power stands there for ever.
fn held(inputs: &Inputs) -> Result<Inputs, EconError> {
    let calendar = Calendar::new(inputs.start, inputs.years)?;
    let draw = Draw::new(inputs, &calendar)?;
    let parts = most_power(inputs, &draw);
    let mut held = inputs.clone();
    held.lots = inputs
        .lots
        .iter()
        .zip(parts)
        .filter(|(_, part)| *part > 0.0)
        .map(|(lot, part)| Lot {
            mw: lot.mw * part,
            begins: 0.0,
            delivery: 0.0,
            life: 1e3 * YEAR_S,
            failure: 0.0,
            drift: 0.0,
            ..lot.clone()
        })
        .collect();
    if let Some(lease) = &mut held.lease {
        // What makes room is not there at the time of the most power.
        lease.converts = false;
    }
    held.others = Others::Growing(0.0);
    // What the budget becomes where it runs: hours that do not pay are in its margin.
    for site in &mut held.sites {
        site.dispatch = Dispatch::MustRun;
    }
    held.trend.price_drift = 0.0;
    Ok(held)
}

/// All sites' mean rates over the months of a year, at day-one prices.
fn year(draw: &Draw, usd_per_hash: f64, scratch: &mut Scratch) -> Rates {
    let when = draw.levels.when(0.0, 0);
    let hours: f64 = MONTH_HOURS.iter().sum();
    let mut mean = Rates::default();
    for (month, &length) in MONTH_HOURS.iter().enumerate() {
        let now = Instant { when: &when, month, hours: length, usd_per_hash };
        draw.choose_greatest_power(&now, scratch);
        mean.add(&draw.rates(&now, scratch), length / hours);
    }
    mean
}

impl Rates {
    /// Adds a part of others: for means over months.
    fn add(&mut self, other: &Self, part: f64) {
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
            ai_bill,
            in_usd,
            peak_later,
            contract,
            resold,
            resold_spot,
            covered_mw,
            resold_mw,
            burnt,
            short,
            cost,
            imported,
            tonnes,
            rise,
            rise_imported,
            rent,
            rent_imported,
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
            (ai_bill, other.ai_bill),
            (in_usd, other.in_usd),
            (peak_later, other.peak_later),
            (contract, other.contract),
            (resold, other.resold),
            (resold_spot, other.resold_spot),
            (covered_mw, other.covered_mw),
            (resold_mw, other.resold_mw),
            (burnt, other.burnt),
            (short, other.short),
            (cost, other.cost),
            (imported, other.imported),
            (tonnes, other.tonnes),
            (rise, other.rise),
            (rise_imported, other.rise_imported),
            (rent, other.rent),
            (rent_imported, other.rent_imported),
        ] {
            *own += other * part;
        }
    }
}

/// The steady year of some inputs.
///
/// # Errors
/// As [`Draw::new`].
pub fn steady(inputs: &Inputs) -> Result<SteadyYear, EconError> {
    let held = held(inputs)?;
    let calendar = Calendar::new(held.start, 1.0)?;
    let draw = Draw::new(&held, &calendar)?;
    let (subsidy, _) = subsidy_until_retarget(held.height);
    let reward = subsidy + held.network.fees;
    let others = held.network.others * 1e18;
    let displacement = held.displacement.unwrap_or(0.0);
    let interval = steady_block_interval().as_seconds();
    let mut scratch = Scratch::default();
    let mut side = |network: f64| {
        let difficulty = (network * interval / expected_hashes(1.0)).max(1.0);
        let usd_per_hash = held.network.price * reward / expected_hashes(difficulty);
        Side { network, difficulty, usd_per_hash, rates: year(&draw, usd_per_hash, &mut scratch) }
    };
    let before = side(others);
    let with = |own: f64| network_with(others, own, displacement);
    let after = fixed_point(&mut side, &with, before);
    Ok(SteadyYear {
        others,
        displacement,
        nameplate: draw.lots.iter().map(|lot| lot.nameplate).sum(),
        mining_mw: draw.lots.iter().map(|lot| lot.mw).sum(),
        reward,
        price: held.network.price,
        payout: draw.payout,
        before,
        after,
    })
}

/// Where the hashrate that the difficulty leaves is the one that makes the difficulty.
fn fixed_point(
    side: &mut impl FnMut(f64) -> Side,
    with: &impl Fn(f64) -> f64,
    before: Side,
) -> Side {
    let mut own = before.rates.hash;
    let mut now = before;
    for _ in 0..ROUNDS {
        now = side(with(own));
        if (now.rates.hash - own).abs() <= 1e-13 * own {
            return now;
        }
        own = now.rates.hash;
    }
    // More own hashrate raises the difficulty, and a higher difficulty leaves less of it.
    let (mut low, mut high) = (0.0, before.rates.hash.max(own));
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        now = side(with(middle));
        if now.rates.hash > middle { low = middle } else { high = middle }
    }
    // Where hours stop all at once the difficulty settles between two of them.
    now
}

impl SteadyYear {
    /// BTC a day on one side.
    pub fn btc_per_day(&self, side: &Side) -> f64 {
        side.rates.hash * 86_400.0 / expected_hashes(side.difficulty) * self.reward * self.payout
    }

    /// Worth of all blocks of a day, the pool's part left out, USD (V of equation M5).
    pub fn issue(&self) -> f64 {
        86_400.0 / steady_block_interval().as_seconds() * self.reward * self.price * self.payout
    }
}
