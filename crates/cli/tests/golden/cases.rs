//! The command lines whose outputs are recorded, with the smallest sizes that run every branch.

use super::{GOLDEN, MINER_LOGS, ROOT};
use hashwatt_test_support::headers::GENESIS_HEX;
use std::path::{Path, PathBuf};

/// The working folder of a command; paths in its arguments are relative to it, so that no output
/// depends on the location of the repository.
#[derive(Clone, Copy, Debug)]
pub enum WorkingFolder {
    /// The root of the repository.
    Root,
    /// The logs of miners.
    MinerLogs,
    /// The input files of this test: saved results and invalid files.
    Inputs,
}

impl WorkingFolder {
    pub fn path(self) -> PathBuf {
        match self {
            Self::Root => PathBuf::from(ROOT),
            Self::MinerLogs => Path::new(ROOT).join(MINER_LOGS),
            Self::Inputs => Path::new(GOLDEN).join("inputs"),
        }
    }
}

/// What a case records.
#[derive(Clone, Copy, Debug)]
pub enum Run {
    /// The stdout of one run.
    Stdout { exit_code: i32 },
    /// The page of a report.
    Page,
    /// A manual page for each command.
    Manual,
    /// Exit codes and messages of [`mistakes`].
    Mistakes,
}

/// A command line and its outputs.
#[derive(Clone, Debug)]
pub struct Case {
    /// The recorded file, or the folder of several.
    pub name: String,
    pub arguments: Vec<String>,
    pub working_folder: WorkingFolder,
    pub run: Run,
    /// Whether a build with GPU support has another output.
    pub differs_with_gpus: bool,
}

const SCENARIOS: [&str; 10] = [
    "ai-lease-100mw",
    "ethiopia-600mw",
    "flared-gas",
    "home-miner",
    "kazakhstan-500mw",
    "pakistan-2000mw",
    "site-100mw",
    "texas-ercot-100mw",
    "texas-wind-100mw",
    "wind-farm-curtailed",
];
const WITH_LEDGER: [&str; 4] =
    ["ethiopia-600mw", "pakistan-2000mw", "texas-ercot-100mw", "texas-wind-100mw"];

/// Every command of a build without GPUs.
const COMMANDS: [&str; 20] = [
    "estimate",
    "project",
    "sensitivity",
    "ledger",
    "compare",
    "sweep",
    "report",
    "network",
    "backtest",
    "init",
    "machines",
    "regions",
    "scan",
    "bench",
    "asic",
    "meters",
    "kernels",
    "schema",
    "completions",
    "man",
];
const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];
/// The schema of `scenario` is left out: it is as long as the table of keys, and has its own test.
const SCHEMAS: [&str; 18] = [
    "asic",
    "backtest",
    "bench",
    "bench-comparison",
    "bench-kernels",
    "compare",
    "estimate",
    "kernels",
    "ledger",
    "machines",
    "meters",
    "network",
    "project",
    "regions",
    "roofline",
    "scan",
    "sensitivity",
    "sweep",
];

/// Options of `estimate`, by the name of their file.
const ESTIMATES: [(&str, &[&str]); 9] = [
    ("plain", &["--mw", "2000"]),
    ("tariff-pkr", &["--mw", "2000", "--tariff", "22.98 PKR/kWh", "--fx", "281 PKR/USD"]),
    (
        "references",
        &[
            "--mw",
            "2000",
            "--tariff",
            "22.98 PKR/kWh",
            "--fx",
            "281 PKR/USD",
            "--references",
            "pakistan",
        ],
    ),
    (
        "machine",
        &[
            "--mw",
            "100",
            "--machine",
            "Antminer S21 Pro",
            "--tariff",
            "50 USD/MWh",
            "--displacement",
            "0.5",
        ],
    ),
    (
        "every-factor",
        &[
            "--mw",
            "300",
            "--j-per-th",
            "17.5",
            "--mining-share",
            "0.6",
            "--pue",
            "1.12",
            "--uptime",
            "0.87",
            "--pool-fee",
            "0.02",
            "--stale",
            "0.003",
            "--displacement",
            "1",
        ],
    ),
    (
        "other-network",
        &[
            "--mw",
            "50",
            "--price-usd",
            "101000",
            "--fees-btc",
            "0.4",
            "--height",
            "1050000",
            "--network-eh",
            "1200",
            "--grid-g-per-kwh",
            "0",
        ],
    ),
    ("difficulty", &["--mw", "1.5", "--difficulty", "1.2e14", "--tariff", "0.21 USD/kWh"]),
    ("larger-than-the-network", &["--mw", "20000"]),
    ("one-machine", &["--mw", "0.0035"]),
];

fn stdout(name: String, arguments: &[&str]) -> Case {
    Case {
        name,
        arguments: arguments.iter().map(|&argument| argument.to_owned()).collect(),
        working_folder: WorkingFolder::Root,
        run: Run::Stdout { exit_code: 0 },
        differs_with_gpus: false,
    }
}

/// A case for each format: text, and the others with `--json` and so on.
fn formats(name: &str, formats: &[&str], arguments: &[&str]) -> Vec<Case> {
    let case = |&format: &&str| match format {
        "txt" => stdout(format!("{name}.txt"), arguments),
        format => {
            let option = format!("--{format}");
            stdout(format!("{name}.{format}"), &[arguments, &[option.as_str()]].concat())
        }
    };
    formats.iter().map(case).collect()
}

fn in_folder(working_folder: WorkingFolder, cases: Vec<Case>) -> impl Iterator<Item = Case> {
    cases.into_iter().map(move |case| Case { working_folder, ..case })
}

/// All cases, the slow ones first.
pub fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    for name in SCENARIOS {
        cases.extend(of_scenario(name));
    }
    for (name, options) in ESTIMATES {
        let arguments = [&["estimate"][..], options].concat();
        cases.extend(formats(&format!("estimate/options-{name}"), &["txt", "json"], &arguments));
    }
    cases.extend(of_files());
    cases.extend(of_scan());
    cases.extend(of_the_command_line());
    cases.push(Case {
        run: Run::Mistakes,
        ..stdout("mistakes/wrong-arguments-and-files.txt".to_owned(), &[])
    });
    cases
}

fn of_scenario(name: &str) -> Vec<Case> {
    let path = format!("examples/scenarios/{name}.toml");
    let with = |command: &str, formats_of: &[&str], options: &[&str]| {
        let arguments = [&[command, "--scenario", &path], options].concat();
        formats(&format!("{command}/{name}"), formats_of, &arguments)
    };
    let report = ["--years", "3", "--paths", "100", "--samples", "16"];
    let mut cases: Vec<Case> = with("report", &["txt"], &report)
        .into_iter()
        .map(|case| Case { name: format!("report/{name}"), run: Run::Page, ..case })
        .collect();
    if WITH_LEDGER.contains(&name) {
        cases.extend(with("ledger", &["txt"], &["--paths", "200"]));
        cases.extend(with("ledger", &["json", "csv"], &["--paths", "100", "--years", "1"]));
    }
    // Text for the scenario's own length, CSV for two years with a halving, and JSON, the longest
    // output, for less.
    cases.extend(with("project", &["txt"], &["--paths", "200"]));
    cases.extend(with("project", &["csv"], &["--paths", "200", "--years", "2"]));
    cases.extend(with("project", &["json"], &["--paths", "200", "--years", "0.5"]));
    cases.extend(with("sensitivity", &["txt", "json"], &["--samples", "32", "--years", "3"]));
    cases.extend(with("estimate", &["txt", "json"], &[]));
    let axes = ["--over", "uptime=0.8,0.9", "--over", "price=60000:80000:10000", "--years", "0.5"];
    cases.extend(with("sweep", &["txt", "json"], &axes));
    let other_seed = ["--paths", "16", "--years", "0.5", "--seed", "7"];
    let other_seed = with("project", &["txt"], &other_seed);
    cases.extend(
        other_seed
            .into_iter()
            .map(|case| Case { name: format!("project/{name}-other-seed.txt"), ..case }),
    );
    cases
}

/// Commands that read a table, a log or the result of another command.
fn of_files() -> Vec<Case> {
    use WorkingFolder::{Inputs, MinerLogs};
    const BOTH: [&str; 2] = ["txt", "json"];
    let backtest = ["backtest", "examples/scenarios/validation.csv"];
    let mut cases = formats("backtest/validation", &BOTH, &backtest);
    let two = ["home-miner", "site-100mw"].map(|name| format!("examples/scenarios/{name}.toml"));
    let compare = ["compare", &two[0], &two[1], "--paths", "24", "--years", "2"];
    cases.extend(formats("compare/home-and-site", &["txt", "json", "csv"], &compare));
    for (name, arguments) in [
        ("asic_rs", &["asic", "asic_rs.jsonl"][..]),
        ("asic_rs-shares", &["asic", "asic_rs.jsonl", "--share-difficulty", "65536"]),
        ("pyasic", &["asic", "pyasic.json"]),
        ("pyasic-node-wall", &["asic", "pyasic.json", "--scope", "node_wall"]),
    ] {
        let both = formats(&format!("asic/{name}"), &BOTH, arguments);
        cases.extend(in_folder(MinerLogs, both));
    }
    for (name, file) in [("miner", "s21.json"), ("bench", "bench-before.json")] {
        let arguments = ["estimate", "--mw", "100", "--measured", file];
        let both = formats(&format!("estimate/options-measured-{name}"), &BOTH, &arguments);
        cases.extend(in_folder(Inputs, both));
    }
    for (name, file, exit_code) in [
        ("faster", "bench-faster.json", 0),
        ("slower", "bench-slower.json", 3),
        ("other-machine", "bench-other-machine.json", 0),
        ("no-interval", "bench-no-interval.json", 4),
    ] {
        let arguments = ["bench", "--compare", "bench-before.json", file];
        let both = formats(&format!("bench-comparison/{name}"), &BOTH, &arguments);
        cases.extend(
            in_folder(Inputs, both).map(|case| Case { run: Run::Stdout { exit_code }, ..case }),
        );
    }
    cases
}

/// Scans with kernels that every machine supports, on one thread.
fn of_scan() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, options) in [
        ("genesis", &["--start", "0x7c2bac00", "--count", "4096", "--kernel", "sha2"][..]),
        ("easy-target", &["--bits", "207fffff", "--count", "64", "--kernel", "scalar"]),
        ("last-nonce", &["--start", "0xffffffff", "--kernel", "sha2-naive"]),
    ] {
        let arguments =
            [&["scan", "--header", GENESIS_HEX, "--threads", "1"][..], options].concat();
        cases.extend(formats(&format!("scan/{name}"), &["txt", "json"], &arguments));
    }
    cases
}

/// Outputs generated from the definitions of the command line and of the reports.
fn of_the_command_line() -> Vec<Case> {
    let mut cases = vec![
        Case { differs_with_gpus: true, ..stdout("help/hashwatt.txt".to_owned(), &["--help"]) },
        stdout("help/version.txt".to_owned(), &["--version"]),
        Case { differs_with_gpus: true, run: Run::Manual, ..stdout("man".to_owned(), &["man"]) },
    ];
    for command in COMMANDS {
        cases.push(Case {
            differs_with_gpus: command == "bench",
            ..stdout(format!("help/{command}.txt"), &[command, "--help"])
        });
    }
    for shell in SHELLS {
        cases.push(Case {
            differs_with_gpus: true,
            ..stdout(format!("completions/{shell}.txt"), &["completions", shell])
        });
    }
    for schema in SCHEMAS {
        cases.push(Case {
            // It contains the GPU roofline.
            differs_with_gpus: schema == "bench",
            ..stdout(format!("schema/{schema}.json"), &["schema", schema])
        });
    }
    cases
}

/// Wrong command lines and files, each with its working folder.
pub fn mistakes() -> Vec<(WorkingFolder, Vec<&'static str>)> {
    let at_root: [&[&str]; 37] = [
        &["estimat"],
        &["estimate"],
        &["estimate", "--mw", "-1"],
        &["estimate", "--mw", "NaN"],
        &["estimate", "--mw", "1e308"],
        &["estimate", "--mw", "5", "--machine", "S22"],
        &["estimate", "--mw", "5", "--tariff", "22.98"],
        &["estimate", "--mw", "5", "--tariff", "22.98 PKR/kWh"],
        &["estimate", "--mw", "5", "--tariff", "1 GBP/kWh", "--fx", "0.9 EUR/USD"],
        &["estimate", "--mw", "5", "--pue", "0.9"],
        &["estimate", "--mw", "5", "--uptime", "95"],
        &["estimate", "--mw", "5", "--network-eh", "1", "--difficulty", "1"],
        &["estimate", "--mw", "5", "--references", "atlantis"],
        &["estimate", "--mw", "5", "--node", "http://127.0.0.1:8332"],
        &["estimate", "--mw", "5", "--api", "ftp://api.invalid"],
        &["estimate", "--mw", "5", "--or-snapshot"],
        &["estimate", "--mw", "5", "--set", "uptme=0.9", "--set", "pue=0.9"],
        &["sweep", "--scenario", "examples/scenarios/home-miner.toml", "--over", "uptime=1:0:0.1"],
        &["ledger", "--scenario", "examples/scenarios/site-100mw.toml", "--paths", "x"],
        &["project", "--scenario", "examples/scenarios/site-100mw.toml", "--years", "51"],
        &["project", "--scenario", "examples/scenarios/site-100mw.toml", "--paths", "0"],
        &["report", "--scenario", "examples/scenarios/site-100mw.toml"],
        &["scan", "--header", "00ff"],
        &["scan", "--header", GENESIS_HEX, "--bits", "00000000"],
        &["scan", "--header", GENESIS_HEX, "--start", "1", "--count", "4294967296"],
        &["scan", "--header", GENESIS_HEX, "--kernel", "warp"],
        &["scan", "--header", GENESIS_HEX, "--kernel", "sha2,scalar"],
        &["bench", "--seconds", "0.01"],
        &["bench", "--kernel", "sha2,warp"],
        &["bench", "--kernel", "sha2,scalar,sha2"],
        &["bench", "--kernel", "sha2,cpu+gpu"],
        &["bench", "--kernel", "sha2,scalar", "--meter", "rapl"],
        &["bench", "--kernel", "sha2,scalar", "--save", "base"],
        &["bench", "--kernel", "sha2,scalar", "--adapter", "card"],
        &["bench", "--compare", "a/b", "c"],
        &["completions", "tcsh"],
        &["man", "no-such-folder"],
    ];
    let in_inputs: [&[&str]; 17] = [
        &["estimate", "--scenario", "no-such-file.toml"],
        &["project", "--scenario", "syntax.toml"],
        &["project", "--scenario", "no-power.toml"],
        &["project", "--scenario", "unknown-key.toml"],
        &["estimate", "--scenario", "unknown-table.toml"],
        &["estimate", "--scenario", "wrong-type.toml"],
        &["sensitivity", "--scenario", "too-long.toml"],
        &["estimate", "--scenario", "unknown-machine.toml"],
        &["project", "--scenario", "unknown-site.toml"],
        &["project", "--scenario", "missing-profile.toml"],
        &["ledger", "--scenario", "value-outside-range.toml"],
        &["backtest", "wrong-table.csv"],
        &["asic", "no-such-file.jsonl"],
        &["asic", "wrong-log.json"],
        &["asic", "s21.json"],
        &["bench", "--compare", "bench-before.json", "s21.json"],
        &["bench", "--compare", "bench-before.json", "bench-kernels.json"],
    ];
    let at = |folder| move |arguments: &&[&'static str]| (folder, arguments.to_vec());
    let at_root = at_root.iter().map(at(WorkingFolder::Root));
    at_root.chain(in_inputs.iter().map(at(WorkingFolder::Inputs))).collect()
}

#[test]
fn golden_cases_cover_every_scenario_and_command() {
    let folder = std::fs::read_dir(Path::new(ROOT).join("examples/scenarios")).unwrap();
    let mut shipped: Vec<_> = folder
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    shipped.sort_unstable();
    assert_eq!(shipped, SCENARIOS);

    let help = super::stdout_of(&["--help"], Path::new(ROOT), 0);
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let list = list.split("\n\n").next().unwrap().lines();
    let commands: Vec<_> = list
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|command| !["devices", "help"].contains(command))
        .collect();
    assert_eq!(commands, COMMANDS);
}
