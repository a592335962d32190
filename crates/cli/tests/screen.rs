//! The first screen of `ledger`, `estimate` and `project`, and the options that add to it.

use std::path::Path;
use std::process::Command;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
/// Lines and columns of one screen.
const SCREEN: (usize, usize) = (45, 80);
const LEDGER: [&str; 3] = ["ledger", "--paths", "24"];
const PROJECT: [&str; 3] = ["project", "--paths", "24"];
const ESTIMATE: [&str; 1] = ["estimate"];
/// Short runs for checks that do not depend on the length.
const SHORT_LEDGER: [&str; 5] = ["ledger", "--paths", "8", "--years", "1"];
const SHORT_PROJECT: [&str; 5] = ["project", "--paths", "8", "--years", "1"];

fn text(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hashwatt"));
    let output = command.args(arguments).current_dir(ROOT).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn shipped() -> Vec<String> {
    let files = std::fs::read_dir(Path::new(ROOT).join("examples/scenarios")).unwrap();
    let paths = files.map(|entry| entry.unwrap().path());
    let scenarios = paths.filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let names: Vec<String> = scenarios.map(|path| path.to_str().unwrap().to_owned()).collect();
    assert!(names.len() >= 5, "{names:?}");
    names
}

fn of(command: &[&str], scenario: &str, more: &[&str]) -> String {
    text(&[command, &["--scenario", scenario], more].concat())
}

#[test]
fn default_output_of_shipped_scenario_fits_one_screen() {
    let (lines, columns) = SCREEN;
    for scenario in shipped() {
        for command in [&LEDGER[..], &ESTIMATE, &PROJECT] {
            let shown = of(command, &scenario, &[]);
            let name = format!("{command:?} of {scenario}:\n{shown}");
            assert!(shown.lines().count() <= lines, "{} lines: {name}", shown.lines().count());
            let widest = shown.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(widest <= columns, "{widest} columns: {name}");
            assert!(shown.trim_end().lines().last().unwrap().starts_with("More: "), "{name}");
            assert!(!shown.contains("Inputs and their origins"), "{name}");
        }
    }
}

#[test]
fn ledger_of_shipped_scenario_starts_with_verdict_of_each_party() {
    for scenario in shipped() {
        let shown = of(&LEDGER, &scenario, &[]);
        let (before, verdicts) = shown.split_once("\nVerdicts ").unwrap();
        assert!(before.lines().count() <= 3, "{shown}");
        let (verdicts, _) = verdicts.split_once("\n\n").unwrap();
        let of_party = |party: &str| {
            let line = verdicts.lines().find(|line| line.starts_with(&format!("  {party}  ")));
            line.unwrap_or_else(|| panic!("{party}: {verdicts}"))
        };
        for party in ["Operator", "Power system", "State budget", "Foreign exchange", "Nation"] {
            let line = of_party(party);
            let has_verdict = line.contains(" of 100") && line.contains(" to ");
            let has_no_effect = line.contains("No effect");
            assert!(has_verdict || has_no_effect || line.contains("missing: "), "{line}");
        }
    }
}

#[test]
fn verdicts_are_aligned_with_switching_values_below() {
    let shown = of(&LEDGER, "examples/scenarios/pakistan-2000mw.toml", &[]);
    let (_, verdicts) = shown.split_once("\nVerdicts ").unwrap();
    let (verdicts, _) = verdicts.split_once("\n\n").unwrap();
    let lines: Vec<&str> = verdicts.lines().skip(1).collect();
    let heads = lines[0];
    let begins = ["verdict", "above 0", "median"].map(|head| heads.find(head).unwrap());
    for line in lines.iter().skip(1).filter(|line| !line.starts_with("    ")) {
        for begin in begins {
            // Blanks before the column, and text at its start.
            assert_eq!(&line[begin - 2..begin], "  ", "{line}");
            assert_ne!(line.as_bytes()[begin], b' ', "{line}");
        }
    }
    assert_eq!(lines.iter().filter(|line| line.starts_with("      changes sign if ")).count(), 5);
}

#[test]
fn detail_options_add_tables_and_all_adds_every_table() {
    let pakistan = "examples/scenarios/pakistan-2000mw.toml";
    let inputs = ["Inputs and their origins"];
    let cases: [(&[&str], &str, &[&str]); 9] = [
        (&SHORT_LEDGER, "--inputs", &inputs),
        (
            &SHORT_LEDGER,
            "--months",
            &[
                "Net amount of each party by year",
                "Carbon and unserved or curtailed energy by year",
            ],
        ),
        (
            &SHORT_LEDGER,
            "--flows",
            &["All flows by year", "Foreign exchange by year", "The nation by year"],
        ),
        (&SHORT_PROJECT, "--inputs", &inputs),
        (&SHORT_PROJECT, "--months", &["The network and the project, every third month"]),
        (&SHORT_PROJECT, "--flows", &["Receipts and payments of the operator"]),
        (&ESTIMATE, "--inputs", &inputs),
        (&ESTIMATE, "--all", &["Yearly subsidy against each reference", "Other effects"]),
        (
            &SHORT_LEDGER,
            "--all",
            &["Value of a MWh at the site's meter", "Variants: one choice changed"],
        ),
    ];
    for command in [&SHORT_LEDGER[..], &SHORT_PROJECT, &ESTIMATE] {
        let (short, all) = (of(command, pakistan, &[]), of(command, pakistan, &["--all"]));
        assert!(!all.contains("\nMore: "), "{all}");
        for (_, option, titles) in cases.iter().filter(|(of_command, ..)| *of_command == command) {
            let more = of(command, pakistan, &[option]);
            for title in *titles {
                assert!(!short.contains(title), "{command:?} has {title}");
                assert!(more.contains(title), "{command:?} {option}: {title}");
                assert!(all.contains(title), "{command:?} --all: {title}");
            }
            let last = short.trim_end().lines().last().unwrap();
            assert!(last.contains(option), "{command:?}: {last}");
        }
    }
}

#[test]
fn warnings_without_effect_on_figures_are_counted_with_option() {
    // The status of a tariff changes no figure.
    let path = "examples/scenarios/site-100mw.toml";
    let (short, inputs) = (of(&ESTIMATE, path, &[]), of(&ESTIMATE, path, &["--inputs"]));
    let approved = "the tariff is approved";
    assert!(!short.contains(approved) && inputs.contains(approved), "{short}");
    assert!(short.contains("\n  1 more warning: use --inputs\n"), "{short}");
    assert!(!inputs.contains("use --inputs"), "{inputs}");
}

#[test]
fn json_and_csv_are_complete_without_detail_options() {
    let pakistan = "examples/scenarios/pakistan-2000mw.toml";
    for format in ["--json", "--csv"] {
        for command in [&SHORT_LEDGER[..], &SHORT_PROJECT, &ESTIMATE] {
            let (plain, all) =
                (of(command, pakistan, &[format]), of(command, pakistan, &[format, "--all"]));
            assert_eq!(plain, all, "{command:?} {format}");
        }
    }
}
