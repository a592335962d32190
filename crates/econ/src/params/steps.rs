//! Step functions by date: exchange rates, price levels, tariffs.

use crate::EconError;
use jiff::civil::Date;

const DAY_S: f64 = 86_400.0;

/// A step function relative to its value at the start: each value holds from its day until the next one's.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// Seconds from the start, ascending.
    times: Box<[f64]>,
    ratios: Box<[f64]>,
}

impl Steps {
    /// Creates steps from values above 0 by day. The first day must not be after the start; the last value holds
    /// afterwards.
    ///
    /// # Errors
    /// [`EconError::Table`] for no rows, a first row after the start, days that do not ascend, or a value that is not
    /// above 0.
    pub fn from_days(start: Date, rows: &[(Date, f64)]) -> Result<Self, EconError> {
        let wrong = |reason: String| EconError::Table { table: "path", reason };
        let since = |day: Date| start.until(day).map_or(0, |span| span.get_days());
        if rows.first().is_none_or(|(day, _)| *day > start) {
            return Err(wrong(format!("give a first row at or before the first day, {start}")));
        }
        if let Some(pair) = rows.windows(2).find(|pair| pair[0].0 >= pair[1].0) {
            return Err(wrong(format!("{} is not after {}", pair[1].0, pair[0].0)));
        }
        if let Some((day, value)) = rows.iter().find(|(_, v)| !(*v > 0.0 && v.is_finite())) {
            return Err(wrong(format!("{value} on {day} is not possible; give a value above 0")));
        }
        let first = rows.iter().rev().find(|(day, _)| *day <= start).map_or(1.0, |row| row.1);
        Ok(Self {
            times: rows.iter().map(|(day, _)| f64::from(since(*day)) * DAY_S).collect(),
            ratios: rows.iter().map(|(_, value)| value / first).collect(),
        })
    }

    /// The ratio at a time, seconds from the start.
    pub fn at(&self, at: f64) -> f64 {
        let after = self.times.partition_point(|time| *time <= at);
        self.ratios[after.saturating_sub(1)]
    }
}

/// Exchange rate and price levels by date, instead of annual growth (equation M24).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LevelPaths {
    /// Local money for a dollar.
    pub exchange_rate: Option<Steps>,
    /// The dollar price level.
    pub inflation_usd: Option<Steps>,
    /// The local price level.
    pub inflation_local: Option<Steps>,
}

impl LevelPaths {
    /// Whether no path is given.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn step_value_holds_from_its_day_relative_to_the_start() {
        let rows =
            [(date(2026, 12, 1), 250.0), (date(2027, 1, 11), 300.0), (date(2028, 1, 1), 200.0)];
        let steps = Steps::from_days(date(2027, 1, 1), &rows).unwrap();
        let day = |day: f64| steps.at(day * DAY_S);
        assert_eq!((day(0.0), day(9.999), day(10.0)), (1.0, 1.0, 1.2));
        assert_eq!((day(364.9), day(365.0), day(9e4)), (1.2, 0.8, 0.8));
        // A start inside the path uses the value at that day.
        let steps = Steps::from_days(date(2027, 6, 1), &rows).unwrap();
        assert_eq!(steps.at(0.0), 1.0);
    }

    #[test]
    fn invalid_step_rows_are_refused() {
        let start = date(2027, 1, 1);
        let message = |rows: &[(Date, f64)]| Steps::from_days(start, rows).unwrap_err().to_string();
        assert!(message(&[]).contains("first row"));
        assert!(message(&[(date(2027, 1, 2), 1.0)]).contains("2027-01-01"));
        assert!(message(&[(start, 1.0), (start, 2.0)]).contains("not after"));
        assert!(message(&[(start, 0.0)]).contains("above 0"));
    }
}
