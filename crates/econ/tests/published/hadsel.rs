//! Hadsel in Norway: a mine closed, and the others' grid charges rose.

use hashwatt_econ::params::Denomination;
use hashwatt_econ::result::{Figure, Period};
use hashwatt_econ::scenario::Scenario;
use hashwatt_econ::simulate::Paths;
use hashwatt_econ::view::Study;

/// A mine of 80 GWh a year paid a fifth of the grid firm's income; households pay 12,000 to 13,000 NOK a year
/// and 20 % more without it, 2,500 to 3,000 NOK (NRK and Noranett via TheMinerMag and Atlas21, September 2024,
/// press). Assumed, because not published: the grid's income comes from 10,000 households alone.
/// They pay four fifths of it, 125 million NOK, so the mine paid 31.25 million or 0.39 NOK/kWh.
const SCENARIO: &str = r#"
title = "Hadsel"
local_currency = "NOK"
exchange_rate = { value = "10.6 NOK/USD", as_of = "2024-09", source = "about the rate then" }
tariff = { value = "0.80 NOK/kWh", low = "0.5 NOK/kWh", high = "1.2 NOK/kWh", assumed = "energy and grid together" }
power_mw = 9.6128
uptime = 0.95
pue = 1.05
infrastructure_usd_per_mw = 430000
displacement = 0
[hours]
dispatch = "must_run"
[[lot]]
efficiency_j_per_th = 15
machine_price_usd_per_th_s = 10
[project]
start = 2025-01-01
years = 1
[market]
noise = "none"
[losses]
to_customer = 0
to_distribution = 0
[[plant]]
name = "hydro"
mean_mw = 100
headroom_mw = 100
fuel_cost = "0 USD/MWh"
g_per_kwh = 0
[bills]
network_charge = { value = "0.390625 NOK/kWh", assumed = "a fifth of the grid's income over the mine's energy" }
[[bills.class]]
name = "households"
energy_share = 1
consumers = 10000
"#;

#[test]
fn hadsel_household_relief_is_within_25_percent_of_published() {
    let study = Study::new(Scenario::from_toml(SCENARIO).unwrap().resolve().unwrap()).unwrap();
    let outcome = study.simulate(Paths { count: 0, seed: 1 }, &|_| true).unwrap();
    let relief = Figure::Flow(
        hashwatt_econ::account::FlowKind::NetworkRelief,
        Period::Whole,
        Denomination::Usd,
    );
    let nok = outcome.get(relief).unwrap().base * 10.6;
    let year = nok / 10_000.0;
    // Hand calculation: 80 GWh at 0.390625 NOK over 10,000 households is 3,125 NOK; published 2,500 to 3,000, within 25 %
    // of the middle. Noranett passes on 20 %, although a fifth of the total is a quarter of the others' payments.
    assert!((year / 3125.0 - 1.0).abs() < 1e-3, "{year}");
    assert!((year / 2750.0 - 1.0).abs() < 0.25, "{year}");
    // Saving per household and month; the distributors keep the rest of their gain.
    let saved = outcome.get(Figure::ClassConsumer(0)).unwrap().base * 12.0 * 10.6;
    assert!((saved / year - 1.0).abs() < 1e-9, "{saved} {year}");
}
