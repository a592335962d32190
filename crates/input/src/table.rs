//! One CSV reader for every table that hashwatt takes.
//!
//! The delimiter (comma, semicolon or tab) is the one with which the wanted columns are found. A device's own lines
//! may precede the header. Column names are compared without letter case, spaces, `_` and `-`, and may have a unit:
//! `power_kw`, `Power (kW)` and `Power [kW]` are the same column, whose values are converted to the wanted unit. A
//! decimal comma is accepted where the column shows that it is one. An ambiguous value is refused, with the line,
//! the column, the value and the remedy.
//!
//! ```
//! use hashwatt_input::table::{ColumnSpec, Table, UnknownColumns};
//!
//! let wanted = [ColumnSpec::required(&["month"]), ColumnSpec::required(&["power_w"]).in_unit("W")];
//! let text = "Month;Power (kW)\n1;0,633\n2;1,25\n";
//! let table = Table::parse("plant.csv", text, &wanted, UnknownColumns::Refused)?;
//! let powers: Result<Vec<f64>, _> = table.rows().map(|row| row?.number(1)).collect();
//! assert_eq!(powers?, [633.0, 1250.0]);
//! # Ok::<(), hashwatt_input::table::TableError>(())
//! ```

mod column_spec;
mod error;
mod header;
mod name;
mod number;
mod row;
pub mod time;
mod unit;

pub use column_spec::ColumnSpec;
pub use error::{TableError, TableFault};
pub use header::UnknownColumns;
pub use row::{Row, Rows, Unique};
pub use unit::Unit;

use header::{FoundColumn, Header, HeaderCell, Layout};
use number::DecimalStyle;

/// The greatest length of a record, in bytes.
const MAX_RECORD_BYTES: usize = 64 << 10;

/// A table whose header has been read. Rows are read one after another.
pub struct Table<'t> {
    name: String,
    preamble: &'t str,
    /// The text after the header.
    body: &'t str,
    /// The line on which the body begins, counted from 1.
    first_line: u64,
    delimiter: u8,
    layout: Layout,
    header_line: u64,
    header_cells: Vec<HeaderCell>,
    /// For each wanted column, where it was found.
    found_columns: Vec<Option<FoundColumn>>,
    /// The name of each wanted column, for one that is absent.
    wanted: Vec<String>,
    /// The unit of each wanted column, if it has one.
    units: Vec<Option<Unit>>,
    styles: Vec<DecimalStyle>,
}

impl<'t> Table<'t> {
    /// Finds the header of a table and the format of its numbers. `name` identifies the table in errors, such as
    /// the file name. Rows refer to columns by their index in `wanted`.
    ///
    /// # Errors
    /// A header without a required column, with a duplicate column, with a unit of another quantity or, where
    /// they are refused, with an unknown column; and a record longer than 64 KiB.
    pub fn parse(
        name: &str,
        text: &'t str,
        wanted: &[ColumnSpec<'_>],
        unknown: UnknownColumns,
    ) -> Result<Self, TableError> {
        let Header {
            delimiter,
            layout,
            line,
            header_cells,
            found_columns,
            header_at,
            body_at,
            body_line,
        } = header::find(name, text, wanted, unknown)?;
        let preamble = text.get(..header_at).unwrap_or("");
        let body = text.get(body_at..).unwrap_or("");
        let units = wanted.iter().map(ColumnSpec::unit).collect();
        let wanted = wanted.iter().map(|wanted| wanted.name().to_owned()).collect();
        let mut table = Self {
            name: name.to_owned(),
            preamble,
            body,
            first_line: body_line,
            delimiter,
            layout,
            header_line: line,
            header_cells,
            found_columns,
            wanted,
            units,
            styles: Vec::new(),
        };
        table.styles = number::column_styles(&table)?;
        Ok(table)
    }

    /// The rows; empty rows are skipped.
    pub fn rows(&self) -> Rows<'_> {
        Rows::new(self)
    }

    /// All rows.
    ///
    /// # Errors
    /// The first row that has more or fewer cells than the header.
    pub fn all(&self) -> Result<Vec<Row<'_>>, TableError> {
        self.rows().collect()
    }

    /// The name of the table in errors.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the table has a wanted column.
    pub fn has(&self, column: usize) -> bool {
        self.found_column(column).is_some()
    }

    /// The name of a wanted column: as in the header or, if it is absent, as in its specification.
    pub fn column(&self, column: usize) -> &str {
        match self.header_cell(column) {
            Some(cell) => &cell.shown,
            None => self.wanted.get(column).map_or("-", String::as_str),
        }
    }

    /// The text in brackets after a wanted column's name in the header, such as `EUR/MWh` or `CET/CEST`.
    pub fn annotation(&self, column: usize) -> Option<&str> {
        self.header_cell(column)?.brackets.as_deref()
    }

    /// The names of all columns, as in the header.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.header_cells.iter().map(|cell| cell.shown.as_str())
    }

    /// Whether each line alternates names and values, as SPEC PTDaemon writes them.
    pub fn has_pair_layout(&self) -> bool {
        self.layout == Layout::Pairs
    }

    /// The text before the header, such as a title.
    pub fn preamble(&self) -> &str {
        self.preamble
    }

    /// The line of the header, counted from 1.
    pub fn header_line(&self) -> u64 {
        self.header_line
    }

    /// An error about the table as a whole.
    pub fn wrong(&self, reason: impl Into<String>, remedy: impl Into<String>) -> TableError {
        TableError::new(&self.name, reason, remedy)
    }

    /// An error about a wanted column as a whole.
    pub fn wrong_column(
        &self,
        column: usize,
        reason: impl Into<String>,
        remedy: impl Into<String>,
    ) -> TableError {
        self.wrong(reason, remedy).in_column(self.column(column))
    }

    fn found_column(&self, column: usize) -> Option<&FoundColumn> {
        self.found_columns.get(column)?.as_ref()
    }

    fn header_cell(&self, column: usize) -> Option<&HeaderCell> {
        self.header_cells.get(self.found_column(column)?.index)
    }
}

#[cfg(test)]
mod tests;
