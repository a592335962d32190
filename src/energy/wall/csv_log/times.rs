//! The times of a log. The time zone is not known, so only the differences are used.

use super::{DATE, MAX_INTERVAL_RATIO, MILLISECOND, TIME};
use crate::input::table::time::{Clock, ColumnDateOrder, DateOrder, ParsedTimestamp, Zone};
use crate::input::table::{Row, Table, TableError};
use hashwatt_quantities::statistics::upper_median;

const HOUR: f64 = 3600.0;
const HALF_DAY: f64 = 12.0 * HOUR;
/// Time zones whose daylight saving rules are tried.
const DST_ZONES: [Zone; 2] = [Zone::CentralEurope, Zone::UsCentral];

/// The contents of the time column.
enum Kind {
    /// Seconds, or a Unix time in a smaller unit.
    Numbers { may_be_subsecond: bool },
    /// Dates and times of day.
    Stamps(Option<DateOrder>),
}

/// The times, collected row by row.
pub(super) struct Times {
    kind: Kind,
    numbers: Vec<f64>,
    stamps: Vec<ParsedTimestamp>,
}

impl Times {
    /// Determines the contents of the column from its first row and the order of day and month from
    /// all rows.
    pub(super) fn new(table: &Table<'_>) -> Result<Self, TableError> {
        let first = table.rows().next().transpose()?;
        let is_stamp = first.is_some_and(|row| {
            let text = row.text(TIME);
            text.contains(':') || ParsedTimestamp::parse(text, Some(DateOrder::DayFirst)).is_ok()
        });
        let kind = match is_stamp {
            false => Kind::Numbers { may_be_subsecond: table.annotation(TIME).is_none() },
            // SPEC PTDaemon writes the month first.
            true if table.has_pair_layout() => Kind::Stamps(Some(DateOrder::MonthFirst)),
            true => {
                let mut order = ColumnDateOrder::default();
                let column = if table.has(DATE) { DATE } else { TIME };
                for row in table.rows() {
                    order.note(&row?, column)?;
                }
                Kind::Stamps(order.order_of_differences())
            }
        };
        Ok(Self { kind, numbers: Vec::new(), stamps: Vec::new() })
    }

    pub(super) fn push(&mut self, row: &Row<'_>) -> Result<(), TableError> {
        match self.kind {
            Kind::Numbers { may_be_subsecond } => {
                let number = row.number(TIME)?;
                let per_second = match number.abs() {
                    size if !may_be_subsecond || size < 1e11 => 1.0,
                    size if size < 1e14 => 1e3,
                    size if size < 1e17 => 1e6,
                    _ => 1e9,
                };
                let seconds = number / per_second;
                if seconds.abs() >= 1e12 {
                    return Err(row.wrong(TIME, "is not a possible time", "give seconds"));
                }
                self.numbers.push(seconds);
            }
            Kind::Stamps(order) => self.stamps.push(stamp(row, order)?),
        }
        Ok(())
    }

    /// The times in seconds, checked to increase; `lines` are the line numbers of the rows.
    pub(super) fn into_seconds(
        self,
        table: &Table<'_>,
        lines: &[u64],
    ) -> Result<Vec<f64>, TableError> {
        let seconds = match self.kind {
            Kind::Numbers { .. } => self.numbers,
            Kind::Stamps(_) => stamp_seconds(&self.stamps),
        };
        match seconds.windows(2).position(|pair| pair[1] <= pair[0]) {
            None => Ok(seconds),
            Some(at) => {
                let line = |sample: usize| lines.get(sample).copied().unwrap_or_default();
                let before = line(at);
                let (reason, remedy) = if seconds[at] == seconds[at + 1] {
                    (format!("is the same as in line {before}"), "remove one of the two rows")
                } else {
                    (format!("is earlier than in line {before}"), "sort the log by time")
                };
                let error = table.wrong_column(TIME, reason, remedy);
                Err(error.on_line(line(at + 1)))
            }
        }
    }
}

/// The date, the time of day and the milliseconds, which may be separate columns.
fn stamp(row: &Row<'_>, order: Option<DateOrder>) -> Result<ParsedTimestamp, TableError> {
    let mut stamp = ParsedTimestamp::from_cell(row, TIME, order)?;
    if stamp.date.is_none() && !row.text(DATE).is_empty() {
        stamp.date = ParsedTimestamp::from_cell(row, DATE, order)?.date;
    }
    if !row.text(MILLISECOND).is_empty() {
        let millis = row.whole(MILLISECOND)?;
        let millis = i64::try_from(millis).ok().filter(|millis| *millis < 1000);
        let later = millis.and_then(|millis| {
            stamp.time?.checked_add(jiff::SignedDuration::from_millis(millis)).ok()
        });
        if later.is_none() {
            return Err(row.wrong(MILLISECOND, "is not a valid millisecond", "give 0 to 999"));
        }
        stamp.time = later;
    }
    Ok(stamp)
}

/// The time stamps in seconds. The clock is assumed to have no daylight saving time, unless it then
/// goes back or skips an hour and the rules of a zone in [`DST_ZONES`] explain that.
fn stamp_seconds(stamps: &[ParsedTimestamp]) -> Vec<f64> {
    let Some(uniform) = seconds_in_zone(stamps, Zone::Unstated) else {
        return time_of_day_seconds(stamps);
    };
    if !has_clock_change(&uniform) {
        return uniform;
    }
    let explained = |zone: &Zone| {
        let seconds = seconds_in_zone(stamps, *zone)?;
        (!has_clock_change(&seconds)).then_some(seconds)
    };
    DST_ZONES.iter().find_map(explained).unwrap_or(uniform)
}

fn seconds_in_zone(stamps: &[ParsedTimestamp], zone: Zone) -> Option<Vec<f64>> {
    let mut clock = Clock::new(zone);
    let seconds = |stamp: &ParsedTimestamp| {
        let at = clock.take(stamp, None).ok()?;
        // An `f64` represents a present Unix time to 0.3 us.
        Some(at.as_second() as f64 + f64::from(at.subsec_nanosecond()) * 1e-9)
    };
    stamps.iter().map(seconds).collect()
}

/// Whether times go back or skip an hour.
fn has_clock_change(seconds: &[f64]) -> bool {
    let steps: Vec<f64> = seconds.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let usual = upper_median(steps.clone()).unwrap_or_default();
    let hour_left_out = HOUR..=HOUR + MAX_INTERVAL_RATIO * usual;
    steps.iter().any(|step| *step <= 0.0 || usual < HOUR && hour_left_out.contains(step))
}

/// Times of day without a date; a time that is more than half a day earlier is on the next day.
fn time_of_day_seconds(stamps: &[ParsedTimestamp]) -> Vec<f64> {
    let mut days = 0.0;
    let mut last = f64::NEG_INFINITY;
    let mut all = Vec::with_capacity(stamps.len());
    for stamp in stamps {
        let time = stamp.time.unwrap_or_default();
        let since = time.duration_since(jiff::civil::Time::midnight()).as_secs_f64();
        if since < last - HALF_DAY {
            days += 1.0;
        }
        last = since;
        all.push(days * 2.0 * HALF_DAY + since);
    }
    all
}
