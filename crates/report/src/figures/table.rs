//! A table for a reader: labelled rows of cells that are laid out as text or as HTML.

use super::number::{NONE, Scale, percent};
use crate::untrusted::neutral;
use hashwatt::econ::document::place;
use hashwatt::econ::engine::Calendar;
use hashwatt::econ::params::{Denomination, Unit};
use hashwatt::econ::result::{Figure, Missing, Outcome, Value};
use hashwatt::econ::view::table::{FigureTable, Layout, Section};
use std::collections::HashSet;

/// Tables with more columns are shown with rows and columns exchanged.
const MAX_COLUMNS: usize = 12;
/// The same of tables with more rows and columns in which every row has a unit of its own.
const MAX_MIXED: usize = 4;
/// What stands in a cell that lacks something; the table's note says what.
const MISSING: &str = "missing";

/// What a cell shows of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// With every parameter as it is taken.
    Base,
    /// The 5 % point.
    P05,
    /// The median.
    P50,
    /// The 95 % point.
    P95,
    /// The part of all paths in which it is above zero.
    Positive,
}

impl Point {
    /// What a list shows of a value beside the part above zero.
    const SHOWN: [Self; 4] = [Self::Base, Self::P05, Self::P50, Self::P95];

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

    /// The head of its column.
    fn head(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::P05 => "5 %",
            Self::P50 => "median",
            Self::P95 => "95 %",
            Self::Positive => "above 0",
        }
    }

    /// What it is of a value.
    pub(crate) fn of(self, value: &Value) -> Option<f64> {
        match self {
            Self::Base => Some(value.base),
            Self::P05 => value.band.map(|band| band.p05),
            Self::P50 => value.band.map(|band| band.p50),
            Self::P95 => value.band.map(|band| band.p95),
            Self::Positive => value.positive,
        }
    }
}

/// Which figure's number a cell shows, so that it can be held against the other formats.
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
    /// Words, or a number that is no figure.
    pub(crate) fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), mark: None }
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub label: String,
    /// The cells, or the keys that the figures lack.
    pub cells: Result<Vec<Cell>, Vec<String>>,
    /// The unit; empty where the whole table is of one.
    pub unit: String,
}

/// How a table is set in a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Style {
    /// Columns of figures.
    #[default]
    Figures,
    /// A paragraph a row.
    Words,
    /// Columns of words, the last of them on a line of its own below.
    WordColumns,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    pub key: String,
    pub title: String,
    pub note: String,
    /// What the labels are.
    pub corner: String,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    pub style: Style,
    /// Where in a document it is shown.
    pub section: Section,
}

impl Table {
    /// Of figures, in the summary, without a note.
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

    /// Whether cells are words, and so begin at the left.
    pub(crate) fn is_of_words(&self) -> bool {
        self.style != Style::Figures
    }

    /// Rows as columns and columns as rows; a row's unit goes with its label into the head.
    pub(crate) fn transposed(self) -> Self {
        let head = |row: &Row| match row.unit.as_str() {
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
        let mut lacked = Vec::new();
        for keys in self.rows.iter().filter_map(|row| row.cells.as_ref().err()) {
            add_each(&mut lacked, keys.clone());
        }
        let note = match lacked.is_empty() {
            true => self.note,
            false => format!("{} Missing for want of {}.", self.note, lacked.join(", ")),
        };
        let columns = self.rows.iter().map(head).collect();
        Self { note: note.trim().to_owned(), columns, rows, ..self }
    }

    /// Whether rows have a unit of their own.
    pub(crate) fn has_units(&self) -> bool {
        self.rows.iter().any(|row| !row.unit.is_empty())
    }
}

/// What figures are shown with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown<'a> {
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
            Some((_, greatest)) => *greatest = greatest.max(value),
            None => self.0.push((unit, value)),
        }
    }

    /// The scale of figures of a unit. Pure numbers have nothing in common, and each row has its own.
    fn of(&self, unit: Unit, row: impl Iterator<Item = f64>) -> Scale {
        if unit == Unit::One {
            let greatest = |greatest: f64, value: f64| greatest.max(value.abs());
            return Scale::new(unit, row.filter(|value| value.is_finite()).fold(0.0, greatest));
        }
        let known = self.0.iter().find(|(known, _)| *known == unit);
        Scale::new(unit, known.map_or(0.0, |(_, greatest)| *greatest))
    }

    /// The unit of all figures, where there is only one.
    fn only(&self) -> Option<Unit> {
        match self.0[..] {
            [(unit, _)] if unit != Unit::One => Some(unit),
            _ => None,
        }
    }
}

impl Shown<'_> {
    pub(crate) fn mark(&self, figure: Figure, point: Point) -> Mark {
        let place = place(figure, self.money);
        Mark { key: place.column(), period: place.period(self.calendar), point: point.key() }
    }

    fn cell(&self, figure: Figure, value: &Value, point: Point, scale: &Scale) -> Cell {
        let text = match (point.of(value), point) {
            (None, _) => return Cell::default(),
            (Some(part), Point::Positive) => percent(part),
            (Some(number), _) => scale.shown(number),
        };
        Cell { text, mark: Some(self.mark(figure, point)) }
    }

    /// Tables of figures; those without a row are left out.
    pub(crate) fn tables(&self, of: &[FigureTable], outcome: &Outcome) -> Vec<Table> {
        let tables = of.iter().map(|table| self.table(table, outcome));
        tables.filter(|table| !table.rows.is_empty()).collect()
    }

    /// A table of figures.
    fn table(&self, of: &FigureTable, outcome: &Outcome) -> Table {
        let table = match &of.layout {
            Layout::List(rows) => {
                let rows = rows.iter().map(|row| (neutral(&row.label), row.figure)).collect();
                self.list(of, rows, outcome)
            }
            Layout::Grid { columns, rows } => {
                let rows = rows.iter().map(|row| {
                    let figures = row.figures.iter().map(|figure| (*figure, outcome)).collect();
                    (neutral(&row.label), figures)
                });
                let frame = Frame { key: of.key, title: &of.title, note: &of.note };
                let table = self.grid(frame, columns.clone(), rows.collect());
                // As many units as rows: a column each is narrower than a unit beside each row.
                let units: HashSet<&str> = table.rows.iter().map(|r| r.unit.as_str()).collect();
                let is_mixed = columns.len().min(table.rows.len()) > MAX_MIXED
                    && units.len() == table.rows.len();
                if columns.len() > MAX_COLUMNS || is_mixed { table.transposed() } else { table }
            }
        };
        Table { section: of.section, ..table }
    }

    /// Figures over columns, each with the run that it is of: bases alone.
    pub(crate) fn grid(
        &self,
        of: Frame,
        columns: Vec<String>,
        rows: Vec<(String, Vec<(Figure, &Outcome)>)>,
    ) -> Table {
        let rows: Vec<(String, Vec<Found>)> = rows
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
        let only = scales.only();
        let mut lacked: Vec<String> = Vec::new();
        let row = |(label, found): (String, Vec<Found>)| {
            let Some(unit) = values(&found).next().map(|value| value.unit) else {
                return Row { label, cells: Err(lacking(&found)), unit: String::new() };
            };
            add_each(&mut lacked, lacking(&found));
            let scale = scales.of(unit, values(&found).map(|value| value.base));
            let cell = |(figure, value): &Found| match value {
                Ok(value) => self.cell(*figure, value, Point::Base, &scale),
                Err(missing) if missing.keys.is_empty() => Cell::words(NONE),
                Err(_) => Cell::words(MISSING),
            };
            let cells: Vec<Cell> = found.iter().map(cell).collect();
            let label = without_unit(label, unit);
            let unit = if only.is_some() { String::new() } else { unit_of(&cells, &scale, unit) };
            Row { label, cells: Ok(cells), unit }
        };
        let rows: Vec<Row> = rows.into_iter().map(row).collect();
        let title = match only.map(|unit| scales.of(unit, std::iter::empty()).unit(unit)) {
            Some(unit) if !unit.is_empty() => format!("{} ({unit})", of.title),
            _ => of.title.to_owned(),
        };
        let needs = match lacked.is_empty() {
            true => String::new(),
            false => format!("Missing for want of {}.", lacked.join(", ")),
        };
        let note = format!("{} {needs}", of.note).trim().to_owned();
        let table = Table::new(of.key, title, columns, rows);
        Table { note, ..table }
    }

    fn list(&self, of: &FigureTable, rows: Vec<(String, Figure)>, outcome: &Outcome) -> Table {
        let found: Vec<(String, Found)> = rows
            .into_iter()
            .map(|(label, figure)| (label, (figure, outcome.get(figure))))
            .collect();
        let mut scales = Scales::default();
        let mut has_band = false;
        for value in found.iter().filter_map(|(_, (_, value))| value.as_ref().ok()) {
            for number in Point::SHOWN.iter().filter_map(|point| point.of(value)) {
                scales.add(value.unit, number);
            }
            has_band |= value.band.is_some();
        }
        let scale = |value: &Value| {
            scales.of(value.unit, Point::SHOWN.iter().filter_map(|point| point.of(value)))
        };
        let mut shown = found.iter().filter_map(|(_, (_, value))| value.as_ref().ok());
        let has_sign = shown.any(|value| may_be_negative(value, &scale(value)));
        let mut points = if has_band { Point::SHOWN.to_vec() } else { vec![Point::Base] };
        if has_sign {
            points.push(Point::Positive);
        }
        let row = |(label, found): (String, Found)| {
            let (figure, value) = &found;
            let Ok(value) = value else {
                return Row { label, cells: Err(lacking(&[found])), unit: String::new() };
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
        let heads = points.iter().map(|point| point.head().to_owned());
        let columns = if points.len() == 1 { vec!["value".to_owned()] } else { heads.collect() };
        let rows = found.into_iter().map(row).collect();
        Table { note: of.note.clone(), ..Table::new(of.key, of.title.clone(), columns, rows) }
    }
}

/// A figure with its value or what it lacks.
type Found = (Figure, Result<Value, Missing>);

fn values(found: &[Found]) -> impl Iterator<Item = &Value> {
    found.iter().filter_map(|(_, value)| value.as_ref().ok())
}

/// Whether the part above zero says anything: some of the paths are below.
fn may_be_negative(value: &Value, scale: &Scale) -> bool {
    value.positive.is_some() && value.band.is_some_and(|band| scale.is_negative(band.p05))
}

/// A label without its unit at the end, which stands in a column of its own and may have a scale.
fn without_unit(label: String, unit: Unit) -> String {
    let unit = unit.to_string();
    let is_unit = |head: &str, tail: &str| {
        let spelt = tail.replace(" a day", "/day").replace(" a year", "/year");
        // The time may stand before it: `Energy at the meter a year, TWh`.
        let of_head = [("/day", " a day"), ("/year", " a year")]
            .into_iter()
            .any(|(end, words)| unit.strip_suffix(end) == Some(tail) && head.contains(words));
        spelt == unit || of_head
    };
    match label.rsplit_once(", ") {
        Some((head, tail)) if is_unit(head, tail) => head.to_owned(),
        _ => label,
    }
}

/// The unit of a row, where it has any number that is reached.
fn unit_of(cells: &[Cell], scale: &Scale, unit: Unit) -> String {
    let has_number = cells.iter().any(|cell| cell.text.contains(|c: char| c.is_ascii_digit()));
    if has_number { scale.unit(unit) } else { String::new() }
}

/// What a table is called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame<'a> {
    pub key: &'a str,
    pub title: &'a str,
    pub note: &'a str,
}

/// The keys that figures lack, each once.
fn lacking(found: &[Found]) -> Vec<String> {
    let mut keys = Vec::new();
    for missing in found.iter().filter_map(|(_, value)| value.as_ref().err()) {
        add_each(&mut keys, missing.keys.clone());
    }
    keys
}

fn add_each(keys: &mut Vec<String>, more: Vec<String>) {
    for key in more {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
}

/// What stands in a row that lacks something.
pub(crate) fn missing(keys: &[String]) -> String {
    if keys.is_empty() { NONE.to_owned() } else { format!("missing: {}", keys.join(", ")) }
}
