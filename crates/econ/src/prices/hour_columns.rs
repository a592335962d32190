//! Additional columns of an hour: availability, probability of a peak, and the power system.

use super::format::{AVAILABLE, AVAILABLE_MW, DEMAND_MW, PEAK_PROBABILITY};
use crate::params::SystemHour;
use hashwatt_input::table::{Row, Table, TableError};

/// Maximum capacity or demand of a system, MW.
const MAX_MW: f64 = 1e7;

/// Additional columns of an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HourColumns {
    /// The share of the hour with energy, 0 to 1, if there is such a column.
    pub available: Option<f64>,
    /// Probability that the month's coincident peak falls into it; 0 without such a column.
    pub peak_probability: f64,
    /// Demand and available capacity, if there are such columns.
    pub system: Option<SystemHour>,
}

impl HourColumns {
    /// Whether a table has any of these columns.
    ///
    /// # Errors
    /// [`TableError`] for demand without available capacity, or the reverse.
    pub(super) fn are_present(table: &Table<'_>) -> Result<bool, TableError> {
        let (demand, available) = (table.has(DEMAND_MW), table.has(AVAILABLE_MW));
        if demand != available {
            let (present, other) = match demand {
                true => (DEMAND_MW, "available_mw"),
                false => (AVAILABLE_MW, "demand_mw"),
            };
            let reason = format!("is given without {other}");
            return Err(table.wrong_column(present, reason, "give both or neither"));
        }
        Ok(demand || table.has(AVAILABLE) || table.has(PEAK_PROBABILITY))
    }

    /// Reads the columns of a row.
    ///
    /// # Errors
    /// [`TableError`] for a cell that is not a number or outside its range.
    pub(super) fn from_row(row: &Row<'_>, has: impl Fn(usize) -> bool) -> Result<Self, TableError> {
        let number = |column: usize, max: f64| {
            let value = row.number(column)?;
            let remedy = || format!("give 0 to {max}");
            let is_possible = (0.0..=max).contains(&value);
            is_possible
                .then_some(value)
                .ok_or_else(|| row.wrong(column, "is not possible", remedy()))
        };
        let mut columns = Self::default();
        if has(AVAILABLE) {
            columns.available = Some(number(AVAILABLE, 1.0)?);
        }
        if has(PEAK_PROBABILITY) && !row.is_missing(PEAK_PROBABILITY) {
            columns.peak_probability = number(PEAK_PROBABILITY, 1.0)?;
        }
        if has(DEMAND_MW) {
            let (demand_mw, available_mw) =
                (number(DEMAND_MW, MAX_MW)?, number(AVAILABLE_MW, MAX_MW)?);
            columns.system = Some(SystemHour { available_mw, demand_mw });
        }
        Ok(columns)
    }

    /// The columns of each price from those of its row; the probability of a peak is split among the row's prices.
    pub(super) fn for_prices(
        count: usize,
        rows: &[usize],
        columns_of_row: impl Fn(usize) -> Self,
    ) -> Vec<Self> {
        let mut shared = vec![0.0; count];
        rows.iter().for_each(|&row| shared[row] += 1.0);
        let one = |&row: &usize| {
            let columns = columns_of_row(row);
            Self { peak_probability: columns.peak_probability / shared[row], ..columns }
        };
        rows.iter().map(one).collect()
    }
}
