//! Many paths: draws of the parameters, each on its own course of the market, and the bands of every figure.

use super::chain::Chain;
use super::path::{PathRun, Workspace};
use super::{Draw, DrawBuffers, Engine, HourTables, Inputs, MonthRow};
use crate::EconError;
use crate::account::border::YearSums;
use crate::account::{Accounts, NoLog, internal_rate};
use crate::currency::Currency;
use crate::network::{MarketResiduals, MarketShock, Noise};
use crate::params::{Denomination, Deviates, ParamId, Price, Table, fill};
use crate::result::{
    Figure, Lacking, Missing, Outcome, Places, Quantiles, ReferencePrice, Summary, UseIds,
    UseValues, Value, all_figures, sums,
};
use std::sync::Arc;

/// Paths that are followed together; bands do not depend on how they are spread over threads.
const CHUNK: usize = 32;
/// Figures that are put in order together.
const TOGETHER: usize = 16;
/// The most paths.
const MOST_PATHS: usize = 1_000_000;

/// How many paths, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paths {
    /// How many; 0 for the base alone.
    pub count: usize,
    /// Where the random numbers begin.
    pub seed: u64,
}

impl Default for Paths {
    /// 1,000 paths, on which a 5 % point is known to within 0.7 percentage points.
    fn default() -> Self {
        Self { count: 1_000, seed: 1 }
    }
}

/// What a tariff is held against, by its parameters (M31).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferenceIds {
    /// The price of a kWh where it is metered.
    pub price: Price<ParamId>,
    /// Where that is.
    pub metered: Metered,
}

/// Where a reference is metered, and so which losses lie between it and the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metered {
    /// At the plant.
    Generator,
    /// Where distributors take the energy over.
    DistributionPurchase,
    /// At the customer.
    Consumer,
    /// Elsewhere, with losses of its own.
    With(ParamId),
}

impl ReferenceIds {
    pub(crate) fn at(&self, values: &[f64], inputs: &Inputs) -> ReferencePrice {
        let (all, first) = (inputs.supply.losses, inputs.supply.losses_distribution);
        let loss = match self.metered {
            Metered::Generator => all,
            // A customer on the high-voltage grid may lose less than a distributor.
            Metered::DistributionPurchase => (1.0 - (1.0 - all) / (1.0 - first)).max(0.0),
            Metered::Consumer => 0.0,
            Metered::With(id) => values[id.index()],
        };
        ReferencePrice { price: self.price.map(|id| values[id.index()]), loss }
    }
}

/// Something that is changed in the inputs of every draw.
pub(crate) type Change<'a> = &'a (dyn Fn(&mut Inputs) + Sync);

/// A scenario's parameters, ready to be drawn.
#[derive(Clone, Copy)]
pub struct Simulation<'a> {
    /// The resolved parameters.
    pub table: &'a Table,
    /// Where each stands.
    pub inputs: &'a Inputs<ParamId>,
    /// What the tariff is held against.
    pub references: &'a [ReferenceIds],
    /// What else the energy could do.
    pub uses: Option<&'a UseIds>,
    /// A choice made otherwise, applied to every draw.
    pub(crate) change: Option<Change<'a>>,
    /// The scenario's currency.
    pub currency: Currency,
    /// How the market departs from its trend.
    pub noise: Noise,
}

impl Simulation<'_> {
    fn inputs_at(&self, values: &[f64]) -> Inputs {
        let mut inputs = self.inputs.at(values);
        if let Some(change) = self.change {
            change(&mut inputs);
        }
        inputs
    }
}

/// Prices of other uses in USD of day one for a MWh.
fn use_values(uses: &UseIds, values: &[f64], inputs: &Inputs) -> UseValues {
    let rate = inputs.money.exchange_rate;
    let usd_per_mwh = |price: Price<ParamId>| {
        let value = values[price.value.index()] * 1e3;
        if price.denomination == Denomination::Local { value / rate } else { value }
    };
    UseValues {
        industry_tariff: usd_per_mwh(uses.industry_tariff),
        household_tariff: usd_per_mwh(uses.household_tariff),
        terms: uses.terms.at(values),
    }
}

/// Asked from time to time with how many paths are done; `false` stops.
pub type Watch<'a> = &'a (dyn Fn(usize) -> bool + Sync);

/// Some paths' figures: by figure, then path.
struct Chunk {
    values: Vec<f32>,
    paths: usize,
}

impl Chunk {
    /// From figures by path: a few of each path at a time, as the processor's cache has them.
    fn of(rows: &[f32], paths: usize) -> Self {
        let figures = rows.len() / paths.max(1);
        let mut values = vec![0.0; rows.len()];
        for from in (0..figures).step_by(TOGETHER) {
            let to = figures.min(from + TOGETHER);
            for (path, row) in rows.chunks_exact(figures).enumerate() {
                for (figure, &value) in row[from..to].iter().enumerate() {
                    values[(from + figure) * paths + path] = value;
                }
            }
        }
        Self { values, paths }
    }
}

/// One thread's room.
struct Worker {
    values: Vec<f64>,
    accounts: Accounts,
    work: Workspace,
    months: Vec<MonthRow>,
    sums: Vec<[YearSums; 2]>,
    references: Vec<ReferencePrice>,
    /// Hours of the base, which draws share as far as nothing drawn touches them.
    hours: Arc<HourTables>,
    buffers: DrawBuffers,
    /// The path's figures.
    found: Vec<f64>,
    /// The same of the paths of a chunk.
    rows: Vec<f32>,
}

impl Worker {
    fn new(engine: &Engine, table: &Table, hours: Arc<HourTables>) -> Self {
        Self {
            values: table.values(),
            accounts: Accounts::new(engine.calendar.years()),
            work: Workspace::default(),
            months: vec![MonthRow::default(); engine.calendar.months().len()],
            sums: Vec::new(),
            references: Vec::new(),
            hours,
            buffers: DrawBuffers::default(),
            found: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// One path at `self.values`; its figures are then in `self.found`.
    fn follow(
        &mut self,
        engine: &Engine,
        of: &Simulation,
        places: &Places,
        shock: impl FnMut() -> MarketShock,
    ) -> Result<(), EconError> {
        let inputs = of.inputs_at(&self.values);
        let buffers = std::mem::take(&mut self.buffers);
        let draw = Draw::with_tables(&inputs, &engine.calendar, &self.hours, buffers)?;
        let chain = Chain::new(&inputs, &engine.drivers, &engine.curve);
        let totals = PathRun::new(
            &draw,
            &engine.calendar,
            &mut self.accounts,
            &mut self.work,
            &mut self.months,
            &mut NoLog,
        )
        .follow(&chain, shock, |_| ());
        self.buffers = draw.into_buffers();
        sums(&self.accounts, &mut self.sums);
        self.references.clear();
        self.references.extend(of.references.iter().map(|r| r.at(&self.values, &inputs)));
        let summary = Summary {
            accounts: &self.accounts,
            totals: &totals,
            months: &self.months,
            inputs: &inputs,
            references: &self.references,
            uses: of.uses.map(|uses| use_values(uses, &self.values, &inputs)),
            sums: &self.sums,
        };
        self.found.resize(places.count(), 0.0);
        summary.values(places, &mut self.found);
        Ok(())
    }
}

impl Engine {
    /// Every figure of a scenario: the base, and bands over paths.
    ///
    /// # Errors
    /// As [`Draw::new`]; [`EconError::Overflow`] where a result is no finite number, and
    /// [`EconError::OutOfRange`] for too many paths or where it was stopped before the first.
    pub fn simulate(
        &self,
        of: &Simulation,
        paths: Paths,
        watch: Watch,
    ) -> Result<Outcome, EconError> {
        EconError::unless_within(
            "paths",
            paths.count as f64,
            0.0..=MOST_PATHS as f64,
            "0 to a million",
        )?;
        let years = self.calendar.years();
        let all = all_figures(
            years,
            self.calendar.months().len(),
            of.references.len(),
            of.uses.is_some(),
        );
        let lacking = Lacking::new(of.inputs, of.table, of.uses);
        let missing: Vec<_> = all.iter().map(|figure| lacking.of(*figure)).collect();
        let present = |place: &usize| missing[*place].is_none();
        let places: Vec<usize> = (0..all.len()).filter(present).collect();
        let figures: Vec<Figure> = places.iter().map(|place| all[*place]).collect();
        let sources = Places::of(&figures);
        let hours = self.hours(of)?;
        let mut worker = Worker::new(self, of.table, Arc::clone(&hours));
        worker.follow(self, of, &sources, MarketShock::default)?;
        let base = worker.found;
        let chunks = self.chunks(of, paths, &sources, &hours, watch)?;
        let done = chunks.iter().map(|chunk| chunk.paths).sum();
        if done == 0 && paths.count > 0 {
            return Err(EconError::OutOfRange {
                field: "paths",
                given: "interrupted before the first was done".to_owned(),
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
        self.add_internal_rate(of, &lacking, &mut values)?;
        Ok(Outcome::new(values, (done, paths.count, paths.seed)))
    }

    /// The internal rate of return has no band: most paths have none.
    fn add_internal_rate(
        &self,
        of: &Simulation,
        lacking: &Lacking,
        values: &mut Vec<(Figure, Result<Value, Missing>)>,
    ) -> Result<(), EconError> {
        let inputs = of.inputs_at(&of.table.values());
        let base = self.base(&inputs)?;
        let found = internal_rate(&base.flows, inputs.money.discount);
        let changes = Some(f64::from(found.sign_changes));
        for (figure, base) in
            [(Figure::InternalRate, found.per_year), (Figure::SignChanges, changes)]
        {
            let value = match (lacking.of(figure), base) {
                (Some(missing), _) => Err(missing),
                (None, None) => Err(Missing { keys: Vec::new() }),
                (None, Some(base)) => {
                    let unit = figure.unit(of.currency);
                    Ok(Value { unit, base, band: None, positive: None })
                }
            };
            values.push((figure, value));
        }
        Ok(())
    }

    fn hours(&self, of: &Simulation) -> Result<Arc<HourTables>, EconError> {
        let base = of.inputs_at(&of.table.values());
        Ok(Arc::new(HourTables::new(&base, &self.calendar, self.hour_sums)?))
    }

    fn chunks(
        &self,
        of: &Simulation,
        paths: Paths,
        places: &Places,
        hours: &Arc<HourTables>,
        watch: Watch,
    ) -> Result<Vec<Chunk>, EconError> {
        let deviates = Deviates::of(of.table);
        let response = super::chain::response(&of.inputs.at(&of.table.values()));
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
            Ok(Chunk::of(&worker.rows, count))
        };
        let count = paths.count.div_ceil(CHUNK);
        let done = std::sync::atomic::AtomicUsize::new(0);
        let guarded = |worker: &mut Worker, chunk: usize| {
            use std::sync::atomic::Ordering;
            if !watch(done.load(Ordering::Relaxed)) {
                return Ok(None);
            }
            let made = one(worker, chunk)?;
            done.fetch_add(made.paths, Ordering::Relaxed);
            Ok(Some(made))
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
        // What was stopped in between is left out: the bands are of the paths that were done.
        Ok(chunks?.into_iter().flatten().collect())
    }
}

fn finite(figure: Figure, value: f64) -> Result<(), EconError> {
    // A payback may never come; a bitcoin that was not mined costs nothing that could be said.
    let may_be_none = matches!(
        figure,
        Figure::Payback
            | Figure::Return
            | Figure::CostPerBtc
            | Figure::CashCostPerBtc
            | Figure::Use(..)
    );
    match value.is_finite() || may_be_none {
        true => Ok(()),
        false => Err(EconError::Overflow("a result")),
    }
}

/// The bands of every figure and the part of the paths in which it is above zero.
fn bands(chunks: &[Chunk], figures: usize) -> Vec<Option<(crate::result::Band, f64)>> {
    let one = |quantiles: &mut Quantiles, figure: usize| {
        let of = |chunk: &Chunk| {
            let from = figure * chunk.paths;
            from..from + chunk.paths
        };
        let column = chunks.iter().map(|chunk| &chunk.values[of(chunk)]);
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

/// Asks for some figures again and again, each time at other values of the parameters.
pub(crate) struct Probe<'a> {
    engine: &'a Engine,
    of: &'a Simulation<'a>,
    places: Places,
    worker: Worker,
}

impl<'a> Probe<'a> {
    /// # Errors
    /// As [`Draw::new`].
    pub(crate) fn new(
        engine: &'a Engine,
        of: &'a Simulation<'a>,
        figures: Vec<Figure>,
    ) -> Result<Self, EconError> {
        let worker = Worker::new(engine, of.table, engine.hours(of)?);
        Ok(Self { engine, of, places: Places::of(&figures), worker })
    }

    /// The figures at some values of all parameters, with the market's shocks.
    ///
    /// # Errors
    /// As [`Draw::new`].
    pub(crate) fn at(
        &mut self,
        values: &[f64],
        shock: impl FnMut() -> MarketShock,
    ) -> Result<Vec<f64>, EconError> {
        self.worker.values.copy_from_slice(values);
        self.worker.follow(self.engine, self.of, &self.places, shock)?;
        Ok(self.worker.found.clone())
    }

    /// The figures without a surprise of the market.
    ///
    /// # Errors
    /// As [`Draw::new`].
    pub(crate) fn expected(&mut self, values: &[f64]) -> Result<Vec<f64>, EconError> {
        self.at(values, MarketShock::default)
    }
}
