//! A table for a reader: labelled rows of cells that are laid out as text or as HTML.

use super::key::place;
use super::number::{NONE, Scale, percent};
use crate::untrusted::neutral;
use hashwatt::econ::engine::Calendar;
use hashwatt::econ::params::{Denomination, Unit};
use hashwatt::econ::result::{Figure, Missing, Outcome, Value};
use hashwatt::econ::view::table::{FigureTable, Layout};

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
    /// Whether cells are words, and so begin at the left.
    pub words: bool,
}

impl Table {
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

    fn of(&self, unit: Unit) -> Scale {
        let known = self.0.iter().find(|(known, _)| *known == unit);
        Scale::new(unit, known.map_or(0.0, |(_, greatest)| *greatest))
    }

    /// The unit of all figures, where there is only one.
    fn only(&self) -> Option<Unit> {
        match self.0[..] {
            [(unit, _)] => Some(unit),
            _ => None,
        }
    }
}

impl Shown<'_> {
    fn mark(&self, figure: Figure, point: Point) -> Mark {
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

    /// A table of figures.
    pub(crate) fn table(&self, of: &FigureTable, outcome: &Outcome) -> Table {
        match &of.layout {
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
                self.grid(frame, columns.clone(), rows.collect())
            }
        }
    }

    /// Figures over columns, each with the run that it is of: bases alone.
    pub(crate) fn grid(
        &self,
        of: Frame,
        columns: Vec<String>,
        rows: Vec<(String, Vec<(Figure, &Outcome)>)>,
    ) -> Table {
        let mut scales = Scales::default();
        for (figure, outcome) in rows.iter().flat_map(|(_, figures)| figures) {
            if let Ok(value) = outcome.get(*figure) {
                scales.add(value.unit, value.base);
            }
        }
        let only = scales.only();
        let row = |(label, figures): (String, Vec<(Figure, &Outcome)>)| {
            let found: Vec<(Figure, Result<Value, Missing>)> =
                figures.iter().map(|(figure, outcome)| (*figure, outcome.get(*figure))).collect();
            let Some(unit) =
                found.iter().find_map(|(_, value)| value.as_ref().ok()).map(|v| v.unit)
            else {
                return Row { label, cells: Err(lacking(found)), unit: String::new() };
            };
            let scale = scales.of(unit);
            let cell = |(figure, value): &(Figure, Result<Value, Missing>)| match value {
                Ok(value) => self.cell(*figure, value, Point::Base, &scale),
                Err(_) => Cell::words(NONE),
            };
            let unit = if only.is_some() { String::new() } else { scale.unit(unit) };
            Row { label, cells: Ok(found.iter().map(cell).collect()), unit }
        };
        let title = match only.map(|unit| scales.of(unit).unit(unit)) {
            Some(unit) if !unit.is_empty() => format!("{} ({unit})", of.title),
            _ => of.title.to_owned(),
        };
        Table {
            key: of.key.to_owned(),
            title,
            note: of.note.to_owned(),
            corner: String::new(),
            columns,
            rows: rows.into_iter().map(row).collect(),
            words: false,
        }
    }

    fn list(&self, of: &FigureTable, rows: Vec<(String, Figure)>, outcome: &Outcome) -> Table {
        let found: Vec<_> =
            rows.into_iter().map(|(label, figure)| (label, figure, outcome.get(figure))).collect();
        let (mut scales, mut points) = (Scales::default(), vec![Point::Base]);
        for value in found.iter().filter_map(|(_, _, value)| value.as_ref().ok()) {
            for point in [Point::Base, Point::P05, Point::P50, Point::P95] {
                if let Some(number) = point.of(value) {
                    scales.add(value.unit, number);
                }
            }
            if value.band.is_some() {
                points = vec![Point::Base, Point::P05, Point::P50, Point::P95, Point::Positive];
            }
        }
        let row = |(label, figure, value): (String, Figure, Result<Value, Missing>)| match value {
            Ok(value) => {
                let scale = scales.of(value.unit);
                let cells = points.iter().map(|point| self.cell(figure, &value, *point, &scale));
                Row { label, cells: Ok(cells.collect()), unit: scale.unit(value.unit) }
            }
            Err(missing) => Row {
                label,
                cells: Err(lacking(vec![(figure, Err(missing))])),
                unit: String::new(),
            },
        };
        let heads = points.iter().map(|point| point.head().to_owned());
        let columns = if points.len() == 1 { vec!["value".to_owned()] } else { heads.collect() };
        Table {
            key: of.key.to_owned(),
            title: of.title.clone(),
            note: of.note.clone(),
            corner: String::new(),
            columns,
            rows: found.into_iter().map(row).collect(),
            words: false,
        }
    }
}

/// What a table is called.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame<'a> {
    pub key: &'a str,
    pub title: &'a str,
    pub note: &'a str,
}

/// The keys that figures lack, each once.
fn lacking(found: Vec<(Figure, Result<Value, Missing>)>) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for key in found.into_iter().filter_map(|(_, value)| value.err()).flat_map(|m| m.keys) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// What stands in a row that lacks something.
pub(crate) fn missing(keys: &[String]) -> String {
    if keys.is_empty() { NONE.to_owned() } else { format!("missing: {}", keys.join(", ")) }
}
