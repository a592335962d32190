//! Net flows of parties, of the border and of the nation (equations M25 and M27).

use super::{Accounts, Cell, FlowKind, MeansOfPayment, Party, Quantity};
use crate::params::Denomination;

/// A year of the accounts by party and across the border, in one denomination.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct YearSums {
    nets: [f64; Party::ALL.len()],
    crossed: [f64; MeansOfPayment::CROSSING.len()],
    /// Domestic labour, fuel and materials used up; negative.
    pub resources: f64,
    /// Net of the nation, without externalities.
    pub national: f64,
}

impl YearSums {
    /// Net of a party: receipts less payments.
    pub fn net(&self, party: Party) -> f64 {
        self.nets[party as usize]
    }

    /// Net inflow across the border in one means. Foreigners' profit counts as far as it is remitted. It is 0
    /// for resources and valuations.
    pub fn cross_border(&self, means: MeansOfPayment) -> f64 {
        let index = MeansOfPayment::CROSSING.iter().position(|crossing| *crossing == means);
        index.map_or(0.0, |index| self.crossed[index])
    }
}

fn amount(cell: Cell, denomination: Denomination) -> f64 {
    if denomination == Denomination::Usd { cell.usd } else { cell.local }
}

/// Foreign owners' profit not yet remitted; in local money at the exchange rate of that profit.
fn claim(accounts: &Accounts, year: usize, denomination: Denomination) -> f64 {
    let claim = accounts.quantity(Quantity::ForeignClaim, year);
    let profit = accounts.cell(FlowKind::ProfitForeign, year);
    match denomination {
        Denomination::Local if profit.usd > 0.0 => claim * profit.local / profit.usd,
        _ => claim,
    }
}

/// Computes all sums of a year, in nominal dollars or in local money with each flow at the exchange rate of its
/// own time.
pub fn year_sums(accounts: &Accounts, year: usize, denomination: Denomination) -> YearSums {
    let mut sums = YearSums::default();
    for (&kind, cell) in FlowKind::ALL.iter().zip(accounts.year(year)) {
        let amount = amount(*cell, denomination);
        if amount == 0.0 {
            continue;
        }
        let spec = kind.spec();
        if let Some(to) = spec.to {
            sums.nets[to as usize] += amount;
        }
        if let Some(from) = spec.from {
            sums.nets[from as usize] -= amount;
        }
        if let (Some(from), Some(to)) = (spec.from, spec.to) {
            let direction = f64::from(to.is_home()) - f64::from(from.is_home());
            match spec.means {
                MeansOfPayment::Money => sums.crossed[0] += direction * amount,
                MeansOfPayment::Bitcoin => sums.crossed[1] += direction * amount,
                MeansOfPayment::Abroad => sums.crossed[2] += direction * amount,
                MeansOfPayment::Resource | MeansOfPayment::Valuation => {}
            }
        }
        if spec.means == MeansOfPayment::Resource {
            sums.resources -= amount;
        }
    }
    let claim = claim(accounts, year, denomination);
    sums.crossed[0] += claim;
    let residual = amount(accounts.cell(FlowKind::ProfitHomeValuation, year), denomination);
    sums.national = sums.crossed.iter().sum::<f64>() + sums.resources + residual - claim;
    sums
}

/// Net inflow across the border in a year in one means, nominal USD.
pub fn cross_border(accounts: &Accounts, means: MeansOfPayment, year: usize) -> f64 {
    year_sums(accounts, year, Denomination::Usd).cross_border(means)
}

/// Domestic labour, fuel and materials used up in a year, nominal USD; negative.
pub fn resources(accounts: &Accounts, year: usize) -> f64 {
    year_sums(accounts, year, Denomination::Usd).resources
}

/// Net of the nation in a year, without externalities, nominal USD.
pub fn national(accounts: &Accounts, year: usize) -> f64 {
    year_sums(accounts, year, Denomination::Usd).national
}

/// Net of a party in a year, nominal USD.
pub fn net(accounts: &Accounts, party: Party, year: usize) -> f64 {
    year_sums(accounts, year, Denomination::Usd).net(party)
}

/// Present value of a party's net, USD.
pub fn net_value(accounts: &Accounts, party: Party) -> f64 {
    let own = FlowKind::ALL.iter().filter(|kind| kind.sign(party) != 0.0);
    own.map(|&kind| kind.sign(party) * accounts.sum(kind).pv).sum()
}
