//! No message of a meter may suggest an action that changes the state of a machine: users try
//! remedies on machines that others use as well.

use super::METER_SPEC_FORMS;
use std::fs;
use std::path::{Path, PathBuf};

/// Words of commands and settings that switch, limit, open or configure something.
const CHANGES: [&str; 25] = [
    // Enables the power limit with the stored action.
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

/// The code of a source file without comments, tests and line breaks in strings.
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
fn remedies_never_change_the_state_of_a_machine() {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/energy"), &mut found);
    assert!(found.iter().any(|path| path.ends_with("wall/ipmi.rs")), "{found:?}");
    for path in found {
        let source = fs::read_to_string(&path).unwrap();
        assert_eq!(changes(&source), [""; 0], "{}", path.display());
    }
}

#[test]
fn state_changing_words_are_found_in_texts_only() {
    let text = "fn f() {\n    \"run `ipmitool dcmi power \\\n     activate`\"\n}\n";
    assert_eq!(changes(text), ["power activate"]);
    let comment = "    // `dcmi power activate` arms a limit.\n";
    let test = "#[cfg(test)]\nmod tests { \"power activate\" }\n";
    assert_eq!(changes(&format!("{comment}{test}")), [""; 0]);
}

#[test]
fn features_and_meter_forms_in_remedies_exist() {
    let manifest = include_str!("../../Cargo.toml");
    for feature in ["nvml", "wall"] {
        assert!(manifest.contains(&format!("\n{feature} = [")), "{feature}");
    }
    for kind in ["csv:FILE", "redfish:URL", "shelly:URL", "assumed:350W"] {
        assert!(METER_SPEC_FORMS.contains(&kind), "{kind}");
    }
}
