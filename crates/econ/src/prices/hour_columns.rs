//! What a file says of an hour beside its price: whether there is energy, a peak's chance, the system.

use super::format::{AVAILABLE, AVAILABLE_MW, DEMAND_MW, PEAK_PROBABILITY};
use crate::params::SystemHour;
use hashwatt_input::table::{Row, Table, TableError};

/// The greatest system that a file may hold, MW.
const MAX_MW: f64 = 1e7;

/// What an hour has beside its price.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HourColumns {
    /// The part of the hour for which there is energy, 0 to 1, where a column says that.
    pub available: Option<f64>,
    /// Probability that the month's coincident peak falls into it; 0 where no column says that.
    pub peak_probability: f64,
    /// Demand and what plants could give, where columns say that.
    pub system: Option<SystemHour>,
}

impl HourColumns {
    /// Whether a table has any of its columns.
    ///
    /// # Errors
    /// Demand without what is available, or the other way.
    pub(super) fn is_in(table: &Table<'_>) -> Result<bool, TableError> {
        let (demand, available) = (table.has(DEMAND_MW), table.has(AVAILABLE_MW));
        if demand != available {
            let (there, other) = match demand {
                true => (DEMAND_MW, "available_mw"),
                false => (AVAILABLE_MW, "demand_mw"),
            };
            let reason = format!("stands without {other}");
            return Err(table.wrong_column(there, reason, "give both, or neither"));
        }
        Ok(demand || table.has(AVAILABLE) || table.has(PEAK_PROBABILITY))
    }

    /// Of a row.
    ///
    /// # Errors
    /// A cell that is no number, or outside what is possible.
    pub(super) fn of(row: &Row<'_>, has: impl Fn(usize) -> bool) -> Result<Self, TableError> {
        let number = |column: usize, most: f64| {
            let value = row.number(column)?;
            let remedy = || format!("give 0 to {most}");
            let is_possible = (0.0..=most).contains(&value);
            is_possible.then_some(value).ok_or_else(|| row.wrong(column, "cannot be", remedy()))
        };
        let mut beside = Self::default();
        if has(AVAILABLE) {
            beside.available = Some(number(AVAILABLE, 1.0)?);
        }
        if has(PEAK_PROBABILITY) && !row.is_missing(PEAK_PROBABILITY) {
            beside.peak_probability = number(PEAK_PROBABILITY, 1.0)?;
        }
        if has(DEMAND_MW) {
            let (demand_mw, available_mw) =
                (number(DEMAND_MW, MAX_MW)?, number(AVAILABLE_MW, MAX_MW)?);
            beside.system = Some(SystemHour { available_mw, demand_mw });
        }
        Ok(beside)
    }

    /// Of each price, by its row's: the chance of a peak in a row's time is shared by its prices.
    pub(super) fn of_values(
        count: usize,
        rows: &[usize],
        of_row: impl Fn(usize) -> Self,
    ) -> Vec<Self> {
        let mut shared = vec![0.0; count];
        rows.iter().for_each(|&row| shared[row] += 1.0);
        let one = |&row: &usize| {
            let beside = of_row(row);
            Self { peak_probability: beside.peak_probability / shared[row], ..beside }
        };
        rows.iter().map(one).collect()
    }
}
