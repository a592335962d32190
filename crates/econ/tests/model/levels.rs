//! Price levels, exchange rate and denominations (equation M24).

use super::cases::{self, YEAR_S};
use super::draws;
use super::paths::{CENT, assert_near, moved, run};
use hashwatt_econ::account::{Class, FlowKind};
use hashwatt_econ::engine::{FollowedPath, Inputs};
use hashwatt_econ::params::{Denomination, Price};
use proptest::prelude::*;

/// What is settled on a year's nominal sums: within the year prices have moved.
const SETTLED: [FlowKind; 3] = [FlowKind::StateCovers, FlowKind::ConsumersCover, FlowKind::Relief];

/// The same inputs with every price in dollars at day one's rate.
fn in_dollars(mut inputs: Inputs) -> Inputs {
    let rate = inputs.money.exchange_rate;
    let of = |price: &mut Price| {
        if price.denomination == Denomination::Local {
            *price = Price::usd(price.value / rate);
        }
    };
    for site in &mut inputs.sites {
        let prices = [&mut site.tariff, &mut site.capacity_charge, &mut site.demand_charge];
        prices.into_iter().for_each(of);
        site.adjustments.iter_mut().for_each(of);
        site.levies.iter_mut().for_each(of);
        if site.levy_denomination == Denomination::Local {
            site.levy_denomination = Denomination::Usd;
            for step in &mut site.levy_steps {
                (step.below, step.rate) = (step.below / rate, step.rate / rate);
            }
        }
    }
    for plant in &mut inputs.plants {
        plant.cost.iter_mut().flatten().for_each(of);
        of(&mut plant.variable_om);
    }
    if let Some(capacity) = &mut inputs.capacity {
        of(&mut capacity.average);
        of(&mut capacity.payment);
    }
    of(&mut inputs.retail);
    inputs
}

fn with_inflation(mut inputs: Inputs, rate: f64) -> Inputs {
    inputs.money.depreciation = 0.0;
    inputs.money.inflation_usd = rate;
    inputs.money.inflation_local = rate;
    inputs
}

proptest! {
    #![proptest_config(draws::config())]

    #[test]
    fn levels_that_grow_alike_are_none(inputs in draws::inputs()) {
        let mut plain = inputs;
        // Both are nominal.
        (plain.operator.income_tax, plain.operator.debt_share) = (0.0, 0.0);
        let real = run(&with_inflation(plain.clone(), 0.0));
        let nominal = run(&with_inflation(plain, 0.07));
        let pv = |path: &FollowedPath, kind| path.accounts.sum(kind).pv;
        for &kind in FlowKind::ALL {
            if kind.spec().class == Class::Owner || SETTLED.contains(&kind) {
                continue;
            }
            let (real, nominal) = (pv(&real, kind), pv(&nominal, kind));
            prop_assert!((real - nominal).abs() < CENT, "{}: {real} {nominal}", kind.spec().key);
        }
        prop_assert!((real.totals.npv - nominal.totals.npv).abs() < CENT);
        let returns = [real.totals.return_per_year, nominal.totals.return_per_year];
        prop_assert!(returns[0].is_nan() || (returns[0] - returns[1]).abs() <= 1e-9 * (1.0 + returns[0].abs()));
    }

    #[test]
    fn levels_of_local_prices_at_a_constant_rate_are_dollars(inputs in draws::inputs()) {
        let mut local = with_inflation(inputs, 0.03);
        local.money.exchange_rate = 281.0;
        let dollars = in_dollars(local.clone());
        prop_assert_eq!(moved(&run(&local), &run(&dollars)), []);
    }
}

#[test]
fn levels_of_the_reference_case_that_grow_alike_are_none() {
    let [(_, plain), ..] = cases::all();
    let nominal = run(&with_inflation(plain.clone(), 0.03)).totals;
    assert!((nominal.npv - run(&plain).totals.npv).abs() < CENT);
}

/// A local price follows the local level over the rate, a dollar's the dollar's.
#[test]
fn levels_of_a_local_price_follow_the_local_level_over_the_rate() {
    let mut inputs = cases::base(vec![cases::lot(1.0)]);
    inputs.money.exchange_rate = 281.0;
    inputs.money.depreciation = 0.06;
    inputs.money.inflation_local = 0.11;
    inputs.money.inflation_usd = 0.02;
    inputs.sites[0].tariff = Price::local(11.24);
    inputs.operator.costs_home = 0.0;
    let path = run(&inputs);
    let of = |kind| path.flows.iter().filter(move |flow| flow.kind == kind);
    let pairs = of(FlowKind::EnergyCharge).zip(of(FlowKind::CostsAbroad));
    let mut seen = 0;
    for (energy, other) in pairs {
        assert_eq!(energy.at, other.at);
        let level = |rate: f64| (1.0 + rate).powf(energy.at / YEAR_S);
        let price = 40.0 * level(0.11) / level(0.06);
        assert_near(energy.usd / other.usd, price / (5.0 * level(0.02)), 1e-9);
        seen += 1;
    }
    assert!(seen > 60);
}

/// A levy's steps are in the levy's money of day one: a tariff that only keeps pace never climbs them.
#[test]
fn levels_do_not_move_a_levy_step_that_keeps_pace() {
    let [_, (_, mut inputs), ..] = cases::all();
    // 11.5 lies above 10 and below 15 throughout.
    let path = run(&inputs);
    let share = |path: &FollowedPath| {
        path.accounts.sum(FlowKind::Levy).usd / path.accounts.sum(FlowKind::EnergyCharge).usd
    };
    assert_near(share(&path), 1.5 / 11.5, 1e-9);
    inputs.money.inflation_local = 0.5;
    assert_near(share(&run(&inputs)), 1.5 / 11.5, 1e-9);
}
