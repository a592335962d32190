//! The rows of a table.

use super::error::TableError;
use super::header::Layout;
use super::name::{normalised, shown};
use super::number::{self, CellError};
use super::{MAX_RECORD_BYTES, Table};
use std::collections::HashMap;
use std::hash::Hash;

/// The cells of a record, and the line on which it begins.
pub(super) struct Record {
    pub(super) line: u64,
    pub(super) cells: csv::StringRecord,
}

/// The records of a text whose first line has the number `first`.
pub(super) struct Records<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    /// The byte up to which lines have been counted.
    counted: usize,
    line: u64,
}

pub(super) fn records(text: &str, delimiter: u8, first: u64) -> Records<'_> {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    Records { text, reader, counted: 0, line: first }
}

impl Records<'_> {
    /// The byte after the last record that was read.
    pub(super) fn byte(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX).min(self.text.len())
    }

    /// The line on which the next record begins.
    pub(super) fn line(&mut self) -> u64 {
        self.count_to(self.byte());
        self.line
    }

    fn count_to(&mut self, byte: usize) {
        let passed = self.text.as_bytes().get(self.counted..byte).unwrap_or(&[]);
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.counted = byte.max(self.counted);
    }
}

/// Why a record cannot be read.
pub(super) struct Unreadable {
    pub(super) line: u64,
    pub(super) reason: &'static str,
    pub(super) remedy: &'static str,
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        let begin = self.byte();
        // The reader skips empty lines before a record, but they count.
        let rest = self.text.as_bytes().get(begin..).unwrap_or(&[]);
        let skipped = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        self.count_to(begin + skipped);
        let line = self.line;
        let unreadable = |reason, remedy| Some(Err(Unreadable { line, reason, remedy }));
        let mut cells = csv::StringRecord::new();
        match self.reader.read_record(&mut cells) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(_) => return unreadable("cannot be read", "write the table as UTF-8 text"),
        }
        if cells.as_slice().len() > MAX_RECORD_BYTES {
            return unreadable(
                "one record is longer than 64 KiB",
                "close every quotation mark, and separate the columns by commas, semicolons or tabs",
            );
        }
        if cells.iter().any(|cell| cell.contains('\n')) {
            return unreadable(
                "a cell continues on the next line",
                "close the quotation mark, or write the cell on one line",
            );
        }
        cells.trim();
        Some(Ok(Record { line, cells }))
    }
}

/// The rows of a table.
pub struct Rows<'t> {
    table: &'t Table<'t>,
    records: Records<'t>,
}

impl<'t> Rows<'t> {
    pub(super) fn new(table: &'t Table<'t>) -> Self {
        Self { records: records(table.body, table.delimiter, table.first_line), table }
    }
}

impl<'t> Iterator for Rows<'t> {
    type Item = Result<Row<'t>, TableError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Record { line, cells } = match self.records.next()? {
                Ok(record) => record,
                Err(Unreadable { line, reason, remedy }) => {
                    return Some(Err(self.table.wrong(reason, remedy).on_line(line)));
                }
            };
            // Spreadsheets leave rows that consist only of delimiters.
            if cells.iter().any(|cell| !cell.is_empty()) {
                let row = Row { table: self.table, line, cells };
                return Some(row.check_cell_count().map(|()| row));
            }
        }
    }
}

/// A row of a table. A column is given by its index among the wanted ones.
#[derive(Clone)]
pub struct Row<'t> {
    table: &'t Table<'t>,
    line: u64,
    cells: csv::StringRecord,
}

impl Row<'_> {
    /// The line of the file, counted from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// A cell without surrounding spaces; empty if the column is absent.
    pub fn text(&self, column: usize) -> &str {
        self.cell(column).map_or("", |(_, cell)| cell)
    }

    /// A cell that must not be empty.
    ///
    /// # Errors
    /// An empty cell.
    pub fn required_text(&self, column: usize) -> Result<&str, TableError> {
        match self.text(column) {
            "" => Err(self.wrong(column, "is empty", "write a value")),
            text => Ok(text),
        }
    }

    /// A finite number, in the wanted unit.
    ///
    /// # Errors
    /// A cell that is not a finite number, and an ambiguous one.
    pub fn number(&self, column: usize) -> Result<f64, TableError> {
        let text = self.text(column);
        let style = self.table.styles.get(column).copied().unwrap_or_default();
        let number = number::parse(text, style);
        let number = number.map_err(|wrong| {
            let unit = self.table.units.get(column).copied().flatten();
            let of_unit = unit
                .zip(self.table.found_column(column))
                .and_then(|(unit, found)| number::number_with_unit(text, unit, found.factor));
            let CellError { reason, remedy } = of_unit.unwrap_or(wrong);
            self.wrong(column, reason, remedy)
        })?;
        // Not multiplied if it is in the wanted unit already.
        match self.table.found_column(column).map(|found| found.factor) {
            Some(factor) if factor != 1.0 => Ok(number * factor),
            _ => Ok(number),
        }
    }

    /// Like [`Row::number`], but `None` for an empty cell.
    ///
    /// # Errors
    /// Like [`Row::number`]; a marker of a missing number, such as `n/a`, is refused.
    pub fn optional_number(&self, column: usize) -> Result<Option<f64>, TableError> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        if number::is_missing_marker(text) {
            return Err(self.wrong(column, "is not a number", "leave the cell empty"));
        }
        self.number(column).map(Some)
    }

    /// Whether a cell is empty or has a marker of a missing value: `-`, `n/a`, `NaN`.
    pub fn is_missing(&self, column: usize) -> bool {
        let text = self.text(column);
        text.is_empty() || number::is_missing_marker(text)
    }

    /// A whole number of at least 0.
    ///
    /// # Errors
    /// A cell that is not one.
    pub fn whole(&self, column: usize) -> Result<usize, TableError> {
        let text = self.text(column);
        let remedy = "write one, such as 12";
        text.parse().map_err(|_| self.wrong(column, "is not a whole number", remedy))
    }

    /// A date as YYYY-MM-DD.
    ///
    /// # Errors
    /// A cell that is not one.
    pub fn day(&self, column: usize) -> Result<jiff::civil::Date, TableError> {
        let text = self.text(column);
        // A time after the date would be ignored.
        let is_day = text.len() == 10;
        let day = is_day.then(|| text.parse().ok()).flatten();
        let remedy = "write YYYY-MM-DD, such as 2026-01-31";
        day.ok_or_else(|| self.wrong(column, "is not a date", remedy))
    }

    /// An error about a cell.
    pub fn wrong(
        &self,
        column: usize,
        reason: impl Into<String>,
        remedy: impl Into<String>,
    ) -> TableError {
        self.wrong_row(reason, remedy)
            .in_column(self.table.column(column))
            .with_value(self.text(column))
    }

    /// An error about the row.
    pub fn wrong_row(&self, reason: impl Into<String>, remedy: impl Into<String>) -> TableError {
        self.table.wrong(reason, remedy).on_line(self.line)
    }

    pub(super) fn cell(&self, column: usize) -> Option<(usize, &str)> {
        let index = self.table.found_column(column)?.index;
        let index = match self.table.layout {
            Layout::Columns => index,
            Layout::Pairs => 2 * index + 1,
        };
        self.cells.get(index).map(|cell| (index, cell))
    }

    fn check_cell_count(&self) -> Result<(), TableError> {
        let columns = self.table.header_cells.len();
        let line = self.table.header_line;
        match self.table.layout {
            Layout::Pairs => {
                let names = self.cells.iter().step_by(2).map(normalised);
                let first = self.table.header_cells.iter().map(|head| normalised(&head.shown));
                if self.cells.len() == 2 * columns && names.eq(first) {
                    return Ok(());
                }
                let reason = format!("does not have the names of line {line}");
                Err(self.wrong_row(reason, "give the same names on every line"))
            }
            Layout::Columns => {
                let beyond = self.cells.iter().skip(columns).filter(|cell| !cell.is_empty());
                let found = match beyond.count() {
                    0 => self.cells.len().min(columns),
                    _ => self.cells.len(),
                };
                if found == columns {
                    return Ok(());
                }
                // The last column of the header may be empty, and rows may then omit it.
                let left_out = self.table.header_cells.get(found..).unwrap_or(&[]);
                if found < columns && left_out.iter().all(|head| head.shown.is_empty()) {
                    return Ok(());
                }
                let reason = format!(
                    "has {found} cells, but the header on line {line} has {columns} columns \
                     separated by {}",
                    match self.table.delimiter {
                        b';' => "semicolons",
                        b'\t' => "tabs",
                        _ => "commas",
                    }
                );
                let remedy = match (self.table.delimiter, found > columns) {
                    (b',', true) => {
                        "write the decimal point as `.`, and put text with a comma in quotation marks"
                    }
                    _ => "write a cell for every column, an empty one if there is no value",
                };
                Err(self.wrong_row(reason, remedy))
            }
        }
    }
}

/// Keys that must be unique within a table.
pub struct Unique<K> {
    lines: HashMap<K, u64>,
}

impl<K: Eq + Hash> Default for Unique<K> {
    fn default() -> Self {
        Self { lines: HashMap::new() }
    }
}

impl<K: Eq + Hash> Unique<K> {
    /// Adds a row's key; `what` describes it, such as `month 3, hour 6`.
    ///
    /// # Errors
    /// A key that another row has already, with both lines.
    pub fn insert(&mut self, row: &Row<'_>, key: K, what: &str) -> Result<(), TableError> {
        match self.lines.insert(key, row.line) {
            None => Ok(()),
            Some(first) => {
                let reason = format!("{} appears twice, first on line {first}", shown(what));
                Err(row.wrong_row(reason, "remove one of the two rows"))
            }
        }
    }
}
