//! Imports go one way through the house: each room may use only those named before it.

use std::fs;
use std::path::{Path, PathBuf};

/// A room and what it may import. The rooms are the modules at the top of `src`.
const MAY_IMPORT: [(&str, &[&str]); 12] = [
    // A client for the rooms that ask somebody.
    ("http", &[]),
    ("input", &[]),
    ("units", &[]),
    ("estimate", &["units"]),
    ("pow", &["units", "estimate"]),
    ("scan", &["input", "units", "estimate", "pow"]),
    ("energy", &["http", "input", "units", "estimate"]),
    ("measure", &["units", "estimate", "pow", "scan", "energy"]),
    ("econ", &["input", "units", "estimate", "pow"]),
    ("live", &["http", "input", "units", "estimate", "pow", "econ"]),
    ("report", &["input", "units", "estimate", "pow", "scan", "energy", "measure", "econ"]),
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

/// Every room that a source names by a path, comments left out: `crate::room`, and a chain of
/// `super::` that climbs out of a file `depth` modules below the root. A module inside the file
/// adds one.
fn imports(text: &str, depth: usize) -> Vec<String> {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    let climb = "super::".repeat(depth);
    code.flat_map(|line| {
        let named = line.split("crate::").skip(1);
        let climbed = line.split(climb.as_str()).skip(1).map(|rest| {
            // One step more out of a module inside the file.
            rest.strip_prefix("super::").unwrap_or(rest)
        });
        let climbed = climbed.filter(|rest| ROOMS.iter().any(|room| first_word(rest) == *room));
        named.chain(climbed).map(|rest| first_word(rest).to_owned()).collect::<Vec<_>>()
    })
    .collect()
}

fn first_word(rest: &str) -> &str {
    let end = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
    rest.split(end).next().unwrap_or_default()
}

const ROOMS: [&str; 11] = [
    "http", "input", "units", "estimate", "pow", "scan", "energy", "measure", "econ", "live",
    "report",
];

fn back_edges(room: &str, text: &str, depth: usize) -> Vec<String> {
    let (_, allowed) = MAY_IMPORT
        .into_iter()
        .find(|(name, _)| *name == room)
        .unwrap_or_else(|| panic!("src/{room}: a room that this test does not know"));
    let wrong = |import: &String| import != room && !allowed.contains(&import.as_str());
    imports(text, depth).into_iter().filter(wrong).collect()
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
        // src/pow.rs is one module below the root, src/pow/header.rs two.
        let depth = inside.components().count();
        assert_eq!(back_edges(room, &text, depth), Vec::<String>::new(), "{}", inside.display());
    }
}

#[test]
fn a_back_edge_would_be_seen() {
    assert_eq!(back_edges("econ", "use crate::scan::Job;", 1), ["scan"]);
    assert_eq!(back_edges("live", "use crate::energy::Meter;", 1), ["energy"]);
    assert_eq!(back_edges("econ", "use crate::live::Source;", 2), ["live"]);
    assert_eq!(back_edges("pow", "fn f(x: &crate::econ::Case) {}", 2), ["econ"]);
    assert_eq!(back_edges("pow", "use super::super::econ::Case as _BackEdge;", 2), ["econ"]);
    assert_eq!(back_edges("pow", "mod t { use super::super::super::econ::Case; }", 2), ["econ"]);
    assert!(back_edges("scan", "use super::super::{Hit, Job};", 3).is_empty());
    assert!(back_edges("econ", "use crate::units::Watts; // not crate::scan", 1).is_empty());
    assert!(back_edges("econ", "use crate::econ::Case;", 1).is_empty());
}
