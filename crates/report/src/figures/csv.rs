//! Figures as CSV: key, period, unit, base, percentiles, mean and share of paths above zero.

use crate::csv::{csv_table, csv_text};
use crate::round_to_15_digits;
use hashwatt::econ::document::{Document, FigureRow};
use std::borrow::Cow;

/// The column headers.
const HEADER: [&str; 11] =
    ["key", "period", "unit", "base", "p05", "p25", "p50", "p75", "p95", "mean", "positive"];

/// A number as a cell; empty for NaN.
pub(crate) fn cell(value: f64) -> Cow<'static, str> {
    match value {
        value if value.is_nan() => Cow::Borrowed(""),
        value if value.is_infinite() => Cow::Borrowed("inf"),
        value => Cow::Owned(round_to_15_digits(value).to_string()),
    }
}

/// Writes one row for each figure; the cells of a missing figure are empty.
///
/// # Errors
/// Returns the CSV writer's error.
pub(crate) fn csv(document: &Document) -> Result<String, csv::Error> {
    let row = |row: FigureRow| {
        let key = csv_text(&row.key).into_owned();
        let mut cells = vec![Cow::Owned(key), Cow::Owned(row.period.clone())];
        let Some(value) = &row.value else {
            cells.extend([const { Cow::Borrowed("") }; 9]);
            return cells;
        };
        cells.push(Cow::Owned(value.unit.to_string()));
        cells.push(cell(value.base));
        match &value.band {
            Some(band) => {
                cells.extend(band.points().map(|(_, point)| cell(point)));
                cells.push(cell(band.mean));
            }
            None => cells.extend([const { Cow::Borrowed("") }; 6]),
        }
        cells.push(value.positive.map_or(Cow::Borrowed(""), cell));
        cells
    };
    csv_table(&HEADER.map(str::to_owned), document.rows().map(row))
}
