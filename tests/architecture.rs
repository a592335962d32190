//! Imports go one way through the house: each room may use only those named before it.

use std::fs;
use std::path::{Path, PathBuf};

/// A room and what it may import. The rooms are the modules at the top of `src`.
const MAY_IMPORT: [(&str, &[&str]); 9] = [
    ("units", &[]),
    ("estimate", &["units"]),
    ("pow", &["units", "estimate"]),
    ("scan", &["units", "estimate", "pow"]),
    ("energy", &["units", "estimate"]),
    ("measure", &["units", "estimate", "pow", "scan", "energy"]),
    ("econ", &["units", "estimate", "pow"]),
    ("report", &["units", "estimate", "pow", "scan", "measure", "econ"]),
    // The binary: it sees the library from outside.
    ("cli", &[]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every `crate::room` in a source that is no comment.
fn imports(text: &str) -> Vec<String> {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    code.flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| {
            let end = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
            rest.split(end).next().unwrap_or_default().to_owned()
        })
        .collect()
}

fn back_edges(room: &str, text: &str) -> Vec<String> {
    let (_, allowed) = MAY_IMPORT
        .into_iter()
        .find(|(name, _)| *name == room)
        .unwrap_or_else(|| panic!("src/{room}: a room that this test does not know"));
    let wrong = |import: &String| import != room && !allowed.contains(&import.as_str());
    imports(text).into_iter().filter(wrong).collect()
}

#[test]
fn no_room_imports_from_a_later_one() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 30, "only {} files found", files.len());
    for file in files {
        let inside = file.strip_prefix(&src).unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
        let room = first.trim_end_matches(".rs");
        if ["lib", "main"].contains(&room) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(back_edges(room, &text), Vec::<String>::new(), "{}", inside.display());
    }
}

#[test]
fn a_back_edge_would_be_seen() {
    assert_eq!(back_edges("econ", "use crate::scan::Job;"), ["scan"]);
    assert_eq!(back_edges("pow", "fn f(x: &crate::econ::Case) {}"), ["econ"]);
    assert!(back_edges("econ", "use crate::units::Watts; // not crate::scan").is_empty());
    assert!(back_edges("econ", "use crate::econ::Case;").is_empty());
}
