//! Times as tables have them: dates in several orders, clocks with and without a zone, and the two days of
//! daylight saving.
//!
//! ```
//! use hashwatt_input::table::time::{Clock, DateOrder, ParsedTimestamp, Zone};
//!
//! let stamp = |text| ParsedTimestamp::parse(text, Some(DateOrder::DayFirst)).unwrap();
//! let mut clock = Clock::new(Zone::CentralEurope);
//! // The hour from 02:00 comes twice on this day.
//! let first = clock.take(&stamp("25.10.2026 02:00"), None).unwrap();
//! let second = clock.take(&stamp("25.10.2026 02:00"), None).unwrap();
//! assert_eq!(second.duration_since(first).as_secs(), 3600);
//! ```

mod clock;
#[cfg(test)]
mod tests;

pub use clock::{Clock, NotOnClock, Zone};

use super::error::TableError;
use super::row::Row;
use jiff::Span;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// What of a date comes first where the year comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 31/01/2026.
    DayFirst,
    /// 01/31/2026.
    MonthFirst,
}

/// What a cell says of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsedTimestamp {
    /// The day, where it is said.
    pub date: Option<Date>,
    /// The time of the day, where it is said.
    pub time: Option<Time>,
    /// Whether it is 24:00 of the day, which is the next day's beginning.
    pub ends_day: bool,
    /// The offset from UTC, where it is said.
    pub offset: Option<Offset>,
}

/// Why a cell is no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampError {
    /// In no form that is known.
    Form,
    /// A day or a time of day that does not exist.
    Never,
    /// A day and a month that may be exchanged.
    Order,
}

/// Offsets by the names that stand behind times.
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
    /// `12:00:00` or `2026-10-25`. `order` says what `05/06/2026` and `05-06-2026` are; with points the day
    /// comes first.
    ///
    /// # Errors
    /// Why not.
    pub fn parse(text: &str, order: Option<DateOrder>) -> Result<Self, TimestampError> {
        let text = text.trim();
        let mut stamp = Self { date: None, time: None, ends_day: false, offset: None };
        let mut rest = text;
        if let Some(parts) = DateParts::of(text) {
            stamp.date = Some(parts.date(order)?);
            rest = text.get(parts.length..).unwrap_or("").trim_start_matches(['T', 't', ' ', ',']);
            if rest.is_empty() {
                return Ok(stamp);
            }
        }
        let (clock, zone) = split_zone(rest);
        if let Some(zone) = zone {
            stamp.offset = Some(offset(zone).ok_or(TimestampError::Form)?);
        }
        let (time, ends_day) = time_of_day(clock)?;
        Ok(Self { time: Some(time), ends_day, ..stamp })
    }

    /// The day and the time on its own clock, where it says a day; midnight where it says no time.
    pub fn civil(&self) -> Option<DateTime> {
        let at = self.date?.to_datetime(self.time.unwrap_or(Time::midnight()));
        if self.ends_day { at.checked_add(Span::new().days(1)).ok() } else { Some(at) }
    }

    /// Of a cell.
    ///
    /// # Errors
    /// What is no time, with what to write.
    pub fn of(row: &Row<'_>, column: usize, order: Option<DateOrder>) -> Result<Self, TableError> {
        Self::parse(row.text(column), order).map_err(|reason| wrong(row, column, reason))
    }

    /// The beginning and the end of an interval, such as `01.01.2026 00:00 - 01.01.2026 01:00`.
    ///
    /// # Errors
    /// What is none, with what to write.
    pub fn interval(
        row: &Row<'_>,
        column: usize,
        order: Option<DateOrder>,
    ) -> Result<(Self, Self), TableError> {
        let (from, to) = row.text(column).split_once(" - ").ok_or_else(|| {
            let remedy = "write its beginning and its end: 2026-01-31 00:00 - 2026-01-31 01:00";
            row.wrong(column, "is no interval", remedy)
        })?;
        let read = |text| Self::parse(text, order).map_err(|reason| wrong(row, column, reason));
        Ok((read(from)?, read(to)?))
    }
}

fn wrong(row: &Row<'_>, column: usize, reason: TimestampError) -> TableError {
    match reason {
        TimestampError::Form => row.wrong(column, "is no time", "write 2026-01-31T12:00:00Z"),
        TimestampError::Never => {
            row.wrong(column, "is a time that does not exist", "write 2026-01-31T12:00:00Z")
        }
        TimestampError::Order => row.wrong(
            column,
            "may have its day or its month first, and no other row tells",
            "write the year first: 2026-01-31",
        ),
    }
}

/// Three numbers of a date as they stand, and the length of them.
struct DateParts {
    numbers: [i16; 3],
    year_first: bool,
    with_points: bool,
    length: usize,
}

impl DateParts {
    fn of(text: &str) -> Option<Self> {
        let end = text
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.')))
            .unwrap_or(text.len());
        let date = text.get(..end)?;
        let sign = date.find(['-', '/', '.']).and_then(|at| date.get(at..=at))?;
        let mut parts = date.split(sign);
        let parts = [parts.next()?, parts.next()?, parts.next()?];
        // A time's own sign of minus, as in 2026-01-31-06:00, is none of a date.
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

    /// What of it comes first, as far as the numbers tell.
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
            match own.or(self.order()).ok_or(TimestampError::Order)? {
                DateOrder::DayFirst => (c, b, a),
                DateOrder::MonthFirst => (c, a, b),
            }
        };
        let small = |number: i16| i8::try_from(number).map_err(|_| TimestampError::Never);
        Date::new(year, small(month)?, small(day)?).map_err(|_| TimestampError::Never)
    }
}

/// A time of day and the zone behind it: `Z`, `+01:00`, `(CET)`, ` UTC`.
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

/// A time of day, and whether it is 24:00.
fn time_of_day(text: &str) -> Result<(Time, bool), TimestampError> {
    let lower = text.trim().to_ascii_lowercase();
    let (clock, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(clock), _) => (clock.trim_end(), Some(0)),
        (_, Some(clock)) => (clock.trim_end(), Some(12)),
        _ => (lower.as_str(), None),
    };
    let mut parts = clock.split(':');
    let mut next = || parts.next();
    let (hour, minute, second) = (next(), next(), next());
    if next().is_some() {
        return Err(TimestampError::Form);
    }
    let number = |text: &str| {
        let is_number = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse::<i8>().ok()).flatten().ok_or(TimestampError::Form)
    };
    let hour = number(hour.unwrap_or(""))?;
    let minute = number(minute.ok_or(TimestampError::Form)?)?;
    let (whole, fraction) = match second {
        None => ("0", ""),
        Some(second) => second.split_once(['.', ',']).unwrap_or((second, "")),
    };
    let second = number(whole)?;
    if fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(TimestampError::Form);
    }
    let nanos: i32 = format!("{fraction:0<9}").parse().map_err(|_| TimestampError::Form)?;
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return Err(TimestampError::Never),
    };
    if (hour, minute, second, nanos) == (24, 0, 0, 0) {
        return Ok((Time::midnight(), true));
    }
    Ok((Time::new(hour, minute, second, nanos).map_err(|_| TimestampError::Never)?, false))
}

/// What of the dates of a column comes first, where any of them tells.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrderOfColumn {
    order: Option<DateOrder>,
    /// The first date that does not tell, and whether others differ from it.
    unclear: Option<[i16; 3]>,
    differs: bool,
}

impl OrderOfColumn {
    /// Looks at a row.
    ///
    /// # Errors
    /// Rows that tell different things.
    pub fn note(&mut self, row: &Row<'_>, column: usize) -> Result<(), TableError> {
        let Some(parts) = DateParts::of(row.text(column)) else { return Ok(()) };
        if parts.year_first {
            return Ok(());
        }
        match (parts.order(), self.order) {
            (Some(found), Some(known)) if found != known => {
                let reason = "has its day and its month in another order than rows before it";
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

    /// What comes first, as far as any row tells.
    pub fn order(&self) -> Option<DateOrder> {
        self.order
    }

    /// The same where only the time between rows counts, and not the day: with one day in all of them, either
    /// order is as good.
    pub fn order_of_differences(&self) -> Option<DateOrder> {
        match self.order {
            None if !self.differs => Some(DateOrder::DayFirst),
            order => order,
        }
    }
}
