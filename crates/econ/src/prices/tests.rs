//! Tests of price files in the layouts of the markets, generated from one known series.

use super::*;
use hashwatt_input::table::time::Zone;
use jiff::civil::{Date, date};
use std::fmt::Write;

/// The price of an hour counted from the start of the file's year.
fn price(hour: usize) -> f64 {
    50.0 + (hour % 24) as f64 - if hour.is_multiple_of(97) { 80.25 } else { 0.0 }
}

/// Every hour of a year in a time zone: its local start, whether it is a repeated hour, and its index in the year.
fn hours(year: i16, zone: Zone) -> Vec<(DateTime, bool, usize)> {
    let clock = Clock::new(zone);
    let begin = |year| zone.rules().to_timestamp(date(year, 1, 1).at(0, 0, 0, 0)).unwrap();
    let (mut at, end) = (begin(year), begin(year + 1));
    let mut all: Vec<(DateTime, bool, usize)> = Vec::new();
    while at < end {
        let shown = clock.civil_at(at);
        let again = all.last().is_some_and(|(last, ..)| *last == shown);
        all.push((shown, again, all.len()));
        at = at.checked_add(SignedDuration::from_hours(1)).unwrap();
    }
    all
}

fn read(text: &str) -> Result<PriceFile, String> {
    match PriceFile::parse("p.csv", text) {
        Ok(Some(file)) => Ok(file),
        Ok(None) => Err("no layout".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn at(time: DateTime, pattern: &str) -> String {
    time.strftime(pattern).to_string()
}

fn entso_e(year: i16, of: impl Fn(DateTime, DateTime, bool) -> String) -> String {
    let mut text = String::from("\"MTU (CET/CEST)\",\"Day-ahead Price [EUR/MWh]\"\r\n");
    for (from, again, i) in hours(year, Zone::CentralEurope) {
        let to = from.checked_add(Span::new().hours(1)).unwrap();
        write!(text, "\"{}\",\"{:.2}\"\r\n", of(from, to, again), price(i)).unwrap();
    }
    text
}

fn entso_e_old(year: i16) -> String {
    entso_e(year, |from, to, _| {
        format!("{} - {}", at(from, "%d.%m.%Y %H:%M"), at(to, "%d.%m.%Y %H:%M"))
    })
}

fn ercot(year: i16) -> String {
    let mut text = String::from(
        "Delivery Date,Hour Ending,Repeated Hour Flag,Settlement Point,Settlement Point Price\n",
    );
    for (from, again, i) in hours(year, Zone::UsCentral) {
        let (hour, flag) = (from.hour() + 1, if again { "Y" } else { "N" });
        let day = at(from, "%m/%d/%Y");
        writeln!(text, "{day},{hour:02}:00,{flag},HB_WEST,{:.2}", price(i)).unwrap();
    }
    text
}

#[test]
fn all_layouts_of_a_year_give_the_same_series() {
    let mut files = vec![("ENTSO-E, old layout", entso_e_old(2025), 2025, Zone::CentralEurope)];
    let mut new = String::from(
        "\"MTU (CET/CEST)\",\"Area\",\"Sequence\",\"Day-ahead Price (EUR/MWh)\",\
         \"Intraday Period (CET/CEST)\",\"Intraday Price (EUR/MWh)\"\n",
    );
    for (from, again, i) in hours(2024, Zone::CentralEurope) {
        let to = from.checked_add(Span::new().hours(1)).unwrap();
        let is_change = from.date() == date(2024, 10, 27) && from.hour() == 2;
        let mark = match (is_change, again) {
            (true, false) => " (CEST)",
            (true, true) => " (CET)",
            _ => "",
        };
        let (from, to) = (at(from, "%d/%m/%Y %H:%M:%S"), at(to, "%d/%m/%Y %H:%M:%S"));
        writeln!(
            new,
            "\"{from}{mark} - {to}\",\"BZN|XX\",\"Without Sequence\",\"{:.2}\",,",
            price(i)
        )
        .unwrap();
    }
    files.push(("ENTSO-E, new layout", new, 2024, Zone::CentralEurope));
    files.push(("ERCOT day-ahead", ercot(2025), 2025, Zone::UsCentral));
    let mut quarters = String::from(
        "DeliveryDate,DeliveryHour,DeliveryInterval,SettlementPointName,SettlementPointType,\
         SettlementPointPrice,DSTFlag\n",
    );
    for (from, again, i) in hours(2025, Zone::UsCentral) {
        for quarter in 1..=4 {
            let (day, hour) = (at(from, "%m/%d/%Y"), from.hour() + 1);
            let flag = if again { "Y" } else { "N" };
            writeln!(quarters, "{day},{hour},{quarter},LZ_X,LZ,{:.2},{flag}", price(i)).unwrap();
        }
    }
    files.push(("ERCOT real-time", quarters, 2025, Zone::UsCentral));
    let mut nord = String::from("Elspot Prices in EUR/MWh\n\n;Hours;NO1\n");
    for (from, _, i) in hours(2025, Zone::CentralEurope) {
        let (day, hour) = (at(from, "%d-%m-%Y"), from.hour());
        let cell = format!("{:.2}", price(i)).replace('.', ",");
        writeln!(nord, "{day};{hour:02}\u{a0}-\u{a0}{:02};{cell}", hour + 1).unwrap();
        if from.date() == date(2025, 3, 30) && hour == 1 {
            writeln!(nord, "{day};02\u{a0}-\u{a0}03;").unwrap();
        }
    }
    files.push(("Nord Pool", nord, 2025, Zone::CentralEurope));
    let mut ember =
        String::from("Country,ISO3 Code,Datetime (UTC),Datetime (Local),Price (EUR/MWhe)\n");
    for (from, _, i) in hours(2023, Zone::Utc) {
        let (utc, local) = (at(from, "%Y-%m-%d %H:%M:%S"), "2020-01-01 00:00:00");
        writeln!(ember, "Atlantis,ATL,{utc},{local},{:.2}", price(i)).unwrap();
    }
    files.push(("Ember", ember, 2023, Zone::Utc));
    let mut danish = String::from("HourUTC;HourDK;PriceArea;SpotPriceDKK;SpotPriceEUR\n");
    for (from, _, i) in hours(2023, Zone::Utc) {
        let cell = format!("{:.2}", price(i)).replace('.', ",");
        writeln!(danish, "{};x;DK1;1,5;{cell}", at(from, "%Y-%m-%dT%H:%M:%S")).unwrap();
    }
    files.push(("Energi Data Service", danish, 2023, Zone::Utc));
    let aemo_zone = Zone::Fixed(jiff::tz::offset(10));
    let mut aemo = String::from("REGION,SETTLEMENTDATE,TOTALDEMAND,RRP,PERIODTYPE\n");
    for (from, _, i) in hours(2023, aemo_zone) {
        for half in [30, 60] {
            let to = from.checked_add(Span::new().minutes(half)).unwrap();
            let stamp = at(to, "%Y/%m/%d %H:%M:%S");
            writeln!(aemo, "VIC1,{stamp},5000,{:.2},TRADE", price(i)).unwrap();
        }
    }
    files.push(("AEMO", aemo, 2023, aemo_zone));
    let mut plain = String::from("Datetime,Price (USD/MWh)\n");
    for (from, again, i) in hours(2025, Zone::UsCentral) {
        let summer = (date(2025, 3, 9)..date(2025, 11, 2)).contains(&from.date())
            && (from.date(), from.hour()) >= (date(2025, 3, 9), 3);
        let first = from.date() == date(2025, 11, 2) && from.hour() < 2 && !again;
        let offset = if summer || first { "-05:00" } else { "-06:00" };
        writeln!(plain, "{}{offset},{:.2}", at(from, "%Y-%m-%d %H:%M:%S"), price(i)).unwrap();
    }
    let offsets = read(&plain).unwrap();
    assert_eq!(
        (offsets.series.values().len(), offsets.series.start().as_second()),
        (8760, 1_735_711_200)
    );
    let mut local = String::from("time;price\n");
    for (from, _, i) in hours(2025, Zone::CentralEurope) {
        writeln!(local, "{};{:.2}", at(from, "%d.%m.%Y %H:%M"), price(i)).unwrap();
    }
    files.push(("an unnamed clock with summer time", local, 2025, Zone::CentralEurope));
    let mut even = String::from("date,price\n");
    for (from, _, i) in hours(2025, Zone::Utc) {
        writeln!(even, "{},{:.2}", at(from, "%Y-%m-%d %H:%M"), price(i)).unwrap();
    }
    files.push(("a clock without summer time", even, 2025, Zone::Unstated));

    for (layout, text, year, zone) in files {
        let file = read(&text).unwrap_or_else(|error| panic!("{layout}: {error}"));
        let series = &file.series;
        let days = if year == 2024 { 366.0 } else { 365.0 };
        assert_eq!((series.hours(), series.zone()), (days * 24.0, zone), "{layout}");
        let start = zone.rules().to_timestamp(date(year, 1, 1).at(0, 0, 0, 0)).unwrap();
        assert_eq!(series.start(), start, "{layout}");
        let per_hour = (3600 / series.step().as_secs()) as usize;
        for (i, value) in series.values().iter().enumerate() {
            assert!((value - price(i / per_hour)).abs() < 1e-9, "{layout}: {i}");
        }
        let means = file.means_by_month_and_hour().unwrap_or_else(|e| panic!("{layout}: {e}"));
        assert!((means[0][5] - 55.0).abs() < 8.0, "{layout}: {:?}", means[0]);
        assert!(file.to_string().contains(&format!("hours of {year}")), "{layout}: {file}");
    }
}

#[test]
fn price_file_description_names_layout_place_and_hours() {
    let message = read(&entso_e_old(2025)).unwrap().to_string();
    assert!(
        message.starts_with("ENTSO-E day-ahead, 8,760 hours of 2025 (CET/CEST), EUR/MWh, mean 60."),
        "{message}"
    );
    let message = read(&ercot(2025)).unwrap().to_string();
    assert!(message.starts_with("ERCOT day-ahead of HB_WEST, 8,760 hours of 2025"), "{message}");
}

#[test]
fn nord_pool_autumn_hour_is_used_for_both_repeated_hours() {
    let day = date(2025, 10, 26);
    let mut text = String::from("Prices in EUR/MWh\n;Hours;FI\n");
    for hour in 0..24 {
        writeln!(
            text,
            "{};{hour:02} - {:02};{hour},5",
            at(day.at(0, 0, 0, 0), "%d-%m-%Y"),
            hour + 1
        )
        .unwrap();
    }
    let file = read(&text).unwrap();
    assert_eq!(file.series.values().len(), 25);
    assert_eq!(file.series.values()[2..4], [2.5, 2.5]);
    assert_eq!(file.notes, ["one price is used for both hours of 02:00 on 2025-10-26"]);
}

#[test]
fn quarter_hours_after_hours_use_the_shorter_step() {
    let text = "\"MTU (UTC)\",\"Day-ahead Price (EUR/MWh)\"\n\
        \"30/09/2025 23:00:00 - 01/10/2025 00:00:00\",40\n\
        \"01/10/2025 00:00:00 - 01/10/2025 00:15:00\",50\n\
        \"01/10/2025 00:15:00 - 01/10/2025 00:30:00\",60\n";
    let series = read(text).unwrap().series;
    assert_eq!(series.values(), [40.0, 40.0, 40.0, 40.0, 50.0, 60.0]);
    assert_eq!((series.step().as_mins(), series.zone()), (15, Zone::Utc));
}

#[test]
fn incomplete_price_files_are_refused_with_line() {
    let good = entso_e_old(2025);
    let row = |text: &str| {
        let line = good.lines().position(|line| line.contains(text)).unwrap();
        (good.lines().nth(line).unwrap().to_owned() + "\r\n", line + 1)
    };
    let (fifth, line) = row("\"05.06.2025 07:00 -");
    let without = |cell: &str| fifth.replace(fifth.split(',').nth(1).unwrap().trim(), cell);
    for (text, wanted) in [
        (
            good.replacen(&fifth, "", 1),
            format!(
                "p.csv, line {line}: 1 of 8760 prices are missing, the first of 2025-06-05T07:00:00"
            ),
        ),
        (
            good.replacen(&fifth, &without("\"-\""), 1),
            format!(
                "p.csv, line {line}: 1 of 8760 prices are missing, the first of 2025-06-05T07:00:00"
            ),
        ),
        (
            good.replacen(&fifth, &format!("{fifth}{fifth}"), 1),
            format!(
                "line {}, column MTU (CET/CEST): has the time of line {line}; remove one",
                line + 1
            ),
        ),
        (
            good.replacen(&fifth, &without("\"1,004.5\""), 1),
            "`1,004.5` has thousands separators; write 1004.5".to_owned(),
        ),
        (good.replacen("05.06.2025 07:00 -", "soon -", 1), "is not a time".to_owned()),
        (
            good.replacen("05.06.2025 07:00 - ", "05.06.2025 07:00", 1),
            "is not an interval".to_owned(),
        ),
        (
            good.replacen(
                "\"30.03.2025 03:00 - 30.03.2025 04:00\"",
                "\"30.03.2025 02:00 - 30.03.2025 03:00\"",
                1,
            ),
            "is in the hour that clocks skip on this day".to_owned(),
        ),
        (
            ercot(2025).replacen("HB_WEST", "HB_PAN", 1),
            "line 3, column Settlement Point: `HB_WEST` is a second place, after `HB_PAN`; keep"
                .to_owned(),
        ),
        (
            ercot(2025).replacen(",01:00,N", ",00:00,N", 1),
            "`00:00` is not a valid hour ending".to_owned(),
        ),
        (
            "date,price\n2025-01-01,5\n2025-01-02,6\n".to_owned(),
            "has rows 86400 s apart".to_owned(),
        ),
        ("date,price\n2025-01-01,5\n".to_owned(), "has 1 prices".to_owned()),
        (
            "date,price\n01/02/2025 00:00,5\n01/02/2025 01:00,6\n".to_owned(),
            "day or its month first".to_owned(),
        ),
        ("watts\n5\n".to_owned(), "no layout".to_owned()),
    ] {
        let message = read(&text).unwrap_err();
        assert!(message.contains(&wanted), "{wanted}: {message}");
    }
    // Complete, but shorter than a year.
    let short = good.lines().take(8759).collect::<Vec<_>>().join("\n");
    let message = read(&short).unwrap().means_by_month_and_hour().unwrap_err().to_string();
    assert!(
        message.starts_with(
            "p.csv, line 8759: has 8,758 hours, from 2025-01-01T00:00:00 to 2025-12-31T22:00:00"
        ),
        "{message}"
    );
}

#[test]
fn local_times_are_in_the_markets_time_zone() {
    let day = |date: Date| date.at(12, 0, 0, 0);
    let file = read(&ercot(2025)).unwrap();
    let found = file.series.local().find(|(at, _)| *at == day(date(2025, 7, 4))).unwrap();
    let hour = hours(2025, Zone::UsCentral).into_iter().find(|h| h.0 == found.0).unwrap().2;
    assert!((found.1 - price(hour)).abs() < 1e-9);
}

/// A year in a market's local time without offsets, with the repeated autumn hour given once.
fn without_the_second_hour(header: &str, zone: Zone, step: &str) -> String {
    let mut text = format!("{header}\n");
    for (from, _, i) in hours(2025, zone).into_iter().filter(|(_, again, _)| !again) {
        for minute in step.split(',') {
            writeln!(text, "{}:{minute},{}", at(from, "%Y-%m-%d %H"), price(i)).unwrap();
        }
    }
    text
}

#[test]
fn missing_repeated_autumn_hour_is_reported_instead_of_spring_hour() {
    for (header, zone, step, counts, hour, day) in [
        (
            "datetime,price",
            Zone::CentralEurope,
            "00",
            "1 of 8760",
            "2025-10-26T02:00:00",
            "2025-10-26",
        ),
        (
            "datetime (CET/CEST),price",
            Zone::CentralEurope,
            "00",
            "1 of 8760",
            "2025-10-26T02:00:00",
            "2025-10-26",
        ),
        (
            "datetime (CET),price",
            Zone::CentralEurope,
            "00,15,30,45",
            "4 of 35040",
            "2025-10-26T02:00:00",
            "2025-10-26",
        ),
        ("datetime,price", Zone::UsCentral, "00", "1 of 8760", "2025-11-02T01:00:00", "2025-11-02"),
    ] {
        let message = read(&without_the_second_hour(header, zone, step)).unwrap_err();
        let wanted = format!(
            "{counts} prices are missing, the first of {hour}, which occurs twice on the clock: {day} has \
             25 hours by the clock ({zone}); give a row of {} for each of the two hours, one after \
             the other",
            &hour[11..16]
        );
        assert!(message.contains(&wanted), "{wanted}: {message}");
        assert!(!message.contains("-03-"), "{message}");
    }
    // The remedy resolves the error.
    let text = without_the_second_hour("datetime,price", Zone::CentralEurope, "00");
    let row = text.lines().find(|line| line.starts_with("2025-10-26 02:00")).unwrap();
    let whole = text.replacen(row, &format!("{row}\n{row}"), 1);
    assert_eq!(read(&whole).unwrap().series.hours(), 8760.0);
    // A second missing hour in summer does not change the reported hour to spring.
    let less = text.replacen("2025-06-05 07:00,", "2025-06-05 06:59,", 1);
    assert!(!read(&less).unwrap_err().contains("2025-03-30"));
}

#[test]
fn unusual_price_is_warned_with_its_line() {
    let good = entso_e_old(2025);
    assert_eq!(read(&good).unwrap().price_warning, None);
    let row = good.lines().find(|line| line.starts_with("\"05.06.2025 07:00 -")).unwrap();
    let line = good.lines().position(|line| line == row).unwrap() + 1;
    let with = |price: &str| {
        let wrong = row.replace(row.split(',').nth(1).unwrap().trim(), &format!("\"{price}\""));
        read(&good.replacen(row, &wrong, 1)).unwrap().price_warning
    };
    // Price caps and floors of markets are not unusual.
    assert_eq!(with("9000"), None);
    assert_eq!(with("-1000"), None);
    for price in ["10000000", "-50000"] {
        let message = with(price).unwrap();
        let begin = format!("p.csv, line {line}, column Day-ahead Price [EUR/MWh]: the price ");
        assert!(
            message.starts_with(&begin) && message.contains("is unusual for the price"),
            "{message}"
        );
        assert!(
            message.ends_with("check the decimal point and the digits of this price"),
            "{message}"
        );
    }
    assert!(with("1e7").unwrap().contains("the price 10,000,000 "));
}

#[test]
fn prices_are_converted_to_mwh_by_the_header_unit() {
    let read = |price: &str| {
        let text = format!("datetime,{price}\n2026-01-01 00:00,80\n2026-01-01 01:00,80\n");
        read(&text).map(|file| (file.series.values()[0], file.series.currency()))
    };
    let [eur, gbp, usd] = ["EUR", "GBP", "USD"].map(|code| code.parse::<Currency>().ok());
    for (header, mean, currency) in [
        ("Price (EUR/MWh)", 80.0, eur),
        ("price_eur_per_mwh", 80.0, eur),
        ("Price [EUR/kWh]", 80e3, eur),
        ("Price (EUR ct/kWh)", 800.0, eur),
        ("Price (\u{20ac}ct/kWh)", 800.0, eur),
        ("Price (Cent/kWh)", 800.0, None),
        ("Price (c/kWh)", 800.0, None),
        ("Price (ct)", 0.8, None),
        ("Price (\u{a3} per MWh)", 80.0, gbp),
        ("Price (US$/MWh)", 80.0, usd),
        ("Price (Rs/MWh)", 80.0, None),
        ("Price (PKR/MWh)", 80.0, "PKR".parse().ok()),
        ("price", 80.0, None),
    ] {
        let (found, of) = read(header).unwrap();
        assert!((found / mean - 1.0).abs() < 1e-12, "{header}: {found}");
        assert_eq!(of, currency, "{header}");
    }
    for (header, what) in [
        ("Price (EUR/GWh)", "gwh"),
        ("Price (EUR/MW)", "mw"),
        ("Price (kEUR/MWh)", "k"),
        ("Price (Mio EUR/MWh)", "mio"),
    ] {
        let message = read(header).unwrap_err();
        let wanted = format!(
            "column {header}: `{what}` is not a supported unit of prices; give prices per MWh"
        );
        assert!(message.contains(&wanted), "{header}: {message}");
    }
}

/// In local time March has one hour less, October one more, with separate prices for the two hours of 02:00.
#[test]
fn hours_by_month_are_in_the_markets_local_time() {
    let months = read(&entso_e_old(2025)).unwrap().by_month().unwrap();
    let lengths: Vec<usize> = months.iter().map(Vec::len).collect();
    assert_eq!(lengths, [744, 672, 743, 720, 744, 720, 744, 744, 720, 745, 720, 744]);
    let all = hours(2025, Zone::CentralEurope);
    let mut found = [const { Vec::new() }; 12];
    for (shown, _, place) in all {
        found[shown.month() as usize - 1].push((shown.hour() as usize, price(place)));
    }
    for (hours, wanted) in months.iter().zip(found) {
        let own: Vec<_> = hours.iter().map(|hour| (hour.hour, hour.price)).collect();
        assert_eq!(own, wanted);
    }
}

/// A price for several steps splits its row's probability of a peak among them.
#[test]
fn peak_probability_of_a_row_is_split_among_its_steps() {
    let head = "\"MTU (CET/CEST)\",\"Day-ahead Price [EUR/MWh]\",peak_probability,available\n";
    let row = |from: &str, to: &str, rest: &str| {
        format!("\"01.10.2025 {from} - 01.10.2025 {to}\",{rest}\n")
    };
    let text = [
        head.to_owned(),
        row("00:00", "01:00", "40,0.6,0.5"),
        row("01:00", "01:15", "50,0.4,1"),
        row("01:15", "01:30", "60,0,0"),
    ];
    let found = PriceFile::with_hours("p.csv", &text.concat()).unwrap().unwrap();
    let values =
        |value: fn(&HourColumns) -> f64| found.columns.iter().map(value).collect::<Vec<f64>>();
    assert_eq!(values(|b| b.peak_probability), [0.15, 0.15, 0.15, 0.15, 0.4, 0.0]);
    assert_eq!(values(|b| b.available.unwrap()), [0.5, 0.5, 0.5, 0.5, 1.0, 0.0]);
    // Not requested: the price alone.
    assert!(read(&text.concat()).unwrap().columns.is_empty());
}
