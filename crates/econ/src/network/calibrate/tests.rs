//! Coverage limits of the market's bands, and the tables of benches/RESULTS.md (`HASHWATT_FULL=1`).

use super::super::market::testing::centred_by_epochs;
use super::*;
use crate::pue::Pue;
use crate::units::EnergyPrice;

fn full() -> bool {
    std::env::var_os("HASHWATT_FULL").is_some()
}

fn settings() -> CalibrationSettings {
    let paths = if full() { 2_000 } else { 200 };
    CalibrationSettings { paths, ..CalibrationSettings::default() }
}

fn table(name: &str, calibration: &Calibration) {
    println!("\n{name}");
    for score in &calibration.scores {
        let CalibrationScore { figure, horizon_epochs, origins, n, effective_n, .. } = score;
        println!(
            "| {horizon_epochs:>2} | {:<10} | {:<7} | {n:>3} | {effective_n:>4.1} | {:>5.1} | {:>5.1} | \
             {:.4} | {:.4} | {} |",
            format!("{figure:?}"),
            format!("{origins:?}"),
            100.0 * score.coverage_50,
            100.0 * score.coverage_90,
            score.crps,
            score.crps_random_walk,
            score.pit.map(|count| count.to_string()).join(" "),
        );
    }
}

/// An earlier version of the model: power as the only cost, means by epochs.
fn earlier_model() -> CalibrationSettings {
    let supply = SupplyAssumptions {
        pue: Pue::constant(1.0),
        opex: EnergyPrice::ZERO,
        ..SupplyAssumptions::default()
    };
    let response = ResponseParameters { entry_ratio: 1.55, ..ResponseParameters::default() };
    CalibrationSettings { supply, response, block_epochs: 2, ..settings() }
}

/// Whether a share of the origins is within limits. A share of n origins changes in steps of 1/n, so limits are
/// widened to whole origins.
fn within(part: f64, n: usize, low: f64, high: f64) -> bool {
    let n = n as f64;
    let count = (part * n).round();
    (low * n).floor() <= count && count <= (high * n).ceil()
}

/// The limits that are missed at 30, 90 and 180 days, over all origins.
fn missed(calibration: &Calibration) -> Vec<String> {
    let mut missed = Vec::new();
    for horizon in [2, 6, 13] {
        for figure in ForecastVariable::ALL {
            let score = calibration.score(figure, horizon, OriginSubset::All).unwrap();
            let (n, half, nine_tenths) = (score.n, score.coverage_50, score.coverage_90);
            if !within(nine_tenths, n, 0.85, 0.95) || !within(half, n, 0.40, 0.60) {
                missed.push(format!("{horizon} epochs, {figure:?}: {half}, {nine_tenths} of {n}"));
            }
            // The model's price is a random walk: it is not compared with one.
            let claims = figure != ForecastVariable::Price;
            if claims && score.crps >= score.crps_random_walk {
                missed.push(format!("{horizon} epochs, {figure:?}: no better than a walk"));
            }
        }
    }
    missed
}

#[test]
fn market_bands_cover_past_outcomes() {
    let calibration = calibrate(&settings()).unwrap();
    table(&format!("blocks of {BLOCK_EPOCHS}"), &calibration);
    if full() {
        table("earlier model", &calibrate_with(&earlier_model(), centred_by_epochs).unwrap());
        let long = CalibrationSettings { block_epochs: 13, ..settings() };
        table("blocks of 13", &calibrate(&long).unwrap());
        table("other costs of 10.5 USD/MWh", &calibrate(&all_cash_costs()).unwrap());
    }
    assert_eq!(missed(&calibration), Vec::<String>::new());
}

/// All cash costs of surveyed miners as the switch-off threshold, with the corresponding entry ratio:
/// (20.8 + 16) / (20.26 * 0.024 * 57.75).
fn all_cash_costs() -> CalibrationSettings {
    let opex = EnergyPrice::from_usd_per_mwh(10.5);
    let supply = SupplyAssumptions { opex, ..SupplyAssumptions::default() };
    let response = ResponseParameters { entry_ratio: 1.31, ..ResponseParameters::default() };
    CalibrationSettings { supply, response, ..settings() }
}

#[test]
fn bands_too_narrow_or_too_wide_miss_the_limits() {
    fn scaled(residuals: &[MarketShock], block: usize, by: f64) -> MarketResiduals {
        let scale = |r: &MarketShock| MarketShock {
            price: r.price * by,
            growth: r.growth * by,
            fees: r.fees * by,
        };
        MarketResiduals::new(&residuals.iter().map(scale).collect::<Vec<_>>(), block)
    }
    let narrow = calibrate_with(&settings(), |r, block| scaled(r, block, 0.6)).unwrap();
    assert!(missed(&narrow).len() >= 9, "{:?}", missed(&narrow));
    let wide = calibrate_with(&settings(), |r, block| scaled(r, block, 1.7)).unwrap();
    assert!(missed(&wide).len() >= 7, "{:?}", missed(&wide));
}

#[test]
fn blocks_of_2_epochs_score_better_than_13_on_earlier_origins() {
    // Chosen on the earlier half of the origins, where the mean score is better; on the later one the two
    // are about equal.
    let long = CalibrationSettings { block_epochs: 13, ..settings() };
    let (chosen, long) = (calibrate(&settings()).unwrap(), calibrate(&long).unwrap());
    let sum = |calibration: &Calibration, origins: OriginSubset| -> f64 {
        let chosen = calibration.scores.iter().filter(|score| score.origins == origins);
        chosen.map(|score| score.crps / score.crps_random_walk).sum()
    };
    assert!(sum(&chosen, OriginSubset::Earlier) < sum(&long, OriginSubset::Earlier));
    let later = sum(&chosen, OriginSubset::Later) / sum(&long, OriginSubset::Later);
    assert!((later - 1.0).abs() < 0.05, "{later}");
}

#[test]
fn calibration_score_matches_hand_counts() {
    let score = |pit| ForecastScore { pit, crps: pit, crps_random_walk: 1.0 };
    let all = [0.01, 0.05, 0.2, 0.25, 0.5, 0.74, 0.8, 0.951].map(score);
    let scored = |origins| CalibrationScore::new(&all, ForecastVariable::Price, 4, origins);
    let score = scored(OriginSubset::All);
    assert_eq!((score.n, score.effective_n), (8, 2.0));
    assert_eq!((score.coverage_50, score.coverage_90), (3.0 / 8.0, 6.0 / 8.0));
    assert_eq!(score.pit, [2, 0, 2, 0, 0, 1, 0, 1, 1, 1]);
    assert_eq!(scored(OriginSubset::Earlier).coverage_50, 0.25);
    assert_eq!(scored(OriginSubset::Later).coverage_50, 0.5);
}

#[test]
fn crps_of_normal_sample_matches_closed_form() {
    let n = 4_000;
    let sample: Vec<f64> = (0..n)
        .map(|i| 0.3 * crate::normal::normal_quantile((f64::from(i) + 0.5) / f64::from(n)))
        .collect();
    for truth in [-0.9, 0.0, 0.1, 0.5] {
        let (found, closed) = (crps(&sample, truth), crps_of_normal(0.3, truth));
        assert!((found - closed).abs() < 1e-4, "{truth}: {found} for {closed}");
    }
}

#[test]
fn zero_paths_or_blocks_are_refused() {
    for (settings, field) in [
        (CalibrationSettings { paths: 0, ..settings() }, "paths"),
        (CalibrationSettings { block_epochs: 0, ..settings() }, "block_epochs"),
    ] {
        assert!(calibrate(&settings).unwrap_err().to_string().starts_with(field));
    }
}

/// The model's response to real hashprices compared with the network. Other reasons, such as a ban, are not modelled.
#[test]
fn response_to_past_hashprices_is_near_the_network() {
    let epochs = Epochs::shipped().unwrap().priced();
    let replay =
        Replay::new(epochs, CurveYears::shipped().unwrap(), &ResponseParameters::default());
    let log = |i: usize| epochs[i].difficulty().value().ln();
    let at = |day: jiff::civil::Date| {
        epochs.iter().position(|epoch| epoch.first_full_day >= Some(day)).unwrap()
    };
    let day = jiff::civil::date;
    let between = |name: &str, from, to| {
        let (from, to) = (at(from), at(to));
        let observed = (log(to) - log(from)).exp() - 1.0;
        let model = (from + 1..=to).map(|i| replay.expected[i]).sum::<f64>().exp() - 1.0;
        println!("{name}: model {:+.1} %, network {:+.1} %", model * 100.0, observed * 100.0);
        (model, observed)
    };
    let (_, ban) = between("2021, ban (May to July)", day(2021, 5, 10), day(2021, 7, 16));
    let (regrowth, back) =
        between("2021, after it (August to December)", day(2021, 8, 1), day(2021, 12, 15));
    let (bear, fell) = between("2022, summer (June to August)", day(2022, 6, 1), day(2022, 8, 10));
    let (halving, drop) = between("2024, halving (May to July)", day(2024, 5, 5), day(2024, 7, 15));
    let (slump, slumped) =
        between("2025-26, slump (November to July)", day(2025, 11, 10), day(2026, 7, 20));
    // A ban removed half the network; prices then brought machines back faster than usual.
    assert!(ban < -0.3 && back > 0.5 && regrowth > 0.3);
    // Falls of hashprice bring a decline or little growth, and no collapse. In 2022 machines bought at the prices of
    // 2021 came online.
    for (model, network) in [(bear, fell), (halving, drop), (slump, slumped)] {
        assert!(network < 0.0, "{network}");
        assert!(model < 0.1 && model > network - 0.2, "{model} against {network}");
    }
}
