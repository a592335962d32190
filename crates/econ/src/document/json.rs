//! Figures as JSON: dots in keys open objects; years and months are lists.

use super::key::{DISPATCH, FigureLocation, Part, figure_location, hours_key};
use crate::engine::DispatchHours;
use crate::params::Denomination;
use crate::result::{Band, Figure, Missing, Outcome, Value as Found};
use serde::{Serialize, Serializer};
use serde_json::{Map, Number, Value, json};

/// Rounds to 15 significant digits, which an `f64` always represents.
pub fn round_to_15_digits(value: f64) -> f64 {
    format!("{value:.14e}").parse().unwrap_or(value)
}

/// A number with 15 significant digits; null if it is not finite.
pub fn number(value: f64) -> Value {
    if value.is_finite() {
        Number::from_f64(round_to_15_digits(value)).map_or(Value::Null, Value::Number)
    } else {
        Value::Null
    }
}

/// A document with general keys first and inputs and warnings last.
pub struct OrderedDocument<'a>(pub &'a Map<String, Value>);

/// The first keys, in order.
const FIRST: [&str; 12] = [
    "schema_version",
    "title",
    "region",
    "currency",
    "tariff_status",
    "height",
    "start",
    "length_years",
    "paths",
    "paths_asked",
    "seed",
    "complete",
];
/// The last keys, in order.
const LAST: [&str; 12] = [
    "verdicts",
    "totals",
    "years",
    "foreign_exchange",
    "months",
    DISPATCH,
    "variants",
    "switching_values",
    "missing",
    "consumer_classes",
    "references",
    "inputs",
];

impl Serialize for OrderedDocument<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let place = |key: &str| match FIRST.iter().position(|first| *first == key) {
            Some(place) => place,
            None => match LAST.iter().position(|last| *last == key) {
                Some(place) => FIRST.len() + 1 + place,
                None if key == "warnings" => usize::MAX,
                None => FIRST.len(),
            },
        };
        let mut entries: Vec<(&String, &Value)> = self.0.iter().collect();
        entries.sort_by_key(|(key, _)| place(key));
        serializer.collect_map(entries)
    }
}

/// Inserts a value at a key; dots in the key open objects.
pub fn put(map: &mut Map<String, Value>, key: &str, value: Value) {
    match key.split_once('.') {
        None => {
            map.insert(key.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = map.entry(first.to_owned()).or_insert_with(|| Value::Object(Map::new()));
            match inner {
                Value::Object(inner) => put(inner, rest, value),
                // The key already holds a number; the figure is inserted with its whole key.
                _ => {
                    map.insert(key.to_owned(), value);
                }
            }
        }
    }
}

fn band_of(band: &Band, positive: Option<f64>, unit: String) -> Map<String, Value> {
    let mut map = Map::new();
    for (key, point) in [
        ("p05", band.p05),
        ("p25", band.p25),
        ("p50", band.p50),
        ("p75", band.p75),
        ("p95", band.p95),
        ("mean", band.mean),
    ] {
        map.insert(key.to_owned(), number(point));
    }
    map.insert("positive".to_owned(), positive.map_or(Value::Null, number));
    map.insert("unit".to_owned(), unit.into());
    map
}

/// The value of a figure: an object with its band over the paths, or a number; null if it is infinite or
/// missing.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(untagged)]
pub enum FigureValue {
    /// With the quantiles of its band.
    Band(FigureBand),
    /// The base value only.
    Number(Option<f64>),
}

/// A figure over the paths.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "it only describes the schema of the output of `value`")]
pub struct FigureBand {
    /// The base value: all parameters at their base values.
    base: Option<f64>,
    /// The 5 % quantile.
    p05: Option<f64>,
    /// The 25 % quantile.
    p25: Option<f64>,
    /// The median.
    p50: Option<f64>,
    /// The 75 % quantile.
    p75: Option<f64>,
    /// The 95 % quantile.
    p95: Option<f64>,
    /// The mean.
    mean: Option<f64>,
    /// The share of paths in which it is above zero.
    positive: Option<f64>,
    /// The unit of all but `positive`.
    unit: String,
}

/// The value of a figure: a number, or an object with its band.
fn value(found: &Found) -> Value {
    let Some(band) = &found.band else { return number(found.base) };
    let mut map = Map::new();
    map.insert("base".to_owned(), number(found.base));
    map.extend(band_of(band, found.positive, found.unit.to_string()));
    Value::Object(map)
}

/// A list of objects that grows as it is filled.
#[derive(Debug, Default)]
struct List(Vec<Map<String, Value>>);

impl List {
    fn at(&mut self, place: usize) -> &mut Map<String, Value> {
        while self.0.len() <= place {
            self.0.push(Map::new());
        }
        &mut self.0[place]
    }

    /// Converts the list to JSON; each object begins with its name.
    fn named(self, key: &str, name: impl Fn(usize) -> Value) -> Value {
        let named = |(place, rest): (usize, Map<String, Value>)| {
            let mut map = Map::new();
            map.insert(key.to_owned(), name(place));
            map.extend(rest);
            Value::Object(map)
        };
        Value::Array(self.0.into_iter().enumerate().map(named).collect())
    }
}

/// Fills figures of a run into a document; names its periods.
pub(crate) struct Filling<'a> {
    pub money: Denomination,
    pub year: &'a dyn Fn(usize) -> i64,
    pub month: &'a dyn Fn(usize) -> String,
}

impl Filling<'_> {
    /// Fills figures of a run into a document, and lists missing figures with the keys that they need.
    pub(crate) fn fill(
        &self,
        document: &mut Map<String, Value>,
        outcome: &Outcome,
        figures: impl Iterator<Item = Figure>,
    ) {
        let mut totals = Map::new();
        let (mut years, mut exchange, mut months) =
            (List::default(), List::default(), List::default());
        let mut dispatch: Vec<(DispatchHours, Map<String, Value>)> = Vec::new();
        let mut missing: Vec<(String, Vec<String>)> = Vec::new();
        for figure in figures {
            let found = outcome.get(figure);
            let location = figure_location(figure, self.money);
            note(&mut missing, &location, &found);
            let map = match location.part {
                Part::Moment => &mut *document,
                Part::Totals => &mut totals,
                Part::Year(year) => years.at(year),
                Part::ForeignExchange(year) => exchange.at(year),
                Part::Month(month) => months.at(month),
                Part::Dispatch(hours) => of_first_year(&mut dispatch, hours),
            };
            let key = if location.part == Part::Totals {
                location.column()
            } else {
                location.key.clone()
            };
            match found {
                Ok(found) if location.plain => {
                    put(map, &key, number(found.base));
                    if let Some(band) = &found.band {
                        let band = band_of(band, found.positive, found.unit.to_string());
                        put(map, &format!("{key}_band"), Value::Object(band));
                    }
                }
                Ok(found) => put(map, &key, value(&found)),
                Err(_) => put(map, &key, Value::Null),
            }
        }
        if !totals.is_empty() {
            document.insert("totals".to_owned(), Value::Object(totals));
        }
        let year = |place| json!((self.year)(place));
        for (key, list) in [("years", years), ("foreign_exchange", exchange)] {
            if !list.0.is_empty() {
                document.insert(key.to_owned(), list.named("year", year));
            }
        }
        if !months.0.is_empty() {
            let month = |place| json!((self.month)(place));
            document.insert("months".to_owned(), months.named("month", month));
        }
        if !dispatch.is_empty() {
            document.insert(DISPATCH.to_owned(), first_year(dispatch));
        }
        let missing = missing.into_iter().map(|(key, needs)| json!({ "key": key, "needs": needs }));
        document.insert("missing".to_owned(), missing.collect());
    }
}

/// The object for some hours of the first year.
fn of_first_year(
    known: &mut Vec<(DispatchHours, Map<String, Value>)>,
    hours: DispatchHours,
) -> &mut Map<String, Value> {
    let place = known.iter().position(|(other, _)| *other == hours);
    let place = place.unwrap_or_else(|| {
        known.push((hours, Map::new()));
        known.len() - 1
    });
    &mut known[place].1
}

/// The hours of the first year: all hours, and lists of months and deciles.
fn first_year(known: Vec<(DispatchHours, Map<String, Value>)>) -> Value {
    let mut all = Map::new();
    for (hours, rest) in known {
        let (name, place) = match hours {
            DispatchHours::Month(month) => ("month", month + 1),
            DispatchHours::Decile(decile) => ("decile", decile + 1),
            DispatchHours::Year => {
                all.insert(hours_key(hours).to_owned(), Value::Object(rest));
                continue;
            }
        };
        let mut map = Map::from_iter([(name.to_owned(), json!(place))]);
        map.extend(rest);
        let list = all.entry(hours_key(hours)).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(Value::Object(map));
        }
    }
    Value::Object(all)
}

/// Records the missing keys of a figure, once for all its periods.
fn note(
    missing: &mut Vec<(String, Vec<String>)>,
    location: &FigureLocation,
    found: &Result<Found, Missing>,
) {
    if let Err(Missing { keys }) = found
        && !keys.is_empty()
    {
        let path = location.path();
        if !missing.iter().any(|(known, _)| *known == path) {
            missing.push((path, keys.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::round_to_15_digits;

    #[test]
    fn without_conversion_noise_keeps_significant_digits() {
        assert_eq!(round_to_15_digits(0.1 + 0.2), 0.3);
        assert_eq!(round_to_15_digits(126.984_126_984_126_97), 126.984_126_984_127);
        for exact in [0.0, -1.5, 2000.0, 1e300, 65_159.0] {
            assert_eq!(round_to_15_digits(exact), exact);
        }
    }
}
