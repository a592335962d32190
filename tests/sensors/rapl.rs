//! RAPL zones in the powercap tree.

use super::*;

#[test]
fn every_die_has_its_own_zone() {
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
fn dies_that_share_a_package_counter_count_once() {
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
fn psys_and_memory_have_their_own_scopes() {
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
        // The steps before the wrap give the power; then 10 mJ to the end of the range and 10 mJ
        // after it.
        let states = [4_010_000, 3_010_000, 2_010_000, 1_010_000, 10_000].map(|to| range - to);
        let states: Vec<u64> = states.into_iter().chain([10_000]).collect();
        let account = record_states(meter, &root.path().join(id).join("energy_uj"), &states);
        assert_eq!(microjoules(&account), Ok(4_020_000), "{id}");
    }
}

#[test]
fn memory_mapped_copies_are_dropped_when_the_registers_exist() {
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
fn zone_without_permission_names_the_remedy() {
    let (root, faulty) = (one_package(1), Faulty::default());
    faulty.on_open("energy_uj", EACCES);
    let mut meters = RaplMeter::discover(&faulty.files(), root.path()).unwrap();
    let Err(MeterError::PermissionDenied { remedy, .. }) = meters[0].read() else { panic!() };
    assert!(remedy.contains("root") && remedy.contains("energy_uj"), "{remedy}");
}

#[test]
fn zone_that_fails_is_gone() {
    for code in [EIO, ENODEV] {
        let (root, faulty) = (one_package(1), Faulty::default());
        let mut meters = RaplMeter::discover(&faulty.files(), root.path()).unwrap();
        assert!(meters[0].read().is_ok());
        faulty.on_read("energy_uj", code);
        assert!(matches!(meters[0].read(), Err(MeterError::Gone { .. })), "{code}");
    }
}

#[test]
fn invalid_zone_text_is_malformed() {
    for text in invalid_texts() {
        let root = one_package(1);
        write(root.path(), "intel-rapl:0/energy_uj", &text);
        let fault = rapl(root.path())[0].read().unwrap_err();
        assert!(matches!(fault, MeterError::Malformed { .. }), "{fault}");
        assert!(fault.to_string().len() < 200);
    }
}

#[test]
fn failed_zone_read_is_not_zero() {
    // If the failed read is taken for 0, it looks like a wrap: 262,543 J instead of 400 J.
    let (root, faulty) = (one_package(400_000_000), Faulty::default());
    let mut meter = RaplMeter::discover(&faulty.files(), root.path()).unwrap().remove(0);
    let mut account = account_of(&meter);
    account.record(meter.read());
    faulty.on_read("energy_uj", EIO);
    account.record(meter.read());
    faulty.clear();
    write(root.path(), "intel-rapl:0/energy_uj", "800000000\n");
    account.record(meter.read());
    assert!(matches!(account.energy(), Err(MeterError::Gone { .. })));
}

#[test]
fn reloaded_driver_is_another_counter() {
    let (root, faulty) = (one_package(1_000_000), Faulty::default());
    let mut meter = RaplMeter::discover(&faulty.files(), root.path()).unwrap().remove(0);
    let mut account = account_of(&meter);
    account.record(meter.read());
    faulty.unload();
    fs::remove_dir_all(root.path().join("intel-rapl:0")).unwrap();
    account.record(meter.read());
    // It returns and soon counts more than before.
    rapl_zone(root.path(), "intel-rapl:0", "package-0", PACKAGE_RANGE_UJ, 0);
    account.record(meter.read());
    write(root.path(), "intel-rapl:0/energy_uj", "1500000\n");
    account.record(meter.read());
    assert!(matches!(account.energy(), Err(MeterError::Gone { .. })));
    assert!(matches!(meter.read(), Err(MeterError::Gone { .. })));
}

#[test]
fn counter_that_restarts_at_zero_was_reset() {
    let root = one_package(1);
    let mut meter = rapl(root.path()).remove(0);
    let file = root.path().join("intel-rapl:0/energy_uj");
    let account = record_states(&mut meter, &file, &[400_000_000, 400_100_000, 0]);
    assert!(matches!(account.energy(), Err(MeterError::Reset { .. })));
}

#[cfg(unix)]
#[test]
fn zones_behind_dangling_links_are_hidden_and_reported_once() {
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
    let error = RaplMeter::discover(&Faulty::default().files(), &class).unwrap_err();
    assert!(matches!(error, MeterError::Hidden { .. }), "{error}");
    let message = error.to_string();
    for text in
        ["the container masks", "systempaths=unconfined", "--privileged", "or use the meter perf"]
    {
        assert!(message.contains(text), "{text} in {message}");
    }
}

#[test]
fn zone_without_its_counter_is_not_present() {
    let root = one_package(1);
    fs::remove_file(root.path().join("intel-rapl:0/energy_uj")).unwrap();
    let fault = rapl(root.path())[0].read().unwrap_err();
    assert!(matches!(fault, MeterError::NotPresent { .. }), "{fault}");
    assert!(fault.to_string().contains("intel-rapl:0/energy_uj"), "{fault}");
}
