//! What keeps a measurement from being made.

use crate::scan::ScanError;

/// What keeps a measurement from being made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MeasureError {
    /// The window has no usable length.
    #[error("seconds is {given}; give a window of 0.2 s to a year")]
    Window {
        /// What was given.
        given: String,
    },
    /// The warm-up has no usable length.
    #[error("warm-up is {given} s; give 0 s to a year")]
    WarmUp {
        /// What was given.
        given: String,
    },
    /// The idle time has no usable length.
    #[error("idle is {given} s; give 0 s to a year")]
    Idle {
        /// What was given.
        given: String,
    },
    /// One scanner cannot take turns.
    #[error("scanners: there are {given}; give two or more to compare them in turn")]
    Scanners {
        /// How many were given.
        given: usize,
    },
    /// Scanners in turn have no idle time.
    #[error("idle: no energy is measured of scanners in turn; leave the idle time out")]
    IdleInTurn,
    /// The scanner failed.
    #[error(transparent)]
    Scan(#[from] ScanError),
}
