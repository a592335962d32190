//! The shipped scenario of a site on flared gas: hand calculation, and a source or range for every number.

use hashwatt_econ::account::FlowKind;
use hashwatt_econ::prelude::*;
use hashwatt_econ::uncertainty::Provenance;
use std::path::Path;

fn study() -> Study {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/scenarios");
    let scenario = Scenario::load(folder.join("flared-gas.toml")).unwrap();
    Study::new(scenario.resolve().unwrap()).unwrap()
}

fn near(found: f64, wanted: f64) {
    assert!((found / wanted - 1.0).abs() < 1e-9, "{found} for {wanted}");
}

#[test]
fn flared_gas_steady_year_matches_hand_calculation() {
    let estimate = study().estimate().unwrap();
    let value = |moment: Moment| estimate.get(Figure::Moment(moment)).unwrap().base;
    // 1 MW with a PUE of 1.03 at 29.5 J/TH, running 85 % of the time.
    let average_eh_s = 1e6 / 1.03 / 29.5 / 1e6 * 0.85;
    near(value(Moment::Average), average_eh_s);
    // 7,446 MWh a year at 5 USD/MWh for the gas and 20 for the engines.
    let mwh = 0.85 * 8_760.0;
    near(value(Moment::EnergyCost), mwh * 5.0 / 365.0);
    near(value(Moment::RunningCost), mwh * 25.0 / 365.0);
    // 612 g/kWh: 56.1 g/MJ are 202 g/kWh of gas, and a third of it is electricity.
    near(value(Moment::AverageCarbon), mwh * 0.612);
    assert!((56.1 * 3.6 / 0.33 - 612.0f64).abs() < 0.5);
    // 250 thousand cubic feet a day are 10.4 for each of 24 MWh: a dollar for a thousand is 10.4 USD/MWh.
    assert!((250.0 / 24.0 - 10.4f64).abs() < 0.05);
}

#[test]
fn flared_gas_site_pays_no_grid_charges() {
    let study = study();
    let outcome = study.simulate(Paths { count: 16, seed: 1 }, &|_| true).unwrap();
    for kind in [FlowKind::EnergyCharge, FlowKind::CostsHome] {
        assert!(outcome.get(Figure::FlowValue(kind)).unwrap().base > 0.0, "{kind:?}");
    }
    for kind in
        [FlowKind::CapacityCharge, FlowKind::DemandCharge, FlowKind::PeakCharge, FlowKind::Levy]
    {
        assert_eq!(outcome.get(Figure::FlowValue(kind)).unwrap().base, 0.0, "{kind:?}");
    }
}

#[test]
fn flared_gas_numbers_have_a_source_or_a_range() {
    let study = study();
    let given = |key: &str| {
        let rows = study.resolved().table.rows();
        rows.iter().find(|row| row.key == key).unwrap_or_else(|| panic!("no {key}")).clone()
    };
    for key in [
        "power_mw",
        "pue",
        "uptime",
        "tariff",
        "other_costs_usd_per_mwh",
        "infrastructure_usd_per_mw",
        "grid_average_g_per_kwh",
        "losses.to_customer",
        "carbon.others_j_per_th",
        "carbon.others_g_per_kwh",
        "lot[0].efficiency_j_per_th",
        "lot[0].machine_price_usd_per_th_s",
        "lot[0].failure_per_year",
        "operator.site_life_years",
    ] {
        let row = given(key);
        match &row.provenance {
            Provenance::Published { source, .. } => assert!(!source.is_empty()),
            Provenance::Assumed { basis } => {
                let (low, high) = row.range().unwrap_or_else(|| panic!("{key} has no range"));
                assert!(!basis.is_empty() && low <= row.value && row.value <= high && low < high);
            }
            other => panic!("{key}: {other:?}"),
        }
    }
}
