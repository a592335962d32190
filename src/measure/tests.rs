//! What is made of marks and readings, with numbers known beforehand.

use super::evaluate::{Run, evaluate};
use super::sampler::Log;
use super::window::{Counts, Mark};
use super::*;
use crate::energy::{MeterDescriptor, MeterError, MeterQuantity, Raw, Reading, Tolerance};
use crate::estimate::{Estimate, Measured, Provenance, Scope};
use crate::scan::ScannerDescriptor;
use crate::units::{Joules, Seconds, Watts};
use hashwatt_quantities::metering::{Meter as _, Metered as _};
use std::time::{Duration, Instant};

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

/// Marks a second apart with so many hashes between them.
fn marks(each: impl IntoIterator<Item = u64>) -> Vec<Mark> {
    let start = Instant::now();
    let mut hashes = 5_000;
    let mut marks = vec![Mark { at: start, hashes }];
    for (second, each) in (1..).zip(each) {
        hashes += each;
        marks.push(Mark { at: start + Duration::from_secs(second), hashes });
    }
    marks
}

fn of_marks(marks: Vec<Mark>, logs: Vec<Log>) -> Measurement {
    let plan = MeasurementPlan::new(Seconds::from_seconds(10.0)).unwrap();
    let run = Run {
        parts: Vec::new(),
        counts: Counts::new(),
        scanner: descriptor(),
        marks,
        logs,
        warm_up: Duration::from_secs(1),
        timeline: None,
        complete: true,
        hardware_errors: 0,
    };
    evaluate(run, &plan)
}

#[test]
fn rate_and_interval_of_known_marks() {
    // Ten batches of ten slices, which alternate by 90 kH/s about 101 to 110 kH/s, so that the
    // slices have no memory: variance of the mean of ten 55/60; see the test of batch means.
    let means = [1u64, 8, 3, 10, 5, 2, 7, 4, 9, 6];
    let slices = means.iter().flat_map(|m| [m * 1_000 + 190_000, m * 1_000 + 10_000].repeat(5));
    let measured = of_marks(marks(slices), Vec::new());
    assert_eq!(measured.hashes, 10_550_000);
    let scatter = measured.scatter.unwrap();
    assert_eq!((scatter.readings, scatter.batches, scatter.autocorrelation), (100, 10, 0.5));
    let rate = measured.hashrate.unwrap();
    assert_eq!(rate.value().as_h_s(), 105_500.0);
    let independent = (90.0f64.powi(2) * 100.0 + 82.5 * 10.0) / 99.0 / 100.0;
    let by_means = 1e6 * (55.0 / 60.0 + independent) / 2.0;
    // Two threads, two ends, a batch of 300 each, uniform: 300 sqrt(4/12) H over 100 s.
    let unfinished = 300.0 * (4.0f64 / 12.0).sqrt() / 100.0;
    let u = (by_means + unfinished * unfinished).sqrt();
    assert!((rate.standard_uncertainty().unwrap().as_h_s() - u).abs() < 1e-6);
    let (low, high) = measured.hashrate_ci95.unwrap();
    // Student's t at 9 degrees of freedom.
    assert!(((high - low).as_h_s() / (2.0 * u) - 2.262).abs() < 1e-3);
}

#[test]
fn too_few_slices_give_a_rate_without_an_interval() {
    let measured = of_marks(marks([7_000; 99]), Vec::new());
    assert_eq!(measured.hashrate.unwrap().value().as_h_s(), 7_000.0);
    assert_eq!(measured.hashrate_ci95, None);
    assert!(measured.scatter.unwrap().to_string().contains("times longer"));
    let nothing = of_marks(Vec::new(), Vec::new());
    assert!(nothing.hashrate.is_none() && nothing.hashes == 0);
    assert!(matches!(nothing.steadiness, Steadiness::Unknown { .. }));
}

#[test]
fn a_rate_that_drifts_is_not_steady() {
    let told = of_marks(marks((0..100).map(|i| 7_000 + i)), Vec::new());
    assert!(matches!(told.steadiness, Steadiness::NotSteady { reason } if reason.contains("rate")));
    assert_eq!(of_marks(marks([7_000; 100]), Vec::new()).steadiness, Steadiness::Steady);
}

struct Still(MeterDescriptor);

impl EnergyMeter for Still {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.0
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        Err(MeterError::Stuck { meter: self.0.id.clone(), millis: 0 })
    }
}

fn meter(id: &str, scope: Scope, subject: &str) -> MeterDescriptor {
    MeterDescriptor {
        id: id.to_owned(),
        scope,
        subject: subject.to_owned(),
        quantity: MeterQuantity::Power { resolution: Watts::from_watts(0.1), averaging: None },
        refresh: Seconds::ZERO,
        max_read_gap: None,
        tolerance: None,
        caveat: None,
    }
}

/// What the sampler of a meter of power left: readings at these seconds after `start`.
fn log_of(descriptor: MeterDescriptor, start: Instant, readings: &[(f64, f64)]) -> Log {
    let mut log = Log::new(&Still(descriptor), Duration::from_secs(10));
    for (at, watts) in readings {
        let at = start + Duration::from_secs_f64(*at);
        log.window.take(Ok(Reading::new(at, at, Raw::Power(Watts::from_watts(*watts)))));
    }
    log
}

#[test]
fn energy_is_scaled_from_the_readings_to_the_window() {
    let marks = marks([10_000; 10]);
    // Read 10 ms late at the start and 60 ms late at the end.
    let node = meter("test", Scope::NodeWall, "node");
    let log = log_of(node, marks[0].at, &[(0.01, 50.0), (10.06, 50.0)]);
    let measured = of_marks(marks, vec![log]);
    let joules = measured.energy_of_widest_scope().unwrap();
    assert!((joules.value().as_joules() - 500.0).abs() < 1e-9);
    // 500 J over 100,000 hashes.
    assert!((measured.efficiency().unwrap().value().as_j_per_th() - 5e9).abs() < 1e-3);
}

#[test]
fn a_meter_that_saw_half_the_window_gives_no_energy() {
    let marks = marks([10_000; 10]);
    let node = meter("late", Scope::NodeWall, "node");
    let log = log_of(node, marks[0].at, &[(5.0, 50.0), (10.0, 50.0)]);
    let told = of_marks(marks, vec![log]).efficiency();
    assert!(
        matches!(&told, Err(NoEnergy::NotCovered { meter, .. }) if meter == "late"),
        "{told:?}"
    );
}

#[test]
fn a_budget_adds_up_and_its_gain_cancels_in_a_comparison() {
    let marks = marks([1_000_000; 100]);
    let tolerance = Tolerance { relative_half_width: 0.05, basis: "maker".to_owned() };
    let node = meter("plug", Scope::NodeWall, "node");
    let node = MeterDescriptor { tolerance: Some(tolerance), ..node };
    // Alternating readings, so that batches of ten seconds agree.
    let readings: Vec<_> =
        (0..=1_000).map(|i| (f64::from(i) / 10.0, if i % 2 == 0 { 99.0 } else { 101.0 })).collect();
    let log = log_of(node, marks[0].at, &readings);
    let measured = of_marks(marks, vec![log]);
    let budget = measured.uncertainty().unwrap();
    let rows = |all: bool| -> f64 {
        let kept = budget.components.iter().filter(|row| all || row.in_comparison);
        kept.map(|row| row.relative * row.relative).sum::<f64>().sqrt()
    };
    let relative = |total: &Result<_, String>| *total.as_ref().unwrap() / budget.value;
    assert!((relative(&budget.absolute) / rows(true) - 1.0).abs() < 1e-9);
    assert!((relative(&budget.comparison) / rows(false) - 1.0).abs() < 1e-9);
    // 5 % rectangular is 2.887 %, and nothing else here comes near it.
    assert!((rows(true) - 0.02887).abs() < 1e-4 && rows(false) < 0.002, "{budget:?}");
    // The efficiency carries the absolute one.
    let efficiency = measured.efficiency().unwrap();
    let u = efficiency.estimate().relative_uncertainty().unwrap();
    assert!((u - rows(true)).abs() < 1e-9);
}

#[test]
fn net_of_idle_is_withheld_where_idle_drifted_or_was_not_measured() {
    let marks = marks([10_000; 100]);
    let start = marks[0].at;
    let noisy = |watts: f64, from: f64| -> Vec<(f64, f64)> {
        (0..=200)
            .map(|i| (from + f64::from(i) / 10.0, watts + if i % 2 == 0 { 0.5 } else { -0.5 }))
            .collect()
    };
    let measured = |before: f64, after: f64| {
        let load: Vec<_> = (0..=1_000).map(|i| (f64::from(i) / 10.0, 50.0)).collect();
        let node = || meter("node", Scope::NodeWall, "node");
        let mut log = log_of(node(), start, &load);
        log.idle_before = log_of(node(), start, &noisy(before, 0.0)).window;
        log.idle_after = log_of(node(), start, &noisy(after, 130.0)).window;
        let plan = MeasurementPlan::new(Seconds::from_seconds(100.0)).unwrap();
        let run = Run {
            parts: Vec::new(),
            counts: Counts::new(),
            scanner: descriptor(),
            marks: marks.clone(),
            logs: vec![log],
            warm_up: Duration::ZERO,
            timeline: None,
            complete: true,
            hardware_errors: 0,
        };
        evaluate(run, &plan.with_idle(Seconds::from_seconds(20.0)).unwrap())
    };
    // (50 - 20) W over 10 kH/s: 3e9 J/TH.
    let net = measured(20.0, 20.0).net_efficiency().unwrap();
    assert!((net.value().as_j_per_th() / 3e9 - 1.0).abs() < 1e-3, "{net:?}");
    let drifted = measured(20.0, 24.0).net_efficiency();
    assert!(matches!(drifted, Err(NoNet::Drifted { .. })), "{drifted:?}");
    let above = measured(60.0, 60.0).net_efficiency();
    assert!(matches!(above, Err(NoNet::NotAboveIdle { .. })), "{above:?}");
    let log = log_of(meter("node", Scope::NodeWall, "node"), start, &[(0.0, 50.0), (100.0, 50.0)]);
    let without = of_marks(marks, vec![log]);
    assert_eq!(without.net_efficiency(), Err(NoNet::NotMeasured));
}

/// A plug's counter of watt-hours that is renewed every 10 s, read every second from 3 s before a
/// renewal on.
fn slow_counter(start: Instant, watts: f64, seconds: u32) -> Log {
    let plug = MeterDescriptor {
        quantity: MeterQuantity::CumulativeEnergy {
            per_count: Joules::from_joules(1.0),
            wrap_modulus: None,
            ceiling: Watts::from_watts(1e4),
        },
        refresh: Seconds::from_seconds(10.0),
        ..meter("plug", Scope::NodeWall, "node")
    };
    let mut log = Log::new(&Still(plug), Duration::from_secs(10));
    for second in 0..=seconds {
        let at = start + Duration::from_secs(u64::from(second));
        let renewed = f64::from((second + 7) / 10 * 10);
        log.window.take(Ok(Reading::new(at, at, Raw::Count((watts * renewed) as u64))));
    }
    log
}

#[test]
fn a_slow_counter_counts_from_its_first_change() {
    let marks = marks([10_000; 100]);
    let log = slow_counter(marks[0].at, 360.0, 100);
    let measured = of_marks(marks.clone(), vec![log]);
    let joules = measured.energy_of_widest_scope().unwrap().value();
    // Each change is known to a second, of 90 s between the first and the last.
    assert!((joules.as_joules() / 36_000.0 - 1.0).abs() < 0.02, "{joules}");
    let ends = &measured.energy[0].components[0];
    assert!(ends.name.contains("ends") && ends.relative < 0.01, "{ends:?}");
    // What need not have changed yet is not stuck, and what changed once shows no energy.
    for seconds in [2, 12] {
        let log = slow_counter(marks[0].at, 360.0, seconds);
        let told = of_marks(marks[..=10].to_vec(), vec![log]).efficiency();
        assert!(matches!(told, Err(NoEnergy::NotCovered { .. })), "{seconds} s: {told:?}");
    }
    let still = slow_counter(marks[0].at, 0.0, 100);
    let told = of_marks(marks, vec![still]).efficiency();
    assert!(matches!(told, Err(NoEnergy::Meter(MeterError::Stuck { .. }))), "{told:?}");
}

#[test]
fn a_power_that_never_changes_is_said_and_one_that_ignores_the_load_is_stuck() {
    let marks = marks([10_000; 10]);
    let node = || MeterDescriptor {
        quantity: MeterQuantity::Power { resolution: Watts::from_watts(1.0), averaging: None },
        ..meter("bmc", Scope::NodeWall, "node")
    };
    let constant = |from: f64, watts: f64| -> Vec<(f64, f64)> {
        (0..=10).map(|i| (from + f64::from(i), watts)).collect()
    };
    let measured = |idle: Option<f64>| {
        let mut log = log_of(node(), marks[0].at, &constant(0.0, 220.0));
        if let Some(idle) = idle {
            log.idle_before = log_of(node(), marks[0].at, &constant(0.0, idle)).window;
        }
        of_marks(marks.clone(), vec![log])
    };
    for idle in [None, Some(150.0)] {
        let measured = measured(idle);
        assert!(measured.energy[0].unchanged && measured.efficiency().is_ok(), "{idle:?}");
    }
    let told = measured(Some(220.0)).efficiency();
    assert!(matches!(told, Err(NoEnergy::Meter(MeterError::Stuck { .. }))), "{told:?}");
    let trembling = log_of(node(), marks[0].at, &[(0.0, 220.0), (5.0, 221.0), (10.0, 220.0)]);
    assert!(!of_marks(marks, vec![trembling]).energy[0].unchanged);
}

fn result(scope: Scope, id: &str, joules: Result<Estimate<Joules>, NoEnergy>) -> EnergyResult {
    EnergyResult {
        meter: meter(id, scope, id),
        joules,
        readings: 2,
        unchanged: false,
        scatter: None,
        trend: None,
        idle: None,
        conditions: None,
        components: Vec::new(),
    }
}

fn read(scope: Scope, joules: f64) -> Result<Estimate<Joules>, NoEnergy> {
    let joules = Joules::from_joules(joules);
    Ok(Estimate::measured(joules, Measured::by_meter(scope, "meter"))
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
