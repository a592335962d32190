//! Coincident peaks that are billed later (equation M9), compared with hand calculations.

use super::paths::{assert_near, by_year, run, total, usd_level};
use super::{cases, flows};
use hashwatt_econ::account::{DatedFlow, FlowKind};
use hashwatt_econ::engine::*;
use hashwatt_econ::params::{Hour, HourProfile};
use jiff::civil::date;
use std::sync::Arc;

/// 10 MW that always run, with a peak at any time of each month from June to September: 40,000 USD/MW-year.
fn summers(years: f64) -> Inputs {
    let mut inputs = cases::base(vec![Lot { life: cases::years(9.0), ..cases::lot(10.0) }]);
    (inputs.start, inputs.years) = (date(2027, 1, 1), years);
    let site = &mut inputs.sites[0];
    site.uptime = 1.0;
    site.terms.peak_charge = 40_000.0;
    let hours = HourProfile::default().map(|month, hour| Hour {
        peak_probability: if (5..9).contains(&month) { 1.0 } else { 0.0 },
        ..hour
    });
    site.hours = Arc::new(hours);
    inputs
}

fn is_peak(flow: &DatedFlow) -> bool {
    flow.kind == FlowKind::PeakCharge && flow.usd != 0.0
}

#[test]
fn peak_charges_are_billed_a_year_later_and_the_last_at_the_horizon() {
    let mut inputs = summers(2.0);
    inputs.money.inflation_usd = 0.05;
    let at_once = run(&inputs);
    inputs.sites[0].terms.peak_lag = 1.0;
    let later = run(&inputs);
    let real = |flow: &DatedFlow| {
        if is_peak(flow) { flow.usd / usd_level(&inputs, flow.at) } else { 0.0 }
    };
    // Day-one dollars: 10 MW for 40,000 USD a year each.
    let [first, second] = by_year(&at_once, real)[..] else { panic!("two years") };
    assert_near(first, 400_000.0, 1e-9);
    assert_near(second, 400_000.0, 1e-9);
    let paid = by_year(&later, real);
    assert_eq!(paid[0], 0.0);
    assert_near(paid[1], 800_000.0, 1e-9);
    // Bills of the first summer come a year later; those of the second at the horizon.
    let horizon = 2.0 * cases::YEAR_S;
    let of = |flows: &[DatedFlow]| -> Vec<(f64, f64)> {
        flows.iter().filter(|flow| is_peak(flow)).map(|flow| (flow.at, real(flow))).collect()
    };
    let (before, after) = (of(&at_once.flows), of(&later.flows));
    for (at, usd) in before {
        let due = (at + cases::YEAR_S).min(horizon);
        let billed: f64 =
            after.iter().filter(|(at, _)| (at - due).abs() < 1.0).map(|(_, usd)| usd).sum();
        let all = if due == horizon { 400_000.0 } else { usd };
        assert_near(billed, all, 1e-9);
    }
    if let Err(wrong) = flows::all_hold(&inputs, &later) {
        panic!("{wrong}");
    }
}

/// A charge slightly above the hour's income stops the site, but not if it is due a year later.
#[test]
fn delayed_peak_charges_are_discounted_in_dispatch() {
    let mut inputs = summers(1.0 / 365.0);
    (inputs.start, inputs.lots[0].mw) = (date(2027, 6, 1), 1e-6);
    let site = &mut inputs.sites[0];
    site.dispatch = Dispatch::Responsive;
    // Three hours of the day may have the peak: 90 hours of the month.
    let peak = Hour { weight: 3.0, peak_probability: 1.0, ..Hour::PLAIN };
    let profile = [peak, Hour { weight: 21.0, ..Hour::PLAIN }];
    site.hours = Arc::new(HourProfile::new(std::array::from_fn(|_| profile.to_vec())).unwrap());
    let earned = run(&inputs).epochs[0].usd_per_hash() / (15e-12 * 1.05) * 3.6e9;
    let gain = earned - 45.0;
    assert!(gain > 0.0);
    let part = |charge: f64, lag: f64| {
        let mut inputs = inputs.clone();
        inputs.sites[0].terms.peak_charge = charge * 4.0 * 90.0;
        inputs.sites[0].terms.peak_lag = lag;
        run(&inputs).accounts.total(hashwatt_econ::account::Quantity::Energy) / (1e-6 * 24.0)
    };
    for (charge, lag, expected) in [
        (0.99 * gain, 0.0, 1.0),
        (1.01 * gain, 0.0, 21.0 / 24.0),
        (1.09 * gain, 1.0, 1.0),
        (1.11 * gain, 1.0, 21.0 / 24.0),
        (1.20 * gain, 2.0, 1.0),
        (1.22 * gain, 2.0, 21.0 / 24.0),
    ] {
        assert_near(part(charge, lag), expected, 1e-9);
    }
}

/// The lag changes only the date of payment.
#[test]
fn peak_charges_of_must_run_site_are_equal_before_discounting() {
    let inputs = summers(3.0);
    let paid = |lag: f64| {
        let mut inputs = inputs.clone();
        inputs.sites[0].terms.peak_lag = lag;
        total(&run(&inputs), FlowKind::PeakCharge)
    };
    for lag in [0.1, 0.5, 1.0, 7.0] {
        assert_near(paid(lag), paid(0.0), 1e-9);
    }
}
