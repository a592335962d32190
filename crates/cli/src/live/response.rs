//! Typed values from a response, or an error that names the field.

use super::LiveError;
use super::query::Query;
use hashwatt_input::http::one_line;
use serde_json::Value;
use std::fmt::Display;

/// The response to a call.
#[derive(Clone, Debug)]
pub(super) struct Response {
    pub query: Query,
    pub value: Value,
}

impl Response {
    /// The error of an invalid field.
    pub(super) fn field_error(&self, field: &str, reason: impl Display) -> LiveError {
        LiveError::Field {
            query: self.query.clone(),
            field: field.to_owned(),
            reason: reason.to_string(),
        }
    }

    /// The value of a field; the response itself for `""`.
    fn find(&self, field: &str) -> Result<&Value, LiveError> {
        let found = if field.is_empty() { Some(&self.value) } else { self.value.get(field) };
        found.filter(|value| !value.is_null()).ok_or_else(|| self.field_error(field, "is missing"))
    }

    fn typed<'a, T>(
        &'a self,
        field: &str,
        expected: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<T, LiveError> {
        let found = self.find(field)?;
        let error = || {
            // The response itself is called `result`.
            let field = if field.is_empty() { "result" } else { field };
            self.field_error(field, format!("is {}, not {expected}", one_line(&found.to_string())))
        };
        read(found).ok_or_else(error)
    }

    /// A number above 0.
    pub(super) fn positive(&self, field: &str) -> Result<f64, LiveError> {
        self.typed(field, "a number above 0", |value| {
            value.as_f64().filter(|number| *number > 0.0 && number.is_finite())
        })
    }

    /// A whole number of at least 0.
    pub(super) fn whole_number(&self, field: &str) -> Result<u64, LiveError> {
        self.typed(field, "a whole number", Value::as_u64)
    }

    /// Like [`Self::whole_number`], but also accepts a quoted number, as in the sums of some APIs.
    pub(super) fn whole_number_or_quoted(&self, field: &str) -> Result<u64, LiveError> {
        self.typed(field, "a whole number", |value| match value {
            Value::String(text) if text.bytes().all(|b| b.is_ascii_digit()) => text.parse().ok(),
            other => other.as_u64(),
        })
    }

    /// A height.
    pub(super) fn height(&self, field: &str) -> Result<u32, LiveError> {
        let height = self.whole_number(field)?;
        u32::try_from(height)
            .map_err(|_| self.field_error(field, format!("is {height}, not a block height")))
    }

    pub(super) fn text(&self, field: &str) -> Result<&str, LiveError> {
        self.typed(field, "a string", Value::as_str)
    }

    pub(super) fn boolean(&self, field: &str) -> Result<bool, LiveError> {
        self.typed(field, "a boolean", Value::as_bool)
    }

    /// The elements of a list, each as a separate response.
    pub(super) fn list(&self, field: &str) -> Result<Vec<Self>, LiveError> {
        let items = self.typed(field, "a list", Value::as_array)?;
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
    fn invalid_value_is_refused_with_its_field() {
        let error_message = |text: &str, read: fn(&Response) -> Option<LiveError>| {
            let value = serde_json::from_str(text).unwrap();
            let (host, call) = ("h".to_owned(), "c".to_owned());
            let response = Response { query: Query { source: SourceKind::Api, host, call }, value };
            read(&response).unwrap().to_string()
        };
        for text in [r#"{}"#, r#"[]"#, r#"7"#, r#"{"a":null}"#] {
            assert_eq!(
                error_message(text, |a| a.positive("a").err()),
                "h: c: a is missing",
                "{text}"
            );
        }
        for bad in [r#""7""#, r#""NaN""#, "-7", "0", "true", "[7]", "{}"] {
            let message = error_message(&format!(r#"{{"a":{bad}}}"#), |a| a.positive("a").err());
            assert!(
                message.starts_with("h: c: a is ") && message.ends_with("not a number above 0"),
                "{message}"
            );
        }
        for bad in [r#""7""#, "-7", "7.5", "18446744073709551616"] {
            error_message(&format!(r#"{{"a":{bad}}}"#), |a| a.whole_number("a").err());
        }
        for bad in [r#""-7""#, r#""7.5""#, r#""""#, r#""18446744073709551616""#, "1e30"] {
            error_message(&format!(r#"{{"a":{bad}}}"#), |a| a.whole_number_or_quoted("a").err());
        }
        error_message(r#"{"a":4294967296}"#, |a| a.height("a").err());
        error_message(r#"{"a":7}"#, |a| a.text("a").err());
        error_message(r#"{"a":0}"#, |a| a.boolean("a").err());
        error_message(r#"{"a":{}}"#, |a| a.list("a").err());
    }
}
