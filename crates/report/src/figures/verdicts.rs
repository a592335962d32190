//! The verdicts: who gains and who loses, how sure that is, and what would turn it.

use super::key::place;
use super::number::{Scale, significant};
use super::table::{Cell, Row, Table};
use hashwatt::econ::params::{Denomination, Unit};
use hashwatt::econ::view::Study;
use hashwatt::econ::view::headline::{Headline, Row as Found};
use hashwatt::econ::view::turn::Turn;
use serde_json::{Value, json};

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
    Table {
        key: "verdicts".to_owned(),
        title: format!(
            "Verdicts (present values, {}; externalities left out)",
            scale.unit(Unit::Usd)
        ),
        note: String::new(),
        corner: "whose result".to_owned(),
        columns: ["verdict", "median (5 % to 95 %)", "turns"].map(str::to_owned).to_vec(),
        rows: headline.rows.iter().map(row).collect(),
        words: true,
    }
}

fn words(study: &Study, row: &Found, scale: &Scale) -> Vec<String> {
    let Ok(value) = &row.value else { return Vec::new() };
    let verdict =
        row.verdict.map_or_else(String::new, |verdict| verdict.to_string().to_lowercase());
    let sure = value.positive.map_or_else(String::new, |part| {
        let gains = row.verdict.is_none_or(|verdict| verdict.sign() >= 0);
        let (verb, part) = if gains { ("gains", part) } else { ("loses", 1.0 - part) };
        match 100.0 * part {
            n if n >= 99.5 => format!(", {verb} in more than 99 of 100 draws"),
            n => format!(", {verb} in {n:.0} of 100 draws"),
        }
    });
    let numbers = value.band.map_or_else(
        || scale.shown(value.base),
        |band| {
            let [low, middle, high] =
                [band.p05, band.p50, band.p95].map(|point| scale.shown(point));
            format!("{middle} ({low} to {high})")
        },
    );
    let turn = match row.turns.first() {
        Some(turn) => turned(study, turn),
        None => "no single input turns it".to_owned(),
    };
    vec![format!("{verdict}{sure}"), numbers, turn]
}

fn turned(study: &Study, turn: &Turn) -> String {
    let param = study.resolved().table.get(turn.param);
    let side = if turn.at > turn.base { "or more" } else { "or less" };
    let beyond = if turn.is_beyond_range() { ", beyond its range" } else { "" };
    let unit = param.unit.to_string();
    let blank = if unit.is_empty() { "" } else { " " };
    format!(
        "turns if {} is {}{blank}{unit} {side}{beyond} (taken: {})",
        param.key,
        significant(turn.at),
        significant(turn.base)
    )
}

/// The same in JSON; the figures hold the numbers.
pub(crate) fn json(headline: &Headline, money: Denomination) -> Value {
    let row = |row: &Found| {
        json!({
            "whose": row.whose.key(),
            "figure": place(row.whose.figure(), money).path(),
            "verdict": row.verdict,
        })
    };
    headline.rows.iter().map(row).collect()
}
