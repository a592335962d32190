//! One reading of a meter, with its time and its origin.

use super::MeterDescriptor;
use super::clock::slept;
use crate::units::Watts;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A raw value.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum RawValue {
    /// A counter's state.
    Count(u64),
    /// A power.
    Power(Watts),
}

/// One reading with the time on both sides of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub(super) before: Instant,
    pub(super) after: Instant,
    pub(super) raw: RawValue,
    pub(super) origin: Origin,
    /// Whether the value is known to have been renewed between `before` and `after`.
    pub(super) fresh: bool,
    /// How long the machine has slept since it was started, where the system tells.
    pub(super) slept: Option<Duration>,
}

/// When something was read: the time on both sides, and how long the machine had slept by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReadTime {
    before: Instant,
    after: Instant,
    slept: Option<Duration>,
}

impl ReadTime {
    /// Of a read begun at `before` and just finished.
    pub(super) fn since(before: Instant) -> Self {
        Self { before, after: Instant::now(), slept: slept() }
    }
    /// When the read had finished.
    #[cfg(feature = "wall")]
    pub(super) fn after(&self) -> Instant {
        self.after
    }
}

/// Who made a reading. A sensor's holds what the sensor is, so that its raw value cannot be
/// read under another meter's description and still count as measured.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Origin {
    Sensor(Arc<MeterDescriptor>),
    User,
    Assumed,
}

impl Reading {
    /// A reading of a meter outside this crate; figures from it are user-reported.
    pub fn new(before: Instant, after: Instant, raw: RawValue) -> Self {
        Self { before, after, raw, origin: Origin::User, fresh: false, slept: None }
    }
    /// A reading of a sensor of this crate, begun at `before` and just finished.
    pub(super) fn of_sensor(sensor: &Arc<MeterDescriptor>, raw: RawValue, before: Instant) -> Self {
        Self::of_sensor_at(sensor, raw, ReadTime::since(before))
    }
    /// A reading of a sensor of this crate from what was read at some time before now.
    pub(super) fn of_sensor_at(
        sensor: &Arc<MeterDescriptor>,
        raw: RawValue,
        time: ReadTime,
    ) -> Self {
        Self::at(Origin::Sensor(Arc::clone(sensor)), raw, time)
    }
    /// A reading of any origin, begun at `before` and just finished.
    pub(super) fn of(origin: Origin, raw: RawValue, before: Instant) -> Self {
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
    /// Halfway through the read.
    pub fn middle(&self) -> Instant {
        self.before + self.after.saturating_duration_since(self.before) / 2
    }
}

impl Origin {
    /// A sum is worth what its least reading is.
    pub(super) fn least(self, other: Self) -> Self {
        match (self, other) {
            (Self::Assumed, _) | (_, Self::Assumed) => Self::Assumed,
            (Self::User, _) | (_, Self::User) => Self::User,
            (sensor, _) => sensor,
        }
    }
}
