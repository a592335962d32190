//! The rows of a table, one after another.

use super::error::TableError;
use super::header::Layout;
use super::name::{normalised, shown};
use super::number::{self, Wrong};
use super::{MAX_RECORD, Table};
use std::collections::HashMap;
use std::hash::Hash;

/// Cells with the line on which they begin.
pub(super) struct Record {
    pub(super) line: u64,
    pub(super) cells: csv::StringRecord,
}

/// Cells of a text, whose first line is number `first`.
pub(super) struct Records<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    /// Up to where lines were counted.
    counted: usize,
    line: u64,
}

pub(super) fn records(text: &str, divider: u8, first: u64) -> Records<'_> {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(divider)
        .from_reader(text.as_bytes());
    Records { text, reader, counted: 0, line: first }
}

impl Records<'_> {
    /// The byte behind what was read.
    pub(super) fn byte(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX).min(self.text.len())
    }

    /// The line on which what follows begins.
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

/// What stops a table from being read at all, on a line.
pub(super) struct Unreadable {
    pub(super) line: u64,
    pub(super) reason: &'static str,
    pub(super) remedy: &'static str,
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        let begin = self.byte();
        // Empty lines before a record are passed over by the reader and still count.
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
        if cells.as_slice().len() > MAX_RECORD {
            return unreadable(
                "one record is longer than 64 KiB",
                "close every quotation mark, and divide the columns by commas, semicolons or tabs",
            );
        }
        if cells.iter().any(|cell| cell.contains('\n')) {
            return unreadable(
                "a cell goes on in the next line",
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
    pub(super) fn of(table: &'t Table<'t>) -> Self {
        Self { records: records(table.body, table.divider, table.first_line), table }
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
            // A spreadsheet leaves rows of nothing but dividers.
            if cells.iter().any(|cell| !cell.is_empty()) {
                let row = Row { table: self.table, line, cells };
                return Some(row.unless_uneven().map(|()| row));
            }
        }
    }
}

/// A row of a table. Columns are named by their place among the wanted ones.
#[derive(Clone)]
pub struct Row<'t> {
    table: &'t Table<'t>,
    line: u64,
    cells: csv::StringRecord,
}

impl Row<'_> {
    /// The line of the file, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// A cell without the blanks around it; empty where the column is not there.
    pub fn text(&self, column: usize) -> &str {
        self.cell(column).map_or("", |(_, cell)| cell)
    }

    /// A cell that must say something.
    ///
    /// # Errors
    /// An empty one.
    pub fn some_text(&self, column: usize) -> Result<&str, TableError> {
        match self.text(column) {
            "" => Err(self.wrong(column, "is empty", "write something")),
            text => Ok(text),
        }
    }

    /// A finite number, in the wanted unit.
    ///
    /// # Errors
    /// What is none, and what could be two.
    pub fn number(&self, column: usize) -> Result<f64, TableError> {
        let text = self.text(column);
        let style = self.table.styles.get(column).copied().unwrap_or_default();
        let number = number::parse(text, style);
        let number = number.map_err(|wrong| {
            let unit = self.table.units.get(column).copied().flatten();
            let of_unit = unit
                .zip(self.table.place(column))
                .and_then(|(unit, place)| number::with_unit(text, unit, place.factor));
            let Wrong { reason, remedy } = of_unit.unwrap_or(wrong);
            self.wrong(column, reason, remedy)
        })?;
        // Not multiplied at all where it is in the wanted unit.
        match self.table.place(column).map(|place| place.factor) {
            Some(factor) if factor != 1.0 => Ok(number * factor),
            _ => Ok(number),
        }
    }

    /// The same, nothing for an empty cell.
    ///
    /// # Errors
    /// As [`Row::number`]; what means that there is no number is to be left empty.
    pub fn optional_number(&self, column: usize) -> Result<Option<f64>, TableError> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        if number::means_nothing(text) {
            return Err(self.wrong(column, "is no number", "leave the cell empty"));
        }
        self.number(column).map(Some)
    }

    /// Whether a cell is empty or has what people write for nothing: `-`, `n/a`, `NaN`.
    pub fn is_missing(&self, column: usize) -> bool {
        let text = self.text(column);
        text.is_empty() || number::means_nothing(text)
    }

    /// A whole number of at least 0.
    ///
    /// # Errors
    /// What is none.
    pub fn whole(&self, column: usize) -> Result<usize, TableError> {
        let text = self.text(column);
        text.parse().map_err(|_| self.wrong(column, "is no whole number", "write one, such as 12"))
    }

    /// A day as YYYY-MM-DD.
    ///
    /// # Errors
    /// What is none.
    pub fn day(&self, column: usize) -> Result<jiff::civil::Date, TableError> {
        let text = self.text(column);
        // A time behind the day would be lost.
        let is_day = text.len() == 10;
        let day = is_day.then(|| text.parse().ok()).flatten();
        day.ok_or_else(|| self.wrong(column, "is no day", "write YYYY-MM-DD, such as 2026-01-31"))
    }

    /// What is wrong with a cell.
    pub fn wrong(
        &self,
        column: usize,
        reason: impl Into<String>,
        remedy: impl Into<String>,
    ) -> TableError {
        self.wrong_row(reason, remedy)
            .in_column(self.table.column(column))
            .of_value(self.text(column))
    }

    /// What is wrong with the row.
    pub fn wrong_row(&self, reason: impl Into<String>, remedy: impl Into<String>) -> TableError {
        self.table.wrong(reason, remedy).on_line(self.line)
    }

    pub(super) fn cell(&self, column: usize) -> Option<(usize, &str)> {
        let index = self.table.place(column)?.index;
        let index = match self.table.layout {
            Layout::Columns => index,
            Layout::Pairs => 2 * index + 1,
        };
        self.cells.get(index).map(|cell| (index, cell))
    }

    fn unless_uneven(&self) -> Result<(), TableError> {
        let columns = self.table.heads.len();
        let line = self.table.header_line;
        match self.table.layout {
            Layout::Pairs => {
                let names = self.cells.iter().step_by(2).map(normalised);
                let first = self.table.heads.iter().map(|head| normalised(&head.shown));
                if self.cells.len() == 2 * columns && names.eq(first) {
                    return Ok(());
                }
                let reason = format!("does not have the names of line {line}");
                Err(self.wrong_row(reason, "give lines of one kind"))
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
                // The last column of the header may be empty, and then of the row left out.
                let left_out = self.table.heads.get(found..).unwrap_or(&[]);
                if found < columns && left_out.iter().all(|head| head.shown.is_empty()) {
                    return Ok(());
                }
                let reason = format!(
                    "has {found} cells, and the header of line {line} has {columns} columns \
                     divided by {}",
                    match self.table.divider {
                        b';' => "semicolons",
                        b'\t' => "tabs",
                        _ => "commas",
                    }
                );
                let remedy = match (self.table.divider, found > columns) {
                    (b',', true) => {
                        "write the decimal point as `.`, and text that has a comma in quotation marks"
                    }
                    _ => "write a cell for every column, an empty one where there is nothing",
                };
                Err(self.wrong_row(reason, remedy))
            }
        }
    }
}

/// Keys that a table may have once each.
pub struct Unique<K> {
    lines: HashMap<K, u64>,
}

impl<K: Eq + Hash> Default for Unique<K> {
    fn default() -> Self {
        Self { lines: HashMap::new() }
    }
}

impl<K: Eq + Hash> Unique<K> {
    /// Takes a row's key in; `what` says it in words, such as `month 3, hour 6`.
    ///
    /// # Errors
    /// A key that another row has, with both lines.
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
