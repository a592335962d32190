//! One reading of a meter with its time and origin.

use super::MeterDescriptor;
use super::clock::slept;
use crate::units::Watts;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A raw value.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum RawValue {
    /// The value of a counter, in counts.
    Count(u64),
    /// A power, in watts.
    Power(Watts),
}

/// One reading with the times just before and just after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub(super) before: Instant,
    pub(super) after: Instant,
    pub(super) raw: RawValue,
    pub(super) origin: Origin,
    /// Whether the value is known to have been refreshed between `before` and `after`.
    pub(super) fresh: bool,
    /// The total time that the machine has been suspended since its start, if the system gives it.
    pub(super) slept: Option<Duration>,
}

/// The times just before and just after a read, and how long the machine had been suspended by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReadTime {
    before: Instant,
    after: Instant,
    slept: Option<Duration>,
}

impl ReadTime {
    /// The time of a read that started at `before` and has just finished.
    pub(super) fn since(before: Instant) -> Self {
        Self { before, after: Instant::now(), slept: slept() }
    }
    /// The time just after the read.
    #[cfg(feature = "wall")]
    pub(super) fn after(&self) -> Instant {
        self.after
    }
}

/// The origin of a reading. A sensor's reading holds the sensor's descriptor, so that its raw
/// value cannot count as measured under the descriptor of another meter.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Origin {
    Sensor(Arc<MeterDescriptor>),
    User,
    Assumed,
}

impl Reading {
    /// A reading of a meter outside this crate; results from it are user-reported.
    pub fn new(before: Instant, after: Instant, raw: RawValue) -> Self {
        Self { before, after, raw, origin: Origin::User, fresh: false, slept: None }
    }
    /// A reading of a sensor of this crate that started at `before` and has just finished.
    pub(super) fn from_sensor(
        sensor: &Arc<MeterDescriptor>,
        raw: RawValue,
        before: Instant,
    ) -> Self {
        Self::from_sensor_at(sensor, raw, ReadTime::since(before))
    }
    /// A reading of a sensor of this crate from a value that was read at an earlier time.
    pub(super) fn from_sensor_at(
        sensor: &Arc<MeterDescriptor>,
        raw: RawValue,
        time: ReadTime,
    ) -> Self {
        Self::at(Origin::Sensor(Arc::clone(sensor)), raw, time)
    }
    /// A reading of any origin that started at `before` and has just finished.
    pub(super) fn with_origin(origin: Origin, raw: RawValue, before: Instant) -> Self {
        Self::at(origin, raw, ReadTime::since(before))
    }
    fn at(origin: Origin, raw: RawValue, time: ReadTime) -> Self {
        let ReadTime { before, after, slept } = time;
        Self { before, after, raw, origin, fresh: false, slept }
    }
    /// The time just before the read.
    pub fn before(&self) -> Instant {
        self.before
    }
    /// The time just after the read.
    pub fn after(&self) -> Instant {
        self.after
    }
    /// The raw value.
    pub fn raw(&self) -> RawValue {
        self.raw
    }
    /// The midpoint between [`Self::before`] and [`Self::after`].
    pub fn middle(&self) -> Instant {
        self.before + self.after.saturating_duration_since(self.before) / 2
    }
}

impl Origin {
    /// The weaker of two origins: a sum has the weakest provenance of its readings.
    pub(super) fn weakest(self, other: Self) -> Self {
        match (self, other) {
            (Self::Assumed, _) | (_, Self::Assumed) => Self::Assumed,
            (Self::User, _) | (_, Self::User) => Self::User,
            (sensor, _) => sensor,
        }
    }
}
