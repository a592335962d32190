//! Files that are huge, deep, binary, endless or no files: a mistake of one line, soon, in little
//! memory.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Address space that the program may take, KiB. Program and libraries are mapped into it, so it is
/// more than the memory that is used; an allocation by the size of the file would pass it.
const ADDRESS_SPACE: u32 = 400_000;
/// What hangs is ended and fails. No timing of the program is tested.
const HANGS: Duration = Duration::from_secs(30);
/// The repository, whose examples are named by relative paths.
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

    /// Long without taking any room.
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

/// What the program says, in bounded memory and time.
fn told(arguments: &[&str], file: &Path) -> String {
    let script = format!("ulimit -v {ADDRESS_SPACE}; exec \"$0\" \"$@\"");
    let mut command = assert_cmd::Command::new("bash");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_hashwatt")]).args(arguments).arg(file);
    if arguments[0] == "bench" {
        command.arg(file);
    }
    let output = command.timeout(HANGS).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?} {}: {told}", file.display());
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("error: ") && told.len() < 3_000, "{told}");
    let name = file.file_name().unwrap().to_str().unwrap();
    assert!(told.contains(name), "{told} does not name {name}");
    assert!(output.stdout.is_empty());
    told
}

/// Each way to name a file, with what the file is.
const SCENARIO: [&str; 2] = ["estimate", "--scenario"];
const MEASURED: [&str; 4] = ["estimate", "--mw", "5", "--measured"];
const PROJECT: [&str; 2] = ["project", "--scenario"];
const SENSITIVITY: [&str; 2] = ["sensitivity", "--scenario"];
const TABLE: [&str; 1] = ["backtest"];
const LOG: [&str; 1] = ["asic"];
const SAVED: [&str; 2] = ["bench", "--compare"];

#[test]
fn what_is_no_regular_file_is_refused_by_every_command() {
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
            let told = told(arguments, path);
            assert!(told.contains("is no regular file"), "{arguments:?}: {told}");
        }
        assert!(told(arguments, &folder).contains("is a folder"));
        assert!(told(arguments, &nothing).contains("there is no such file"));
        assert!(told(arguments, &circle).contains("symbolic links"));
    }
}

#[test]
fn what_is_no_text_or_too_long_is_refused_by_every_command() {
    let hostile = Hostile::new();
    let endless = hostile.sparse("sparse.json", "{\"x\": 1}");
    let empty = hostile.file("empty.json", "");
    let latin = hostile.file("latin.json", b"{\"name\": \"\xe9\"}");
    let binary =
        hostile.file("binary.json", [b"power_mw = 5\n\0\x01\x02".as_slice(), &[0xff; 99]].concat());
    let zeros = hostile.file("zeros.json", b"power_mw = 5\n\0\x01\x02");
    for arguments in [&SCENARIO[..], &PROJECT, &SENSITIVITY, &MEASURED, &TABLE, &SAVED] {
        assert!(told(arguments, &endless).contains("is longer than"));
        assert!(told(arguments, &latin).contains("no UTF-8 text: byte 11"));
        assert!(told(arguments, &binary).contains("no UTF-8 text: byte 17"));
        assert!(told(arguments, &zeros).contains("byte 14 is NUL"));
        told(arguments, &empty);
    }
    // A log may be long, so it is read bit by bit; its snapshots may not.
    assert!(told(&LOG, &endless).contains("is longer than 256 MiB"));
    assert!(told(&LOG, &latin).contains("snapshot 1"));
    told(&LOG, &binary);
    let string = hostile.file("string.json", format!("\"{}", "a".repeat(20 << 20)));
    assert!(told(&LOG, &string).contains("one record is longer"));
}

#[test]
fn what_is_deep_or_wide_is_refused() {
    let hostile = Hostile::new();
    let deep = hostile.file("deep.json", "[".repeat(100_000));
    let nested = hostile.file("nested.json", "{\"a\":".repeat(100_000));
    let wide = hostile.file("wide.json", format!("{{\"a\":[{}1]}}", "1,".repeat(250_000)));
    for arguments in [&MEASURED[..], &LOG, &SAVED] {
        assert!(told(arguments, &deep).contains("128 levels"));
        assert!(told(arguments, &nested).contains("128 levels"));
        assert!(told(arguments, &wide).contains("too many"));
    }
    for deep in [
        format!("power_mw = {}", "[".repeat(100_000)),
        format!("power_mw = {}", "{a=".repeat(100_000)),
        format!("{}a = 1", "a.".repeat(100_000)),
    ] {
        told(&SCENARIO, &hostile.file("deep.toml", deep));
    }
    let wide = format!("power_mw = 5\nx = [{}]", "1,".repeat(120_000));
    assert!(told(&SCENARIO, &hostile.file("wide.toml", wide)).contains("unknown key"));
    let long = format!("power_mw = 5\n{} = 5", "x".repeat(250_000));
    let long = hostile.file("long.toml", long);
    assert!(told(&SCENARIO, &long).contains("unknown key"));
    // Each lot is held against all others, and each row of a table is a model's run.
    let lots = format!("power_mw = 5\n{}", "[[fleet]]\n".repeat(20_000));
    let lots = hostile.file("lots.toml", lots);
    for arguments in [&SCENARIO[..], &PROJECT, &SENSITIVITY] {
        assert!(told(arguments, &lots).contains("appears 20000 times"));
    }
    let header =
        "company,month,hashrate_EH,hashrate_basis,btc_produced,power_MW,fleet_J_per_TH,source";
    let row = |number: u32| format!("a{number},2024-01,1,avg_operating,1,,,s\n");
    let rows = format!("{header}\n{}", (0..20_000).map(row).collect::<String>());
    assert!(told(&TABLE, &hostile.file("rows.csv", rows)).contains("is beyond 5000 months"));
}

#[test]
fn a_key_that_stands_twice_is_refused_by_every_command() {
    let hostile = Hostile::new();
    let bench = "{\"schema_version\": 1, \"j_per_th\": 15, \"j_per_th\": 1.5}";
    let result = hostile.file("twice.json", bench);
    for arguments in [&MEASURED[..], &SAVED] {
        assert!(told(arguments, &result).contains("key `j_per_th` stands twice"));
    }
    let log = fs::read_to_string(format!("{ROOT}/tests/vectors/asic_rs.jsonl")).unwrap();
    let log = hostile.file("log.jsonl", log.replacen('{', "{\"wattage\": 1, ", 1));
    assert!(told(&LOG, &log).contains("key `wattage` stands twice"));
    let scenario = hostile.file("twice.toml", "power_mw = 5\npower_mw = 6\n");
    assert!(told(&SCENARIO, &scenario).contains("appears twice, first on line"));
}

#[test]
fn what_a_scenario_names_is_judged_as_it_is_itself() {
    let hostile = Hostile::new();
    hostile.pipe();
    hostile.link("zero.csv", Path::new("/dev/zero"));
    hostile.sparse("sparse.csv", "month,hour");
    for (name, reason) in [
        ("pipe.json", "is no regular file"),
        ("zero.csv", "is no regular file"),
        (".", "is a folder"),
        ("sparse.csv", "is longer than"),
    ] {
        let measured = hostile.file("m.toml", format!("power_mw = 5\nmeasured = \"{name}\"\n"));
        for arguments in [&SCENARIO[..], &PROJECT, &SENSITIVITY] {
            let told = told(arguments, &measured);
            assert!(told.contains(reason) && told.contains("measured"), "{told}");
        }
        let hours = format!("power_mw = 5\n[hours]\nprofile = \"{name}\"\n");
        let told = told(&PROJECT, &hostile.file("h.toml", hours));
        assert!(told.contains(reason) && told.contains("profile"), "{told}");
    }
}

#[test]
fn marks_and_line_ends_of_other_systems_are_no_mistake() {
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
fn what_a_file_says_does_not_reach_the_terminal_as_a_command() {
    let hostile = Hostile::new();
    let scenario =
        hostile.file("escape.toml", "power_mw = 5\nmachine = \"\\u001b[31mred\\u0007\"\n");
    let told = told(&SCENARIO, &scenario);
    assert!(!told.trim_end().chars().any(char::is_control), "{told:?}");
}

fn hashwatt(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hashwatt"));
    command.args(arguments).stdin(Stdio::null());
    command
}
