//! Tests of the text of `METHODS.md`: all equations cited in code are defined, and no link is broken.

use super::parties::every_figure;
use hashwatt_econ::account::{FlowKind, Quantity};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Suffix of the number of an equation that no figure cites.
const BACKGROUND: &str = " (background)";
/// Beginning of the line with reserved numbers.
const RESERVED: &str = "Reserved numbers:";

fn document() -> String {
    std::fs::read_to_string(super::path()).unwrap()
}

/// Numbers of equations in a text, such as `M4`.
fn numbers(text: &str) -> BTreeSet<u32> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.filter_map(|word| word.strip_prefix('M')?.parse().ok()).collect()
}

/// All equations of the document: their number, and whether they are marked as background.
fn defined(document: &str) -> BTreeMap<u32, bool> {
    let mut found = BTreeMap::new();
    for (at, _) in document.match_indices("**M") {
        let (number, after) = document[at + 3..].split_once("**").unwrap();
        // A bold word that begins with M is not an equation.
        let Ok(number) = number.parse() else { continue };
        let twice = found.insert(number, after.starts_with(BACKGROUND));
        assert_eq!(twice, None, "M{number} is defined twice");
    }
    found
}

fn cited() -> BTreeSet<u32> {
    let of_figures = every_figure().into_iter().map(|figure| figure.equations());
    let of_flows = FlowKind::ALL.iter().map(|kind| kind.spec().equations);
    let of_quantities = Quantity::ALL.iter().map(|quantity| quantity.spec().equations);
    of_figures.chain(of_flows).chain(of_quantities).flat_map(numbers).collect()
}

#[test]
fn equations_cited_in_code_are_defined() {
    let defined = defined(&document());
    let missing: Vec<u32> =
        cited().into_iter().filter(|number| !defined.contains_key(number)).collect();
    assert!(missing.is_empty(), "METHODS.md has no {missing:?}");
}

#[test]
fn uncited_equations_are_marked_as_background() {
    let cited = cited();
    for (number, is_background) in defined(&document()) {
        assert_eq!(!cited.contains(&number), is_background, "M{number}");
    }
}

#[test]
fn equations_cited_in_text_are_defined_or_reserved() {
    let document = document();
    let defined = defined(&document);
    let reserved = document.lines().find(|line| line.starts_with(RESERVED));
    let reserved = reserved.map(numbers).unwrap_or_default();
    for number in numbers(&document) {
        assert!(defined.contains_key(&number) != reserved.contains(&number), "M{number}");
    }
}

/// The anchor of a heading on GitHub.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn links_point_to_existing_files_and_headings() {
    let document = document();
    let headings = document.lines().filter_map(|line| line.strip_prefix('#'));
    let anchors: BTreeSet<String> =
        headings.map(|line| anchor(line.trim_start_matches('#').trim())).collect();
    let folder = super::path().parent().map(Path::to_owned).unwrap();
    let mut links = 0;
    for (at, _) in document.match_indices("](") {
        let (target, _) = document[at + 2..].split_once(')').unwrap();
        links += 1;
        match target.split_once('#') {
            Some(("", anchor)) => assert!(anchors.contains(anchor), "no heading for {target}"),
            _ if target.starts_with("https://") => (),
            _ => assert!(folder.join(target).exists(), "no file {target}"),
        }
    }
    assert!(links > 0);
}

#[test]
fn citation_version_matches_crate() {
    let citation = std::fs::read_to_string(super::root().join("CITATION.cff")).unwrap();
    let version = citation.lines().find_map(|line| line.strip_prefix("version: "));
    assert_eq!(version, Some(env!("CARGO_PKG_VERSION")));
}
