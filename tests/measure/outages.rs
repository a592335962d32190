//! A meter that does not respond for a while only increases the uncertainty of a run.

use super::*;
use hashwatt::energy::MAX_BRIDGED_GAP;
use std::sync::atomic::{AtomicUsize, Ordering};

/// 150 W, as a counter or as a power, that does not respond at some times after its first reading.
struct Flaky {
    inner: RealTimeCounter,
    is_power: bool,
    outages: Vec<(f64, f64)>,
    refused: Arc<AtomicUsize>,
}

impl EnergyMeter for Flaky {
    fn descriptor(&self) -> &MeterDescriptor {
        self.inner.descriptor()
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let now = Instant::now();
        let since = (now - self.inner.started).as_secs_f64();
        if self.outages.iter().any(|(from, to)| (*from..*to).contains(&since)) {
            self.refused.fetch_add(1, Ordering::Relaxed);
            let wait = Some(Duration::from_millis(20));
            return Err(MeterError::Busy {
                meter: "flaky".to_owned(),
                reason: "HTTP 429".to_owned(),
                wait,
            });
        }
        match self.is_power {
            true => Ok(Reading::new(now, now, RawValue::Power(Watts::from_watts(150.0)))),
            false => self.inner.read(),
        }
    }
}

fn flaky(is_power: bool, outages: &[(f64, f64)]) -> (Box<dyn EnergyMeter>, Arc<AtomicUsize>) {
    let mut inner = RealTimeCounter::new(150.0);
    if is_power {
        inner.descriptor.quantity = MeterQuantity::Power {
            resolution: Watts::from_watts(1.0),
            averaging: Some(Seconds::ZERO),
        };
    }
    let refused = Arc::default();
    let outages = outages.to_vec();
    let meter = Flaky { inner, is_power, outages, refused: Arc::clone(&refused) };
    (Box::new(meter), refused)
}

#[test]
fn meter_with_an_outage_at_any_time_of_the_window_keeps_its_energy() {
    // A warm-up of 0.3 s and a window of 0.3 s, with an outage at its beginning, within it, and at its end.
    let plan = plan().with_warm_up(Seconds::from_seconds(0.3)).unwrap();
    for is_power in [false, true] {
        for outage in [(0.25, 0.6), (0.35, 0.5), (0.5, 1.0)] {
            let (meter, refused) = flaky(is_power, &[outage]);
            let mut meters = vec![meter];
            let measured = Bench::new(&mut Sleeper::new())
                .meters(&mut meters)
                .work(&rolling())
                .plan(plan)
                .run()
                .unwrap();
            let case = format!("power: {is_power}, outage {outage:?}");
            let joules = measured.energy[0].joules.as_ref().expect(&case);
            let power = (joules.value() / measured.duration).as_watts();
            assert!((power - 150.0).abs() < 0.01, "{case}: {power}");
            assert!(refused.load(Ordering::Relaxed) > 0, "{case}");
            assert!(measured.complete, "{case}");
        }
    }
}

#[test]
fn bridged_power_has_an_uncertainty_component_and_a_counter_has_none() {
    let plan = MeasurementPlan::new(Seconds::from_seconds(1.0)).unwrap();
    let plan = plan.with_warm_up(Seconds::from_seconds(0.1)).unwrap();
    for is_power in [false, true] {
        let (meter, refused) = flaky(is_power, &[(0.5, 0.8)]);
        let mut meters = vec![meter];
        let measured = Bench::new(&mut Sleeper::new())
            .meters(&mut meters)
            .work(&rolling())
            .plan(plan)
            .run()
            .unwrap();
        let result = &measured.energy[0];
        assert!(result.gaps.missed > 0 && result.gaps.missed <= refused.load(Ordering::Relaxed));
        let bridged = result.components.iter().any(|row| row.name == "power bridged over gaps");
        assert_eq!(bridged, is_power);
        assert_eq!(result.gaps.bridged.as_seconds() > 0.2, is_power, "{:?}", result.gaps);
    }
}

#[test]
fn meter_that_never_responds_again_gives_the_reason_and_does_not_delay_a_stop() {
    let stop = StopToken::new();
    let plan = MeasurementPlan::new(Seconds::from_seconds(600.0)).unwrap();
    let plan = plan.with_warm_up(Seconds::from_seconds(0.1)).unwrap();
    let (meter, _) = flaky(true, &[(0.2, f64::INFINITY)]);
    let mut meters = vec![meter];
    let measured = std::thread::scope(|scope| {
        let token = stop.clone();
        scope.spawn(move || {
            std::thread::sleep(Duration::from_millis(900));
            token.stop();
        });
        Bench::new(&mut Sleeper::new())
            .meters(&mut meters)
            .work(&rolling())
            .plan(plan)
            .stop(&stop)
            .run()
            .unwrap()
    });
    // Much less than the time for a failing meter without a stop.
    assert!(measured.duration.as_seconds() < MAX_BRIDGED_GAP.as_secs_f64() / 2.0);
    let error = measured.efficiency().unwrap_err();
    assert!(matches!(error, EnergyUnavailable::Meter(MeterError::Busy { .. })), "{error:?}");
}
