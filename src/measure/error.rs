//! Errors of measurements.

use crate::scan::ScanError;

/// Why a measurement is not possible.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MeasureError {
    /// The length of the window is invalid.
    #[error("seconds is {given}; give a window of 0.2 s to a year")]
    Window {
        /// The given value.
        given: String,
    },
    /// The length of the warm-up is invalid.
    #[error("warm-up is {given} s; give 0 s to a year")]
    WarmUp {
        /// The given value.
        given: String,
    },
    /// The idle time is invalid.
    #[error("idle is {given} s; give 0 s to a year")]
    Idle {
        /// The given value.
        given: String,
    },
    /// An interleaved measurement needs at least two scanners.
    #[error("scanners: there are {given}; give two or more to compare them")]
    Scanners {
        /// The number of scanners.
        given: usize,
    },
    /// An interleaved measurement has no idle time.
    #[error("idle: an interleaved comparison does not measure energy; leave the idle time out")]
    IdleInterleaved,
    /// The scanner failed.
    #[error(transparent)]
    Scan(#[from] ScanError),
}
