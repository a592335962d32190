//! `hashwatt report`.

use assert_cmd::Command;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Few paths, since the checks do not depend on them.
const QUICK: [&str; 2] = ["--paths", "24"];

fn run(arguments: &[&str]) -> (bool, Option<i32>, String) {
    let mut command = Command::cargo_bin("hashwatt").unwrap();
    let output = command
        .arg("report")
        .args(arguments)
        .args(QUICK)
        // A fixed date, for reproducible pages.
        .env("SOURCE_DATE_EPOCH", "1796000400")
        .output()
        .unwrap();
    (output.status.success(), output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// The page of a scenario's text.
fn page_of(text: &str, more: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (scenario, page) = (folder.path().join("s.toml"), folder.path().join("p.html"));
    fs::write(&scenario, text).unwrap();
    let arguments = ["--scenario", scenario.to_str().unwrap(), "-o", page.to_str().unwrap()];
    let (done, _, message) = run(&[&arguments[..], more].concat());
    assert!(done, "{message}");
    fs::read_to_string(page).unwrap()
}

fn shipped() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/scenarios");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect()
}

/// The elements of the page, which is also XML.
fn elements(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let xml = page.replace("<!DOCTYPE html>", "");
    let document = roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{error}"));
    let attributes = |node: roxmltree::Node| {
        node.attributes().map(|a| (a.name().to_owned(), a.value().to_owned())).collect()
    };
    let nodes = document.descendants().filter(roxmltree::Node::is_element);
    nodes.map(|node| (node.tag_name().name().to_owned(), attributes(node))).collect()
}

/// Checks that the page loads and runs nothing, that ids are unique, and that figures have captions.
fn check(page: &str, name: &str) {
    let elements = elements(page);
    let mut ids = HashSet::new();
    for (tag, attributes) in &elements {
        let loads = matches!(&**tag, "script" | "link" | "iframe" | "img" | "object" | "use");
        assert!(!loads, "{name}: {tag}");
        for (key, value) in attributes {
            assert!(!key.starts_with("on"), "{name}: {tag} has {key}");
            assert!(&**key != "src", "{name}: {tag} has {key}={value}");
            // Links lead to a place in the page, to embedded data, or to a publisher.
            let is_known = ["#", "data:text/csv;", "data:image/svg+xml;", "https://"]
                .iter()
                .any(|begin| value.starts_with(begin));
            assert!(&**key != "href" || is_known, "{name}: {tag} has {key}={value}");
            let is_place = !value.contains("url") && !value.contains('(');
            assert!(&**key != "style" || is_place, "{name}: {tag} has {key}={value}");
            assert!(key != "id" || ids.insert(value.clone()), "{name}: duplicate id {value}");
        }
    }
    for (_, attributes) in &elements {
        let named = attributes.iter().filter(|(key, _)| key == "aria-labelledby");
        for id in named.flat_map(|(_, ids)| ids.split(' ')) {
            assert!(ids.contains(id), "{name}: no element has the id {id}");
        }
    }
    let count = |tag: &str| elements.iter().filter(|(found, _)| found == tag).count();
    assert_eq!((count("h1"), count("main")), (1, 1), "{name}");
    assert!(count("table") > 6 && count("figure") == count("figcaption"), "{name}");
    assert!(!page.contains("url(") && !page.contains("@import"), "{name}");
    assert!(!page.contains("NaN") && !page.contains(">inf<"), "{name}");
}

#[test]
fn page_of_shipped_scenario_is_reproducible() {
    for path in shipped() {
        let name = path.display().to_string();
        let folder = tempfile::tempdir().unwrap();
        let pages = ["a.html", "b.html"].map(|file| folder.path().join(file));
        for page in &pages {
            let arguments = ["--scenario", &name, "-o", page.to_str().unwrap(), "--samples", "8"];
            let (done, _, message) = run(&arguments);
            assert!(done, "{name}: {message}");
        }
        let [a, b] = pages.map(|page| fs::read_to_string(page).unwrap());
        check(&a, &name);
        assert!(a == b, "{name}");
        for section in ["assumptions", "cite", "annexes", "fig-1", "fig-2"] {
            assert!(a.contains(&format!("id=\"{section}\"")), "{name}: {section}");
        }
        assert!(a.contains("Sensitivity</h2>"), "{name}");
    }
}

#[test]
fn data_folder_has_every_figure_and_input_and_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (page, data) = (folder.path().join("p.html"), folder.path().join("data"));
    let scenario = shipped().into_iter().find(|path| path.ends_with("pakistan-2000mw.toml"));
    let scenario = scenario.unwrap();
    let arguments = [
        "--scenario",
        scenario.to_str().unwrap(),
        "-o",
        page.to_str().unwrap(),
        "--data",
        data.to_str().unwrap(),
    ];
    let (done, _, message) = run(&arguments);
    assert!(done, "{message}");
    let names = |end: &str| {
        let files = fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|found| found == end)).count()
    };
    assert_eq!((names("csv"), names("svg")), (11, 8));
    let inputs = fs::read_to_string(data.join("inputs.csv")).unwrap();
    assert!(inputs.starts_with("key,what,value,unit,") && inputs.lines().count() > 300);
    // Every row has a source or a reason.
    let mut rows = csv::Reader::from_reader(inputs.as_bytes());
    for row in rows.records().map(Result::unwrap) {
        assert!(!row[9].trim().is_empty(), "{row:?}");
    }
    fs::remove_file(&page).unwrap();
    let (done, code, message) = run(&arguments);
    assert!(!done && code == Some(2) && message.contains("--force"), "{message}");
    assert!(!page.exists());
}

#[test]
fn page_in_other_format_is_refused_with_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = folder.path().join("s.toml");
    fs::write(&scenario, "power_mw = 5\n").unwrap();
    for (name, remedy) in [("x.pdf", "print it"), ("x.csv", "ledger --csv"), ("x.PDF", ".html")] {
        let output = folder.path().join(name);
        let (done, code, message) =
            run(&["--scenario", scenario.to_str().unwrap(), "-o", output.to_str().unwrap()]);
        assert!(!done && code == Some(2) && message.contains(remedy), "{message}");
        assert!(!output.exists());
    }
}

#[test]
fn page_of_minimal_scenario_lists_missing_keys() {
    let page = page_of("power_mw = 2000\n", &[]);
    check(&page, "one key");
    assert!(page.contains("missing: tariff") && page.contains("Not given:"), "{page}");
    assert!(!page.contains("Sensitivity</h2>"));
    // Without a result there is no sensitivity analysis, and the page gives the reason.
    let page = page_of("power_mw = 5\ntariff = \"0.05 USD/kWh\"\n", &["--samples", "8"]);
    check(&page, "with a tariff");
    assert!(page.contains("net present value cannot be computed"), "{page}");
    check(&page_of("power_mw = 1e-9\ntariff = \"-1 USD/MWh\"\n", &[]), "all but nothing");
    check(&page_of("power_mw = 3000000\ntariff = \"0 USD/kWh\"\n", &[]), "far too much");
}

#[test]
fn hostile_scenario_text_is_escaped_in_page() {
    let hostile = r#"</title><script>alert(1)</script> ]]> \u0000\u001b[31m \u202Egnp.exe \" ' & <!-- --> \u2028"#;
    let scenario = format!(
        "title = \"{hostile}\"\n\
         tariff = {{ value = \"0.05 USD/kWh\", as_of = \"2026-01\", source = \"{hostile}\" }}\n\
         infrastructure_usd_per_mw = {{ value = 1, assumed = \"{hostile}\" }}\n\
         [[lot]]\nname = \"{hostile}\"\npower_mw = 5\nefficiency_j_per_th = 15\n\
         machine_price_usd_per_th_s = {{ value = 10, assumed = \"{hostile}\" }}\n"
    );
    let page = page_of(&scenario, &[]);
    check(&page, "hostile");
    assert!(!page.contains("<script") && !page.contains("<!--"));
    assert!(page.contains("&lt;script&gt;") || page.contains("&#60;script&#62;"));
    let is_unsafe =
        |c: char| (c.is_control() && c != '\n') || ('\u{2028}'..='\u{202e}').contains(&c);
    assert_eq!(page.chars().find(|c| is_unsafe(*c)), None);
    assert!(page.contains('\u{fffd}'), "replaced characters are visible");
}

#[test]
fn existing_file_is_kept_and_no_partial_file_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let inside = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let names = || {
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let (scenario, page, other) = (inside("s.toml"), inside("p.html"), inside("other.html"));
    fs::write(&scenario, "power_mw = 5\n").unwrap();
    fs::write(&page, "mine").unwrap();
    let (done, code, message) = run(&["--scenario", &scenario, "-o", &page]);
    assert!(!done && code == Some(2) && message.contains("--force"), "{message}");
    assert_eq!(fs::read_to_string(&page).unwrap(), "mine");
    assert!(run(&["--scenario", &scenario, "-o", &page, "--force"]).0);
    assert!(fs::read_to_string(&page).unwrap().starts_with("<!DOCTYPE html>"));

    // An invalid scenario, a missing folder, a missing option, and a removed option.
    fs::write(inside("bad.toml"), "power_mw = -5\n").unwrap();
    let (done, code, message) = run(&["--scenario", &inside("bad.toml"), "-o", &other]);
    assert!(!done && code == Some(2) && message.contains("power_mw"), "{message}");
    let (done, code, _) = run(&["--scenario", &scenario, "-o", &inside("none/p.html")]);
    assert!(!done && code == Some(2));
    let (done, code, message) = run(&["--scenario", &scenario]);
    assert!(!done && code == Some(2) && message.contains("--output"), "{message}");
    let (done, code, message) = run(&["--scenario", &scenario, "-o", &other, "--charts", "x"]);
    assert!(!done && code == Some(2) && message.contains("--charts"), "{message}");
    assert_eq!(names(), ["bad.toml", "p.html", "s.toml"]);
}

#[test]
fn report_help_has_example() {
    let output =
        Command::cargo_bin("hashwatt").unwrap().args(["report", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(help.contains("hashwatt report --scenario examples/"), "{help}");
}
