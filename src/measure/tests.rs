//! What is made of marks and accounts, with numbers known beforehand.

use super::*;
use crate::energy::MeterDescriptor;
use crate::energy::{MeterQuantity, Raw, Reading};
use crate::estimate::Provenance;
use crate::units::Watts;
use std::time::Instant;

fn descriptor() -> ScannerDescriptor {
    ScannerDescriptor {
        kernel: "test".to_owned(),
        variant: None,
        pinned: false,
        device: "test".to_owned(),
        threads: 2,
        batch: 300,
    }
}

/// Marks a second apart with so many thousand hashes between them.
fn marks(thousands: &[u64]) -> Vec<Mark> {
    let start = Instant::now();
    let mut hashes = 5_000;
    let mut marks = vec![Mark { at: start, hashes }];
    for (second, thousand) in (1..).zip(thousands) {
        hashes += thousand * 1_000;
        marks.push(Mark { at: start + Duration::from_secs(second), hashes });
    }
    marks
}

#[test]
fn rate_and_interval_of_known_marks() {
    // Ten slices, 1 to 10 kH/s: mean 5.5, standard error sqrt(55/60) kH/s.
    let measured = evaluate(descriptor(), &marks(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), &[], true, 0);
    assert_eq!((measured.hashes, measured.slices), (55_000, 10));
    let rate = measured.hashrate.unwrap();
    assert_eq!(rate.value().as_h_s(), 5_500.0);
    // Two threads, two ends, a batch of 300 each, uniform: 300 sqrt(4/12) H over 10 s.
    let unfinished = 300.0 * (4.0f64 / 12.0).sqrt() / 10.0;
    let u = (1e6f64 * 55.0 / 60.0 + unfinished * unfinished).sqrt();
    assert!((rate.standard_uncertainty().unwrap().as_h_s() - u).abs() < 1e-9);
    let (low, high) = measured.hashrate_ci95.unwrap();
    // Student's t at 9 degrees of freedom.
    assert!(((high - low).as_h_s() / (2.0 * u) - 2.262).abs() < 1e-3);
}

#[test]
fn few_slices_give_a_rate_without_an_interval() {
    let measured = evaluate(descriptor(), &marks(&[7; 9]), &[], true, 0);
    assert_eq!(measured.hashrate.unwrap().value().as_h_s(), 7_000.0);
    assert_eq!(measured.hashrate_ci95, None);
    let nothing = evaluate(descriptor(), &marks(&[]), &[], false, 0);
    assert!(nothing.hashrate.is_none() && nothing.hashes == 0);
}

#[test]
fn a_slice_that_was_cut_short_counts_in_the_total_alone() {
    let mut marks = marks(&[10; 10]);
    // Interrupted: the next batch ends a microsecond later.
    let last = marks[10];
    marks.push(Mark { at: last.at + Duration::from_micros(1), hashes: last.hashes + 300 });
    let measured = evaluate(descriptor(), &marks, &[], false, 0);
    assert_eq!((measured.hashes, measured.slices), (100_300, 10));
    let (low, high) = measured.hashrate_ci95.unwrap();
    assert!((high - low).as_h_s() < 200.0, "{low} to {high}");
}

#[test]
fn energy_is_scaled_from_the_readings_to_the_window() {
    let marks = marks(&[10; 10]);
    let mut account = EnergyAccount::new(MeterDescriptor {
        id: "test".to_owned(),
        scope: Scope::NodeWall,
        subject: "node".to_owned(),
        quantity: MeterQuantity::Power { resolution: Watts::ZERO },
        refresh: Seconds::ZERO,
        max_read_gap: None,
        tolerance: None,
        caveat: None,
    });
    // Read 10 ms late at the start and 60 ms late at the end.
    for (mark, late) in [(marks[0], 10), (marks[10], 60)] {
        let at = mark.at + Duration::from_millis(late);
        account.take(Ok(Reading::new(at, at, Raw::Power(Watts::from_watts(50.0)))));
    }
    let measured = evaluate(descriptor(), &marks, &[account], true, 0);
    let joules = measured.energy_of_widest_scope().unwrap();
    assert!((joules.value().as_joules() - 500.0).abs() < 1e-9);
    // 500 J over 100,000 hashes.
    assert!((measured.efficiency().unwrap().value().as_j_per_th() - 5e9).abs() < 1e-3);
}

fn result(scope: Scope, meter: &str, joules: Result<Estimate<Joules>, NoEnergy>) -> EnergyResult {
    EnergyResult { meter: meter.to_owned(), scope, joules }
}

fn read(scope: Scope, joules: f64) -> Result<Estimate<Joules>, NoEnergy> {
    let joules = Joules::from_joules(joules);
    Ok(Estimate::measured(joules, Measured::by_meter(scope, "meter"))
        .with_standard_uncertainty(joules * 0.03))
}

fn of(energy: Vec<EnergyResult>) -> Measurement {
    Measurement { energy, ..evaluate(descriptor(), &marks(&[10; 10]), &[], true, 0) }
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
fn a_device_that_failed_spoils_its_scope_and_no_other() {
    use Scope::{CpuPackage, Dram, PlatformPsys};
    let failed = || Err(NoEnergy::NoWindow);
    let half = vec![
        result(CpuPackage, "a", read(CpuPackage, 30.0)),
        result(CpuPackage, "b", failed()),
        result(Dram, "c", read(Dram, 5.0)),
    ];
    assert_eq!(of(half).energy_of_widest_scope(), Err(NoEnergy::NoWindow));
    let narrower =
        vec![result(PlatformPsys, "d", failed()), result(CpuPackage, "a", read(CpuPackage, 30.0))];
    assert_eq!(of(narrower).energy_of_widest_scope().unwrap().value().as_joules(), 30.0);
}

#[test]
fn a_sensor_goes_before_a_users_meter_and_that_before_an_assumption() {
    use Scope::{AsStated, CpuPackage, NodeWall};
    let joules = Joules::from_joules(99.0);
    let assumed = || result(AsStated, "w", Ok(Estimate::assumed(joules, "w")));
    let reported = || result(NodeWall, "u", Ok(Estimate::user_reported(joules, "u")));
    let kind = |energy: Vec<EnergyResult>| {
        let energy = of(energy).energy_of_widest_scope().unwrap();
        energy.provenance().kind()
    };
    let sensor = || result(CpuPackage, "a", read(CpuPackage, 30.0));
    assert_eq!(kind(vec![assumed(), reported(), sensor()]), "measured");
    assert_eq!(kind(vec![assumed(), reported()]), "user_reported");
    assert_eq!(kind(vec![assumed()]), "assumed");
    // An assumption among the devices of a scope makes the sum one.
    let mixed = result(CpuPackage, "b", Ok(Estimate::assumed(joules, "b")));
    assert_eq!(kind(vec![sensor(), mixed]), "assumed");
    assert_eq!(of(Vec::new()).energy_of_widest_scope(), Err(NoEnergy::NoMeter));
}

#[test]
fn the_efficiency_is_measured_only_where_the_joules_are() {
    let of_kind = |joules| {
        let energy = vec![result(Scope::NodeWall, "m", Ok(joules))];
        of(energy).efficiency().unwrap().estimate().provenance().clone()
    };
    let sensor = read(Scope::NodeWall, 10.0).unwrap();
    assert!(
        matches!(of_kind(sensor), Provenance::Measured(proof) if proof.scope() == Scope::NodeWall)
    );
    let assumed = Estimate::assumed(Joules::from_joules(10.0), "guess");
    assert_eq!(of_kind(assumed).kind(), "assumed");
}
