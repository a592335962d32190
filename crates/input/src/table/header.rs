//! Finds the header of a table, its delimiter, and the wanted columns in it.

use super::column_spec::{ColumnSpec, Fit};
use super::error::TableError;
use super::name::{normalised, shown, split_brackets};
use super::row::records;
use std::cmp::Reverse;

/// The greatest number of lines before the header.
const MAX_PREAMBLE_LINES: usize = 50;
const DELIMITERS: [u8; 3] = *b",;\t";

/// How columns that are not in the specification are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownColumns {
    /// They are ignored.
    Ignored,
    /// They are refused, so that a misspelled optional column is noticed.
    Refused,
}

/// A cell of the header.
#[derive(Clone, Debug)]
pub(super) struct HeaderCell {
    pub(super) shown: String,
    pub(super) brackets: Option<String>,
    /// The cell as in the file, without surrounding spaces.
    pub(super) plain: String,
    pub(super) key: String,
    pub(super) base: String,
}

impl HeaderCell {
    fn new(cell: &str) -> Self {
        let (base, brackets) = split_brackets(cell);
        Self {
            shown: shown(cell.trim()),
            brackets: brackets.map(str::to_owned),
            plain: cell.trim().to_owned(),
            key: normalised(cell),
            base: normalised(base),
        }
    }
}

/// Where a wanted column was found, and the factor that converts its numbers to the wanted unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct FoundColumn {
    pub(super) index: usize,
    pub(super) factor: f64,
}

/// The layout of the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Cells under a header.
    Columns,
    /// Alternating names and values on every line, as SPEC PTDaemon writes them.
    Pairs,
}

pub(super) struct Header {
    pub(super) delimiter: u8,
    pub(super) layout: Layout,
    pub(super) line: u64,
    pub(super) header_cells: Vec<HeaderCell>,
    pub(super) found_columns: Vec<Option<FoundColumn>>,
    /// The byte at which the header begins.
    pub(super) header_at: usize,
    /// The byte and the line at which the rows begin.
    pub(super) body_at: usize,
    pub(super) body_line: u64,
}

/// A line that may be the header.
struct Candidate {
    header: Header,
    /// The number of wanted columns that it has, and whether all required ones are among them.
    found: usize,
    has_all: bool,
    mistake: Option<Mistake>,
}

/// An error in a candidate.
enum Mistake {
    /// A wanted column appears twice.
    Duplicate(TableError),
    Other(TableError),
}

pub(super) fn find(
    name: &str,
    text: &str,
    wanted: &[ColumnSpec<'_>],
    unknown: UnknownColumns,
) -> Result<Header, TableError> {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    if text.trim_matches(|c: char| c == '\u{feff}' || c.is_whitespace()).is_empty() {
        let names: Vec<&str> = required(wanted).collect();
        let remedy = format!("give a header with the columns {}, and rows", names.join(", "));
        return Err(TableError::new(name, "is empty", remedy));
    }
    let (declared, start) = declared(name, text, bom)?;
    let mut best: Option<Candidate> = None;
    for delimiter in DELIMITERS.into_iter().filter(|d| declared.is_none_or(|only| only == *d)) {
        for candidate in candidates(name, text, start, delimiter, wanted)? {
            let rank = |c: &Candidate| {
                let Header { layout, line, ref header_cells, .. } = c.header;
                let is_pairs = layout == Layout::Pairs;
                // Of lines with equally many wanted columns the first is the header, not a row below it that has an
                // additional decimal comma.
                let columns = header_cells.len();
                (c.has_all, is_pairs, c.found, columns.min(2), Reverse(line), columns)
            };
            if best.as_ref().is_none_or(|best| rank(&candidate) > rank(best)) {
                best = Some(candidate);
            }
        }
    }
    let Some(Candidate { header, has_all, mistake, .. }) = best else {
        return Err(TableError::new(name, "has no line that could be a header", "add a header"));
    };
    if !has_all {
        return Err(missing_column(name, &header, wanted));
    }
    match (mistake, unknown) {
        (Some(Mistake::Duplicate(error)), UnknownColumns::Ignored) => {
            return Err(error.with_remedy("rename or remove one of the two"));
        }
        (Some(Mistake::Duplicate(error) | Mistake::Other(error)), _) => return Err(error),
        (None, _) => {}
    }
    if unknown == UnknownColumns::Refused {
        refuse_unknown_columns(name, &header, wanted)?;
    }
    Ok(header)
}

fn required<'a>(wanted: &'a [ColumnSpec<'_>]) -> impl Iterator<Item = &'a str> {
    wanted.iter().filter(|wanted| wanted.is_required()).map(ColumnSpec::name)
}

/// The delimiter that a first line such as `sep=;` declares for Excel, and where the table begins.
fn declared(name: &str, text: &str, bom: usize) -> Result<(Option<u8>, usize), TableError> {
    let rest = text.get(bom..).unwrap_or(text);
    let first = rest.lines().next().unwrap_or("");
    let plain = first.trim_matches(['"', ' ', '\r']);
    let Some(given) = plain.get(..4).filter(|begin| begin.eq_ignore_ascii_case("sep=")) else {
        return Ok((None, bom));
    };
    let given = plain.strip_prefix(given).unwrap_or("");
    let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
    // A tab at the end of the line may have been removed by an editor.
    match DELIMITERS.iter().find(|delimiter| given.as_bytes() == [**delimiter]) {
        Some(delimiter) => Ok((Some(*delimiter), bom + length)),
        None if given.is_empty() => Ok((Some(b'\t'), bom + length)),
        None => {
            let remedy = "separate the columns by commas, semicolons or tabs";
            Err(TableError::new(name, "declares an unsupported delimiter", remedy)
                .on_line(1)
                .with_value(first))
        }
    }
}

fn candidates(
    name: &str,
    text: &str,
    start: usize,
    delimiter: u8,
    wanted: &[ColumnSpec<'_>],
) -> Result<Vec<Candidate>, TableError> {
    let lines_before = line_breaks(text.get(..start).unwrap_or(""));
    let mut all = Vec::new();
    let mut reader = records(text.get(start..).unwrap_or(""), delimiter, lines_before + 1);
    for _ in 0..MAX_PREAMBLE_LINES {
        let begin = start + reader.byte();
        // An unreadable record is not a header; it is reported when rows are read.
        let Some(Ok(record)) = reader.next() else { break };
        let end = start + reader.byte();
        let line = record.line;
        let cells: Vec<&str> = record.cells.iter().collect();
        let columns: Vec<HeaderCell> = cells.iter().copied().map(HeaderCell::new).collect();
        let after = (begin, end, reader.line());
        all.push(candidate(name, delimiter, Layout::Columns, line, columns, after, wanted));
        let is_even = cells.len() >= 4 && cells.len().is_multiple_of(2);
        if is_even && all.len() == 1 {
            let names: Vec<HeaderCell> =
                cells.iter().step_by(2).copied().map(HeaderCell::new).collect();
            // The first line is also a row.
            let here = (start, start, lines_before + 1);
            let pairs = candidate(name, delimiter, Layout::Pairs, line, names, here, wanted);
            // In a header, names stand next to other names, not next to figures.
            let is_figure = |found: &FoundColumn| {
                let cell = cells.get(2 * found.index + 1);
                cell.is_some_and(|cell| cell.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
            };
            let required =
                wanted.iter().zip(&pairs.header.found_columns).filter(|(w, _)| w.is_required());
            if pairs.has_all && required.filter_map(|(_, found)| found.as_ref()).all(is_figure) {
                all.push(pairs);
            }
        }
    }
    Ok(all)
}

pub(super) fn line_breaks(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u64
}

fn candidate(
    name: &str,
    delimiter: u8,
    layout: Layout,
    line: u64,
    header_cells: Vec<HeaderCell>,
    (header_at, body_at, body_line): (usize, usize, u64),
    wanted: &[ColumnSpec<'_>],
) -> Candidate {
    let mut mistake = None;
    let mut found_columns = Vec::with_capacity(wanted.len());
    for column in wanted {
        let mut fitting = header_cells
            .iter()
            .enumerate()
            .filter_map(|(index, head)| column.fits(head).map(|fit| (index, head, fit)));
        let found = fitting.next().map(|(index, head, fit)| {
            if let Some((_, second, _)) = fitting.next() {
                let error = TableError::new(
                    name,
                    format!("is a duplicate of the column `{}`", head.shown),
                    "remove one of the two",
                );
                let error = error.of_header(line).in_column(&second.shown);
                mistake.get_or_insert(Mistake::Duplicate(error));
            }
            let factor = match fit {
                Fit::Factor(factor) => factor,
                ref fit => {
                    if let Some(error) = column.unit_error(name, head, fit) {
                        mistake.get_or_insert(Mistake::Other(error.of_header(line)));
                    }
                    1.0
                }
            };
            FoundColumn { index, factor }
        });
        found_columns.push(found);
    }
    let found = found_columns.iter().flatten().count();
    let has_all =
        wanted.iter().zip(&found_columns).all(|(w, found)| !w.is_required() || found.is_some());
    let header = Header {
        delimiter,
        layout,
        line,
        header_cells,
        found_columns,
        header_at,
        body_at,
        body_line,
    };
    Candidate { header, found, has_all, mistake }
}

fn missing_column(name: &str, header: &Header, wanted: &[ColumnSpec<'_>]) -> TableError {
    let absent =
        wanted.iter().zip(&header.found_columns).find(|(w, p)| w.is_required() && p.is_none());
    let absent = absent.map_or("-", |(wanted, _)| wanted.name());
    let found: Vec<&str> = header
        .header_cells
        .iter()
        .map(|head| head.shown.as_str())
        .filter(|s| !s.is_empty())
        .collect();
    let all: Vec<&str> = required(wanted).collect();
    let reason = format!(
        "no column `{absent}`; the header found is `{}`",
        crate::printable(&found.join(", "), 200)
    );
    TableError::new(name, reason, format!("give the columns {}", all.join(", ")))
        .of_header(header.line)
}

fn refuse_unknown_columns(
    name: &str,
    header: &Header,
    wanted: &[ColumnSpec<'_>],
) -> Result<(), TableError> {
    let is_taken = |index| header.found_columns.iter().flatten().any(|found| found.index == index);
    let unknown = header
        .header_cells
        .iter()
        .enumerate()
        .find(|(index, head)| !head.shown.is_empty() && !is_taken(*index));
    match unknown {
        Some((_, head)) => {
            let all: Vec<&str> = wanted.iter().map(ColumnSpec::name).collect();
            Err(TableError::new(
                name,
                "is not a known column",
                format!("remove it, or give one of {}", all.join(", ")),
            )
            .of_header(header.line)
            .in_column(&head.shown))
        }
        None => Ok(()),
    }
}
