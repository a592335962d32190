//! Sensitivity analysis: one parameter at a time (tornado) and all together (Sobol indices).

use crate::EconError;
use crate::engine::Engine;
use crate::network::{MarketResiduals, ResidualModel, generator, uniform};
use crate::normal::{P95, normal_quantile};
use crate::params::Group;
use crate::result::{Band, Figure, Quantiles};
use crate::simulate::{Probe, Progress, Simulation};

/// Bootstrap samples for the interval of an index.
const BOOTSTRAPS: usize = 200;
/// Most samples.
const MAX_SAMPLES: usize = 1 << 17;
/// Market paths for the bar of the market.
const MARKET_PATHS: usize = 500;
/// Streams of the random generator that no path uses.
const FACTORS: u64 = 1;
const BOOTSTRAP: u64 = 3;

/// The figure with one group at its 5 % and 95 % points and all others at their base values.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TornadoBar {
    /// The group; `None` for the market, whose ends are 5 % and 95 % of its paths.
    pub group: Option<Group>,
    /// The figure at the 5 % point.
    pub at_low: f64,
    /// The figure at the 95 % point.
    pub at_high: f64,
}

impl TornadoBar {
    /// The absolute difference between both ends.
    pub fn swing(&self) -> f64 {
        (self.at_high - self.at_low).abs()
    }
}

/// A Sobol index: a share of the variance of the figure, dimensionless, with its 90 % bootstrap interval.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SobolIndex {
    /// The group; `None` for the market path.
    pub group: Option<Group>,
    /// First-order index: the share that it explains alone.
    pub first: f64,
    /// Interval of the first-order index.
    pub first_interval: (f64, f64),
    /// Total index: the share that it explains including all interactions.
    pub total: f64,
    /// Interval of the total index.
    pub total_interval: (f64, f64),
    /// The total index from the first half of the samples.
    pub total_by_half: f64,
}

/// The sensitivity of a figure.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Sensitivity {
    /// The figure.
    pub figure: Figure,
    /// Its value with all parameters at their base values.
    pub base: f64,
    /// One group at a time, the largest swing first.
    pub tornado: Vec<TornadoBar>,
    /// Sobol indices, the largest total index first.
    pub sobol: Vec<SobolIndex>,
    /// The figure over the samples of the design.
    pub band: Band,
    /// Completed samples of each of the two matrices of the design.
    pub samples: usize,
    /// Requested samples.
    pub requested: usize,
    /// Simulated paths.
    pub runs: usize,
    /// The largest difference of a total index between half the samples and all.
    pub half_difference: f64,
}

impl Sensitivity {
    /// Whether all samples were done.
    pub fn is_complete(&self) -> bool {
        self.samples == self.requested
    }

    /// Whether the interval of every total index is narrower than 0.1 and half of the samples agree within 0.1.
    pub fn is_converged(&self) -> bool {
        let narrow = |index: &SobolIndex| index.total_interval.1 - index.total_interval.0 < 0.1;
        self.is_complete() && self.half_difference < 0.1 && self.sobol.iter().all(narrow)
    }
}

/// Repeated evaluation of a figure.
struct Run<'a> {
    engine: &'a Engine,
    of: &'a Simulation<'a>,
    figure: Figure,
    groups: Vec<Group>,
    market: MarketResiduals,
    seed: u64,
}

struct Row {
    a: f64,
    b: f64,
    mixed: Vec<f64>,
}

/// Tornado and Sobol indices of a figure (estimators of Saltelli et al. 2010, table 2, b for the first order,
/// and Jansen's for the total).
///
/// # Errors
/// [`EconError::OutOfRange`] for too few or too many samples, or if it was stopped before the second one; and
/// as
/// [`Engine::simulate`].
pub(crate) fn sensitivity(
    engine: &Engine,
    of: &Simulation,
    figure: Figure,
    (samples, seed): (usize, u64),
    watch: Progress,
) -> Result<Sensitivity, EconError> {
    if !(8..=MAX_SAMPLES).contains(&samples) {
        return Err(EconError::OutOfRange {
            field: "samples",
            given: samples.to_string(),
            remedy: "8 to 131072 samples",
        });
    }
    let response = crate::engine::response_of(&of.inputs.at(&of.table.values()));
    let market = MarketResiduals::shipped(&response)?;
    let run = Run { engine, of, figure, groups: of.table.drawn_groups(), market, seed };
    let (base, tornado) = run.tornado()?;
    let rows = run.design(samples, watch)?;
    let mut sobol = indices(&rows, &run.groups, seed);
    sobol.sort_by(|a, b| b.total.total_cmp(&a.total));
    let half_difference =
        sobol.iter().map(|index| (index.total - index.total_by_half).abs()).fold(0.0, f64::max);
    let values: Vec<f32> = rows.iter().flat_map(|row| [row.a as f32, row.b as f32]).collect();
    let (band, _) = Quantiles::default().band(std::iter::once(&values[..]));
    let runs = rows.len() * (run.groups.len() + 3);
    Ok(Sensitivity {
        figure,
        base,
        tornado,
        sobol,
        band,
        samples: rows.len(),
        requested: samples,
        runs,
        half_difference,
    })
}

impl Run<'_> {
    fn probe(&self) -> Result<Probe<'_>, EconError> {
        Probe::new(self.engine, self.of, vec![self.figure])
    }

    fn at(
        &self,
        probe: &mut Probe,
        values: &[f64],
        noise: ResidualModel,
        path: u64,
    ) -> Result<f64, EconError> {
        let mut market = self.market.sampler(noise, self.seed, path);
        let found = probe.at(values, || market.next_shock())?[0];
        if found.is_finite() { Ok(found) } else { Err(EconError::Overflow("present value")) }
    }

    fn tornado(&self) -> Result<(f64, Vec<TornadoBar>), EconError> {
        let (table, mut probe) = (self.of.table, self.probe()?);
        let values = table.values();
        let base = self.at(&mut probe, &values, ResidualModel::None, 0)?;
        let mut bars = Vec::new();
        for group in &self.groups {
            let mut ends = [0.0; 2];
            for (end, deviate) in ends.iter_mut().zip([-P95, P95]) {
                let mut moved = values.clone();
                table.set(group, deviate, &mut moved);
                *end = self.at(&mut probe, &moved, ResidualModel::None, 0)?;
            }
            let [at_low, at_high] = ends;
            bars.push(TornadoBar { group: Some(group.clone()), at_low, at_high });
        }
        if self.of.noise != ResidualModel::None {
            let mut found = Vec::with_capacity(MARKET_PATHS);
            for path in 0..MARKET_PATHS {
                found.push(self.at(&mut probe, &values, self.of.noise, path as u64)? as f32);
            }
            let (band, _) = Quantiles::default().band(std::iter::once(&found[..]));
            bars.push(TornadoBar { group: None, at_low: band.p05, at_high: band.p95 });
        }
        bars.sort_by(|a, b| b.swing().total_cmp(&a.swing()));
        Ok((base, bars))
    }

    /// The two matrices and their mixtures, one row per sample; fewer if `watch` stops it.
    fn design(&self, samples: usize, watch: Progress) -> Result<Vec<Row>, EconError> {
        use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
        let (done, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
        let one = |probe: &mut Result<Probe, EconError>, sample: usize| {
            if stopped.load(Relaxed) {
                return None;
            }
            let row = match probe {
                Ok(probe) => self.row(probe, sample as u64),
                Err(error) => Err(error.clone()),
            };
            if !watch(done.fetch_add(1, Relaxed) + 1) {
                stopped.store(true, Relaxed);
            }
            Some(row)
        };
        #[cfg(feature = "parallel")]
        let rows: Vec<Option<Result<Row, EconError>>> = {
            use rayon::prelude::*;
            (0..samples).into_par_iter().map_init(|| self.probe(), one).collect()
        };
        #[cfg(not(feature = "parallel"))]
        let rows: Vec<Option<Result<Row, EconError>>> = {
            let mut probe = self.probe();
            (0..samples).map(|sample| one(&mut probe, sample)).collect()
        };
        let rows: Vec<Row> = rows.into_iter().flatten().collect::<Result<_, _>>()?;
        match rows.len() {
            0..2 => Err(EconError::OutOfRange {
                field: "samples",
                given: "interrupted before the second sample was completed".to_owned(),
                remedy: "more time",
            }),
            _ => Ok(rows),
        }
    }

    fn row(&self, probe: &mut Probe, sample: u64) -> Result<Row, EconError> {
        let mut random = generator(self.seed, sample, FACTORS);
        let mut deviates = || {
            self.groups.iter().map(|_| normal_quantile(uniform(&mut random))).collect::<Vec<_>>()
        };
        let (a, b) = (deviates(), deviates());
        // Two market paths, far from those of any other sample.
        let (market_a, market_b) = (2 * sample, 2 * sample + 1);
        let mut values = self.of.table.values();
        let mut with = |deviate: &dyn Fn(usize) -> f64, path: u64| {
            for (place, group) in self.groups.iter().enumerate() {
                self.of.table.set(group, deviate(place), &mut values);
            }
            self.at(probe, &values, self.of.noise, path)
        };
        // Matrix A with one column of B each; the market is the last column.
        let mut mixed = Vec::with_capacity(self.groups.len() + 1);
        for column in 0..self.groups.len() {
            mixed.push(with(&|i| if i == column { b[i] } else { a[i] }, market_a)?);
        }
        mixed.push(with(&|i| a[i], market_b)?);
        Ok(Row { a: with(&|i| a[i], market_a)?, b: with(&|i| b[i], market_b)?, mixed })
    }
}

/// First-order and total index of a column over some rows.
fn index(rows: &[Row], column: usize, places: impl Iterator<Item = usize> + Clone) -> (f64, f64) {
    let n = places.clone().count() as f64;
    let mean = places.clone().map(|i| rows[i].a + rows[i].b).sum::<f64>() / (2.0 * n);
    let (mut variance, mut first, mut total) = (0.0, 0.0, 0.0);
    for i in places {
        let row = &rows[i];
        let (a, b, mixed) = (row.a - mean, row.b - mean, row.mixed[column] - mean);
        variance += (a * a + b * b) / 2.0;
        first += b * (mixed - a);
        total += (a - mixed) * (a - mixed) / 2.0;
    }
    if variance > 0.0 { (first / variance, total / variance) } else { (0.0, 0.0) }
}

fn indices(rows: &[Row], groups: &[Group], seed: u64) -> Vec<SobolIndex> {
    let n = rows.len();
    let groups = groups.iter().cloned().map(Some).chain([None]);
    let one = |(column, group): (usize, Option<Group>)| {
        let (first, total) = index(rows, column, 0..n);
        let mut random = generator(seed, column as u64, BOOTSTRAP);
        let (mut firsts, mut totals) = (Vec::new(), Vec::new());
        for _ in 0..BOOTSTRAPS {
            let drawn: Vec<usize> =
                (0..n).map(|_| (uniform(&mut random) * n as f64) as usize).collect();
            let (first, total) = index(rows, column, drawn.into_iter());
            firsts.push(first as f32);
            totals.push(total as f32);
        }
        let interval = |values: Vec<f32>| {
            let (band, _) = Quantiles::default().band(std::iter::once(&values[..]));
            (band.p05, band.p95)
        };
        SobolIndex {
            group,
            first,
            first_interval: interval(firsts),
            total,
            total_interval: interval(totals),
            total_by_half: index(rows, column, 0..n / 2).1,
        }
    };
    groups.enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The function of Ishigami and Homma has known indices: 0.3139, 0.4424, 0 and 0.5576, 0.4424, 0.2437.
    #[test]
    fn sobol_indices_match_ishigami() {
        let of = |u: [f64; 3]| {
            let [a, b, c] = u.map(|u| (2.0 * u - 1.0) * std::f64::consts::PI);
            a.sin() + 7.0 * b.sin().powi(2) + 0.1 * c.powi(4) * a.sin()
        };
        let mut random = generator(1, 0, FACTORS);
        let mut draw = || -> [f64; 3] { std::array::from_fn(|_| uniform(&mut random)) };
        let row = |_| {
            let (a, b) = (draw(), draw());
            let mixed = |column: usize| {
                let mut mixed = a;
                mixed[column] = b[column];
                of(mixed)
            };
            Row { a: of(a), b: of(b), mixed: (0..3).map(mixed).collect() }
        };
        let rows: Vec<Row> = (0..40_000).map(row).collect();
        for (column, (first, total)) in
            [(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)].into_iter().enumerate()
        {
            let found = index(&rows, column, 0..rows.len());
            assert!((found.0 - first).abs() < 0.03 && (found.1 - total).abs() < 0.03, "{found:?}");
        }
    }
}
