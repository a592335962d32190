//! Which input matters: one at a time (tornado), and all together (Sobol).

use super::finance::Ledger;
use super::plan::Plan;
use super::simulate::purpose;
use super::{Band, Factor, FactorKind, Project, Watch};
use crate::network::{generator, uniform};
use crate::units::Usd;
use crate::{EconError, Input, MarketResiduals, Noise};

/// The result with one input at the ends of its range, all others at their bases, along the path that
/// the model expects.
#[derive(Clone, Debug, PartialEq)]
pub struct TornadoBar {
    /// Which input; `None` for the market, whose ends are 5 % and 95 % of its paths.
    pub factor: Option<Factor>,
    /// The result at the input's low end.
    pub at_low: Usd,
    /// The result at its high end.
    pub at_high: Usd,
}

impl TornadoBar {
    /// How far the result moves.
    pub fn swing(&self) -> Usd {
        let swing = self.at_high - self.at_low;
        if swing < Usd::ZERO { -swing } else { swing }
    }
}

/// A part of the result's variance, each a pure number with the 90 % interval of its bootstrap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SobolIndex {
    /// Which input; `None` for the market path as one group.
    pub factor: Option<FactorKind>,
    /// What the input explains alone.
    pub first: f64,
    /// Its interval.
    pub first_interval: (f64, f64),
    /// What it explains with all its interactions.
    pub total: f64,
    /// Its interval.
    pub total_interval: (f64, f64),
    /// The total from the first half of the samples alone.
    pub total_by_half: f64,
}

/// What a result depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// Whether the result is the net present value, or the present value of income less cash costs.
    pub is_npv: bool,
    /// Why it is not the former.
    pub npv_missing: Option<String>,
    /// The result with everything at its base.
    pub base: Usd,
    /// One input at a time, the longest first.
    pub tornado: Vec<TornadoBar>,
    /// Parts of the variance, the largest total first.
    pub sobol: Vec<SobolIndex>,
    /// The result over the samples of the Sobol design.
    pub result: Band<Usd>,
    /// Samples of each of the design's two matrices.
    pub samples: usize,
    /// Paths that were followed.
    pub runs: usize,
    /// The largest difference of a total index between half the samples and all.
    pub half_difference: f64,
    /// Whether every total's interval is narrower than 0.1 and half the samples agree to 0.1.
    pub converged: bool,
    /// Whether all samples were done.
    pub complete: bool,
    /// Every input with its origin.
    pub inputs: Vec<Input>,
    /// What a reader must know.
    pub warnings: Vec<String>,
}

/// Samples that one path's results are bootstrapped from.
const BOOTSTRAPS: usize = 200;
/// No more samples than these, which is some minutes for twenty inputs.
const MOST_SAMPLES: usize = 1 << 17;
/// Paths of the market alone, for its bar.
const MARKET_PATHS: usize = 500;

impl Project {
    /// Tornado and Sobol indices (estimators of Saltelli et al. 2010, table 2, b and f, for the first
    /// order and Jansen's for the total) of the net present value or, where it is missing, the present
    /// value of income less cash costs.
    ///
    /// # Errors
    /// As [`Project::simulate`], and [`EconError::NoResult`] where there is no tariff and so no profit.
    pub fn sensitivity(
        &self,
        samples: usize,
        seed: u64,
        watch: Watch,
    ) -> Result<Sensitivity, EconError> {
        if !(8..=MOST_SAMPLES).contains(&samples) {
            return Err(EconError::OutOfRange {
                field: "samples",
                given: samples.to_string(),
                remedy: "8 to 131072 samples",
            });
        }
        let npv_missing = self.npv_missing();
        let run = Run::new(self, seed)?;
        let (base, tornado) = run.tornado()?;
        let design = run.design(samples, watch)?;
        let rows = design.rows.len();
        let mut sobol = design.indices(&self.factors, seed);
        sobol.sort_by(|a, b| b.total.total_cmp(&a.total));
        let half_difference =
            sobol.iter().map(|index| (index.total - index.total_by_half).abs()).fold(0.0, f64::max);
        let narrow = |index: &SobolIndex| index.total_interval.1 - index.total_interval.0 < 0.1;
        let mut values: Vec<f64> = design.rows.iter().flat_map(|row| [row.a, row.b]).collect();
        Ok(Sensitivity {
            is_npv: npv_missing.is_none(),
            npv_missing,
            base,
            tornado,
            converged: rows == samples && half_difference < 0.1 && sobol.iter().all(narrow),
            sobol,
            result: Band::of(&mut values).map(Usd::from_usd),
            samples: rows,
            runs: rows * (self.factors.len() + 3),
            half_difference,
            complete: rows == samples,
            inputs: self.inputs.clone(),
            warnings: self.warnings.clone(),
        })
    }
}

/// A project whose result is asked for again and again.
pub(super) struct Run<'a> {
    plan: Plan,
    project: &'a Project,
    market: MarketResiduals,
    is_npv: bool,
    seed: u64,
}

impl<'a> Run<'a> {
    /// # Errors
    /// [`EconError::NoResult`] without a tariff, and as [`Plan::new`].
    pub(super) fn new(project: &'a Project, seed: u64) -> Result<Self, EconError> {
        if let Some(missing) = project.profit_missing() {
            return Err(EconError::NoResult { what: "profit", missing });
        }
        let market = MarketResiduals::shipped(&project.response)?;
        let is_npv = project.npv_missing().is_none();
        Ok(Self { plan: Plan::new(project)?, project, market, is_npv, seed })
    }

    pub(super) fn project(&self) -> &Project {
        self.project
    }

    pub(super) fn is_npv(&self) -> bool {
        self.is_npv
    }

    /// USD with every input at its base, along the path that the model expects.
    pub(super) fn expected(&self) -> Result<f64, EconError> {
        finite(self.result(&self.plan, Noise::None, 0)).map(Usd::as_usd)
    }

    /// The same with one input at another value.
    pub(super) fn with(&self, kind: FactorKind, value: f64) -> Result<f64, EconError> {
        let mut plan = self.plan.clone();
        plan.set(kind, value);
        finite(self.result(&plan, Noise::None, 0)).map(Usd::as_usd)
    }

    fn result(&self, plan: &Plan, noise: Noise, path: u64) -> f64 {
        let mut ledger = Ledger::new(plan);
        let mut shocks = self.market.sampler(noise, self.seed, path);
        plan.follow(&mut shocks, &mut ledger, |_, _, _| {});
        if self.is_npv { ledger.totals.npv } else { ledger.totals.operating_value }
    }

    fn tornado(&self) -> Result<(Usd, Vec<TornadoBar>), EconError> {
        let at = |kind, value| self.with(kind, value).map(Usd::from_usd);
        let mut bars = Vec::new();
        for factor in &self.project.factors {
            let (at_low, at_high) = (at(factor.kind, factor.low)?, at(factor.kind, factor.high)?);
            bars.push(TornadoBar { factor: Some(factor.clone()), at_low, at_high });
        }
        if self.project.noise != Noise::None {
            let path = |path| self.result(&self.plan, self.project.noise, path as u64);
            let mut values: Vec<f64> = (0..MARKET_PATHS).map(path).collect();
            let band = Band::of(&mut values);
            let (at_low, at_high) = (finite(band.p5)?, finite(band.p95)?);
            bars.push(TornadoBar { factor: None, at_low, at_high });
        }
        bars.sort_by(|a, b| b.swing().as_usd().total_cmp(&a.swing().as_usd()));
        Ok((Usd::from_usd(self.expected()?), bars))
    }

    /// The two matrices and their mixtures, a row a sample; fewer where `watch` ends it.
    fn design(&self, samples: usize, watch: Watch) -> Result<Design, EconError> {
        use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
        let (done, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
        let one = |sample: usize| {
            if stopped.load(Relaxed) {
                return None;
            }
            let row = self.row(sample as u64);
            if !watch(done.fetch_add(1, Relaxed) + 1) {
                stopped.store(true, Relaxed);
            }
            Some(row)
        };
        #[cfg(feature = "parallel")]
        let rows: Vec<Row> = {
            use rayon::prelude::*;
            (0..samples).into_par_iter().filter_map(one).collect()
        };
        #[cfg(not(feature = "parallel"))]
        let rows: Vec<Row> = (0..samples).filter_map(one).collect();
        let all = rows.iter().flat_map(|row| row.mixed.iter().chain([&row.a, &row.b]));
        for value in all {
            finite(*value)?;
        }
        match rows.len() {
            0..2 => Err(EconError::OutOfRange {
                field: "samples",
                given: "interrupted before the second was done".to_owned(),
                remedy: "more time",
            }),
            _ => Ok(Design { rows }),
        }
    }

    fn row(&self, sample: u64) -> Row {
        let factors = &self.project.factors;
        let mut random = generator(self.seed, sample, purpose::FACTORS);
        let mut draw = || factors.iter().map(|f| f.at(uniform(&mut random))).collect::<Vec<f64>>();
        let (a, b) = (draw(), draw());
        // Two market paths, far from those of any other sample.
        let (market_a, market_b) = (2 * sample, 2 * sample + 1);
        let noise = self.project.noise;
        let with = |values: &dyn Fn(usize) -> f64, path: u64| {
            let mut plan = self.plan.clone();
            for (index, factor) in factors.iter().enumerate() {
                plan.set(factor.kind, values(index));
            }
            self.result(&plan, noise, path)
        };
        // A with one column of B each; the market is the last.
        let mut mixed: Vec<f64> = (0..factors.len())
            .map(|column| with(&|i| if i == column { b[i] } else { a[i] }, market_a))
            .collect();
        mixed.push(with(&|i| a[i], market_b));
        Row { a: with(&|i| a[i], market_a), b: with(&|i| b[i], market_b), mixed }
    }
}

fn finite(value: f64) -> Result<Usd, EconError> {
    match value.is_finite() {
        true => Ok(Usd::from_usd(value)),
        false => Err(EconError::Overflow("present value")),
    }
}

struct Row {
    a: f64,
    b: f64,
    mixed: Vec<f64>,
}

struct Design {
    rows: Vec<Row>,
}

impl Design {
    /// First and total index of a column over some rows.
    fn index(&self, column: usize, rows: impl Iterator<Item = usize> + Clone) -> (f64, f64) {
        let n = rows.clone().count() as f64;
        let mean = rows.clone().map(|i| self.rows[i].a + self.rows[i].b).sum::<f64>() / (2.0 * n);
        let (mut variance, mut first, mut total) = (0.0, 0.0, 0.0);
        for i in rows {
            let row = &self.rows[i];
            let (a, b, mixed) = (row.a - mean, row.b - mean, row.mixed[column] - mean);
            variance += (a * a + b * b) / 2.0;
            first += b * (mixed - a);
            total += (a - mixed) * (a - mixed) / 2.0;
        }
        if variance > 0.0 { (first / variance, total / variance) } else { (0.0, 0.0) }
    }

    fn indices(&self, factors: &[Factor], seed: u64) -> Vec<SobolIndex> {
        let n = self.rows.len();
        let kinds = factors.iter().map(|factor| Some(factor.kind)).chain([None]);
        kinds
            .enumerate()
            .map(|(column, factor)| {
                let (first, total) = self.index(column, 0..n);
                let mut random = generator(seed, column as u64, 3);
                let (mut firsts, mut totals) = (Vec::new(), Vec::new());
                for _ in 0..BOOTSTRAPS {
                    let drawn: Vec<usize> =
                        (0..n).map(|_| (uniform(&mut random) * n as f64) as usize).collect();
                    let (first, total) = self.index(column, drawn.into_iter());
                    firsts.push(first);
                    totals.push(total);
                }
                let interval = |values: &mut Vec<f64>| {
                    let band = Band::of(values);
                    (band.p5, band.p95)
                };
                SobolIndex {
                    factor,
                    first,
                    first_interval: interval(&mut firsts),
                    total,
                    total_interval: interval(&mut totals),
                    total_by_half: self.index(column, 0..n / 2).1,
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ishigami and Homma's function, whose indices are known: 0.3139, 0.4424, 0 and 0.5576, 0.4424, 0.2437.
    #[test]
    fn the_estimators_find_known_indices() {
        let f = |x: &[f64]| x[0].sin() + 7.0 * x[1].sin().powi(2) + 0.1 * x[2].powi(4) * x[0].sin();
        let mut random = generator(5, 0, 9);
        let mut draw = || -> [f64; 3] {
            std::array::from_fn(|_| (2.0 * uniform(&mut random) - 1.0) * std::f64::consts::PI)
        };
        let rows = (0..20_000)
            .map(|_| {
                let (a, b) = (draw(), draw());
                let mixed = (0..3)
                    .map(|column| {
                        let mut x = a;
                        x[column] = b[column];
                        f(&x)
                    })
                    .collect();
                Row { a: f(&a), b: f(&b), mixed }
            })
            .collect::<Vec<_>>();
        let design = Design { rows };
        for (column, first, total) in [(0, 0.3139, 0.5576), (1, 0.4424, 0.4424), (2, 0.0, 0.2437)] {
            let found = design.index(column, 0..20_000);
            assert!((found.0 - first).abs() < 0.03 && (found.1 - total).abs() < 0.02, "{found:?}");
        }
    }
}
