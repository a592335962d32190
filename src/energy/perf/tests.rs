//! A simulated kernel and its faults, with sysfs trees.

use super::super::{EnergyAccount, SystemFiles};
use super::*;
use hashwatt_test_support::sysfs::write;
use std::fs;
use std::sync::Mutex;
use std::time::Duration;
use tempfile::TempDir;

const SCALE: &str = "2.3283064365386962890625e-10\n";

fn event(root: &Path, name: &str, text: &str) {
    let event = format!("bus/event_source/devices/power/events/{name}");
    write(root, &event, text);
    write(root, &format!("{event}.scale"), SCALE);
    write(root, &format!("{event}.unit"), "Joules\n");
}

/// A machine whose mask contains these processors, each with its package and die.
fn machine(cpus: &[(u32, u32, u32)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "bus/event_source/devices/power/type", "30\n");
    let mask: Vec<_> = cpus.iter().map(|(cpu, ..)| cpu.to_string()).collect();
    write(root, "bus/event_source/devices/power/cpumask", &(mask.join(",") + "\n"));
    event(root, "energy-pkg", "event=0x02\n");
    for (cpu, package, die) in cpus {
        let topology = format!("devices/system/cpu/cpu{cpu}/topology");
        write(root, &format!("{topology}/physical_package_id"), &format!("{package}\n"));
        write(root, &format!("{topology}/die_id"), &format!("{die}\n"));
    }
    folder
}

/// A kernel whose packages draw constant power, at a time set by the test. It counts like
/// `rapl_event_update`: the register has 32 bits, and a difference is interpreted as signed.
#[derive(Clone, Debug)]
struct Kernel {
    watts: f64,
    now_s: Arc<Mutex<f64>>,
    /// The type, event and processor of each opened counter.
    opened: Arc<Mutex<Vec<(u32, u64, u32)>>>,
}

#[derive(Debug)]
struct Counter {
    kernel: Kernel,
    register: u32,
    count: i64,
    timer_s: f64,
}

/// 1000 / (2 * 100) ms * 2^(32 - 16 - 1): the interval at which the kernel itself reads the register.
const TIMER_S: f64 = 163.84;

impl Counter {
    fn update(&mut self, at_s: f64) {
        // The register starts at an arbitrary value.
        let register = (self.kernel.watts * at_s * 65_536.0) as u64 as u32;
        let register = register.wrapping_add(0x9000_0000);
        self.count += i64::from(register.wrapping_sub(self.register) as i32) << 16;
        self.register = register;
    }
}

impl PerfCounter for Counter {
    fn read(&mut self) -> io::Result<u64> {
        let now = *self.kernel.now_s.lock().unwrap();
        while self.timer_s <= now {
            self.update(self.timer_s);
            self.timer_s += TIMER_S;
        }
        self.update(now);
        Ok(self.count as u64)
    }
}

impl PerfCounters for Kernel {
    fn open(&self, kind: u32, config: u64, cpu: u32) -> io::Result<Box<dyn PerfCounter>> {
        self.opened.lock().unwrap().push((kind, config, cpu));
        let kernel = self.clone();
        Ok(Box::new(Counter { kernel, register: 0x9000_0000, count: 0, timer_s: TIMER_S }))
    }
}

fn kernel(watts: f64) -> Kernel {
    Kernel { watts, now_s: Arc::default(), opened: Arc::default() }
}

fn found(root: &Path, counters: &dyn PerfCounters) -> Vec<PerfMeter> {
    PerfMeter::discover_with(&SystemFiles, root, counters).unwrap()
}

fn subjects(meters: &[PerfMeter]) -> Vec<&str> {
    meters.iter().map(|meter| meter.descriptor.subject.as_str()).collect()
}

/// An account of one counter read at these times, and the energy by the counter's last value alone.
fn replay(watts: f64, times_s: impl IntoIterator<Item = f64>) -> (EnergyAccount, f64) {
    let machine = machine(&[(0, 0, 0)]);
    let kernel = kernel(watts);
    let mut meter = found(machine.path(), &kernel).remove(0);
    let mut account = EnergyAccount::new(meter.descriptor().clone());
    let start = Instant::now();
    let mut naive = 0.0;
    for time_s in times_s {
        *kernel.now_s.lock().unwrap() = time_s;
        let at = start + Duration::from_secs_f64(time_s);
        let reading = meter.read().unwrap();
        let RawValue::Count(count) = reading.raw else { panic!("{reading:?}") };
        naive = count as i64 as f64 * 2f64.powi(-32);
        account.record(Ok(Reading { before: at, after: at, ..reading }));
    }
    (account, naive)
}

#[test]
fn counter_read_only_at_both_ends_is_refused() {
    let (account, naive) = replay(400.0, [0.0, 600.0]);
    assert_eq!(naive, -22_144.0);
    let refused = account.energy().unwrap_err();
    assert!(matches!(refused, MeterError::AmbiguousWrap { gap_ms: 600_000, .. }), "{refused}");
}

#[test]
fn counter_read_every_30_s_gives_exact_energy() {
    let (account, naive) = replay(400.0, (0..=20).map(|n| f64::from(n) * 30.0));
    assert_eq!(naive, 240_000.0);
    let energy = account.energy().unwrap();
    assert_eq!(energy.value().as_joules(), 240_000.0);
    assert_eq!(energy.provenance().kind(), "measured");
}

#[test]
fn energy_beyond_half_the_register_between_reads_is_refused() {
    // 1.2 kW for 30 s are more than half the register: the count goes down.
    let (account, _) = replay(1_200.0, [0.0, 30.0]);
    assert!(matches!(account.energy(), Err(MeterError::Reset { .. })));
}

#[test]
fn unit_finer_than_the_kernel_can_count_is_unsupported() {
    /// Counts of 2^-20 J.
    #[derive(Debug)]
    struct Fine;
    impl PerfCounters for Fine {
        fn open(&self, _: u32, _: u64, _: u32) -> io::Result<Box<dyn PerfCounter>> {
            Ok(Box::new(Fine))
        }
    }
    impl PerfCounter for Fine {
        fn read(&mut self) -> io::Result<u64> {
            Ok(7 << 12)
        }
    }
    let refused = found(machine(&[(0, 0, 0)]).path(), &Fine).remove(0).read().unwrap_err();
    assert!(matches!(refused, MeterError::Unsupported { .. }), "{refused}");
}

#[test]
fn every_package_has_its_own_counter() {
    let machine = machine(&[(0, 0, 0), (28, 1, 0)]);
    event(machine.path(), "energy-ram", "event=0x03\n");
    event(machine.path(), "energy-psys", "event=0x05\n");
    event(machine.path(), "energy-cores", "event=0x01\n");
    let kernel = kernel(100.0);
    let meters = found(machine.path(), &kernel);
    assert_eq!(
        subjects(&meters),
        ["package-0", "package-1", "dram of package-0", "dram of package-1", "psys"]
    );
    let scopes: Vec<_> = meters.iter().map(|meter| meter.descriptor.scope).collect();
    let (package, dram) = (Scope::CpuPackage, Scope::Dram);
    assert_eq!(scopes, [package, package, dram, dram, Scope::PlatformPsys]);
    let opened = kernel.opened.lock().unwrap();
    assert_eq!(*opened, [(30, 2, 0), (30, 2, 28), (30, 3, 0), (30, 3, 28), (30, 5, 0)]);
    for meter in &meters {
        let MeterQuantity::CumulativeEnergy { per_count, wrap_modulus, ceiling } =
            meter.descriptor.quantity
        else {
            panic!("{meter:?}")
        };
        assert_eq!((per_count.as_joules(), wrap_modulus), (2f64.powi(-32), None));
        let gap = meter.descriptor.max_read_gap.unwrap();
        assert!(gap <= MAX_READ_GAP && ceiling * gap <= MAX_COUNTED_ENERGY, "{meter:?}");
    }
}

#[test]
fn dies_with_counters_have_powercap_names() {
    let machine = machine(&[(0, 0, 0), (24, 0, 1), (48, 1, 0), (72, 1, 1)]);
    let meters = found(machine.path(), &kernel(100.0));
    assert_eq!(
        subjects(&meters),
        ["package-0-die-0", "package-0-die-1", "package-1-die-0", "package-1-die-1"]
    );
}

#[test]
fn dies_that_share_a_package_counter_count_once() {
    let machine = machine(&[(0, 0, 0), (8, 0, 1), (16, 1, 0), (24, 1, 1)]);
    let alias = "cpu:type:x86,ven0002fam0019mod0001:feature:,0000,0001\n";
    write(machine.path(), "devices/system/cpu/modalias", alias);
    let kernel = kernel(100.0);
    assert_eq!(subjects(&found(machine.path(), &kernel)), ["package-0", "package-1"]);
    assert_eq!(*kernel.opened.lock().unwrap(), [(30, 2, 0), (30, 2, 16)]);
}

#[test]
fn two_processors_of_one_package_share_one_counter() {
    let machine = machine(&[(0, 0, 0), (1, 0, 0)]);
    assert_eq!(subjects(&found(machine.path(), &kernel(100.0))), ["package-0"]);
}

/// Refuses to open, or opens and fails at every later read.
#[derive(Debug)]
struct Faulty {
    open: Option<i32>,
    read: i32,
}

impl PerfCounters for Faulty {
    fn open(&self, _: u32, _: u64, _: u32) -> io::Result<Box<dyn PerfCounter>> {
        match self.open {
            Some(code) => Err(io::Error::from_raw_os_error(code)),
            None => Ok(Box::new(Faulty { open: None, read: self.read })),
        }
    }
}

impl PerfCounter for Faulty {
    fn read(&mut self) -> io::Result<u64> {
        Err(io::Error::from_raw_os_error(self.read))
    }
}

fn fault(open: Option<i32>, read: i32) -> MeterError {
    let machine = machine(&[(0, 0, 0)]);
    found(machine.path(), &Faulty { open, read }).remove(0).read().unwrap_err()
}

const ENOENT: i32 = 2;
const EIO: i32 = 5;
const EACCES: i32 = 13;
const ENODEV: i32 = 19;
const EINVAL: i32 = 22;

#[test]
fn permission_denied_counter_names_the_remedy() {
    let MeterError::PermissionDenied { remedy, .. } = fault(Some(EACCES), 0) else { panic!() };
    assert!(remedy.contains("CAP_PERFMON"), "{remedy}");
    // No remedy gives all programs of the machine access to the counters.
    assert!(!remedy.contains("sysctl"), "{remedy}");
}

#[test]
fn unknown_event_is_unsupported() {
    assert!(matches!(fault(Some(ENOENT), 0), MeterError::Unsupported { .. }));
    assert!(matches!(fault(Some(EINVAL), 0), MeterError::Unsupported { .. }));
}

#[test]
fn offline_processor_is_gone() {
    assert!(matches!(fault(Some(ENODEV), 0), MeterError::Gone { .. }));
}

#[test]
fn counter_that_fails_later_is_gone() {
    assert!(matches!(fault(None, EIO), MeterError::Gone { .. }));
}

#[test]
fn package_without_a_valid_id_stays_in_the_list() {
    let machine = machine(&[(0, 0, 0), (28, 1, 0)]);
    write(machine.path(), "devices/system/cpu/cpu28/topology/physical_package_id", "?");
    let mut meters = found(machine.path(), &kernel(100.0));
    assert_eq!(subjects(&meters), ["package-0", "package of cpu 28"]);
    assert!(matches!(meters[1].read(), Err(MeterError::Malformed { .. })));
    assert!(meters[0].read().is_ok());
}

#[test]
fn missing_perf_device_is_not_present() {
    let folder = tempfile::tempdir().unwrap();
    let files: Arc<dyn FileSystem> = Arc::new(SystemFiles);
    let refused = PerfMeter::discover(&files, folder.path()).unwrap_err();
    assert!(matches!(refused, MeterError::NotPresent { .. }), "{refused}");
    let machine = machine(&[(0, 0, 0)]);
    let events = machine.path().join("bus/event_source/devices/power/events");
    fs::remove_dir_all(events).unwrap();
    let refused = PerfMeter::discover(&files, machine.path()).unwrap_err();
    assert!(matches!(refused, MeterError::NotPresent { .. }), "{refused}");
}

#[test]
fn malformed_event_files_are_refused() {
    let device = "bus/event_source/devices/power/";
    let first = |file: &str, text: &str| {
        let machine = machine(&[(0, 0, 0)]);
        write(machine.path(), &format!("{device}{file}"), text);
        PerfMeter::discover_with(&SystemFiles, machine.path(), &kernel(1.0))
            .and_then(|mut meters| meters.remove(0).read())
            .unwrap_err()
    };
    for (file, text) in [
        ("type", "power"),
        ("cpumask", ""),
        ("cpumask", "0-99999"),
        ("events/energy-pkg", "umask=2"),
        ("events/energy-pkg.scale", "0"),
        ("events/energy-pkg.scale", "-1e-10"),
        ("events/energy-pkg.scale", "NaN"),
    ] {
        let fault = first(file, text);
        assert!(matches!(fault, MeterError::Malformed { .. }), "{file} {text}: {fault}");
    }
    let fault = first("events/energy-pkg.unit", "Watts");
    assert!(matches!(fault, MeterError::Unsupported { .. }), "{fault}");
}

#[test]
fn running_kernel_counts_or_returns_a_named_error() {
    // The kernel's clock event also exists on machines without energy counters.
    const PERF_TYPE_SOFTWARE: u32 = 1;
    const PERF_COUNT_SW_CPU_CLOCK: u64 = 0;
    match SystemCounters.open(PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_CLOCK, 0) {
        Ok(mut counter) => {
            let first = counter.read().unwrap();
            assert!(counter.read().unwrap() > first);
        }
        Err(error) => {
            let message = meter_error(&error, "cpu-clock", "perf_event_open").to_string();
            assert!(message.contains("cpu-clock"), "{message}");
        }
    }
}
