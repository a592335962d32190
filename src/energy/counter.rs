//! From readings to energy: wraps are undone, resets and ambiguous gaps are refused, and power
//! is integrated over time.

use super::{MeterDescriptor, MeterError, MeterQuantity, Origin, Raw, Reading};
use crate::estimate::Estimate;
use crate::units::{Joules, Seconds, Watts};
use std::time::{Duration, Instant};

/// Adds up the energy between a meter's first and last reading. The first fault ends it: what
/// cannot be counted exactly is not counted.
#[derive(Clone, Debug)]
pub struct EnergyAccount {
    meter: MeterDescriptor,
    ends: Option<(Reading, Reading)>,
    counts: u128,
    integrated: Joules,
    fault: Option<MeterError>,
}

impl EnergyAccount {
    /// An account of one meter's readings.
    pub fn new(meter: MeterDescriptor) -> Self {
        Self { meter, ends: None, counts: 0, integrated: Joules::ZERO, fault: None }
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
        let Some((first, last)) = self.ends else {
            // The first reading must be of the kind and in the range, too.
            self.delta(next.raw, next.raw, Duration::ZERO)?;
            self.ends = Some((next, next));
            return Ok(());
        };
        if next.before < last.after {
            return Err(MeterError::ClockBackward { meter: name() });
        }
        match self.delta(last.raw, next.raw, next.after - last.before)? {
            Delta::Counts(counts) => self.counts += u128::from(counts),
            Delta::MeanPower(power) => {
                self.integrated = self.integrated + power * seconds(last.middle(), next.middle());
            }
        }
        // A sensor's reading among others does not make the sum a sensor's.
        if next.origin != last.origin {
            next.origin = Origin::User;
        }
        self.ends = Some((first, next));
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

    /// The energy between `from` and `to`, from the readings nearest to them, scaled by the
    /// (small) difference of the two intervals at the mean power.
    ///
    /// # Errors
    /// The first fault, or [`MeterError::Stuck`] where a counter never moved.
    pub fn energy(&self, from: Instant, to: Instant) -> Result<Estimate<Joules>, MeterError> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let meter = || self.meter.id.clone();
        let stuck = |watched: Duration| {
            Err(MeterError::Stuck { meter: meter(), millis: watched.as_millis() })
        };
        let Some((first, last)) = self.ends else {
            return stuck(Duration::ZERO);
        };
        let between = seconds(first.middle(), last.middle());
        let raw = match self.meter.quantity {
            MeterQuantity::CumulativeEnergy { per_count, .. } => per_count * self.counts as f64,
            MeterQuantity::Power => self.integrated,
        };
        if raw <= Joules::ZERO || between <= Seconds::ZERO {
            return stuck(last.after - first.before);
        }
        let value = raw / between * seconds(from, to);
        let provenance = last.provenance(&self.meter);
        let estimate = Estimate::new(value, provenance);
        Ok(match &self.meter.tolerance {
            Some(tolerance) => estimate
                .with_standard_uncertainty(value * tolerance.relative_standard_uncertainty()),
            None => estimate,
        })
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
        let (first, last) = account.ends.unwrap();
        account.energy(first.middle(), last.middle()).map(|e| e.value.as_joules())
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
            account.energy(start, start + Duration::from_secs(1)).unwrap_err()
        };
        assert!(matches!(fault_of(&[(0.0, 5), (1.0, 5)]), MeterError::Stuck { millis: 1000, .. }));
        assert!(matches!(fault_of(&[(1.0, 5), (0.5, 6)]), MeterError::ClockBackward { .. }));
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
}
