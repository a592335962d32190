//! Plants that serve the load, and shortage of other consumers (equations M19 and M26).

use super::paths::{CENT, assert_near, assert_same, run, total};
use super::{cases, draws};
use hashwatt_econ::account::{FlowKind, Quantity, border};
use hashwatt_econ::engine::{HoursCase, Inputs, Plant, SimulatedPath};
use hashwatt_econ::params::Price;
use hashwatt_econ::params::{Hour, HourProfile, SystemHour};
use jiff::civil::date;
use proptest::prelude::*;
use std::sync::Arc;

/// A calendar year of a load in hours of equal weight, each with its availability and free MW.
fn year(mw: f64, hours: &[(f64, f64)]) -> Inputs {
    let mut inputs = cases::base(vec![cases::lot(mw)]);
    (inputs.start, inputs.years) = (date(2027, 1, 1), 1.0);
    inputs.sites[0].uptime = 1.0;
    let of = |(available, free): &(f64, f64)| Hour {
        available: *available,
        system: SystemHour { available_mw: *free, demand_mw: 0.0 },
        ..Hour::PLAIN
    };
    let month: Vec<Hour> = hours.iter().map(of).collect();
    let profile = HourProfile::new(std::array::from_fn(|_| month.clone())).unwrap();
    inputs.sites[0].hours = Arc::new(profile);
    inputs.plants = vec![hydro(), gas()];
    inputs.retail = Price::usd(0.12);
    inputs
}

/// 15 MW at no cost.
fn hydro() -> Plant {
    cases::plant("hydro", 15.0, Price::usd(0.0), 0.0, 0.0)
}

fn gas() -> Plant {
    cases::plant("gas", 1e9, Price::usd(0.026), 0.6, 400.0)
}

fn quantity(path: &SimulatedPath, of: Quantity) -> f64 {
    path.accounts.total(of)
}

#[test]
fn supply_without_free_capacity_is_zero() {
    let mut inputs = cases::hours();
    inputs.sites[0].hours =
        Arc::new(inputs.sites[0].hours.map(|_, hour| Hour {
            system: SystemHour { available_mw: 0.0, demand_mw: 0.0 },
            ..hour
        }));
    let path = run(&inputs);
    for kind in [FlowKind::EnergyPurchase, FlowKind::FuelImport, FlowKind::FuelHome] {
        assert!(total(&path, kind).abs() < 1e-6);
    }
    let at_plant = quantity(&path, Quantity::Energy) / (1.0 - inputs.supply.losses);
    for none in [Quantity::MarginalT, Quantity::Burnt] {
        // Tables subtract shortage from load, which leaves rounding.
        assert!(quantity(&path, none).abs() <= 1e-12 * at_plant);
    }
    // All of the load is a shortage for others.
    assert_near(quantity(&path, Quantity::Short), at_plant, 1e-12);
}

/// Energy that no plant can supply is not bought, generated or emitted, and others' bills for it are not collected.
#[test]
fn supply_counts_only_generated_energy() {
    let mut inputs = year(49.5, &[(1.0, 30.0)]);
    inputs.supply.losses = 0.01;
    let path = run(&inputs);
    let hours = 8760.0;
    assert_near(quantity(&path, Quantity::Burnt), 30.0 * hours, 1e-12);
    assert_near(quantity(&path, Quantity::Short), 20.0 * hours, 1e-12);
    assert_near(total(&path, FlowKind::EnergyPurchase), 15.0 * 26.0 * hours, 1e-12);
    assert_near(total(&path, FlowKind::FuelImport), 0.6 * 15.0 * 26.0 * hours, 1e-12);
    assert_near(total(&path, FlowKind::FuelHome), 0.4 * 15.0 * 26.0 * hours, 1e-12);
    assert_near(quantity(&path, Quantity::MarginalT), 15.0 * 0.4 * hours, 1e-12);
    assert_near(total(&path, FlowKind::UnservedBill), 20.0 * 0.99 * 120.0 * hours, 1e-12);
}

/// 40 MW in every second hour use the merit order up to 40 MW, not 20 MW.
#[test]
fn supply_uses_merit_order_at_the_hours_load() {
    let path = run(&year(40.0, &[(1.0, 1e9), (0.0, 1e9)]));
    assert_near(total(&path, FlowKind::EnergyPurchase), 25.0 * 26.0 * 4380.0, 1e-12);
    assert_near(quantity(&path, Quantity::MarginalT), 25.0 * 0.4 * 4380.0, 1e-12);
    // Hours with energy half of the time have half the load.
    let path = run(&year(40.0, &[(0.5, 1e9)]));
    assert_near(total(&path, FlowKind::EnergyPurchase), 5.0 * 26.0 * 8760.0, 1e-12);
}

#[test]
fn merit_order_is_by_day_one_cost() {
    let inputs = year(40.0, &[(1.0, 1e9)]);
    let mut turned = inputs.clone();
    turned.plants.reverse();
    turned.plants[0].headroom_mw = [100.0; 12];
    assert_same(&run(&turned), &run(&inputs));
    // At 100 per dollar a plant with a local cost of 2 is cheaper than one at 0.026 dollars.
    let mut local = inputs.clone();
    local.money.exchange_rate = 100.0;
    local.plants[0].cost = Some([Price::local(2.0); 12]);
    let path = run(&local);
    let cost = (15.0 * 20.0 + 25.0 * 26.0) * 8760.0;
    assert_near(total(&path, FlowKind::EnergyPurchase), cost, 1e-12);
    // At 3 it is more expensive, and the other plant runs first.
    local.plants[0].cost = Some([Price::local(3.0); 12]);
    local.plants[1].headroom_mw = [30.0; 12];
    let cost = (30.0 * 26.0 + 10.0 * 30.0) * 8760.0;
    assert_near(total(&run(&local), FlowKind::EnergyPurchase), cost, 1e-12);
}

/// Imported fuel follows the dollar, the rest local prices over the exchange rate.
#[test]
fn imported_fuel_follows_the_dollar() {
    let mut inputs = year(40.0, &[(1.0, 1e9)]);
    inputs.plants[1].cost = Some([Price::local(2.6); 12]);
    inputs.money.exchange_rate = 100.0;
    let still = run(&inputs);
    inputs.money.inflation_usd = 0.05;
    inputs.money.inflation_local = 0.20;
    inputs.money.depreciation = 0.08;
    let moving = run(&inputs);
    let grown = |kind, growth: f64| {
        let of = |path: &SimulatedPath| -> Vec<_> {
            path.flows.iter().filter(|flow| flow.kind == kind).copied().collect()
        };
        let (still, moving) = (of(&still), of(&moving));
        assert!(still.len() > 12 && still.len() == moving.len());
        for (still, moving) in still.iter().zip(&moving) {
            let level = growth.powf(still.at / cases::YEAR_S);
            assert_near(moving.usd, still.usd * level, 1e-9);
        }
    };
    grown(FlowKind::FuelImport, 1.05);
    grown(FlowKind::FuelHome, 1.20 / 1.08);
}

/// Two sites with the same hours share one system.
#[test]
fn sites_with_the_same_hours_share_one_supply() {
    let one = year(40.0, &[(1.0, 30.0), (0.5, 10.0)]);
    let mut two = one.clone();
    two.sites.push(two.sites[0].clone());
    two.lots[0].mw = 25.0;
    two.lots.push(two.lots[0].clone());
    (two.lots[1].mw, two.lots[1].site) = (15.0, 1);
    assert_same(&run(&two), &run(&one));
}

/// A firm site causes shortage, an interruptible one only beyond its contract's limit, surplus-only never.
#[test]
fn shortage_depends_on_the_hours_case() {
    let hours = [(1.0, 10.0), (1.0, 30.0), (1.0, 100.0), (1.0, 100.0)];
    let quarter = 8760.0 / 4.0;
    let of = |case, max_hours: f64| {
        let mut inputs = year(40.0, &hours);
        inputs.case = case;
        inputs.sites[0].terms.most_curtailed = max_hours;
        let path = run(&inputs);
        (quantity(&path, Quantity::Short), quantity(&path, Quantity::Curtailed))
    };
    let (all, free) = (40.0 * quarter, [30.0 * quarter, 10.0 * quarter]);
    let near = |(short, curtailed): (f64, f64), right: (f64, f64)| {
        assert!((short - right.0).abs() < 1e-6 * all, "{short} for {}", right.0);
        assert!((curtailed - right.1).abs() < 1e-6 * all, "{curtailed} for {}", right.1);
    };
    near(of(HoursCase::Firm, 8760.0), (free[0] + free[1], 0.0));
    near(of(HoursCase::SurplusOnly, 0.0), (0.0, free[0] + free[1]));
    near(of(HoursCase::Interruptible, 8760.0), (0.0, free[0] + free[1]));
    // The scarcest hours stop three quarters of the site, up to the limit in full-site hours.
    near(of(HoursCase::Interruptible, 0.75 * quarter), (free[1], free[0]));
    near(of(HoursCase::Interruptible, 0.375 * quarter), (free[1] + free[0] / 2.0, free[0] / 2.0));
    near(of(HoursCase::Interruptible, 0.0), (free[0] + free[1], 0.0));
}

/// Externalities without a price have no line, and prices do not change the nation's account.
#[test]
fn externalities_do_not_change_the_nations_account() {
    for (_, priced) in cases::all() {
        let mut plain = priced.clone();
        plain.externalities.lost_load = 0.0;
        plain.externalities.carbon_price = 0.0;
        let mut dear = priced;
        dear.externalities.lost_load = 10.0;
        dear.externalities.carbon_price = 100.0;
        let (plain, dear) = (run(&plain), run(&dear));
        assert_same(&plain, &dear);
        for year in 0..plain.accounts.years() {
            let nation = |path: &SimulatedPath| border::national(&path.accounts, year);
            assert_eq!(nation(&plain), nation(&dear));
        }
    }
}

/// Average emissions count losses from plant to meter.
#[test]
fn average_emissions_count_losses() {
    let mut inputs = year(40.0, &[(1.0, 1e9)]);
    (inputs.supply.losses, inputs.externalities.grid_average) = (0.05, 440.6);
    let path = run(&inputs);
    let tonnes = 40.0 * 8760.0 / 0.95 * 0.4406;
    assert_near(quantity(&path, Quantity::AverageT), tonnes, 1e-12);
}

proptest! {
    #![proptest_config(draws::config())]

    /// A surplus-only site never causes shortage, and its supply is never negative.
    #[test]
    fn surplus_only_site_never_causes_shortage(inputs in draws::inputs()) {
        let mut surplus = inputs;
        surplus.case = HoursCase::SurplusOnly;
        // Standby load is taken in any hour.
        surplus.sites.iter_mut().for_each(|site| site.terms.standby = 0.0);
        let path = run(&surplus);
        prop_assert!(quantity(&path, Quantity::Short).abs() < 1e-6);
        prop_assert!(total(&path, FlowKind::UnservedBill).abs() < CENT);
    }

    /// All energy including losses is generated or short.
    #[test]
    fn supply_plus_shortage_of_random_inputs_equals_load(inputs in draws::inputs()) {
        let path = run(&inputs);
        let all = quantity(&path, Quantity::Energy) / (1.0 - inputs.supply.losses);
        let known = if inputs.plants.is_empty() { 0.0 } else { 1.0 };
        let (burnt, short) = (quantity(&path, Quantity::Burnt), quantity(&path, Quantity::Short));
        prop_assert!(burnt >= 0.0 && short >= -1e-6);
        prop_assert!((burnt + short - known * all).abs() < 1e-9 * all.max(1.0));
        let parts = quantity(&path, Quantity::MiningEnergy)
            + quantity(&path, Quantity::AiEnergy)
            + quantity(&path, Quantity::StandbyEnergy);
        prop_assert!((parts - quantity(&path, Quantity::Energy)).abs() < 1e-9 * all.max(1.0));
    }
}
