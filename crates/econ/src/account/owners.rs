//! Owners: distribution of a year's surplus and cover of its deficit, by means (equation M18).

use super::{Accounts, Cell, Class, FlowKind, FlowLog, MeansOfPayment, Party, Quantity, When};

/// Ownership of the operator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ownership {
    /// Share owned by foreigners.
    pub foreign: f64,
    /// Share of their cash profit that is remitted in its year.
    pub remitted: f64,
    /// Withholding tax rate on remitted profit.
    pub withholding: f64,
}

impl Cell {
    fn add(&mut self, other: Self, sign: f64) {
        self.usd += sign * other.usd;
        self.local += sign * other.local;
        self.pv += sign * other.pv;
    }

    fn scaled(self, factor: f64) -> Self {
        Self { usd: self.usd * factor, local: self.local * factor, pv: self.pv * factor }
    }
}

/// The year's surplus in each means; resources count as money.
fn surplus_by_means(accounts: &Accounts, year: usize) -> [Cell; 4] {
    let mut surplus = [Cell::default(); 4];
    let cells = accounts.year(year);
    for &kind in FlowKind::ALL {
        let sign = kind.sign(Party::Operator);
        let spec = kind.spec();
        if sign == 0.0 || spec.class == Class::Owner {
            continue;
        }
        let index = match spec.means {
            MeansOfPayment::Money | MeansOfPayment::Resource => 0,
            MeansOfPayment::Abroad => 1,
            MeansOfPayment::Bitcoin => 2,
            MeansOfPayment::Valuation => 3,
        };
        surplus[index].add(cells[kind.index()], sign);
    }
    surplus
}

/// Closes the operator's year: a cash deficit is covered from the year's money abroad, then its bitcoin, then by
/// the owners; the remaining surplus of each means goes to them. Local money and present values are those of the
/// operator's own flows, so its net is 0 in each.
pub(crate) fn close_year(
    accounts: &mut Accounts,
    ownership: Ownership,
    when: &When,
    log: &mut impl FlowLog,
) {
    let [mut money, mut abroad, mut bitcoin, valuation] = surplus_by_means(accounts, when.year);
    for (means, used) in
        [(&mut abroad, FlowKind::AbroadUsed), (&mut bitcoin, FlowKind::BitcoinUsed)]
    {
        let needed = (-money.usd).max(0.0).min(means.usd);
        if needed > 0.0 {
            // Exactly the amount needed: rounding must not leave both equity and a surplus.
            let taken = Cell { usd: needed, ..means.scaled(needed / means.usd) };
            money.add(taken, 1.0);
            means.add(taken, -1.0);
            accounts.book_amount(FlowKind::BroughtHome, taken, when, log);
            accounts.book_amount(used, taken, when, log);
        }
    }
    let owners = [(ownership.foreign, FOREIGN), (1.0 - ownership.foreign, HOME)];
    for (part, kinds) in owners {
        let own = money.scaled(part);
        if money.usd >= 0.0 {
            accounts.book_amount(kinds.profit, own, when, log);
        } else {
            accounts.book_amount(kinds.equity, own.scaled(-1.0), when, log);
        }
        for (means, kind) in
            [(abroad, kinds.abroad), (bitcoin, kinds.bitcoin), (valuation, kinds.valuation)]
        {
            accounts.book_amount(kind, means.scaled(part), when, log);
        }
    }
    let withheld = money.scaled(ownership.foreign * ownership.remitted * ownership.withholding);
    if money.usd > 0.0 {
        accounts.book_amount(FlowKind::WithholdingTax, withheld, when, log);
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
