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
    /// The scanner failed.
    #[error(transparent)]
    Scan(#[from] ScanError),
}
