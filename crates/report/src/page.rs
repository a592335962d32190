//! The page of a scenario: one HTML file of plain tables that a browser reads without network and script.

use super::figures::{Table, missing_words};
use super::untrusted::neutral;
use super::{EstimateReport, LedgerReport, ProjectionReport, SensitivityReport};
use askama::Template;

/// Why there is no page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the page could not be written: {0}")]
pub struct PageError(String);

/// What a page is made of.
#[derive(Clone, Copy, Debug)]
pub struct PageParts<'a> {
    /// The steady year.
    pub estimate: &'a EstimateReport,
    /// Over time.
    pub projection: &'a ProjectionReport,
    /// Who gains and who pays.
    pub ledger: &'a LedgerReport,
    /// What the result depends on, where that was asked for.
    pub sensitivity: Option<&'a SensitivityReport>,
}

struct Section<'a> {
    id: &'static str,
    title: &'static str,
    words: String,
    tables: Vec<TableOfPage<'a>>,
}

/// A table with an identifier that no other has.
struct TableOfPage<'a> {
    id: String,
    table: &'a Table,
}

impl TableOfPage<'_> {
    fn missing(&self, keys: &[String]) -> String {
        missing_words(keys)
    }

    /// How many columns follow the labels.
    fn width(&self) -> usize {
        self.table.columns.len() + usize::from(self.table.has_units())
    }
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    title: String,
    version: &'static str,
    interrupted: bool,
    warnings: Vec<String>,
    sections: Vec<Section<'a>>,
}

fn section<'a>(
    id: &'static str,
    title: &'static str,
    words: String,
    tables: impl IntoIterator<Item = &'a Table>,
) -> Section<'a> {
    let tables =
        tables.into_iter().map(|table| TableOfPage { id: format!("{id}-{}", table.key), table });
    Section { id, title, words, tables: tables.collect() }
}

/// A scenario's results as one HTML file.
///
/// Text of the scenario is escaped, and characters that would hide or turn the text around them are replaced
/// by a visible mark. The same parts give the same bytes.
///
/// # Errors
/// [`PageError`] where the template fails; no input makes it.
pub fn page(parts: PageParts) -> Result<String, PageError> {
    let PageParts { estimate, projection, ledger, sensitivity } = parts;
    let head = projection.0.head();
    let title = match &head.title {
        Some(title) if !title.trim().is_empty() => neutral(title),
        _ => "Bitcoin mining".to_owned(),
    };
    let mut warnings: Vec<String> = Vec::new();
    for warning in
        [&estimate.0, &projection.0, &ledger.0].into_iter().flat_map(|d| &d.head().warnings)
    {
        let text = neutral(&warning.text);
        if !warnings.contains(&text) {
            warnings.push(text);
        }
    }
    let of_sensitivity = sensitivity.map(SensitivityReport::tables);
    let inputs = head.inputs_table();
    let mut sections = vec![
        section("estimate", "At one moment", String::new(), &estimate.0.tables),
        section("projection", "Over time", projection.0.words(), &projection.0.tables),
        section("ledger", "Who gains and who pays", ledger.0.words(), &ledger.0.tables),
    ];
    if let Some(tables) = &of_sensitivity {
        sections.push(section("sensitivity", "What it depends on", String::new(), tables));
    }
    let about = "Published: with a date and a source. Assumed: taken for want of a published value. User reported: \
                 given by whoever wrote the scenario.";
    sections.push(section("sources", "Inputs and sources", about.to_owned(), [&inputs]));
    let complete = projection.is_complete() && ledger.is_complete();
    let page = Page {
        title,
        version: env!("CARGO_PKG_VERSION"),
        interrupted: !complete || sensitivity.is_some_and(|found| !found.complete),
        warnings,
        sections,
    };
    page.render().map_err(|error| PageError(error.to_string()))
}
