//! Start and end of runs: signals, closed pipes, full disks, existing files, and texts compared
//! with their snapshots.
#![cfg(unix)]

use hashwatt_test_support::headers::GENESIS_HEX;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A bench that would run for weeks.
const LONG: [&str; 9] =
    ["bench", "--kernel", "sha2", "--threads", "1", "--seconds", "3e6", "--warm-up", "0"];
const SHORT: [&str; 9] =
    ["bench", "--kernel", "sha2", "--threads", "1", "--seconds", "0.2", "--warm-up", "0"];

fn hashwatt(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hashwatt"));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs the program with limits or redirections set by a shell.
fn shell(script: &str, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new("bash");
    command.args(["-c", script, env!("CARGO_BIN_EXE_hashwatt")]).args(arguments);
    command.stdin(Stdio::null()).output().unwrap()
}

fn signal(child: &Child, name: &str) {
    let kill = ["-s", name, &child.id().to_string()].map(str::to_owned);
    assert!(Command::new("kill").args(kill).status().unwrap().success());
}

/// Waits until the program catches SIGINT, according to the kernel.
fn wait_until_listening(child: &Child) {
    const SIGINT: u64 = 1 << 1;
    let status = format!("/proc/{}/status", child.id());
    for _ in 0..3_000 {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let caught = text.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let caught = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        if caught.is_some_and(|mask| mask & SIGINT != 0) {
            // The handler is installed in several steps.
            std::thread::sleep(Duration::from_millis(50));
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("the program never caught SIGINT");
}

fn wait_for_output(mut child: Child) -> (ExitStatus, String) {
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    (child.wait().unwrap(), text)
}

#[cfg(target_os = "linux")]
#[test]
fn signal_at_any_time_prints_partial_result() {
    let scan = ["scan", "--header", GENESIS_HEX, "--kernel", "scalar", "--threads", "1"];
    for (arguments, name, code, wait) in [
        // During the self-test of the kernel, and while hashing.
        (&LONG[..], "INT", 130, 0),
        (&LONG, "INT", 130, 2_000),
        (&LONG, "TERM", 143, 2_000),
        (&scan, "TERM", 143, 500),
    ] {
        let arguments = [arguments, &["--json"]].concat();
        let child = hashwatt(&arguments).stdout(Stdio::piped()).spawn().unwrap();
        wait_until_listening(&child);
        std::thread::sleep(Duration::from_millis(wait));
        signal(&child, name);
        // `timeout` and some shells send the signal twice; this does not count as a second signal.
        signal(&child, name);
        let (status, text) = wait_for_output(child);
        assert_eq!(status.code(), Some(code), "{arguments:?}");
        let report: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(report["complete"], false, "{text}");
    }
}

/// The output of a command that receives Ctrl-C after `wait`.
#[cfg(target_os = "linux")]
fn after_ctrl_c(arguments: &[&str], wait: Duration) -> String {
    let child = hashwatt(arguments).stdout(Stdio::piped()).spawn().unwrap();
    wait_until_listening(&child);
    std::thread::sleep(wait);
    signal(&child, "INT");
    let (status, text) = wait_for_output(child);
    assert_eq!(status.code(), Some(130), "{arguments:?}: {text}");
    text
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_before_measurement_reports_no_figures() {
    let one = ["bench", "--kernel", "sha2", "--threads", "1", "--seconds", "3e6"];
    let two = ["bench", "--kernel", "sha2,scalar", "--threads", "1", "--seconds", "3e6"];
    let wait = Duration::from_millis(300);
    for (bench, stage) in [(&one, "--warm-up"), (&one, "--idle"), (&two, "--warm-up")] {
        let arguments = [&bench[..], &[stage, "3e6"]].concat();
        let text = after_ctrl_c(&arguments, wait);
        assert!(text.lines().next().unwrap().ends_with("INCOMPLETE"), "{text}");
        assert!(text.contains("not measured: ") && text.contains(" before the "), "{text}");
        let text = after_ctrl_c(&[&arguments[..], &["--json"]].concat(), wait);
        let report: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(report["complete"], false, "{text}");
        let rates = [&report["hashrate_mh_s"], &report["kernels"][0]["hashrate_mh_s"]];
        assert_eq!(rates, [&Value::Null; 2], "{text}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_during_measurement_prints_partial_result() {
    let two = ["bench", "--kernel", "sha2,scalar", "--threads", "1", "--seconds", "3e6"];
    let two = [&two[..], &["--warm-up", "0"]].concat();
    let roofline = ["bench", "--roofline", "--kernel", "sha2", "--seconds", "3e6"];
    for (arguments, figure) in [
        (&LONG[..], "/hashrate_mh_s"),
        (&two, "/kernels/1/hashrate_mh_s"),
        (&roofline, "/kernels/1/rate_mh_s"),
    ] {
        // On a busy machine the self-test may still be running when the signal arrives: retry with more time.
        let measured = [1, 3, 9, 27].into_iter().find(|seconds| {
            let json = [arguments, &["--json"]].concat();
            let text = after_ctrl_c(&json, Duration::from_secs(*seconds));
            let report: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(report["complete"], false, "{text}");
            report.pointer(figure).is_some_and(|rate| rate.as_f64() > Some(0.0))
        });
        let seconds = measured.unwrap_or_else(|| panic!("{arguments:?}: nothing was measured"));
        let text = after_ctrl_c(arguments, Duration::from_secs(2 * seconds));
        assert!(text.contains("INCOMPLETE"), "{text}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn second_ctrl_c_exits_at_once() {
    // The result goes to a full pipe without a reader, so that the program cannot end by itself.
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let held = fs::OpenOptions::new().read(true).write(true).open(&pipe).unwrap();
    let filler = "head -c 10000000 /dev/zero > \"$1\"";
    let mut filler = Command::new("bash").args(["-c", filler, "-"]).arg(&pipe).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    let out = fs::OpenOptions::new().write(true).open(&pipe).unwrap();
    let mut child = hashwatt(&[&LONG[..], &["--json"]].concat()).stdout(out).spawn().unwrap();
    wait_until_listening(&child);
    signal(&child, "INT");
    std::thread::sleep(Duration::from_millis(2_000));
    assert_eq!(child.try_wait().unwrap(), None, "the program should wait for a reader");
    signal(&child, "INT");
    let begun = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if begun.elapsed() > Duration::from_secs(20) => panic!("the program did not exit"),
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    };
    assert_eq!(status.code(), Some(130));
    filler.kill().unwrap();
    filler.wait().unwrap();
    drop(held);
}

#[test]
fn closed_pipe_is_not_a_failure() {
    // Longer than a pipe holds.
    for arguments in [&["schema", "bench"][..], &["man"], &["completions", "bash"]] {
        let mut child =
            hashwatt(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        drop(reader);
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{arguments:?}: {output:?}");
    }
    let closed = shell("exec \"$0\" \"$@\" >&-", &["estimate", "--mw", "5"]);
    assert!(closed.status.success() && closed.stderr.is_empty(), "{closed:?}");
    // Without a usable stderr the exit code is the same.
    for redirection in ["2>&-", "2>/dev/full"] {
        let script = format!("exec \"$0\" \"$@\" {redirection}");
        assert_eq!(shell(&script, &["estimate", "--mw", "-5"]).status.code(), Some(2));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn full_disk_is_reported_as_failure() {
    for arguments in [
        &["estimate", "--mw", "5"][..],
        &["estimate", "--mw", "5", "--json"],
        &["man"],
        &["--help"],
    ] {
        let output = shell("exec \"$0\" \"$@\" > /dev/full", arguments);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{message}");
        assert!(
            message.starts_with("error: stdout: ") && message.lines().count() == 1,
            "{message}"
        );
    }
}

#[test]
fn failed_write_leaves_no_partial_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.json");
    let file = path.to_str().unwrap();
    let arguments = [&SHORT[..], &["--json", "-o", file]].concat();
    // A limit of 1 KiB, which the result exceeds.
    let output = shell("ulimit -f 1; exec \"$0\" \"$@\"", &arguments);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(
        message.contains("bench.json") && message.contains("no partial file is left"),
        "{message}"
    );
    assert!(!message.contains(".half"), "{message}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    // The measurement is not lost: it goes to stdout.
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["complete"], true);
    // An existing file is kept.
    fs::write(&path, "before").unwrap();
    let output = shell("ulimit -f 1; exec \"$0\" \"$@\"", &[&arguments[..], &["--force"]].concat());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_to_string(&path).unwrap(), "before");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn completions_and_manual_cover_every_shell_and_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = hashwatt(&["completions", shell]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && text.contains("roofline"), "{shell}");
    }
    assert_eq!(hashwatt(&["completions", "tcsh"]).output().unwrap().status.code(), Some(2));
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    assert!(hashwatt(&["man", place]).status().unwrap().success());
    for command in commands() {
        let page = fs::read_to_string(folder.path().join(format!("hashwatt-{command}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{command}");
    }
    assert!(fs::read_to_string(folder.path().join("hashwatt.1")).unwrap().contains("hashwatt"));
    let again = hashwatt(&["man", place]).output().unwrap();
    assert_eq!(again.status.code(), Some(2));
    assert!(hashwatt(&["man", place, "--force"]).status().unwrap().success());
    let missing =
        hashwatt(&["man", folder.path().join("none").to_str().unwrap()]).output().unwrap();
    assert_eq!(missing.status.code(), Some(2));
}

/// The commands listed by the help.
fn commands() -> Vec<String> {
    let output = hashwatt(&["--help"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let list = text.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = list.take_while(|line| !line.is_empty());
    let names = names.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let names: Vec<_> =
        names.filter(|name| !name.is_empty() && *name != "help").map(str::to_owned).collect();
    assert!(names.len() >= 9, "{names:?}");
    names
}

#[test]
fn mistake_messages_equal_snapshot() {
    let message = |arguments: &[&str]| {
        let output = hashwatt(arguments).output().unwrap();
        let code = output.status.code().unwrap();
        format!("{code} {}", String::from_utf8(output.stderr).unwrap().trim_end())
    };
    let mistakes = [
        &["estimat"][..],
        &["estimate"],
        &["estimate", "--mw", "-1"],
        &["estimate", "--mw", "5", "--tariff", "22.98 PKR/kWh"],
        &["estimate", "--scenario", "none.toml"],
        &["asic", "none.jsonl"],
        &["bench", "--seconds", "0.01"],
        &["bench", "--compare", "a/b", "c"],
        &["bench", "--save", "../x"],
        &["man", "none"],
    ];
    let all: Vec<_> =
        mistakes.map(|mistake| format!("{}\n{}", mistake.join(" "), message(mistake))).to_vec();
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn bench_help_equals_snapshot() {
    // A build with GPU support has more options.
    if cfg!(feature = "gpu") {
        return;
    }
    let output = hashwatt(&["bench", "--help"]).output().unwrap();
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap());
}

#[test]
fn result_with_output_option_goes_to_file_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.csv");
    let file = path.to_str().unwrap();
    let output =
        hashwatt(&[&SHORT[..], &["--export", "csv", "-o", file]].concat()).output().unwrap();
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty());
    assert!(Path::new(&path).metadata().unwrap().len() > 0);
}
