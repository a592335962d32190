//! The numbered figures of the page. The title of each states its message; the caption names sources and equations.

mod break_even;
mod cash;
mod classes;
mod exchange;
mod hours;
mod network;
mod parties;
mod payments;
mod references;
mod sensitivity;
mod tariff;
mod uses;

use super::context::Context;
use super::words::{Grade, source_of};
use crate::SensitivityReport;
use crate::chart::Picture;
use hashwatt::econ::params::Param;

/// The contents of a figure.
#[derive(Debug)]
pub(super) enum Body {
    /// A chart in both widths.
    Charts(Box<[Picture; 2]>),
    /// A table as HTML.
    Table(String),
}

/// A figure without its number.
#[derive(Debug)]
pub(super) struct PageFigure {
    /// Key by which other parts of the page refer to the figure.
    pub key: &'static str,
    /// Name in the table of contents.
    pub short: &'static str,
    /// The title, which states the message, as plain text.
    pub message: String,
    pub body: Body,
    /// Whether the figure depends on the inputs of the whole project.
    pub uses_project_inputs: bool,
    /// Further sources as HTML: publishers and dates.
    pub sources: Vec<String>,
    /// Note as HTML.
    pub note: String,
    pub equations: String,
    /// The data with a header row.
    pub data: Vec<Vec<String>>,
}

/// A figure, or the reason why the scenario does not have it.
pub(super) type FigureResult = Result<PageFigure, OmittedFigure>;

/// A figure that the page omits, with the reason.
#[derive(Debug)]
pub(super) struct OmittedFigure {
    pub short: &'static str,
    pub reason: String,
}

/// A chapter of the page.
#[derive(Debug)]
pub(super) struct Chapter {
    pub title: &'static str,
    pub figures: Vec<FigureResult>,
}

/// The first figure: the parties' results at other tariffs.
pub(super) fn first(context: &Context) -> FigureResult {
    tariff::figure(context)
}

/// All others, by chapter.
pub(super) fn chapters(context: &Context, sensitivity: Option<&SensitivityReport>) -> Vec<Chapter> {
    let mut chapters = vec![
        Chapter {
            title: "Who gains and who pays",
            figures: vec![
                parties::figure(context),
                payments::figure(context),
                exchange::figure(context),
            ],
        },
        Chapter {
            title: "The operator",
            figures: [cash::figure(context), break_even::figure(context)]
                .into_iter()
                .chain(hours::figure(context))
                .collect(),
        },
        Chapter {
            title: "The power system and other uses",
            figures: vec![references::figure(context), uses::figure(context)],
        },
        Chapter { title: "The network", figures: vec![network::figure(context)] },
    ];
    if !classes::classes(context).is_empty()
        && let Some(power) = chapters.get_mut(2)
    {
        power.figures.insert(0, classes::figure(context));
    }
    if let Some(sensitivity) = sensitivity {
        chapters.push(Chapter {
            title: "Sensitivity",
            figures: vec![sensitivity::figure(context, sensitivity)],
        });
    }
    chapters
}

/// An omitted figure because of inputs that the scenario does not give.
fn missing_inputs(short: &'static str, keys: &[String]) -> OmittedFigure {
    let reason = match keys {
        [] => "the scenario has no data for it".to_owned(),
        keys => format!("the scenario does not give {}", keys.join(", ")),
    };
    OmittedFigure { short, reason }
}

/// The sources of some inputs, each once; inputs that are not published are named with their grade.
fn sources(params: &[&Param]) -> Vec<String> {
    let mut published: Vec<String> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for param in params {
        let (list, text) = match Grade::from_param(param) {
            Grade::Published | Grade::Measured => (&mut published, source_of(param)),
            grade => {
                let text = format!("{} ({})", super::words::name(param), grade.text());
                (&mut others, crate::chart::escaped(&text))
            }
        };
        if !list.contains(&text) {
            list.push(text);
        }
    }
    published.extend(others);
    published
}

/// The sources of the inputs that all amounts of the project depend on, as HTML.
pub(super) fn project_sources(context: &Context) -> Vec<String> {
    sources(&project_inputs(context))
}

/// The inputs that all amounts of the project depend on.
fn project_inputs<'a>(context: &Context<'a>) -> Vec<&'a Param> {
    let resolved = context.study.resolved();
    let mut ids = Vec::new();
    if let Some(site) = resolved.inputs.sites.first() {
        ids.extend([site.tariff.value, site.infrastructure]);
    }
    if let Some(lot) = resolved.inputs.lots.first() {
        ids.extend([lot.price, lot.j_per_th]);
    }
    let params = ids.into_iter().map(|id| resolved.table.get(id));
    let keys = ["price_usd_per_btc", "network_hashrate_eh_per_s"];
    let by_key = keys.into_iter().filter_map(|key| resolved.table.find(key));
    params.chain(by_key.map(|id| resolved.table.get(id))).filter(|param| !param.missing).collect()
}

/// A number as a CSV cell, with fifteen significant digits.
fn cell(value: f64) -> String {
    crate::round_to_15_digits(value).to_string()
}

/// A header row.
fn headers(headers: &[&str]) -> Vec<String> {
    headers.iter().map(|header| (*header).to_owned()).collect()
}
