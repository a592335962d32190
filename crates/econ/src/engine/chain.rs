//! The network of a path, epoch by epoch (equations M1 to M4).

use super::{Inputs, Others};
use crate::YEAR_S;
use crate::network::{
    AccumulatedShocks, KnownCurve, MarketDrivers, MarketShock, Others as Miners, PathOf,
    ResponseRates, expected_hashes, next_difficulty, subsidy_until_retarget,
};
use crate::pow::steady_block_interval;
use crate::units::{Btc, Hashrate, Seconds, UsdPerBtc};

/// Everybody else's hashrate counts at the seventh day of an epoch.
pub(crate) const SEVENTH_DAY: f64 = 7.0 * 86_400.0;
/// USD/H to USD/PH/day.
pub(crate) const PER_PH_DAY: f64 = 1e15 * 86_400.0;

/// The network of one draw.
#[derive(Clone, Debug)]
pub(crate) struct Chain<'a> {
    inputs: &'a Inputs,
    drivers: &'a MarketDrivers,
    curve: &'a KnownCurve,
    rates: ResponseRates,
    /// What has become of the curve's costs by the start, a logarithm.
    log_cost: f64,
}

/// Where a path's next epoch begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChainState {
    pub at: f64,
    pub height: u32,
    pub difficulty: f64,
    /// Real USD for a bitcoin.
    pub price: f64,
    noise: AccumulatedShocks,
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
pub struct ModelEpoch {
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

impl ModelEpoch {
    /// Real USD for a hash, before the pool.
    pub fn usd_per_hash(&self) -> f64 {
        self.price * self.reward / self.expected
    }

    /// BTC of so many H/s over some seconds, of which so much arrives from the pool (M4).
    pub(crate) fn mined(&self, hash: f64, seconds: f64, payout: f64) -> f64 {
        hash * seconds / self.expected * self.reward * payout
    }

    /// The part of the own hashrate that has pushed others out.
    pub fn displacement(&self) -> f64 {
        if self.own > 0.0 { self.displaced / self.own } else { 0.0 }
    }
}

/// How others answer, by a draw's parameters.
pub(crate) fn response(inputs: &Inputs) -> crate::network::ResponseParameters {
    let given = &inputs.response;
    crate::network::ResponseParameters {
        leaving: crate::units::Seconds::from_days(given.leaving_days),
        joining: crate::units::Seconds::from_days(given.joining_days),
        entry_ratio: given.entry_ratio,
        growth_per_year: given.growth,
        most_growth_per_year: given.most_growth,
        cost_decline_per_year: given.cost_decline,
    }
}

impl<'a> Chain<'a> {
    pub(crate) fn new(
        inputs: &'a Inputs,
        drivers: &'a MarketDrivers,
        curve: &'a KnownCurve,
    ) -> Self {
        let response = response(inputs);
        let log_cost = response.log_cost_after(curve.age_days);
        Self { inputs, drivers, curve, rates: ResponseRates::new(&response), log_cost }
    }

    /// The real price at a time, USD for a bitcoin.
    fn price(&self, at: f64, noise: &AccumulatedShocks) -> f64 {
        let price = UsdPerBtc::from_usd_per_btc(self.inputs.network.price);
        let (drift, at) = (self.inputs.trend.price_drift, Seconds::from_seconds(at));
        self.drivers.price(price, drift, at, noise).as_usd_per_btc()
    }

    /// Fees in a block at a time, BTC.
    fn fees(&self, at: f64, noise: &AccumulatedShocks) -> f64 {
        let fees = Btc::from_btc(self.inputs.network.fees);
        self.drivers.fees(fees, Seconds::from_seconds(at), noise).as_btc()
    }

    /// The first moment: the network steady without the project.
    pub(crate) fn start(&self) -> ChainState {
        let network = &self.inputs.network;
        let hashrate = network.others * 1e18;
        let interval = steady_block_interval().as_seconds();
        let difficulty = (hashrate * interval / expected_hashes(1.0)).max(1.0);
        let (subsidy, _) = subsidy_until_retarget(self.inputs.height);
        let none = AccumulatedShocks::default();
        let (price, fees) = (self.price(0.0, &none), self.fees(0.0, &none));
        let quoted = price * (subsidy + fees) / expected_hashes(difficulty) * PER_PH_DAY;
        let table = &self.curve.table;
        let others = Miners::settled(Hashrate::from_h_s(hashrate), quoted, self.log_cost, table);
        ChainState {
            at: 0.0,
            height: self.inputs.height,
            difficulty,
            price,
            noise: AccumulatedShocks::default(),
            others,
            apart: others,
            apart_difficulty: difficulty,
        }
    }

    pub(crate) fn open(&self, state: &ChainState) -> Opening {
        let (subsidy, blocks) = subsidy_until_retarget(state.height);
        let reward = subsidy + self.fees(state.at, &state.noise);
        let expected = expected_hashes(state.difficulty);
        let usd_per_hash = state.price * reward / expected;
        Opening { reward, blocks: f64::from(blocks), expected, usd_per_hash }
    }

    /// Others without the project, H/s, and what it pushes out (equation M2).
    fn others(&self, state: &ChainState, own: f64) -> (f64, f64) {
        let given = self.drivers.hashrate(Seconds::from_seconds(state.at), &state.noise);
        if let Some((PathOf::All, all)) = given {
            return (all.as_h_s(), own.min(all.as_h_s()));
        }
        let without = match (given, self.inputs.others) {
            (Some((_, others)), _) => others.as_h_s(),
            (None, Others::Growing(rate)) => {
                let years = state.at / YEAR_S;
                // Noise multiplies it, as it does a path.
                let growth = (rate.ln_1p() * years + state.noise.others).exp();
                self.inputs.network.others * 1e18 * growth
            }
            (None, Others::Endogenous) => state.apart.hashrate(),
        };
        let pushed = match (self.inputs.displacement, self.responds()) {
            (Some(part), _) => (part * own).min(without),
            (None, true) => without - state.others.hashrate(),
            (None, false) => 0.0,
        };
        (without, pushed)
    }

    /// Whether others answer what a hash earns.
    fn responds(&self) -> bool {
        let start = self.drivers.hashrate(Seconds::ZERO, &AccumulatedShocks::default());
        self.inputs.others == Others::Endogenous && start.is_none()
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
    ) -> ModelEpoch {
        let shock = self.drivers.shock(shock);
        let (without, displaced) = self.others(state, own);
        let network = (without - displaced + own).max(f64::MIN_POSITIVE);
        let whole = opening.expected * opening.blocks / network;
        let epoch = ModelEpoch {
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
        if self.responds() {
            // The others see the hashprice of the epoch; what they do is there in the next.
            let (pace, table) = (self.rates.pace(whole), &self.curve.table);
            let quoted = opening.usd_per_hash * PER_PH_DAY;
            state.others.step(quoted, &pace, shock.growth, table);
            let apart = quoted * opening.expected / expected_hashes(state.apart_difficulty);
            state.apart.step(apart, &pace, shock.growth, table);
            state.apart_difficulty =
                next_difficulty(state.apart_difficulty, without.max(f64::MIN_POSITIVE));
        }
        state.difficulty = next_difficulty(state.difficulty, network);
        state.noise.step(&shock);
        state.height = state.height.saturating_add(opening.blocks as u32);
        state.at += whole;
        state.price = self.price(state.at, &state.noise);
        epoch
    }
}
