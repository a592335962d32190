//! A power log as a file: from a power analyser, SPEC PTDaemon, Home Assistant, or a CSV table. It is
//! supplied by the user, so its values are user-reported, whatever the accuracy of the analyser.

mod times;

use super::super::MeterError;
use crate::input;
use crate::input::table::{ColumnSpec, Row, Table, TableError, UnknownColumns};
use crate::units::{Seconds, Watts};
use hashwatt_quantities::statistics::upper_median;
use std::io;
use std::path::Path;
use times::Times;

/// The maximum size of a log; a day at 20 Hz has about 40 MiB.
const MAX_BYTES: u64 = 64 << 20;
/// The maximum number of samples; a day at 20 Hz has 1,728,000.
const MAX_SAMPLES: usize = 2_000_000;
/// The maximum size of the text before the first row.
const MAX_HEADER_BYTES: u64 = 1 << 20;
/// An interval longer than this multiple of the median interval is a gap.
const MAX_INTERVAL_RATIO: f64 = 3.0;
/// The minimum number of samples.
const MIN_SAMPLES: usize = 10;
/// The maximum power of a sample, in watts.
const MAX_POWER_W: f64 = 1e12;

/// Known names of time columns; numbers are in seconds if the header states no unit.
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
/// Known names of power columns.
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

/// The columns of a log, if they do not have one of the known names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogColumns {
    /// The name of the time column.
    pub time: Option<String>,
    /// The name of the power column.
    pub power: Option<String>,
}

/// A power log on its own clock.
#[derive(Clone, Debug, PartialEq)]
pub struct PowerLog {
    name: String,
    time_column: String,
    /// Times in seconds on the log's clock, strictly increasing.
    pub(super) times: Vec<f64>,
    pub(super) powers: Vec<f64>,
    lines: Vec<u64>,
    /// The median interval between two samples, in seconds.
    pub(super) interval: f64,
}

impl PowerLog {
    /// Reads a log: a CSV file whose header names a time column and a power column, or SPEC
    /// PTDaemon's lines of names and values. The columns are those of `columns`, otherwise those with
    /// known names such as `time_s`, `Time`, `last_changed`; `power_w`, `Watts`, `Power (kW)`, `P-1`,
    /// `state`. A unit in the name of a column is used, also if `columns` names the column. Times are
    /// seconds, Unix times, RFC 3339, or a date and a time of day, which may be two columns. Powers
    /// are in watts unless the header states another unit. Other columns are ignored. Rows with Home
    /// Assistant's `unavailable` are skipped.
    ///
    /// # Errors
    /// [`MeterError::BadLog`] with the line and the column for a missing or duplicate column, for a
    /// value that is not a number, negative or not finite, for a time that does not increase, for
    /// several entities in one log, and for a file that is not a regular file, longer than 64 MiB or
    /// shorter than ten samples. [`MeterError::NotPresent`], [`MeterError::PermissionDenied`] or
    /// [`MeterError::Gone`] if it cannot be read.
    pub fn read(path: &Path, columns: &LogColumns) -> Result<Self, MeterError> {
        let name = path.display().to_string();
        let io_error = |error| io_error(error, path, &name);
        if input::open(path).and_then(|file| file.metadata()).map_err(io_error)?.len() > MAX_BYTES {
            let error = TableError::new(&name, "is longer than 64 MiB", "give the measured part");
            return Err(error.into());
        }
        let text = input::read_text(path, MAX_BYTES).map_err(io_error)?;
        Ok(Self::parse(&text, columns, &name)?)
    }

    /// Checks the header of a log; false if the file is still empty.
    ///
    /// # Errors
    /// Those of [`PowerLog::read`] for the file and its header.
    pub fn has_header(path: &Path, columns: &LogColumns) -> Result<bool, MeterError> {
        let name = path.display().to_string();
        let begin = input::read_beginning(path, MAX_HEADER_BYTES);
        let text = begin.map_err(|error| io_error(error, path, &name))?;
        if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
            return Ok(false);
        }
        columns.table(&name, &text)?;
        Ok(true)
    }

    fn parse(text: &str, columns: &LogColumns, name: &str) -> Result<Self, TableError> {
        let table = columns.table(name, text)?;
        let mut times = Times::new(&table)?;
        let (mut powers, mut lines) = (Vec::new(), Vec::new());
        let mut entity: Option<String> = None;
        for row in table.rows() {
            let row = row?;
            check_entity(&row, &mut entity)?;
            if table.has(ENTITY) && row.is_missing(POWER) {
                continue;
            }
            if powers.len() == MAX_SAMPLES {
                let reason = format!("exceeds the maximum of {MAX_SAMPLES} samples");
                return Err(row.wrong_row(reason, "give the measured part of the log"));
            }
            powers.push(power(&row)?);
            times.push(&row)?;
            lines.push(row.line());
        }
        if powers.len() < MIN_SAMPLES {
            let reason = format!("has {} samples", powers.len());
            return Err(table.wrong(reason, format!("give at least {MIN_SAMPLES}")));
        }
        let times = times.into_seconds(&table, &lines)?;
        let gaps = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let interval = upper_median(gaps).unwrap_or_default();
        let time_column = table.column(TIME).to_owned();
        Ok(Self { name: name.to_owned(), time_column, times, powers, lines, interval })
    }

    /// Checks that there is no gap of more than three median intervals between two times of the log.
    pub(super) fn check_gaps_within(&self, from: f64, to: f64) -> Result<(), MeterError> {
        let pairs = self.times.windows(2).enumerate();
        let gap = pairs
            .filter(|(_, pair)| pair[1] > from && pair[0] < to)
            .find(|(_, pair)| pair[1] - pair[0] > MAX_INTERVAL_RATIO * self.interval);
        match gap {
            Some((index, pair)) => {
                let reason = format!(
                    "follows a gap of {:.3} s within the load, where samples are usually {:.3} s \
                     apart",
                    pair[1] - pair[0],
                    self.interval
                );
                let remedy = "measure again with a log that has a constant sampling rate";
                Err(self.error_at(index + 1, reason, remedy))
            }
            None => Ok(()),
        }
    }

    /// An error at a sample's time.
    pub(super) fn error_at(
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
    /// The number of samples.
    pub fn samples(&self) -> usize {
        self.times.len()
    }
    /// The median interval between two samples.
    pub fn interval(&self) -> Seconds {
        Seconds::from_seconds(self.interval)
    }
    /// The power of a sample.
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
                .allow_annotation(),
            ColumnSpec::required(if power.is_some() { &named[1..] } else { POWERS }).in_unit("W"),
            ColumnSpec::optional(&["date"]),
            ColumnSpec::optional(&["millisecond", "milliseconds", "ms"]),
            ColumnSpec::optional(&["entity_id"]),
        ];
        Table::parse(name, text, &wanted, UnknownColumns::Ignored)
    }
}

/// Checks that all rows are of one entity.
fn check_entity(row: &Row<'_>, entity: &mut Option<String>) -> Result<(), TableError> {
    let found = row.text(ENTITY);
    match entity {
        Some(known) if known != found => {
            let reason = format!("is a second entity in addition to `{known}`");
            Err(row.wrong(ENTITY, reason, "export the power of one entity only"))
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
            Err(row.wrong(POWER, "is negative", "give the consumed power, at least 0"))
        }
        _ if power > MAX_POWER_W => Err(row.wrong(
            POWER,
            "is not a possible power",
            "give watts, or state the unit in the header",
        )),
        _ => Ok(power),
    }
}

fn io_error(error: io::Error, path: &Path, name: &str) -> MeterError {
    match error.kind() {
        io::ErrorKind::NotFound => MeterError::NotPresent {
            meter: format!("power log {name}"),
            remedy: "give the path of a CSV file".to_owned(),
        },
        io::ErrorKind::InvalidData => {
            TableError::new(name, error.to_string(), "give a CSV file").into()
        }
        _ => MeterError::from_file_error(&error, path, "power log"),
    }
}

#[cfg(test)]
mod tests;
