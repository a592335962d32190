//! Dispatch of hours: modes, caps, calls and peaks (equations M8, M9 and M11).

use super::paths::{assert_near, run, total};
use super::{cases, draws};
use hashwatt_econ::account::{FlowKind, Quantity};
use hashwatt_econ::engine::*;
use hashwatt_econ::params::Price;
use hashwatt_econ::params::{Hour, HourProfile, MONTH_HOURS, SystemHour};
use jiff::civil::date;
use proptest::prelude::*;
use std::sync::Arc;

/// A calendar year of 10 MW that always run, with the given hours.
fn year(profile: HourProfile) -> Inputs {
    let mut inputs = cases::base(vec![cases::lot(10.0)]);
    (inputs.start, inputs.years) = (date(2027, 1, 1), 1.0);
    inputs.sites[0].uptime = 1.0;
    inputs.sites[0].hours = Arc::new(profile);
    inputs
}

/// Hours of equal weight, the same in every month.
fn same_each_month(hours: &[Hour]) -> HourProfile {
    HourProfile::new(std::array::from_fn(|_| hours.to_vec())).unwrap()
}

fn energy(path: &SimulatedPath) -> f64 {
    path.accounts.total(Quantity::Energy)
}

/// Energy by month, MWh.
fn by_month(path: &SimulatedPath) -> Vec<f64> {
    let months = path.months.iter().enumerate();
    months.map(|(m, row)| row.get(Column::Power) * MONTH_HOURS[m % 12]).collect()
}

/// A price-taker: without displacement effects the site's dispatch depends only on itself.
fn price_taker(mut inputs: Inputs) -> Inputs {
    inputs.others = Others::Growing(0.1);
    inputs.displacement = Some(1.0);
    // Effects outside the dispatch decision: costs of stopping, of the year and of the system.
    (inputs.case, inputs.capacity) = (HoursCase::Firm, None);
    for site in &mut inputs.sites {
        (site.terms.standby, site.terms.emergency_hours) = (0.0, 0.0);
        // Peaks of the last years are billed at the horizon, earlier than the lag used in the dispatch decision.
        site.terms.peak_lag = 0.0;
        site.demand_charge = Price::usd(0.0);
        site.dispatch = Dispatch::Responsive;
    }
    inputs
}

proptest! {
    #![proptest_config(draws::config())]

    #[test]
    fn additional_modes_do_not_reduce_value(inputs in draws::inputs()) {
        let all = price_taker(inputs);
        let mut normal = all.clone();
        normal.sites.iter_mut().for_each(|site| site.modes = vec![PowerMode::NORMAL]);
        let (all, normal) = (run(&all).totals, run(&normal).totals);
        prop_assert!(all.npv_project >= normal.npv_project - 1.0, "{:?} {:?}", all, normal);
    }

    #[test]
    fn responsive_dispatch_is_worth_at_least_must_run(inputs in draws::inputs()) {
        let answers = price_taker(inputs);
        let mut must = answers.clone();
        must.sites.iter_mut().for_each(|site| site.dispatch = Dispatch::MustRun);
        let (answers, must) = (run(&answers).totals, run(&must).totals);
        prop_assert!(answers.npv_project >= must.npv_project - 1.0, "{:?} {:?}", answers, must);
    }

    /// Load never exceeds the installed machines with energy.
    #[test]
    fn load_of_random_inputs_never_exceeds_installed_machines(inputs in draws::inputs()) {
        let path = run(&inputs);
        let top = |site: &Site| site.modes.iter().map(|mode| mode.power()).fold(1.0, f64::max);
        let max_mw = |site: &Site, place: usize| {
            let lots = inputs.lots.iter().filter(|lot| lot.site == place);
            // Drift and heat may raise a machine's power above its nameplate.
            let hot = site.heat_pue.iter().copied().fold(1.0, f64::max);
            let mw: f64 = lots.map(|l| l.mw * (1.0 + l.drift).powf(l.life / cases::YEAR_S)).sum();
            mw * top(site) * hot * site.uptime.max(site.terms.standby)
        };
        let sites: f64 = inputs.sites.iter().enumerate().map(|(p, site)| max_mw(site, p)).sum();
        let standby: f64 = inputs.lots.iter().map(|lot| 0.02 * lot.mw).sum();
        let ai = inputs.ai.as_ref().map_or(0.0, |ai| ai.mw)
            + inputs.lease.as_ref().map_or(0.0, |lease| lease.mw);
        for row in &path.months {
            let power = row.get(Column::Power);
            prop_assert!((0.0..=(sites + standby + ai) * (1.0 + 1e-9)).contains(&power));
        }
    }
}

#[test]
fn annual_cap_applies_to_energy_in_winter_only() {
    let path = run(&cases::cap());
    assert_near(energy(&path), 40_000.0, 1e-9);
}

/// One limit for the year: the cheapest months run fully, the most expensive not at all.
#[test]
fn annual_cap_selects_the_cheapest_hours_of_the_year() {
    let profile = HourProfile::default()
        .map(|month, hour| Hour { price_ratio: 1.0 + month as f64 / 10.0, ..hour });
    let mut inputs = year(profile);
    // January to March, and half of April.
    inputs.sites[0].cap_hours = Some(744.0 + 672.0 + 744.0 + 360.0);
    let months = by_month(&run(&inputs));
    for (month, mwh) in months.iter().enumerate().take(12) {
        let part = [1.0, 1.0, 1.0, 0.5].get(month).copied().unwrap_or(0.0);
        assert!((mwh - 10.0 * part * MONTH_HOURS[month]).abs() < 1e-6, "{month}: {mwh}");
    }
}

/// Hours with partial energy count in the cap by their availability.
#[test]
fn annual_cap_counts_hours_by_availability() {
    let half = Hour { price_ratio: 0.5, available: 0.25, ..Hour::PLAIN };
    let mut inputs = year(same_each_month(&[half, Hour::PLAIN]));
    inputs.sites[0].cap_hours = Some(3000.0);
    let path = run(&inputs);
    assert_near(energy(&path), 30_000.0, 1e-9);
    let cheap = 0.25 * 4380.0;
    let paid = 10.0 * 40.0 * (0.5 * cheap + 3000.0 - cheap);
    assert_near(total(&path, FlowKind::EnergyCharge), paid, 1e-9);
}

#[test]
fn annual_cap_with_negative_tariff_selects_the_best_paid_hours() {
    let hours = [0.5, 2.0].map(|price_ratio| Hour { price_ratio, ..Hour::PLAIN });
    let mut inputs = year(same_each_month(&hours));
    inputs.sites[0].tariff = Price::usd(-0.02);
    inputs.sites[0].cap_hours = Some(4380.0);
    let path = run(&inputs);
    assert_near(total(&path, FlowKind::EnergyCharge) / energy(&path), -40.0, 1e-9);
    assert_near(energy(&path), 43_800.0, 1e-9);
}

/// Emergency calls take the hours with the least free capacity before the cap applies, and pay for the load.
#[test]
fn emergency_calls_take_the_scarcest_hours() {
    let free = |mw: f64| SystemHour { available_mw: mw, demand_mw: 0.0 };
    let hours = [100.0, 20.0, 50.0, 100.0].map(|mw| Hour {
        price_ratio: mw / 100.0,
        system: free(mw),
        ..Hour::PLAIN
    });
    let mut inputs = year(same_each_month(&hours));
    inputs.sites[0].terms.emergency_hours = 2190.0 + 1095.0;
    inputs.sites[0].terms.emergency_price = 70.0;
    let path = run(&inputs);
    let (all, half) = (10.0 * 2190.0, 10.0 * 1095.0);
    assert_near(energy(&path), 2.0 * all + half, 1e-9);
    assert_near(path.accounts.total(Quantity::EmergencyEnergy), all + half, 1e-9);
    assert_near(total(&path, FlowKind::EmergencyPayment), 70.0 * (all + half), 1e-9);
    // The cheapest hours were taken by calls.
    let paid = 40.0 * (2.0 * all + 0.5 * half);
    assert_near(total(&path, FlowKind::EnergyCharge), paid, 1e-9);
    inputs.sites[0].cap_hours = Some(1095.0 + 100.0);
    let path = run(&inputs);
    assert_near(energy(&path), half + 1000.0, 1e-9);
    assert_near(total(&path, FlowKind::EnergyCharge), 40.0 * (0.5 * half + 1000.0), 1e-9);
}

#[test]
fn must_run_pays_the_full_peak_charge() {
    let mut inputs = cases::hours();
    (inputs.start, inputs.years) = (date(2027, 1, 1), 1.0);
    inputs.sites[0].dispatch = Dispatch::MustRun;
    let lot = Lot { delivery: 0.0, life: cases::years(9.0), ..inputs.lots[0].clone() };
    inputs.lots = vec![lot];
    let path = run(&inputs);
    let charge = 55_000.0 * 50.0 * 0.95 * 0.5;
    assert_near(total(&path, FlowKind::PeakCharge), charge, 1e-9);
}

/// An hour runs while its income exceeds its cost including levies and adjustments.
#[test]
fn hours_stop_where_cost_equals_income() {
    let ratios: Vec<f64> = (0..200).map(|i| 0.5 + f64::from(i) / 100.0).collect();
    let hours: Vec<Hour> =
        ratios.iter().map(|&price_ratio| Hour { price_ratio, ..Hour::PLAIN }).collect();
    let mut inputs = year(same_each_month(&hours));
    (inputs.years, inputs.lots[0].mw) = (1.0 / 365.0, 1e-6);
    let site = &mut inputs.sites[0];
    site.dispatch = Dispatch::Responsive;
    site.adjustments = vec![Price::usd(0.002)];
    site.levies = vec![Price::usd(0.003)];
    site.terms.unrecoverable_tax = 0.05;
    site.terms.recoverable_tax = 0.15;
    site.terms.levy_share = 0.02;
    let path = run(&inputs);
    // USD/H over J/H, 3.6e9 J to a MWh.
    let earned = path.epochs[0].usd_per_hash() / (15e-12 * 1.05) * 3.6e9;
    let cost = |ratio: f64| (40.0 * ratio + 2.0) * 1.07 + 3.0 + 5.0;
    let running = ratios.iter().filter(|ratio| cost(**ratio) < earned).count() as f64 / 200.0;
    assert!((0.05..0.95).contains(&running), "{running}");
    assert_near(energy(&path), 1e-6 * 24.0 * running, 1e-9);
}

/// A rising demand charge leaves first the smaller mode, then no load; a must-run site pays for all.
#[test]
fn demand_charge_reduces_power() {
    let mut inputs = year(HourProfile::default());
    let eco = PowerMode { speed: 0.7, j_ratio: 0.8 };
    inputs.sites[0].modes = vec![eco, PowerMode::NORMAL];
    inputs.sites[0].dispatch = Dispatch::Responsive;
    inputs.sites[0].tariff = Price::usd(0.02);
    let of = |charge: f64| {
        let mut inputs = inputs.clone();
        inputs.sites[0].demand_charge = Price::usd(charge);
        let path = run(&inputs);
        (energy(&path) / 8760.0, total(&path, FlowKind::DemandCharge) / charge / 12.0)
    };
    let near = |got: (f64, f64), mw: f64| {
        assert!((got.0 - mw).abs() < 1e-6 && (got.1 - mw).abs() < 1e-6, "{got:?} for {mw}");
    };
    near(of(1.0), 10.0);
    near(of(40_000.0), 10.0 * eco.power());
    near(of(70_000.0), 0.0);
    // Machines that never run are not part of the network from the first epoch on.
    let mut still = inputs.clone();
    still.sites[0].demand_charge = Price::usd(70_000.0);
    assert!(run(&still).epochs.iter().all(|epoch| epoch.own == 0.0));
    inputs.sites[0].dispatch = Dispatch::MustRun;
    let mut always = inputs.clone();
    always.sites[0].demand_charge = Price::usd(60_000.0);
    let path = run(&always);
    assert_near(energy(&path), 87_600.0, 1e-9);
    assert_near(total(&path, FlowKind::DemandCharge), 10.0 * 60_000.0 * 12.0, 1e-9);
}

/// A leap year's February has 29 days.
#[test]
fn month_hours_follow_the_calendar() {
    let mut inputs = year(HourProfile::default());
    inputs.start = date(2028, 2, 1);
    inputs.years = 29.0 / 365.0;
    inputs.sites[0].demand_charge = Price::usd(100.0);
    let path = run(&inputs);
    assert_near(energy(&path), 10.0 * 696.0, 1e-12);
    assert_near(total(&path, FlowKind::DemandCharge), 1000.0, 1e-12);
}
