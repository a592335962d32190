//! What a measurement reports while it runs, for progress.

use crate::scan::Sink;
use std::fmt;

/// The stage of a measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MeasurementStage {
    /// Before the run: nothing hashes, meters are read.
    IdleBefore,
    /// The scanner runs, but its hashes and joules are not counted.
    WarmUp,
    /// Hashes and joules are counted.
    Window,
    /// After the run: nothing hashes, meters are read.
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

/// Receives every completed batch, as a [`Sink`], and each change of stage.
pub trait MeasurementObserver: Sink {
    /// Called when a stage begins.
    fn entered(&self, stage: MeasurementStage) {
        let _ = stage;
    }
}

/// Ignores everything.
impl MeasurementObserver for () {}
