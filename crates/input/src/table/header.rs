//! Where the header of a table stands, what divides its columns, and which of them are wanted.

use super::column_spec::{ColumnSpec, Fit};
use super::error::TableError;
use super::name::{normalised, shown, split_brackets};
use super::row::records;
use std::cmp::Reverse;

/// No device writes more lines before its header.
const MAX_BEFORE: usize = 50;
const DIVIDERS: [u8; 3] = *b",;\t";

/// What is done with columns that nobody wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// They are left alone.
    Ignored,
    /// They are refused, so that a slip in an optional one's name is noticed.
    Refused,
}

/// A column of the header.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) shown: String,
    pub(super) brackets: Option<String>,
    /// As the file has it, without the blanks around it.
    pub(super) plain: String,
    pub(super) key: String,
    pub(super) base: String,
}

impl Head {
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

/// Where a wanted column stands, and what brings its numbers to the wanted unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) index: usize,
    pub(super) factor: f64,
}

/// How a line is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Cells under a header.
    Columns,
    /// Names and values in turn on every line, as SPEC PTDaemon writes them.
    Pairs,
}

pub(super) struct Header {
    pub(super) divider: u8,
    pub(super) layout: Layout,
    pub(super) line: u64,
    pub(super) heads: Vec<Head>,
    pub(super) places: Vec<Option<Place>>,
    /// Where the header begins.
    pub(super) header_at: usize,
    /// Where the rows begin: byte and line.
    pub(super) body_at: usize,
    pub(super) body_line: u64,
}

/// A line that may be the header.
struct Candidate {
    header: Header,
    /// Wanted columns that it has, and whether those are all that must be.
    found: usize,
    has_all: bool,
    mistake: Option<Mistake>,
}

/// What is wrong with a candidate.
enum Mistake {
    /// A wanted column is there twice.
    Doubled(TableError),
    Other(TableError),
}

pub(super) fn find(
    name: &str,
    text: &str,
    wanted: &[ColumnSpec<'_>],
    others: Others,
) -> Result<Header, TableError> {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    if text.trim_matches(|c: char| c == '\u{feff}' || c.is_whitespace()).is_empty() {
        let names: Vec<&str> = required(wanted).collect();
        let remedy = format!("give a header with {}, and rows", names.join(", "));
        return Err(TableError::new(name, "is empty", remedy));
    }
    let (declared, start) = declared(name, text, bom)?;
    let mut best: Option<Candidate> = None;
    for divider in DIVIDERS.into_iter().filter(|d| declared.is_none_or(|only| only == *d)) {
        for candidate in candidates(name, text, start, divider, wanted)? {
            let rank = |c: &Candidate| {
                let Header { layout, line, ref heads, .. } = c.header;
                let is_pairs = layout == Layout::Pairs;
                // Of lines that have equally many wanted columns the first is the header, and not a row below it
                // that has a decimal comma more.
                let columns = heads.len();
                (c.has_all, is_pairs, c.found, columns.min(2), Reverse(line), columns)
            };
            if best.as_ref().is_none_or(|best| rank(&candidate) > rank(best)) {
                best = Some(candidate);
            }
        }
    }
    let Some(Candidate { header, has_all, mistake, .. }) = best else {
        return Err(TableError::new(name, "has no line that could be a header", "give one"));
    };
    if !has_all {
        return Err(lacking(name, &header, wanted));
    }
    match (mistake, others) {
        (Some(Mistake::Doubled(error)), Others::Ignored) => {
            return Err(error.with_remedy("rename or remove one of the two"));
        }
        (Some(Mistake::Doubled(error) | Mistake::Other(error)), _) => return Err(error),
        (None, _) => {}
    }
    if others == Others::Refused {
        unless_known(name, &header, wanted)?;
    }
    Ok(header)
}

fn required<'a>(wanted: &'a [ColumnSpec<'_>]) -> impl Iterator<Item = &'a str> {
    wanted.iter().filter(|wanted| wanted.is_required()).map(ColumnSpec::name)
}

/// The divider that a first line `sep=;` names, as Excel takes it, and where the table begins.
fn declared(name: &str, text: &str, bom: usize) -> Result<(Option<u8>, usize), TableError> {
    let rest = text.get(bom..).unwrap_or(text);
    let first = rest.lines().next().unwrap_or("");
    let plain = first.trim_matches(['"', ' ', '\r']);
    let Some(given) = plain.get(..4).filter(|begin| begin.eq_ignore_ascii_case("sep=")) else {
        return Ok((None, bom));
    };
    let given = plain.strip_prefix(given).unwrap_or("");
    let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
    // A tab at the end of the line was trimmed by nobody but may be by an editor.
    match DIVIDERS.iter().find(|divider| given.as_bytes() == [**divider]) {
        Some(divider) => Ok((Some(*divider), bom + length)),
        None if given.is_empty() => Ok((Some(b'\t'), bom + length)),
        None => {
            let remedy = "divide the columns by commas, semicolons or tabs";
            Err(TableError::new(name, "names a divider that is not read", remedy)
                .on_line(1)
                .of_value(first))
        }
    }
}

fn candidates(
    name: &str,
    text: &str,
    start: usize,
    divider: u8,
    wanted: &[ColumnSpec<'_>],
) -> Result<Vec<Candidate>, TableError> {
    let lines_before = line_breaks(text.get(..start).unwrap_or(""));
    let mut all = Vec::new();
    let mut reader = records(text.get(start..).unwrap_or(""), divider, lines_before + 1);
    for _ in 0..MAX_BEFORE {
        let begin = start + reader.byte();
        // What cannot be read is no header; rows say so in their place.
        let Some(Ok(record)) = reader.next() else { break };
        let end = start + reader.byte();
        let line = record.line;
        let cells: Vec<&str> = record.cells.iter().collect();
        let columns: Vec<Head> = cells.iter().copied().map(Head::new).collect();
        let after = (begin, end, reader.line());
        all.push(candidate(name, divider, Layout::Columns, line, columns, after, wanted));
        let is_even = cells.len() >= 4 && cells.len().is_multiple_of(2);
        if is_even && all.len() == 1 {
            let names: Vec<Head> = cells.iter().step_by(2).copied().map(Head::new).collect();
            // The first line is a row as well.
            let here = (start, start, lines_before + 1);
            let pairs = candidate(name, divider, Layout::Pairs, line, names, here, wanted);
            // Beside the names of a header stand other names, and no figures.
            let is_figure = |place: &Place| {
                let cell = cells.get(2 * place.index + 1);
                cell.is_some_and(|cell| cell.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
            };
            let required = wanted.iter().zip(&pairs.header.places).filter(|(w, _)| w.is_required());
            if pairs.has_all && required.filter_map(|(_, place)| place.as_ref()).all(is_figure) {
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
    divider: u8,
    layout: Layout,
    line: u64,
    heads: Vec<Head>,
    (header_at, body_at, body_line): (usize, usize, u64),
    wanted: &[ColumnSpec<'_>],
) -> Candidate {
    let mut mistake = None;
    let mut places = Vec::with_capacity(wanted.len());
    for column in wanted {
        let mut fitting = heads
            .iter()
            .enumerate()
            .filter_map(|(index, head)| column.fits(head).map(|fit| (index, head, fit)));
        let place = fitting.next().map(|(index, head, fit)| {
            if let Some((_, second, _)) = fitting.next() {
                let error = TableError::new(
                    name,
                    format!("is a second column of what `{}` has", head.shown),
                    "remove one of the two",
                );
                let error = error.of_header(line).in_column(&second.shown);
                mistake.get_or_insert(Mistake::Doubled(error));
            }
            let factor = match fit {
                Fit::Factor(factor) => factor,
                ref wrong => {
                    if let Some(error) = column.wrong_unit(name, head, wrong) {
                        mistake.get_or_insert(Mistake::Other(error.of_header(line)));
                    }
                    1.0
                }
            };
            Place { index, factor }
        });
        places.push(place);
    }
    let found = places.iter().flatten().count();
    let has_all = wanted.iter().zip(&places).all(|(w, place)| !w.is_required() || place.is_some());
    let header = Header { divider, layout, line, heads, places, header_at, body_at, body_line };
    Candidate { header, found, has_all, mistake }
}

fn lacking(name: &str, header: &Header, wanted: &[ColumnSpec<'_>]) -> TableError {
    let absent = wanted.iter().zip(&header.places).find(|(w, p)| w.is_required() && p.is_none());
    let absent = absent.map_or("-", |(wanted, _)| wanted.name());
    let found: Vec<&str> =
        header.heads.iter().map(|head| head.shown.as_str()).filter(|s| !s.is_empty()).collect();
    let all: Vec<&str> = required(wanted).collect();
    let reason = format!(
        "no column `{absent}`; the header found is `{}`",
        crate::printable(&found.join(", "), 200)
    );
    TableError::new(name, reason, format!("give the columns {}", all.join(", ")))
        .of_header(header.line)
}

fn unless_known(name: &str, header: &Header, wanted: &[ColumnSpec<'_>]) -> Result<(), TableError> {
    let is_taken = |index| header.places.iter().flatten().any(|place| place.index == index);
    let unknown = header
        .heads
        .iter()
        .enumerate()
        .find(|(index, head)| !head.shown.is_empty() && !is_taken(*index));
    match unknown {
        Some((_, head)) => {
            let all: Vec<&str> = wanted.iter().map(ColumnSpec::name).collect();
            Err(TableError::new(
                name,
                "is a column that nothing reads",
                format!("remove it, or give one of {}", all.join(", ")),
            )
            .of_header(header.line)
            .in_column(&head.shown))
        }
        None => Ok(()),
    }
}
