//! What every document of a scenario has, for a reader: its inputs with their origins, its warnings, its run.

use super::number::given;
use super::table::{Cell, Row, Style, Table};
use crate::untrusted::neutral;
use hashwatt::econ::document::{Head, InputRow, Run, WarningRow};
use hashwatt::econ::view::table::Section;

/// Inputs with sources; those that nobody gave are named at the end.
pub(crate) fn inputs_table(head: &Head) -> Table {
    let (known, missing): (Vec<_>, Vec<_>) =
        head.inputs.iter().partition(|input| input.value.is_some());
    let row = |input: &&InputRow| {
        let unit = |text: String| format!("{text} {}", input.unit).trim_end().to_owned();
        let mut value = unit(input.value.map(given).unwrap_or_default());
        if let (Some(low), Some(high)) = (input.low, input.high) {
            value = format!("{value} ({} to {})", given(low), given(high));
        }
        let region = input.region.as_ref().map_or(String::new(), |code| format!("{code}, "));
        let date = input.origin.as_of.as_ref().map_or(String::new(), |date| format!(" {date}"));
        let kind = input.origin.kind.replace('_', " ");
        let origin = format!("{region}{kind}{date}: {}", neutral(&input.origin.detail));
        Row {
            label: neutral(&input.key),
            cells: Ok(vec![Cell::words(value), Cell::words(origin)]),
            unit: String::new(),
        }
    };
    let named = |begin: &str, inputs: &[&InputRow]| match inputs {
        [] => String::new(),
        all => {
            let keys: Vec<_> = all.iter().map(|input| neutral(&input.key)).collect();
            format!("{begin}: {}.", keys.join(", "))
        }
    };
    let (neutral_ones, known): (Vec<_>, Vec<_>) =
        known.into_iter().partition(|input| input.is_neutral);
    let notes =
        [named("Not given", &missing), named("Not stated, and so of no effect", &neutral_ones)];
    Table {
        note: notes.join(" ").trim().to_owned(),
        corner: "key".to_owned(),
        style: Style::Words,
        section: Section::Inputs,
        ..Table::new(
            "inputs",
            "Inputs and where they come from",
            vec!["value (5 % to 95 %)".to_owned(), "origin".to_owned()],
            known.iter().map(row).collect(),
        )
    }
}

/// Warnings, where there are any: all of them, or of those that change how a figure may be quoted so many, and
/// the option that shows the others.
pub(crate) fn warnings_table(head: &Head, limit: Option<(usize, &str)>) -> Option<Table> {
    let (most, option) = limit.unwrap_or((usize::MAX, ""));
    let shown: Vec<&WarningRow> = head
        .warnings
        .iter()
        .filter(|warning| warning.qualifies || limit.is_none())
        .take(most)
        .collect();
    let row = |label: String| Row { label, cells: Ok(Vec::new()), unit: String::new() };
    let mut rows: Vec<Row> = shown.iter().map(|warning| row(neutral(&warning.text))).collect();
    let left = head.warnings.len() - shown.len();
    if left > 0 {
        rows.push(row(format!("{left} more: {option}")));
    }
    let table = Table::new("warnings", "Before you quote a figure", Vec::new(), rows);
    (!head.warnings.is_empty()).then_some(Table { style: Style::Words, ..table })
}

/// How long a run is and of how many paths, in words.
pub(crate) fn run_words(run: &Run) -> String {
    let Run { start, years, paths, asked, seed, .. } = run;
    let years = given(*years);
    let cut = match paths == asked {
        true => String::new(),
        false => format!(" Interrupted: {asked} paths were asked for."),
    };
    format!("{years} years from {start}, {paths} paths, seed {seed}.{cut}")
}
