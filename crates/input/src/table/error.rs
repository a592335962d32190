//! What is wrong with a table.

use super::name::shown;
use std::fmt;
use std::ops::Deref;

/// What is wrong with a table, where, and what to write instead; see [`TableFault`] for its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError(Box<TableFault>);

impl Deref for TableError {
    type Target = TableFault;

    fn deref(&self) -> &TableFault {
        &self.0
    }
}

/// The parts of a [`TableError`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFault {
    /// What the table is called: the file as it was given.
    pub table: String,
    /// The line, from 1.
    pub line: Option<u64>,
    /// The column, as the header has it.
    pub column: Option<String>,
    /// The cell, cut to what can be shown.
    pub value: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub remedy: String,
    is_of_header: bool,
}

impl TableError {
    /// Of a table as a whole.
    pub fn new(table: &str, reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self(Box::new(TableFault {
            table: table.to_owned(),
            line: None,
            column: None,
            value: None,
            reason: reason.into(),
            remedy: remedy.into(),
            is_of_header: false,
        }))
    }

    /// Whether it is of the header: rows were not read.
    pub fn is_of_header(&self) -> bool {
        self.is_of_header
    }

    pub(super) fn of_header(mut self, line: u64) -> Self {
        self.0.is_of_header = true;
        self.on_line(line)
    }

    pub(super) fn with_remedy(mut self, remedy: &str) -> Self {
        remedy.clone_into(&mut self.0.remedy);
        self
    }

    /// Another way out, beside the remedy.
    #[must_use]
    pub fn or(mut self, remedy: &str) -> Self {
        self.0.remedy = format!("{}, or {remedy}", self.0.remedy);
        self
    }

    /// The same on a line.
    #[must_use]
    pub fn on_line(mut self, line: u64) -> Self {
        self.0.line = Some(line);
        self
    }

    /// The same in a column.
    #[must_use]
    pub fn in_column(mut self, column: &str) -> Self {
        self.0.column = Some(shown(column));
        self
    }

    /// The same of a cell.
    #[must_use]
    pub fn of_value(mut self, value: &str) -> Self {
        self.0.value = Some(shown(value));
        self
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.table)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        f.write_str(": ")?;
        if let Some(value) = &self.value {
            write!(f, "`{value}` ")?;
        }
        write!(f, "{}; {}", self.reason, self.remedy)
    }
}

impl std::error::Error for TableError {}
