//! `TUTORIAL.md` runs as it stands: its commands in order, with its scenario.

use assert_cmd::Command;
use std::fs;
use std::path::Path;

/// The file that the tutorial has its reader write.
const SCENARIO: &str = "kazakhstan.toml";

fn text() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../TUTORIAL.md");
    fs::read_to_string(path).unwrap()
}

/// The blocks of code with their languages, in order.
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

/// What a command of the tutorial prints; `> FILE` at its end is done as a shell does it.
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
fn the_tutorial_runs_as_it_stands() {
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
                // `init` wrote the file that the reader now replaces.
                assert!(folder.path().join(SCENARIO).exists());
                fs::write(folder.path().join(SCENARIO), block).unwrap();
            }
            other => panic!("a block of {other}"),
        }
    }
    let of = |begin: &str| {
        let found = printed.iter().find(|(command, _)| command.starts_with(begin));
        &found.unwrap_or_else(|| panic!("no `{begin}`")).1
    };
    for command in ["hashwatt regions", "hashwatt init", "hashwatt machines", "hashwatt schema"] {
        of(command);
    }
    // What the text has the reader look at is there.
    assert!(of("hashwatt regions").contains("KAZ  Kazakhstan"));
    assert!(of("hashwatt machines").lines().nth(1).unwrap().contains("Antminer S21 (200T)"));
    let estimate = of("hashwatt estimate");
    for told in ["Where income equals cost", "Inputs and where they come from", "; KAZ, published"]
    {
        assert!(estimate.contains(told), "{told}: {estimate}");
    }
    let ledger = of("hashwatt ledger");
    assert!(ledger.contains("turns if "), "{ledger}");
    assert!(!ledger.contains("The nation              missing"), "{ledger}");
    let page = fs::read_to_string(folder.path().join("kazakhstan.html")).unwrap();
    for told in ["Kazakhstan, 500 MW for mining", "Before you quote a figure"] {
        assert!(page.contains(told), "{told}");
    }
}

#[test]
fn the_tutorials_scenario_has_at_most_twenty_lines_and_is_valid() {
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
fn the_tutorial_states_no_figure_outside_its_commands_and_its_scenario() {
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
