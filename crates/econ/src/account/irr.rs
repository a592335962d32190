//! The internal rate of return of the base, and the sign changes of its flows.

use super::{Class, DatedFlow, Party};
use crate::YEAR_S;

/// Flows are summed over twelfths of a year.
const MONTH_S: f64 = YEAR_S / 12.0;
/// Bisection steps.
const HALVINGS: usize = 80;

/// An internal rate of return. It is given for the base alone: many draws have none.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct InternalRate {
    /// Real rate per year; `None` unless the flows change sign exactly once and the rate lies between -99 % and
    /// 1000 %.
    pub per_year: Option<f64>,
    /// Number of sign changes of the flows: above 1 there may be several rates, and none is given.
    pub sign_changes: u32,
}

/// Computes the internal rate of return from the operator's dated flows before tax and financing, residual value
/// included, in day-one dollars; `discount` is the real annual rate of their present values.
pub fn internal_rate(flows: &[DatedFlow], discount: f64) -> InternalRate {
    let mut months: Vec<f64> = Vec::new();
    for flow in flows {
        let (spec, sign) = (flow.kind.spec(), flow.kind.sign(Party::Operator));
        if sign == 0.0
            || !matches!(spec.class, Class::Operating | Class::Capital | Class::Valuation)
        {
            continue;
        }
        let month = (flow.at / MONTH_S) as usize;
        if months.len() <= month {
            months.resize(month + 1, 0.0);
        }
        // From the present value back to the real amount at its time.
        months[month] += sign * flow.pv * (1.0 + discount).powf(flow.at / YEAR_S);
    }
    let signs = months.iter().filter(|flow| **flow != 0.0).map(|flow| *flow > 0.0);
    let mut last = None;
    let mut sign_changes = 0;
    for sign in signs {
        sign_changes += u32::from(last.is_some_and(|last| last != sign));
        last = Some(sign);
    }
    let per_year = if sign_changes == 1 { solve(&months) } else { None };
    InternalRate { per_year, sign_changes }
}

/// The rate at which the net present value of monthly flows is 0.
fn solve(months: &[f64]) -> Option<f64> {
    let value = |rate: f64| {
        let month = (1.0 + rate).powf(1.0 / 12.0);
        months.iter().rev().fold(0.0, |sum, flow| sum / month + flow)
    };
    let (mut low, mut high) = (-0.99, 10.0);
    let (at_low, at_high) = (value(low), value(high));
    if !at_low.is_finite() || at_low.signum() == at_high.signum() {
        return None;
    }
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if value(middle).signum() == at_low.signum() { low = middle } else { high = middle }
    }
    Some(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::FlowKind;

    fn flow(kind: FlowKind, years: f64, usd: f64) -> DatedFlow {
        DatedFlow { kind, at: years * YEAR_S, year: 0, usd, pv: usd * 1.1f64.powf(-years) }
    }

    #[test]
    fn internal_rate_matches_known_flows() {
        let out = flow(FlowKind::Machines, 0.0, 100.0);
        // 110 back a year later: 10 %.
        let found = internal_rate(&[out, flow(FlowKind::BitcoinSold, 1.0, 110.0)], 0.1);
        assert!((found.per_year.unwrap() - 0.10).abs() < 1e-9 && found.sign_changes == 1);
        // 60 back at the end of each of two years: 13.066 %.
        let back = [1.0, 2.0].map(|years| flow(FlowKind::BitcoinSold, years, 60.0));
        let found = internal_rate(&[out, back[0], back[1]], 0.1);
        assert!((found.per_year.unwrap() - 0.130_662).abs() < 1e-6);
        // Out, in, out: several rates, none given.
        let again = flow(FlowKind::Machines, 3.0, 10.0);
        let found = internal_rate(&[out, back[0], back[1], again], 0.1);
        assert_eq!((found.per_year, found.sign_changes), (None, 2));
        assert_eq!(internal_rate(&[out], 0.1), InternalRate { per_year: None, sign_changes: 0 });
    }
}
