//! The assumptions that move a verdict: what was taken, within which range, and where a verdict turns.

use super::context::Context;
use super::words::{Grade, found_of, name, raised, source_of, value_of};
use crate::chart::{Axis, escaped};
use hashwatt::econ::params::ParamId;
use hashwatt::econ::view::headline::HeadlineParty;
use hashwatt::econ::view::switching_value::SwitchingValue;

/// Rows of the table at the most.
const SHOWN: usize = 5;

/// An input with the verdicts that it turns.
#[derive(Debug)]
pub(super) struct Assumption {
    pub name: String,
    pub source: String,
    /// Ends of the range, in words.
    pub ends: Option<(String, String)>,
    /// In per cent of the bar: the range, what was taken, where verdicts turn.
    pub bar: Option<Marks>,
    pub taken: String,
    /// As HTML, one for each verdict.
    pub turns: Vec<String>,
}

/// Places along a bar, in per cent.
#[derive(Debug)]
pub(super) struct Marks {
    pub low: String,
    pub width: String,
    pub taken: String,
    pub turns: Vec<String>,
}

/// The table.
#[derive(Debug)]
pub(super) struct Assumptions {
    pub message: String,
    pub rows: Vec<Assumption>,
    /// Verdicts that no single input turns within its range.
    pub firm: Vec<String>,
}

pub(super) fn assumptions(of: &Context) -> Assumptions {
    let mut all: Vec<(HeadlineParty, &SwitchingValue)> = of
        .headline
        .rows
        .iter()
        .flat_map(|row| row.turns.iter().map(|turn| (row.whose, turn)))
        .collect();
    all.sort_by(|a, b| a.1.steps.total_cmp(&b.1.steps));
    let mut order: Vec<ParamId> = Vec::new();
    for (_, turn) in &all {
        if order.len() < SHOWN && !order.contains(&turn.param) {
            order.push(turn.param);
        }
    }
    let rows = order.iter().map(|id| {
        let own = || all.iter().filter(|(_, turn)| turn.param == *id).copied();
        // Beyond its range only what is nearest, and only where nothing turns within.
        let within: Vec<(HeadlineParty, &SwitchingValue)> =
            own().filter(|(_, t)| !t.is_beyond_range()).collect();
        let shown = if within.is_empty() { own().take(1).collect() } else { within };
        assumption(of, *id, &shown)
    });
    let within = |whose: HeadlineParty| {
        let row = of.headline.row(whose)?;
        let turns = row.turns.first().is_some_and(|turn| !turn.is_beyond_range());
        (row.value.is_ok() && !turns).then(|| whose.phrase().to_owned())
    };
    Assumptions {
        message: message(of, &all),
        rows: rows.collect(),
        firm: HeadlineParty::ALL.into_iter().filter_map(within).collect(),
    }
}

/// Whose verdict turns to what: `nation gains`.
fn turns_to(whose: HeadlineParty, turn: &SwitchingValue) -> String {
    let verb = if turn.is_gain { "loses" } else { "gains" };
    format!("{} {verb}", whose.phrase())
}

fn side(turn: &SwitchingValue) -> &'static str {
    if turn.at > turn.base { "or more" } else { "or less" }
}

fn assumption(of: &Context, id: ParamId, turns: &[(HeadlineParty, &SwitchingValue)]) -> Assumption {
    let param = of.study.resolved().table.get(id);
    let range = param.range();
    let ends = range.map(|(low, high)| (value_of(param, low), value_of(param, high)));
    let bar = range.map(|(low, high)| {
        let axis =
            Axis { low, high: if high > low { high } else { low + 1.0 }, from: 8.0, to: 92.0 };
        let place = |value: f64| format!("{:.1}%", axis.at(value).clamp(0.0, 100.0));
        Marks {
            low: place(low),
            width: "84%".to_owned(),
            taken: place(param.value),
            turns: turns.iter().map(|(_, turn)| place(turn.at)).collect(),
        }
    });
    let turns = turns.iter().map(|(whose, turn)| {
        let beyond = if turn.is_beyond_range() { " (beyond its range)" } else { "" };
        format!(
            "<b>{}</b> {}{beyond}: {}",
            escaped(&found_of(param, turn.at)),
            side(turn),
            turns_to(*whose, turn)
        )
    });
    Assumption {
        name: raised(&name(param)),
        source: source_of(param),
        ends,
        bar,
        taken: format!("{} {}", escaped(&value_of(param, param.value)), Grade::of(param).badge()),
        turns: turns.collect(),
    }
}

fn message(of: &Context, all: &[(HeadlineParty, &SwitchingValue)]) -> String {
    let Some((whose, turn)) = all.first() else {
        return "No input with a range turns a result".to_owned();
    };
    let param = of.study.resolved().table.get(turn.param);
    let subject = raised(&name(param));
    format!(
        "{subject} of {} {} turns the first result: {}",
        found_of(param, turn.at),
        side(turn),
        turns_to(*whose, turn)
    )
}
