//! Timestamps of every format, and the two days on which daylight saving time changes.

use super::*;
use jiff::civil::date;

#[test]
fn timestamp_of_every_format_parses_to_the_same_time() {
    let noon = date(2026, 3, 14).at(12, 5, 7, 250_000_000);
    for (text, order, offset) in [
        ("2026-03-14T12:05:07.25Z", None, Some(0)),
        ("2026-03-14T12:05:07.250+01:00", None, Some(1)),
        ("2026-03-14 12:05:07.25-0600", None, Some(-6)),
        ("2026-03-14 12:05:07.25+02", None, Some(2)),
        ("2026/03/14 12:05:07.250", None, None),
        ("14.03.2026 12:05:07,25", None, None),
        ("14.3.2026 12:05:07.25", None, None),
        ("14/03/2026 12:05:07.25 (CET)", None, Some(1)),
        ("14/03/2026 12:05:07.25 (CEST)", None, Some(2)),
        ("03-14-2026 12:05:07.250", None, None),
        ("03/14/2026 12:05:07.25 PM", None, None),
        ("14-03-2026 12:05:07.25 UTC", Some(DateOrder::DayFirst), Some(0)),
    ] {
        let stamp = ParsedTimestamp::parse(text, order).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        assert_eq!(stamp.civil(), Some(noon), "{text}");
        assert_eq!(stamp.offset, offset.map(Offset::constant), "{text}");
    }
    let midnight = ParsedTimestamp::parse("31/12/2026 24:00", None).unwrap();
    assert_eq!(midnight.civil(), Some(date(2027, 1, 1).at(0, 0, 0, 0)));
    assert_eq!(
        ParsedTimestamp::parse("12:30 AM", None).unwrap().time,
        Some(Time::constant(0, 30, 0, 0))
    );
    assert_eq!(ParsedTimestamp::parse("2026-03-14", None).unwrap().time, None);
}

#[test]
fn invalid_nonexistent_and_ambiguous_timestamps_are_distinguished() {
    for text in ["", "soon", "12", "12:0x", "1:2:3:4", "2026-03", "12:00:00.1234567890", "26-03-14"]
    {
        assert_eq!(
            ParsedTimestamp::parse(text, None),
            Err(TimestampError::UnknownFormat),
            "{text}"
        );
    }
    for text in ["30.02.2026", "2026-13-01", "25:00", "12:60", "24:01", "13:00 PM", "0:10 am"] {
        assert_eq!(ParsedTimestamp::parse(text, None), Err(TimestampError::Nonexistent), "{text}");
    }
    assert_eq!(
        ParsedTimestamp::parse("03/04/2026 10:00", None),
        Err(TimestampError::AmbiguousOrder)
    );
    let date_of = |order| ParsedTimestamp::parse("03/04/2026", Some(order)).unwrap().date.unwrap();
    assert_eq!(date_of(DateOrder::DayFirst), date(2026, 4, 3));
    assert_eq!(date_of(DateOrder::MonthFirst), date(2026, 3, 4));
}

#[test]
fn days_on_which_clocks_change_have_23_and_25_hours() {
    for (zone, spring, autumn, skipped) in [
        (Zone::CentralEurope, date(2026, 3, 29), date(2026, 10, 25), 2),
        (Zone::UsCentral, date(2026, 3, 8), date(2026, 11, 1), 2),
    ] {
        let mut clock = Clock::new(zone);
        let stamp = |day: Date, hour: i8| ParsedTimestamp {
            date: Some(day),
            time: Some(Time::constant(hour, 0, 0, 0)),
            ends_day: false,
            offset: None,
        };
        assert_eq!(clock.take(&stamp(spring, skipped), None), Err(ClockError::SkippedHour));
        let hours = |day: Date, clock: &mut Clock| {
            let from = clock.take(&stamp(day, 0), None).unwrap();
            let to = clock.take(&stamp(day.tomorrow().unwrap(), 0), None).unwrap();
            to.duration_since(from).as_hours()
        };
        assert_eq!(hours(spring, &mut clock), 23);
        assert_eq!(hours(autumn, &mut clock), 25);
        // By a flag, regardless of earlier rows.
        let repeated_hour = if zone == Zone::UsCentral { 1 } else { 2 };
        let at = |clock: &mut Clock, flag| {
            clock.take(&stamp(autumn, repeated_hour), Some(flag)).unwrap()
        };
        let (second, first) = (at(&mut clock, true), at(&mut clock, false));
        assert_eq!(second.duration_since(first).as_hours(), 1);
    }
}

#[test]
fn quarters_of_the_repeated_hour_are_resolved_by_row_order() {
    let mut clock = Clock::new(Zone::CentralEurope);
    let minutes = |text| clock.take(&ParsedTimestamp::parse(text, None).unwrap(), None).unwrap();
    let found: Vec<i64> = [
        "2026-10-25 01:45",
        "2026-10-25 02:00",
        "2026-10-25 02:15",
        "2026-10-25 02:30",
        "2026-10-25 02:45",
        "2026-10-25 02:00",
        "2026-10-25 02:15",
        "2026-10-25 02:30",
        "2026-10-25 02:45",
        "2026-10-25 03:00",
    ]
    .map(minutes)
    .windows(2)
    .map(|pair| pair[1].duration_since(pair[0]).as_mins())
    .collect();
    assert_eq!(found, [15; 9]);
}

#[test]
fn offset_accepts_minutes_and_digits_only() {
    for (text, seconds) in [
        ("2026-03-14 12:05+05:30", 5 * 3600 + 1800),
        ("2026-03-14 12:05-0330", -(3 * 3600 + 1800)),
        ("2026-03-14 12:05:07.123456789+14", 14 * 3600),
    ] {
        let offset = ParsedTimestamp::parse(text, None).unwrap().offset.unwrap();
        assert_eq!(offset.seconds(), seconds, "{text}");
    }
    assert_eq!(offset("+05h30"), None);
    assert_eq!(offset("+5x5"), None);
}

#[test]
fn rows_determine_the_order_of_day_and_month_of_their_column() {
    let wanted = [crate::table::ColumnSpec::required(&["date"])];
    let orders = |dates: &[&str]| {
        let text = format!("date\n{}\n", dates.join("\n"));
        let unknown = crate::table::UnknownColumns::Refused;
        let table = crate::table::Table::parse("t.csv", &text, &wanted, unknown).unwrap();
        let mut order = ColumnDateOrder::default();
        for row in table.rows() {
            order.note(&row.unwrap(), 0)?;
        }
        Ok::<_, TableError>((order.order(), order.order_of_differences()))
    };
    // 12 may be a month.
    assert_eq!(orders(&["12/05/2026", "12/06/2026"]).unwrap(), (None, None));
    let day_first = Some(DateOrder::DayFirst);
    assert_eq!(orders(&["12/05/2026", "12/05/2026"]).unwrap(), (None, day_first));
    assert_eq!(orders(&["12/05/2026", "13/05/2026"]).unwrap(), (day_first, day_first));
    let month_first = Some(DateOrder::MonthFirst);
    assert_eq!(orders(&["05/13/2026"]).unwrap(), (month_first, month_first));
    let message = orders(&["13/05/2026", "05/13/2026"]).unwrap_err().to_string();
    assert!(message.contains("line 3") && message.contains("another order"), "{message}");
}
