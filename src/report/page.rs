//! The page of a study: one HTML file that a browser reads without network and without script.

use super::chart::{Chart, Fault, NoChart, pictures};
use super::study::Study;
use super::table::{self, Table};
use super::text::plain;
use super::untrusted::neutral;
use super::verdict::{Sentence, paragraph, verdicts};
use askama::Template;

/// Why there is no page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PageError {
    /// A chart.
    #[error(transparent)]
    Chart(#[from] Fault),
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
    let title = match &study.title {
        Some(title) if !title.trim().is_empty() => neutral(title),
        _ => format!("{} MW of Bitcoin mining", plain(mw)),
    };
    let interrupted = (!projection.is_complete()).then(|| {
        format!(
            "Interrupted: {} of {} paths were followed. Bands are wider guesses than they look, and what comes \
             after the paths is missing.",
            projection.paths, projection.settings.paths
        )
    });
    let mut warnings: Vec<String> = Vec::new();
    for warning in projection.warnings.iter().chain(&study.snapshot.warnings) {
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
            "{} MW at the meter, {} J/TH, {} years from {}",
            plain(mw),
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
        details: details.into_iter().flatten().collect(),
        inputs: table::inputs(study),
        charts: &charts,
        missing: &missing,
        warnings,
        seed: projection.settings.seed,
        paths: projection.paths,
    };
    page.render().map_err(|error| PageError::Template(error.to_string()))
}
