//! Cash over time: present value, internal rate of return, payback.

use super::path::Step;
use super::plan::{Plan, YEAR_S};

/// Flows are gathered by quarters for the internal rate of return.
const BUCKET: f64 = YEAR_S / 4.0;

/// What one path sums up to, base units and dollars.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct PathTotals {
    pub btc: f64,
    pub joules: f64,
    pub revenue: f64,
    pub energy_cost: f64,
    pub other_cost: f64,
    /// Machines and sites, less what machines brought and what is left at the end is worth.
    pub capital: f64,
    /// Present value of everything but capital.
    pub operating_value: f64,
    /// Present value of everything.
    pub npv: f64,
    /// Internal rate of return a year; NaN for none.
    pub irr: f64,
    /// Years until the sum of all cash is no longer negative; infinite for never.
    pub payback: f64,
}

/// Sums one path up.
pub(super) struct Ledger {
    pub totals: PathTotals,
    flows: Vec<f64>,
    cumulative: f64,
    was_negative: bool,
}

impl Ledger {
    pub(super) fn new(plan: &Plan) -> Self {
        let buckets = (plan.length / BUCKET).ceil() as usize + 1;
        let totals = PathTotals { payback: f64::INFINITY, irr: f64::NAN, ..PathTotals::default() };
        Self { totals, flows: vec![0.0; buckets], cumulative: 0.0, was_negative: false }
    }

    /// Ready for the next path.
    pub(super) fn clear(&mut self) {
        self.totals = PathTotals { payback: f64::INFINITY, irr: f64::NAN, ..PathTotals::default() };
        self.flows.fill(0.0);
        self.cumulative = 0.0;
        self.was_negative = false;
    }

    /// One epoch. Capital is spent at its beginning, the rest comes in its middle.
    pub(super) fn add(&mut self, step: &Step, plan: &Plan) {
        let totals = &mut self.totals;
        totals.btc += step.btc;
        totals.joules += step.joules;
        totals.revenue += step.revenue;
        totals.energy_cost += step.energy_cost;
        totals.other_cost += step.other_cost;
        totals.capital += step.capital - step.sold;
        let middle = step.at + step.seconds / 2.0;
        let worth = (-plan.discount * middle / YEAR_S).exp();
        totals.operating_value += step.operating() * worth;
        totals.npv += (step.operating() - step.capital + step.sold) * worth;
        self.flow(step.cash(), middle, step.at + step.seconds);
    }

    /// What is left at the end.
    pub(super) fn close(&mut self, plan: &Plan) {
        let left = plan.worth(plan.length);
        self.totals.capital -= left;
        self.totals.npv += left * (-plan.discount * plan.length / YEAR_S).exp();
        if plan.has_capital {
            // Before the machines are sold at the end: a payback by selling out is none.
            let last = self.flows.len() - 1;
            self.flows[last] += left;
            self.totals.irr = internal_rate(&self.flows);
        }
    }

    fn flow(&mut self, cash: f64, at: f64, end: f64) {
        let bucket = ((at / BUCKET) as usize).min(self.flows.len() - 1);
        self.flows[bucket] += cash;
        self.cumulative += cash;
        if self.cumulative < 0.0 {
            self.was_negative = true;
            self.totals.payback = f64::INFINITY;
        } else if self.was_negative && self.totals.payback.is_infinite() {
            self.totals.payback = end / YEAR_S;
        }
    }

    /// All cash so far.
    pub(super) fn cumulative(&self) -> f64 {
        self.cumulative
    }
}

/// The rate a year at which quarterly flows are worth nothing, between -99 % and 1000 %; NaN where there
/// is none or it is not one: flows that change their sign more than once may have several, and then
/// none is given.
fn internal_rate(flows: &[f64]) -> f64 {
    let signs = flows.iter().filter(|flow| **flow != 0.0).map(|flow| *flow > 0.0);
    let changes = {
        let (mut last, mut changes) = (None, 0);
        for sign in signs {
            changes += u32::from(last.is_some_and(|last| last != sign));
            last = Some(sign);
        }
        changes
    };
    let value = |quarter: f64| flows.iter().rev().fold(0.0, |sum, flow| sum / quarter + flow);
    let of = |year: f64| (1.0f64 + year).powf(0.25);
    let (mut low, mut high) = (of(-0.99), of(10.0));
    let (at_low, at_high) = (value(low), value(high));
    if changes != 1 || !at_low.is_finite() || at_low.signum() == at_high.signum() {
        return f64::NAN;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if value(middle).signum() == at_low.signum() {
            low = middle;
        } else {
            high = middle;
        }
    }
    low.powi(4) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_internal_rate_of_known_flows() {
        // 100 out, 110 back a year later: 10 %.
        assert!((internal_rate(&[-100.0, 0.0, 0.0, 0.0, 110.0]) - 0.10).abs() < 1e-9);
        // 100 out, 60 back at the end of each of two years: 13.066 %.
        let flows = [-100.0, 0.0, 0.0, 0.0, 60.0, 0.0, 0.0, 0.0, 60.0];
        assert!((internal_rate(&flows) - 0.130_662).abs() < 1e-6);
        // Half lost.
        assert!((internal_rate(&[-100.0, 0.0, 0.0, 0.0, 50.0]) + 0.5).abs() < 1e-9);
        for none in [&[-1.0, 0.0, -1.0][..], &[1.0, 1.0], &[0.0], &[-1.0, 5.0, -6.0, 3.0]] {
            assert!(internal_rate(none).is_nan(), "{none:?}");
        }
    }
}
