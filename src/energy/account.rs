//! From readings to energy: wraps are undone, resets and ambiguous gaps are refused, and power
//! is integrated over time.

use super::reading::Origin;
use super::{MeterDescriptor, MeterError, MeterQuantity, Raw, Reading};
use crate::estimate::{Estimate, Measured};
use crate::units::{Joules, Seconds, Watts};
use std::time::{Duration, Instant};

/// A counter that has not moved for so many refreshes under load is stuck.
const STUCK_REFRESHES: f64 = 100.0;
/// So many equal values in a row of a sensor with steps as fine as this are no steady load: real
/// power trembles.
const STUCK_VALUES: usize = 50;
const FINE_STEPS: f64 = 1000.0;
/// A wrap that would need so much more power than any other step was a reset.
const UNLIKE: f64 = 2.0;
/// The two clocks are read one after the other; a pause between them is no sleep.
const SLEEP_SEEN: Duration = Duration::from_millis(50);

/// Adds up the energy between a meter's first and last reading. The first fault ends it: what
/// cannot be counted exactly is not counted.
#[derive(Clone, Debug)]
pub struct EnergyAccount {
    meter: MeterDescriptor,
    /// Middle of the first reading.
    begun: Option<Instant>,
    last: Option<Reading>,
    /// When the raw value last changed, and how many readings in a row have been equal.
    moved: Option<Instant>,
    equal: usize,
    counts: u128,
    points: Vec<Point>,
    /// The greatest power of the steps without a wrap.
    greatest: Option<Watts>,
    wraps: Vec<Wrap>,
    fault: Option<MeterError>,
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
            last: None,
            moved: None,
            equal: 0,
            counts: 0,
            points: Vec::new(),
            greatest: None,
            wraps: Vec::new(),
            fault: None,
        }
    }

    /// The meter.
    pub fn meter(&self) -> &MeterDescriptor {
        &self.meter
    }

    /// Takes the next reading, or the reason why there is none.
    pub fn take(&mut self, reading: Result<Reading, MeterError>) {
        if self.fault.is_none()
            && let Err(fault) = reading.and_then(|reading| self.add(reading))
        {
            self.fault = Some(fault);
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
        let Some(last) = self.last.take() else {
            self.moved = Some(next.after);
            self.begun = Some(next.middle());
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
        self.points.push(Point {
            at: earliest + within / 2,
            within: Seconds::from_seconds(within.as_secs_f64()),
            energy,
        });
    }

    /// Whether a raw value is of the meter's kind and in its range.
    fn check_range(&self, raw: Raw) -> Result<(), MeterError> {
        let right = match (self.meter.quantity, raw) {
            (MeterQuantity::Power { .. }, Raw::Power(power)) => {
                power.is_finite() && power >= Watts::ZERO
            }
            (MeterQuantity::CumulativeEnergy { wrap_modulus, .. }, Raw::Count(count)) => {
                wrap_modulus.is_none_or(|modulus| count <= modulus)
            }
            _ => false,
        };
        if right { Ok(()) } else { Err(MeterError::malformed(&self.meter.id, &format!("{raw:?}"))) }
    }

    fn step(&mut self, last: &Reading, next: &Reading) -> Result<(), MeterError> {
        let meter = || self.meter.id.clone();
        let gap = next.after - last.before;
        let longest = Seconds::from_seconds(gap.as_secs_f64());
        if self.meter.max_read_gap.is_some_and(|most| longest > most) {
            return Err(MeterError::AmbiguousWrap { meter: meter(), gap_ms: gap.as_millis() });
        }
        self.equal = if last.raw == next.raw { self.equal + 1 } else { 0 };
        if last.raw != next.raw {
            self.moved = Some(next.after);
        }
        match (self.meter.quantity, last.raw, next.raw) {
            (MeterQuantity::Power { resolution }, Raw::Power(a), Raw::Power(b)) => {
                let mean = (a + b) / 2.0;
                let fine = resolution > Watts::ZERO && b / resolution > FINE_STEPS;
                if fine && self.equal >= STUCK_VALUES {
                    return Err(self.stuck(next));
                }
                let energy = self.energy_so_far() + mean * seconds(last.middle(), next.middle());
                if !energy.is_finite() {
                    return Err(MeterError::malformed(&self.meter.id, &b.to_string()));
                }
                self.point(Some(last), next, energy);
            }
            (
                MeterQuantity::CumulativeEnergy { per_count, wrap_modulus, ceiling },
                Raw::Count(before),
                Raw::Count(after),
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
                let still = self
                    .moved
                    .map_or(Duration::ZERO, |moved| next.before.saturating_duration_since(moved));
                let patience = self.meter.refresh.as_seconds() * STUCK_REFRESHES;
                if patience > 0.0 && still.as_secs_f64() > patience {
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

    fn stuck(&self, now: &Reading) -> MeterError {
        let still =
            self.moved.map_or(Duration::ZERO, |moved| now.after.saturating_duration_since(moved));
        MeterError::Stuck { meter: self.meter.id.clone(), millis: still.as_millis() }
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

    /// The time between the first and the last value.
    pub fn duration(&self) -> Seconds {
        let ends = self.points.first().zip(self.points.last());
        ends.map_or(Seconds::ZERO, |(first, last)| seconds(first.at, last.at))
    }

    /// The energy of that time, with what it may call itself.
    ///
    /// # Errors
    /// The first fault, or [`MeterError::Stuck`] where nothing ever moved.
    pub fn energy(&self) -> Result<Estimate<Joules>, MeterError> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let meter = self.meter.id.clone();
        let Some(last) = &self.last else {
            return Err(MeterError::Stuck { meter, millis: 0 });
        };
        let value = self.energy_so_far();
        if value <= Joules::ZERO {
            let watched = self.begun.map(|begun| last.middle().saturating_duration_since(begun));
            let millis = watched.unwrap_or_default().as_millis();
            return Err(MeterError::Stuck { meter, millis });
        }
        self.check_wraps()?;
        let estimate = match last.origin {
            Origin::Sensor(_) => {
                Estimate::measured(value, Measured::by_meter(self.meter.scope, meter))
            }
            Origin::User => Estimate::user_reported(value, meter),
            Origin::Assumed => Estimate::assumed(value, meter),
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

fn seconds(from: Instant, to: Instant) -> Seconds {
    Seconds::from_seconds(to.saturating_duration_since(from).as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Scope;
    use proptest::prelude::*;
    use std::sync::Arc;

    const MODULUS: u64 = 1_000_000;

    fn account(wrap_modulus: Option<u64>) -> EnergyAccount {
        EnergyAccount::new(MeterDescriptor {
            id: "test".to_owned(),
            scope: Scope::CpuPackage,
            subject: "package-0".to_owned(),
            quantity: MeterQuantity::CumulativeEnergy {
                per_count: Joules::from_joules(1.0),
                wrap_modulus,
                ceiling: Watts::from_watts(10_000.0),
            },
            refresh: Seconds::ZERO,
            max_read_gap: None,
            tolerance: None,
            caveat: None,
        })
    }

    fn read(start: Instant, at_s: f64, count: u64) -> Result<Reading, MeterError> {
        let at = start + Duration::from_secs_f64(at_s);
        Ok(Reading::new(at, at, Raw::Count(count)))
    }

    fn total(account: &EnergyAccount) -> Result<f64, MeterError> {
        account.energy().map(|energy| energy.value().as_joules())
    }

    proptest! {
        #[test]
        fn wraps_are_undone_exactly(
            begin in 0..MODULUS,
            steps in prop::collection::vec((0.1f64..50.0, 0.0f64..1.0), 1..50),
        ) {
            let start = Instant::now();
            let mut account = account(Some(MODULUS));
            let (mut at, mut truth) = (0.0, begin);
            account.take(read(start, at, begin));
            for (gap, load) in steps {
                at += gap;
                truth += (gap * load * 10_000.0) as u64;
                account.take(read(start, at, truth % MODULUS));
            }
            prop_assert_eq!(&account.fault, &None);
            prop_assert_eq!(account.counts, u128::from(truth - begin));
            // Loads differ as they like here: a wrap may be taken for a reset, nothing else.
            let resets = matches!(account.energy(), Err(MeterError::Reset { .. } | MeterError::AmbiguousWrap { .. }));
            prop_assert!(resets || truth == begin || account.energy().is_ok());
        }
    }

    #[test]
    fn a_gap_that_could_hide_a_wrap_is_refused() {
        let start = Instant::now();
        let mut account = account(Some(MODULUS));
        account.take(read(start, 0.0, 10));
        // 10 kW for 100 s is the modulus.
        account.take(read(start, 100.0, 20));
        assert!(matches!(total(&account), Err(MeterError::AmbiguousWrap { gap_ms: 100_000, .. })));
    }

    #[test]
    fn a_reset_is_no_wrap() {
        for wraps in [Some(MODULUS), None] {
            let start = Instant::now();
            let mut account = account(wraps);
            account.take(read(start, 0.0, 500_000));
            account.take(read(start, 1.0, 3));
            assert!(matches!(total(&account), Err(MeterError::Reset { .. })), "{wraps:?}");
        }
    }

    #[test]
    fn a_failed_read_poisons_the_account_and_is_no_zero() {
        let start = Instant::now();
        let mut account = account(Some(MODULUS));
        account.take(read(start, 0.0, 400));
        account.take(Err(MeterError::Gone { meter: "test".to_owned(), reason: "EIO".to_owned() }));
        account.take(read(start, 2.0, 800));
        assert!(matches!(total(&account), Err(MeterError::Gone { .. })));
    }

    #[test]
    fn other_faults_have_their_own_errors() {
        let start = Instant::now();
        let fault_of = |readings: &[(f64, u64)]| {
            let mut account = account(Some(MODULUS));
            readings.iter().for_each(|&(at, count)| account.take(read(start, at, count)));
            account.energy().unwrap_err()
        };
        assert!(matches!(fault_of(&[(0.0, 5), (1.0, 5)]), MeterError::Stuck { millis: 1000, .. }));
        assert!(matches!(fault_of(&[(1.0, 5), (0.5, 6)]), MeterError::ClockBackward { .. }));
        assert!(matches!(
            fault_of(&[(0.0, 5), (1.0, 6), (0.5, 7)]),
            MeterError::ClockBackward { .. }
        ));
        assert!(matches!(fault_of(&[(0.0, MODULUS + 1)]), MeterError::Malformed { .. }));
        assert!(matches!(fault_of(&[]), MeterError::Stuck { .. }));
    }

    #[test]
    fn power_is_integrated_whether_it_rises_or_not() {
        let start = Instant::now();
        let mut account = EnergyAccount::new(MeterDescriptor {
            quantity: MeterQuantity::Power { resolution: Watts::ZERO },
            ..account(None).meter
        });
        for (at, watts) in [(0.0, 100.0), (1.0, 100.0), (2.0, 200.0), (4.0, 0.0)] {
            let at = start + Duration::from_secs_f64(at);
            account.take(Ok(Reading::new(at, at, Raw::Power(Watts::from_watts(watts)))));
        }
        assert_eq!(total(&account).unwrap(), 100.0 + 150.0 + 200.0);
    }

    #[test]
    fn reads_that_overlap_or_end_before_they_begin_are_refused() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let reading = |before, after| Ok(Reading::new(at(before), at(after), Raw::Count(after)));
        for pair in [[(0, 20), (10, 30)], [(0, 1), (9, 5)]] {
            let mut account = account(None);
            pair.into_iter().for_each(|(before, after)| account.take(reading(before, after)));
            assert!(matches!(total(&account), Err(MeterError::ClockBackward { .. })), "{pair:?}");
        }
    }

    #[test]
    fn negative_power_is_no_reading() {
        let start = Instant::now();
        let mut account = EnergyAccount::new(MeterDescriptor {
            quantity: MeterQuantity::Power { resolution: Watts::ZERO },
            ..account(None).meter
        });
        for (at, watts) in [(0, 100.0), (1, -1.0)] {
            let at = start + Duration::from_secs(at);
            account.take(Ok(Reading::new(at, at, Raw::Power(Watts::from_watts(watts)))));
        }
        assert!(matches!(total(&account), Err(MeterError::Malformed { .. })));
    }

    #[test]
    fn a_counter_that_stops_half_way_is_stuck() {
        let start = Instant::now();
        let mut account = account(Some(MODULUS));
        account.meter.refresh = Seconds::from_seconds(1e-3);
        for second in 0..20u64 {
            account.take(read(start, second as f64, 100 * second.min(10)));
        }
        assert!(matches!(total(&account), Err(MeterError::Stuck { .. })));
    }

    #[test]
    fn a_count_may_be_a_refresh_old_at_either_end() {
        // 10 kW is the ceiling; 30 J in 1 ms are more than 10, but no more than 3 ms can hold.
        let start = Instant::now();
        let mut account = account(Some(MODULUS));
        account.meter.refresh = Seconds::from_seconds(1e-3);
        account.take(read(start, 0.0, 0));
        account.take(read(start, 0.001, 30));
        assert_eq!(total(&account), Ok(30.0));
    }

    #[test]
    fn a_sum_is_worth_its_least_reading() {
        let start = Instant::now();
        let kind = |origins: [Origin; 2]| {
            let mut account = account(None);
            for (second, origin) in origins.into_iter().enumerate() {
                let reading = read(start, second as f64, second as u64).unwrap();
                account.take(Ok(Reading { origin, ..reading }));
            }
            account.energy().unwrap().provenance().kind()
        };
        let own = || Origin::Sensor(Arc::new(account(None).meter));
        let other = || {
            let meter = MeterDescriptor { scope: Scope::NodeWall, ..account(None).meter };
            Origin::Sensor(Arc::new(meter))
        };
        assert_eq!(kind([own(), own()]), "measured");
        assert_eq!(kind([own(), Origin::User]), "user_reported");
        assert_eq!(kind([Origin::User, own()]), "user_reported");
        assert_eq!(kind([Origin::Assumed, own()]), "assumed");
        assert_eq!(kind([Origin::User, Origin::Assumed]), "assumed");
        // Another sensor's raw value under this meter's description.
        assert_eq!(kind([other(), other()]), "user_reported");
    }
}
