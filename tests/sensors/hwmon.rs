//! Hardware monitors in the hwmon tree.

use super::*;

/// A `/sys` with monitors; the class is two levels below.
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
        RawValue::Power(power) => power.as_watts(),
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
fn amdgpu_gives_average_power_and_conditions() {
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
        account.record(meters[0].read());
    }
    let energy = account.energy().unwrap();
    let mean = energy.value() / account.duration();
    assert!((mean.as_watts() - 100.0).abs() < 1e-6);
    assert_eq!(energy.provenance().kind(), "measured");
}

#[test]
fn unsupported_average_falls_back_to_the_instantaneous_power() {
    let (sys, faulty) = (Sys::new(&AMDGPU), Faulty::default());
    faulty.on_read("power1_average", EOPNOTSUPP);
    let mut meters = HwmonMeter::discover(&faulty.files(), &sys.class()).unwrap();
    assert!((watts(&meters[0].read().unwrap()) - 150.0).abs() < 1e-9);
    assert_eq!(averaging(&meters[0]), Some(Seconds::ZERO));
    // Without either of them the meter is unsupported.
    faulty.on_read("power1_input", EOPNOTSUPP);
    let mut meters = HwmonMeter::discover(&faulty.files(), &sys.class()).unwrap();
    assert!(matches!(meters[0].read(), Err(MeterError::Unsupported { .. })));
}

#[test]
fn each_monitor_fault_has_its_own_error() {
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
    for text in invalid_texts() {
        let sys = Sys::new(&AMDGPU);
        write(&sys.class(), "hwmon4/power1_average", &text);
        let fault = sys.meters()[0].read().unwrap_err();
        assert!(matches!(fault, MeterError::Malformed { .. }), "{fault}");
    }
}

#[test]
fn card_is_identified_by_pci_address_and_vendor_or_by_driver() {
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
fn monitor_is_found_by_name() {
    let sys = Sys::new(&AMDGPU);
    write(&sys.class(), "hwmon0/name", "ina226\n");
    write(&sys.class(), "hwmon0/power1_input", "5000000\n");
    write(&sys.class(), "hwmon1/name", "coretemp\n");
    write(&sys.class(), "hwmon1/temp1_input", "40000\n");
    let files = Faulty::default().files();
    let meters = HwmonMeter::named(&files, &sys.class(), "amdgpu").unwrap();
    assert_eq!(subjects(&meters), ["pci 0000:03:00.0"]);
    let refused = HwmonMeter::named(&files, &sys.class(), "xe").unwrap_err();
    let message = refused.to_string();
    assert!(matches!(refused, MeterError::NotPresent { .. }), "{message}");
    assert!(message.contains("ina226, amdgpu") && !message.contains("coretemp"), "{message}");
    let meters = sys.meters();
    assert_eq!(scopes(&meters), [Scope::Rail, Scope::GpuBoard]);
    assert_eq!(subjects(&meters)[0], "ina226 (hwmon0)");
}

#[test]
fn missing_monitor_is_not_present() {
    let sys = Sys::new(&[]);
    let files = Faulty::default().files();
    for folder in [sys.class(), sys.class().join("none")] {
        let refused = HwmonMeter::discover(&files, &folder).unwrap_err();
        assert!(matches!(refused, MeterError::NotPresent { .. }), "{refused}");
    }
}

#[test]
fn channels_of_one_card_share_one_subject() {
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

/// An account of readings at these times and states of the counter.
fn at_times(meter: &mut HwmonMeter, file: &Path, readings: &[(u64, u64)]) -> EnergyAccount {
    let mut account = account_of(meter);
    let start = Instant::now();
    for (second, state) in readings {
        fs::write(file, format!("{state}\n")).unwrap();
        let at = start + Duration::from_secs(*second);
        account.record(meter.read().map(|reading| Reading::new(at, at, reading.raw())));
    }
    account
}

#[test]
fn intel_register_has_a_maximum_read_gap() {
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
fn counter_of_unknown_width_that_goes_down_is_refused() {
    let sys = Sys::new(&[("hwmon0/name", "ltc9999\n"), ("hwmon0/energy1_input", "1\n")]);
    let mut meter = sys.meters().remove(0);
    let MeterQuantity::CumulativeEnergy { wrap_modulus: None, .. } = meter.descriptor().quantity
    else {
        panic!("{:?}", meter.descriptor())
    };
    assert!(meter.descriptor().caveat.as_ref().unwrap().contains("wraps"));
    let file = sys.class().join("hwmon0/energy1_input");
    // A 32-bit counter of microjoules that wrapped: the count goes down and is refused.
    let account = at_times(&mut meter, &file, &[(0, 4_294_967_000), (2, 100_000_000)]);
    assert!(matches!(account.energy(), Err(MeterError::Reset { .. })));
    // After a gap in which it could have wrapped and passed its previous value.
    let account = at_times(&mut meter, &file, &[(0, 1_000), (5, 2_000)]);
    assert!(matches!(account.energy(), Err(MeterError::AmbiguousWrap { .. })));
}

/// Two packages with two NUMA nodes each, as in `amd_energy`.
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
fn amd_energy_sockets_are_packages_and_count_once() {
    let meters = amd_energy().meters();
    assert_eq!(scopes(&meters), [Scope::CpuPackage; 2]);
    assert_eq!(subjects(&meters), ["package-0", "package-1"]);
}

#[test]
fn socket_of_unknown_package_is_not_added() {
    let sys = amd_energy();
    fs::remove_dir_all(sys.0.path().join("devices")).unwrap();
    let mut meters = sys.meters();
    assert_eq!(meters.len(), 4);
    assert!(meters.iter_mut().all(|meter| meter.read().is_err()));
}

#[test]
fn acpi_power_meter_with_impossible_power_is_implausible() {
    // 0xFFFFFFFF mW, and the signed pattern in microwatts, which is within the range of a node.
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
        // A later valid value is read.
        write(&sys.class(), "hwmon0/power1_average", "287000000\n");
        assert!((watts(&meter.read().unwrap()) - 287.0).abs() < 1e-9);
    }
}

#[test]
fn power_is_checked_against_the_range_of_its_scope() {
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
