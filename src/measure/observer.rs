//! What a measurement tells while it runs, for progress.

use crate::scan::Sink;
use std::fmt;

/// What a measurement is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MeasurementStage {
    /// Nothing hashes yet; meters are read.
    IdleBefore,
    /// The scanner runs, and nothing of it is in the figures.
    WarmUp,
    /// What happens now is in the figures.
    Window,
    /// Nothing hashes any more; meters are read.
    IdleAfter,
}

impl fmt::Display for MeasurementStage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::IdleBefore => "idle before",
            Self::WarmUp => "warm-up",
            Self::Window => "measuring",
            Self::IdleAfter => "idle after",
        })
    }
}

/// Sees every finished batch, as a [`Sink`], and in which stage the measurement is.
pub trait MeasurementObserver: Sink {
    /// Called when a stage begins.
    fn entered(&self, stage: MeasurementStage) {
        let _ = stage;
    }
}

/// Ignores everything.
impl MeasurementObserver for () {}
