//! Following one path: the base, or one draw on one course of the market.

use super::chain::Chain;
use super::path::{PathRun, Workspace};
use super::{
    Calendar, Draw, DrawBuffers, HourSums, HourTables, Inputs, ModelEpoch, MonthRow, PathTotals,
};
use crate::EconError;
use crate::account::{Accounts, DatedFlow};
use crate::network::{CurveYears, KnownCurve, MarketDrivers, MarketShock, OthersCourse};

/// What paths of one start and length share.
#[derive(Clone, Debug)]
pub struct Engine {
    pub(crate) calendar: Calendar,
    pub(crate) curve: KnownCurve,
    pub(crate) drivers: MarketDrivers,
    pub(crate) hour_sums: HourSums,
}

/// A path with everything that it did.
#[derive(Clone, Debug)]
pub struct SimulatedPath {
    /// Accounts by year.
    pub accounts: Accounts,
    /// What they come to.
    pub totals: PathTotals,
    /// Every flow at its moment.
    pub flows: Vec<DatedFlow>,
    /// The network.
    pub epochs: Vec<ModelEpoch>,
    /// By month.
    pub months: Vec<MonthRow>,
}

impl Engine {
    /// For a start and a length.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] for a time beyond the calendar, and for a start before the first known
    /// supply curve of other miners, unless `drivers` give their hashrate.
    pub fn new(
        start: jiff::civil::Date,
        years: f64,
        drivers: MarketDrivers,
    ) -> Result<Self, EconError> {
        drivers.check()?;
        let calendar = Calendar::new(start, years)?;
        let curves = CurveYears::shipped()?;
        let curve = match drivers.others.course {
            OthersCourse::Endogenous => curves.known_on(start)?,
            // Nobody asks it.
            OthersCourse::Path { .. } => curves.known_or_first(start),
        };
        Ok(Self { calendar, curve, drivers, hour_sums: HourSums::default() })
    }

    /// With hours summed in another way.
    pub fn with_hour_sums(self, hour_sums: HourSums) -> Self {
        Self { hour_sums, ..self }
    }

    /// The months and years of the accounts.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Follows a path with every flow dated; without shocks it is the base.
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

    /// The base: every parameter as it is taken, and no surprise of the market.
    ///
    /// # Errors
    /// As [`Draw::new`].
    pub fn base(&self, inputs: &Inputs) -> Result<SimulatedPath, EconError> {
        self.follow(inputs, MarketShock::default)
    }
}
