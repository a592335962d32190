//! JSON without duplicate keys and without bombs.
//!
//! `serde_json` keeps the last of two equal keys (RFC 8259 leaves open what one does with them), so
//! that a file could show one figure to a reader and another to the program. It refuses more than
//! 128 levels by itself; how many values there are is bounded here, as each takes some ten times
//! the memory of its text.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::fmt;

/// No text may hold more values than this, objects' keys not counted.
pub const MAX_VALUES: usize = 200_000;

/// Why a text is no JSON, in a reader's words and with its place.
#[derive(Debug)]
pub struct JsonError(serde_json::Error);

impl From<serde_json::Error> for JsonError {
    fn from(error: serde_json::Error) -> Self {
        Self(error)
    }
}

impl JsonError {
    /// Whether the text is JSON, and refused for what it says: a key twice, or too many values.
    pub fn is_data(&self) -> bool {
        self.0.is_data()
    }
}

impl std::error::Error for JsonError {}

/// What the parser says, and what it means.
const WORDS: &[(&str, &str)] = &[
    ("expected value", "no value stands there"),
    ("expected ident", "a word that is not true, false or null"),
    ("expected `:`", "no `:` behind the key"),
    ("expected `,` or", "no comma and no end there"),
    ("trailing comma", "a comma too many"),
    ("trailing characters", "text behind the end"),
    ("key must be a string", "a key without double quotes"),
    ("control character", "a line end or another control character within a text"),
    ("recursion limit", "more than 128 levels"),
];

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = (self.0.line(), self.0.column());
        let whole = self.0.to_string();
        let told = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(told, _)| told);
        if self.0.is_eof() {
            return write!(f, "it ends too early, on line {line}");
        }
        let words = WORDS.iter().find(|(begin, _)| told.starts_with(begin));
        write!(f, "line {line}, column {column}: {}", words.map_or(told, |(_, words)| words))
    }
}

/// Reads one JSON text and nothing behind it.
///
/// # Errors
/// What is no JSON, an object with two equal keys, more than [`MAX_VALUES`] values, more than 128
/// levels.
pub fn json(text: &str) -> Result<Value, JsonError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = serde_json::Deserializer::from_str(text);
    let left = Cell::new(MAX_VALUES);
    let value = StrictJson(&left).deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Reads one value; the cell has how many more there may be.
#[derive(Clone, Copy)]
pub struct StrictJson<'a>(pub &'a Cell<usize>);

impl StrictJson<'_> {
    fn one<E: Error>(self, value: impl Into<Value>) -> Result<Value, E> {
        let left = self.0.get();
        self.0.set(left.checked_sub(1).ok_or_else(|| {
            E::custom(format_args!("more than {MAX_VALUES} values are too many"))
        })?);
        Ok(value.into())
    }
}

impl<'de> DeserializeSeed<'de> for StrictJson<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for StrictJson<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.one(())
    }
    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.one(value)
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.one(value)
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.one(value)
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.one(value)
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.one(value)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(value) = values.next_element_seed(self)? {
            all.push(value);
        }
        self.one(all)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if all.contains_key(&key) {
                let shown: String = key.chars().filter(|c| !c.is_control()).take(60).collect();
                return Err(A::Error::custom(format_args!("key `{shown}` stands twice")));
            }
            let value = entries.next_value_seed(self)?;
            all.insert(key, value);
        }
        self.one(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_good_is_read_as_by_serde_json() {
        for text in
            ["null", "[true, -1, 2, 1.5e3, \"\\u00e9\"]", "{\"a\": {\"b\": []}, \"b\": {\"b\": 1}}"]
        {
            assert_eq!(json(text).unwrap(), serde_json::from_str::<Value>(text).unwrap());
        }
        assert_eq!(json("\u{feff}5").unwrap(), 5);
    }

    #[test]
    fn a_key_that_stands_twice_is_refused_wherever_it_is() {
        for text in ["{\"a\": 1, \"a\": 1}", "[{\"b\": {\"a\": 1, \"\\u0061\": 2}}]"] {
            let told = json(text).unwrap_err().to_string();
            assert!(told.contains("key `a` stands twice"), "{told}");
        }
    }

    #[test]
    fn mistakes_are_told_in_words_with_their_place() {
        for (text, words) in [
            ("", "it ends too early, on line 1"),
            ("{\"a\": 1", "it ends too early, on line 1"),
            ("{\"a\": }", "line 1, column 7: no value stands there"),
            ("{'a': 1}", "line 1, column 2: a key without double quotes"),
            ("{\n\"a\" 1}", "line 2, column 5: no `:` behind the key"),
            ("{\"a\": 1 \"b\": 2}", "line 1, column 9: no comma and no end there"),
            ("[1,]", "line 1, column 4: a comma too many"),
            ("{} x", "line 1, column 4: text behind the end"),
            ("[nil]", "line 1, column 3: a word that is not true, false or null"),
        ] {
            assert_eq!(json(text).unwrap_err().to_string(), words, "{text}");
        }
    }

    #[test]
    fn bombs_are_refused() {
        for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
            assert!(json(&text).unwrap_err().to_string().contains("more than 128 levels"));
        }
        let many = format!("[{}1]", "1,".repeat(MAX_VALUES));
        assert!(json(&many).unwrap_err().to_string().contains("too many"));
        assert!(json(&format!("[{}1]", "1,".repeat(MAX_VALUES - 2))).is_ok());
        for text in ["", "{", "{} {}", "1 2", "\u{0}"] {
            assert!(json(text).is_err(), "{text:?}");
        }
    }
}
