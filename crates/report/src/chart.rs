//! The pictures of a study as SVG: no script, no font, no network, each legible by itself.
//!
//! One file a family. A chart is a function from a [`Study`] to a [`Chart`], or the reason why there is
//! none; [`pictures`] lists them in the order of the page.

mod bars;
mod fan;
pub(super) mod ledger;
mod network;
mod panel;
mod pays;
pub(super) mod style;

use super::study::Study;
use super::untrusted::neutral;
use panel::Area;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};
use style::{GREY, SMALL, WIDTH, anchored};

/// A picture with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Its name in file names and anchors.
    pub name: &'static str,
    /// What it shows.
    pub title: String,
    /// How to read it.
    pub caption: String,
    /// Its figures in words, for whoever does not see it.
    pub description: String,
    height: u32,
    body: String,
}

/// A picture that cannot be drawn of this study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoChart {
    /// What it would show.
    pub title: &'static str,
    /// Why it cannot.
    pub reason: String,
}

/// A mistake of the drawing library.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a chart could not be drawn: {0}")]
pub struct ChartError(String);

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for ChartError {
    fn from(error: DrawingAreaErrorKind<E>) -> Self {
        Self(error.to_string())
    }
}

/// A chart, or why there is none.
type Drawn = Result<Result<Chart, NoChart>, ChartError>;

/// Every picture there is, in the order of the page.
const ALL: &[fn(&Study) -> Drawn] = &[
    fan::cash,
    bars::tornado,
    pays::frontier,
    pays::size,
    fan::market,
    network::before_and_after,
    network::retarget,
    network::supply,
    bars::references,
    ledger::parties,
    ledger::matrix,
    ledger::months,
    ledger::surplus,
    ledger::uses,
    ledger::border,
    bars::carbon,
];

/// The charts of a study and those that it has no figures for.
///
/// # Errors
/// [`ChartError`] where the drawing library fails.
pub fn pictures(study: &Study) -> Result<(Vec<Chart>, Vec<NoChart>), ChartError> {
    let (mut charts, mut missing) = (Vec::new(), Vec::new());
    for draw in ALL {
        match draw(study)? {
            Ok(chart) => charts.push(chart),
            Err(reason) => missing.push(reason),
        }
    }
    Ok((charts, missing))
}

impl Chart {
    /// A file by itself.
    pub fn to_svg(&self) -> String {
        self.element(" xmlns=\"http://www.w3.org/2000/svg\"")
    }

    /// A part of an HTML page, which needs no name space.
    pub(super) fn inline(&self) -> String {
        self.element("")
    }

    /// Whether a printed page is to give it most of its height.
    pub(super) fn is_tall(&self) -> bool {
        self.height > WIDTH * 7 / 10
    }

    fn element(&self, namespace: &str) -> String {
        let Self { name, height, body, .. } = self;
        let (title, description) = (escaped(&self.title), escaped(&self.description));
        format!(
            "<svg{namespace} viewBox=\"0 0 {WIDTH} {height}\" width=\"{}\" height=\"{}\" role=\"img\" \
             aria-labelledby=\"{name}-title {name}-desc\">\n\
             <title id=\"{name}-title\">{title}</title>\n<desc id=\"{name}-desc\">{description}</desc>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{body}</svg>\n",
            WIDTH / 2,
            height / 2
        )
    }
}

fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for c in neutral(text).chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// What a chart says beside its picture.
struct Words {
    name: &'static str,
    title: String,
    caption: String,
    description: String,
    source: String,
}

/// Draws a picture of a height, and its source below.
fn drawn(
    words: Words,
    height: u32,
    draw: impl FnOnce(&Area) -> Result<(), ChartError>,
) -> Result<Chart, ChartError> {
    let Words { name, title, caption, description, source } = words;
    let columns = (f64::from(WIDTH - 24) / (SMALL * 0.5)) as usize;
    let lines = hashwatt::text::wrapped(&source, columns, "", 0);
    let whole = height + 16 + lines.len() as u32 * 28;
    let mut text = String::new();
    {
        let root = SVGBackend::with_string(&mut text, (WIDTH, whole)).into_drawing_area();
        let (picture, below) = root.split_vertically(height);
        draw(&picture)?;
        for (i, line) in lines.into_iter().enumerate() {
            let style = anchored(SMALL, GREY, HPos::Left, VPos::Top);
            below.draw(&Text::new(line, (12, 8 + i as i32 * 28), style))?;
        }
        root.present()?;
    }
    Ok(Chart { name, title, caption, description, height: whole, body: body(&text) })
}

/// What stands between the backend's own beginning and end, with a white rim at every text: lines may
/// pass below it.
fn body(svg: &str) -> String {
    let inside = svg.split_once('>').map_or("", |(_, rest)| rest).trim();
    let inside = inside.strip_suffix("</svg>").unwrap_or(inside).trim_start();
    let rim = "<text paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"5\" stroke-linejoin=\"round\" ";
    inside.replace("<text ", rim)
}
