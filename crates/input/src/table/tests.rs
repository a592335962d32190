//! Tables in the formats that spreadsheets and devices write.

use super::*;

const HOURS: [ColumnSpec<'static>; 3] = [
    ColumnSpec::required(&["hour"]),
    ColumnSpec::required(&["power_w"]).in_unit("W"),
    ColumnSpec::optional(&["note"]),
];

fn numbers(text: &str) -> Result<Vec<(f64, f64)>, TableError> {
    let table = Table::parse("t.csv", text, &HOURS, UnknownColumns::Refused)?;
    table.rows().map(|row| row.and_then(|row| Ok((row.number(0)?, row.number(1)?)))).collect()
}

fn error_message(text: &str) -> String {
    numbers(text).unwrap_err().to_string()
}

#[test]
fn table_in_any_spreadsheet_format_gives_the_same_numbers() {
    for (format, text) in [
        ("plain", "hour,power_w\n1,0.25\n2,1500.5\n"),
        ("mark and line ends", "\u{feff}hour,power_w\r\n1,0.25\r\n2,1500.5\r\n"),
        ("semicolons", "hour;power_w\n1;0.25\n2;1500.5\n"),
        ("decimal commas", "hour;power_w\n1;0,25\n2;1500,5\n"),
        ("tabs", "hour\tpower_w\n1\t0,25\n2\t1500,5\n"),
        ("quoted decimal commas", "hour,power_w\n1,\"0,25\"\n2,\"1500,5\"\n"),
        ("blanks", "hour , power_w\n 1 , 0.25\n 2 , 1500.5\n"),
        ("capitals", "Hour,Power W\n1,0.25\n2,1500.5\n"),
        ("quoted", "\"hour\",\"power_w\"\n\"1\",\"0.25\"\n\"2\",\"1500.5\"\n"),
        ("last column empty", "hour,power_w,\n1,0.25,\n2,1500.5,\n"),
        ("last cells left out", "hour,power_w,\n1,0.25\n2,1500.5\n"),
        ("declared", "sep=;\r\nhour;power_w\r\n1;0,25\r\n2;1500,5\r\n"),
        ("declared in quotes", "\"sep=,\"\nhour,power_w\n1,0.25\n2,1500.5\n"),
        ("unit in brackets", "hour,Power (W)\n1,0.25\n2,1500.5\n"),
        ("another unit", "hour,Power [kW]\n1,0.00025\n2,1.5005\n"),
        ("another unit behind", "hour,power_kw\n1,0.00025\n2,1.5005\n"),
        ("milliwatts", "hour,Power_mW\n1,250\n2,1500500\n"),
        ("preamble", "Model;X-1\n\nSerial;7;8\nhour;power_w\n1;0,25\n2;1500,5\n"),
        ("empty rows", "hour,power_w\n\n1,0.25\n,\n2,1500.5\n\n"),
        ("order", "power_w,note,hour\n0.25,a,1\n1500.5,\"b, c\",2\n"),
        ("exponents and signs", "hour,power_w\n+1,25e-2\n2,1.5005e3\n"),
        ("pairs", "Hour,1,Power_W,0.25\nHour,2,Power_W,1500.5\n"),
    ] {
        let found = numbers(text).unwrap_or_else(|error| panic!("{format}: {error}"));
        let near = |(a, b): (f64, f64)| (a * 1e6).round() == (b * 1e6).round();
        let wanted = [(1.0, 0.25), (2.0, 1500.5)];
        assert_eq!(found.len(), 2, "{format}: {found:?}");
        for (found, wanted) in found.iter().zip(wanted) {
            assert!(near((found.0, wanted.0)) && near((found.1, wanted.1)), "{format}: {found:?}");
        }
    }
}

#[test]
fn ambiguous_or_invalid_number_is_refused_with_a_remedy() {
    for (cells, wanted) in [
        (
            "1,\"2,750.5\"",
            "line 2, column power_w: `2,750.5` has thousands separators; write 2750.5",
        ),
        ("1,\"1,002,750\"", "`1,002,750` has thousands separators; write 1002750"),
        ("1,\"2,750\"", "`2,750` is ambiguous; write 2750 or 2.750"),
        (
            "1,0.5\n2,\"2,750\"",
            "line 3, column power_w: `2,750` has thousands separators; write 2750",
        ),
        ("1,2 750", "`2 750` has thousands separators; write 2750"),
        ("1,2'750.5", "`2'750.5` has thousands separators; write 2750.5"),
        ("1,2\u{202f}750", "has thousands separators; write 2750"),
        ("1,~18.5", "`~18.5` is not an exact number; write 18.5"),
        ("1,18.5 W", "`18.5 W` contains more than a number; write 18.5"),
        ("1,$7", "`$7` contains more than a number; write 7"),
        ("1,n/a", "`n/a` is not a number; write a number"),
        ("1,-", "`-` is not a number"),
        ("1,NaN", "`NaN` is not a number"),
        ("1,", "`` is empty; write a number"),
        ("1,inf", "`inf` is not a number"),
        ("1,1e999", "`1e999` is not a finite number"),
        ("1,1.2.3", "write 123"),
        ("1,five", "`five` is not a number"),
        ("1,--5", "`--5` is not a number"),
    ] {
        let message = error_message(&format!("hour,power_w\n{cells}\n"));
        assert!(
            message.starts_with("t.csv, line ") && message.contains(wanted),
            "{cells}: {message}"
        );
    }
    for (cells, wanted) in [
        (
            "1;0,5\n2;1.250,5",
            "line 3, column power_w: `1.250,5` has thousands separators; write 1250.5",
        ),
        ("1;0,5\n2;7.5", "has a decimal point in a column with decimal commas; write 7,5"),
        ("1,5;1.250", "`1.250` is ambiguous; write 1250 or 1.250"),
    ] {
        let message = error_message(&format!("hour;power_w\n{cells}\n"));
        assert!(message.contains(wanted), "{cells}: {message}");
    }
    // A column that is ambiguous follows the others.
    assert_eq!(numbers("hour;power_w\n1,5;1,250\n").unwrap(), [(1.5, 1.25)]);
}

#[test]
fn optional_number_may_be_empty_and_a_word_is_refused() {
    let wanted = [ColumnSpec::required(&["a"]), ColumnSpec::optional(&["b"])];
    let read = |cell: &str| {
        let text = format!("a,b\n1,{cell}\n");
        let table = Table::parse("t.csv", &text, &wanted, UnknownColumns::Refused)?;
        table.all()?[0].optional_number(1)
    };
    assert_eq!(read(""), Ok(None));
    assert_eq!(read("2"), Ok(Some(2.0)));
    let message = read("n/a").unwrap_err().to_string();
    assert_eq!(message, "t.csv, line 2, column b: `n/a` is not a number; leave the cell empty");
}

#[test]
fn unusable_header_is_refused_with_found_and_wanted_columns() {
    for (text, wanted) in [
        ("", "t.csv: is empty; give a header with the columns hour, power_w, and rows"),
        ("\u{feff}\n\n", "is empty"),
        (
            "hour,Current (A),note\n1,2,x\n",
            "line 1: no column `power_w`; the header found is `hour, Current (A), note`; give the \
             columns hour, power_w",
        ),
        ("hour,power_w,noet\n1,2,x\n", "column noet: is not a known column; remove it"),
        (
            "hour,power_w,Power (kW)\n1,2,3\n",
            "line 1, column Power (kW): is a duplicate of the column `power_w`; remove one of the \
             two",
        ),
        (
            "hour,Power (dBm)\n1,2\n",
            "column Power (dBm): `dBm` is not a valid unit of this column; write one of W",
        ),
        ("hour,power_mw\n1,2\n", "`mw` is an ambiguous unit"),
        (
            "sep=|\nhour|power_w\n1|2\n",
            "line 1: `sep=|` declares an unsupported delimiter; separate the columns by",
        ),
    ] {
        let message = error_message(text);
        assert!(message.contains(wanted), "{text:?}: {message}");
    }
    let long = format!("x{}", "\ny".repeat(MAX_RECORD_BYTES));
    assert!(error_message(&long).contains("no column `hour`"));
}

#[test]
fn row_with_another_number_of_cells_is_refused_with_line_and_counts() {
    for (rows, wanted) in [
        (
            "1,2\n\n3\n",
            "line 4: has 1 cells, but the header on line 1 has 2 columns separated by commas",
        ),
        (
            "1,2,5\n",
            "line 2: has 3 cells, but the header on line 1 has 2 columns separated by commas; write the decimal point as `.`",
        ),
        ("1,\"2\n3,4\n", "line 2: a cell continues on the next line; close the quotation mark"),
    ] {
        let message = error_message(&format!("hour,power_w\n{rows}"));
        assert!(message.contains(wanted), "{rows:?}: {message}");
    }
    let pairs = error_message("hour,1,power_w,2\nhour,2,watts,2\n");
    assert!(pairs.contains("line 2: does not have the names of line 1"), "{pairs}");
    let endless = format!("hour,power_w\n1,\"{}\n", "x".repeat(MAX_RECORD_BYTES));
    assert!(error_message(&endless).contains("line 2: one record is longer than 64 KiB"));
}

#[test]
fn duplicate_key_is_refused_with_both_lines() {
    let table =
        Table::parse("t.csv", "hour,power_w\n1,2\n\n1,3\n", &HOURS, UnknownColumns::Refused);
    let table = table.unwrap();
    let mut unique = Unique::default();
    let mut take = |row: Row<'_>| unique.insert(&row, row.whole(0)?, "hour 1");
    let message = table.rows().find_map(|row| take(row.unwrap()).err()).unwrap().to_string();
    assert_eq!(
        message,
        "t.csv, line 4: hour 1 appears twice, first on line 2; remove one of the two rows"
    );
}

#[test]
fn annotation_of_a_header_is_kept_where_no_unit_is_wanted() {
    let wanted = [
        ColumnSpec::required(&["MTU"]).allow_annotation(),
        ColumnSpec::required(&["price"]).allow_annotation(),
    ];
    let text = "\"MTU (CET/CEST)\",\"Price [EUR/MWh]\"\nx,1\n";
    let table = Table::parse("t.csv", text, &wanted, UnknownColumns::Ignored).unwrap();
    assert_eq!((table.annotation(0), table.annotation(1)), (Some("CET/CEST"), Some("EUR/MWh")));
    assert_eq!(table.column(1), "Price [EUR/MWh]");
    assert!(!table.has(2) && table.annotation(2).is_none());
}

#[test]
fn row_has_its_line_and_typed_cells() {
    let text = "Model;X-1\nhour;power_w;note\n3;1;-\n12;2;x\n1,5;2;\n";
    let table = Table::parse("t.csv", text, &HOURS, UnknownColumns::Refused).unwrap();
    assert_eq!(table.name(), "t.csv");
    let rows = table.all().unwrap();
    let lines: Vec<u64> = rows.iter().map(Row::line).collect();
    assert_eq!(lines, [3, 4, 5]);
    let missing: Vec<bool> = rows.iter().map(|row| row.is_missing(2)).collect();
    assert_eq!(missing, [true, false, true]);
    assert_eq!((rows[0].whole(0), rows[1].whole(0)), (Ok(3), Ok(12)));
    let message = rows[2].whole(0).unwrap_err().to_string();
    assert!(
        message.contains("line 5") && message.contains("`1,5` is not a whole number"),
        "{message}"
    );
}

#[test]
fn unit_is_converted_to_the_wanted_one_in_both_directions() {
    for (wanted, head, cell, number) in [
        ("kW", "power (W)", "1500", 1.5),
        ("W", "power (kW)", "1.5", 1500.0),
        ("kW", "power (kW)", "1.5", 1.5),
        ("kW", "power (MW)", "0.0015", 1.5),
    ] {
        let columns =
            [ColumnSpec::required(&["hour"]), ColumnSpec::required(&["power"]).in_unit(wanted)];
        let text = format!("hour,{head}\n1,{cell}\n");
        let table = Table::parse("t.csv", &text, &columns, UnknownColumns::Refused).unwrap();
        let found = table.all().unwrap()[0].number(1).unwrap();
        assert!((found / number - 1.0).abs() < 1e-12, "{head} in {wanted}: {found}");
    }
}

#[test]
fn cells_beyond_the_header_are_ignored_if_empty_and_refused_otherwise() {
    assert_eq!(numbers("hour,power_w\n1,2,,\n").unwrap(), [(1.0, 2.0)]);
    let long = error_message("hour,power_w\n1,2,,7\n");
    assert!(long.contains("has 4 cells"), "{long}");
    let short = error_message("hour,power_w\n1\n");
    assert!(short.contains("has 1 cells") || short.contains("power_w"), "{short}");
}

/// The factor of a column that is specified by its full name, or the error.
fn factor_of(header: &str, unit: &str) -> Result<f64, String> {
    let names = [header];
    let wanted = [ColumnSpec::required(&names).in_unit(unit), ColumnSpec::required(&["x"])];
    let text = format!("x;\"{header}\"\n1;1\n");
    let table = Table::parse("t.csv", &text, &wanted, UnknownColumns::Ignored);
    let table = table.map_err(|error| error.to_string())?;
    Ok(table.all().unwrap()[0].number(0).unwrap())
}

#[test]
fn unit_of_a_column_specified_by_full_name_is_taken_from_the_name() {
    for (unit, headers, factor) in [
        ("W", &["Power", "P-1", "power_w", "Power (W)", "p_min", "W avg", "PowerW"][..], 1.0),
        ("W", &["power_a", "Power (L1) [W]", "flow", "us_power", "P1", "NetworkLoad"], 1.0),
        ("W", &["Power (kW)", "power_kw", "Power [kW]", "Power kW", "POWER_KW"], 1e3),
        ("W", &["Power, kW", "P/kW", "P / kW", "Power (kW) total", "power_kw_avg"], 1e3),
        ("W", &["PowerkW", "powerkw", "LoadKW", "kW", "Power (kilowatts)"], 1e3),
        ("W", &["Power_MW", "Power (MW)", "PowerMW"], 1e6),
        ("W", &["Power_mW", "Power [mW]", "power (milliwatt)"], 1e-3),
        ("s", &["Time", "time_s", "Seconds"], 1.0),
        ("s", &["elapsed_ms", "Time (ms)", "t/ms", "Milliseconds"], 1e-3),
        ("s", &["elapsed_us", "Time (\u{b5}s)", "Time (\u{3bc}s)"], 1e-6),
        ("s", &["time_min", "Time [min]", "elapsed minutes"], 60.0),
        ("s", &["time_h", "Time (h)", "Elapsed Hours"], 3600.0),
        ("TH/s", &["hashrate_ph_s", "Hashrate (PH/s)", "Hashrate PH/s"], 1e3),
        ("EH", &["hashrate_EH", "Hashrate (EH/s)"], 1.0),
        ("J/TH", &["fleet_J_per_TH", "Efficiency (W/TH)", "J/TH", "eff_j_th"], 1.0),
        ("J/TH", &["Efficiency (J/GH)", "eff J_per_GH"], 1e3),
        ("MW", &["demand_mw", "Demand_MW"], 1.0),
        ("MW", &["Demand (kW)"], 1e-3),
    ] {
        for header in headers {
            let found =
                factor_of(header, unit).unwrap_or_else(|message| panic!("{header}: {message}"));
            assert!((found / factor - 1.0).abs() < 1e-12, "{header} in {unit}: {found}");
        }
    }
}

#[test]
fn unit_of_another_quantity_is_refused_for_a_column_specified_by_full_name() {
    for (unit, header, wanted) in [
        (
            "W",
            "Energy (Wh)",
            "t.csv, line 1, column Energy (Wh): `Wh` is a unit of energy, but this column is for \
             power; give a column of power, in one of W, mW, kW, MW, GW",
        ),
        ("W", "Energy_kWh", "`kWh` is a unit of energy"),
        ("W", "EnergyWh", "`Wh` is a unit of energy"),
        ("W", "energy_kwh_total", "`kwh` is a unit of energy"),
        ("W", "energy_j", "`j` is a unit of energy"),
        ("W", "S (VA)", "`VA` is a unit of apparent power"),
        ("W", "power_va", "`va` is a unit of apparent power"),
        ("W", "Q [var]", "`var` is a unit of reactive power"),
        ("W", "Current (A)", "`A` is a unit of current"),
        ("W", "elapsed_s", "`s` is a unit of time"),
        ("W", "Hashrate (TH/s)", "`TH/s` is a unit of hashrate"),
        ("W", "Load (%)", "`%` is a unit of shares"),
        (
            "W",
            "Power (furlongs)",
            "`furlongs` is not a valid unit of this column; write one of W, mW, kW",
        ),
        ("W", "power_mw", "`mw` is an ambiguous unit; write one of W, mW, kW, MW"),
        ("W", "Power_W (kW)", "states two units"),
        (
            "W",
            "NetworkW",
            "may end in the unit `kW` or only in a part of it; write the unit in brackets",
        ),
        ("s", "Energy (J)", "`J` is a unit of energy, but this column is for time"),
        ("TH/s", "Efficiency (J/TH)", "`J/TH` is a unit of efficiency"),
        ("J/TH", "Hashrate TH", "`TH` is a unit of hashrate, but this column is for efficiency"),
    ] {
        let message = factor_of(header, unit).unwrap_err();
        assert!(message.contains(wanted), "{header} in {unit}: {message}");
    }
}

#[test]
fn unit_in_brackets_is_refused_for_a_name_with_a_unit_and_words_are_accepted() {
    let read = |head: &str| {
        let wanted =
            [ColumnSpec::required(&["price_usd_per_mwh"]), ColumnSpec::required(&["date"])];
        let text = format!("date (YYYY/MM/DD),{head}\n2026-01-01,5\n");
        let table = Table::parse("t.csv", &text, &wanted, UnknownColumns::Refused);
        table.map(|table| table.all().unwrap()[0].number(0).unwrap()).map_err(|e| e.to_string())
    };
    assert_eq!(read("price_usd_per_mwh"), Ok(5.0));
    assert_eq!(read("price_usd_per_mwh (spot)"), Ok(5.0));
    let message = read("price_usd_per_mwh (EUR/kWh)").unwrap_err();
    assert!(message.contains("`EUR/kWh` conflicts with the unit in the name; give"), "{message}");
}

#[test]
fn duplicate_column_is_refused_with_a_remedy_that_works() {
    let wanted = [ColumnSpec::required(&["hour"]), ColumnSpec::required(&["Q"]).in_unit("W")];
    let read = |header: &str| {
        let text = format!("{header}\n1,2,3\n");
        let table = Table::parse("t.csv", &text, &wanted, UnknownColumns::Ignored);
        table.map(|table| table.all().unwrap()[0].number(1).unwrap()).map_err(|e| e.to_string())
    };
    let message = read("hour,Q,Q").unwrap_err();
    assert!(
        message.contains("column Q: is a duplicate") && message.contains("rename or"),
        "{message}"
    );
    assert_eq!(read("hour,Q,Q2"), Ok(2.0));
    assert_eq!(read("hour,Q,"), Ok(2.0));
    // Where unknown columns are refused, renaming is not a remedy.
    let refused = Table::parse("t.csv", "hour,Q,q\n1,2,3\n", &wanted, UnknownColumns::Refused);
    let message = refused.err().unwrap().to_string();
    assert!(
        message.contains("is a duplicate of the column `Q`; remove one of the two"),
        "{message}"
    );
}

#[test]
fn header_without_wanted_columns_is_shown_with_its_line() {
    for (text, wanted) in [
        (
            "Zeit;Leistung (kW)\n1,5;2,25\n2,5;2,75\n",
            "line 1: no column `hour`; the header found is `Zeit, Leistung (kW)`",
        ),
        ("Zeit;Leistung\n01.02.2026 10:00:00,5;2,25\n", "line 1: no column `hour`; the header"),
        ("X-1\nZeit;Leistung\n1,5;2,25\n", "line 2: no column `hour`; the header found is `Zeit"),
        ("Zeit\tLeistung\n1,5\t2,25\n", "the header found is `Zeit, Leistung`"),
    ] {
        let message = error_message(text);
        assert!(message.contains(wanted), "{text:?}: {message}");
    }
}

#[test]
fn remedy_for_a_percentage_or_a_number_with_unit_gives_the_right_value() {
    let wanted =
        [ColumnSpec::required(&["share"]), ColumnSpec::required(&["power_w"]).in_unit("W")];
    let read = |header: &str, share: &str, power: &str| {
        let text = format!("share;{header}\n{share};{power}\n");
        let table = Table::parse("t.csv", &text, &wanted, UnknownColumns::Refused).unwrap();
        let row = table.all().unwrap().remove(0);
        let numbers = row.number(0).and_then(|share| Ok((share, row.number(1)?)));
        numbers.map_err(|error| error.to_string())
    };
    for (header, share, power, write, wanted) in [
        ("power_w", "40.6%", "1", "`40.6%` is a percentage; write 0.406", (0.406, 1.0)),
        ("power_w", "95 %", "1", "write 0.95", (0.95, 1.0)),
        ("power_w", "0.7%", "1", "write 0.007", (0.007, 1.0)),
        ("power_w", "0.5", "18.5 W", "contains more than a number; write 18.5", (0.5, 18.5)),
        ("power_w", "0.5", "18.5 kW", "contains more than a number; write 18500", (0.5, 18_500.0)),
        ("Power (kW)", "0.5", "18.5kW", "write 18.5", (0.5, 18_500.0)),
        ("Power (kW)", "0.5", "700 W", "write 0.7", (0.5, 700.0)),
    ] {
        let message = read(header, share, power).unwrap_err();
        assert!(message.contains(write), "{message}");
        let given = write.rsplit_once("write ").unwrap().1;
        let (share, power) = if power == "1" { (given, power) } else { (share, given) };
        assert_eq!(read(header, share, power), Ok(wanted), "{message}");
    }
    for (power, wanted) in [
        ("5 kWh", "has a unit of another quantity; give a column of power"),
        ("5 s", "has a unit of another quantity; give a column of power"),
        ("5 mw", "has an ambiguous unit; write the number alone, in the unit of the column"),
        (
            "5 ct/kWh",
            "contains more than a number; write the number alone, in the unit of the column",
        ),
    ] {
        let message = read("power_w", "0.5", power).unwrap_err();
        assert!(message.contains(wanted), "{power}: {message}");
    }
}
