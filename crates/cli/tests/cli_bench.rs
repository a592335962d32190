//! `hashwatt bench`: reports, saved results, exports and comparisons.

use assert_cmd::Command;
use hashwatt_test_support::headers::GENESIS_HEX;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// A bench of the minimum length.
const SHORT: [&str; 7] = ["bench", "--kernel", "sha2", "--seconds", "0.2", "--warm-up", "0"];

fn hashwatt(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("hashwatt").unwrap();
    command.args(arguments).env("HOME", home).env("XDG_DATA_HOME", home.join("data"));
    command
}

fn error_message(home: &Path, arguments: &[&str], code: i32) -> String {
    let assert = hashwatt(home, arguments).assert().code(code);
    let message = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(message.lines().count() == 1 && message.starts_with("error: "), "{message}");
    message
}

fn json_of(home: &Path, arguments: &[&str]) -> Value {
    let output = hashwatt(home, arguments).assert().success().get_output().stdout.clone();
    serde_json::from_slice(&output).unwrap()
}

/// A saved result with a rate and its interval.
fn saved(path: &Path, rate: f64, half: f64) {
    let bench = json!({
        "schema_version": 1, "kernel": "avx2", "device": "one processor", "threads": 2,
        "pinned": false, "platform": "linux/x86_64", "hashrate_mh_s": rate,
        "hashrate_mh_s_ci95": [rate - half, rate + half], "batches": 21, "steady": true,
        "complete": true, "j_per_th": null, "machine": { "processor": "one processor" },
    });
    fs::write(path, bench.to_string()).unwrap();
}

#[test]
fn bench_reports_machine_kernel_and_threads() {
    let home = tempfile::tempdir().unwrap();
    let found = json_of(home.path(), &[&SHORT[..], &["--threads", "2", "--json"]].concat());
    let machine = &found["host"];
    for key in ["processor", "os", "os_kernel", "hashwatt_version"] {
        assert!(machine[key].as_str().is_some_and(|text| !text.is_empty()), "{key}: {machine}");
    }
    let allowed = machine["logical_processors"].as_u64().unwrap();
    assert!(allowed > 0);
    // Allowed processors are online.
    assert!(machine["online_processors"].as_u64().is_none_or(|online| online >= allowed));
    let kinds = machine["processor_kinds"].as_array().unwrap();
    let of_kinds: u64 = kinds.iter().map(|kind| kind["processors"].as_u64().unwrap()).sum();
    assert!(kinds.is_empty() || of_kinds == allowed, "{machine}");
    assert_ne!(machine["frequency_mhz"].is_null(), machine["frequency_reason"].is_null());
    assert_eq!(found["kernel_reason"], "named by --kernel");
    // J/TH, or the reason for its absence.
    assert_ne!(found["j_per_th"].is_null(), found["energy_reason"].is_null());
    let [device] = &found["devices"].as_array().unwrap()[..] else { panic!("{found}") };
    assert_eq!(device["kernel"], "sha2");
    let threads = device["thread_hashrates_mh_s"].as_array().unwrap();
    let sum: f64 = threads.iter().map(|rate| rate.as_f64().unwrap()).sum();
    for whole in [&device["hashrate_mh_s"], &found["hashrate_mh_s"]] {
        assert!((sum / whole.as_f64().unwrap() - 1.0).abs() < 1e-9, "{found}");
    }
    // Progress is shown on terminals only.
    let quiet = hashwatt(home.path(), &SHORT).assert().success();
    assert!(quiet.get_output().stderr.is_empty());
    let text = String::from_utf8(quiet.get_output().stdout.clone()).unwrap();
    for expected in ["named by --kernel", "Processor", "logical processors", "hashwatt 0."] {
        assert!(text.contains(expected), "{expected} in\n{text}");
    }
}

#[test]
fn auto_kernel_reports_reason() {
    let home = tempfile::tempdir().unwrap();
    let arguments = ["bench", "--seconds", "0.2", "--warm-up", "0", "--json"];
    let found = json_of(home.path(), &arguments);
    let reason = found["kernel_reason"].as_str().unwrap();
    assert!(reason.contains("fastest on") && reason.contains("ahead of"), "{reason}");
}

#[test]
fn saved_bench_is_replaced_only_with_force() {
    let home = tempfile::tempdir().unwrap();
    let save = [&SHORT[..], &["--save", "base"]].concat();
    hashwatt(home.path(), &save).assert().success();
    let file = home.path().join("data/hashwatt/benches/base.json");
    let first = fs::read_to_string(&file).unwrap();
    let parsed: Value = serde_json::from_str(&first).unwrap();
    assert_eq!((&parsed["kernel"], &parsed["complete"]), (&"sha2".into(), &true.into()));
    // Refused before the measurement, which would take a year.
    let again = ["bench", "--seconds", "3e7", "--save", "base"];
    assert!(error_message(home.path(), &again, 2).contains("--force"));
    assert_eq!(fs::read_to_string(&file).unwrap(), first);
    hashwatt(home.path(), &[&save[..], &["--force"]].concat()).assert().success();
    assert_ne!(fs::read_to_string(&file).unwrap(), first);
    let names = fs::read_dir(file.parent().unwrap()).unwrap().count();
    assert_eq!(names, 1, "no partial file is left");
    for wrong in ["../x", "a/b", ".x", "", "a b"] {
        assert!(
            error_message(home.path(), &[&SHORT[..], &["--save", wrong]].concat(), 2)
                .contains("--save")
        );
    }
    let unknown = error_message(home.path(), &["bench", "--compare", "base", "other"], 2);
    assert!(unknown.contains("`other`") && unknown.contains(": base"), "{unknown}");
    // Such a short bench may or may not have an interval.
    let same = ["bench", "--compare", "base", "base", "--json"];
    let same = hashwatt(home.path(), &same).output().unwrap();
    let code = same.status.code();
    let same: Value = serde_json::from_slice(&same.stdout).unwrap();
    assert_eq!(same["hashrate_ratio"], 1.0);
    let found = (code, same["verdict"].as_str().unwrap());
    let possible = [(Some(0), "no difference at this confidence"), (Some(4), "cannot tell")];
    assert!(possible.contains(&found), "{found:?}");
}

#[test]
fn comparison_has_verdict_and_exit_code() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let (base, faster, slower, close) =
        (at("base.json"), at("faster.json"), at("slower.json"), at("close.json"));
    for (path, rate) in [(&base, 100.0), (&faster, 103.0), (&slower, 97.0), (&close, 100.5)] {
        saved(Path::new(path), rate, 1.0);
    }
    for (other, verdict, code) in [
        (&faster, "faster", 0),
        (&slower, "slower", 3),
        (&close, "no difference at this confidence", 0),
    ] {
        let compare = ["bench", "--compare", &base, other];
        let text = hashwatt(home.path(), &compare).assert().code(code);
        let text = String::from_utf8(text.get_output().stdout.clone()).unwrap();
        // Regardless of line breaks.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(verdict) && text.contains("95 % interval"), "{text}");
        let both = hashwatt(home.path(), &[&compare[..], &["--json"]].concat());
        let both = { both }.assert().code(code).get_output().stdout.clone();
        let both: Value = serde_json::from_slice(&both).unwrap();
        assert_eq!(both["verdict"], verdict);
        let schema = json_of(home.path(), &["schema", "bench-comparison"]);
        let validator = jsonschema::validator_for(&schema).unwrap();
        assert!(validator.is_valid(&both), "{both}");
    }
    // If either bench has no interval, the comparison is inconclusive.
    let mut short: Value = serde_json::from_str(&fs::read_to_string(&slower).unwrap()).unwrap();
    short["hashrate_mh_s_ci95"] = Value::Null;
    let bare = at("bare.json");
    fs::write(&bare, short.to_string()).unwrap();
    for [a, b] in [[&base, &bare], [&bare, &base]] {
        let compare = ["bench", "--compare", a, b];
        let text = hashwatt(home.path(), &compare).assert().code(4);
        let text = String::from_utf8(text.get_output().stdout.clone()).unwrap();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let verdict = format!("cannot tell: {bare} has no interval");
        assert!(text.contains(&verdict) && !text.contains("no difference"), "{text}");
        let both = hashwatt(home.path(), &[&compare[..], &["--json"]].concat()).assert().code(4);
        let both: Value = serde_json::from_slice(&both.get_output().stdout).unwrap();
        assert_eq!(both["verdict"], "cannot tell");
        assert_eq!(both["verdict_reason"], format!("{bare} has no interval"));
    }
    // Results of another schema version are refused.
    let mut other: Value = serde_json::from_str(&fs::read_to_string(&base).unwrap()).unwrap();
    other["schema_version"] = json!(3);
    fs::write(&close, other.to_string()).unwrap();
    let refused = error_message(home.path(), &["bench", "--compare", &base, &close], 2);
    assert!(refused.contains("schema_version: is 3"), "{refused}");
    // Options of a measurement are refused in a comparison.
    for more in [&["--seconds", "1"][..], &["--kernel", "sha2"], &["--save", "x"], &["--roofline"]]
    {
        error_message(home.path(), &[&["bench", "--compare", &base, &base], more].concat(), 2);
    }
}

/// A bench of the minimum length with kernels that every machine supports, on one thread.
const SEVERAL: [&str; 9] = [
    "bench",
    "--kernel",
    "sha2,sha2-naive",
    "--threads",
    "1",
    "--seconds",
    "0.2",
    "--warm-up",
    "0.1",
];

#[test]
fn several_kernels_are_compared_in_one_run() {
    let home = tempfile::tempdir().unwrap();
    let found = json_of(home.path(), &[&SEVERAL[..], &["--kernel", "scalar", "--json"]].concat());
    let names: Vec<_> = found["kernels"].as_array().unwrap().iter().map(|k| &k["kernel"]).collect();
    assert_eq!(names, ["sha2", "sha2-naive", "scalar"]);
    assert_eq!((&found["complete"], &found["rounds"]), (&true.into(), &20.into()));
    assert_eq!((&found["threads"], &found["baseline"]), (&1.into(), &"sha2".into()));
    assert!(found["warm_up_s"].as_f64().unwrap() >= 0.1, "{found}");
    let rate = |i: usize| found["kernels"][i]["hashrate_mh_s"].as_f64().unwrap();
    let ratio = found["kernels"][2]["hashrate_ratio"].as_f64().unwrap();
    assert!((ratio / (rate(2) / rate(0)) - 1.0).abs() < 1e-9, "{found}");
    // Twenty rounds are too few for an interval on any machine.
    for kernel in [1, 2] {
        assert_eq!(found["kernels"][kernel]["verdict"], "cannot tell");
    }
    let text = hashwatt(home.path(), &SEVERAL).assert().success();
    let text = String::from_utf8(text.get_output().stdout.clone()).unwrap();
    for expected in ["2 kernels in alternating slices", "Warm-up", "not included in", "cannot tell"]
    {
        assert!(text.contains(expected), "{expected} in\n{text}");
    }
    assert!(!text.contains("INCOMPLETE") && !text.contains("no difference"), "{text}");
    let csv = hashwatt(home.path(), &[&SEVERAL[..], &["--export", "csv"]].concat());
    let csv = { csv }.assert().success().get_output().stdout.clone();
    assert_eq!(csv::Reader::from_reader(&csv[..]).records().count(), 2);
    // A roofline of the named kernels and the baseline.
    let roofline =
        ["bench", "--roofline", "--kernel", "sha2,scalar", "--seconds", "0.01", "--json"];
    let roofline = json_of(home.path(), &roofline);
    let names: Vec<_> =
        roofline["kernels"].as_array().unwrap().iter().map(|k| &k["name"]).collect();
    assert_eq!(names, ["sha2-naive", "sha2", "scalar"]);
}

#[test]
fn single_kernel_option_is_refused_with_several_kernels() {
    let home = tempfile::tempdir().unwrap();
    // Refused before the measurement, which would take a year.
    let several = ["bench", "--kernel", "sha2,scalar", "--seconds", "3e7"];
    for (option, value) in [
        ("--meter", "assumed:350W"),
        ("--watts", "40"),
        ("--idle", "10"),
        ("--mw", "5"),
        ("--save", "base"),
        ("--adapter", "card"),
        ("--kernel", "gpu"),
        ("--kernel", "cpu+gpu"),
        ("--kernel", "sha2"),
        ("--kernel", "warp"),
        ("--kernel", ""),
    ] {
        let refused = error_message(home.path(), &[&several[..], &[option, value]].concat(), 2);
        assert!(refused.contains(option), "{option} {value}: {refused}");
    }
    let scan = ["scan", "--kernel", "sha2,scalar", "--count", "5", "--header", GENESIS_HEX];
    assert!(error_message(home.path(), &scan, 2).contains("--kernel"));
    // The result is not a bench of one kernel, and the message names it.
    let file = home.path().join("several.json");
    let file = file.to_str().unwrap();
    hashwatt(home.path(), &[&SEVERAL[..], &["--json", "-o", file]].concat()).assert().success();
    let refused = error_message(home.path(), &["bench", "--compare", file, file], 2);
    assert!(refused.contains("kernels: is a result of several kernels"), "{refused}");
}

#[test]
fn bench_is_exported_as_csv_and_markdown() {
    let home = tempfile::tempdir().unwrap();
    let csv = [&SHORT[..], &["--watts", "50", "--export", "csv"]].concat();
    let output = hashwatt(home.path(), &csv).assert().success().get_output().stdout.clone();
    let mut reader = csv::Reader::from_reader(&output[..]);
    let header = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let cell = |name: &str| {
        let at = header.iter().position(|column| column == name);
        row[at.unwrap_or_else(|| panic!("{name} in {header:?}"))].to_owned()
    };
    assert_eq!((cell("kernel"), cell("complete")), ("sha2".to_owned(), "true".to_owned()));
    assert!(cell("hashrate_mh_s").parse::<f64>().unwrap() > 0.0);
    assert!(cell("hashes").parse::<u64>().unwrap() > 0);
    assert!(cell("j_per_th").parse::<f64>().unwrap() > 0.0);
    assert!(!cell("host_processor").is_empty());
    // Such a short run rarely has an interval.
    let low = cell("hashrate_mh_s_ci95_low");
    assert!(low.is_empty() || low.parse::<f64>().unwrap() > 0.0, "{low}");

    let table = home.path().join("table.md");
    let file = table.to_str().unwrap();
    let markdown = [&SHORT[..], &["--export", "markdown", "-o", file]].concat();
    assert!(hashwatt(home.path(), &markdown).assert().success().get_output().stdout.is_empty());
    let text = fs::read_to_string(&table).unwrap();
    assert!(text.starts_with("| quantity | value |\n|---|---|\n"), "{text}");
    assert!(text.lines().all(|line| line.starts_with('|') && line.ends_with('|')), "{text}");
    assert!(text.contains("| hashrate\\_mh\\_s |"), "{text}");
    assert!(error_message(home.path(), &markdown, 2).contains("--force"));
    error_message(home.path(), &[&SHORT[..], &["--json", "--export", "csv"]].concat(), 2);
}

/// Every column of the exports is a key of the JSON result.
#[test]
fn exported_columns_are_keys_of_schema() {
    let home = tempfile::tempdir().unwrap();
    let csv = [&SHORT[..], &["--export", "csv"]].concat();
    let output = hashwatt(home.path(), &csv).assert().success().get_output().stdout.clone();
    let schema = json_of(home.path(), &["schema", "bench"]);
    let header = String::from_utf8(output).unwrap().lines().next().unwrap().to_owned();
    for column in header.split(',') {
        let column = column.trim_end_matches("_low").trim_end_matches("_high");
        let known = match column.strip_prefix("host_") {
            Some(key) => &schema["$defs"]["HostRow"]["properties"][key],
            None => &schema["properties"][column],
        };
        assert!(known.is_object(), "{column}");
    }
}

#[test]
fn bench_file_is_accepted_by_every_scenario_command() {
    let home = tempfile::tempdir().unwrap();
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let (result, scenario) = (at("host.json"), at("site.toml"));
    let bench = ["bench", "--kernel", "sha2", "--seconds", "1", "--watts", "40", "--json", "-o"];
    let output = hashwatt(home.path(), &[&bench[..], &[&result]].concat()).assert().success();
    assert!(output.get_output().stdout.is_empty());
    let bench: Value = serde_json::from_str(&fs::read_to_string(&result).unwrap()).unwrap();
    let j_per_th = bench["j_per_th"].as_f64().unwrap();
    fs::write(
        &scenario,
        "power_mw = 1\nmeasured = \"host.json\"\ntariff = \"50 USD/MWh\"\n\
         machine_price_usd_per_th_s = 10\ninfrastructure_usd_per_mw = 0\n\
         [hours]\ndispatch = \"must_run\"\n[market]\nnoise = \"none\"\n",
    )
    .unwrap();
    let of = |arguments: &[&str]| {
        let report =
            json_of(home.path(), &[arguments, &["--scenario", &scenario, "--json"]].concat());
        let inputs = report["inputs"].as_array().unwrap();
        let of_efficiency = |input: &&Value| input["key"] == "efficiency_j_per_th";
        let input = inputs.iter().find(of_efficiency).unwrap();
        assert!((input["value"].as_f64().unwrap() / j_per_th - 1.0).abs() < 1e-9, "{input}");
        let origin = &input["origin"];
        assert!(origin["kind"] == "assumed" || origin["kind"] == "user_reported", "{input}");
        assert!(origin["detail"].as_str().unwrap().contains("host.json"), "{input}");
        report
    };
    let now = of(&["estimate"])["revenue_usd_per_day_before"].as_f64().unwrap();
    let project = of(&["project", "--paths", "1", "--years", "0.1"]);
    // A machine with a million times the energy of an ASIC earns almost nothing, but not zero.
    let sold = &project["totals"]["flow_value_usd"]["bitcoin_sold"]["p50"];
    let first = sold.as_f64().unwrap() / 36.5;
    assert!(now > 0.0 && (first / now - 1.0).abs() < 0.2, "{now} {first}");
    of(&["sensitivity", "--samples", "8", "--years", "0.5"]);
}

#[test]
fn impossible_processor_efficiency_is_withheld_with_reason() {
    let home = tempfile::tempdir().unwrap();
    let bench = ["bench", "--kernel", "sha2", "--threads", "1", "--seconds", "1", "--mw", "1"];
    // A billionth of a watt, and far more than a power plant.
    for watts in ["1e-9", "1e11"] {
        let report = json_of(home.path(), &[&bench[..], &["--watts", watts, "--json"]].concat());
        assert!(report["energy_j"].is_number() && report["j_per_th"].is_null(), "{watts}");
        assert!(report["meters"][0]["j_per_th"].is_null(), "{watts}");
        for reason in ["energy_reason", "budget_reason"] {
            let message = report[reason].as_str().unwrap();
            assert!(
                message.contains("J/TH cannot be a processor's efficiency"),
                "{reason}: {message}"
            );
        }
        let mut output = hashwatt(home.path(), &[&bench[..], &["--watts", watts]].concat());
        let text =
            String::from_utf8(output.assert().success().get_output().stdout.clone()).unwrap();
        assert!(text.contains("withheld") && text.contains("cannot be a processor's"), "{text}");
    }
}

#[test]
fn bench_warning_is_passed_to_estimate() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("odd.json").to_str().unwrap().to_owned();
    let bench = ["bench", "--kernel", "sha2", "--threads", "1", "--seconds", "1", "--mw", "1"];
    let rate = json_of(home.path(), &[&bench[..], &["--json"]].concat())["hashrate_mh_s"].as_f64();
    // About 1e11 J/TH, whatever the machine and the build.
    let watts = format!("{:.0}", 1e5 * rate.unwrap());
    let watts = ["--watts", &watts, "--json", "-o", &file];
    hashwatt(home.path(), &[&bench[..], &watts].concat()).assert().success();
    let report: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let warnings = report["warnings"].as_array().unwrap();
    let reason = "is unusual for a processor's efficiency";
    assert!(
        warnings.iter().any(|warning| warning.as_str().unwrap().contains(reason)),
        "{warnings:?}"
    );
    assert!(report["budget"]["warnings"].to_string().contains(reason), "{}", report["budget"]);
    let estimate = ["estimate", "--mw", "1", "--measured", &file, "--json"];
    assert!(json_of(home.path(), &estimate)["warnings"].to_string().contains(reason));
}

#[test]
fn unreadable_log_header_ends_bench_before_run() {
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("log.csv");
    let meter = format!("csv:{}", log.display());
    // An hour: with a readable header the bench would start.
    let arguments =
        ["bench", "--kernel", "sha2", "--seconds", "3600", "--idle", "5", "--meter", &meter];
    for (text, wanted) in [
        ("Time,Amps\n1,2\n", "no column `power_w`; the header found is `Time, Amps`"),
        ("Time,P-1,P-2\n1,2,3\n", "no column `Q`; the header found is `Time, P-1, P-2`"),
        ("Time,Power (dBm)\n1,2\n", "`dBm` is not a valid unit of this column"),
    ] {
        fs::write(&log, text).unwrap();
        let named: &[&str] = if wanted.contains("`Q`") { &["--csv-power", "Q"] } else { &[] };
        let message = error_message(home.path(), &[&arguments, named].concat(), 2);
        assert!(message.contains(wanted), "{message}");
        assert!(
            message.contains("or name them with --csv-time NAME and --csv-power NAME"),
            "{message}"
        );
        assert!(message.contains(&format!("--meter csv: {}, line 1", log.display())), "{message}");
    }
    // A file that does not exist yet, or is empty, is read after the run.
    let short = [&SHORT[..], &["--idle", "5", "--meter", &meter]].concat();
    fs::remove_file(&log).unwrap();
    let absent = hashwatt(home.path(), &short).assert().success().get_output().stderr.clone();
    assert!(
        String::from_utf8(absent)
            .unwrap()
            .contains("the file does not exist yet; it is read after the run")
    );
}
