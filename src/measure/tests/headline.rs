//! Which meters represent a run.

use super::*;
use crate::scan::GpuIdentity;
use crate::uncertainty::{Measured, Provenance};
use hashwatt_quantities::metering::{Meter as _, Metered as _};

fn result(
    scope: Scope,
    id: &str,
    joules: Result<Uncertain<Joules>, EnergyUnavailable>,
) -> EnergyResult {
    EnergyResult { readings: 2, ..EnergyResult::bare(meter(id, scope, id), joules) }
}

fn read(scope: Scope, joules: f64) -> Result<Uncertain<Joules>, EnergyUnavailable> {
    let joules = Joules::from_joules(joules);
    Ok(Uncertain::measured(joules, Measured::by_meter(scope, "meter"))
        .with_standard_uncertainty(joules * 0.03))
}

fn with_energy(energy: Vec<EnergyResult>) -> Measurement {
    Measurement { energy, ..measurement_of(marks([10_000; 10]), Vec::new()) }
}

#[test]
fn devices_of_the_widest_scope_are_added_and_scopes_are_not() {
    use Scope::{CpuPackage, Dram, PlatformPsys};
    let measured = with_energy(vec![
        result(CpuPackage, "a", read(CpuPackage, 30.0)),
        result(Dram, "c", read(Dram, 5.0)),
        result(CpuPackage, "b", read(CpuPackage, 40.0)),
    ]);
    let energy = measured.energy_of_widest_scope().unwrap();
    assert_eq!(energy.value().as_joules(), 70.0);
    assert!((energy.standard_uncertainty().unwrap().as_joules() - 2.1).abs() < 1e-12);

    let mut wider = measured.energy;
    wider.push(result(PlatformPsys, "d", read(PlatformPsys, 90.0)));
    assert_eq!(with_energy(wider).energy_of_widest_scope().unwrap().value().as_joules(), 90.0);
}

#[test]
fn two_meters_of_one_device_are_compared_and_not_added() {
    use Scope::GpuBoard;
    let mut counter = result(GpuBoard, "nvml:0", read(GpuBoard, 100.0));
    counter.meter.quantity = MeterQuantity::CumulativeEnergy {
        per_count: Joules::from_joules(0.001),
        wrap_modulus: None,
        ceiling: Watts::from_watts(1e4),
    };
    let mut power = result(GpuBoard, "nvml:0:power", read(GpuBoard, 130.0));
    for result in [&mut counter, &mut power] {
        result.meter.subject = "GPU-1".to_owned();
    }
    let measured = with_energy(vec![power, counter]);
    // The counter represents the board, and the difference is reported.
    assert_eq!(measured.energy_of_widest_scope().unwrap().value().as_joules(), 100.0);
    let [check] = &measured.cross_checks()[..] else { panic!("{:?}", measured.cross_checks()) };
    assert!((check.relative_difference - (100.0 - 130.0) / 130.0).abs() < 1e-12);
    // 3 % each at one sigma: 8.5 % is allowed.
    assert!((check.allowed.unwrap() - 2.0 * 0.03 * 2f64.sqrt()).abs() < 1e-12);
}

#[test]
fn packages_and_boards_are_added_as_a_scope_of_their_own() {
    use Scope::{CpuPackage, GpuBoard, PlatformPsys};
    let parts = vec![
        result(CpuPackage, "a", read(CpuPackage, 30.0)),
        result(GpuBoard, "g", read(GpuBoard, 300.0)),
        result(PlatformPsys, "p", read(PlatformPsys, 90.0)),
    ];
    let energy = with_energy(parts).energy_of_widest_scope().unwrap();
    assert_eq!(energy.value().as_joules(), 330.0);
    let Provenance::Measured(proof) = energy.provenance() else { panic!("{energy:?}") };
    assert_eq!(proof.scope(), Scope::Components);
}

#[test]
fn device_that_does_not_hash_never_represents_the_hashes() {
    use Scope::{CpuPackage, GpuBoard};
    let gpu =
        HashingDevice::Gpu(GpuIdentity { name: "g".to_owned(), address: None, vendor_id: None });
    let on = |devices: &[&HashingDevice], energy: Vec<EnergyResult>| {
        let part =
            |on: &&HashingDevice| ScannerDescriptor { hashes_on: (*on).clone(), ..descriptor() };
        let parts = devices.iter().map(part).collect();
        Measurement { parts, ..with_energy(energy) }.energy_of_widest_scope()
    };
    let joules =
        |found: Result<Uncertain<Joules>, EnergyUnavailable>| found.map(|e| e.value().as_joules());
    let package = || result(CpuPackage, "a", read(CpuPackage, 30.0));
    let board = || result(GpuBoard, "g", read(GpuBoard, 300.0));
    let failed = |scope| result(scope, "f", Err(EnergyUnavailable::NoWindow));
    // The board failed: the processor next to it did not compute its hashes.
    let found = on(&[&gpu], vec![failed(GpuBoard), package()]);
    assert_eq!(joules(found), Err(EnergyUnavailable::NoWindow));
    // Both hash, and one of the two energies is not known.
    let both = [&HashingDevice::Processor, &gpu];
    assert_eq!(
        joules(on(&both, vec![board(), failed(CpuPackage)])),
        Err(EnergyUnavailable::NoWindow)
    );
    assert_eq!(joules(on(&both, vec![board(), package()])), Ok(330.0));
    // A single meter was chosen by the user; and only the board hashed.
    assert_eq!(joules(on(&[&gpu], vec![package()])), Ok(30.0));
    assert_eq!(joules(on(&both, vec![board()])), Ok(300.0));
    assert_eq!(joules(on(&[&gpu], vec![board(), failed(CpuPackage)])), Ok(300.0));
}

#[test]
fn failed_device_invalidates_only_its_own_scope() {
    use Scope::{CpuPackage, Dram, PlatformPsys};
    let failed = || Err(EnergyUnavailable::NoWindow);
    let half = vec![
        result(CpuPackage, "a", read(CpuPackage, 30.0)),
        result(CpuPackage, "b", failed()),
        result(Dram, "c", read(Dram, 5.0)),
    ];
    assert_eq!(with_energy(half).energy_of_widest_scope(), Err(EnergyUnavailable::NoWindow));
    let narrower =
        vec![result(PlatformPsys, "d", failed()), result(CpuPackage, "a", read(CpuPackage, 30.0))];
    assert_eq!(with_energy(narrower).energy_of_widest_scope().unwrap().value().as_joules(), 30.0);
}

#[test]
fn sensor_precedes_user_reported_energy_and_that_precedes_assumed_energy() {
    use Scope::{AsStated, CpuPackage, NodeWall};
    let joules = Joules::from_joules(99.0);
    let assumed = || result(AsStated, "w", Ok(Uncertain::assumed(joules, "w")));
    let reported = || result(NodeWall, "u", Ok(Uncertain::user_reported(joules, "u")));
    let kind = |energy: Vec<EnergyResult>| {
        let energy = with_energy(energy).energy_of_widest_scope().unwrap();
        energy.provenance().kind()
    };
    let sensor = || result(CpuPackage, "a", read(CpuPackage, 30.0));
    assert_eq!(kind(vec![assumed(), reported(), sensor()]), "measured");
    assert_eq!(kind(vec![assumed(), reported()]), "user_reported");
    assert_eq!(kind(vec![assumed()]), "assumed");
    // An assumed energy among the devices of a scope makes the sum assumed.
    let mixed = result(CpuPackage, "b", Ok(Uncertain::assumed(joules, "b")));
    assert_eq!(kind(vec![sensor(), mixed]), "assumed");
    assert_eq!(with_energy(Vec::new()).energy_of_widest_scope(), Err(EnergyUnavailable::NoMeter));
}

#[test]
fn efficiency_is_measured_only_if_the_energy_is() {
    let of_kind = |joules| {
        let energy = vec![result(Scope::NodeWall, "m", Ok(joules))];
        with_energy(energy).efficiency().unwrap().as_uncertain().provenance().clone()
    };
    let sensor = read(Scope::NodeWall, 10.0).unwrap();
    assert!(
        matches!(of_kind(sensor), Provenance::Measured(proof) if proof.scope() == Scope::NodeWall)
    );
    let assumed = Uncertain::assumed(Joules::from_joules(10.0), "guess");
    assert_eq!(of_kind(assumed).kind(), "assumed");
}

#[test]
fn impossible_efficiency_is_withheld_and_unusual_efficiency_gives_a_warning() {
    let hashed = |joules: f64, on: HashingDevice| {
        let parts = vec![ScannerDescriptor { hashes_on: on, ..descriptor() }];
        let energy = vec![result(Scope::CpuPackage, "a", read(Scope::CpuPackage, joules))];
        Measurement { parts, ..with_energy(energy) }
    };
    let hashes = hashed(1.0, HashingDevice::Processor).hashes as f64;
    let at = |j_per_th: f64, on| hashed(j_per_th * 1e-12 * hashes, on);
    let impossible = at(20.0, HashingDevice::Processor);
    let error = impossible.efficiency().unwrap_err();
    assert!(matches!(error, EnergyUnavailable::Implausible(_)), "{error}");
    assert!(error.to_string().contains("20 J/TH cannot be a processor's efficiency"), "{error}");
    // The energy is still available.
    assert!(impossible.energy_of_widest_scope().is_ok());
    assert!(impossible.plausibility_warnings().is_empty());
    let unusual = at(3e4, HashingDevice::Processor);
    assert!((unusual.efficiency().unwrap().value().as_j_per_th() / 3e4 - 1.0).abs() < 1e-9);
    let warnings = unusual.plausibility_warnings();
    let [warning] = &warnings[..] else { panic!("{warnings:?}") };
    assert!(warning.to_string().contains("unusual for a processor's efficiency"), "{warning}");
    // A scanner with an unstated device has no range.
    let unstated = at(20.0, HashingDevice::Unstated);
    assert!(unstated.efficiency().is_ok() && unstated.plausibility_warnings().is_empty());
}
