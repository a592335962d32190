//! The network of a path, epoch by epoch (equations M1 to M4).

use super::{Inputs, Others};
use crate::YEAR_S;
use crate::epoch_step::{expected_hashes, next_difficulty};
use crate::market::{MarketShock, fee_deviation};
use crate::others::{CurveTable, Others as Miners, Pace};
use crate::pow::{RETARGET_INTERVAL, next_halving, steady_block_interval, subsidy};
use crate::units::{Btc, Hashrate};

/// Everybody else's hashrate counts at the seventh day of an epoch.
pub(crate) const SEVENTH_DAY: f64 = 7.0 * 86_400.0;
/// USD/H to USD/PH/day.
pub(crate) const PER_PH_DAY: f64 = 1e15 * 86_400.0;

/// How others answer, by the scenario's parameters.
#[derive(Clone, Debug)]
pub(crate) struct Chain<'a> {
    inputs: &'a Inputs,
    curve: &'a CurveTable,
    response: crate::Response,
}

/// Where a path's next epoch begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChainState {
    pub at: f64,
    pub height: u32,
    pub difficulty: f64,
    /// Real USD for a bitcoin.
    pub price: f64,
    fee_deviation: f64,
    others: Miners,
    /// The others of the same market without the project, with their own difficulty.
    apart: Miners,
    apart_difficulty: f64,
}

/// What an epoch pays, before anybody has computed a hash of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Opening {
    /// BTC for a block, mean of the epoch.
    pub reward: f64,
    /// Blocks to the retarget.
    pub blocks: f64,
    pub expected: f64,
    /// Real USD for a hash.
    pub usd_per_hash: f64,
}

/// An epoch, base units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Epoch {
    /// When it begins, seconds from the start.
    pub begin: f64,
    /// When it ends; within the horizon.
    pub end: f64,
    /// Height of its first block.
    pub height: u32,
    /// Difficulty.
    pub difficulty: f64,
    /// Real USD for a bitcoin.
    pub price: f64,
    /// BTC for a block.
    pub reward: f64,
    /// Hashes expected for a block.
    pub expected: f64,
    /// H/s of everybody.
    pub network: f64,
    /// H/s of the network had the project never come.
    pub without: f64,
    /// H/s of the project.
    pub own: f64,
    /// H/s of others that the project has pushed out.
    pub displaced: f64,
}

impl Epoch {
    /// Real USD for a hash, before the pool.
    pub fn usd_per_hash(&self) -> f64 {
        self.price * self.reward / self.expected
    }

    /// The part of the own hashrate that has pushed others out.
    pub fn displacement(&self) -> f64 {
        if self.own > 0.0 { self.displaced / self.own } else { 0.0 }
    }
}

/// Mean subsidy of the blocks from `height` to the next retarget in BTC, and how many those are.
pub(crate) fn subsidy_until_retarget(height: u32) -> (f64, u32) {
    let blocks = RETARGET_INTERVAL - height % RETARGET_INTERVAL;
    let of = |height| Btc::from(subsidy(height)).as_btc();
    match next_halving(height).and_then(|at| at.checked_sub(height)) {
        Some(before) if before < blocks => {
            let part = f64::from(before) / f64::from(blocks);
            (of(height) * part + of(height.saturating_add(before)) * (1.0 - part), blocks)
        }
        _ => (of(height), blocks),
    }
}

/// How others answer, by a draw's parameters.
pub(crate) fn response(inputs: &Inputs) -> crate::Response {
    let given = &inputs.response;
    crate::Response {
        leaving: crate::units::Seconds::from_days(given.leaving_days),
        joining: crate::units::Seconds::from_days(given.joining_days),
        entry_ratio: given.entry_ratio,
        growth_per_year: given.growth,
        most_growth_per_year: given.most_growth,
        cost_decline_per_year: given.cost_decline,
    }
}

impl<'a> Chain<'a> {
    pub(crate) fn new(inputs: &'a Inputs, curve: &'a CurveTable) -> Self {
        let response = response(inputs);
        Self { inputs, curve, response }
    }

    /// The first moment: the network steady without the project.
    pub(crate) fn start(&self) -> ChainState {
        let network = &self.inputs.network;
        let hashrate = network.others * 1e18;
        let interval = steady_block_interval().as_seconds();
        let difficulty = (hashrate * interval / expected_hashes(1.0)).max(1.0);
        let (subsidy, _) = subsidy_until_retarget(self.inputs.height);
        let usd_per_hash = network.price * (subsidy + network.fees) / expected_hashes(difficulty);
        let quoted = usd_per_hash * PER_PH_DAY;
        let others = Miners::settled(Hashrate::from_h_s(hashrate), quoted, self.curve);
        ChainState {
            at: 0.0,
            height: self.inputs.height,
            difficulty,
            price: network.price,
            fee_deviation: 0.0,
            others,
            apart: others,
            apart_difficulty: difficulty,
        }
    }

    pub(crate) fn open(&self, state: &ChainState) -> Opening {
        let (subsidy, blocks) = subsidy_until_retarget(state.height);
        let reward = subsidy + self.inputs.network.fees * state.fee_deviation.exp();
        let expected = expected_hashes(state.difficulty);
        let usd_per_hash = state.price * reward / expected;
        Opening { reward, blocks: f64::from(blocks), expected, usd_per_hash }
    }

    /// Others without the project, H/s, and what it pushes out.
    fn others(&self, state: &ChainState, own: f64) -> (f64, f64) {
        let without = match self.inputs.others {
            Others::Growing(rate) => {
                let years = state.at / YEAR_S;
                self.inputs.network.others * 1e18 * (rate.ln_1p() * years).exp()
            }
            Others::Endogenous | Others::Path => state.apart.hashrate(),
        };
        let pushed = match (self.inputs.displacement, self.inputs.others) {
            (Some(part), _) => (part * own).min(without),
            (None, Others::Endogenous) => without - state.others.hashrate(),
            (None, _) => 0.0,
        };
        (without, pushed)
    }

    /// The epoch with so much own hashrate; the state is then where the next one begins. The shock moves
    /// price, fees and the others' machines at its end.
    pub(crate) fn close(
        &self,
        state: &mut ChainState,
        opening: &Opening,
        own: f64,
        shock: MarketShock,
        horizon: f64,
    ) -> Epoch {
        let (without, displaced) = self.others(state, own);
        let network = (without - displaced + own).max(f64::MIN_POSITIVE);
        let whole = opening.expected * opening.blocks / network;
        let epoch = Epoch {
            begin: state.at,
            end: (state.at + whole).min(horizon),
            height: state.height,
            difficulty: state.difficulty,
            price: state.price,
            reward: opening.reward,
            expected: opening.expected,
            network,
            without,
            own,
            displaced,
        };
        if self.inputs.others == Others::Endogenous {
            // The others see the hashprice of the epoch; what they do is there in the next.
            let pace = Pace::of(whole, &self.response);
            let answer = (&self.response, self.curve);
            let quoted = opening.usd_per_hash * PER_PH_DAY;
            state.others.step(quoted, &pace, shock.growth, answer);
            let apart = quoted * opening.expected / expected_hashes(state.apart_difficulty);
            state.apart.step(apart, &pace, shock.growth, answer);
            state.apart_difficulty =
                next_difficulty(state.apart_difficulty, without.max(f64::MIN_POSITIVE));
        }
        state.difficulty = next_difficulty(state.difficulty, network);
        state.price *= (self.inputs.trend.price_drift * whole / YEAR_S + shock.price).exp();
        state.fee_deviation = fee_deviation(state.fee_deviation, shock.fees);
        state.height = state.height.saturating_add(opening.blocks as u32);
        state.at += whole;
        epoch
    }
}
