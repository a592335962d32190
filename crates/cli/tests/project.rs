//! `hashwatt project`, `ledger` and `sensitivity`.

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn hashwatt(arguments: &[&str]) -> std::process::Output {
    Command::cargo_bin("hashwatt").unwrap().args(arguments).output().unwrap()
}

fn text(arguments: &[&str]) -> String {
    let output = hashwatt(arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&text(arguments)).unwrap()
}

fn shipped() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/scenarios");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect()
}

fn scenario(name: &str) -> String {
    format!("{}/../../examples/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn shipped_scenario_runs_estimate_and_project() {
    let all = shipped();
    assert!(all.len() >= 4, "{all:?}");
    for path in &all {
        let path = path.to_str().unwrap();
        let estimate = json(&["estimate", "--scenario", path, "--json"]);
        assert!(estimate["btc_per_day_after"].as_f64().unwrap() > 0.0, "{path}");
        let even = &estimate["break_even"]["after"]["energy_only"]["price_usd_per_btc"];
        assert!(even.as_f64().unwrap() > 0.0, "{path}: {even}");
        assert!(estimate["tariff_status"].is_string(), "{path} does not say its tariff's status");
        let found = json(&["project", "--scenario", path, "--paths", "64", "--json"]);
        assert_eq!((found["complete"].as_bool(), found["paths"].as_u64()), (Some(true), Some(64)));
        let npv = &found["totals"]["npv_usd"];
        assert!(npv["p05"].as_f64().unwrap() <= npv["p95"].as_f64().unwrap(), "{path}: {npv}");
        // Every input has an origin.
        for input in found["inputs"].as_array().unwrap() {
            let origin = &input["origin"];
            assert!(origin["kind"].is_string(), "{input}");
            assert!(!origin["detail"].as_str().unwrap().is_empty(), "{input}");
        }
    }
}

#[test]
fn csv_has_row_per_figure_with_ascending_quantiles() {
    let found = text(&["project", "--scenario", &scenario("site-100mw"), "--paths", "50", "--csv"]);
    let mut reader = csv::Reader::from_reader(found.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|head| head == name).unwrap();
    let [p05, p95] = ["p05", "p95"].map(column);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let mut keys = std::collections::HashSet::new();
    for row in &rows {
        assert!(keys.insert((row[0].to_owned(), row[1].to_owned())), "{row:?} appears twice");
        if let (Ok(low), Ok(high)) = (row[p05].parse::<f64>(), row[p95].parse::<f64>()) {
            assert!(low <= high, "{row:?}");
        }
    }
    for (key, period) in
        [("npv_usd", "all"), ("btc", "2027"), ("hashprice_usd_per_ph_day", "2027-03")]
    {
        assert!(keys.contains(&(key.to_owned(), period.to_owned())), "{key} {period}");
    }
}

#[test]
fn ledger_json_keeps_documented_keys() {
    let path = scenario("pakistan-2000mw");
    // `--samples` is an older name of `--paths`.
    let found = json(&["ledger", "--scenario", &path, "--samples", "24", "--json"]);
    assert_eq!((&found["paths"], &found["schema_version"]), (&24.into(), &3.into()));
    assert!(found["national"]["without_externalities"].is_number());
    let years = found["foreign_exchange"].as_array().unwrap();
    assert!(years.len() >= 5 && years.iter().all(|year| year["bitcoin_in_usd"].is_number()));
    // The scenario has no value of lost load or carbon: the figure is missing, with the keys that it needs.
    assert!(found["totals"]["externality"]["carbon_usd"].is_null());
    let missing = found["missing"].as_array().unwrap();
    let of_carbon = missing.iter().find(|row| row["key"] == "totals.externality.carbon_usd");
    assert_eq!(of_carbon.unwrap()["needs"][0], "carbon.price_usd_per_t");
}

#[test]
fn csv_is_equal_for_equal_seeds_only() {
    let run = |seed: &str| {
        text(&[
            "project",
            "--scenario",
            &scenario("pakistan-2000mw"),
            "--paths",
            "40",
            "--seed",
            seed,
            "--csv",
        ])
    };
    assert_eq!(run("7"), run("7"));
    assert_ne!(run("7"), run("8"));
}

#[test]
fn sensitivity_lists_market_input_and_convergence() {
    let scenario = scenario("site-100mw");
    let found = json(&["sensitivity", "--scenario", &scenario, "--samples", "64", "--json"]);
    assert_eq!(found["figure"], "npv_usd");
    let inputs: Vec<&str> = found["sobol"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["input"].as_str().unwrap())
        .collect();
    for input in
        ["market", "tariff", "efficiency", "machine price", "uptime", "network_hashrate_eh_per_s"]
    {
        assert!(inputs.contains(&input), "{input} not in {inputs:?}");
    }
    assert!(found["converged"].is_boolean() && found["tornado"].as_array().unwrap().len() >= 6);
}

#[test]
fn pakistan_scenario_warns_of_hypothetical_tariff_and_dates() {
    let found = json(&["estimate", "--scenario", &scenario("pakistan-2000mw"), "--json"]);
    assert_eq!(found["tariff_status"], "hypothetical");
    let warnings = found["warnings"].as_array().unwrap();
    let has_warning = |key: &str, words: &str| {
        warnings.iter().any(|w| w["key"] == key && w["text"].as_str().unwrap().contains(words))
    };
    assert!(has_warning("tariff_status", "the tariff is hypothetical"), "{warnings:?}");
    assert!(has_warning("dates_apart", "days apart"), "{warnings:?}");
    for key in ["profit_maximising_mw", "zero_profit_mw"] {
        assert!(found["scale"][key].is_number(), "{key}");
    }
}

fn error_message(toml: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.toml");
    std::fs::write(&path, toml).unwrap();
    let output = hashwatt(&["project", "--scenario", path.to_str().unwrap(), "--paths", "8"]);
    assert_eq!(output.status.code(), Some(2), "{toml}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn scenario_mistake_names_key_line_and_nearest_key() {
    for (toml, words) in [
        ("power_mw = 5\nfleet_j = 3\n", &["line 2, fleet_j", "unknown key", "did you mean"][..]),
        (
            "power_mw = 5\n[projct]\nyears = 3\n",
            &["line 2", "unknown key", "did you mean `project"],
        ),
        ("power_mw = 5\n[project]\nyear = 3\n", &["line 3", "did you mean `project.years`"]),
        ("power_mw = \"five\"\n", &["line 1, power_mw"]),
        ("power_mw = 5\n[project]\nyears = 100\n", &["years", "0.1 to 50"]),
        (
            "power_mw = 5\n[project]\nstart = \"May\"\n",
            &["project.start", "a date, such as 2026-10-01"],
        ),
        (
            "[[site]]\nname = \"a\"\npower_mw = 5\n[[fleet]]\nsite = \"b\"\n",
            &["lot[0].site", "`b`"],
        ),
        ("power_mw = 5\n[[fleet]]\npower_mw = 6\n", &["6 MW", "5 MW"]),
        ("power_mw = 5\n[[fleet]]\ncount = 6\n", &["lot[0].machine", "count", "catalogue"]),
        ("power_mw = 5\n[[fleet]]\nmachine = \"S22\"\n", &["line 3, lot[0].machine", "nearest"]),
        ("power_mw = 5\n[[fleet]]\nj_per_th = 9.5\nprice_from_list = true\n", &["price_from_list"]),
        ("power_mw = 5\nuptime = { value = 0.9, low = 0.95, high = 0.99 }\n", &["uptime"]),
        (
            "power_mw = 5\nuptime = { value = 0.9, low = 0.5, high = 1.5 }\n",
            &["uptime", "give 0 to 1"],
        ),
        ("power_mw = 5\n[hours]\nprofile = \"nothing.csv\"\n", &["hours.profile", "nothing.csv"]),
        ("power_mw = 5\n[hours]\navailable = [2,1,1,1,1,1,1,1,1,1,1,1]\n", &["hours.available"]),
        ("power_mw = 5\n[heat]\npue = [9,1,1,1,1,1,1,1,1,1,1,1]\n", &["heat.pue_ratio"]),
        ("title = \"nothing\"\n", &["power_mw"]),
    ] {
        let message = error_message(toml);
        for word in words {
            assert!(message.contains(word), "{word} not in: {message}");
        }
        assert_eq!(message.lines().count(), 1, "{message}");
    }
}

#[test]
fn excessive_size_is_refused_before_allocation() {
    let scenario = scenario("site-100mw");
    for (arguments, words) in [
        (["project", "--paths", "999999999999"], "paths"),
        (["project", "--paths", "0"], "--paths"),
        (["project", "--paths", "-1"], "give a whole number above 0"),
        (["project", "--paths", "99999999999999999999"], "give a whole number above 0"),
        (["project", "--seed", "-1"], "give a whole number of at least 0"),
        (["sensitivity", "--samples", "99999999"], "samples"),
        (["project", "--years", "51"], "years"),
    ] {
        let output = hashwatt(&[&arguments[..], &["--scenario", &scenario]].concat());
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(words), "{message}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn interrupted_sensitivity_prints_valid_partial_result() {
    use std::process::{Command, Stdio};
    let child = Command::new(env!("CARGO_BIN_EXE_hashwatt"))
        .args([
            "sensitivity",
            "--samples",
            "131072",
            "--json",
            "--scenario",
            &scenario("pakistan-2000mw"),
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["complete"], false);
    assert!(found["samples"].as_u64().unwrap() >= 2);
}
