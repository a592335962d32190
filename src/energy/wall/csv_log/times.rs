//! The times of a log, whose zone nobody says: only what lies between them counts.

use super::{DATE, GAP, MILLISECOND, TIME};
use crate::input::table::time::{Clock, DateOrder, OrderOfColumn, ParsedTimestamp, Zone};
use crate::input::table::{Row, Table, TableError};
use hashwatt_quantities::statistics::upper_median;

const HOUR: f64 = 3600.0;
const HALF_DAY: f64 = 12.0 * HOUR;
/// Clocks that change by an hour twice a year, each by its rules.
const CHANGING: [Zone; 2] = [Zone::CentralEurope, Zone::UsCentral];

/// What the column holds.
enum Kind {
    /// Seconds, or a Unix time in a smaller unit.
    Numbers { may_be_smaller: bool },
    /// Dates and times of day.
    Stamps(Option<DateOrder>),
}

/// Times as they are read, row by row.
pub(super) struct Times {
    kind: Kind,
    numbers: Vec<f64>,
    stamps: Vec<ParsedTimestamp>,
}

impl Times {
    /// What the column holds, by its first row, and the order of its dates, by all of them.
    pub(super) fn of(table: &Table<'_>) -> Result<Self, TableError> {
        let first = table.rows().next().transpose()?;
        let is_stamp = first.is_some_and(|row| {
            let text = row.text(TIME);
            text.contains(':') || ParsedTimestamp::parse(text, Some(DateOrder::DayFirst)).is_ok()
        });
        let kind = match is_stamp {
            false => Kind::Numbers { may_be_smaller: table.annotation(TIME).is_none() },
            // PTDaemon writes the month first.
            true if table.is_of_pairs() => Kind::Stamps(Some(DateOrder::MonthFirst)),
            true => {
                let mut order = OrderOfColumn::default();
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
            Kind::Numbers { may_be_smaller } => {
                let number = row.number(TIME)?;
                let per_second = match number.abs() {
                    size if !may_be_smaller || size < 1e11 => 1.0,
                    size if size < 1e14 => 1e3,
                    size if size < 1e17 => 1e6,
                    _ => 1e9,
                };
                let seconds = number / per_second;
                if seconds.abs() >= 1e12 {
                    return Err(row.wrong(TIME, "is no time", "give seconds"));
                }
                self.numbers.push(seconds);
            }
            Kind::Stamps(order) => self.stamps.push(stamp(row, order)?),
        }
        Ok(())
    }

    /// Seconds that increase, from the times of the rows on these lines.
    pub(super) fn on_one_clock(
        self,
        table: &Table<'_>,
        lines: &[u64],
    ) -> Result<Vec<f64>, TableError> {
        let seconds = match self.kind {
            Kind::Numbers { .. } => self.numbers,
            Kind::Stamps(_) => of_stamps(&self.stamps),
        };
        match seconds.windows(2).position(|pair| pair[1] <= pair[0]) {
            None => Ok(seconds),
            Some(at) => {
                let line = |sample: usize| lines.get(sample).copied().unwrap_or_default();
                let before = line(at);
                let (reason, remedy) = if seconds[at] == seconds[at + 1] {
                    (format!("has the time of line {before}"), "remove one of the two rows")
                } else {
                    (format!("is earlier than line {before}"), "sort the log by time")
                };
                let error = table.wrong_column(TIME, reason, remedy);
                Err(error.on_line(line(at + 1)))
            }
        }
    }
}

/// The day, the time of day and the milliseconds, which may be columns of their own.
fn stamp(row: &Row<'_>, order: Option<DateOrder>) -> Result<ParsedTimestamp, TableError> {
    let mut stamp = ParsedTimestamp::of(row, TIME, order)?;
    if stamp.date.is_none() && !row.text(DATE).is_empty() {
        stamp.date = ParsedTimestamp::of(row, DATE, order)?.date;
    }
    if !row.text(MILLISECOND).is_empty() {
        let millis = row.whole(MILLISECOND)?;
        let millis = i64::try_from(millis).ok().filter(|millis| *millis < 1000);
        let later = millis.and_then(|millis| {
            stamp.time?.checked_add(jiff::SignedDuration::from_millis(millis)).ok()
        });
        if later.is_none() {
            return Err(row.wrong(MILLISECOND, "is no part of a second", "give 0 to 999"));
        }
        stamp.time = later;
    }
    Ok(stamp)
}

/// Seconds of stamps. The clock is taken to run evenly; where it then goes back, or leaves an hour out, and
/// the rules of summer time explain that, by these.
fn of_stamps(stamps: &[ParsedTimestamp]) -> Vec<f64> {
    let Some(even) = on(stamps, Zone::Unstated) else { return of_days(stamps) };
    if !is_suspicious(&even) {
        return even;
    }
    let explained = |zone: &Zone| {
        let seconds = on(stamps, *zone)?;
        (!is_suspicious(&seconds)).then_some(seconds)
    };
    CHANGING.iter().find_map(explained).unwrap_or(even)
}

fn on(stamps: &[ParsedTimestamp], zone: Zone) -> Option<Vec<f64>> {
    let mut clock = Clock::new(zone);
    let seconds = |stamp: &ParsedTimestamp| {
        let at = clock.take(stamp, None).ok()?;
        // A double holds a Unix time of today to 0.3 us.
        Some(at.as_second() as f64 + f64::from(at.subsec_nanosecond()) * 1e-9)
    };
    stamps.iter().map(seconds).collect()
}

/// Whether times go back, or leave out an hour.
fn is_suspicious(seconds: &[f64]) -> bool {
    let steps: Vec<f64> = seconds.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let usual = upper_median(steps.clone()).unwrap_or_default();
    let hour_left_out = HOUR..=HOUR + GAP * usual;
    steps.iter().any(|step| *step <= 0.0 || usual < HOUR && hour_left_out.contains(step))
}

/// Times of day without a date: those that go back far are of the next day.
fn of_days(stamps: &[ParsedTimestamp]) -> Vec<f64> {
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
