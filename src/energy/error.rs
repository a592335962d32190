//! Every way in which a meter fails.

use super::text::{beginning, printable};
use crate::input::table::TableError;
use std::io;
use std::path::Path;
use std::time::Duration;

/// Every way in which a meter fails. None of them is a number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MeterError {
    /// There is no such meter here.
    #[error("{meter} is not present; {remedy}")]
    NotPresent {
        /// Which.
        meter: String,
        /// What to do.
        remedy: String,
    },
    /// It is nowhere looked for, because only the user knows where it is.
    #[error("not looked for; {remedy}")]
    NotSought {
        /// How to name it.
        remedy: String,
    },
    /// The system does not let this user read it.
    #[error("{meter} may not be read by this user; {remedy}")]
    PermissionDenied {
        /// Which.
        meter: String,
        /// What to do.
        remedy: String,
    },
    /// The device has no such figure.
    #[error("{meter} does not give energy or power: {reason}")]
    Unsupported {
        /// Which.
        meter: String,
        /// The device's words.
        reason: String,
    },
    /// It was there and is gone.
    #[error("{meter} stopped answering: {reason}")]
    Gone {
        /// Which.
        meter: String,
        /// The system's words.
        reason: String,
    },
    /// It did not answer this time: out of reach, or a broken connection.
    #[error("{meter} did not answer: {reason}")]
    NoAnswer {
        /// Which.
        meter: String,
        /// The system's words.
        reason: String,
    },
    /// It asks to be asked later.
    #[error("{meter} cannot be read now: {reason}")]
    Busy {
        /// Which.
        meter: String,
        /// Its words.
        reason: String,
        /// How long it asks to wait, where it says so.
        wait: Option<Duration>,
    },
    /// It took too long to answer.
    #[error("{meter} did not answer within {millis} ms")]
    Timeout {
        /// Which.
        meter: String,
        /// How long it was waited for.
        millis: u128,
    },
    /// It answered with something that is no reading.
    #[error("{meter} gave `{text}`, which is no reading")]
    Malformed {
        /// Which.
        meter: String,
        /// What it gave, cut to a line.
        text: String,
    },
    /// It is there and the system hides it from this program.
    #[error("{meter} are hidden: {remedy}")]
    Hidden {
        /// Which.
        meter: String,
        /// By what, and what to do.
        remedy: String,
    },
    /// It gave what no such part can draw, or the pattern of a sensor without a value.
    #[error("{meter} gave no reading: {reason}")]
    Implausible {
        /// Which.
        meter: String,
        /// What it gave and why that cannot be.
        reason: String,
    },
    /// No meter is known to be of a GPU that hashes.
    #[error("no meter is known to be of {gpu}: {reason}; name it with --meter")]
    NoBoardMeter {
        /// The GPU.
        gpu: String,
        /// Why not.
        reason: String,
    },
    /// It did not move under load.
    #[error("{meter} did not move in {millis} ms under load")]
    Stuck {
        /// Which.
        meter: String,
        /// How long it was watched.
        millis: u128,
    },
    /// The counter began again without a wrap, by a driver's restart or by hand.
    #[error("{meter} was reset during the measurement")]
    Reset {
        /// Which.
        meter: String,
    },
    /// The machine slept: time and counter went different ways.
    #[error("the machine slept for {millis} ms while {meter} was read; measure again")]
    Slept {
        /// Which.
        meter: String,
        /// How long it slept.
        millis: u128,
    },
    /// So long a gap that the counter could have wrapped more than once.
    #[error(
        "{meter} was not read for {gap_ms} ms and could have wrapped unseen; read it more often"
    )]
    AmbiguousWrap {
        /// Which.
        meter: String,
        /// The gap.
        gap_ms: u128,
    },
    /// A power that was not read for too long to be bridged.
    #[error(
        "{meter} was not read for {gap_ms} ms, and a power is bridged over {most_ms} ms at most{reason}"
    )]
    Gap {
        /// Which.
        meter: String,
        /// How long it was not read.
        gap_ms: u128,
        /// The most that is bridged.
        most_ms: u128,
        /// Why it was not read, in brackets after a blank; empty where nobody knows.
        reason: String,
    },
    /// A reading older than the one before it.
    #[error("{meter} gave a reading older than the one before it")]
    ClockBackward {
        /// Which.
        meter: String,
    },
    /// An assumed power that is no power.
    #[error("watts is {given}; give a number of watts above 0, at most 1e12")]
    NotAPower {
        /// What was given.
        given: String,
    },
    /// An address, an environment variable or another setting of a meter that cannot be used.
    #[error("{field}: {reason}")]
    BadSetting {
        /// Which: `url`, or an environment variable's name.
        field: String,
        /// What is wrong with it, and what to give instead.
        reason: String,
    },
    /// A user's power log that cannot be used.
    #[error("{0}")]
    BadLog(#[from] TableError),
    /// A power log in which the load cannot be found, so that its clock stays unknown.
    #[error("{meter} cannot be aligned with the load: {reason}")]
    NoLoadStep {
        /// The log.
        meter: String,
        /// Why not.
        reason: String,
    },
}

impl MeterError {
    /// Whether the next reading may be good again: one refused, late or lost answer is no broken meter.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::NoAnswer { .. } | Self::Busy { .. } | Self::Timeout { .. })
    }

    /// For how long a device asks to be left alone, where it says that.
    pub(crate) fn asked_wait(&self) -> Option<Duration> {
        match self {
            Self::Busy { wait, .. } => *wait,
            _ => None,
        }
    }

    /// A setting that cannot be used.
    pub(super) fn bad_setting(field: &str, reason: impl Into<String>) -> Self {
        Self::BadSetting { field: field.to_owned(), reason: reason.into() }
    }

    /// Something that is no reading, cut to a line that can be shown.
    pub(super) fn malformed(meter: &str, text: &str) -> Self {
        const MOST: usize = 60;
        let text = printable(beginning(text, MOST), MOST);
        Self::Malformed { meter: meter.to_owned(), text }
    }

    /// What the system says of a file. One that is not found never was there: an open file that
    /// goes away fails with another code.
    pub(super) fn of_file(error: &io::Error, file: &Path, meter: &str) -> Self {
        let meter = meter.to_owned();
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::PermissionDenied {
                meter,
                remedy: format!("run as root, or as a user who may read {}", file.display()),
            },
            io::ErrorKind::NotFound => Self::NotPresent {
                meter,
                remedy: format!(
                    "there is no {}, which the device's driver makes; name another meter",
                    file.display()
                ),
            },
            io::ErrorKind::InvalidData => {
                Self::Malformed { meter, text: format!("{}: {error}", file.display()) }
            }
            _ => Self::Gone { meter, reason: format!("{}: {error}", file.display()) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_file_names_the_remedy() {
        let error = io::Error::from(io::ErrorKind::PermissionDenied);
        let told = MeterError::of_file(&error, Path::new("/x/energy_uj"), "rapl").to_string();
        assert!(told.contains("root, or as a user who may read /x/energy_uj"), "{told}");
    }

    #[test]
    fn a_file_that_never_was_there_did_not_stop_answering() {
        let missing = io::Error::from(io::ErrorKind::NotFound);
        let told = MeterError::of_file(&missing, Path::new("/x/power1_input"), "hwmon x");
        assert!(matches!(told, MeterError::NotPresent { .. }), "{told}");
        assert!(told.to_string().contains("there is no /x/power1_input"), "{told}");
        let unplugged = io::Error::other("No such device");
        let told = MeterError::of_file(&unplugged, Path::new("/x/power1_input"), "hwmon x");
        assert!(matches!(told, MeterError::Gone { .. }), "{told}");
    }

    #[test]
    fn what_a_device_sends_is_cut_to_a_line() {
        let told = MeterError::malformed("m", &format!("a\n\u{1b}[31m{}", "x".repeat(1000)));
        assert!(told.to_string().len() < 120 && !told.to_string().contains('\n'), "{told}");
    }
}
