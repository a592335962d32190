//! Rows of a report as CSV: one column for each key with a single value.

use crate::csv::{csv_cell, csv_table};
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;

/// Writes a header and the rows; a value that a row does not have is an empty cell.
///
/// # Errors
/// Returns the writer's error; no row of this crate causes one.
pub(crate) fn rows_csv<T: Serialize>(
    header: &[&str],
    rows: impl IntoIterator<Item = T>,
) -> Result<String, csv::Error> {
    let values: Vec<Value> = rows
        .into_iter()
        .map(|row| serde_json::to_value(row).map_err(std::io::Error::from))
        .collect::<Result<_, _>>()?;
    let cells = values.iter().map(|row| {
        let cell = |key: &&str| row.get(*key).map_or(Cow::Borrowed(""), csv_cell);
        header.iter().map(cell).collect()
    });
    let header: Vec<String> = header.iter().map(|key| (*key).to_owned()).collect();
    csv_table(&header, cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Meter {
        name: &'static str,
        power_w: Option<f64>,
    }

    #[test]
    fn missing_value_is_an_empty_cell_and_no_rows_give_a_header() {
        let rows =
            [Meter { name: "=a", power_w: Some(-2.5) }, Meter { name: "b, c", power_w: None }];
        let header = ["name", "power_w", "form"];
        let text = rows_csv(&header, &rows).unwrap();
        assert_eq!(text, "name,power_w,form\n'=a,-2.5,\n\"b, c\",,\n");
        assert_eq!(rows_csv(&header, [(); 0]).unwrap(), "name,power_w,form\n");
    }
}
