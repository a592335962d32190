//! Simulation of one path: the base, or one draw on one path of the market.

use super::chain::Chain;
use super::path::{PathRun, Workspace};
use super::{
    Calendar, Draw, DrawBuffers, HourSums, HourTables, Inputs, ModelEpoch, MonthRow, PathTotals,
};
use crate::EconError;
use crate::account::{Accounts, DatedFlow};
use crate::network::{CurveYears, HashrateSource, KnownCurve, MarketDrivers, MarketShock};

/// The engine: calendar and market shared by all paths of one start and length.
#[derive(Clone, Debug)]
pub struct Engine {
    pub(crate) calendar: Calendar,
    pub(crate) curve: KnownCurve,
    pub(crate) drivers: MarketDrivers,
    pub(crate) hour_sums: HourSums,
}

/// A simulated path with all its results.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SimulatedPath {
    /// Accounts by year.
    pub accounts: Accounts,
    /// Its totals.
    pub totals: PathTotals,
    /// Every flow at its time.
    pub flows: Vec<DatedFlow>,
    /// The epochs of the network.
    pub epochs: Vec<ModelEpoch>,
    /// Monthly results.
    pub months: Vec<MonthRow>,
}

impl Engine {
    /// Creates an engine for a first day and a length in years of 365 days.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] if the run extends beyond the year 9999, or starts before the first known supply
    /// curve of other miners and `drivers` do not give their hashrate.
    pub fn new(
        start: jiff::civil::Date,
        years: f64,
        drivers: MarketDrivers,
    ) -> Result<Self, EconError> {
        drivers.check()?;
        let calendar = Calendar::new(start, years)?;
        let curves = CurveYears::shipped()?;
        let curve = match drivers.others.source {
            HashrateSource::Endogenous => curves.known_on(start)?,
            // The curve is not used.
            HashrateSource::Path { .. } => curves.known_or_first(start),
        };
        Ok(Self { calendar, curve, drivers, hour_sums: HourSums::default() })
    }

    /// Sets the method of summing hours.
    pub fn with_hour_sums(self, hour_sums: HourSums) -> Self {
        Self { hour_sums, ..self }
    }

    /// The months and years of the accounts.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Simulates a path and logs every flow with its date. Without shocks the path is the base.
    ///
    /// # Errors
    /// As [`Draw::new`].
    pub fn follow(
        &self,
        inputs: &Inputs,
        shock: impl FnMut() -> MarketShock,
    ) -> Result<SimulatedPath, EconError> {
        let tables = HourTables::new(inputs, &self.calendar, self.hour_sums)?;
        let buffers = DrawBuffers::default();
        let draw = Draw::with_tables(inputs, &self.calendar, &tables, buffers)?;
        let chain = Chain::new(inputs, &self.drivers, &self.curve);
        let mut accounts = Accounts::new(self.calendar.years());
        let mut months = vec![MonthRow::default(); self.calendar.months().len()];
        let (mut flows, mut epochs, mut work) = (Vec::new(), Vec::new(), Workspace::default());
        let run =
            PathRun::new(&draw, &self.calendar, &mut accounts, &mut work, &mut months, &mut flows);
        let totals = run.follow(&chain, shock, |epoch| epochs.push(*epoch));
        Ok(SimulatedPath { accounts, totals, flows, epochs, months })
    }

    /// Simulates the base: every parameter at its value, and no market shock.
    ///
    /// # Errors
    /// As [`Draw::new`].
    pub fn base(&self, inputs: &Inputs) -> Result<SimulatedPath, EconError> {
        self.follow(inputs, MarketShock::default)
    }
}
