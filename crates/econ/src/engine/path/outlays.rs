//! Outlays on machines, sites and halls, and proceeds of machines sold (M13 to M16).

use super::*;

impl<L: FlowLog> PathRun<'_, L> {
    /// Books an outlay and the loan on it.
    fn spend(&mut self, outlays: &[(FlowKind, f64)], when: &When) {
        let mut all = 0.0;
        for &(kind, usd) in outlays {
            self.book(kind, usd, when);
            all += usd;
        }
        self.spent += all;
        let loan = self.work.debt.draw(all, when.at);
        let foreign = self.draw.inputs.operator.lenders_foreign;
        self.accounts.book(FlowKind::LoanForeign, loan * foreign, when, self.log);
        self.accounts.book(FlowKind::LoanHome, loan * (1.0 - foreign), when, self.log);
    }

    /// Books machines that arrive or leave in a segment, and the construction of sites.
    pub(super) fn book_outlays(&mut self, from: f64, to: f64, middle: &When) {
        let (draw, horizon) = (self.draw, self.calendar.horizon());
        for (place, lot) in draw.lots.iter().enumerate().filter(|(_, lot)| lot.is_within(from, to))
        {
            for (part, at) in lot.arrivals(from, to, horizon) {
                if part > 0.0 && !lot.owned {
                    self.buy(lot, part, at, middle.year);
                }
            }
            let sold = lot.sold_on_stopping(from, to);
            if sold > 0.0 {
                let ratio = self.hashprice_ratio(place);
                self.book(FlowKind::Resale, sold * ratio * middle.usd, middle);
            }
            let gone = lot.departure(from, to);
            if gone > 0.0 {
                let ratio = self.hashprice_ratio(place);
                self.book(FlowKind::Resale, lot.resale_value(gone) * ratio * middle.usd, middle);
            }
        }
        for place in 0..draw.sites.len() {
            let per_mw = draw.inputs.sites[place].infrastructure;
            for rise in &draw.rises[place] {
                if let Some((mw, at)) = rise.within(from, to) {
                    self.build(per_mw * mw, at, middle.year);
                }
            }
        }
        if let Some(ai) = draw.ai.filter(|ai| ai.is_spent_within(from, to)) {
            self.build_ai(&ai, middle.year);
        }
    }

    /// Pays for a part of a lot.
    fn buy(&mut self, lot: &LotState, part: f64, at: f64, year: usize) {
        let when = self.draw.levels.when(at, year);
        let machines = part * lot.price * when.usd;
        let duty = (FlowKind::Duty, machines * lot.duty);
        self.spend(&[(FlowKind::Machines, machines), duty], &when);
        let per_th = self.draw.inputs.externalities.embodied;
        let tonnes = part * lot.nameplate / 1e12 * per_th / 1e3;
        self.accounts.add(Quantity::EmbodiedT, when.year, tonnes);
    }

    fn build(&mut self, day_one: f64, at: f64, year: usize) {
        let when = self.draw.levels.when(at, year);
        let abroad = self.draw.inputs.operator.site_import;
        let usd = day_one * when.usd;
        self.work.sites.push((at, day_one));
        let parts = [(FlowKind::SiteHome, 1.0 - abroad), (FlowKind::SiteAbroad, abroad)];
        self.spend(&parts.map(|(kind, part)| (kind, usd * part)), &when);
    }

    fn build_ai(&mut self, ai: &AiState, year: usize) {
        let when = self.draw.levels.when(ai.spent.max(0.0), year);
        let all = ai.outlay() * when.usd;
        let abroad = all * ai.import_share;
        let duty = abroad * self.draw.inputs.operator.import_duty;
        let parts = [
            (FlowKind::AiAbroad, abroad),
            (FlowKind::AiHome, all - abroad),
            (FlowKind::Duty, duty),
        ];
        self.spend(&parts, &when);
    }
}
