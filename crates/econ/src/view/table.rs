//! Which figures a view shows, in which order: tables of keys, without numbers.

use crate::engine::Calendar;
use crate::result::{Figure, Period};

/// The part of a document that a table belongs to: what is shown at once, or when it is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Section {
    /// The answer: on the first screen.
    #[default]
    Summary,
    /// Inputs with their sources.
    Inputs,
    /// By calendar year and by month.
    Months,
    /// Who pays what to whom, foreign exchange, the nation's account.
    Flows,
    /// What else there is.
    Rest,
}

/// A table of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureTable {
    /// The key in machine formats.
    pub key: &'static str,
    /// What it says, for a reader.
    pub title: String,
    /// What a reader must know of it; may be empty.
    pub note: String,
    /// Where in a document it is shown.
    pub section: Section,
    /// Its figures.
    pub layout: Layout,
}

/// How a table is laid out.
#[derive(Clone, Debug, PartialEq)]
pub enum Layout {
    /// A figure a row: its base, the points of its band, its unit.
    List(Vec<FigureRow>),
    /// A row of figures over columns, such as years: bases, all of one unit.
    Grid {
        /// Heads of the columns.
        columns: Vec<String>,
        /// Rows.
        rows: Vec<GridRow>,
    },
}

/// A figure with its label.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRow {
    /// What it is, for a reader.
    pub label: String,
    /// Which.
    pub figure: Figure,
}

/// A row of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct GridRow {
    /// What they are, for a reader.
    pub label: String,
    /// One for each column.
    pub figures: Vec<Figure>,
}

impl FigureTable {
    /// In the summary, without a note.
    pub fn new(key: &'static str, title: impl Into<String>, layout: Layout) -> Self {
        let (title, note) = (title.into(), String::new());
        Self { key, title, note, section: Section::Summary, layout }
    }

    /// A list of figures under their own names.
    pub fn list(
        key: &'static str,
        title: impl Into<String>,
        figures: impl IntoIterator<Item = Figure>,
    ) -> Self {
        let row = |figure: Figure| FigureRow { label: figure.text(), figure };
        let layout = Layout::List(figures.into_iter().map(row).collect());
        Self::new(key, title, layout)
    }

    /// The same with labels of their own.
    pub fn labelled(
        key: &'static str,
        title: impl Into<String>,
        rows: impl IntoIterator<Item = (String, Figure)>,
    ) -> Self {
        let rows = rows.into_iter().map(|(label, figure)| FigureRow { label, figure }).collect();
        Self::new(key, title, Layout::List(rows))
    }

    /// Rows over calendar years and the whole time; `of` makes the figure of a row and a period.
    pub fn by_year<R: Copy>(
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

    /// In a section of the document that is not its summary.
    pub fn within(self, section: Section) -> Self {
        Self { section, ..self }
    }

    /// With something that a reader must know.
    pub fn with_note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// Every figure of it.
    pub fn figures(&self) -> Vec<Figure> {
        match &self.layout {
            Layout::List(rows) => rows.iter().map(|row| row.figure).collect(),
            Layout::Grid { rows, .. } => rows.iter().flat_map(|row| row.figures.clone()).collect(),
        }
    }
}

/// A period for a reader.
pub fn period_name(calendar: &Calendar, period: Period) -> String {
    match period {
        Period::Year(year) => (i32::from(calendar.first_year()) + i32::from(year)).to_string(),
        Period::Whole => "all".to_owned(),
    }
}
