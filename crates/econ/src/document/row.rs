//! A figure as a row of a table.

use super::key::figure_location;
use crate::engine::Calendar;
use crate::params::{Denomination, Unit};
use crate::result::{Band, Figure, Outcome, Value};

/// A figure in long form.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FigureRow {
    /// The figure.
    pub figure: Figure,
    /// The key of the quantity, independent of the period.
    pub key: String,
    /// A year, a month, `all`, or empty for the steady year.
    pub period: String,
    /// Its value; `None` if it is missing.
    pub value: Option<Value>,
}

/// Serialises key, period and value; the key identifies the figure.
impl serde::Serialize for FigureRow {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut row = serializer.serialize_struct("FigureRow", 3)?;
        row.serialize_field("key", &self.key)?;
        row.serialize_field("period", &self.period)?;
        row.serialize_field("value", &self.value)?;
        row.end()
    }
}

impl FigureRow {
    pub(super) fn new(
        outcome: &Outcome,
        figure: Figure,
        calendar: Option<&Calendar>,
        money: Denomination,
    ) -> Self {
        let location = figure_location(figure, money);
        let (key, period) = (location.column(), location.period(calendar));
        Self { figure, key, period, value: outcome.get(figure).ok() }
    }

    /// The unit; `None` if the figure is missing.
    pub fn unit(&self) -> Option<Unit> {
        self.value.as_ref().map(|value| value.unit)
    }

    /// The quantiles over the paths, if there are any.
    pub fn band(&self) -> Option<&Band> {
        self.value.as_ref()?.band.as_ref()
    }
}
