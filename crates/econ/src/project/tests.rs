use super::*;
use crate::uncertainty::{Efficiency, Estimate};
use crate::units::{JoulesPerHash, MachinePrice};
use crate::{Case, Fleet, SitePlan};

/// So many MW at 15 J/TH, PUE 1.05, uptime 0.95, all at once.
pub(super) fn project(mw: f64, years: f64) -> Project {
    let case = Case::new(Watts::from_mw(mw));
    let efficiency = Estimate::assumed(JoulesPerHash::from_j_per_th(15.0), "test");
    let lot = Lot {
        name: "lot".to_owned(),
        fleet: Fleet::of_efficiency(Efficiency::new(efficiency).unwrap()),
        power: Estimate::assumed(Watts::from_mw(mw), "test"),
        begins: Seconds::ZERO,
        delivery: Seconds::ZERO,
        life: Seconds::from_years(100.0),
        failure_per_year: Fraction::ZERO,
        drift_per_year: Fraction::ZERO,
        machine_price: Some(Estimate::assumed(MachinePrice::from_usd_per_th_s(16.0), "test")),
        duty: Fraction::ZERO,
        resale: Fraction::ZERO,
        status: LotStatus::Shipping,
    };
    Project {
        network: case.network,
        start: jiff::civil::date(2026, 9, 11),
        length: Seconds::from_years(years),
        sites: vec![SitePlan {
            name: "site".to_owned(),
            site: case.site,
            heat: Heat::default(),
            hours: Hours::default(),
            energy_price: Some(Estimate::assumed(EnergyPrice::from_usd_per_kwh(0.05), "test")),
            currency: crate::Currency::USD,
            other_costs: Estimate::assumed(EnergyPrice::ZERO, "test"),
            infrastructure: Some(Estimate::assumed(SitePrice::from_usd_per_mw(0.5e6), "test")),
            lots: vec![lot],
        }],
        pool: case.pool,
        discount_per_year: Estimate::assumed(0.1, "test"),
        response: Response::default(),
        displacement: None,
        price_drift_per_year: Estimate::assumed(0.0, "test"),
        noise: Noise::Bootstrap,
        factors: Vec::new(),
        inputs: Vec::new(),
        warnings: Vec::new(),
    }
}

fn simulate(project: &Project, paths: usize) -> Projection {
    project.simulate(&Settings { paths, seed: 7 }, &|_| true).unwrap()
}

#[test]
fn the_first_epoch_is_the_snapshot_before_the_retarget() {
    let path = project(2_000.0, 1.0).expected_path().unwrap();
    let snapshot = Case::new(Watts::from_mw(2_000.0)).snapshot().unwrap();
    let first = &path.epochs[0];
    let own = first.own.p50.as_eh_s() / snapshot.average.as_eh_s();
    assert!((own - 1.0).abs() < 1e-6, "{own}");
    // Bitcoin of the epoch over its length: the next one's beginning less its own.
    let length = path.epochs[1].begins.p50 - first.begins.p50;
    let rate = (first.btc.p50 / length) / snapshot.before.btc;
    assert!((rate - 1.0).abs() < 1e-5, "{rate}");
}

#[test]
fn given_no_displacement_the_network_settles_at_the_snapshots_after() {
    // With all of the answer switched off: nobody leaves, joins, grows.
    let mut project = project(2_000.0, 1.5);
    project.displacement = Some(Estimate::assumed(Fraction::ZERO, "test"));
    project.response.growth_per_year = 0.0;
    project.response.leaving = Seconds::from_days(3650.0);
    project.response.joining = Seconds::from_days(3650.0);
    let path = project.expected_path().unwrap();
    let snapshot = Case::new(Watts::from_mw(2_000.0)).snapshot().unwrap();
    let last = path.epochs.last().unwrap();
    let share = last.own.p50 / last.network.p50;
    assert!((share / snapshot.share_of_blocks - 1.0).abs() < 0.01, "{share}");
    let hashprice = last.hashprice.p50 / snapshot.after.hashprice;
    assert!((hashprice - 1.0).abs() < 0.01, "{hashprice}");
}

#[test]
fn displacement_begins_near_nothing_and_grows_toward_all() {
    let mut project = project(2_000.0, 10.0);
    project.noise = Noise::None;
    let path = simulate(&project, 1);
    let d: Vec<f64> = path.epochs.iter().map(|row| row.displacement.p50).collect();
    assert!(d[0] < 0.01, "{}", d[0]);
    let after_years = |years: f64| d[(years * 26.0) as usize];
    println!(
        "displacement of 2,000 MW after 1, 2, 4, 9 years: {:.2} {:.2} {:.2} {:.2}",
        after_years(1.0),
        after_years(2.0),
        after_years(4.0),
        after_years(9.0)
    );
    assert!(after_years(1.0) > d[0] && after_years(9.0) > after_years(1.0));
    assert!(after_years(9.0) > 0.6, "{}", after_years(9.0));
}

#[test]
fn an_override_holds_in_every_epoch() {
    let mut project = project(2_000.0, 3.0);
    project.displacement = Some(Estimate::assumed(Fraction::new(0.4).unwrap(), "test"));
    for row in simulate(&project, 40).epochs {
        assert!(
            (row.displacement.p5 - 0.4).abs() < 1e-5 && (row.displacement.p95 - 0.4).abs() < 1e-5
        );
    }
}

#[test]
fn the_subsidy_halves_on_its_day() {
    // Height 1,050,000 lies in epoch 520.
    let path = project(100.0, 3.0).expected_path().unwrap();
    let row = |epoch: u32| path.epochs.iter().find(|row| row.epoch == epoch).unwrap();
    let reward = |epoch: u32| {
        let row = row(epoch);
        // From hashprice: reward = hashprice * E(D) / price.
        let hashes = row.difficulty.p50 * 2f64.powi(48) / 65_535.0;
        row.hashprice.p50.as_usd_per_ph_day() / (1e15 * 86_400.0) * hashes
            / row.price.p50.as_usd_per_btc()
    };
    assert!((reward(519) - 3.148).abs() < 1e-3, "{}", reward(519));
    assert!((reward(521) - 1.5855).abs() < 1e-3, "{}", reward(521));
    let inside = f64::from(1_050_000 - 520 * 2016) / 2016.0;
    let mean = 3.125 * inside + 1.5625 * (1.0 - inside) + 0.023;
    assert!((reward(520) - mean).abs() < 1e-3, "{}", reward(520));
    let date = path.date(row(521).begins.p50);
    assert!((2028..=2028).contains(&date.year()), "{date}");
}

#[test]
fn paths_are_the_same_for_any_number_of_threads() {
    let mut project = project(500.0, 4.0);
    project.factors = vec![Factor { kind: FactorKind::Tariff, low: 0.8, base: 1.0, high: 1.3 }];
    let all = simulate(&project, 200);
    #[cfg(feature = "parallel")]
    for threads in [1, 2, 5] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| simulate(&project, 200)), all, "{threads} threads");
    }
    // The first paths are the same however many follow, and another seed gives others.
    let other = project.simulate(&Settings { paths: 200, seed: 8 }, &|_| true).unwrap();
    assert_ne!(other.totals, all.totals);
    assert_eq!(simulate(&project, 200), all);
}

#[test]
fn an_interrupted_simulation_says_so() {
    let project = project(500.0, 1.0);
    let settings = Settings { paths: 1_000, seed: 1 };
    let part = project.simulate(&settings, &|done| done < 100).unwrap();
    assert!(!part.is_complete() && part.paths >= 100 && part.paths < 1_000, "{}", part.paths);
}

#[test]
fn extremes_are_survived_or_named() {
    for (mw, fees, height, eh) in [
        (20_000.0, 0.023, 965_664, 905.0),
        (1e-6, 0.023, 965_664, 905.0),
        (2_000.0, 0.0, 965_664, 905.0),
        (2_000.0, 0.0, 6_930_000, 905.0),
        (2_000.0, 0.023, 6_930_000, 905.0),
        (0.0, 0.023, 965_664, 905.0),
        (2_000.0, 0.023, 965_664, 1e-12),
    ] {
        for displacement in [None, Some(Fraction::ONE)] {
            let mut project = project(mw, 4.0);
            project.network.fees_per_block =
                Estimate::assumed(crate::units::Btc::from_btc(fees), "t");
            project.network.height = Estimate::assumed(height, "t");
            project.network.hashrate = Estimate::assumed(Hashrate::from_eh_s(eh), "t");
            project.displacement = displacement.map(|d| Estimate::assumed(d, "t"));
            let found = simulate(&project, 20);
            let npv = found.totals.npv.unwrap().p50.as_usd();
            assert!(npv.is_finite(), "{mw} {fees} {height} {eh}");
            for row in &found.epochs {
                let share = row.own.p50 / row.network.p50;
                assert!((0.0..=1.0).contains(&share), "{share} at {mw} {eh}");
            }
        }
    }
}

#[test]
fn a_lot_that_does_not_earn_its_power_stands_still() {
    let mut project = project(100.0, 1.0);
    project.noise = Noise::None;
    project.sites[0].energy_price =
        Some(Estimate::assumed(EnergyPrice::from_usd_per_kwh(0.5), "t"));
    let runs = simulate(&project, 1);
    assert!(runs.totals.operating_value.unwrap().p50.as_usd() < 0.0);
    project.sites[0].hours.price_cutoff = true;
    let stands = simulate(&project, 1);
    assert_eq!(stands.totals.operating_value.unwrap().p50.as_usd(), 0.0);
    assert_eq!(stands.totals.btc.p50.as_btc(), 0.0);
    assert_eq!(stands.totals.cost_per_btc, None);
}

#[test]
fn without_a_price_there_is_no_npv_and_the_reason_is_told() {
    let mut project = project(100.0, 1.0);
    project.sites[0].lots[0].machine_price = None;
    let found = simulate(&project, 10);
    assert!(found.totals.npv.is_none() && found.totals.payback.is_none());
    assert_eq!(found.npv_missing.as_deref(), Some("not given: usd_per_th of lot"));
    assert!(found.totals.operating_value.is_some());
    project.sites[0].energy_price = None;
    let found = simulate(&project, 10);
    assert!(found.totals.operating_value.is_none() && found.epochs[0].energy_cost.is_none());
    assert!(project.sensitivity(16, 1, &|_| true).is_err());
}

#[test]
fn memory_is_refused_before_it_is_taken() {
    let project = project(100.0, 50.0);
    let many = Settings { paths: usize::MAX, seed: 1 };
    let error = project.simulate(&many, &|_| true).unwrap_err().to_string();
    assert!(error.starts_with("paths is "), "{error}");
    assert!(project.simulate(&Settings { paths: 0, seed: 1 }, &|_| true).is_err());
}

#[test]
fn a_step_is_an_epoch_of_the_path() {
    let mut project = project(2_000.0, 2.0);
    project.noise = Noise::None;
    let plan = Plan::new(&project).unwrap();
    let found = simulate(&project, 1);
    let mut state = plan.start();
    for row in &found.epochs[..found.epochs.len() - 1] {
        let (next, result) = plan.step(&state, crate::MarketShock::default());
        assert!((result.btc / row.btc.p50 - 1.0).abs() < 1e-6, "{}", row.epoch);
        assert!((state.at().as_seconds() - row.begins.p50.as_seconds()).abs() < 64.0);
        assert_eq!(state.height(), row.first_height);
        state = next;
    }
}

#[test]
fn the_network_without_the_project_is_the_one_it_displaces_from() {
    let mut project = project(2_000.0, 2.0);
    project.noise = Noise::None;
    for row in simulate(&project, 1).epochs {
        let (own, displaced) = (row.own.p50.as_eh_s(), row.displacement.p50);
        let without = row.network.p50.as_eh_s() - own * (1.0 - displaced);
        assert!((row.network_without.p50.as_eh_s() / without - 1.0).abs() < 1e-4, "{}", row.epoch);
    }
}

#[test]
fn indices_and_bars_name_what_matters() {
    let mut project = project(500.0, 3.0);
    project.factors = vec![
        Factor { kind: FactorKind::Tariff, low: 0.7, base: 1.0, high: 1.4 },
        Factor { kind: FactorKind::Fees, low: 0.99, base: 1.0, high: 1.01 },
    ];
    let found = project.sensitivity(256, 3, &|_| true).unwrap();
    assert!(found.is_npv && found.complete && found.tornado.len() == 3);
    let index = |kind| found.sobol.iter().find(|index| index.factor == kind).unwrap();
    assert!(index(None).total > 0.3 && index(Some(FactorKind::Fees)).total < 0.02, "{found:?}");
    let bar = |kind| {
        let is = |bar: &&TornadoBar| bar.factor.as_ref().map(|f| f.kind) == kind;
        found.tornado.iter().find(is).unwrap()
    };
    // A dearer tariff is worth less.
    let tariff = bar(Some(FactorKind::Tariff));
    assert!(tariff.at_low > found.base && tariff.at_high < found.base);
    // With the market still, all of the variance is the inputs'.
    project.noise = Noise::None;
    let still = project.sensitivity(256, 3, &|_| true).unwrap();
    let tariff = still.sobol.iter().find(|i| i.factor == Some(FactorKind::Tariff)).unwrap();
    assert!((tariff.total - 1.0).abs() < 0.1 && still.sobol.iter().all(|i| i.total < 1.2));
}

/// Figure 5: 10,000 paths of ten years. Run with `--release -- --nocapture` on one thread.
#[test]
fn ten_thousand_paths_of_ten_years() {
    let full = std::env::var_os("HASHWATT_FULL").is_some();
    let paths = if full { 10_000 } else { 200 };
    let project = project(2_000.0, 10.0);
    let start = std::time::Instant::now();
    let found = simulate(&project, paths);
    println!("{paths} ten-year paths with bands by epoch: {:.3} s", start.elapsed().as_secs_f64());
    assert_eq!(found.paths, paths);
    assert!(found.epochs.len() > 255, "{}", found.epochs.len());
}
