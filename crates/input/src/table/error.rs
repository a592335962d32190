//! What is wrong with a table.

use super::name::shown;
use std::fmt;

/// What is wrong with a table, where, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
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
}

impl TableError {
    /// Of a table as a whole.
    pub fn new(table: &str, reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            table: table.to_owned(),
            line: None,
            column: None,
            value: None,
            reason: reason.into(),
            remedy: remedy.into(),
        }
    }

    /// The same on a line.
    #[must_use]
    pub fn on_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The same in a column.
    #[must_use]
    pub fn in_column(mut self, column: &str) -> Self {
        self.column = Some(shown(column));
        self
    }

    /// The same of a cell.
    #[must_use]
    pub fn of_value(mut self, value: &str) -> Self {
        self.value = Some(shown(value));
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
