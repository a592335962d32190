//! Price levels, exchange rate and denominations (equation M24).

use super::cases::{self, YEAR_S};
use super::draws;
use super::paths::{CENT, assert_near, moved, run};
use hashwatt_econ::account::border::{cross_border, net};
use hashwatt_econ::account::{Class, FlowKind, MeansOfPayment, Party, Quantity};
use hashwatt_econ::engine::{Inputs, SimulatedPath};
use hashwatt_econ::params::{Denomination, LevelPaths, Price, Steps};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::sync::Arc;

/// Flows that depend on a year's nominal sums: prices change within the year.
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
    fn equal_inflation_does_not_change_real_values(inputs in draws::inputs()) {
        let mut plain = inputs;
        // These quantities are nominal.
        plain.lease = None;
        (plain.operator.income_tax, plain.operator.debt_share) = (0.0, 0.0);
        let real = run(&with_inflation(plain.clone(), 0.0));
        let nominal = run(&with_inflation(plain, 0.07));
        let pv = |path: &SimulatedPath, kind| path.accounts.sum(kind).pv;
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
    fn local_prices_at_constant_rate_match_dollar_prices(inputs in draws::inputs()) {
        let mut local = with_inflation(inputs, 0.03);
        local.money.exchange_rate = 281.0;
        let dollars = in_dollars(local.clone());
        prop_assert_eq!(moved(&run(&local), &run(&dollars)), []);
    }
}

#[test]
fn equal_inflation_does_not_change_the_reference_case() {
    let [(_, plain), ..] = cases::all();
    let nominal = run(&with_inflation(plain.clone(), 0.03)).totals;
    assert!((nominal.npv - run(&plain).totals.npv).abs() < CENT);
}

/// A local price follows the local price level over the exchange rate, a dollar price the dollar price level.
#[test]
fn local_price_follows_local_level_over_exchange_rate() {
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

/// A levy's steps are at day-one prices: a tariff that only follows inflation does not change its step.
#[test]
fn inflation_does_not_change_the_levy_step() {
    let [_, (_, mut inputs), ..] = cases::all();
    // 11.5 is between 10 and 15 throughout.
    let path = run(&inputs);
    let share = |path: &SimulatedPath| {
        path.accounts.sum(FlowKind::Levy).usd / path.accounts.sum(FlowKind::EnergyCharge).usd
    };
    assert_near(share(&path), 1.5 / 11.5, 1e-9);
    inputs.money.inflation_local = 0.5;
    assert_near(share(&run(&inputs)), 1.5 / 11.5, 1e-9);
}

const START: Date = date(2027, 1, 1);
const CHANGE: Date = date(2028, 3, 16);

/// 1 MW from the start of 2027 at a local tariff of 11.24, which is 4 US cents, without other local costs.
fn in_local() -> Inputs {
    let mut inputs = cases::base(vec![cases::lot(1.0)]);
    (inputs.start, inputs.years) = (START, 3.0);
    inputs.money.exchange_rate = 281.0;
    inputs.sites[0].tariff = Price::local(11.24);
    inputs.operator.costs_home = 0.0;
    inputs
}

fn steps(rows: &[(Date, f64)]) -> Option<Steps> {
    Some(Steps::from_days(START, rows).unwrap())
}

/// The energy charge per MWh at the time of each flow, USD, with the time in seconds.
fn tariffs(inputs: &Inputs) -> Vec<(f64, f64)> {
    let path = run(inputs);
    let of = |kind| path.flows.iter().filter(move |flow| flow.kind == kind);
    // Other costs are 5 USD/MWh of day one and follow the dollar's level alone.
    let level = |at: f64| {
        let given = inputs.level_paths.as_ref().and_then(|paths| paths.inflation_usd.as_ref());
        given.map_or(1.0, |steps| steps.at(at)) * super::paths::usd_level(inputs, at)
    };
    let pairs = of(FlowKind::EnergyCharge).zip(of(FlowKind::CostsAbroad));
    let found: Vec<_> = pairs.map(|(e, o)| (e.at, e.usd / o.usd * 5.0 * level(e.at))).collect();
    assert!(found.len() > 36);
    found
}

fn is_after(at: f64, day: Date) -> bool {
    at >= f64::from(START.until(day).unwrap().get_days()) * 86_400.0
}

#[test]
fn level_paths_hold_from_their_dates() {
    let mut inputs = in_local();
    let rows = [(date(2026, 6, 1), 270.0), (CHANGE, 337.5)];
    let prices = [(START, 100.0), (CHANGE, 110.0)];
    inputs.level_paths = Some(Arc::new(LevelPaths {
        exchange_rate: steps(&rows),
        inflation_usd: None,
        inflation_local: steps(&prices),
    }));
    for (at, usd) in tariffs(&inputs) {
        let expected = if is_after(at, CHANGE) { 40.0 * 1.1 / 1.25 } else { 40.0 };
        assert_near(usd, expected, 1e-12);
    }
    // Local money of a flow is its dollars at the path's exchange rate.
    let path = run(&inputs);
    let cell = path.accounts.cell(FlowKind::EnergyCharge, 2);
    assert_near(cell.local / cell.usd, 281.0 * 1.25, 1e-12);
}

/// Inflation common to all prices does not change real values.
#[test]
fn common_inflation_path_does_not_change_real_values() {
    let plain = in_local();
    let mut inputs = plain.clone();
    let level = steps(&[(START, 1.0), (date(2027, 9, 1), 1.3), (CHANGE, 1.2)]);
    inputs.level_paths = Some(Arc::new(LevelPaths {
        exchange_rate: None,
        inflation_usd: level.clone(),
        inflation_local: level,
    }));
    let (real, nominal) = (run(&plain), run(&inputs));
    assert!((real.totals.npv - nominal.totals.npv).abs() < CENT);
    let energy = |path: &SimulatedPath| path.accounts.sum(FlowKind::EnergyCharge);
    assert_near(energy(&nominal).pv, energy(&real).pv, 1e-9);
    assert!(energy(&nominal).usd > 1.1 * energy(&real).usd);
}

#[test]
fn indexed_tariff_follows_its_index() {
    let mut inputs = in_local();
    inputs.money.depreciation = 0.20;
    inputs.money.inflation_usd = 0.03;
    inputs.money.inflation_local = 0.12;
    let grown = |rate: f64, at: f64| (1.0 + rate).powf(at / YEAR_S);
    let usd = |at: f64| 40.0 * grown(0.03, at);
    let local = |at: f64| 40.0 * grown(0.12, at) / grown(0.20, at);
    for (dollars, expected) in [(0.0, 0.0), (1.0, 1.0), (0.25, 0.25)] {
        inputs.sites[0].terms.dollar_indexed = dollars;
        for (at, tariff) in tariffs(&inputs) {
            assert_near(tariff, expected * usd(at) + (1.0 - expected) * local(at), 1e-9);
        }
    }
    // A nominally fixed price follows no price level.
    let terms = &mut inputs.sites[0].terms;
    (terms.dollar_indexed, terms.inflation_indexed) = (0.0, 0.0);
    for (at, tariff) in tariffs(&inputs) {
        assert_near(tariff, 40.0 / grown(0.20, at), 1e-9);
    }
    inputs.sites[0].tariff = Price::usd(0.04);
    for (_, tariff) in tariffs(&inputs) {
        assert_near(tariff, 40.0, 1e-9);
    }
}

#[test]
fn tariff_path_steps_on_its_dates() {
    let mut inputs = in_local();
    inputs.sites[0].tariff_steps = steps(&[(START, 4.0), (CHANGE, 5.0)]).map(Arc::new);
    for (at, tariff) in tariffs(&inputs) {
        assert_near(tariff, if is_after(at, CHANGE) { 50.0 } else { 40.0 }, 1e-12);
    }
}

/// The utility's hard currency is the bill in dollars only.
#[test]
fn dollar_bills_are_hard_currency() {
    let mut inputs = in_local();
    inputs.sites[0].capacity_charge = Price::usd(2.0);
    inputs.sites[0].terms.peak_charge = 0.0;
    let paid = |path: &SimulatedPath, kind| path.accounts.sum(kind).usd;
    let local = run(&inputs);
    let hard = |path: &SimulatedPath| path.accounts.total(Quantity::BillInUsd);
    assert_near(hard(&local), paid(&local, FlowKind::CapacityCharge), 1e-12);
    inputs.sites[0].tariff = Price::usd(0.04);
    let dollars = run(&inputs);
    let all = paid(&dollars, FlowKind::CapacityCharge) + paid(&dollars, FlowKind::EnergyCharge);
    assert_near(hard(&dollars), all, 1e-12);
}

/// Withholding tax on remitted profit: from foreign owners to the state, across the border.
#[test]
fn remitted_profit_pays_withholding_tax() {
    let mut inputs = in_local();
    (inputs.lots[0].owned, inputs.lots[0].j_per_th) = (true, 5.0);
    inputs.sites[0].infrastructure = 0.0;
    (inputs.operator.foreign_share, inputs.operator.remitted) = (0.6, 0.5);
    let free = run(&inputs);
    inputs.operator.withholding_tax = 0.1;
    let taxed = run(&inputs);
    for year in 0..3 {
        let profit = free.accounts.cell(FlowKind::ProfitForeign, year).usd;
        assert!(profit > 0.0, "{profit}");
        let tax = taxed.accounts.cell(FlowKind::WithholdingTax, year).usd;
        assert_near(tax, 0.1 * 0.5 * profit, 1e-12);
        let moved = |of: &dyn Fn(&SimulatedPath) -> f64| of(&taxed) - of(&free);
        assert_near(moved(&|path| net(&path.accounts, Party::State, year)), tax, 1e-6);
        let home = moved(&|path| cross_border(&path.accounts, MeansOfPayment::Money, year));
        assert_near(home, tax, 1e-6);
    }
    assert_eq!(free.totals.npv, taxed.totals.npv);
}
