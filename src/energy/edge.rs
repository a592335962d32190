//! Reading a counter at the moment it changes.
//!
//! A counter that is refreshed every 100 ms gives the energy of up to 100 ms ago, so the difference
//! of two readings 10 s apart has an error of up to 1 %. Just after a change the value is current.

use super::clock::Clock;
use super::{EnergyMeter, MeterError, MeterQuantity, Reading};
use std::time::Duration;

/// The time of a change is known to a hundredth of the refresh interval.
const POLLS_PER_REFRESH: u32 = 100;
/// Bounds of the pause between two polls: threads do not wake more often than the minimum, and no
/// meter needs a longer pause than the maximum.
const MIN_PAUSE: Duration = Duration::from_micros(20);
const MAX_PAUSE: Duration = Duration::from_millis(1);
/// Counters are refreshed less regularly than documented, so a change is awaited for this many
/// refresh intervals, within the bounds below.
const MAX_WAIT_REFRESHES: u32 = 20;
const MIN_WAIT: Duration = Duration::from_millis(250);
const MAX_WAIT: Duration = Duration::from_secs(3);

/// Reads a counter just after it has changed, so that the time of the reading is the time of its
/// value. Other meters are read at once, and so are counters with a long refresh interval: waiting
/// for their change would send a thousand requests to a plug without a result.
///
/// # Errors
/// Those of the meter, and [`MeterError::Stuck`] if an expected change did not occur.
pub(crate) fn read_at_edge(
    meter: &mut dyn EnergyMeter,
    clock: &dyn Clock,
) -> Result<Reading, MeterError> {
    let first = meter.read()?;
    let descriptor = meter.descriptor();
    let refresh = Duration::try_from_secs_f64(descriptor.refresh.as_seconds()).unwrap_or_default();
    let is_counter = matches!(descriptor.quantity, MeterQuantity::CumulativeEnergy { .. });
    if !is_counter || refresh.is_zero() || refresh * 2 > MAX_WAIT {
        return Ok(first);
    }
    let pause = (refresh / POLLS_PER_REFRESH).clamp(MIN_PAUSE, MAX_PAUSE);
    let max_wait = (refresh * MAX_WAIT_REFRESHES).clamp(MIN_WAIT, MAX_WAIT);
    let start = first.before;
    let mut last = first;
    loop {
        clock.sleep(pause);
        let next = meter.read()?;
        if next.raw != last.raw {
            // The change occurred after the start of the last read.
            return Ok(Reading { before: last.before, fresh: true, ..next });
        }
        let waited = next.after.saturating_duration_since(start);
        if waited > max_wait {
            let meter = meter.descriptor().id.clone();
            return Err(MeterError::Stuck { meter, millis: waited.as_millis() });
        }
        last = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::energy::{EnergyAccount, MeterDescriptor, RawValue};
    use crate::uncertainty::Scope;
    use crate::units::{Joules, Seconds, Watts};
    use hashwatt_test_support::noise::Random;
    use std::sync::{Arc, Mutex};
    use std::time::Instant;

    const REFRESH: f64 = 0.1;
    const JOULES_PER_COUNT: f64 = 1e-3;

    /// A clock that advances only during sleeps and reads.
    struct MockClock {
        start: Instant,
        state: Mutex<(f64, Random)>,
    }

    impl MockClock {
        fn new(seed: u64) -> Arc<Self> {
            Arc::new(Self { start: Instant::now(), state: Mutex::new((0.0, Random::new(seed))) })
        }
        fn seconds(&self) -> f64 {
            self.state.lock().unwrap().0
        }
        fn advance(&self, min: f64, max: f64) {
            let mut state = self.state.lock().unwrap();
            state.0 += state.1.between(min, max);
        }
    }

    impl Clock for MockClock {
        fn now(&self) -> Instant {
            self.start + Duration::from_secs_f64(self.seconds())
        }
        fn sleep(&self, time: Duration) {
            // Sleeps last longer than requested.
            let time = time.as_secs_f64();
            self.advance(time, time + 1e-4);
        }
    }

    /// A counter that is refreshed every 100 ms, plus or minus 5 ms, at a power that varies by 2 %.
    struct Counter {
        clock: Arc<MockClock>,
        descriptor: MeterDescriptor,
        phase: f64,
        jitter: Vec<f64>,
        stops_at: f64,
    }

    fn joules(at: f64) -> f64 {
        300.0 * at - 3.0 * (2.0 * at).cos()
    }

    impl Counter {
        fn new(clock: &Arc<MockClock>, stops_at: f64) -> Self {
            let mut state = clock.state.lock().unwrap();
            let random = &mut state.1;
            let phase = random.uniform() * REFRESH;
            let jitter = (0..1_000).map(|_| random.between(-0.005, 0.005)).collect();
            let quantity = MeterQuantity::CumulativeEnergy {
                per_count: Joules::from_joules(JOULES_PER_COUNT),
                wrap_modulus: None,
                ceiling: Watts::from_watts(5_000.0),
            };
            let descriptor = MeterDescriptor {
                refresh: Seconds::from_seconds(REFRESH),
                ..MeterDescriptor::bare("simulated", Scope::GpuBoard, "gpu", quantity)
            };
            Self { clock: Arc::clone(clock), descriptor, phase, jitter, stops_at }
        }
        fn count(&self, at: f64) -> u64 {
            let at = at.min(self.stops_at);
            let renewal = |k: usize| k as f64 * REFRESH + self.phase + self.jitter[k % 1_000];
            let mut k = (at / REFRESH) as usize + 1;
            while k > 0 && renewal(k) > at {
                k -= 1;
            }
            (joules(renewal(k).max(0.0)).max(0.0) / JOULES_PER_COUNT) as u64
        }
    }

    impl EnergyMeter for Counter {
        fn descriptor(&self) -> &MeterDescriptor {
            &self.descriptor
        }
        fn read(&mut self) -> Result<Reading, MeterError> {
            let before = self.clock.now();
            self.clock.advance(1e-5, 1e-4);
            let raw = RawValue::Count(self.count(self.clock.seconds()));
            self.clock.advance(1e-5, 1e-4);
            Ok(Reading::new(before, self.clock.now(), raw))
        }
    }

    /// The relative errors of the mean power over a window, read at edges and without edges.
    fn errors(window: f64, seed: u64) -> (f64, f64) {
        let clock = MockClock::new(seed);
        let mut counter = Counter::new(&clock, f64::INFINITY);
        clock.advance(0.2, 0.5);
        let mut account = EnergyAccount::new(counter.descriptor.clone());
        let start = clock.seconds();
        let naive = counter.count(start);
        account.record(read_at_edge(&mut counter, &*clock));
        clock.sleep(Duration::from_secs_f64(window - (clock.seconds() - start)));
        let ended = clock.seconds();
        let naive = (counter.count(ended) - naive) as f64 * JOULES_PER_COUNT;
        account.record(read_at_edge(&mut counter, &*clock));
        let true_power = (joules(ended) - joules(start)) / (ended - start);
        let mean = account.energy().unwrap().value() / account.duration();
        (mean.as_watts() / true_power - 1.0, naive / (ended - start) / true_power - 1.0)
    }

    /// Set `HASHWATT_FULL=1` for the numbers in benches/RESULTS.md.
    #[test]
    fn window_between_edges_is_more_accurate_than_the_refresh() {
        let full = std::env::var_os("HASHWATT_FULL").is_some();
        let trials = if full { 10_000 } else { 500 };
        for (window, max) in [(10.0, 1e-3), (60.0, 1e-4)] {
            let (mut worst, mut naive) = (0f64, 0f64);
            for seed in 0..trials {
                let (edges, plain) = errors(window, seed);
                worst = worst.max(edges.abs());
                naive = naive.max(plain.abs());
            }
            println!(
                "{window} s: maximum error {:.4} % at edges, {:.2} % without ({trials} trials)",
                worst * 100.0,
                naive * 100.0
            );
            assert!(worst < max, "{window} s: {worst}");
            // The improvement comes from the edges.
            assert!(naive > 2.0 * worst, "{window} s: {naive} against {worst}");
        }
    }

    #[test]
    fn counter_with_long_refresh_is_read_at_once() {
        let clock = MockClock::new(1);
        let mut counter = Counter::new(&clock, 5.0);
        counter.descriptor.refresh = Seconds::from_seconds(60.0);
        clock.advance(6.0, 7.0);
        let start = clock.seconds();
        assert!(!read_at_edge(&mut counter, &*clock).unwrap().fresh);
        // One read.
        assert!(clock.seconds() - start < 1e-3);
    }

    #[test]
    fn counter_that_never_changes_is_stuck() {
        let clock = MockClock::new(1);
        let mut counter = Counter::new(&clock, 5.0);
        clock.advance(6.0, 7.0);
        let result = read_at_edge(&mut counter, &*clock);
        assert!(matches!(result, Err(MeterError::Stuck { millis: 2000.., .. })), "{result:?}");
    }
}
