//! What each party has, what crosses the border, and what the nation has of it (equations M25 and M27).

use super::{Accounts, Cell, FlowKind, MeansOfPayment, Party, Quantity};
use crate::params::Denomination;

/// A year of the accounts by party and across the border, in one denomination.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct YearSums {
    nets: [f64; Party::ALL.len()],
    crossed: [f64; MeansOfPayment::CROSSING.len()],
    /// Own labour, fuel and materials used up; negative.
    pub resources: f64,
    /// What the nation has, externalities left out.
    pub national: f64,
}

impl YearSums {
    /// What a party has.
    pub fn net(&self, party: Party) -> f64 {
        self.nets[party as usize]
    }

    /// What crosses the border in one means, into the country; profits of foreigners count as far as they are
    /// remitted. Nothing crosses it as a resource or a valuation.
    pub fn crossed(&self, means: MeansOfPayment) -> f64 {
        let place = MeansOfPayment::CROSSING.iter().position(|crossing| *crossing == means);
        place.map_or(0.0, |place| self.crossed[place])
    }
}

fn amount(cell: Cell, of: Denomination) -> f64 {
    if of == Denomination::Usd { cell.usd } else { cell.local }
}

/// Foreigners' profit that has not crossed the border; in local money at the rate of that profit.
fn claim(accounts: &Accounts, year: usize, of: Denomination) -> f64 {
    let claim = accounts.quantity(Quantity::ForeignClaim, year);
    let profit = accounts.cell(FlowKind::ProfitForeign, year);
    match of {
        Denomination::Local if profit.usd > 0.0 => claim * profit.local / profit.usd,
        _ => claim,
    }
}

/// Every sum of a year in one pass over its flows: nominal dollars, or local money with each flow at its own
/// moment's rate.
pub fn year_sums(accounts: &Accounts, year: usize, of: Denomination) -> YearSums {
    let mut sums = YearSums::default();
    for (&kind, cell) in FlowKind::ALL.iter().zip(accounts.year(year)) {
        let amount = amount(*cell, of);
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
            let way = f64::from(to.is_home()) - f64::from(from.is_home());
            match spec.means {
                MeansOfPayment::Money => sums.crossed[0] += way * amount,
                MeansOfPayment::Bitcoin => sums.crossed[1] += way * amount,
                MeansOfPayment::Abroad => sums.crossed[2] += way * amount,
                MeansOfPayment::Resource | MeansOfPayment::Valuation => {}
            }
        }
        if spec.means == MeansOfPayment::Resource {
            sums.resources -= amount;
        }
    }
    let claim = claim(accounts, year, of);
    sums.crossed[0] += claim;
    let residual = amount(accounts.cell(FlowKind::ProfitHomeValuation, year), of);
    sums.national = sums.crossed.iter().sum::<f64>() + sums.resources + residual - claim;
    sums
}

/// What crosses the border in a year in one means, into the country, nominal USD.
pub fn crossed(accounts: &Accounts, means: MeansOfPayment, year: usize) -> f64 {
    year_sums(accounts, year, Denomination::Usd).crossed(means)
}

/// Own labour, fuel and materials used up in a year, nominal USD; negative.
pub fn resources(accounts: &Accounts, year: usize) -> f64 {
    year_sums(accounts, year, Denomination::Usd).resources
}

/// What the nation has of a year, externalities left out, nominal USD.
pub fn national(accounts: &Accounts, year: usize) -> f64 {
    year_sums(accounts, year, Denomination::Usd).national
}

/// What a party has of a year, nominal USD.
pub fn net(accounts: &Accounts, party: Party, year: usize) -> f64 {
    year_sums(accounts, year, Denomination::Usd).net(party)
}

/// Present value of what a party has, USD.
pub fn net_value(accounts: &Accounts, party: Party) -> f64 {
    let own = FlowKind::ALL.iter().filter(|kind| kind.sign(party) != 0.0);
    own.map(|&kind| kind.sign(party) * accounts.sum(kind).pv).sum()
}
