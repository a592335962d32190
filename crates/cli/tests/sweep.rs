//! `hashwatt sweep`: a scenario for every combination of the values of some keys.

use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

const SITE: &str = "title = \"A site\"\npower_mw = 10\nmachine = \"Antminer S21 Pro\"\n\
    tariff = \"20 PKR/kWh\"\nexchange_rate = \"281 PKR/USD\"\nregion = \"PAK\"\n\
    infrastructure_usd_per_mw = 430000\nmachine_price_usd_per_th_s = 10\n[project]\nyears = 1\n";

/// Exit code, stdout and stderr of a command with the scenario `SITE` on standard input.
fn run(arguments: &[&str], environment: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("hashwatt").unwrap();
    command.args(arguments).args(["--scenario", "-"]).envs(environment.iter().copied());
    let output = command.write_stdin(SITE).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn stdout(arguments: &[&str]) -> String {
    let (code, out, message) = run(arguments, &[]);
    assert_eq!(code, Some(0), "{arguments:?}: {message}");
    out
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&stdout(&[arguments, &["--json"]].concat())).unwrap()
}

type CsvRow = BTreeMap<String, String>;

/// The column names in order, and each row by column name.
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
fn sweep_row_equals_single_runs() {
    let over = ["--over", "tariff=15:20:2.5", "--over", "uptime=0.8,0.9", "--set", "pue=1.1"];
    let (header, rows) = table(&stdout(&[&["sweep", "--csv"], &over[..]].concat()));
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
fn sweep_parties_and_nation_equal_ledger() {
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
fn sweep_columns_have_units_and_unique_names() {
    let (header, rows) = table(&stdout(&[
        "sweep",
        "--csv",
        "--over",
        "tariff=0.05,0.06 USD/kWh",
        "--over",
        "mw=5,10",
    ]));
    // The mean price of energy is not the axis and has another column name.
    assert_eq!(header[..2], ["tariff_usd_per_kwh", "power_mw"]);
    assert!(header.contains(&"result.tariff_usd_per_kwh".to_owned()), "{header:?}");
    assert_eq!((&*rows[1]["power_mw"], &*rows[1]["result.power_mw"]), ("10", "10"));
    let (header, _) = table(&stdout(&["sweep", "--csv", "--over", "fx=280,290"]));
    assert_eq!(header[0], "exchange_rate_pkr_per_usd");
    let (header, rows) =
        table(&stdout(&["sweep", "--csv", "--over", "machine=Antminer S21 Pro,Antminer S19 XP"]));
    assert_eq!((&*header[0], &*rows[1]["machine"]), ("machine", "Antminer S19 XP"));
}

#[test]
fn option_name_is_accepted_as_axis() {
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
fn sweep_json_lists_varied_and_missing_inputs() {
    let report = json(&["sweep", "--over", "tariff=15,20"]);
    assert_eq!((&report["complete"], &report["rows_asked"]), (&true.into(), &2.into()));
    let key = |row: &Value| row["key"].as_str().unwrap().to_owned();
    let inputs: Vec<String> = report["inputs"].as_array().unwrap().iter().map(key).collect();
    assert!(inputs.contains(&"power_mw".to_owned()) && !inputs.contains(&"tariff".to_owned()));
    let missing = report["missing"].as_array().unwrap();
    let lacking = missing.iter().find(|row| row["column"] == "carbon.marginal_t_per_year").unwrap();
    assert!(!lacking["needs"].as_array().unwrap().is_empty());
    assert_eq!(report["rows"][0]["carbon.marginal_t_per_year"], Value::Null);
    // In CSV the cells are empty, and missing columns are listed once on stderr.
    let (_, out, message) = run(&["sweep", "--csv", "--over", "tariff=15,20"], &[]);
    assert_eq!(table(&out).1[0]["carbon.marginal_t_per_year"], "");
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(
        message.starts_with("missing columns: ") && message.contains("carbon.marginal_t_per_year")
    );
}

#[test]
fn sweep_text_shows_axes_and_main_figures() {
    let text = stdout(&["sweep", "--over", "tariff=1:35:1", "--over", "uptime=0.8,0.9"]);
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
fn sweep_rows_are_equal_for_any_thread_count() {
    let rows = |threads| {
        let arguments = ["sweep", "--over", "tariff=1:15:0.2", "--csv"];
        let (code, out, message) = run(&arguments, &[("RAYON_NUM_THREADS", threads)]);
        assert_eq!(code, Some(0), "{message}");
        out
    };
    let one = rows("1");
    assert_eq!(one.lines().count(), 72);
    assert_eq!(one, rows("3"));
}

#[test]
fn invalid_sweep_is_refused_with_remedy() {
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
            "error: --over tarif: unknown key; did you mean `tariff`?",
        ),
        (&["sweep", "--over", "uptime=0.9,1.9"], "error: --over uptime: is 1.9; give 0 to 1"),
        (
            &["sweep", "--over", "uptime=1:0:0.1"],
            "error: --over uptime: steps of 0.1 do not lead from 1 to 0",
        ),
        (&["sweep", "--over", "retail_tariff=30 USD/kWh,40"], "error: --over retail_tariff:"),
        (
            &["sweep", "--over", "tariff=1:1000:1", "--over", "uptime=0:1:0.001"],
            "error: --over: there are 1001000 combinations; give fewer values, for at most 100000",
        ),
        (
            &["sweep", "--over", "tariff=1,2", "--over", "tariff=3"],
            "error: --over: tariff: is given as an axis twice; remove one",
        ),
        (
            &["sweep", "--over", "mw=1,2", "--mw", "5"],
            "error: --over mw: is also given by --mw; give it once",
        ),
        (
            &["sweep", "--over", "machine=Antminer S21 Pro,S22"],
            "error: standard input: machine: machine `S22` is not in the catalogue",
        ),
        (
            &["sweep", "--over", "uptime=0.9", "--set", "pu=1.1"],
            "error: --set pu: unknown key; did you mean `pue`?",
        ),
    ] {
        let (code, out, message) = run(arguments, &[]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}: {message}");
        assert!(message.contains(wanted), "{arguments:?}: {message}");
        assert_eq!(message.lines().count(), 1, "{arguments:?}: {message}");
    }
}

#[cfg(unix)]
#[test]
fn interrupted_sweep_prints_completed_rows_as_incomplete() {
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
    // Wait until the program catches the signal.
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

/// Whether a process has a handler for SIGINT.
#[cfg(unix)]
fn catches(status: &Path) -> bool {
    const SIGINT: u64 = 1 << 1;
    let text = std::fs::read_to_string(status).unwrap_or_default();
    let caught = text.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let mask = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & SIGINT != 0)
}
