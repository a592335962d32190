//! The command from the user's point of view: results, keys, mistakes, interruption.

mod bench;
mod scan;

use assert_cmd::Command;
use hashwatt::pow::Header;
use hashwatt::scan::Kernel;
use hashwatt_test_support::headers::{BLOCK_125552_HEX, GENESIS_HEX};
use serde_json::{Value, json};

/// The example of Pakistan.
const HEADLINE: [&str; 10] = [
    "estimate",
    "--mw",
    "2000",
    "--tariff",
    "22.98 PKR/kWh",
    "--fx",
    "281 PKR/USD",
    "--references",
    "pakistan",
    "--json",
];

/// Part of the error message for a missing GPU.
const MISSING_CARD: &str = if cfg!(feature = "gpu") { "no such card" } else { "--features gpu" };

fn hashwatt(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("hashwatt").unwrap();
    command.args(arguments);
    command
}

fn json(arguments: &[&str]) -> Value {
    let output = hashwatt(arguments).assert().success().get_output().stdout.clone();
    serde_json::from_slice(&output).unwrap()
}

#[test]
fn estimate_has_every_key_and_reference_figures() {
    let all = json(&HEADLINE);
    for key in [
        "schema_version",
        "power_mw",
        "hashrate_nameplate_eh_per_s",
        "hashrate_average_eh_per_s",
        "network_eh_per_s_before",
        "network_eh_per_s_after",
        "share_of_blocks",
        "btc_per_day_before",
        "btc_per_day_after",
        "revenue_usd_per_day_after",
        "energy_mwh_per_day",
        "energy_twh_per_year",
        "hashprice_usd_per_ph_day_before",
        "hashprice_usd_per_ph_day_after",
        "margin_usd_per_day_after",
        "carbon",
        "break_even",
        "scale",
        "inputs",
        "warnings",
    ] {
        assert!(!all[key].is_null(), "{key}");
    }
    assert!((all["btc_per_day_after"].as_f64().unwrap() - 53.291_995).abs() < 1e-6);
    assert_eq!(all["power_mw"], 2000.0);
    let references = all["references"].as_array().unwrap();
    assert_eq!(references.len(), 6);
    for reference in references {
        let place = reference["place"].to_string();
        assert!(all["subsidy_per_year_local"][&place].is_number(), "{reference}");
    }
    // Every published input has a date and a source.
    for input in all["inputs"].as_array().unwrap() {
        let origin = &input["origin"];
        let dated = origin["kind"] != "published" || origin["as_of"].is_string();
        assert!(dated && origin["detail"].is_string(), "{input}");
    }
    let plain = json(&["estimate", "--mw", "2000", "--json"]);
    assert!(plain["margin_usd_per_day_after"].is_null());
    let missing = plain["missing"].as_array().unwrap();
    let margin = missing.iter().find(|row| row["key"] == "margin_usd_per_day_after").unwrap();
    assert_eq!(margin["needs"][0], "tariff");
}

#[test]
fn estimate_options_change_the_model() {
    let figure = |more: &[&str], key: &str| {
        let arguments = [&["estimate", "--mw", "100", "--json"], more].concat();
        let found = json(&arguments);
        found.pointer(&format!("/{key}")).and_then(Value::as_f64).unwrap_or_else(|| panic!("{key}"))
    };
    assert_eq!(figure(&["--j-per-th", "10", "--pue", "1"], "hashrate_nameplate_eh_per_s"), 10.0);
    assert_eq!(figure(&["--mining-share", "0.25"], "mining_power_mw"), 25.0);
    assert_eq!(figure(&["--uptime", "0.5"], "energy_mwh_per_day"), 1200.0);
    let by_machine = figure(&["--machine", "Antminer S21 Pro"], "hashrate_nameplate_eh_per_s");
    let by_number = figure(&["--j-per-th", "15"], "hashrate_nameplate_eh_per_s");
    assert!((by_machine / by_number - 1.0).abs() < 1e-12);
    let close = |figure: f64, right: f64| (figure / right - 1.0).abs() < 1e-9;
    assert!(close(figure(&["--network-eh", "1000"], "network_eh_per_s_before"), 1000.0));
    assert!(close(figure(&["--difficulty", "1e14"], "difficulty_before"), 1e14));
    assert!(close(figure(&["--displacement", "1"], "network_eh_per_s_after"), 905.0));
    let whole = figure(&[], "btc_per_day_after");
    let less_fee = figure(&["--pool-fee", "0.02"], "btc_per_day_after");
    assert!((less_fee / whole - 0.98).abs() < 1e-12);
    // After the halving of height 1,050,000.
    let halved = figure(&["--height", "1050000", "--fees-btc", "0"], "btc_per_day_after");
    let before = figure(&["--fees-btc", "0"], "btc_per_day_after");
    assert!((before / halved - 2.0).abs() < 1e-12);
    let doubled = figure(&["--price-usd", "130318"], "revenue_usd_per_day_after");
    assert!((doubled / figure(&[], "revenue_usd_per_day_after") - 2.0).abs() < 1e-12);
    let clean = ["--grid-g-per-kwh", "0", "--fx", "281 PKR/USD", "--references", "pakistan"];
    assert_eq!(figure(&clean, "carbon/average_t_per_year"), 0.0);
}

#[test]
fn estimate_of_scenario_file_equals_options() {
    let file =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/scenarios/pakistan-2000mw.toml");
    let by_file = json(&["estimate", "--scenario", file, "--json"]);
    let by_options = json(&[&HEADLINE[..], &["--j-per-th", "15"]].concat());
    for key in
        ["power_mw", "hashrate_nameplate_eh_per_s", "network_eh_per_s_before", "difficulty_before"]
    {
        assert_eq!(by_file[key], by_options[key], "{key}");
    }
    let origin = |of: &Value, key: &str| {
        let inputs = of["inputs"].as_array().unwrap();
        let input = inputs.iter().find(|input| input["key"] == key).unwrap();
        input["origin"]["detail"].as_str().unwrap().to_owned()
    };
    let published = origin(&by_file, "power_mw");
    assert!(published.contains("2,000 MW") && !published.contains(".toml"), "{published}");
    assert_eq!(origin(&by_options, "power_mw"), "--mw");
}

#[test]
fn mistake_is_one_line_with_field_and_exit_code_2() {
    let scan = |more: &[&'static str]| [&["scan", "--header", GENESIS_HEX], more].concat();
    let estimate = |more: &[&'static str]| [&["estimate"], more].concat();
    for (arguments, field) in [
        (estimate(&["--mw", "NaN"]), "--mw"),
        (estimate(&["--mw", "-1"]), "--mw"),
        (estimate(&["--mw", "inf"]), "--mw"),
        (estimate(&["--mw", "-inf"]), "--mw"),
        (estimate(&["--mw", "1e308"]), "--mw"),
        (estimate(&[]), "--mw"),
        (estimate(&["--mw", "5", "--machine", "S22"]), "--machine"),
        (estimate(&["--mw", "5", "--tariff", "22.98 PKR/kWh"]), "--fx"),
        (estimate(&["--mw", "5", "--tariff", "22.98"]), "--tariff"),
        (estimate(&["--mw", "5", "--tariff", "1 PKR/kWh", "--fx", "281"]), "--fx"),
        (estimate(&["--mw", "5", "--pue", "0.9"]), "--pue"),
        (estimate(&["--mw", "5", "--uptime", "95"]), "--uptime"),
        (estimate(&["--mw", "5", "--j-per-th", "0"]), "--j-per-th"),
        (estimate(&["--mw", "5", "--difficulty", "0"]), "--difficulty"),
        (estimate(&["--mw", "5", "--network-eh", "1", "--difficulty", "1"]), "--network-eh"),
        (estimate(&["--mw", "5", "--machine", "S21\nPro"]), "--machine"),
        (estimate(&["--mw", "5", "--tariff", "1\u{1b}[31m"]), "--tariff"),
        (estimate(&["--mw", "5", "--difficulty", "1e308"]), "--difficulty"),
        (estimate(&["--mw", "5", "--network-eh", "1e300"]), "--network-eh"),
        (estimate(&["--mw", "5", "--fees-btc", "1e308"]), "--fees-btc"),
        (estimate(&["--mw", "5", "--tariff", "1 PKR/kWh", "--fx", "1e308 PKR/USD"]), "--fx"),
        (estimate(&["--mw", "5", "--tariff", "1 GBP/kWh", "--fx", "0.9 EUR/USD"]), "EUR"),
        (estimate(&["--mw", "5", "--fx", "281"]), "--fx"),
        (estimate(&["--mw", "5", "--references", "atlantis"]), "--references"),
        (estimate(&["--mw", "5", "--scenario", "x.toml"]), "x.toml"),
        (estimate(&["--scenario", "no-such-file.toml"]), "no-such-file.toml"),
        (vec!["bench", "--mw", "1e308", "--watts", "1"], "--mw"),
        (scan(&["--count", "2^33"]), "--count"),
        (scan(&["--count", "8589934592"]), "--count"),
        (scan(&["--start", "1", "--count", "4294967296"]), "--count"),
        (scan(&["--bits", "207fffff"]), "--count"),
        (scan(&["--bits", "00000000"]), "bits 00000000"),
        (scan(&["--bits", "01fedcba"]), "bits 01fedcba"),
        (scan(&["--bits", "ff123456"]), "bits ff123456"),
        (scan(&["--kernel", "warp"]), "--kernel"),
        (scan(&["--adapter", "card"]), "--adapter"),
        (vec!["bench", "--versions", "2"], "--versions"),
        (vec!["bench", "--kernel", "gpu", "--versions", "3"], "--versions"),
        (scan(&["--kernel", "gpu", "--threads", "2"]), "--threads"),
        (scan(&["--kernel", "gpu", "--adapter", "no such card"]), MISSING_CARD),
        (scan(&["--threads", "0"]), "--threads"),
        (vec!["scan", "--header", "00ff"], "--header"),
        (vec!["bench", "--watts", "0"], "--watts"),
        (vec!["bench", "--seconds", "0.01"], "seconds"),
        (vec!["bench", "--roofline", "--threads", "2"], "--threads"),
        (vec!["bench", "--roofline", "--pin"], "--pin"),
        (vec!["bench", "--roofline", "--adapter", "x"], "--adapter"),
        (vec!["bench", "--roofline", "--watts", "5"], "--watts"),
        (vec!["bench", "--roofline", "--mw", "5"], "--mw"),
        (vec!["bench", "--roofline", "--seconds", "-1"], "--seconds"),
        (scan(&["--count", "1", "--threads", "100000"]), "--threads is 100000; give 1 to"),
        (vec!["estimat"], "estimat"),
    ] {
        let assert = hashwatt(&arguments).assert().code(2);
        let message = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
        assert_eq!(message.lines().count(), 1, "{arguments:?}: {message}");
        assert!(
            message.starts_with("error: ") && message.contains(field),
            "{arguments:?}: {message}"
        );
        assert!(!message.contains("panicked"), "{message}");
        assert!(!message.trim_end().chars().any(char::is_control), "{message:?}");
        assert!(assert.get_output().stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_and_version_go_to_stdout() {
    for arguments in [&["--help"][..], &["--version"], &["scan", "--help"], &["bench", "--help"]] {
        let assert = hashwatt(arguments).assert().success();
        assert!(!assert.get_output().stdout.is_empty(), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn interrupted_scan_prints_partial_result() {
    let scan = ["scan", "--header", GENESIS_HEX, "--kernel", "scalar", "--threads", "1", "--json"];
    let roofline = ["bench", "--roofline", "--kernel", "sha2", "--seconds", "1e300", "--json"];
    for (arguments, signal, code) in
        [(&scan[..], "INT", 130), (&scan[..], "TERM", 143), (&roofline[..], "INT", 130)]
    {
        // On a busy machine the self-test may still be running when the signal arrives: retry with more time.
        let partial = [1, 3, 9, 27].into_iter().find_map(|seconds| {
            let partial = interrupted_after(seconds, arguments, signal, code)?;
            assert_eq!(partial["complete"], false);
            let figure = if arguments[0] == "bench" { "rounds" } else { "hashes" };
            (!["0", "\"0\""].contains(&partial[figure].to_string().as_str())).then_some(partial)
        });
        let partial = partial.expect("a partial result");
        if arguments[0] == "scan" {
            let hashes: u64 = partial["hashes"].as_str().unwrap().parse().unwrap();
            assert!(hashes < 1 << 32);
        }
    }
}

/// The output of a run that receives a signal after some seconds; `None` if the program was not
/// listening yet.
#[cfg(unix)]
fn interrupted_after(seconds: u64, arguments: &[&str], signal: &str, code: i32) -> Option<Value> {
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Command, Stdio};

    let child = Command::new(env!("CARGO_BIN_EXE_hashwatt"))
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_secs(seconds));
    let kill = ["-s", signal, &child.id().to_string()].map(str::to_owned);
    assert!(Command::new("kill").args(kill).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    if output.status.signal().is_some() {
        return None;
    }
    assert_eq!(output.status.code(), Some(code));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn implausible_option_value_is_refused_with_likely_cause() {
    for (option, value, expected) in [
        ("--price-usd", "65.000", "write 65000 or 65"),
        ("--price-usd", "65_000", "write 65000"),
        ("--network-eh", "1,000", "write 1000 or 1"),
        ("--height", "965.664", "write 965664"),
        ("--j-per-th", "17500", "17500 J/TH cannot be an ASIC's efficiency"),
        ("--difficulty", "1", "not a test network's"),
        ("--tariff", "60 USD/kWh", "check whether it is per MWh"),
    ] {
        let output = hashwatt(&["estimate", "--mw", "5", option, value])
            .assert()
            .code(2)
            .get_output()
            .clone();
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains(option) && message.contains(expected), "{message}");
    }
}

#[test]
fn unusual_price_is_accepted_with_warning() {
    let output =
        hashwatt(&["estimate", "--mw", "5", "--price-usd", "65", "--json"]).assert().success();
    let report: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let message = report["warnings"].to_string();
    assert!(
        message.contains("unusual_value") && message.contains("write 65000 and not 65.000"),
        "{message}"
    );
}
