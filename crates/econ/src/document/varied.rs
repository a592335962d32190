//! What a document says of other choices and other inputs: variants, turns, verdicts.

use super::json::{number, put};
use super::key::place;
use crate::params::Denomination;
use crate::result::{Figure, Outcome};
use crate::view::headline::{Headline, Row};
use crate::view::study::{ScenarioVariant, Study};
use crate::view::switching_value::{FigureSwitchingValues, SwitchingValue};
use serde_json::{Map, Value, json};

/// The base of each run with one choice made otherwise.
pub(super) fn variants(
    variants: &[(ScenarioVariant, Outcome)],
    figures: &[Figure],
    money: Denomination,
) -> (&'static str, Value) {
    let variant = |(variant, outcome): &(ScenarioVariant, Outcome)| {
        let mut map = Map::new();
        map.insert("key".to_owned(), variant.key().into());
        for figure in figures {
            let key = place(*figure, money).column();
            put(&mut map, &key, outcome.base(*figure).map_or(Value::Null, number));
        }
        Value::Object(map)
    };
    ("variants", variants.iter().map(variant).collect())
}

/// The inputs that turn the sign of figures.
pub(super) fn turns(study: &Study, turns: &[FigureSwitchingValues]) -> (&'static str, Value) {
    let table = &study.resolved().table;
    let of_figure = |(figure, turns): &FigureSwitchingValues| {
        let path = place(*figure, study.money()).path();
        let one = |turn: Option<&SwitchingValue>| {
            let of =
                |of: fn(&SwitchingValue) -> f64| turn.map_or(Value::Null, |turn| number(of(turn)));
            json!({
                "figure": path,
                "input": turn.map(|turn| table.get(turn.param).key.clone()),
                "base": of(|turn| turn.base),
                "at": of(|turn| turn.at),
                "steps": of(|turn| turn.steps),
            })
        };
        match turns.is_empty() {
            true => vec![one(None)],
            false => turns.iter().map(|turn| one(Some(turn))).collect(),
        }
    };
    ("turns", turns.iter().flat_map(of_figure).collect())
}

/// Who gains and who loses; the figures hold the numbers.
pub(super) fn verdicts(headline: &Headline, money: Denomination) -> (&'static str, Value) {
    let row = |row: &Row| {
        json!({
            "whose": row.whose.key(),
            "figure": place(row.whose.figure(), money).path(),
            "verdict": row.verdict,
        })
    };
    ("verdicts", headline.rows.iter().map(row).collect())
}
