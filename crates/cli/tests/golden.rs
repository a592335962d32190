//! The output of every command on every shipped scenario is as recorded in `tests/golden/`.
//!
//! `HASHWATT_BLESS=1 cargo test --release --test golden` records it anew; the change is then read
//! and committed with what caused it. Left out is what depends on the machine or on time: bench,
//! kernels, meters, devices and live data.
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

/// The root of the repository, in which the program runs.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
/// The logs of miners, from the root.
const MINER_LOGS: &str = "tests/vectors";
/// The recorded outputs.
const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
/// Where outputs that differ are written, to be compared by hand.
const DIFFERENT: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/golden");
/// Length and SHA-256 of pages, which are too long to be recorded themselves.
const DIGESTS: &str = "digests.csv";
/// What a failure tells about accepting a change.
const HOW_TO_BLESS: &str = "HASHWATT_BLESS=1 cargo test --release --test golden";
/// Failures that are shown.
const MAX_SHOWN: usize = 20;

/// Outputs by their names, which are paths under [`GOLDEN`].
type Outputs = BTreeMap<String, String>;

#[test]
fn outputs_of_every_command_equal_the_recorded_ones() {
    let has_gpus = stdout_of(&["--help"], Path::new(ROOT), 0).contains("  devices ");
    let (skipped, cases): (Vec<_>, Vec<_>) =
        cases::all().into_iter().partition(|case| has_gpus && case.differs_with_gpus);
    let skipped: Vec<_> = skipped.into_iter().map(|case| case.name).collect();
    let outputs = run_all(&cases);
    // Of an earlier run.
    let _ = fs::remove_dir_all(DIFFERENT);
    let (digested, texts): (Outputs, Outputs) =
        outputs.into_iter().partition(|(name, _)| is_digested(name));
    let digests = digested.iter().map(|(name, text)| (name.clone(), digest(text))).collect();

    let golden = Path::new(GOLDEN);
    let is_recorded_for = |name: &String| {
        texts.contains_key(name) || skipped.iter().any(|skipped| name.starts_with(skipped))
    };
    let stale: Vec<_> =
        recorded_names(golden).into_iter().filter(|name| !is_recorded_for(name)).collect();
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

/// Pages: long, and made of the tables that are recorded as text.
fn is_digested(name: &str) -> bool {
    name.ends_with(".html")
}

/// Length in bytes and SHA-256, as `digests.csv` has them.
fn digest(text: &str) -> String {
    format!("{},{}", text.len(), hex::encode(Sha256::digest(text)))
}

/// Every output of every case; cases run side by side.
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
            let told: String = cases::mistakes().iter().map(told_of_mistake).collect();
            [(case.name.clone(), told)].into()
        }
    }
}

/// The command with nothing of this terminal or user in its environment.
fn hashwatt(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hashwatt"));
    // A page carries its day: 30 November 2026.
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

/// What a run prints that tells nothing on stderr.
fn stdout_of(arguments: &[&str], folder: &Path, exit_code: i32) -> String {
    let output = hashwatt(arguments, folder).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(exit_code), "{arguments:?}: {told}");
    assert!(told.is_empty(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

/// The command line, the exit code and the message of a mistake.
fn told_of_mistake((folder, arguments): &(WorkingFolder, Vec<&str>)) -> String {
    let output = hashwatt(arguments, &folder.path()).output().unwrap();
    let (code, told) = (output.status.code(), String::from_utf8(output.stderr).unwrap());
    assert!(output.stdout.is_empty(), "{arguments:?}");
    let code = code.map_or_else(|| "a signal".to_owned(), |code| code.to_string());
    format!("$ hashwatt {}\nexit code {code}\n{told}\n", arguments.join(" "))
}

fn files_of(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file()).collect()
}

/// The names of all recorded outputs. The code and the table of digests stand at the top of the
/// folder, the outputs and the inputs below.
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

/// Why a text is not as recorded.
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

/// Which pages are not as recorded.
fn digest_failures(golden: &Path, digested: &Outputs, digests: &Outputs) -> Vec<String> {
    let table = fs::read_to_string(golden.join(DIGESTS)).unwrap_or_default();
    let recorded: Outputs = table
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(name, digest)| (name.to_owned(), digest.to_owned()))
        .collect();
    let gone = recorded.keys().filter(|name| !digests.contains_key(*name));
    let gone = gone.map(|name| format!("{name}: no case writes it, and {DIGESTS} has it"));
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

/// Records the outputs of this run in place of the earlier ones.
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
fn recorded_file_without_a_case_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["cases.rs", DIGESTS, "inputs/wrong.toml", "ledger/old.json", "report/a/page.txt"] {
        write(&folder.path().join(name), "");
    }
    assert_eq!(recorded_names(folder.path()), ["ledger/old.json", "report/a/page.txt"]);
}
