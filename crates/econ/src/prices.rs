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
    /// What each hour has beside its price; empty where the file has no such column, or was not asked for it.
    pub beside: Vec<HourColumns>,
    last_line: u64,
}

/// Some hours of a calendar month that have one price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PricedHour {
    /// Their part of the month, over that of the month's other hours.
    pub weight: f64,
    /// The hour of the day on the file's clock, 0 to 23.
    pub hour: usize,
    /// What a MWh costs, or its price over the mean one.
    pub price: f64,
    pub beside: HourColumns,
}

impl PriceFile {
    /// Reads a file of prices; nothing where its header is none of a layout that is known (see
    /// [`PriceFormat`]). `file` is what it is called in errors.
    ///
    /// # Errors
    /// Prices that are missing, appear twice, or are not in the order of time; several places in one file; a
    /// time or a price that cannot be read: each with its line.
    pub fn parse(file: &str, text: &str) -> Result<Option<Self>, TableError> {
        read::read(file, text, format::LAYOUTS, false)
    }

    /// The same with what columns beside the price say of the hour: `available`, `peak_probability`, and the
    /// system's `demand_mw` and `available_mw`.
    ///
    /// # Errors
    /// As [`PriceFile::parse`].
    pub fn with_hours(file: &str, text: &str) -> Result<Option<Self>, TableError> {
        read::read(file, text, format::LAYOUTS, true)
    }

    /// A file of times and the part of each hour for which there is energy, which stands in the series' place of
    /// prices.
    ///
    /// # Errors
    /// As [`PriceFile::parse`]; a part outside 0 to 1.
    pub(crate) fn availability(file: &str, text: &str) -> Result<Option<Self>, TableError> {
        let found = read::read(file, text, format::AVAILABILITY, false)?;
        if let Some(found) = &found
            && let Some(part) = found.series.values.iter().find(|part| !(0.0..=1.0).contains(*part))
        {
            let reason = format!("has the part {} of an hour", plain(*part));
            return Err(TableError::new(file, reason, "give 0 to 1, such as 0.25"));
        }
        Ok(found)
    }

    /// Every price on its own hour, by calendar month: several years are put together, and 29 February joins its
    /// month.
    ///
    /// # Errors
    /// Another number of hours than that of whole years.
    pub(crate) fn by_month(&self) -> Result<[Vec<PricedHour>; 12], TableError> {
        self.unless_part_of_a_year()?;
        let mut months: [Vec<PricedHour>; 12] = std::array::from_fn(|_| Vec::new());
        for (place, (at, price)) in self.series.local().enumerate() {
            let month = usize::try_from(at.month() - 1).unwrap_or_default();
            let hour = usize::try_from(at.hour()).unwrap_or_default();
            let beside = self.beside.get(place).copied().unwrap_or_default();
            months[month].push(PricedHour { weight: 1.0, hour, price, beside });
        }
        let years = f64::from(self.years());
        for hours in &mut months {
            hours.iter_mut().for_each(|hour| hour.beside.peak_probability /= years);
        }
        Ok(months)
    }

    /// How many years its ends are apart.
    fn years(&self) -> u16 {
        let ends = self.series.ends();
        ends.map_or(1, |(from, to)| (to.year() - from.year()).unsigned_abs().max(1))
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
