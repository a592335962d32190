//! RAPL zones in a temporary directory tree, from the files to the result.

use super::*;
use hashwatt::energy::{FileSystem, RaplMeter, SystemFiles};
use hashwatt::uncertainty::Provenance;
use hashwatt_test_support::sysfs::{PACKAGE_RANGE_UJ, rapl_zone};
use std::fs;
use std::path::Path;

fn files() -> Arc<dyn FileSystem> {
    Arc::new(SystemFiles)
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
fn zone_without_its_energy_range_is_refused() {
    let root = tempfile::tempdir().unwrap();
    zone(root.path(), "intel-rapl:0", "package-0", "1000");
    fs::remove_file(root.path().join("intel-rapl:0/max_energy_range_uj")).unwrap();
    let mut found = RaplMeter::discover(&files(), root.path()).unwrap();
    assert!(matches!(found[0].read(), Err(MeterError::NotPresent { .. })));
}

#[test]
fn unreadable_package_invalidates_the_sum_and_memory_does_not_replace_it() {
    let root = tempfile::tempdir().unwrap();
    zone(root.path(), "intel-rapl:0", "package-0", "1000");
    zone(root.path(), "intel-rapl:1", "package-1", "garbage");
    zone(root.path(), "intel-rapl:0:1", "dram", "600");
    let meters = RaplMeter::discover(&files(), root.path()).unwrap();
    let boxed = |meter| Box::new(meter) as Box<dyn EnergyMeter>;
    // The counters of this tree do not change, so the readable ones are stuck.
    let measured = run(meters.into_iter().map(boxed).collect());
    assert_eq!(measured.energy.len(), 3);
    assert!(matches!(measured.efficiency(), Err(EnergyUnavailable::Meter(_))));
}

/// A RAPL zone of a temporary tree whose counter is updated before each reading, so that no thread has to update it in
/// real time.
struct UpdatedZone {
    meter: RaplMeter,
    counter: std::path::PathBuf,
    started: Instant,
    watts: f64,
    from: u64,
}

impl EnergyMeter for UpdatedZone {
    fn descriptor(&self) -> &MeterDescriptor {
        self.meter.descriptor()
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let microjoules = (self.started.elapsed().as_secs_f64() * self.watts * 1e6) as u64;
        fs::write(&self.counter, ((self.from + microjoules) % PACKAGE_RANGE_UJ).to_string())
            .unwrap();
        self.meter.read()
    }
}

#[test]
fn rapl_counter_that_wraps_is_measured_and_the_widest_scope_is_used() {
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
        meters.push(Box::new(UpdatedZone { meter, counter, started: Instant::now(), watts, from }));
    }
    let plan = MeasurementPlan::new(Seconds::from_seconds(0.6)).unwrap();
    let scanner = &mut Sleeper::new();
    let measured =
        Bench::new(scanner).meters(&mut meters).work(&rolling()).plan(plan).run().unwrap();

    // About sixty joules; a wrap that is ignored or corrected twice would change this by 262,143 J.
    let package = measured.energy[0].joules.as_ref().unwrap().value().as_joules();
    assert!((1.0..1000.0).contains(&package), "{package} J");
    let energy = measured.energy_of_widest_scope().unwrap();
    let Provenance::Measured(proof) = energy.provenance() else { panic!("{energy:?}") };
    assert_eq!(proof.scope(), Scope::PlatformPsys);
    assert!(proof.meter().contains("psys"));
    assert!(energy.standard_uncertainty().is_some());
    // A tree other than the system's is part of the meter's name.
    assert!(proof.meter().contains(&root.path().display().to_string()));
}

/// `HASHWATT_FULL=1` reads at 10 Hz, for the figure in benches/RESULTS.md; otherwise the window is short and the meter
/// is read at 100 Hz.
#[test]
fn sampling_reports_its_share_of_a_core() {
    let root = tempfile::tempdir().unwrap();
    zone(root.path(), "intel-rapl:0", "package-0", "1000");
    let full = std::env::var_os("HASHWATT_FULL").is_some();
    let window = if full { 25.6 } else { 2.56 };
    let plan = MeasurementPlan::new(Seconds::from_seconds(window)).unwrap();
    let plan = plan.with_warm_up(Seconds::from_seconds(0.2)).unwrap();
    let mut meters: Vec<Box<dyn EnergyMeter>> = Vec::new();
    for meter in RaplMeter::discover(&files(), root.path()).unwrap() {
        meters.push(Box::new(AdvancingZone { meter, raw: 0 }));
    }
    let scanner = &mut Sleeper::new();
    let measured =
        Bench::new(scanner).meters(&mut meters).work(&rolling()).plan(plan).run().unwrap();
    let readings = measured.energy[0].readings;
    assert!(readings > 100, "{readings}");
    let share = measured.sampling_core_share;
    println!("{readings} readings in {window} s: {share:?} of a core");
    // Linux reports the processor time. Its amount is not asserted, because the machine may be shared.
    assert_eq!(share.is_some(), cfg!(target_os = "linux"));
    assert!(share.is_none_or(|share| share > 0.0 && share < 1.0), "{share:?}");
}

/// Reads the file of a RAPL zone, whose counter does not change, and advances the count.
struct AdvancingZone {
    meter: RaplMeter,
    raw: u64,
}

impl EnergyMeter for AdvancingZone {
    fn descriptor(&self) -> &MeterDescriptor {
        self.meter.descriptor()
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        let read = self.meter.read()?;
        self.raw += 1_000;
        Ok(Reading::new(read.before(), read.after(), RawValue::Count(self.raw)))
    }
}
