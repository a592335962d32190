//! Missed polls and repeated records.

use super::*;

#[test]
fn missed_poll_is_left_out_and_counted() {
    for (place, pointer) in [(3, "/wattage"), (3, "/hashrate"), (3, "/hashrate/value")] {
        let run = run_of(&with(place, pointer, Value::Null)).unwrap();
        assert_eq!((run.snapshots, run.left_out, run.duration.as_seconds()), (4, 1, 120.0));
        // 30, 60 and 30 s of 3510, 3510 and 3500 W on average.
        assert!(close(run.energy.value().as_joules(), 420_900.0), "{pointer}");
        let warnings = run.warnings.join(" ");
        assert!(warnings.contains("1 of 5 snapshots lack power or hashrate"), "{warnings}");
        assert!(warnings.contains("the first is 3: "), "{warnings}");
    }
}

#[test]
fn missed_polls_at_the_ends_shorten_the_window() {
    for place in [1, 5] {
        let run = run_of(&with(place, "/wattage", Value::Null)).unwrap();
        assert_eq!((run.snapshots, run.left_out, run.duration.as_seconds()), (4, 1, 90.0));
    }
}

#[test]
fn missed_polls_for_longer_than_the_maximum_gap_are_an_error() {
    let late = |seconds: i64, missed: &[usize]| {
        edited(|snapshots| {
            for (at, snapshot) in snapshots.iter_mut().enumerate() {
                snapshot["timestamp"] = json!(1_795_500_000 + seconds * at as i64);
                if missed.contains(&at) {
                    snapshot["wattage"] = Value::Null;
                }
            }
        })
    };
    assert!(run_of(&late(300, &[2])).is_ok());
    for (seconds, missed, first, last, gap) in [
        (301, &[2][..], 3, 3, 602.0),
        (250, &[1, 2], 2, 3, 750.0),
        // Without values up to the end or from the start of the log.
        (400, &[3, 4], 4, 5, 800.0),
        (400, &[0, 1], 1, 2, 800.0),
    ] {
        let field = "wattage";
        let expected = AsicError::Unanswered { first, last, field, seconds: gap };
        assert_eq!(run_of(&late(seconds, missed)), Err(expected), "{seconds} {missed:?}");
    }
}

#[test]
fn key_missing_in_every_snapshot_has_its_own_error() {
    let text = each(|_, snapshot| snapshot["wattage"] = Value::Null);
    let error = run_of(&text).unwrap_err();
    let field = "wattage";
    assert_eq!(error, AsicError::NeverGiven { field, count: 5, exporter: "asic-rs" });
    assert!(error.to_string().contains("wall meter"), "{error}");
    let gone = each(|at, snapshot| {
        if at > 0 {
            snapshot["wattage"] = Value::Null;
        }
    });
    assert_eq!(run_of(&gone), Err(AsicError::TooFew { count: 1 }));
}

#[test]
fn repeated_record_counts_once() {
    let twice = edited(|snapshots| {
        let again = snapshots[1].clone();
        snapshots.insert(2, again);
    });
    let (run, once) = (run_of(&twice).unwrap(), run_of(ASIC_RS).unwrap());
    assert_eq!((run.energy.value(), run.snapshots, run.left_out), (once.energy.value(), 5, 1));
    assert!(run.warnings.join(" ").contains("(the first is 3)"), "{:?}", run.warnings);

    let always = edited(|snapshots| {
        let first = snapshots[0].clone();
        snapshots.fill(first);
    });
    assert_eq!(run_of(&always), Err(AsicError::Repeated { count: 5 }));
}
