//! What one epoch brings, in units.

use super::path::{Step, quoted};
use crate::units::{Btc, Fraction, Hashprice, Hashrate, Joules, Seconds, Usd, UsdPerBtc};

/// What one epoch of a project brings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EpochResult {
    /// How long it takes.
    pub length: Seconds,
    /// Everybody's hashrate, the project's included.
    pub network: Hashrate,
    /// The project's mean hashrate.
    pub own: Hashrate,
    /// Price of a bitcoin.
    pub price: UsdPerBtc,
    /// Subsidy and fees of a block.
    pub reward: Btc,
    /// What a hash earns, before the pool's fee.
    pub hashprice: Hashprice,
    /// What the project earns, after the pool's fee and stale work.
    pub btc: Btc,
    /// Its worth.
    pub revenue: Usd,
    /// Energy at the sites' meters.
    pub energy: Joules,
    /// What that costs; zero where no tariff was given.
    pub energy_cost: Usd,
    /// Other cash costs.
    pub other_cost: Usd,
    /// Machines and sites bought, less machines sold; zero where their prices were not given.
    pub capital: Usd,
    /// The part of the project's hashrate that has pushed others out.
    pub displacement: Fraction,
}

impl EpochResult {
    pub(super) fn of(step: &Step) -> Self {
        Self {
            length: Seconds::from_seconds(step.seconds),
            network: Hashrate::from_h_s(step.network),
            own: Hashrate::from_h_s(step.own),
            price: UsdPerBtc::from_usd_per_btc(step.price),
            reward: Btc::from_btc(step.reward),
            hashprice: Hashprice::from_usd_per_ph_day(quoted(step.hashprice)),
            btc: Btc::from_btc(step.btc),
            revenue: Usd::from_usd(step.revenue),
            energy: Joules::from_joules(step.joules),
            energy_cost: Usd::from_usd(step.energy_cost),
            other_cost: Usd::from_usd(step.other_cost),
            capital: Usd::from_usd(step.capital - step.sold),
            // Within 0 to 1 by its making.
            displacement: Fraction::new(step.displaced).unwrap_or(Fraction::ZERO),
        }
    }
}
