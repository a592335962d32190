//! The network of a path, epoch by epoch (equations M1 to M4).

use super::{Inputs, Others};
use crate::YEAR_S;
use crate::network::{
    AccumulatedShocks, KnownCurve, MarketDrivers, MarketShock, Others as Miners, PathOf,
    ResponseRates, expected_hashes, next_difficulty, subsidy_until_retarget,
};
use crate::pow::steady_block_interval;
use crate::units::{Btc, Hashrate, Seconds, UsdPerBtc};

/// The fleet of an epoch is taken at its seventh day.
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
    /// Change of the curve's costs until the start, a logarithm.
    log_cost: f64,
}

/// The state of a path at the start of its next epoch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChainState {
    pub at: f64,
    pub height: u32,
    pub difficulty: f64,
    /// Real USD per bitcoin.
    pub price: f64,
    noise: AccumulatedShocks,
    others: Miners,
    /// Other miners of the same market without the project, with their own difficulty.
    counterfactual_others: Miners,
    counterfactual_difficulty: f64,
}

/// Reward and hashprice of an epoch, known at its start.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Opening {
    /// Mean BTC per block in the epoch.
    pub reward: f64,
    /// Blocks to the retarget.
    pub blocks: f64,
    /// Expected hashes per block.
    pub expected: f64,
    /// Real USD per hash.
    pub usd_per_hash: f64,
}

/// An epoch, in base units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ModelEpoch {
    /// Start, seconds from the start of the run.
    pub begin: f64,
    /// End, not after the horizon.
    pub end: f64,
    /// Height of its first block.
    pub height: u32,
    /// Difficulty.
    pub difficulty: f64,
    /// Real USD per bitcoin.
    pub price: f64,
    /// BTC per block.
    pub reward: f64,
    /// Expected hashes per block.
    pub expected: f64,
    /// H/s of the whole network.
    pub network: f64,
    /// H/s of the network in the counterfactual without the project.
    pub network_without_project: f64,
    /// H/s of the project.
    pub own: f64,
    /// H/s of other miners that the project displaces.
    pub displaced: f64,
}

impl ModelEpoch {
    /// Real USD per hash, before the pool.
    pub fn usd_per_hash(&self) -> f64 {
        self.price * self.reward / self.expected
    }

    /// BTC mined by `hash` H/s over a time, after the pool payout ratio (M4).
    pub(crate) fn mined(&self, hash: f64, seconds: f64, pool_payout_ratio: f64) -> f64 {
        hash * seconds / self.expected * self.reward * pool_payout_ratio
    }

    /// The share of the project's hashrate that displaces other miners.
    pub fn displacement(&self) -> f64 {
        if self.own > 0.0 { self.displaced / self.own } else { 0.0 }
    }
}

/// The response parameters of a draw.
pub(crate) fn response(inputs: &Inputs) -> crate::network::ResponseParameters {
    let given = &inputs.response;
    crate::network::ResponseParameters {
        leaving: crate::units::Seconds::from_days(given.leaving_days),
        joining: crate::units::Seconds::from_days(given.joining_days),
        entry_ratio: given.entry_ratio,
        growth_per_year: given.growth,
        max_growth_per_year: given.most_growth,
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

    /// The real price at a time, USD per bitcoin.
    fn price(&self, at: f64, noise: &AccumulatedShocks) -> f64 {
        let price = UsdPerBtc::from_usd_per_btc(self.inputs.network.price);
        let (drift, at) = (self.inputs.trend.price_drift, Seconds::from_seconds(at));
        self.drivers.price(price, drift, at, noise).as_usd_per_btc()
    }

    /// Fees per block at a time, BTC.
    fn fees(&self, at: f64, noise: &AccumulatedShocks) -> f64 {
        let fees = Btc::from_btc(self.inputs.network.fees);
        self.drivers.fees(fees, Seconds::from_seconds(at), noise).as_btc()
    }

    /// The state on day one: the network in equilibrium without the project.
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
            counterfactual_others: others,
            counterfactual_difficulty: difficulty,
        }
    }

    pub(crate) fn open(&self, state: &ChainState) -> Opening {
        let (subsidy, blocks) = subsidy_until_retarget(state.height);
        let reward = subsidy + self.fees(state.at, &state.noise);
        let expected = expected_hashes(state.difficulty);
        let usd_per_hash = state.price * reward / expected;
        Opening { reward, blocks: f64::from(blocks), expected, usd_per_hash }
    }

    /// H/s of other miners without the project, and H/s that it displaces (equation M2).
    fn others(&self, state: &ChainState, own: f64) -> (f64, f64) {
        let given = self.drivers.hashrate(Seconds::from_seconds(state.at), &state.noise);
        if let Some((PathOf::All, all)) = given {
            return (all.as_h_s(), own.min(all.as_h_s()));
        }
        let without = match (given, self.inputs.others) {
            (Some((_, others)), _) => others.as_h_s(),
            (None, Others::Growing(rate)) => {
                let years = state.at / YEAR_S;
                // Noise multiplies the trend as it multiplies a given path.
                let growth = (rate.ln_1p() * years + state.noise.others).exp();
                self.inputs.network.others * 1e18 * growth
            }
            (None, Others::Endogenous) => state.counterfactual_others.hashrate(),
        };
        let displaced = match (self.inputs.displacement, self.responds()) {
            (Some(part), _) => (part * own).min(without),
            (None, true) => without - state.others.hashrate(),
            (None, false) => 0.0,
        };
        (without, displaced)
    }

    /// Whether other miners respond to hashprice.
    fn responds(&self) -> bool {
        let start = self.drivers.hashrate(Seconds::ZERO, &AccumulatedShocks::default());
        self.inputs.others == Others::Endogenous && start.is_none()
    }

    /// Computes the epoch with the project's hashrate `own` and advances the state to the next epoch. The shock
    /// changes price, fees and the others' machines at its end.
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
            network_without_project: without,
            own,
            displaced,
        };
        if self.responds() {
            // Other miners respond to the epoch's hashprice; the effect is in the next epoch.
            let (pace, table) = (self.rates.pace(whole), &self.curve.table);
            let quoted = opening.usd_per_hash * PER_PH_DAY;
            state.others.step(quoted, &pace, shock.growth, table);
            let difficulty = state.counterfactual_difficulty;
            let counterfactual = quoted * opening.expected / expected_hashes(difficulty);
            state.counterfactual_others.step(counterfactual, &pace, shock.growth, table);
            state.counterfactual_difficulty =
                next_difficulty(difficulty, without.max(f64::MIN_POSITIVE));
        }
        state.difficulty = next_difficulty(state.difficulty, network);
        state.noise.step(&shock);
        state.height = state.height.saturating_add(opening.blocks as u32);
        state.at += whole;
        state.price = self.price(state.at, &state.noise);
        epoch
    }
}
