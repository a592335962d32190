//! The parts of a document on other choices and inputs: variants, switching values and verdicts.

use super::json::{number, put};
use super::key::figure_location;
use crate::params::Denomination;
use crate::result::{Figure, Outcome};
use crate::view::headline::{Headline, HeadlineRow};
use crate::view::study::{ScenarioVariant, Study};
use crate::view::switching_value::{FigureSwitchingValues, SwitchingValue};
use serde_json::{Map, Value, json};

/// Base results with one choice changed.
pub(super) fn variants(
    variants: &[(ScenarioVariant, Outcome)],
    figures: &[Figure],
    money: Denomination,
) -> (&'static str, Value) {
    let variant = |(variant, outcome): &(ScenarioVariant, Outcome)| {
        let mut map = Map::new();
        map.insert("key".to_owned(), variant.key().into());
        for figure in figures {
            let key = figure_location(*figure, money).column();
            put(&mut map, &key, outcome.base(*figure).map_or(Value::Null, number));
        }
        Value::Object(map)
    };
    ("variants", variants.iter().map(variant).collect())
}

/// The switching values of figures.
pub(super) fn switching_values(
    study: &Study,
    switching_values: &[FigureSwitchingValues],
) -> (&'static str, Value) {
    let table = &study.resolved().table;
    let of_figure = |(figure, switching_values): &FigureSwitchingValues| {
        let path = figure_location(*figure, study.money()).path();
        let one = |found: Option<&SwitchingValue>| {
            let number_of = |of: fn(&SwitchingValue) -> f64| {
                found.map_or(Value::Null, |found| number(of(found)))
            };
            json!({
                "figure": path,
                "input": found.map(|found| table.get(found.param).key.clone()),
                "base": number_of(|found| found.base),
                "at": number_of(|found| found.at),
                "steps": number_of(|found| found.steps),
            })
        };
        match switching_values.is_empty() {
            true => vec![one(None)],
            false => switching_values.iter().map(|found| one(Some(found))).collect(),
        }
    };
    ("switching_values", switching_values.iter().flat_map(of_figure).collect())
}

/// The verdicts; their numbers are those of the figures.
pub(super) fn verdicts(headline: &Headline, money: Denomination) -> (&'static str, Value) {
    let row = |row: &HeadlineRow| {
        json!({
            "party": row.party.key(),
            "figure": figure_location(row.party.figure(), money).path(),
            "verdict": row.verdict,
        })
    };
    ("verdicts", headline.rows.iter().map(row).collect())
}
