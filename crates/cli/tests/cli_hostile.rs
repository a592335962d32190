//! Hostile input: huge, deeply nested, binary or endless files, and paths that are not files. Each
//! is refused with one line, quickly and in little memory.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// The limit of the address space in KiB. It includes the mapped program and libraries, so it is
/// above the memory in use; an allocation of the size of the file would exceed it.
const ADDRESS_SPACE: u32 = 400_000;
/// The time after which a hanging program fails the test. Speed itself is not tested.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The root of the repository, since the examples are given by relative paths.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

struct Hostile(tempfile::TempDir);

impl Hostile {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// A long file that takes no disk space.
    fn sparse(&self, name: &str, begin: &str) -> PathBuf {
        let path = self.file(name, begin);
        fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(1 << 40).unwrap();
        path
    }

    fn pipe(&self) -> PathBuf {
        let path = self.0.path().join("pipe.json");
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        path
    }

    fn link(&self, name: &str, to: &Path) -> PathBuf {
        let path = self.0.path().join(name);
        symlink(to, &path).unwrap();
        path
    }
}

/// The error message of the program, run with limited memory and time.
fn error_message(arguments: &[&str], file: &Path) -> String {
    let script = format!("ulimit -v {ADDRESS_SPACE}; exec \"$0\" \"$@\"");
    let mut command = assert_cmd::Command::new("bash");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_hashwatt")]).args(arguments).arg(file);
    if arguments[0] == "bench" {
        command.arg(file);
    }
    let output = command.timeout(TIMEOUT).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?} {}: {message}", file.display());
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(message.starts_with("error: ") && message.len() < 3_000, "{message}");
    let name = file.file_name().unwrap().to_str().unwrap();
    assert!(message.contains(name), "{message} does not name {name}");
    assert!(output.stdout.is_empty());
    message
}

/// The ways to give a file to the program.
const SCENARIO: [&str; 2] = ["estimate", "--scenario"];
const MEASURED: [&str; 4] = ["estimate", "--mw", "5", "--measured"];
const PROJECT: [&str; 2] = ["project", "--scenario"];
const SENSITIVITY: [&str; 2] = ["sensitivity", "--scenario"];
const TABLE: [&str; 1] = ["backtest"];
const LOG: [&str; 1] = ["asic"];
const SAVED: [&str; 2] = ["bench", "--compare"];

#[test]
fn irregular_file_is_refused_by_every_command() {
    let hostile = Hostile::new();
    let folder = hostile.0.path().join("folder.json");
    fs::create_dir(&folder).unwrap();
    let pipe = hostile.pipe();
    let zero = hostile.link("zero.json", Path::new("/dev/zero"));
    let random = hostile.link("random.json", Path::new("/dev/urandom"));
    let to_pipe = hostile.link("link.json", &pipe);
    let nothing = hostile.link("nothing.json", Path::new("/nothing/there"));
    let circle = hostile.0.path().join("circle.json");
    symlink(&circle, &circle).unwrap();
    for arguments in [&SCENARIO[..], &PROJECT, &SENSITIVITY, &MEASURED, &TABLE, &LOG, &SAVED] {
        for path in [&pipe, &zero, &random, &to_pipe] {
            let message = error_message(arguments, path);
            assert!(message.contains("is not a regular file"), "{arguments:?}: {message}");
        }
        assert!(error_message(arguments, &folder).contains("is a folder"));
        assert!(error_message(arguments, &nothing).contains("file not found"));
        assert!(error_message(arguments, &circle).contains("symbolic links"));
    }
}

#[test]
fn binary_or_long_file_is_refused_by_every_command() {
    let hostile = Hostile::new();
    let endless = hostile.sparse("sparse.json", "{\"x\": 1}");
    let empty = hostile.file("empty.json", "");
    let latin = hostile.file("latin.json", b"{\"name\": \"\xe9\"}");
    let binary =
        hostile.file("binary.json", [b"power_mw = 5\n\0\x01\x02".as_slice(), &[0xff; 99]].concat());
    let zeros = hostile.file("zeros.json", b"power_mw = 5\n\0\x01\x02");
    for arguments in [&SCENARIO[..], &PROJECT, &SENSITIVITY, &MEASURED, &TABLE, &SAVED] {
        assert!(error_message(arguments, &endless).contains("is longer than"));
        assert!(error_message(arguments, &latin).contains("not valid UTF-8 text: byte 11"));
        assert!(error_message(arguments, &binary).contains("not valid UTF-8 text: byte 17"));
        assert!(error_message(arguments, &zeros).contains("byte 14 is NUL"));
        error_message(arguments, &empty);
    }
    // A log may be long and is read in parts; its snapshots may not.
    assert!(error_message(&LOG, &endless).contains("is longer than 256 MiB"));
    assert!(error_message(&LOG, &latin).contains("snapshot 1"));
    error_message(&LOG, &binary);
    let string = hostile.file("string.json", format!("\"{}", "a".repeat(20 << 20)));
    assert!(error_message(&LOG, &string).contains("one record is longer"));
}

#[test]
fn deeply_nested_or_wide_file_is_refused() {
    let hostile = Hostile::new();
    let deep = hostile.file("deep.json", "[".repeat(100_000));
    let nested = hostile.file("nested.json", "{\"a\":".repeat(100_000));
    let wide = hostile.file("wide.json", format!("{{\"a\":[{}1]}}", "1,".repeat(250_000)));
    for arguments in [&MEASURED[..], &LOG, &SAVED] {
        assert!(error_message(arguments, &deep).contains("128 levels"));
        assert!(error_message(arguments, &nested).contains("128 levels"));
        assert!(error_message(arguments, &wide).contains("more than 200000 values"));
    }
    for deep in [
        format!("power_mw = {}", "[".repeat(100_000)),
        format!("power_mw = {}", "{a=".repeat(100_000)),
        format!("{}a = 1", "a.".repeat(100_000)),
    ] {
        error_message(&SCENARIO, &hostile.file("deep.toml", deep));
    }
    let wide = format!("power_mw = 5\nx = [{}]", "1,".repeat(120_000));
    assert!(error_message(&SCENARIO, &hostile.file("wide.toml", wide)).contains("unknown key"));
    let long = format!("power_mw = 5\n{} = 5", "x".repeat(250_000));
    let long = hostile.file("long.toml", long);
    assert!(error_message(&SCENARIO, &long).contains("unknown key"));
    // Each lot is compared with all others, and each row of a table is a run of the model.
    let lots = format!("power_mw = 5\n{}", "[[fleet]]\n".repeat(20_000));
    let lots = hostile.file("lots.toml", lots);
    for arguments in [&SCENARIO[..], &PROJECT, &SENSITIVITY] {
        assert!(error_message(arguments, &lots).contains("has 20000 entries"));
    }
    let header =
        "company,month,hashrate_EH,hashrate_basis,btc_produced,power_MW,fleet_J_per_TH,source";
    let row = |number: u32| format!("a{number},2024-01,1,avg_operating,1,,,s\n");
    let rows = format!("{header}\n{}", (0..20_000).map(row).collect::<String>());
    assert!(
        error_message(&TABLE, &hostile.file("rows.csv", rows)).contains("is beyond 5000 months")
    );
}

#[test]
fn duplicate_key_is_refused_by_every_command() {
    let hostile = Hostile::new();
    let bench = "{\"schema_version\": 1, \"j_per_th\": 15, \"j_per_th\": 1.5}";
    let result = hostile.file("twice.json", bench);
    for arguments in [&MEASURED[..], &SAVED] {
        assert!(error_message(arguments, &result).contains("key `j_per_th` appears twice"));
    }
    let log = fs::read_to_string(format!("{ROOT}/tests/vectors/asic_rs.jsonl")).unwrap();
    let log = hostile.file("log.jsonl", log.replacen('{', "{\"wattage\": 1, ", 1));
    assert!(error_message(&LOG, &log).contains("key `wattage` appears twice"));
    let scenario = hostile.file("twice.toml", "power_mw = 5\npower_mw = 6\n");
    assert!(error_message(&SCENARIO, &scenario).contains("appears twice, first on line"));
}

#[test]
fn hostile_file_named_by_scenario_is_refused() {
    let hostile = Hostile::new();
    hostile.pipe();
    hostile.link("zero.csv", Path::new("/dev/zero"));
    hostile.sparse("sparse.csv", "month,hour");
    for (name, reason) in [
        ("pipe.json", "is not a regular file"),
        ("zero.csv", "is not a regular file"),
        (".", "is a folder"),
        ("sparse.csv", "is longer than"),
    ] {
        let measured = hostile.file("m.toml", format!("power_mw = 5\nmeasured = \"{name}\"\n"));
        for arguments in [&SCENARIO[..], &PROJECT, &SENSITIVITY] {
            let message = error_message(arguments, &measured);
            assert!(message.contains(reason) && message.contains("measured"), "{message}");
        }
        let hours = format!("power_mw = 5\n[hours]\nprofile = \"{name}\"\n");
        let message = error_message(&PROJECT, &hostile.file("h.toml", hours));
        assert!(message.contains(reason) && message.contains("profile"), "{message}");
    }
}

#[test]
fn byte_order_mark_and_crlf_are_accepted() {
    let hostile = Hostile::new();
    let scenario = hostile.file("bom.toml", "\u{feff}power_mw = 5\r\npue = 1.1\r\n");
    let output = hashwatt(&["estimate", "--json", "--scenario"]).arg(scenario).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let log = fs::read_to_string(format!("{ROOT}/tests/vectors/asic_rs.jsonl")).unwrap();
    let log = hostile.file("bom.jsonl", format!("\u{feff}{}", log.replace('\n', "\r\n")));
    let output = hashwatt(&["asic"]).arg(log).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let table = fs::read_to_string(format!("{ROOT}/examples/scenarios/validation.csv")).unwrap();
    let table = hostile.file("bom.csv", format!("\u{feff}{}", table.replace('\n', "\r\n")));
    let output = hashwatt(&["backtest"]).arg(table).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn control_characters_of_file_are_not_printed() {
    let hostile = Hostile::new();
    let scenario =
        hostile.file("escape.toml", "power_mw = 5\nmachine = \"\\u001b[31mred\\u0007\"\n");
    let message = error_message(&SCENARIO, &scenario);
    assert!(!message.trim_end().chars().any(char::is_control), "{message:?}");
}

fn hashwatt(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hashwatt"));
    command.args(arguments).stdin(Stdio::null());
    command
}
