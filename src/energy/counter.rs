//! From readings to energy: wraps are undone, resets and ambiguous gaps are refused, and power
//! is integrated over time.

use super::{MeterDescriptor, MeterError, MeterQuantity, Origin, Raw, Reading};
use crate::estimate::{Estimate, Measured};
use crate::units::{Joules, Seconds, Watts};
use std::time::{Duration, Instant};

/// A counter that has not moved for so many refreshes under load is stuck.
const STUCK_REFRESHES: f64 = 100.0;

/// Adds up the energy between a meter's first and last reading. The first fault ends it: what
/// cannot be counted exactly is not counted.
#[derive(Clone, Debug)]
pub struct EnergyAccount {
    meter: MeterDescriptor,
    span: Option<Span>,
    counts: u128,
    integrated: Joules,
    fault: Option<MeterError>,
}

/// What the readings so far reach over.
#[derive(Clone, Debug)]
struct Span {
    first: Reading,
    last: Reading,
    /// When the raw value last changed.
    moved: Instant,
}

impl EnergyAccount {
    /// An account of one meter's readings.
    pub fn new(meter: MeterDescriptor) -> Self {
        Self { meter, span: None, counts: 0, integrated: Joules::ZERO, fault: None }
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
        let name = || self.meter.id.clone();
        if next.after < next.before {
            return Err(MeterError::ClockBackward { meter: name() });
        }
        // A sensor's raw value counts as measured only under the sensor's own description.
        if matches!(&next.origin, Origin::Sensor(sensor) if **sensor != self.meter) {
            next.origin = Origin::User;
        }
        let Some(Span { first, last, mut moved }) = self.span.take() else {
            // The first reading must be of the kind and in the range, too.
            self.delta(next.raw, next.raw, Duration::ZERO)?;
            self.span = Some(Span { first: next.clone(), moved: next.after, last: next });
            return Ok(());
        };
        if next.before < last.after {
            return Err(MeterError::ClockBackward { meter: name() });
        }
        match self.delta(last.raw, next.raw, next.after - last.before)? {
            Delta::Counts(0) => {
                let still = next.before.saturating_duration_since(moved);
                let longest = self.meter.refresh.as_seconds() * STUCK_REFRESHES;
                if longest > 0.0 && still.as_secs_f64() > longest {
                    let millis = still.as_millis();
                    return Err(MeterError::Stuck { meter: name(), millis });
                }
            }
            Delta::Counts(counts) => {
                self.counts += u128::from(counts);
                moved = next.after;
            }
            Delta::MeanPower(power) => {
                self.integrated = self.integrated + power * seconds(last.middle(), next.middle());
            }
        }
        // The sum is worth what its least reading is.
        next.origin = next.origin.least(last.origin);
        self.span = Some(Span { first, last: next, moved });
        Ok(())
    }

    /// What passed between two raw values at most `longest` apart.
    fn delta(&self, last: Raw, next: Raw, longest: Duration) -> Result<Delta, MeterError> {
        let meter = || self.meter.id.clone();
        let malformed =
            |raw: Raw| MeterError::Malformed { meter: meter(), text: format!("{raw:?}") };
        match (self.meter.quantity, last, next) {
            (MeterQuantity::Power, Raw::Power(a), Raw::Power(b)) => {
                let mean = (a + b) / 2.0;
                if mean.is_finite() && b >= Watts::ZERO {
                    Ok(Delta::MeanPower(mean))
                } else {
                    Err(malformed(next))
                }
            }
            (
                MeterQuantity::CumulativeEnergy { per_count, wrap_modulus, ceiling },
                Raw::Count(last),
                Raw::Count(next_count),
            ) => {
                if wrap_modulus.is_some_and(|modulus| next_count > modulus) {
                    return Err(malformed(next));
                }
                // A count can be a refresh old at either end.
                let longest_s = Seconds::from_seconds(longest.as_secs_f64());
                let most = ceiling * (longest_s + self.meter.refresh * 2.0);
                let counts_at_most = most / per_count;
                if wrap_modulus.is_some_and(|modulus| counts_at_most >= modulus as f64) {
                    let gap_s = longest.as_secs();
                    return Err(MeterError::AmbiguousWrap { meter: meter(), gap_s });
                }
                let counts = match (next_count.checked_sub(last), wrap_modulus) {
                    (Some(counts), _) => counts,
                    (None, Some(modulus)) => modulus - last + next_count,
                    (None, None) => return Err(MeterError::Reset { meter: meter() }),
                };
                // More than the part can draw: the counter did not wrap, it began again. One
                // count of slack, since a count can end just inside.
                if counts as f64 > counts_at_most + 1.0 {
                    return Err(MeterError::Reset { meter: meter() });
                }
                Ok(Delta::Counts(counts))
            }
            _ => Err(malformed(next)),
        }
    }

    /// The time between the first and the last reading, each taken at its middle.
    pub fn duration(&self) -> Seconds {
        self.span
            .as_ref()
            .map_or(Seconds::ZERO, |span| seconds(span.first.middle(), span.last.middle()))
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
        let Some(Span { first, last, .. }) = &self.span else {
            return Err(MeterError::Stuck { meter, millis: 0 });
        };
        let value = match self.meter.quantity {
            MeterQuantity::CumulativeEnergy { per_count, .. } => per_count * self.counts as f64,
            MeterQuantity::Power => self.integrated,
        };
        if value <= Joules::ZERO {
            let millis = (last.after - first.before).as_millis();
            return Err(MeterError::Stuck { meter, millis });
        }
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
}

impl Origin {
    fn least(self, other: Self) -> Self {
        match (self, other) {
            (Self::Assumed, _) | (_, Self::Assumed) => Self::Assumed,
            (Self::User, _) | (_, Self::User) => Self::User,
            (sensor, _) => sensor,
        }
    }
}

enum Delta {
    Counts(u64),
    MeanPower(Watts),
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
            quantity: MeterQuantity::CumulativeEnergy {
                per_count: Joules::from_joules(1.0),
                wrap_modulus,
                ceiling: Watts::from_watts(10_000.0),
            },
            refresh: Seconds::ZERO,
            max_read_gap: None,
            tolerance: None,
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
        }
    }

    #[test]
    fn a_gap_that_could_hide_a_wrap_is_refused() {
        let start = Instant::now();
        let mut account = account(Some(MODULUS));
        account.take(read(start, 0.0, 10));
        // 10 kW for 100 s is the modulus.
        account.take(read(start, 100.0, 20));
        assert!(matches!(total(&account), Err(MeterError::AmbiguousWrap { gap_s: 100, .. })));
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
            quantity: MeterQuantity::Power,
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
            quantity: MeterQuantity::Power,
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
