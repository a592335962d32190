//! The annex of inputs with their sources, as a table of the page and as a data file.

use super::context::Context;
use super::words::{Grade, name, raised, source_of, value_of};
use crate::chart::escaped;
use hashwatt::econ::document::InputRow;
use hashwatt::econ::params::Param;

/// A row of the table of inputs: one input, or several that differ only by their place in a list.
#[derive(Debug)]
pub(super) struct InputOfPage {
    pub name: String,
    pub key: String,
    pub value: String,
    pub range: String,
    pub badge: String,
    pub source: String,
}

/// The annex of inputs.
#[derive(Debug)]
pub(super) struct Inputs {
    pub rows: Vec<InputOfPage>,
    /// Keys of charges, taxes and contracts that the scenario does not state, so that they have no effect.
    pub unstated: String,
    /// Keys that the scenario does not give.
    pub missing: String,
    pub count: usize,
}

/// Groups the inputs that differ only by their place in a list, such as the twelve months of a plant.
fn groups<'a>(params: &[&'a Param]) -> Vec<Vec<&'a Param>> {
    let kind = |param: &Param| {
        let list = param.key.rsplit_once('[');
        list.map(|(stem, rest)| {
            (stem.to_owned(), rest.split_once(']').map(|(_, end)| end.to_owned()), param.unit)
        })
    };
    let mut groups: Vec<Vec<&Param>> = Vec::new();
    for param in params {
        let own = kind(param);
        let same = groups.iter_mut().find(|group| own.is_some() && kind(group[0]) == own);
        match same {
            Some(group) => group.push(param),
            None => groups.push(vec![param]),
        }
    }
    groups
}

/// The texts in their order, without duplicates.
fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for text in texts {
        if !distinct.contains(&text) {
            distinct.push(text);
        }
    }
    distinct
}

fn row(group: &[&Param]) -> InputOfPage {
    let first = group[0];
    let values = group.iter().map(|param| param.value);
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let value = match group.len() {
        1 => value_of(first, first.value),
        count if low == high => format!("{count} × {}", value_of(first, low)),
        count => format!("{count} values, {} to {}", value_of(first, low), value_of(first, high)),
    };
    let range = match (group.len(), first.range()) {
        (1, Some((low, high))) => format!("{} to {}", value_of(first, low), value_of(first, high)),
        (1, None) => "\u{2013}".to_owned(),
        _ if group.iter().any(|param| param.range().is_some()) => "individual".to_owned(),
        _ => "\u{2013}".to_owned(),
    };
    let sources = distinct(group.iter().map(|param| source_of(param)));
    // The data file has the source of each input.
    let source = match &sources[..] {
        [one] => one.clone(),
        [first, others @ ..] => format!("{first}; {} more in the data file", others.len()),
        [] => String::new(),
    };
    InputOfPage {
        name: raised(&name(first)),
        key: stem(group),
        value,
        range,
        badge: distinct(group.iter().map(|param| Grade::from_param(param).badge())).join(" "),
        source,
    }
}

/// The key of an input, or the common key of several without their place in the list.
fn stem(group: &[&Param]) -> String {
    let key = &group[0].key;
    match (group.len(), key.rsplit_once('[')) {
        (1, _) | (_, None) => key.clone(),
        (_, Some((stem, rest))) => {
            format!("{stem}[]{}", rest.split_once(']').map_or("", |(_, end)| end))
        }
    }
}

pub(super) fn inputs(context: &Context) -> Inputs {
    let rows = context.study.resolved().table.rows();
    let (known, missing): (Vec<&Param>, Vec<&Param>) =
        rows.iter().partition(|param| !param.missing);
    let (unstated, stated): (Vec<&Param>, Vec<&Param>) =
        known.iter().partition(|param| InputRow::from(**param).is_neutral);
    let keys = |params: &[&Param]| {
        groups(params).iter().map(|group| escaped(&stem(group))).collect::<Vec<_>>().join(", ")
    };
    Inputs {
        count: stated.len(),
        rows: groups(&stated).iter().map(|group| row(group)).collect(),
        unstated: keys(&unstated),
        missing: keys(&missing),
    }
}

/// All inputs as a data file.
pub(super) fn input_data(context: &Context) -> Vec<Vec<String>> {
    let heads =
        ["key", "what", "value", "unit", "p05", "p95", "grade", "as_of", "region", "source"];
    let mut data = vec![heads.map(str::to_owned).to_vec()];
    for param in context.study.resolved().table.rows() {
        let input = InputRow::from(param);
        let number = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
        data.push(vec![
            input.key.clone(),
            name(param),
            number(input.value),
            input.unit.clone(),
            number(input.low),
            number(input.high),
            input.origin.kind.to_owned(),
            input.origin.as_of.clone().unwrap_or_default(),
            input.region.clone().unwrap_or_default(),
            crate::untrusted::sanitize(&input.origin.detail),
        ]);
    }
    data
}
