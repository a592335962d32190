//! A site's bill compared with hand calculations: tiers, taxes, levies, charges, standby and heat (section 4b).

use super::cases;
use super::paths::{assert_near, run, total};
use hashwatt_econ::account::{FlowKind, Quantity, border};
use hashwatt_econ::engine::{Dispatch, HoursCase, Inputs, PowerMode, Tier};
use hashwatt_econ::params::Price;
use hashwatt_econ::params::{Hour, HourProfile, SystemHour};
use jiff::civil::date;
use std::sync::Arc;

/// 31 days of 10 MW that always run.
fn january() -> Inputs {
    let mut inputs = cases::base(vec![cases::lot(10.0)]);
    (inputs.start, inputs.years) = (date(2027, 1, 1), 31.0 / 365.0);
    inputs.sites[0].uptime = 1.0;
    inputs
}

const MWH: f64 = 7440.0;

fn hours(inputs: &mut Inputs, hours: &[Hour]) {
    let profile = HourProfile::new(std::array::from_fn(|_| hours.to_vec())).unwrap();
    inputs.sites[0].hours = Arc::new(profile);
}

#[test]
fn bill_applies_each_tier_above_its_threshold() {
    let mut inputs = january();
    inputs.sites[0].tiers = vec![
        Tier { above_mwh_per_month: 2000.0, price_ratio: 1.5 },
        Tier { above_mwh_per_month: 6000.0, price_ratio: 2.0 },
    ];
    let paid = 40.0 * (2000.0 + 1.5 * 4000.0 + 2.0 * (MWH - 6000.0));
    assert_near(total(&run(&inputs), FlowKind::EnergyCharge), paid, 1e-12);
    inputs.sites[0].tiers[0].above_mwh_per_month = 1e6;
    inputs.sites[0].tiers.truncate(1);
    assert_near(total(&run(&inputs), FlowKind::EnergyCharge), 40.0 * MWH, 1e-12);
}

#[test]
fn levies_and_taxes_apply_to_all_lines_of_the_bill() {
    let mut inputs = january();
    let site = &mut inputs.sites[0];
    site.adjustments = vec![Price::usd(0.002), Price::usd(0.001)];
    site.levies = vec![Price::usd(0.004)];
    site.capacity_charge = Price::usd(2.0);
    site.demand_charge = Price::usd(3000.0);
    site.terms.levy_share = 0.03;
    site.terms.recoverable_tax = 0.18;
    site.terms.unrecoverable_tax = 0.05;
    let path = run(&inputs);
    let capacity = 10e3 * 2.0 * 12.0 * 31.0 / 365.0;
    assert_near(total(&path, FlowKind::Adjustments), 3.0 * MWH, 1e-12);
    assert_near(total(&path, FlowKind::CapacityCharge), capacity, 1e-12);
    assert_near(total(&path, FlowKind::DemandCharge), 30_000.0, 1e-12);
    let bill = 43.0 * MWH + capacity + 30_000.0;
    assert_near(total(&path, FlowKind::Levy), 4.0 * MWH + 0.03 * bill, 1e-12);
    assert_near(total(&path, FlowKind::UnrecoverableTax), 0.05 * bill, 1e-12);
    assert_near(total(&path, FlowKind::SalesTax), 0.18 * bill, 1e-12);
    assert_near(total(&path, FlowKind::SalesTaxRefund), 0.18 * bill, 1e-12);
}

#[test]
fn peak_hours_are_billed_at_their_ratio() {
    let mut inputs = january();
    let peak = Hour { peak: true, weight: 1.0, ..Hour::PLAIN };
    hours(&mut inputs, &[peak, Hour { weight: 3.0, price_ratio: 2.0, ..Hour::PLAIN }]);
    inputs.sites[0].terms.peak_ratio = 1.6;
    inputs.sites[0].terms.off_peak_ratio = 0.5;
    let mean = 0.25 * 1.6 + 0.75 * 2.0 * 0.5;
    assert_near(total(&run(&inputs), FlowKind::EnergyCharge), 40.0 * mean * MWH, 1e-12);
}

/// Curtailed energy is not billed; the capacity charge of its hours may still be due.
#[test]
fn capacity_charge_of_curtailed_hours_is_due_in_part() {
    let mut inputs = january();
    let short = SystemHour { available_mw: 0.0, demand_mw: 0.0 };
    hours(
        &mut inputs,
        &[Hour { system: short, ..Hour::PLAIN }, Hour { weight: 3.0, ..Hour::PLAIN }],
    );
    inputs.case = HoursCase::Interruptible;
    inputs.sites[0].capacity_charge = Price::usd(2.0);
    let capacity = 10e3 * 2.0 * 12.0 * 31.0 / 365.0;
    for part in [0.0, 0.4, 1.0] {
        inputs.sites[0].terms.charge_when_curtailed = part;
        let path = run(&inputs);
        let due = 0.75 + 0.25 * part;
        assert_near(total(&path, FlowKind::CapacityCharge), capacity * due, 1e-12);
        assert_near(total(&path, FlowKind::EnergyCharge), 40.0 * 0.75 * MWH, 1e-12);
        assert_near(path.accounts.total(Quantity::Curtailed), 0.25 * MWH, 1e-12);
    }
}

/// Machines stopped because of the price use and pay for standby energy.
#[test]
fn stopped_hours_are_billed_for_standby() {
    let mut inputs = january();
    let dear = Hour { price_ratio: 100.0, ..Hour::PLAIN };
    hours(&mut inputs, &[dear, Hour { weight: 3.0, ..Hour::PLAIN }]);
    inputs.sites[0].dispatch = Dispatch::Responsive;
    inputs.sites[0].terms.standby = 0.02;
    let path = run(&inputs);
    assert_near(path.accounts.total(Quantity::MiningEnergy), 0.75 * MWH, 1e-12);
    assert_near(path.accounts.total(Quantity::StandbyEnergy), 0.02 * 0.25 * MWH, 1e-12);
    let paid = 40.0 * (0.75 + 100.0 * 0.02 * 0.25) * MWH;
    assert_near(total(&path, FlowKind::EnergyCharge), paid, 1e-12);
    // Other costs apply to running machines only.
    let costs = total(&path, FlowKind::CostsHome) + total(&path, FlowKind::CostsAbroad);
    assert_near(costs, 5.0 * 0.75 * MWH, 1e-12);
}

/// Heat reduces hashrate at the same power, and cooling increases power at the same hashrate.
#[test]
fn hot_month_has_less_hashrate_or_more_power() {
    let plain = run(&january());
    let of = |hashrate: f64, pue: f64| {
        let mut inputs = january();
        inputs.sites[0].heat_hashrate = [hashrate; 12];
        inputs.sites[0].heat_pue = [pue; 12];
        let path = run(&inputs);
        let over = |quantity| path.accounts.total(quantity) / plain.accounts.total(quantity);
        (over(Quantity::OwnHashes), over(Quantity::Energy))
    };
    let near = |got: (f64, f64), hashes: f64, energy: f64| {
        assert_near(got.0, hashes, 1e-12);
        assert_near(got.1, energy, 1e-12);
    };
    near(of(0.9, 1.0), 0.9, 1.0);
    near(of(1.0, 1.1), 1.0, 1.1);
}

/// Offered load is paid for while it runs, stops when called, and is then paid the strike price.
#[test]
fn offered_load_earns_availability_and_strike_payments() {
    let mut inputs = january();
    inputs.sites[0].modes = vec![PowerMode::NORMAL];
    let terms = &mut inputs.sites[0].terms;
    (terms.ancillary_price, terms.ancillary_share) = (10.0, 0.5);
    (terms.ancillary_called, terms.ancillary_strike) = (0.02, 80.0);
    let path = run(&inputs);
    assert_near(path.accounts.total(Quantity::Energy), 0.99 * MWH, 1e-12);
    let paid = MWH * (10.0 * 0.5 + 0.02 * 0.5 * 80.0);
    assert_near(total(&path, FlowKind::Ancillary), paid, 1e-12);
}

/// Mined bitcoin is split into repatriated, held and abroad, and domestic owners receive their share.
#[test]
fn bitcoin_is_split_by_repatriated_and_held_shares() {
    let mut inputs = january();
    (inputs.operator.repatriated, inputs.operator.held_of_rest) = (0.6, 0.25);
    inputs.operator.foreign_share = 0.3;
    inputs.pool.fee = 0.02;
    inputs.pool.stale = 0.01;
    let path = run(&inputs);
    let parts = [FlowKind::BitcoinSold, FlowKind::BitcoinHeld, FlowKind::BitcoinAbroad];
    let all: f64 = parts.iter().map(|&kind| total(&path, kind)).sum();
    for (kind, part) in parts.into_iter().zip([0.6, 0.1, 0.3]) {
        assert_near(total(&path, kind), part * all, 1e-12);
    }
    let seconds = 31.0 * 86_400.0;
    let hashes = path.accounts.total(Quantity::OwnHashes) * 1e18;
    assert_near(hashes, 10e6 / (15e-12 * 1.05) * seconds, 1e-12);
    let mined: f64 = path
        .epochs
        .iter()
        .map(|e| e.own * (e.end - e.begin) / e.expected * e.reward * 0.98 * 0.99)
        .sum();
    assert_near(path.accounts.total(Quantity::Btc), mined, 1e-12);
    assert_near(all, mined * 65_159.0, 1e-12);
    // Cash deficit: money abroad and held bitcoin are exchanged first, and none remains.
    let held =
        border::cross_border(&path.accounts, hashwatt_econ::account::MeansOfPayment::Bitcoin, 0);
    assert!(held.abs() < 0.01 && total(&path, FlowKind::EquityHome) > 0.0);
}
