//! Bands made from past epochs alone, held against what then happened.

use super::*;
use crate::normal::normal_quantile;

fn random(seed: u64) -> Pcg64 {
    Pcg64::new(u128::from(seed), 0xda3e_39cb_94b9_5bdb)
}

#[test]
fn residuals_have_no_drift_and_keep_their_company() {
    let market = MarketResiduals::shipped(&Response::default()).unwrap();
    assert_eq!(market.residuals.len(), 163);
    let mut stream = market.stream(Noise::Bootstrap);
    let mut random = random(1);
    let drawn: Vec<MarketShock> = (0..200_000).map(|_| stream.next(&mut random)).collect();
    let mean = |of: fn(&MarketShock) -> f64| drawn.iter().map(of).sum::<f64>() / drawn.len() as f64;
    for of in [|r: &MarketShock| r.price, |r: &MarketShock| r.growth, |r: &MarketShock| r.fees] {
        assert!(mean(of).abs() < 0.004, "{}", mean(of));
    }
    // All three of an epoch come together, and neighbours come together.
    let is_real = |pair: &[MarketShock]| {
        market.residuals.windows(2).any(|real| real[0] == pair[0] && real[1] == pair[1])
    };
    assert!(drawn.chunks_exact(BLOCK).take(500).all(is_real));
}

#[test]
fn the_parametric_alternative_has_the_same_moments() {
    let market = MarketResiduals::shipped(&Response::default()).unwrap();
    let moments = |noise: Noise| {
        let mut stream = market.stream(noise);
        let mut random = random(2);
        let drawn: Vec<MarketShock> = (0..200_000).map(|_| stream.next(&mut random)).collect();
        let n = drawn.len() as f64;
        let of = |f: &dyn Fn(&MarketShock) -> f64| drawn.iter().map(f).sum::<f64>() / n;
        let (price, growth) =
            (of(&|r| r.price * r.price).sqrt(), of(&|r| r.growth * r.growth).sqrt());
        [price, growth, of(&|r| r.price * r.growth) / price / growth]
    };
    let (real, normal) = (moments(Noise::Bootstrap), moments(Noise::Parametric));
    for (a, b) in real.iter().zip(normal) {
        assert!((a - b).abs() < 0.02, "{real:?} against {normal:?}");
    }
}

#[test]
fn a_covariance_has_its_root() {
    let covariance = [[4.0, 2.0, 0.6], [2.0, 5.0, 1.0], [0.6, 1.0, 3.0]];
    let root = cholesky(covariance);
    for i in 0..3 {
        for j in 0..3 {
            let back: f64 = (0..3).map(|k| root[i][k] * root[j][k]).sum();
            assert!((back - covariance[i][j]).abs() < 1e-12);
        }
    }
    assert_eq!(cholesky([[0.0; 3]; 3]), [[0.0; 3]; 3]);
}

/// A figure's forecasts of one horizon over all origins.
#[derive(Default)]
struct Score {
    inside: usize,
    n: usize,
    crps: f64,
    crps_walk: f64,
}

fn quantile(sorted: &[f64], q: f64) -> f64 {
    let rank = q * (sorted.len() as f64 - 1.0);
    let (low, high) = (sorted[rank.floor() as usize], sorted[rank.ceil() as usize]);
    low + (high - low) * rank.fract()
}

/// The continuous ranked probability score of a sorted sample (Gneiting and Raftery 2007).
fn crps(sorted: &[f64], truth: f64) -> f64 {
    let n = sorted.len() as f64;
    let error: f64 = sorted.iter().map(|x| (x - truth).abs()).sum::<f64>() / n;
    let spread: f64 =
        sorted.iter().enumerate().map(|(i, x)| (2.0 * i as f64 - n + 1.0) * x).sum::<f64>();
    error - spread / (n * n)
}

impl Score {
    fn add(&mut self, mut sample: Vec<f64>, truth: f64, steps: &[f64], horizon: usize) {
        sample.sort_by(f64::total_cmp);
        let band = quantile(&sample, 0.05)..=quantile(&sample, 0.95);
        self.inside += usize::from(band.contains(&truth));
        self.n += 1;
        self.crps += crps(&sample, truth);
        // A driftless random walk with the past's deviation, at its quantiles.
        let squares: f64 = steps.iter().map(|s| s * s).sum();
        let deviation = (squares / steps.len() as f64 * horizon as f64).sqrt();
        let walk: Vec<f64> = (0..sample.len())
            .map(|i| normal_quantile((i as f64 + 0.5) / sample.len() as f64) * deviation)
            .collect();
        self.crps_walk += crps(&walk, truth);
    }

    fn coverage(&self) -> f64 {
        self.inside as f64 / self.n as f64
    }
}

/// From each epoch on that has at least 30 before it: residuals of the past alone, the model from
/// there, against what happened. `HASHWATT_FULL=1` for the figures of benches/RESULTS.md.
#[test]
fn bands_of_the_past_hold_what_came() {
    let full = std::env::var_os("HASHWATT_FULL").is_some();
    let paths = if full { 2_000 } else { 200 };
    const FIRST: usize = 30;
    let response = Response::default();
    let curves = CurveYears::shipped().unwrap();
    let epochs = Epochs::shipped().unwrap().priced();
    let replay = Replay::of(epochs, &curves, &response);
    let residuals = replay.residuals();
    let log = |of: &dyn Fn(&Epoch) -> f64| epochs.iter().map(|e| of(e).ln()).collect::<Vec<_>>();
    let series = [
        log(&|e| e.difficulty().value()),
        log(&|e| e.price.unwrap().as_usd_per_btc()),
        log(&|e| e.hashprice().unwrap().as_usd_per_ph_day()),
    ];
    let names = ["difficulty", "price", "hashprice"];
    let mut random = random(3);
    for (horizon, days, gated) in [(2, 30, true), (6, 90, true), (13, 180, true), (26, 365, false)]
    {
        let mut scores: [Score; 3] = Default::default();
        for origin in FIRST..epochs.len() - horizon {
            // MarketShock i is of epoch i + 2; the origin's own difficulty and price are known.
            let market = MarketResiduals::of(&residuals[..origin - 1]);
            let samples = simulate(&market, &replay, &curves, origin, horizon, paths, &mut random);
            for (k, score) in scores.iter_mut().enumerate() {
                let truth = series[k][origin + horizon] - series[k][origin];
                let steps: Vec<f64> =
                    series[k][..=origin].windows(2).map(|pair| pair[1] - pair[0]).collect();
                score.add(samples.iter().map(|s| s[k]).collect(), truth, &steps, horizon);
            }
        }
        for (name, score) in names.iter().zip(&scores) {
            let n = score.n as f64;
            let (crps, walk) = (score.crps / n, score.crps_walk / n);
            // Origins whose horizons overlap say the same.
            let independent = n / horizon as f64;
            let half = 1.96 * (score.coverage() * (1.0 - score.coverage()) / independent).sqrt();
            println!(
                "{days} d, {name:<10}: 90 % bands hold {:.1} % (±{:.1}, {} origins, {independent:.0} \
                 independent); CRPS {crps:.4}, driftless walk {walk:.4}",
                100.0 * score.coverage(),
                100.0 * half,
                score.n
            );
            if gated {
                assert!((0.85..=0.96).contains(&score.coverage()), "{days} d, {name}");
                // Without drift a price is a walk: the model claims nothing there.
                assert!(*name == "price" || crps < walk, "{days} d, {name}");
            }
        }
    }
}

/// Log changes of difficulty, price and hashprice over a horizon, by the model from an origin on.
fn simulate(
    market: &MarketResiduals,
    replay: &Replay<'_>,
    curves: &CurveYears,
    origin: usize,
    horizon: usize,
    paths: usize,
    random: &mut Pcg64,
) -> Vec<[f64; 3]> {
    let response = Response::default();
    let start = &replay.epochs[origin];
    let table = curves.known_in(start.first_full_day.unwrap().year());
    let fees = start.fees_per_block.unwrap().as_btc();
    let subsidy = |k: usize| {
        let mut later = start.clone();
        later.number += k as u32;
        later.mean_subsidy().as_btc()
    };
    let hashprice = start.hashprice().unwrap().as_usd_per_ph_day();
    let scale = {
        // What has become of the table's costs since its year ended.
        let day = f64::from(start.first_full_day.unwrap().day_of_year());
        (-response.cost_decline_per_year * day / 365.0).exp()
    };
    let pace = Pace::of(EPOCH.as_seconds(), &response);
    (0..paths)
        .map(|_| {
            let mut stream = market.stream(Noise::Bootstrap);
            let running = replay.running[origin];
            let mut others = Others { capacity: 1.0, running, cost_scale: scale };
            let (mut difficulty, mut price, mut fee) = (0.0f64, 0.0f64, 0.0f64);
            // The hashprice of the epoch before has made the hashrate of this one.
            let mut pending = replay.expected.get(origin + 1).copied().unwrap_or(0.0);
            let reward = |k: usize, fee: f64| subsidy(k) + fees * fee.exp();
            let now = |k: usize, difficulty: f64, price: f64, fee: f64| {
                hashprice * (price - difficulty).exp() * reward(k, fee) / reward(0, 0.0)
            };
            for k in 0..horizon {
                let drawn = stream.next(random);
                let earned = now(k, difficulty, price, fee);
                let before = others.hashrate();
                others.step(earned, &pace, 0.0, (&response, table));
                difficulty += pending + drawn.growth;
                pending = (others.hashrate() / before).ln();
                price += drawn.price;
                fee = fee_deviation(fee, drawn.fees);
            }
            [difficulty, price, (now(horizon, difficulty, price, fee) / hashprice).ln()]
        })
        .collect()
}

/// The model's answer to real hashprices beside what the network then did. What other miners cannot do
/// for money's sake, such as obeying a ban, is not in it, and is told as such.
#[test]
fn the_answer_beside_what_happened() {
    let curves = CurveYears::shipped().unwrap();
    let epochs = Epochs::shipped().unwrap().priced();
    let replay = Replay::of(epochs, &curves, &Response::default());
    let log = |i: usize| epochs[i].difficulty().value().ln();
    let at = |day: jiff::civil::Date| {
        epochs.iter().position(|epoch| epoch.first_full_day >= Some(day)).unwrap()
    };
    let day = jiff::civil::date;
    let between = |name: &str, from, to| {
        let (from, to) = (at(from), at(to));
        let observed = (log(to) - log(from)).exp() - 1.0;
        let answer = (from + 1..=to).map(|i| replay.expected[i]).sum::<f64>().exp() - 1.0;
        println!("{name}: model {:+.1} %, network {:+.1} %", answer * 100.0, observed * 100.0);
        (answer, observed)
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
    // Falls of hashprice bring falls or some growth less, and no collapse. In 2022 machines that had been
    // paid for at the prices of 2021 came on line, and the model, which saw them earn their power, has the
    // network grow where it shrank.
    for (model, network) in [(bear, fell), (halving, drop), (slump, slumped)] {
        assert!(network < 0.0, "{network}");
        assert!(model < 0.1 && model > network - 0.2, "{model} against {network}");
    }
}
