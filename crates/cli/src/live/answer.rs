//! Values out of an answer, or the name of the field that has none.

use super::LiveError;
use super::query::Query;
use hashwatt_input::http::one_line;
use serde_json::Value;
use std::fmt::Display;

/// What a call gave.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub query: Query,
    pub value: Value,
}

impl Answer {
    /// A field that cannot be used.
    pub(super) fn wrong(&self, field: &str, reason: impl Display) -> LiveError {
        LiveError::Field {
            query: self.query.clone(),
            field: field.to_owned(),
            reason: reason.to_string(),
        }
    }

    /// The value of a field; the answer itself for `""`.
    fn find(&self, field: &str) -> Result<&Value, LiveError> {
        let found = if field.is_empty() { Some(&self.value) } else { self.value.get(field) };
        found.filter(|value| !value.is_null()).ok_or_else(|| self.wrong(field, "is missing"))
    }

    fn typed<'a, T>(
        &'a self,
        field: &str,
        what: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<T, LiveError> {
        let found = self.find(field)?;
        let wrong = || {
            // The answer itself has a name too.
            let field = if field.is_empty() { "result" } else { field };
            self.wrong(field, format!("is {}, {what}", one_line(&found.to_string())))
        };
        read(found).ok_or_else(wrong)
    }

    /// A number above 0.
    pub(super) fn positive(&self, field: &str) -> Result<f64, LiveError> {
        self.typed(field, "no number above 0", |value| {
            value.as_f64().filter(|number| *number > 0.0 && number.is_finite())
        })
    }

    /// A whole number of at least 0.
    pub(super) fn whole(&self, field: &str) -> Result<u64, LiveError> {
        self.typed(field, "no whole number", Value::as_u64)
    }

    /// The same, which may stand in quotation marks: an API's sums out of a database.
    pub(super) fn whole_or_quoted(&self, field: &str) -> Result<u64, LiveError> {
        self.typed(field, "no whole number", |value| match value {
            Value::String(text) if text.bytes().all(|b| b.is_ascii_digit()) => text.parse().ok(),
            other => other.as_u64(),
        })
    }

    /// A height.
    pub(super) fn height(&self, field: &str) -> Result<u32, LiveError> {
        let height = self.whole(field)?;
        u32::try_from(height).map_err(|_| self.wrong(field, format!("is {height}, no height")))
    }

    pub(super) fn text(&self, field: &str) -> Result<&str, LiveError> {
        self.typed(field, "no text", Value::as_str)
    }

    pub(super) fn truth(&self, field: &str) -> Result<bool, LiveError> {
        self.typed(field, "neither true nor false", Value::as_bool)
    }

    /// The elements of a list, each as an answer of its own.
    pub(super) fn list(&self, field: &str) -> Result<Vec<Self>, LiveError> {
        let items = self.typed(field, "no list", Value::as_array)?;
        let item = |(index, value): (usize, &Value)| {
            let call = format!("{}, {field}[{index}]", self.query.call);
            Self { query: Query { call, ..self.query.clone() }, value: value.clone() }
        };
        Ok(items.iter().enumerate().map(item).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::query::SourceKind;
    use super::*;

    #[test]
    fn every_wrong_value_names_its_field() {
        let told = |text: &str, read: fn(&Answer) -> Option<LiveError>| {
            let value = serde_json::from_str(text).unwrap();
            let (host, call) = ("h".to_owned(), "c".to_owned());
            let answer = Answer { query: Query { source: SourceKind::Api, host, call }, value };
            read(&answer).unwrap().to_string()
        };
        for text in [r#"{}"#, r#"[]"#, r#"7"#, r#"{"a":null}"#] {
            assert_eq!(told(text, |a| a.positive("a").err()), "h: c: a is missing", "{text}");
        }
        for bad in [r#""7""#, r#""NaN""#, "-7", "0", "true", "[7]", "{}"] {
            let told = told(&format!(r#"{{"a":{bad}}}"#), |a| a.positive("a").err());
            assert!(
                told.starts_with("h: c: a is ") && told.ends_with("no number above 0"),
                "{told}"
            );
        }
        for bad in [r#""7""#, "-7", "7.5", "18446744073709551616"] {
            told(&format!(r#"{{"a":{bad}}}"#), |a| a.whole("a").err());
        }
        for bad in [r#""-7""#, r#""7.5""#, r#""""#, r#""18446744073709551616""#, "1e30"] {
            told(&format!(r#"{{"a":{bad}}}"#), |a| a.whole_or_quoted("a").err());
        }
        told(r#"{"a":4294967296}"#, |a| a.height("a").err());
        told(r#"{"a":7}"#, |a| a.text("a").err());
        told(r#"{"a":0}"#, |a| a.truth("a").err());
        told(r#"{"a":{}}"#, |a| a.list("a").err());
    }
}
