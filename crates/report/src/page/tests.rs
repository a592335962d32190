//! Tests of the pages of the shipped scenarios.

use super::figures::Body;
use super::*;
use hashwatt::econ::scenario::Scenario;
use hashwatt::econ::simulate::Paths;
use hashwatt::econ::view::headline::{HeadlineParty, Verdict};
use std::path::{Path, PathBuf};

/// Few paths: the tested properties do not depend on their number.
const PATHS: Paths = Paths { count: 12, seed: 1 };
/// Maximum number of words before the first figure, and of the summary sentence with the bullets.
const MAX_WORDS: [usize; 2] = [380, 120];

/// A page with its inputs and parts.
struct TestPage {
    headline: Headline,
    curve: Option<TariffCurve>,
    html: String,
    pictures: Vec<(String, crate::chart::Picture)>,
    equations: Vec<String>,
    files: Vec<PageFile>,
}

fn page_of(scenario: Scenario) -> TestPage {
    page_of_resolved(scenario.resolve().unwrap())
}

fn page_of_resolved(resolved: hashwatt::econ::scenario::Resolved) -> TestPage {
    let study = Study::new(resolved).unwrap();
    let outcome = study.simulate(PATHS, &|_| true).unwrap();
    let steady = study.estimate().unwrap();
    let switching = study.switching_values(&Headline::figures(&outcome), &|_| true).unwrap();
    let headline = Headline::new(&outcome, &switching);
    let curve = study.tariff_curve(PATHS, &|_| true).unwrap();
    let about = PageAbout {
        created: jiff::civil::date(2026, 11, 30),
        scenario_sha256: "ab".repeat(32),
        settings: Vec::new(),
    };
    let estimate = EstimateReport::new(&study, &steady);
    let projection = ProjectionReport::new(&study, &outcome, &[], &[]);
    let ledger = LedgerReport::new(&study, &outcome, &[], &switching);
    let parts = PageParts {
        study: &study,
        steady: &steady,
        outcome: &outcome,
        headline: &headline,
        curve: curve.as_ref(),
        estimate: &estimate,
        projection: &projection,
        ledger: &ledger,
        sensitivity: None,
        about: &about,
    };
    let page = Page::new(parts).unwrap();
    let (html, files) = (page.html().unwrap(), page.files());
    let template = &page.template;
    let all = || {
        template.first.iter().chain(template.chapters.iter().flat_map(|chapter| &chapter.figures))
    };
    let mut pictures = Vec::new();
    for numbered in all() {
        if let Body::Charts(charts) = &numbered.figure.body {
            let name = numbered.figure.message.clone();
            pictures.extend(charts.iter().map(|picture| (name.clone(), picture.clone())));
        }
    }
    let equations = all().map(|numbered| numbered.figure.equations.clone()).collect();
    TestPage { headline: headline.clone(), curve: curve.clone(), html, pictures, equations, files }
}

fn shipped_scenarios() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/scenarios");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect()
}

fn texts(node: roxmltree::Node, out: &mut Vec<String>) {
    if node.has_tag_name("svg") || node.has_tag_name("style") || node.has_tag_name("head") {
        return;
    }
    if let Some(text) = node.text().filter(|_| node.is_text()) {
        out.push(text.to_owned());
    }
    node.children().for_each(|child| texts(child, out));
}

fn words(node: roxmltree::Node) -> String {
    let mut found = Vec::new();
    texts(node, &mut found);
    found.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn count(text: &str) -> usize {
    text.split(' ').filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// The texts of the elements that answer a question.
fn answers(document: &roxmltree::Document, question: &str) -> Vec<String> {
    let elements =
        document.descendants().filter(|n| n.attribute("data-question") == Some(question));
    elements.map(words).collect()
}

#[test]
fn first_sheet_answers_four_questions_within_the_word_limit() {
    for path in shipped_scenarios() {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let page = page_of(Scenario::load(&path).unwrap());
        let xml = page.html.replace("<!DOCTYPE html>", "");
        let document = roxmltree::Document::parse(&xml).unwrap();
        // Everything before the first figure.
        let one = document
            .descendants()
            .find(|node| node.attribute("class") == Some("one"))
            .unwrap_or_else(|| panic!("{name}"));
        let before = one.children().take_while(|child| !child.has_tag_name("figure"));
        let before: Vec<String> = before.map(words).collect();
        assert!(count(&before.join(" ")) <= MAX_WORDS[0], "{name}: {}", count(&before.join(" ")));
        let bullets = one.children().find(|n| n.attribute("class") == Some("three")).unwrap();
        assert_eq!(
            bullets.children().filter(|child| child.has_tag_name("li")).count(),
            3,
            "{name}"
        );
        let sentence = answers(&document, "who-pays");
        let text = format!("{} {}", sentence[0], words(bullets));
        assert!(count(&text) <= MAX_WORDS[1], "{name}: {}: {text}", count(&text));

        // One result for each question.
        let operator = page.headline.row(HeadlineParty::Operator).unwrap();
        let verdict = operator.verdict.unwrap().to_string();
        let pays = answers(&document, "does-it-pay");
        assert!(pays.len() == 1 && pays[0].ends_with(&verdict), "{name}: {pays:?}");
        assert_eq!(sentence.len(), 1, "{name}");
        let known = page.headline.rows.iter().filter(|row| row.value.is_ok());
        for row in known.filter(|row| {
            matches!(
                row.party,
                HeadlineParty::Operator | HeadlineParty::PowerSystem | HeadlineParty::Nation
            )
        }) {
            assert!(
                sentence[0].to_lowercase().contains(row.party.phrase()),
                "{name}: {sentence:?}"
            );
        }
        let switching = answers(&document, "what-would-turn-it");
        assert_eq!(switching.len(), HeadlineParty::ALL.len(), "{name}");
        match operator.switching_values.first() {
            Some(_) => {
                assert!(switching[0].starts_with("Changes sign if "), "{name}: {switching:?}")
            }
            None => assert!(switching[0].starts_with("No single input"), "{name}: {switching:?}"),
        }
        let shares = answers(&document, "how-sure");
        let positive = operator.value.as_ref().unwrap().positive.unwrap();
        let part = if operator.verdict.unwrap().sign() < 0 { 1.0 - positive } else { positive };
        let expected = match part * 100.0 {
            n if n >= 99.5 => "more than 99 of 100".to_owned(),
            n => format!("{n:.0} of 100"),
        };
        assert!(shares[0].contains(&expected), "{name}: {shares:?} {expected}");
    }
}

#[test]
fn charts_of_shipped_scenarios_have_no_layout_faults() {
    for path in shipped_scenarios() {
        let page = page_of(Scenario::load(&path).unwrap());
        assert!(page.pictures.len() >= 6, "{}", path.display());
        for (message, picture) in &page.pictures {
            let faults = picture.faults();
            assert!(
                faults.is_empty(),
                "{} {message} {}: {faults:?}",
                path.display(),
                picture.width
            );
        }
        assert!(page.equations.iter().all(|names| names.starts_with('M')), "{}", path.display());
    }
}

#[test]
fn pages_name_no_local_files_and_have_complete_data_files() {
    for path in shipped_scenarios() {
        let page = page_of(Scenario::load(&path).unwrap());
        let xml = page.html.replace("<!DOCTYPE html>", "");
        let document = roxmltree::Document::parse(&xml).unwrap();
        let text = words(document.root_element());
        for ending in [".toml", ".csv", ".rs", ".md", ".json", "/work", "/home", "examples/"] {
            let place = text.find(ending).map(|at| text[..at + ending.len()].chars().rev());
            let before: Option<String> = place.map(|letters| letters.take(60).collect());
            let before = before.map(|reversed| reversed.chars().rev().collect::<String>());
            assert_eq!(before, None, "{}", path.display());
        }
        assert!(page.files.iter().any(|file| file.name == "inputs.csv"));
        for file in page.files.iter().filter(|file| file.name.ends_with(".csv")) {
            let rows = file.text.lines().count();
            assert!(rows > 1, "{}: {}", path.display(), file.name);
            // A negative number must not be quoted as a text.
            assert!(!file.text.contains("'-"), "{}: {}", path.display(), file.name);
        }
        for file in page.files.iter().filter(|file| file.name.ends_with(".svg")) {
            roxmltree::Document::parse(&file.text).unwrap();
        }
    }
}

#[test]
fn title_of_the_first_figure_names_the_crossing_of_the_curve() {
    let path = shipped_scenarios()
        .into_iter()
        .find(|path| path.ends_with("pakistan-2000mw.toml"))
        .unwrap();
    let page = page_of(Scenario::load(path).unwrap());
    let curve = page.curve.unwrap();
    let crossing =
        crate::figures::three_digits(curve.crossing(HeadlineParty::PowerSystem).unwrap().tariff);
    let title = &page.pictures[0].0;
    assert!(title.contains(&crossing), "{title}: {crossing}");
}

#[test]
fn page_without_a_tariff_names_the_missing_input() {
    let page = page_of(Scenario::from_toml("power_mw = 5\n").unwrap());
    assert!(page.html.contains("because the scenario does not give tariff"));
    assert!(page.headline.rows.iter().all(|row| row.verdict.is_none()));
    assert!(page.html.contains("Figures not shown:") && page.curve.is_none());
    assert_ne!(Some(Verdict::Gains), page.headline.rows[0].verdict);
}

#[test]
fn bullet_of_a_very_expensive_bitcoin_is_in_dollars() {
    let text = "power_mw = 500000\ntariff = \"0.03 USD/kWh\"\ninfrastructure_usd_per_mw = 430000\n\
                machine_price_usd_per_th_s = 8\n[project]\nyears = 1\n";
    let page = page_of(Scenario::from_toml(text).unwrap());
    let bullets = page.html.split("<ul class=\"three\">").nth(1).unwrap();
    let bullets = bullets.split("</ul>").next().unwrap();
    // Millions of dollars each, shown without a scale.
    assert!(
        bullets.contains(",000,000</span>\u{a0}USD") || bullets.contains("0,000</span>\u{a0}USD"),
        "{bullets}"
    );
}

#[test]
fn negative_energy_price_is_covered_by_every_machine() {
    let text = "power_mw = 5\ntariff = \"-0.02 USD/kWh\"\ninfrastructure_usd_per_mw = 430000\n\
                machine_price_usd_per_th_s = 8\n[project]\nyears = 1\n";
    let page = page_of(Scenario::from_toml(text).unwrap());
    assert!(page.html.contains("every machine covers its energy cost"));
    assert!(!page.html.contains("no machine covers"));
}

#[test]
fn date_is_written_out_and_footer_text_cannot_end_its_quotes() {
    assert_eq!(long_date(jiff::civil::date(2026, 11, 30)), "30 November 2026");
    assert_eq!(css_text("a\"b\\c</style>"), "a b c /style ");
}

/// Cheap nights, evenings too expensive to run, and a share on standby.
#[test]
fn hours_with_different_prices_have_a_figure_in_both_widths() {
    let text = "power_mw = 5\ninfrastructure_usd_per_mw = 430000\nmachine_price_usd_per_th_s = 8\n\
                [project]\nyears = 1\n[scarcity]\nstandby_share = 0.02\n[hours]\n";
    let rows = (1..=12).flat_map(|month| (0..24).map(move |hour| (month, hour)));
    let days =
        rows.fold("month,day,weight,hour,Price (USD/MWh)\n".to_owned(), |text, (month, hour)| {
            let price = if hour >= 18 { 900 + 10 * month } else { hour * month / 2 - 12 };
            format!("{text}{month},all,1,{hour},{price}\n")
        });
    let scenario = Scenario::from_toml(&format!("{text}prices = \"p.csv\"\n")).unwrap();
    let page = page_of_resolved(scenario.resolve_with_files(move |_| Ok(days.clone())).unwrap());
    let own = page.pictures.iter().filter(|(message, _)| message.contains("machines run in"));
    let own: Vec<_> = own.collect();
    assert_eq!(own.len(), 2);
    for (message, picture) in own {
        assert!(message.contains("of 8,760 hours at"), "{message}");
        assert_eq!(picture.faults(), Vec::<String>::new());
        let label = |text: &str| picture.labels.iter().any(|label| label.text == text);
        assert!(label("running") && label("on standby") && !label("stopped"));
    }
    assert!(page.files.iter().any(|file| file.text.contains("decile 10,876,")));
    // If all hours have the same price, there is no such figure.
    let flat = page_of(Scenario::from_toml(&format!("tariff = \"50 USD/MWh\"\n{text}")).unwrap());
    assert!(!flat.html.contains("Hours of operation") && !flat.html.contains("machines run in"));
}
