//! The errors of meters.

use super::text::{beginning, printable};
use crate::input::table::TableError;
use std::io;
use std::path::Path;
use std::time::Duration;

/// The errors of meters. A failed read is never reported as a number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MeterError {
    /// There is no such meter on this machine.
    #[error("{meter} is not present; {remedy}")]
    NotPresent {
        /// The name of the meter.
        meter: String,
        /// What the user can do.
        remedy: String,
    },
    /// The meter is not searched for, because only the user knows where it is.
    #[error("{remedy}")]
    NotSearched {
        /// That it is not searched for, and how to specify it.
        remedy: String,
    },
    /// This user has no permission to read the meter.
    #[error("no permission to read {meter}; {remedy}")]
    PermissionDenied {
        /// The name of the meter.
        meter: String,
        /// What the user can do.
        remedy: String,
    },
    /// The device does not provide this value.
    #[error("{meter} does not provide energy or power: {reason}")]
    Unsupported {
        /// The name of the meter.
        meter: String,
        /// The reason given by the device or the driver.
        reason: String,
    },
    /// The meter was present and no longer responds.
    #[error("{meter} stopped responding: {reason}")]
    Gone {
        /// The name of the meter.
        meter: String,
        /// The system's error message.
        reason: String,
    },
    /// The meter did not respond this time: it is unreachable, or the connection was lost.
    #[error("{meter} did not respond: {reason}")]
    NoAnswer {
        /// The name of the meter.
        meter: String,
        /// The system's error message.
        reason: String,
    },
    /// The meter is busy and has to be read again later.
    #[error("{meter} is busy: {reason}")]
    Busy {
        /// The name of the meter.
        meter: String,
        /// The message of the device.
        reason: String,
        /// The wait that the device requests, if it does.
        wait: Option<Duration>,
    },
    /// The response took too long.
    #[error("{meter} did not respond within {millis} ms")]
    Timeout {
        /// The name of the meter.
        meter: String,
        /// The deadline, in milliseconds.
        millis: u128,
    },
    /// The response is not a valid reading.
    #[error("{meter} gave `{text}`, which is not a valid reading")]
    Malformed {
        /// The name of the meter.
        meter: String,
        /// The invalid part of the response, cut to one line.
        text: String,
    },
    /// The meters exist, but a container hides them from this program.
    #[error("{meter} are hidden: {remedy}")]
    Hidden {
        /// The name of the meter.
        meter: String,
        /// What hides them, and what the user can do.
        remedy: String,
    },
    /// The value is outside the possible range, or it is the bit pattern of a register without a
    /// value.
    #[error("{meter} gave an impossible value: {reason}")]
    Implausible {
        /// The name of the meter.
        meter: String,
        /// The value, and why it is impossible.
        reason: String,
    },
    /// No meter could be matched to a GPU that hashes.
    #[error("no meter was found for {gpu}: {reason}; select its meter with --meter")]
    NoBoardMeter {
        /// The name of the GPU.
        gpu: String,
        /// Why no meter could be matched.
        reason: String,
    },
    /// The value did not change under load.
    #[error("{meter} did not change in {millis} ms under load")]
    Stuck {
        /// The name of the meter.
        meter: String,
        /// How long it was observed without a change, in milliseconds.
        millis: u128,
    },
    /// The counter was reset without a wrap, by a restart of its driver or by hand.
    #[error("{meter} was reset during the measurement")]
    Reset {
        /// The name of the meter.
        meter: String,
    },
    /// The machine was suspended, which stops its clock and may reset the counter.
    #[error("the machine was suspended for {millis} ms while {meter} was read; measure again")]
    Slept {
        /// The name of the meter.
        meter: String,
        /// How long it was suspended, in milliseconds.
        millis: u128,
    },
    /// A gap in which the counter could have wrapped without being noticed.
    #[error(
        "{meter} was not read for {gap_ms} ms and could have wrapped unnoticed; read it more often"
    )]
    AmbiguousWrap {
        /// The name of the meter.
        meter: String,
        /// The length of the gap, in milliseconds.
        gap_ms: u128,
    },
    /// A power was not read for longer than the maximum gap that is bridged.
    #[error(
        "{meter} was not read for {gap_ms} ms; gaps in a power are bridged up to {max_ms} ms{reason}"
    )]
    Gap {
        /// The name of the meter.
        meter: String,
        /// The length of the gap, in milliseconds.
        gap_ms: u128,
        /// The maximum gap that is bridged, in milliseconds.
        max_ms: u128,
        /// Why it was not read, in parentheses after a space; empty if the reason is not known.
        reason: String,
    },
    /// A reading older than the one before it.
    #[error("{meter} gave a reading older than the one before it")]
    ClockBackward {
        /// The name of the meter.
        meter: String,
    },
    /// An assumed power that is not valid.
    #[error("assumed power is {given}; give a number of watts above 0 and at most 1e12")]
    NotAPower {
        /// The given text.
        given: String,
    },
    /// An address, an environment variable or another setting of a meter that cannot be used.
    #[error("{field}: {reason}")]
    BadSetting {
        /// The setting: `meter`, `url` or the name of an environment variable.
        field: String,
        /// What is wrong with it, and what is valid.
        reason: String,
    },
    /// A power log that cannot be used.
    #[error("{0}")]
    BadLog(#[from] TableError),
    /// A power log in which the load cannot be found, so its clock cannot be aligned.
    #[error("{meter} cannot be aligned with the load: {reason}")]
    NoLoadStep {
        /// The name of the log.
        meter: String,
        /// Why the load cannot be found.
        reason: String,
    },
}

impl MeterError {
    /// Whether the error is transient: the next reading may succeed.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::NoAnswer { .. } | Self::Busy { .. } | Self::Timeout { .. })
    }

    /// The wait that a busy device requests, if it does.
    pub(crate) fn requested_wait(&self) -> Option<Duration> {
        match self {
            Self::Busy { wait, .. } => *wait,
            _ => None,
        }
    }

    /// A setting that cannot be used.
    pub(super) fn bad_setting(field: &str, reason: impl Into<String>) -> Self {
        Self::BadSetting { field: field.to_owned(), reason: reason.into() }
    }

    /// An invalid reading, cut to one printable line.
    pub(super) fn malformed(meter: &str, text: &str) -> Self {
        const MAX_CHARS: usize = 60;
        let text = printable(beginning(text, MAX_CHARS), MAX_CHARS);
        Self::Malformed { meter: meter.to_owned(), text }
    }

    /// The error for an I/O error of a sensor's file. `NotFound` means that the file never existed:
    /// reading an open file that has been removed fails with another code.
    pub(super) fn from_file_error(error: &io::Error, file: &Path, meter: &str) -> Self {
        let meter = meter.to_owned();
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::PermissionDenied {
                meter,
                remedy: format!("run as root or as a user with read access to {}", file.display()),
            },
            io::ErrorKind::NotFound => Self::NotPresent {
                meter,
                remedy: format!(
                    "{} does not exist, so the device's driver does not provide it; use another meter",
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
    fn unreadable_file_names_the_remedy() {
        let error = io::Error::from(io::ErrorKind::PermissionDenied);
        let message =
            MeterError::from_file_error(&error, Path::new("/x/energy_uj"), "rapl").to_string();
        assert!(
            message.contains("root or as a user with read access to /x/energy_uj"),
            "{message}"
        );
    }

    #[test]
    fn missing_file_is_not_present_and_unplugged_device_is_gone() {
        let missing = io::Error::from(io::ErrorKind::NotFound);
        let result = MeterError::from_file_error(&missing, Path::new("/x/power1_input"), "hwmon x");
        assert!(matches!(result, MeterError::NotPresent { .. }), "{result}");
        assert!(result.to_string().contains("/x/power1_input does not exist"), "{result}");
        let unplugged = io::Error::other("No such device");
        let result =
            MeterError::from_file_error(&unplugged, Path::new("/x/power1_input"), "hwmon x");
        assert!(matches!(result, MeterError::Gone { .. }), "{result}");
    }

    #[test]
    fn malformed_text_is_cut_to_one_line() {
        let message = MeterError::malformed("m", &format!("a\n\u{1b}[31m{}", "x".repeat(1000)));
        assert!(
            message.to_string().len() < 120 && !message.to_string().contains('\n'),
            "{message}"
        );
    }
}
