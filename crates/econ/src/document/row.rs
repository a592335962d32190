//! A figure as a row of a table of all figures.

use super::key::place;
use crate::engine::Calendar;
use crate::params::{Denomination, Unit};
use crate::result::{Band, Figure, Outcome, Value};

/// A figure in long form.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRow {
    /// The figure.
    pub figure: Figure,
    /// One key for a quantity, whatever the period.
    pub key: String,
    /// A year, a month, `all`, or nothing for the steady year.
    pub period: String,
    /// Its value; what is missing has none.
    pub value: Option<Value>,
}

impl FigureRow {
    pub(super) fn new(
        outcome: &Outcome,
        figure: Figure,
        calendar: Option<&Calendar>,
        money: Denomination,
    ) -> Self {
        let place = place(figure, money);
        let (key, period) = (place.column(), place.period(calendar));
        Self { figure, key, period, value: outcome.get(figure).ok() }
    }

    /// The unit; what is missing has none.
    pub fn unit(&self) -> Option<Unit> {
        self.value.as_ref().map(|value| value.unit)
    }

    /// The points of its distribution over the paths, where there is one.
    pub fn band(&self) -> Option<&Band> {
        self.value.as_ref()?.band.as_ref()
    }
}
