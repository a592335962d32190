//! The parts that all documents of a scenario share: inputs with origins, warnings, and the simulation run.

use super::number::{seven_digits, years_text};
use super::table::{Cell, Row, Style, Table};
use crate::untrusted::sanitize;
use hashwatt::econ::document::{Head, InputRow, Run, WarningRow};
use hashwatt::econ::view::table::Section;

/// The inputs with their sources. The note lists missing inputs and inputs without effect.
pub(crate) fn inputs_table(head: &Head) -> Table {
    let (present, missing): (Vec<_>, Vec<_>) =
        head.inputs.iter().partition(|input| input.value.is_some());
    let row = |input: &&InputRow| {
        let unit = |text: String| format!("{text} {}", input.unit).trim_end().to_owned();
        let mut value = unit(input.value.map(seven_digits).unwrap_or_default());
        if let (Some(low), Some(high)) = (input.low, input.high) {
            value = format!("{value} ({} to {})", seven_digits(low), seven_digits(high));
        }
        let region = input.region.as_ref().map_or(String::new(), |code| format!("{code}, "));
        let date = input.origin.as_of.as_ref().map_or(String::new(), |date| format!(" {date}"));
        let kind = input.origin.kind.replace('_', " ");
        let origin = format!("{region}{kind}{date}: {}", sanitize(&input.origin.detail));
        Row {
            label: sanitize(&input.key),
            cells: Ok(vec![Cell::words(value), Cell::words(origin)]),
            unit: String::new(),
        }
    };
    let named = |prefix: &str, inputs: &[&InputRow]| match inputs {
        [] => String::new(),
        all => {
            let keys: Vec<_> = all.iter().map(|input| sanitize(&input.key)).collect();
            format!("{prefix}: {}.", keys.join(", "))
        }
    };
    let (neutral, used): (Vec<_>, Vec<_>) = present.into_iter().partition(|input| input.is_neutral);
    let notes = [named("Missing", &missing), named("Not given, so without effect", &neutral)];
    Table {
        note: notes.join(" ").trim().to_owned(),
        corner: "key".to_owned(),
        style: Style::Words,
        section: Section::Inputs,
        ..Table::new(
            "inputs",
            "Inputs and their origins",
            vec!["value (5 % to 95 %)".to_owned(), "origin".to_owned()],
            used.iter().map(row).collect(),
        )
    }
}

/// The warnings, if there are any. `limit` restricts them to those that restrict how a figure may be quoted, gives
/// their maximum number and names the option that shows the others.
pub(crate) fn warnings_table(head: &Head, limit: Option<(usize, &str)>) -> Option<Table> {
    let (max, option) = limit.unwrap_or((usize::MAX, ""));
    let shown: Vec<&WarningRow> = head
        .warnings
        .iter()
        .filter(|warning| warning.qualifies || limit.is_none())
        .take(max)
        .collect();
    let row = |label: String| Row { label, cells: Ok(Vec::new()), unit: String::new() };
    let mut rows: Vec<Row> = shown.iter().map(|warning| row(sanitize(&warning.text))).collect();
    let remaining = head.warnings.len() - shown.len();
    if remaining > 0 {
        let plural = if remaining == 1 { "" } else { "s" };
        rows.push(row(format!("{remaining} more warning{plural}: use {option}")));
    }
    let table = Table::new("warnings", "Before you quote a figure", Vec::new(), rows);
    (!head.warnings.is_empty()).then_some(Table { style: Style::Words, ..table })
}

/// Length, start, number of paths and seed of a run.
pub(crate) fn run_text(run: &Run) -> String {
    let Run { start, years, paths, requested, seed, .. } = run;
    let years = years_text(*years);
    let interrupted = match paths == requested {
        true => String::new(),
        false => format!(" Interrupted: {requested} paths were requested."),
    };
    format!("{years} from {start}, {paths} paths, seed {seed}.{interrupted}")
}
