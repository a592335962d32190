//! Tables to which a scenario refers: hours, the power system, paths of the market.

use super::*;
use crate::params::MONTH_HOURS;

fn read_with(text: &str, name: &'static str, table: String) -> Result<Resolved, ScenarioError> {
    let read = move |file: &str| {
        if file == name { Ok(table.clone()) } else { Err("no such file".to_owned()) }
    };
    Scenario::from_toml(text).unwrap().resolve_with_files(read)
}

fn table(head: &str, of: impl Fn(usize, usize) -> String) -> String {
    let rows = (1..=12).flat_map(|month| (0..24).map(move |hour| (month, hour)));
    rows.fold(format!("month,hour,{head}\n"), |text, (month, hour)| {
        format!("{text}{month},{hour},{}\n", of(month, hour))
    })
}

const PROFILE: &str = "power_mw = 5\n[hours]\nprofile = \"h.csv\"\n";

#[test]
fn profile_and_system_are_combined_hour_by_hour() {
    let hours = table("available,price_ratio", |_, hour| match hour {
        0..4 => "1,0.5".to_owned(),
        4..8 => "1,1.5".to_owned(),
        _ => "0,1".to_owned(),
    });
    let text = "power_mw = 5\nregion = \"PAK\"\nexchange_rate = \"281 PKR/USD\"\n\
        [hours]\nprofile = \"h.csv\"\ncap_hours_per_year = 4000\n[scarcity]\nprofile = \"pakistan\"\n";
    let found = read_with(text, "h.csv", hours).unwrap();
    let site = &found.inputs.sites[0];
    assert_eq!(site.cap_hours, Some(4000.0));
    assert!((site.hours.available() - 8.0 / 24.0).abs() < 1e-12);
    assert!(site.hours.knows_system());
    for month in 0..12 {
        let hours = site.hours.month(month);
        let part = |of: &dyn Fn(&crate::params::Hour) -> bool| {
            hours.iter().filter(|hour| of(hour)).map(|hour| hour.weight).sum::<f64>()
        };
        assert!((part(&|_| true) - 1.0).abs() < 1e-12);
        // The official peak is from 17:00 to 01:00, the cheap hours from 0:00 to 4:00.
        assert!((part(&|hour| hour.peak) - 8.0 / 24.0).abs() < 1e-12);
        assert!((part(&|hour| hour.price_ratio == 0.5 && hour.peak) - 1.0 / 24.0).abs() < 1e-12);
    }
    let named: Vec<_> =
        found.tables.iter().map(|table| (table.name.as_str(), table.region)).collect();
    assert_eq!(named, [("pakistan", found.region), ("h.csv", None)]);
}

#[test]
fn monthly_availability_needs_no_profile() {
    let text = "power_mw = 5\n[hours]\navailable = [1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1]\ndispatch = \"must_run\"\n\
        [[mode]]\nspeed = 0.7\nj_per_th_ratio = 0.9\n[[mode]]\n";
    let found = resolved(text);
    let site = &found.inputs.sites[0];
    assert_eq!((site.hours.month(3).len(), site.hours.month(3)[0].available), (1, 0.0));
    let winter: f64 = [0, 1, 2, 9, 10, 11].iter().map(|&month| MONTH_HOURS[month]).sum();
    assert!((site.hours.available() - winter / 8760.0).abs() < 1e-12);
    assert_eq!((site.dispatch, site.modes.len()), (Dispatch::MustRun, 2));
    assert!(!site.hours.knows_system());
}

#[test]
fn invalid_profile_is_refused_with_place() {
    let good = table("available,price_ratio", |_, _| "1,1".to_owned());
    for (text, message) in [
        (good.replacen("3,7,1,1\n", "", 1), ": has no row for month 3, hour 7"),
        (
            good.replacen("3,7,1,1\n", "3,6,1,1\n", 1),
            ", line 57: month 3, hour 6 appears twice, first on line 56; remove",
        ),
        (good.replacen("3,7,1,1\n", "13,7,1,1\n", 1), ", line 57, column month: `13` is not in"),
        (good.replacen("3,7,1,1\n", "3,-7,1,1\n", 1), "`-7` is not a whole number"),
        (good.replacen("3,7,1,1\n", "3,24,1,1\n", 1), "`24` is not in a year; give hours of 0"),
        (good.replacen("3,7,1,1\n", "3,7,1.5,1\n", 1), "`1.5` is not possible; give 0 to 1"),
        (good.replacen("3,7,1,1\n", "3,7,NaN,1\n", 1), "column available: `NaN` is not a number"),
        (good.replacen("3,7,1,1\n", "3,7,1,n/a\n", 1), "is not a number; leave the cell empty"),
        (good.replacen("available", "availible", 1), "no column `available`; the header found is"),
        (
            good.replacen("price_ratio", "price_ration", 1),
            "column price_ration: is not a known column",
        ),
        (good.replacen("1,1\n", "1\n", 1), ", line 2: has 3 cells"),
        (table("available,peak_probability", |_, _| "1,0.5".to_owned()), "adds up to 12"),
        (String::new(), ": is empty; give a header"),
    ] {
        let error = read_with(PROFILE, "h.csv", text).unwrap_err().to_string();
        assert!(
            error.starts_with("line 3, hours.profile: h.csv") && error.contains(message),
            "{message}: {error}"
        );
    }
}

#[test]
fn system_row_without_source_or_date_is_refused() {
    let text = "power_mw = 5\n[scarcity]\nprofile = \"s.csv\"\n";
    let head = "demand_mw,available_mw,peak,as_of,source";
    let good = table(head, |_, hour| format!("{},600,0,2026-11,test", 400 + hour));
    let found = read_with(text, "s.csv", good.clone()).unwrap();
    assert_eq!(found.inputs.sites[0].hours.month(0).len(), 24);
    for (bad, message) in [
        (good.replacen(",2026-11,", ",,", 1), "column as_of: `` is not a date"),
        (good.replacen(",test", ",", 1), "column source: `` is empty"),
        (good.replacen(",0,2026", ",2,2026", 1), "column peak: `2` is neither 0 nor 1"),
        (
            good.replacen(",600,", ",-1,", 1),
            "column available_mw: `-1` is not possible; give 0 to 1e7 MW",
        ),
    ] {
        let error = read_with(text, "s.csv", bad).unwrap_err().to_string();
        assert!(error.contains(message), "{message}: {error}");
    }
}

#[test]
fn market_path_with_invalid_dates_is_refused() {
    let text = "power_mw = 5\n[market]\nothers_path = \"n.csv\"\nothers_path_of = \"all\"\nnoise = \"none\"\n";
    let found =
        read_with(text, "n.csv", "date,value\n2026-09-11,905\n2027-09-11,1100\n".to_owned())
            .unwrap();
    let path = found.market.others.unwrap();
    assert_eq!(
        (path.of, path.series.rows.len(), found.market.noise),
        (HashrateScope::All, 2, NoiseModel::None)
    );
    for (rows, message) in [
        ("", "has no rows"),
        ("2026-09-11,905\n2026-09-11,905\n", "line 3: 2026-09-11 appears twice, first on line 2"),
        ("2026-09-11,905\n2026-09-10,905\n", "line 3, column date: `2026-09-10` is before"),
        ("2026-09-11,0\n", "line 2, column value: `0` is not possible; give a value above 0"),
        ("2026-09-11T00:00,1\n", "`2026-09-11T00:00` is not a date"),
        ("soon,1\n", "`soon` is not a date; write YYYY-MM-DD"),
    ] {
        let error =
            read_with(text, "n.csv", format!("date,value\n{rows}")).unwrap_err().to_string();
        assert!(
            error.starts_with("line 3, market.others_path: n.csv") && error.contains(message),
            "{message}: {error}"
        );
    }
}

#[test]
fn spreadsheet_profile_equals_plain_csv() {
    let ratio = |hour: usize| if hour < 12 { "0.75" } else { "1.25" };
    let plain = table("available,price_ratio", |_, hour| format!("1,{}", ratio(hour)));
    let wanted = read_with(PROFILE, "h.csv", plain.clone()).unwrap().inputs.sites[0].hours.clone();
    let commas = plain.replace(',', ";").replace('.', ",");
    let quoted = plain.replace("0.75", "\"0,75\"").replace("1.25", "\"1,25\"");
    for (how, text) in [
        ("semicolons and decimal commas", commas.clone()),
        ("tabs and decimal commas", commas.replace(';', "\t")),
        ("quoted decimal commas", quoted),
        ("blanks", plain.replace(',', ", ")),
        (
            "capitals",
            plain.replace("month,hour,available,price_ratio", "Month,Hour,Available,Price Ratio"),
        ),
        ("an empty last column", plain.replace('\n', ",\n")),
        ("a declared divider", format!("sep=,\r\n{}", plain.replace('\n', "\r\n"))),
    ] {
        let found = read_with(PROFILE, "h.csv", text).unwrap_or_else(|e| panic!("{how}: {e}"));
        assert_eq!(found.inputs.sites[0].hours, wanted, "{how}");
        assert_eq!(found.warnings, [], "{how}");
    }
}

#[test]
fn profile_mean_other_than_one_is_refused_or_normalised() {
    let of = |ratio: f64| {
        let text =
            table("available,price_ratio", |_, hour| format!("1,{}", ratio * (hour + 1) as f64));
        read_with(PROFILE, "h.csv", text)
    };
    // The mean of 1 to 24 is 12.5.
    assert_eq!(of(0.08).unwrap().warnings, []);
    for (ratio, mean) in [(0.16, "2"), (6.0, "75"), (0.07, "0.875")] {
        let message = of(ratio).unwrap_err().to_string();
        let wanted = format!(
            "h.csv, column price_ratio: has the mean {mean} over all hours of the year, but ratios to the \
             mean price have the mean 1; divide every price by the mean"
        );
        assert!(message.contains(&wanted), "{message}");
    }
    let found = of(0.0816).unwrap();
    let message = found.warnings[0].to_string();
    assert_eq!(found.warnings[0].key(), "profile_mean");
    assert!(
        message.starts_with("h.csv: price_ratio has the mean 1.02 over all hours"),
        "{message}"
    );
    let january = found.inputs.sites[0].hours.month(0);
    assert!((january[0].price_ratio - 0.08).abs() < 1e-12, "{january:?}");
}

#[test]
fn profile_mean_weighs_months_by_hours() {
    // Twice the price in February, and the rest such that the mean over 365 days is 1.
    let rest = (365.0 - 2.0 * 28.0) / 337.0;
    let text = table("available,price_ratio", |month, _| {
        format!("1,{}", if month == 2 { 2.0 } else { rest })
    });
    assert_eq!(read_with(PROFILE, "h.csv", text).unwrap().warnings, []);
}

#[test]
fn market_prices_become_ratios_to_mean() {
    let begin = jiff::civil::date(2025, 1, 1).at(0, 0, 0, 0);
    let price = |hour: i8| if hour < 6 { -10.0 } else { 90.0 };
    let year = |of: &dyn Fn(i8) -> f64| {
        (0..8760).fold("datetime,Price (EUR/MWh)\n".to_owned(), |text, i| {
            let at = begin.checked_add(jiff::Span::new().hours(i)).unwrap();
            format!("{text}{at},{}\n", of(at.hour()))
        })
    };
    let found = read_with(PROFILE, "h.csv", year(&price)).unwrap();
    let hours = found.inputs.sites[0].hours.month(6);
    let ratios: Vec<f64> = hours.iter().map(|hour| hour.price_ratio).collect();
    let wanted = [-10.0 / 65.0, 90.0 / 65.0];
    assert!(ratios.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-12), "{ratios:?}");
    assert!((found.inputs.sites[0].hours.available() - 1.0).abs() < 1e-12);
    let message = found.warnings[0].to_string();
    assert_eq!(found.warnings[0].key(), "price_profile");
    assert!(
        message.starts_with("h.csv: times and prices, 8,760 hours of 2025")
            && message.contains("EUR/MWh, mean 65.00"),
        "{message}"
    );
    assert!(found.tables[0].source.starts_with("times and prices, 8,760 hours"));
    let odd = year(&price).replacen("2025-06-05T07:00:00,90", "2025-06-05T07:00:00,1e7", 1);
    let found = read_with(PROFILE, "h.csv", odd).unwrap();
    let reason = found.warnings.iter().find(|warning| warning.key() == "unusual_value").unwrap();
    let message = reason.to_string();
    let wanted =
        "hours.profile: h.csv, line 3729, column Price (EUR/MWh): the price 10,000,000 over";
    assert!(message.starts_with(wanted), "{message}");
    let message = read_with(PROFILE, "h.csv", year(&|_| -1.0)).unwrap_err().to_string();
    assert!(
        message.contains("h.csv: has the mean price -1; prices are used as ratios to their mean"),
        "{message}"
    );
    let short: String = year(&price).lines().take(100).map(|line| format!("{line}\n")).collect();
    let message = read_with(PROFILE, "h.csv", short).unwrap_err().to_string();
    assert!(message.contains("h.csv, line 100: has 99 hours, from 2025-01-01"), "{message}");
}
