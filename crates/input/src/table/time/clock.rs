//! Time zones of timestamps, and the days on which daylight saving time changes.

use super::ParsedTimestamp;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use std::fmt;

/// The time zone of timestamps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// UTC.
    Utc,
    /// A fixed offset from UTC all year.
    Fixed(Offset),
    /// Central European Time with summer time (rules since 1996).
    CentralEurope,
    /// Central Time of the USA with daylight saving time (rules since 2007).
    UsCentral,
    /// Not stated; every day has 24 hours.
    Unstated,
}

impl Zone {
    /// The rules of the zone.
    pub fn rules(self) -> TimeZone {
        // Tests cover both texts.
        let posix = |text| TimeZone::posix(text).unwrap_or(TimeZone::UTC);
        match self {
            Self::Utc | Self::Unstated => TimeZone::UTC,
            Self::Fixed(offset) => TimeZone::fixed(offset),
            Self::CentralEurope => posix("CET-1CEST,M3.5.0,M10.5.0/3"),
            Self::UsCentral => posix("CST6CDT,M3.2.0,M11.1.0"),
        }
    }

    /// The zone in the brackets of a header: `UTC`, `CET/CEST`, `CET`.
    pub fn from_header(text: &str) -> Option<Self> {
        match text.trim().to_ascii_uppercase().as_str() {
            "CET/CEST" | "CET" | "CE(S)T" => Some(Self::CentralEurope),
            "UTC" | "GMT" | "Z" => Some(Self::Utc),
            _ => None,
        }
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utc => f.write_str("UTC"),
            Self::Fixed(offset) => write!(f, "UTC{offset}"),
            Self::CentralEurope => f.write_str("CET/CEST"),
            Self::UsCentral => f.write_str("US Central time"),
            Self::Unstated => f.write_str("a clock without summer time"),
        }
    }
}

/// A local clock that is read row by row: the order of the rows resolves the hour that occurs twice in autumn.
#[derive(Clone, Debug)]
pub struct Clock {
    rules: TimeZone,
    last: Option<Timestamp>,
}

/// Why a local time cannot be resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockError {
    /// It lies in the hour that is skipped in spring.
    SkippedHour,
    /// It has no date, or lies outside the supported years.
    NoDate,
}

impl Clock {
    /// A clock of a zone.
    pub fn new(zone: Zone) -> Self {
        Self { rules: zone.rules(), last: None }
    }

    /// The point in time of the next timestamp. `repeated` is whether it lies in the second of two equal hours, if the
    /// table states it; otherwise the first is assumed until times go back.
    ///
    /// # Errors
    /// [`ClockError`] for a local time that cannot be resolved.
    pub fn take(
        &mut self,
        stamp: &ParsedTimestamp,
        repeated: Option<bool>,
    ) -> Result<Timestamp, ClockError> {
        let civil = stamp.civil().ok_or(ClockError::NoDate)?;
        let moment = |offset: Offset| offset.to_timestamp(civil).map_err(|_| ClockError::NoDate);
        let at = match stamp.offset {
            Some(offset) => moment(offset)?,
            None => match self.rules.to_ambiguous_timestamp(civil).offset() {
                AmbiguousOffset::Unambiguous { offset } => moment(offset)?,
                AmbiguousOffset::Gap { .. } => return Err(ClockError::SkippedHour),
                AmbiguousOffset::Fold { before, after } => {
                    let first = moment(before)?;
                    let is_second = self.last.is_some_and(|last| first <= last);
                    if repeated.unwrap_or(is_second) { moment(after)? } else { first }
                }
            },
        };
        self.last = Some(at);
        Ok(at)
    }

    /// The local date and time at a point in time.
    pub fn civil_at(&self, at: Timestamp) -> DateTime {
        self.rules.to_datetime(at)
    }
}
