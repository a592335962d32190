//! One displacement for income, carbon and reports (equation M2).

use super::cases;
use super::paths::{assert_near, run};
use hashwatt_econ::account::Quantity;
use hashwatt_econ::engine::{Column, Inputs, Others};

fn big(others: Others, displacement: Option<f64>) -> Inputs {
    let mut inputs = cases::base(vec![cases::lot(2000.0)]);
    (inputs.years, inputs.others, inputs.displacement) = (2.0, others, displacement);
    inputs
}

#[test]
fn given_displacement_applies_to_income_and_carbon() {
    for part in [0.0, 0.5, 1.0] {
        let path = run(&big(Others::Growing(0.0), Some(part)));
        for epoch in &path.epochs {
            assert_near(epoch.network, 905e18 + (1.0 - part) * epoch.own, 1e-12);
            assert_near(epoch.displacement(), part, 1e-12);
            assert_near(epoch.network_without_project, 905e18, 1e-12);
        }
        for row in &path.months {
            assert_near(row.get(Column::Displacement), part, 1e-12);
        }
        // J/H of others over J/kWh, at 400 g/kWh: avoided emissions per hash of the project.
        let tonnes =
            part * path.accounts.total(Quantity::OwnHashes) * 1e18 * 28.2e-12 / 3.6e6 * 400e-6;
        assert_near(path.accounts.total(Quantity::DisplacedT), tonnes, 1e-9);
    }
}

/// Income follows from the network hashrate after displacement.
#[test]
fn displacement_increases_the_share_of_income() {
    let btc = |part| {
        let path = run(&big(Others::Growing(0.0), Some(part)));
        // After the retargets have converged.
        (path.accounts.quantity(Quantity::Btc, 1), path.epochs[0].own)
    };
    let ((none, own), (half, _), (all, _)) = (btc(0.0), btc(0.5), btc(1.0));
    assert_near(none / all, 905e18 / (905e18 + own), 1e-3);
    assert_near(half / all, 905e18 / (905e18 + own / 2.0), 1e-3);
}

/// Displacement cannot exceed the other miners' hashrate.
#[test]
fn displacement_never_exceeds_the_others() {
    let mut inputs = big(Others::Growing(0.0), Some(1.0));
    inputs.network.others = 50.0;
    let path = run(&inputs);
    for epoch in &path.epochs {
        assert!(epoch.own > 50e18);
        assert_near(epoch.network, epoch.own, 1e-12);
        assert_near(epoch.displaced, 50e18, 1e-12);
        assert!(epoch.displacement() < 1.0);
    }
}

#[test]
fn endogenous_displacement_matches_both_networks() {
    let path = run(&big(Others::Endogenous, None));
    for epoch in &path.epochs {
        let read = (epoch.network_without_project - (epoch.network - epoch.own)) / epoch.own;
        assert!((epoch.displacement() - read).abs() < 1e-9, "{} {read}", epoch.displacement());
    }
    // Others respond only after the project's first epoch, and displacement ends above 0.
    assert_eq!(path.epochs[0].displacement(), 0.0);
    assert!(path.epochs.last().unwrap().displacement() > 0.1);
}

/// The counterfactual network equals that of a run without a project.
#[test]
fn counterfactual_network_matches_run_without_project() {
    let mut none = big(Others::Endogenous, None);
    none.lots[0].mw = 1e-9;
    let (with, none) = (run(&big(Others::Endogenous, None)), run(&none));
    for epoch in &none.epochs {
        assert_near(epoch.network, epoch.network_without_project, 1e-9);
    }
    // The epochs' dates differ by about a day per year.
    for (with, none) in with.epochs.iter().zip(&none.epochs) {
        assert_near(with.network_without_project, none.network, 0.02);
    }
    let last = with.epochs.last().unwrap();
    assert!(last.network - last.own < 0.995 * last.network_without_project);
}

/// A given displacement replaces the response of other miners.
#[test]
fn given_displacement_replaces_the_response() {
    let path = run(&big(Others::Endogenous, Some(0.25)));
    for epoch in &path.epochs {
        assert_near(epoch.displacement(), 0.25, 1e-12);
        assert_near(epoch.network, epoch.network_without_project + 0.75 * epoch.own, 1e-12);
    }
}
