//! The numbered figures of the page: each says its message in its title and names its sources and equations.

mod break_even;
mod cash;
mod classes;
mod depends;
mod exchange;
mod hours;
mod network;
mod parties;
mod payments;
mod tariff;
mod uses;
mod yardsticks;

use super::context::Context;
use super::words::{Grade, source_of};
use crate::SensitivityReport;
use crate::chart::Picture;
use hashwatt::econ::params::Param;

/// What a figure shows.
#[derive(Debug)]
pub(super) enum Body {
    /// One chart in both widths.
    Charts(Box<[Picture; 2]>),
    /// A table of its own, as HTML.
    Table(String),
}

/// A figure before it has its number.
#[derive(Debug)]
pub(super) struct PageFigure {
    /// The key that other parts name it by.
    pub key: &'static str,
    /// In the contents.
    pub short: &'static str,
    /// The message with its number, as plain text.
    pub message: String,
    pub body: Body,
    /// Whether it rests on the inputs of the whole project.
    pub of_project: bool,
    /// Publishers with dates beside those of the project, as HTML.
    pub sources: Vec<String>,
    /// As HTML.
    pub note: String,
    pub equations: String,
    /// What it shows, with heads.
    pub data: Vec<Vec<String>>,
}

/// A figure, or why this scenario has none.
pub(super) type Made = Result<PageFigure, LeftOut>;

/// A figure that says nothing here.
#[derive(Debug)]
pub(super) struct LeftOut {
    pub short: &'static str,
    pub reason: String,
}

/// A chapter of the page.
#[derive(Debug)]
pub(super) struct Chapter {
    pub title: &'static str,
    pub figures: Vec<Made>,
}

/// The first figure: what each party has at other tariffs.
pub(super) fn first(of: &Context) -> Made {
    tariff::figure(of)
}

/// All others, by chapter.
pub(super) fn chapters(of: &Context, sensitivity: Option<&SensitivityReport>) -> Vec<Chapter> {
    let mut chapters = vec![
        Chapter {
            title: "Who gains and who pays",
            figures: vec![parties::figure(of), payments::figure(of), exchange::figure(of)],
        },
        Chapter {
            title: "The operator",
            figures: [cash::figure(of), break_even::figure(of)]
                .into_iter()
                .chain(hours::figure(of))
                .collect(),
        },
        Chapter {
            title: "The power system and other uses",
            figures: vec![yardsticks::figure(of), uses::figure(of)],
        },
        Chapter { title: "The network", figures: vec![network::figure(of)] },
    ];
    if !classes::classes(of).is_empty()
        && let Some(power) = chapters.get_mut(2)
    {
        power.figures.insert(0, classes::figure(of));
    }
    if let Some(sensitivity) = sensitivity {
        chapters.push(Chapter {
            title: "What it depends on",
            figures: vec![depends::figure(of, sensitivity)],
        });
    }
    chapters
}

/// That a figure lacks what the scenario does not give.
fn lacks(short: &'static str, keys: &[String]) -> LeftOut {
    let reason = match keys {
        [] => "this scenario has nothing to show there".to_owned(),
        keys => format!("the scenario does not give {}", keys.join(", ")),
    };
    LeftOut { short, reason }
}

/// Sources of some inputs, each once: those that nobody published are named as assumed.
fn sources(params: &[&Param]) -> Vec<String> {
    let mut published: Vec<String> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for param in params {
        let (list, text) = match Grade::of(param) {
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

/// Sources of the inputs that every amount of the project rests on, as HTML.
pub(super) fn project_sources(of: &Context) -> Vec<String> {
    sources(&of_project(of))
}

/// The inputs that every amount of the project rests on.
fn of_project<'a>(of: &Context<'a>) -> Vec<&'a Param> {
    let resolved = of.study.resolved();
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

/// A number as a cell of CSV: fifteen three digits.
fn cell(value: f64) -> String {
    crate::tidy(value).to_string()
}

/// Heads of columns.
fn heads(heads: &[&str]) -> Vec<String> {
    heads.iter().map(|head| (*head).to_owned()).collect()
}
