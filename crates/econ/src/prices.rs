//! Market prices of energy by hour or quarter of an hour, in the file layouts of the markets.
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

mod days;
mod format;
mod hour_columns;
mod read;
#[cfg(test)]
mod tests;
mod unit;

pub(crate) use days::TypicalDays;
pub use format::PriceFormat;
pub use hour_columns::HourColumns;

use crate::Currency;
use crate::text::{grouped, plain};
use hashwatt_input::table::TableError;
use hashwatt_input::table::time::{Clock, Zone};
use jiff::civil::DateTime;
use jiff::{SignedDuration, Span, Timestamp};
use std::fmt;

/// A series of prices without gaps.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceSeries {
    start: Timestamp,
    step: SignedDuration,
    zone: Zone,
    currency: Option<Currency>,
    values: Vec<f64>,
}

impl PriceSeries {
    /// The start of the first price's period.
    pub fn start(&self) -> Timestamp {
        self.start
    }
    /// The length of each price's period.
    pub fn step(&self) -> SignedDuration {
        self.step
    }
    /// The time zone of the market's days.
    pub fn zone(&self) -> Zone {
        self.zone
    }
    /// The currency, if the file gives it.
    pub fn currency(&self) -> Option<Currency> {
        self.currency
    }
    /// Prices per MWh; they may be negative.
    pub fn values(&self) -> &[f64] {
        &self.values
    }
    /// The mean price.
    pub fn mean(&self) -> f64 {
        self.values.iter().sum::<f64>() / self.values.len() as f64
    }
    /// The number of hours covered.
    pub fn hours(&self) -> f64 {
        self.values.len() as f64 * self.step.as_secs_f64() / 3600.0
    }

    /// Each price with the start of its period in the market's local time.
    pub fn local(&self) -> impl Iterator<Item = (DateTime, f64)> {
        let clock = Clock::new(self.zone);
        let step = self.step.as_secs();
        let start = self.start.as_second();
        self.values.iter().enumerate().filter_map(move |(i, value)| {
            let second = i64::try_from(i).ok()?.checked_mul(step)?.checked_add(start)?;
            Some((clock.civil_at(Timestamp::from_second(second).ok()?), *value))
        })
    }

    /// The local time of start and end.
    fn ends(&self) -> Option<(DateTime, DateTime)> {
        let clock = Clock::new(self.zone);
        let length = self.step.checked_mul(i32::try_from(self.values.len()).ok()?)?;
        Some((clock.civil_at(self.start), clock.civil_at(self.start.checked_add(length).ok()?)))
    }
}

/// A price file as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceFile {
    /// The name of the file.
    pub file: String,
    /// Its layout.
    pub format: PriceFormat,
    /// Its market area, hub or country, if named.
    pub place: Option<String>,
    /// The prices.
    pub series: PriceSeries,
    /// Notes on selected or completed data.
    pub notes: Vec<String>,
    /// A warning about the most unusual price, with its position, if any.
    pub price_warning: Option<String>,
    /// Additional columns of each hour; empty if the file has none or they were not requested.
    pub columns: Vec<HourColumns>,
    last_line: u64,
}

/// Hours of a calendar month with one price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PricedHour {
    /// Their weight relative to the month's other hours.
    pub weight: f64,
    /// The hour of the day in the file's local time, 0 to 23.
    pub hour: usize,
    /// Price per MWh, or relative to the mean price.
    pub price: f64,
    pub columns: HourColumns,
}

impl PriceFile {
    /// Reads a price file; `None` if its header does not match a known layout (see [`PriceFormat`]). `file` is its name
    /// in errors.
    ///
    /// # Errors
    /// [`TableError`] with the line, for prices that are missing, appear twice or are not in order of time, for several
    /// places in one file, and for an unreadable time or price.
    pub fn parse(file: &str, text: &str) -> Result<Option<Self>, TableError> {
        read::read(file, text, format::LAYOUTS, false)
    }

    /// Like [`PriceFile::parse`], but also reads the columns `available`, `peak_probability`, `demand_mw` and
    /// `available_mw`.
    ///
    /// # Errors
    /// As [`PriceFile::parse`].
    pub fn with_hours(file: &str, text: &str) -> Result<Option<Self>, TableError> {
        read::read(file, text, format::LAYOUTS, true)
    }

    /// Reads a file of times and the share of each hour with energy; the shares take the place of prices in the series.
    ///
    /// # Errors
    /// As [`PriceFile::parse`], and for a share outside 0 to 1.
    pub(crate) fn availability(file: &str, text: &str) -> Result<Option<Self>, TableError> {
        let found = read::read(file, text, format::AVAILABILITY, false)?;
        if let Some(found) = &found
            && let Some(part) = found.series.values.iter().find(|part| !(0.0..=1.0).contains(*part))
        {
            let reason = format!("has an availability of {}", plain(*part));
            return Err(TableError::new(file, reason, "give 0 to 1, such as 0.25"));
        }
        Ok(found)
    }

    /// All prices by calendar month and hour of the day; several years are combined, and 29 February belongs to its
    /// month.
    ///
    /// # Errors
    /// [`TableError`] if the file does not cover whole years.
    pub(crate) fn by_month(&self) -> Result<[Vec<PricedHour>; 12], TableError> {
        self.check_whole_years()?;
        let mut months: [Vec<PricedHour>; 12] = std::array::from_fn(|_| Vec::new());
        for (place, (at, price)) in self.series.local().enumerate() {
            let month = usize::try_from(at.month() - 1).unwrap_or_default();
            let hour = usize::try_from(at.hour()).unwrap_or_default();
            let columns = self.columns.get(place).copied().unwrap_or_default();
            months[month].push(PricedHour { weight: 1.0, hour, price, columns });
        }
        let years = f64::from(self.years());
        for hours in &mut months {
            hours.iter_mut().for_each(|hour| hour.columns.peak_probability /= years);
        }
        Ok(months)
    }

    /// The number of years covered.
    fn years(&self) -> u16 {
        let ends = self.series.ends();
        ends.map_or(1, |(from, to)| (to.year() - from.year()).unsigned_abs().max(1))
    }

    /// The mean price for every hour of the day in every month, January first; requires whole years.
    ///
    /// # Errors
    /// [`TableError`] if the file does not cover whole years.
    pub fn means_by_month_and_hour(&self) -> Result<[[f64; 24]; 12], TableError> {
        self.check_whole_years()?;
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

    fn check_whole_years(&self) -> Result<(), TableError> {
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
            let remedy = "give whole years, of 8,760 or 8,784 hours";
            TableError::new(&self.file, reason, remedy).on_line(self.last_line)
        })
    }
}

/// A description of the file as it was read.
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
            None => f.write_str(", unit not stated")?,
        }
        write!(f, ", mean {}", grouped(series.mean(), 2))?;
        self.notes.iter().try_for_each(|note| write!(f, "; {note}"))
    }
}
