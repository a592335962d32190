//! The verdicts: who gains and who loses, how sure that is, and what would turn it.

use super::number::{Scale, significant};
use super::table::{Cell, Row, Style, Table};
use crate::untrusted::neutral;
use hashwatt::econ::params::Unit;
use hashwatt::econ::result::Value as FigureValue;
use hashwatt::econ::view::Study;
use hashwatt::econ::view::headline::{Headline, Row as Found};
use hashwatt::econ::view::switching_value::SwitchingValue;

/// One row for each whose result it is, in words.
pub(crate) fn table(study: &Study, headline: &Headline) -> Table {
    let values = headline.rows.iter().filter_map(|row| row.value.as_ref().ok());
    let greatest = values.fold(0.0f64, |most, value| {
        let band = value.band.map_or([value.base; 2], |band| [band.p05, band.p95]);
        band.into_iter().fold(most, |most, point| most.max(point.abs()))
    });
    let scale = Scale::new(Unit::Usd, greatest);
    let row = |row: &Found| Row {
        label: row.whose.to_string(),
        cells: match &row.value {
            Ok(_) => Ok(words(study, row, &scale).into_iter().map(Cell::words).collect()),
            Err(missing) => Err(missing.keys.clone()),
        },
        unit: String::new(),
    };
    let columns = ["verdict", "above 0", "median (5 % to 95 %)", "turns"];
    let title =
        format!("Verdicts (present values, {}; externalities left out)", scale.unit(Unit::Usd));
    let rows = headline.rows.iter().map(row).collect();
    Table {
        corner: "whose result".to_owned(),
        style: Style::WordColumns,
        ..Table::new("verdicts", title, columns.map(str::to_owned).to_vec(), rows)
    }
}

/// A part of the draws, as a number of 100; empty where nothing was drawn.
pub(crate) fn of_hundred(part: Option<f64>) -> String {
    part.map_or_else(String::new, |part| match 100.0 * part {
        n if n >= 100.0 => "100 of 100".to_owned(),
        n if n >= 99.5 => "over 99 of 100".to_owned(),
        n if n > 0.0 && n < 0.5 => "under 1 of 100".to_owned(),
        n => format!("{n:.0} of 100"),
    })
}

/// The median with the 5 % and the 95 % point, or the base where nothing was drawn.
pub(crate) fn range(value: &FigureValue, scale: &Scale) -> String {
    match value.band {
        Some(band) => {
            let [low, middle, high] =
                [band.p05, band.p50, band.p95].map(|point| scale.shown(point));
            format!("{middle} ({low} to {high})")
        }
        None => scale.shown(value.base),
    }
}

fn words(study: &Study, row: &Found, scale: &Scale) -> Vec<String> {
    let Ok(value) = &row.value else { return Vec::new() };
    let verdict = row.verdict.map_or_else(String::new, |verdict| verdict.to_string());
    let turn = match row.turns.first() {
        Some(turn) => turned(study, turn),
        None => "no single input turns it".to_owned(),
    };
    vec![verdict, of_hundred(value.positive), range(value, scale), turn]
}

fn turned(study: &Study, turn: &SwitchingValue) -> String {
    let param = study.resolved().table.get(turn.param);
    let side = if turn.at > turn.base { "or more" } else { "or less" };
    let beyond = if turn.is_beyond_range() { ", beyond its range" } else { "" };
    let unit = param.unit.to_string();
    let blank = if unit.is_empty() { "" } else { " " };
    format!(
        "turns if {} is {}{blank}{unit} {side} (taken: {}){beyond}",
        neutral(&param.key),
        significant(turn.at),
        significant(turn.base)
    )
}
