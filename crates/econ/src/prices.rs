//! A market's prices of energy by hour or quarter of an hour, as files of the markets have them.
//!
//! ```
//! use hashwatt_econ::prices::PriceFile;
//!
//! let text = "datetime,Price (EUR/MWh)\n2026-01-01 00:00,80\n2026-01-01 01:00,-2.5\n";
//! let prices = PriceFile::parse("day.csv", text)?.unwrap();
//! assert_eq!(prices.series.values(), [80.0, -2.5]);
//! assert_eq!(prices.series.step().as_mins(), 60);
//! # Ok::<(), hashwatt_input::table::TableError>(())
//! ```

mod format;
mod read;
#[cfg(test)]
mod tests;
mod unit;

pub use format::PriceFormat;

use crate::Currency;
use crate::text::{grouped, plain};
use hashwatt_input::table::TableError;
use hashwatt_input::table::time::{Clock, Zone};
use jiff::civil::DateTime;
use jiff::{SignedDuration, Span, Timestamp};
use std::fmt;

/// Prices one after another, without a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceSeries {
    start: Timestamp,
    step: SignedDuration,
    zone: Zone,
    currency: Option<Currency>,
    values: Vec<f64>,
}

impl PriceSeries {
    /// When the first price begins to hold.
    pub fn start(&self) -> Timestamp {
        self.start
    }
    /// For how long each price holds.
    pub fn step(&self) -> SignedDuration {
        self.step
    }
    /// Whose clock the market's days are of.
    pub fn zone(&self) -> Zone {
        self.zone
    }
    /// The currency, where the file says one.
    pub fn currency(&self) -> Option<Currency> {
        self.currency
    }
    /// Prices of a MWh; some are negative.
    pub fn values(&self) -> &[f64] {
        &self.values
    }
    /// The mean of all.
    pub fn mean(&self) -> f64 {
        self.values.iter().sum::<f64>() / self.values.len() as f64
    }
    /// How many hours it covers.
    pub fn hours(&self) -> f64 {
        self.values.len() as f64 * self.step.as_secs_f64() / 3600.0
    }

    /// Each price with the day and time of the market's clock at which it begins to hold.
    pub fn local(&self) -> impl Iterator<Item = (DateTime, f64)> {
        let clock = Clock::new(self.zone);
        let step = self.step.as_secs();
        let start = self.start.as_second();
        self.values.iter().enumerate().filter_map(move |(i, value)| {
            let second = i64::try_from(i).ok()?.checked_mul(step)?.checked_add(start)?;
            Some((clock.shows(Timestamp::from_second(second).ok()?), *value))
        })
    }

    /// The clock's time at the beginning and at the end.
    fn ends(&self) -> Option<(DateTime, DateTime)> {
        let clock = Clock::new(self.zone);
        let length = self.step.checked_mul(i32::try_from(self.values.len()).ok()?)?;
        Some((clock.shows(self.start), clock.shows(self.start.checked_add(length).ok()?)))
    }
}

/// A file of prices and what it was understood to be.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceFile {
    /// The file as it was given.
    pub file: String,
    /// Whose layout it has.
    pub format: PriceFormat,
    /// Its market area, hub or country, where it names one.
    pub place: Option<String>,
    /// The prices.
    pub series: PriceSeries,
    /// What was done to make a whole of them.
    pub notes: Vec<String>,
    /// The place and the reason of the price that is unusual beside the others, where one is.
    pub doubt: Option<String>,
    last_line: u64,
}

impl PriceFile {
    /// Reads a file of prices; nothing where its header is none of a layout that is known (see
    /// [`PriceFormat`]). `file` is what it is called in errors.
    ///
    /// # Errors
    /// Prices that are missing, appear twice, or are not in the order of time; several places in one file; a
    /// time or a price that cannot be read: each with its line.
    pub fn parse(file: &str, text: &str) -> Result<Option<Self>, TableError> {
        read::read(file, text)
    }

    /// The mean price of every hour of the day in every month, January first, of whole years.
    ///
    /// # Errors
    /// Another number of hours than that of whole years.
    pub fn means_by_month_and_hour(&self) -> Result<[[f64; 24]; 12], TableError> {
        self.unless_part_of_a_year()?;
        let mut sums = [[(0.0, 0_u32); 24]; 12];
        for (at, price) in self.series.local() {
            let month = usize::try_from(at.month() - 1).unwrap_or_default();
            let hour = usize::try_from(at.hour()).unwrap_or_default();
            let (sum, count) = &mut sums[month][hour];
            *sum += price;
            *count += 1;
        }
        Ok(sums.map(|hours| hours.map(|(sum, count)| sum / f64::from(count))))
    }

    fn unless_part_of_a_year(&self) -> Result<(), TableError> {
        let ends = self.series.ends();
        let whole = ends.and_then(|(from, to)| {
            let years = i32::from(to.year()) - i32::from(from.year());
            let ends = from.checked_add(Span::new().years(years)).ok()?;
            (years > 0 && ends == to).then_some(())
        });
        whole.ok_or_else(|| {
            let hours = plain(self.series.hours());
            let reason = match ends {
                Some((from, to)) => format!("has {hours} hours, from {from} to {to}"),
                None => format!("has {hours} hours"),
            };
            let remedy = "give whole years, of 8,760 hours or 8,784";
            TableError::new(&self.file, reason, remedy).on_line(self.last_line)
        })
    }
}

/// What it was understood to be, in words.
impl fmt::Display for PriceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { format, series, .. } = self;
        write!(f, "{format}")?;
        if let Some(place) = &self.place {
            write!(f, " of {place}")?;
        }
        write!(f, ", {} hours", grouped(series.hours(), 0))?;
        if let Some((from, to)) = series.ends() {
            match (from.date(), to.date()) {
                (first, _) if first.day_of_year() == 1 && to.year() == first.year() + 1 => {
                    write!(f, " of {}", first.year())?;
                }
                (first, last) => write!(f, " from {first} to {last}")?,
            }
        }
        write!(f, " ({})", series.zone)?;
        let minutes = series.step.as_mins();
        if minutes != 60 {
            write!(f, " in steps of {minutes} minutes")?;
        }
        match series.currency {
            Some(currency) => write!(f, ", {currency}/MWh")?,
            None => f.write_str(", of no stated unit")?,
        }
        write!(f, ", mean {}", grouped(series.mean(), 2))?;
        self.notes.iter().try_for_each(|note| write!(f, "; {note}"))
    }
}
