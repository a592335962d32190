//! What price, fees and the others' growth do that nothing explains, drawn from past epochs.
//!
//! A residual is what one epoch's change differed by from the model: the price from standing still,
//! the network's growth from [`Response`], the fees from standing still. All three of an epoch are drawn
//! together, in blocks of neighbouring epochs, recent ones more often (a weighted block bootstrap after
//! Künsch 1989). A path begins at a random place of its first block, so that every epoch of every path
//! has the same distribution, and the residuals' mean under that very distribution is taken off: a drift
//! of the price is an input, not a memory of bull years.

use super::replay::Replay;
use super::{CurveYears, Epochs, MarketShock, ResponseParameters};
use crate::EconError;
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng, SeedableRng};

/// Neighbouring epochs that are drawn together: four weeks. Chosen against 13 on the earlier half of the
/// rolling origins, where the continuous ranked probability score of every figure at every horizon is
/// better (13 is 2 to 9 % worse); on the later half, which took no part, the means of all scores are equal
/// to 0.1 %. Blocks of 13 hold difficulty over 730 days better (90 % bands: 92 for 64 %, of 1.6 independent
/// spans), but the price's bands are then so wide that from 180 days on they hold all that came
/// (benches/RESULTS.md; [`calibrate`](fn@crate::network::calibrate)).
pub const BLOCK_EPOCHS: usize = 2;
/// An epoch so long ago is drawn half as often: 14 months.
const HALF_LIFE: f64 = 30.0;

/// How residuals are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResidualModel {
    /// From real epochs, in blocks.
    #[default]
    Bootstrap,
    /// From a normal distribution with the same deviations and correlations.
    Parametric,
    /// None: the path that the model expects.
    None,
}

/// Past residuals with their weights.
#[derive(Clone, Debug, PartialEq)]
pub struct MarketResiduals {
    residuals: Vec<MarketShock>,
    /// Neighbours that are drawn together.
    block: usize,
    /// Cumulative weights of the blocks' beginnings.
    cumulative: Vec<f64>,
    /// Of the parametric alternative: the lower triangle of the covariance's root.
    root: [[f64; 3]; 3],
}

impl MarketResiduals {
    /// Of the epochs that ship with the crate, in blocks of [`BLOCK_EPOCHS`].
    ///
    /// # Errors
    /// None in practice: a test reads the tables.
    pub fn shipped(response: &ResponseParameters) -> Result<Self, EconError> {
        let curves = CurveYears::shipped()?;
        let replay = Replay::of(Epochs::shipped()?.priced(), curves, response);
        Ok(Self::of(&replay.residuals(), BLOCK_EPOCHS))
    }

    /// In blocks of so many; the last residual is the most recent. Fewer residuals than a block are one
    /// block.
    pub(super) fn of(residuals: &[MarketShock], block: usize) -> Self {
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

    /// With the mean under these weights taken off.
    pub(super) fn centred(
        residuals: &[MarketShock],
        block: usize,
        cumulative: Vec<f64>,
        weights: &[f64],
    ) -> Self {
        let mean = |of: fn(&MarketShock) -> f64| -> f64 {
            residuals.iter().zip(weights).map(|(r, weight)| weight * of(r)).sum()
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
            let of = [r.price, r.growth, r.fees];
            for a in 0..3 {
                for b in 0..3 {
                    covariance[a][b] += weight * of[a] * of[b];
                }
            }
        }
        Self { residuals, block, cumulative, root: cholesky(covariance) }
    }

    /// The shocks of one path, epoch by epoch. They depend on seed and path alone: not on other paths,
    /// on threads, or on how many shocks are taken. Nothing is allocated.
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

    /// Where a block begins.
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

/// How often each of `n` residuals is drawn, all together 1: the blocks that hold it, by their weights.
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

/// The lower triangular root of a covariance; what is not positive is nothing.
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

/// The shocks of one path: an iterator without end.
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
                // There is none only where no epoch is known.
                drawn.unwrap_or_default()
            }
            ResidualModel::Parametric => {
                let z: [f64; 3] = std::array::from_fn(|_| StandardNormal.sample(&mut self.random));
                let of = |row: usize| (0..=row).map(|k| self.market.root[row][k] * z[k]).sum();
                MarketShock { price: of(0), growth: of(1), fees: of(2) }
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

/// What generators are for.
mod purpose {
    /// The market of a path.
    pub(super) const MARKET: u64 = 2;
}

/// A generator for the part of a path that `purpose` names.
pub(crate) fn generator(seed: u64, path: u64, purpose: u64) -> Pcg64 {
    // Neighbouring seeds and paths must not give neighbouring states.
    let mix = |z: u64| {
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let golden = 0x9e37_79b9_7f4a_7c15u64;
    let mixed = mix(mix(mix(seed.wrapping_add(golden)) ^ path).wrapping_add(golden) ^ purpose);
    Pcg64::seed_from_u64(mixed)
}

/// From 0 up to 1, by the upper 53 bits.
pub(crate) fn uniform(random: &mut Pcg64) -> f64 {
    (random.next_u64() >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;
