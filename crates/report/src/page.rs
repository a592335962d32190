//! The page of a study: one HTML file that a browser reads without network and without script.

use super::chart::style::power_unit;
use super::chart::{Chart, ChartError, NoChart, pictures};
use super::study::Study;
use super::table::{self, Table};
use super::untrusted::neutral;
use super::verdict::{Sentence, paragraph, verdicts};
use askama::Template;
use hashwatt::text::plain;

/// Why there is no page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PageError {
    /// A chart.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// The template.
    #[error("the page could not be written: {0}")]
    Template(String),
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    title: String,
    subtitle: String,
    version: &'static str,
    interrupted: Option<String>,
    paragraph: Vec<Sentence>,
    verdicts: Table,
    totals: Table,
    details: Vec<Table>,
    inputs: Table,
    ledger_inputs: Option<Table>,
    /// Whether there is a ledger.
    answered: bool,
    charts: &'a [Chart],
    missing: &'a [NoChart],
    warnings: Vec<String>,
    seed: u64,
    paths: usize,
}

/// A study as one HTML file.
///
/// Text of the scenario is escaped, and characters that would hide or turn the text around them are
/// replaced by a visible mark. The same study gives the same bytes.
///
/// # Errors
/// [`PageError`] where a chart or the template fails; no input makes them.
pub fn page(study: &Study) -> Result<String, PageError> {
    let (charts, missing) = pictures(study)?;
    let rows = verdicts(study);
    let projection = &study.projection;
    let mw = study.snapshot.power.as_mw();
    let (size, unit) = power_unit(mw);
    let power = format!("{} {unit}", plain(mw / size));
    let title = match &study.title {
        Some(title) if !title.trim().is_empty() => neutral(title),
        _ => format!("{power} of Bitcoin mining"),
    };
    let cut = study.ledger.as_ref().filter(|ledger| !ledger.complete);
    let interrupted = match (projection.is_complete(), cut) {
        (true, None) => None,
        (true, Some(ledger)) => {
            Some(format!("Interrupted: the ledger's bands are of {} draws alone.", ledger.samples))
        }
        (false, _) => Some(format!(
            "Interrupted: {} of {} paths were followed. Bands are wider guesses than they look, and what comes \
             after the paths is missing.",
            projection.paths, projection.settings.paths
        )),
    };
    let mut warnings: Vec<String> = Vec::new();
    for warning in projection.warnings.iter().chain(&study.snapshot.warnings) {
        let warning = neutral(warning);
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }
    let ledger = study.ledger.as_ref();
    for warning in ledger.iter().flat_map(|ledger| &ledger.warnings) {
        let warning = neutral(warning);
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }
    let details = [
        rows.first().and_then(table::thresholds),
        Some(table::moment(study)),
        Some(table::break_evens(study)),
        Some(table::years(study)),
        table::variance(study),
    ];
    let page = Page {
        subtitle: format!(
            "{} at the meter, {} J/TH, {} years from {}",
            power,
            plain(study.snapshot.efficiency.value().as_j_per_th()),
            plain(projection.length.as_years()),
            projection.start
        ),
        title,
        version: env!("CARGO_PKG_VERSION"),
        interrupted,
        paragraph: paragraph(study, &rows),
        verdicts: table::verdicts(&rows),
        totals: table::totals(study),
        details: details
            .into_iter()
            .flatten()
            .chain(ledger.map(table::ledger::all).unwrap_or_default())
            .collect(),
        ledger_inputs: ledger.map(table::ledger::inputs),
        answered: ledger.is_some(),
        inputs: table::inputs(study),
        charts: &charts,
        missing: &missing,
        warnings,
        seed: projection.settings.seed,
        paths: projection.paths,
    };
    page.render().map_err(|error| PageError::Template(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{StudySettings, StudyWatch, Subject};
    use hashwatt::econ::{Scenario, Settings};

    fn study(text: &str, paths: usize, most: usize) -> Study {
        let scenario = Scenario::from_toml(text).unwrap();
        let nobody = |_: &str| Err(String::new());
        let case = scenario.case(str::to_owned).unwrap();
        let project = scenario.project_with_files(str::to_owned, nobody).unwrap();
        let settings = StudySettings { paths: Settings { paths, seed: 1 }, samples: 8, draws: 100 };
        let subject = Subject { title: scenario.title.clone(), case, project, ledger: None };
        let watch = StudyWatch { paths: &|done| done < most, samples: &|_| true, draws: &|_| true };
        Study::of(subject, &settings, watch).unwrap()
    }

    const PRICED: &str =
        "title = \"A & <b>\"\npower_mw = 5\nj_per_th = 15\ntariff = \"0.05 USD/kWh\"\n";

    #[test]
    fn a_study_that_was_cut_short_says_so_first() {
        let part = page(&study(PRICED, 400, 32)).unwrap();
        assert!(
            part.contains("class=\"interrupted\"") && part.contains(" of 400 paths were followed")
        );
        assert!(part.contains("interrupted before its turn came"));
        let whole = page(&study(PRICED, 32, 400)).unwrap();
        assert!(!whole.contains("class=\"interrupted\""));
        assert_eq!(whole, page(&study(PRICED, 32, 400)).unwrap());
    }

    #[test]
    fn a_title_is_text_in_the_head_and_in_the_page() {
        let page = page(&study(PRICED, 8, 400)).unwrap();
        assert_eq!(page.matches("A &#38; &#60;b&#62;").count(), 2, "{}", &page[..600]);
        assert!(!page.contains("<b>"));
    }

    #[test]
    fn what_the_page_needs_is_in_no_picture_alone() {
        let study = study(PRICED, 8, 400);
        let (charts, missing) = pictures(&study).unwrap();
        let mut names: Vec<_> = charts.iter().map(|chart| chart.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), charts.len());
        for chart in &charts {
            // Figures stand in words beside every picture, and each axis has its unit.
            assert!(chart.description.chars().any(|c| c.is_ascii_digit()), "{}", chart.name);
            assert!(chart.to_svg().contains(")\n</text>"), "{}", chart.name);
        }
        let reasons: Vec<_> = missing.iter().map(|no| no.reason.as_str()).collect();
        assert!(reasons.iter().all(|reason| !reason.is_empty()), "{missing:?}");
    }
}
