//! One path: a project and the network, epoch by epoch.

use super::EpochResult;
use super::plan::{Plan, YEAR_S};
use crate::MarketShock;
use crate::network::{
    Others, ResponseRates, expected_hashes, fee_deviation, next_difficulty, subsidy_until_retarget,
};
use crate::pow::{Difficulty, PowError};
use crate::units::{Hashrate, Seconds, UsdPerBtc};

/// What a path has come to: where its next epoch begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EpochState {
    pub(super) at: f64,
    pub(super) height: u32,
    pub(super) difficulty: f64,
    pub(super) price: f64,
    fee_deviation: f64,
    others: Others,
    /// The same network without the project: the others that nobody pushes out.
    apart: Others,
    apart_difficulty: f64,
}

impl EpochState {
    /// Time from the project's start.
    pub fn at(&self) -> Seconds {
        Seconds::from_seconds(self.at)
    }

    /// Height of the next block.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Difficulty of the epoch.
    ///
    /// # Errors
    /// [`PowError`] where the path has left what a difficulty can be.
    pub fn difficulty(&self) -> Result<Difficulty, PowError> {
        Difficulty::new(self.difficulty)
    }

    /// Price of a bitcoin.
    pub fn price(&self) -> UsdPerBtc {
        UsdPerBtc::from_usd_per_btc(self.price)
    }

    /// Everybody else's hashrate.
    pub fn others(&self) -> Hashrate {
        Hashrate::from_h_s(self.others.hashrate())
    }
}

/// One epoch in base units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Step {
    pub at: f64,
    pub seconds: f64,
    pub difficulty: f64,
    pub price: f64,
    pub reward: f64,
    /// H/s of everybody, of the network without the project, and of the project.
    pub network: f64,
    pub apart: f64,
    pub own: f64,
    /// USD for a hash, before the pool's fee.
    pub hashprice: f64,
    pub btc: f64,
    pub revenue: f64,
    pub joules: f64,
    pub energy_cost: f64,
    pub other_cost: f64,
    pub capital: f64,
    pub sold: f64,
    /// The part of the own hashrate that has pushed others out.
    pub displaced: f64,
}

impl Step {
    /// Income less every cash cost but capital.
    pub(super) fn operating(&self) -> f64 {
        self.revenue - self.energy_cost - self.other_cost
    }

    /// All that comes in less all that goes out.
    pub(super) fn cash(&self) -> f64 {
        self.operating() - self.capital + self.sold
    }
}

impl Plan {
    /// The first moment, the network steady without the project.
    pub fn start(&self) -> EpochState {
        let difficulty = self.steady_difficulty();
        let (subsidy, _) = subsidy_until_retarget(self.height);
        let hashprice = self.price * (subsidy + self.fees) / expected_hashes(difficulty);
        let log_cost = self.response.log_cost_after(self.table_age_days);
        let hashrate = Hashrate::from_h_s(self.others);
        let others = Others::settled(hashrate, quoted(hashprice), log_cost, &self.table);
        EpochState {
            at: 0.0,
            height: self.height,
            difficulty,
            price: self.price,
            fee_deviation: 0.0,
            others,
            apart: others,
            apart_difficulty: difficulty,
        }
    }

    fn steady_difficulty(&self) -> f64 {
        let interval = crate::pow::steady_block_interval().as_seconds();
        (self.others * interval / expected_hashes(1.0)).max(1.0)
    }

    /// One epoch on: its figures, and where the next begins. The shock moves price, fees and the
    /// others' machines at the epoch's end.
    pub fn step(&self, state: &EpochState, shock: MarketShock) -> (EpochState, EpochResult) {
        let mut next = *state;
        let step = self.advance(&mut next, shock, f64::INFINITY);
        (next, EpochResult::of(&step))
    }

    /// The same in place. Of an epoch that would last beyond `until`, only the time before it is counted.
    pub(super) fn advance(&self, state: &mut EpochState, shock: MarketShock, until: f64) -> Step {
        let (subsidy, blocks) = subsidy_until_retarget(state.height);
        let reward = subsidy + self.fees * state.fee_deviation.exp();
        let hashes_per_block = expected_hashes(state.difficulty);
        let hashprice = state.price * reward / hashes_per_block;
        let blocks = f64::from(blocks);
        // Its length is not known before its hashrate: the month is that of half an usual one.
        let middle = state.at + 7.0 * 86_400.0;
        let month = self.month(middle);

        let mut step = Step {
            at: state.at,
            difficulty: state.difficulty,
            price: state.price,
            reward,
            hashprice,
            ..Step::default()
        };
        let (mut watts, mut energy_rate, mut other_rate) = (0.0, 0.0, 0.0);
        for lot in &self.lots {
            let (rated, joules) = lot.at(middle);
            if rated <= 0.0 {
                continue;
            }
            let site = &self.sites[lot.site];
            let hashrate = rated * site.heat_hashrate[month];
            let power = rated * joules * site.heat_pue[month];
            if hashrate <= 0.0 {
                continue;
            }
            let income = hashprice * self.payout;
            let (running, price) = site.running(month, income, power / hashrate);
            let running = running * site.uptime;
            step.own += hashrate * running;
            watts += power * running;
            energy_rate += power * running * price;
            other_rate += power * running * site.other;
        }

        // With a displacement that was given, the others are those of the network apart, less it.
        let others = match self.displacement {
            Some(d) => (state.apart.hashrate() - d * step.own).max(0.0),
            None => state.others.hashrate(),
        };
        step.network = (others + step.own).max(f64::MIN_POSITIVE);
        let whole = hashes_per_block * blocks / step.network;
        step.seconds = whole.min(until - state.at);
        let apart = state.apart.hashrate();
        step.apart = apart;
        if step.own > 0.0 {
            step.displaced = ((apart - others) / step.own).clamp(0.0, 1.0);
        }
        let end = state.at + step.seconds;
        step.btc = step.own * step.seconds / hashes_per_block * reward * self.payout;
        step.revenue = step.btc * state.price;
        step.joules = watts * step.seconds;
        step.energy_cost = energy_rate * step.seconds;
        step.other_cost = other_rate * step.seconds;
        for lot in &self.lots {
            let (spent, sold) = lot.capital(state.at, end);
            step.capital += spent;
            step.sold += sold;
        }
        for site in &self.sites {
            if (state.at..end).contains(&site.begins) {
                step.capital += site.infrastructure;
            }
        }

        // The others see the hashprice of the epoch; what they do is there in the next.
        let pace = ResponseRates::new(&self.response).pace(whole);
        state.others.step(quoted(hashprice), &pace, shock.growth, &self.table);
        let apart_hashprice = state.price * reward / expected_hashes(state.apart_difficulty);
        state.apart.step(quoted(apart_hashprice), &pace, shock.growth, &self.table);
        state.apart_difficulty =
            next_difficulty(state.apart_difficulty, apart.max(f64::MIN_POSITIVE));
        state.difficulty = next_difficulty(state.difficulty, step.network);
        state.price *= (self.drift * whole / YEAR_S + shock.price).exp();
        state.fee_deviation = fee_deviation(state.fee_deviation, shock.fees);
        state.height = state.height.saturating_add(blocks as u32);
        state.at += whole;
        step
    }

    /// What the machines would bring at a time, USD.
    pub(super) fn worth(&self, at: f64) -> f64 {
        self.lots.iter().map(|lot| lot.worth(at)).sum()
    }
}

/// USD for a hash as the field quotes it, USD/PH/day.
pub(super) fn quoted(usd_per_hash: f64) -> f64 {
    usd_per_hash * (1e15 * 86_400.0)
}
