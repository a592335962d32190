//! A published month in which reselling contracted power earned more than mining: Riot, August 2023.
//!
//! Published (Riot's monthly updates of 2023 and 2024): power curtailment credits 24.2 M USD, demand response credits
//! 7.4 M, together 31.6 M; 333 BTC at 28,617 USD, 9.5 M. Contracted power at a fixed price: 345 MW; unused power is
//! settled at the spot price (annual filings).
//!
//! Hourly prices of that month were not available. Known for 2023 is ERCOT's hub average, day-ahead: mean
//! 55.94 USD/MWh, median 22.57, 541 hours above 100, 1 % above 766, maximum 4,191.66. The series below has expensive
//! hours between 100 and 4,191.66 that match the 99th percentile; the mean of the other hours matches the year's mean.
//! The share of the year's expensive hours in August is assumed: a third, between a quarter and a half.

use super::paths::{run, total};
use super::{cases, flows};
use hashwatt_econ::account::FlowKind;
use hashwatt_econ::engine::*;
use hashwatt_econ::params::{Hour, HourProfile, NetworkState, Price};
use jiff::civil::date;
use std::sync::Arc;

const HOURS: usize = 744;
const DEAR_OF_YEAR: f64 = 541.0;
/// Share of the year's expensive hours above the 99th percentile: 88 of 541.
const ABOVE_P99: f64 = 87.6 / DEAR_OF_YEAR;
const P99: f64 = 766.1;
const GREATEST: f64 = 4191.66;
/// The mean price of the year, used as the tariff.
const MEAN: f64 = 55.94;

/// The price below which a share of the expensive hours lies, USD/MWh: linear in the logarithm on both sides of the
/// year's 99th percentile.
fn dear(part: f64) -> f64 {
    let below = 1.0 - ABOVE_P99;
    match part < below {
        true => 100.0 * (P99 / 100.0).powf(part / below),
        false => P99 * (GREATEST / P99).powf((part - below) / ABOVE_P99),
    }
}

fn mean_of_dear() -> f64 {
    (0..10_000).map(|i| dear((f64::from(i) + 0.5) / 1e4)).sum::<f64>() / 1e4
}

/// Hours of the day in descending order of price; expensive hours are assigned to them day by day.
const DEAREST: [usize; 12] = [18, 17, 19, 16, 20, 15, 21, 14, 22, 13, 23, 12];

/// The month's hours: price, and whether a coincident peak may fall into them (15:00 to 18:00).
fn august(dear_hours: usize) -> Vec<Hour> {
    let other = (MEAN * 8760.0 - mean_of_dear() * DEAR_OF_YEAR) / (8760.0 - DEAR_OF_YEAR);
    assert!((5.0..40.0).contains(&other), "{other}");
    let mut hours = Vec::with_capacity(HOURS);
    let mut cheap = 0;
    for day in 0..31 {
        for hour in 0..24 {
            let rank = DEAREST.iter().position(|of| *of == hour);
            let place = rank.map(|rank| rank * 31 + day).filter(|place| *place < dear_hours);
            let price = match place {
                Some(place) => dear(((place * 61 % dear_hours) as f64 + 0.5) / dear_hours as f64),
                None => {
                    cheap += 1;
                    other * (0.25 + 1.5 * f64::from(cheap % 50) / 49.0)
                }
            };
            hours.push(Hour {
                price_ratio: price / MEAN,
                peak_probability: if (15..18).contains(&hour) { 1.0 / 93.0 } else { 0.0 },
                ..Hour::PLAIN
            });
        }
    }
    hours
}

/// 345 MW of machines with the network's mean J/TH, all contracted.
fn riot(dear_hours: usize) -> Inputs {
    let lot = Lot { j_per_th: 30.2, owned: true, begins: cases::years(-1.0), ..cases::lot(345.0) };
    let mut inputs = cases::base(vec![lot]);
    (inputs.start, inputs.years, inputs.height) = (date(2023, 8, 1), 31.0 / 365.0, 801_000);
    // Shipped means of the month: block counts, daily fees; the price is that of Riot's sales.
    inputs.network = NetworkState { others: 386.27 - 4.5, price: 28_617.0, fees: 616.749 / 4521.0 };
    let site = &mut inputs.sites[0];
    site.tariff = Price::usd(MEAN / 1e3);
    site.dispatch = Dispatch::Responsive;
    site.hours = Arc::new(HourProfile::new(std::array::from_fn(|_| august(dear_hours))).unwrap());
    // Assumed: the price of a contract of 2020 to 2022; it does not affect credits. Fee 2 (1 to 4) USD/MWh.
    site.contract =
        Some(PowerContract { volume_mw: 345.0, price: Price::usd(0.027), fee: Price::usd(0.002) });
    // Enel X: 76,000 USD/MW-year over four summer months, billed in the next year.
    site.terms.peak_charge = 76_000.0;
    site.terms.peak_lag = 1.0;
    // Mean price of ERCOT's contingency reserve (ECRS), June to December 2023; half the load, assumed.
    site.terms.ancillary_price = 76.77;
    site.terms.ancillary_share = 0.5;
    inputs
}

struct Month {
    resold: f64,
    ancillary: f64,
    mined: f64,
}

fn month(path: &SimulatedPath) -> Month {
    let of = |kind| total(path, kind) / 1e6;
    Month {
        resold: of(FlowKind::PowerResold),
        ancillary: of(FlowKind::Ancillary),
        mined: of(FlowKind::BitcoinSold),
    }
}

/// Within 60 % of the published amounts; hourly prices are not known.
const MARGIN: f64 = 0.6;

#[test]
fn selling_power_earns_more_than_mining_in_riots_august_2023() {
    let inputs = riot(180);
    let path = run(&inputs);
    let found = month(&path);
    for (ours, published) in
        [(found.resold, 24.2), (found.ancillary, 7.4), (found.resold + found.ancillary, 31.6)]
    {
        let off = ours / published - 1.0;
        assert!(off.abs() <= MARGIN, "{ours} M USD for {published}");
    }
    assert!(found.resold + found.ancillary > found.mined);
    if let Err(wrong) = flows::all_hold(&inputs, &path) {
        panic!("{wrong}");
    }
}

/// The assumed share of expensive hours changes the amounts, not the conclusion.
#[test]
fn selling_power_earns_more_with_a_quarter_or_half_of_expensive_hours() {
    for dear_hours in [135, 270] {
        let found = month(&run(&riot(dear_hours)));
        let credits = found.resold + found.ancillary;
        assert!(credits > found.mined, "{credits} {}", found.mined);
    }
    // A month without expensive hours has little resale income.
    let quiet = month(&run(&riot(1)));
    assert!(quiet.resold + quiet.ancillary < 0.7 * quiet.mined, "{}", quiet.resold);
}
