//! Tests of the distribution of drawn residuals, exact and sampled.

use super::super::drivers::AccumulatedShocks;
use super::*;

const PARTS: [fn(&MarketShock) -> f64; 3] = [|r| r.price, |r| r.growth, |r| r.fees];

fn replayed() -> Vec<MarketShock> {
    let curves = CurveYears::shipped().unwrap();
    Replay::new(Epochs::shipped().unwrap().priced(), curves, &ResponseParameters::default())
        .residuals()
}

/// The exact distribution of the residual in each epoch of a path, over all positions in the first block and all
/// following blocks.
fn distributions(market: &MarketResiduals, epochs: usize) -> Vec<Vec<f64>> {
    let (n, block) = (market.residuals.len(), market.block);
    let all = *market.cumulative.last().unwrap();
    let of_start = |s: usize| {
        let before = if s == 0 { 0.0 } else { market.cumulative[s - 1] };
        (market.cumulative[s] - before) / all
    };
    let mut distributions = vec![vec![0.0; n]; epochs];
    for passed in 0..block {
        for (epoch, distribution) in distributions.iter_mut().enumerate() {
            let place = (passed + epoch) % block;
            for start in 0..market.cumulative.len() {
                distribution[start + place] += of_start(start) / block as f64;
            }
        }
    }
    distributions
}

#[test]
fn residuals_have_zero_mean_in_every_epoch_of_a_path() {
    let residuals = replayed();
    assert_eq!(residuals.len(), 163);
    for block in [1, 2, 5, 13, 26, 163] {
        let market = MarketResiduals::new(&residuals, block);
        let mut log_price = 0.0;
        for (epoch, distribution) in distributions(&market, 40).iter().enumerate() {
            assert!((distribution.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            let expected = |value: fn(&MarketShock) -> f64| -> f64 {
                distribution.iter().zip(&market.residuals).map(|(p, r)| p * value(r)).sum()
            };
            for value in PARTS {
                assert!(expected(value).abs() < 1e-12, "block {block}, epoch {epoch}");
            }
            log_price += expected(|r| r.price);
        }
        // The geometric mean of the price after 40 epochs, without drift.
        assert!((log_price.exp() - 1.0).abs() < 1e-12, "block {block}: {}", log_price.exp());
    }
}

#[test]
fn centring_by_epochs_leaves_a_price_drift() {
    // The mean over epochs differs from the mean over the distribution of drawn blocks.
    let (residuals, block) = (replayed(), 2);
    let n = residuals.len();
    let wrong = testing::centred_by_epochs(&residuals, block);
    let drawn = draw_weights(n, block);
    let per_year: f64 =
        26.0 * drawn.iter().zip(&wrong.residuals).map(|(p, r)| p * r.price).sum::<f64>();
    println!("drift of the price when centred by epochs: {:.3} % a year", 100.0 * per_year);
    assert!(per_year.abs() > 1e-3, "{per_year}");
}

#[test]
fn sampler_frequencies_match_exact_distribution() {
    let residuals = replayed();
    for block in [2, 13] {
        let market = MarketResiduals::new(&residuals, block);
        let exact = draw_weights(residuals.len(), block);
        let paths = 40_000;
        for epoch in [0, 1, 12, 13] {
            let mut counts = vec![0u32; residuals.len()];
            for path in 0..paths {
                let drawn = market
                    .sampler(ResidualModel::Bootstrap, 5, path)
                    .nth(epoch)
                    .unwrap_or_default();
                let index = market.residuals.iter().position(|r| *r == drawn).unwrap();
                counts[index] += 1;
            }
            // Pearson's statistic over the residuals: mean n - 1, deviation sqrt(2 (n - 1)).
            let statistic: f64 = counts
                .iter()
                .zip(&exact)
                .map(|(count, p)| (f64::from(*count) - p * paths as f64).powi(2) / p / paths as f64)
                .sum();
            let mean = residuals.len() as f64 - 1.0;
            let deviations = (statistic - mean) / (2.0 * mean).sqrt();
            assert!(deviations.abs() < 4.0, "block {block}, epoch {epoch}: {deviations}");
        }
    }
}

#[test]
fn residuals_of_an_epoch_and_its_neighbours_are_drawn_together() {
    let market = MarketResiduals::new(&replayed(), 13);
    let drawn: Vec<MarketShock> =
        market.sampler(ResidualModel::Bootstrap, 1, 1).take(1_300).collect();
    let follows = |pair: &&[MarketShock]| {
        market.residuals.windows(2).any(|real| real[0] == pair[0] && real[1] == pair[1])
    };
    let real = drawn.windows(2).filter(follows).count();
    // One in thirteen of 1,299 pairs joins two blocks.
    assert!(real >= 1_299 - 100, "{real}");
}

#[test]
fn market_path_depends_only_on_seed_and_path_number() {
    let market = MarketResiduals::shipped(&ResponseParameters::default()).unwrap();
    for noise in [ResidualModel::Bootstrap, ResidualModel::Parametric] {
        let path = |seed, path| market.sampler(noise, seed, path).take(50).collect::<Vec<_>>();
        let first = path(1, 7);
        // Drawing from another path in between changes nothing.
        let (mut one, mut other) = (market.sampler(noise, 1, 7), market.sampler(noise, 1, 8));
        for shock in &first {
            assert_eq!(one.next_shock(), *shock);
            other.next_shock();
        }
        assert_ne!(first, path(1, 8));
        assert_ne!(first, path(2, 7));
    }
    assert!(
        market.sampler(ResidualModel::None, 1, 7).take(50).all(|s| s == MarketShock::default())
    );
}

#[test]
fn few_residuals_form_one_block_and_no_residuals_give_no_shock() {
    let residuals = replayed();
    let few = MarketResiduals::new(&residuals[..3], 13);
    let drawn: Vec<MarketShock> = few.sampler(ResidualModel::Bootstrap, 1, 1).take(30).collect();
    assert!(drawn.iter().all(|shock| few.residuals.contains(shock)));
    let none = MarketResiduals::new(&[], 13);
    assert_eq!(none.sampler(ResidualModel::Bootstrap, 1, 1).next_shock(), MarketShock::default());
}

#[test]
fn parametric_model_has_the_same_moments() {
    let market = MarketResiduals::shipped(&ResponseParameters::default()).unwrap();
    let moments = |noise: ResidualModel| {
        let drawn: Vec<MarketShock> = market.sampler(noise, 2, 0).take(200_000).collect();
        let n = drawn.len() as f64;
        let mean = |f: &dyn Fn(&MarketShock) -> f64| drawn.iter().map(f).sum::<f64>() / n;
        let (price, growth) =
            (mean(&|r| r.price * r.price).sqrt(), mean(&|r| r.growth * r.growth).sqrt());
        [price, growth, mean(&|r| r.price * r.growth) / price / growth]
    };
    let (real, normal) = (moments(ResidualModel::Bootstrap), moments(ResidualModel::Parametric));
    for (a, b) in real.iter().zip(normal) {
        assert!((a - b).abs() < 0.02, "{real:?} against {normal:?}");
    }
}

#[test]
fn cholesky_factor_reproduces_covariance() {
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

#[test]
fn mean_log_price_of_many_paths_has_no_drift() {
    let market = MarketResiduals::shipped(&ResponseParameters::default()).unwrap();
    let paths = 4_000;
    let logs: Vec<f64> = (0..paths)
        .map(|path| {
            let mut noise = AccumulatedShocks::default();
            market.sampler(ResidualModel::Bootstrap, 3, path).take(26).for_each(|s| noise.step(&s));
            noise.price
        })
        .collect();
    let mean = logs.iter().sum::<f64>() / paths as f64;
    let squares: f64 = logs.iter().map(|x| (x - mean).powi(2)).sum();
    let error = (squares / (paths as f64 - 1.0) / paths as f64).sqrt();
    assert!(mean.abs() < 4.0 * error, "{mean} +- {error}");
}
