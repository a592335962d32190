//! Whose clock times are of, and the days on which it is changed.

use super::ParsedTimestamp;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use std::fmt;

/// Whose clock times are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// UTC.
    Utc,
    /// So far from UTC all the year.
    Fixed(Offset),
    /// Central European Time with its summer time (rules since 1996).
    CentralEurope,
    /// Central Time of the USA with its daylight saving time (rules since 2007).
    UsCentral,
    /// Nobody says; every day has 24 hours.
    Unstated,
}

impl Zone {
    /// Its rules.
    pub fn rules(self) -> TimeZone {
        // Both texts are tested.
        let posix = |text| TimeZone::posix(text).unwrap_or(TimeZone::UTC);
        match self {
            Self::Utc | Self::Unstated => TimeZone::UTC,
            Self::Fixed(offset) => TimeZone::fixed(offset),
            Self::CentralEurope => posix("CET-1CEST,M3.5.0,M10.5.0/3"),
            Self::UsCentral => posix("CST6CDT,M3.2.0,M11.1.0"),
        }
    }

    /// What a header says in brackets: `UTC`, `CET/CEST`, `CET`.
    pub fn of_header(text: &str) -> Option<Self> {
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

/// A clock that is read row by row, so that the hour that comes twice in autumn is told by the order.
#[derive(Clone, Debug)]
pub struct Clock {
    rules: TimeZone,
    last: Option<Timestamp>,
}

/// Why a time is none of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOnClock {
    /// The hour that is left out in spring.
    LeftOut,
    /// It says no day, or lies beyond the years that are counted.
    NoDay,
}

impl Clock {
    /// Of a zone.
    pub fn new(zone: Zone) -> Self {
        Self { rules: zone.rules(), last: None }
    }

    /// The moment of a stamp that follows those taken before. `repeated` says whether it is of the second of two
    /// equal hours, where the table says that; else the first is taken until times go back.
    ///
    /// # Errors
    /// Why there is no such moment.
    pub fn take(
        &mut self,
        stamp: &ParsedTimestamp,
        repeated: Option<bool>,
    ) -> Result<Timestamp, NotOnClock> {
        let civil = stamp.civil().ok_or(NotOnClock::NoDay)?;
        let moment = |offset: Offset| offset.to_timestamp(civil).map_err(|_| NotOnClock::NoDay);
        let at = match stamp.offset {
            Some(offset) => moment(offset)?,
            None => match self.rules.to_ambiguous_timestamp(civil).offset() {
                AmbiguousOffset::Unambiguous { offset } => moment(offset)?,
                AmbiguousOffset::Gap { .. } => return Err(NotOnClock::LeftOut),
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

    /// The day and time that it shows at a moment.
    pub fn shows(&self, at: Timestamp) -> DateTime {
        self.rules.to_datetime(at)
    }
}
