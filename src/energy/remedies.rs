//! No text of the meters may tell a user to do what changes a machine's state: a remedy is tried by
//! people in trouble, on machines that others use.

use super::METER_SPEC_FORMS;
use std::fs;
use std::path::{Path, PathBuf};

/// Words of tools and settings that switch, limit, open or configure something.
const CHANGES: [&str; 25] = [
    // Switches the power limit on, with whatever action is stored.
    "power activate",
    "power deactivate",
    "set_limit",
    "power off",
    "power on",
    "power cycle",
    "chassis power",
    "mc reset",
    "-pl ",
    "--power-limit",
    "nvidia-smi -",
    "modprobe",
    "load the",
    "insmod",
    "sysctl",
    "setcap",
    "setenforce",
    "systemctl",
    "chmod",
    "chown",
    "chgrp",
    "perf_event_paranoid",
    "turn it off",
    "turn off",
    "switch it off",
];

/// The code of a source file as one text: without comments, tests and the line breaks in strings.
fn texts(source: &str) -> String {
    let code = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let joined = lines.map(|line| format!("{}\n", line.trim())).collect::<String>();
    joined.replace("\\\n", "")
}

fn changes(source: &str) -> Vec<&'static str> {
    let texts = texts(source);
    CHANGES.into_iter().filter(|change| texts.contains(change)).collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && name != "tests" {
            sources(&path, found);
        } else if name.ends_with(".rs") && !["tests.rs", "remedies.rs"].contains(&name) {
            found.push(path);
        }
    }
}

#[test]
fn no_remedy_changes_the_state_of_a_machine() {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/energy"), &mut found);
    assert!(found.iter().any(|path| path.ends_with("wall/ipmi.rs")), "{found:?}");
    for path in found {
        let source = fs::read_to_string(&path).unwrap();
        assert_eq!(changes(&source), [""; 0], "{}", path.display());
    }
}

#[test]
fn a_remedy_that_changes_something_is_noticed_in_texts_alone() {
    let text = "fn f() {\n    \"run `ipmitool dcmi power \\\n     activate`\"\n}\n";
    assert_eq!(changes(text), ["power activate"]);
    let comment = "    // `dcmi power activate` arms a limit.\n";
    let test = "#[cfg(test)]\nmod tests { \"power activate\" }\n";
    assert_eq!(changes(&format!("{comment}{test}")), [""; 0]);
}

#[test]
fn features_and_forms_that_remedies_name_exist() {
    let manifest = include_str!("../../Cargo.toml");
    for feature in ["nvml", "wall"] {
        assert!(manifest.contains(&format!("\n{feature} = [")), "{feature}");
    }
    for kind in ["csv:FILE", "redfish:URL", "shelly:URL", "assumed:350W"] {
        assert!(METER_SPEC_FORMS.contains(&kind), "{kind}");
    }
}
