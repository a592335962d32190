//! Aligns a log with this machine's clock.

#[cfg(test)]
mod tests;

use super::super::{MeterDescriptor, MeterError, MeterQuantity, RawValue, Reading};
use super::csv_log::PowerLog;
use super::descriptor::descriptor;
use super::load_step::LoadStep;
use crate::units::{Seconds, Watts};
use std::time::{Duration, Instant};

/// The start and the end of the load, on this machine's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadPhases {
    /// The change from idle to load.
    pub load_began: Instant,
    /// The change from load to idle.
    pub load_ended: Instant,
}

/// A power log on this machine's clock.
#[derive(Clone, Debug)]
pub struct AlignedLog {
    log: PowerLog,
    load_began: Instant,
    /// The start of the load on the log's clock.
    load_start: f64,
    uncertainty: f64,
    descriptor: MeterDescriptor,
}

impl AlignedLog {
    /// Aligns a log with this machine's clock. The log's clock may have any offset: the start and
    /// the end of the load in the log are found from its power.
    ///
    /// # Errors
    /// [`MeterError::NoLoadStep`] if the load phases are not valid, the log does not contain the
    /// whole load with idle on both sides, no step exceeds the noise, or two positions fit equally
    /// well. [`MeterError::BadLog`] if samples are missing within the load.
    pub fn new(log: &PowerLog, phases: &LoadPhases) -> Result<Self, MeterError> {
        let length = signed_seconds(phases.load_began, phases.load_ended);
        // Relative to the first sample, so that Unix times do not cost precision.
        let times: Vec<f64> = log.times.iter().map(|time| time - log.times[0]).collect();
        let step = LoadStep::find(&times, &log.powers, log.interval, length)
            .map_err(|reason| MeterError::NoLoadStep { meter: log.name().to_owned(), reason })?;
        let load_start = log.times[0] + step.load_start;
        log.check_gaps_within(load_start, load_start + length)?;
        Ok(Self {
            log: log.clone(),
            load_began: phases.load_began,
            load_start,
            uncertainty: step.uncertainty,
            descriptor: log_descriptor(log.name(), log.interval()),
        })
    }

    /// The start of the load on the log's clock: seconds of `time_s`, or seconds since 1970 of
    /// `timestamp`.
    #[cfg(test)]
    pub fn offset(&self) -> Seconds {
        Seconds::from_seconds(self.load_start)
    }

    /// The standard uncertainty of the start of the load on the log's clock.
    pub fn offset_standard_uncertainty(&self) -> Seconds {
        Seconds::from_seconds(self.uncertainty)
    }

    /// The descriptor of the log as a meter. It has no tolerance, because the file does not state
    /// that of the analyser.
    pub fn descriptor(&self) -> &MeterDescriptor {
        &self.descriptor
    }

    /// The log's samples in a window, as user-reported readings. At both ends of the window the
    /// power is interpolated linearly between the adjacent samples, so that the readings cover the
    /// window exactly.
    ///
    /// # Errors
    /// [`MeterError::BadLog`] if the log does not cover the window, or the window ends before it
    /// begins.
    pub fn readings_between(&self, from: Instant, to: Instant) -> Result<Vec<Reading>, MeterError> {
        let first = self.load_start + signed_seconds(self.load_began, from);
        let last = self.load_start + signed_seconds(self.load_began, to);
        let times = &self.log.times;
        let end = times.len() - 1;
        if last <= first {
            return Err(self.log.error_at(0, "the window ends before it begins", "measure again"));
        }
        if first < times[0] {
            let reason = format!("the log begins {:.3} s after the window", times[0] - first);
            return Err(self.log.error_at(0, reason, "give a log that covers the whole run"));
        }
        if last > times[end] {
            let reason = format!("the log ends {:.3} s before the window", last - times[end]);
            return Err(self.log.error_at(end, reason, "give a log that covers the whole run"));
        }
        let inside = |sample: &usize| times[*sample] > first && times[*sample] < last;
        let start = times.partition_point(|time| *time <= first);
        let reading = |at: Instant, power: Watts| Reading::new(at, at, RawValue::Power(power));
        let mut readings = vec![reading(from, self.power_at(first))];
        for sample in (start..times.len()).take_while(inside) {
            let Ok(after) = Duration::try_from_secs_f64(times[sample] - first) else { continue };
            let at = from + after;
            // A time just inside the window can be rounded to its end.
            if at > from && at < to {
                readings.push(reading(at, self.log.power(sample)));
            }
        }
        readings.push(reading(to, self.power_at(last)));
        Ok(readings)
    }

    /// The power at a time of the log, interpolated linearly.
    fn power_at(&self, time: f64) -> Watts {
        let times = &self.log.times;
        let after = times.partition_point(|sample| *sample < time).clamp(1, times.len() - 1);
        let (t0, t1) = (times[after - 1], times[after]);
        let share = ((time - t0) / (t1 - t0)).clamp(0.0, 1.0);
        let (p0, p1) = (self.log.power(after - 1), self.log.power(after));
        p0 + (p1 - p0) * share
    }
}

/// The seconds from one instant to another, negative if the second is earlier.
fn signed_seconds(from: Instant, to: Instant) -> f64 {
    to.saturating_duration_since(from).as_secs_f64()
        - from.saturating_duration_since(to).as_secs_f64()
}

/// The descriptor of a log as a meter, also for a log that cannot be read.
pub(crate) fn log_descriptor(name: &str, refresh: Seconds) -> MeterDescriptor {
    let quantity = MeterQuantity::Power { resolution: Watts::ZERO, averaging: None };
    let caveat = "a file supplied by the user, aligned with this machine's clock by its load";
    descriptor(format!("power log {name}"), quantity, refresh, None, Some(caveat))
}
