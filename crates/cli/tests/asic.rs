//! `hashwatt asic`, and its result as the efficiency in a scenario.

use assert_cmd::Command;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const ASIC_RS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/asic_rs.jsonl");
const PYASIC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/pyasic.json");

fn hashwatt(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("hashwatt").unwrap();
    command.args(arguments);
    command
}

fn stdout(arguments: &[&str]) -> String {
    let output = hashwatt(arguments).assert().success().get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

fn json_of(arguments: &[&str]) -> Value {
    serde_json::from_str(&stdout(arguments)).unwrap()
}

/// Checks for one line on stderr that contains all words, exit code 2, and nothing on stdout.
fn assert_refused(arguments: &[&str], words: &[&str]) {
    let assert = hashwatt(arguments).assert().code(2);
    let message = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert_eq!(message.lines().count(), 1, "{arguments:?}: {message}");
    assert!(!message.trim_end().chars().any(char::is_control), "{message:?}");
    for word in words {
        assert!(
            message.starts_with("error: ") && message.contains(word),
            "{arguments:?}: {message}"
        );
    }
    assert!(assert.get_output().stdout.is_empty(), "{arguments:?}");
}

fn in_folder(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn log_gives_every_key_and_hand_computed_figures() {
    let found = json_of(&["asic", ASIC_RS, "--json"]);
    for (key, value) in [
        ("schema_version", json!(2)),
        ("machine", json!("AntMiner S21")),
        ("firmware", json!("Stock 2025-01-07")),
        ("exporter", json!("asic-rs")),
        ("scope", json!("asic_board_dc")),
        ("snapshots", json!(5)),
        ("duration_s", json!(120.0)),
        // 30 s times 3510, 3500, 3490, 3500 W.
        ("energy_j", json!(420_000.0)),
        ("mean_power_w", json!(3500.0)),
        // 30 s times 199, 200, 201, 200 TH/s.
        ("hashes_by_hashrate_th", json!(24_000.0)),
        ("mean_hashrate_th_s", json!(200.0)),
        ("j_per_th", json!(17.5)),
        ("j_per_th_basis", json!("hashrate")),
        ("j_per_th_standard_uncertainty", Value::Null),
        ("j_per_th_by_hashrate", json!(17.5)),
        ("provenance", json!("user_reported")),
        ("accepted_shares", json!(83)),
        ("rejected_shares", json!(1)),
        ("share_difficulty", Value::Null),
        ("hashes_by_shares_th", Value::Null),
        ("j_per_th_by_shares", Value::Null),
        ("shares_over_hashrate", Value::Null),
        ("warnings", json!([])),
    ] {
        assert_eq!(found[key], value, "{key}");
    }
    let origin = found["energy_origin"].as_str().unwrap();
    assert!(origin.starts_with("AntMiner S21, its own API, ") && origin.ends_with("5 snapshots"));
    // 17.5, 17.77..., 17.22..., 17.5, 17.5: a mean of quotients is not a quotient of sums.
    let reported = found["reported_j_per_th"].as_f64().unwrap();
    assert!((reported - (17.5 * 3.0 + 3520.0 / 198.0 + 3480.0 / 202.0) / 5.0).abs() < 1e-9);
}

#[test]
fn shares_of_known_difficulty_decide_j_per_th_if_enough() {
    let with_shares =
        ["asic", PYASIC, "--share-difficulty", "41000", "--scope", "node_wall", "--json"];
    let found = json_of(&with_shares);
    assert_eq!(
        (&found["j_per_th_basis"], &found["scope"]),
        (&json!("shares"), &json!("node_wall"))
    );
    assert_eq!(
        (&found["share_difficulty"], &found["accepted_shares"]),
        (&json!(41_000.0), &json!(450))
    );
    let figure = |key: &str| found[key].as_f64().unwrap();
    // 450 * 41,000 * 2^48 / 65535.
    assert!((figure("hashes_by_shares_th") - 79_243.355_768_850).abs() < 1e-6);
    assert!((figure("j_per_th") - 26.898_154_164_7).abs() < 1e-9);
    assert!((figure("j_per_th_by_hashrate") - 26.811_320_754_7).abs() < 1e-9);
    assert!((figure("shares_over_hashrate") - 0.996_771_770_7).abs() < 1e-9);
    let counting = figure("hashes_by_shares_relative_standard_uncertainty");
    assert!((counting - 0.047_140_452_1).abs() < 1e-9);

    let text = stdout(&["asic", ASIC_RS, "--share-difficulty", "65536"]);
    for expected in [
        "AntMiner S21: telemetry of the miner",
        "17.500 J/TH by hashrate, user_reported",
        "17.977 by shares",
        "counting uncertainty 11.0 %",
        "97.3 % of the hashes by hashrate",
        "fewer than 400 shares: used as a check only",
        "asic_board_dc",
        "83 accepted, 1 rejected",
        "J/TH, not used",
    ] {
        assert!(text.contains(expected), "{expected} in\n{text}");
    }
}

#[test]
fn log_of_several_machines_requires_machine_option() {
    let folder = tempfile::tempdir().unwrap();
    let both = [ASIC_RS, PYASIC].map(|file| fs::read_to_string(file).unwrap()).concat();
    let both = in_folder(folder.path(), "both.json", &both);
    assert_refused(&["asic", &both], &["--machine", "192.168.1.20", "192.168.1.21"]);
    assert_refused(&["asic", &both, "--machine", "x"], &["--machine", "`x`", "192.168.1.20"]);
    let chosen = json_of(&["asic", &both, "--machine", "192.168.1.20", "--json"]);
    assert_eq!(chosen["j_per_th"], 17.5);
}

#[test]
fn log_mistake_is_one_line_with_snapshot_and_field() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(ASIC_RS).unwrap();
    let first = text.lines().next().unwrap();
    let mut names = 0..;
    let mut log = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        let name = format!("{}.jsonl", names.next().unwrap());
        in_folder(folder.path(), &name, &text.replacen(from, to, 1))
    };
    for (file, words) in [
        (log("\"wattage\":3520.0", "\"wattage\":0.0"), ["snapshot 2", "wattage"]),
        (log("\"value\":198.0", "\"value\":0.0"), ["snapshot 2", "hashrate"]),
        (log("\"TeraHash\"", "\"Sol\\u001b/s\""), ["snapshot 1", "hashrate.unit"]),
        (log("1795500030", "1795499000"), ["snapshot 2", "timestamp"]),
        (log("1795500030", "1795500000"), ["snapshot 2", "timestamp"]),
        (log("1795500120", "1795509999"), ["snapshot 5", "timestamp"]),
        (log("\"accepted_shares\":5021", "\"accepted_shares\":7"), ["snapshot 2", "accepted"]),
        (log("\"accepted_shares\":5021", "\"accepted_shares\":-7"), ["snapshot 2", "accepted"]),
        (log("\"algo\":\"SHA256\"", "\"algo\":\"X11\""), ["snapshot 1", "X11"]),
        (log("{\"schema_version\"", "{\"schema\""), ["snapshot 1", "schema_version"]),
        (log("{\"schema_version\"", "{schema_version"), ["snapshot 1", "JSON"]),
        (
            in_folder(folder.path(), "no-power", &text.replace("\"wattage\":3", "\"watts\":3")),
            ["all 5 snapshots", "wattage"],
        ),
        (in_folder(folder.path(), "one", first), ["1 snapshot", "at least 2"]),
        (in_folder(folder.path(), "none", ""), ["0 snapshot", "at least 2"]),
        ("no-such-file".to_owned(), ["no-such-file", "error"]),
    ] {
        assert_refused(&["asic", &file], &words);
    }
    assert_refused(
        &["asic", ASIC_RS, "--scope", "gpu_board"],
        &["--scope", "asic_board_dc", "node_wall"],
    );
    assert_refused(&["asic", ASIC_RS, "--share-difficulty", "0"], &["--share-difficulty"]);
    let idle = log("\"pools\":[{", "\"pools\":[],\"x\":[{");
    assert_refused(
        &["asic", &idle, "--share-difficulty", "5"],
        &["--share-difficulty", "has no pools"],
    );
    assert_refused(&["asic"], &["FILE"]);
}

#[test]
fn escape_sequences_of_log_are_not_printed() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(ASIC_RS).unwrap();
    let text = text.replace("\"S21\"", "\"S21\\u001b[31m\"");
    let shown = stdout(&["asic", &in_folder(folder.path(), "red", &text)]);
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
}

/// The row of the machines' efficiency among the inputs.
fn efficiency(found: &Value) -> &Value {
    let inputs = found["inputs"].as_array().unwrap();
    inputs.iter().find(|input| input["key"] == "efficiency_j_per_th").unwrap()
}

#[test]
fn measured_result_in_scenario_is_user_reported() {
    let folder = tempfile::tempdir().unwrap();
    let result = in_folder(folder.path(), "s21.json", &stdout(&["asic", ASIC_RS, "--json"]));
    let found = json_of(&["estimate", "--mw", "100", "--measured", &result, "--json"]);
    let efficiency = efficiency(&found);
    assert_eq!(efficiency["value"], 17.5);
    assert_eq!(efficiency["origin"]["kind"], "user_reported");
    let detail = efficiency["origin"]["detail"].as_str().unwrap();
    assert_eq!(detail, format!("measured result {result}: one AntMiner S21"));
    let warnings = found["warnings"].to_string();
    assert!(
        warnings.contains("one AntMiner S21")
            && warnings.contains("excludes fans and supply losses")
    );

    // The same in a scenario, where the path is relative to its file.
    let scenario = "power_mw = 100\nmeasured = \"s21.json\"\n";
    let scenario = in_folder(folder.path(), "case.toml", scenario);
    let by_file = json_of(&["estimate", "--scenario", &scenario, "--json"]);
    assert_eq!(by_file["btc_per_day_after"], found["btc_per_day_after"]);
}

#[test]
fn assumed_watts_of_bench_stay_assumed_in_estimate() {
    let folder = tempfile::tempdir().unwrap();
    let bench = ["bench", "--kernel", "sha2", "--threads", "1", "--seconds", "1", "--watts", "40"];
    let bench = stdout(&[&bench[..], &["--json"]].concat());
    let kind = match serde_json::from_str::<Value>(&bench).unwrap()["provenance"].as_str() {
        Some("assumed") => "assumed",
        // On a machine with a meter, measured values become user-reported.
        Some("measured") => "user_reported",
        other => panic!("{other:?}"),
    };
    let result = in_folder(folder.path(), "bench.json", &bench);
    let found = json_of(&["estimate", "--mw", "100", "--measured", &result, "--json"]);
    assert_eq!(efficiency(&found)["origin"]["kind"], kind);
    assert!(found["warnings"].to_string().contains("kernel sha2"), "{}", found["warnings"]);
}

#[test]
fn log_warning_is_in_text_json_and_estimate() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string(ASIC_RS).unwrap();
    let text = text.replace(
        "\"expected_hashrate\":{\"value\":200.0",
        "\"expected_hashrate\":{\"value\":290.0",
    );
    let log = in_folder(folder.path(), "log.jsonl", &text);
    let words = "69 % of the expected 290.000 TH/s";
    let found = json_of(&["asic", &log, "--json"]);
    assert_eq!(found["expected_hashrate_th_s"], 290.0);
    assert!(found["warnings"].to_string().contains(words), "{found}");
    let shown = stdout(&["asic", &log]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains(words), "{shown}");
    let result = in_folder(folder.path(), "result.json", &found.to_string());
    let fleet = json_of(&["estimate", "--mw", "1", "--measured", &result, "--json"]);
    assert!(fleet["warnings"].to_string().contains(words), "{}", fleet["warnings"]);
}

#[test]
fn invalid_measured_result_is_refused_with_key() {
    let folder = tempfile::tempdir().unwrap();
    let good: Value = serde_json::from_str(&stdout(&["asic", ASIC_RS, "--json"])).unwrap();
    let estimate = |file: &str, words: &[&str]| {
        let words = [&["--measured"], words].concat();
        assert_refused(&["estimate", "--mw", "100", "--measured", file], &words);
    };
    for key in ["schema_version", "j_per_th", "provenance", "machine"] {
        let mut result = good.clone();
        result.as_object_mut().unwrap().remove(key);
        estimate(&in_folder(folder.path(), key, &result.to_string()), &[key, "missing"]);
    }
    let mut odd = good.clone();
    odd["provenance"] = json!("guessed");
    estimate(&in_folder(folder.path(), "odd", &odd.to_string()), &["provenance", "guessed"]);
    estimate(PYASIC, &["not a JSON object"]);
    estimate("no-such-file", &["no-such-file"]);
    let file = in_folder(folder.path(), "good", &good.to_string());
    let both = ["estimate", "--mw", "1", "--measured", &file];
    assert_refused(&[&both[..], &["--j-per-th", "15"]].concat(), &["--measured", "--j-per-th"]);
    assert_refused(&[&both[..], &["--machine", "S21"]].concat(), &["--measured", "--machine"]);
    let scenario = in_folder(folder.path(), "c.toml", "power_mw = 1\nmeasured = \"gone.json\"\n");
    assert_refused(&["estimate", "--scenario", &scenario], &["measured", "gone.json"]);
}
