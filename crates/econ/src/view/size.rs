//! The optimal size of a site, whose own hashrate lowers hashprice (equation M5).

use crate::network::{network_with, share};

/// The inputs for choosing a size: V of equation M5, other miners, displacement and the cost of an EH/s.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct SiteSizing {
    /// Value of all blocks of a day, USD, less the pool's share.
    pub block_value: f64,
    /// Hashrate of all other miners, EH/s.
    pub others: f64,
    /// Share of the own hashrate that displaces other miners, 0 to 1.
    pub displacement: f64,
    /// All running costs per average EH/s, USD per day.
    pub cost: f64,
}

impl SiteSizing {
    /// The own hashrate at which all other miners are displaced.
    fn kink(&self) -> f64 {
        if self.displacement > 0.0 { self.others / self.displacement } else { f64::INFINITY }
    }

    /// Revenue less running costs at an average hashrate in EH/s, USD per day.
    pub fn profit(&self, own: f64) -> f64 {
        self.block_value * share(self.others, own, self.displacement) - self.cost * own
    }

    /// Marginal share of blocks per EH/s: the slope of the share.
    pub fn slope(&self, own: f64) -> f64 {
        if own >= self.kink() {
            return 0.0;
        }
        let network = network_with(self.others, own, self.displacement);
        self.others / (network * network)
    }

    /// The profit-maximising average hashrate, EH/s; 0 if no size is profitable, `None` if there are no running
    /// costs, so that every size is profitable.
    pub fn profit_maximising(&self) -> Option<f64> {
        if self.cost <= 0.0 {
            return None;
        }
        if self.block_value <= self.cost * self.others {
            return Some(0.0);
        }
        let root = (self.block_value * self.others / self.cost).sqrt();
        Some(((root - self.others) / (1.0 - self.displacement)).clamp(0.0, self.kink()))
    }

    /// The average hashrate at which profit falls to zero, EH/s; `None` if there are no running costs.
    pub fn zero_profit(&self) -> Option<f64> {
        if self.cost <= 0.0 {
            return None;
        }
        if self.block_value <= self.cost * self.others {
            return Some(0.0);
        }
        let before_kink = (self.block_value / self.cost - self.others) / (1.0 - self.displacement);
        Some(if before_kink <= self.kink() { before_kink } else { self.block_value / self.cost })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 9.5 J/TH at 22.98 PKR/kWh, 281 PKR/USD, energy cost only: 905 EH/s of other miners, 10.5 MW per EH/s.
    fn headline(displacement: f64) -> SiteSizing {
        let block_value = 86_400.0 / (600.0 * 2016.0 / 2015.0) * 3.148 * 65_159.0;
        // 10.5 MW make an average EH/s and run 0.95 of the time.
        let cost = 10.5 * 0.95 * 24.0 * 22.98 / 281.0 * 1e3;
        SiteSizing { block_value, others: 905.0, displacement, cost }
    }

    #[test]
    fn best_size_respects_kink() {
        for (displacement, most, none) in [(0.9, 10_558.0, 15_833.0), (1.0, 9_502.0, 15_833.0)] {
            let sizing = headline(displacement);
            let mw = |eh: Option<f64>| eh.unwrap() * 10.5;
            assert!(
                (mw(sizing.profit_maximising()) - most).abs() < 1.0,
                "{:?}",
                mw(sizing.profit_maximising())
            );
            assert!(
                (mw(sizing.zero_profit()) - none).abs() < 1.0,
                "{:?}",
                mw(sizing.zero_profit())
            );
        }
    }

    #[test]
    fn best_size_beats_neighbouring_sizes() {
        for displacement in [0.0, 0.3, 0.5, 0.9, 0.99, 1.0] {
            for cost in [1e3, 9e3, 1.9e4, 2.6e4, 3.2e4, 5e4] {
                let sizing = SiteSizing { cost, ..headline(displacement) };
                let (best, none) =
                    (sizing.profit_maximising().unwrap(), sizing.zero_profit().unwrap());
                let top = sizing.profit(best);
                for step in [0.9, 0.999, 1.001, 1.1] {
                    let near = sizing.profit((best * step).max(step - 0.9));
                    assert!(near <= top + 1e-6 * top.abs(), "{displacement} {cost} {step}");
                }
                if none > 0.0 {
                    assert!(sizing.profit(none * 0.999) > 0.0 && sizing.profit(none * 1.001) < 0.0);
                } else {
                    assert!(sizing.profit(1.0) <= 0.0 && best == 0.0);
                }
            }
        }
    }

    #[test]
    fn free_energy_has_no_best_size() {
        let sizing = SiteSizing { cost: 0.0, ..headline(0.0) };
        assert_eq!((sizing.profit_maximising(), sizing.zero_profit()), (None, None));
    }
}
