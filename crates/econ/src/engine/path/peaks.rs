//! Charges for coincident peaks that are billed later (M9).

use super::*;

impl<L: FlowLog> PathRun<'_, L> {
    /// Records the peak charge of a segment's load that is billed later, as a real amount.
    pub(super) fn record_peak_charges(
        &mut self,
        rates: &Rates,
        when: &When,
        seconds: f64,
        month_hours: f64,
    ) {
        if rates.peak_later == 0.0 {
            return;
        }
        let draw = self.draw;
        for (place, site) in draw.sites.iter().enumerate() {
            let lag = site.terms.peak_lag;
            let rate = draw.peak_charge(place, month_hours, &self.work.scratch);
            if lag > 0.0 && rate > 0.0 {
                let day_one = rate * seconds / 3600.0 / when.usd;
                self.work.peak_bills.push((when.at + lag * YEAR_S, day_one));
            }
        }
    }

    /// Books the charges billed before a time, and at the horizon all remaining ones; returns the sum, nominal USD.
    pub(super) fn book_due_peak_charges(&mut self, before: f64, year: usize) -> f64 {
        if self.work.peak_bills.is_empty() {
            return 0.0;
        }
        let (mut billed, horizon) = (0.0, self.calendar.horizon());
        let bills = std::mem::take(&mut self.work.peak_bills);
        for &(at, day_one) in &bills {
            if at < before || before >= horizon {
                let when = self.draw.levels.when(at.min(horizon), year);
                let usd = day_one * when.usd;
                self.book(FlowKind::PeakCharge, usd, &when);
                billed += usd;
            }
        }
        self.work.peak_bills = bills;
        self.work.peak_bills.retain(|(at, _)| *at >= before && before < horizon);
        billed
    }
}
