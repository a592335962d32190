//! A snapshot of the network: hashrate, reward and price, each with date and source.

use crate::pow::{Difficulty, PowError, steady_block_interval, subsidy};
use crate::uncertainty::{AsOf, Provenance, Uncertain};
use crate::units::{Btc, BtcRate, Hashes, Hashrate, UsdPerBtc};

/// A snapshot of the Bitcoin network in its steady state: difficulty and hashrate correspond to one block every
/// [`steady_block_interval`].
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// The height at which the subsidy is taken.
    pub height: Uncertain<u32>,
    /// The hashrate of all other miners, without the project.
    pub hashrate: Uncertain<Hashrate>,
    /// Mean transaction fees per block.
    pub fees_per_block: Uncertain<Btc>,
    /// The bitcoin price.
    pub price: Uncertain<UsdPerBtc>,
}

impl Network {
    /// The default: the network of August 2026.
    pub fn august_2026() -> Self {
        let day = |month, day| AsOf::Day(jiff::civil::date(2026, month, day));
        let august = AsOf::Month { year: 2026, month: 8 };
        // 30 days have about 4,318 blocks; the number of blocks is Poisson distributed, so u = N/sqrt(n).
        let hashrate = Hashrate::from_eh_s(905.0);
        let blocks = 30.0 * 86_400.0 / steady_block_interval().as_seconds();
        Self {
            height: Uncertain::new(
                965_664,
                Provenance::published(day(9, 11), "first block of epoch 479 (chain)"),
            ),
            hashrate: Uncertain::new(
                hashrate,
                Provenance::published(day(8, 21), "mean of 30 days, from blocks (secondary copy)"),
            )
            .with_standard_uncertainty(hashrate / blocks.sqrt()),
            fees_per_block: Uncertain::new(
                Btc::from_btc(0.023),
                Provenance::published(
                    august,
                    "mean of 30 days, 0.74 % of the reward (secondary copy)",
                ),
            ),
            price: Uncertain::new(
                UsdPerBtc::from_usd_per_btc(65_159.0),
                Provenance::published(
                    august,
                    "mean of 1 to 21 August (secondary copy; 78,457 on the 21st)",
                ),
            ),
        }
    }

    /// Sets the hashrate.
    pub fn with_hashrate(self, hashrate: Uncertain<Hashrate>) -> Self {
        Self { hashrate, ..self }
    }

    /// Sets the hashrate at which a difficulty is steady.
    pub fn with_difficulty(self, difficulty: Difficulty, given_by: &str) -> Self {
        let provenance = Provenance::Modelled {
            model: format!("steady at difficulty {} ({given_by})", difficulty.value()),
        };
        self.with_hashrate(Uncertain::new(difficulty.steady_hashrate(), provenance))
    }

    /// The difficulty at which the hashrate is steady.
    ///
    /// # Errors
    /// [`PowError`] unless the hashrate is positive and finite.
    pub fn difficulty(&self) -> Result<Difficulty, PowError> {
        Difficulty::steady_at(self.hashrate.value())
    }

    /// Subsidy and mean fees per block.
    pub fn block_reward(&self) -> Btc {
        Btc::from(subsidy(self.height.value())) + self.fees_per_block.value()
    }

    /// The reward of the whole network per time.
    pub fn reward_rate(&self) -> BtcRate {
        self.block_reward() / steady_block_interval()
    }

    /// Expected hashes per block at this hashrate in the steady state.
    pub fn hashes_per_block(hashrate: Hashrate) -> Hashes {
        hashrate * steady_block_interval()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snapshot_difficulty_is_near_its_hashrate() {
        // Epoch 479: 127.45 T is steady at 911.9 EH/s; the 30-day mean lies within 1 % of it.
        let network = Network::august_2026();
        let difficulty = Difficulty::new(127_450_789_715_843.0).unwrap();
        let by_difficulty = network.clone().with_difficulty(difficulty, "test");
        assert!(
            (by_difficulty.difficulty().unwrap().value() / difficulty.value() - 1.0).abs() < 1e-14
        );
        assert!((by_difficulty.hashrate.value() / network.hashrate.value() - 1.0).abs() < 0.01);
    }

    #[test]
    fn reward_rate_is_143_93_blocks_per_day() {
        let network = Network::august_2026();
        assert_eq!(network.block_reward().as_btc(), 3.148);
        assert!(
            (network.reward_rate().as_btc_per_day() / 3.148 - 143.928_571_428_571_4).abs() < 1e-9
        );
    }

    #[test]
    fn thirty_day_hashrate_has_1_5_percent_uncertainty() {
        let relative = Network::august_2026().hashrate.relative_uncertainty().unwrap();
        assert!((relative - 0.0152).abs() < 1e-4);
    }
}
