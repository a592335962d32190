//! An analyser's power log as a file. It is what a user brings: figures from it are
//! user-reported, however good the analyser was.

use super::super::MeterError;
use super::super::text::printable;
use crate::input::{self, Metered};
use crate::units::{Seconds, Watts};
use hashwatt_quantities::statistics::upper_median;
use jiff::Timestamp;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// A day at 20 Hz has some 40 MiB.
const MOST: u64 = 64 << 20;
/// A day at 20 Hz, and some more.
const MOST_SAMPLES: usize = 2_000_000;
/// No line with a time and a power is longer; the reader takes 8 KiB ahead.
const MOST_RECORD: u64 = 64 << 10;
/// An interval of so many usual ones is a gap.
const GAP: f64 = 3.0;
/// Fewer samples hold no load.
const FEWEST: usize = 10;
/// The columns that hold the time and the power.
const TIMES: [&str; 2] = ["time_s", "timestamp"];
const POWERS: [&str; 2] = ["power_w", "watts"];

/// A power log, on its own clock.
#[derive(Clone, Debug, PartialEq)]
pub struct PowerLog {
    name: String,
    columns: (&'static str, &'static str),
    /// On the log's clock, strictly increasing.
    pub(super) times: Vec<f64>,
    pub(super) powers: Vec<f64>,
    lines: Vec<u64>,
    /// The usual interval between two samples.
    pub(super) interval: f64,
}

impl PowerLog {
    /// Reads a CSV file with a header that names a column of times and a column of powers:
    /// `time_s` (seconds on any clock) or `timestamp` (RFC 3339), and `power_w` or `watts` (W).
    /// Other columns are ignored.
    ///
    /// # Errors
    /// [`MeterError::BadLog`] with the line and the column for a missing or doubled column, for
    /// what is no number, negative or not finite, for a time that does not increase, and for a
    /// gap of more than three usual intervals; with line 0 for a file that is no regular file,
    /// longer than 64 MiB or shorter than ten samples. [`MeterError::NotPresent`],
    /// [`MeterError::PermissionDenied`] or [`MeterError::Gone`] where it cannot be read.
    pub fn read(path: &Path) -> Result<Self, MeterError> {
        let name = path.display().to_string();
        let log = Metered::new(open_log(path, &name)?.take(MOST), MOST_RECORD);
        let renew = log.renewal();
        Self::parse(log, renew, &name)
    }

    /// `renew` is called with each record.
    fn parse(text: impl Read, renew: impl Fn(), name: &str) -> Result<Self, MeterError> {
        let bad = |line: u64, column: &str, reason: String| MeterError::BadLog {
            file: name.to_owned(),
            line,
            column: column.to_owned(),
            reason,
        };
        let of_csv = |error: csv::Error| {
            let line = error.position().map_or(0, csv::Position::line);
            bad(line, "-", error.to_string())
        };
        let mut csv = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text);
        let header = csv.headers().map_err(of_csv)?.clone();
        let column = |names: [&'static str; 2], what: &str| {
            let mut found = header.iter().enumerate().filter_map(|(index, field)| {
                names.iter().find(|name| **name == field).map(|name| (index, *name))
            });
            let give = format!("give one column {} or {}", names[0], names[1]);
            match (found.next(), found.next()) {
                (Some(column), None) => Ok(column),
                (None, _) => Err(bad(1, names[0], format!("there is no column of {what}; {give}"))),
                (Some(_), Some((_, second))) => {
                    Err(bad(1, second, format!("there are two columns of {what}; {give}")))
                }
            }
        };
        let (time_index, time_name) = column(TIMES, "times")?;
        let (power_index, power_name) = column(POWERS, "powers")?;
        let mut log = Self {
            name: name.to_owned(),
            columns: (time_name, power_name),
            times: Vec::new(),
            powers: Vec::new(),
            lines: Vec::new(),
            interval: 0.0,
        };
        let mut record = csv::StringRecord::new();
        while csv.read_record(&mut record).map_err(of_csv)? {
            renew();
            let line = record.position().map_or(0, csv::Position::line);
            let field = |index: usize| record.get(index).unwrap_or_default();
            let time = parse_time(time_name, field(time_index))
                .map_err(|reason| bad(line, time_name, reason))?;
            let power =
                parse_power(field(power_index)).map_err(|reason| bad(line, power_name, reason))?;
            if log.times.last().is_some_and(|last| time <= *last) {
                let reason = "the time does not increase; sort the log, each time once".to_owned();
                return Err(bad(line, time_name, reason));
            }
            if log.times.len() == MOST_SAMPLES {
                let reason = format!("more than {MOST_SAMPLES} samples; give the part measured");
                return Err(bad(line, time_name, reason));
            }
            log.times.push(time);
            log.powers.push(power);
            log.lines.push(line);
        }
        if log.times.len() < FEWEST {
            let reason = format!("{} samples; give at least {FEWEST}", log.times.len());
            return Err(bad(0, power_name, reason));
        }
        log.check_gaps()?;
        Ok(log)
    }

    fn check_gaps(&mut self) -> Result<(), MeterError> {
        let gaps: Vec<f64> = self.times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        self.interval = upper_median(gaps.clone()).unwrap_or_default();
        match gaps.iter().position(|step| *step > GAP * self.interval) {
            Some(index) => Err(self.bad_at(
                index + 1,
                format!(
                    "a gap of {:.3} s before it, where samples are {:.3} s apart; give a log \
                     without gaps",
                    gaps[index], self.interval
                ),
            )),
            None => Ok(()),
        }
    }

    /// An error at a sample's time.
    pub(super) fn bad_at(&self, sample: usize, reason: String) -> MeterError {
        MeterError::BadLog {
            file: self.name.clone(),
            line: self.lines.get(sample).copied().unwrap_or_default(),
            column: self.columns.0.to_owned(),
            reason,
        }
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

fn parse_time(column: &str, text: &str) -> Result<f64, String> {
    if column == TIMES[1] {
        let time: Timestamp = text.parse().map_err(|_| {
            format!("`{}` is no RFC 3339 time; give 2026-01-31T12:00:00.5Z", shown(text))
        })?;
        // A double holds a Unix time of today to 0.3 us.
        return Ok(time.as_second() as f64 + f64::from(time.subsec_nanosecond()) * 1e-9);
    }
    match text.parse::<f64>() {
        Ok(time) if time.is_finite() && time.abs() < 1e12 => Ok(time),
        _ => Err(format!("`{}` is no time; give seconds", shown(text))),
    }
}

fn parse_power(text: &str) -> Result<f64, String> {
    let wrong = |what: &str| format!("`{}` is {what}; give watts of at least 0", shown(text));
    match text.parse::<f64>() {
        Err(_) => Err(wrong("no number")),
        Ok(power) if !power.is_finite() || power > 1e12 => Err(wrong("no finite power")),
        Ok(power) if power < 0.0 => Err(wrong("negative")),
        Ok(power) => Ok(power),
    }
}

fn shown(text: &str) -> String {
    printable(text, 40)
}

fn open_log(path: &Path, name: &str) -> Result<File, MeterError> {
    let no_log = |reason: &str| MeterError::BadLog {
        file: name.to_owned(),
        line: 0,
        column: "-".to_owned(),
        reason: reason.to_owned(),
    };
    let of_io = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => MeterError::NotPresent {
            meter: format!("power log {name}"),
            remedy: "give the path of a CSV file".to_owned(),
        },
        io::ErrorKind::InvalidData => no_log(&format!("{error}; give a CSV file")),
        _ => MeterError::of_file(&error, path, "power log"),
    };
    let file = input::open(path).map_err(of_io)?;
    if file.metadata().map_err(of_io)?.len() > MOST {
        return Err(no_log("is longer than 64 MiB; give the part with the measurement"));
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn lines(from: u32, to: u32) -> String {
        (from..to).map(|line| format!("{line},{line}.5\n")).collect()
    }

    fn parse(text: &str) -> Result<PowerLog, MeterError> {
        PowerLog::parse(text.as_bytes(), || {}, "log.csv")
    }

    #[test]
    fn both_pairs_of_columns() {
        let log = parse(&format!("time_s,power_w\n{}", lines(0, 20))).unwrap();
        assert_eq!((log.samples(), log.interval().as_seconds()), (20, 1.0));
        assert_eq!(log.power(3), Watts::from_watts(3.5));
        let rows: String = (10..30)
            .map(|second| format!("x,{second}.25,2026-01-31T13:00:{second}.5+01:00\n"))
            .collect();
        let log = parse(&format!("note, watts ,timestamp\n{rows}")).unwrap();
        let noon: Timestamp = "2026-01-31T12:00:10.5Z".parse().unwrap();
        assert_eq!(log.times[0], noon.as_second() as f64 + 0.5);
        assert_eq!(log.power(0), Watts::from_watts(10.25));
    }

    #[test]
    fn every_fault_names_its_line_and_column() {
        let head = "time_s,power_w\n";
        let start = format!("{head}{}", lines(0, 12));
        let rest = lines(13, 30);
        for (text, at, column, what) in [
            (format!("power_w\n{rest}"), 1, "time_s", "no column of times"),
            (format!("time_s,w\n{rest}"), 1, "power_w", "no column of powers"),
            (format!("time_s,power_w,watts\n{rest}"), 1, "watts", "two columns"),
            (format!("time_s,time_s,watts\n{rest}"), 1, "time_s", "two columns"),
            (format!("{start}x,1\n{rest}"), 14, "time_s", "no time"),
            (format!("{start}nan,1\n{rest}"), 14, "time_s", "no time"),
            (format!("{start}12,x\n{rest}"), 14, "power_w", "no number"),
            (format!("{start}12,\n{rest}"), 14, "power_w", "no number"),
            (format!("{start}12,-1\n{rest}"), 14, "power_w", "negative"),
            (format!("{start}12,NaN\n{rest}"), 14, "power_w", "no finite"),
            (format!("{start}12,inf\n{rest}"), 14, "power_w", "no finite"),
            (format!("{start}11,1\n{rest}"), 14, "time_s", "not increase"),
            (format!("{start}5,1\n{rest}"), 14, "time_s", "not increase"),
            (format!("{start}{}", lines(16, 30)), 14, "time_s", "gap of 5.000 s"),
            (format!("{start}12\n{rest}"), 14, "-", "fields"),
            (format!("{head}{}", lines(0, 5)), 0, "power_w", "5 samples"),
            (String::new(), 1, "time_s", "no column"),
        ] {
            match parse(&text) {
                Err(MeterError::BadLog { line, column: named, reason, .. }) => {
                    assert_eq!((line, named.as_str()), (at, column), "{reason}");
                    assert!(reason.contains(what), "{reason}");
                }
                other => panic!("{what}: {other:?}"),
            }
        }
        let text = [start.as_bytes(), b"12,\xff\n"].concat();
        assert!(matches!(
            PowerLog::parse(&text[..], || {}, "x"),
            Err(MeterError::BadLog { line: 14, .. })
        ));
        let bad_time = "timestamp,watts\n2026-02-30T00:00:00Z,1\n";
        assert!(matches!(parse(bad_time), Err(MeterError::BadLog { line: 2, .. })));
    }

    #[test]
    fn what_is_no_file_of_a_log_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let read = |name: &str| PowerLog::read(&folder.path().join(name));
        assert!(matches!(read("none.csv"), Err(MeterError::NotPresent { .. })));
        assert!(matches!(read(""), Err(MeterError::BadLog { line: 0, .. })));
        let sparse = File::create(folder.path().join("long.csv")).unwrap();
        sparse.set_len(MOST + 1).unwrap();
        assert!(matches!(read("long.csv"), Err(MeterError::BadLog { line: 0, .. })));
        fs::write(folder.path().join("wide.csv"), "x".repeat(1 << 20)).unwrap();
        let wide = read("wide.csv").unwrap_err().to_string();
        assert!(wide.contains("one record is longer than 64 KiB"), "{wide}");
        fs::write(folder.path().join("good.csv"), format!("time_s,watts\n{}", lines(0, 20)))
            .unwrap();
        assert_eq!(read("good.csv").unwrap().samples(), 20);
    }

    #[cfg(unix)]
    #[test]
    fn an_endless_device_is_refused() {
        let read = PowerLog::read(Path::new("/dev/zero"));
        assert!(matches!(read, Err(MeterError::BadLog { line: 0, .. })), "{read:?}");
    }
}
