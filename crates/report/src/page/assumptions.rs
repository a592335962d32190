//! The assumptions that can change a verdict: base value, range and switching values.

use super::context::Context;
use super::words::{Grade, name, raised, rounded_value_of, source_of, value_of};
use crate::chart::{Axis, escaped};
use hashwatt::econ::params::ParamId;
use hashwatt::econ::view::headline::HeadlineParty;
use hashwatt::econ::view::switching_value::SwitchingValue;

/// Maximum number of rows of the table.
const MAX_ROWS: usize = 5;

/// An input with the results whose sign it changes.
#[derive(Debug)]
pub(super) struct Assumption {
    pub name: String,
    pub source: String,
    /// The ends of the range, formatted.
    pub ends: Option<(String, String)>,
    /// The range, the base value and the switching values on a bar.
    pub bar: Option<Marks>,
    pub base: String,
    /// The switching values as HTML, one for each result.
    pub switching_values: Vec<String>,
}

/// Positions on a bar, in percent of its width.
#[derive(Debug)]
pub(super) struct Marks {
    pub low: String,
    pub width: String,
    pub base: String,
    pub switching_values: Vec<String>,
}

/// The table.
#[derive(Debug)]
pub(super) struct Assumptions {
    pub message: String,
    pub rows: Vec<Assumption>,
    /// Parties whose result no single input within its range changes.
    pub robust: Vec<String>,
}

pub(super) fn assumptions(context: &Context) -> Assumptions {
    let mut all: Vec<(HeadlineParty, &SwitchingValue)> = context
        .headline
        .rows
        .iter()
        .flat_map(|row| row.switching_values.iter().map(|value| (row.party, value)))
        .collect();
    all.sort_by(|a, b| a.1.steps.total_cmp(&b.1.steps));
    let mut order: Vec<ParamId> = Vec::new();
    for (_, value) in &all {
        if order.len() < MAX_ROWS && !order.contains(&value.param) {
            order.push(value.param);
        }
    }
    let rows = order.iter().map(|id| {
        let own = || all.iter().filter(|(_, value)| value.param == *id).copied();
        // Switching values beyond the range are shown only if there is none within it, and only the nearest.
        let within: Vec<(HeadlineParty, &SwitchingValue)> =
            own().filter(|(_, t)| !t.is_beyond_range()).collect();
        let shown = if within.is_empty() { own().take(1).collect() } else { within };
        assumption(context, *id, &shown)
    });
    let robust = |party: HeadlineParty| {
        let row = context.headline.row(party)?;
        let changes = row.switching_values.first().is_some_and(|value| !value.is_beyond_range());
        (row.value.is_ok() && !changes).then(|| party.phrase().to_owned())
    };
    Assumptions {
        message: message(context, &all),
        rows: rows.collect(),
        robust: HeadlineParty::ALL.into_iter().filter_map(robust).collect(),
    }
}

/// The party and its new result, such as `nation gains`.
fn changed_result(party: HeadlineParty, value: &SwitchingValue) -> String {
    let verb = if value.is_gain { "loses" } else { "gains" };
    format!("{} {verb}", party.phrase())
}

fn side(value: &SwitchingValue) -> &'static str {
    if value.at > value.base { "or more" } else { "or less" }
}

fn assumption(
    context: &Context,
    id: ParamId,
    values: &[(HeadlineParty, &SwitchingValue)],
) -> Assumption {
    let param = context.study.resolved().table.get(id);
    let range = param.range();
    let ends = range.map(|(low, high)| (value_of(param, low), value_of(param, high)));
    let bar = range.map(|(low, high)| {
        let axis =
            Axis { low, high: if high > low { high } else { low + 1.0 }, from: 8.0, to: 92.0 };
        let place = |value: f64| format!("{:.1}%", axis.at(value).clamp(0.0, 100.0));
        Marks {
            low: place(low),
            width: "84%".to_owned(),
            base: place(param.value),
            switching_values: values.iter().map(|(_, value)| place(value.at)).collect(),
        }
    });
    let values = values.iter().map(|(party, value)| {
        let beyond = if value.is_beyond_range() { " (beyond its range)" } else { "" };
        format!(
            "<b>{}</b> {}{beyond}: {}",
            escaped(&rounded_value_of(param, value.at)),
            side(value),
            changed_result(*party, value)
        )
    });
    Assumption {
        name: raised(&name(param)),
        source: source_of(param),
        ends,
        bar,
        base: format!(
            "{} {}",
            escaped(&value_of(param, param.value)),
            Grade::from_param(param).badge()
        ),
        switching_values: values.collect(),
    }
}

fn message(context: &Context, all: &[(HeadlineParty, &SwitchingValue)]) -> String {
    let Some((party, value)) = all.first() else {
        return "No single input with a range changes the sign of a result".to_owned();
    };
    let param = context.study.resolved().table.get(value.param);
    format!(
        "First change of sign: at {} of {} {}, {}",
        name(param),
        rounded_value_of(param, value.at),
        side(value),
        changed_result(*party, value)
    )
}
