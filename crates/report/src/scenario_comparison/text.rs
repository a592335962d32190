//! Two scenarios side by side in the columns of a terminal.

use super::{
    ComparedFigure, ComparedInput, ComparedInputValue, ComparedVerdict, ScenarioComparison,
};
use crate::figures::{
    Cell, Row, Scale, Style, Table, given, of_hundred, paragraph, range, write_table,
};
use crate::untrusted::neutral;
use hashwatt::econ::params::Unit;
use hashwatt::econ::view::headline::Verdict;
use std::fmt;

/// Room for the name of a party before the letter of the scenario.
const NAME: usize = 17;
/// What stands for what is not there.
const NONE: &str = "none";
/// Inputs that are listed.
const MAX_INPUTS: usize = 30;
/// Characters of a choice that are shown.
const LONGEST_CHOICE: usize = 24;

/// A number with its sign, as differences have it.
fn signed(value: f64, scale: &Scale) -> String {
    let text = scale.shown(value);
    if value > 0.0 && text != "0" { format!("+{text}") } else { text }
}

fn verdicts(comparison: &ScenarioComparison) -> Table {
    let values = comparison.verdicts.iter().flat_map(|row| row.found.iter().flatten());
    let greatest = values.fold(0.0f64, |most, value| {
        let band = value.band.map_or([value.base; 2], |band| [band.p05, band.p95]);
        band.into_iter().fold(most, |most, point| most.max(point.abs()))
    });
    let scale = Scale::new(Unit::Usd, greatest);
    let rows = comparison.verdicts.iter().flat_map(|row| verdict(row, &scale)).collect();
    let title =
        format!("Verdicts (present values, {}; externalities left out)", scale.unit(Unit::Usd));
    let columns = ["verdict", "above 0", "median (5 % to 95 %)", "difference"];
    Table {
        corner: "whose result".to_owned(),
        style: Style::WordColumns,
        ..Table::new("verdicts", title, columns.map(str::to_owned).to_vec(), rows)
    }
}

/// Two rows: A, and B with the difference below it; one where both lack something.
fn verdict(of: &ComparedVerdict, scale: &Scale) -> Vec<Row> {
    if let [Err(a), Err(b)] = &of.found {
        let more = b.keys.iter().filter(|key| !a.keys.contains(key));
        let keys = a.keys.iter().chain(more).cloned().collect();
        return vec![Row { label: of.of.to_string(), cells: Err(keys), unit: String::new() }];
    }
    let mut difference =
        of.difference.map_or_else(String::new, |value| format!("B - A: {}", signed(value, scale)));
    if let Some(part) = of.b_above_a {
        difference += &format!("; B is better in {} draws", of_hundred(Some(part)));
    }
    let row = |at: usize, label: String, below: String| {
        let cells = match &of.found[at] {
            Ok(value) => {
                let sure = of_hundred(value.positive);
                [Verdict::of(value).to_string(), sure, range(value, scale), below]
            }
            Err(_) => [NONE.to_owned(), String::new(), String::new(), below],
        };
        Row { label, cells: Ok(cells.map(Cell::words).to_vec()), unit: String::new() }
    };
    vec![
        row(0, format!("{:<NAME$}A", of.of.to_string()), String::new()),
        row(1, format!("{:<NAME$}B", ""), difference),
    ]
}

fn figures(comparison: &ScenarioComparison) -> Table {
    let row = |row: &ComparedFigure| {
        let unit = row.unit_of;
        let numbers = [row.a, row.b, row.difference].into_iter().flatten();
        let greatest = numbers.fold(0.0f64, |most, value| most.max(value.abs()));
        let scale = Scale::new(unit, greatest);
        let none = || NONE.to_owned();
        let shown = |value: Option<f64>| value.map_or_else(none, |value| scale.shown(value));
        let difference = row.difference.map_or_else(none, |value| signed(value, &scale));
        let [a, b] = row.found.map(shown);
        let cells = [a, b, difference].map(Cell::words).to_vec();
        Row { label: row.of.text(), cells: Ok(cells), unit: scale.unit(unit) }
    };
    let columns = ["A", "B", "B - A"].map(str::to_owned).to_vec();
    let rows = comparison.figures.iter().map(row).collect();
    Table {
        note: "Medians over the paths; of the steady year the values as they are taken. What parties have is \
               nominal. The break-even counts all running costs, after the retarget.".to_owned(),
        ..Table::new("figures", "Main figures", columns, rows)
    }
}

/// A number, or its range where that is what differs.
fn number(of: Option<&ComparedInputValue>, with_range: bool) -> String {
    let Some(of) = of else { return NONE.to_owned() };
    match (of.value, of.low.zip(of.high)) {
        (Some(_), Some((low, high))) if with_range => format!("{} to {}", given(low), given(high)),
        (Some(value), _) => given(value),
        (None, _) => NONE.to_owned(),
    }
}

fn numbers(row: &ComparedInput) -> Row {
    let [a, b] = [row.a.as_ref(), row.b.as_ref()];
    // Of what is taken alike the ranges differ.
    let with_range = a.zip(b).is_some_and(|(a, b)| a.value == b.value);
    let text = |side: Option<&ComparedInputValue>| {
        let unit = side.and_then(|of| of.unit.as_deref()).unwrap_or("");
        Cell::words(format!("{} {unit}", number(side, with_range)).trim_end())
    };
    let cells = Ok(vec![text(a), text(b)]);
    Row { label: neutral(&row.key), cells, unit: String::new() }
}

fn choices(row: &ComparedInput) -> Row {
    let text = |side: &Option<ComparedInputValue>| {
        let choice = side.as_ref().and_then(|of| of.choice.as_deref()).unwrap_or(NONE);
        let mut short: String = neutral(choice).chars().take(LONGEST_CHOICE).collect();
        if choice.chars().count() > LONGEST_CHOICE {
            short += "...";
        }
        Cell::words(short)
    };
    let cells = Ok(vec![text(&row.a), text(&row.b)]);
    Row { label: neutral(&row.key), cells, unit: String::new() }
}

/// Numbers and choices that differ, each at most [`MAX_INPUTS`].
fn inputs(comparison: &ScenarioComparison) -> Vec<Table> {
    let (of_numbers, of_choices): (Vec<_>, Vec<_>) =
        comparison.inputs.iter().partition(|row| !row.is_choice());
    // Nothing stands below a row.
    let columns = ["A", "B", ""].map(str::to_owned).to_vec();
    let table =
        |key: &str, title: &str, rows: &[&ComparedInput], row: fn(&ComparedInput) -> Row| {
            let left = rows.len().saturating_sub(MAX_INPUTS);
            let note = match left {
                0 => String::new(),
                left => format!("{left} more differ: --json and --csv have all of them."),
            };
            let rows = rows.iter().take(MAX_INPUTS).map(|of| row(of)).collect();
            Table {
                note,
                corner: "key".to_owned(),
                style: Style::WordColumns,
                ..Table::new(key, title, columns.clone(), rows)
            }
        };
    let tables = [
        table("inputs", "Inputs that differ", &of_numbers, numbers),
        table("choices", "Choices that differ", &of_choices, choices),
    ];
    tables.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

impl fmt::Display for ScenarioComparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (letter, of) in [("A", &self.a), ("B", &self.b)] {
            let title = of.title.as_deref().map_or(String::new(), |title| format!(": {title}"));
            let years = given(of.length_years);
            let text = format!("{letter}: {}{title}, {years} years from {}", of.name, of.start);
            paragraph(f, &neutral(&text), 0)?;
        }
        let text = format!("{} paths each, seed {}", self.paths_asked, self.seed);
        paragraph(f, &text, 0)?;
        let warnings = self.warnings.iter().map(|warning| Row {
            label: neutral(&warning.text),
            cells: Ok(Vec::new()),
            unit: String::new(),
        });
        let warnings: Vec<Row> = warnings.collect();
        let warnings = (!warnings.is_empty()).then(|| Table {
            style: Style::Words,
            ..Table::new("warnings", "Before you quote a figure", Vec::new(), warnings)
        });
        let inputs = inputs(self);
        for table in [verdicts(self), figures(self)].iter().chain(&inputs).chain(&warnings) {
            writeln!(f)?;
            write_table(f, table)?;
        }
        if self.inputs.is_empty() {
            writeln!(f)?;
            paragraph(f, "No input differs.", 0)?;
        }
        Ok(())
    }
}
