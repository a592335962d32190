//! Timestamps in tables: dates in several orders, times with and without a zone, and the two days on which daylight
//! saving time changes.
//!
//! ```
//! use hashwatt_input::table::time::{Clock, DateOrder, ParsedTimestamp, Zone};
//!
//! let stamp = |text| ParsedTimestamp::parse(text, Some(DateOrder::DayFirst)).unwrap();
//! let mut clock = Clock::new(Zone::CentralEurope);
//! // The hour from 02:00 occurs twice on this day.
//! let first = clock.take(&stamp("25.10.2026 02:00"), None).unwrap();
//! let second = clock.take(&stamp("25.10.2026 02:00"), None).unwrap();
//! assert_eq!(second.duration_since(first).as_secs(), 3600);
//! ```

mod clock;
#[cfg(test)]
mod tests;

pub use clock::{Clock, ClockError, Zone};

use super::error::TableError;
use super::row::Row;
use jiff::Span;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// The order of day and month in a date whose year comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 31/01/2026.
    DayFirst,
    /// 01/31/2026.
    MonthFirst,
}

/// The parts of a timestamp that a cell states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsedTimestamp {
    /// The date, if stated.
    pub date: Option<Date>,
    /// The time of day, if stated.
    pub time: Option<Time>,
    /// Whether the time is 24:00, the beginning of the next day.
    pub ends_day: bool,
    /// The offset from UTC, if stated.
    pub offset: Option<Offset>,
}

/// Why a cell is not a valid timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampError {
    /// The format is not known.
    UnknownFormat,
    /// The date or the time of day does not exist.
    Nonexistent,
    /// The order of day and month is ambiguous.
    AmbiguousOrder,
}

/// Offsets from UTC in hours, by the zone names that follow times.
const OFFSETS: &[(&str, i8)] = &[
    ("Z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("WET", 0),
    ("CET", 1),
    ("CEST", 2),
    ("EET", 2),
    ("EEST", 3),
    ("CST", -6),
    ("CDT", -5),
];

impl ParsedTimestamp {
    /// Reads `2026-10-25T12:00:00.5+01:00`, `2026-10-25 12:00`, `25.10.2026 12:00`, `10/25/2026 12:00 PM`,
    /// `12:00:00` or `2026-10-25`. `order` applies to `05/06/2026` and `05-06-2026`; with points the day
    /// comes first.
    ///
    /// # Errors
    /// [`TimestampError`] for any other text.
    pub fn parse(text: &str, order: Option<DateOrder>) -> Result<Self, TimestampError> {
        let text = text.trim();
        let mut stamp = Self { date: None, time: None, ends_day: false, offset: None };
        let mut rest = text;
        if let Some(parts) = DateParts::parse(text) {
            stamp.date = Some(parts.date(order)?);
            rest = text.get(parts.length..).unwrap_or("").trim_start_matches(['T', 't', ' ', ',']);
            if rest.is_empty() {
                return Ok(stamp);
            }
        }
        let (clock, zone) = split_zone(rest);
        if let Some(zone) = zone {
            stamp.offset = Some(offset(zone).ok_or(TimestampError::UnknownFormat)?);
        }
        let (time, ends_day) = time_of_day(clock)?;
        Ok(Self { time: Some(time), ends_day, ..stamp })
    }

    /// The local date and time; `None` without a date, midnight without a time.
    pub fn civil(&self) -> Option<DateTime> {
        let at = self.date?.to_datetime(self.time.unwrap_or(Time::midnight()));
        if self.ends_day { at.checked_add(Span::new().days(1)).ok() } else { Some(at) }
    }

    /// The timestamp of a cell.
    ///
    /// # Errors
    /// A cell that is not a valid timestamp, with a remedy.
    pub fn from_cell(
        row: &Row<'_>,
        column: usize,
        order: Option<DateOrder>,
    ) -> Result<Self, TableError> {
        Self::parse(row.text(column), order).map_err(|reason| wrong(row, column, reason))
    }

    /// The beginning and the end of an interval, such as `01.01.2026 00:00 - 01.01.2026 01:00`.
    ///
    /// # Errors
    /// A cell that is not an interval, with a remedy.
    pub fn interval_from_cell(
        row: &Row<'_>,
        column: usize,
        order: Option<DateOrder>,
    ) -> Result<(Self, Self), TableError> {
        let (from, to) = row.text(column).split_once(" - ").ok_or_else(|| {
            let remedy = "write its beginning and its end: 2026-01-31 00:00 - 2026-01-31 01:00";
            row.wrong(column, "is not an interval", remedy)
        })?;
        let read = |text| Self::parse(text, order).map_err(|reason| wrong(row, column, reason));
        Ok((read(from)?, read(to)?))
    }
}

fn wrong(row: &Row<'_>, column: usize, reason: TimestampError) -> TableError {
    match reason {
        TimestampError::UnknownFormat => {
            row.wrong(column, "is not a time", "write 2026-01-31T12:00:00Z")
        }
        TimestampError::Nonexistent => {
            row.wrong(column, "is a time that does not exist", "write 2026-01-31T12:00:00Z")
        }
        TimestampError::AmbiguousOrder => row.wrong(
            column,
            "could have its day or its month first, and no other row shows which",
            "write the year first: 2026-01-31",
        ),
    }
}

/// The three numbers of a date in their order, and the length of its text.
struct DateParts {
    numbers: [i16; 3],
    year_first: bool,
    with_points: bool,
    length: usize,
}

impl DateParts {
    fn parse(text: &str) -> Option<Self> {
        let end = text
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.')))
            .unwrap_or(text.len());
        let date = text.get(..end)?;
        let sign = date.find(['-', '/', '.']).and_then(|at| date.get(at..=at))?;
        let mut parts = date.split(sign);
        let parts = [parts.next()?, parts.next()?, parts.next()?];
        // A minus sign before an offset, as in 2026-01-31-06:00, is not part of a date.
        if parts.iter().map(|part| part.len()).sum::<usize>() + 2 != date.len() {
            return None;
        }
        let year_first = match parts.map(str::len) {
            [4, 1..=2, 1..=2] => true,
            [1..=2, 1..=2, 4] => false,
            _ => return None,
        };
        let [a, b, c] = parts.map(|part| part.parse().ok());
        let numbers = [a?, b?, c?];
        Some(Self { numbers, year_first, with_points: sign == ".", length: end })
    }

    /// The order of day and month, if the numbers show it.
    fn order(&self) -> Option<DateOrder> {
        match self.numbers {
            _ if self.with_points => Some(DateOrder::DayFirst),
            [day, ..] if day > 12 => Some(DateOrder::DayFirst),
            [_, day, _] if day > 12 => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    fn date(&self, order: Option<DateOrder>) -> Result<Date, TimestampError> {
        let [a, b, c] = self.numbers;
        let (year, month, day) = if self.year_first {
            (a, b, c)
        } else {
            let own = if self.with_points { Some(DateOrder::DayFirst) } else { order };
            match own.or(self.order()).ok_or(TimestampError::AmbiguousOrder)? {
                DateOrder::DayFirst => (c, b, a),
                DateOrder::MonthFirst => (c, a, b),
            }
        };
        let small = |number: i16| i8::try_from(number).map_err(|_| TimestampError::Nonexistent);
        Date::new(year, small(month)?, small(day)?).map_err(|_| TimestampError::Nonexistent)
    }
}

/// A time of day and the zone after it: `Z`, `+01:00`, `(CET)`, ` UTC`.
fn split_zone(text: &str) -> (&str, Option<&str>) {
    let text = text.trim_end();
    let plain = text.trim_end_matches(')');
    if let Some(at) = plain.rfind(['+', '-']).or_else(|| plain.rfind('\u{2212}')) {
        return (text[..at].trim_end(), Some(&plain[at..]));
    }
    let letters = plain.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let zone = plain.get(letters.len()..).unwrap_or("");
    if zone.is_empty() || zone.eq_ignore_ascii_case("am") || zone.eq_ignore_ascii_case("pm") {
        return (text, None);
    }
    (letters.trim_end_matches(['(', ' ']), Some(zone))
}

fn offset(zone: &str) -> Option<Offset> {
    if let Some((_, hours)) = OFFSETS.iter().find(|(name, _)| name.eq_ignore_ascii_case(zone)) {
        return Some(Offset::constant(*hours));
    }
    let sign = if zone.starts_with('+') { 1 } else { -1 };
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let is_number = zone.chars().skip(1).all(|c| c.is_ascii_digit() || c == ':');
    let (hours, minutes) = match digits.len() {
        2 if is_number => (digits.parse::<i32>().ok()?, 0),
        4 if is_number => (digits[..2].parse().ok()?, digits[2..].parse::<i32>().ok()?),
        _ => return None,
    };
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

/// The time of day, and whether it is 24:00.
fn time_of_day(text: &str) -> Result<(Time, bool), TimestampError> {
    let lower = text.trim().to_ascii_lowercase();
    let (clock, half_day) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(clock), _) => (clock.trim_end(), Some(0)),
        (_, Some(clock)) => (clock.trim_end(), Some(12)),
        _ => (lower.as_str(), None),
    };
    let mut parts = clock.split(':');
    let mut next = || parts.next();
    let (hour, minute, second) = (next(), next(), next());
    if next().is_some() {
        return Err(TimestampError::UnknownFormat);
    }
    let number = |text: &str| {
        let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse::<i8>().ok()).flatten().ok_or(TimestampError::UnknownFormat)
    };
    let hour = number(hour.unwrap_or(""))?;
    let minute = number(minute.ok_or(TimestampError::UnknownFormat)?)?;
    let (whole, fraction) = match second {
        None => ("0", ""),
        Some(second) => second.split_once(['.', ',']).unwrap_or((second, "")),
    };
    let second = number(whole)?;
    if fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(TimestampError::UnknownFormat);
    }
    let nanos: i32 =
        format!("{fraction:0<9}").parse().map_err(|_| TimestampError::UnknownFormat)?;
    let hour = match half_day {
        None => hour,
        Some(half_day) if (1..=12).contains(&hour) => hour % 12 + half_day,
        Some(_) => return Err(TimestampError::Nonexistent),
    };
    if (hour, minute, second, nanos) == (24, 0, 0, 0) {
        return Ok((Time::midnight(), true));
    }
    Ok((Time::new(hour, minute, second, nanos).map_err(|_| TimestampError::Nonexistent)?, false))
}

/// The order of day and month in a column, from all of its rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct ColumnDateOrder {
    order: Option<DateOrder>,
    /// The first ambiguous date, and whether other ambiguous dates differ from it.
    unclear: Option<[i16; 3]>,
    differs: bool,
}

impl ColumnDateOrder {
    /// Takes a row into account.
    ///
    /// # Errors
    /// A row whose order contradicts an earlier row.
    pub fn note(&mut self, row: &Row<'_>, column: usize) -> Result<(), TableError> {
        let Some(parts) = DateParts::parse(row.text(column)) else { return Ok(()) };
        if parts.year_first {
            return Ok(());
        }
        match (parts.order(), self.order) {
            (Some(found), Some(known)) if found != known => {
                let reason = "has its day and its month in another order than earlier rows";
                return Err(row.wrong(column, reason, "write the year first: 2026-01-31"));
            }
            (Some(found), _) => self.order = Some(found),
            (None, _) => {
                let first = *self.unclear.get_or_insert(parts.numbers);
                self.differs |= first != parts.numbers;
            }
        }
        Ok(())
    }

    /// The order, if any row shows it.
    pub fn order(&self) -> Option<DateOrder> {
        self.order
    }

    /// Like [`order`](Self::order), for callers that need only the time between rows: if all rows have the same
    /// date, either order will do.
    pub fn order_of_differences(&self) -> Option<DateOrder> {
        match self.order {
            None if !self.differs => Some(DateOrder::DayFirst),
            order => order,
        }
    }
}
