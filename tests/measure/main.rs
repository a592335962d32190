//! Hashes and energy over the same window: scanner, meters and result together.

mod outages;
mod rapl;
mod stops;

use hashwatt::energy::{
    AssumedMeter, EnergyMeter, LogColumns, MeterDescriptor, MeterError, MeterQuantity, RawValue,
    Reading,
};
use hashwatt::measure::{
    Bench, EnergyUnavailable, Measurement, MeasurementObserver, MeasurementPlan,
};
use hashwatt::pow::{Header, Target};
use hashwatt::scan::{
    CompletedBatch, CpuScanner, HashingDevice, Kernel, RollingTime, ScanError, Scanner,
    ScannerDescriptor, Sink, StopToken, WorkSource, Worker,
};
use hashwatt::uncertainty::Scope;
use hashwatt::units::{Joules, Seconds, Watts};
use hashwatt_test_support::headers::ARBITRARY;
use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A scanner whose rate is known: it sleeps instead of hashing.
struct Sleeper(ScannerDescriptor);

impl Sleeper {
    fn new() -> Self {
        Self(ScannerDescriptor {
            kernel: "sleeper".to_owned(),
            variant: None,
            pinned: false,
            device: "test".to_owned(),
            hashes_on: HashingDevice::Unstated,
            threads: 1,
            batch: 1_000,
        })
    }
}

impl Scanner for Sleeper {
    fn descriptor(&self) -> &ScannerDescriptor {
        &self.0
    }
    fn run(
        &mut self,
        work: &dyn WorkSource,
        sink: &dyn Sink,
        stop: &StopToken,
    ) -> Result<(), ScanError> {
        while let (false, Some(piece)) = (stop.is_stopped(), work.next(1_000)) {
            std::thread::sleep(Duration::from_millis(1));
            let (work_id, range) = (piece.id, piece.range);
            let at = Instant::now();
            let worker = Worker::default();
            let hits = Vec::new();
            sink.completed(CompletedBatch { work_id, range, hits, at, hardware_errors: 0, worker });
        }
        Ok(())
    }
}

fn rolling() -> RollingTime {
    RollingTime::new(Header::from_bytes(&ARBITRARY), Target::MAINNET_LIMIT)
}

fn plan() -> MeasurementPlan {
    MeasurementPlan::new(Seconds::from_seconds(0.3)).unwrap()
}

fn run(meters: Vec<Box<dyn EnergyMeter>>) -> Measurement {
    let mut meters = meters;
    Bench::new(&mut Sleeper::new()).meters(&mut meters).work(&rolling()).plan(plan()).run().unwrap()
}

/// An energy counter that advances with real time at a known power and begins near its wrap.
struct RealTimeCounter {
    descriptor: MeterDescriptor,
    started: Instant,
    watts: f64,
    fails_after: Option<Duration>,
}

const MODULUS: u64 = 65_532_610_987;

impl RealTimeCounter {
    fn new(watts: f64) -> Self {
        Self {
            descriptor: MeterDescriptor {
                id: "clockwork".to_owned(),
                scope: Scope::CpuPackage,
                subject: "package-0".to_owned(),
                quantity: MeterQuantity::CumulativeEnergy {
                    per_count: Joules::from_microjoules(1.0),
                    wrap_modulus: Some(MODULUS),
                    ceiling: Watts::from_watts(5_000.0),
                },
                refresh: Seconds::ZERO,
                max_read_gap: None,
                tolerance: None,
                caveat: None,
            },
            started: Instant::now(),
            watts,
            fails_after: None,
        }
    }
}

impl EnergyMeter for RealTimeCounter {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.descriptor
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let now = Instant::now();
        let since = now - self.started;
        if self.fails_after.is_some_and(|after| since > after) {
            return Err(MeterError::Gone {
                meter: "clockwork".to_owned(),
                reason: "EIO".to_owned(),
            });
        }
        let microjoules = (since.as_secs_f64() * self.watts * 1e6) as u64;
        Ok(Reading::new(now, now, RawValue::Count((MODULUS - 30_000_000 + microjoules) % MODULUS)))
    }
}

#[test]
fn energy_and_hashes_are_of_the_same_window() {
    let measured = run(vec![Box::new(RealTimeCounter::new(150.0))]);
    assert!(measured.complete && measured.duration.as_seconds() >= 0.3);
    let joules = measured.energy[0].joules.as_ref().unwrap();
    // The counter wrapped during the window; its power is still exact.
    assert!((joules.value() / measured.duration).as_watts() > 149.999);
    assert!((joules.value() / measured.duration).as_watts() < 150.001);
    // J/TH is that energy over those hashes.
    let efficiency = measured.efficiency().unwrap();
    let expected = joules.value().as_joules() / (measured.hashes as f64 / 1e12);
    assert!((efficiency.value().as_j_per_th() / expected - 1.0).abs() < 1e-12);
    // A meter from outside the crate never gives a measured figure.
    assert_eq!(efficiency.as_uncertain().provenance().kind(), "user_reported");
}

#[test]
fn warm_up_is_not_part_of_the_window() {
    /// Counts all hashes that the scanner completed.
    struct All(std::sync::atomic::AtomicU64);
    impl Sink for All {
        fn completed(&self, batch: CompletedBatch) {
            self.0.fetch_add(batch.range.len(), std::sync::atomic::Ordering::Relaxed);
        }
    }
    impl MeasurementObserver for All {}
    let all = All(0.into());
    let plan = plan().with_warm_up(Seconds::from_seconds(0.3)).unwrap();
    let stop = StopToken::new();
    let measured = Bench::new(&mut Sleeper::new())
        .work(&rolling())
        .plan(plan)
        .observer(&all)
        .stop(&stop)
        .run()
        .unwrap();
    let all = all.0.into_inner();
    // The warm-up is as long as the window, so a large part of all batches precedes it.
    assert!(measured.hashes > 0 && measured.hashes < all * 3 / 4, "{} of {all}", measured.hashes);
}

#[test]
fn panic_of_a_scanner_a_meter_or_a_sink_is_propagated() {
    struct Broken;
    impl Scanner for Broken {
        fn descriptor(&self) -> &ScannerDescriptor {
            static ONE: std::sync::OnceLock<ScannerDescriptor> = std::sync::OnceLock::new();
            ONE.get_or_init(|| Sleeper::new().0)
        }
        fn run(
            &mut self,
            _: &dyn WorkSource,
            _: &dyn Sink,
            _: &StopToken,
        ) -> Result<(), ScanError> {
            panic!("scanner")
        }
    }
    impl EnergyMeter for Broken {
        fn descriptor(&self) -> &MeterDescriptor {
            static ONE: std::sync::OnceLock<MeterDescriptor> = std::sync::OnceLock::new();
            ONE.get_or_init(|| RealTimeCounter::new(1.0).descriptor)
        }
        fn read(&mut self) -> Result<Reading, MeterError> {
            panic!("meter")
        }
    }
    impl Sink for Broken {
        fn completed(&self, _: CompletedBatch) {
            panic!("sink")
        }
    }
    impl MeasurementObserver for Broken {}
    let attempt = |scanner: &mut dyn Scanner,
                   meters: Vec<Box<dyn EnergyMeter>>,
                   sink: &dyn MeasurementObserver| {
        let mut meters = meters;
        let run = std::panic::AssertUnwindSafe(|| {
            Bench::new(scanner)
                .meters(&mut meters)
                .work(&rolling())
                .plan(plan())
                .observer(sink)
                .run()
        });
        std::panic::catch_unwind(run).is_err()
    };
    assert!(attempt(&mut Broken, Vec::new(), &()));
    assert!(attempt(&mut Sleeper::new(), vec![Box::new(Broken)], &()));
    assert!(attempt(&mut Sleeper::new(), Vec::new(), &Broken));
    assert!(attempt(&mut CpuScanner::new(Kernel::Sha2, 2).unwrap(), Vec::new(), &Broken));
}

#[test]
fn meter_is_read_within_its_maximum_gap() {
    struct Counting(RealTimeCounter, std::sync::Arc<std::sync::atomic::AtomicUsize>);
    impl EnergyMeter for Counting {
        fn descriptor(&self) -> &MeterDescriptor {
            self.0.descriptor()
        }
        fn read(&mut self) -> Result<Reading, MeterError> {
            self.1.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            self.0.read()
        }
    }
    let reads = std::sync::Arc::default();
    let mut clockwork = RealTimeCounter::new(100.0);
    clockwork.descriptor.max_read_gap = Some(Seconds::from_seconds(0.005));
    run(vec![Box::new(Counting(clockwork, std::sync::Arc::clone(&reads)))]);
    // At least every 5 ms of a window of 0.3 s.
    let reads = reads.load(std::sync::atomic::Ordering::Relaxed);
    assert!(reads > 60, "{reads}");
}

#[test]
fn run_without_a_sensor_has_a_rate_and_no_efficiency() {
    let measured = run(Vec::new());
    assert!(measured.hashes > 0);
    assert_eq!(measured.efficiency(), Err(EnergyUnavailable::NoMeter));
}

#[test]
fn run_with_a_failed_sensor_has_a_rate_and_the_reason() {
    let failing = RealTimeCounter {
        fails_after: Some(Duration::from_millis(300)),
        ..RealTimeCounter::new(100.0)
    };
    let measured = run(vec![Box::new(failing)]);
    assert!(measured.complete && measured.hashrate.is_some());
    assert!(matches!(
        measured.efficiency(),
        Err(EnergyUnavailable::Meter(MeterError::Gone { .. }))
    ));
}

#[test]
fn assumed_power_stays_assumed_and_any_reading_takes_precedence() {
    let assumed = || Box::new(AssumedMeter::new(Watts::from_watts(40.0)).unwrap());
    let measured = run(vec![assumed()]);
    let energy = measured.energy_of_widest_scope().unwrap();
    assert_eq!(energy.provenance().kind(), "assumed");
    assert!(((energy.value() / measured.duration).as_watts() - 40.0).abs() < 1e-9);

    let both = run(vec![assumed(), Box::new(RealTimeCounter::new(150.0))]);
    let energy = both.energy_of_widest_scope().unwrap();
    assert_eq!(energy.provenance().kind(), "user_reported");
}

#[test]
fn invalid_window_or_warm_up_is_refused() {
    for bad in [0.0, -1.0, 0.1, f64::NAN, f64::INFINITY, 1e12] {
        assert!(MeasurementPlan::new(Seconds::from_seconds(bad)).is_err(), "{bad}");
    }
    for bad in [-1.0, f64::NAN, f64::INFINITY, 1e12] {
        assert!(plan().with_warm_up(Seconds::from_seconds(bad)).is_err(), "{bad}");
    }
}

#[test]
fn analyser_log_is_aligned_by_the_load() {
    let plan = MeasurementPlan::new(Seconds::from_seconds(2.5)).unwrap();
    let plan = plan.with_warm_up(Seconds::from_seconds(0.3)).unwrap();
    let mut measured = Bench::new(&mut Sleeper::new()).work(&rolling()).plan(plan).run().unwrap();
    // 50 Hz on its own clock, on which the load began at 1012.345 s: 20 W idle, 100 W under load.
    let load = measured.timeline.unwrap();
    let length = (load.load_ended - load.load_began).as_secs_f64();
    let mut log = "time_s,power_w\n".to_owned();
    for sample in 0..1_200 {
        let time = 1000.0 + f64::from(sample) * 0.02;
        let busy = (1012.345..1012.345 + length).contains(&time);
        log += &format!("{time},{}\n", if busy { 100.0 } else { 20.0 });
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.csv");
    fs::write(&file, &log).unwrap();
    measured.add_log(&file, &LogColumns::default());
    let joules = measured.energy[0].joules.as_ref().unwrap();
    assert!(((joules.value() / measured.duration).as_watts() - 100.0).abs() < 0.5, "{joules:?}");
    // Even from a good analyser, the file is reported by the user.
    assert_eq!(joules.provenance().kind(), "user_reported");
    assert!(measured.efficiency().is_ok());

    measured.add_log(&folder.path().join("missing.csv"), &LogColumns::default());
    assert!(matches!(
        &measured.energy[1].joules,
        Err(EnergyUnavailable::Meter(MeterError::NotPresent { .. }))
    ));
    fs::write(&file, log.replace(",100\n", ",20\n")).unwrap();
    measured.add_log(&file, &LogColumns::default());
    assert!(matches!(
        &measured.energy[2].joules,
        Err(EnergyUnavailable::Meter(MeterError::NoLoadStep { .. }))
    ));
}
