//! The sensors that Linux shows as files, against trees as sysfs shows them and against every
//! fault of the files.

#[path = "stubs/faulty.rs"]
mod faulty;

use faulty::{EACCES, EIO, ENODEV, EOPNOTSUPP, EPERM, Faulty};
use hashwatt::energy::{
    EnergyAccount, EnergyMeter, HwmonMeter, MeterError, MeterQuantity, RaplMeter, Raw, Reading,
};
use hashwatt::uncertainty::Scope;
use hashwatt::units::Seconds;
use hashwatt_test_support::sysfs::{PACKAGE_RANGE_UJ, rapl_zone, write};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

fn subjects<M: EnergyMeter>(meters: &[M]) -> Vec<&str> {
    meters.iter().map(|meter| meter.descriptor().subject.as_str()).collect()
}

fn scopes<M: EnergyMeter>(meters: &[M]) -> Vec<Scope> {
    meters.iter().map(|meter| meter.descriptor().scope).collect()
}

/// What is no number of a sensor, and more of it than any file of sysfs has.
fn nonsense() -> Vec<String> {
    ["", "\n", "N/A", "-5", "1.5", "0x10", "12 13", "99999999999999999999"]
        .into_iter()
        .map(str::to_owned)
        .chain(["1".repeat(70_000)])
        .collect()
}

const DRAM_RANGE: u64 = 65_532_610_987;

fn one_package(energy_uj: u64) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    rapl_zone(root.path(), "intel-rapl:0", "package-0", PACKAGE_RANGE_UJ, energy_uj);
    root
}

fn rapl(root: &Path) -> Vec<RaplMeter> {
    RaplMeter::discover(&Faulty::default().files(), root).unwrap()
}

fn account_of(meter: &dyn EnergyMeter) -> EnergyAccount {
    EnergyAccount::new(meter.descriptor().clone())
}

/// Each state of a counter's file read in turn.
fn play(meter: &mut dyn EnergyMeter, file: &Path, states: &[u64]) -> EnergyAccount {
    let mut account = account_of(meter);
    for state in states {
        fs::write(file, format!("{state}\n")).unwrap();
        account.take(meter.read());
    }
    account
}

fn microjoules(account: &EnergyAccount) -> Result<u64, MeterError> {
    Ok((account.energy()?.value().as_joules() * 1e6).round() as u64)
}

#[test]
fn every_die_is_a_zone_of_its_own() {
    let root = tempfile::tempdir().unwrap();
    for (zone_id, package, die) in [(0, 0, 0), (1, 0, 1), (2, 1, 0), (3, 1, 1)] {
        let name = format!("package-{package}-die-{die}");
        rapl_zone(root.path(), &format!("intel-rapl:{zone_id}"), &name, PACKAGE_RANGE_UJ, 1);
    }
    let meters = rapl(root.path());
    assert_eq!(
        subjects(&meters),
        ["package-0-die-0", "package-0-die-1", "package-1-die-0", "package-1-die-1"]
    );
    assert_eq!(scopes(&meters), [Scope::CpuPackage; 4]);
}

#[test]
fn dies_that_share_their_packages_counter_count_once() {
    let sys = tempfile::tempdir().unwrap();
    write(sys.path(), "devices/system/cpu/modalias", "cpu:type:x86,ven0002fam0019mod0011:feature:");
    let root = sys.path().join("class/powercap");
    for (zone_id, package, die) in [(0, 0, 0), (1, 0, 1), (2, 1, 0), (3, 1, 1)] {
        let name = format!("package-{package}-die-{die}");
        rapl_zone(&root, &format!("intel-rapl:{zone_id}"), &name, DRAM_RANGE, 1);
    }
    assert_eq!(subjects(&rapl(&root)), ["package-0", "package-1"]);
}

#[test]
fn psys_and_memory_have_scopes_of_their_own() {
    let root = one_package(1);
    rapl_zone(root.path(), "intel-rapl:0:0", "core", PACKAGE_RANGE_UJ, 1);
    rapl_zone(root.path(), "intel-rapl:0:1", "dram", DRAM_RANGE, 1);
    rapl_zone(root.path(), "intel-rapl:1", "psys", PACKAGE_RANGE_UJ, 1);
    let meters = rapl(root.path());
    assert_eq!(scopes(&meters), [Scope::CpuPackage, Scope::Dram, Scope::PlatformPsys]);
    assert_eq!(subjects(&meters), ["package-0", "dram of package-0", "psys"]);
}

#[test]
fn each_zone_wraps_at_its_own_range() {
    let root = one_package(1);
    rapl_zone(root.path(), "intel-rapl:0:0", "dram", DRAM_RANGE, 1);
    for (id, range) in [("intel-rapl:0", PACKAGE_RANGE_UJ), ("intel-rapl:0:0", DRAM_RANGE)] {
        let mut meters = rapl(root.path());
        let index = meters.iter().position(|m| m.descriptor().id.contains(&format!("({id})")));
        let meter = &mut meters[index.unwrap()];
        // The steps before the wrap show what power there is; then 10 mJ to the range, 10 after.
        let states = [4_010_000, 3_010_000, 2_010_000, 1_010_000, 10_000].map(|to| range - to);
        let states: Vec<u64> = states.into_iter().chain([10_000]).collect();
        let account = play(meter, &root.path().join(id).join("energy_uj"), &states);
        assert_eq!(microjoules(&account), Ok(4_020_000), "{id}");
    }
}

#[test]
fn memory_mapped_doubles_are_dropped_where_the_registers_are_there() {
    let root = one_package(1);
    rapl_zone(root.path(), "intel-rapl-mmio:0", "package-0", PACKAGE_RANGE_UJ, 1);
    let meters = rapl(root.path());
    assert_eq!(meters.len(), 1);
    assert!(!meters[0].descriptor().id.contains("mmio"));
    fs::remove_dir_all(root.path().join("intel-rapl:0")).unwrap();
    let meters = rapl(root.path());
    assert_eq!(subjects(&meters), ["package-0"]);
    assert!(meters[0].descriptor().id.contains("mmio"));
}

#[test]
fn a_zone_this_user_may_not_read_names_the_remedy() {
    let (root, faulty) = (one_package(1), Faulty::default());
    faulty.on_open("energy_uj", EACCES);
    let mut meters = RaplMeter::discover(&faulty.files(), root.path()).unwrap();
    let Err(MeterError::PermissionDenied { remedy, .. }) = meters[0].read() else { panic!() };
    assert!(remedy.contains("root") && remedy.contains("energy_uj"), "{remedy}");
}

#[test]
fn a_zone_that_fails_is_gone() {
    for code in [EIO, ENODEV] {
        let (root, faulty) = (one_package(1), Faulty::default());
        let mut meters = RaplMeter::discover(&faulty.files(), root.path()).unwrap();
        assert!(meters[0].read().is_ok());
        faulty.on_read("energy_uj", code);
        assert!(matches!(meters[0].read(), Err(MeterError::Gone { .. })), "{code}");
    }
}

#[test]
fn nonsense_is_no_reading_of_a_zone() {
    for text in nonsense() {
        let root = one_package(1);
        write(root.path(), "intel-rapl:0/energy_uj", &text);
        let fault = rapl(root.path())[0].read().unwrap_err();
        assert!(matches!(fault, MeterError::Malformed { .. }), "{fault}");
        assert!(fault.to_string().len() < 200);
    }
}

#[test]
fn a_failed_read_is_not_zero() {
    // Taken for a 0, the failure in between looks like a wrap: 262,543 J where there were 400.
    let (root, faulty) = (one_package(400_000_000), Faulty::default());
    let mut meter = RaplMeter::discover(&faulty.files(), root.path()).unwrap().remove(0);
    let mut account = account_of(&meter);
    account.take(meter.read());
    faulty.on_read("energy_uj", EIO);
    account.take(meter.read());
    faulty.heal();
    write(root.path(), "intel-rapl:0/energy_uj", "800000000\n");
    account.take(meter.read());
    assert!(matches!(account.energy(), Err(MeterError::Gone { .. })));
}

#[test]
fn a_driver_that_was_loaded_anew_is_another_counter() {
    let (root, faulty) = (one_package(1_000_000), Faulty::default());
    let mut meter = RaplMeter::discover(&faulty.files(), root.path()).unwrap().remove(0);
    let mut account = account_of(&meter);
    account.take(meter.read());
    faulty.unload();
    fs::remove_dir_all(root.path().join("intel-rapl:0")).unwrap();
    account.take(meter.read());
    // It comes back, and soon counts more than before.
    rapl_zone(root.path(), "intel-rapl:0", "package-0", PACKAGE_RANGE_UJ, 0);
    account.take(meter.read());
    write(root.path(), "intel-rapl:0/energy_uj", "1500000\n");
    account.take(meter.read());
    assert!(matches!(account.energy(), Err(MeterError::Gone { .. })));
    assert!(matches!(meter.read(), Err(MeterError::Gone { .. })));
}

#[test]
fn a_counter_that_begins_again_was_reset() {
    let root = one_package(1);
    let mut meter = rapl(root.path()).remove(0);
    let file = root.path().join("intel-rapl:0/energy_uj");
    let account = play(&mut meter, &file, &[400_000_000, 400_100_000, 0]);
    assert!(matches!(account.energy(), Err(MeterError::Reset { .. })));
}

/// `/sys` with monitors; the class is two folders down.
struct Sys(TempDir);

impl Sys {
    fn new(files: &[(&str, &str)]) -> Self {
        let sys = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(sys.class()).unwrap();
        for (file, text) in files {
            write(&sys.class(), file, text);
        }
        sys
    }
    fn class(&self) -> PathBuf {
        self.0.path().join("class/hwmon")
    }
    fn meters(&self) -> Vec<HwmonMeter> {
        HwmonMeter::discover(&Faulty::default().files(), &self.class()).unwrap()
    }
}

const AMDGPU: [(&str, &str); 8] = [
    ("hwmon4/name", "amdgpu\n"),
    ("hwmon4/device/uevent", "DRIVER=amdgpu\nPCI_SLOT_NAME=0000:03:00.0\n"),
    ("hwmon4/power1_average", "123000000\n"),
    ("hwmon4/power1_input", "150000000\n"),
    ("hwmon4/power1_label", "PPT\n"),
    ("hwmon4/power1_cap", "220000000\n"),
    ("hwmon4/temp1_input", "-1500\n"),
    ("hwmon4/freq1_input", "2100000000\n"),
];

fn watts(reading: &Reading) -> f64 {
    match reading.raw() {
        Raw::Power(power) => power.as_watts(),
        raw => panic!("{raw:?}"),
    }
}

fn averaging(meter: &HwmonMeter) -> Option<Seconds> {
    match meter.descriptor().quantity {
        MeterQuantity::Power { averaging, .. } => averaging,
        quantity => panic!("{quantity:?}"),
    }
}

#[test]
fn amdgpu_gives_its_average_power_and_its_conditions() {
    let sys = Sys::new(&AMDGPU);
    let mut meters = sys.meters();
    assert_eq!(scopes(&meters), [Scope::GpuBoard]);
    assert_eq!(subjects(&meters), ["pci 0000:03:00.0"]);
    assert!(meters[0].descriptor().id.contains("amdgpu PPT (hwmon4/power1_average)"));
    assert!((watts(&meters[0].read().unwrap()) - 123.0).abs() < 1e-9);
    assert_eq!(averaging(&meters[0]), None);
    write(&sys.class(), "hwmon4/power1_average_interval", "50\n");
    assert_eq!(averaging(&sys.meters()[0]), Some(Seconds::from_seconds(0.05)));
    let conditions = meters[0].conditions().unwrap();
    assert_eq!(conditions.clock.unwrap().as_mhz(), 2_100.0);
    assert_eq!(conditions.temperature.unwrap().as_celsius(), -1.5);
    assert!((conditions.power_limit.unwrap().as_watts() - 220.0).abs() < 1e-9);
    let file = sys.class().join("hwmon4/power1_average");
    let mut account = account_of(&meters[0]);
    for microwatts in ["100000000", "100000000"] {
        fs::write(&file, microwatts).unwrap();
        account.take(meters[0].read());
    }
    let energy = account.energy().unwrap();
    let mean = energy.value() / account.duration();
    assert!((mean.as_watts() - 100.0).abs() < 1e-6);
    assert_eq!(energy.provenance().kind(), "measured");
}

#[test]
fn an_average_that_the_device_lacks_gives_way_to_the_moment() {
    let (sys, faulty) = (Sys::new(&AMDGPU), Faulty::default());
    faulty.on_read("power1_average", EOPNOTSUPP);
    let mut meters = HwmonMeter::discover(&faulty.files(), &sys.class()).unwrap();
    assert!((watts(&meters[0].read().unwrap()) - 150.0).abs() < 1e-9);
    assert_eq!(averaging(&meters[0]), Some(Seconds::ZERO));
    // Where there is neither, it says so.
    faulty.on_read("power1_input", EOPNOTSUPP);
    let mut meters = HwmonMeter::discover(&faulty.files(), &sys.class()).unwrap();
    assert!(matches!(meters[0].read(), Err(MeterError::Unsupported { .. })));
}

#[test]
fn faults_of_a_monitor_have_their_own_errors() {
    type Right = fn(&MeterError) -> bool;
    let gone: Right = |fault| matches!(fault, MeterError::Gone { .. });
    let denied: Right = |fault| matches!(fault, MeterError::PermissionDenied { .. });
    for (code, right) in [(EIO, gone), (ENODEV, gone), (EPERM, gone), (EACCES, denied)] {
        let (sys, faulty) = (Sys::new(&AMDGPU), Faulty::default());
        let mut meters = HwmonMeter::discover(&faulty.files(), &sys.class()).unwrap();
        assert!(meters[0].read().is_ok());
        faulty.on_read("power1_average", code);
        let fault = meters[0].read().unwrap_err();
        assert!(right(&fault), "{code}: {fault}");
    }
    for text in nonsense() {
        let sys = Sys::new(&AMDGPU);
        write(&sys.class(), "hwmon4/power1_average", &text);
        let fault = sys.meters()[0].read().unwrap_err();
        assert!(matches!(fault, MeterError::Malformed { .. }), "{fault}");
    }
}

#[test]
fn a_card_is_known_by_address_and_maker_of_its_bus_or_by_its_driver() {
    let of_uevent = Sys::new(&AMDGPU);
    write(
        &of_uevent.class(),
        "hwmon4/device/uevent",
        "PCI_ID=1002:744C\nPCI_SLOT_NAME=0000:03:00.0\n",
    );
    let meters = of_uevent.meters();
    let gpu = meters[0].gpu().unwrap();
    assert_eq!(gpu.address.unwrap().to_string(), "0000:03:00.0");
    assert_eq!(gpu.vendor_id, Some(0x1002));
    let bare = Sys::new(&[("hwmon1/name", "xe\n"), ("hwmon1/energy1_input", "1\n")]);
    let meters = bare.meters();
    let gpu = meters[0].gpu().unwrap();
    assert_eq!((gpu.address, gpu.vendor_id), (None, Some(0x8086)));
    let rail = Sys::new(&[("hwmon1/name", "ina226\n"), ("hwmon1/power1_input", "1\n")]);
    assert_eq!(rail.meters()[0].gpu(), None);
}

#[test]
fn a_monitor_is_found_by_its_name() {
    let sys = Sys::new(&AMDGPU);
    write(&sys.class(), "hwmon0/name", "ina226\n");
    write(&sys.class(), "hwmon0/power1_input", "5000000\n");
    write(&sys.class(), "hwmon1/name", "coretemp\n");
    write(&sys.class(), "hwmon1/temp1_input", "40000\n");
    let files = Faulty::default().files();
    let meters = HwmonMeter::named(&files, &sys.class(), "amdgpu").unwrap();
    assert_eq!(subjects(&meters), ["pci 0000:03:00.0"]);
    let refused = HwmonMeter::named(&files, &sys.class(), "xe").unwrap_err();
    let told = refused.to_string();
    assert!(matches!(refused, MeterError::NotPresent { .. }), "{told}");
    assert!(told.contains("ina226, amdgpu") && !told.contains("coretemp"), "{told}");
    let meters = sys.meters();
    assert_eq!(scopes(&meters), [Scope::Rail, Scope::GpuBoard]);
    assert_eq!(subjects(&meters)[0], "ina226 (hwmon0)");
}

#[test]
fn no_monitor_is_not_present() {
    let sys = Sys::new(&[]);
    let files = Faulty::default().files();
    for folder in [sys.class(), sys.class().join("none")] {
        let refused = HwmonMeter::discover(&files, &folder).unwrap_err();
        assert!(matches!(refused, MeterError::NotPresent { .. }), "{refused}");
    }
}

#[test]
fn channels_of_one_card_have_one_subject() {
    let slot = "PCI_SLOT_NAME=0000:03:00.0\n";
    let sys = Sys::new(&[
        ("hwmon2/name", "xe\n"),
        ("hwmon2/device/uevent", slot),
        ("hwmon2/energy1_input", "7000000\n"),
        ("hwmon2/energy1_label", "card\n"),
        ("hwmon2/energy2_input", "5000000\n"),
        ("hwmon2/energy2_label", "pkg\n"),
        ("hwmon3/name", "i915_gt0\n"),
        ("hwmon3/device/uevent", slot),
        ("hwmon3/energy1_input", "4000000\n"),
    ]);
    let meters = sys.meters();
    assert_eq!(scopes(&meters), [Scope::GpuBoard, Scope::Rail, Scope::Rail]);
    assert_eq!(subjects(&meters), ["pci 0000:03:00.0"; 3]);
}

/// An account of readings with these times and states of the counter.
fn at_times(meter: &mut HwmonMeter, file: &Path, readings: &[(u64, u64)]) -> EnergyAccount {
    let mut account = account_of(meter);
    let start = Instant::now();
    for (second, state) in readings {
        fs::write(file, format!("{state}\n")).unwrap();
        let at = start + Duration::from_secs(*second);
        account.take(meter.read().map(|reading| Reading::new(at, at, reading.raw())));
    }
    account
}

#[test]
fn intels_register_must_be_read_before_it_wraps_twice() {
    let sys =
        Sys::new(&[("hwmon0/name", "i915\n"), ("hwmon0/energy1_input", "9000000000000000\n")]);
    let mut meter = sys.meters().remove(0);
    assert_eq!(meter.descriptor().scope, Scope::GpuBoard);
    let file = sys.class().join("hwmon0/energy1_input");
    let readings = [(0, 9_000_000_000), (60, 15_000_000_000), (120, 18_000_000_000)];
    assert_eq!(microjoules(&at_times(&mut meter, &file, &readings)), Ok(9_000_000_000));
    let account = at_times(&mut meter, &file, &[(0, 0), (61, 6_100_000_000)]);
    assert!(matches!(account.energy(), Err(MeterError::AmbiguousWrap { .. })));
}

#[test]
fn a_counter_of_unknown_width_is_no_guess() {
    let sys = Sys::new(&[("hwmon0/name", "ltc9999\n"), ("hwmon0/energy1_input", "1\n")]);
    let mut meter = sys.meters().remove(0);
    let MeterQuantity::CumulativeEnergy { wrap_modulus: None, .. } = meter.descriptor().quantity
    else {
        panic!("{:?}", meter.descriptor())
    };
    assert!(meter.descriptor().caveat.as_ref().unwrap().contains("wraps"));
    let file = sys.class().join("hwmon0/energy1_input");
    // A 32-bit counter of microjoules that wrapped: down, so refused.
    let account = at_times(&mut meter, &file, &[(0, 4_294_967_000), (2, 100_000_000)]);
    assert!(matches!(account.energy(), Err(MeterError::Reset { .. })));
    // After a gap in which it could have come past where it was.
    let account = at_times(&mut meter, &file, &[(0, 1_000), (5, 2_000)]);
    assert!(matches!(account.energy(), Err(MeterError::AmbiguousWrap { .. })));
}

/// Two packages of two NUMA nodes each, as `amd_energy` shows them.
fn amd_energy() -> Sys {
    let sys = Sys::new(&[("hwmon0/name", "amd_energy\n")]);
    for (channel, label) in ["Ecore000", "Ecore001", "Esocket0", "Esocket1", "Esocket2", "Esocket3"]
        .into_iter()
        .enumerate()
    {
        write(&sys.class(), &format!("hwmon0/energy{}_input", channel + 1), "1000\n");
        write(&sys.class(), &format!("hwmon0/energy{}_label", channel + 1), label);
    }
    for node in 0..4 {
        let (cpu, package) = (node * 16, node / 2);
        let list = format!("{cpu}-{}\n", cpu + 15);
        write(sys.0.path(), &format!("devices/system/node/node{node}/cpulist"), &list);
        let topology = format!("devices/system/cpu/cpu{cpu}/topology/physical_package_id");
        write(sys.0.path(), &topology, &format!("{package}\n"));
    }
    sys
}

#[test]
fn sockets_of_amd_energy_are_packages_and_count_once() {
    let meters = amd_energy().meters();
    assert_eq!(scopes(&meters), [Scope::CpuPackage; 2]);
    assert_eq!(subjects(&meters), ["package-0", "package-1"]);
}

#[test]
fn a_socket_whose_package_is_unknown_is_not_added() {
    let sys = amd_energy();
    fs::remove_dir_all(sys.0.path().join("devices")).unwrap();
    let mut meters = sys.meters();
    assert_eq!(meters.len(), 4);
    assert!(meters.iter_mut().all(|meter| meter.read().is_err()));
}

#[test]
fn a_power_that_no_node_draws_is_no_reading_of_an_acpi_power_meter() {
    // 0xFFFFFFFF mW, and the signed pattern in microwatts, which a node could draw.
    for (microwatts, reason) in [
        ("4294967295000", "4294967.295 W cannot be the power of a node"),
        ("2147483647", "a register without a value"),
    ] {
        let sys = Sys::new(&[("hwmon0/name", "power_meter\n")]);
        write(&sys.class(), "hwmon0/power1_average", microwatts);
        let mut meter = sys.meters().remove(0);
        assert_eq!(meter.descriptor().scope, Scope::NodeWall);
        assert_eq!(meter.descriptor().subject, "node");
        let fault = meter.read().unwrap_err();
        assert!(matches!(fault, MeterError::Implausible { .. }), "{fault}");
        assert!(fault.to_string().contains(reason), "{fault}");
        // A value that comes later is one.
        write(&sys.class(), "hwmon0/power1_average", "287000000\n");
        assert!((watts(&meter.read().unwrap()) - 287.0).abs() < 1e-9);
    }
}

#[test]
fn a_power_is_held_against_what_its_scope_can_draw() {
    for (driver, draws, too_much) in
        [("amdgpu", "1400000000", "9000000000"), ("ina3221", "600000000", "1500000000")]
    {
        let sys = Sys::new(&[("hwmon0/name", driver), ("hwmon0/power1_input", draws)]);
        let mut meter = sys.meters().remove(0);
        assert!(meter.read().is_ok(), "{driver}");
        write(&sys.class(), "hwmon0/power1_input", too_much);
        assert!(matches!(meter.read(), Err(MeterError::Implausible { .. })), "{driver}");
    }
}

#[cfg(unix)]
#[test]
fn zones_behind_links_that_lead_nowhere_are_hidden_and_told_once() {
    use std::os::unix::fs::symlink;
    let sys = tempfile::tempdir().unwrap();
    let (class, devices) = (sys.path().join("class/powercap"), sys.path().join("devices/powercap"));
    fs::create_dir_all(&class).unwrap();
    rapl_zone(&devices, "intel-rapl/intel-rapl:0", "package-0", PACKAGE_RANGE_UJ, 1);
    for name in ["intel-rapl", "intel-rapl/intel-rapl:0"] {
        let link = class.join(Path::new(name).file_name().unwrap());
        symlink(devices.join(name), link).unwrap();
    }
    assert_eq!(subjects(&rapl(&class)), ["package-0"]);
    fs::remove_dir_all(&devices).unwrap();
    let told = RaplMeter::discover(&Faulty::default().files(), &class).unwrap_err();
    assert!(matches!(told, MeterError::Hidden { .. }), "{told}");
    let told = told.to_string();
    for said in ["the container masks", "systempaths=unconfined", "--privileged", "or use perf"] {
        assert!(told.contains(said), "{said} in {told}");
    }
}

#[test]
fn a_zone_without_its_counter_was_never_there() {
    let root = one_package(1);
    fs::remove_file(root.path().join("intel-rapl:0/energy_uj")).unwrap();
    let fault = rapl(root.path())[0].read().unwrap_err();
    assert!(matches!(fault, MeterError::NotPresent { .. }), "{fault}");
    assert!(fault.to_string().contains("intel-rapl:0/energy_uj"), "{fault}");
}
