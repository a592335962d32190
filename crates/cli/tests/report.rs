//! The page and its charts, as a user makes them.

use assert_cmd::Command;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Few paths and samples: what is looked at does not hang on them.
const QUICK: [&str; 4] = ["--paths", "24", "--samples", "8"];

fn run(arguments: &[&str]) -> (bool, Option<i32>, String) {
    let mut command = Command::cargo_bin("hashwatt").unwrap();
    let output = command.arg("report").args(arguments).args(QUICK).output().unwrap();
    (output.status.success(), output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// The page of a scenario's text.
fn page_of(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (scenario, page) = (folder.path().join("s.toml"), folder.path().join("p.html"));
    fs::write(&scenario, text).unwrap();
    let arguments = ["--scenario", scenario.to_str().unwrap(), "-o", page.to_str().unwrap()];
    let (done, _, told) = run(&arguments);
    assert!(done, "{told}");
    fs::read_to_string(page).unwrap()
}

fn shipped() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/scenarios");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect()
}

/// The page is also XML once its void elements are closed, which no browser asks for.
fn elements(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let closed = page.replace("<!DOCTYPE html>", "");
    let closed: String = closed
        .split_inclusive('>')
        .map(|piece| match piece.rsplit_once("<meta ") {
            Some(_) => piece.trim_end_matches('>').to_owned() + "/>",
            None => piece.to_owned(),
        })
        .collect();
    let document = roxmltree::Document::parse(&closed).unwrap_or_else(|error| panic!("{error}"));
    let attributes = |node: roxmltree::Node| {
        node.attributes().map(|a| (a.name().to_owned(), a.value().to_owned())).collect()
    };
    let nodes = document.descendants().filter(roxmltree::Node::is_element);
    nodes.map(|node| (node.tag_name().name().to_owned(), attributes(node))).collect()
}

/// Nothing is loaded, nothing runs, every name is one element's, every picture says what it shows.
fn check(page: &str, name: &str) {
    let elements = elements(page);
    let mut ids = HashSet::new();
    for (tag, attributes) in &elements {
        assert!(
            !matches!(&**tag, "script" | "link" | "iframe" | "img" | "object"),
            "{name}: {tag}"
        );
        for (key, value) in attributes {
            assert!(!key.starts_with("on"), "{name}: {tag} has {key}");
            assert!(!matches!(&**key, "src" | "href" | "style"), "{name}: {tag} has {key}={value}");
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
    assert_eq!(count("desc"), count("svg"), "{name}");
    assert_eq!(count("figure"), count("svg"), "{name}");
    assert_eq!(count("caption"), count("table"), "{name}");
    assert!(!page.contains("url(") && !page.contains("@import"), "{name}");
    assert!(!page.contains("NaN") && !page.contains(">inf<"), "{name}");
}

#[test]
fn every_shipped_scenario_has_a_page_and_charts_that_stand_alone() {
    for path in shipped() {
        let name = path.display().to_string();
        let folder = tempfile::tempdir().unwrap();
        let (page, charts) = (folder.path().join("page.html"), folder.path().join("charts"));
        let (page_name, charts_name) = (page.to_str().unwrap(), charts.to_str().unwrap());
        let arguments = ["--scenario", &name, "-o", page_name, "--charts", charts_name];
        let (done, _, told) = run(&arguments);
        assert!(done, "{name}: {told}");
        let text = fs::read_to_string(&page).unwrap();
        check(&text, &name);
        let drawn: Vec<_> =
            fs::read_dir(&charts).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(drawn.len(), text.matches("<svg").count(), "{name}");
        assert!(drawn.len() >= 9, "{name}: {drawn:?}");
        for chart in drawn {
            let svg = fs::read_to_string(&chart).unwrap();
            let document = roxmltree::Document::parse(&svg).unwrap();
            let root = document.root_element();
            assert_eq!(root.tag_name().namespace(), Some("http://www.w3.org/2000/svg"));
            let words = |tag: &str| {
                let node = root
                    .children()
                    .find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", tag)));
                node.and_then(|node| node.text()).unwrap_or_default().len()
            };
            assert!(words("title") > 5 && words("desc") > 5, "{}", chart.display());
            assert!(svg.contains("Source: "), "{}", chart.display());
        }
        // The same inputs, the same bytes; and the status of the tariff comes first.
        let again = folder.path().join("again.html");
        assert!(run(&["--scenario", &name, "-o", again.to_str().unwrap()]).0);
        assert!(fs::read_to_string(again).unwrap() == text, "{name}");
        let first = text.split("class=\"short\">").nth(1).unwrap();
        assert!(first.starts_with("<strong>The tariff</strong> of "), "{name}");
    }
}

#[test]
fn the_first_paragraph_lets_no_number_decide() {
    let pakistan = shipped().into_iter().find(|p| p.ends_with("pakistan-2000mw.toml")).unwrap();
    let page = page_of(&fs::read_to_string(pakistan).unwrap());
    let paragraph = page.split("class=\"short\">").nth(1).unwrap().split("</p>").next().unwrap();
    for said in [
        "hypothetical",
        "P5–P95",
        "does not pay back",
        "it would turn at",
        "gains or loses by the reference",
        "22.98 PKR/kWh, the tariff itself",
        "The state&#39;s budget",
        "Foreign exchange",
        "Other consumers",
        "The nation",
        "grid&#39;s stated average the same energy would be",
        "net worldwide",
    ] {
        assert!(paragraph.contains(said), "no `{said}` in {paragraph}");
    }
    // Of whom a scenario without a ledger knows nothing is said.
    let page = page_of("power_mw = 5\ntariff = \"0.05 USD/kWh\"\n");
    for said in ["Not answered here", "other consumers", "is not given"] {
        assert!(page.contains(said), "no `{said}`");
    }
    assert!(!page.contains("ledger-inputs"));
}

#[test]
fn one_key_is_a_page_that_says_what_is_missing() {
    let page = page_of("power_mw = 2000\n");
    check(&page, "one key");
    for said in [
        "2,000 MW of Bitcoin mining",
        "is not given, so neither cost nor profit can be told",
        "not given: the tariff of",
        "Profit against the size of the budget, energy only: no tariff is given",
        "not known",
    ] {
        assert!(page.contains(said), "no `{said}`");
    }
    assert!(page.matches("<svg").count() >= 6);
    // A tariff in dollars, no other prices: a result before capital.
    let page = page_of("power_mw = 5\ntariff = \"0.05 USD/kWh\"\n");
    check(&page, "with a tariff");
    assert!(page.contains("before any capital") && page.contains("there is no net present value"));
    check(&page_of("power_mw = 1e-9\ntariff = \"-1 USD/MWh\"\n"), "all but nothing");
    check(&page_of("power_mw = 3000000\ntariff = \"0 USD/kWh\"\n"), "far too much");
}

#[test]
fn text_of_a_scenario_stays_text() {
    let hostile = r#"</title><script>alert(1)</script> ]]> \u0000\u001b[31m \u202Egnp.exe \" ' & <!-- --> \u2028"#;
    let scenario = format!(
        "title = \"{hostile}\"\nj_per_th = {{ value = 15, assumed = \"{hostile}\" }}\n\
         tariff = {{ value = \"0.05 USD/kWh\", as_of = \"2026-01\", source = \"{hostile}\" }}\n\
         infrastructure_usd_per_mw = {{ value = 1, assumed = \"{hostile}\" }}\n\
         [[fleet]]\nname = \"{hostile}\"\npower_mw = 5\nusd_per_th = {{ value = 10, assumed = \"{hostile}\" }}\n"
    );
    let page = page_of(&scenario);
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
    let (scenario, page) = (inside("s.toml"), inside("p.html"));
    fs::write(&scenario, "power_mw = 5\n").unwrap();
    fs::write(&page, "mine").unwrap();
    let (done, code, told) = run(&["--scenario", &scenario, "-o", &page]);
    assert!(!done && code == Some(2) && told.contains("--force"), "{told}");
    assert_eq!(fs::read_to_string(&page).unwrap(), "mine");
    assert!(run(&["--scenario", &scenario, "-o", &page, "--force"]).0);
    assert!(fs::read_to_string(&page).unwrap().starts_with("<!DOCTYPE html>"));

    // One chart that is there keeps all of them, and the page, from being written.
    let (charts, other) = (inside("charts"), inside("other.html"));
    fs::create_dir(&charts).unwrap();
    fs::write(inside("charts/supply.svg"), "mine").unwrap();
    let (done, code, told) = run(&["--scenario", &scenario, "-o", &other, "--charts", &charts]);
    assert!(!done && code == Some(2) && told.contains("supply.svg"), "{told}");
    assert_eq!(fs::read_dir(&charts).unwrap().count(), 1);

    // A scenario with a mistake, a folder that is none.
    fs::write(inside("bad.toml"), "power_mw = -5\n").unwrap();
    let (done, code, told) = run(&["--scenario", &inside("bad.toml"), "-o", &other]);
    assert!(!done && code == Some(2) && told.contains("power_mw"), "{told}");
    let (done, code, _) = run(&["--scenario", &scenario, "-o", &inside("none/p.html")]);
    assert!(!done && code == Some(2));
    let (done, code, told) = run(&["--scenario", &scenario]);
    assert!(!done && code == Some(2) && told.contains("--output"), "{told}");
    assert_eq!(names(), ["bad.toml", "charts", "p.html", "s.toml"]);
}

#[test]
fn its_help_has_an_example() {
    let output =
        Command::cargo_bin("hashwatt").unwrap().args(["report", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(help.contains("hashwatt report --scenario examples/"), "{help}");
}
