//! Market presets: base and band match their labels, and contradicting keys are refused.

use hashwatt_econ::engine::{Column, ModelEpoch};
use hashwatt_econ::prelude::*;
use hashwatt_econ::scenario::Warning;

/// Day-one values without ranges, so only the market causes a band.
const SITE: &str = "power_mw = 10\ntariff = \"40 USD/MWh\"\nefficiency_j_per_th = 15\n\
    price_usd_per_btc = 65000\nfees_btc_per_block = 0.02\nnetwork_hashrate_eh_per_s = 900\n\
    machine_price_usd_per_th_s = 15\ninfrastructure_usd_per_mw = 300000\n[project]\nstart = 2026-09-11\nyears = 3\nmachine_tolerance = 0\n[market]\n";
const PRICES: &str = "date,value\n2026-09-01,65000\n2027-06-01,130000\n2028-06-01,32500\n";

fn scenario(market: &str) -> Result<Study, String> {
    let read = |file: &str| match file {
        "prices.csv" => Ok(PRICES.to_owned()),
        "hashrate.csv" => Ok("date,value\n2026-09-01,900\n2027-09-11,1800\n".to_owned()),
        other => Err(format!("no {other}")),
    };
    let scenario = Scenario::from_toml(&format!("{SITE}{market}")).map_err(|e| e.to_string())?;
    let resolved = scenario.resolve_with_files(read).map_err(|e| e.to_string())?;
    Study::new(resolved).map_err(|e| e.to_string())
}

fn epochs(market: &str) -> Vec<ModelEpoch> {
    scenario(market).unwrap().base().unwrap().epochs
}

const YEAR_S: f64 = 365.0 * 86_400.0;

fn near(found: f64, wanted: f64) {
    assert!((found / wanted - 1.0).abs() < 1e-9, "{found} for {wanted}");
}

/// Width of the 90 % band of the last month relative to its median.
fn width(market: &str, column: Column) -> f64 {
    let study = scenario(market).unwrap();
    let outcome = study.simulate(Paths { count: 200, seed: 1 }, &|_| true).unwrap();
    let last = study.calendar().months().len() - 1;
    let found = outcome.get(Figure::Month(column, last as u16)).unwrap();
    let band = found.band.unwrap();
    (band.p95 - band.p05) / band.p50
}

fn label(market: &str) -> String {
    let study = scenario(market).unwrap();
    // The label is the first warning, and it applies to every figure.
    let first = study.resolved().warnings.first().unwrap().clone();
    assert!(matches!(first, Warning::PresetMarket { .. }) && first.qualifies_figures());
    first.to_string()
}

#[test]
fn flat_real_preset_is_constant_without_a_band() {
    let flat = "preset = \"flat_real\"\n";
    for epoch in epochs(flat) {
        assert_eq!(epoch.price, 65_000.0);
        // The subsidy halves at height 1,050,000, in 2028; fees are constant.
        let subsidy = [3.125, 1.5625];
        let is_one = |of: &f64| (epoch.reward - of - 0.02).abs() < 1e-12;
        let is_between = epoch.reward - 0.02 < subsidy[0] && epoch.reward - 0.02 > subsidy[1];
        assert!(subsidy.iter().any(is_one) || is_between, "{epoch:?}");
    }
    for column in [Column::Price, Column::Hashprice, Column::Network] {
        assert!(width(flat, column) < 1e-6, "{column:?}");
    }
    // Other miners still respond: hashprice is lower after the halving.
    let network: Vec<f64> =
        epochs(flat).iter().map(|epoch| epoch.network_without_project).collect();
    assert!(network.windows(2).any(|pair| pair[0] != pair[1]));
    let message = label(flat);
    for part in
        ["flat_real", "price and the fees are constant", "respond to hashprice", "not a forecast"]
    {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[test]
fn drift_preset_has_the_given_growth_without_a_band() {
    let drift = "preset = \"drift\"\nprice_drift_per_year = 0.1\nothers_growth_per_year = 0.25\n";
    for epoch in epochs(drift) {
        let years = epoch.begin / YEAR_S;
        near(epoch.price, 65_000.0 * (0.1 * years).exp());
        near(epoch.network_without_project, 900e18 * 1.25f64.powf(years));
    }
    assert!(width(drift, Column::Price) < 1e-6 && width(drift, Column::Network) < 1e-6);
    let message = label(drift);
    assert!(
        message.contains("grows at the given drift") && message.contains("miners grow"),
        "{message}"
    );
    // A range of the drift is the only source of the band.
    let ranged =
        "preset = \"drift\"\nprice_drift_per_year = { value = 0, low = -0.1, high = 0.1 }\n";
    let found = width(ranged, Column::Price);
    // 5 % to 95 % after 3 years less half a month: e^0.296 - e^-0.296, to 10 % with 200 draws.
    let wanted = (0.1f64 * 2.96).exp() - (-0.1f64 * 2.96).exp();
    assert!((found / wanted - 1.0).abs() < 0.15, "{found} for {wanted}");
    assert!(label(ranged).contains("respond to hashprice"));
}

#[test]
fn file_preset_has_the_values_at_their_dates() {
    let file = "preset = \"file\"\nprice_path = \"prices.csv\"\nothers_path = \"hashrate.csv\"\n";
    // 1 June 2027 and 1 June 2028 are 263 and 629 days after the start, 11 September 2027 is 365.
    for epoch in epochs(file) {
        let days = epoch.begin / 86_400.0;
        let price = match days {
            days if days < 263.0 => 65_000.0,
            days if days < 629.0 => 130_000.0,
            _ => 32_500.0,
        };
        assert_eq!(epoch.price, price, "{days}");
        near(epoch.network_without_project, if days < 365.0 { 900e18 } else { 1_800e18 });
    }
    assert!(width(file, Column::Price) < 1e-6 && width(file, Column::Network) < 1e-6);
    let message = label(file);
    assert!(
        message.contains("price follows its file") && message.contains("hashrate follows its file"),
        "{message}"
    );
}

#[test]
fn bootstrap_preset_has_past_noise_without_drift() {
    let bootstrap = "preset = \"bootstrap\"\n";
    assert!(epochs(bootstrap).iter().all(|epoch| epoch.price == 65_000.0));
    assert!(width(bootstrap, Column::Price) > 0.5);
    // It is the default without any market key.
    let run = |market: &str| {
        let study = scenario(market).unwrap();
        study.simulate(Paths { count: 100, seed: 3 }, &|_| true).unwrap()
    };
    let (given, silent) = (run(bootstrap), run(""));
    for figure in [Figure::Npv, Figure::NpvProject, Figure::Month(Column::Price, 20)] {
        assert_eq!(given.get(figure).unwrap(), silent.get(figure).unwrap(), "{figure:?}");
    }
    // The median price is constant within the error of 400 draws: the deviation over three years is about 0.8.
    let study = scenario(bootstrap).unwrap();
    let outcome = study.simulate(Paths { count: 400, seed: 1 }, &|_| true).unwrap();
    let median = outcome.get(Figure::Month(Column::Price, 34)).unwrap().band.unwrap().p50;
    let log = (median / 65_000.0).ln();
    assert!(log.abs() < 3.0 * 1.25 * 0.8 / 20.0, "{log}");
    assert!(label(bootstrap).contains("without drift"));
}

#[test]
fn contradicting_keys_are_refused_and_missing_keys_named() {
    let message =
        |market: &str| scenario(market).err().unwrap_or_else(|| panic!("{market} is taken"));
    let keys = [
        ("noise", "noise = \"none\"\n"),
        ("price_drift_per_year", "price_drift_per_year = 0\n"),
        ("others_growth_per_year", "others_growth_per_year = 0.1\n"),
        ("price_path", "price_path = \"prices.csv\"\n"),
        ("others_path", "others_path = \"hashrate.csv\"\n"),
    ];
    for (preset, with, taken) in [
        ("flat_real", "", &[][..]),
        (
            "drift",
            "price_drift_per_year = 0\n",
            &["price_drift_per_year", "others_growth_per_year"],
        ),
        ("file", "price_path = \"prices.csv\"\n", &["price_path", "others_path"]),
        ("bootstrap", "", &[]),
    ] {
        for (key, line) in keys.iter().filter(|(_, line)| *line != with) {
            let market = format!("preset = \"{preset}\"\n{with}{line}");
            if taken.contains(key) {
                scenario(&market).unwrap();
                continue;
            }
            let message = message(&market);
            let wanted =
                format!("market.{key}: cannot be combined with market.preset = \"{preset}\"");
            assert!(message.contains(&wanted), "{message}");
        }
    }
    for (preset, key) in [("drift", "market.price_drift_per_year"), ("file", "market.price_path")] {
        let message = message(&format!("preset = \"{preset}\"\n"));
        assert!(message.contains(key) && message.contains("give the"), "{message}");
    }
    assert!(message("preset = \"bull\"\n").contains("flat_real"));
    let both = "others_growth_per_year = 0.1\nothers_path = \"hashrate.csv\"\n";
    assert!(message(both).contains("cannot be combined with market.others_path"));
}

#[test]
fn growing_others_are_exogenous_and_warned() {
    let growth = "others_growth_per_year = 0.4\nnoise = \"none\"\n";
    for epoch in epochs(growth) {
        near(epoch.network_without_project, 900e18 * 1.4f64.powf(epoch.begin / YEAR_S));
        // No displacement: the network is the sum of both.
        near(epoch.network, epoch.network_without_project + epoch.own);
    }
    let warnings = &scenario(growth).unwrap().resolved().warnings.clone();
    let message = warnings.iter().find(|one| matches!(one, Warning::GrowingOthers { .. })).unwrap();
    assert!(message.to_string().contains("grow by 40 % a year"), "{message}");
    // Expensive power does not stop them, unlike miners that respond.
    let dear = |market: &str| {
        let study =
            scenario(&format!("{market}preset = \"drift\"\nprice_drift_per_year = -1\n")).unwrap();
        study.base().unwrap().epochs.last().unwrap().network_without_project
    };
    assert!(dear("others_growth_per_year = 0\n") > 1.5 * dear(""));
    // Residuals multiply them as they multiply a path.
    assert!(width("others_growth_per_year = 0.4\n", Column::Network) > 0.1);
}
