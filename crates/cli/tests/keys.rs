//! Keys of a scenario as options, and scenarios from standard input.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;

const SITE: &str = "power_mw = 10\nmachine = \"Antminer S21 Pro\"\ntariff = \"20 PKR/kWh\"\n\
                    exchange_rate = \"281 PKR/USD\"\n";

/// What a run in a folder with a scenario `site.toml` says: exit code, stdout, stderr.
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
    let (code, out, told) = run(scenario, &[arguments, &["--json"]].concat());
    assert_eq!(code, Some(0), "{arguments:?}: {told}");
    serde_json::from_str(&out).unwrap()
}

fn refused(scenario: &str, arguments: &[&str]) -> Vec<String> {
    let (code, out, told) = run(scenario, arguments);
    assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
    told.lines().map(str::to_owned).collect()
}

/// The value of an input with its unit and where it comes from.
fn input(report: &Value, key: &str) -> (f64, String, String) {
    let inputs = report["inputs"].as_array().unwrap();
    let row = inputs.iter().find(|row| row["key"] == key).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let origin = &row["origin"];
    let origin = format!("{}: {}", text(&origin["kind"]), text(&origin["detail"]));
    (row["value"].as_f64().unwrap(), text(&row["unit"]), origin)
}

#[test]
fn set_gives_any_key_a_value_on_every_command() {
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
        let by = |key: &str| format!("user_reported: --set {key}");
        assert_eq!(input(&report, "tariff"), (25.0, "PKR/kWh".into(), by("tariff")));
        let discount = input(&report, "project.discount_per_year");
        assert_eq!((discount.0, discount.2), (0.12, by("project.discount_per_year")));
    }
    let page =
        ["report", "--scenario", "site.toml", "--paths", "2", "--years", "1", "-o", "page.html"];
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("site.toml"), SITE).unwrap();
    let (code, _, told) = run_in(folder.path(), &[&page[..], &set].concat(), "");
    assert_eq!(code, Some(0), "{told}");
    let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
    assert!(page.contains("--set tariff"));
}

#[test]
fn an_option_and_set_of_its_key_are_the_same() {
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
    // Without a file too.
    let alone = json("", &["estimate", "--set", "power_mw=50"]);
    assert_eq!(alone["power_mw"], 50.0);
    assert_eq!(
        json("", &["estimate", "--mw", "50"])["btc_per_day_after"],
        alone["btc_per_day_after"]
    );
}

#[test]
fn what_an_option_replaces_is_said() {
    let report = json(SITE, &["estimate", "--scenario", "site.toml", "--j-per-th", "20"]);
    let warnings = report["warnings"].as_array().unwrap();
    let said = warnings.iter().find(|row| row["key"] == "replaced_key").unwrap();
    let told = "machine of the scenario's file is left out: efficiency_j_per_th takes its place";
    assert_eq!(said["text"], told);
    assert_eq!(input(&report, "efficiency_j_per_th").0, 20.0);
}

#[test]
fn wrong_options_are_refused_each_on_its_line() {
    let estimate =
        |more: &[&'static str]| [&["estimate", "--scenario", "site.toml"], more].concat();
    for (arguments, wanted) in [
        (estimate(&["--set", "uptime"]), "write KEY=VALUE, such as uptime=0.9"),
        (estimate(&["--set", "uptme=0.9"]), "--set uptme: unknown key; the nearest is `uptime`"),
        (estimate(&["--set", "uptime=1.5"]), "--set uptime: is 1.5; give 0 to 1"),
        (estimate(&["--set", "power_mw=1,000"]), "--set power_mw: `1,000` can be 1000 or 1"),
        (
            estimate(&["--set", "uptime=0.9", "--set", "uptime=0.8"]),
            "--set uptime: is given twice; leave one",
        ),
        (
            estimate(&["--set", "power_mw=5", "--mw", "5"]),
            "--set power_mw: is given by --mw too; leave one",
        ),
        // An old name is the same key.
        (
            estimate(&["--fx", "281 PKR/USD", "--set", "fx=281"]),
            "--set fx: is given by --fx too; leave one",
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
        let told = refused(SITE, &arguments);
        assert_eq!(told.len(), 1, "{arguments:?}: {told:?}");
        assert!(
            told[0].starts_with("error: ") && told[0].contains(wanted),
            "{arguments:?}: {told:?}"
        );
    }
}

#[test]
fn a_key_without_place_names_the_one_that_has() {
    let sites = "[[site]]\nname = \"a\"\npower_mw = 5\ntariff = \"40 USD/MWh\"\n";
    let estimate = ["estimate", "--scenario", "site.toml"];
    for (option, wanted) in [
        (
            ["--mw", "50"],
            "error: --mw: has no place in this scenario, in which every site has its own power; give site[0].power_mw",
        ),
        (
            ["--tariff", "1 USD/kWh"],
            "error: --tariff: has no place in this scenario, in which every site has its own; give site[0].tariff",
        ),
    ] {
        assert_eq!(refused(sites, &[&estimate[..], &option].concat()), [wanted]);
    }
    let report = json(sites, &[&estimate[..], &["--set", "site[0].power_mw=50"]].concat());
    assert_eq!(report["power_mw"], 50.0);
}

#[test]
fn mistakes_of_a_file_and_of_options_are_told_together() {
    let site = "uptim = 0.9\npue = 0.5\ntariff = \"20 PKR/kWh\"\n[project]\nyear = 4\n";
    let told = refused(site, &["project", "--scenario", "site.toml"]);
    let wanted = [
        "error: site.toml: line 1, uptim: unknown key; the nearest is `uptime`",
        "error: site.toml: line 2, pue: is 0.5; give 1 to 10",
        "error: site.toml: line 3, tariff: is in PKR, and there is no exchange rate; give exchange_rate, such as \"281 PKR/USD\"",
        "error: site.toml: line 5, project.year: unknown key; the nearest is `project.years`",
        "error: site.toml: power_mw: is missing; give the power at the site's meter in MW, or of each lot power_mw or count",
    ];
    assert_eq!(told, wanted);
    // What options give is not missing, and a value in place of a wrong one heals it.
    let options = ["--mw", "5", "--fx", "281 PKR/USD", "--pue", "1.1"];
    let told = refused(site, &[&["estimate", "--scenario", "site.toml"][..], &options].concat());
    assert_eq!(told, [wanted[0], wanted[3]]);
    let told =
        refused(site, &["estimate", "--scenario", "site.toml", "--mw", "5", "--set", "pu=1"]);
    assert_eq!(
        told,
        ["error: --set pu: unknown key; the nearest is `pue`", wanted[0], wanted[1], wanted[3]]
    );
    let many: String = (0..30).map(|place| format!("unknown_{place} = 1\n")).collect();
    let told = refused(&many, &["estimate", "--scenario", "site.toml", "--mw", "5"]);
    assert_eq!((told.len(), told[20].as_str()), (21, "error: and 10 more mistakes"));
}

#[test]
fn standard_input_is_a_scenario_of_the_working_directory() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("other")).unwrap();
    let prices = "date,value\n2026-09-11,65000\n2027-10-01,70000\n";
    fs::write(folder.path().join("prices.csv"), prices).unwrap();
    let scenario = format!("{SITE}[market]\nprice_path = \"prices.csv\"\n");
    let project = ["project", "--scenario", "-", "--years", "1", "--paths", "2", "--json"];
    let (code, out, told) = run_in(folder.path(), &project, &scenario);
    assert_eq!(code, Some(0), "{told}");
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(input(&report, "tariff").2, "user_reported: the scenario");
    // A file that an option names is of the working directory as well.
    fs::write(folder.path().join("other/site.toml"), SITE).unwrap();
    let set = ["--scenario", "other/site.toml", "--set", "market.price_path=prices.csv"];
    let (code, _, told) = run_in(folder.path(), &[&["estimate"], &set[..]].concat(), "");
    assert_eq!(code, Some(0), "{told}");
    let named = format!("{SITE}[market]\nprice_path = \"prices.csv\"\n");
    fs::write(folder.path().join("other/site.toml"), named).unwrap();
    let (code, _, told) = run_in(folder.path(), &["estimate", "--scenario", "other/site.toml"], "");
    assert!(code == Some(2) && told.contains("prices.csv"), "{told}");
    for (input, wanted) in [
        ("power_mw = \n".to_owned(), "error: standard input: line 1, power_mw"),
        (
            "uptim = 1\npower_mw = 1\n".to_owned(),
            "error: standard input: line 1, uptim: unknown key",
        ),
        (format!("#{}", " ".repeat(256 << 10)), "error: standard input: is longer than 256 KiB"),
    ] {
        let (code, _, told) = run_in(folder.path(), &["ledger", "--scenario", "-"], &input);
        assert!(code == Some(2) && told.starts_with(wanted), "{told}");
    }
}
