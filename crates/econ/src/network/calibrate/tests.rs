//! The gates of the bands, and the tables of benches/RESULTS.md (`HASHWATT_FULL=1`).

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

/// The model as it was: power alone as cost, means by epochs.
fn before() -> CalibrationSettings {
    let supply = SupplyAssumptions {
        pue: Pue::constant(1.0),
        opex: EnergyPrice::ZERO,
        ..SupplyAssumptions::default()
    };
    let response = ResponseParameters { entry_ratio: 1.55, ..ResponseParameters::default() };
    CalibrationSettings { supply, response, block_epochs: 2, ..settings() }
}

/// Whether a part of the origins lies within limits. A part of n origins moves by 1/n, so that limits
/// are widened to whole origins.
fn within(part: f64, n: usize, low: f64, high: f64) -> bool {
    let n = n as f64;
    let count = (part * n).round();
    (low * n).floor() <= count && count <= (high * n).ceil()
}

/// Gates of all origins at 30, 90 and 180 days that are missed.
fn missed(calibration: &Calibration) -> Vec<String> {
    let mut missed = Vec::new();
    for horizon in [2, 6, 13] {
        for figure in MarketFigure::ALL {
            let score = calibration.score(figure, horizon, Origins::All).unwrap();
            let (n, half, nine_tenths) = (score.n, score.coverage_50, score.coverage_90);
            if !within(nine_tenths, n, 0.85, 0.95) || !within(half, n, 0.40, 0.60) {
                missed.push(format!("{horizon} epochs, {figure:?}: {half}, {nine_tenths} of {n}"));
            }
            // Without drift a price is a walk: the model claims nothing there.
            let claims = figure != MarketFigure::Price;
            if claims && score.crps >= score.crps_random_walk {
                missed.push(format!("{horizon} epochs, {figure:?}: no better than a walk"));
            }
        }
    }
    missed
}

#[test]
fn bands_of_the_past_hold_what_came() {
    let calibration = calibrate(&settings()).unwrap();
    table(&format!("blocks of {BLOCK_EPOCHS}"), &calibration);
    if full() {
        table("before", &calibrate_with(&before(), centred_by_epochs).unwrap());
        let long = CalibrationSettings { block_epochs: 13, ..settings() };
        table("blocks of 13", &calibrate(&long).unwrap());
        table("other costs of 10.5 USD/MWh", &calibrate(&all_cash_costs()).unwrap());
    }
    assert_eq!(missed(&calibration), Vec::<String>::new());
}

/// All cash costs of surveyed miners where machines are switched off, and the entry ratio on them:
/// (20.8 + 16) / (20.26 * 0.024 * 57.75).
fn all_cash_costs() -> CalibrationSettings {
    let opex = EnergyPrice::from_usd_per_mwh(10.5);
    let supply = SupplyAssumptions { opex, ..SupplyAssumptions::default() };
    let response = ResponseParameters { entry_ratio: 1.31, ..ResponseParameters::default() };
    CalibrationSettings { supply, response, ..settings() }
}

#[test]
fn bands_that_are_too_narrow_or_too_wide_miss_the_gates() {
    fn scaled(residuals: &[MarketShock], block: usize, by: f64) -> MarketResiduals {
        let scale = |r: &MarketShock| MarketShock {
            price: r.price * by,
            growth: r.growth * by,
            fees: r.fees * by,
        };
        MarketResiduals::of(&residuals.iter().map(scale).collect::<Vec<_>>(), block)
    }
    let narrow = calibrate_with(&settings(), |r, block| scaled(r, block, 0.6)).unwrap();
    assert!(missed(&narrow).len() >= 9, "{:?}", missed(&narrow));
    let wide = calibrate_with(&settings(), |r, block| scaled(r, block, 1.7)).unwrap();
    assert!(missed(&wide).len() >= 7, "{:?}", missed(&wide));
}

#[test]
fn blocks_of_two_are_no_worse_than_of_thirteen_where_they_were_chosen() {
    // Chosen on the earlier half of the origins, where the mean score is better; on the later one the two
    // are about equal.
    let long = CalibrationSettings { block_epochs: 13, ..settings() };
    let (chosen, long) = (calibrate(&settings()).unwrap(), calibrate(&long).unwrap());
    let sum = |calibration: &Calibration, origins: Origins| -> f64 {
        let of = calibration.scores.iter().filter(|score| score.origins == origins);
        of.map(|score| score.crps / score.crps_random_walk).sum()
    };
    assert!(sum(&chosen, Origins::Earlier) < sum(&long, Origins::Earlier));
    let later = sum(&chosen, Origins::Later) / sum(&long, Origins::Later);
    assert!((later - 1.0).abs() < 0.05, "{later}");
}

#[test]
fn a_score_counts_what_it_says() {
    let verdict = |pit| Verdict { pit, crps: pit, crps_random_walk: 1.0 };
    let all = [0.01, 0.05, 0.2, 0.25, 0.5, 0.74, 0.8, 0.951].map(verdict);
    let of = |origins| CalibrationScore::of(&all, MarketFigure::Price, 4, origins);
    let score = of(Origins::All);
    assert_eq!((score.n, score.effective_n), (8, 2.0));
    assert_eq!((score.coverage_50, score.coverage_90), (3.0 / 8.0, 6.0 / 8.0));
    assert_eq!(score.pit, [2, 0, 2, 0, 0, 1, 0, 1, 1, 1]);
    assert_eq!(of(Origins::Earlier).coverage_50, 0.25);
    assert_eq!(of(Origins::Later).coverage_50, 0.5);
}

#[test]
fn a_normal_samples_score_is_the_closed_form() {
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
fn no_path_and_no_block_are_refused() {
    for (settings, field) in [
        (CalibrationSettings { paths: 0, ..settings() }, "paths"),
        (CalibrationSettings { block_epochs: 0, ..settings() }, "block_epochs"),
    ] {
        assert!(calibrate(&settings).unwrap_err().to_string().starts_with(field));
    }
}

/// The model's response to real hashprices beside what the network then did. What other miners do for
/// other reasons, such as obeying a ban, is not in it.
#[test]
fn the_response_beside_what_happened() {
    let epochs = Epochs::shipped().unwrap().priced();
    let replay = Replay::of(epochs, CurveYears::shipped().unwrap(), &ResponseParameters::default());
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
    // Half the network left by decree; prices then brought machines back faster than usual.
    assert!(ban < -0.3 && back > 0.5 && regrowth > 0.3);
    // Falls of hashprice bring falls or little growth, and no collapse. In 2022 machines that had been
    // paid for at the prices of 2021 came on line.
    for (model, network) in [(bear, fell), (halving, drop), (slump, slumped)] {
        assert!(network < 0.0, "{network}");
        assert!(model < 0.1 && model > network - 0.2, "{model} against {network}");
    }
}
