//! NVIDIA's meters with a stub of the driver's library, built from `stubs/nvml.c` with the system's C
//! compiler. Without a compiler the tests are skipped, unless `HASHWATT_REQUIRE_CC=1` requires it.

#![cfg(unix)]

use hashwatt::energy::{
    EnergyAccount, EnergyMeter, MeterError, MeterQuantity, NvmlMeter, RawValue,
};
use hashwatt::uncertainty::Scope;
use hashwatt::units::{Joules, Seconds};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const UNINITIALIZED: i64 = 1;
const NOT_SUPPORTED: i64 = 3;
const NO_PERMISSION: i64 = 4;
const DRIVER_NOT_LOADED: i64 = 9;
const GPU_IS_LOST: i64 = 15;
const LIB_RM_VERSION_MISMATCH: i64 = 18;

/// `NVML_DEVICE_ARCH_TURING`, `_HOPPER`.
const TURING: i64 = 6;
const HOPPER: i64 = 9;

/// A copy of the library with its control file. Each test has its own copy, so that tests can run
/// in parallel in one process.
struct Stub {
    folder: TempDir,
    values: BTreeMap<String, i64>,
}

/// A library with two GPUs; `None` without a C compiler.
fn stub(without: &[&str]) -> Option<Stub> {
    let folder = tempfile::tempdir().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stubs/nvml.c");
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-o"]).arg(library(folder.path())).arg(source);
    compiler.args(without.iter().map(|symbol| format!("-DWITHOUT_{symbol}"))).arg("-ldl");
    let built = match compiler.output() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let is_required = std::env::var_os("HASHWATT_REQUIRE_CC").is_some_and(|v| v == "1");
            assert!(!is_required, "HASHWATT_REQUIRE_CC=1, and there is no `cc`");
            eprintln!("skipped: there is no C compiler `cc` to build the stub with");
            return None;
        }
        built => built.unwrap(),
    };
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut stub = Stub { folder, values: BTreeMap::new() };
    stub.set("count", 2);
    for gpu in 0..2 {
        for (what, value) in [
            ("energy", 5_000_000_000_000 + gpu),
            ("power", 300_000 + gpu),
            ("sm", 1_980),
            ("temperature", 61),
            ("limit", 350_000),
            ("reasons", 0),
            ("generation", HOPPER),
        ] {
            stub.set(&format!("{gpu}.{what}"), value);
        }
    }
    Some(stub)
}

fn library(folder: &Path) -> PathBuf {
    folder.join("libnvidia-ml.so.1")
}

impl Stub {
    fn set(&mut self, key: &str, value: i64) {
        self.values.insert(key.to_owned(), value);
        let lines = self.values.iter().map(|(key, value)| format!("{key}={value}\n"));
        // Rename the new file into place, since another process may be reading the old one.
        let new = self.folder.path().join("new");
        fs::write(&new, lines.collect::<String>()).unwrap();
        fs::rename(&new, self.folder.path().join("control")).unwrap();
    }
    fn discover(&self) -> Result<Vec<NvmlMeter>, MeterError> {
        NvmlMeter::discover(Some(&library(self.folder.path())))
    }
    fn open(&self, index: u32) -> Result<Vec<NvmlMeter>, MeterError> {
        NvmlMeter::open(index, Some(&library(self.folder.path())))
    }
    /// The energy counter of the first GPU.
    fn counter(&self) -> NvmlMeter {
        self.open(0).unwrap().remove(0)
    }
    /// An account of that counter from its current value to `count`.
    fn account_to(&mut self, count: i64) -> EnergyAccount {
        let mut meter = self.counter();
        let mut account = EnergyAccount::new(meter.descriptor().clone());
        account.record(meter.read());
        self.set("0.energy", count);
        account.record(meter.read());
        account
    }
}

fn is_energy(meter: &NvmlMeter) -> bool {
    matches!(meter.descriptor().quantity, MeterQuantity::CumulativeEnergy { .. })
}

#[test]
fn each_gpu_has_energy_counter_and_power_of_same_subject() {
    let Some(mut stub) = stub(&[]) else { return };
    stub.set("1.generation", TURING);
    let mut meters = stub.discover().unwrap();
    let subjects: Vec<_> = meters.iter().map(|meter| &*meter.descriptor().subject).collect();
    assert_eq!(subjects, ["GPU-stub-0", "GPU-stub-0", "GPU-stub-1", "GPU-stub-1"]);
    assert!(meters.iter().all(|meter| meter.descriptor().scope == Scope::GpuBoard));
    assert_eq!(meters.iter().map(is_energy).collect::<Vec<_>>(), [true, false, true, false]);
    let raw: Vec<_> = meters.iter_mut().map(|meter| meter.read().unwrap().raw()).collect();
    assert_eq!(raw[0], RawValue::Count(5_000_000_000_000));
    assert_eq!(raw[2], RawValue::Count(5_000_000_000_001));
    for (raw, watts) in [(raw[1], 300.0), (raw[3], 300.001)] {
        let RawValue::Power(power) = raw else { panic!("{raw:?}") };
        assert!((power.as_watts() - watts).abs() < 1e-9, "{power}");
    }
    // The counter has no averaging; the documentation of the driver states one second for a Hopper's power.
    let averaging: Vec<_> = meters
        .iter()
        .map(|meter| match meter.descriptor().quantity {
            MeterQuantity::Power { averaging, .. } => averaging.map(Seconds::as_seconds),
            _ => None,
        })
        .collect();
    assert_eq!(averaging, [None, Some(1.0), None, Some(0.0)]);
    // The first is an H100, the second is not.
    let caveats: Vec<_> = meters.iter().map(|meter| meter.descriptor().caveat.clone()).collect();
    assert!(caveats[0].as_ref().unwrap().contains("steady load"), "{caveats:?}");
    assert_eq!(caveats[2], None);
    let basis = meters[0].descriptor().tolerance.as_ref().unwrap().basis.clone();
    assert_eq!(basis, "assumed: NVML documents +-5 % for older boards only");
}

#[test]
fn board_is_identified_by_pci_address() {
    let Some(stub) = stub(&[]) else { return };
    let meters = stub.discover().unwrap();
    let of = |meter: &NvmlMeter| meter.gpu().unwrap().address.unwrap().to_string();
    let addresses: Vec<_> = meters.iter().map(of).collect();
    let [first, second] = ["0000:41:00.0", "0000:42:00.0"];
    assert_eq!(addresses, [first, first, second, second]);
    assert!(meters.iter().all(|meter| meter.gpu().unwrap().vendor_id == Some(0x10de)));
}

#[test]
fn impossible_board_power_is_refused() {
    let Some(mut stub) = stub(&[]) else { return };
    stub.set("0.power", u32::MAX.into());
    let mut meters = stub.open(0).unwrap();
    let faults: Vec<_> = meters.iter_mut().map(|meter| meter.read().err()).collect();
    let [None, Some(MeterError::Implausible { reason, .. })] = &faults[..] else {
        panic!("{faults:?}")
    };
    assert!(reason.contains("cannot be the power of a GPU board"), "{reason}");
}

#[test]
fn energy_counter_is_read_in_millijoules() {
    let Some(mut stub) = stub(&[]) else { return };
    let energy = stub.account_to(5_000_000_123_456).energy().unwrap();
    assert_eq!(energy.value(), Joules::from_joules(1e-3) * 123_456.0);
    assert_eq!(energy.provenance().kind(), "measured");
}

#[test]
fn gpu_is_opened_by_index() {
    let Some(stub) = stub(&[]) else { return };
    let meters = stub.open(1).unwrap();
    assert!(meters.iter().all(|meter| meter.descriptor().subject == "GPU-stub-1"));
    let Err(MeterError::NotPresent { remedy, .. }) = stub.open(2) else { panic!() };
    assert!(remedy.contains("the number of GPUs is 2"), "{remedy}");
}

#[test]
fn unsupported_quantity_is_omitted() {
    let Some(mut stub) = stub(&[]) else { return };
    stub.set("0.energy!", NOT_SUPPORTED);
    let meters = stub.open(0).unwrap();
    assert_eq!(meters.iter().map(is_energy).collect::<Vec<_>>(), [false]);
    // Without either quantity, the list gives the reason.
    stub.set("0.power!", NOT_SUPPORTED);
    let mut meters = stub.open(0).unwrap();
    assert_eq!(meters.len(), 1);
    assert!(matches!(meters[0].read(), Err(MeterError::Unsupported { .. })));
}

#[test]
fn library_without_symbol_is_handled() {
    let Some(stub) = stub(&["ENERGY"]) else { return };
    let meters = stub.discover().unwrap();
    assert_eq!(meters.iter().map(is_energy).collect::<Vec<_>>(), [false, false]);
    let stub = self::stub(&["ENERGY", "POWER"]).unwrap();
    let mut meters = stub.open(0).unwrap();
    let Err(MeterError::Unsupported { reason, .. }) = meters[0].read() else { panic!() };
    assert!(reason.contains("nvmlDeviceGetTotalEnergyConsumption"), "{reason}");
    let stub = self::stub(&["SHUTDOWN"]).unwrap();
    assert!(matches!(stub.discover(), Err(MeterError::Unsupported { .. })));
}

#[test]
fn lost_gpu_is_reported_as_gone() {
    for key in ["0.energy!", "0.handle!"] {
        for code in [GPU_IS_LOST, UNINITIALIZED] {
            let Some(mut stub) = stub(&[]) else { return };
            let mut meter = stub.counter();
            let mut account = EnergyAccount::new(meter.descriptor().clone());
            account.record(meter.read());
            stub.set(key, code);
            account.record(meter.read());
            assert!(matches!(account.energy(), Err(MeterError::Gone { .. })), "{key} {code}");
            assert!(key == "0.energy!" || meter.conditions().is_none());
        }
    }
}

#[test]
fn gpu_lost_before_discovery_stays_listed() {
    let Some(mut stub) = stub(&[]) else { return };
    stub.set("1.handle!", GPU_IS_LOST);
    let mut meters = stub.discover().unwrap();
    let works: Vec<_> = meters.iter_mut().map(|meter| meter.read().is_ok()).collect();
    assert_eq!(works, [true, true, false, false]);
}

#[test]
fn permission_error_names_remedy() {
    let Some(mut stub) = stub(&[]) else { return };
    stub.set("0.energy!", NO_PERMISSION);
    let mut meter = stub.counter();
    let Err(MeterError::PermissionDenied { remedy, .. }) = meter.read() else { panic!() };
    assert!(remedy.contains("/dev/nvidia"), "{remedy}");
}

#[test]
fn constant_counter_is_reported_as_stuck() {
    let Some(stub) = stub(&[]) else { return };
    let mut meter = stub.counter();
    let mut account = EnergyAccount::new(meter.descriptor().clone());
    account.record(meter.read());
    account.record(meter.read());
    assert!(matches!(account.energy(), Err(MeterError::Stuck { .. })));
}

#[test]
fn restarted_counter_is_reported_as_reset() {
    let Some(mut stub) = stub(&[]) else { return };
    let account = stub.account_to(0);
    assert!(matches!(account.energy(), Err(MeterError::Reset { .. })));
}

#[test]
fn missing_library_is_reported_as_not_present() {
    let folder = tempfile::tempdir().unwrap();
    let refused = NvmlMeter::discover(Some(&library(folder.path()))).unwrap_err();
    let MeterError::NotPresent { remedy, .. } = refused else { panic!("{refused}") };
    assert!(remedy.contains("driver"), "{remedy}");
    // Nor is a file that is not a library.
    fs::write(library(folder.path()), "text").unwrap();
    let refused = NvmlMeter::discover(Some(&library(folder.path()))).unwrap_err();
    assert!(matches!(refused, MeterError::NotPresent { .. }), "{refused}");
}

#[test]
fn stopped_driver_is_reported_as_not_present() {
    for (code, remedy) in
        [(DRIVER_NOT_LOADED, "kernel module"), (LIB_RM_VERSION_MISMATCH, "restart")]
    {
        let Some(mut stub) = stub(&[]) else { return };
        stub.set("init!", code);
        let refused = stub.discover().unwrap_err();
        assert!(matches!(refused, MeterError::NotPresent { .. }), "{refused}");
        assert!(refused.to_string().contains(remedy), "{refused}");
    }
}

#[test]
fn driver_without_gpus_is_reported_as_not_present() {
    let Some(mut stub) = stub(&[]) else { return };
    stub.set("count", 0);
    assert!(matches!(stub.discover(), Err(MeterError::NotPresent { .. })));
}

#[test]
fn conditions_are_read_with_energy() {
    let Some(mut stub) = stub(&[]) else { return };
    let mut meter = stub.counter();
    let conditions = meter.conditions().unwrap();
    assert_eq!(conditions.clock.unwrap().as_mhz(), 1_980.0);
    assert_eq!(conditions.temperature.unwrap().as_celsius(), 61.0);
    assert!((conditions.power_limit.unwrap().as_watts() - 350.0).abs() < 1e-9);
    assert_eq!(conditions.throttled, Some(Vec::new()));
    // Idling is not throttling; the power cap and the temperature limit are.
    for (reasons, words) in [
        (0x1, vec![]),
        (0x4, vec!["software power cap"]),
        (0x21, vec!["software thermal slowdown"]),
        (0x88, vec!["hardware slowdown", "hardware power brake slowdown"]),
    ] {
        stub.set("0.reasons", reasons);
        assert_eq!(meter.conditions().unwrap().throttled.unwrap(), words, "{reasons:#x}");
    }
    stub.set("0.reasons!", NOT_SUPPORTED);
    stub.set("0.temperature!", NOT_SUPPORTED);
    let conditions = meter.conditions().unwrap();
    assert_eq!((conditions.throttled, conditions.temperature), (None, None));
}

/// Runs a bench that finds the stub by the loader's path, as it would find NVIDIA's library.
#[cfg(target_os = "linux")]
fn bench(stub: &mut Stub, arguments: &[&str], rate_mw: i64) -> serde_json::Value {
    use std::time::{Duration, Instant};

    let mut command = Command::new(env!("CARGO_BIN_EXE_hashwatt"));
    command.args(["bench", "--seconds", "1", "--warm-up", "0.2", "--kernel", "sha2", "--json"]);
    command.args(arguments).env("LD_LIBRARY_PATH", stub.folder.path());
    let mut child = command.stdout(std::process::Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        let millijoules = begun.elapsed().as_secs_f64() * rate_mw as f64;
        stub.set("0.energy", 5_000_000_000 + millijoules as i64);
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn bench_of_throttled_board_is_measured_and_labelled() {
    let Some(mut stub) = stub(&[]) else { return };
    stub.set("count", 1);
    stub.set("0.reasons", 0x4);
    let report = bench(&mut stub, &["--meter", "nvml:0"], 300_000);
    assert_eq!(
        (&report["provenance"], &report["energy_scope"]),
        (&"measured".into(), &"gpu_board".into())
    );
    // 300 W by the counter, and by the power reading, which is compared and not added.
    let watts = report["meters"][0]["mean_power_w"].as_f64().unwrap();
    assert!((watts / 300.0 - 1.0).abs() < 0.2, "{watts}");
    assert_eq!(report["energy_j"], report["meters"][0]["energy_j"]);
    assert_eq!(report["cross_checks"].as_array().unwrap().len(), 1);
    assert_eq!(report["throttled"], true);
    let conditions = &report["meters"][0]["conditions"];
    assert_eq!(conditions["throttled"], serde_json::json!(["software power cap"]));
    assert_eq!(conditions["clock_mhz"][1], 1_980.0);
    // The power reading never changes, and this is reported.
    assert_eq!(report["meters"][1]["unchanged"], true);
    assert_eq!(report["meters"][1]["averaging_s"], 1.0);
    assert_eq!(report["uncertainty"]["coverage_factor"], 2.0);
    assert_is_of_its_schema(&report);
}

#[cfg(target_os = "linux")]
#[test]
fn bench_of_lost_board_reports_hashrate_and_reason() {
    let Some(mut stub) = stub(&[]) else { return };
    stub.set("count", 1);
    stub.set("0.energy!", GPU_IS_LOST);
    stub.set("0.power!", GPU_IS_LOST);
    let report = bench(&mut stub, &["--meter", "nvml:0", "--watts", "40"], 300_000);
    assert!(report["hashrate_mh_s"].as_f64().unwrap() > 0.0);
    // The assumed watts are used and marked as such; the sensor gives its reason.
    assert_eq!(report["provenance"], "assumed");
    assert_eq!(report["meters"][0]["energy_j"], serde_json::Value::Null);
    assert!(report["meters"][0]["reason"].as_str().unwrap().contains("stopped responding"));
    let report = bench(&mut stub, &["--meter", "nvml:0"], 300_000);
    assert!(report["j_per_th"].is_null() && report["energy_j"].is_null());
    assert!(report["energy_reason"].as_str().unwrap().contains("stopped responding"), "{report}");
    assert_is_of_its_schema(&report);
}

#[cfg(target_os = "linux")]
fn assert_is_of_its_schema(output: &serde_json::Value) {
    let schema = serde_json::to_value(hashwatt_report::schema("bench").unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator.iter_errors(output).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}
