//! Tables as people have them: one reader of CSV for everything that takes a table.
//!
//! The divider (comma, semicolon or tab) is the one with which the wanted columns are found; the header may
//! stand below some lines of a device's own. Names of columns are compared without letter case, blanks, `_` and
//! `-`, and may have a unit: `power_kw`, `Power (kW)` and `Power [kW]` are one column, whose cells are brought to
//! the wanted unit. A decimal comma is understood where the column decides that it is one. What has two
//! meanings is refused, with the line, the column, the value and what to write.
//!
//! ```
//! use hashwatt_input::table::{Others, Table, ColumnSpec};
//!
//! let wanted = [ColumnSpec::required(&["month"]), ColumnSpec::required(&["power_w"]).in_unit("W")];
//! let text = "Month;Power (kW)\n1;0,633\n2;1,25\n";
//! let table = Table::parse("plant.csv", text, &wanted, Others::Refused)?;
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
pub use header::Others;
pub use row::{Row, Rows, Unique};
pub use unit::Unit;

use header::{Head, Header, Layout, Place};
use number::Style;

/// No record with cells that are of use is longer, in bytes.
const MAX_RECORD: usize = 64 << 10;

/// A table with its header read: rows are read one after another.
pub struct Table<'t> {
    name: String,
    preamble: &'t str,
    /// What follows the header.
    body: &'t str,
    /// The line on which that begins, from 1.
    first_line: u64,
    divider: u8,
    layout: Layout,
    header_line: u64,
    heads: Vec<Head>,
    /// Of each wanted column.
    places: Vec<Option<Place>>,
    /// What each wanted column is called where it is not there.
    wanted: Vec<String>,
    /// In what unit each is wanted, where it has one.
    units: Vec<Option<Unit>>,
    styles: Vec<Style>,
}

impl<'t> Table<'t> {
    /// Finds the header of a table and how its numbers are written. `name` is what the table is called in
    /// errors, such as the file as it was given. Rows refer to columns by their place in `wanted`.
    ///
    /// # Errors
    /// A header that lacks a required column, has one twice, in a unit that is none of its kind or, where
    /// others are refused, has another one; and a record longer than 64 KiB.
    pub fn parse(
        name: &str,
        text: &'t str,
        wanted: &[ColumnSpec<'_>],
        others: Others,
    ) -> Result<Self, TableError> {
        let Header { divider, layout, line, heads, places, header_at, body_at, body_line } =
            header::find(name, text, wanted, others)?;
        let preamble = text.get(..header_at).unwrap_or("");
        let body = text.get(body_at..).unwrap_or("");
        let units = wanted.iter().map(ColumnSpec::unit).collect();
        let wanted = wanted.iter().map(|wanted| wanted.name().to_owned()).collect();
        let mut table = Self {
            name: name.to_owned(),
            preamble,
            body,
            first_line: body_line,
            divider,
            layout,
            header_line: line,
            heads,
            places,
            wanted,
            units,
            styles: Vec::new(),
        };
        table.styles = number::styles(&table)?;
        Ok(table)
    }

    /// Its rows; those without any cell are left out.
    pub fn rows(&self) -> Rows<'_> {
        Rows::of(self)
    }

    /// All its rows.
    ///
    /// # Errors
    /// The first that has more or fewer cells than the header.
    pub fn all(&self) -> Result<Vec<Row<'_>>, TableError> {
        self.rows().collect()
    }

    /// What it is called in errors.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it has a wanted column.
    pub fn has(&self, column: usize) -> bool {
        self.place(column).is_some()
    }

    /// What a wanted column is called: as the header has it, or as it was asked for.
    pub fn column(&self, column: usize) -> &str {
        match self.place(column).and_then(|place| self.heads.get(place.index)) {
            Some(head) => &head.shown,
            None => self.wanted.get(column).map_or("-", String::as_str),
        }
    }

    /// What the header has in brackets behind a wanted column's name, such as `EUR/MWh` or `CET/CEST`.
    pub fn annotation(&self, column: usize) -> Option<&str> {
        self.place(column).and_then(|place| self.heads.get(place.index))?.brackets.as_deref()
    }

    /// The names of all columns, as the header has them.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.heads.iter().map(|head| head.shown.as_str())
    }

    /// Whether its lines are names and values in turn, as SPEC PTDaemon writes them.
    pub fn is_of_pairs(&self) -> bool {
        self.layout == Layout::Pairs
    }

    /// What stands before the header, such as a title.
    pub fn preamble(&self) -> &str {
        self.preamble
    }

    /// The line of the header, from 1.
    pub fn header_line(&self) -> u64 {
        self.header_line
    }

    /// An error of the table as a whole.
    pub fn wrong(&self, reason: impl Into<String>, remedy: impl Into<String>) -> TableError {
        TableError::new(&self.name, reason, remedy)
    }

    /// An error of a wanted column as a whole.
    pub fn wrong_column(
        &self,
        column: usize,
        reason: impl Into<String>,
        remedy: impl Into<String>,
    ) -> TableError {
        self.wrong(reason, remedy).in_column(self.column(column))
    }

    fn place(&self, column: usize) -> Option<&Place> {
        self.places.get(column)?.as_ref()
    }
}

#[cfg(test)]
mod tests;
