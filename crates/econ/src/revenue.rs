//! Income at the network's difficulty before and after it answers one's own hashrate, and the
//! points at which it pays for the energy. Pure functions of quantities.

use crate::pow::steady_block_interval;
use crate::units::{
    Btc, BtcRate, EnergyPrice, Fraction, Hashprice, Hashrate, JoulesPerHash, UsdPerBtc, UsdRate,
};

/// The network's hashrate once `own` has joined and pushed out `displacement * own` of the
/// others, never more than there are: N + x - min(d x, N).
pub fn network_after(others: Hashrate, own: Hashrate, displacement: Fraction) -> Hashrate {
    // Own hashrate plus what is left of the others: rounding cannot make the sum less than
    // its first part, nor a share more than 1.
    let left = others - own * displacement.value();
    own + if left > Hashrate::ZERO { left } else { Hashrate::ZERO }
}

/// The share of blocks, x / (N + x - min(d x, N)): from the first day on, never above 1.
pub fn share_of_blocks(others: Hashrate, own: Hashrate, displacement: Fraction) -> f64 {
    own / network_after(others, own, displacement)
}

/// The bitcoin that `own` earns at the difficulty at which `network` is steady. Before any pool's
/// fee.
pub fn btc_rate(own: Hashrate, network: Hashrate, block_reward: Btc) -> BtcRate {
    block_reward / steady_block_interval() * (own / network)
}

/// What a hashrate earns at the difficulty at which `network` is steady: reward and price over
/// the expected hashes of a block. Before any pool's fee.
pub fn hashprice(network: Hashrate, block_reward: Btc, price: UsdPerBtc) -> Hashprice {
    let usd_a_second = price * (block_reward / steady_block_interval());
    usd_a_second / network
}

/// The energy price at which machines of this efficiency (at the site's meter) earn exactly
/// their energy.
pub fn breakeven_tariff(hashprice: Hashprice, at_site: JoulesPerHash) -> EnergyPrice {
    hashprice / at_site
}

/// Income at one difficulty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Income {
    /// Bitcoin earned, after the pool's fee and stale work.
    pub btc: BtcRate,
    /// Its worth.
    pub usd: UsdRate,
    /// Earnings per hashrate, before the pool's fee, as it is quoted.
    pub hashprice: Hashprice,
    /// Where income equals the cost of energy.
    pub break_even: BreakEven,
}

/// Where income equals the cost of energy, each with everything else as it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakEven {
    /// The energy price.
    pub tariff: EnergyPrice,
    /// The bitcoin price; `None` without a tariff or without income.
    pub price: Option<UsdPerBtc>,
    /// The efficiency at the machine; `None` without a tariff, where energy is so dear or so much
    /// that no efficiency pays, and where it costs nothing, so that every one does.
    pub efficiency: Option<JoulesPerHash>,
}

/// All that the income of a fleet depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mining {
    /// Everybody else.
    pub others: Hashrate,
    /// The fleet's average.
    pub own: Hashrate,
    pub displacement: Fraction,
    pub reward: Btc,
    pub price: UsdPerBtc,
    /// The part of the reward that arrives.
    pub payout: f64,
    /// The machines' efficiency and the site's overhead on it.
    pub efficiency: JoulesPerHash,
    pub pue: f64,
    pub energy_price: Option<EnergyPrice>,
}

impl Mining {
    /// At the old difficulty: the fleet's hashes add to the issue until the retarget.
    pub(super) fn before_retarget(&self) -> Income {
        self.income(self.others, None)
    }

    /// At the difficulty that has taken the fleet in.
    pub(super) fn after_retarget(&self) -> Income {
        let after = network_after(self.others, self.own, self.displacement);
        self.income(after, Some(self.displacement.complement()))
    }

    /// `dilution` is the part of the own hashrate that makes the network larger, once the
    /// difficulty counts it.
    fn income(&self, network: Hashrate, dilution: Option<f64>) -> Income {
        let btc = btc_rate(self.own, network, self.reward) * self.payout;
        let hashprice = hashprice(network, self.reward, self.price);
        let at_site = self.efficiency * self.pue;
        let paid = hashprice * self.payout;
        let break_even = BreakEven {
            tariff: breakeven_tariff(paid, at_site),
            price: self.energy_price.and_then(|tariff| {
                // The cost of a hash over the bitcoin of a hash.
                (btc > BtcRate::ZERO).then(|| tariff * at_site * self.own / btc)
            }),
            efficiency: self.energy_price.and_then(|tariff| self.even_efficiency(tariff, dilution)),
        };
        Income { btc, usd: btc * self.price, hashprice, break_even }
    }

    /// The efficiency at which the same power earns exactly its energy. With s the share of the
    /// issue that pays for it, x = s N / (1 - s * dilution) is the hashrate that takes that
    /// share, and the machines' efficiency is power over x. Written without a quotient of
    /// zeros, so that it holds for no power, too.
    fn even_efficiency(&self, tariff: EnergyPrice, dilution: Option<f64>) -> Option<JoulesPerHash> {
        let issue = self.price * (self.reward / steady_block_interval()) * self.payout;
        let cost = tariff * (self.efficiency * self.pue * self.own);
        if tariff <= EnergyPrice::ZERO || issue <= UsdRate::ZERO {
            return None;
        }
        let left = match dilution {
            None => 1.0,
            // More than the whole issue cannot be earned, whatever the machines.
            Some(_) if cost >= issue => return None,
            Some(dilution) => 1.0 - cost / issue * dilution,
        };
        let at_site = issue / self.others / tariff * left;
        Some(at_site / self.pue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mining(own_eh: f64, displacement: f64, tariff: f64) -> Mining {
        Mining {
            others: Hashrate::from_eh_s(905.0),
            own: Hashrate::from_eh_s(own_eh),
            displacement: Fraction::new(displacement).unwrap(),
            reward: Btc::from_btc(3.148),
            price: UsdPerBtc::from_usd_per_btc(65_159.0),
            payout: 0.98,
            efficiency: JoulesPerHash::from_j_per_th(15.0),
            pue: 1.05,
            energy_price: Some(EnergyPrice::from_usd_per_kwh(tariff)),
        }
    }

    fn cost(mining: &Mining, tariff: EnergyPrice) -> UsdRate {
        tariff * (mining.efficiency * mining.pue * mining.own)
    }

    proptest! {
        /// At each break-even point, put back into the model, income is the cost.
        #[test]
        fn break_even_points_break_even(
            own in 0.001f64..2000.0, d in 0.0f64..=1.0, tariff in 0.01f64..0.1,
        ) {
            let close = |a: UsdRate, b: UsdRate| (a / b - 1.0).abs() < 1e-9;
            let base = mining(own, d, tariff);
            for after in [false, true] {
                let income = |m: &Mining| if after { m.after_retarget() } else { m.before_retarget() };
                let even = income(&base).break_even;
                prop_assert!(close(income(&base).usd, cost(&base, even.tariff)));

                let tariff = base.energy_price.unwrap();
                let priced = Mining { price: even.price.unwrap(), ..base };
                prop_assert!(close(income(&priced).usd, cost(&priced, tariff)));

                if let Some(efficiency) = even.efficiency {
                    // The same power at another efficiency is another hashrate.
                    let own = base.efficiency * base.own / efficiency;
                    let improved = Mining { efficiency, own, ..base };
                    prop_assert!(close(income(&improved).usd, cost(&improved, tariff)));
                } else {
                    // No hashrate earns it: the cost is more than everybody's income.
                    let issue = base.price * (base.reward / steady_block_interval()) * base.payout;
                    prop_assert!(after && cost(&base, tariff) >= issue);
                }
            }
        }

        #[test]
        fn shares_are_shares(own in 0.0f64..1e6, d in 0.0f64..=1.0) {
            let share = share_of_blocks(
                Hashrate::from_eh_s(905.0), Hashrate::from_eh_s(own), Fraction::new(d).unwrap());
            prop_assert!((0.0..=1.0).contains(&share));
        }

        /// Economics, formula 8: before is (N + (1-d) x)/N times after, while d x < N.
        #[test]
        fn income_falls_by_ones_own_dilution(own in 0.001f64..900.0, d in 0.0f64..=1.0) {
            let m = mining(own, d, 0.05);
            let ratio = m.before_retarget().btc / m.after_retarget().btc;
            prop_assert!((ratio / ((905.0 + (1.0 - d) * own) / 905.0) - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_giant_earns_more_than_the_old_issue_until_the_retarget() {
        let m = mining(2_000.0, 0.0, 0.05);
        let old_issue = m.reward / steady_block_interval() * m.payout;
        assert!(m.before_retarget().btc > old_issue && m.after_retarget().btc < old_issue);
    }

    #[test]
    fn no_power_still_has_break_even_points() {
        let m = mining(0.0, 0.0, 0.05);
        let (before, after) = (m.before_retarget(), m.after_retarget());
        assert_eq!(before.break_even.tariff, after.break_even.tariff);
        assert!(after.break_even.efficiency.unwrap().is_finite());
        assert_eq!(after.break_even.price, None);
    }
}
