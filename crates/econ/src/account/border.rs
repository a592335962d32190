//! What crosses the border, and what the nation has of it (equations M25 and M27).

use super::{Accounts, Cell, FlowKind, Means, Party, Quantity};
use crate::params::Denomination;

/// +1 for a flow that comes home, -1 for one that leaves, 0 for one that stays on its side.
fn crossing(kind: FlowKind) -> f64 {
    let spec = kind.spec();
    match (spec.from, spec.to) {
        (Some(from), Some(to)) => f64::from(to.is_home()) - f64::from(from.is_home()),
        _ => 0.0,
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

/// What crosses the border in a year in one means, into the country: profits of foreigners count as far as
/// they are remitted. Nominal dollars, or local money with each flow at its own moment's rate.
pub fn crossed_in(accounts: &Accounts, means: Means, year: usize, of: Denomination) -> f64 {
    let kinds = FlowKind::ALL.iter().filter(|kind| kind.spec().means == means);
    let sum: f64 = kinds.map(|&kind| crossing(kind) * amount(accounts.cell(kind, year), of)).sum();
    if means == Means::Money { sum + claim(accounts, year, of) } else { sum }
}

/// The same in dollars.
pub fn crossed(accounts: &Accounts, means: Means, year: usize) -> f64 {
    crossed_in(accounts, means, year, Denomination::Usd)
}

fn resources_in(accounts: &Accounts, year: usize, of: Denomination) -> f64 {
    let kinds = FlowKind::ALL.iter().filter(|kind| kind.spec().means == Means::Resource);
    -kinds.map(|&kind| amount(accounts.cell(kind, year), of)).sum::<f64>()
}

/// Own labour, fuel and materials used up in a year, USD; negative.
pub fn resources(accounts: &Accounts, year: usize) -> f64 {
    resources_in(accounts, year, Denomination::Usd)
}

/// What the nation has of a year, externalities left out: nominal dollars or local money.
pub fn national_in(accounts: &Accounts, year: usize, of: Denomination) -> f64 {
    let crossed = |means| crossed_in(accounts, means, year, of);
    let border: f64 = Means::CROSSING.into_iter().map(crossed).sum();
    let residual = amount(accounts.cell(FlowKind::ProfitHomeValuation, year), of);
    border + resources_in(accounts, year, of) + residual - claim(accounts, year, of)
}

/// The same in dollars.
pub fn national(accounts: &Accounts, year: usize) -> f64 {
    national_in(accounts, year, Denomination::Usd)
}

/// What a party has of a year, USD.
pub fn net(accounts: &Accounts, party: Party, year: usize) -> f64 {
    FlowKind::ALL.iter().map(|&kind| kind.sign(party) * accounts.cell(kind, year).usd).sum()
}

/// Present value of what a party has, USD.
pub fn net_value(accounts: &Accounts, party: Party) -> f64 {
    FlowKind::ALL.iter().map(|&kind| kind.sign(party) * accounts.sum(kind).pv).sum()
}
