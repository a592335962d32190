//! Ends of months and years: residual value, capacity, debt, tax, the distributors' margin and the owners (M15 to
//! M21), and the totals of a path (M28, M29).

use super::*;

impl<L: FlowLog> PathRun<'_, L> {
    pub(super) fn close_month(&mut self, at: f64) {
        let year = self.calendar.months()[self.place].year_index;
        let is_last = at >= self.calendar.horizon();
        if is_last {
            self.book_residual_value();
        }
        if at >= self.calendar.year_end(year) {
            self.close_year(year, is_last);
        }
        if !is_last {
            self.place += 1;
        }
    }

    /// Books the residual value of machines and sites at the horizon: a valuation, not cash.
    fn book_residual_value(&mut self) {
        let (draw, horizon) = (self.draw, self.calendar.horizon());
        let when = draw.levels.when(horizon, self.calendar.years() - 1);
        let life = draw.inputs.operator.site_life;
        let lots = draw.lots.iter().enumerate();
        let machines: f64 =
            lots.map(|(place, lot)| lot.worth(horizon) * self.hashprice_ratio(place)).sum();
        let left = |(at, usd): &(f64, f64)| usd * (1.0 - (horizon - at) / (life * YEAR_S)).max(0.0);
        let sites: f64 = self.work.sites.iter().map(left).sum();
        let ai = draw.ai.map_or(0.0, |ai| ai.worth(horizon, life));
        let usd = (machines + sites + ai) * when.usd;
        self.accounts.book(FlowKind::Residual, usd, &when, self.log);
    }

    /// Closes capacity, debt, tax, the distributors' margin and the owners at the end of a year.
    fn close_year(&mut self, year: usize, is_last: bool) {
        let draw = self.draw;
        let when = draw.levels.when(self.calendar.year_end(year), year);
        self.work.running.close_year(self.accounts, year);
        if let Some(given) = &draw.inputs.capacity {
            let begin = if year == 0 { 0.0 } else { self.calendar.year_end(year - 1) };
            let held = (when.at - begin.max(draw.begins)).max(0.0);
            let capacity_year = capacity::CapacityYear {
                contracted_kw: draw.contracted_mw() * 1e3,
                part: held / YEAR_S,
                losses: draw.inputs.supply.losses,
                rate: draw.inputs.money.discount,
            };
            capacity::close_year(self.accounts, given, capacity_year, &when, self.log);
            let borne = [FlowKind::CapacityRecovered, FlowKind::CapacityAllocated];
            let borne: f64 = borne.iter().map(|&kind| self.accounts.cell(kind, year).usd).sum();
            // Booked in the last month of the year.
            self.cash -= borne;
            self.update_payback(when.at);
            if let Some(row) = self.months.get_mut(self.place) {
                row.money((0.0, 0.0), -borne, self.cash);
            }
        }
        self.serve_debt(&when, is_last);
        self.tax(&when, is_last);
        if !draw.merit.is_empty() {
            capacity::close_margin(self.accounts, &draw.inputs.supply, &when, self.log);
        }
        let operator = &draw.inputs.operator;
        let ownership = Ownership {
            foreign: operator.foreign_share,
            remitted: operator.remitted,
            withholding: operator.withholding_tax,
        };
        owners::close_year(self.accounts, ownership, &when, self.log);
        self.spent = 0.0;
    }

    fn serve_debt(&mut self, when: &When, is_last: bool) {
        let service = self.work.debt.close_year(when.at, is_last);
        let foreign = self.draw.inputs.operator.lenders_foreign;
        for (kind, usd) in [
            (FlowKind::InterestForeign, service.interest * foreign),
            (FlowKind::InterestHome, service.interest * (1.0 - foreign)),
            (FlowKind::PrincipalForeign, service.principal * foreign),
            (FlowKind::PrincipalHome, service.principal * (1.0 - foreign)),
        ] {
            self.accounts.book(kind, usd, when, self.log);
        }
        self.accounts.set(Quantity::Debt, when.year, self.work.debt.balance());
    }

    fn tax(&mut self, when: &When, is_last: bool) {
        let cells = self.accounts.year(when.year);
        let mut profit = 0.0;
        for &kind in FlowKind::ALL {
            let sign = kind.sign(Party::Operator);
            let counts = match kind.spec().class {
                Class::Operating => true,
                // Outlays are depreciated; proceeds of sales are income.
                Class::Capital => sign > 0.0,
                _ => matches!(kind, FlowKind::InterestForeign | FlowKind::InterestHome),
            };
            if counts {
                profit += sign * cells[kind.index()].usd;
            }
        }
        let residual = cells[FlowKind::Residual.index()].usd;
        let year = self.work.tax.close_year(self.spent, profit);
        self.accounts.book(FlowKind::IncomeTax, year.tax, when, self.log);
        self.accounts.set(Quantity::Taxable, when.year, year.taxable);
        self.accounts.set(Quantity::LossCarried, when.year, year.carried);
        if is_last {
            let tax = self.work.tax.on_residual(residual);
            self.accounts.set(Quantity::TaxBook, when.year, self.work.tax.book());
            self.accounts.book(FlowKind::ResidualTax, tax, when, self.log);
        }
    }

    pub(super) fn totals(self) -> PathTotals {
        self.months.iter_mut().for_each(MonthRow::finish);
        let mut totals = PathTotals { payback_years: self.payback, ..PathTotals::default() };
        for &kind in FlowKind::ALL {
            let (sign, class) = (kind.sign(Party::Operator), kind.spec().class);
            if sign == 0.0 || !class.in_npv() {
                continue;
            }
            let pv = self.accounts.sum(kind).pv;
            totals.npv += sign * pv;
            if class.in_project() {
                totals.npv_project += sign * pv;
            }
            if class == Class::Capital && sign < 0.0 {
                totals.outlay += pv;
            }
        }
        let years = self.calendar.horizon() / YEAR_S;
        let grown = (1.0 + totals.npv_project / totals.outlay).max(0.0);
        let rate = self.draw.inputs.money.discount;
        totals.return_per_year = match totals.outlay > 0.0 {
            true => (1.0 + rate) * grown.powf(1.0 / years) - 1.0,
            false => f64::NAN,
        };
        totals
    }
}
