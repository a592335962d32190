//! Tables as CSV and Markdown. A spreadsheet evaluates a cell that begins like a formula, quoted or not. Such a
//! text gets an apostrophe in front (OWASP, *CSV Injection*); numbers are not changed.

use serde_json::Value;
use std::borrow::Cow;

/// A text as a cell that no spreadsheet evaluates: `=1+1` becomes `'=1+1`.
pub(crate) fn csv_text(text: &str) -> Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// A JSON value as a cell: texts as by [`csv_text`]; null, lists and objects are empty.
pub(crate) fn csv_cell(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => csv_text(text),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        Value::Null | Value::Array(_) | Value::Object(_) => Cow::Borrowed(""),
    }
}

/// A header and its rows as in RFC 4180, except that lines end with LF.
///
/// # Errors
/// Returns an error if a row is longer or shorter than the header.
pub(crate) fn csv_table<'a>(
    header: &[String],
    rows: impl IntoIterator<Item = Vec<Cow<'a, str>>>,
) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| cell.as_bytes()))?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A text as a cell of a Markdown table: on one line, with the characters of Markdown and HTML escaped.
pub(super) fn markdown_cell(text: &str) -> String {
    let mut cell = String::new();
    for c in text.chars() {
        match c {
            '&' => cell.push_str("&amp;"),
            '<' => cell.push_str("&lt;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '!' => cell.extend(['\\', c]),
            c if c.is_control() => cell.push(' '),
            c => cell.push(c),
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_like_formulas_are_quoted_and_numbers_unchanged() {
        for text in ["=HYPERLINK(\"x\")", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(csv_text(text), format!("'{text}"));
        }
        for text in ["", "a=b", "1-2", "'", " =1"] {
            assert_eq!(csv_text(text), text);
        }
        for (value, cell) in [
            (json!(-1.5), "-1.5"),
            (json!("-1.5"), "'-1.5"),
            (json!(true), "true"),
            (json!(null), ""),
            (json!([1]), ""),
        ] {
            assert_eq!(csv_cell(&value), cell);
        }
    }

    #[test]
    fn written_table_is_read_back_unchanged() {
        let header = ["name".to_owned(), "power_w".to_owned()];
        let row = vec![csv_text("=a \"b\", c\r\nd"), csv_cell(&json!(-2.5)).into_owned().into()];
        let text = csv_table(&header, [row]).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let record = reader.records().next().unwrap().unwrap();
        assert_eq!((&record[0], &record[1]), ("'=a \"b\", c\r\nd", "-2.5"));
        assert!(csv_table(&header, [vec![csv_text("alone")]]).is_err());
    }

    #[test]
    fn markdown_cell_escapes_what_would_break_the_table() {
        assert_eq!(markdown_cell("a|b\n<b>`c`&"), "a\\|b &lt;b>\\`c\\`&amp;");
    }
}
