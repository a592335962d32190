//! Lots and sites: outlays and their dates, and residual values (equations M13 to M15).

use super::cases::{self, YEAR_S, years};
use super::draws;
use super::paths::{CENT, assert_near, assert_same, of_kinds, refused, run, total, usd_level};
use hashwatt_econ::account::{FlowKind, Quantity};
use hashwatt_econ::engine::{Inputs, Lot, SimulatedPath};
use proptest::prelude::*;

const SITE: [FlowKind; 2] = [FlowKind::SiteHome, FlowKind::SiteAbroad];

/// Price of all machines of a lot, day-one USD.
fn price(inputs: &Inputs, lot: &Lot) -> f64 {
    lot.mw * 1e6 / (lot.j_per_th * inputs.sites[lot.site].pue) * lot.price
}

/// The share of a lot delivered before a time.
fn delivered(lot: &Lot, at: f64) -> f64 {
    match lot.delivery > 0.0 {
        true => ((at - lot.begins) / lot.delivery).clamp(0.0, 1.0),
        false => f64::from(u8::from(lot.begins < at)),
    }
}

/// Day-one USD of some kinds.
fn real(inputs: &Inputs, path: &SimulatedPath, kinds: &[FlowKind]) -> f64 {
    let own = path.flows.iter().filter(|flow| kinds.contains(&flow.kind));
    own.map(|flow| flow.usd / usd_level(inputs, flow.at)).sum()
}

proptest! {
    #![proptest_config(draws::config())]

    /// Each lot is paid once, as far as it is delivered before the horizon, unless it is already owned.
    #[test]
    fn lots_of_random_inputs_are_paid_once(inputs in draws::inputs()) {
        let path = run(&inputs);
        let horizon = draws::horizon(&inputs);
        let bought = || inputs.lots.iter().filter(|lot| !lot.owned);
        let machines: f64 = bought().map(|lot| price(&inputs, lot) * delivered(lot, horizon)).sum();
        let paid = real(&inputs, &path, &[FlowKind::Machines]);
        prop_assert!((paid - machines).abs() < CENT, "{} for {}", paid, machines);
        let made = inputs.externalities.embodied / 1e3;
        let tonnes: f64 = bought().map(|l| price(&inputs, l) / l.price * delivered(l, horizon) * made).sum();
        prop_assert!((path.accounts.total(Quantity::EmbodiedT) - tonnes).abs() < 1e-6);
        // Deliveries before the start are paid at the start, not before.
        prop_assert!(path.flows.iter().all(|flow| (0.0..=horizon).contains(&flow.at)));
    }

    /// A site is paid up to its maximum installed power, limited by connection and contract.
    #[test]
    fn sites_of_random_inputs_are_paid_up_to_their_maximum_power(inputs in draws::inputs()) {
        let mut inputs = inputs;
        if let Some(lease) = &mut inputs.lease {
            lease.converts = false;
        }
        let path = run(&inputs);
        let horizon = draws::horizon(&inputs);
        let installed = |lot: &Lot, at: f64| delivered(lot, at) - delivered(lot, at - lot.life);
        let mut right = 0.0;
        for (place, site) in inputs.sites.iter().enumerate() {
            let own = || inputs.lots.iter().filter(|lot| lot.site == place);
            // Installed power is at its maximum at or just before one of its kinks.
            let moments = own().flat_map(|lot| {
                let end = lot.begins + lot.delivery;
                [lot.begins, end, lot.begins + lot.life, end + lot.life]
            });
            let near = moments.flat_map(|at| [at, at + 1e-3]).chain([1e-3, horizon]);
            let within = near.filter(|at| (0.0..=horizon).contains(at));
            let at = |at: f64| own().map(|lot| lot.mw * installed(lot, at)).sum::<f64>();
            let greatest = within.map(at).fold(0.0, f64::max);
            let limit = site.power_mw.unwrap_or(f64::INFINITY).min(site.grid_mw.unwrap_or(f64::INFINITY));
            right += greatest.min(limit) * site.infrastructure;
        }
        let paid = real(&inputs, &path, &SITE);
        prop_assert!((paid - right).abs() < 1.0 + 1e-6 * right, "{} for {}", paid, right);
    }
}

#[test]
fn instant_delivery_matches_delivery_within_an_hour() {
    let [(_, plain), ..] = cases::all();
    let mut soon = plain.clone();
    soon.lots[0].delivery = years(1e-3 / 12.0);
    assert!(soon.lots[0].delivery > 0.0);
    assert_near(run(&soon).totals.npv, run(&plain).totals.npv, 1e-4);
}

#[test]
fn replacement_lot_reuses_the_site() {
    let first = Lot { life: years(2.0), ..cases::lot(100.0) };
    let mut inputs = cases::base(vec![first.clone(), Lot { begins: years(2.0), ..first }]);
    inputs.years = 4.0;
    let path = run(&inputs);
    assert_near(of_kinds(&path, &SITE).iter().sum(), 43e6, 1e-12);
    // A lot delivered before the first one leaves needs additional site power.
    inputs.lots[1].begins = years(1.9);
    assert_near(of_kinds(&run(&inputs), &SITE).iter().sum(), 86e6, 1e-12);
}

/// Two simultaneous ramps, one down and one up: the sum never exceeds the maximum of the first.
#[test]
fn crossing_lots_reuse_the_site() {
    let first = Lot { life: years(2.0), delivery: years(0.5), ..cases::lot(100.0) };
    let inputs = cases::base(vec![first.clone(), Lot { begins: years(2.0), ..first }]);
    assert_near(of_kinds(&run(&inputs), &SITE).iter().sum(), 43e6, 1e-9);
}

#[test]
fn lot_after_the_horizon_changes_nothing() {
    for (_, inputs) in cases::all() {
        for begins in [draws::horizon(&inputs), years(9.0)] {
            let mut more = inputs.clone();
            more.lots.push(Lot { begins, ..cases::lot(33.0) });
            assert_same(&run(&more), &run(&inputs));
        }
    }
}

/// A lot that begins at the first second of a year belongs to that year.
#[test]
fn lot_on_1_january_is_paid_in_the_new_year() {
    let day = 86_400.0;
    let mut inputs = cases::base(vec![Lot { begins: 112.0 * day, ..cases::lot(1.0) }]);
    // 11 September and 112 days: 1 January.
    let machines = of_kinds(&run(&inputs), &[FlowKind::Machines]);
    assert!(machines[0] == 0.0 && machines[1] > 0.0);
    inputs.lots[0].begins -= 1.0;
    let machines = of_kinds(&run(&inputs), &[FlowKind::Machines]);
    assert!(machines[0] > 0.0 && machines[1] == 0.0);
}

#[test]
fn owned_machines_are_not_paid_again() {
    let lot = Lot { begins: years(-1.0), ..cases::lot(20.0) };
    let mut inputs = cases::base(vec![lot]);
    let bought = run(&inputs);
    // Deliveries before the start are paid at the start.
    let at: Vec<f64> =
        bought.flows.iter().filter(|f| f.kind == FlowKind::Machines).map(|f| f.at).collect();
    assert_eq!(at, [0.0]);
    inputs.lots[0].owned = true;
    let owned = run(&inputs);
    assert_eq!(total(&owned, FlowKind::Machines) + total(&owned, FlowKind::Duty), 0.0);
    assert_eq!(owned.accounts.total(Quantity::Btc), bought.accounts.total(Quantity::Btc));
    assert_eq!(total(&owned, FlowKind::Residual), total(&bought, FlowKind::Residual));
}

#[test]
fn grid_connection_limits_the_load() {
    let mut limited = cases::base(vec![cases::lot(100.0)]);
    limited.sites[0].grid_mw = Some(40.0);
    let small = cases::base(vec![cases::lot(40.0)]);
    let (limited, small) = (run(&limited), run(&small));
    let energy = |path: &SimulatedPath| path.accounts.total(Quantity::Energy);
    assert_near(energy(&limited), energy(&small), 1e-9);
    assert_near(total(&limited, SITE[0]), total(&small, SITE[0]), 1e-12);
    assert_near(
        total(&limited, FlowKind::Machines),
        2.5 * total(&small, FlowKind::Machines),
        1e-12,
    );
}

/// Halfway through its life at constant hashprice: the mean of price and resale value, less failures.
#[test]
fn machine_value_at_half_life_is_mean_of_price_and_resale() {
    let lot = Lot { life: years(2.0), resale: 0.2, failure: 0.1, ..cases::lot(1e-6) };
    let mut inputs = cases::base(vec![lot]);
    (inputs.years, inputs.sites[0].infrastructure) = (1.0, 0.0);
    let worth = price(&inputs, &inputs.lots[0]) * 0.6 * (-0.1f64).exp();
    assert_near(total(&run(&inputs), FlowKind::Residual), worth, 1e-9);
    // At the exact end of its life it is still a residual value; a second later it is sold.
    inputs.lots[0].life = YEAR_S;
    let worth = price(&inputs, &inputs.lots[0]) * 0.2 * (-0.1f64).exp();
    let path = run(&inputs);
    assert_near(total(&path, FlowKind::Residual), worth, 1e-9);
    assert_eq!(total(&path, FlowKind::Resale), 0.0);
    inputs.lots[0].life = YEAR_S - 1.0;
    let path = run(&inputs);
    assert_near(total(&path, FlowKind::Resale), worth, 1e-6);
    assert_eq!(total(&path, FlowKind::Residual), 0.0);
}

/// A machine's value falls with hashprice and never exceeds its price.
#[test]
fn machine_value_scales_with_hashprice_up_to_its_price() {
    let lot = Lot { life: years(2.0), resale: 1.0, ..cases::lot(1e-6) };
    let mut inputs = cases::base(vec![lot]);
    (inputs.years, inputs.sites[0].infrastructure) = (1.0, 0.0);
    let price = price(&inputs, &inputs.lots[0]);
    for (drift, low, high) in [(-0.7, 0.495, 0.515), (0.7, 1.0, 1.0)] {
        inputs.trend.price_drift = drift;
        let path = run(&inputs);
        let last = path.epochs.last().unwrap().usd_per_hash() / path.epochs[0].usd_per_hash();
        let left = total(&path, FlowKind::Residual) / price;
        assert_near(left, last.min(1.0), 1e-9);
        assert!((low..=high + 1e-9).contains(&left), "{left}");
    }
}

#[test]
fn invalid_lots_are_refused() {
    let mut inputs = cases::base(vec![cases::lot(100.0)]);
    inputs.sites[0].power_mw = Some(50.0);
    assert!(refused(&inputs).starts_with("power_mw is 50 MW"), "{}", refused(&inputs));
    inputs.sites[0].grid_mw = Some(50.0);
    run(&inputs);
    inputs.lots[0].begins = years(-4.0);
    assert!(refused(&inputs).starts_with("lot.begins is lot"), "{}", refused(&inputs));
}

#[test]
fn zero_machines_have_no_effect() {
    let path = run(&cases::base(Vec::new()));
    assert!(path.flows.is_empty() && path.totals.npv == 0.0);
    assert!(path.totals.return_per_year.is_nan() && path.totals.payback_years.is_infinite());
}
