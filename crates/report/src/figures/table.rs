//! Tables of labelled rows, which are laid out as text or as HTML.

use super::number::{NONE, Scale, percent};
use crate::untrusted::sanitize;
use hashwatt::econ::document::figure_location;
use hashwatt::econ::engine::Calendar;
use hashwatt::econ::params::{Denomination, Unit};
use hashwatt::econ::result::{Figure, Missing, Outcome, Value};
use hashwatt::econ::view::table::{FigureTable, Layout, Section};
use std::collections::HashSet;

/// Tables with more columns are transposed.
const MAX_COLUMNS: usize = 12;
/// Tables in which every row has its own unit are transposed if they have more rows and columns than this.
const MAX_MIXED_UNITS: usize = 4;
/// Shown in a cell whose figure lacks an input; the table's note names the input.
const MISSING: &str = "missing";

/// The statistic of a figure that a cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// The value with all inputs at their base values.
    Base,
    /// The 5 % point.
    P05,
    /// The median.
    P50,
    /// The 95 % point.
    P95,
    /// The fraction of paths in which it is above zero.
    Positive,
}

impl Point {
    /// The statistics of a list, without the fraction above zero.
    const IN_LISTS: [Self; 4] = [Self::Base, Self::P05, Self::P50, Self::P95];

    /// The key in machine formats.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::P05 => "p05",
            Self::P50 => "p50",
            Self::P95 => "p95",
            Self::Positive => "positive",
        }
    }

    /// The header of its column.
    fn header(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::P05 => "5 %",
            Self::P50 => "median",
            Self::P95 => "95 %",
            Self::Positive => "above 0",
        }
    }

    /// This statistic of a value.
    pub(crate) fn get(self, value: &Value) -> Option<f64> {
        match self {
            Self::Base => Some(value.base),
            Self::P05 => value.band.map(|band| band.p05),
            Self::P50 => value.band.map(|band| band.p50),
            Self::P95 => value.band.map(|band| band.p95),
            Self::Positive => value.positive,
        }
    }
}

/// Identifies the number that a cell shows, so that it can be compared with the other formats.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mark {
    pub key: String,
    pub period: String,
    pub point: &'static str,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cell {
    pub text: String,
    pub mark: Option<Mark>,
}

impl Cell {
    /// A cell with a text, or with a number that is not a figure.
    pub(crate) fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), mark: None }
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub label: String,
    /// The cells, or the keys of the missing inputs.
    pub cells: Result<Vec<Cell>, Vec<String>>,
    /// The unit; empty if the whole table has one unit.
    pub unit: String,
}

/// The layout of a table in a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Style {
    /// Columns of figures.
    #[default]
    Figures,
    /// One paragraph for each row.
    Words,
    /// Columns of words; the last cell of a row follows on a line of its own.
    WordColumns,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    pub key: String,
    pub title: String,
    pub note: String,
    /// Header of the labels.
    pub corner: String,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    pub style: Style,
    /// The section of the document that shows it.
    pub section: Section,
}

impl Table {
    /// A table of figures in the summary, without a note.
    pub(crate) fn new(
        key: &str,
        title: impl Into<String>,
        columns: Vec<String>,
        rows: Vec<Row>,
    ) -> Self {
        Self {
            key: key.to_owned(),
            title: title.into(),
            note: String::new(),
            corner: String::new(),
            columns,
            rows,
            style: Style::Figures,
            section: Section::Summary,
        }
    }

    /// Whether the cells are words, which are aligned left.
    pub(crate) fn has_words(&self) -> bool {
        self.style != Style::Figures
    }

    /// Exchanges rows and columns; a row's unit becomes part of its column header.
    pub(crate) fn transposed(self) -> Self {
        let header = |row: &Row| match row.unit.as_str() {
            "" => row.label.clone(),
            unit => format!("{} ({unit})", row.label),
        };
        let cell = |row: &Row, place: usize| match &row.cells {
            Ok(cells) => cells.get(place).cloned().unwrap_or_default(),
            Err(keys) if keys.is_empty() => Cell::words(NONE),
            Err(_) => Cell::words(MISSING),
        };
        let row = |(place, label): (usize, &String)| Row {
            label: label.clone(),
            cells: Ok(self.rows.iter().map(|row| cell(row, place)).collect()),
            unit: String::new(),
        };
        let rows = self.columns.iter().enumerate().map(row).collect();
        let mut missing_keys = Vec::new();
        for keys in self.rows.iter().filter_map(|row| row.cells.as_ref().err()) {
            add_distinct(&mut missing_keys, keys.clone());
        }
        let note = match missing_keys.is_empty() {
            true => self.note,
            false => format!("{} {}", self.note, missing_note(&missing_keys)),
        };
        let columns = self.rows.iter().map(header).collect();
        Self { note: note.trim().to_owned(), columns, rows, ..self }
    }

    /// Whether the rows have their own units.
    pub(crate) fn has_units(&self) -> bool {
        self.rows.iter().any(|row| !row.unit.is_empty())
    }
}

/// Builds tables of figures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableBuilder<'a> {
    pub calendar: Option<&'a Calendar>,
    pub money: Denomination,
}

/// One scale for each unit of a table.
#[derive(Debug, Default)]
struct Scales(Vec<(Unit, f64)>);

impl Scales {
    fn add(&mut self, unit: Unit, value: f64) {
        let value = if value.is_finite() { value.abs() } else { 0.0 };
        match self.0.iter_mut().find(|(known, _)| *known == unit) {
            Some((_, largest)) => *largest = largest.max(value),
            None => self.0.push((unit, value)),
        }
    }

    /// The scale of figures of a unit. Dimensionless numbers do not share a scale: each row has its own.
    fn scale_for(&self, unit: Unit, row: impl Iterator<Item = f64>) -> Scale {
        if unit == Unit::One {
            let larger = |largest: f64, value: f64| largest.max(value.abs());
            return Scale::new(unit, row.filter(|value| value.is_finite()).fold(0.0, larger));
        }
        let known = self.0.iter().find(|(known, _)| *known == unit);
        Scale::new(unit, known.map_or(0.0, |(_, largest)| *largest))
    }

    /// The unit of all figures, if there is only one.
    fn common_unit(&self) -> Option<Unit> {
        match self.0[..] {
            [(unit, _)] if unit != Unit::One => Some(unit),
            _ => None,
        }
    }
}

impl TableBuilder<'_> {
    pub(crate) fn mark(&self, figure: Figure, point: Point) -> Mark {
        let place = figure_location(figure, self.money);
        Mark { key: place.column(), period: place.period(self.calendar), point: point.key() }
    }

    fn cell(&self, figure: Figure, value: &Value, point: Point, scale: &Scale) -> Cell {
        let text = match (point.get(value), point) {
            (None, _) => return Cell::default(),
            (Some(fraction), Point::Positive) => percent(fraction),
            (Some(number), _) => scale.format(number),
        };
        Cell { text, mark: Some(self.mark(figure, point)) }
    }

    /// Tables of figures; those without a row are omitted.
    pub(crate) fn tables(&self, tables: &[FigureTable], outcome: &Outcome) -> Vec<Table> {
        let tables = tables.iter().map(|table| self.table(table, outcome));
        tables.filter(|table| !table.rows.is_empty()).collect()
    }

    /// A table of figures.
    fn table(&self, source: &FigureTable, outcome: &Outcome) -> Table {
        let table = match &source.layout {
            Layout::List(rows) => {
                let rows = rows.iter().map(|row| (sanitize(&row.label), row.figure)).collect();
                self.list(source, rows, outcome)
            }
            Layout::Grid { columns, rows } => {
                let rows = rows.iter().map(|row| {
                    let figures = row.figures.iter().map(|figure| (*figure, outcome)).collect();
                    (sanitize(&row.label), figures)
                });
                let heading =
                    TableHeading { key: source.key, title: &source.title, note: &source.note };
                let table = self.grid(heading, columns.clone(), rows.collect());
                // If every row has its own unit, one column for each is narrower than a column of units.
                let units: HashSet<&str> = table.rows.iter().map(|r| r.unit.as_str()).collect();
                let is_mixed = columns.len().min(table.rows.len()) > MAX_MIXED_UNITS
                    && units.len() == table.rows.len();
                if columns.len() > MAX_COLUMNS || is_mixed { table.transposed() } else { table }
            }
        };
        Table { section: source.section, ..table }
    }

    /// A grid of base values; each figure comes with the run that it belongs to.
    pub(crate) fn grid(
        &self,
        heading: TableHeading,
        columns: Vec<String>,
        rows: Vec<(String, Vec<(Figure, &Outcome)>)>,
    ) -> Table {
        let rows: Vec<(String, Vec<Lookup>)> = rows
            .into_iter()
            .map(|(label, figures)| {
                let found =
                    figures.into_iter().map(|(figure, outcome)| (figure, outcome.get(figure)));
                (label, found.collect())
            })
            .collect();
        let mut scales = Scales::default();
        for value in rows.iter().flat_map(|(_, row)| values(row)) {
            scales.add(value.unit, value.base);
        }
        let common_unit = scales.common_unit();
        let mut missing_keys: Vec<String> = Vec::new();
        let row = |(label, found): (String, Vec<Lookup>)| {
            let Some(unit) = values(&found).next().map(|value| value.unit) else {
                return Row { label, cells: Err(keys_missing(&found)), unit: String::new() };
            };
            add_distinct(&mut missing_keys, keys_missing(&found));
            let scale = scales.scale_for(unit, values(&found).map(|value| value.base));
            let cell = |(figure, value): &Lookup| match value {
                Ok(value) => self.cell(*figure, value, Point::Base, &scale),
                Err(missing) if missing.keys.is_empty() => Cell::words(NONE),
                Err(_) => Cell::words(MISSING),
            };
            let cells: Vec<Cell> = found.iter().map(cell).collect();
            let label = without_unit(label, unit);
            let unit =
                if common_unit.is_some() { String::new() } else { unit_of(&cells, &scale, unit) };
            Row { label, cells: Ok(cells), unit }
        };
        let rows: Vec<Row> = rows.into_iter().map(row).collect();
        let title =
            match common_unit.map(|unit| scales.scale_for(unit, std::iter::empty()).unit(unit)) {
                Some(unit) if !unit.is_empty() => format!("{} ({unit})", heading.title),
                _ => heading.title.to_owned(),
            };
        let missing = match missing_keys.is_empty() {
            true => String::new(),
            false => missing_note(&missing_keys),
        };
        let note = format!("{} {missing}", heading.note).trim().to_owned();
        let table = Table::new(heading.key, title, columns, rows);
        Table { note, ..table }
    }

    fn list(&self, source: &FigureTable, rows: Vec<(String, Figure)>, outcome: &Outcome) -> Table {
        let found: Vec<(String, Lookup)> = rows
            .into_iter()
            .map(|(label, figure)| (label, (figure, outcome.get(figure))))
            .collect();
        let mut scales = Scales::default();
        let mut has_band = false;
        for value in found.iter().filter_map(|(_, (_, value))| value.as_ref().ok()) {
            for number in Point::IN_LISTS.iter().filter_map(|point| point.get(value)) {
                scales.add(value.unit, number);
            }
            has_band |= value.band.is_some();
        }
        let scale = |value: &Value| {
            let points = Point::IN_LISTS.iter().filter_map(|point| point.get(value));
            scales.scale_for(value.unit, points)
        };
        let mut known = found.iter().filter_map(|(_, (_, value))| value.as_ref().ok());
        let has_sign = known.any(|value| may_be_negative(value, &scale(value)));
        let mut points = if has_band { Point::IN_LISTS.to_vec() } else { vec![Point::Base] };
        if has_sign {
            points.push(Point::Positive);
        }
        let row = |(label, found): (String, Lookup)| {
            let (figure, value) = &found;
            let Ok(value) = value else {
                return Row { label, cells: Err(keys_missing(&[found])), unit: String::new() };
            };
            let scale = scale(value);
            let cell = |point: &Point| match point {
                Point::Positive if !may_be_negative(value, &scale) => Cell::default(),
                point => self.cell(*figure, value, *point, &scale),
            };
            let cells: Vec<Cell> = points.iter().map(cell).collect();
            let (label, unit) =
                (without_unit(label, value.unit), unit_of(&cells, &scale, value.unit));
            Row { label, cells: Ok(cells), unit }
        };
        let headers = points.iter().map(|point| point.header().to_owned());
        let columns = if points.len() == 1 { vec!["value".to_owned()] } else { headers.collect() };
        let rows = found.into_iter().map(row).collect();
        let table = Table::new(source.key, source.title.clone(), columns, rows);
        Table { note: source.note.clone(), ..table }
    }
}

/// A figure with its value or its missing inputs.
type Lookup = (Figure, Result<Value, Missing>);

fn values(found: &[Lookup]) -> impl Iterator<Item = &Value> {
    found.iter().filter_map(|(_, value)| value.as_ref().ok())
}

/// Whether the fraction above zero is informative: some paths are below zero.
fn may_be_negative(value: &Value, scale: &Scale) -> bool {
    value.positive.is_some() && value.band.is_some_and(|band| scale.is_negative(band.p05))
}

/// Removes the unit at the end of a label, because the unit has its own column and may have a scale.
fn without_unit(label: String, unit: Unit) -> String {
    let unit = unit.to_string();
    let is_unit = |head: &str, tail: &str| {
        let spelt = tail.replace(" per day", "/day").replace(" per year", "/year");
        // The period can come before the unit: `Energy at the meter per year, TWh`.
        let has_period = [("/day", " per day"), ("/year", " per year")]
            .into_iter()
            .any(|(end, words)| unit.strip_suffix(end) == Some(tail) && head.contains(words));
        spelt == unit || has_period
    };
    match label.rsplit_once(", ") {
        Some((head, tail)) if is_unit(head, tail) => head.to_owned(),
        _ => label,
    }
}

/// The unit of a row; empty if no cell has a number.
fn unit_of(cells: &[Cell], scale: &Scale, unit: Unit) -> String {
    let has_number = cells.iter().any(|cell| cell.text.contains(|c: char| c.is_ascii_digit()));
    if has_number { scale.unit(unit) } else { String::new() }
}

/// The key, title and note of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableHeading<'a> {
    pub key: &'a str,
    pub title: &'a str,
    pub note: &'a str,
}

/// The keys of the inputs that figures lack, each once.
fn keys_missing(found: &[Lookup]) -> Vec<String> {
    let mut keys = Vec::new();
    for missing in found.iter().filter_map(|(_, value)| value.as_ref().err()) {
        add_distinct(&mut keys, missing.keys.clone());
    }
    keys
}

fn add_distinct(keys: &mut Vec<String>, more: Vec<String>) {
    for key in more {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
}

/// The note of a table with missing cells.
fn missing_note(keys: &[String]) -> String {
    format!("Missing values need {}.", keys.join(", "))
}

/// The text of a row whose figures lack inputs.
pub(crate) fn missing_text(keys: &[String]) -> String {
    if keys.is_empty() { NONE.to_owned() } else { format!("missing: {}", keys.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_at_end_of_label_is_removed_with_its_period() {
        for (label, unit, shown) in [
            ("Energy cost per day, USD", Unit::UsdPerDay, "Energy cost per day"),
            ("Revenue, USD per day", Unit::UsdPerDay, "Revenue"),
            ("Energy at the meter per year, TWh", Unit::TwhPerYear, "Energy at the meter per year"),
            ("Contracted power, MW", Unit::Mw, "Contracted power"),
            ("Revenue, other", Unit::UsdPerDay, "Revenue, other"),
        ] {
            assert_eq!(without_unit(label.to_owned(), unit), shown);
        }
    }
}
