//! Other consumers' bills compared with hand calculations (equation M22).

use super::cases;
use super::paths::{assert_near, run, total};
use hashwatt_econ::account::{FlowKind, Quantity};
use hashwatt_econ::engine::{HoursCase, Inputs};
use hashwatt_econ::params::{
    BillEffects, Bills, ConsumerClass, Hour, HourProfile, Price, SystemHour,
};
use jiff::civil::date;
use std::sync::Arc;

const HOURS: f64 = 8760.0;

/// A year of constant 80 MW with plants of 50 MW at 20 USD/MWh and unlimited power at 50, and 1,000 MW of other load,
/// of which 30 % is bought at the marginal price.
fn with_price_effect() -> Inputs {
    let mut inputs = cases::base(vec![cases::lot(80.0)]);
    (inputs.start, inputs.years) = (date(2027, 1, 1), 1.0);
    inputs.sites[0].uptime = 1.0;
    inputs.plants = vec![
        cases::plant("coal", 50.0, Price::usd(0.02), 0.0, 900.0),
        cases::plant("gas", 500.0, Price::usd(0.05), 1.0, 400.0),
    ];
    inputs.bills = Some(BillEffects {
        terms: Bills { at_marginal_price: 0.3, ..Bills::default() },
        other_load_mw: Some(1000.0),
        network_charge: Price::usd(0.0),
        classes: Vec::new(),
    });
    inputs
}

fn bills(inputs: &mut Inputs) -> &mut BillEffects {
    inputs.bills.as_mut().unwrap()
}

#[test]
fn bills_at_marginal_price_rise_with_the_marginal_plant() {
    let path = run(&with_price_effect());
    assert_near(total(&path, FlowKind::PriceRise), 0.3 * 1000.0 * 30.0 * HOURS, 1e-9);
    // The site's own energy: 80 MW priced at 50, of which 50 MW cost 20.
    let rent = 0.3 * (80.0 * 50.0 - (50.0 * 20.0 + 30.0 * 50.0));
    assert_near(total(&path, FlowKind::MarginalRent), rent * HOURS, 1e-9);
    let cost = (50.0 * 20.0 + 30.0 * 50.0) * HOURS;
    assert_near(total(&path, FlowKind::EnergyPurchase), cost, 1e-9);
}

/// If the marginal plant has the same cost, other consumers do not pay more.
#[test]
fn bills_are_unchanged_if_the_marginal_plant_is_the_same() {
    let mut inputs = with_price_effect();
    inputs.plants.remove(0);
    let path = run(&inputs);
    assert_eq!(total(&path, FlowKind::PriceRise), 0.0);
    assert!(total(&path, FlowKind::MarginalRent).abs() < 1e-6);
}

/// Curtailed hours do not change the price: half of the time there is no free capacity.
#[test]
fn bills_do_not_rise_in_curtailed_hours() {
    let mut inputs = with_price_effect();
    inputs.case = HoursCase::SurplusOnly;
    let hour = |free: f64, demand_mw: f64| Hour {
        weight: 0.5,
        system: SystemHour { available_mw: demand_mw + free, demand_mw },
        ..Hour::PLAIN
    };
    let month = vec![hour(500.0, 800.0), hour(0.0, 3000.0)];
    let profile = HourProfile::new(std::array::from_fn(|_| month.clone())).unwrap();
    inputs.sites[0].hours = Arc::new(profile);
    // Other load defaults to the demand of the hours.
    bills(&mut inputs).other_load_mw = None;
    let path = run(&inputs);
    assert_near(total(&path, FlowKind::PriceRise), 0.3 * 800.0 * 30.0 * HOURS / 2.0, 1e-9);
    assert_near(path.accounts.total(Quantity::Curtailed), 80.0 * HOURS / 2.0, 1e-9);
}

#[test]
fn network_charge_reduces_bills_of_other_consumers() {
    let mut inputs = with_price_effect();
    inputs.money.exchange_rate = 10.0;
    bills(&mut inputs).network_charge = Price::local(0.05);
    bills(&mut inputs).terms.new_network = 4000.0;
    let path = run(&inputs);
    assert_near(total(&path, FlowKind::NetworkRelief), 80.0 * HOURS * 5.0, 1e-9);
    assert_near(total(&path, FlowKind::NetworkBuilt), 80.0 * 4000.0, 1e-9);
    // The distributors' gain is smaller by this amount, and only the rest is passed on.
    let margin = total(&path, FlowKind::EnergyCharge)
        - total(&path, FlowKind::EnergyPurchase)
        - total(&path, FlowKind::MarginalRent)
        - total(&path, FlowKind::NetworkRelief);
    assert!(margin < 0.0);
    let state = -margin * inputs.supply.shortfall_to_state;
    assert_near(total(&path, FlowKind::StateCovers), state, 1e-9);
}

#[test]
fn class_bills_follow_their_own_marginal_price_share() {
    let mut inputs = with_price_effect();
    let class = |name: &str, energy_share, at_marginal_price| ConsumerClass {
        name: name.to_owned(),
        energy_share,
        network_share: 0.5,
        at_marginal_price,
        consumers: None,
    };
    bills(&mut inputs).classes = vec![class("homes", 0.4, Some(0.0)), class("works", 0.6, None)];
    // Homes are not affected: only the factories' share of energy follows the price.
    assert_near(bills(&mut inputs).at_marginal_price(), 0.18, 1e-15);
    let path = run(&inputs);
    assert_near(total(&path, FlowKind::PriceRise), 0.18 * 1000.0 * 30.0 * HOURS, 1e-9);
}
