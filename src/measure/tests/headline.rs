//! Which meters stand for a run.

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

fn of(energy: Vec<EnergyResult>) -> Measurement {
    Measurement { energy, ..of_marks(marks([10_000; 10]), Vec::new()) }
}

#[test]
fn devices_of_the_widest_scope_add_up_and_scopes_never_do() {
    use Scope::{CpuPackage, Dram, PlatformPsys};
    let measured = of(vec![
        result(CpuPackage, "a", read(CpuPackage, 30.0)),
        result(Dram, "c", read(Dram, 5.0)),
        result(CpuPackage, "b", read(CpuPackage, 40.0)),
    ]);
    let energy = measured.energy_of_widest_scope().unwrap();
    assert_eq!(energy.value().as_joules(), 70.0);
    assert!((energy.standard_uncertainty().unwrap().as_joules() - 2.1).abs() < 1e-12);

    let mut wider = measured.energy;
    wider.push(result(PlatformPsys, "d", read(PlatformPsys, 90.0)));
    assert_eq!(of(wider).energy_of_widest_scope().unwrap().value().as_joules(), 90.0);
}

#[test]
fn two_views_of_one_device_are_compared_and_never_added() {
    use Scope::GpuBoard;
    let mut counter = result(GpuBoard, "nvml:0", read(GpuBoard, 100.0));
    counter.meter.quantity = MeterQuantity::CumulativeEnergy {
        per_count: Joules::from_joules(0.001),
        wrap_modulus: None,
        ceiling: Watts::from_watts(1e4),
    };
    let mut power = result(GpuBoard, "nvml:0:power", read(GpuBoard, 130.0));
    for view in [&mut counter, &mut power] {
        view.meter.subject = "GPU-1".to_owned();
    }
    let measured = of(vec![power, counter]);
    // The counter stands for the board, and the difference is shown.
    assert_eq!(measured.energy_of_widest_scope().unwrap().value().as_joules(), 100.0);
    let [check] = &measured.cross_checks()[..] else { panic!("{:?}", measured.cross_checks()) };
    assert!((check.relative_difference - (100.0 - 130.0) / 130.0).abs() < 1e-12);
    // Each 3 % off at one sigma: 8.5 % are allowed.
    assert!((check.allowed.unwrap() - 2.0 * 0.03 * 2f64.sqrt()).abs() < 1e-12);
}

#[test]
fn packages_and_boards_make_a_scope_of_their_own() {
    use Scope::{CpuPackage, GpuBoard, PlatformPsys};
    let parts = vec![
        result(CpuPackage, "a", read(CpuPackage, 30.0)),
        result(GpuBoard, "g", read(GpuBoard, 300.0)),
        result(PlatformPsys, "p", read(PlatformPsys, 90.0)),
    ];
    let energy = of(parts).energy_of_widest_scope().unwrap();
    assert_eq!(energy.value().as_joules(), 330.0);
    let Provenance::Measured(proof) = energy.provenance() else { panic!("{energy:?}") };
    assert_eq!(proof.scope(), Scope::Components);
}

#[test]
fn the_half_of_a_machine_that_does_not_hash_never_stands_for_the_hashes() {
    use Scope::{CpuPackage, GpuBoard};
    let gpu =
        HashingDevice::Gpu(GpuIdentity { name: "g".to_owned(), address: None, vendor_id: None });
    let on = |devices: &[&HashingDevice], energy: Vec<EnergyResult>| {
        let part =
            |on: &&HashingDevice| ScannerDescriptor { hashes_on: (*on).clone(), ..descriptor() };
        let parts = devices.iter().map(part).collect();
        Measurement { parts, ..of(energy) }.energy_of_widest_scope()
    };
    let joules =
        |found: Result<Uncertain<Joules>, EnergyUnavailable>| found.map(|e| e.value().as_joules());
    let package = || result(CpuPackage, "a", read(CpuPackage, 30.0));
    let board = || result(GpuBoard, "g", read(GpuBoard, 300.0));
    let failed = |scope| result(scope, "f", Err(EnergyUnavailable::NoWindow));
    // The board failed: the processor beside it did not do its hashes.
    let found = on(&[&gpu], vec![failed(GpuBoard), package()]);
    assert_eq!(joules(found), Err(EnergyUnavailable::NoWindow));
    // Both hash and one half is not known.
    let both = [&HashingDevice::Processor, &gpu];
    assert_eq!(
        joules(on(&both, vec![board(), failed(CpuPackage)])),
        Err(EnergyUnavailable::NoWindow)
    );
    assert_eq!(joules(on(&both, vec![board(), package()])), Ok(330.0));
    // A meter that is there alone was named, and the board alone is what hashed.
    assert_eq!(joules(on(&[&gpu], vec![package()])), Ok(30.0));
    assert_eq!(joules(on(&both, vec![board()])), Ok(300.0));
    assert_eq!(joules(on(&[&gpu], vec![board(), failed(CpuPackage)])), Ok(300.0));
}

#[test]
fn a_device_that_failed_spoils_its_scope_and_no_other() {
    use Scope::{CpuPackage, Dram, PlatformPsys};
    let failed = || Err(EnergyUnavailable::NoWindow);
    let half = vec![
        result(CpuPackage, "a", read(CpuPackage, 30.0)),
        result(CpuPackage, "b", failed()),
        result(Dram, "c", read(Dram, 5.0)),
    ];
    assert_eq!(of(half).energy_of_widest_scope(), Err(EnergyUnavailable::NoWindow));
    let narrower =
        vec![result(PlatformPsys, "d", failed()), result(CpuPackage, "a", read(CpuPackage, 30.0))];
    assert_eq!(of(narrower).energy_of_widest_scope().unwrap().value().as_joules(), 30.0);
}

#[test]
fn a_sensor_goes_before_a_users_meter_and_that_before_an_assumption() {
    use Scope::{AsStated, CpuPackage, NodeWall};
    let joules = Joules::from_joules(99.0);
    let assumed = || result(AsStated, "w", Ok(Uncertain::assumed(joules, "w")));
    let reported = || result(NodeWall, "u", Ok(Uncertain::user_reported(joules, "u")));
    let kind = |energy: Vec<EnergyResult>| {
        let energy = of(energy).energy_of_widest_scope().unwrap();
        energy.provenance().kind()
    };
    let sensor = || result(CpuPackage, "a", read(CpuPackage, 30.0));
    assert_eq!(kind(vec![assumed(), reported(), sensor()]), "measured");
    assert_eq!(kind(vec![assumed(), reported()]), "user_reported");
    assert_eq!(kind(vec![assumed()]), "assumed");
    // An assumption among the devices of a scope makes the sum one.
    let mixed = result(CpuPackage, "b", Ok(Uncertain::assumed(joules, "b")));
    assert_eq!(kind(vec![sensor(), mixed]), "assumed");
    assert_eq!(of(Vec::new()).energy_of_widest_scope(), Err(EnergyUnavailable::NoMeter));
}

#[test]
fn the_efficiency_is_measured_only_where_the_joules_are() {
    let of_kind = |joules| {
        let energy = vec![result(Scope::NodeWall, "m", Ok(joules))];
        of(energy).efficiency().unwrap().as_uncertain().provenance().clone()
    };
    let sensor = read(Scope::NodeWall, 10.0).unwrap();
    assert!(
        matches!(of_kind(sensor), Provenance::Measured(proof) if proof.scope() == Scope::NodeWall)
    );
    let assumed = Uncertain::assumed(Joules::from_joules(10.0), "guess");
    assert_eq!(of_kind(assumed).kind(), "assumed");
}

#[test]
fn an_efficiency_that_what_hashed_cannot_have_is_withheld_and_an_unusual_one_doubted() {
    let hashed = |joules: f64, on: HashingDevice| {
        let parts = vec![ScannerDescriptor { hashes_on: on, ..descriptor() }];
        let energy = vec![result(Scope::CpuPackage, "a", read(Scope::CpuPackage, joules))];
        Measurement { parts, ..of(energy) }
    };
    let hashes = hashed(1.0, HashingDevice::Processor).hashes as f64;
    let at = |j_per_th: f64, on| hashed(j_per_th * 1e-12 * hashes, on);
    let slip = at(20.0, HashingDevice::Processor);
    let told = slip.efficiency().unwrap_err();
    assert!(matches!(told, EnergyUnavailable::Implausible(_)), "{told}");
    assert!(told.to_string().contains("20 J/TH cannot be a processor's efficiency"), "{told}");
    // The energy was read all the same.
    assert!(slip.energy_of_widest_scope().is_ok() && slip.doubts().is_empty());
    let odd = at(3e4, HashingDevice::Processor);
    assert!((odd.efficiency().unwrap().value().as_j_per_th() / 3e4 - 1.0).abs() < 1e-9);
    let [doubt] = &odd.doubts()[..] else { panic!("{:?}", odd.doubts()) };
    assert!(doubt.to_string().contains("unusual for a processor's efficiency"), "{doubt}");
    // A scanner that does not say on what it hashes is held against nothing.
    let unstated = at(20.0, HashingDevice::Unstated);
    assert!(unstated.efficiency().is_ok() && unstated.doubts().is_empty());
}
