//! Per-thread buffers to simulate a path and compute its figures.

use super::Simulation;
use super::inputs::use_values;
use crate::EconError;
use crate::account::border::YearSums;
use crate::account::{Accounts, NoLog};
use crate::engine::chain::Chain;
use crate::engine::path::{PathRun, Workspace};
use crate::engine::{Draw, DrawBuffers, Engine, HourTables, MonthRow};
use crate::network::MarketShock;
use crate::params::Table;
use crate::result::{Figure, FigureSources, ReferencePrice, Summary, sums};
use std::sync::Arc;

/// The buffers of one thread.
pub(super) struct Worker {
    pub values: Vec<f64>,
    pub accounts: Accounts,
    pub work: Workspace,
    pub months: Vec<MonthRow>,
    pub sums: Vec<[YearSums; 2]>,
    pub references: Vec<ReferencePrice>,
    /// Hours of the base, shared by draws that do not change them.
    pub hours: Arc<HourTables>,
    pub buffers: DrawBuffers,
    /// Figures of the path.
    pub found: Vec<f64>,
    /// Figures of the paths of a chunk.
    pub rows: Vec<f32>,
}

impl Worker {
    pub fn new(engine: &Engine, table: &Table, hours: Arc<HourTables>) -> Self {
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

    /// Simulates one path at `self.values`; its figures are then in `self.found`.
    pub fn follow(
        &mut self,
        engine: &Engine,
        of: &Simulation,
        places: &FigureSources,
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

/// Computes selected figures repeatedly at different values of the parameters.
pub(crate) struct Probe<'a> {
    engine: &'a Engine,
    of: &'a Simulation<'a>,
    places: FigureSources,
    worker: Worker,
}

impl<'a> Probe<'a> {
    /// Creates a probe for some figures.
    ///
    /// # Errors
    /// As [`Draw::new`].
    pub(crate) fn new(
        engine: &'a Engine,
        of: &'a Simulation<'a>,
        figures: Vec<Figure>,
    ) -> Result<Self, EconError> {
        let worker = Worker::new(engine, of.table, engine.hours(of)?);
        Ok(Self { engine, of, places: FigureSources::new(&figures), worker })
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

    /// The figures without market shocks.
    ///
    /// # Errors
    /// As [`Draw::new`].
    pub(crate) fn expected(&mut self, values: &[f64]) -> Result<Vec<f64>, EconError> {
        self.at(values, MarketShock::default)
    }
}
