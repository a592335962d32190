//! Texts for people: lines that fit a terminal, help with examples, and a text compared with its snapshot.

use hashwatt_test_support::headers::GENESIS_HEX;
use std::fs;
use std::process::Command;

const COLUMNS: usize = 80;
/// The root of the repository, since the examples are given by relative paths.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn text_of(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hashwatt"));
    let output = command.args(arguments).current_dir(ROOT).output().unwrap();
    assert!(output.status.code().is_some_and(|code| [0, 3].contains(&code)), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Checks that lines fit, except for a single long word such as a path.
fn assert_fits(what: &[&str], text: &str) {
    assert!(!text.is_empty());
    for line in text.lines() {
        let (columns, words) = (line.chars().count(), line.split_whitespace().count());
        assert!(columns <= COLUMNS || words == 1, "{what:?} has {columns} columns: {line}");
    }
}

/// The commands listed by the help, and the empty command line.
fn commands() -> Vec<Vec<String>> {
    let text = text_of(&["--help"]);
    let list = text.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = list.take_while(|line| !line.is_empty());
    let names = names.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let names: Vec<_> = names.filter(|name| !name.is_empty() && *name != "help").collect();
    assert!(names.len() >= 12, "{names:?}");
    names.iter().map(|name| vec![(*name).to_owned()]).chain([vec![]]).collect()
}

#[test]
fn help_fits_terminal_and_ends_with_example_of_its_command() {
    for command in commands() {
        let mut arguments: Vec<_> = command.iter().map(String::as_str).collect();
        arguments.push("--help");
        let text = text_of(&arguments);
        assert_fits(&arguments, &text);
        let last = text.trim_end().rsplit("\n\n").next().unwrap();
        let (title, examples) = last.split_once('\n').unwrap();
        let of_command = format!("  hashwatt {}", command.concat());
        assert!(title.starts_with("Example"), "{command:?} ends with:\n{last}");
        assert!(examples.lines().any(|line| line.starts_with(&of_command)), "{last}");
    }
}

/// Words such as `--paths`, without the text around them.
fn options(text: &str) -> impl Iterator<Item = &str> {
    let is_of_option = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    text.split(move |c: char| !is_of_option(c)).filter(|word| {
        word.strip_prefix("--").is_some_and(|name| name.starts_with(|c: char| c.is_alphabetic()))
    })
}

#[test]
fn help_names_only_commands_and_options_of_this_build() {
    let commands = commands();
    let names: Vec<&str> = commands.iter().flatten().map(String::as_str).collect();
    let help = |command: &Vec<String>| {
        let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        arguments.push("--help");
        text_of(&arguments)
    };
    let helps: Vec<String> = commands.iter().map(help).collect();
    let described = |line: &&str| line.starts_with("  ") && line.trim_start().starts_with('-');
    let known: Vec<&str> = helps
        .iter()
        .flat_map(|text| text.lines().filter(described))
        .flat_map(|line| options(line).take(1))
        .collect();
    for text in &helps {
        // A part is the description of one option or command, or a paragraph.
        let mut parts: Vec<String> = vec![String::new()];
        for line in text.lines() {
            if described(&line) || line.trim().is_empty() {
                parts.push(String::new());
            }
            let part = parts.last_mut().unwrap();
            *part += line.trim();
            part.push(' ');
        }
        for part in parts.iter().filter(|part| !part.contains("feature gpu")) {
            let after = part.split("hashwatt ").skip(1);
            for word in after.filter_map(|rest| rest.split([' ', '`']).next()) {
                let is_name = !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
                assert!(!is_name || names.contains(&word), "hashwatt {word}: {part}");
            }
            for option in options(part) {
                assert!(known.contains(&option), "{option}: {part}");
            }
        }
    }
}

#[test]
fn text_output_fits_terminal() {
    let before = "crates/cli/tests/golden/inputs/bench-before.json";
    let after = "crates/cli/tests/golden/inputs/bench-faster.json";
    let bench = ["bench", "--kernel", "sha2", "--threads", "1", "--seconds", "0.2"];
    let assumed = ["--watts", "40", "--mw", "100", "--idle", "0.2"];
    let genesis = ["scan", "--start", "0x7c2bac00", "--count", "512", "--header", GENESIS_HEX];
    let pakistan = "examples/scenarios/pakistan-2000mw.toml";
    let estimate = ["estimate", "--mw", "2000", "--tariff", "22.98 PKR/kWh", "--fx", "281 PKR/USD"];
    for arguments in [
        &bench[..],
        &[&bench[..], &assumed].concat(),
        &["bench", "--kernel", "sha2,sha2-naive", "--threads", "1", "--seconds", "0.2"],
        &["bench", "--compare", before, after],
        &["bench", "--roofline", "--seconds", "0.01", "--kernel", "sha2"],
        &genesis,
        &[&estimate[..], &["--references", "pakistan"]].concat(),
        &["estimate", "--mw", "20000", "--machine", "Antminer S21 Pro"],
        &["sensitivity", "--samples", "8", "--years", "1", "--scenario", pakistan],
        &["backtest", "examples/scenarios/validation.csv"],
        &["asic", "tests/vectors/asic_rs.jsonl"],
        &["meters"],
        &["kernels"],
    ] {
        let text = text_of(arguments);
        assert_fits(arguments, &text);
        assert!(text.lines().all(|line| line == line.trim_end()), "{arguments:?}: {text}");
    }
    for file in fs::read_dir(format!("{ROOT}/examples/scenarios")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|end| end == "toml") {
            let path = path.to_str().unwrap();
            let project = ["project", "--paths", "16", "--years", "1", "--all"];
            for more in [&["estimate", "--all"][..], &project] {
                let arguments = [more, &["--scenario", path]].concat();
                assert_fits(&arguments, &text_of(&arguments));
            }
        }
    }
}

#[test]
fn estimate_text_equals_snapshot() {
    insta::assert_snapshot!(text_of(&[
        "estimate",
        "--mw",
        "2000",
        "--tariff",
        "22.98 PKR/kWh",
        "--fx",
        "281 PKR/USD",
        "--references",
        "pakistan",
        "--all",
    ]));
}
