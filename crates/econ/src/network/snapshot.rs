//! The network as a case sees it: hashrate, reward and price, each dated and sourced.

use crate::pow::{Difficulty, PowError, steady_block_interval, subsidy};
use crate::uncertainty::{AsOf, Provenance, Uncertain};
use crate::units::{Btc, BtcRate, Hashes, Hashrate, UsdPerBtc};

/// A snapshot of the Bitcoin network in its steady state: difficulty and hashrate belong
/// together by one block every [`steady_block_interval`].
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// The height at which the subsidy is taken.
    pub height: Uncertain<u32>,
    /// The hashrate of everybody, without the case's own.
    pub hashrate: Uncertain<Hashrate>,
    /// Mean transaction fees in a block.
    pub fees_per_block: Uncertain<Btc>,
    /// The price of a bitcoin.
    pub price: Uncertain<UsdPerBtc>,
}

impl Network {
    /// The default: the network of August 2026.
    pub fn august_2026() -> Self {
        let day = |month, day| AsOf::Day(jiff::civil::date(2026, month, day));
        let august = AsOf::Month { year: 2026, month: 8 };
        // 30 days are some 4,318 blocks; the count of blocks is Poisson, so u = N/sqrt(n).
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

    /// With another hashrate.
    pub fn with_hashrate(self, hashrate: Uncertain<Hashrate>) -> Self {
        Self { hashrate, ..self }
    }

    /// With the hashrate at which a difficulty is steady.
    pub fn with_difficulty(self, difficulty: Difficulty, given_by: &str) -> Self {
        let provenance = Provenance::Modelled {
            model: format!("steady at difficulty {} ({given_by})", difficulty.value()),
        };
        self.with_hashrate(Uncertain::new(difficulty.steady_hashrate(), provenance))
    }

    /// The difficulty at which the hashrate is steady.
    ///
    /// # Errors
    /// Unless the hashrate is positive and finite.
    pub fn difficulty(&self) -> Result<Difficulty, PowError> {
        Difficulty::steady_at(self.hashrate.value())
    }

    /// Subsidy and mean fees of a block.
    pub fn block_reward(&self) -> Btc {
        Btc::from(subsidy(self.height.value())) + self.fees_per_block.value()
    }

    /// What the whole network is paid.
    pub fn issue(&self) -> BtcRate {
        self.block_reward() / steady_block_interval()
    }

    /// Expected hashes of a block for a network of this hashrate in its steady state.
    pub fn hashes_per_block(hashrate: Hashrate) -> Hashes {
        hashrate * steady_block_interval()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn difficulty_and_hashrate_are_one_state() {
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
    fn the_issue_is_143_93_blocks_a_day() {
        let network = Network::august_2026();
        assert_eq!(network.block_reward().as_btc(), 3.148);
        assert!((network.issue().as_btc_per_day() / 3.148 - 143.928_571_428_571_4).abs() < 1e-9);
    }

    #[test]
    fn a_months_window_is_known_to_one_and_a_half_percent() {
        let relative = Network::august_2026().hashrate.relative_uncertainty().unwrap();
        assert!((relative - 0.0152).abs() < 1e-4);
    }
}
