//! The command as its users meet it: results, keys, mistakes, interruption.

use assert_cmd::Command;
use hashwatt::pow::Header;
use hashwatt::scan::Kernel;
use hashwatt_test_support::headers::{BLOCK_125552_HEX, GENESIS_HEX};
use serde_json::{Value, json};

/// Pakistan's question.
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

/// What names the mistake of a GPU that is not there.
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
fn real_blocks_are_found_with_every_kernel() {
    let available = Kernel::all_available().map(Kernel::name);
    for kernel in available.chain(["auto"]) {
        for (header, nonce, start) in [
            (GENESIS_HEX, 2_083_236_893u64, "0x7c2bac00"),
            (BLOCK_125552_HEX, 2_504_433_986, "2504433000"),
        ] {
            let found = json(&[
                "scan", "--header", header, "--start", start, "--count", "4096", "--kernel",
                kernel, "--json",
            ]);
            assert_eq!(found["hits"][0]["nonce"], nonce);
            assert_eq!(found["hits"].as_array().unwrap().len(), 1);
            assert_eq!((&found["complete"], &found["hashes"]), (&true.into(), &"4096".into()));
            assert!(kernel == "auto" || found["kernel"] == kernel);
        }
    }
}

/// What a scan of one nonce prints on stdout and stderr.
fn scanned(header: &[&str], more: &[&str]) -> (String, String) {
    let one = ["--count", "1", "--kernel", "sha2", "--threads", "1"];
    let arguments = [&["scan", "--header"], header, &one, more].concat();
    let output = hashwatt(&arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

#[test]
fn scan_shows_what_it_understood_of_a_header_however_it_is_written() {
    let (plain, told) = scanned(&[BLOCK_125552_HEX], &[]);
    assert_eq!(told, "");
    for line in [
        "  version       1 (0x00000001)\n",
        "  previous hash 00000000000008a3a41b85b8b29ad444def299fee21793cd8b9e567eab02cd81\n",
        "  time          2011-05-21 17:26:31 UTC\n",
        "  bits          1a44b9f2, difficulty 244,112.487774\n",
    ] {
        assert!(plain.contains(line), "{plain}");
    }
    let upper = format!("0x{}", BLOCK_125552_HEX.to_uppercase());
    let (first, rest) = BLOCK_125552_HEX.split_at(80);
    let in_lines = format!("{first}\r\n {rest}\n");
    // The last one as a shell takes apart what is not in quotation marks.
    for header in [&[upper.as_str()][..], &[&in_lines], &[first, rest]] {
        assert_eq!(scanned(header, &[]), (plain.clone(), String::new()));
    }
    let (easy, _) = scanned(&[GENESIS_HEX], &["--bits", "0x207fffff"]);
    assert!(easy.contains("  bits          1d00ffff, difficulty 1\n"), "{easy}");
    assert!(easy.contains("  searched for  207fffff, difficulty 4.657e-10\n"), "{easy}");
    let json: Value = serde_json::from_str(&scanned(&[GENESIS_HEX], &["--json"]).0).unwrap();
    assert_eq!(json["understood"]["time_utc"], "2009-01-03T18:15:05Z");
    assert_eq!((&json["warnings"], &json["target"]["difficulty"]), (&json!([]), &json!(1.0)));
}

#[test]
fn scan_warns_of_a_header_in_another_order_and_searches_it_as_it_was_given() {
    let header: Header = BLOCK_125552_HEX.parse().unwrap();
    let shown = Header {
        prev_block: header.prev_block.reversed(),
        merkle_root: header.merkle_root.reversed(),
        ..header
    };
    let mut reversed = header.to_bytes();
    let swapped: Vec<u8> = reversed.chunks(4).flat_map(|w| w.iter().rev()).copied().collect();
    reversed.reverse();
    for (hex, key, words) in [
        (shown.to_hex(), "hashes_reversed", "the previous hash reversed, the merkle root reversed"),
        (hex::encode(swapped), "words_swapped", "the previous hash with every four bytes reversed"),
        (hex::encode(reversed), "bytes_reversed", "does with all 80 bytes reversed"),
    ] {
        // Whose bits are turned too gives no target of its own.
        let bits = ["--bits", "1a44b9f2", "--start", "2504433986"];
        let (stdout, told) = scanned(&[&hex], &[&bits[..], &["--json"]].concat());
        let report: Value = serde_json::from_str(&stdout).unwrap();
        assert_eq!((&report["hits"], &report["warnings"][0]["key"]), (&json!([]), &json!(key)));
        let (text, _) = scanned(&[&hex], &bits);
        let in_report = report["warnings"][0]["text"].as_str().unwrap();
        for told in [&told, in_report, &text] {
            assert!(told.contains(words) && told.contains(BLOCK_125552_HEX), "{told}");
        }
    }
    // In the order that a header has, the same nonce is found, and nothing is said.
    let (found, told) = scanned(&[BLOCK_125552_HEX], &["--start", "2504433986"]);
    assert!(found.contains("1 hits") && told.is_empty(), "{found}{told}");
}

#[test]
fn scan_of_getwork_data_is_refused_with_the_header_that_is_in_them() {
    let header = BLOCK_125552_HEX.to_owned();
    let padded = format!("{header}80000000{}00000280", "0".repeat(80));
    let bytes = hex::decode(padded).unwrap();
    let data: Vec<u8> = bytes.chunks(4).flat_map(|word| word.iter().rev()).copied().collect();
    let (stdout, told) = scanned(&[&hex::encode(data)], &[]);
    assert!(stdout.is_empty() && told.contains("getwork") && told.contains(&header), "{told}");
}

#[test]
fn kernels_are_listed_with_one_chosen() {
    let listed = json(&["kernels", "--json"]);
    let kernels = listed["kernels"].as_array().unwrap();
    assert_eq!(kernels.len(), Kernel::ALL.len());
    assert_eq!(kernels.iter().filter(|kernel| kernel["chosen"] == true).count(), 1);
    for kernel in kernels {
        let available = kernel["available"].as_bool().unwrap();
        assert_eq!(kernel["rate_mh_s"].is_number(), available, "{kernel}");
        assert_eq!(kernel["reason"].is_null(), available, "{kernel}");
        assert!(kernel["lanes"].as_u64().unwrap() > 0);
        let name = kernel["name"].as_str().unwrap();
        // A kernel that this machine lacks is a mistake of the input, never a crash.
        let forced = ["scan", "--header", GENESIS_HEX, "--count", "1", "--kernel", name];
        hashwatt(&forced).assert().code(if available { 0 } else { 2 });
    }
}

#[test]
fn the_bits_given_override_the_headers() {
    let easy = ["scan", "--header", GENESIS_HEX, "--bits", "207fffff", "--count", "0x40", "--json"];
    let found = json(&easy);
    let hits = found["hits"].as_array().unwrap();
    // Half of 64 hashes on average; the exact set is checked against the reference elsewhere.
    assert!((10..54).contains(&hits.len()), "{}", hits.len());
    let nonces: Vec<_> = hits.iter().map(|hit| hit["nonce"].as_u64().unwrap()).collect();
    assert!(nonces.is_sorted() && nonces.iter().all(|&nonce| nonce < 64));
    // Nothing to search is a result, too.
    let none = json(&["scan", "--header", GENESIS_HEX, "--count", "0", "--json"]);
    assert_eq!((&none["hashes"], &none["complete"]), (&"0".into(), &true.into()));
    // The last nonce, the count left to its default.
    let last = json(&["scan", "--header", GENESIS_HEX, "--start", "4294967295", "--json"]);
    assert_eq!(last["hashes"], "1");
}

#[test]
fn an_estimate_has_every_key_and_the_oracles_figures() {
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
    // Every published input is dated and sourced.
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
fn options_reach_the_model() {
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
fn a_scenario_file_is_the_same_estimate_as_its_options() {
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
fn a_bench_says_what_is_assumed_and_what_is_missing() {
    let short = ["bench", "--kernel", "sha2", "--threads", "1", "--seconds", "1", "--json"];
    let assumed = json(&[&short[..], &["--watts", "40", "--mw", "2000"]].concat());
    for key in [
        "schema_version",
        "kernel",
        "threads",
        "hashes",
        "duration_s",
        "hashrate_mh_s",
        "energy_j",
        "j_per_th",
        "provenance",
        "complete",
    ] {
        assert!(!assumed[key].is_null(), "{key}");
    }
    // On a machine with RAPL the reading comes first; it is never called assumed.
    let rapl = assumed["provenance"] == "measured";
    assert!(rapl || assumed["provenance"] == "assumed", "{}", assumed["provenance"]);
    let (joules, hashes) = (assumed["energy_j"].as_f64(), assumed["hashes"].as_str());
    let j_per_th = joules.unwrap() / (hashes.unwrap().parse::<f64>().unwrap() / 1e12);
    assert!((assumed["j_per_th"].as_f64().unwrap() / j_per_th - 1.0).abs() < 1e-9);
    let budget = &assumed["budget"];
    let inputs = budget["inputs"].as_array().unwrap();
    let efficiency = inputs.iter().find(|input| input["key"] == "efficiency_j_per_th").unwrap();
    assert_eq!(efficiency["value"], assumed["j_per_th"]);
    // What rests on assumed watts is assumed; nothing that a bench made is called measured by an estimate.
    let kind = if rapl { "user_reported" } else { "assumed" };
    assert_eq!(efficiency["origin"]["kind"], kind);
    let whose = budget["warnings"][0]["text"].as_str().unwrap();
    assert!(whose.contains("kernel sha2") && whose.contains("no mining fleet"), "{whose}");

    let bare = json(&short);
    if bare["energy_j"].is_null() {
        assert!(bare["energy_reason"].is_string() && bare["j_per_th"].is_null());
        assert!(bare["provenance"].is_null());
        let asked = json(&[&short[..], &["--mw", "2000"]].concat());
        assert!(asked["budget"].is_null() && asked["budget_reason"].is_string());
    } else {
        assert_eq!(bare["provenance"], "measured");
    }
}

#[test]
fn mistakes_are_one_line_that_names_the_field_and_exit_with_2() {
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
        let told = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
        assert_eq!(told.lines().count(), 1, "{arguments:?}: {told}");
        assert!(told.starts_with("error: ") && told.contains(field), "{arguments:?}: {told}");
        assert!(!told.contains("panicked"), "{told}");
        assert!(!told.trim_end().chars().any(char::is_control), "{told:?}");
        assert!(assert.get_output().stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_and_version_are_results() {
    for arguments in [&["--help"][..], &["--version"], &["scan", "--help"], &["bench", "--help"]] {
        let assert = hashwatt(arguments).assert().success();
        assert!(!assert.get_output().stdout.is_empty(), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_scan_prints_what_it_has() {
    let scan = ["scan", "--header", GENESIS_HEX, "--kernel", "scalar", "--threads", "1", "--json"];
    let roofline = ["bench", "--roofline", "--kernel", "sha2", "--seconds", "1e300", "--json"];
    for (arguments, signal, code) in
        [(&scan[..], "INT", 130), (&scan[..], "TERM", 143), (&roofline[..], "INT", 130)]
    {
        // A busy machine may still be at the self-test when the signal comes: then more time.
        let partial = [1, 3, 9, 27].into_iter().find_map(|seconds| {
            let partial = interrupted_after(seconds, arguments, signal, code)?;
            assert_eq!(partial["complete"], false);
            let figure = if arguments[0] == "bench" { "rounds" } else { "hashes" };
            (!["0", "\"0\""].contains(&partial[figure].to_string().as_str())).then_some(partial)
        });
        let partial = partial.expect("a part of the result");
        if arguments[0] == "scan" {
            let hashes: u64 = partial["hashes"].as_str().unwrap().parse().unwrap();
            assert!(hashes < 1 << 32);
        }
    }
}

/// What a run prints that gets a signal after a while; `None` where it came before the program
/// was listening.
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
fn a_roofline_has_every_figure() {
    let report = json(&["bench", "--roofline", "--seconds", "0.01", "--kernel", "sha2", "--json"]);
    assert_eq!(report["complete"], true);
    assert!(report["frequency_ghz"].as_f64().unwrap() > 0.0);
    assert!(report["rounds"].as_u64().unwrap() >= 41);
    let rows = report["kernels"].as_array().unwrap();
    let names: Vec<_> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["sha2-naive", "sha2"]);
    assert_eq!(rows[0]["times_sha2_naive"], 1.0);
    assert!(rows[1]["times_sha2_naive"].as_f64().unwrap() > 0.0);

    let all = json(&["bench", "--roofline", "--seconds", "0.01", "--json"]);
    assert_eq!(all["kernels"].as_array().unwrap().len(), Kernel::all_available().count());
}

#[cfg(target_os = "linux")]
#[test]
fn a_pinned_bench_says_so() {
    let bench = ["bench", "--kernel", "sha2", "--threads", "1", "--seconds", "0.2", "--json"];
    assert_eq!(json(&bench)["pinned"], false);
    assert_eq!(json(&[&bench[..], &["--pin"]].concat())["pinned"], true);
}

#[cfg(feature = "gpu")]
#[test]
fn gpus_are_listed_and_search() {
    let required = std::env::var_os("HASHWATT_REQUIRE_GPU").is_some_and(|value| value == "1");
    let listed = json(&["devices", "--json"]);
    let Some(device) = listed["devices"].as_array().unwrap().first() else {
        assert!(!required, "HASHWATT_REQUIRE_GPU is set and there is no adapter");
        eprintln!("skipped: no adapter");
        return;
    };
    for key in ["name", "backend", "driver", "kind", "pci_bus_id", "taken_by_default"] {
        assert!(!device[key].is_null(), "{key}");
    }
    let cache = tempfile::tempdir().unwrap();
    let name = device["name"].as_str().unwrap();
    for kernel in ["gpu", "cpu+gpu"] {
        let search =
            ["scan", "--header", BLOCK_125552_HEX, "--start", "2504400000", "--count", "50000"];
        let engine = ["--kernel", kernel, "--adapter", name, "--json"];
        let assert = hashwatt(&[&search[..], &engine].concat())
            .env("XDG_CACHE_HOME", cache.path())
            .assert()
            .success();
        let report: Value = serde_json::from_slice(&assert.get_output().stdout).unwrap();
        assert_eq!(report["hits"][0]["nonce"], 2_504_433_986u32, "{kernel}");
        assert_eq!(report["complete"], true);
    }
    // The second time the tuning was remembered.
    assert_eq!(std::fs::read_dir(cache.path().join("hashwatt")).unwrap().count(), 1);
}

#[test]
fn an_option_that_cannot_be_names_itself_and_what_may_have_happened() {
    for (option, value, said) in [
        ("--price-usd", "65.000", "write 65000 or 65"),
        ("--price-usd", "65_000", "write 65000"),
        ("--network-eh", "1,000", "write 1000 or 1"),
        ("--height", "965.664", "write 965664"),
        ("--j-per-th", "17500", "17500 J/TH cannot be an ASIC's efficiency"),
        ("--difficulty", "1", "not a test network's"),
        ("--tariff", "60 USD/kWh", "is it meant per MWh"),
    ] {
        let output = hashwatt(&["estimate", "--mw", "5", option, value])
            .assert()
            .code(2)
            .get_output()
            .clone();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(option) && told.contains(said), "{told}");
    }
}

#[test]
fn an_unusual_price_is_taken_with_a_warning_that_asks() {
    let output =
        hashwatt(&["estimate", "--mw", "5", "--price-usd", "65", "--json"]).assert().success();
    let report: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    let told = report["warnings"].to_string();
    assert!(
        told.contains("unusual_value") && told.contains("write 65000 and not 65.000"),
        "{told}"
    );
}
