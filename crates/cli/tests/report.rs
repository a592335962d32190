//! The page, as a user makes it.

use assert_cmd::Command;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Few paths: what is looked at does not depend on them.
const QUICK: [&str; 2] = ["--paths", "24"];

fn run(arguments: &[&str]) -> (bool, Option<i32>, String) {
    let mut command = Command::cargo_bin("hashwatt").unwrap();
    let output = command
        .arg("report")
        .args(arguments)
        .args(QUICK)
        // Two pages are made on one day.
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
    let (done, _, told) = run(&[&arguments[..], more].concat());
    assert!(done, "{told}");
    fs::read_to_string(page).unwrap()
}

fn shipped() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/scenarios");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect()
}

/// The page is also XML.
fn elements(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let xml = page.replace("<!DOCTYPE html>", "");
    let document = roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{error}"));
    let attributes = |node: roxmltree::Node| {
        node.attributes().map(|a| (a.name().to_owned(), a.value().to_owned())).collect()
    };
    let nodes = document.descendants().filter(roxmltree::Node::is_element);
    nodes.map(|node| (node.tag_name().name().to_owned(), attributes(node))).collect()
}

/// Nothing is loaded, nothing runs, every name is one element's, every table says what it shows.
fn check(page: &str, name: &str) {
    let elements = elements(page);
    let mut ids = HashSet::new();
    for (tag, attributes) in &elements {
        let loads = matches!(&**tag, "script" | "link" | "iframe" | "img" | "object" | "use");
        assert!(!loads, "{name}: {tag}");
        for (key, value) in attributes {
            assert!(!key.starts_with("on"), "{name}: {tag} has {key}");
            assert!(&**key != "src", "{name}: {tag} has {key}={value}");
            // Links lead within the page, to a file within it, or to a publisher.
            let is_known = ["#", "data:text/csv;", "data:image/svg+xml;", "https://"]
                .iter()
                .any(|begin| value.starts_with(begin));
            assert!(&**key != "href" || is_known, "{name}: {tag} has {key}={value}");
            let is_place = !value.contains("url") && !value.contains('(');
            assert!(&**key != "style" || is_place, "{name}: {tag} has {key}={value}");
            assert!(key != "id" || ids.insert(value.clone()), "{name}: two are called {value}");
        }
    }
    for (_, attributes) in &elements {
        let named = attributes.iter().filter(|(key, _)| key == "aria-labelledby");
        for id in named.flat_map(|(_, ids)| ids.split(' ')) {
            assert!(ids.contains(id), "{name}: nothing is called {id}");
        }
    }
    let count = |tag: &str| elements.iter().filter(|(found, _)| found == tag).count();
    assert_eq!((count("h1"), count("main")), (1, 1), "{name}");
    assert!(count("table") > 6 && count("figure") == count("figcaption"), "{name}");
    assert!(!page.contains("url(") && !page.contains("@import"), "{name}");
    assert!(!page.contains("NaN") && !page.contains(">inf<"), "{name}");
}

#[test]
fn shipped_scenarios_have_a_page_of_the_same_bytes_each_time() {
    for path in shipped() {
        let name = path.display().to_string();
        let folder = tempfile::tempdir().unwrap();
        let pages = ["a.html", "b.html"].map(|file| folder.path().join(file));
        for page in &pages {
            let arguments = ["--scenario", &name, "-o", page.to_str().unwrap(), "--samples", "8"];
            let (done, _, told) = run(&arguments);
            assert!(done, "{name}: {told}");
        }
        let [a, b] = pages.map(|page| fs::read_to_string(page).unwrap());
        check(&a, &name);
        assert!(a == b, "{name}");
        for section in ["assumptions", "cite", "annexes", "fig-1", "fig-2"] {
            assert!(a.contains(&format!("id=\"{section}\"")), "{name}: {section}");
        }
        assert!(a.contains("What it depends on"), "{name}");
    }
}

#[test]
fn data_folder_holds_every_figure_and_input_and_is_not_replaced() {
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
    let (done, _, told) = run(&arguments);
    assert!(done, "{told}");
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
    let (done, code, told) = run(&arguments);
    assert!(!done && code == Some(2) && told.contains("--force"), "{told}");
    assert!(!page.exists());
}

#[test]
fn page_is_html_and_other_formats_are_refused_with_the_way_to_them() {
    let folder = tempfile::tempdir().unwrap();
    let scenario = folder.path().join("s.toml");
    fs::write(&scenario, "power_mw = 5\n").unwrap();
    for (name, remedy) in [("x.pdf", "print it"), ("x.csv", "ledger --csv"), ("x.PDF", ".html")] {
        let output = folder.path().join(name);
        let (done, code, told) =
            run(&["--scenario", scenario.to_str().unwrap(), "-o", output.to_str().unwrap()]);
        assert!(!done && code == Some(2) && told.contains(remedy), "{told}");
        assert!(!output.exists());
    }
}

#[test]
fn scenario_of_one_key_has_a_page_that_names_what_is_missing() {
    let page = page_of("power_mw = 2000\n", &[]);
    check(&page, "one key");
    assert!(page.contains("missing: tariff") && page.contains("Not given:"), "{page}");
    assert!(!page.contains("What it depends on"));
    // Nothing depends on what is missing, and the page says so.
    let page = page_of("power_mw = 5\ntariff = \"0.05 USD/kWh\"\n", &["--samples", "8"]);
    check(&page, "with a tariff");
    assert!(page.contains("there is no net present value"), "{page}");
    check(&page_of("power_mw = 1e-9\ntariff = \"-1 USD/MWh\"\n", &[]), "all but nothing");
    check(&page_of("power_mw = 3000000\ntariff = \"0 USD/kWh\"\n", &[]), "far too much");
}

#[test]
fn text_of_a_scenario_stays_text() {
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
    let treacherous =
        |c: char| (c.is_control() && c != '\n') || ('\u{2028}'..='\u{202e}').contains(&c);
    assert_eq!(page.chars().find(|c| treacherous(*c)), None);
    assert!(page.contains('\u{fffd}'), "what was replaced is visible");
}

#[test]
fn files_that_are_there_stay_and_no_half_file_is_left() {
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
    let (done, code, told) = run(&["--scenario", &scenario, "-o", &page]);
    assert!(!done && code == Some(2) && told.contains("--force"), "{told}");
    assert_eq!(fs::read_to_string(&page).unwrap(), "mine");
    assert!(run(&["--scenario", &scenario, "-o", &page, "--force"]).0);
    assert!(fs::read_to_string(&page).unwrap().starts_with("<!DOCTYPE html>"));

    // A scenario with a mistake, a folder that is none, and the pictures that are no more.
    fs::write(inside("bad.toml"), "power_mw = -5\n").unwrap();
    let (done, code, told) = run(&["--scenario", &inside("bad.toml"), "-o", &other]);
    assert!(!done && code == Some(2) && told.contains("power_mw"), "{told}");
    let (done, code, _) = run(&["--scenario", &scenario, "-o", &inside("none/p.html")]);
    assert!(!done && code == Some(2));
    let (done, code, told) = run(&["--scenario", &scenario]);
    assert!(!done && code == Some(2) && told.contains("--output"), "{told}");
    let (done, code, told) = run(&["--scenario", &scenario, "-o", &other, "--charts", "x"]);
    assert!(!done && code == Some(2) && told.contains("--charts"), "{told}");
    assert_eq!(names(), ["bad.toml", "p.html", "s.toml"]);
}

#[test]
fn help_has_an_example() {
    let output =
        Command::cargo_bin("hashwatt").unwrap().args(["report", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(help.contains("hashwatt report --scenario examples/"), "{help}");
}
