//! A meter that does not answer for a while costs a run nothing but its certainty.

use super::*;
use hashwatt::energy::MAX_BRIDGED_GAP;
use std::sync::atomic::{AtomicUsize, Ordering};

/// 150 W, as a counter or as a power, that does not answer at some times after its first look.
struct Flaky {
    inner: Clockwork,
    is_power: bool,
    silent: Vec<(f64, f64)>,
    refused: Arc<AtomicUsize>,
}

impl EnergyMeter for Flaky {
    fn descriptor(&self) -> &MeterDescriptor {
        self.inner.descriptor()
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let now = Instant::now();
        let since = (now - self.inner.begun).as_secs_f64();
        if self.silent.iter().any(|(from, to)| (*from..*to).contains(&since)) {
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

fn flaky(is_power: bool, silent: &[(f64, f64)]) -> (Box<dyn EnergyMeter>, Arc<AtomicUsize>) {
    let mut inner = Clockwork::new(150.0);
    if is_power {
        inner.descriptor.quantity = MeterQuantity::Power {
            resolution: Watts::from_watts(1.0),
            averaging: Some(Seconds::ZERO),
        };
    }
    let refused = Arc::default();
    let meter = Flaky { inner, is_power, silent: silent.to_vec(), refused: Arc::clone(&refused) };
    (Box::new(meter), refused)
}

#[test]
fn a_meter_that_is_silent_at_the_windows_ends_or_inside_keeps_its_energy() {
    // A warm-up of 0.3 s and a window of 0.3 s, with a meter away at its beginning, within it, at its end.
    let plan = plan().with_warm_up(Seconds::from_seconds(0.3)).unwrap();
    for is_power in [false, true] {
        for silent in [(0.25, 0.6), (0.35, 0.5), (0.5, 1.0)] {
            let (meter, refused) = flaky(is_power, &[silent]);
            let mut meters = vec![meter];
            let stop = StopToken::new();
            let measured =
                measure(&mut Sleeper::new(), &rolling(), &mut meters, &plan, &(), &stop).unwrap();
            let told = format!("power: {is_power}, silent {silent:?}");
            let joules = measured.energy[0].joules.as_ref().expect(&told);
            let power = (joules.value() / measured.duration).as_watts();
            assert!((power - 150.0).abs() < 0.01, "{told}: {power}");
            assert!(refused.load(Ordering::Relaxed) > 0, "{told}");
            assert!(measured.complete, "{told}");
        }
    }
}

#[test]
fn a_power_that_was_bridged_says_so_in_its_uncertainty_and_a_counter_needs_not() {
    let plan = MeasurementPlan::new(Seconds::from_seconds(1.0)).unwrap();
    let plan = plan.with_warm_up(Seconds::from_seconds(0.1)).unwrap();
    for is_power in [false, true] {
        let (meter, refused) = flaky(is_power, &[(0.5, 0.8)]);
        let mut meters = vec![meter];
        let stop = StopToken::new();
        let measured =
            measure(&mut Sleeper::new(), &rolling(), &mut meters, &plan, &(), &stop).unwrap();
        let result = &measured.energy[0];
        assert!(result.gaps.missed > 0 && result.gaps.missed <= refused.load(Ordering::Relaxed));
        let bridged = result.components.iter().any(|row| row.name == "power bridged over gaps");
        assert_eq!(bridged, is_power);
        assert_eq!(result.gaps.bridged.as_seconds() > 0.2, is_power, "{:?}", result.gaps);
    }
}

#[test]
fn a_meter_that_never_answers_again_says_why_and_holds_nobody_up_who_stops() {
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
        measure(&mut Sleeper::new(), &rolling(), &mut meters, &plan, &(), &stop).unwrap()
    });
    // Far less than what a meter in trouble is given where nobody stops.
    assert!(measured.duration.as_seconds() < MAX_BRIDGED_GAP.as_secs_f64() / 2.0);
    let told = measured.efficiency().unwrap_err();
    assert!(matches!(told, EnergyUnavailable::Meter(MeterError::Busy { .. })), "{told:?}");
}
