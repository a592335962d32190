//! The steady year compared with worked rows: 2,000 MW on a network of 905 EH/s.

use hashwatt_econ::params::Denomination;
use hashwatt_econ::result::{Basis, Figure, Moment, Outcome, Stage, Variable};
use hashwatt_econ::scenario::Scenario;
use hashwatt_econ::view::Study;

fn estimate(text: &str) -> Outcome {
    let scenario = Scenario::from_toml(text).unwrap();
    Study::new(scenario.resolve().unwrap()).unwrap().estimate().unwrap()
}

fn at(outcome: &Outcome, moment: Moment) -> f64 {
    outcome.get(Figure::Moment(moment)).unwrap().base
}

const HEADLINE: &str =
    "power_mw = 2000\ntariff = \"22.98 PKR/kWh\"\nexchange_rate = \"281 PKR/USD\"\n";

#[test]
fn estimate_matches_worked_rows() {
    for (j, rows) in [
        (
            15.0,
            [
                (Moment::Nameplate, 126.984_127),
                (Moment::Average, 120.634_921),
                (Moment::Share, 0.117_620),
                (Moment::BtcBefore, 60.395_725),
                (Moment::BtcAfter, 53.291_995),
                (Moment::HashpriceBefore, 32.621_774),
                (Moment::HashpriceAfter, 28.784_809),
                (Moment::MarginAfter, -256_686.0),
            ],
        ),
        (
            9.5,
            [
                (Moment::Nameplate, 200.501_253),
                (Moment::Average, 190.476_190),
                (Moment::Share, 0.173_875),
                (Moment::BtcBefore, 95.361_672),
                (Moment::BtcAfter, 78.780_638),
                (Moment::HashpriceBefore, 32.621_774),
                (Moment::HashpriceAfter, 26.949_655),
                (Moment::MarginAfter, 1_404_129.0),
            ],
        ),
    ] {
        let found = estimate(&format!("{HEADLINE}efficiency_j_per_th = {j:?}\n"));
        for (moment, right) in rows as [(Moment, f64); 8] {
            let ours = at(&found, moment);
            // To the number of digits of the rows.
            let digits = if right.abs() > 1e4 { 0.5 } else { 6e-7 };
            assert!((ours - right).abs() < digits, "{j} {}: {ours} for {right}", moment.key());
        }
        assert!((at(&found, Moment::EnergyPerYear) - 16.644).abs() < 1e-9);
    }
    let found = estimate(&format!("{HEADLINE}efficiency_j_per_th = 15.0\ndisplacement = 0.5\n"));
    assert!((at(&found, Moment::BtcAfter) - 56.621_924).abs() < 1e-6);
}

#[test]
fn break_evens_match_worked_rows() {
    for (j, usd) in [(15.0, 0.076_150), (9.5, 0.112_572)] {
        let found = estimate(&format!("{HEADLINE}efficiency_j_per_th = {j:?}\n"));
        let point = |variable| {
            let figure = Figure::BreakEven(variable, Basis::EnergyOnly, Stage::After);
            found.get(figure).unwrap().base
        };
        assert!((point(Variable::Tariff) - usd).abs() < 1e-6, "{j}");
        if j == 15.0 {
            assert!((point(Variable::Price) - 69_976.0).abs() < 1.0);
            assert!((point(Variable::Efficiency) - 13.829_885).abs() < 1e-5);
        }
    }
}

#[test]
fn losses_increase_carbon() {
    for (losses, mt) in [(0.0, 7.333_346), (0.0278, 7.543_043)] {
        let text = format!(
            "{HEADLINE}grid_average_g_per_kwh = 440.6\n[losses]\nto_customer = {losses:?}\n"
        );
        let tonnes = at(&estimate(&text), Moment::AverageCarbon);
        assert!((tonnes / 1e6 - mt).abs() < 1e-5, "{losses}: {tonnes}");
    }
    // No country is assumed: without an emission factor there is no figure.
    let found = estimate(HEADLINE);
    let missing = found.get(Figure::Moment(Moment::AverageCarbon)).unwrap_err();
    assert!(missing.keys.contains(&"grid_average_g_per_kwh".to_owned()), "{missing}");
}

#[test]
fn optimal_size_respects_the_displacement_limit() {
    for (displacement, best, none) in [("0.9", 10_558.0, 15_833.0), ("1.0", 9_502.0, 15_833.0)] {
        let text = format!("{HEADLINE}efficiency_j_per_th = 9.5\ndisplacement = {displacement}\n");
        let found = estimate(&text);
        assert!((at(&found, Moment::ProfitMaximising) - best).abs() < 1.0);
        assert!((at(&found, Moment::ZeroProfit) - none).abs() < 1.0);
    }
}

#[test]
fn subsidies_match_worked_amounts() {
    // 183.4 bn PKR a year compared with a cost of service of Rs 34.
    let text = format!(
        "{HEADLINE}[[reference]]\nkind = \"cost_of_service\"\nwhat = \"mean\"\nprice = \"34 PKR/kWh\"\n\
         metering_point = \"consumer\"\n"
    );
    let found = estimate(&text);
    let subsidy = Figure::SteadySubsidy(0, Denomination::Local);
    assert!((found.get(subsidy).unwrap().base / 1e9 - 183.416_88).abs() < 1e-6);
}

#[test]
fn estimate_matches_first_and_converged_epochs() {
    use super::cases;
    use hashwatt_econ::engine::{Engine, Others, steady};
    use hashwatt_econ::network::MarketDrivers;
    let lot = cases::lot(2000.0);
    let mut inputs =
        cases::base(vec![hashwatt_econ::engine::Lot { life: cases::years(20.0), ..lot }]);
    inputs.others = Others::Growing(0.0);
    inputs.displacement = Some(0.3);
    inputs.pool.fee = 0.02;
    inputs.years = 1.5;
    let moment = steady(&inputs).unwrap();
    let engine = Engine::new(inputs.start, inputs.years, MarketDrivers::default()).unwrap();
    let path = engine.base(&inputs).unwrap();
    let btc = |epoch: &hashwatt_econ::engine::ModelEpoch| {
        epoch.own * 86_400.0 / epoch.expected * epoch.reward * moment.pool_payout_ratio
    };
    let first = path.epochs.first().unwrap();
    assert!((btc(first) / moment.btc_per_day(&moment.before) - 1.0).abs() < 1e-9);
    // The path's difficulty has converged long before its last epoch.
    let last = path.epochs.last().unwrap();
    assert!((btc(last) / moment.btc_per_day(&moment.after) - 1.0).abs() < 1e-6);
    assert!((last.network / moment.after.network - 1.0).abs() < 1e-9);
}
