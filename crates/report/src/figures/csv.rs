//! Figures as a table of rows: key, period, unit, base, points of the band, mean, part above zero.

use super::key::place;
use crate::csv::{csv_table, csv_text};
use crate::tidy;
use hashwatt::econ::engine::Calendar;
use hashwatt::econ::params::Denomination;
use hashwatt::econ::result::{Figure, Outcome};
use std::borrow::Cow;

/// The heads of the columns.
const HEADER: [&str; 11] =
    ["key", "period", "unit", "base", "p05", "p25", "p50", "p75", "p95", "mean", "positive"];

/// A number as a cell; nothing for what is none.
pub(crate) fn cell(value: f64) -> Cow<'static, str> {
    match value {
        value if value.is_nan() => Cow::Borrowed(""),
        value if value.is_infinite() => Cow::Borrowed("inf"),
        value => Cow::Owned(tidy(value).to_string()),
    }
}

/// A row for each figure; the cells of what is missing are empty.
///
/// # Errors
/// Those of the writer.
pub(crate) fn csv(
    outcome: &Outcome,
    figures: impl Iterator<Item = Figure>,
    calendar: Option<&Calendar>,
    money: Denomination,
) -> Result<String, csv::Error> {
    let row = |figure: Figure| {
        let place = place(figure, money);
        let key = csv_text(&place.column()).into_owned();
        let mut row = vec![Cow::Owned(key), Cow::Owned(place.period(calendar))];
        match outcome.get(figure) {
            Ok(value) => {
                row.push(Cow::Owned(value.unit.to_string()));
                row.push(cell(value.base));
                match &value.band {
                    Some(band) => {
                        row.extend(band.points().map(|(_, point)| cell(point)));
                        row.push(cell(band.mean));
                    }
                    None => row.extend([const { Cow::Borrowed("") }; 6]),
                }
                row.push(value.positive.map_or(Cow::Borrowed(""), cell));
            }
            Err(_) => row.extend([const { Cow::Borrowed("") }; 9]),
        }
        row
    };
    csv_table(&HEADER.map(str::to_owned), figures.map(row))
}
