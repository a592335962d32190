//! Owners: what a year leaves or lacks, in each means (equation M18).

use super::{Accounts, Cell, Class, FlowKind, FlowLog, MeansOfPayment, Party, Quantity, When};

/// Parts of the owners.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ownership {
    /// Part that foreigners own.
    pub foreign: f64,
    /// Part of their profit in money that crosses the border in its year.
    pub remitted: f64,
    /// Tax on that, over it.
    pub withholding: f64,
}

impl Cell {
    fn add(&mut self, other: Self, sign: f64) {
        self.usd += sign * other.usd;
        self.local += sign * other.local;
        self.pv += sign * other.pv;
    }

    fn part(self, part: f64) -> Self {
        Self { usd: self.usd * part, local: self.local * part, pv: self.pv * part }
    }
}

/// What the year left in each means, resources counted as money.
fn left(accounts: &Accounts, year: usize) -> [Cell; 4] {
    let mut left = [Cell::default(); 4];
    let cells = accounts.year(year);
    for &kind in FlowKind::ALL {
        let sign = kind.sign(Party::Operator);
        let spec = kind.spec();
        if sign == 0.0 || spec.class == Class::Owner {
            continue;
        }
        let place = match spec.means {
            MeansOfPayment::Money | MeansOfPayment::Resource => 0,
            MeansOfPayment::Abroad => 1,
            MeansOfPayment::Bitcoin => 2,
            MeansOfPayment::Valuation => 3,
        };
        left[place].add(cells[kind.index()], sign);
    }
    left
}

/// Closes the operator's year: a need of money is met from the year's money abroad, then its bitcoin, then
/// by the owners; what is left of each means is theirs. Local money and present values are those of the operator's
/// own moments, so that it keeps nothing in either.
pub(crate) fn close_year(
    accounts: &mut Accounts,
    ownership: Ownership,
    when: &When,
    log: &mut impl FlowLog,
) {
    let [mut money, mut abroad, mut bitcoin, valuation] = left(accounts, when.year);
    for (means, used) in
        [(&mut abroad, FlowKind::AbroadUsed), (&mut bitcoin, FlowKind::BitcoinUsed)]
    {
        let needed = (-money.usd).max(0.0).min(means.usd);
        if needed > 0.0 {
            // Exactly what is needed: no rounding leaves equity beside a surplus.
            let taken = Cell { usd: needed, ..means.part(needed / means.usd) };
            money.add(taken, 1.0);
            means.add(taken, -1.0);
            accounts.book_worth(FlowKind::BroughtHome, taken, when, log);
            accounts.book_worth(used, taken, when, log);
        }
    }
    let owners = [(ownership.foreign, FOREIGN), (1.0 - ownership.foreign, HOME)];
    for (part, kinds) in owners {
        let own = money.part(part);
        if money.usd >= 0.0 {
            accounts.book_worth(kinds.profit, own, when, log);
        } else {
            accounts.book_worth(kinds.equity, own.part(-1.0), when, log);
        }
        for (means, kind) in
            [(abroad, kinds.abroad), (bitcoin, kinds.bitcoin), (valuation, kinds.valuation)]
        {
            accounts.book_worth(kind, means.part(part), when, log);
        }
    }
    let leaves = money.part(ownership.foreign * ownership.remitted * ownership.withholding);
    if money.usd > 0.0 {
        accounts.book_worth(FlowKind::WithholdingTax, leaves, when, log);
    }
    let claim = money.usd.max(0.0) * ownership.foreign * (1.0 - ownership.remitted);
    accounts.set(Quantity::ForeignClaim, when.year, claim);
}

#[derive(Clone, Copy)]
struct Kinds {
    equity: FlowKind,
    profit: FlowKind,
    abroad: FlowKind,
    bitcoin: FlowKind,
    valuation: FlowKind,
}

const FOREIGN: Kinds = Kinds {
    equity: FlowKind::EquityForeign,
    profit: FlowKind::ProfitForeign,
    abroad: FlowKind::ProfitForeignAbroad,
    bitcoin: FlowKind::ProfitForeignBitcoin,
    valuation: FlowKind::ProfitForeignValuation,
};

const HOME: Kinds = Kinds {
    equity: FlowKind::EquityHome,
    profit: FlowKind::ProfitHome,
    abroad: FlowKind::ProfitHomeAbroad,
    bitcoin: FlowKind::ProfitHomeBitcoin,
    valuation: FlowKind::ProfitHomeValuation,
};
