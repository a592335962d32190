//! Tables that a scenario names: hours, the system, paths of the market.

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
fn a_profile_and_the_system_are_put_together_on_each_hour() {
    let hours = table("available,price_ratio", |_, hour| match hour {
        0..4 => "1,0.5".to_owned(),
        4..8 => "1,1".to_owned(),
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
        // The official peak is from 17 to 01, the cheap hours from 0 to 4.
        assert!((part(&|hour| hour.peak) - 8.0 / 24.0).abs() < 1e-12);
        assert!((part(&|hour| hour.price_ratio == 0.5 && hour.peak) - 1.0 / 24.0).abs() < 1e-12);
    }
    let named: Vec<_> =
        found.tables.iter().map(|table| (table.name.as_str(), table.region)).collect();
    assert_eq!(named, [("pakistan", found.region), ("h.csv", None)]);
}

#[test]
fn parts_by_month_are_hours_without_a_profile() {
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
fn gaps_and_slips_are_named() {
    let good = table("available,price_ratio", |_, _| "1,1".to_owned());
    for (text, told) in [
        (good.replacen("3,7,1,1\n", "", 1), "month 3 hour 7 is missing"),
        (good.replacen("3,7,1,1\n", "3,6,1,1\n", 1), "twice"),
        (good.replacen("3,7,1,1\n", "13,7,1,1\n", 1), "months of 1 to 12"),
        (good.replacen("3,7,1,1\n", "3,-7,1,1\n", 1), "hours of 0 to 23"),
        (good.replacen("3,7,1,1\n", "3,7,1.5,1\n", 1), "available of 0 to 1"),
        (good.replacen("3,7,1,1\n", "3,7,NaN,1\n", 1), "no number"),
        (good.replacen("available", "availible", 1), "`available` is missing"),
        (good.replacen("price_ratio", "price_ration", 1), "price_ration"),
        (good.replacen("1,1\n", "1\n", 1), "found record with 3 fields"),
        (table("available,peak_probability", |_, _| "1,0.5".to_owned()), "adds up to 12"),
        (String::new(), "missing"),
    ] {
        let error = read_with(PROFILE, "h.csv", text).unwrap_err().to_string();
        assert!(
            error.starts_with("line 3, hours.profile: h.csv: ") && error.contains(told),
            "{told}: {error}"
        );
    }
}

#[test]
fn the_systems_rows_need_a_source_and_a_date() {
    let text = "power_mw = 5\n[scarcity]\nprofile = \"s.csv\"\n";
    let head = "demand_mw,available_mw,peak,as_of,source";
    let good = table(head, |_, hour| format!("{},600,0,2026-11,test", 400 + hour));
    let found = read_with(text, "s.csv", good.clone()).unwrap();
    assert_eq!(found.inputs.sites[0].hours.month(0).len(), 24);
    for (bad, told) in [
        (good.replacen(",2026-11,", ",,", 1), "no source or no date"),
        (good.replacen(",test", ",", 1), "no source or no date"),
        (good.replacen(",0,2026", ",2,2026", 1), "a peak of 0 or 1"),
        (good.replacen(",600,", ",-1,", 1), "MW of 0 to 1e7"),
    ] {
        let error = read_with(text, "s.csv", bad).unwrap_err().to_string();
        assert!(error.contains(told), "{told}: {error}");
    }
}

#[test]
fn paths_of_the_market_are_dated_and_rise() {
    let text = "power_mw = 5\n[market]\nothers_path = \"n.csv\"\nothers_path_of = \"all\"\nnoise = \"none\"\n";
    let found =
        read_with(text, "n.csv", "date,value\n2026-09-11,905\n2027-09-11,1100\n".to_owned())
            .unwrap();
    let path = found.market.others.unwrap();
    assert_eq!(
        (path.of, path.series.rows.len(), found.market.noise),
        (OthersOf::All, 2, Noise::None)
    );
    for (rows, told) in [
        ("", "has no rows"),
        ("2026-09-11,905\n2026-09-11,905\n", "rising order"),
        ("2026-09-11,0\n", "above 0"),
        ("soon,1\n", "no day"),
    ] {
        let error =
            read_with(text, "n.csv", format!("date,value\n{rows}")).unwrap_err().to_string();
        assert!(
            error.starts_with("line 3, market.others_path: n.csv: ") && error.contains(told),
            "{told}: {error}"
        );
    }
}
