//! The page of a scenario: one HTML file with a summary on the first sheet, figures, sources and annexes. It needs
//! neither network nor scripts.

mod annex;
mod assumptions;
mod bullets;
mod context;
mod figures;
mod front;
#[cfg(test)]
mod tests;
mod words;

use super::figures::{Table, missing_text};
use super::untrusted::sanitize;
use super::{EstimateReport, LedgerReport, ProjectionReport, SensitivityReport};
use crate::csv::{csv_table, csv_text};
use annex::{InputOfPage, Inputs};
use askama::Template;
use assumptions::Assumptions;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use context::Context;
use figures::{Body, OmittedFigure, PageFigure};
use front::Front;
use hashwatt::econ::result::Outcome;
use hashwatt::econ::view::Study;
use hashwatt::econ::view::headline::Headline;
use hashwatt::econ::view::tariff::TariffCurve;
use std::borrow::Cow;

/// The page could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the page could not be written: {0}")]
pub struct PageError(String);

/// Metadata of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAbout {
    /// Date of creation.
    pub created: jiff::civil::Date,
    /// SHA-256 of the scenario's text, hexadecimal.
    pub scenario_sha256: String,
    /// Settings in addition to the scenario file, as `key=value`.
    pub settings: Vec<String>,
}

/// The parts of a page.
#[derive(Clone, Copy)]
pub struct PageParts<'a> {
    /// The scenario.
    pub study: &'a Study,
    /// The figures of the steady year.
    pub steady: &'a Outcome,
    /// The figures over time.
    pub outcome: &'a Outcome,
    /// The verdicts: who gains and who pays.
    pub headline: &'a Headline,
    /// The results of the parties at other tariffs.
    pub curve: Option<&'a TariffCurve>,
    /// Tables of the steady year.
    pub estimate: &'a EstimateReport,
    /// Tables over time.
    pub projection: &'a ProjectionReport,
    /// Tables of parties and flows.
    pub ledger: &'a LedgerReport,
    /// The sensitivity analysis, if requested.
    pub sensitivity: Option<&'a SensitivityReport>,
    /// Metadata: date, hash and settings.
    pub about: &'a PageAbout,
}

/// With fewer paths, a warning says that shares of 100 are rough.
const MIN_PATHS_FOR_SHARES: usize = 200;
/// Maximum length of the title in the footer of each sheet, in characters.
const MAX_FOOTER_TITLE_CHARS: usize = 60;

/// A data file of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageFile {
    /// Name, such as `figure-1.csv`.
    pub name: String,
    /// Contents.
    pub text: String,
}

/// Sources that many figures share, and the first figure that names them.
struct SharedSources {
    sources: Vec<String>,
    named_in: Option<usize>,
}

/// A figure with its number.
struct NumberedFigure {
    number: usize,
    figure: PageFigure,
    sources: String,
    csv: String,
    svg: Option<String>,
}

impl NumberedFigure {
    /// `shared` are the sources of the project, which the first figure that uses them names in full.
    fn new(
        number: usize,
        figure: PageFigure,
        shared: &mut SharedSources,
    ) -> Result<Self, PageError> {
        let mut sources = figure.sources.clone();
        if figure.uses_project_inputs {
            match shared.named_in {
                Some(first) => sources.insert(0, format!("as in Figure {first}")),
                None => {
                    shared.named_in = Some(number);
                    sources.extend(shared.sources.iter().cloned());
                }
            }
        }
        let sources = sources.join("; ");
        let csv = table_text(&figure.data)?;
        let svg = match &figure.body {
            Body::Charts(pictures) => Some(pictures[0].to_svg_file(&figure.message)),
            Body::Table(_) => None,
        };
        Ok(Self { number, figure, sources, csv, svg })
    }

    /// The pictures of both widths, each with its CSS class.
    fn pictures(&self) -> Vec<(&'static str, &crate::chart::Picture)> {
        match &self.figure.body {
            Body::Charts(pictures) => vec![("w", &pictures[0]), ("n", &pictures[1])],
            Body::Table(_) => Vec::new(),
        }
    }

    fn table(&self) -> &str {
        match &self.figure.body {
            Body::Charts(_) => "",
            Body::Table(html) => html,
        }
    }

    fn csv_link(&self) -> String {
        data_url("text/csv", &self.csv)
    }

    fn svg_link(&self) -> String {
        self.svg.as_ref().map_or_else(String::new, |svg| data_url("image/svg+xml", svg))
    }

    fn description(&self) -> String {
        let headers =
            self.figure.data.first().map_or_else(String::new, |headers| headers.join(", "));
        format!(
            "{}. {} rows of data: {headers}.",
            self.figure.short,
            self.figure.data.len().saturating_sub(1)
        )
    }
}

struct NumberedChapter {
    number: usize,
    title: &'static str,
    figures: Vec<NumberedFigure>,
}

/// A table of an annex with its unique identifier.
struct TableOfPage<'a> {
    id: String,
    table: &'a Table,
    /// Whether it is shown on screen only, because it is long.
    is_long: bool,
}

impl TableOfPage<'_> {
    fn missing(&self, keys: &[String]) -> String {
        missing_text(keys)
    }

    /// The number of columns after the labels.
    fn width(&self) -> usize {
        self.table.columns.len() + usize::from(self.table.has_units())
    }

    fn text(&self, text: &str) -> String {
        words::typographic(text)
    }

    /// Whether two such tables fit side by side on paper.
    fn is_slim(&self) -> bool {
        !self.table.has_words() && self.table.columns.len() <= 2
    }
}

struct Group<'a> {
    title: &'static str,
    tables: Vec<TableOfPage<'a>>,
}

#[derive(Template)]
#[template(path = "page.html")]
struct PageTemplate<'a> {
    title: String,
    version: &'static str,
    created: String,
    hash: &'a str,
    short_hash: &'a str,
    settings: String,
    options: String,
    footer: String,
    paths: usize,
    seed: u64,
    samples: Option<usize>,
    interrupted: bool,
    front: Front,
    first: Option<NumberedFigure>,
    omitted: Vec<OmittedFigure>,
    assumptions: Assumptions,
    warnings: Vec<String>,
    chapters: Vec<NumberedChapter>,
    groups: Vec<Group<'a>>,
    inputs: Inputs,
    inputs_link: String,
}

impl PageTemplate<'_> {
    /// The number of the figure with a key.
    fn number_of(&self, key: &Option<&'static str>) -> Option<usize> {
        let key = (*key)?;
        let all = self.chapters.iter().flat_map(|chapter| &chapter.figures).chain(&self.first);
        all.into_iter().find(|numbered| numbered.figure.key == key).map(|numbered| numbered.number)
    }
}

/// A file as a data URL.
fn data_url(kind: &str, text: &str) -> String {
    format!("data:{kind};charset=utf-8;base64,{}", STANDARD.encode(text))
}

fn table_text(rows: &[Vec<String>]) -> Result<String, PageError> {
    let [headers, rows @ ..] = rows else { return Ok(String::new()) };
    let cells = rows.iter().map(|row| {
        row.iter()
            .map(|cell| match cell.parse::<f64>() {
                // A number is not a formula, even with a sign.
                Ok(_) => Cow::Owned(cell.clone()),
                Err(_) => Cow::Owned(csv_text(cell).into_owned()),
            })
            .collect::<Vec<Cow<'_, str>>>()
    });
    csv_table(headers, cells).map_err(|error| PageError(error.to_string()))
}

/// A date such as `30 November 2026`.
fn long_date(date: jiff::civil::Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS.get(usize::from(date.month().unsigned_abs()).wrapping_sub(1)).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}

/// A text that is safe between double quotes in a style sheet.
fn css_text(text: &str) -> String {
    let letter = |letter: char| match letter {
        '"' | '\\' | '<' | '>' | '&' | '\'' => ' ',
        other => other,
    };
    sanitize(text).chars().map(letter).collect()
}

/// The page of a scenario, with its figures drawn.
pub struct Page<'a> {
    template: PageTemplate<'a>,
    inputs: String,
}

impl<'a> Page<'a> {
    /// Draws a page. Text of the scenario is escaped, and characters that could hide or reorder the surrounding text
    /// are replaced by a visible mark. Equal parts give an identical page.
    ///
    /// # Errors
    /// Returns [`PageError`] if the CSV writer fails; no input causes this.
    pub fn new(parts: PageParts<'a>) -> Result<Self, PageError> {
        let PageParts { study, projection, ledger, estimate, sensitivity, about, .. } = parts;
        let context = Context {
            study,
            estimate: parts.steady,
            outcome: parts.outcome,
            headline: parts.headline,
            curve: parts.curve,
        };
        let head = projection.0.head();
        let title = match &head.title {
            Some(title) if !title.trim().is_empty() => sanitize(title),
            _ => "Bitcoin mining".to_owned(),
        };
        let mut number = 0;
        let mut shared =
            SharedSources { sources: figures::project_sources(&context), named_in: None };
        let mut next = |figure: PageFigure| {
            number += 1;
            NumberedFigure::new(number, figure, &mut shared)
        };
        let mut omitted = Vec::new();
        let first = match figures::first(&context) {
            Ok(figure) => Some(next(figure)?),
            Err(reason) => {
                omitted.push(reason);
                None
            }
        };
        let mut chapters: Vec<NumberedChapter> = Vec::new();
        for chapter in figures::chapters(&context, sensitivity) {
            let mut figures = Vec::new();
            for figure in chapter.figures {
                match figure {
                    Ok(figure) => figures.push(next(figure)?),
                    Err(reason) => omitted.push(reason),
                }
            }
            if !figures.is_empty() {
                // The assumptions are the first chapter.
                let (number, title) = (chapters.len() + 2, chapter.title);
                chapters.push(NumberedChapter { number, title, figures });
            }
        }
        let mut warnings: Vec<String> = Vec::new();
        let documents = [&estimate.0, &projection.0, &ledger.0];
        for warning in documents.into_iter().flat_map(|document| &document.head().warnings) {
            let text = words::typographic(&sanitize(&warning.text));
            if !warnings.contains(&text) {
                warnings.push(text);
            }
        }
        if (1..MIN_PATHS_FOR_SHARES).contains(&parts.outcome.paths) {
            warnings.insert(
                0,
                format!(
                    "only {} paths: shares of 100 paths and the verdicts based on them are rough",
                    parts.outcome.paths
                ),
            );
        }
        let complete = projection.is_complete() && ledger.is_complete();
        let short_hash = about.scenario_sha256.get(..12).unwrap_or(&about.scenario_sha256);
        let footer = css_text(&format!(
            "hashwatt {} · {} · {} · sha256:{short_hash} · seed {}",
            env!("CARGO_PKG_VERSION"),
            title.chars().take(MAX_FOOTER_TITLE_CHARS).collect::<String>(),
            about.created,
            parts.outcome.seed
        ));
        let inputs = table_text(&annex::input_data(&context))?;
        let template = PageTemplate {
            title,
            version: env!("CARGO_PKG_VERSION"),
            created: long_date(about.created),
            hash: &about.scenario_sha256,
            short_hash,
            settings: sanitize(&about.settings.join(", ")),
            options: about
                .settings
                .iter()
                .map(|set| format!(" --set \"{}\"", sanitize(set)))
                .collect(),
            footer,
            paths: parts.outcome.requested,
            seed: parts.outcome.seed,
            samples: sensitivity.map(|found| found.samples_asked),
            interrupted: !complete || sensitivity.is_some_and(|found| !found.complete),
            front: front::front(&context),
            first,
            omitted,
            assumptions: assumptions::assumptions(&context),
            warnings,
            chapters,
            groups: vec![
                group("A steady year", "estimate", &estimate.0.tables),
                group("Over time", "projection", &projection.0.tables),
                group("Parties and flows", "ledger", &ledger.0.tables),
            ],
            inputs: annex::inputs(&context),
            inputs_link: data_url("text/csv", &inputs),
        };
        Ok(Self { template, inputs })
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// Returns [`PageError`] if the template fails; no input causes this.
    pub fn html(&self) -> Result<String, PageError> {
        self.template.render().map_err(|error| PageError(error.to_string()))
    }

    /// The data files of the page: data and chart of every figure, and all inputs.
    pub fn files(&self) -> Vec<PageFile> {
        let template = &self.template;
        let all = template.first.iter().chain(template.chapters.iter().flat_map(|c| &c.figures));
        let mut files = Vec::new();
        for numbered in all {
            let name = |end: &str| format!("figure-{}.{end}", numbered.number);
            files.push(PageFile { name: name("csv"), text: numbered.csv.clone() });
            if let Some(svg) = &numbered.svg {
                files.push(PageFile { name: name("svg"), text: svg.clone() });
            }
        }
        files.push(PageFile { name: "inputs.csv".to_owned(), text: self.inputs.clone() });
        files
    }
}

/// The tables of an annex. Tables by year, by month or by choice are long; figures and data files also have their
/// contents.
fn group<'a>(title: &'static str, id: &'static str, tables: &'a [Table]) -> Group<'a> {
    let by_choice = ["network", "variants", "switching_values", "uses"];
    let tables = tables.iter().map(|table| TableOfPage {
        id: format!("{id}-{}", table.key),
        is_long: by_choice.contains(&table.key.as_str())
            || table.columns.last().is_some_and(|last| last == "all")
            // In a transposed table, years are rows.
            || table.rows.last().is_some_and(|row| row.label == "all")
            // Missing inputs are listed in the annex of inputs.
            || table.rows.iter().all(|row| row.cells.is_err()),
        table,
    });
    Group { title, tables: tables.collect() }
}

/// The page of a scenario as HTML.
///
/// # Errors
/// Returns [`PageError`] as [`Page::new`] and [`Page::html`] do.
pub fn page(parts: PageParts) -> Result<String, PageError> {
    Page::new(parts)?.html()
}

impl InputOfPage {
    /// Whether the key is shown below the name.
    fn shows_key(&self) -> bool {
        !self.key.is_empty()
    }
}
