//! The layout of views: tables of figures, without numbers.

use crate::engine::Calendar;
use crate::result::{Figure, Period};

/// The part of a document to which a table belongs: shown by default or on request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Section {
    /// The main results, on the first screen.
    #[default]
    Summary,
    /// Inputs with their sources.
    Inputs,
    /// Results by calendar year and by month.
    Months,
    /// Flows between parties, foreign exchange and the account of the nation.
    Flows,
    /// Everything else.
    Rest,
}

/// A table of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureTable {
    /// The key in machine-readable output.
    pub key: &'static str,
    /// The title.
    pub title: String,
    /// A note; may be empty.
    pub note: String,
    /// The section of the document.
    pub section: Section,
    /// The figures.
    pub layout: Layout,
}

/// The layout of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Layout {
    /// One figure per row, with its base value, the points of its band and its unit.
    List(Vec<FigureRow>),
    /// Several figures per row, in columns such as years: base values in one unit.
    Grid {
        /// Headings of the columns.
        columns: Vec<String>,
        /// Rows.
        rows: Vec<GridRow>,
    },
}

/// A figure with its label.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FigureRow {
    /// The label.
    pub label: String,
    /// The figure.
    pub figure: Figure,
}

/// A row of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct GridRow {
    /// The label.
    pub label: String,
    /// The figures, one for each column.
    pub figures: Vec<Figure>,
}

impl FigureTable {
    /// Makes a table in the summary without a note.
    pub(crate) fn new(key: &'static str, title: impl Into<String>, layout: Layout) -> Self {
        let (title, note) = (title.into(), String::new());
        Self { key, title, note, section: Section::Summary, layout }
    }

    /// Makes a list of figures labelled with their own names.
    pub(crate) fn list(
        key: &'static str,
        title: impl Into<String>,
        figures: impl IntoIterator<Item = Figure>,
    ) -> Self {
        let row = |figure: Figure| FigureRow { label: figure.text(), figure };
        let layout = Layout::List(figures.into_iter().map(row).collect());
        Self::new(key, title, layout)
    }

    /// Makes a list of figures with given labels.
    pub(crate) fn labelled(
        key: &'static str,
        title: impl Into<String>,
        rows: impl IntoIterator<Item = (String, Figure)>,
    ) -> Self {
        let rows = rows.into_iter().map(|(label, figure)| FigureRow { label, figure }).collect();
        Self::new(key, title, Layout::List(rows))
    }

    /// Makes a table with a column for each calendar year and the whole project; `of` returns the figure of a
    /// row and a period.
    pub(crate) fn by_year<R: Copy>(
        key: &'static str,
        title: impl Into<String>,
        calendar: &Calendar,
        rows: impl IntoIterator<Item = (String, R)>,
        of: impl Fn(R, Period) -> Figure,
    ) -> Self {
        let periods: Vec<Period> = (0..calendar.years())
            .map(|year| Period::Year(year as u8))
            .chain([Period::Whole])
            .collect();
        let columns = periods.iter().map(|period| period_name(calendar, *period)).collect();
        let row = |(label, row): (String, R)| GridRow {
            label,
            figures: periods.iter().map(|period| of(row, *period)).collect(),
        };
        let rows = rows.into_iter().map(row).collect();
        Self::new(key, title, Layout::Grid { columns, rows })
    }

    /// Moves the table to another section.
    pub(crate) fn within(self, section: Section) -> Self {
        Self { section, ..self }
    }

    /// Adds a note.
    pub(crate) fn with_note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// All figures of the table.
    pub fn figures(&self) -> Vec<Figure> {
        match &self.layout {
            Layout::List(rows) => rows.iter().map(|row| row.figure).collect(),
            Layout::Grid { rows, .. } => rows.iter().flat_map(|row| row.figures.clone()).collect(),
        }
    }
}

/// The name of a period: a year, or `all`.
pub(crate) fn period_name(calendar: &Calendar, period: Period) -> String {
    match period {
        Period::Year(year) => (i32::from(calendar.first_year()) + i32::from(year)).to_string(),
        Period::Whole => "all".to_owned(),
    }
}
