//! Rates, energies and budgets from marks and readings.

use super::*;
use crate::energy::Tolerance;

#[test]
fn rate_and_interval_of_known_marks_are_exact() {
    // Ten batches of ten slices, which alternate by 90 kH/s about 101 to 110 kH/s, so that the slices are not
    // autocorrelated: the variance of the mean of ten is 55/60; see the test of batch means.
    let means = [1u64, 8, 3, 10, 5, 2, 7, 4, 9, 6];
    let slices = means.iter().flat_map(|m| [m * 1_000 + 190_000, m * 1_000 + 10_000].repeat(5));
    let measured = measurement_of(marks(slices), Vec::new());
    assert_eq!(measured.hashes, 10_550_000);
    let scatter = measured.scatter.unwrap();
    assert_eq!((scatter.readings, scatter.batches, scatter.autocorrelation_time), (100, 10, 0.5));
    let rate = measured.hashrate.unwrap();
    assert_eq!(rate.value().as_h_s(), 105_500.0);
    let independent = (90.0f64.powi(2) * 100.0 + 82.5 * 10.0) / 99.0 / 100.0;
    let by_means = 1e6 * (55.0 / 60.0 + independent) / 2.0;
    // Two threads, two ends, a batch of 300 each, uniform: 300 sqrt(4/12) H over 100 s.
    let u_count = 300.0 * (4.0f64 / 12.0).sqrt() / 100.0;
    let u = (by_means + u_count * u_count).sqrt();
    assert!((rate.standard_uncertainty().unwrap().as_h_s() - u).abs() < 1e-6);
    let (low, high) = measured.hashrate_ci95.unwrap();
    // Student's t at 9 degrees of freedom.
    assert!(((high - low).as_h_s() / (2.0 * u) - 2.262).abs() < 1e-3);
}

#[test]
fn rate_of_too_few_slices_has_no_interval() {
    let measured = measurement_of(marks([7_000; 99]), Vec::new());
    assert_eq!(measured.hashrate.unwrap().value().as_h_s(), 7_000.0);
    assert_eq!(measured.hashrate_ci95, None);
    assert!(measured.scatter.unwrap().to_string().contains("times longer"));
    let empty = measurement_of(Vec::new(), Vec::new());
    assert!(empty.hashrate.is_none() && empty.hashes == 0);
    assert!(matches!(empty.steadiness, Steadiness::Unknown { .. }));
}

#[test]
fn drifting_rate_is_not_steady() {
    let drifting = measurement_of(marks((0..100).map(|i| 7_000 + i)), Vec::new());
    assert!(
        matches!(drifting.steadiness, Steadiness::NotSteady { reason } if reason.contains("rate"))
    );
    assert_eq!(measurement_of(marks([7_000; 100]), Vec::new()).steadiness, Steadiness::Steady);
}

#[test]
fn energy_is_scaled_from_the_readings_to_the_window() {
    let marks = marks([10_000; 10]);
    // Read 10 ms late at the start and 60 ms late at the end.
    let node = meter("test", Scope::NodeWall, "node");
    let log = log_of(node, marks[0].at, &[(0.01, 50.0), (10.06, 50.0)]);
    let measured = measurement_of(marks, vec![log]);
    let joules = measured.energy_of_widest_scope().unwrap();
    assert!((joules.value().as_joules() - 500.0).abs() < 1e-9);
    // 500 J over 100,000 hashes.
    assert!((measured.efficiency().unwrap().value().as_j_per_th() - 5e9).abs() < 1e-3);
}

#[test]
fn meter_that_covers_half_of_the_window_has_no_energy() {
    let marks = marks([10_000; 10]);
    let node = meter("late", Scope::NodeWall, "node");
    let log = log_of(node, marks[0].at, &[(5.0, 50.0), (10.0, 50.0)]);
    let result = measurement_of(marks, vec![log]).efficiency();
    assert!(
        matches!(&result, Err(EnergyUnavailable::NotCovered { meter, .. }) if meter == "late"),
        "{result:?}"
    );
}

#[test]
fn budget_is_the_root_sum_square_and_its_gain_cancels_in_a_comparison() {
    let marks = marks([1_000_000; 100]);
    let tolerance = Tolerance { relative_half_width: 0.05, basis: "manufacturer".to_owned() };
    let node = meter("plug", Scope::NodeWall, "node");
    let node = MeterDescriptor { tolerance: Some(tolerance), ..node };
    // Alternating readings, so that batches of ten seconds agree.
    let readings: Vec<_> =
        (0..=1_000).map(|i| (f64::from(i) / 10.0, if i % 2 == 0 { 99.0 } else { 101.0 })).collect();
    let log = log_of(node, marks[0].at, &readings);
    let measured = measurement_of(marks, vec![log]);
    let budget = measured.uncertainty().unwrap();
    let rows = |all: bool| -> f64 {
        let kept = budget.components.iter().filter(|row| all || row.in_comparison);
        kept.map(|row| row.relative_uncertainty.powi(2)).sum::<f64>().sqrt()
    };
    let relative = |total: &Result<_, String>| *total.as_ref().unwrap() / budget.value;
    assert!((relative(&budget.absolute) / rows(true) - 1.0).abs() < 1e-9);
    assert!((relative(&budget.comparison) / rows(false) - 1.0).abs() < 1e-9);
    // 5 % rectangular is 2.887 %; all other components are much smaller.
    assert!((rows(true) - 0.02887).abs() < 1e-4 && rows(false) < 0.002, "{budget:?}");
    // The efficiency has the absolute uncertainty.
    let efficiency = measured.efficiency().unwrap();
    let u = efficiency.as_uncertain().relative_uncertainty().unwrap();
    assert!((u - rows(true)).abs() < 1e-9);
}

#[test]
fn net_efficiency_is_withheld_if_idle_power_drifted_or_was_not_measured() {
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
        let plan = plan.with_idle(Seconds::from_seconds(20.0)).unwrap();
        evaluate(record_of(marks.clone(), vec![log]), &plan)
    };
    // (50 - 20) W over 10 kH/s: 3e9 J/TH.
    let net = measured(20.0, 20.0).net_efficiency().unwrap();
    assert!((net.value().as_j_per_th() / 3e9 - 1.0).abs() < 1e-3, "{net:?}");
    let drifted = measured(20.0, 24.0).net_efficiency();
    assert!(matches!(drifted, Err(NetEnergyUnavailable::Drifted { .. })), "{drifted:?}");
    let above = measured(60.0, 60.0).net_efficiency();
    assert!(matches!(above, Err(NetEnergyUnavailable::NotAboveIdle { .. })), "{above:?}");
    let load: Vec<_> = (0..=10).map(|i| (f64::from(i) * 10.0, 50.0)).collect();
    let log = log_of(meter("node", Scope::NodeWall, "node"), start, &load);
    let without = measurement_of(marks, vec![log]);
    assert_eq!(without.net_efficiency(), Err(NetEnergyUnavailable::NotMeasured));
}

/// An energy counter of a plug that is updated every 10 s and read every second, from 3 s before an update on.
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
    let mut log = Log::new(&UnreadableMeter(plug), Duration::from_secs(10));
    for second in 0..=seconds {
        let at = start + Duration::from_secs(u64::from(second));
        let updated = f64::from((second + 7) / 10 * 10);
        log.window.record(Ok(Reading::new(at, at, RawValue::Count((watts * updated) as u64))));
    }
    log
}

#[test]
fn slow_counter_counts_from_its_first_change() {
    let marks = marks([10_000; 100]);
    let log = slow_counter(marks[0].at, 360.0, 100);
    let measured = measurement_of(marks.clone(), vec![log]);
    let joules = measured.energy_of_widest_scope().unwrap().value();
    // Each change is known to within a second, in 90 s between the first and the last.
    assert!((joules.as_joules() / 36_000.0 - 1.0).abs() < 0.02, "{joules}");
    let ends = &measured.energy[0].components[0];
    assert!(ends.name.contains("ends") && ends.relative_uncertainty < 0.01, "{ends:?}");
    // A counter that need not have changed yet is not stuck; one that changed only once has no energy.
    for seconds in [2, 12] {
        let log = slow_counter(marks[0].at, 360.0, seconds);
        let result = measurement_of(marks[..=10].to_vec(), vec![log]).efficiency();
        assert!(
            matches!(result, Err(EnergyUnavailable::NotCovered { .. })),
            "{seconds} s: {result:?}"
        );
    }
    let still = slow_counter(marks[0].at, 0.0, 100);
    let result = measurement_of(marks, vec![still]).efficiency();
    assert!(
        matches!(result, Err(EnergyUnavailable::Meter(MeterError::Stuck { .. }))),
        "{result:?}"
    );
}

#[test]
fn constant_power_is_marked_and_power_equal_to_idle_is_stuck() {
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
        measurement_of(marks.clone(), vec![log])
    };
    for idle in [None, Some(150.0)] {
        let measured = measured(idle);
        assert!(measured.energy[0].unchanged && measured.efficiency().is_ok(), "{idle:?}");
    }
    let result = measured(Some(220.0)).efficiency();
    assert!(
        matches!(result, Err(EnergyUnavailable::Meter(MeterError::Stuck { .. }))),
        "{result:?}"
    );
    let varying = log_of(node(), marks[0].at, &[(0.0, 220.0), (5.0, 221.0), (10.0, 220.0)]);
    assert!(!measurement_of(marks, vec![varying]).energy[0].unchanged);
}
