//! What price, fees and the others' growth do that nothing explains, drawn from past epochs.
//!
//! A residual is what one epoch's change differed by from the model: the price from standing still,
//! the network's growth from [`Response`], the fees from their mean reversion. All three of an epoch are drawn
//! together, in blocks of neighbouring epochs, recent ones more often (a weighted block bootstrap after
//! Künsch 1989). Their weighted means are taken off: a drift of the price is an input, not a memory of
//! bull years.

use super::others::{CurveTable, Others, Pace};
use super::{Catalogue, EconError, Epoch, Epochs, Response, SupplyAssumptions, SupplyCurve};
use crate::units::{Hashrate, Seconds};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64;
use rand_pcg::rand_core::Rng;

/// Neighbours that are drawn together: four weeks.
const BLOCK: usize = 2;
/// An epoch so long ago is drawn half as often: 14 months.
const HALF_LIFE: f64 = 30.0;
/// The part of a fee's deviation (a logarithm) that is left an epoch later (assumed; bursts of fees
/// last some months).
const FEE_MEMORY: f64 = 0.9;
/// An epoch at its usual length.
const EPOCH: Seconds = Seconds::from_days(14.0);

/// What one epoch does beside the model: changes of logarithms, pure numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MarketShock {
    /// Of the price of a bitcoin.
    pub price: f64,
    /// Of everybody else's machines.
    pub growth: f64,
    /// Of the fees in a block.
    pub fees: f64,
}

/// How residuals are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Noise {
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
    /// Cumulative weights of the blocks' beginnings.
    cumulative: Vec<f64>,
    /// Of the parametric alternative: the lower triangle of the covariance's root.
    root: [[f64; 3]; 3],
}

/// The history of the others by the model: what it did not expect of each epoch.
pub(super) struct Replay<'a> {
    epochs: &'a [Epoch],
    /// By epoch: the running part at its beginning, where the bands' test sets out.
    #[cfg(test)]
    pub running: Vec<f64>,
    /// By epoch: growth of difficulty that its predecessor's predecessor's hashprice made.
    pub expected: Vec<f64>,
}

/// The tables of each year, as they could be known in it.
pub(super) struct CurveYears {
    first: i16,
    tables: Vec<CurveTable>,
}

impl CurveYears {
    pub(super) fn shipped() -> Result<Self, EconError> {
        let (catalogue, epochs) = (Catalogue::shipped()?, Epochs::shipped()?);
        let curve = |year: i16| {
            let assumptions = SupplyAssumptions::default();
            SupplyCurve::at_end_of(year, assumptions, &catalogue, epochs)
        };
        let first = 2020;
        let tables = (first..=2026)
            .map(|year| curve(year).map(|curve| CurveTable::new(&curve)))
            .collect::<Result<_, _>>()?;
        Ok(Self { first, tables })
    }

    /// The table of the last year that had ended.
    pub(super) fn known_in(&self, year: i16) -> &CurveTable {
        let index = (year - 1 - self.first).clamp(0, self.tables.len() as i16 - 1);
        &self.tables[index as usize]
    }
}

impl<'a> Replay<'a> {
    /// The others stepped through the known epochs at the hashprice of each.
    pub(super) fn of(epochs: &'a [Epoch], curves: &CurveYears, response: &Response) -> Self {
        #[cfg(test)]
        let mut running = Vec::with_capacity(epochs.len());
        let mut growth = Vec::with_capacity(epochs.len());
        let pace = Pace::of(EPOCH.as_seconds(), response);
        let mut others: Option<(Others, i16)> = None;
        for epoch in epochs {
            let year = epoch.first_full_day.map_or(curves.first, |day| day.year());
            let table = curves.known_in(year);
            let hashprice = epoch.hashprice().map_or(0.0, |h| h.as_usd_per_ph_day());
            let (mut now, of_year) = others.unwrap_or_else(|| {
                let any = Hashrate::from_eh_s(1.0);
                (Others::settled(any, hashprice, table), year)
            });
            if of_year != year {
                // The new year's table has its costs at its own scale.
                now.cost_scale = 1.0;
            }
            #[cfg(test)]
            running.push(now.running);
            let before = now.hashrate();
            now.step(hashprice, &pace, 0.0, (response, table));
            growth.push((now.hashrate() / before).ln());
            others = Some((now, year));
        }
        // The hashprice of an epoch makes the hashrate of the next, which makes the difficulty of the one
        // after.
        let expected = (0..epochs.len())
            .map(|i| i.checked_sub(2).map_or(0.0, |cause| growth[cause]))
            .collect();
        Self {
            epochs,
            #[cfg(test)]
            running,
            expected,
        }
    }

    /// What the model did not expect, of each epoch that has two before it.
    pub(super) fn residuals(&self) -> Vec<MarketShock> {
        let log = |value: f64| value.max(f64::MIN_POSITIVE).ln();
        let price = |e: &Epoch| log(e.price.map_or(0.0, |p| p.as_usd_per_btc()));
        let fees = |e: &Epoch| log(e.fees_per_block.map_or(0.0, |f| f.as_btc()));
        let difficulty = |e: &Epoch| log(e.difficulty().value());
        self.epochs
            .windows(2)
            .enumerate()
            .skip(1)
            .map(|(i, pair)| MarketShock {
                price: price(&pair[1]) - price(&pair[0]),
                growth: difficulty(&pair[1]) - difficulty(&pair[0]) - self.expected[i + 1],
                fees: fees(&pair[1]) - fees(&pair[0]),
            })
            .collect()
    }
}

impl MarketResiduals {
    /// Of the epochs that ship with the crate.
    ///
    /// # Errors
    /// None in practice: a test reads the tables.
    pub fn shipped(response: &Response) -> Result<Self, EconError> {
        let curves = CurveYears::shipped()?;
        let replay = Replay::of(Epochs::shipped()?.priced(), &curves, response);
        Ok(Self::of(&replay.residuals()))
    }

    /// The last one is the most recent.
    pub(super) fn of(residuals: &[MarketShock]) -> Self {
        let n = residuals.len();
        let weight = |i: usize| 0.5f64.powf((n - 1 - i) as f64 / HALF_LIFE);
        let total: f64 = (0..n).map(weight).sum();
        let mean = |of: fn(&MarketShock) -> f64| {
            residuals.iter().enumerate().map(|(i, r)| weight(i) * of(r)).sum::<f64>() / total
        };
        let means = [mean(|r| r.price), mean(|r| r.growth), mean(|r| r.fees)];
        let residuals: Vec<MarketShock> = residuals
            .iter()
            .map(|r| MarketShock {
                price: r.price - means[0],
                growth: r.growth - means[1],
                fees: r.fees - means[2],
            })
            .collect();
        let mut sum = 0.0;
        let cumulative = (0..n.saturating_sub(BLOCK - 1))
            .map(|i| {
                sum += weight(i + BLOCK - 1);
                sum
            })
            .collect();
        let mut covariance = [[0.0; 3]; 3];
        for (i, r) in residuals.iter().enumerate() {
            let of = [r.price, r.growth, r.fees];
            for a in 0..3 {
                for b in 0..3 {
                    covariance[a][b] += weight(i) * of[a] * of[b] / total;
                }
            }
        }
        Self { residuals, cumulative, root: cholesky(covariance) }
    }

    /// A stream of residuals; the same for the same generator.
    pub(super) fn stream(&self, noise: Noise) -> Stream<'_> {
        Stream { market: self, noise, at: 0, left: 0 }
    }
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

/// Residuals of one path.
pub(super) struct Stream<'a> {
    market: &'a MarketResiduals,
    noise: Noise,
    at: usize,
    left: usize,
}

impl Stream<'_> {
    pub(super) fn next(&mut self, random: &mut Pcg64) -> MarketShock {
        match self.noise {
            Noise::None => MarketShock::default(),
            Noise::Bootstrap => {
                if self.left == 0 {
                    let cumulative = &self.market.cumulative;
                    let most = cumulative.last().copied().unwrap_or(0.0);
                    let place = uniform(random) * most;
                    let start = cumulative.partition_point(|sum| *sum < place);
                    self.at = start.min(cumulative.len().saturating_sub(1));
                    self.left = BLOCK;
                }
                let drawn = self.market.residuals.get(self.at).copied();
                self.at += 1;
                self.left -= 1;
                drawn.unwrap_or(MarketShock::default())
            }
            Noise::Parametric => {
                let z: [f64; 3] = std::array::from_fn(|_| StandardNormal.sample(random));
                let of = |row: usize| (0..=row).map(|k| self.market.root[row][k] * z[k]).sum();
                MarketShock { price: of(0), growth: of(1), fees: of(2) }
            }
        }
    }
}

/// From 0 up to 1, by the upper 53 bits.
pub(super) fn uniform(random: &mut Pcg64) -> f64 {
    (random.next_u64() >> 11) as f64 / (1u64 << 53) as f64
}

/// A fee's deviation an epoch later.
pub(super) fn fee_deviation(before: f64, residual: f64) -> f64 {
    FEE_MEMORY * before + residual
}

#[cfg(test)]
mod tests;
