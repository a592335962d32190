//! Compares the output of every command on every shipped scenario with the files in `tests/golden/`.
//!
//! `HASHWATT_BLESS=1 cargo test --release --test golden` records the outputs again; review and commit the
//! difference with the change that caused it. Outputs that depend on the machine or on time are not
//! recorded: bench, kernels, meters, devices and live data.
#![cfg(unix)]

#[path = "golden/cases.rs"]
mod cases;
#[path = "golden/compare.rs"]
mod compare;

use assert_cmd::Command;
use cases::{Case, Run, WorkingFolder};
use compare::{Exactness, first_difference};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The root of the repository, where the program runs.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
/// The logs of miners, relative to the root.
const MINER_LOGS: &str = "tests/vectors";
/// The recorded outputs.
const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
/// The folder for outputs that differ, for manual comparison.
const DIFFERENT: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/golden");
/// Length and SHA-256 of the pages, which are too long to be recorded in full.
const DIGESTS: &str = "digests.csv";
/// The command that accepts a change, shown in a failure.
const HOW_TO_BLESS: &str = "HASHWATT_BLESS=1 cargo test --release --test golden";
/// The maximum number of failures shown.
const MAX_SHOWN: usize = 20;

/// Outputs by name, which is a path under [`GOLDEN`].
type Outputs = BTreeMap<String, String>;

#[test]
fn output_of_every_command_equals_golden_file() {
    let has_gpus = stdout_of(&["--help"], Path::new(ROOT), 0).contains("  devices ");
    let (skipped, cases): (Vec<_>, Vec<_>) =
        cases::all().into_iter().partition(|case| has_gpus && case.differs_with_gpus);
    let skipped: Vec<_> = skipped.into_iter().map(|case| case.name).collect();
    let outputs = run_all(&cases);
    // Remove the outputs of an earlier run.
    let _ = fs::remove_dir_all(DIFFERENT);
    let (digested, texts): (Outputs, Outputs) =
        outputs.into_iter().partition(|(name, _)| is_digested(name));
    let digests = digested.iter().map(|(name, text)| (name.clone(), digest(text))).collect();

    let golden = Path::new(GOLDEN);
    let has_case = |name: &String| {
        texts.contains_key(name) || skipped.iter().any(|skipped| name.starts_with(skipped))
    };
    let stale: Vec<_> = recorded_names(golden).into_iter().filter(|name| !has_case(name)).collect();
    if std::env::var_os("HASHWATT_BLESS").is_some_and(|value| value == "1") {
        return record(golden, &texts, &digests, &stale);
    }

    let mut failures: Vec<_> = stale
        .iter()
        .map(|name| format!("{name}: no case writes this file"))
        .chain(texts.iter().filter_map(|(name, text)| text_failure(golden, name, text)))
        .collect();
    match Exactness::of_this_machine() {
        Exactness::Bytes => failures.extend(digest_failures(golden, &digested, &digests)),
        Exactness::Tokens => eprintln!(
            "not compared: {} pages, whose digests are those of glibc on x86-64",
            digested.len()
        ),
    }
    let shown = failures.iter().take(MAX_SHOWN).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(
        failures.is_empty(),
        "{} outputs differ from the recorded ones; the first {}:\n{shown}\nThe new outputs are in \
         {DIFFERENT}. To record them: {HOW_TO_BLESS}",
        failures.len(),
        failures.len().min(MAX_SHOWN),
    );
}

/// Whether only the digest is recorded: for pages, which are long and consist of tables recorded as text.
fn is_digested(name: &str) -> bool {
    name.ends_with(".html")
}

/// Length in bytes and SHA-256, in the format of `digests.csv`.
fn digest(text: &str) -> String {
    format!("{},{}", text.len(), hex::encode(Sha256::digest(text)))
}

/// Every output of every case; cases run in parallel.
fn run_all(cases: &[Case]) -> Outputs {
    let (next, outputs) = (AtomicUsize::new(0), Mutex::new(Outputs::new()));
    let work = || {
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            for (name, text) in run(case) {
                let other = outputs.lock().unwrap().insert(name.clone(), text);
                assert!(other.is_none(), "two cases are called {name}");
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    outputs.into_inner().unwrap()
}

fn run(case: &Case) -> Outputs {
    let arguments: Vec<_> = case.arguments.iter().map(String::as_str).collect();
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).into_os_string().into_string().unwrap();
    match case.run {
        Run::Stdout { exit_code } => {
            let text = stdout_of(&arguments, &case.working_folder.path(), exit_code);
            [(case.name.clone(), text)].into()
        }
        Run::Page => {
            let page = place("page.html");
            stdout_of(&[&arguments[..], &["-o", &page]].concat(), &case.working_folder.path(), 0);
            [(format!("{}/page.html", case.name), fs::read_to_string(page).unwrap())].into()
        }
        Run::Manual => {
            let pages = place("");
            stdout_of(&[&arguments[..], &[&pages]].concat(), &case.working_folder.path(), 0);
            let pages = files_of(folder.path());
            let named = |path: &PathBuf| {
                let file = path.file_name().unwrap().to_str().unwrap();
                (format!("{}/{file}", case.name), fs::read_to_string(path).unwrap())
            };
            pages.iter().map(named).collect()
        }
        Run::Mistakes => {
            let text: String = cases::mistakes().iter().map(mistake_report).collect();
            [(case.name.clone(), text)].into()
        }
    }
}

/// The command, independent of the terminal and the user's environment.
fn hashwatt(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hashwatt"));
    // A page contains its date: 30 November 2026.
    command.env("SOURCE_DATE_EPOCH", "1796000400");
    command.args(arguments).current_dir(folder);
    for variable in ["COLUMNS", "LINES", "CLICOLOR_FORCE", "FORCE_COLOR"] {
        command.env_remove(variable);
    }
    for variable in ["HASHWATT_NODE_USER", "HASHWATT_NODE_PASSWORD"] {
        command.env_remove(variable);
    }
    command
}

/// The stdout of a run; stderr must be empty.
fn stdout_of(arguments: &[&str], folder: &Path, exit_code: i32) -> String {
    let output = hashwatt(arguments, folder).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(exit_code), "{arguments:?}: {stderr}");
    assert!(stderr.is_empty(), "{arguments:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap()
}

/// The command line, the exit code and the message of a mistake.
fn mistake_report((folder, arguments): &(WorkingFolder, Vec<&str>)) -> String {
    let output = hashwatt(arguments, &folder.path()).output().unwrap();
    let (code, stderr) = (output.status.code(), String::from_utf8(output.stderr).unwrap());
    assert!(output.stdout.is_empty(), "{arguments:?}");
    let code = code.map_or_else(|| "a signal".to_owned(), |code| code.to_string());
    format!("$ hashwatt {}\nexit code {code}\n{stderr}\n", arguments.join(" "))
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file()).collect()
}

/// The names of all recorded outputs. The code and the table of digests are at the top of the
/// folder, the outputs and the inputs in subfolders.
fn recorded_names(golden: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let folders_of = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_dir()).collect::<Vec<_>>()
    };
    let mut folders = folders_of(golden);
    folders.retain(|folder| !folder.ends_with("inputs"));
    while let Some(folder) = folders.pop() {
        folders.extend(folders_of(&folder));
        let files = files_of(&folder);
        names.extend(files.iter().map(|file| {
            file.strip_prefix(golden).unwrap().to_str().expect("a name in UTF-8").to_owned()
        }));
    }
    names.sort_unstable();
    names
}

/// How a text differs from the recorded one, if it does.
fn text_failure(golden: &Path, name: &str, text: &str) -> Option<String> {
    let Ok(recorded) = fs::read_to_string(golden.join(name)) else {
        keep_different(name, text);
        return Some(format!("{name}: not recorded"));
    };
    let found = first_difference(&recorded, text, Exactness::of_this_machine())?;
    keep_different(name, text);
    let line = |line: &Option<String>| line.clone().unwrap_or_else(|| "(end of text)".to_owned());
    Some(format!(
        "{name}, line {}\n  expected: {}\n       got: {}",
        found.line,
        line(&found.expected),
        line(&found.got)
    ))
}

/// The pages that differ from the recorded ones.
fn digest_failures(golden: &Path, digested: &Outputs, digests: &Outputs) -> Vec<String> {
    let table = fs::read_to_string(golden.join(DIGESTS)).unwrap_or_default();
    let recorded: Outputs = table
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(name, digest)| (name.to_owned(), digest.to_owned()))
        .collect();
    let gone = recorded.keys().filter(|name| !digests.contains_key(*name));
    let gone = gone.map(|name| format!("{name}: listed in {DIGESTS}, but no case writes it"));
    let changed = digests.iter().filter(|(name, digest)| recorded.get(*name) != Some(digest));
    let changed = changed.map(|(name, digest)| {
        keep_different(name, &digested[name]);
        let recorded = recorded.get(name).map_or("(nothing)", String::as_str);
        format!("{name}, bytes and SHA-256\n  expected: {recorded}\n       got: {digest}")
    });
    gone.chain(changed).collect()
}

fn keep_different(name: &str, text: &str) {
    write(&Path::new(DIFFERENT).join(name), text);
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Replaces the recorded outputs by those of this run.
fn record(golden: &Path, texts: &Outputs, digests: &Outputs, stale: &[String]) {
    for name in stale {
        fs::remove_file(golden.join(name)).unwrap();
    }
    for (name, text) in texts {
        write(&golden.join(name), text);
    }
    let rows = digests.iter().map(|(name, digest)| format!("{name},{digest}\n"));
    let table: String = std::iter::once("file,bytes,sha256\n".to_owned()).chain(rows).collect();
    write(&golden.join(DIGESTS), &table);
    eprintln!("recorded {} texts and {} digests", texts.len(), digests.len());
}

#[test]
fn golden_file_without_case_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["cases.rs", DIGESTS, "inputs/wrong.toml", "ledger/old.json", "report/a/page.txt"] {
        write(&folder.path().join(name), "");
    }
    assert_eq!(recorded_names(folder.path()), ["ledger/old.json", "report/a/page.txt"]);
}
