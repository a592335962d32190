//! Known errors of other tools: here the result is the true value or an error.
//!
//! Those that concern one sensor are tested with it: the perf counter read only at the ends of 600 s
//! (-22,144 J for 240,000 J) in `src/energy/perf/tests.rs`; `package-0-die-0`, memory with its own
//! range and zones at any level of the tree in `tests/sensors/`.

use hashwatt::energy::{
    EnergyAccount, EnergyMeter, MeterDescriptor, MeterError, MeterQuantity, RawValue, Reading,
};
use hashwatt::measure::{Bench, EnergyUnavailable, MeasurementPlan};
use hashwatt::pow::{Header, Target};
use hashwatt::scan::{CpuScanner, Kernel, RollingTime};
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

/// An account of readings at these times in seconds.
fn account(meter: MeterDescriptor, readings: &[(f64, RawValue)]) -> EnergyAccount {
    let start = Instant::now();
    let mut account = EnergyAccount::new(meter);
    for (at, raw) in readings {
        let at = start + Duration::from_secs_f64(*at);
        account.record(Ok(Reading::new(at, at, *raw)));
    }
    account
}

fn joules(account: &EnergyAccount) -> Result<f64, MeterError> {
    account.energy().map(|energy| energy.value().as_joules())
}

#[test]
fn failed_read_is_not_a_zero_corrected_as_a_wrap() {
    // 100 W over 4 s. If the failed read is taken for 0, it looks like a wrap: 262,543 J.
    let count = |joules: f64| RawValue::Count(5_000_000 + (joules * 1e6) as u64);
    let start = Instant::now();
    let mut account = EnergyAccount::new(counter("rapl", "package-0"));
    for second in 0..5 {
        let at = start + Duration::from_secs(second);
        if second == 2 {
            let reason = "EIO".to_owned();
            account.record(Err(MeterError::Gone { meter: "rapl".to_owned(), reason }));
        }
        account.record(Ok(Reading::new(at, at, count(100.0 * second as f64))));
    }
    assert!(matches!(joules(&account), Err(MeterError::Gone { .. })));
    // Without the failed read the energy is 400 J.
    let readings: Vec<_> = (0..5).map(|s| (f64::from(s), count(100.0 * f64::from(s)))).collect();
    let whole = joules(&self::account(counter("rapl", "package-0"), &readings)).unwrap();
    assert!((whole - 400.0).abs() < 1e-9);
    // A zero from another tool is refused: no part draws 262 kJ in a second.
    let mut zeroed = readings;
    zeroed[2].1 = RawValue::Count(0);
    let result = joules(&self::account(counter("rapl", "package-0"), &zeroed));
    assert!(matches!(result, Err(MeterError::Reset { .. })), "{result:?}");
}

#[test]
fn counter_wrap_is_not_a_bad_sample() {
    let near = PACKAGE_RANGE_UJ - 50_000_000;
    let readings: Vec<_> = (0..20u64)
        .map(|i| (i as f64 / 10.0, RawValue::Count((near + i * 10_000_000) % PACKAGE_RANGE_UJ)))
        .collect();
    let found = joules(&account(counter("rapl", "package-0"), &readings)).unwrap();
    assert!((found - 190.0).abs() < 1e-9, "{found}");
}

#[test]
fn steady_power_counts_like_rising_power() {
    let steady: Vec<_> =
        (0..11).map(|i| (f64::from(i), RawValue::Power(Watts::from_watts(200.0)))).collect();
    assert!((joules(&account(power("plug", "node"), &steady)).unwrap() - 2_000.0).abs() < 1e-9);
    let falling: Vec<_> = (0..11)
        .map(|i| (f64::from(i), RawValue::Power(Watts::from_watts(200.0 - 10.0 * f64::from(i)))))
        .collect();
    assert!((joules(&account(power("plug", "node"), &falling)).unwrap() - 1_500.0).abs() < 1e-9);
}

/// A meter whose raw value is a function of the time since its creation.
struct FunctionMeter<F> {
    descriptor: MeterDescriptor,
    start: Instant,
    raw: F,
}

impl<F: Fn(f64) -> RawValue + Send> EnergyMeter for FunctionMeter<F> {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.descriptor
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let now = Instant::now();
        Ok(Reading::new(now, now, (self.raw)((now - self.start).as_secs_f64())))
    }
}

fn function_meter(
    descriptor: MeterDescriptor,
    raw: impl Fn(f64) -> RawValue + Send + 'static,
) -> Box<dyn EnergyMeter> {
    Box::new(FunctionMeter { descriptor, start: Instant::now(), raw })
}

fn run(mut meters: Vec<Box<dyn EnergyMeter>>) -> hashwatt::measure::Measurement {
    let mut scanner = CpuScanner::new(Kernel::Sha2, 1).unwrap();
    let work = RollingTime::new(Header::from_bytes(&ARBITRARY), Target::MAINNET_LIMIT);
    let plan = MeasurementPlan::new(Seconds::from_seconds(0.8)).unwrap();
    let plan = plan.with_warm_up(Seconds::from_seconds(0.1)).unwrap();
    Bench::new(&mut scanner).meters(&mut meters).work(&work).plan(plan).run().unwrap()
}

#[test]
fn counter_and_power_that_disagree_are_both_reported() {
    // 187 J/s by the counter and 327 W by the power of the same package.
    let measured = run(vec![
        function_meter(counter("energy", "package-0"), |at| RawValue::Count((at * 187e6) as u64)),
        function_meter(power("power", "package-0"), |at| {
            RawValue::Power(Watts::from_watts(327.0 + 0.01 * (at * 50.0).sin()))
        }),
    ]);
    let [check] = &measured.cross_checks()[..] else { panic!("{:?}", measured.cross_checks()) };
    assert!((check.relative_difference - (327.0 / 187.0 - 1.0)).abs() < 0.01, "{check:?}");
    // One of them is used for the package; they are not added.
    let headline = measured.energy_of_widest_scope().unwrap().value() / measured.duration;
    assert!((headline.as_watts() - 187.0).abs() < 1.0, "{headline}");
}

#[test]
fn every_package_is_counted() {
    let measured = run(vec![
        function_meter(counter("0", "package-0"), |at| RawValue::Count((at * 80e6) as u64)),
        function_meter(counter("1", "package-1"), |at| RawValue::Count((at * 120e6) as u64)),
    ]);
    let power = measured.energy_of_widest_scope().unwrap().value() / measured.duration;
    assert!((power.as_watts() - 200.0).abs() < 1.0, "{power}");
}

#[test]
fn sensor_stuck_under_load_gives_no_energy() {
    type Raws = fn(f64) -> RawValue;
    let stuck: [(MeterDescriptor, Raws); 4] = [
        (counter("at its last value", "a"), |_| RawValue::Count(1_000_000)),
        (counter("half way", "a"), |at| RawValue::Count((at.min(0.3) * 1e8) as u64)),
        (power("at its last value", "a"), |_| RawValue::Power(Watts::from_watts(113.582))),
        (power("at zero", "a"), |_| RawValue::Power(Watts::ZERO)),
    ];
    for (descriptor, raw) in stuck {
        let id = descriptor.id.clone();
        let measured = run(vec![function_meter(descriptor, raw)]);
        assert!(measured.hashrate.is_some() && measured.complete);
        let result = measured.efficiency();
        assert!(
            matches!(result, Err(EnergyUnavailable::Meter(MeterError::Stuck { .. }))),
            "{id}: {result:?}"
        );
    }
}
