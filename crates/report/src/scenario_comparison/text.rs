//! The text of the comparison of two scenarios.

use super::{
    ComparedFigure, ComparedInput, ComparedInputValue, ComparedVerdict, ScenarioComparison,
};
use crate::figures::{
    Cell, Row, Scale, Style, Table, of_hundred, paragraph, range, seven_digits, write_table,
    years_text,
};
use crate::untrusted::sanitize;
use hashwatt::econ::params::Unit;
use hashwatt::econ::view::headline::Verdict;
use std::fmt;

/// Width of the party's name before the letter of the scenario, in characters.
const PARTY_WIDTH: usize = 17;
/// Shown in place of a missing value.
const NONE: &str = "none";
/// Maximum number of inputs in the text.
const MAX_INPUTS: usize = 30;
/// Maximum length of a choice in the text, in characters.
const MAX_CHOICE_CHARS: usize = 24;

/// A difference, with a plus sign if positive.
fn signed(value: f64, scale: &Scale) -> String {
    let text = scale.format(value);
    if value > 0.0 && text != "0" { format!("+{text}") } else { text }
}

fn verdicts(comparison: &ScenarioComparison) -> Table {
    let values = comparison.verdicts.iter().flat_map(|row| row.values.iter().flatten());
    let largest = values.fold(0.0f64, |largest, value| {
        let band = value.band.map_or([value.base; 2], |band| [band.p05, band.p95]);
        band.into_iter().fold(largest, |largest, point| largest.max(point.abs()))
    });
    let scale = Scale::new(Unit::Usd, largest);
    let rows = comparison.verdicts.iter().flat_map(|row| verdict(row, &scale)).collect();
    let title =
        format!("Verdicts (present values, {}; without externalities)", scale.unit(Unit::Usd));
    let columns = ["verdict", "above 0", "median (5 % to 95 %)", "difference"];
    Table {
        corner: "party".to_owned(),
        style: Style::WordColumns,
        ..Table::new("verdicts", title, columns.map(str::to_owned).to_vec(), rows)
    }
}

/// Two rows, A and B with the difference below; one row if both lack an input.
fn verdict(compared: &ComparedVerdict, scale: &Scale) -> Vec<Row> {
    if let [Err(a), Err(b)] = &compared.values {
        let more = b.keys.iter().filter(|key| !a.keys.contains(key));
        let keys = a.keys.iter().chain(more).cloned().collect();
        return vec![Row {
            label: compared.headline_party.to_string(),
            cells: Err(keys),
            unit: String::new(),
        }];
    }
    let mut difference = compared
        .difference
        .map_or_else(String::new, |value| format!("B - A: {}", signed(value, scale)));
    if let Some(fraction) = compared.b_above_a {
        difference += &format!("; B is better in {} paths", of_hundred(Some(fraction)));
    }
    let row = |at: usize, label: String, below: String| {
        let cells = match &compared.values[at] {
            Ok(value) => {
                let above_zero = of_hundred(value.positive);
                [Verdict::from_value(value).to_string(), above_zero, range(value, scale), below]
            }
            Err(_) => [NONE.to_owned(), String::new(), String::new(), below],
        };
        Row { label, cells: Ok(cells.map(Cell::words).to_vec()), unit: String::new() }
    };
    vec![
        row(0, format!("{:<PARTY_WIDTH$}A", compared.headline_party.to_string()), String::new()),
        row(1, format!("{:<PARTY_WIDTH$}B", ""), difference),
    ]
}

fn figures(comparison: &ScenarioComparison) -> Table {
    let row = |row: &ComparedFigure| {
        let unit = row.figure_unit;
        let numbers = [row.a, row.b, row.difference].into_iter().flatten();
        let largest = numbers.fold(0.0f64, |largest, value| largest.max(value.abs()));
        let scale = Scale::new(unit, largest);
        let none = || NONE.to_owned();
        let shown = |value: Option<f64>| value.map_or_else(none, |value| scale.format(value));
        let difference = row.difference.map_or_else(none, |value| signed(value, &scale));
        let [a, b] = row.values.map(shown);
        let has_number = row.values.iter().flatten().any(|value| value.is_finite());
        let unit = if has_number { scale.unit(unit) } else { String::new() };
        let cells = [a, b, difference].map(Cell::words).to_vec();
        Row { label: row.figure.text(), cells: Ok(cells), unit }
    };
    let columns = ["A", "B", "B - A"].map(str::to_owned).to_vec();
    let rows = comparison.figures.iter().map(row).collect();
    Table {
        note: "Medians over the paths; for the steady year, base values. Results of the parties are nominal. The \
               break-even covers all running costs, after the retarget."
            .to_owned(),
        ..Table::new("figures", "Main figures", columns, rows)
    }
}

/// A number, or its range if that is what differs.
fn number(input: Option<&ComparedInputValue>, with_range: bool) -> String {
    let Some(input) = input else { return NONE.to_owned() };
    match (input.value, input.low.zip(input.high)) {
        (Some(_), Some((low, high))) if with_range => {
            format!("{} to {}", seven_digits(low), seven_digits(high))
        }
        (Some(value), _) => seven_digits(value),
        (None, _) => NONE.to_owned(),
    }
}

fn numbers(row: &ComparedInput) -> Row {
    let [a, b] = [row.a.as_ref(), row.b.as_ref()];
    // If the values are equal, the ranges differ.
    let with_range = a.zip(b).is_some_and(|(a, b)| a.value == b.value);
    let text = |side: Option<&ComparedInputValue>| {
        let unit = side.and_then(|input| input.unit.as_deref()).unwrap_or("");
        Cell::words(format!("{} {unit}", number(side, with_range)).trim_end())
    };
    let cells = Ok(vec![text(a), text(b)]);
    Row { label: sanitize(&row.key), cells, unit: String::new() }
}

fn choices(row: &ComparedInput) -> Row {
    let text = |side: &Option<ComparedInputValue>| {
        let choice = side.as_ref().and_then(|input| input.choice.as_deref()).unwrap_or(NONE);
        let mut short: String = sanitize(choice).chars().take(MAX_CHOICE_CHARS).collect();
        if choice.chars().count() > MAX_CHOICE_CHARS {
            short += "...";
        }
        Cell::words(short)
    };
    let cells = Ok(vec![text(&row.a), text(&row.b)]);
    Row { label: sanitize(&row.key), cells, unit: String::new() }
}

/// Numbers and choices that differ, each at most [`MAX_INPUTS`].
fn inputs(comparison: &ScenarioComparison) -> Vec<Table> {
    let (of_numbers, of_choices): (Vec<_>, Vec<_>) =
        comparison.inputs.iter().partition(|row| !row.is_choice());
    // The last column, which goes below a row, is not used.
    let columns = ["A", "B", ""].map(str::to_owned).to_vec();
    let table =
        |key: &str, title: &str, rows: &[&ComparedInput], row: fn(&ComparedInput) -> Row| {
            let remaining = rows.len().saturating_sub(MAX_INPUTS);
            let note = match remaining {
                0 => String::new(),
                remaining => format!("{remaining} more differ; --json and --csv list all of them."),
            };
            let rows = rows.iter().take(MAX_INPUTS).map(|input| row(input)).collect();
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
        for (letter, scenario) in [("A", &self.a), ("B", &self.b)] {
            let title =
                scenario.title.as_deref().map_or(String::new(), |title| format!(": {title}"));
            let years = years_text(scenario.length_years);
            let text =
                format!("{letter}: {}{title}, {years} from {}", scenario.name, scenario.start);
            paragraph(f, &sanitize(&text), 0)?;
        }
        let text = format!("{} paths each, seed {}", self.paths_asked, self.seed);
        paragraph(f, &text, 0)?;
        let warnings = self.warnings.iter().map(|warning| Row {
            label: sanitize(&warning.text),
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
