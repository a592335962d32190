//! A value as a scenario's file writes it: bare, or as a table with its date, source and range.

use crate::uncertainty::{AsOf, Estimate};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// A value with what its file says of it. `0.95`, `"22.98 PKR/kWh"`, or a table:
/// `{ value = 0.95, low = 0.85, high = 0.98, assumed = "a site that is seldom curtailed" }`,
/// `{ value = 905, as_of = "2026-08-21", source = "mean of 30 days" }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Sourced<T> {
    /// The value, in the unit of its key or its text.
    pub value: T,
    /// The range's lower end, which 5 % lie below.
    pub low: Option<T>,
    /// The range's upper end, which 5 % lie above.
    pub high: Option<T>,
    /// The date that it holds for.
    pub as_of: Option<AsOf>,
    /// Where it was published.
    pub source: Option<String>,
    /// Why it was taken, where nobody published it.
    pub assumed: Option<String>,
}

impl<T> From<T> for Sourced<T> {
    fn from(value: T) -> Self {
        Self { value, low: None, high: None, as_of: None, source: None, assumed: None }
    }
}

impl<T> Sourced<T> {
    /// A quantity of it with the origin that the file states: published with a source, assumed, or
    /// reported `by` whoever wrote the file.
    pub fn estimate<Q>(&self, quantity: Q, by: String) -> Estimate<Q> {
        use crate::uncertainty::Provenance;
        match (&self.source, self.as_of, &self.assumed) {
            (Some(source), Some(as_of), _) => {
                Estimate::new(quantity, Provenance::published(as_of, format!("{source} ({by})")))
            }
            (_, _, Some(basis)) => Estimate::assumed(quantity, format!("{basis} ({by})")),
            _ => Estimate::user_reported(quantity, by),
        }
    }

    /// The range, where the file gives one.
    pub fn range(&self) -> Option<(&T, &T)> {
        self.low.as_ref().zip(self.high.as_ref())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table<T> {
    value: T,
    low: Option<T>,
    high: Option<T>,
    as_of: Option<String>,
    source: Option<String>,
    assumed: Option<String>,
}

impl<T: PartialOrd> Table<T> {
    fn checked(self) -> Result<Sourced<T>, String> {
        let Self { value, low, high, as_of, source, assumed } = self;
        let as_of =
            as_of.map(|text| text.parse()).transpose().map_err(|e| format!("as_of: {e}"))?;
        if source.is_some() && assumed.is_some() {
            return Err("has a source and is assumed; give one of the two".to_owned());
        }
        if source.is_some() != as_of.is_some() {
            return Err("source and as_of belong together; give both or neither".to_owned());
        }
        if low.is_some() != high.is_some() {
            return Err("low and high belong together; give both or neither".to_owned());
        }
        Ok(Sourced { value, low, high, as_of, source, assumed })
    }
}

impl<'de, T: Deserialize<'de> + PartialOrd> Deserialize<'de> for Sourced<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Either(PhantomData))
    }
}

struct Either<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + PartialOrd> Visitor<'de> for Either<T> {
    type Value = Sourced<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value, or a table with value, low, high, as_of, source, assumed")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        T::deserialize(value.into_deserializer()).map(Sourced::from)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        T::deserialize(value.into_deserializer()).map(Sourced::from)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        T::deserialize(value.into_deserializer()).map(Sourced::from)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        T::deserialize(value.into_deserializer()).map(Sourced::from)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        T::deserialize(value.into_deserializer()).map(Sourced::from)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Table::deserialize(MapAccessDeserializer::new(map))?.checked().map_err(Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct File {
        x: Sourced<f64>,
        y: Option<Sourced<String>>,
    }

    #[test]
    fn bare_values_and_tables_are_read() {
        let file: File = toml::from_str("x = 5\ny = \"2 PKR/kWh\"").unwrap();
        assert_eq!(file.x, Sourced::from(5.0));
        assert_eq!(file.y.unwrap().value, "2 PKR/kWh");
        let file: File = toml::from_str(
            "x = { value = 905, low = 800, high = 1000, as_of = \"2026-08-21\", source = \"s\" }",
        )
        .unwrap();
        assert_eq!(file.x.range(), Some((&800.0, &1000.0)));
        let estimate = file.x.estimate(file.x.value, "f.toml, x".to_owned());
        assert_eq!(estimate.provenance().to_string(), "published 2026-08-21, s (f.toml, x)");
        let file: File = toml::from_str("[x]\nvalue = 1\nassumed = \"a guess\"").unwrap();
        assert_eq!(file.x.estimate((), "k".to_owned()).provenance().kind(), "assumed");
    }

    #[test]
    fn half_a_source_is_refused() {
        for (bad, told) in [
            ("x = { value = 1, source = \"s\" }", "as_of"),
            ("x = { value = 1, as_of = \"2026\" }", "source"),
            ("x = { value = 1, as_of = \"May\", source = \"s\" }", "not a date"),
            ("x = { value = 1, low = 0 }", "low and high"),
            ("x = { value = 1, hi = 0 }", "unknown field `hi`"),
            ("x = { low = 1, high = 2 }", "value"),
            ("x = \"five\"", "five"),
            ("x = [1]", "a table with value"),
            ("x = { value = 1, source = \"s\", as_of = \"2026\", assumed = \"a\" }", "one of"),
        ] {
            let Err(error) = toml::from_str::<File>(bad) else { panic!("{bad}") };
            assert!(error.message().contains(told), "{bad}: {}", error.message());
            assert!(error.span().is_some(), "{bad} has no place");
        }
    }
}
