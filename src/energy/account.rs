//! From readings to energy: counter wraps are corrected, resets and ambiguous gaps are refused,
//! and power is integrated over time.

#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;

use super::reading::Origin;
use super::{MeterDescriptor, MeterError, MeterQuantity, RawValue, Reading};
use crate::clock::seconds;
use crate::uncertainty::{Measured, Uncertain};
use crate::units::{Joules, Seconds, Watts};
use hashwatt_quantities::metering::{Meter as _, Metered as _};
use std::time::{Duration, Instant};

/// A counter that has not changed for this many refresh intervals under load is stuck.
const STUCK_REFRESHES: f64 = 100.0;
/// This many equal power values in a row, each after a new refresh, are not a steady load, because
/// real power fluctuates: the sensor is stuck. This applies to sensors with a resolution finer than
/// 1/[`MIN_FINE_STEPS`] of the value, and to a value of zero.
const STUCK_READINGS: usize = 50;
const MIN_FINE_STEPS: f64 = 1000.0;
/// A wrap that would need more than this multiple of the maximum power of all other steps was a
/// reset.
const MAX_WRAP_POWER_RATIO: f64 = 2.0;
/// The longest gap between two readings of a power over which it is interpolated: this time, three
/// refresh intervals of the meter if that is longer, or the meter's own limit
/// ([`MeterDescriptor::max_read_gap`]). The difference of a counter is exact over any gap that cannot
/// hide a wrap.
pub const MAX_BRIDGED_GAP: Duration = Duration::from_secs(30);
const MAX_BRIDGED_REFRESHES: u32 = 3;
/// The two clocks are read one after the other; a shorter difference is a delay between the two
/// reads and not a suspended machine.
const MIN_SLEEP: Duration = Duration::from_millis(50);

/// Sums the energy between the first and the last reading of a meter. The first permanent error
/// ends the account, and [`EnergyAccount::energy`] returns it.
///
/// A transient error ([`MeterError::is_transient`]) does not end the account. Over the gap to the
/// next reading the difference of a counter is still exact; a power is interpolated linearly over at
/// most [`MAX_BRIDGED_GAP`], which increases the uncertainty ([`EnergyAccount::gaps`]).
#[derive(Clone, Debug)]
pub struct EnergyAccount {
    meter: MeterDescriptor,
    /// The midpoint of the first reading.
    started: Option<Instant>,
    /// Whether the value of the first reading could be up to one refresh interval old.
    starts_stale: bool,
    last: Option<Reading>,
    /// When the raw value last changed, and how many readings in a row have not changed it.
    last_change: Option<Instant>,
    unchanged: usize,
    counts: u128,
    points: Vec<Point>,
    /// The maximum power of the steps without a wrap.
    max_power: Option<Watts>,
    wraps: Vec<Wrap>,
    /// The error of the last read, if it failed.
    last_error: Option<MeterError>,
    gaps: Gaps,
    /// The minimum and maximum power read.
    power_range: Option<[Watts; 2]>,
    fault: Option<MeterError>,
}

/// The gaps in the readings of a meter.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Gaps {
    /// The number of failed reads.
    pub missed: usize,
    /// The total time over which a power was interpolated.
    pub bridged: Seconds,
}

/// The energy since the first reading, at the time of a value. The value of a counter is as old as
/// its last change, so there is one point for each observed change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub at: Instant,
    /// The width of the interval that contains `at`.
    pub within: Seconds,
    pub energy: Joules,
}

/// A step in which the counter went down.
#[derive(Clone, Copy, Debug)]
struct Wrap {
    energy: Joules,
    longest: Seconds,
}

impl EnergyAccount {
    /// An empty account for the readings of this meter.
    pub fn new(meter: MeterDescriptor) -> Self {
        Self {
            meter,
            started: None,
            starts_stale: false,
            last: None,
            last_change: None,
            unchanged: 0,
            counts: 0,
            points: Vec::new(),
            max_power: None,
            wraps: Vec::new(),
            last_error: None,
            gaps: Gaps::default(),
            power_range: None,
            fault: None,
        }
    }

    /// The descriptor of the meter.
    pub fn meter(&self) -> &MeterDescriptor {
        &self.meter
    }

    /// Adds the next reading, or the error of a failed read.
    pub fn record(&mut self, reading: Result<Reading, MeterError>) {
        if self.fault.is_some() {
            return;
        }
        match reading.and_then(|reading| self.add(reading)) {
            Ok(()) => self.last_error = None,
            Err(passing) if passing.is_transient() => {
                self.gaps.missed += 1;
                self.last_error = Some(passing);
            }
            Err(fault) => self.fault = Some(fault),
        }
    }

    fn add(&mut self, mut next: Reading) -> Result<(), MeterError> {
        let meter = || self.meter.id.clone();
        if next.after < next.before {
            return Err(MeterError::ClockBackward { meter: meter() });
        }
        // A sensor's raw value counts as measured only with the sensor's own descriptor.
        if matches!(&next.origin, Origin::Sensor(sensor) if **sensor != self.meter) {
            next.origin = Origin::User;
        }
        self.check_range(next.raw)?;
        if let RawValue::Power(power) = next.raw {
            let [low, high] = self.power_range.unwrap_or([power; 2]);
            let low = if power < low { power } else { low };
            let high = if power > high { power } else { high };
            self.power_range = Some([low, high]);
        }
        let Some(last) = self.last.take() else {
            self.last_change = Some(next.after);
            self.started = Some(next.middle());
            let is_counter = matches!(next.raw, RawValue::Count(_));
            self.starts_stale = is_counter && !next.fresh && self.meter.refresh > Seconds::ZERO;
            self.point(None, &next, Joules::ZERO);
            self.last = Some(next);
            return Ok(());
        };
        if next.before < last.after {
            return Err(MeterError::ClockBackward { meter: meter() });
        }
        let slept = next.slept.zip(last.slept).map(|(now, then)| now.saturating_sub(then));
        if let Some(slept) = slept.filter(|slept| *slept > MIN_SLEEP) {
            return Err(MeterError::Slept { meter: meter(), millis: slept.as_millis() });
        }
        self.step(&last, &next)?;
        // The sum has the weakest provenance of its readings.
        next.origin = next.origin.weakest(last.origin);
        self.last = Some(next);
        Ok(())
    }

    fn point(&mut self, last: Option<&Reading>, reading: &Reading, energy: Joules) {
        let mut earliest = reading.before;
        if let MeterQuantity::CumulativeEnergy { .. } = self.meter.quantity
            && !reading.fresh
        {
            // The value was refreshed within the last refresh interval and after the previous read.
            let refresh = Duration::try_from_secs_f64(self.meter.refresh.as_seconds());
            let renewed = earliest.checked_sub(refresh.unwrap_or_default()).unwrap_or(earliest);
            earliest = last.map_or(renewed, |last| renewed.max(last.before));
        }
        let within = reading.after.saturating_duration_since(earliest);
        self.points.push(Point { at: earliest + within / 2, within: seconds(within), energy });
    }

    /// Whether a raw value is of the meter's kind and in its range.
    fn check_range(&self, raw: RawValue) -> Result<(), MeterError> {
        let right = match (self.meter.quantity, raw) {
            (MeterQuantity::Power { .. }, RawValue::Power(power)) => {
                power.is_finite() && power >= Watts::ZERO
            }
            (MeterQuantity::CumulativeEnergy { wrap_modulus, .. }, RawValue::Count(count)) => {
                wrap_modulus.is_none_or(|modulus| count <= modulus)
            }
            _ => false,
        };
        if !right {
            return Err(MeterError::malformed(&self.meter.id, &format!("{raw:?}")));
        }
        // A power outside the possible range of the scope is not a reading, whatever its origin.
        match raw {
            RawValue::Power(power) => self.meter.check_power(power),
            RawValue::Count(_) => Ok(()),
        }
    }

    fn step(&mut self, last: &Reading, next: &Reading) -> Result<(), MeterError> {
        let meter = || self.meter.id.clone();
        let gap = next.after - last.before;
        let longest = seconds(gap);
        let is_counter = matches!(next.raw, RawValue::Count(_));
        if is_counter && self.meter.max_read_gap.is_some_and(|max| longest > max) {
            return Err(MeterError::AmbiguousWrap { meter: meter(), gap_ms: gap.as_millis() });
        }
        self.unchanged = if last.raw == next.raw { self.unchanged + 1 } else { 0 };
        if last.raw != next.raw {
            self.last_change = Some(next.after);
        }
        match (self.meter.quantity, last.raw, next.raw) {
            (MeterQuantity::Power { resolution, .. }, RawValue::Power(a), RawValue::Power(b)) => {
                self.bridge(gap)?;
                let mean = (a + b) / 2.0;
                let fine = resolution > Watts::ZERO && b / resolution > MIN_FINE_STEPS;
                let renewed = self.unchanged_for(next.before).as_secs_f64()
                    >= self.meter.refresh.as_seconds() * STUCK_READINGS as f64;
                if (fine || b == Watts::ZERO) && self.unchanged >= STUCK_READINGS && renewed {
                    return Err(self.stuck(next));
                }
                let energy = self.energy_so_far() + mean * between(last.middle(), next.middle());
                if !energy.is_finite() {
                    return Err(MeterError::malformed(&self.meter.id, &b.to_string()));
                }
                self.point(Some(last), next, energy);
            }
            (
                MeterQuantity::CumulativeEnergy { per_count, wrap_modulus, ceiling },
                RawValue::Count(before),
                RawValue::Count(after),
            ) => {
                // A count can be one refresh interval old at either end.
                let longest = longest + self.meter.refresh * 2.0;
                let counts_at_most = ceiling * longest / per_count;
                if wrap_modulus.is_some_and(|modulus| counts_at_most >= modulus as f64) {
                    return Err(MeterError::AmbiguousWrap {
                        meter: meter(),
                        gap_ms: gap.as_millis(),
                    });
                }
                let counts = match (after.checked_sub(before), wrap_modulus) {
                    (Some(counts), _) => counts,
                    (None, Some(modulus)) => modulus - before + after,
                    (None, None) => return Err(MeterError::Reset { meter: meter() }),
                };
                // More than the part can draw: the counter did not wrap but was reset. One count of
                // slack, because a count can end just inside the interval.
                if counts as f64 > counts_at_most + 1.0 {
                    return Err(MeterError::Reset { meter: meter() });
                }
                let energy = per_count * counts as f64;
                if after < before {
                    self.wraps.push(Wrap { energy, longest });
                } else {
                    let power = (energy + per_count) / longest;
                    self.max_power = self.max_power.filter(|max| *max > power).or(Some(power));
                }
                let max_unchanged = self.meter.refresh.as_seconds() * STUCK_REFRESHES;
                if max_unchanged > 0.0
                    && self.unchanged_for(next.before).as_secs_f64() > max_unchanged
                {
                    return Err(self.stuck(next));
                }
                self.counts += u128::from(counts);
                if counts > 0 {
                    self.point(Some(last), next, per_count * self.counts as f64);
                }
            }
            _ => return Err(MeterError::malformed(&self.meter.id, &format!("{:?}", next.raw))),
        }
        Ok(())
    }

    /// Checks the time between two readings of a power and records it if it is a gap.
    fn bridge(&mut self, gap: Duration) -> Result<(), MeterError> {
        let duration_of =
            |time: Seconds| Duration::try_from_secs_f64(time.as_seconds()).unwrap_or_default();
        let default_max = MAX_BRIDGED_GAP
            .max(duration_of(self.meter.refresh).saturating_mul(MAX_BRIDGED_REFRESHES));
        let max = self.meter.max_read_gap.map_or(default_max, duration_of);
        if gap > max {
            let reason =
                self.last_error.as_ref().map_or_else(String::new, |why| format!(" ({why})"));
            let (meter, gap_ms) = (self.meter.id.clone(), gap.as_millis());
            return Err(MeterError::Gap { meter, gap_ms, max_ms: max.as_millis(), reason });
        }
        if self.last_error.is_some() {
            self.gaps.bridged = self.gaps.bridged + seconds(gap);
        }
        Ok(())
    }

    /// The gaps in the readings.
    pub fn gaps(&self) -> Gaps {
        self.gaps
    }

    /// The error of the last read, if it failed.
    pub(crate) fn last_error(&self) -> Option<&MeterError> {
        self.last_error.as_ref()
    }

    /// The difference between the maximum and the minimum power read.
    pub(crate) fn spread(&self) -> Watts {
        self.power_range.map_or(Watts::ZERO, |[low, high]| high - low)
    }

    /// The time since the raw value last changed.
    fn unchanged_for(&self, now: Instant) -> Duration {
        self.last_change
            .map_or(Duration::ZERO, |last_change| now.saturating_duration_since(last_change))
    }

    fn stuck(&self, now: &Reading) -> MeterError {
        let millis = self.unchanged_for(now.after).as_millis();
        MeterError::Stuck { meter: self.meter.id.clone(), millis }
    }

    fn energy_so_far(&self) -> Joules {
        self.points.last().map_or(Joules::ZERO, |point| point.energy)
    }

    /// The energy over time from the first reading on.
    pub(crate) fn points(&self) -> &[Point] {
        &self.points
    }

    /// The points from a time on.
    pub(crate) fn since(&self, from: Instant) -> &[Point] {
        &self.points[self.points.partition_point(|point| point.at < from)..]
    }

    /// The account from the first change on, if the value of the first reading could be up to one
    /// refresh interval old: a counter that is refreshed every minute gives no information about the
    /// time before its first change.
    pub(crate) fn since_first_change(&self) -> Self {
        let mut later = self.clone();
        if self.starts_stale && !later.points.is_empty() {
            later.points.remove(0);
            let base = later.points.first().map_or(Joules::ZERO, |first| first.energy);
            later.points.iter_mut().for_each(|point| point.energy = point.energy - base);
        }
        later
    }

    /// Whether a counter that started with a stale value has changed at most once without being
    /// stuck: it did change once, or was read for less than two refresh intervals.
    pub(crate) fn is_too_slow(&self) -> bool {
        let early = self.watched() < self.meter.refresh * 2.0;
        let changes = self.points.len().saturating_sub(1);
        self.starts_stale && self.fault.is_none() && (changes == 1 || changes == 0 && early)
    }

    /// The time between the first and the last reading.
    pub(crate) fn watched(&self) -> Seconds {
        let ends = self.started.zip(self.last.as_ref());
        ends.map_or(Seconds::ZERO, |(started, last)| between(started, last.middle()))
    }

    /// The power, if all readings of a power had the same value.
    pub(crate) fn only_power(&self) -> Option<Watts> {
        match self.last.as_ref()?.raw {
            RawValue::Power(power) if self.unchanged + 1 == self.points.len() => Some(power),
            _ => None,
        }
    }

    /// The time between the first and the last value.
    pub fn duration(&self) -> Seconds {
        let ends = self.points.first().zip(self.points.last());
        ends.map_or(Seconds::ZERO, |(first, last)| between(first.at, last.at))
    }

    /// The energy over [`Self::duration`] with its uncertainty and provenance.
    ///
    /// # Errors
    /// The first permanent error, or [`MeterError::Stuck`] if the value never changed.
    pub fn energy(&self) -> Result<Uncertain<Joules>, MeterError> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let meter = self.meter.id.clone();
        let single_reading = self.watched() <= Seconds::ZERO;
        let Some(last) =
            self.last.as_ref().filter(|_| !(single_reading && self.last_error.is_some()))
        else {
            let no_reading = MeterError::Stuck { meter, millis: 0 };
            return Err(self.last_error.clone().unwrap_or(no_reading));
        };
        let value = self.energy_so_far();
        if value <= Joules::ZERO {
            let millis = (self.watched().as_seconds() * 1e3) as u128;
            return Err(MeterError::Stuck { meter, millis });
        }
        self.check_wraps()?;
        let energy = match last.origin {
            Origin::Sensor(_) => {
                Uncertain::measured(value, Measured::by_meter(self.meter.scope, meter))
            }
            Origin::User => Uncertain::user_reported(value, meter),
            Origin::Assumed => Uncertain::assumed(value, meter),
        };
        Ok(match &self.meter.tolerance {
            Some(tolerance) => {
                energy.with_standard_uncertainty(value * tolerance.relative_standard_uncertainty())
            }
            None => energy,
        })
    }

    /// A counter that was reset shortly before its wrap looks as if it had wrapped. The power of a
    /// wrap must therefore be similar to that of the steps without a wrap.
    fn check_wraps(&self) -> Result<(), MeterError> {
        for wrap in &self.wraps {
            let gap_ms = || Duration::from_secs_f64(wrap.longest.as_seconds()).as_millis();
            let meter = self.meter.id.clone();
            match self.max_power {
                // No other step to compare with.
                None => return Err(MeterError::AmbiguousWrap { meter, gap_ms: gap_ms() }),
                Some(max) if wrap.energy > max * wrap.longest * MAX_WRAP_POWER_RATIO => {
                    return Err(MeterError::Reset { meter });
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}

fn between(from: Instant, to: Instant) -> Seconds {
    seconds(to.saturating_duration_since(from))
}
