//! What crosses the border, and what the nation has of it (equations M25 and M27).

use super::{Accounts, FlowKind, Means, Party, Quantity};

/// +1 for a flow that comes home, -1 for one that leaves, 0 for one that stays on its side.
fn crossing(kind: FlowKind) -> f64 {
    let spec = kind.spec();
    match (spec.from, spec.to) {
        (Some(from), Some(to)) => f64::from(to.is_home()) - f64::from(from.is_home()),
        _ => 0.0,
    }
}

/// What crosses the border in a year in one means, into the country, USD: profits of foreigners count as far
/// as they are remitted.
pub fn crossed(accounts: &Accounts, means: Means, year: usize) -> f64 {
    let of = FlowKind::ALL.iter().filter(|kind| kind.spec().means == means);
    let sum: f64 = of.map(|&kind| crossing(kind) * accounts.cell(kind, year).usd).sum();
    match means {
        Means::Money => sum + accounts.quantity(Quantity::ForeignClaim, year),
        _ => sum,
    }
}

/// The same in local money, each flow at its own moment's rate. What is not remitted counts at the year's
/// mean rate of foreigners' profit.
pub fn crossed_local(accounts: &Accounts, means: Means, year: usize) -> f64 {
    let of = FlowKind::ALL.iter().filter(|kind| kind.spec().means == means);
    let sum: f64 = of.map(|&kind| crossing(kind) * accounts.cell(kind, year).local).sum();
    let profit = accounts.cell(FlowKind::ProfitForeign, year);
    match means {
        Means::Money if profit.usd > 0.0 => {
            let claim = accounts.quantity(Quantity::ForeignClaim, year);
            sum + claim * profit.local / profit.usd
        }
        _ => sum,
    }
}

/// Own labour, fuel and materials used up in a year, USD; negative.
pub fn resources(accounts: &Accounts, year: usize) -> f64 {
    let of = FlowKind::ALL.iter().filter(|kind| kind.spec().means == Means::Resource);
    -of.map(|&kind| accounts.cell(kind, year).usd).sum::<f64>()
}

/// What the nation has of a year, externalities left out, USD.
pub fn national(accounts: &Accounts, year: usize) -> f64 {
    let border: f64 = [Means::Money, Means::Bitcoin, Means::Abroad]
        .iter()
        .map(|&means| crossed(accounts, means, year))
        .sum();
    let residual = accounts.cell(FlowKind::ProfitHomeValuation, year).usd;
    border + resources(accounts, year) + residual - accounts.quantity(Quantity::ForeignClaim, year)
}

/// What a party has of a year, USD.
pub fn net(accounts: &Accounts, party: Party, year: usize) -> f64 {
    FlowKind::ALL.iter().map(|&kind| kind.sign(party) * accounts.cell(kind, year).usd).sum()
}

/// Present value of what a party has, USD.
pub fn net_value(accounts: &Accounts, party: Party) -> f64 {
    FlowKind::ALL.iter().map(|&kind| kind.sign(party) * accounts.sum(kind).pv).sum()
}
