//! Tables in fixed columns of a terminal.

use super::table::{Table, missing};
use hashwatt::text::{WIDTH, wrapped, wrapped_within};
use std::fmt::{self, Write};

/// Labels are given no less.
const LEAST_LABEL: usize = 22;
/// Labels take no more, where other columns could use it.
const MOST_LABEL: usize = 34;
/// What is between two columns at the least.
const GAP: usize = 2;

/// Writes a table: its title, its rows, its note.
pub(crate) fn write(out: &mut fmt::Formatter<'_>, table: &Table) -> fmt::Result {
    paragraph(out, &table.title, 0)?;
    if table.words {
        words(out, table)?;
    } else {
        figures(out, table)?;
    }
    if table.note.is_empty() { Ok(()) } else { paragraph(out, &table.note, 2) }
}

/// Words in lines of a terminal.
pub(crate) fn paragraph(out: &mut fmt::Formatter<'_>, text: &str, indent: usize) -> fmt::Result {
    for line in wrapped(text, WIDTH, &" ".repeat(indent), indent) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Columns of figures, in as many blocks as the terminal's width asks for.
fn figures(out: &mut fmt::Formatter<'_>, table: &Table) -> fmt::Result {
    let cells = table.rows.iter().filter_map(|row| row.cells.as_ref().ok()).flatten();
    let widths =
        table.columns.iter().map(|head| length(head)).chain(cells.map(|c| length(&c.text)));
    let column = widths.max().unwrap_or(0) + GAP;
    let unit = match table.rows.iter().map(|row| length(&row.unit)).max().unwrap_or(0) {
        0 => 0,
        longest => longest + 1,
    };
    let longest = table.rows.iter().map(|row| length(&row.label)).max().unwrap_or(0);
    let room = WIDTH - 2 - unit;
    let least = longest.min(LEAST_LABEL);
    let in_block = (room.saturating_sub(longest.min(MOST_LABEL)) / column).max(1);
    // All columns side by side where short labels make them fit.
    let in_block = if least + column * table.columns.len() <= room {
        table.columns.len().max(1)
    } else {
        in_block
    };
    let count = table.columns.len().max(1);
    for begin in (0..count).step_by(in_block) {
        let end = (begin + in_block).min(count);
        if begin > 0 {
            writeln!(out)?;
        }
        let label = room.saturating_sub(column * (end - begin)).min(longest.max(1)).max(least);
        block(out, table, begin..end, Widths { label, column })?;
    }
    Ok(())
}

#[derive(Clone, Copy)]
struct Widths {
    label: usize,
    column: usize,
}

fn block(
    out: &mut fmt::Formatter<'_>,
    table: &Table,
    columns: std::ops::Range<usize>,
    Widths { label, column }: Widths,
) -> fmt::Result {
    let mut head = format!("  {:<label$}", "");
    for name in table.columns.get(columns.clone()).unwrap_or_default() {
        write!(head, "{name:>column$}")?;
    }
    writeln!(out, "{}", head.trim_end())?;
    for row in &table.rows {
        let mut lines = wrapped_within(&row.label, label, "", 1);
        let last = lines.pop().unwrap_or_default();
        for line in lines {
            writeln!(out, "  {line}")?;
        }
        let mut line = format!("  {last:<label$}");
        match &row.cells {
            Ok(cells) => {
                for cell in cells.get(columns.clone()).unwrap_or_default() {
                    write!(line, "{:>column$}", cell.text)?;
                }
                write!(line, " {}", row.unit)?;
                writeln!(out, "{}", line.trim_end())?;
            }
            Err(keys) => {
                let begin = format!("{line}{}", " ".repeat(GAP));
                let indent = length(&begin);
                for line in wrapped(&missing(keys), WIDTH, &begin, indent) {
                    writeln!(out, "{line}")?;
                }
            }
        }
    }
    Ok(())
}

/// A paragraph for each row of words.
fn words(out: &mut fmt::Formatter<'_>, table: &Table) -> fmt::Result {
    for row in &table.rows {
        let cells = match &row.cells {
            Ok(cells) => cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("; "),
            Err(keys) => missing(keys),
        };
        let text =
            if cells.is_empty() { row.label.clone() } else { format!("{}: {cells}", row.label) };
        for line in wrapped(&text, WIDTH, "  ", 4) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
