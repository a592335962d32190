//! The table of verdicts: who gains and who loses, how likely that is, and what would change it.

use super::number::{Scale, significant_digits};
use super::table::{Cell, Row, Style, Table};
use crate::untrusted::sanitize;
use hashwatt::econ::params::Unit;
use hashwatt::econ::result::Value as FigureValue;
use hashwatt::econ::view::Study;
use hashwatt::econ::view::headline::{Headline, HeadlineRow};
use hashwatt::econ::view::switching_value::SwitchingValue;

/// One row for each party of the headline.
pub(crate) fn table(study: &Study, headline: &Headline) -> Table {
    let values = headline.rows.iter().filter_map(|row| row.value.as_ref().ok());
    let largest = values.fold(0.0f64, |largest, value| {
        let band = value.band.map_or([value.base; 2], |band| [band.p05, band.p95]);
        band.into_iter().fold(largest, |largest, point| largest.max(point.abs()))
    });
    let scale = Scale::new(Unit::Usd, largest);
    let row = |row: &HeadlineRow| Row {
        label: row.party.to_string(),
        cells: match &row.value {
            Ok(_) => Ok(cells(study, row, &scale).into_iter().map(Cell::words).collect()),
            Err(missing) => Err(missing.keys.clone()),
        },
        unit: String::new(),
    };
    let columns = ["verdict", "above 0", "median (5 % to 95 %)", "switching value"];
    let title =
        format!("Verdicts (present values, {}; without externalities)", scale.unit(Unit::Usd));
    let rows = headline.rows.iter().map(row).collect();
    Table {
        corner: "party".to_owned(),
        style: Style::WordColumns,
        ..Table::new("verdicts", title, columns.map(str::to_owned).to_vec(), rows)
    }
}

/// A fraction of the paths as a number out of 100; empty without paths.
pub(crate) fn of_hundred(fraction: Option<f64>) -> String {
    fraction.map_or_else(String::new, |fraction| match 100.0 * fraction {
        n if n >= 100.0 => "100 of 100".to_owned(),
        n if n >= 99.5 => "over 99 of 100".to_owned(),
        n if n > 0.0 && n < 0.5 => "under 1 of 100".to_owned(),
        n => format!("{n:.0} of 100"),
    })
}

/// The median with the 5 % and the 95 % point, or the base value without paths.
pub(crate) fn range(value: &FigureValue, scale: &Scale) -> String {
    match value.band {
        Some(band) => {
            let [low, middle, high] =
                [band.p05, band.p50, band.p95].map(|point| scale.format(point));
            format!("{middle} ({low} to {high})")
        }
        None => scale.format(value.base),
    }
}

fn cells(study: &Study, row: &HeadlineRow, scale: &Scale) -> Vec<String> {
    let Ok(value) = &row.value else { return Vec::new() };
    let verdict = row.verdict.map_or_else(String::new, |verdict| verdict.to_string());
    let switching = match row.switching_values.first() {
        Some(value) => switching_text(study, value),
        None => "no single input changes its sign".to_owned(),
    };
    vec![verdict, of_hundred(value.positive), range(value, scale), switching]
}

fn switching_text(study: &Study, value: &SwitchingValue) -> String {
    let param = study.resolved().table.get(value.param);
    let side = if value.at > value.base { "or more" } else { "or less" };
    let beyond = if value.is_beyond_range() { ", beyond its range" } else { "" };
    let unit = param.unit.to_string();
    let blank = if unit.is_empty() { "" } else { " " };
    format!(
        "changes sign if {} is {}{blank}{unit} {side} (base: {}){beyond}",
        sanitize(&param.key),
        significant_digits(value.at),
        significant_digits(value.base)
    )
}
