//! Runs the commands of `TUTORIAL.md` in order, with its scenario.

use assert_cmd::Command;
use std::fs;
use std::path::Path;

/// The scenario file that the reader writes in the tutorial.
const SCENARIO: &str = "kazakhstan.toml";

fn text() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../TUTORIAL.md");
    fs::read_to_string(path).unwrap()
}

/// The code blocks with their languages, in order.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let inside: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            found.push((language.to_owned(), inside.join("\n") + "\n"));
        }
    }
    found
}

/// The output of a command of the tutorial; a trailing `> FILE` works as in a shell.
fn run(command: &str, folder: &Path) -> String {
    let (command, file) = match command.split_once(" > ") {
        Some((command, file)) => (command, Some(file)),
        None => (command, None),
    };
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("hashwatt"), "{command}");
    let mut hashwatt = Command::cargo_bin("hashwatt").unwrap();
    let output = hashwatt.args(words).current_dir(folder).assert().success();
    let output = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    if let Some(file) = file {
        fs::write(folder.join(file), &output).unwrap();
    }
    output
}

#[test]
fn tutorial_commands_run_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut printed = Vec::new();
    for (language, block) in blocks(&text()) {
        match language.as_str() {
            "sh" => {
                for command in block.lines() {
                    printed.push((command.to_owned(), run(command, folder.path())));
                }
            }
            "toml" => {
                // The reader replaces the file written by `init`.
                assert!(folder.path().join(SCENARIO).exists());
                fs::write(folder.path().join(SCENARIO), block).unwrap();
            }
            other => panic!("unexpected block of {other}"),
        }
    }
    let output = |begin: &str| {
        let found = printed.iter().find(|(command, _)| command.starts_with(begin));
        &found.unwrap_or_else(|| panic!("no `{begin}`")).1
    };
    for command in ["hashwatt regions", "hashwatt init", "hashwatt machines", "hashwatt schema"] {
        output(command);
    }
    // The output contains what the text refers to.
    assert!(output("hashwatt regions").contains("KAZ  Kazakhstan"));
    assert!(output("hashwatt machines").lines().nth(1).unwrap().contains("Antminer S21 (200T)"));
    let estimate = output("hashwatt estimate");
    for text in ["Break-even values", "Inputs and their origins", "; KAZ, published"] {
        assert!(estimate.contains(text), "{text}: {estimate}");
    }
    let ledger = output("hashwatt ledger");
    assert!(ledger.contains("changes sign if "), "{ledger}");
    assert!(!ledger.contains("The nation              missing"), "{ledger}");
    let page = fs::read_to_string(folder.path().join("kazakhstan.html")).unwrap();
    for text in ["Kazakhstan, 500 MW for mining", "Before you quote a figure"] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn tutorial_scenario_is_short_sourced_and_valid() {
    let blocks = blocks(&text());
    let scenarios: Vec<_> = blocks.iter().filter(|(language, _)| language == "toml").collect();
    let [(_, scenario)] = scenarios[..] else { panic!("{} scenarios", scenarios.len()) };
    let given = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let lines = scenario.lines().filter(given).count();
    assert!(lines <= 20, "{lines}");
    // Each value has a source with its date, or the reason for which it is assumed.
    for line in scenario.lines().filter(given).filter(|line| line.contains("value = ")) {
        let sourced = line.contains("as_of = ") && line.contains("source = ");
        assert!(sourced || line.contains("assumed = "), "{line}");
    }
    let schema =
        Command::cargo_bin("hashwatt").unwrap().args(["schema", "scenario"]).output().unwrap();
    let schema = serde_json::from_slice(&schema.stdout).unwrap();
    let table: toml::Table = toml::from_str(scenario).unwrap();
    let instance = serde_json::to_value(table).unwrap();
    let errors: Vec<_> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&instance)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(errors, [] as [String; 0]);
}

#[test]
fn tutorial_text_contains_no_figures() {
    let mut is_code = false;
    for line in text().lines() {
        if line.starts_with("```") {
            is_code = !is_code;
        } else if !is_code {
            let shown = line.replace("500 MW", "").replace("5 % to 95 %", "");
            assert!(!shown.contains(|c: char| c.is_ascii_digit()), "{line}");
        }
    }
}
