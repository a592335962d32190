//! From readings to energy: wraps are undone, resets and ambiguous gaps are refused, and power
//! is integrated over time.

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

/// A counter that has not moved for so many refreshes under load is stuck.
const STUCK_REFRESHES: f64 = 100.0;
/// So many equal values in a row, each of a refresh of its own, of a sensor with steps as fine as
/// this are no steady load: real power trembles. Nor is nothing at all.
const STUCK_VALUES: usize = 50;
const FINE_STEPS: f64 = 1000.0;
/// A wrap that would need so much more power than any other step was a reset.
const UNLIKE: f64 = 2.0;
/// A power may not have been read for so long and still be bridged, for so many of its refreshes where
/// those are longer, or for what its meter says ([`MeterDescriptor::max_read_gap`]); a counter's difference is exact over any time that cannot hide a wrap.
pub const MAX_BRIDGED_GAP: Duration = Duration::from_secs(30);
const BRIDGED_REFRESHES: u32 = 3;
/// The two clocks are read one after the other; a pause between them is no sleep.
const SLEEP_SEEN: Duration = Duration::from_millis(50);

/// Adds up the energy between a meter's first and last reading. The first fault ends it: what
/// cannot be counted is not counted.
///
/// An answer that did not come this time ([`MeterError::is_passing`]) is no fault yet. Over the gap
/// to the next reading a counter's difference is as exact as ever; a power is taken to have gone straight
/// from one reading to the next, for at most [`MAX_BRIDGED_GAP`], which costs uncertainty
/// ([`EnergyAccount::gaps`]).
#[derive(Clone, Debug)]
pub struct EnergyAccount {
    meter: MeterDescriptor,
    /// Middle of the first reading.
    begun: Option<Instant>,
    /// Whether the first reading's value could be a refresh old.
    begins_stale: bool,
    last: Option<Reading>,
    /// When the raw value last changed, and how many readings in a row have been equal.
    moved: Option<Instant>,
    equal: usize,
    counts: u128,
    points: Vec<Point>,
    /// The greatest power of the steps without a wrap.
    greatest: Option<Watts>,
    wraps: Vec<Wrap>,
    /// Why the last look found nothing, where it did not.
    missing: Option<MeterError>,
    gaps: Gaps,
    /// The least and the greatest power read.
    extremes: Option<[Watts; 2]>,
    fault: Option<MeterError>,
}

/// What could not be read for a while, and was read again.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gaps {
    /// Looks at the meter that found nothing.
    pub missed: usize,
    /// The time over which a power was bridged.
    pub bridged: Seconds,
}

/// The energy since the first reading at the time of a value. A counter's value is as old as its
/// last change: there is a point for each change that was seen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub at: Instant,
    /// The interval in which that time lies.
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
    /// An account of one meter's readings.
    pub fn new(meter: MeterDescriptor) -> Self {
        Self {
            meter,
            begun: None,
            begins_stale: false,
            last: None,
            moved: None,
            equal: 0,
            counts: 0,
            points: Vec::new(),
            greatest: None,
            wraps: Vec::new(),
            missing: None,
            gaps: Gaps::default(),
            extremes: None,
            fault: None,
        }
    }

    /// The meter.
    pub fn meter(&self) -> &MeterDescriptor {
        &self.meter
    }

    /// Takes the next reading, or the reason why there is none.
    pub fn take(&mut self, reading: Result<Reading, MeterError>) {
        if self.fault.is_some() {
            return;
        }
        match reading.and_then(|reading| self.add(reading)) {
            Ok(()) => self.missing = None,
            Err(passing) if passing.is_passing() => {
                self.gaps.missed += 1;
                self.missing = Some(passing);
            }
            Err(fault) => self.fault = Some(fault),
        }
    }

    fn add(&mut self, mut next: Reading) -> Result<(), MeterError> {
        let meter = || self.meter.id.clone();
        if next.after < next.before {
            return Err(MeterError::ClockBackward { meter: meter() });
        }
        // A sensor's raw value counts as measured only under the sensor's own description.
        if matches!(&next.origin, Origin::Sensor(sensor) if **sensor != self.meter) {
            next.origin = Origin::User;
        }
        self.check_range(next.raw)?;
        if let RawValue::Power(power) = next.raw {
            let [low, high] = self.extremes.unwrap_or([power; 2]);
            let low = if power < low { power } else { low };
            let high = if power > high { power } else { high };
            self.extremes = Some([low, high]);
        }
        let Some(last) = self.last.take() else {
            self.moved = Some(next.after);
            self.begun = Some(next.middle());
            let is_counter = matches!(next.raw, RawValue::Count(_));
            self.begins_stale = is_counter && !next.fresh && self.meter.refresh > Seconds::ZERO;
            self.point(None, &next, Joules::ZERO);
            self.last = Some(next);
            return Ok(());
        };
        if next.before < last.after {
            return Err(MeterError::ClockBackward { meter: meter() });
        }
        let slept = next.slept.zip(last.slept).map(|(now, then)| now.saturating_sub(then));
        if let Some(slept) = slept.filter(|slept| *slept > SLEEP_SEEN) {
            return Err(MeterError::Slept { meter: meter(), millis: slept.as_millis() });
        }
        self.step(&last, &next)?;
        // The sum is worth what its least reading is.
        next.origin = next.origin.least(last.origin);
        self.last = Some(next);
        Ok(())
    }

    fn point(&mut self, last: Option<&Reading>, reading: &Reading, energy: Joules) {
        let mut earliest = reading.before;
        if let MeterQuantity::CumulativeEnergy { .. } = self.meter.quantity
            && !reading.fresh
        {
            // The value was renewed at some time within the last refresh, and after the last look.
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
        // More than such a part can draw is no reading, whoever gave it.
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
        if is_counter && self.meter.max_read_gap.is_some_and(|most| longest > most) {
            return Err(MeterError::AmbiguousWrap { meter: meter(), gap_ms: gap.as_millis() });
        }
        self.equal = if last.raw == next.raw { self.equal + 1 } else { 0 };
        if last.raw != next.raw {
            self.moved = Some(next.after);
        }
        match (self.meter.quantity, last.raw, next.raw) {
            (MeterQuantity::Power { resolution, .. }, RawValue::Power(a), RawValue::Power(b)) => {
                self.bridge(gap)?;
                let mean = (a + b) / 2.0;
                let fine = resolution > Watts::ZERO && b / resolution > FINE_STEPS;
                let renewed = self.still(next.before).as_secs_f64()
                    >= self.meter.refresh.as_seconds() * STUCK_VALUES as f64;
                if (fine || b == Watts::ZERO) && self.equal >= STUCK_VALUES && renewed {
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
                // A count can be a refresh old at either end.
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
                // More than the part can draw: the counter did not wrap, it began again. One
                // count of slack, since a count can end just inside.
                if counts as f64 > counts_at_most + 1.0 {
                    return Err(MeterError::Reset { meter: meter() });
                }
                let energy = per_count * counts as f64;
                if after < before {
                    self.wraps.push(Wrap { energy, longest });
                } else {
                    let power = (energy + per_count) / longest;
                    self.greatest = self.greatest.filter(|most| *most > power).or(Some(power));
                }
                let patience = self.meter.refresh.as_seconds() * STUCK_REFRESHES;
                if patience > 0.0 && self.still(next.before).as_secs_f64() > patience {
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

    /// Bridges the time between two readings of a power, where it is a gap.
    fn bridge(&mut self, gap: Duration) -> Result<(), MeterError> {
        let of = |time: Seconds| Duration::try_from_secs_f64(time.as_seconds()).unwrap_or_default();
        let usual = MAX_BRIDGED_GAP.max(of(self.meter.refresh).saturating_mul(BRIDGED_REFRESHES));
        let most = self.meter.max_read_gap.map_or(usual, of);
        if gap > most {
            let reason = self.missing.as_ref().map_or_else(String::new, |why| format!(" ({why})"));
            let (meter, gap_ms) = (self.meter.id.clone(), gap.as_millis());
            return Err(MeterError::Gap { meter, gap_ms, most_ms: most.as_millis(), reason });
        }
        if self.missing.is_some() {
            self.gaps.bridged = self.gaps.bridged + seconds(gap);
        }
        Ok(())
    }

    /// What could not be read for a while.
    pub fn gaps(&self) -> Gaps {
        self.gaps
    }

    /// Why the last look found nothing, where it did not.
    pub(crate) fn missing(&self) -> Option<&MeterError> {
        self.missing.as_ref()
    }

    /// By how much the powers read differ.
    pub(crate) fn spread(&self) -> Watts {
        self.extremes.map_or(Watts::ZERO, |[low, high]| high - low)
    }

    /// How long the raw value has not changed.
    fn still(&self, now: Instant) -> Duration {
        self.moved.map_or(Duration::ZERO, |moved| now.saturating_duration_since(moved))
    }

    fn stuck(&self, now: &Reading) -> MeterError {
        let millis = self.still(now.after).as_millis();
        MeterError::Stuck { meter: self.meter.id.clone(), millis }
    }

    fn energy_so_far(&self) -> Joules {
        self.points.last().map_or(Joules::ZERO, |point| point.energy)
    }

    /// The energy over time, from the first reading on.
    pub(crate) fn points(&self) -> &[Point] {
        &self.points
    }

    /// The values from a moment on.
    pub(crate) fn since(&self, from: Instant) -> &[Point] {
        &self.points[self.points.partition_point(|point| point.at < from)..]
    }

    /// The same from the first change on, where the first reading found a value that could be a
    /// refresh old: a counter that is renewed every minute says nothing of the time before.
    pub(crate) fn since_first_change(&self) -> Self {
        let mut later = self.clone();
        if self.begins_stale && !later.points.is_empty() {
            later.points.remove(0);
            let base = later.points.first().map_or(Joules::ZERO, |first| first.energy);
            later.points.iter_mut().for_each(|point| point.energy = point.energy - base);
        }
        later
    }

    /// Whether a counter that began with a stale value has changed once at most, though it need not
    /// be stuck: it did change, or was watched for less than two of its refreshes.
    pub(crate) fn is_too_slow(&self) -> bool {
        let early = self.watched() < self.meter.refresh * 2.0;
        let changes = self.points.len().saturating_sub(1);
        self.begins_stale && self.fault.is_none() && (changes == 1 || changes == 0 && early)
    }

    /// The time between the first and the last reading, whatever they found.
    pub(crate) fn watched(&self) -> Seconds {
        let ends = self.begun.zip(self.last.as_ref());
        ends.map_or(Seconds::ZERO, |(begun, last)| between(begun, last.middle()))
    }

    /// The one value that all readings of a power had.
    pub(crate) fn only_power(&self) -> Option<Watts> {
        match self.last.as_ref()?.raw {
            RawValue::Power(power) if self.equal + 1 == self.points.len() => Some(power),
            _ => None,
        }
    }

    /// The time between the first and the last value.
    pub fn duration(&self) -> Seconds {
        let ends = self.points.first().zip(self.points.last());
        ends.map_or(Seconds::ZERO, |(first, last)| between(first.at, last.at))
    }

    /// The energy of that time, with what it may call itself.
    ///
    /// # Errors
    /// The first fault, or [`MeterError::Stuck`] where nothing ever moved.
    pub fn energy(&self) -> Result<Uncertain<Joules>, MeterError> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let meter = self.meter.id.clone();
        let alone = self.watched() <= Seconds::ZERO;
        let Some(last) = self.last.as_ref().filter(|_| !(alone && self.missing.is_some())) else {
            let nothing = MeterError::Stuck { meter, millis: 0 };
            return Err(self.missing.clone().unwrap_or(nothing));
        };
        let value = self.energy_so_far();
        if value <= Joules::ZERO {
            let millis = (self.watched().as_seconds() * 1e3) as u128;
            return Err(MeterError::Stuck { meter, millis });
        }
        self.check_wraps()?;
        let estimate = match last.origin {
            Origin::Sensor(_) => {
                Uncertain::measured(value, Measured::by_meter(self.meter.scope, meter))
            }
            Origin::User => Uncertain::user_reported(value, meter),
            Origin::Assumed => Uncertain::assumed(value, meter),
        };
        Ok(match &self.meter.tolerance {
            Some(tolerance) => estimate
                .with_standard_uncertainty(value * tolerance.relative_standard_uncertainty()),
            None => estimate,
        })
    }

    /// A counter that was reset shortly before its wrap looks as if it had wrapped. The steps
    /// that went up tell what power there was; a wrap must be like them.
    fn check_wraps(&self) -> Result<(), MeterError> {
        for wrap in &self.wraps {
            let gap_ms = || Duration::from_secs_f64(wrap.longest.as_seconds()).as_millis();
            let meter = self.meter.id.clone();
            match self.greatest {
                // Nothing to compare it with.
                None => return Err(MeterError::AmbiguousWrap { meter, gap_ms: gap_ms() }),
                Some(most) if wrap.energy > most * wrap.longest * UNLIKE => {
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
