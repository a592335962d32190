//! A log on this machine's clock.

#[cfg(test)]
mod tests;

use super::super::{MeterDescriptor, MeterError, MeterQuantity, RawValue, Reading};
use super::csv_log::PowerLog;
use super::descriptor::descriptor;
use super::load_step::LoadStep;
use crate::units::{Seconds, Watts};
use std::time::{Duration, Instant};

/// When the load began and ended, on this machine's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadPhases {
    /// From idle to load.
    pub load_began: Instant,
    /// From load to idle.
    pub load_ended: Instant,
}

/// A power log on this machine's clock.
#[derive(Clone, Debug)]
pub struct AlignedLog {
    log: PowerLog,
    load_began: Instant,
    /// On the log's clock.
    began: f64,
    uncertainty: f64,
    descriptor: MeterDescriptor,
}

impl AlignedLog {
    /// The log on this machine's clock. Its own clock may be off by any amount: where the load
    /// began and ended in it is found by its power.
    ///
    /// # Errors
    /// [`MeterError::NoLoadStep`] where the load's phases are none, the log does not hold all of
    /// the load with idle on both sides, no step stands out of the noise, or two places fit
    /// equally well. [`MeterError::BadLog`] where samples are missing within the load.
    pub fn new(log: &PowerLog, phases: &LoadPhases) -> Result<Self, MeterError> {
        let length = signed(phases.load_began, phases.load_ended);
        // Near zero, so that no digits are lost to a Unix time.
        let times: Vec<f64> = log.times.iter().map(|time| time - log.times[0]).collect();
        let step = LoadStep::find(&times, &log.powers, log.interval, length)
            .map_err(|reason| MeterError::NoLoadStep { meter: log.name().to_owned(), reason })?;
        let began = log.times[0] + step.began;
        log.unless_gap_within(began, began + length)?;
        Ok(Self {
            log: log.clone(),
            load_began: phases.load_began,
            began,
            uncertainty: step.uncertainty,
            descriptor: log_descriptor(log.name(), log.interval()),
        })
    }

    /// The log's own time at which the load began: seconds of `time_s`, or seconds since 1970 of
    /// `timestamp`.
    pub fn offset(&self) -> Seconds {
        Seconds::from_seconds(self.began)
    }

    /// The standard uncertainty of [`Self::offset`].
    pub fn offset_standard_uncertainty(&self) -> Seconds {
        Seconds::from_seconds(self.uncertainty)
    }

    /// What the log is as a meter. It claims no tolerance: what the analyser may claim, the file
    /// does not say.
    pub fn descriptor(&self) -> &MeterDescriptor {
        &self.descriptor
    }

    /// The log's samples in a window, as user-reported readings. At both ends of the window
    /// stands a value on the straight line between the two samples around it, so that the
    /// readings cover the window exactly.
    ///
    /// # Errors
    /// [`MeterError::BadLog`] where the log does not cover the window, or the window ends before
    /// it begins.
    pub fn readings_between(&self, from: Instant, to: Instant) -> Result<Vec<Reading>, MeterError> {
        let first = self.began + signed(self.load_began, from);
        let last = self.began + signed(self.load_began, to);
        let times = &self.log.times;
        let end = times.len() - 1;
        if last <= first {
            return Err(self.log.bad_at(0, "the window ends before it begins", "measure again"));
        }
        if first < times[0] {
            let reason = format!("the log begins {:.3} s after the window", times[0] - first);
            return Err(self.log.bad_at(0, reason, "give the part of the log with the whole run"));
        }
        if last > times[end] {
            let reason = format!("the log ends {:.3} s before the window", last - times[end]);
            return Err(self.log.bad_at(
                end,
                reason,
                "give the part of the log with the whole run",
            ));
        }
        let inside = |sample: &usize| times[*sample] > first && times[*sample] < last;
        let start = times.partition_point(|time| *time <= first);
        let reading = |at: Instant, power: Watts| Reading::new(at, at, RawValue::Power(power));
        let mut readings = vec![reading(from, self.power_at(first))];
        for sample in (start..times.len()).take_while(inside) {
            let Ok(after) = Duration::try_from_secs_f64(times[sample] - first) else { continue };
            let at = from + after;
            // A time just inside the window can be rounded onto its end.
            if at > from && at < to {
                readings.push(reading(at, self.log.power(sample)));
            }
        }
        readings.push(reading(to, self.power_at(last)));
        Ok(readings)
    }

    /// On the straight line between the samples around a time of the log.
    fn power_at(&self, time: f64) -> Watts {
        let times = &self.log.times;
        let after = times.partition_point(|sample| *sample < time).clamp(1, times.len() - 1);
        let (t0, t1) = (times[after - 1], times[after]);
        let share = ((time - t0) / (t1 - t0)).clamp(0.0, 1.0);
        let (p0, p1) = (self.log.power(after - 1), self.log.power(after));
        p0 + (p1 - p0) * share
    }
}

/// Seconds from one instant to another, negative where it is earlier.
fn signed(from: Instant, to: Instant) -> f64 {
    to.saturating_duration_since(from).as_secs_f64()
        - from.saturating_duration_since(to).as_secs_f64()
}

/// What a log is as a meter, also one that cannot be read.
pub(crate) fn log_descriptor(name: &str, refresh: Seconds) -> MeterDescriptor {
    let quantity = MeterQuantity::Power { resolution: Watts::ZERO, averaging: None };
    let caveat = "a user's file, laid on this machine's clock by the load";
    descriptor(format!("power log {name}"), quantity, refresh, None, Some(caveat))
}
