//! Calendar months from the start to the horizon. Accounts are by calendar year.

use crate::{EconError, YEAR_S};
use jiff::civil::{Date, date};

const DAY_S: f64 = 86_400.0;

/// A calendar month, or its part within the horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Month {
    /// When it ends, seconds from the start; the last may end beyond the horizon.
    pub end: f64,
    /// When it begins; the first begins at 0.
    pub begin: f64,
    /// Its calendar year.
    pub year: i16,
    /// The index of that year in the accounts.
    pub year_index: usize,
    /// 0 for January.
    pub month: usize,
    /// Hours of the whole calendar month.
    pub hours: f64,
}

/// The months and years of a run's accounts.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    months: Vec<Month>,
    horizon: f64,
    /// The end of each calendar year within the horizon.
    year_ends: Vec<f64>,
}

impl Calendar {
    /// Creates the calendar of a run from its first day and its length in years of 365 days.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] if the run extends beyond the year 9999.
    pub fn new(start: Date, years: f64) -> Result<Self, EconError> {
        let beyond = || EconError::OutOfRange {
            field: "start",
            given: format!("{start} and {years} years"),
            remedy: "a start and a length within the years 1 to 9999",
        };
        let horizon = years * YEAR_S;
        let seconds = |day: Date| -> Result<f64, EconError> {
            let span = start.until(day).map_err(|_| beyond())?;
            Ok(f64::from(span.get_days()) * DAY_S)
        };
        let mut months: Vec<Month> = Vec::new();
        let (mut year, mut month) = (start.year(), start.month());
        while months.last().is_none_or(|last| last.end < horizon) {
            let first = date(year, month, 1);
            let hours = f64::from(first.days_in_month()) * 24.0;
            let next = match month {
                12 => Date::new(year.checked_add(1).ok_or_else(beyond)?, 1, 1),
                _ => Date::new(year, month + 1, 1),
            };
            let next = next.map_err(|_| beyond())?;
            months.push(Month {
                end: seconds(next)?,
                begin: months.last().map_or(0.0, |last| last.end),
                year,
                year_index: (year - start.year()) as usize,
                month: (month - 1) as usize,
                hours,
            });
            (year, month) = (next.year(), next.month());
        }
        let mut year_ends = vec![0.0; months.last().map_or(0, |last| last.year_index + 1)];
        for month in &months {
            year_ends[month.year_index] = month.end.min(horizon);
        }
        Ok(Self { months, horizon, year_ends })
    }

    /// The months.
    pub fn months(&self) -> &[Month] {
        &self.months
    }

    /// The end of the run, seconds from the start.
    pub fn horizon(&self) -> f64 {
        self.horizon
    }

    /// The number of calendar years that the run touches.
    pub fn years(&self) -> usize {
        self.year_ends.len()
    }

    /// The first calendar year.
    pub fn first_year(&self) -> i16 {
        self.months.first().map_or(0, |month| month.year)
    }

    /// The index of the month that contains a time, searched from an index that is not after it; beyond the
    /// calendar the last index.
    pub(crate) fn month_index(&self, at: f64, from: usize) -> usize {
        let mut index = from;
        while index + 1 < self.months.len() && at >= self.months[index].end {
            index += 1;
        }
        index
    }

    /// The end of a calendar year within the horizon.
    pub(crate) fn year_end(&self, year_index: usize) -> f64 {
        self.year_ends.get(year_index).copied().unwrap_or(self.horizon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendar_months_and_year_ends_match_dates() {
        let calendar = Calendar::new(date(2027, 12, 15), 0.5).unwrap();
        let months = calendar.months();
        assert_eq!((months[0].end, months[0].hours), (17.0 * DAY_S, 744.0));
        // February 2028 has 29 days.
        assert_eq!((months[2].month, months[2].hours, months[2].year_index), (1, 696.0, 1));
        assert_eq!((calendar.years(), calendar.year_end(0)), (2, 17.0 * DAY_S));
        assert_eq!(calendar.year_end(1), 182.5 * DAY_S);
        // The first second of a month belongs to it.
        assert_eq!(
            (calendar.month_index(17.0 * DAY_S, 0), calendar.month_index(1e12, 0)),
            (1, months.len() - 1)
        );
        assert!(Calendar::new(date(9999, 1, 1), 50.0).is_err());
    }
}
