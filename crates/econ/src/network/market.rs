//! Unexplained changes of price, fees and the others' growth, resampled from past epochs.
//!
//! A residual is the difference of an epoch's change from the model: of price and fees from no change, of the
//! network's growth from the response of other miners. All three residuals of an epoch are drawn together, in blocks of
//! consecutive epochs, recent ones more often (a weighted block bootstrap after Künsch 1989). A path starts at a random
//! position in its first block, so every epoch of every path has the same distribution. The mean of the residuals
//! under that distribution is subtracted: a price drift is an input, and is not inherited from bull markets.

use super::replay::Replay;
use super::{CurveYears, Epochs, MarketShock, ResponseParameters};
use crate::EconError;
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng, SeedableRng};

/// Consecutive epochs drawn together: four weeks. Chosen over 13 on the earlier half of the rolling origins, where the
/// continuous ranked probability score of every variable at every horizon is better (13 is 2 to 9 % worse). On the
/// later half, which was not used for the choice, the means of all scores are equal to 0.1 %. Blocks of 13 cover
/// difficulty over 730 days better (90 % bands: 92 instead of 64 %, of 1.6 independent horizons), but the price bands
/// are then so wide that they cover all outcomes from 180 days on (benches/RESULTS.md;
/// [`calibrate`](fn@crate::network::calibrate)).
pub const BLOCK_EPOCHS: usize = 2;
/// Age in epochs at which the drawing weight is halved: 14 months.
const HALF_LIFE: f64 = 30.0;

/// The model of the residuals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ResidualModel {
    /// Resampled from past epochs, in blocks.
    #[default]
    Bootstrap,
    /// Drawn from a normal distribution with the same standard deviations and correlations.
    Parametric,
    /// No residuals: the expected path of the model.
    None,
}

/// Past residuals with their weights.
#[derive(Clone, Debug, PartialEq)]
pub struct MarketResiduals {
    residuals: Vec<MarketShock>,
    /// Consecutive epochs drawn together.
    block: usize,
    /// Cumulative weights of the blocks' starts.
    cumulative: Vec<f64>,
    /// Cholesky factor of the covariance, for [`ResidualModel::Parametric`].
    root: [[f64; 3]; 3],
}

impl MarketResiduals {
    /// Residuals of the shipped epochs, in blocks of [`BLOCK_EPOCHS`].
    ///
    /// # Errors
    /// None in practice: a test reads the tables.
    pub fn shipped(response: &ResponseParameters) -> Result<Self, EconError> {
        let curves = CurveYears::shipped()?;
        let replay = Replay::new(Epochs::shipped()?.priced(), curves, response);
        Ok(Self::new(&replay.residuals(), BLOCK_EPOCHS))
    }

    /// Residuals in blocks of `block` epochs; the last residual is the most recent. Fewer residuals than a block form
    /// one block.
    pub(super) fn new(residuals: &[MarketShock], block: usize) -> Self {
        let n = residuals.len();
        let block = block.clamp(1, n.max(1));
        let mut sum = 0.0;
        let cumulative: Vec<f64> = (0..(n + 1).saturating_sub(block))
            .map(|start| {
                sum += recency(n, start + block - 1);
                sum
            })
            .collect();
        let weights = draw_weights(n, block);
        Self::centred(residuals, block, cumulative, &weights)
    }

    /// Subtracts the mean under the given weights.
    pub(super) fn centred(
        residuals: &[MarketShock],
        block: usize,
        cumulative: Vec<f64>,
        weights: &[f64],
    ) -> Self {
        let mean = |value: fn(&MarketShock) -> f64| -> f64 {
            residuals.iter().zip(weights).map(|(r, weight)| weight * value(r)).sum()
        };
        let (price, growth, fees) = (mean(|r| r.price), mean(|r| r.growth), mean(|r| r.fees));
        let residuals: Vec<MarketShock> = residuals
            .iter()
            .map(|r| MarketShock {
                price: r.price - price,
                growth: r.growth - growth,
                fees: r.fees - fees,
            })
            .collect();
        let mut covariance = [[0.0; 3]; 3];
        for (r, weight) in residuals.iter().zip(weights) {
            let values = [r.price, r.growth, r.fees];
            for a in 0..3 {
                for b in 0..3 {
                    covariance[a][b] += weight * values[a] * values[b];
                }
            }
        }
        Self { residuals, block, cumulative, root: cholesky(covariance) }
    }

    /// The shocks of one path, epoch by epoch. They depend only on seed and path, not on other paths, on threads or on
    /// the number of shocks taken. Nothing is allocated.
    pub fn sampler(&self, noise: ResidualModel, seed: u64, path: u64) -> MarketSampler<'_> {
        let mut random = generator(seed, path, purpose::MARKET);
        let (at, left) = match noise {
            ResidualModel::Bootstrap => {
                let passed = (uniform(&mut random) * self.block as f64) as usize;
                (self.start(&mut random) + passed, self.block - passed)
            }
            ResidualModel::Parametric | ResidualModel::None => (0, 0),
        };
        MarketSampler { market: self, noise, random, at, left }
    }

    /// Draws the start of a block.
    fn start(&self, random: &mut Pcg64) -> usize {
        let all = self.cumulative.last().copied().unwrap_or(0.0);
        let place = uniform(random) * all;
        let start = self.cumulative.partition_point(|sum| *sum <= place);
        start.min(self.cumulative.len().saturating_sub(1))
    }
}

/// Weight of a block that ends with residual `last` of `n`.
fn recency(n: usize, last: usize) -> f64 {
    0.5f64.powf((n - 1 - last) as f64 / HALF_LIFE)
}

/// The probability of drawing each of `n` residuals, from the weights of the blocks that contain it.
fn draw_weights(n: usize, block: usize) -> Vec<f64> {
    let mut weights = vec![0.0; n];
    let mut all = 0.0;
    for start in 0..(n + 1).saturating_sub(block) {
        let weight = recency(n, start + block - 1);
        all += weight * block as f64;
        for drawn in &mut weights[start..start + block] {
            *drawn += weight;
        }
    }
    weights.iter_mut().for_each(|weight| *weight /= all);
    weights
}

/// The lower Cholesky factor of a covariance; non-positive pivots become 0.
fn cholesky(covariance: [[f64; 3]; 3]) -> [[f64; 3]; 3] {
    let mut root = [[0.0; 3]; 3];
    for i in 0..3 {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| root[i][k] * root[j][k]).sum();
            let left = covariance[i][j] - sum;
            root[i][j] = match i == j {
                true => left.max(0.0).sqrt(),
                false if root[j][j] > 0.0 => left / root[j][j],
                false => 0.0,
            };
        }
    }
    root
}

/// The shocks of one path: an infinite iterator.
///
/// ```
/// use hashwatt_econ::network::{MarketResiduals, ResidualModel, ResponseParameters};
///
/// let market = MarketResiduals::shipped(&ResponseParameters::default())?;
/// let year: f64 = market.sampler(ResidualModel::Bootstrap, 1, 0).take(26).map(|shock| shock.price).sum();
/// println!("the price of path 0 is {:.2} times the start's after 26 epochs", year.exp());
/// # Ok::<(), hashwatt_econ::EconError>(())
/// ```
#[derive(Clone, Debug)]
pub struct MarketSampler<'a> {
    market: &'a MarketResiduals,
    noise: ResidualModel,
    random: Pcg64,
    at: usize,
    left: usize,
}

impl MarketSampler<'_> {
    /// The shock of the next epoch.
    pub fn next_shock(&mut self) -> MarketShock {
        match self.noise {
            ResidualModel::None => MarketShock::default(),
            ResidualModel::Bootstrap => {
                if self.left == 0 {
                    self.at = self.market.start(&mut self.random);
                    self.left = self.market.block;
                }
                let drawn = self.market.residuals.get(self.at).copied();
                self.at += 1;
                self.left -= 1;
                // Empty only if no epoch is known.
                drawn.unwrap_or_default()
            }
            ResidualModel::Parametric => {
                let z: [f64; 3] = std::array::from_fn(|_| StandardNormal.sample(&mut self.random));
                let value = |row: usize| (0..=row).map(|k| self.market.root[row][k] * z[k]).sum();
                MarketShock { price: value(0), growth: value(1), fees: value(2) }
            }
        }
    }
}

impl Iterator for MarketSampler<'_> {
    type Item = MarketShock;

    fn next(&mut self) -> Option<MarketShock> {
        Some(self.next_shock())
    }
}

/// Purposes of random generators.
mod purpose {
    /// The market of a path.
    pub(super) const MARKET: u64 = 2;
}

/// A random generator for one purpose in one path.
pub(crate) fn generator(seed: u64, path: u64, purpose: u64) -> Pcg64 {
    // Consecutive seeds and paths must not give related states.
    let mix = |z: u64| {
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let golden = 0x9e37_79b9_7f4a_7c15u64;
    let mixed = mix(mix(mix(seed.wrapping_add(golden)) ^ path).wrapping_add(golden) ^ purpose);
    Pcg64::seed_from_u64(mixed)
}

/// A uniform number in [0, 1), from the upper 53 bits.
pub(crate) fn uniform(random: &mut Pcg64) -> f64 {
    (random.next_u64() >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;
