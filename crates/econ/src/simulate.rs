//! Monte Carlo simulation: draws of the parameters, each on its own market path, and the bands of every figure.

mod draws;
mod inputs;
mod worker;

pub use draws::Draws;
pub use inputs::Paths;
#[doc(hidden)] // for the tests and the other crates of this workspace
pub use inputs::{MeteringLocation, ReferenceIds, Simulation};
pub(crate) use worker::Probe;

use crate::EconError;
use crate::account::internal_rate;
use crate::engine::{DispatchColumn, DispatchHours, Engine, HourTables, Inputs, SimulatedPath};
use crate::network::{MarketResiduals, MarketShock};
use crate::params::{Deviates, fill};
use crate::result::{
    Figure, FigureSources, Found, Missing, MissingInputs, Outcome, Quantiles, Value, all_figures,
    class_figures, payments,
};
use std::sync::Arc;
use worker::Worker;

/// Paths per chunk; bands do not depend on the distribution over threads.
const CHUNK: usize = 32;
/// Figures transposed at a time.
const FIGURES_PER_BLOCK: usize = 16;
/// Maximum number of paths.
const MAX_PATHS: usize = 1_000_000;

/// Called from time to time with the number of completed paths; returning `false` stops the simulation.
pub type Progress<'a> = &'a (dyn Fn(usize) -> bool + Sync);

/// Figures of a chunk of paths: by figure, then by path.
struct Chunk {
    values: Vec<f32>,
    paths: usize,
}

impl Chunk {
    /// Transposes figures by path, a few figures at a time to suit the processor's cache.
    fn new(rows: &[f32], paths: usize) -> Self {
        let figures = rows.len() / paths.max(1);
        let mut values = vec![0.0; rows.len()];
        for from in (0..figures).step_by(FIGURES_PER_BLOCK) {
            let to = figures.min(from + FIGURES_PER_BLOCK);
            for (path, row) in rows.chunks_exact(figures).enumerate() {
                for (figure, &value) in row[from..to].iter().enumerate() {
                    values[(from + figure) * paths + path] = value;
                }
            }
        }
        Self { values, paths }
    }
}

impl Engine {
    /// Computes every figure of a scenario: the base, and bands over paths.
    ///
    /// # Errors
    /// [`EconError::Overflow`] if a result is not finite; [`EconError::OutOfRange`] if lots exceed a site's power, a
    /// lot's life ends before the start, there are too many paths, or the simulation was stopped before the first path.
    pub fn simulate(
        &self,
        of: &Simulation,
        paths: Paths,
        watch: Progress,
    ) -> Result<Outcome, EconError> {
        let mut all = all_figures(
            self.calendar.years(),
            self.calendar.months().len(),
            of.references.len(),
            of.uses.is_some(),
        );
        let classes = of.inputs.bills.as_ref().map_or(&[][..], |bills| &bills.classes);
        all.extend(class_figures(self.calendar.years(), classes));
        let mut outcome = self.simulate_some(of, all, paths, watch)?;
        let inputs = of.inputs_at(&of.table.values());
        let base = self.base(&inputs)?;
        for (figure, value) in self.flow_figures(of, &inputs, &base) {
            outcome.push(figure, value);
        }
        for (figure, value) in self.dispatch_figures(of, &inputs, &base)? {
            outcome.push(figure, value);
        }
        Ok(outcome)
    }

    /// Computes selected figures: their bases, and their bands over paths.
    ///
    /// # Errors
    /// As [`Engine::simulate`].
    pub(crate) fn simulate_some(
        &self,
        of: &Simulation,
        all: Vec<Figure>,
        paths: Paths,
        watch: Progress,
    ) -> Result<Outcome, EconError> {
        EconError::unless_within(
            "paths",
            paths.count as f64,
            0.0..=MAX_PATHS as f64,
            "0 to a million",
        )?;
        let missing_inputs = MissingInputs::new(of.inputs, of.table, of.uses);
        let missing: Vec<_> = all.iter().map(|figure| missing_inputs.for_figure(*figure)).collect();
        let present = |index: &usize| missing[*index].is_none();
        let indices: Vec<usize> = (0..all.len()).filter(present).collect();
        let figures: Vec<Figure> = indices.iter().map(|index| all[*index]).collect();
        let sources = FigureSources::new(&figures);
        let hours = self.hours(of)?;
        let mut worker = Worker::new(self, of.table, Arc::clone(&hours));
        worker.follow(self, of, &sources, MarketShock::default)?;
        let base = worker.found;
        let chunks = self.chunks(of, paths, &sources, &hours, watch)?;
        let done = chunks.iter().map(|chunk| chunk.paths).sum();
        if done == 0 && paths.count > 0 {
            return Err(EconError::OutOfRange {
                field: "paths",
                given: "interrupted before the first path was completed".to_owned(),
                remedy: "more time",
            });
        }
        let bands = bands(&chunks, figures.len());
        let mut values = Vec::with_capacity(all.len());
        let (mut base, mut bands) = (base.into_iter(), bands.into_iter());
        for (figure, missing) in all.into_iter().zip(missing) {
            let value = match missing {
                Some(missing) => Err(missing),
                None => {
                    let (base, band) = (base.next().unwrap_or(f64::NAN), bands.next().flatten());
                    let unit = figure.unit(of.currency);
                    let (band, positive) = (band.map(|b| b.0), band.map(|b| b.1));
                    finite(figure, base)?;
                    Ok(Value { unit, base, band, positive })
                }
            };
            values.push((figure, value));
        }
        Ok(Outcome::new(values, (done, paths.count, paths.seed)))
    }

    /// Figures from the base's dated flows, without a band: many paths have no internal rate of return, and monthly
    /// payments are those of one path.
    fn flow_figures(&self, of: &Simulation, inputs: &Inputs, base: &SimulatedPath) -> Vec<Found> {
        let missing_inputs = MissingInputs::new(of.inputs, of.table, of.uses);
        let found = internal_rate(&base.flows, inputs.money.discount);
        let changes = Some(f64::from(found.sign_changes));
        let rate = [(Figure::InternalRate, found.per_year), (Figure::SignChanges, changes)];
        let payments = payments(&base.flows, &self.calendar, inputs.operator.remitted);
        let payments = payments.into_iter().map(|(figure, usd)| (figure, Some(usd)));
        let value = |(figure, base): (Figure, Option<f64>)| {
            let value = match (missing_inputs.for_figure(figure), base) {
                (Some(missing), _) => Err(missing),
                (None, None) => Err(Missing { keys: Vec::new() }),
                (None, Some(base)) => {
                    let unit = figure.unit(of.currency);
                    Ok(Value { unit, base, band: None, positive: None })
                }
            };
            (figure, value)
        };
        rate.into_iter().chain(payments).map(value).collect()
    }

    /// Dispatch statistics of the base's first year, if hours differ in price; undefined values are omitted.
    fn dispatch_figures(
        &self,
        of: &Simulation,
        inputs: &Inputs,
        base: &SimulatedPath,
    ) -> Result<Vec<Found>, EconError> {
        if !of.inputs.sites.iter().any(|site| site.hours.differs_in_price()) {
            return Ok(Vec::new());
        }
        let missing_inputs = MissingInputs::new(of.inputs, of.table, of.uses);
        let found = self.dispatch_of(inputs, &base.epochs)?;
        let figures = DispatchHours::all()
            .flat_map(|hours| DispatchColumn::ALL.iter().map(move |&column| (column, hours)));
        let one = |(column, hours): (DispatchColumn, DispatchHours)| {
            let (figure, base) = (Figure::Dispatch(column, hours), found.get(column, hours));
            let is_defined = found.get(DispatchColumn::Hours, hours) > 0.0 && base.is_finite();
            let unit = figure.unit(of.currency);
            let value = Value { unit, base, band: None, positive: None };
            is_defined.then(|| (figure, missing_inputs.for_figure(figure).map_or(Ok(value), Err)))
        };
        Ok(figures.filter_map(one).collect())
    }

    fn hours(&self, of: &Simulation) -> Result<Arc<HourTables>, EconError> {
        let base = of.inputs_at(&of.table.values());
        Ok(Arc::new(HourTables::new(&base, &self.calendar, self.hour_sums)?))
    }

    fn chunks(
        &self,
        of: &Simulation,
        paths: Paths,
        places: &FigureSources,
        hours: &Arc<HourTables>,
        watch: Progress,
    ) -> Result<Vec<Chunk>, EconError> {
        // The base needs no market shocks.
        if paths.count == 0 {
            return Ok(Vec::new());
        }
        let deviates = Deviates::new(of.table);
        let response = crate::engine::response_of(&of.inputs.at(&of.table.values()));
        let residuals = MarketResiduals::shipped(&response)?;
        let one = |worker: &mut Worker, chunk: usize| -> Result<Chunk, EconError> {
            let first = chunk * CHUNK;
            let count = CHUNK.min(paths.count - first);
            worker.rows.clear();
            for path in 0..count {
                let number = (first + path) as u64;
                fill(of.table, &deviates, paths.seed, number, &mut worker.values);
                let mut market = residuals.sampler(of.noise, paths.seed, number);
                worker.follow(self, of, places, || market.next_shock())?;
                worker.rows.extend(worker.found.iter().map(|value| *value as f32));
            }
            Ok(Chunk::new(&worker.rows, count))
        };
        let count = paths.count.div_ceil(CHUNK);
        let done = std::sync::atomic::AtomicUsize::new(0);
        let guarded = |worker: &mut Worker, chunk: usize| {
            use std::sync::atomic::Ordering;
            if !watch(done.load(Ordering::Relaxed)) {
                return Ok(None);
            }
            let completed = one(worker, chunk)?;
            done.fetch_add(completed.paths, Ordering::Relaxed);
            Ok(Some(completed))
        };
        let new = || Worker::new(self, of.table, Arc::clone(hours));
        #[cfg(feature = "parallel")]
        let chunks: Result<Vec<Option<Chunk>>, EconError> = {
            use rayon::prelude::*;
            (0..count).into_par_iter().map_init(new, guarded).collect()
        };
        #[cfg(not(feature = "parallel"))]
        let chunks: Result<Vec<Option<Chunk>>, EconError> = {
            let mut worker = new();
            (0..count).map(|chunk| guarded(&mut worker, chunk)).collect()
        };
        // Chunks that were not run are omitted: the bands are of the completed paths.
        Ok(chunks?.into_iter().flatten().collect())
    }
}

fn finite(figure: Figure, value: f64) -> Result<(), EconError> {
    // Payback may be infinite, and a cost per bitcoin is undefined without bitcoin.
    let may_be_undefined = matches!(
        figure,
        Figure::Payback
            | Figure::Return
            | Figure::CostPerBtc
            | Figure::CashCostPerBtc
            | Figure::Use(..)
    );
    match value.is_finite() || may_be_undefined {
        true => Ok(()),
        false => Err(EconError::Overflow("a result")),
    }
}

/// The bands of every figure and the share of the paths in which it is above zero.
fn bands(chunks: &[Chunk], figures: usize) -> Vec<Option<(crate::result::Band, f64)>> {
    let one = |quantiles: &mut Quantiles, figure: usize| {
        let range = |chunk: &Chunk| {
            let from = figure * chunk.paths;
            from..from + chunk.paths
        };
        let column = chunks.iter().map(|chunk| &chunk.values[range(chunk)]);
        (!chunks.is_empty()).then(|| quantiles.band(column))
    };
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        (0..figures).into_par_iter().map_init(Quantiles::default, one).collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        let mut quantiles = Quantiles::default();
        (0..figures).map(|figure| one(&mut quantiles, figure)).collect()
    }
}
