//! Accounts of given readings.

use super::*;
use crate::uncertainty::Scope;
use proptest::prelude::*;
use std::sync::Arc;

const MODULUS: u64 = 1_000_000;

fn account(wrap_modulus: Option<u64>) -> EnergyAccount {
    let quantity = MeterQuantity::CumulativeEnergy {
        per_count: Joules::from_joules(1.0),
        wrap_modulus,
        ceiling: Watts::from_watts(10_000.0),
    };
    EnergyAccount::new(MeterDescriptor::bare("test", Scope::CpuPackage, "package-0", quantity))
}

fn power_account() -> EnergyAccount {
    let quantity = MeterQuantity::Power { resolution: Watts::ZERO, averaging: None };
    EnergyAccount::new(MeterDescriptor { quantity, ..account(None).meter })
}

fn read(start: Instant, at_s: f64, count: u64) -> Result<Reading, MeterError> {
    let at = start + Duration::from_secs_f64(at_s);
    Ok(Reading::new(at, at, RawValue::Count(count)))
}

fn total(account: &EnergyAccount) -> Result<f64, MeterError> {
    account.energy().map(|energy| energy.value().as_joules())
}

proptest! {
    #[test]
    fn counter_wraps_are_corrected_exactly(
        begin in 0..MODULUS,
        steps in prop::collection::vec((0.1f64..50.0, 0.0f64..1.0), 1..50),
    ) {
        let start = Instant::now();
        let mut account = account(Some(MODULUS));
        let (mut at, mut truth) = (0.0, begin);
        account.record(read(start, at, begin));
        for (gap, load) in steps {
            at += gap;
            truth += (gap * load * 10_000.0) as u64;
            account.record(read(start, at, truth % MODULUS));
        }
        prop_assert_eq!(&account.fault, &None);
        prop_assert_eq!(account.counts, u128::from(truth - begin));
        // The load varies arbitrarily here: a wrap may be taken for a reset, but nothing else.
        let resets = matches!(account.energy(), Err(MeterError::Reset { .. } | MeterError::AmbiguousWrap { .. }));
        prop_assert!(resets || truth == begin || account.energy().is_ok());
    }
}

#[test]
fn gap_that_could_hide_a_wrap_is_refused() {
    let start = Instant::now();
    let mut account = account(Some(MODULUS));
    account.record(read(start, 0.0, 10));
    // 10 kW for 100 s is the modulus.
    account.record(read(start, 100.0, 20));
    assert!(matches!(total(&account), Err(MeterError::AmbiguousWrap { gap_ms: 100_000, .. })));
}

#[test]
fn counter_reset_is_not_taken_for_a_wrap() {
    for wraps in [Some(MODULUS), None] {
        let start = Instant::now();
        let mut account = account(wraps);
        account.record(read(start, 0.0, 500_000));
        account.record(read(start, 1.0, 3));
        assert!(matches!(total(&account), Err(MeterError::Reset { .. })), "{wraps:?}");
    }
}

#[test]
fn failed_read_ends_the_account_with_its_error() {
    let start = Instant::now();
    let mut account = account(Some(MODULUS));
    account.record(read(start, 0.0, 400));
    account.record(Err(MeterError::Gone { meter: "test".to_owned(), reason: "EIO".to_owned() }));
    account.record(read(start, 2.0, 800));
    assert!(matches!(total(&account), Err(MeterError::Gone { .. })));
}

fn missed() -> Result<Reading, MeterError> {
    Err(MeterError::Timeout { meter: "test".to_owned(), millis: 2_000 })
}

fn power(start: Instant, at_s: f64, watts: f64) -> Result<Reading, MeterError> {
    let at = start + Duration::from_secs_f64(at_s);
    Ok(Reading::new(at, at, RawValue::Power(Watts::from_watts(watts))))
}

#[test]
fn counter_difference_over_missed_polls_is_exact() {
    let start = Instant::now();
    let mut account = account(None);
    account.record(missed());
    account.record(read(start, 0.0, 400));
    for _ in 0..500 {
        account.record(missed());
    }
    // Two hours: a counter that does not wrap loses nothing.
    account.record(read(start, 7_200.0, 720_400));
    assert_eq!(total(&account), Ok(720_000.0));
    assert_eq!(account.gaps(), Gaps { missed: 501, bridged: Seconds::ZERO });
}

#[test]
fn gap_with_possible_wrap_or_reset_ends_the_account() {
    let start = Instant::now();
    let fault = |at, count| {
        let mut account = account(Some(MODULUS));
        account.record(read(start, 0.0, 500_000));
        account.record(missed());
        account.record(read(start, at, count));
        total(&account).unwrap_err()
    };
    assert!(matches!(fault(100.0, 500_001), MeterError::AmbiguousWrap { .. }));
    assert!(matches!(fault(5.0, 10), MeterError::Reset { .. }));
}

#[test]
fn power_gap_is_bridged_up_to_the_maximum() {
    let start = Instant::now();
    let run = |gap: f64, missing: bool| {
        let mut account = power_account();
        account.record(power(start, 0.0, 100.0));
        account.record(power(start, 1.0, 100.0));
        if missing {
            account.record(missed());
        }
        account.record(power(start, 1.0 + gap, 140.0));
        account
    };
    let max_gap = MAX_BRIDGED_GAP.as_secs_f64();
    let bridged = run(max_gap, true);
    assert_eq!(total(&bridged), Ok(100.0 + 120.0 * max_gap));
    assert_eq!(bridged.gaps(), Gaps { missed: 1, bridged: Seconds::from_seconds(max_gap) });
    assert_eq!(bridged.spread(), Watts::from_watts(40.0));
    // The same time between two successful reads is not a bridged gap and adds no uncertainty.
    assert_eq!(run(max_gap, false).gaps(), Gaps::default());
    for missing in [true, false] {
        let error = total(&run(max_gap + 0.1, missing)).unwrap_err();
        assert!(matches!(error, MeterError::Gap { gap_ms: 30_100, max_ms: 30_000, .. }), "{error}");
        assert_eq!(error.to_string().contains("within 2000 ms"), missing, "{error}");
    }
    // A meter with a refresh interval of a minute is bridged over three intervals.
    let mut slow = power_account();
    slow.meter.refresh = Seconds::from_seconds(60.0);
    slow.record(power(start, 0.0, 100.0));
    slow.record(power(start, 180.0, 100.0));
    assert_eq!(total(&slow), Ok(18_000.0));
}

#[test]
fn meter_without_any_response_returns_its_last_error() {
    let mut account = power_account();
    account.record(missed());
    assert!(matches!(total(&account), Err(MeterError::Timeout { .. })));
    // A meter that stopped responding keeps its energy up to then.
    let start = Instant::now();
    account.record(power(start, 0.0, 100.0));
    account.record(power(start, 2.0, 100.0));
    account.record(missed());
    assert_eq!(total(&account), Ok(200.0));
    assert!(account.last_error().is_some());
}

#[test]
fn each_reading_fault_has_its_own_error() {
    let start = Instant::now();
    let fault_of = |readings: &[(f64, u64)]| {
        let mut account = account(Some(MODULUS));
        readings.iter().for_each(|&(at, count)| account.record(read(start, at, count)));
        account.energy().unwrap_err()
    };
    assert!(matches!(fault_of(&[(0.0, 5), (1.0, 5)]), MeterError::Stuck { millis: 1000, .. }));
    assert!(matches!(fault_of(&[(1.0, 5), (0.5, 6)]), MeterError::ClockBackward { .. }));
    assert!(matches!(fault_of(&[(0.0, 5), (1.0, 6), (0.5, 7)]), MeterError::ClockBackward { .. }));
    assert!(matches!(fault_of(&[(0.0, MODULUS + 1)]), MeterError::Malformed { .. }));
    assert!(matches!(fault_of(&[]), MeterError::Stuck { .. }));
}

#[test]
fn rising_steady_and_falling_power_is_integrated() {
    let start = Instant::now();
    let mut account = power_account();
    for (at, watts) in [(0.0, 100.0), (1.0, 100.0), (2.0, 200.0), (4.0, 0.0)] {
        let at = start + Duration::from_secs_f64(at);
        account.record(Ok(Reading::new(at, at, RawValue::Power(Watts::from_watts(watts)))));
    }
    assert_eq!(total(&account).unwrap(), 100.0 + 150.0 + 200.0);
}

#[test]
fn overlapping_or_reversed_reads_are_refused() {
    let start = Instant::now();
    let at = |ms| start + Duration::from_millis(ms);
    let reading = |before, after| Ok(Reading::new(at(before), at(after), RawValue::Count(after)));
    for pair in [[(0, 20), (10, 30)], [(0, 1), (9, 5)]] {
        let mut account = account(None);
        pair.into_iter().for_each(|(before, after)| account.record(reading(before, after)));
        assert!(matches!(total(&account), Err(MeterError::ClockBackward { .. })), "{pair:?}");
    }
}

#[test]
fn negative_power_is_malformed() {
    let start = Instant::now();
    let mut account = power_account();
    for (at, watts) in [(0, 100.0), (1, -1.0)] {
        let at = start + Duration::from_secs(at);
        account.record(Ok(Reading::new(at, at, RawValue::Power(Watts::from_watts(watts)))));
    }
    assert!(matches!(total(&account), Err(MeterError::Malformed { .. })));
}

#[test]
fn power_outside_the_range_of_its_scope_is_implausible() {
    let start = Instant::now();
    let fault = |scope: Scope, watts: f64| {
        let mut account = power_account();
        account.meter.scope = scope;
        account.record(power(start, 0.0, 100.0));
        account.record(power(start, 1.0, watts));
        total(&account)
    };
    // 2^32 - 1 mW, and the power of a node for a package.
    for (scope, watts) in [(Scope::NodeWall, 4_294_967.295), (Scope::CpuPackage, 20_000.0)] {
        let error = fault(scope, watts).unwrap_err();
        assert!(matches!(error, MeterError::Implausible { .. }), "{error}");
        assert!(error.to_string().contains("cannot be"), "{error}");
    }
    assert!(fault(Scope::NodeWall, 20_000.0).is_ok());
    // A stated power may be that of a whole site.
    assert!(fault(Scope::AsStated, 4_294_967.295).is_ok());
}

#[test]
fn counter_value_is_dated_to_its_last_possible_refresh() {
    let start = Instant::now();
    let mut account = account(None);
    account.meter.refresh = Seconds::from_seconds(2.0);
    let mut take = |at_s: f64, count: u64, fresh: bool| {
        let before = start + Duration::from_secs_f64(at_s);
        let after = before + Duration::from_millis(100);
        account
            .record(Ok(Reading { fresh, ..Reading::new(before, after, RawValue::Count(count)) }));
    };
    // Refreshed up to two seconds before the first read; between the first and the second read; just
    // observed at the third.
    take(10.0, 0, false);
    take(11.0, 5, false);
    take(12.0, 9, true);
    let points = account.points().iter();
    let found: Vec<_> = points.map(|p| ((p.at - start).as_secs_f64(), p.within)).collect();
    for (found, (at, within)) in found.iter().zip([(9.05, 2.1), (10.55, 1.1), (12.05, 0.1)]) {
        assert!((found.0 - at).abs() < 1e-6, "{found:?}");
        assert!((found.1.as_seconds() - within).abs() < 1e-6, "{found:?}");
    }
}

#[test]
fn counter_not_read_within_max_read_gap_is_ambiguous() {
    let start = Instant::now();
    let fault = |second: f64| {
        let mut account = account(None);
        account.meter.max_read_gap = Some(Seconds::from_seconds(60.0));
        account.record(read(start, 0.0, 0));
        account.record(read(start, second, 10));
        total(&account)
    };
    assert_eq!(fault(59.0), Ok(10.0));
    assert!(matches!(fault(61.0), Err(MeterError::AmbiguousWrap { gap_ms: 61_000, .. })));
}

#[test]
fn counter_that_stops_half_way_is_stuck() {
    let start = Instant::now();
    let mut account = account(Some(MODULUS));
    account.meter.refresh = Seconds::from_seconds(1e-3);
    for second in 0..20u64 {
        account.record(read(start, second as f64, 100 * second.min(10)));
    }
    assert!(matches!(total(&account), Err(MeterError::Stuck { .. })));
}

#[test]
fn count_may_be_one_refresh_old_at_either_end() {
    // At the ceiling of 10 kW, 1 ms holds 10 J; 30 J fit into 3 ms, with one refresh at either end.
    let start = Instant::now();
    let mut account = account(Some(MODULUS));
    account.meter.refresh = Seconds::from_seconds(1e-3);
    account.record(read(start, 0.0, 0));
    account.record(read(start, 0.001, 30));
    assert_eq!(total(&account), Ok(30.0));
}

#[test]
fn sum_has_the_weakest_provenance_of_its_readings() {
    let start = Instant::now();
    let kind = |origins: [Origin; 2]| {
        let mut account = account(None);
        for (second, origin) in origins.into_iter().enumerate() {
            let reading = read(start, second as f64, second as u64).unwrap();
            account.record(Ok(Reading { origin, ..reading }));
        }
        account.energy().unwrap().provenance().kind()
    };
    let own = || Origin::Sensor(Arc::new(account(None).meter));
    let other = || {
        let meter = MeterDescriptor { scope: Scope::NodeWall, ..account(None).meter };
        Origin::Sensor(Arc::new(meter))
    };
    assert_eq!(kind([own(), own()]), "measured");
    assert_eq!(kind([own(), Origin::User]), "user_reported");
    assert_eq!(kind([Origin::User, own()]), "user_reported");
    assert_eq!(kind([Origin::Assumed, own()]), "assumed");
    assert_eq!(kind([Origin::User, Origin::Assumed]), "assumed");
    // Another sensor's raw value under this meter's descriptor.
    assert_eq!(kind([other(), other()]), "user_reported");
}
