//! `hashwatt network` in every format.

use assert_cmd::Command;
use serde_json::Value;

fn run(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("hashwatt").unwrap();
    command.arg("network").args(arguments);
    command
}

fn stdout(arguments: &[&str]) -> String {
    let output = run(arguments).assert().success().get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&stdout(&[arguments, &["--json"]].concat())).unwrap()
}

fn stderr(arguments: &[&str]) -> String {
    let output = run(arguments).assert().failure().code(2).get_output().stderr.clone();
    String::from_utf8(output).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value}"))
}

fn input<'a>(report: &'a Value, key: &str) -> &'a Value {
    let all = report["inputs"].as_array().unwrap();
    all.iter().find(|input| input["key"] == key).unwrap_or_else(|| panic!("{key}: {all:?}"))
}

#[test]
fn month_bounds_of_power_energy_and_emissions_are_consistent() {
    let report = json(&["--date", "2024-06"]);
    let month = &report["months"][0];
    assert_eq!(month["month"], "2024-06");
    for level in ["lower", "best_guess", "upper"] {
        let of = |unit: &str| number(&month[format!("{level}_{unit}")]);
        // 580.43 EH/s with an overhead of 1.05; a year has 8,760 hours.
        assert!((of("gw") / (580.43 * 1.05 * of("j_per_th") / 1e3) - 1.0).abs() < 1e-9, "{level}");
        assert!((of("twh_per_year") / (8.76 * of("gw")) - 1.0).abs() < 1e-9, "{level}");
        let emitted = of("twh_per_year") * number(&month["grid_g_per_kwh"]) / 1e3;
        assert!((of("mt_co2_per_year") / emitted - 1.0).abs() < 1e-9, "{level}");
    }
    let gw = |level: &str| number(&month[format!("{level}_gw")]);
    assert!(gw("lower") < gw("best_guess") && gw("best_guess") < gw("upper"));
    // 55.146 USD/PH/day at 45 USD/MWh and an overhead of 1.05.
    let threshold = 55.146 / (24.0 * 0.045 * 1.05);
    assert!((number(&month["threshold_j_per_th"]) / threshold - 1.0).abs() < 1e-9, "{month}");
    // CCAF's 138 TWh and 39.8 Mt of June 2024 are listed for comparison.
    let published = report["published"].as_array().unwrap();
    let of = |what: &str| published.iter().find(|row| row["quantity"] == what).unwrap();
    assert_eq!(
        (&of("best_guess")["value"], &of("emissions")["value"]),
        (&138.0.into(), &39.8.into())
    );
    assert_eq!(of("best_guess")["model"], month["best_guess_twh_per_year"]);
}

#[test]
fn inputs_have_origin_and_are_overridden_by_options() {
    let report = json(&[]);
    for row in report["inputs"].as_array().unwrap() {
        assert!(!row["origin"]["detail"].as_str().unwrap().is_empty(), "{row}");
    }
    for (key, kind) in
        [("tariff", "published"), ("pue", "assumed"), ("grid_g_per_kwh[2021]", "published")]
    {
        assert_eq!(input(&report, key)["origin"]["kind"], kind, "{key}");
    }
    // The tariff of the survey has a range, and the month is computed at both ends.
    let tariff = input(&report, "tariff");
    let ends = report["tariffs"].as_array().unwrap();
    assert_eq!(ends.len(), 2);
    assert_eq!(ends[0]["tariff_usd_per_kwh"], tariff["low"]);
    assert!(number(&ends[0]["upper_gw"]) > number(&ends[1]["upper_gw"]));

    let given = json(&["--tariff", "0.05 USD/kWh", "--pue", "1.1", "--grid-g-per-kwh", "100"]);
    for (key, value) in [("tariff", 0.05), ("pue", 1.1), ("grid_g_per_kwh", 100.0)] {
        let row = input(&given, key);
        assert!((number(&row["value"]) / value - 1.0).abs() < 1e-12, "{row}");
        assert_eq!(row["origin"]["kind"], "user_reported");
    }
    assert!(given["tariffs"].as_array().unwrap().is_empty());
    // Twice the price is twice the threshold, and more machines pay.
    let price = number(&input(&report, "price_usd_per_btc")["value"]);
    let double = json(&["--price", &format!("{}", 2.0 * price)]);
    let threshold = |of: &Value| number(&of["months"][0]["threshold_j_per_th"]);
    assert!((threshold(&double) / threshold(&report) - 2.0).abs() < 1e-9);
    assert_eq!(input(&double, "hashprice_usd_per_ph_day")["origin"]["kind"], "modelled");
    // Twice the hashrate is half the hashprice at twice the lower bound.
    let wide = json(&["--network-eh", "1851.48"]);
    assert!((threshold(&wide) / threshold(&report) - 0.5).abs() < 1e-6, "{}", threshold(&wide));
}

#[test]
fn country_mix_is_weighted_mean_of_grids() {
    let report = json(&["--mix", "KAZ=0.4, Norway=60%"]);
    let grid = |iso3: &str| {
        let regions =
            Command::cargo_bin("hashwatt").unwrap().args(["regions", iso3, "--json"]).output();
        let all: Value = serde_json::from_slice(&regions.unwrap().stdout).unwrap();
        let values = all["regions"][0]["values"].as_array().unwrap().clone();
        let is_grid = |value: &&Value| value["key"] == "grid_average_g_per_kwh";
        number(&values.iter().find(is_grid).unwrap()["value"])
    };
    let wanted = 0.4 * grid("KAZ") + 0.6 * grid("NOR");
    assert!((number(&report["months"][0]["grid_g_per_kwh"]) / wanted - 1.0).abs() < 1e-12);
    assert_eq!(input(&report, "grid_average_g_per_kwh.KAZ")["region"], "KAZ");
    assert_eq!(input(&report, "mix.NOR")["value"], 0.6);
}

#[test]
fn history_lists_every_known_month_and_omissions() {
    let report = json(&["--history"]);
    let months = report["months"].as_array().unwrap();
    assert_eq!(months.len(), 75);
    assert_eq!((&months[0]["month"], &months[74]["month"]), (&"2020-06".into(), &"2026-08".into()));
    let left_out = &report["left_out"][0];
    assert_eq!(left_out["months"], "2014-01 to 2020-05");
    assert!(left_out["reason"].as_str().unwrap().contains("have no prices, fees or epoch dates"));
    // A year is the mean of its months by days.
    let years = report["years"].as_array().unwrap();
    let of = |year: i64| years.iter().find(|row| row["year"] == year).unwrap();
    assert_eq!((of(2020)["months"].as_i64(), of(2022)["months"].as_i64()), (Some(7), Some(12)));
    let in_year = months.iter().filter(|row| row["month"].as_str().unwrap().starts_with("2022"));
    let (sum, days) = in_year.fold((0.0, 0.0), |(sum, days), row| {
        let of_month = number(&row["days"]);
        (sum + of_month * number(&row["best_guess_gw"]), days + of_month)
    });
    assert!((number(&of(2022)["best_guess_gw"]) / (sum / days) - 1.0).abs() < 1e-9);
    // A month of the history equals the single month.
    let june = json(&["--date", "2024-06"]);
    assert_eq!(months.iter().find(|row| row["month"] == "2024-06").unwrap(), &june["months"][0]);
    let csv = stdout(&["--history", "--csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let keys: Vec<String> = months[0].as_object().unwrap().keys().cloned().collect();
    assert!(keys.iter().all(|key| columns.contains(key)), "{keys:?}");
    assert_eq!(columns.len(), keys.len());
    assert_eq!(reader.records().count(), 75);
}

#[test]
fn user_series_is_compared_with_best_guess() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.csv");
    let path = file.to_str().unwrap();
    // The best guess, half of the lower bound, and a month that the model does not know.
    let month = |date: &str| json(&["--date", date])["months"][0].clone();
    let (may, june) = (month("2024-05"), month("2024-06"));
    let text = format!(
        "Month;Power (MW)\n2024-05;{}\n2024-06;{}\n2019-01;5000\n",
        number(&may["best_guess_gw"]) * 1e3,
        number(&june["lower_gw"]) * 500.0
    );
    std::fs::write(&file, text).unwrap();
    let report = json(&["--history", "--against", path]);
    let summary = &report["against"];
    assert_eq!(
        (summary["months"].as_u64(), summary["outside_bounds"].as_u64()),
        (Some(2), Some(1))
    );
    let of_june =
        100.0 * (number(&june["best_guess_gw"]) / (number(&june["lower_gw"]) / 2.0) - 1.0);
    let mean = number(&summary["mean_difference_pct"]);
    assert!((mean / (of_june / 2.0) - 1.0).abs() < 1e-6, "{mean} for {}", of_june / 2.0);
    let shown = report["months"].as_array().unwrap();
    let of_june = shown.iter().find(|row| row["month"] == "2024-06").unwrap();
    assert!((number(&of_june["against_gw"]) * 2.0 / number(&june["lower_gw"]) - 1.0).abs() < 1e-9);
    assert!(shown.iter().filter(|row| !row["against_gw"].is_null()).count() == 2);
    assert!(stdout(&["--history", "--against", path]).contains("2 common months"));
    // A column of energy in TWh per year is also recognised.
    std::fs::write(&file, "date,TWh/year\n2024-05-01,87.6\n2024-05-02,87.6\n").unwrap();
    let report = json(&["--date", "2024-05", "--against", path]);
    assert!((number(&report["months"][0]["against_gw"]) - 10.0).abs() < 1e-9);
    for (text, expected) in
        [("month,GW\n2024,1\n", "line 2"), ("month,price\n2024-05,1\n", "power")]
    {
        std::fs::write(&file, text).unwrap();
        let error = stderr(&["--against", path]);
        assert!(error.contains("mine.csv") && error.contains(expected), "{error}");
    }
}

#[test]
fn network_mistake_names_option_and_remedy() {
    for (arguments, expected) in [
        (&["--date", "2014-01"][..], "--date: 2014-01 is not known; give a month from 2020-06"),
        (&["--date", "2024"], "give a month as YYYY-MM"),
        (&["--date", "2024-06", "--history"], "cannot be used with"),
        (&["--history", "--price", "1"], "cannot be used with"),
        (&["--tariff", "0.05"], "--tariff"),
        (&["--tariff", "22.98 PKR/kWh"], "--tariff: is in PKR; give it in USD"),
        (&["--tariff", "-1 USD/kWh"], "tariff is -1; give 0 to 100 USD/kWh"),
        (&["--tariff", "2 USD/kWh"], "give a lower tariff or a higher price"),
        (&["--pue", "0.9"], "at least 1"),
        (&["--mix", "KAZ=0.5"], "--mix: the shares add up to 0.500"),
        (&["--mix", "Atlantis=1"], "there is no region `Atlantis`"),
        (&["--mix", "KAZ=1", "--grid-g-per-kwh", "1"], "cannot be used with"),
        (&["--against", "no-such-file.csv"], "no-such-file.csv"),
    ] {
        let error = stderr(arguments);
        assert!(error.contains(expected), "{arguments:?}: {error}");
    }
    // A history omits the months in which no machine pays, each with its reason.
    let report = json(&["--history", "--tariff", "0.15 USD/kWh"]);
    let left_out = report["left_out"].as_array().unwrap();
    let months = report["months"].as_array().unwrap();
    assert!(left_out.len() > 1 && left_out.len() - 1 + months.len() == 75);
    assert!(left_out[1]["reason"].as_str().unwrap().contains("give a lower tariff"));
}

#[test]
fn network_text_fits_terminal_and_names_sources() {
    for arguments in [&[][..], &["--history"], &["--mix", "USA=0.4, KAZ=0.6", "--date", "2021-05"]]
    {
        let text = stdout(arguments);
        for line in text.lines() {
            assert!(line.chars().count() <= 80 && line == line.trim_end(), "{arguments:?}: {line}");
        }
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for expected in ["it is not a quantile", "CCAF Digital Mining Industry Report", "assumed:"]
        {
            assert!(words.contains(expected), "{expected}: {text}");
        }
    }
    let history = stdout(&["--history"]);
    assert!(history.contains("2014-01 to 2020-05:") && history.contains("2020 (7 months)"));
}
