//! JSON without duplicate keys, and bounded in depth and in number of values.
//!
//! `serde_json` keeps the last of two equal keys (RFC 8259 does not define what a parser does with them), so that
//! a reader could see one figure and the program use another. `serde_json` itself refuses more than 128 levels.
//! The number of values is bounded here, because each takes about ten times the memory of its text.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::fmt;

/// The greatest number of values in one text; keys of objects are not counted.
pub const MAX_VALUES: usize = 200_000;

/// Why a text is not valid JSON, with its line and column.
#[derive(Debug)]
pub struct JsonError(serde_json::Error);

impl From<serde_json::Error> for JsonError {
    fn from(error: serde_json::Error) -> Self {
        Self(error)
    }
}

impl JsonError {
    /// Whether the text is valid JSON that is refused for its content: a duplicate key, or too many values.
    pub fn is_data(&self) -> bool {
        self.0.is_data()
    }
}

impl std::error::Error for JsonError {}

/// Beginnings of the parser's messages, and the message shown instead.
const MESSAGES: &[(&str, &str)] = &[
    ("expected value", "a value is missing"),
    ("expected ident", "a word that is not true, false or null"),
    ("expected `:`", "`:` is missing after the key"),
    ("expected `,` or", "`,` or a closing bracket is missing"),
    ("trailing comma", "a trailing comma"),
    ("trailing characters", "text after the end"),
    ("key must be a string", "a key without double quotes"),
    ("control character", "a line break or another control character inside a string"),
    ("recursion limit", "more than 128 levels"),
];

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = (self.0.line(), self.0.column());
        let text = self.0.to_string();
        let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
        if self.0.is_eof() {
            return write!(f, "it ends too early, on line {line}");
        }
        let known = MESSAGES.iter().find(|(beginning, _)| message.starts_with(beginning));
        write!(f, "line {line}, column {column}: {}", known.map_or(message, |(_, shown)| shown))
    }
}

/// Parses a text that consists of one JSON value.
///
/// # Errors
/// Text that is not valid JSON, text after the value, an object with a duplicate key, more than [`MAX_VALUES`]
/// values, or more than 128 levels.
pub fn json(text: &str) -> Result<Value, JsonError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = serde_json::Deserializer::from_str(text);
    let remaining = Cell::new(MAX_VALUES);
    let value = StrictJson(&remaining).deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Deserializes one value. The cell holds how many more values are allowed.
#[derive(Clone, Copy)]
pub struct StrictJson<'a>(pub &'a Cell<usize>);

impl StrictJson<'_> {
    fn one<E: Error>(self, value: impl Into<Value>) -> Result<Value, E> {
        let remaining = self.0.get();
        self.0.set(
            remaining
                .checked_sub(1)
                .ok_or_else(|| E::custom(format_args!("more than {MAX_VALUES} values")))?,
        );
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
                return Err(A::Error::custom(format_args!("key `{shown}` appears twice")));
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
    fn valid_json_is_read_as_by_serde_json() {
        for text in
            ["null", "[true, -1, 2, 1.5e3, \"\\u00e9\"]", "{\"a\": {\"b\": []}, \"b\": {\"b\": 1}}"]
        {
            assert_eq!(json(text).unwrap(), serde_json::from_str::<Value>(text).unwrap());
        }
        assert_eq!(json("\u{feff}5").unwrap(), 5);
    }

    #[test]
    fn duplicate_key_at_any_depth_is_refused() {
        for text in ["{\"a\": 1, \"a\": 1}", "[{\"b\": {\"a\": 1, \"\\u0061\": 2}}]"] {
            let message = json(text).unwrap_err().to_string();
            assert!(message.contains("key `a` appears twice"), "{message}");
        }
    }

    #[test]
    fn syntax_error_is_described_with_line_and_column() {
        for (text, message) in [
            ("", "it ends too early, on line 1"),
            ("{\"a\": 1", "it ends too early, on line 1"),
            ("{\"a\": }", "line 1, column 7: a value is missing"),
            ("{'a': 1}", "line 1, column 2: a key without double quotes"),
            ("{\n\"a\" 1}", "line 2, column 5: `:` is missing after the key"),
            ("{\"a\": 1 \"b\": 2}", "line 1, column 9: `,` or a closing bracket is missing"),
            ("[1,]", "line 1, column 4: a trailing comma"),
            ("{} x", "line 1, column 4: text after the end"),
            ("[nil]", "line 1, column 3: a word that is not true, false or null"),
        ] {
            assert_eq!(json(text).unwrap_err().to_string(), message, "{text}");
        }
    }

    #[test]
    fn too_deep_too_many_or_incomplete_values_are_refused() {
        for text in ["[".repeat(100_000), "{\"a\":".repeat(100_000)] {
            assert!(json(&text).unwrap_err().to_string().contains("more than 128 levels"));
        }
        let many = format!("[{}1]", "1,".repeat(MAX_VALUES));
        let message = json(&many).unwrap_err().to_string();
        assert!(message.contains("more than 200000 values"), "{message}");
        assert!(json(&format!("[{}1]", "1,".repeat(MAX_VALUES - 2))).is_ok());
        for text in ["", "{", "{} {}", "1 2", "\u{0}"] {
            assert!(json(text).is_err(), "{text:?}");
        }
    }
}
