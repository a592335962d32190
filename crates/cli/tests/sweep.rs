//! A scenario at every combination of some keys' values.

use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

const SITE: &str = "title = \"A site\"\npower_mw = 10\nmachine = \"Antminer S21 Pro\"\n\
    tariff = \"20 PKR/kWh\"\nexchange_rate = \"281 PKR/USD\"\nregion = \"PAK\"\n\
    infrastructure_usd_per_mw = 430000\nmachine_price_usd_per_th_s = 10\n[project]\nyears = 1\n";

/// Exit code, stdout, stderr of a command whose scenario is `SITE` by standard input.
fn run(arguments: &[&str], environment: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("hashwatt").unwrap();
    command.args(arguments).args(["--scenario", "-"]).envs(environment.iter().copied());
    let output = command.write_stdin(SITE).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn done(arguments: &[&str]) -> String {
    let (code, out, told) = run(arguments, &[]);
    assert_eq!(code, Some(0), "{arguments:?}: {told}");
    out
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&done(&[arguments, &["--json"]].concat())).unwrap()
}

type CsvRow = BTreeMap<String, String>;

/// The header's names in order, and each row by them.
fn table(text: &str) -> (Vec<String>, Vec<CsvRow>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| {
        header.iter().cloned().zip(record.iter().map(str::to_owned)).collect::<CsvRow>()
    };
    let rows = reader.records().map(|record| row(record.unwrap())).collect();
    (header, rows)
}

#[test]
fn each_row_equals_the_single_runs_of_its_values() {
    let over = ["--over", "tariff=15:20:2.5", "--over", "uptime=0.8,0.9", "--set", "pue=1.1"];
    let (header, rows) = table(&done(&[&["sweep", "--csv"], &over[..]].concat()));
    assert_eq!(header[..3], ["tariff_pkr_per_kwh", "uptime", "power_mw"]);
    assert_eq!(header.iter().collect::<std::collections::BTreeSet<_>>().len(), header.len());
    let axes: Vec<_> =
        rows.iter().map(|row| (&*row["tariff_pkr_per_kwh"], &*row["uptime"])).collect();
    let wanted = [15.0, 17.5, 20.0].map(|tariff| [(tariff, 0.8), (tariff, 0.9)]).concat();
    let wanted: Vec<_> = wanted.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
    assert_eq!(axes, wanted.iter().map(|(a, b)| (&**a, &**b)).collect::<Vec<_>>());
    let report = json(&[&["sweep"], &over[..]].concat());
    for (place, row) in rows.iter().enumerate() {
        let (tariff, uptime) =
            (format!("tariff={}", row["tariff_pkr_per_kwh"]), format!("uptime={}", row["uptime"]));
        let set = ["--set", &tariff, "--set", &uptime, "--set", "pue=1.1"];
        let estimate = json(&[&["estimate"], &set[..]].concat());
        let ledger = json(&[&["ledger", "--paths", "1"], &set[..]].concat());
        let project = json(&[&["project", "--paths", "1"], &set[..]].concat());
        // The same digits in CSV and JSON, as in the other commands.
        let same = |column: &str, other: &Value| {
            let number = row[column].parse::<f64>().ok();
            assert_eq!(number, other.as_f64(), "{column} of {tariff}, {uptime}");
            assert_eq!(report["rows"][place][column], *other, "{column}");
        };
        for key in
            ["power_mw", "btc_per_day_after", "margin_usd_per_day_after", "tariff_usd_per_kwh"]
        {
            same(key, &estimate[key]);
        }
        same("scale.next_mw_btc_per_day", &estimate["scale"]["next_mw_btc_per_day"]);
        assert!(project["totals"]["npv_usd"]["base"].is_f64());
        same("npv_usd", &project["totals"]["npv_usd"]["base"]);
        let net = &ledger["totals"]["net_local"];
        for party in ["state", "operator", "home_owners", "consumers"] {
            same(&format!("net_pkr.{party}"), &net[party]["base"]);
        }
        same("national_pkr.without_externalities", &ledger["national"]["without_externalities"]);
    }
}

#[test]
fn parties_and_the_nation_are_those_of_the_ledger() {
    let file =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/scenarios/pakistan-2000mw.toml");
    let json = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("hashwatt").unwrap();
        let output = command.args(arguments).args(["--scenario", file, "--json"]).output().unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let sweep = json(&["sweep", "--over", "tariff=25", "--years", "1"]);
    let ledger = json(&["ledger", "--set", "tariff=25", "--years", "1", "--paths", "1"]);
    let row = sweep["rows"][0].as_object().unwrap();
    let nation = &ledger["national"]["without_externalities"];
    assert!(nation.is_f64());
    assert_eq!(row["national_pkr.without_externalities"], *nation);
    let parties = ledger["totals"]["net_local"].as_object().unwrap();
    assert!(parties.len() > 5, "{parties:?}");
    for (party, net) in parties {
        let net = net.get("base").unwrap_or(net);
        assert_eq!(row[&format!("net_pkr.{party}")], *net, "{party}");
    }
}

#[test]
fn columns_have_units_and_no_name_twice() {
    let (header, rows) = table(&done(&[
        "sweep",
        "--csv",
        "--over",
        "tariff=0.05,0.06 USD/kWh",
        "--over",
        "mw=5,10",
    ]));
    // The mean price of the energy is not the axis, and has another name.
    assert_eq!(header[..2], ["tariff_usd_per_kwh", "power_mw"]);
    assert!(header.contains(&"result.tariff_usd_per_kwh".to_owned()), "{header:?}");
    assert_eq!((&*rows[1]["power_mw"], &*rows[1]["result.power_mw"]), ("10", "10"));
    let (header, _) = table(&done(&["sweep", "--csv", "--over", "fx=280,290"]));
    assert_eq!(header[0], "exchange_rate_pkr_per_usd");
    let (header, rows) =
        table(&done(&["sweep", "--csv", "--over", "machine=Antminer S21 Pro,Antminer S19 XP"]));
    assert_eq!((&*header[0], &*rows[1]["machine"]), ("machine", "Antminer S19 XP"));
}

#[test]
fn names_of_options_are_axes_too() {
    for (axis, key, column) in [
        ("mw=1,2", "power_mw", "power_mw"),
        ("price=40000,50000", "price_usd_per_btc", "price_usd_per_btc"),
        ("price-usd=40000,50000", "price_usd_per_btc", "price_usd_per_btc"),
        ("fx=280,290", "exchange_rate", "exchange_rate_pkr_per_usd"),
        ("years=1,2", "project.years", "project.years"),
    ] {
        let report = json(&["sweep", "--over", axis]);
        assert_eq!(
            (&report["axes"][0]["key"], &report["axes"][0]["column"]),
            (&key.into(), &column.into())
        );
        assert_eq!(report["rows"].as_array().unwrap().len(), 2, "{axis}");
    }
}

#[test]
fn json_says_what_varies_and_what_is_missing() {
    let report = json(&["sweep", "--over", "tariff=15,20"]);
    assert_eq!((&report["complete"], &report["rows_asked"]), (&true.into(), &2.into()));
    let key = |row: &Value| row["key"].as_str().unwrap().to_owned();
    let inputs: Vec<String> = report["inputs"].as_array().unwrap().iter().map(key).collect();
    assert!(inputs.contains(&"power_mw".to_owned()) && !inputs.contains(&"tariff".to_owned()));
    let missing = report["missing"].as_array().unwrap();
    let lacking = missing.iter().find(|row| row["column"] == "carbon.marginal_t_per_year").unwrap();
    assert!(!lacking["needs"].as_array().unwrap().is_empty());
    assert_eq!(report["rows"][0]["carbon.marginal_t_per_year"], Value::Null);
    // In CSV the cells are empty, and what is missing is said once.
    let (_, out, told) = run(&["sweep", "--csv", "--over", "tariff=15,20"], &[]);
    assert_eq!(table(&out).1[0]["carbon.marginal_t_per_year"], "");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(
        told.starts_with("missing for want of ") && told.contains("carbon.marginal_t_per_year")
    );
}

#[test]
fn a_text_shows_the_axes_and_some_figures() {
    let text = done(&["sweep", "--over", "tariff=1:35:1", "--over", "uptime=0.8,0.9"]);
    assert!(text.starts_with("A site. 70 combinations of tariff, uptime"), "{text}");
    assert!(text.contains("By tariff in PKR/kWh, uptime\n"), "{text}");
    assert!(
        text.contains("The first 60 of 70 rows.") && text.contains("--csv and --json"),
        "{text}"
    );
    let rows = text.lines().filter(|line| line.contains(", 0.8 ") || line.contains(", 0.9 "));
    assert_eq!(rows.count(), 60);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn rows_do_not_depend_on_threads() {
    let of = |threads| {
        let arguments = ["sweep", "--over", "tariff=1:15:0.2", "--csv"];
        let (code, out, told) = run(&arguments, &[("RAYON_NUM_THREADS", threads)]);
        assert_eq!(code, Some(0), "{told}");
        out
    };
    let one = of("1");
    assert_eq!(one.lines().count(), 72);
    assert_eq!(one, of("3"));
}

#[test]
fn sweeps_that_cannot_be_are_refused_with_what_to_give() {
    for (arguments, wanted) in [
        (
            &["sweep"][..],
            "error: the following required arguments were not provided: --over <KEY=VALUES>",
        ),
        (
            &["sweep", "--over", "tariff"],
            "write KEY=VALUES, such as uptime=0.8,0.9 or tariff=15:40:1",
        ),
        (
            &["sweep", "--over", "tarif=1,2"],
            "error: --over tarif: unknown key; the nearest is `tariff`",
        ),
        (&["sweep", "--over", "uptime=0.9,1.9"], "error: --over uptime: is 1.9; give 0 to 1"),
        (
            &["sweep", "--over", "uptime=1:0:0.1"],
            "error: --over uptime: no steps of 0.1 lead from 1 to 0",
        ),
        (&["sweep", "--over", "retail_tariff=30 USD/kWh,40"], "error: --over retail_tariff:"),
        (
            &["sweep", "--over", "tariff=1:1000:1", "--over", "uptime=0:1:0.001"],
            "error: --over: there are 1001000 combinations; give fewer values, for at most 100000",
        ),
        (
            &["sweep", "--over", "tariff=1,2", "--over", "tariff=3"],
            "error: --over: tariff: is an axis twice; leave one",
        ),
        (
            &["sweep", "--over", "mw=1,2", "--mw", "5"],
            "error: --over mw: is given by --mw too; leave one",
        ),
        (
            &["sweep", "--over", "machine=Antminer S21 Pro,S22"],
            "error: standard input: machine: machine `S22` is not in the catalogue",
        ),
        (
            &["sweep", "--over", "uptime=0.9", "--set", "pu=1.1"],
            "error: --set pu: unknown key; the nearest is `pue`",
        ),
    ] {
        let (code, out, told) = run(arguments, &[]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}: {told}");
        assert!(told.contains(wanted), "{arguments:?}: {told}");
        assert_eq!(told.lines().count(), 1, "{arguments:?}: {told}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_sweep_keeps_its_rows_and_says_so() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("site.toml");
    std::fs::write(&file, SITE).unwrap();
    let program = assert_cmd::cargo::cargo_bin("hashwatt");
    let arguments = ["sweep", "--over", "tariff=0.001:90:0.001", "--json", "--scenario"];
    let mut child =
        Command::new(program).args(arguments).arg(&file).stdout(Stdio::piped()).spawn().unwrap();
    let id = child.id();
    // From then on the signal is caught.
    while !catches(Path::new(&format!("/proc/{id}/status"))) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert!(Command::new("kill").args(["-s", "INT", &id.to_string()]).status().unwrap().success());
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let report: Value = serde_json::from_str(&out).unwrap();
    let rows = report["rows"].as_array().unwrap().len();
    assert_eq!((&report["complete"], &report["rows_asked"]), (&false.into(), &90_000.into()));
    assert!((1..90_000).contains(&rows), "{rows}");
}

/// Whether a process has a handler of the interrupt.
#[cfg(unix)]
fn catches(status: &Path) -> bool {
    const SIGINT: u64 = 1 << 1;
    let text = std::fs::read_to_string(status).unwrap_or_default();
    let caught = text.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let mask = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & SIGINT != 0)
}
