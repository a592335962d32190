//! What other tools get wrong, replayed: the true value comes out, or a refusal.
//!
//! Those that are a sensor's own stand with it: the perf counter read only at the ends of 600 s
//! (-22,144 J for 240,000 J) in `src/energy/perf/tests.rs`; `package-0-die-0`, memory with its own
//! range, zones at any place of the tree in `sensors.rs`.

use hashwatt::energy::{
    EnergyAccount, EnergyMeter, MeterDescriptor, MeterError, MeterQuantity, RawValue, Reading,
};
use hashwatt::measure::{EnergyUnavailable, MeasurementPlan, measure};
use hashwatt::pow::{Header, Target};
use hashwatt::scan::{CpuScanner, Kernel, RollingTime, StopToken};
use hashwatt::uncertainty::Scope;
use hashwatt::units::{Joules, Seconds, Watts};
use hashwatt_test_support::headers::ARBITRARY;
use hashwatt_test_support::sysfs::PACKAGE_RANGE_UJ;
use std::time::{Duration, Instant};

fn counter(id: &str, subject: &str) -> MeterDescriptor {
    MeterDescriptor {
        id: id.to_owned(),
        scope: Scope::CpuPackage,
        subject: subject.to_owned(),
        quantity: MeterQuantity::CumulativeEnergy {
            per_count: Joules::from_microjoules(1.0),
            wrap_modulus: Some(PACKAGE_RANGE_UJ),
            ceiling: Watts::from_watts(1_000.0),
        },
        refresh: Seconds::from_seconds(1e-3),
        max_read_gap: None,
        tolerance: None,
        caveat: None,
    }
}

fn power(id: &str, subject: &str) -> MeterDescriptor {
    let quantity = MeterQuantity::Power { resolution: Watts::from_watts(0.001), averaging: None };
    MeterDescriptor { quantity, ..counter(id, subject) }
}

/// An account of readings at these seconds.
fn account(meter: MeterDescriptor, readings: &[(f64, RawValue)]) -> EnergyAccount {
    let start = Instant::now();
    let mut account = EnergyAccount::new(meter);
    for (at, raw) in readings {
        let at = start + Duration::from_secs_f64(*at);
        account.take(Ok(Reading::new(at, at, *raw)));
    }
    account
}

fn joules(account: &EnergyAccount) -> Result<f64, MeterError> {
    account.energy().map(|energy| energy.value().as_joules())
}

#[test]
fn a_failed_read_is_no_zero_that_is_corrected_as_a_wrap() {
    // 100 W over 4 s. Taken for a 0, the failed read looks like a wrap: 262,543 J.
    let count = |joules: f64| RawValue::Count(5_000_000 + (joules * 1e6) as u64);
    let start = Instant::now();
    let mut account = EnergyAccount::new(counter("rapl", "package-0"));
    for second in 0..5 {
        let at = start + Duration::from_secs(second);
        if second == 2 {
            let reason = "EIO".to_owned();
            account.take(Err(MeterError::Gone { meter: "rapl".to_owned(), reason }));
        }
        account.take(Ok(Reading::new(at, at, count(100.0 * second as f64))));
    }
    assert!(matches!(joules(&account), Err(MeterError::Gone { .. })));
    // Without the failure they are what they are.
    let readings: Vec<_> = (0..5).map(|s| (f64::from(s), count(100.0 * f64::from(s)))).collect();
    let whole = joules(&self::account(counter("rapl", "package-0"), &readings)).unwrap();
    assert!((whole - 400.0).abs() < 1e-9);
    // A tool that hands the zero on is refused: no part draws 262 kJ in a second.
    let mut zeroed = readings;
    zeroed[2].1 = RawValue::Count(0);
    let told = joules(&self::account(counter("rapl", "package-0"), &zeroed));
    assert!(matches!(told, Err(MeterError::Reset { .. })), "{told:?}");
}

#[test]
fn a_wrap_is_no_bad_sample() {
    let near = PACKAGE_RANGE_UJ - 50_000_000;
    let readings: Vec<_> = (0..20u64)
        .map(|i| (i as f64 / 10.0, RawValue::Count((near + i * 10_000_000) % PACKAGE_RANGE_UJ)))
        .collect();
    let found = joules(&account(counter("rapl", "package-0"), &readings)).unwrap();
    assert!((found - 190.0).abs() < 1e-9, "{found}");
}

#[test]
fn steady_power_counts_as_rising_power_does() {
    let steady: Vec<_> =
        (0..11).map(|i| (f64::from(i), RawValue::Power(Watts::from_watts(200.0)))).collect();
    assert!((joules(&account(power("plug", "node"), &steady)).unwrap() - 2_000.0).abs() < 1e-9);
    let falling: Vec<_> = (0..11)
        .map(|i| (f64::from(i), RawValue::Power(Watts::from_watts(200.0 - 10.0 * f64::from(i)))))
        .collect();
    assert!((joules(&account(power("plug", "node"), &falling)).unwrap() - 1_500.0).abs() < 1e-9);
}

/// A meter whose raw value is a function of the time since it was made.
struct Played<F> {
    descriptor: MeterDescriptor,
    begun: Instant,
    raw: F,
}

impl<F: Fn(f64) -> RawValue + Send> EnergyMeter for Played<F> {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.descriptor
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let now = Instant::now();
        Ok(Reading::new(now, now, (self.raw)((now - self.begun).as_secs_f64())))
    }
}

fn played(
    descriptor: MeterDescriptor,
    raw: impl Fn(f64) -> RawValue + Send + 'static,
) -> Box<dyn EnergyMeter> {
    Box::new(Played { descriptor, begun: Instant::now(), raw })
}

fn run(mut meters: Vec<Box<dyn EnergyMeter>>) -> hashwatt::measure::Measurement {
    let mut scanner = CpuScanner::new(Kernel::Sha2, 1).unwrap();
    let work = RollingTime::new(Header::from_bytes(&ARBITRARY), Target::MAINNET_LIMIT);
    let plan = MeasurementPlan::new(Seconds::from_seconds(0.8)).unwrap();
    let plan = plan.with_warm_up(Seconds::from_seconds(0.1)).unwrap();
    measure(&mut scanner, &work, &mut meters, &plan, &(), &StopToken::new()).unwrap()
}

#[test]
fn a_counter_and_a_power_that_disagree_are_both_shown() {
    // 187 J a second by the counter, 327 W by the power of the same package.
    let measured = run(vec![
        played(counter("energy", "package-0"), |at| RawValue::Count((at * 187e6) as u64)),
        played(power("power", "package-0"), |at| {
            RawValue::Power(Watts::from_watts(327.0 + 0.01 * (at * 50.0).sin()))
        }),
    ]);
    let [check] = &measured.cross_checks()[..] else { panic!("{:?}", measured.cross_checks()) };
    assert!((check.relative_difference - (327.0 / 187.0 - 1.0)).abs() < 0.01, "{check:?}");
    // One of them stands for the package, and they are not added.
    let headline = measured.energy_of_widest_scope().unwrap().value() / measured.duration;
    assert!((headline.as_watts() - 187.0).abs() < 1.0, "{headline}");
}

#[test]
fn every_package_counts() {
    let measured = run(vec![
        played(counter("0", "package-0"), |at| RawValue::Count((at * 80e6) as u64)),
        played(counter("1", "package-1"), |at| RawValue::Count((at * 120e6) as u64)),
    ]);
    let power = measured.energy_of_widest_scope().unwrap().value() / measured.duration;
    assert!((power.as_watts() - 200.0).abs() < 1.0, "{power}");
}

#[test]
fn a_sensor_stuck_under_load_gives_no_energy() {
    type Raws = fn(f64) -> RawValue;
    let stuck: [(MeterDescriptor, Raws); 4] = [
        (counter("at its last value", "a"), |_| RawValue::Count(1_000_000)),
        (counter("half way", "a"), |at| RawValue::Count((at.min(0.3) * 1e8) as u64)),
        (power("at its last value", "a"), |_| RawValue::Power(Watts::from_watts(113.582))),
        (power("at nothing", "a"), |_| RawValue::Power(Watts::ZERO)),
    ];
    for (descriptor, raw) in stuck {
        let id = descriptor.id.clone();
        let measured = run(vec![played(descriptor, raw)]);
        assert!(measured.hashrate.is_some() && measured.complete);
        let told = measured.efficiency();
        assert!(
            matches!(told, Err(EnergyUnavailable::Meter(MeterError::Stuck { .. }))),
            "{id}: {told:?}"
        );
    }
}
