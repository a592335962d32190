//! Power bought ahead and resold (equation M10), compared with hand calculations and brute force.

use super::paths::{assert_near, run, total};
use super::{cases, flows, tables};
use hashwatt_econ::account::{FlowKind, Party, Quantity, border};
use hashwatt_econ::engine::*;
use hashwatt_econ::params::{Hour, HourProfile, Price};
use jiff::civil::date;
use std::sync::Arc;

/// Hours of each of four kinds in January.
const EACH: f64 = 186.0;

/// 10 MW in January, at a mean spot price of 40 USD/MWh: hours of 20, of -10, of 400, and a quarter without energy.
fn january(volume_mw: f64) -> Inputs {
    let mut inputs = cases::base(vec![cases::lot(10.0)]);
    (inputs.start, inputs.years) = (date(2027, 1, 1), 31.0 / 365.0);
    let hour = |price_ratio: f64, available: f64| Hour { price_ratio, available, ..Hour::PLAIN };
    let hours = [hour(0.5, 1.0), hour(-0.25, 1.0), hour(10.0, 1.0), hour(3.0, 0.0)];
    let site = &mut inputs.sites[0];
    site.uptime = 1.0;
    site.dispatch = Dispatch::Responsive;
    site.hours = Arc::new(HourProfile::new(std::array::from_fn(|_| hours.to_vec())).unwrap());
    site.contract =
        Some(PowerContract { volume_mw, price: Price::usd(0.025), fee: Price::usd(0.002) });
    inputs
}

#[track_caller]
fn assert_flows(path: &SimulatedPath, expected: &[(FlowKind, f64)]) {
    for &(kind, usd) in expected {
        let found = total(path, kind);
        assert!((found - usd).abs() <= 1e-9 * usd.abs().max(1.0), "{kind:?}: {found} for {usd}");
    }
}

#[test]
fn contract_above_the_load_is_resold_in_every_hour_with_energy() {
    let inputs = january(12.0);
    let path = run(&inputs);
    let spot = [20.0, -10.0, 400.0];
    let rest = [2.0, 2.0, 12.0];
    let sold: f64 = spot.iter().zip(rest).map(|(spot, mw)| mw * (spot - 2.0) * EACH).sum();
    let worth: f64 = spot.iter().zip(rest).map(|(spot, mw)| mw * spot * EACH).sum();
    assert_flows(
        &path,
        &[
            (FlowKind::PowerContract, 12.0 * 25.0 * 3.0 * EACH),
            (FlowKind::PowerResold, sold),
            (FlowKind::ContractDelivered, worth),
            (FlowKind::EnergyCharge, 0.0),
        ],
    );
    assert_near(path.accounts.total(Quantity::Energy), 20.0 * EACH, 1e-9);
    assert_near(path.accounts.total(Quantity::ResoldEnergy), 16.0 * EACH, 1e-9);
    if let Err(wrong) = flows::all_hold(&inputs, &path) {
        panic!("{wrong}");
    }
}

#[test]
fn load_above_the_contract_is_bought_at_price_plus_fee() {
    let inputs = january(4.0);
    let path = run(&inputs);
    assert_flows(
        &path,
        &[
            (FlowKind::PowerContract, 4.0 * 25.0 * 3.0 * EACH),
            (FlowKind::EnergyCharge, 6.0 * (20.0 + 2.0 - 10.0 + 2.0) * EACH),
            (FlowKind::PowerResold, 4.0 * 398.0 * EACH),
            (FlowKind::ContractDelivered, 4.0 * 400.0 * EACH),
        ],
    );
    assert_near(path.accounts.total(Quantity::Energy), 20.0 * EACH, 1e-9);
    if let Err(wrong) = flows::all_hold(&inputs, &path) {
        panic!("{wrong}");
    }
}

/// If energy is profitable at the price less the fee but not at the price plus the fee, exactly the contract runs.
#[test]
fn load_equals_the_contract_when_more_is_unprofitable() {
    let mut inputs = january(4.0);
    (inputs.start, inputs.years) = (date(2027, 1, 1), 1.0 / 365.0);
    inputs.lots[0].mw = 10.0;
    let earned = run(&inputs).epochs[0].usd_per_hash() / (15e-12 * 1.05) * 3.6e9;
    let even = (earned - 5.0) / 40.0;
    let hours = [even - 0.5, even, even + 0.5]
        .map(|price_ratio| Hour { price_ratio, ..Hour::PLAIN })
        .to_vec();
    inputs.sites[0].hours =
        Arc::new(HourProfile::new(std::array::from_fn(|_| hours.clone())).unwrap());
    let mw = |fee: f64| {
        let mut inputs = inputs.clone();
        inputs.sites[0].contract.as_mut().unwrap().fee = Price::usd(fee);
        run(&inputs).accounts.total(Quantity::Energy) / 24.0
    };
    // 20 USD/MWh lie between the three prices; the hours' means are thirds.
    assert_near(mw(0.010), (10.0 + 4.0 + 0.0) / 3.0, 1e-6);
    assert_near(mw(0.030), 4.0, 1e-6);
}

/// The contract is filled by income per MW: all better machines, including their fast mode, before the others.
#[test]
fn contract_is_filled_by_highest_income_per_mw() {
    let mut inputs = january(4.0);
    inputs.years = 1.0 / 365.0;
    inputs.sites[0].modes = vec![
        PowerMode { speed: 0.7, j_ratio: 0.8 },
        PowerMode::NORMAL,
        PowerMode { speed: 1.2, j_ratio: 1.1 },
    ];
    inputs.lots = [15.0, 30.0].map(|j_per_th| Lot { j_per_th, ..cases::lot(10.0) }).to_vec();
    let earned = run(&inputs).epochs[0].usd_per_hash() / (15e-12 * 1.05) * 3.6e9;
    // Income per MWh by step: the better lot's modes, 5.6, 10 and 13.2 MW; the other's at half of that.
    let steps = [
        (earned * 0.7 / 0.56, 0.0, 5.6),
        (earned * 0.3 / 0.44, 5.6, 10.0),
        (earned * 0.2 / 0.32, 15.6, 18.8),
        (earned * 0.35 / 0.56, 10.0, 15.6),
        (earned * 0.15 / 0.44, 18.8, 23.2),
    ];
    let hash = |load: f64| -> f64 {
        let mut steps = steps;
        steps.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut left = load;
        let mut worth = 0.0;
        for (usd, from, to) in steps {
            let mw = left.min(to - from);
            worth += usd * mw;
            left -= mw;
        }
        worth / earned
    };
    // In every hour contracted energy is profitable and additional energy is not.
    let spot = earned / 40.0;
    let hours = vec![Hour { price_ratio: spot, ..Hour::PLAIN }];
    inputs.sites[0].hours =
        Arc::new(HourProfile::new(std::array::from_fn(|_| hours.clone())).unwrap());
    inputs.sites[0].contract.as_mut().unwrap().fee = Price::usd(5.0);
    for volume in [2.0, 5.6, 8.0, 12.0, 14.0, 17.0, 20.0, 23.2] {
        inputs.sites[0].contract.as_mut().unwrap().volume_mw = volume;
        let path = run(&inputs);
        assert_near(path.accounts.total(Quantity::Energy), 24.0 * volume, 1e-9);
        let eh_per_mw = 1e-18 / (15e-18 * 1.05);
        let own = path.months[0].get(Column::Own);
        assert_near(own, hash(volume) * eh_per_mw, 1e-9);
    }
}

/// Taxes apply to the contract payment; the resale price that running forgoes is untaxed.
#[test]
fn contract_payments_are_taxed_like_the_bill() {
    let mut inputs = january(12.0);
    inputs.sites[0].terms.unrecoverable_tax = 0.05;
    inputs.sites[0].terms.recoverable_tax = 0.1;
    inputs.sites[0].terms.levy_share = 0.02;
    let path = run(&inputs);
    let paid = 12.0 * 25.0 * 3.0 * EACH;
    assert_flows(
        &path,
        &[
            (FlowKind::UnrecoverableTax, 0.05 * paid),
            (FlowKind::SalesTax, 0.1 * paid),
            (FlowKind::Levy, 0.02 * paid),
        ],
    );
}

/// With plants: distributors keep the fees and their income beyond the contract; generators keep the contract price less
/// the cost of energy.
#[test]
fn distributors_keep_the_fee_and_generators_the_contract_price() {
    let mut inputs = january(12.0);
    inputs.plants = vec![cases::plant("gas", 1e6, Price::usd(0.018), 0.5, 400.0)];
    let supply = &mut inputs.supply;
    (supply.shortfall_to_state, supply.rest_to_consumers) = (0.0, 0.0);
    supply.gain_to_consumers = 0.0;
    let path = run(&inputs);
    let net = |party| border::net(&path.accounts, party, 0);
    assert_near(net(Party::Distribution), 16.0 * EACH * 2.0, 1e-9);
    let cost = 20.0 * EACH * 18.0;
    let sold = (2.0 * 20.0 - 2.0 * 10.0 + 12.0 * 400.0) * EACH;
    assert_near(net(Party::Generators), 12.0 * 25.0 * 3.0 * EACH - sold - cost, 1e-9);
    // Beyond a smaller contract distributors sell as without a contract.
    inputs.sites[0].contract.as_mut().unwrap().volume_mw = 4.0;
    let path = run(&inputs);
    let beyond = 6.0 * EACH * (20.0 - 10.0 + 2.0 * 2.0 - 2.0 * 18.0);
    let fee = 4.0 * 2.0 * EACH;
    assert_near(border::net(&path.accounts, Party::Distribution, 0), beyond + fee, 1e-9);
}

/// A contract without machines is resold completely.
#[test]
fn contract_without_machines_is_resold_completely() {
    let mut inputs = january(12.0);
    inputs.lots[0].life = 24.0 * 3600.0;
    let path = run(&inputs);
    assert_near(total(&path, FlowKind::PowerContract), 12.0 * 25.0 * 3.0 * EACH, 1e-9);
    let sold = path.accounts.total(Quantity::ResoldEnergy);
    let used = path.accounts.total(Quantity::Energy);
    assert_near(sold + used, 12.0 * 3.0 * EACH, 1e-9);
    assert!(used < 0.1 * sold, "{used} {sold}");
}

/// Every hour of January compared with the best of stopping, running on the contract, and running fully.
#[test]
fn contract_dispatch_matches_the_best_choice_in_every_hour() {
    for (volume, fee) in [(60.0, 4.0), (20.0, 4.0), (20.0, 0.0), (50.0, 12.0), (0.0, 3.0)] {
        let mut inputs = cases::hours();
        (inputs.start, inputs.years) = (date(2027, 1, 1), 3.0 / 365.0);
        inputs.lots[0].delivery = 0.0;
        inputs.plants.clear();
        let site = &mut inputs.sites[0];
        site.uptime = 1.0;
        site.modes = vec![PowerMode::NORMAL];
        site.terms = cases::site().terms;
        site.contract = Some(PowerContract {
            volume_mw: volume,
            price: Price::usd(0.028),
            fee: Price::usd(fee / 1e3),
        });
        let path = run(&inputs);
        let earned = path.epochs[0].usd_per_hash() / (17.5e-12 * 1.05) * 3.6e9;
        let best = |hour: &Hour| {
            let spot = 30.0 * hour.price_ratio;
            let cash = |load: f64| {
                let sold = (volume - load).max(0.0) * (spot - fee);
                let bought = (load - volume).max(0.0) * (spot + fee);
                load * (earned - 5.0) + sold - bought - volume * 28.0
            };
            [0.0, volume.min(50.0), 50.0].map(cash).into_iter().fold(f64::MIN, f64::max)
        };
        let hours = inputs.sites[0].hours.month(0);
        let mean: f64 = hours.iter().map(|hour| hour.weight * best(hour)).sum();
        let income = [FlowKind::BitcoinSold, FlowKind::PowerResold];
        let costs = [
            FlowKind::EnergyCharge,
            FlowKind::PowerContract,
            FlowKind::CostsHome,
            FlowKind::CostsAbroad,
        ];
        let sum = |kinds: &[FlowKind]| kinds.iter().map(|&kind| total(&path, kind)).sum::<f64>();
        assert_near(sum(&income) - sum(&costs), mean * 72.0, 1e-9);
    }
}

/// Sums with tables equal sums hour by hour.
#[test]
fn contract_by_tables_matches_every_hour() {
    for volume in [60.0, 20.0] {
        let mut inputs = cases::hours();
        inputs.sites[0].contract = Some(PowerContract {
            volume_mw: volume,
            price: Price::usd(0.028),
            fee: Price::usd(0.003),
        });
        tables::hold(&inputs);
    }
}
