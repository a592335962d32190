//! The page of a scenario: one HTML file that answers on its first sheet, with figures, sources and annexes; a
//! browser shows and prints it without network and script.

mod annex;
mod assumptions;
mod bullets;
mod context;
mod figures;
mod front;
#[cfg(test)]
mod tests;
mod words;

use super::figures::{Table, missing_words};
use super::untrusted::neutral;
use super::{EstimateReport, LedgerReport, ProjectionReport, SensitivityReport};
use crate::csv::{csv_table, csv_text};
use annex::{InputOfPage, Inputs};
use askama::Template;
use assumptions::Assumptions;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use context::Context;
use figures::{Body, LeftOut, PageFigure};
use front::Front;
use hashwatt::econ::result::Outcome;
use hashwatt::econ::view::Study;
use hashwatt::econ::view::headline::Headline;
use hashwatt::econ::view::tariff::TariffCurve;
use std::borrow::Cow;

/// Why there is no page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the page could not be written: {0}")]
pub struct PageError(String);

/// What a page says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAbout {
    /// The day on which it was made.
    pub created: jiff::civil::Date,
    /// SHA-256 of the scenario's text, in hexadecimal.
    pub scenario_sha256: String,
    /// What was set beside the scenario's file, as `key=value`.
    pub settings: Vec<String>,
}

/// What a page is made of.
#[derive(Clone, Copy)]
pub struct PageParts<'a> {
    /// The scenario.
    pub study: &'a Study,
    /// The figures of the steady year.
    pub steady: &'a Outcome,
    /// The figures over time.
    pub outcome: &'a Outcome,
    /// Who gains and who pays.
    pub headline: &'a Headline,
    /// What the parties have at other tariffs.
    pub curve: Option<&'a TariffCurve>,
    /// Tables of the steady year.
    pub estimate: &'a EstimateReport,
    /// Tables over time.
    pub projection: &'a ProjectionReport,
    /// Tables of parties and flows.
    pub ledger: &'a LedgerReport,
    /// What the result depends on, where that was asked for.
    pub sensitivity: Option<&'a SensitivityReport>,
    /// Date, hash and settings.
    pub about: &'a PageAbout,
}

/// Of fewer draws a share of 100 says little.
const FEW: usize = 200;
/// Letters of a title in the footer of each sheet.
const FOOTER_TITLE: usize = 60;

/// A file beside the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageFile {
    /// Its name, such as `figure-1.csv`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Sources that many figures have, and where they are named.
struct Shared {
    sources: Vec<String>,
    named_in: Option<usize>,
}

/// A figure with its number.
struct Numbered {
    number: usize,
    figure: PageFigure,
    sources: String,
    csv: String,
    svg: Option<String>,
}

impl Numbered {
    /// `shared` are the sources of the project, as the first figure that rests on them names them.
    fn new(number: usize, figure: PageFigure, shared: &mut Shared) -> Result<Self, PageError> {
        let mut sources = figure.sources.clone();
        if figure.of_project {
            match shared.named_in {
                Some(first) => sources.insert(0, format!("as Figure {first}")),
                None => {
                    shared.named_in = Some(number);
                    sources.extend(shared.sources.iter().cloned());
                }
            }
        }
        let sources = sources.join("; ");
        let csv = table_text(&figure.data)?;
        let svg = match &figure.body {
            Body::Charts(pictures) => Some(pictures[0].file(&figure.message)),
            Body::Table(_) => None,
        };
        Ok(Self { number, figure, sources, csv, svg })
    }

    /// Widths with the class that shows each.
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
        link("text/csv", &self.csv)
    }

    fn svg_link(&self) -> String {
        self.svg.as_ref().map_or_else(String::new, |svg| link("image/svg+xml", svg))
    }

    fn description(&self) -> String {
        let heads = self.figure.data.first().map_or_else(String::new, |heads| heads.join(", "));
        format!(
            "{}. {} rows of data: {heads}.",
            self.figure.short,
            self.figure.data.len().saturating_sub(1)
        )
    }
}

struct NumberedChapter {
    number: usize,
    title: &'static str,
    figures: Vec<Numbered>,
}

/// A table of an annex with an identifier that no other has.
struct TableOfPage<'a> {
    id: String,
    table: &'a Table,
    /// By year or by month: on paper the data file has it.
    is_long: bool,
}

impl TableOfPage<'_> {
    fn missing(&self, keys: &[String]) -> String {
        missing_words(keys)
    }

    /// How many columns follow the labels.
    fn width(&self) -> usize {
        self.table.columns.len() + usize::from(self.table.has_units())
    }

    fn text(&self, text: &str) -> String {
        words::typographic(text)
    }

    /// Whether two of it stand side by side on paper.
    fn is_slim(&self) -> bool {
        !self.table.is_of_words() && self.table.columns.len() <= 2
    }
}

struct Group<'a> {
    title: &'static str,
    tables: Vec<TableOfPage<'a>>,
}

#[derive(Template)]
#[template(path = "page.html")]
struct Template_<'a> {
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
    first: Option<Numbered>,
    left_out: Vec<LeftOut>,
    assumptions: Assumptions,
    warnings: Vec<String>,
    chapters: Vec<NumberedChapter>,
    groups: Vec<Group<'a>>,
    inputs: Inputs,
    inputs_link: String,
}

impl Template_<'_> {
    /// The number of the figure of that key.
    fn number_of(&self, key: &Option<&'static str>) -> Option<usize> {
        let key = (*key)?;
        let all = self.chapters.iter().flat_map(|chapter| &chapter.figures).chain(&self.first);
        all.into_iter().find(|numbered| numbered.figure.key == key).map(|numbered| numbered.number)
    }
}

/// A file within the page.
fn link(kind: &str, text: &str) -> String {
    format!("data:{kind};charset=utf-8;base64,{}", STANDARD.encode(text))
}

fn table_text(rows: &[Vec<String>]) -> Result<String, PageError> {
    let [heads, rows @ ..] = rows else { return Ok(String::new()) };
    let cells = rows.iter().map(|row| {
        row.iter()
            .map(|cell| match cell.parse::<f64>() {
                // A number is no formula, whatever its sign.
                Ok(_) => Cow::Owned(cell.clone()),
                Err(_) => Cow::Owned(csv_text(cell).into_owned()),
            })
            .collect::<Vec<Cow<'_, str>>>()
    });
    csv_table(heads, cells).map_err(|error| PageError(error.to_string()))
}

/// Such as `30 November 2026`.
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

/// A text between double quotes of a style sheet.
fn css_text(text: &str) -> String {
    let letter = |letter: char| match letter {
        '"' | '\\' | '<' | '>' | '&' | '\'' => ' ',
        other => other,
    };
    neutral(text).chars().map(letter).collect()
}

/// A scenario's results, drawn and ready to be written.
pub struct Page<'a> {
    template: Template_<'a>,
    inputs: String,
}

impl<'a> Page<'a> {
    /// Draws a page. Text of the scenario is escaped, and characters that would hide or turn the text around them
    /// are replaced by a visible mark. The same parts give the same bytes.
    ///
    /// # Errors
    /// Those of the writer of CSV; no input makes them.
    pub fn new(parts: PageParts<'a>) -> Result<Self, PageError> {
        let PageParts { study, projection, ledger, estimate, sensitivity, about, .. } = parts;
        let of = Context {
            study,
            estimate: parts.steady,
            outcome: parts.outcome,
            headline: parts.headline,
            curve: parts.curve,
        };
        let head = projection.0.head();
        let title = match &head.title {
            Some(title) if !title.trim().is_empty() => neutral(title),
            _ => "Bitcoin mining".to_owned(),
        };
        let mut number = 0;
        let mut shared = Shared { sources: figures::project_sources(&of), named_in: None };
        let mut next = |figure: PageFigure| {
            number += 1;
            Numbered::new(number, figure, &mut shared)
        };
        let mut left_out = Vec::new();
        let first = match figures::first(&of) {
            Ok(figure) => Some(next(figure)?),
            Err(reason) => {
                left_out.push(reason);
                None
            }
        };
        let mut chapters: Vec<NumberedChapter> = Vec::new();
        for chapter in figures::chapters(&of, sensitivity) {
            let mut made = Vec::new();
            for figure in chapter.figures {
                match figure {
                    Ok(figure) => made.push(next(figure)?),
                    Err(reason) => left_out.push(reason),
                }
            }
            if !made.is_empty() {
                // The assumptions are the first chapter.
                let (number, title) = (chapters.len() + 2, chapter.title);
                chapters.push(NumberedChapter { number, title, figures: made });
            }
        }
        let mut warnings: Vec<String> = Vec::new();
        let heads = [&estimate.0, &projection.0, &ledger.0];
        for warning in heads.into_iter().flat_map(|document| &document.head().warnings) {
            let text = words::typographic(&neutral(&warning.text));
            if !warnings.contains(&text) {
                warnings.push(text);
            }
        }
        if (1..FEW).contains(&parts.outcome.paths) {
            warnings.insert(
                0,
                format!(
                    "only {} draws: shares of 100 futures and the verdicts by them are rough",
                    parts.outcome.paths
                ),
            );
        }
        let complete = projection.is_complete() && ledger.is_complete();
        let short_hash = about.scenario_sha256.get(..12).unwrap_or(&about.scenario_sha256);
        let footer = css_text(&format!(
            "hashwatt {} · {} · {} · sha256:{short_hash} · seed {}",
            env!("CARGO_PKG_VERSION"),
            title.chars().take(FOOTER_TITLE).collect::<String>(),
            about.created,
            parts.outcome.seed
        ));
        let inputs = table_text(&annex::input_data(&of))?;
        let template = Template_ {
            title,
            version: env!("CARGO_PKG_VERSION"),
            created: long_date(about.created),
            hash: &about.scenario_sha256,
            short_hash,
            settings: neutral(&about.settings.join(", ")),
            options: about
                .settings
                .iter()
                .map(|set| format!(" --set \"{}\"", neutral(set)))
                .collect(),
            footer,
            paths: parts.outcome.asked,
            seed: parts.outcome.seed,
            samples: sensitivity.map(|found| found.samples_asked),
            interrupted: !complete || sensitivity.is_some_and(|found| !found.complete),
            front: front::front(&of),
            first,
            left_out,
            assumptions: assumptions::assumptions(&of),
            warnings,
            chapters,
            groups: vec![
                group("A steady year", "estimate", &estimate.0.tables),
                group("Over time", "projection", &projection.0.tables),
                group("Parties and flows", "ledger", &ledger.0.tables),
            ],
            inputs: annex::inputs(&of),
            inputs_link: link("text/csv", &inputs),
        };
        Ok(Self { template, inputs })
    }

    /// The page.
    ///
    /// # Errors
    /// [`PageError`] where the template fails; no input makes it.
    pub fn html(&self) -> Result<String, PageError> {
        self.template.render().map_err(|error| PageError(error.to_string()))
    }

    /// What may stand beside it: every figure's data and chart, and every input.
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

/// Tables of an annex; those by year, by month or by choice are long, and what they show is in figures and files.
fn group<'a>(title: &'static str, id: &'static str, tables: &'a [Table]) -> Group<'a> {
    let by_choice = ["network", "variants", "turns", "uses"];
    let tables = tables.iter().map(|table| TableOfPage {
        id: format!("{id}-{}", table.key),
        is_long: by_choice.contains(&table.key.as_str())
            || table.columns.last().is_some_and(|last| last == "all")
            // With rows and columns exchanged, years are rows.
            || table.rows.last().is_some_and(|row| row.label == "all")
            // That all of it lacks something is said with the inputs.
            || table.rows.iter().all(|row| row.cells.is_err()),
        table,
    });
    Group { title, tables: tables.collect() }
}

/// A scenario's results as one HTML file.
///
/// # Errors
/// As [`Page::new`] and [`Page::html`].
pub fn page(parts: PageParts) -> Result<String, PageError> {
    Page::new(parts)?.html()
}

impl InputOfPage {
    /// Whether its key says more than its name.
    fn shows_key(&self) -> bool {
        !self.key.is_empty()
    }
}
