//! Live values in the command.

use super::*;
use assert_cmd::Command;
use std::process::Output;

fn hashwatt(arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("hashwatt").unwrap();
    command.env_remove("HASHWATT_NODE_USER").env_remove("HASHWATT_NODE_PASSWORD");
    command.args(arguments).output().unwrap()
}

/// `hashwatt estimate --mw 100` with more arguments.
fn estimate(more: &[&str]) -> Output {
    let always = ["estimate", "--mw", "100", "--json", "--live-deadline", "30"];
    hashwatt(&[&always, more].concat())
}

fn report(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn input<'a>(report: &'a Value, field: &str) -> &'a Value {
    let inputs = report["inputs"].as_array().unwrap();
    inputs.iter().find(|input| input["key"] == field).unwrap()
}

fn warnings(report: &Value) -> String {
    report["warnings"].to_string()
}

#[test]
fn live_values_are_reported_with_sources() {
    let server = Chain::new().api(unchanged);
    let live = report(&estimate(&["--live", "--api", server.url()]));
    assert_eq!(live["height"], HEIGHT);
    assert_eq!(input(&live, "price_usd_per_btc")["value"], PRICE);
    for field in ["network_hashrate_eh_per_s", "fees_btc_per_block", "price_usd_per_btc"] {
        let origin = input(&live, field)["origin"].clone();
        assert_eq!(origin["kind"], "published", "{field}");
        assert!(origin["detail"].as_str().unwrap().starts_with(server.host()), "{origin}");
        assert!(origin["as_of"].as_str().unwrap().len() == 10, "{origin}");
    }
    assert!(!warnings(&live).contains("live"), "{}", warnings(&live));

    let given = report(&estimate(&["--api", server.url(), "--price-usd", "50000"]));
    assert_eq!(input(&given, "price_usd_per_btc")["value"], 50_000.0);
    assert_eq!(given["height"], HEIGHT);
    assert!(warnings(&given).contains("instead of live ones: price_usd_per_btc (--price-usd)"));
}

#[test]
fn live_network_is_accepted_by_every_scenario_command() {
    let server = Chain::new().api(unchanged);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("site.toml");
    let scenario = "power_mw = 100\ntariff = \"50 USD/MWh\"\nprice_usd_per_btc = 70000\n\
        machine_price_usd_per_th_s = 10\ninfrastructure_usd_per_mw = 1e5\n";
    let live = |command: &[&str], scenario: &str| {
        std::fs::write(&file, scenario).unwrap();
        let file = ["--scenario", file.to_str().unwrap(), "--json"];
        let output = hashwatt(&[command, &file, &["--api", server.url()]].concat());
        let report = report(&output);
        let origin = input(&report, "network_hashrate_eh_per_s")["origin"]["detail"].to_string();
        assert!(origin.contains(server.host()), "{command:?}: {origin}");
        report
    };
    let today = jiff::Timestamp::from_second(Chain::new().header.time.into()).unwrap().to_string();
    let project = ["project", "--paths", "20", "--years", "0.5"];
    for command in [&["estimate"][..], &project, &["sensitivity", "--samples", "8"]] {
        let report = live(command, scenario);
        assert_eq!(report["height"], HEIGHT, "{command:?}");
        assert_eq!(input(&report, "price_usd_per_btc")["value"], 70_000.0);
        let message = warnings(&report);
        assert!(
            message.contains("instead of live ones: price_usd_per_btc (")
                && !message.contains("start"),
            "{message}"
        );
    }
    // The project starts on the date of the network; another given date is used, with a warning.
    assert_eq!(live(&project, scenario)["start"], today[..10]);
    let dated = format!("{scenario}[project]\nstart = \"2026-10-01\"\n");
    let dated = live(&project, &dated);
    assert_eq!(dated["start"], "2026-10-01");
    assert!(warnings(&dated).contains("project.start"), "{}", warnings(&dated));

    // All figures use the same network, including the break-even values.
    let server = Chain::new().api(unchanged);
    let figures = [
        "--network-eh",
        "1000",
        "--price-usd",
        "50000",
        "--fees-btc",
        "0.01",
        "--height",
        "965664",
    ];
    let given = hashwatt(&[&["estimate", "--mw", "100", "--json"], &figures[..]].concat());
    let same = estimate(&[&figures[..], &["--api", server.url()]].concat());
    assert_eq!(report(&given)["break_even"], report(&same)["break_even"]);
    let live = report(&estimate(&["--api", server.url()]));
    assert_ne!(report(&given)["break_even"], live["break_even"]);
}

#[test]
fn failed_fetch_ends_every_command() {
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/scenarios/site-100mw.toml");
    let server = Server::new(|_| Fault::Silent.into());
    for command in ["estimate", "project", "sensitivity"] {
        let asked = [command, "--scenario", scenario, "--api", server.url()];
        let output = hashwatt(&[&asked[..], &["--live-deadline", "0.2"]].concat());
        let message = stderr(&output);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{message}");
        assert!(
            message.contains("within 200 ms") && message.contains("--live-deadline"),
            "{message}"
        );
    }
    let small = ["--paths", "20", "--years", "0.5", "--json", "--live-deadline", "0.2"];
    let asked = ["project", "--scenario", scenario, "--api", server.url(), "--or-snapshot"];
    let output = hashwatt(&[&asked[..], &small].concat());
    let message = warnings(&report(&output));
    assert!(message.contains("the shipped network") && stderr(&output).contains("no live data"));
}

#[test]
fn node_requires_price_and_login() {
    let chain = Chain::new();
    let server = Server::new(move |asked| match asked.header("authorization") {
        Some("Basic bWU6aHVudGVyMg==") => Response::ok(chain.responses(&asked.body, &unchanged)),
        _ => Response::status("401 Unauthorized"),
    });
    let without = estimate(&["--node", server.url()]);
    assert_eq!(without.status.code(), Some(2));
    assert!(stderr(&without).contains("--price-usd"), "{}", stderr(&without));

    let with = |password: &str| {
        let mut command = Command::cargo_bin("hashwatt").unwrap();
        command.env("HASHWATT_NODE_USER", "me").env("HASHWATT_NODE_PASSWORD", password);
        command.args(["estimate", "--mw", "100", "--json", "--price-usd", "60000"]);
        command.args(["--node", server.url(), "--live-deadline", "30"]).output().unwrap()
    };
    let right = with("hunter2");
    assert_eq!(report(&right)["height"], HEIGHT);
    let wrong = with("swordfish");
    assert_eq!(wrong.status.code(), Some(1));
    let message = stderr(&wrong);
    assert!(message.contains("HTTP 401") && message.contains("--node-cookie"), "{message}");
    for (output, secret) in [(right, "hunter2"), (wrong, "swordfish")] {
        let all = String::from_utf8(output.stdout.clone()).unwrap() + &stderr(&output);
        assert!(!all.contains(secret) && !all.contains("Basic"), "{all}");
    }
}

#[test]
fn failed_fetch_is_error_without_or_snapshot() {
    let server = Server::new(|_| Response::status("500 Internal Server Error"));
    let failed = estimate(&["--api", server.url()]);
    assert_eq!((failed.status.code(), failed.stdout.len()), (Some(1), 0));
    let message = stderr(&failed);
    assert!(message.contains("HTTP 500") && message.contains("--or-snapshot"), "{message}");

    let output = estimate(&["--api", server.url(), "--or-snapshot"]);
    let shipped = report(&output);
    assert_eq!(shipped["height"], 965_664);
    for message in [stderr(&output), warnings(&shipped)] {
        assert!(
            message.contains("HTTP 500") && message.contains("the shipped network"),
            "{message}"
        );
    }

    // With live values there is no message about the snapshot.
    let server = Chain::new().api(unchanged);
    let output = estimate(&["--api", server.url(), "--or-snapshot"]);
    assert_eq!(report(&output)["height"], HEIGHT);
    assert_eq!(stderr(&output), "");
}

#[test]
fn invalid_live_option_exits_with_2() {
    for (more, option) in [
        (&["--api", "http://me:hunter2@127.0.0.1"][..], "--api"),
        (&["--node", "http://me:hunter2@127.0.0.1", "--price-usd", "5"], "--node"),
        (&["--api", "http://mempool.space", "--or-snapshot"], "--api"),
        (&["--node", "http://x", "--node-cookie", "no/such", "--price-usd", "5"], "--node-cookie"),
        (&["--node", "http://x", "--api", "http://y"], "--node"),
        (&["--node-cookie", "x"], "--node"),
        (&["--live", "--live-deadline", "0"], "--live-deadline"),
        (&["--live", "--live-deadline", "1e9"], "--live-deadline"),
        (&["--or-snapshot"], "--live"),
        (&["--allow-http"], "--live"),
        (&["--api", "http://127.0.0.1/testnet4"], "--api"),
    ] {
        let mut command = Command::cargo_bin("hashwatt").unwrap();
        let output = command.args(["estimate", "--mw", "5"]).args(more).output().unwrap();
        let message = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{more:?}: {message}");
        assert!(message.contains(option) && !message.contains("hunter2"), "{more:?}: {message}");
    }
}

#[test]
fn status_403_has_own_remedy_for_api_and_node() {
    let server = Server::new(|_| Response::status("403 Forbidden").with_body("code 7"));
    let of_api = stderr(&estimate(&["--api", server.url()]));
    let of_node = stderr(&estimate(&["--node", server.url(), "--price-usd", "60000"]));
    assert!(of_api.contains("HTTP 403") && of_api.contains("code 7"), "{of_api}");
    assert!(of_api.contains("--node") && !of_api.contains("HASHWATT"), "{of_api}");
    assert!(of_node.contains("rpcallowip") && of_node.contains("rpcwhitelist"), "{of_node}");
    assert!(!of_node.contains("HASHWATT") && !of_node.contains("cookie"), "{of_node}");
}

#[test]
fn busy_source_is_reported_on_stderr_with_deadline_option() {
    let server = Server::new(|_| Response::status("503 Service Unavailable").with_body("reindex"));
    let output =
        hashwatt(&["estimate", "--mw", "5", "--api", server.url(), "--live-deadline", "0.5"]);
    let message = stderr(&output);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{message}");
    let [waiting, error] = message.lines().collect::<Vec<_>>()[..] else { panic!("{message}") };
    assert!(waiting.contains("reindex; retrying in"), "{message}");
    assert!(error.contains("0.5 s were not enough; allow more with --live-deadline"), "{message}");
}

#[test]
fn unusual_live_value_is_among_warnings() {
    let server = Chain::new().api(|path, page| {
        if path.ends_with("/prices") {
            page["USD"] = json!(65);
        }
    });
    let report = report(&estimate(&["--api", server.url()]));
    let message = warnings(&report);
    assert!(message.contains("unusual_live_value") && message.contains("USD is 65"), "{message}");
}

#[test]
fn plain_http_to_remote_host_requires_allow_http() {
    // RFC 6761: this domain never exists.
    let asked = ["--price-usd", "60000", "--node", "http://bitcoind.invalid:8332"];
    let refused = estimate(&asked);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("--allow-http"), "{}", stderr(&refused));
    let allowed = estimate(&[&asked[..], &["--allow-http"]].concat());
    assert_eq!(allowed.status.code(), Some(1));
    let message = stderr(&allowed);
    assert!(message.contains("bitcoind.invalid:8332: "), "{message}");
}
