//! The layout of tables in the columns of a terminal.

use super::table::{Row, Style, Table, missing_text};
use hashwatt::text::{WIDTH, wrapped, wrapped_within};
use std::fmt::{self, Write};

/// Minimum width of labels, in characters.
const MIN_LABEL: usize = 22;
/// Maximum width of labels if other columns can use the space, in characters.
const MAX_LABEL: usize = 34;
/// Headers up to this length, in characters, are not wrapped.
const MAX_UNBROKEN_HEADER: usize = 8;
/// Minimum space between two columns, in characters.
const MIN_GAP: usize = 2;

/// Writes a table: title, rows and note.
pub(crate) fn write(out: &mut fmt::Formatter<'_>, table: &Table) -> fmt::Result {
    paragraph(out, &table.title, 0)?;
    match table.style {
        Style::Figures => figures(out, table)?,
        Style::Words => words(out, table)?,
        Style::WordColumns => word_columns(out, table)?,
    }
    if table.note.is_empty() { Ok(()) } else { paragraph(out, &table.note, 2) }
}

/// Writes a paragraph, wrapped to the width of a terminal.
pub(crate) fn paragraph(out: &mut fmt::Formatter<'_>, text: &str, indent: usize) -> fmt::Result {
    for line in wrapped(text, WIDTH, &" ".repeat(indent), indent) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Writes columns of figures, in several blocks if the terminal is too narrow for one.
fn figures(out: &mut fmt::Formatter<'_>, table: &Table) -> fmt::Result {
    let widths: Vec<usize> = (0..table.columns.len()).map(|place| width(table, place)).collect();
    let unit = match table.rows.iter().map(|row| length(&row.unit)).max().unwrap_or(0) {
        0 => 0,
        longest => longest + 1,
    };
    let longest = table.rows.iter().map(|row| length(&row.label)).max().unwrap_or(0);
    let available = WIDTH - 2 - unit;
    let all: usize = widths.iter().sum();
    // Short labels are preferred if all columns then fit side by side.
    let min_label = longest.min(MIN_LABEL);
    let wanted = if min_label + all <= available { min_label } else { longest.min(MAX_LABEL) };
    let mut begin = 0;
    loop {
        let mut end = (begin + 1).min(widths.len());
        while end < widths.len() && wanted + widths[begin..=end].iter().sum::<usize>() <= available
        {
            end += 1;
        }
        let used: usize = widths[begin..end].iter().sum();
        let label = available.saturating_sub(used).min(longest).max(min_label).max(1);
        block(out, table, begin, Widths { label, columns: &widths[begin..end] })?;
        begin = end;
        if begin >= widths.len() {
            return Ok(());
        }
        writeln!(out)?;
    }
}

/// The width of a column: neither its cells nor the words of its header are broken.
fn width(table: &Table, place: usize) -> usize {
    let cells = table.rows.iter().filter_map(|row| row.cells.as_ref().ok()?.get(place));
    let header = &table.columns[place];
    let words =
        header.split_whitespace().map(length).chain([length(header).min(MAX_UNBROKEN_HEADER)]);
    cells.map(|cell| length(&cell.text)).chain(words).max().unwrap_or(0) + MIN_GAP
}

#[derive(Clone, Copy)]
struct Widths<'a> {
    label: usize,
    columns: &'a [usize],
}

/// Writes the column headers of a block, aligned at the bottom.
fn headers(
    out: &mut fmt::Formatter<'_>,
    table: &Table,
    begin: usize,
    Widths { label, columns }: Widths,
) -> fmt::Result {
    let lines = |(place, width): (usize, &usize)| {
        wrapped_within(&table.columns[begin + place], width - MIN_GAP, "", 0)
    };
    let headers: Vec<Vec<String>> = columns.iter().enumerate().map(lines).collect();
    let height = headers.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..height {
        let corner = if line + 1 == height { table.corner.as_str() } else { "" };
        let mut text = format!("  {corner:<label$}");
        for (header, width) in headers.iter().zip(columns) {
            let place = (line + header.len()).checked_sub(height);
            let word = place.and_then(|place| header.get(place)).map_or("", String::as_str);
            write!(text, "{word:>width$}")?;
        }
        writeln!(out, "{}", text.trim_end())?;
    }
    Ok(())
}

fn block(out: &mut fmt::Formatter<'_>, table: &Table, begin: usize, widths: Widths) -> fmt::Result {
    headers(out, table, begin, widths)?;
    let Widths { label, columns } = widths;
    for row in &table.rows {
        let mut lines = wrapped_within(&row.label, label, "", 1);
        let last = lines.pop().unwrap_or_default();
        for line in lines {
            writeln!(out, "  {line}")?;
        }
        let mut line = format!("  {last:<label$}");
        match &row.cells {
            Ok(cells) => {
                for (cell, width) in cells.iter().skip(begin).zip(columns) {
                    write!(line, "{:>width$}", cell.text)?;
                }
                write!(line, " {}", row.unit)?;
                writeln!(out, "{}", line.trim_end())?;
            }
            // Missing inputs are listed in the first block only.
            Err(_) if begin > 0 => writeln!(out, "{}", line.trim_end())?,
            Err(keys) => {
                let words = missing_text(keys);
                let longest = words.split_whitespace().map(length).max().unwrap_or(0);
                let (first, indent) = if label + 2 + MIN_GAP + longest <= WIDTH {
                    (format!("{line}{}", " ".repeat(MIN_GAP)), label + 2 + MIN_GAP)
                } else {
                    // Keys are never broken, so they go below the label.
                    writeln!(out, "{}", line.trim_end())?;
                    (" ".repeat(6), 6)
                };
                for line in wrapped(&words, WIDTH, &first, indent) {
                    writeln!(out, "{line}")?;
                }
            }
        }
    }
    Ok(())
}

/// Writes one paragraph for each row of words.
fn words(out: &mut fmt::Formatter<'_>, table: &Table) -> fmt::Result {
    for row in &table.rows {
        let cells = match &row.cells {
            Ok(cells) => cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("; "),
            Err(keys) => missing_text(keys),
        };
        let text =
            if cells.is_empty() { row.label.clone() } else { format!("{}: {cells}", row.label) };
        for line in wrapped(&text, WIDTH, "  ", 4) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// Writes columns of words below their headers; the last cell of a row goes on a line of its own.
fn word_columns(out: &mut fmt::Formatter<'_>, table: &Table) -> fmt::Result {
    let headers = &table.columns[..table.columns.len().saturating_sub(1)];
    let cell_width = |row: &Row, place: usize| {
        row.cells.as_ref().ok().and_then(|cells| cells.get(place)).map_or(0, |c| length(&c.text))
    };
    let column_width = |(place, header): (usize, &String)| {
        let cells = table.rows.iter().map(|row| cell_width(row, place));
        cells.chain([length(header)]).max().unwrap_or(0) + MIN_GAP
    };
    let widths: Vec<usize> = headers.iter().enumerate().map(column_width).collect();
    let labels = table.rows.iter().map(|row| length(&row.label)).chain([length(&table.corner)]);
    let label_width = labels.max().unwrap_or(0) + MIN_GAP;
    let line = |label: &str, cells: &[&str]| {
        let mut line = format!("  {label:<label_width$}");
        for (cell, width) in cells.iter().zip(&widths) {
            line += &format!("{cell:<width$}");
        }
        line.trim_end().to_owned()
    };
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    writeln!(out, "{}", line(&table.corner, &headers))?;
    for row in &table.rows {
        let cells: Vec<&str> = match &row.cells {
            Ok(cells) => cells.iter().map(|cell| cell.text.as_str()).collect(),
            Err(keys) => {
                let begin = format!("  {:<label_width$}", row.label);
                for line in wrapped(&missing_text(keys), WIDTH, &begin, 6) {
                    writeln!(out, "{line}")?;
                }
                continue;
            }
        };
        let columns = line(&row.label, &cells[..cells.len().min(widths.len())]);
        if length(&columns) <= WIDTH {
            writeln!(out, "{columns}")?;
        } else {
            paragraph(out, &columns, 4)?;
        }
        for below in cells.iter().skip(widths.len()).filter(|text| !text.is_empty()) {
            paragraph(out, below, 6)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::table::{Cell, Row, Table};
    use super::*;

    struct Shown<'a>(&'a Table);

    impl fmt::Display for Shown<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write(f, self.0)
        }
    }

    fn row(label: &str, cells: &[&str], unit: &str) -> Row {
        let cells = cells.iter().map(|text| Cell::words(*text)).collect();
        Row { label: label.to_owned(), cells: Ok(cells), unit: unit.to_owned() }
    }

    #[test]
    fn columns_are_separated_and_lines_fit_the_terminal() {
        let long = "A label that is longer than any column of a terminal could hold for itself";
        for count in [1, 3, 7, 12, 25] {
            let columns = (0..count).map(|year| format!("the year {}", 2026 + year)).collect();
            let cells: Vec<&str> = (0..count).map(|_| "-1,234,567").collect();
            let rows = vec![
                row(long, &cells, "billion USD"),
                row("Short", &vec!["0"; count], "MWh"),
                Row {
                    label: "Missing".to_owned(),
                    cells: Err(vec!["losses.to_customer".to_owned(), "plant".to_owned()]),
                    unit: String::new(),
                },
            ];
            let table = Table::new("key", "A title".to_owned(), columns, rows);
            let text = Shown(&table).to_string();
            assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
            assert!(!text.contains("-1,234,567-"), "{text}");
            assert_eq!(text.matches(" -1,234,567").count(), count, "{text}");
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(words.matches("missing: losses.to_customer, plant").count(), 1, "{text}");
        }
    }

    #[test]
    fn word_columns_are_aligned_with_the_last_cell_below() {
        let columns = ["verdict", "range", "switching value"].map(str::to_owned).to_vec();
        let missing = Row { cells: Err(vec!["plant".to_owned()]), ..row("State", &[], "") };
        let rows = vec![
            row("Operator", &["Likely loses", "-1.2 (-3 to 0.1)", "changes sign if x is 2"], ""),
            row("Nation", &["Gains", "4", ""], ""),
            missing,
        ];
        let table =
            Table { style: Style::WordColumns, ..Table::new("key", "A title", columns, rows) };
        let expected = "A title\n            verdict       range\n  \
                        Operator  Likely loses  -1.2 (-3 to 0.1)\n      changes sign if x is 2\n  \
                        Nation    Gains         4\n  State     missing: plant\n";
        assert_eq!(Shown(&table).to_string(), expected);
    }

    #[test]
    fn table_without_columns_or_rows_is_only_its_title() {
        let table = Table::new("key", "A title".to_owned(), Vec::new(), Vec::new());
        assert_eq!(Shown(&table).to_string().trim(), "A title");
    }
}
