//! Reading a counter at the moment at which it changes.
//!
//! A counter that is renewed every 100 ms tells at any moment the energy of up to 100 ms ago: two
//! readings 10 s apart err by up to 1 %. At the moment of a change it is fresh.

use super::clock::Clock;
use super::{EnergyMeter, MeterError, MeterQuantity, Reading};
use std::time::Duration;

/// Looks per refresh: the change is known to a hundredth of it.
const LOOKS: u32 = 100;
/// No thread wakes more often, and none needs to look more seldom.
const SHORTEST: Duration = Duration::from_micros(20);
const LONGEST: Duration = Duration::from_millis(1);
/// Counters are renewed less regularly than they say.
const REFRESHES: u32 = 20;
const MIN_PATIENCE: Duration = Duration::from_millis(250);
const MAX_PATIENCE: Duration = Duration::from_secs(3);

/// Reads a counter right after it has changed, so that the reading's time is that of its value;
/// anything else is read at once. So is a counter that is renewed more seldom than anyone waits for:
/// looking for its change would ask a plug a thousand times for nothing.
///
/// # Errors
/// The meter's, and [`MeterError::Stuck`] where a change had to come and did not.
pub(crate) fn read_at_edge(
    meter: &mut dyn EnergyMeter,
    clock: &dyn Clock,
) -> Result<Reading, MeterError> {
    let first = meter.read()?;
    let descriptor = meter.descriptor();
    let refresh = Duration::try_from_secs_f64(descriptor.refresh.as_seconds()).unwrap_or_default();
    let is_counter = matches!(descriptor.quantity, MeterQuantity::CumulativeEnergy { .. });
    if !is_counter || refresh.is_zero() || refresh * 2 > MAX_PATIENCE {
        return Ok(first);
    }
    let pause = (refresh / LOOKS).clamp(SHORTEST, LONGEST);
    let patience = (refresh * REFRESHES).clamp(MIN_PATIENCE, MAX_PATIENCE);
    let begun = first.before;
    let mut last = first;
    loop {
        clock.sleep(pause);
        let next = meter.read()?;
        if next.raw != last.raw {
            // The change came after the last look began.
            return Ok(Reading { before: last.before, fresh: true, ..next });
        }
        let waited = next.after.saturating_duration_since(begun);
        if waited > patience {
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

    /// Time that goes on where somebody sleeps or reads.
    struct Played {
        start: Instant,
        state: Mutex<(f64, Random)>,
    }

    impl Played {
        fn new(seed: u64) -> Arc<Self> {
            Arc::new(Self { start: Instant::now(), state: Mutex::new((0.0, Random::new(seed))) })
        }
        fn seconds(&self) -> f64 {
            self.state.lock().unwrap().0
        }
        fn go_on(&self, least: f64, most: f64) {
            let mut state = self.state.lock().unwrap();
            state.0 += state.1.between(least, most);
        }
    }

    impl Clock for Played {
        fn now(&self) -> Instant {
            self.start + Duration::from_secs_f64(self.seconds())
        }
        fn sleep(&self, time: Duration) {
            // Sleeps end late.
            let time = time.as_secs_f64();
            self.go_on(time, time + 1e-4);
        }
    }

    /// A counter that is renewed every 100 ms, give or take 5 ms, under a power that moves by 2 %.
    struct Counter {
        clock: Arc<Played>,
        descriptor: MeterDescriptor,
        phase: f64,
        jitter: Vec<f64>,
        stops_at: f64,
    }

    fn joules(at: f64) -> f64 {
        300.0 * at - 3.0 * (2.0 * at).cos()
    }

    impl Counter {
        fn new(clock: &Arc<Played>, stops_at: f64) -> Self {
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
                ..MeterDescriptor::bare("played", Scope::GpuBoard, "gpu", quantity)
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
            self.clock.go_on(1e-5, 1e-4);
            let raw = RawValue::Count(self.count(self.clock.seconds()));
            self.clock.go_on(1e-5, 1e-4);
            Ok(Reading::new(before, self.clock.now(), raw))
        }
    }

    /// The relative errors of a window's mean power, at edges and without.
    fn errors(window: f64, seed: u64) -> (f64, f64) {
        let clock = Played::new(seed);
        let mut counter = Counter::new(&clock, f64::INFINITY);
        clock.go_on(0.2, 0.5);
        let mut account = EnergyAccount::new(counter.descriptor.clone());
        let begun = clock.seconds();
        let naive = counter.count(begun);
        account.take(read_at_edge(&mut counter, &*clock));
        clock.sleep(Duration::from_secs_f64(window - (clock.seconds() - begun)));
        let ended = clock.seconds();
        let naive = (counter.count(ended) - naive) as f64 * JOULES_PER_COUNT;
        account.take(read_at_edge(&mut counter, &*clock));
        let truth = (joules(ended) - joules(begun)) / (ended - begun);
        let mean = account.energy().unwrap().value() / account.duration();
        (mean.as_watts() / truth - 1.0, naive / (ended - begun) / truth - 1.0)
    }

    /// `HASHWATT_FULL=1` for the figures of benches/RESULTS.md.
    #[test]
    fn a_window_between_edges_is_right_to_a_part_of_the_refresh() {
        let full = std::env::var_os("HASHWATT_FULL").is_some();
        let trials = if full { 10_000 } else { 500 };
        for (window, most) in [(10.0, 1e-3), (60.0, 1e-4)] {
            let (mut worst, mut naive) = (0f64, 0f64);
            for seed in 0..trials {
                let (edges, plain) = errors(window, seed);
                worst = worst.max(edges.abs());
                naive = naive.max(plain.abs());
            }
            println!(
                "{window} s: off by at most {:.4} % at edges, {:.2} % without ({trials} trials)",
                worst * 100.0,
                naive * 100.0
            );
            assert!(worst < most, "{window} s: {worst}");
            // The edges are what does it.
            assert!(naive > 2.0 * worst, "{window} s: {naive} against {worst}");
        }
    }

    #[test]
    fn a_counter_that_is_renewed_too_seldom_to_wait_for_is_read_as_it_is() {
        let clock = Played::new(1);
        let mut counter = Counter::new(&clock, 5.0);
        counter.descriptor.refresh = Seconds::from_seconds(60.0);
        clock.go_on(6.0, 7.0);
        let begun = clock.seconds();
        assert!(!read_at_edge(&mut counter, &*clock).unwrap().fresh);
        // One look.
        assert!(clock.seconds() - begun < 1e-3);
    }

    #[test]
    fn an_edge_that_never_comes_is_stuck() {
        let clock = Played::new(1);
        let mut counter = Counter::new(&clock, 5.0);
        clock.go_on(6.0, 7.0);
        let told = read_at_edge(&mut counter, &*clock);
        assert!(matches!(told, Err(MeterError::Stuck { millis: 2000.., .. })), "{told:?}");
    }
}
