//! Tables of hours compared with hours summed one by one (invariant 19).

use super::cases::{self, base, lot, plant, years};
use hashwatt_econ::account::{Accounts, FlowKind, Quantity};
use hashwatt_econ::engine::*;
use hashwatt_econ::network::MarketDrivers;
use hashwatt_econ::params::*;
use hashwatt_econ::params::{Hour, HourProfile, SystemHour};
use proptest::prelude::*;
use std::sync::Arc;

/// Invariant 19 allows 0.1 % of costs and 0.5 % of shortage; the tables are exact to rounding.
const COST: f64 = 1e-9;
const SHORT: f64 = 1e-9;

fn accounts(inputs: &Inputs, sums: HourSums) -> Accounts {
    let engine = Engine::new(inputs.start, inputs.years, MarketDrivers::default())
        .unwrap()
        .with_hour_sums(sums);
    engine.base(inputs).unwrap().accounts
}

/// Compares every kind of flow and every quantity of every year, exact and with tables.
pub fn hold(inputs: &Inputs) {
    let exact = accounts(inputs, HourSums::Exact);
    for sums in [HourSums::Tables, HourSums::Automatic] {
        let tables = accounts(inputs, sums);
        for year in 0..exact.years() {
            for &kind in FlowKind::ALL {
                let (ours, right) = (tables.cell(kind, year).usd, exact.cell(kind, year).usd);
                // Differences of flows are compared on the scale of these flows.
                let scale = right.abs().max(exact.cell(FlowKind::EnergyCharge, year).usd.abs());
                assert!((ours - right).abs() <= COST * scale, "{year} {kind}: {ours} for {right}");
            }
            for &quantity in Quantity::ALL {
                let (ours, right) =
                    (tables.quantity(quantity, year), exact.quantity(quantity, year));
                let tolerance = if quantity == Quantity::Short { SHORT } else { COST };
                let key = quantity.spec().key;
                let near = (ours - right).abs() <= tolerance * right.abs() + 1e-6;
                assert!(near, "{year} {key}: {ours} for {right}");
            }
        }
    }
}

#[test]
fn spot_hours_by_tables_match_every_hour() {
    let mut inputs = cases::hours();
    hold(&inputs);
    // A smaller load with less shortage.
    inputs.lots[0].mw = 23.0;
    hold(&inputs);
    assert!(accounts(&inputs, HourSums::Tables).total(Quantity::Short) > 0.0);
}

/// Hours from three numbers each, 0 to 1.
fn profile(seeds: &[(f64, f64, f64)], partial: f64) -> Arc<HourProfile> {
    let months = std::array::from_fn(|month| {
        let hours = seeds.iter().enumerate().map(|(place, &(price, free, available))| Hour {
            // Every month is different.
            price_ratio: 3.0 * price.powi(3) - 0.1 + 0.01 * month as f64,
            available: match available {
                part if part < partial => part,
                part if part < 2.0 * partial => 0.0,
                _ => 1.0,
            },
            peak_probability: if month == 5 { price / seeds.len() as f64 } else { 0.0 },
            system: SystemHour { available_mw: 1000.0 + 250.0 * free, demand_mw: 1000.0 },
            peak: place % 3 == 0,
            ..Hour::PLAIN
        });
        hours.collect()
    });
    Arc::new(HourProfile::new(months).unwrap())
}

fn random_case(hours: Arc<HourProfile>) -> Inputs {
    let old = Lot { j_per_th: 19.0, failure: 0.04, drift: 0.02, ..lot(60.0) };
    let new = Lot { j_per_th: 13.0, delivery: years(0.5), begins: years(0.2), ..lot(80.0) };
    let mut case = base(vec![old, new]);
    case.years = 2.0;
    case.supply.losses = 0.05;
    case.supply.deliverable = 0.7;
    case.plants = vec![
        plant("coal", 60.0, Price::local(0.02), 0.7, 900.0),
        plant("gas", 1e4, Price::usd(0.05), 0.5, 400.0),
    ];
    case.plants[1].mean_mw = [100.0; 12];
    let site = &mut case.sites[0];
    site.hours = hours;
    site.dispatch = Dispatch::Responsive;
    site.modes = [(0.7, 0.84), (1.0, 1.0), (1.15, 1.12)]
        .map(|(speed, j_ratio)| PowerMode { speed, j_ratio })
        .to_vec();
    site.terms.off_peak_ratio = 0.9;
    case
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn random_hours_by_tables_match_every_hour(
        seeds in prop::collection::vec((0.0..1.0, 0.0..1.0, 0.0..1.0), 50..90),
        reserve in 0.0..40.0,
        variant in 0..9,
        partial in prop_oneof![Just(0.0), Just(0.1)],
    ) {
        let mut case = random_case(profile(&seeds, partial));
        case.supply.reserve_mw = reserve;
        let site = &mut case.sites[0];
        let steps = [(0.02, 0.001), (0.06, 0.004), (1e9, 0.0)];
        match variant {
            1 => site.terms.peak_charge = 60_000.0,
            2 => site.levy_steps = steps.map(|(below, rate)| LevyStep { below, rate }).to_vec(),
            3 => site.cap_hours = Some(5000.0),
            4 => site.terms.emergency_hours = 100.0,
            5 => case.case = HoursCase::Interruptible,
            6 => site.demand_charge = Price::usd(4000.0),
            7 => site.grid_mw = Some(90.0),
            8 => site.dispatch = Dispatch::MustRun,
            _ => (),
        }
        hold(&case);
    }
}

#[test]
fn charges_with_different_trends_are_summed_by_hour() {
    let seeds: Vec<_> = (0..80).map(|i| (f64::from(i * 37 % 80) / 80.0, 0.5, 1.0)).collect();
    let mut case = random_case(profile(&seeds, 0.0));
    case.money.depreciation = 0.3;
    case.money.inflation_local = 0.05;
    case.sites[0].tariff = Price::local(0.04);
    // Peaks in dollars, energy in local money.
    case.sites[0].terms.peak_charge = 60_000.0;
    hold(&case);
    // A levy in dollars on an hour's price in local money.
    case.sites[0].levy_steps = vec![LevyStep { below: 0.05, rate: 0.01 }];
    hold(&case);
}

/// Power bought ahead, and dated levies.
#[test]
fn contracts_and_dated_levies_by_tables_match_every_hour() {
    let seeds: Vec<_> = (0..80).map(|i| (f64::from(i * 37 % 80) / 80.0, 0.5, 1.0)).collect();
    let levy = |rate| DatedLevy { from: years(0.4), until: years(1.3), of: LevyOf::Mining, rate };
    let plain = random_case(profile(&seeds, 0.1));
    for volume_mw in [400.0, 70.0] {
        let (price, fee) = (Price::usd(0.04), Price::usd(0.003));
        let mut case = plain.clone();
        case.sites[0].contract = Some(PowerContract { volume_mw, price, fee });
        hold(&case);
        case.sites[0].terms.peak_charge = 60_000.0;
        case.sites[0].terms.peak_lag = 1.0;
        hold(&case);
    }
    let steps =
        [(0.02, 0.001), (1e9, 0.004)].map(|(below, rate)| LevyStep { below, rate }).to_vec();
    let denomination = Denomination::Usd;
    for rate in [
        LevyRate::Kwh(Price::usd(0.02)),
        LevyRate::Bill(0.3),
        LevyRate::Steps { denomination, steps },
    ] {
        let mut case = plain.clone();
        case.sites[0].levy_schedule = vec![levy(rate)];
        hold(&case);
        case.sites[0].terms.peak_charge = 60_000.0;
        hold(&case);
    }
}

#[test]
fn sites_of_one_system_add_their_loads() {
    let seeds: Vec<_> =
        (0..80).map(|i| (f64::from(i * 37 % 80) / 80.0, f64::from(i % 7) / 7.0, 1.0)).collect();
    let mut case = random_case(profile(&seeds, 0.0));
    let mut second = case.sites[0].clone();
    second.tariff = Price::usd(0.06);
    case.sites.push(second);
    case.lots[1].site = 1;
    hold(&case);
    // A different order of hours.
    case.sites[1].terms.peak_charge = 90_000.0;
    hold(&case);
    // Standby load must be computed by hour.
    case.sites[1].terms.peak_charge = 0.0;
    case.sites[1].terms.standby = 0.02;
    hold(&case);
}
