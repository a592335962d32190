//! Owners: what a year leaves or lacks, in each means (equation M18).

use super::{Accounts, Class, FlowKind, FlowLog, Means, Party, Quantity, When};

/// Parts of the owners.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ownership {
    /// Part that foreigners own.
    pub foreign: f64,
    /// Part of their profit in money that crosses the border in its year.
    pub remitted: f64,
}

/// An amount and its present value.
#[derive(Clone, Copy, Debug, Default)]
struct Worth {
    usd: f64,
    pv: f64,
}

impl Worth {
    fn add(&mut self, usd: f64, pv: f64) {
        self.usd += usd;
        self.pv += pv;
    }

    fn part(self, part: f64) -> Self {
        Self { usd: self.usd * part, pv: self.pv * part }
    }
}

/// What the year left in each means, resources counted as money.
fn left(accounts: &Accounts, year: usize) -> [Worth; 4] {
    let mut left = [Worth::default(); 4];
    let cells = accounts.year(year);
    for &kind in FlowKind::ALL {
        let sign = kind.sign(Party::Operator);
        let spec = kind.spec();
        if sign == 0.0 || spec.class == Class::Owner {
            continue;
        }
        let place = match spec.means {
            Means::Money | Means::Resource => 0,
            Means::Abroad => 1,
            Means::Bitcoin => 2,
            Means::Valuation => 3,
        };
        let cell = cells[kind.index()];
        left[place].add(sign * cell.usd, sign * cell.pv);
    }
    left
}

/// Closes the operator's year: a need of money is met from the year's money abroad, then its bitcoin, then
/// by the owners; what is left of each means is theirs.
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
            let taken = Worth { usd: needed, pv: means.pv * (needed / means.usd) };
            money.add(taken.usd, taken.pv);
            means.add(-taken.usd, -taken.pv);
            accounts.book_worth(FlowKind::BroughtHome, taken.usd, taken.pv, when, log);
            accounts.book_worth(used, taken.usd, taken.pv, when, log);
        }
    }
    let owners = [(ownership.foreign, FOREIGN), (1.0 - ownership.foreign, HOME)];
    for (part, kinds) in owners {
        let own = money.part(part);
        if money.usd >= 0.0 {
            accounts.book_worth(kinds.profit, own.usd, own.pv, when, log);
        } else {
            accounts.book_worth(kinds.equity, -own.usd, -own.pv, when, log);
        }
        for (means, kind) in
            [(abroad, kinds.abroad), (bitcoin, kinds.bitcoin), (valuation, kinds.valuation)]
        {
            let own = means.part(part);
            accounts.book_worth(kind, own.usd, own.pv, when, log);
        }
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
