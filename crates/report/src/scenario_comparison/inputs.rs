//! The inputs that differ between two scenarios.

use super::{ScenarioSide, difference};
use crate::round_to_15_digits;
use hashwatt::econ::params::Param;
use serde::Serialize;
use std::collections::BTreeSet;

/// An input or a choice that differs.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct ComparedInput {
    /// Key of the scenario.
    pub key: String,
    /// The common unit; null if the units differ or the input is a choice.
    pub unit: Option<String>,
    /// Value in scenario A; null if it has none.
    pub a: Option<ComparedInputValue>,
    /// Value in scenario B; null if it has none.
    pub b: Option<ComparedInputValue>,
    /// B minus A, if both are numbers of one unit.
    pub difference: Option<f64>,
}

/// The value of an input in one of the scenarios.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct ComparedInputValue {
    /// The number; null for a choice, such as `must_run`.
    pub value: Option<f64>,
    /// 5th percentile, if the input has a range.
    pub low: Option<f64>,
    /// 95th percentile, if the input has a range.
    pub high: Option<f64>,
    /// Unit of the numbers.
    pub unit: Option<String>,
    /// The choice; null for a number.
    pub choice: Option<String>,
}

impl ComparedInput {
    /// Whether the input is a choice instead of a number.
    pub(super) fn is_choice(&self) -> bool {
        [&self.a, &self.b].into_iter().flatten().any(|side| side.choice.is_some())
    }
}

impl ComparedInputValue {
    fn number(param: &Param) -> Option<Self> {
        let (low, high) = param.range().unzip();
        (!param.missing).then(|| Self {
            value: Some(round_to_15_digits(param.value)),
            low: low.map(round_to_15_digits),
            high: high.map(round_to_15_digits),
            unit: Some(param.unit.to_string()),
            choice: None,
        })
    }

    fn choice(text: String) -> Self {
        Self { value: None, low: None, high: None, unit: None, choice: Some(text) }
    }

    /// The number or the choice.
    pub(super) fn cell(&self) -> serde_json::Value {
        match self.value {
            Some(value) => value.into(),
            None => self.choice.clone().into(),
        }
    }
}

/// The title is not an input.
const NOT_AN_INPUT: &str = "title";

/// Parameters in the order of scenario A, then those that only B has, then choices.
pub(super) fn differing([a, b]: [ScenarioSide; 2]) -> Vec<ComparedInput> {
    let tables = [a, b].map(|side| &side.study.resolved().table);
    let has = |side: usize, key: &str| tables[side].find(key).is_some();
    // A list whose entries are parameters, such as fractions by year.
    let has_entries = |key: &str| {
        let first = format!("{key}[0]");
        has(0, &first) || has(1, &first)
    };
    let keys = tables[0].rows().iter().map(|param| param.key.as_str());
    let others = tables[1].rows().iter().map(|param| param.key.as_str());
    let keys = keys.chain(others.filter(|key| !has(0, key)));
    let numbers = keys.filter_map(|key| {
        let [a, b] = tables
            .map(|table| table.find(key).and_then(|id| ComparedInputValue::number(table.get(id))));
        compared(key, a, b)
    });
    let scenarios = [a, b].map(|side| side.scenario);
    let given: BTreeSet<&str> = scenarios
        .iter()
        .flat_map(|scenario| scenario.entries().map(|(key, ..)| key))
        .filter(|key| *key != NOT_AN_INPUT && !has(0, key) && !has(1, key))
        .filter(|key| !has_entries(key))
        .collect();
    let choices = given.into_iter().filter_map(|key| {
        let [first, second] = scenarios.map(|scenario| scenario.get(key));
        // Lists of the same length have the same text, but can differ.
        if first == second {
            return None;
        }
        let [a, b] = [first, second].map(|value| Some(ComparedInputValue::choice(value?.shown())));
        Some(ComparedInput { key: key.to_owned(), unit: None, a, b, difference: None })
    });
    numbers.chain(choices).collect()
}

/// `None` if both values are equal.
fn compared(
    key: &str,
    a: Option<ComparedInputValue>,
    b: Option<ComparedInputValue>,
) -> Option<ComparedInput> {
    if a == b {
        return None;
    }
    let units = [&a, &b].map(|side| side.as_ref().and_then(|value| value.unit.clone()));
    let unit = match units {
        [Some(first), Some(second)] if first != second => None,
        [first, second] => first.or(second),
    };
    let values = [&a, &b].map(|side| side.as_ref().and_then(|value| value.value));
    let difference = unit.as_ref().and(difference(values[1], values[0]));
    Some(ComparedInput { key: key.to_owned(), unit, a, b, difference })
}
