//! Hours with individual prices: market years, typical days, availability.

use super::*;
use crate::params::{Hour, MONTH_HOURS};
use jiff::Span;
use jiff::civil::{Date, date};

const PRICES: &str = "power_mw = 5\n[hours]\nprices = \"p.csv\"\n";

fn read_files(text: &str, files: &[(&str, &str)]) -> Result<Resolved, ScenarioError> {
    let files: Vec<(String, String)> =
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let read = move |file: &str| {
        let found = files.iter().find(|(name, _)| name == file);
        found.map(|(_, text)| text.clone()).ok_or_else(|| "no such file".to_owned())
    };
    Scenario::from_toml(text).unwrap().resolve_with_files(read)
}

fn read(text: &str, prices: &str) -> Result<Resolved, String> {
    read_files(text, &[("p.csv", prices)]).map_err(|error| error.to_string())
}

/// Distinct prices, of which one in seven is negative.
fn price(step: i64) -> f64 {
    let unlike = (step * 7919 % 100_003) as f64 / 1000.0;
    if step % 7 == 0 { -unlike - 1.0 } else { unlike + 5.0 }
}

/// A file that starts on a day and has a number of steps of some minutes; `of` makes the columns after the
/// time.
fn series(head: &str, from: Date, steps: i64, minutes: i64, of: impl Fn(i64) -> String) -> String {
    let mut text = format!("datetime,{head}\n");
    for step in 0..steps {
        let at = from.at(0, 0, 0, 0).checked_add(Span::new().minutes(step * minutes)).unwrap();
        text.push_str(&format!("{at},{}\n", of(step)));
    }
    text
}

fn year(head: &str, steps: i64) -> String {
    series(head, date(2025, 1, 1), steps, 60, |step| price(step).to_string())
}

/// The energy price of an hour, USD/MWh, from the tariff and the ratio.
fn costs(found: &Resolved, site: usize, month: usize) -> Vec<f64> {
    let site = &found.inputs.sites[site];
    let tariff = row(found, site.tariff.value).value * 1e3;
    let mut costs: Vec<f64> =
        site.hours.month(month).iter().map(|hour| hour.price_ratio * tariff).collect();
    costs.sort_by(f64::total_cmp);
    costs
}

fn assert_prices(found: &[f64], mut wanted: Vec<f64>) {
    wanted.sort_by(f64::total_cmp);
    assert_eq!(found.len(), wanted.len());
    let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-12 * b.abs().max(1.0);
    assert!(found.iter().zip(&wanted).all(near));
}

#[test]
fn hourly_prices_without_tariff_are_energy_price() {
    let found = read(PRICES, &year("Price (USD/MWh)", 8760)).unwrap();
    let (mut first, mut sum) = (0, 0.0);
    for (month, length) in MONTH_HOURS.iter().enumerate() {
        let own: Vec<f64> = (first..first + *length as i64).map(price).collect();
        (first, sum) = (first + *length as i64, sum + own.iter().sum::<f64>());
        assert_prices(&costs(&found, 0, month), own);
        let hours = found.inputs.sites[0].hours.month(month);
        assert!(hours.iter().all(|hour| (hour.weight * length - 1.0).abs() < 1e-9));
    }
    let tariff = at(&found, "tariff");
    assert!((tariff.value * 1e3 / (sum / 8760.0) - 1.0).abs() < 1e-12);
    let source = tariff.provenance.detail();
    let wanted = "mean of the prices in hours.prices: times and prices, 8,760 hours of 2025";
    assert!(!tariff.missing && source.starts_with(wanted), "{source}");
    let message = found.warnings.iter().find(|warning| warning.key() == "hourly_prices").unwrap();
    assert!(message.to_string().ends_with("apply hour by hour as the energy price"), "{message}");
    assert!(!message.qualifies_figures() && found.tables[0].source.contains("USD/MWh"));
}

#[test]
fn quarter_hours_and_leap_days_join_their_month() {
    let quarters =
        series("Price (USD/MWh)", date(2025, 1, 1), 35_040, 15, |step| price(step).to_string());
    let found = read(PRICES, &quarters).unwrap();
    assert_prices(&costs(&found, 0, 0), (0..4 * 744).map(price).collect());
    let leap =
        series("Price (USD/MWh)", date(2024, 1, 1), 8784, 60, |step| price(step).to_string());
    let found = read(PRICES, &leap).unwrap();
    assert_prices(&costs(&found, 0, 1), (744..744 + 696).map(price).collect());
    // Two years are combined by month.
    let two =
        series("Price (USD/MWh)", date(2024, 1, 1), 17_544, 60, |step| price(step).to_string());
    let found = read(PRICES, &two).unwrap();
    let own = (744..1440).chain(8784 + 744..8784 + 1416).map(price).collect();
    assert_prices(&costs(&found, 0, 1), own);
}

#[test]
fn hourly_prices_with_tariff_scale_it_by_ratio_to_mean() {
    let text = format!("tariff = \"0.06 USD/kWh\"\n{PRICES}");
    // Prices in a third currency, which does not matter for ratios.
    let found = read(&text, &year("Price (SEK/MWh)", 8760)).unwrap();
    let mean = (0..8760).map(price).sum::<f64>() / 8760.0;
    assert_prices(&costs(&found, 0, 0), (0..744).map(|step| price(step) / mean * 60.0).collect());
    assert_eq!(at(&found, "tariff").value, 0.06);
}

#[test]
fn site_prices_override_shared_prices() {
    let text = "[hours]\nprices = \"p.csv\"\n[[site]]\nname = \"a\"\npower_mw = 1\n[[site]]\nname = \"b\"\n\
        power_mw = 1\n[[site]]\nname = \"c\"\npower_mw = 1\n[site.hours]\nprices = \"q.csv\"\n\
        [[lot]]\nsite = \"a\"\n[[lot]]\nsite = \"b\"\n[[lot]]\nsite = \"c\"\n";
    let local = "exchange_rate = \"280 PKR/USD\"\n".to_owned() + text;
    let other = series("Price (PKR/MWh)", date(2025, 1, 1), 8760, 60, |_| "14000".to_owned());
    let files = [("p.csv", year("Price (USD/MWh)", 8760)), ("q.csv", other)];
    let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
    let found = read_files(&local, &files).unwrap();
    let sites = &found.inputs.sites;
    assert!(std::sync::Arc::ptr_eq(&sites[0].hours, &sites[1].hours));
    assert_eq!(sites[0].tariff, sites[1].tariff);
    assert_eq!(sites[2].tariff.denomination, Denomination::Local);
    assert_eq!((at(&found, "site[2].tariff").value, sites[2].hours.month(0).len()), (14.0, 1));
}

#[test]
fn optional_price_columns_stay_on_their_hour() {
    let head = "Price (USD/MWh),available,peak_probability,demand_mw,available_mw";
    let beside = |step: i64| {
        // The peak of July is in one of its first two hours.
        let peak = if (4344..4346).contains(&step) { 0.5 } else { 0.0 };
        format!("{},{},{peak},{},20000", price(step), step % 4, 10_000 + step)
            .replace(",2,", ",0.25,")
            .replace(",3,", ",0.75,")
    };
    let found = read(PRICES, &series(head, date(2025, 1, 1), 8760, 60, beside)).unwrap();
    let tariff = at(&found, "tariff").value * 1e3;
    let july = found.inputs.sites[0].hours.month(6);
    for step in 4344..4344 + 744 {
        let is_own = |hour: &&Hour| (hour.price_ratio * tariff - price(step)).abs() < 1e-9;
        let hour = july.iter().find(is_own).unwrap();
        assert_eq!(hour.available, [0.0, 1.0, 0.25, 0.75][step as usize % 4]);
        assert_eq!(hour.peak_probability, if step < 4346 { 0.5 } else { 0.0 });
        assert_eq!(hour.system.free(1.0, 0.0), 10_000.0 - step as f64);
    }
}

#[test]
fn availability_joins_prices_by_hour_of_year() {
    let part = |step: i64| (step % 5) as f64 / 4.0;
    let wind = |steps| series("available", date(2023, 1, 1), steps, 60, |s| part(s).to_string());
    let text = format!("{PRICES}availability = \"w.csv\"\n");
    let prices = year("Price (USD/MWh)", 8760);
    let with = |wind: &str| {
        read_files(&text, &[("p.csv", &prices), ("w.csv", wind)]).map_err(|e| e.to_string())
    };
    let found = with(&wind(8760)).unwrap();
    let tariff = at(&found, "tariff").value * 1e3;
    let hours = found.inputs.sites[0].hours.month(0);
    for step in 0..744 {
        let own = |hour: &&Hour| (hour.price_ratio * tariff - price(step)).abs() < 1e-9;
        assert_eq!(hours.iter().find(own).unwrap().available, part(step));
    }
    // Availability alone determines when there is energy at the tariff.
    let alone = "tariff = \"0.05 USD/kWh\"\npower_mw = 5\n[hours]\navailability = \"w.csv\"\n";
    let found = read_files(alone, &[("w.csv", &wind(8760))]).unwrap();
    assert!((found.inputs.sites[0].hours.available() - 0.5).abs() < 1e-3);
    assert_eq!(found.inputs.sites[0].hours.month(0).len(), 5);
    let quarters = series("available", date(2023, 1, 1), 35_040, 15, |_| "1".to_owned());
    for (wind, message) in [
        (
            wind(17_544),
            "has 17544 steps of 60 minutes from month 1, day 1, 00:00:00, but p.csv has 8760",
        ),
        (quarters, "has 35040 steps of 15 minutes"),
        (
            series("available", date(2023, 2, 1), 8760, 60, |_| "1".to_owned()),
            "from month 2, day 1",
        ),
        (
            series("available", date(2023, 1, 1), 8760, 60, |_| "1.2".to_owned()),
            "has an availability of 1.2",
        ),
        ("time,wind\n2023-01-01 00:00,1\n".to_owned(), "name them `datetime` and `available`"),
    ] {
        let error = with(&wind).unwrap_err();
        assert!(error.contains("hours.availability: w.csv") && error.contains(message), "{error}");
    }
}

/// Two typical days of each month; weekend prices are a tenth of those on weekdays.
fn days(head: &str, of: impl Fn(i64, bool, i64) -> String) -> String {
    let mut text = format!("month,day,weight,hour,{head}\n");
    for month in 1..=12 {
        for (day, weight) in [("week", "5"), ("weekend", "2")] {
            for hour in 0..24 {
                let rest = of(month, day == "week", hour);
                text.push_str(&format!("{month},{day},{weight},{hour},{rest}\n"));
            }
        }
    }
    text
}

#[test]
fn typical_days_are_weighted() {
    let price = |month: i64, week: bool, hour: i64| {
        (month * 100 + hour) as f64 * if week { 1.0 } else { -0.1 }
    };
    let text = days("price_usd_per_mwh,available", |m, w, h| format!("{},1", price(m, w, h)));
    let found = read(PRICES, &text).unwrap();
    let tariff = at(&found, "tariff").value * 1e3;
    let mut mean = 0.0;
    for month in 1..=12 {
        let hours = found.inputs.sites[0].hours.month(month as usize - 1);
        assert_eq!(hours.len(), 48);
        for (week, days) in [(true, 5.0), (false, 2.0)] {
            for hour in 0..24 {
                let wanted = price(month, week, hour);
                let own = |h: &&Hour| (h.price_ratio * tariff - wanted).abs() < 1e-9;
                let weight = hours.iter().find(own).unwrap().weight;
                assert!((weight - days / 7.0 / 24.0).abs() < 1e-12);
                mean += wanted * days / 7.0 / 24.0 * MONTH_HOURS[month as usize - 1] / 8760.0;
            }
        }
    }
    assert!((tariff / mean - 1.0).abs() < 1e-12);
    assert!(found.tables[0].source.starts_with("24 typical days, USD/MWh, mean"));
    // Ratios need a tariff to which they apply.
    let ratios = days("price_ratio", |_, _, hour| if hour < 12 { "0.5" } else { "1.5" }.to_owned());
    assert!(at(&read(PRICES, &ratios).unwrap(), "tariff").missing);
    let found = read(&format!("tariff = \"50 USD/MWh\"\n{PRICES}"), &ratios).unwrap();
    assert_prices(&costs(&found, 0, 3), vec![25.0, 75.0]);
}

#[test]
fn invalid_typical_days_are_refused_with_place() {
    let good = days("price", |_, _, hour| hour.to_string());
    let text = format!("tariff = \"50 USD/MWh\"\n{PRICES}");
    for (bad, message) in [
        (good.replacen("3,week,5,7,7\n", "", 1), "has no hour 7 of day week of month 3"),
        (good.replacen("3,week,5,7,7\n", "3,week,5,6,7\n", 1), "month 3, day week, hour 6 appears"),
        (good.replacen("3,week,5,7,7\n", "3,week,4,7,7\n", 1), "`4` differs from 5 in this day's"),
        (
            good.replacen("3,week,5,0,0\n", "3,week,0,0,0\n", 1),
            "is not a valid number of days; give",
        ),
        (good.replacen("1,week,5,0,0\n", "13,week,5,0,0\n", 1), "`13` is not a month"),
        (good.replacen("price", "cost", 1), "column cost"),
        (good.lines().take(49).fold(String::new(), |t, l| t + l + "\n"), "has no day of month 2"),
    ] {
        let error = read(&text, &bad).unwrap_err();
        assert!(
            error.contains("hours.prices: p.csv") && error.contains(message),
            "{message}: {error}"
        );
    }
    let peaks = days("price,peak_probability", |_, _, hour| format!("{hour},0.5"));
    let error = read(&text, &peaks).unwrap_err();
    assert!(error.contains("column peak_probability: adds up to 24 in month 1"), "{error}");
}

#[test]
fn unusable_energy_prices_are_refused_with_reason() {
    let no_unit = read(PRICES, &year("price", 8760)).unwrap_err();
    assert!(
        no_unit.contains("line 3, hours.prices: p.csv: no currency is stated; name it"),
        "{no_unit}"
    );
    let local = format!("exchange_rate = \"280 PKR/USD\"\n{PRICES}");
    for (text, head, message) in [
        (local.as_str(), "Price (EUR/MWh)", "is in EUR; give it in PKR or USD"),
        (PRICES, "Price (PKR/MWh)", "is in PKR, but there is no exchange rate"),
    ] {
        let error = read(text, &year(head, 8760)).unwrap_err();
        assert!(error.contains("hours.prices: ") && error.contains(message), "{message}: {error}");
    }
    let below = series("Price (USD/MWh)", date(2025, 1, 1), 8760, 60, |_| "-3".to_owned());
    let error = read(PRICES, &below).unwrap_err();
    assert!(error.contains("has the mean price -3; prices are used as ratios"), "{error}");
    let error = read(PRICES, &year("Price (USD/MWh)", 8759)).unwrap_err();
    assert!(error.contains("has 8,759 hours"), "{error}");
    let half =
        series("Price (USD/MWh),demand_mw", date(2025, 1, 1), 8760, 60, |_| "3,1".to_owned());
    let error = read(PRICES, &half).unwrap_err();
    assert!(error.contains("column demand_mw: is given without available_mw"), "{error}");
    let error = read(PRICES, "when,worth\n1,2\n").unwrap_err();
    assert!(error.contains("name them `datetime` and `Price (EUR/MWh)`"), "{error}");
}

#[test]
fn alternative_hours_keys_are_mutually_exclusive() {
    for (keys, key, other) in [
        ("prices = \"p.csv\"\nprofile = \"p.csv\"\n", "prices", "profile"),
        ("prices = \"p.csv\"\navailable = [1,1,1,1,1,1,1,1,1,1,1,1]\n", "prices", "available"),
        ("availability = \"p.csv\"\nprofile = \"p.csv\"\n", "availability", "profile"),
    ] {
        let text = format!("power_mw = 5\n[hours]\n{keys}");
        let error = read(&text, &year("Price (USD/MWh)", 8760)).unwrap_err();
        let message = format!("hours.{key}: cannot be combined with hours.{other}");
        assert!(error.contains(&message), "{error}");
    }
    let both = format!("{PRICES}availability = \"p.csv\"\n");
    let file =
        series("Price (USD/MWh),available", date(2025, 1, 1), 8760, 60, |_| "3,1".to_owned());
    let error = read(&both, &file).unwrap_err();
    assert!(error.contains("cannot be combined with the column available of p.csv"), "{error}");
    let system = format!(
        "region = \"PAK\"\nexchange_rate = \"280 PKR/USD\"\n{PRICES}[scarcity]\nprofile = \"pakistan\"\n"
    );
    let head = "Price (USD/MWh),demand_mw,available_mw";
    let file = series(head, date(2025, 1, 1), 8760, 60, |_| "3,1,2".to_owned());
    let error = read(&system, &file).unwrap_err();
    assert!(error.contains("hours.prices: cannot be combined with scarcity.profile"), "{error}");
    // The power system of the region by month and hour of day, combined with hourly prices.
    let found = read(&system, &year("Price (USD/MWh)", 8760)).unwrap();
    let hours = &found.inputs.sites[0].hours;
    assert!(hours.knows_system() && hours.month(0).len() == 744);
    let peak = hours.month(0).iter().filter(|hour| hour.peak).count();
    assert_eq!(peak, 31 * 8);
}
