//! Loans: drawn when money is spent, paid back in equal parts from the next year's end (equation M16).

use crate::YEAR_S;

/// The operator's debt.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Debt {
    /// Share of each outlay that is borrowed.
    share: f64,
    /// Nominal interest a year.
    interest: f64,
    /// Years in which a loan is paid back.
    years: u32,
    balance: f64,
    /// Loans by annual instalment and remaining years.
    loans: Vec<(f64, u32)>,
    /// Draws of the year: dollars and time.
    draws: Vec<(f64, f64)>,
    last_end: f64,
}

/// Debt service at a year's end.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct DebtService {
    pub interest: f64,
    pub principal: f64,
}

impl Debt {
    pub(crate) fn begin(&mut self, share: f64, interest: f64, years: f64) {
        (self.share, self.interest, self.years) = (share, interest, years.round().max(1.0) as u32);
        (self.balance, self.last_end) = (0.0, 0.0);
        self.loans.clear();
        self.draws.clear();
    }

    /// Borrows for an outlay at a time; returns the loan.
    pub(crate) fn draw(&mut self, outlay: f64, at: f64) -> f64 {
        let loan = self.share * outlay;
        if loan != 0.0 {
            self.draws.push((loan, at));
        }
        loan
    }

    pub(crate) fn balance(&self) -> f64 {
        self.balance
    }

    /// Closes a year at a time; at the horizon the whole balance is due.
    pub(crate) fn close_year(&mut self, end: f64, is_last: bool) -> DebtService {
        if self.share == 0.0 {
            return DebtService::default();
        }
        let drawn: f64 = self.draws.iter().map(|(loan, _)| loan).sum();
        let while_drawn: f64 = self.draws.iter().map(|(loan, at)| loan * (end - at)).sum();
        let interest =
            self.interest * (self.balance * (end - self.last_end) + while_drawn) / YEAR_S;
        let mut principal: f64 = self.loans.iter().map(|(part, _)| part).sum();
        self.loans.retain_mut(|(_, left)| {
            *left -= 1;
            *left > 0
        });
        if drawn != 0.0 {
            self.loans.push((drawn / f64::from(self.years), self.years));
        }
        if is_last {
            principal = self.balance + drawn;
        }
        self.balance += drawn - principal;
        self.draws.clear();
        self.last_end = end;
        DebtService { interest, principal }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loan_is_repaid_in_equal_instalments_with_interest_on_the_balance() {
        let mut debt = Debt::default();
        debt.begin(0.5, 0.10, 4.0);
        assert_eq!(debt.draw(800.0, YEAR_S / 2.0), 400.0);
        let first = debt.close_year(YEAR_S, false);
        assert!((first.interest - 20.0).abs() < 1e-9 && first.principal == 0.0);
        let second = debt.close_year(2.0 * YEAR_S, false);
        assert!((second.interest - 40.0).abs() < 1e-9 && second.principal == 100.0);
        // The horizon comes before the end of the loan: the balance is due.
        let last = debt.close_year(3.0 * YEAR_S, true);
        assert!((last.interest - 30.0).abs() < 1e-9 && last.principal == 300.0);
        assert_eq!(debt.balance(), 0.0);
    }
}
