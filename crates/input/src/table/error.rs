//! Errors of tables.

use super::name::shown;
use std::fmt;
use std::ops::Deref;

/// An error of a table with its location and a remedy; see [`TableFault`] for its parts.
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
    /// The name of the table, such as the file name.
    pub table: String,
    /// The line, counted from 1.
    pub line: Option<u64>,
    /// The column, as in the header.
    pub column: Option<String>,
    /// The cell, cut to what errors show.
    pub value: Option<String>,
    /// The reason.
    pub reason: String,
    /// The remedy.
    pub remedy: String,
    is_header_error: bool,
}

impl TableError {
    /// An error about a table as a whole.
    pub fn new(table: &str, reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self(Box::new(TableFault {
            table: table.to_owned(),
            line: None,
            column: None,
            value: None,
            reason: reason.into(),
            remedy: remedy.into(),
            is_header_error: false,
        }))
    }

    /// Whether the error is about the header; no rows were read then.
    pub fn is_header_error(&self) -> bool {
        self.is_header_error
    }

    pub(super) fn of_header(mut self, line: u64) -> Self {
        self.0.is_header_error = true;
        self.on_line(line)
    }

    pub(super) fn with_remedy(mut self, remedy: &str) -> Self {
        remedy.clone_into(&mut self.0.remedy);
        self
    }

    /// Adds an alternative to the remedy.
    #[must_use]
    pub fn or_remedy(mut self, remedy: &str) -> Self {
        self.0.remedy = format!("{}, or {remedy}", self.0.remedy);
        self
    }

    /// Adds the line.
    #[must_use]
    pub fn on_line(mut self, line: u64) -> Self {
        self.0.line = Some(line);
        self
    }

    /// Adds the column.
    #[must_use]
    pub fn in_column(mut self, column: &str) -> Self {
        self.0.column = Some(shown(column));
        self
    }

    /// Adds the value of the cell.
    #[must_use]
    pub fn with_value(mut self, value: &str) -> Self {
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
