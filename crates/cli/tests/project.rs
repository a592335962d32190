//! Scenarios over time, as a user runs them.

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
fn every_shipped_scenario_is_estimated_and_projected() {
    let all = shipped();
    assert!(all.len() >= 4, "{all:?}");
    for path in &all {
        let path = path.to_str().unwrap();
        let estimate = json(&["estimate", "--scenario", path, "--json"]);
        assert!(estimate["btc_per_day_after"].as_f64().unwrap() > 0.0, "{path}");
        assert_eq!(estimate["break_evens"].as_array().unwrap().len(), 6, "{path}");
        assert!(estimate["tariff_status"].is_string(), "{path} does not say its tariff's status");
        let found = json(&["project", "--scenario", path, "--paths", "64", "--json"]);
        assert_eq!((found["complete"].as_bool(), found["paths"].as_u64()), (Some(true), Some(64)));
        let npv = &found["totals"]["npv_usd"];
        assert!(npv["p5"].as_f64().unwrap() <= npv["p95"].as_f64().unwrap(), "{path}: {npv}");
        // No number without its origin.
        for input in found["assumptions"].as_array().unwrap() {
            assert!(input["kind"].is_string() && !input["detail"].as_str().unwrap().is_empty());
        }
    }
}

#[test]
fn a_row_for_each_epoch_and_quantile() {
    let found = text(&["project", "--scenario", &scenario("site-100mw"), "--paths", "50", "--csv"]);
    let mut reader = csv::Reader::from_reader(found.as_bytes());
    let header = reader.headers().unwrap().clone();
    assert!(header.iter().any(|name| name == "hashprice_usd_per_ph_day"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.len() > 5 * 125 && rows.len().is_multiple_of(5), "{}", rows.len());
    let quantiles: Vec<&str> = rows[..5].iter().map(|row| &row[3]).collect();
    assert_eq!(quantiles, ["0.05", "0.25", "0.50", "0.75", "0.95"]);
    assert_eq!((&rows[0][0], &rows[0][1], &rows[0][2]), ("479", "965664", "2026-09-11T00:00:00Z"));
    for pair in rows.windows(2).filter(|pair| pair[0][0] == pair[1][0]) {
        let figure = |row: &csv::StringRecord| row[4].parse::<f64>().unwrap();
        assert!(figure(&pair[0]) <= figure(&pair[1]), "quantiles of the price do not rise");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_another() {
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
fn sensitivity_names_the_market_and_says_whether_it_converged() {
    let scenario = scenario("site-100mw");
    let found = json(&["sensitivity", "--scenario", &scenario, "--samples", "64", "--json"]);
    assert_eq!(found["result"], "npv_usd");
    let inputs: Vec<&str> = found["sobol"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["input"].as_str().unwrap())
        .collect();
    for input in ["market", "tariff", "efficiency", "machine_price", "uptime", "network_hashrate"] {
        assert!(inputs.contains(&input), "{input} not in {inputs:?}");
    }
    assert!(found["converged"].is_boolean() && found["tornado"].as_array().unwrap().len() >= 6);
}

#[test]
fn the_headline_scenario_says_that_its_tariff_is_hypothetical_and_its_dates_apart() {
    let found = json(&["estimate", "--scenario", &scenario("pakistan-2000mw"), "--json"]);
    assert_eq!(found["tariff_status"], "hypothetical");
    let warnings = found["warnings"].as_array().unwrap();
    let says = |words: &str| warnings.iter().any(|w| w.as_str().unwrap().contains(words));
    assert!(says("the tariff is hypothetical") && says("days apart"), "{warnings:?}");
    assert!(found["scale"]["curve"].as_array().unwrap().len() > 10);
}

fn told(toml: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.toml");
    std::fs::write(&path, toml).unwrap();
    let output = hashwatt(&["project", "--scenario", path.to_str().unwrap(), "--paths", "8"]);
    assert_eq!(output.status.code(), Some(2), "{toml}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn mistakes_name_key_line_and_the_nearest_key() {
    for (toml, words) in [
        (
            "power_mw = 5\nfleet_j = 3\n",
            &["line 2", "unknown field `fleet_j`", "the nearest is"][..],
        ),
        ("power_mw = 5\n[projct]\nyears = 3\n", &["line 2", "nearest is `project`"]),
        ("power_mw = 5\n[project]\nyear = 3\n", &["line 3", "nearest is `years`"]),
        ("power_mw = \"five\"\n", &["line 1, power_mw"]),
        ("power_mw = 5\n[project]\nyears = 100\n", &["years", "0.1 to 50"]),
        ("power_mw = 5\n[project]\nstart = \"May\"\n", &["project.start", "YYYY-MM-DD"]),
        (
            "[[site]]\nname = \"a\"\npower_mw = 5\n[[fleet]]\nsite = \"b\"\n",
            &["fleet[0].site", "`b`"],
        ),
        ("power_mw = 5\n[[fleet]]\npower_mw = 6\n", &["fleet", "6 MW", "5 MW"]),
        ("power_mw = 5\n[[fleet]]\ncount = 6\n", &["fleet[0].count", "catalogue"]),
        ("power_mw = 5\n[[fleet]]\nmachine = \"S22\"\n", &["line 3, fleet[0].machine", "nearest"]),
        ("power_mw = 5\n[[fleet]]\nj_per_th = 9.5\nprice_from_list = true\n", &["price_from_list"]),
        ("power_mw = 5\nuptime = { value = 0.9, low = 0.95, high = 0.99 }\n", &["uptime"]),
        ("power_mw = 5\nuptime = { value = 0.9, low = 0.5, high = 1.5 }\n", &["uptime", "range"]),
        ("power_mw = 5\n[hours]\nprofile = \"nothing.csv\"\n", &["hours.profile", "nothing.csv"]),
        ("power_mw = 5\n[hours]\navailable = [2,1,1,1,1,1,1,1,1,1,1,1]\n", &["hours.available"]),
        ("power_mw = 5\n[heat]\npue = [9,1,1,1,1,1,1,1,1,1,1,1]\n", &["heat_pue"]),
        ("title = \"nothing\"\n", &["power_mw"]),
    ] {
        let told = told(toml);
        for word in words {
            assert!(told.contains(word), "{word} not in: {told}");
        }
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[test]
fn sizes_are_bounded_before_memory_is_taken() {
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
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(words), "{told}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupt_gives_a_valid_part() {
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
