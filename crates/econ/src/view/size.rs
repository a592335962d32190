//! How large is too large: one's own hashrate dilutes what a hash earns (equation M5).

use crate::network::{network_with, share};

/// What a size is chosen by: V of equation M5, the others, displacement and the cost of an EH/s.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SiteSizing {
    /// Worth of all blocks of a day, USD, the pool's part left out.
    pub issue: f64,
    /// Everybody else, EH/s.
    pub others: f64,
    /// Part of the own hashrate that pushes others out, 0 to 1.
    pub displacement: f64,
    /// All running costs of a day for an average EH/s, USD.
    pub cost: f64,
}

impl SiteSizing {
    /// The own hashrate at which all others are gone.
    fn kink(&self) -> f64 {
        if self.displacement > 0.0 { self.others / self.displacement } else { f64::INFINITY }
    }

    /// Income less running costs a day of an average hashrate in EH/s, USD.
    pub fn profit(&self, own: f64) -> f64 {
        self.issue * share(self.others, own, self.displacement) - self.cost * own
    }

    /// What the next EH/s brings, as a part of the issue: the slope of the share.
    pub fn slope(&self, own: f64) -> f64 {
        if own >= self.kink() {
            return 0.0;
        }
        let network = network_with(self.others, own, self.displacement);
        self.others / (network * network)
    }

    /// The average hashrate of the most profit, EH/s: 0 where none pays; `None` where energy costs nothing,
    /// so that every size pays.
    pub fn most_profit(&self) -> Option<f64> {
        if self.cost <= 0.0 {
            return None;
        }
        if self.issue <= self.cost * self.others {
            return Some(0.0);
        }
        let root = (self.issue * self.others / self.cost).sqrt();
        Some(((root - self.others) / (1.0 - self.displacement)).clamp(0.0, self.kink()))
    }

    /// The average hashrate from which on there is no profit, EH/s.
    pub fn no_profit(&self) -> Option<f64> {
        if self.cost <= 0.0 {
            return None;
        }
        if self.issue <= self.cost * self.others {
            return Some(0.0);
        }
        let before_kink = (self.issue / self.cost - self.others) / (1.0 - self.displacement);
        Some(if before_kink <= self.kink() { before_kink } else { self.issue / self.cost })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 9.5 J/TH at Rs 22.98, 281 PKR/USD, energy alone: 905 EH/s of others, 10.5 MW for an EH/s.
    fn headline(displacement: f64) -> SiteSizing {
        let issue = 86_400.0 / (600.0 * 2016.0 / 2015.0) * 3.148 * 65_159.0;
        // 10.5 MW make an average EH/s and run 0.95 of the time.
        let cost = 10.5 * 0.95 * 24.0 * 22.98 / 281.0 * 1e3;
        SiteSizing { issue, others: 905.0, displacement, cost }
    }

    #[test]
    fn sizes_respect_the_kink() {
        for (displacement, most, none) in [(0.9, 10_558.0, 15_833.0), (1.0, 9_502.0, 15_833.0)] {
            let sizing = headline(displacement);
            let mw = |eh: Option<f64>| eh.unwrap() * 10.5;
            assert!(
                (mw(sizing.most_profit()) - most).abs() < 1.0,
                "{:?}",
                mw(sizing.most_profit())
            );
            assert!((mw(sizing.no_profit()) - none).abs() < 1.0, "{:?}", mw(sizing.no_profit()));
        }
    }

    #[test]
    fn sizes_beat_their_neighbours() {
        for displacement in [0.0, 0.3, 0.5, 0.9, 0.99, 1.0] {
            for cost in [1e3, 9e3, 1.9e4, 2.6e4, 3.2e4, 5e4] {
                let sizing = SiteSizing { cost, ..headline(displacement) };
                let (best, none) = (sizing.most_profit().unwrap(), sizing.no_profit().unwrap());
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
    fn energy_that_costs_nothing_has_no_best_size() {
        let sizing = SiteSizing { cost: 0.0, ..headline(0.0) };
        assert_eq!((sizing.most_profit(), sizing.no_profit()), (None, None));
    }
}
