//! The steady year: the network is constant apart from the project's own hashrate (equation M33).
//!
//! Hashrate of other miners, price, fees and subsidy are constant and displacement is given. There is no failure,
//! drift or delivery, and all power runs in all hours with energy. Before: at the first epoch's difficulty. After: at
//! the fixed point, where the difficulty has adjusted to the project.

use super::now::{Instant, Rates, Scratch};
use super::{Calendar, Dispatch, Draw, Inputs, Lot, Others};
use crate::network::{expected_hashes, network_with, subsidy_until_retarget};
use crate::params::MONTH_HOURS;
use crate::pow::steady_block_interval;
use crate::{EconError, YEAR_S};

/// Fixed-point iterations before bisection.
const ROUNDS: usize = 8;

/// The steady state before or after the difficulty has adjusted to the project.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct SteadyState {
    /// H/s of the network at which the difficulty is constant.
    pub network: f64,
    /// Difficulty.
    pub difficulty: f64,
    /// Real USD per hash, before the pool.
    pub usd_per_hash: f64,
    pub(crate) rates: Rates,
}

/// A steady year.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct SteadyYear {
    /// H/s of other miners without the project.
    pub others: f64,
    /// Share of the project's hashrate that displaces other miners.
    pub displacement: f64,
    /// H/s of the project with every machine running.
    pub nameplate: f64,
    /// MW of the machines at the meter.
    pub mining_mw: f64,
    /// BTC per block.
    pub reward: f64,
    /// Real USD per bitcoin.
    pub price: f64,
    /// Share of the reward that the pool pays out.
    pub pool_payout_ratio: f64,
    /// At the first epoch's difficulty.
    pub before: SteadyState,
    /// After the difficulty has adjusted to the project.
    pub after: SteadyState,
}

/// The installed share of each lot at the time of the maximum installed power.
fn installed_at_max_power(inputs: &Inputs, draw: &Draw) -> Vec<f64> {
    use crate::site::lot::Side::Right;
    let horizon = inputs.years * YEAR_S;
    let mut times: Vec<f64> = draw.lots.iter().flat_map(|lot| lot.moments()).collect();
    times.retain(|time| (0.0..horizon).contains(time));
    times.push(0.0);
    times.sort_by(f64::total_cmp);
    let at = |time: f64| {
        draw.lots.iter().map(|lot| lot.mw * lot.installed_share(time, Right)).sum::<f64>()
    };
    let best = times.iter().copied().fold((0.0, at(0.0)), |best, time| {
        let mw = at(time);
        // The earliest of equal times, despite rounding.
        if mw > best.1 * (1.0 + 1e-12) { (time, mw) } else { best }
    });
    draw.lots.iter().map(|lot| lot.installed_share(best.0, Right)).collect()
}

/// The inputs of the steady year: machines installed at the time of maximum power stay for ever.
fn steady_inputs(inputs: &Inputs) -> Result<Inputs, EconError> {
    let calendar = Calendar::new(inputs.start, inputs.years)?;
    let draw = Draw::new(inputs, &calendar)?;
    let parts = installed_at_max_power(inputs, &draw);
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
        // Converted machines are not installed at the time of maximum power.
        lease.converts = false;
    }
    held.others = Others::Growing(0.0);
    // All power runs in every hour: hours at a loss reduce its margin.
    for site in &mut held.sites {
        site.dispatch = Dispatch::MustRun;
    }
    held.trend.price_drift = 0.0;
    Ok(held)
}

/// Mean rates of all sites over the months of a year, at day-one prices.
fn mean_rates(draw: &Draw, usd_per_hash: f64, scratch: &mut Scratch) -> Rates {
    let when = draw.levels.when(0.0, 0);
    let hours: f64 = MONTH_HOURS.iter().sum();
    let mut mean = Rates::default();
    for (month, &length) in MONTH_HOURS.iter().enumerate() {
        let now = Instant { when: &when, month, hours: length, usd_per_hash };
        draw.choose_max_power(&now, scratch);
        mean.add(&draw.rates(&now, scratch), length / hours);
    }
    mean
}

impl Rates {
    /// Adds other rates times a factor, for means over months.
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

/// Computes the steady year of some inputs.
///
/// # Errors
/// As [`Draw::new`].
pub fn steady(inputs: &Inputs) -> Result<SteadyYear, EconError> {
    let held = steady_inputs(inputs)?;
    let calendar = Calendar::new(held.start, 1.0)?;
    let draw = Draw::new(&held, &calendar)?;
    let (subsidy, _) = subsidy_until_retarget(held.height);
    let reward = subsidy + held.network.fees;
    let others = held.network.others * 1e18;
    let displacement = held.displacement.unwrap_or(0.0);
    let interval = steady_block_interval().as_seconds();
    let mut scratch = Scratch::default();
    let mut state_at = |network: f64| {
        let difficulty = (network * interval / expected_hashes(1.0)).max(1.0);
        let usd_per_hash = held.network.price * reward / expected_hashes(difficulty);
        let rates = mean_rates(&draw, usd_per_hash, &mut scratch);
        SteadyState { network, difficulty, usd_per_hash, rates }
    };
    let before = state_at(others);
    let network = |own: f64| network_with(others, own, displacement);
    let after = fixed_point(&mut state_at, &network, before);
    Ok(SteadyYear {
        others,
        displacement,
        nameplate: draw.lots.iter().map(|lot| lot.nameplate).sum(),
        mining_mw: draw.lots.iter().map(|lot| lot.mw).sum(),
        reward,
        price: held.network.price,
        pool_payout_ratio: draw.pool_payout_ratio,
        before,
        after,
    })
}

/// The fixed point of the project's hashrate and the difficulty that it causes.
fn fixed_point(
    state_at: &mut impl FnMut(f64) -> SteadyState,
    network_with: &impl Fn(f64) -> f64,
    before: SteadyState,
) -> SteadyState {
    let mut own = before.rates.hash;
    let mut now = before;
    for _ in 0..ROUNDS {
        now = state_at(network_with(own));
        if (now.rates.hash - own).abs() <= 1e-13 * own {
            return now;
        }
        own = now.rates.hash;
    }
    // More own hashrate raises the difficulty, and a higher difficulty lets fewer machines run.
    let (mut low, mut high) = (0.0, before.rates.hash.max(own));
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        now = state_at(network_with(middle));
        if now.rates.hash > middle { low = middle } else { high = middle }
    }
    // If many hours stop at the same difficulty, the solution is that threshold.
    now
}

impl SteadyYear {
    /// BTC per day in a steady state.
    pub fn btc_per_day(&self, state: &SteadyState) -> f64 {
        state.rates.hash * 86_400.0 / expected_hashes(state.difficulty)
            * self.reward
            * self.pool_payout_ratio
    }

    /// Value of all blocks of a day after the pool payout ratio, USD (V of equation M5).
    pub fn daily_block_value(&self) -> f64 {
        86_400.0 / steady_block_interval().as_seconds()
            * self.reward
            * self.price
            * self.pool_payout_ratio
    }
}
