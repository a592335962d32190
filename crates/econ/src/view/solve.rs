//! Break-even values, each with all other inputs unchanged (equation M32).

use super::size::SiteSizing;
use crate::result::{Basis, Stage, Variable};

/// The inputs of a break-even: the steady year on one side of the retarget, with amounts per day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BreakEvenCase {
    pub stage: Stage,
    /// Revenue, USD.
    pub revenue: f64,
    /// Cost of energy, USD, and its amount, MWh.
    pub energy: f64,
    pub mwh: f64,
    /// All other running costs, USD.
    pub other: f64,
    /// Annuities of machines and of sites, USD; NaN if a price is missing.
    pub machines: f64,
    pub sites: f64,
    pub difficulty: f64,
    pub price: f64,
    pub efficiency: f64,
    /// Average hashrate, and hashrate with all machines running, EH/s.
    pub own: f64,
    pub nameplate: f64,
    /// Daily value of all blocks, other miners and displacement.
    pub sizing: SiteSizing,
}

impl BreakEvenCase {
    /// Other running costs and capital costs (machines, sites) that a basis includes in addition to energy.
    fn non_energy_costs(&self, basis: Basis) -> (f64, f64, f64) {
        match basis {
            Basis::EnergyOnly => (0.0, 0.0, 0.0),
            Basis::CashCosts => (self.other, 0.0, 0.0),
            Basis::WithCapital => (self.other, self.machines, self.sites),
        }
    }

    /// The value of a variable at which revenue equals cost; `None` if there is none.
    pub(crate) fn solve(&self, variable: Variable, basis: Basis) -> Option<f64> {
        let (other, machines, sites) = self.non_energy_costs(basis);
        let cost = self.energy + other + machines + sites;
        let found = match variable {
            Variable::Tariff => (self.revenue - other - machines - sites) / self.mwh / 1e3,
            Variable::Price if cost <= 0.0 => return None,
            Variable::Price => self.price * cost / self.revenue,
            Variable::Difficulty if cost <= 0.0 => return None,
            Variable::Difficulty => self.difficulty * self.revenue / cost,
            // At the same power: energy and site are fixed, machine costs are proportional to hashrate.
            Variable::Efficiency => {
                let fixed = self.energy + other + sites;
                let min_hashrate = self.min_hashrate(machines / self.own, fixed)?;
                self.efficiency * self.own / min_hashrate
            }
            // With the same machines: machines and site are fixed, energy is proportional to hashrate.
            Variable::CapacityFactor => {
                let min_hashrate =
                    self.min_hashrate((self.energy + other) / self.own, machines + sites)?;
                min_hashrate / self.nameplate
            }
        };
        found.is_finite().then_some(found)
    }

    /// The smallest average hashrate at which revenue covers a cost per EH/s and a fixed cost.
    fn min_hashrate(&self, each: f64, fixed: f64) -> Option<f64> {
        let income = |own: f64| match self.stage {
            Stage::Before => self.sizing.block_value * own / self.sizing.others,
            Stage::After => self.sizing.profit(own) + self.sizing.cost * own,
        };
        let gain = |own: f64| income(own) - each * own - fixed;
        let max_hashrate = match self.stage {
            Stage::Before => f64::INFINITY,
            Stage::After => SiteSizing { cost: each, ..self.sizing }
                .profit_maximising()
                .unwrap_or(f64::INFINITY),
        };
        if fixed <= 0.0 {
            return (gain(self.own * 1e-6) >= 0.0).then_some(0.0);
        }
        // Larger multiples of the network are not considered.
        let mut high = max_hashrate.min(self.sizing.others * 1e6);
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
