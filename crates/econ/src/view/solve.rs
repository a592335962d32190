//! Where income equals cost, each with everything else as it is (equation M32).

use super::size::SiteSizing;
use crate::result::{Basis, Stage, Variable};

/// What a break-even is worked out from: the steady year on one side of the retarget, a day's amounts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BreakEvenCase {
    pub stage: Stage,
    /// USD of the bitcoin.
    pub revenue: f64,
    /// USD of energy, and MWh.
    pub energy: f64,
    pub mwh: f64,
    /// USD of all other running costs.
    pub other: f64,
    /// Annuities of a day: of machines, and of sites; NaN where a price is missing.
    pub machines: f64,
    pub sites: f64,
    pub difficulty: f64,
    pub price: f64,
    pub efficiency: f64,
    /// Average EH/s, and that with every machine running.
    pub own: f64,
    pub nameplate: f64,
    /// Daily worth of all blocks, others and displacement.
    pub sizing: SiteSizing,
}

impl BreakEvenCase {
    /// Running costs, and those of capital, that a basis counts beside energy.
    fn beside(&self, basis: Basis) -> (f64, f64, f64) {
        match basis {
            Basis::EnergyOnly => (0.0, 0.0, 0.0),
            Basis::CashCosts => (self.other, 0.0, 0.0),
            Basis::WithCapital => (self.other, self.machines, self.sites),
        }
    }

    /// The value of a variable at which income equals cost; `None` for never or always.
    pub(crate) fn solve(&self, variable: Variable, basis: Basis) -> Option<f64> {
        let (other, machines, sites) = self.beside(basis);
        let cost = self.energy + other + machines + sites;
        let found = match variable {
            Variable::Tariff => (self.revenue - other - machines - sites) / self.mwh / 1e3,
            Variable::Price if cost <= 0.0 => return None,
            Variable::Price => self.price * cost / self.revenue,
            Variable::Difficulty if cost <= 0.0 => return None,
            Variable::Difficulty => self.difficulty * self.revenue / cost,
            // Of the same power: energy and the site stay, machines are as many as hashes.
            Variable::Efficiency => {
                let fixed = self.energy + other + sites;
                let least = self.least(machines / self.own, fixed)?;
                self.efficiency * self.own / least
            }
            // Of the same machines: they and the site stay, energy is as much as hashes.
            Variable::CapacityFactor => {
                let least = self.least((self.energy + other) / self.own, machines + sites)?;
                least / self.nameplate
            }
        };
        found.is_finite().then_some(found)
    }

    /// The least average hashrate at which income is no less than a cost for each EH/s and a fixed one.
    fn least(&self, each: f64, fixed: f64) -> Option<f64> {
        let income = |own: f64| match self.stage {
            Stage::Before => self.sizing.issue * own / self.sizing.others,
            Stage::After => self.sizing.profit(own) + self.sizing.cost * own,
        };
        let gain = |own: f64| income(own) - each * own - fixed;
        let most = match self.stage {
            Stage::Before => f64::INFINITY,
            Stage::After => {
                SiteSizing { cost: each, ..self.sizing }.most_profit().unwrap_or(f64::INFINITY)
            }
        };
        if fixed <= 0.0 {
            return (gain(self.own * 1e-6) >= 0.0).then_some(0.0);
        }
        // Beyond so many times the network nothing is worth looking at.
        let mut high = most.min(self.sizing.others * 1e6);
        let pays = gain(high) >= 0.0;
        if !pays {
            return None;
        }
        let mut low = 0.0;
        for _ in 0..200 {
            let middle = f64::midpoint(low, high);
            if gain(middle) >= 0.0 { high = middle } else { low = middle }
        }
        Some(high)
    }
}
