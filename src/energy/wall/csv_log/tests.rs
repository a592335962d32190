//! Logs in the formats of devices and programs.

use super::*;
use crate::energy::MeterError;
use std::fmt::Write;
use std::fs::{self, File};

fn lines(from: u32, to: u32) -> String {
    (from..to).map(|line| format!("{line},{line}.5\n")).collect()
}

fn parse(text: &str) -> Result<PowerLog, TableError> {
    PowerLog::parse(text, &LogColumns::default(), "log.csv")
}

/// Twenty samples at intervals of a quarter of a second, of 40.5, 41.5, ... W.
fn rows(of: impl Fn(u32, f64) -> String) -> String {
    (0..20).map(|i| of(i, f64::from(i) + 40.5) + "\n").collect()
}

/// The time of day of a sample, a quarter of a second each, from 11:59:58 on.
fn clock(sample: u32) -> (u32, u32, u32, u32) {
    let millis = sample * 250;
    let second = 58 + millis / 1000;
    let minute = 11 * 60 + 59 + second / 60;
    (minute / 60, minute % 60, second % 60, millis % 1000)
}

#[test]
fn all_log_formats_give_the_same_samples() {
    let stamp = |i| {
        let (hour, minute, second, millis) = clock(i);
        format!("{hour}:{minute:02}:{second:02}.{millis:03}")
    };
    let logs = [
        (
            "SPEC PTDaemon",
            rows(|i, w| {
                format!(
                    "Time,05-06-2026 {},Watts,{w},Volts,231.4,Amps,0.3,PF,0.97,Mark,notset",
                    stamp(i)
                )
            }),
        ),
        (
            "Home Assistant",
            "entity_id,state,last_changed\nsensor.rig,unavailable,2026-05-06T11:59:57.000Z\n"
                .to_owned()
                + &rows(|i, w| format!("sensor.rig,{w},2026-05-06T{}Z", stamp(i))),
        ),
        (
            "semicolons and decimal commas",
            "time_s;power_w\n".to_owned()
                + &rows(|i, w| format!("{};{w}", f64::from(i) / 4.0).replace('.', ",")),
        ),
        (
            "an analyser's preamble and columns of date, time and milliseconds",
            "Model,WT\nSerial,9\n\nStore No.,Date,Time,Millisecond,U-1,I-1,P-1\n".to_owned()
                + &rows(|i, w| {
                    let (hour, minute, second, millis) = clock(i);
                    format!("{i},2026/05/06,{hour}:{minute:02}:{second:02},{millis},230,0.4,{w}")
                }),
        ),
        (
            "units in the header",
            "Time (ms),Power (kW)\n".to_owned() + &rows(|i, w| format!("{},{}", i * 250, w / 1e3)),
        ),
        (
            "milliseconds since 1970",
            "timestamp\tapower\n".to_owned()
                + &rows(|i, w| format!("{}\t{w}", 1_790_000_000_000_u64 + u64::from(i) * 250)),
        ),
        (
            "times of day over midnight",
            "TIME,WATTS\n".to_owned()
                + &rows(|i, w| {
                    let (hour, minute, second, millis) = clock(i);
                    format!("{:02}:{minute:02}:{second:02}.{millis},{w}", (hour + 12) % 24)
                }),
        ),
        (
            "ambiguous day and month, all on one day",
            "Date/Time,Active Power (W)\n".to_owned()
                + &rows(|i, w| format!("05/06/2026 {},{w}", stamp(i))),
        ),
    ];
    for (writer, text) in logs {
        let log = parse(&text).unwrap_or_else(|error| panic!("{writer}: {error}"));
        assert_eq!((log.samples(), log.interval), (20, 0.25), "{writer}");
        assert!((log.times[19] - log.times[0] - 4.75).abs() < 1e-6, "{writer}: {:?}", log.times);
        let power = |sample: u32| f64::from(sample) + 40.5;
        let off = (0..20).map(|i| (log.power(i as usize).as_watts() - power(i)).abs());
        assert!(off.fold(0.0, f64::max) < 1e-9, "{writer}: {:?}", log.powers);
    }
}

#[test]
fn named_columns_take_precedence_over_known_names() {
    let text = "t0,time_s,P-1,P-2\n".to_owned()
        + &rows(|i, w| format!("{},{},{w},{}", f64::from(i) / 2.0, f64::from(i), w + 1.0));
    let of = |time: Option<&str>, power: Option<&str>| {
        let columns = LogColumns { time: time.map(str::to_owned), power: power.map(str::to_owned) };
        PowerLog::parse(&text, &columns, "log.csv").map(|log| (log.interval, log.powers[0]))
    };
    assert_eq!(of(None, None), Ok((1.0, 40.5)));
    assert_eq!(of(Some("T0"), Some("p_2")), Ok((0.5, 41.5)));
    let error = of(None, Some("P-3")).unwrap_err();
    assert!(error.is_header_error() && error.to_string().contains("no column `P-3`"), "{error}");
}

#[test]
fn daylight_saving_changes_do_not_break_a_log() {
    let of = |stamps: &[&str]| {
        let mut text = "time,watts\n".to_owned();
        for stamp in stamps {
            writeln!(text, "{stamp},5").unwrap();
        }
        parse(&text)
    };
    let minutes = |day: &'static str, hours: &[u32]| -> Vec<String> {
        let quarter =
            move |hour: u32| (0..4).map(move |q| format!("{day} {hour:02}:{:02}:00", q * 15));
        hours.iter().copied().flat_map(quarter).collect()
    };
    for (day, hours) in [
        ("25.10.2026", [1, 2, 2, 3]),
        ("2026-11-01", [0, 1, 1, 2]),
        ("29.03.2026", [0, 1, 3, 4]),
        ("2026-03-08", [0, 1, 3, 4]),
        // A clock without daylight saving time.
        ("25.10.2026", [1, 2, 3, 4]),
        ("29.03.2026", [0, 1, 2, 3]),
    ] {
        let stamps = minutes(day, &hours);
        let stamps: Vec<&str> = stamps.iter().map(String::as_str).collect();
        let log = of(&stamps).unwrap_or_else(|error| panic!("{day} {hours:?}: {error}"));
        let steps: Vec<f64> = log.times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_eq!(steps, [900.0; 15], "{day} {hours:?}");
    }
    // A step of an hour back on any other day is an error.
    let stamps = minutes("24.10.2026", &[1, 2, 2, 3]);
    let stamps: Vec<&str> = stamps.iter().map(String::as_str).collect();
    let message = of(&stamps).unwrap_err().to_string();
    assert!(message.contains("line 10, column time: is earlier than in line 9; sort"), "{message}");
}

#[test]
fn every_log_error_names_its_line_and_column() {
    let head = "time_s,power_w\n";
    let start = format!("{head}{}", lines(0, 12));
    let rest = lines(13, 30);
    for (text, at, column, what) in [
        (
            format!("power_w\n{rest}"),
            Some(1),
            None,
            "no column `time_s`; the header found is `power_w`",
        ),
        (format!("time_s,current_a\n{rest}"), Some(1), None, "no column `power_w`"),
        (format!("time_s,power_w,watts\n{rest}"), Some(1), Some("watts"), "duplicate of"),
        (format!("time_s,time_s,watts\n{rest}"), Some(1), Some("time_s"), "duplicate of"),
        (format!("{start}x,1\n{rest}"), Some(14), Some("time_s"), "`x` is not a number"),
        (format!("{start}nan,1\n{rest}"), Some(14), Some("time_s"), "is not a"),
        (format!("{start}12,x\n{rest}"), Some(14), Some("power_w"), "`x` is not a number"),
        (format!("{start}12,\n{rest}"), Some(14), Some("power_w"), "is empty"),
        (format!("{start}12,-1\n{rest}"), Some(14), Some("power_w"), "negative"),
        (format!("{start}12,NaN\n{rest}"), Some(14), Some("power_w"), "is not a"),
        (format!("{start}12,1e13\n{rest}"), Some(14), Some("power_w"), "not a possible power"),
        (
            format!("{start}11,1\n{rest}"),
            Some(14),
            Some("time_s"),
            "is the same as in line 13; remove",
        ),
        (format!("{start}5,1\n{rest}"), Some(14), Some("time_s"), "earlier than in line 13; sort"),
        (format!("{start}12\n{rest}"), Some(14), None, "has 1 cells"),
        (format!("{head}{}", lines(0, 5)), None, None, "has 5 samples; give at least 10"),
        (String::new(), None, None, "is empty"),
        (
            format!(
                "entity_id,state,last_changed\n{}",
                "a.b,1,2026-01-31T00:00:00Z\na.c,1,2026-01-31T00:00:01Z\n"
            ),
            Some(3),
            Some("entity_id"),
            "`a.c` is a second entity in addition to `a.b`",
        ),
        (
            "timestamp,watts\n2026-02-30T00:00:00Z,1\n".to_owned(),
            Some(2),
            Some("timestamp"),
            "does not exist",
        ),
        (
            format!("time,watts\n{}", "03/04/2026 10:00,1\n04/04/2026 10:00,1\n"),
            Some(2),
            Some("time"),
            "day or its month first",
        ),
        (
            "date,time,millisecond,w\n2026-01-31,10:00:00,1000,1\n".to_owned(),
            Some(2),
            Some("millisecond"),
            "not a valid millisecond",
        ),
    ] {
        let error = parse(&text).expect_err(what);
        let message = error.to_string();
        assert!(message.starts_with("log.csv") && message.contains(what), "{message}");
        assert_eq!((error.line, error.column.as_deref()), (at, column), "{message}");
    }
}

#[test]
fn gap_is_an_error_only_within_the_load() {
    let log = parse(&format!("time_s,power_w\n{}{}", lines(0, 12), lines(20, 40))).unwrap();
    let message = log.check_gaps_within(5.0, 25.0).unwrap_err().to_string();
    assert!(message.contains("line 14, column time_s: follows a gap of 9.000 s"), "{message}");
    assert_eq!(log.check_gaps_within(0.0, 11.0), Ok(()));
    assert_eq!(log.check_gaps_within(20.0, 39.0), Ok(()));
}

#[test]
fn header_is_checked_without_reading_the_rows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.csv");
    let check = |text: &[u8]| {
        fs::write(&path, text).unwrap();
        PowerLog::has_header(&path, &LogColumns::default())
    };
    assert_eq!(check(b""), Ok(false));
    assert_eq!(check(b"\xef\xbb\xbf\r\n"), Ok(false));
    assert_eq!(check(b"time,watts\n1,not yet"), Ok(true));
    let wide: Vec<u8> = [0xfeff]
        .into_iter()
        .chain("time;watts\n".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(check(&wide), Ok(true));
    let message = check(b"time,amps\n1,2\n").unwrap_err().to_string();
    assert!(message.contains("no column `power_w`; the header found is `time, amps`"), "{message}");
    let absent = PowerLog::has_header(&folder.path().join("x"), &LogColumns::default());
    assert!(matches!(absent, Err(MeterError::NotPresent { .. })));
}

#[test]
fn file_that_is_not_a_log_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let read = |name: &str| PowerLog::read(&folder.path().join(name), &LogColumns::default());
    assert!(matches!(read("none.csv"), Err(MeterError::NotPresent { .. })));
    assert!(read("").unwrap_err().to_string().contains("is a folder"));
    let sparse = File::create(folder.path().join("long.csv")).unwrap();
    sparse.set_len(MAX_BYTES + 1).unwrap();
    assert!(read("long.csv").unwrap_err().to_string().contains("longer than 64 MiB"));
    fs::write(folder.path().join("wide.csv"), format!("time_s,w\n1,\"{}", "x".repeat(1 << 20)))
        .unwrap();
    let wide = read("wide.csv").unwrap_err().to_string();
    assert!(wide.contains("one record is longer than 64 KiB"), "{wide}");
    fs::write(folder.path().join("good.csv"), format!("time_s,watts\n{}", lines(0, 20))).unwrap();
    assert_eq!(read("good.csv").unwrap().samples(), 20);
}

#[cfg(unix)]
#[test]
fn endless_device_file_is_refused() {
    let columns = LogColumns::default();
    let read = PowerLog::read(Path::new("/dev/zero"), &columns);
    assert!(matches!(read, Err(MeterError::BadLog(_))), "{read:?}");
    assert!(PowerLog::has_header(Path::new("/dev/zero"), &columns).is_err());
}

#[test]
fn fully_named_column_has_the_unit_in_its_name() {
    let parsed_power = |header: &str| {
        let columns = LogColumns { time: None, power: Some(header.to_owned()) };
        let text = format!("time_s;{header}\n") + &rows(|i, w| format!("{i};{w}"));
        let log = PowerLog::parse(&text, &columns, "log.csv").map_err(|error| error.to_string())?;
        Ok::<f64, String>(log.powers[0])
    };
    for (header, watts) in [
        ("Power (kW)", 40_500.0),
        ("power_kw", 40_500.0),
        ("Rig [kW]", 40_500.0),
        ("Rig kW", 40_500.0),
        ("Rig_mW", 0.0405),
        ("Rig (W)", 40.5),
        ("Rig", 40.5),
    ] {
        let found = parsed_power(header).unwrap();
        assert!((found / watts - 1.0).abs() < 1e-12, "{header}: {found}");
    }
    for (header, wanted) in [
        (
            "Energy (Wh)",
            "line 1, column Energy (Wh): `Wh` is a unit of energy, but this column is for",
        ),
        ("Rig (VA)", "`VA` is a unit of apparent power"),
        ("rig_mw", "`mw` is an ambiguous unit"),
    ] {
        let error = parsed_power(header).unwrap_err();
        assert!(error.contains(wanted), "{header}: {error}");
    }
    let of_time = |header: &str| {
        let columns = LogColumns { time: Some(header.to_owned()), power: None };
        let text = format!("{header};power_w\n") + &rows(|i, w| format!("{};{w}", i + 1));
        PowerLog::parse(&text, &columns, "log.csv").map(|log| log.interval)
    };
    for (header, seconds) in
        [("t (ms)", 1e-3), ("t_min", 60.0), ("t [h]", 3600.0), ("t (UTC)", 1.0)]
    {
        let found = of_time(header).unwrap();
        assert!((found / seconds - 1.0).abs() < 1e-9, "{header}: {found}");
    }
    let message = of_time("t (W)").unwrap_err().to_string();
    assert!(message.contains("`W` is a unit of power, but this column is for time"), "{message}");
}
