//! A power log as a file: an analyser's, SPEC PTDaemon's, Home Assistant's or a table of one's own. It is what a
//! user brings: figures from it are user-reported, however good the analyser was.

mod times;

use super::super::MeterError;
use crate::input;
use crate::input::table::{ColumnSpec, Others, Row, Table, TableError};
use crate::units::{Seconds, Watts};
use hashwatt_quantities::statistics::upper_median;
use std::io;
use std::path::Path;
use times::Times;

/// A day at 20 Hz has some 40 MiB.
const MOST: u64 = 64 << 20;
/// A day at 20 Hz, and some more.
const MAX_SAMPLES: usize = 2_000_000;
/// No device writes more before its rows begin.
const MAX_HEADER: u64 = 1 << 20;
/// An interval of so many usual ones is a gap.
const GAP: f64 = 3.0;
/// Fewer samples hold no load.
const FEWEST: usize = 10;
/// No power of a log is greater, W.
const MAX_POWER: f64 = 1e12;

/// Names that columns of times have, with the unit that their numbers are in where the header says none.
const TIMES: &[&str] = &[
    "time_s",
    "timestamp",
    "time",
    "time_stamp",
    "datetime",
    "date/time",
    "date_and_time",
    "last_changed",
    "elapsed",
    "elapsed_time",
    "seconds",
];
/// Names that columns of powers have.
const POWERS: &[&str] = &[
    "power_w",
    "watts",
    "power",
    "watt",
    "w",
    "p",
    "p-1",
    "state",
    "apower",
    "active_power",
    "act_power",
    "real_power",
];
const TIME: usize = 0;
const POWER: usize = 1;
const DATE: usize = 2;
const MILLISECOND: usize = 3;
const ENTITY: usize = 4;

/// The columns of a log, where they do not have one of the common names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogColumns {
    /// The column of times.
    pub time: Option<String>,
    /// The column of powers.
    pub power: Option<String>,
}

/// A power log, on its own clock.
#[derive(Clone, Debug, PartialEq)]
pub struct PowerLog {
    name: String,
    time_column: String,
    /// On the log's clock, strictly increasing.
    pub(super) times: Vec<f64>,
    pub(super) powers: Vec<f64>,
    lines: Vec<u64>,
    /// The usual interval between two samples.
    pub(super) interval: f64,
}

impl PowerLog {
    /// Reads a log: a CSV file with a header that names a column of times and one of powers (as `columns` has
    /// them, else by common names such as `time_s`, `Time`, `last_changed`; `power_w`, `Watts`, `Power (kW)`,
    /// `P-1`, `state`; a unit in the name of a column counts, also where `columns` names it), or SPEC PTDaemon's lines of names and values. Times are seconds, Unix times, RFC 3339 or
    /// a date and a time of day, which may be two columns; powers in W unless the header says otherwise. Other
    /// columns are ignored. Home Assistant's `unavailable` is no sample.
    ///
    /// # Errors
    /// [`MeterError::BadLog`] with the line and the column for a missing or doubled column, for
    /// what is no number, negative or not finite, for a time that does not increase, for several entities in
    /// one log, and for a file that is no regular file, longer than 64 MiB or shorter than ten samples.
    /// [`MeterError::NotPresent`], [`MeterError::PermissionDenied`] or [`MeterError::Gone`] where it cannot be
    /// read.
    pub fn read(path: &Path, columns: &LogColumns) -> Result<Self, MeterError> {
        let name = path.display().to_string();
        let of_io = |error| of_io(error, path, &name);
        if input::open(path).and_then(|file| file.metadata()).map_err(of_io)?.len() > MOST {
            let error = TableError::new(&name, "is longer than 64 MiB", "give the measured part");
            return Err(error.into());
        }
        let text = input::read_text(path, MOST).map_err(of_io)?;
        Ok(Self::parse(&text, columns, &name)?)
    }

    /// Whether a log that is there already has a header that can be read: false where it is empty so far.
    ///
    /// # Errors
    /// As [`PowerLog::read`], of the file and its header.
    pub fn has_header(path: &Path, columns: &LogColumns) -> Result<bool, MeterError> {
        let name = path.display().to_string();
        let begin = input::read_beginning(path, MAX_HEADER);
        let text = begin.map_err(|error| of_io(error, path, &name))?;
        if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
            return Ok(false);
        }
        columns.table(&name, &text)?;
        Ok(true)
    }

    fn parse(text: &str, columns: &LogColumns, name: &str) -> Result<Self, TableError> {
        let table = columns.table(name, text)?;
        let mut times = Times::of(&table)?;
        let (mut powers, mut lines) = (Vec::new(), Vec::new());
        let mut entity: Option<String> = None;
        for row in table.rows() {
            let row = row?;
            unless_another(&row, &mut entity)?;
            if table.has(ENTITY) && row.is_missing(POWER) {
                continue;
            }
            if powers.len() == MAX_SAMPLES {
                let reason = format!("is beyond {MAX_SAMPLES} samples");
                return Err(row.wrong_row(reason, "give the measured part of the log"));
            }
            powers.push(power(&row)?);
            times.push(&row)?;
            lines.push(row.line());
        }
        if powers.len() < FEWEST {
            let reason = format!("has {} samples", powers.len());
            return Err(table.wrong(reason, format!("give at least {FEWEST}")));
        }
        let times = times.on_one_clock(&table, &lines)?;
        let gaps = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let interval = upper_median(gaps).unwrap_or_default();
        let time_column = table.column(TIME).to_owned();
        Ok(Self { name: name.to_owned(), time_column, times, powers, lines, interval })
    }

    /// Between two times of its clock, samples lie no more than three usual intervals apart.
    pub(super) fn unless_gap_within(&self, from: f64, to: f64) -> Result<(), MeterError> {
        let pairs = self.times.windows(2).enumerate();
        let gap = pairs
            .filter(|(_, pair)| pair[1] > from && pair[0] < to)
            .find(|(_, pair)| pair[1] - pair[0] > GAP * self.interval);
        match gap {
            Some((index, pair)) => {
                let reason = format!(
                    "a gap of {:.3} s before it lies within the load, where samples are usually \
                     {:.3} s apart",
                    pair[1] - pair[0],
                    self.interval
                );
                let remedy = "measure again with a log that is written at a steady rate";
                Err(self.bad_at(index + 1, reason, remedy))
            }
            None => Ok(()),
        }
    }

    /// An error at a sample's time.
    pub(super) fn bad_at(
        &self,
        sample: usize,
        reason: impl Into<String>,
        remedy: &str,
    ) -> MeterError {
        let line = self.lines.get(sample).copied().unwrap_or_default();
        let error = TableError::new(&self.name, reason, remedy);
        error.on_line(line).in_column(&self.time_column).into()
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// How many samples it has.
    pub fn samples(&self) -> usize {
        self.times.len()
    }
    /// The usual interval between two samples.
    pub fn interval(&self) -> Seconds {
        Seconds::from_seconds(self.interval)
    }
    /// A sample's power.
    pub(super) fn power(&self, sample: usize) -> Watts {
        Watts::from_watts(self.powers[sample])
    }
}

impl LogColumns {
    fn table<'t>(&self, name: &str, text: &'t str) -> Result<Table<'t>, TableError> {
        let (time, power) = (self.time.as_deref(), self.power.as_deref());
        let named = [time.unwrap_or_default(), power.unwrap_or_default()];
        let wanted = [
            ColumnSpec::required(if time.is_some() { &named[..1] } else { TIMES })
                .in_unit("s")
                .or_words(),
            ColumnSpec::required(if power.is_some() { &named[1..] } else { POWERS }).in_unit("W"),
            ColumnSpec::optional(&["date"]),
            ColumnSpec::optional(&["millisecond", "milliseconds", "ms"]),
            ColumnSpec::optional(&["entity_id"]),
        ];
        Table::parse(name, text, &wanted, Others::Ignored)
    }
}

/// One log is of one meter.
fn unless_another(row: &Row<'_>, entity: &mut Option<String>) -> Result<(), TableError> {
    let found = row.text(ENTITY);
    match entity {
        Some(known) if known != found => {
            let reason = format!("is a second entity beside `{known}`");
            Err(row.wrong(ENTITY, reason, "export the power of one entity"))
        }
        Some(_) => Ok(()),
        None => {
            *entity = Some(found.to_owned());
            Ok(())
        }
    }
}

fn power(row: &Row<'_>) -> Result<f64, TableError> {
    let power = row.number(POWER)?;
    match power {
        _ if power < 0.0 => {
            Err(row.wrong(POWER, "is negative", "give the power taken, of at least 0"))
        }
        _ if power > MAX_POWER => {
            Err(row.wrong(POWER, "is no possible power", "give watts, or the unit in the header"))
        }
        _ => Ok(power),
    }
}

fn of_io(error: io::Error, path: &Path, name: &str) -> MeterError {
    match error.kind() {
        io::ErrorKind::NotFound => MeterError::NotPresent {
            meter: format!("power log {name}"),
            remedy: "give the path of a CSV file".to_owned(),
        },
        io::ErrorKind::InvalidData => {
            TableError::new(name, error.to_string(), "give a CSV file").into()
        }
        _ => MeterError::of_file(&error, path, "power log"),
    }
}

#[cfg(test)]
mod tests;
