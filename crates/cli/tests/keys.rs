//! Keys of a scenario as options, and scenarios from standard input.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;

const SITE: &str = "power_mw = 10\nmachine = \"Antminer S21 Pro\"\ntariff = \"20 PKR/kWh\"\n\
                    exchange_rate = \"281 PKR/USD\"\n";

/// Exit code, stdout and stderr of a run in a folder with the scenario `site.toml`.
fn run_in(folder: &Path, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("hashwatt").unwrap();
    let output = command.current_dir(folder).args(arguments).write_stdin(input).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn run(scenario: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("site.toml"), scenario).unwrap();
    run_in(folder.path(), arguments, "")
}

fn json(scenario: &str, arguments: &[&str]) -> Value {
    let (code, out, message) = run(scenario, &[arguments, &["--json"]].concat());
    assert_eq!(code, Some(0), "{arguments:?}: {message}");
    serde_json::from_str(&out).unwrap()
}

fn refused(scenario: &str, arguments: &[&str]) -> Vec<String> {
    let (code, out, message) = run(scenario, arguments);
    assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
    message.lines().map(str::to_owned).collect()
}

/// The value of an input with its unit and origin.
fn input(report: &Value, key: &str) -> (f64, String, String) {
    let inputs = report["inputs"].as_array().unwrap();
    let row = inputs.iter().find(|row| row["key"] == key).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let origin = &row["origin"];
    let origin = format!("{}: {}", text(&origin["kind"]), text(&origin["detail"]));
    (row["value"].as_f64().unwrap(), text(&row["unit"]), origin)
}

#[test]
fn set_option_overrides_any_key_in_every_command() {
    let set = ["--set", "tariff=25", "--set", "project.discount_per_year=0.12"];
    for command in [
        &["estimate", "--scenario", "site.toml"][..],
        &["project", "--scenario", "site.toml", "--paths", "2", "--years", "1"],
        &["ledger", "--scenario", "site.toml", "--paths", "2", "--years", "1"],
        &["sensitivity", "--scenario", "site.toml", "--samples", "8", "--years", "1"],
    ] {
        let site =
            format!("{SITE}machine_price_usd_per_th_s = 10\ninfrastructure_usd_per_mw = 1\n");
        let report = json(&site, &[command, &set].concat());
        let origin = |key: &str| format!("user_reported: --set {key}");
        assert_eq!(input(&report, "tariff"), (25.0, "PKR/kWh".into(), origin("tariff")));
        let discount = input(&report, "project.discount_per_year");
        assert_eq!((discount.0, discount.2), (0.12, origin("project.discount_per_year")));
    }
    let page =
        ["report", "--scenario", "site.toml", "--paths", "2", "--years", "1", "-o", "page.html"];
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("site.toml"), SITE).unwrap();
    let (code, _, message) = run_in(folder.path(), &[&page[..], &set].concat(), "");
    assert_eq!(code, Some(0), "{message}");
    let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
    assert!(page.contains("--set tariff"));
}

#[test]
fn named_option_equals_set_option_of_its_key() {
    let named = ["--mw", "50", "--tariff", "0.03 USD/kWh", "--pue", "1.2", "--references", "KAZ"];
    let set = ["power_mw=50", "tariff=0.03 USD/kWh", "pue=1.2", "region=KAZ"];
    let set: Vec<&str> = set.iter().flat_map(|set| ["--set", set]).collect();
    let figures = |more: &[&str]| {
        let mut report = json(SITE, &[&["estimate", "--scenario", "site.toml"], more].concat());
        report.as_object_mut().unwrap().remove("inputs");
        report
    };
    let by_name = figures(&named);
    assert_eq!(by_name["power_mw"], 50.0);
    assert_eq!(by_name, figures(&set));
    // Also without a file.
    let alone = json("", &["estimate", "--set", "power_mw=50"]);
    assert_eq!(alone["power_mw"], 50.0);
    assert_eq!(
        json("", &["estimate", "--mw", "50"])["btc_per_day_after"],
        alone["btc_per_day_after"]
    );
}

#[test]
fn key_replaced_by_option_is_warned_of() {
    let report = json(SITE, &["estimate", "--scenario", "site.toml", "--j-per-th", "20"]);
    let warnings = report["warnings"].as_array().unwrap();
    let warning = warnings.iter().find(|row| row["key"] == "replaced_key").unwrap();
    let message = "machine from the scenario file is ignored: efficiency_j_per_th replaces it";
    assert_eq!(warning["text"], message);
    assert_eq!(input(&report, "efficiency_j_per_th").0, 20.0);
}

#[test]
fn wrong_option_is_refused_on_its_own_line() {
    let estimate =
        |more: &[&'static str]| [&["estimate", "--scenario", "site.toml"], more].concat();
    for (arguments, wanted) in [
        (estimate(&["--set", "uptime"]), "write KEY=VALUE, such as uptime=0.9"),
        (estimate(&["--set", "uptme=0.9"]), "--set uptme: unknown key; did you mean `uptime`?"),
        (estimate(&["--set", "uptime=1.5"]), "--set uptime: is 1.5; give 0 to 1"),
        (estimate(&["--set", "power_mw=1,000"]), "--set power_mw: `1,000` can be 1000 or 1"),
        (
            estimate(&["--set", "uptime=0.9", "--set", "uptime=0.8"]),
            "--set uptime: is given twice; give it once",
        ),
        (
            estimate(&["--set", "power_mw=5", "--mw", "5"]),
            "--set power_mw: is also given by --mw; give it once",
        ),
        // An old name refers to the same key.
        (
            estimate(&["--fx", "281 PKR/USD", "--set", "fx=281"]),
            "--set fx: is also given by --fx; give it once",
        ),
        (
            estimate(&["--set", "retail_tariff=30"]),
            "--set retail_tariff: is 30; give it with its currency and unit: \"30 PKR/kWh\"",
        ),
        (
            estimate(&["--j-per-th", "20", "--set", "machine=Antminer S21 Pro"]),
            "--set machine: cannot be combined with --j-per-th; give one of the two",
        ),
    ] {
        let message = refused(SITE, &arguments);
        assert_eq!(message.len(), 1, "{arguments:?}: {message:?}");
        assert!(
            message[0].starts_with("error: ") && message[0].contains(wanted),
            "{arguments:?}: {message:?}"
        );
    }
}

#[test]
fn unusable_key_is_refused_with_usable_one() {
    let sites = "[[site]]\nname = \"a\"\npower_mw = 5\ntariff = \"40 USD/MWh\"\n";
    let estimate = ["estimate", "--scenario", "site.toml"];
    for (option, wanted) in [
        (
            ["--mw", "50"],
            "error: --mw: does not apply here, because every site has its own power; give site[0].power_mw instead",
        ),
        (
            ["--tariff", "1 USD/kWh"],
            "error: --tariff: does not apply here, because every site has its own; give site[0].tariff instead",
        ),
    ] {
        assert_eq!(refused(sites, &[&estimate[..], &option].concat()), [wanted]);
    }
    let report = json(sites, &[&estimate[..], &["--set", "site[0].power_mw=50"]].concat());
    assert_eq!(report["power_mw"], 50.0);
}

#[test]
fn mistakes_of_file_and_options_are_reported_together() {
    let site = "uptim = 0.9\npue = 0.5\ntariff = \"20 PKR/kWh\"\n[project]\nyear = 4\n";
    let message = refused(site, &["project", "--scenario", "site.toml"]);
    let wanted = [
        "error: site.toml: line 1, uptim: unknown key; did you mean `uptime`?",
        "error: site.toml: line 2, pue: is 0.5; give 1 to 10",
        "error: site.toml: line 3, tariff: is in PKR, but there is no exchange rate; give exchange_rate, such as \"281 PKR/USD\"",
        "error: site.toml: line 5, project.year: unknown key; did you mean `project.years`?",
        "error: site.toml: power_mw: is missing; give the power at the site's meter in MW, or power_mw or count of each lot",
    ];
    assert_eq!(message, wanted);
    // A key set by an option is not missing, and an option replaces an invalid value.
    let options = ["--mw", "5", "--fx", "281 PKR/USD", "--pue", "1.1"];
    let message = refused(site, &[&["estimate", "--scenario", "site.toml"][..], &options].concat());
    assert_eq!(message, [wanted[0], wanted[3]]);
    let message =
        refused(site, &["estimate", "--scenario", "site.toml", "--mw", "5", "--set", "pu=1"]);
    assert_eq!(
        message,
        ["error: --set pu: unknown key; did you mean `pue`?", wanted[0], wanted[1], wanted[3]]
    );
    let many: String = (0..30).map(|place| format!("unknown_{place} = 1\n")).collect();
    let message = refused(&many, &["estimate", "--scenario", "site.toml", "--mw", "5"]);
    assert_eq!((message.len(), message[20].as_str()), (21, "error: and 10 more mistakes"));
}

#[test]
fn scenario_on_stdin_is_relative_to_working_directory() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("other")).unwrap();
    let prices = "date,value\n2026-09-11,65000\n2027-10-01,70000\n";
    fs::write(folder.path().join("prices.csv"), prices).unwrap();
    let scenario = format!("{SITE}[market]\nprice_path = \"prices.csv\"\n");
    let project = ["project", "--scenario", "-", "--years", "1", "--paths", "2", "--json"];
    let (code, out, message) = run_in(folder.path(), &project, &scenario);
    assert_eq!(code, Some(0), "{message}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(input(&report, "tariff").2, "user_reported: the scenario");
    // A file given by an option is also relative to the working directory.
    fs::write(folder.path().join("other/site.toml"), SITE).unwrap();
    let set = ["--scenario", "other/site.toml", "--set", "market.price_path=prices.csv"];
    let (code, _, message) = run_in(folder.path(), &[&["estimate"], &set[..]].concat(), "");
    assert_eq!(code, Some(0), "{message}");
    let named = format!("{SITE}[market]\nprice_path = \"prices.csv\"\n");
    fs::write(folder.path().join("other/site.toml"), named).unwrap();
    let (code, _, message) =
        run_in(folder.path(), &["estimate", "--scenario", "other/site.toml"], "");
    assert!(code == Some(2) && message.contains("prices.csv"), "{message}");
    for (input, wanted) in [
        ("power_mw = \n".to_owned(), "error: standard input: line 1, power_mw"),
        (
            "uptim = 1\npower_mw = 1\n".to_owned(),
            "error: standard input: line 1, uptim: unknown key",
        ),
        (format!("#{}", " ".repeat(256 << 10)), "error: standard input: is longer than 256 KiB"),
    ] {
        let (code, _, message) = run_in(folder.path(), &["ledger", "--scenario", "-"], &input);
        assert!(code == Some(2) && message.starts_with(wanted), "{message}");
    }
}
