//! One window for hashes and joules: the scanner, the meters and the result across modules.

use hashwatt::energy::{
    AssumedMeter, EnergyMeter, FileSystem, MeterDescriptor, MeterError, MeterQuantity, RaplMeter,
    Raw, Reading, SystemFiles,
};
use hashwatt::measure::{Measurement, MeasurementPlan, NoEnergy, Stage, Watch, measure};
use hashwatt::pow::{Header, Target};
use hashwatt::scan::{
    CpuScanner, Done, Kernel, RollingTime, ScanError, Scanner, ScannerDescriptor, Sink, StopToken,
    WorkSource, Worker,
};
use hashwatt::uncertainty::{Provenance, Scope};
use hashwatt::units::{Joules, Seconds, Watts};
use hashwatt_test_support::headers::ARBITRARY;
use hashwatt_test_support::sysfs::{PACKAGE_RANGE_UJ, rapl_zone};
use std::fs;
use std::path::Path;
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
            sink.finished(Done { work_id, range, hits, at, hardware_errors: 0, worker });
        }
        Ok(())
    }
}

fn files() -> Arc<dyn FileSystem> {
    Arc::new(SystemFiles)
}

fn rolling() -> RollingTime {
    RollingTime::new(Header::from_bytes(&ARBITRARY), Target::MAINNET_LIMIT)
}

fn plan() -> MeasurementPlan {
    MeasurementPlan::new(Seconds::from_seconds(0.3)).unwrap()
}

fn run(meters: Vec<Box<dyn EnergyMeter>>) -> Measurement {
    let mut meters = meters;
    measure(&mut Sleeper::new(), &rolling(), &mut meters, &plan(), &(), &StopToken::new()).unwrap()
}

/// A counter that advances with real time at a known power, from a state near its wrap.
struct Clockwork {
    descriptor: MeterDescriptor,
    begun: Instant,
    watts: f64,
    fails_after: Option<Duration>,
}

const MODULUS: u64 = 65_532_610_987;

impl Clockwork {
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
            begun: Instant::now(),
            watts,
            fails_after: None,
        }
    }
}

impl EnergyMeter for Clockwork {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.descriptor
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let now = Instant::now();
        let since = now - self.begun;
        if self.fails_after.is_some_and(|after| since > after) {
            return Err(MeterError::Gone {
                meter: "clockwork".to_owned(),
                reason: "EIO".to_owned(),
            });
        }
        let microjoules = (since.as_secs_f64() * self.watts * 1e6) as u64;
        Ok(Reading::new(now, now, Raw::Count((MODULUS - 30_000_000 + microjoules) % MODULUS)))
    }
}

#[test]
fn energy_and_hashes_share_the_window() {
    let measured = run(vec![Box::new(Clockwork::new(150.0))]);
    assert!(measured.complete && measured.duration.as_seconds() >= 0.3);
    let joules = measured.energy[0].joules.as_ref().unwrap();
    // The counter wrapped on the way; its power over the window is still exact.
    assert!((joules.value() / measured.duration).as_watts() > 149.999);
    assert!((joules.value() / measured.duration).as_watts() < 150.001);
    // J/TH is that energy over those hashes.
    let efficiency = measured.efficiency().unwrap();
    let expected = joules.value().as_joules() / (measured.hashes as f64 / 1e12);
    assert!((efficiency.value().as_j_per_th() / expected - 1.0).abs() < 1e-12);
    // A meter from outside the crate never yields a measured figure.
    assert_eq!(efficiency.estimate().provenance().kind(), "user_reported");
}

#[test]
fn the_warm_up_is_outside_the_window() {
    /// Counts all that the scanner ever finished.
    struct All(std::sync::atomic::AtomicU64);
    impl Sink for All {
        fn finished(&self, done: Done) {
            self.0.fetch_add(done.range.len(), std::sync::atomic::Ordering::Relaxed);
        }
    }
    impl Watch for All {}
    let all = All(0.into());
    let plan = plan().with_warm_up(Seconds::from_seconds(0.3)).unwrap();
    let stop = StopToken::new();
    let measured = measure(&mut Sleeper::new(), &rolling(), &mut [], &plan, &all, &stop).unwrap();
    let all = all.0.into_inner();
    // As long a warm-up as the window: a good part of all batches lies before it.
    assert!(measured.hashes > 0 && measured.hashes < all * 3 / 4, "{} of {all}", measured.hashes);
}

#[test]
fn a_panic_of_a_scanner_a_meter_or_a_sink_comes_through() {
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
            ONE.get_or_init(|| Clockwork::new(1.0).descriptor)
        }
        fn read(&mut self) -> Result<Reading, MeterError> {
            panic!("meter")
        }
    }
    impl Sink for Broken {
        fn finished(&self, _: Done) {
            panic!("sink")
        }
    }
    impl Watch for Broken {}
    let attempt =
        |scanner: &mut dyn Scanner, meters: Vec<Box<dyn EnergyMeter>>, sink: &dyn Watch| {
            let mut meters = meters;
            let run = std::panic::AssertUnwindSafe(|| {
                measure(scanner, &rolling(), &mut meters, &plan(), sink, &StopToken::new())
            });
            std::panic::catch_unwind(run).is_err()
        };
    assert!(attempt(&mut Broken, Vec::new(), &()));
    assert!(attempt(&mut Sleeper::new(), vec![Box::new(Broken)], &()));
    assert!(attempt(&mut Sleeper::new(), Vec::new(), &Broken));
    assert!(attempt(&mut CpuScanner::new(Kernel::Sha2, 2).unwrap(), Vec::new(), &Broken));
}

#[test]
fn a_meters_greatest_gap_is_kept() {
    struct Counting(Clockwork, std::sync::Arc<std::sync::atomic::AtomicUsize>);
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
    let mut clockwork = Clockwork::new(100.0);
    clockwork.descriptor.max_read_gap = Some(Seconds::from_seconds(0.005));
    run(vec![Box::new(Counting(clockwork, std::sync::Arc::clone(&reads)))]);
    // At least every 5 ms of a window of 0.3 s.
    let reads = reads.load(std::sync::atomic::Ordering::Relaxed);
    assert!(reads > 60, "{reads}");
}

#[test]
fn without_a_sensor_there_is_no_efficiency_but_a_rate() {
    let measured = run(Vec::new());
    assert!(measured.hashes > 0);
    assert_eq!(measured.efficiency(), Err(NoEnergy::NoMeter));
}

#[test]
fn a_dead_sensor_leaves_the_rate_and_its_reason() {
    let dying =
        Clockwork { fails_after: Some(Duration::from_millis(300)), ..Clockwork::new(100.0) };
    let measured = run(vec![Box::new(dying)]);
    assert!(measured.complete && measured.hashrate.is_some());
    assert!(matches!(measured.efficiency(), Err(NoEnergy::Meter(MeterError::Gone { .. }))));
}

#[test]
fn assumed_watts_stay_assumed_and_yield_to_any_reading() {
    let assumed = || Box::new(AssumedMeter::new(Watts::from_watts(40.0)).unwrap());
    let measured = run(vec![assumed()]);
    let energy = measured.energy_of_widest_scope().unwrap();
    assert_eq!(energy.provenance().kind(), "assumed");
    assert!(((energy.value() / measured.duration).as_watts() - 40.0).abs() < 1e-9);

    let both = run(vec![assumed(), Box::new(Clockwork::new(150.0))]);
    let energy = both.energy_of_widest_scope().unwrap();
    assert_eq!(energy.provenance().kind(), "user_reported");
}

#[test]
fn a_stop_gives_a_valid_partial_result() {
    let stop = StopToken::new();
    let plan = MeasurementPlan::new(Seconds::from_seconds(600.0))
        .unwrap()
        .with_warm_up(Seconds::from_seconds(0.05))
        .unwrap();
    let mut meters: Vec<Box<dyn EnergyMeter>> = vec![Box::new(Clockwork::new(150.0))];
    let measured = std::thread::scope(|scope| {
        let token = stop.clone();
        scope.spawn(move || {
            std::thread::sleep(Duration::from_millis(1_300));
            token.stop();
        });
        let scanner = &mut CpuScanner::new(Kernel::Sha2, 2).unwrap();
        measure(scanner, &rolling(), &mut meters, &plan, &(), &stop).unwrap()
    });
    assert!(!measured.complete);
    assert!(measured.hashes > 0 && measured.duration.as_seconds() < 599.0);
    let power = measured.energy[0].joules.as_ref().unwrap().value() / measured.duration;
    assert!((power.as_watts() - 150.0).abs() < 1.0, "{power}");
}

#[test]
fn a_stop_before_the_window_measures_nothing_and_says_so() {
    let stop = StopToken::new();
    stop.stop();
    let mut meters: Vec<Box<dyn EnergyMeter>> = vec![Box::new(Clockwork::new(150.0))];
    let measured =
        measure(&mut Sleeper::new(), &rolling(), &mut meters, &plan(), &(), &stop).unwrap();
    assert!(!measured.complete && measured.hashrate.is_none());
    assert_eq!(measured.efficiency(), Err(NoEnergy::NoWindow));
}

/// Asks to stop when a stage begins, and remembers those that began.
struct StopAt {
    stage: Stage,
    stop: StopToken,
    entered: std::sync::Mutex<Vec<Stage>>,
}

impl Sink for StopAt {
    fn finished(&self, _: Done) {}
}

impl Watch for StopAt {
    fn entered(&self, stage: Stage) {
        self.entered.lock().unwrap().push(stage);
        if stage == self.stage {
            self.stop.stop();
        }
    }
}

#[test]
fn a_stop_in_any_stage_keeps_what_was_measured_before() {
    use Stage::{IdleAfter, IdleBefore, WarmUp, Window};
    let plan = MeasurementPlan::new(Seconds::from_seconds(0.2)).unwrap();
    let plan = plan.with_warm_up(Seconds::from_seconds(0.05)).unwrap();
    let plan = plan.with_idle(Seconds::from_seconds(0.1)).unwrap();
    for (stage, has_rate) in
        [(IdleBefore, false), (WarmUp, false), (Window, true), (IdleAfter, true)]
    {
        let stop = StopToken::new();
        let watch = StopAt { stage, stop: stop.clone(), entered: Vec::new().into() };
        let mut meters: Vec<Box<dyn EnergyMeter>> = vec![Box::new(Clockwork::new(150.0))];
        let scanner = &mut Sleeper::new();
        let measured = measure(scanner, &rolling(), &mut meters, &plan, &watch, &stop).unwrap();
        assert!(!measured.complete, "{stage}");
        assert_eq!(measured.hashrate.is_some(), has_rate, "{stage}");
        assert!(measured.to_string().contains("INCOMPLETE"), "{stage}");
        let entered = watch.entered.into_inner().unwrap();
        assert!([IdleBefore, WarmUp, Window, IdleAfter].starts_with(&entered), "{entered:?}");
        assert!(entered.contains(&stage), "{entered:?}");
    }
    // Nobody stopped: all of it.
    let (stop, other) = (StopToken::new(), StopToken::new());
    let watch = StopAt { stage: WarmUp, stop: other, entered: Vec::new().into() };
    let measured = measure(&mut Sleeper::new(), &rolling(), &mut [], &plan, &watch, &stop).unwrap();
    assert!(measured.complete);
    let entered = watch.entered.into_inner().unwrap();
    assert_eq!(entered, [IdleBefore, WarmUp, Window, IdleAfter]);
}

#[test]
fn windows_that_are_none_are_refused() {
    for bad in [0.0, -1.0, 0.1, f64::NAN, f64::INFINITY, 1e12] {
        assert!(MeasurementPlan::new(Seconds::from_seconds(bad)).is_err(), "{bad}");
    }
    for bad in [-1.0, f64::NAN, f64::INFINITY, 1e12] {
        assert!(plan().with_warm_up(Seconds::from_seconds(bad)).is_err(), "{bad}");
    }
}

#[test]
fn an_analysers_log_is_found_by_the_load() {
    let plan = MeasurementPlan::new(Seconds::from_seconds(2.5)).unwrap();
    let plan = plan.with_warm_up(Seconds::from_seconds(0.3)).unwrap();
    let mut measured =
        measure(&mut Sleeper::new(), &rolling(), &mut [], &plan, &(), &StopToken::new()).unwrap();
    // 50 Hz on a clock of its own, on which the load began at 1012.345 s: 20 W idle, 100 W load.
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
    measured.add_log(&file);
    let joules = measured.energy[0].joules.as_ref().unwrap();
    assert!(((joules.value() / measured.duration).as_watts() - 100.0).abs() < 0.5, "{joules:?}");
    // However good the analyser, the file is the user's.
    assert_eq!(joules.provenance().kind(), "user_reported");
    assert!(measured.efficiency().is_ok());

    measured.add_log(&folder.path().join("missing.csv"));
    assert!(matches!(
        &measured.energy[1].joules,
        Err(NoEnergy::Meter(MeterError::NotPresent { .. }))
    ));
    fs::write(&file, log.replace(",100\n", ",20\n")).unwrap();
    measured.add_log(&file);
    assert!(matches!(
        &measured.energy[2].joules,
        Err(NoEnergy::Meter(MeterError::NoLoadStep { .. }))
    ));
}

/// A zone with the usual range.
fn zone(root: &Path, id: &str, name: &str, energy_uj: &str) {
    rapl_zone(root, id, name, PACKAGE_RANGE_UJ, energy_uj);
}

#[test]
fn rapl_zones_are_found_by_their_names() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    zone(root, "intel-rapl:0", "package-0-die-0", "1000");
    zone(root, "intel-rapl:0/intel-rapl:0:0", "core", "500");
    zone(root, "intel-rapl:0/intel-rapl:0:1", "dram", "600");
    zone(root, "intel-rapl:0:1", "dram", "600");
    zone(root, "intel-rapl:1", "package-1", "garbage");
    zone(root, "intel-rapl:2", "psys", "7");
    zone(root, "intel-rapl-mmio:0", "package-0", "1000");

    let mut found = RaplMeter::discover(&files(), root).unwrap();
    let scopes: Vec<_> = found.iter().map(|zone| zone.descriptor().scope).collect();
    assert_eq!(scopes, [Scope::CpuPackage, Scope::Dram, Scope::CpuPackage, Scope::PlatformPsys]);
    let reads: Vec<_> = found.iter_mut().map(EnergyMeter::read).collect();
    assert!(reads[0].is_ok() && reads[1].is_ok() && reads[3].is_ok(), "{reads:?}");
    assert!(matches!(&reads[2], Err(MeterError::Malformed { text, .. }) if text == "garbage"));

    let nowhere = RaplMeter::discover(&files(), &root.join("missing"));
    assert!(matches!(nowhere, Err(MeterError::NotPresent { .. })));
}

#[test]
fn a_zone_without_its_range_cannot_be_read() {
    let root = tempfile::tempdir().unwrap();
    zone(root.path(), "intel-rapl:0", "package-0", "1000");
    fs::remove_file(root.path().join("intel-rapl:0/max_energy_range_uj")).unwrap();
    let mut found = RaplMeter::discover(&files(), root.path()).unwrap();
    assert!(matches!(found[0].read(), Err(MeterError::Gone { .. })));
}

#[test]
fn a_package_that_cannot_be_read_spoils_the_sum_and_memory_does_not_stand_in() {
    let root = tempfile::tempdir().unwrap();
    zone(root.path(), "intel-rapl:0", "package-0", "1000");
    zone(root.path(), "intel-rapl:1", "package-1", "garbage");
    zone(root.path(), "intel-rapl:0:1", "dram", "600");
    let meters = RaplMeter::discover(&files(), root.path()).unwrap();
    let boxed = |meter| Box::new(meter) as Box<dyn EnergyMeter>;
    // The counters of this tree stand still, so what can be read is stuck.
    let measured = run(meters.into_iter().map(boxed).collect());
    assert_eq!(measured.energy.len(), 3);
    assert!(matches!(measured.efficiency(), Err(NoEnergy::Meter(_))));
}

/// A RAPL zone of a fake tree whose counter is brought up to date before each read, as a kernel
/// does: no thread has to keep pace with the clock.
struct Driven {
    meter: RaplMeter,
    counter: std::path::PathBuf,
    begun: Instant,
    watts: f64,
    from: u64,
}

impl EnergyMeter for Driven {
    fn descriptor(&self) -> &MeterDescriptor {
        self.meter.descriptor()
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let microjoules = (self.begun.elapsed().as_secs_f64() * self.watts * 1e6) as u64;
        fs::write(&self.counter, ((self.from + microjoules) % PACKAGE_RANGE_UJ).to_string())
            .unwrap();
        self.meter.read()
    }
}

#[test]
fn rapl_over_a_wrap_is_measured_and_the_widest_scope_wins() {
    let root = tempfile::tempdir().unwrap();
    zone(root.path(), "intel-rapl:0", "package-0", "0");
    zone(root.path(), "intel-rapl:1", "psys", "0");
    // 100 W and 160 W; the package wraps in the middle of the window.
    let states = [(100.0, PACKAGE_RANGE_UJ - 35_000_000), (160.0, 0)];
    let zones =
        RaplMeter::discover(&files(), root.path()).unwrap().into_iter().zip(states).enumerate();
    let mut meters: Vec<Box<dyn EnergyMeter>> = Vec::new();
    for (i, (meter, (watts, from))) in zones {
        let counter = root.path().join(format!("intel-rapl:{i}/energy_uj"));
        meters.push(Box::new(Driven { meter, counter, begun: Instant::now(), watts, from }));
    }
    let plan = MeasurementPlan::new(Seconds::from_seconds(0.6)).unwrap();
    let scanner = &mut Sleeper::new();
    let measured =
        measure(scanner, &rolling(), &mut meters, &plan, &(), &StopToken::new()).unwrap();

    // Some sixty joules; a wrap taken for a reading or undone twice would be off by 262,143 J.
    let package = measured.energy[0].joules.as_ref().unwrap().value().as_joules();
    assert!((1.0..1000.0).contains(&package), "{package} J");
    let energy = measured.energy_of_widest_scope().unwrap();
    let Provenance::Measured(proof) = energy.provenance() else { panic!("{energy:?}") };
    assert_eq!(proof.scope(), Scope::PlatformPsys);
    assert!(proof.meter().contains("psys"));
    assert!(energy.standard_uncertainty().is_some());
    // A tree that is not the system's shows in the meter's name.
    assert!(proof.meter().contains(&root.path().display().to_string()));
}

/// `HASHWATT_FULL=1` reads at 10 Hz, for the figure of benches/RESULTS.md; else the window is short
/// and the meter is read at 100 Hz.
#[test]
fn what_sampling_costs_is_known() {
    let root = tempfile::tempdir().unwrap();
    zone(root.path(), "intel-rapl:0", "package-0", "1000");
    let full = std::env::var_os("HASHWATT_FULL").is_some();
    let window = if full { 25.6 } else { 2.56 };
    let plan = MeasurementPlan::new(Seconds::from_seconds(window)).unwrap();
    let plan = plan.with_warm_up(Seconds::from_seconds(0.2)).unwrap();
    let mut meters: Vec<Box<dyn EnergyMeter>> = Vec::new();
    for meter in RaplMeter::discover(&files(), root.path()).unwrap() {
        meters.push(Box::new(Moving { meter, raw: 0 }));
    }
    let scanner = &mut Sleeper::new();
    let measured =
        measure(scanner, &rolling(), &mut meters, &plan, &(), &StopToken::new()).unwrap();
    let readings = measured.energy[0].readings;
    assert!(readings > 100, "{readings}");
    let share = measured.sampling_core_share;
    println!("{readings} readings in {window} s: {share:?} of a core");
    // On Linux the system tells; what it costs is no assertion on a shared machine.
    assert_eq!(share.is_some(), cfg!(target_os = "linux"));
    assert!(share.is_none_or(|share| share > 0.0 && share < 1.0), "{share:?}");
}

/// Reads the file of a RAPL zone, whose counter stands still, and adds what a kernel would.
struct Moving {
    meter: RaplMeter,
    raw: u64,
}

impl EnergyMeter for Moving {
    fn descriptor(&self) -> &MeterDescriptor {
        self.meter.descriptor()
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let read = self.meter.read()?;
        self.raw += 1_000;
        Ok(Reading::new(read.before(), read.after(), Raw::Count(self.raw)))
    }
}
