//! Reads numbers from a device's JSON; errors name the field.

use super::super::{MeterError, RawValue};
use crate::input;
use crate::units::Watts;
use hashwatt_quantities::plausible::NODE_POWER;
use serde_json::Value;

/// Counters are whole counts; above 2^53 adjacent counts have the same `f64`.
const MAX_COUNTS: f64 = 9_007_199_254_740_992.0;

/// Parses the response of a device.
///
/// # Errors
/// [`MeterError::Malformed`] for a text that is not a JSON object.
pub(super) fn parse(meter: &str, text: &str) -> Result<Value, MeterError> {
    match input::json(text) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err(MeterError::malformed(meter, &format!("not a JSON object: {text}"))),
        // Valid JSON that is refused, such as a duplicate key.
        Err(error) if error.is_data() => Err(MeterError::malformed(meter, &error.to_string())),
        Err(_) => Err(MeterError::malformed(meter, &format!("not JSON: {text}"))),
    }
}

/// The value at a path of keys and indices; `None` if it is missing or null.
pub(super) fn find<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter()
        .try_fold(value, |value, key| match value {
            Value::Array(items) => items.get(key.parse::<usize>().ok()?),
            Value::Object(fields) => fields.get(*key),
            _ => None,
        })
        .filter(|value| !value.is_null())
}

/// The number at a path, finite and at least zero.
///
/// # Errors
/// [`MeterError::Malformed`] with the name of the field.
pub(super) fn number(meter: &str, value: &Value, path: &[&str]) -> Result<f64, MeterError> {
    let found = find(value, path).ok_or_else(|| malformed(meter, path, "missing"))?;
    let not_a_number = || malformed(meter, path, &format!("{found} is not a number"));
    match found.as_f64().ok_or_else(not_a_number)? {
        number if !number.is_finite() => Err(malformed(meter, path, "is not finite")),
        number if number < 0.0 => Err(malformed(meter, path, &format!("{number} is negative"))),
        number => Ok(number),
    }
}

/// The power in watts at a path, within the possible range of a machine. A negative power is fed back
/// to the grid and refused.
///
/// # Errors
/// [`MeterError::Malformed`] with the name of the field.
pub(super) fn power(meter: &str, value: &Value, path: &[&str]) -> Result<RawValue, MeterError> {
    if let Some(watts) = find(value, path).and_then(Value::as_f64).filter(|watts| *watts < 0.0) {
        return Err(malformed(meter, path, &format!("{watts} is negative: power fed back")));
    }
    let watts = Watts::from_watts(number(meter, value, path)?);
    match NODE_POWER.check(watts) {
        Ok(_) => Ok(RawValue::Power(watts)),
        Err(implausible) => {
            let what = format!("{} cannot be {}", implausible.given, implausible.name);
            Err(malformed(meter, path, &what))
        }
    }
}

fn malformed(meter: &str, path: &[&str], what: &str) -> MeterError {
    MeterError::malformed(meter, &format!("{}: {what}", path.join(".")))
}

/// The number at a path as whole counts, `per_unit` counts per unit.
///
/// # Errors
/// [`MeterError::Malformed`] with the name of the field.
pub(super) fn counts(
    meter: &str,
    value: &Value,
    path: &[&str],
    per_unit: f64,
) -> Result<u64, MeterError> {
    let counts = (number(meter, value, path)? * per_unit).round();
    if counts < MAX_COUNTS {
        Ok(counts as u64)
    } else {
        Err(malformed(meter, path, &format!("{counts:e} counts are too large")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_value_names_its_field() {
        let error = |text: &str| {
            let value = parse("m", text).unwrap();
            let error = counts("m", &value, &["a", "0", "b"], 1000.0).unwrap_err();
            assert!(matches!(error, MeterError::Malformed { .. }), "{error}");
            error.to_string()
        };
        for (text, what) in [
            (r#"{}"#, "missing"),
            (r#"{"a":[]}"#, "missing"),
            (r#"{"a":7}"#, "missing"),
            (r#"{"a":[{"b":null}]}"#, "missing"),
            (r#"{"a":[{"b":"7"}]}"#, "not a number"),
            (r#"{"a":[{"b":true}]}"#, "not a number"),
            (r#"{"a":[{"b":[7]}]}"#, "not a number"),
            (r#"{"a":[{"b":-0.5}]}"#, "negative"),
            (r#"{"a":[{"b":1e300}]}"#, "too large"),
        ] {
            let result = error(text);
            assert!(result.contains("a.0.b") && result.contains(what), "{result}");
        }
        let value = parse("m", r#"{"a":[{"b":6.532}]}"#).unwrap();
        assert_eq!(counts("m", &value, &["a", "0", "b"], 1000.0), Ok(6532));
    }

    #[test]
    fn power_outside_the_possible_range_is_refused() {
        let read = |text: &str| power("m", &parse("m", text).unwrap(), &["p"]);
        assert_eq!(read(r#"{"p":118.5}"#), Ok(RawValue::Power(Watts::from_watts(118.5))));
        for (text, what) in [
            (r#"{"p":-0.1}"#, "p: -0.1 is negative: power fed back"),
            (r#"{"p":4294967.295}"#, "p: 4294967.295 W cannot be the power of a node"),
            (r#"{"p":"118"}"#, "not a number"),
            (r#"{}"#, "p: missing"),
        ] {
            let error = read(text).unwrap_err();
            assert!(
                matches!(&error, MeterError::Malformed { text, .. } if text.contains(what)),
                "{error}"
            );
        }
    }

    #[test]
    fn non_object_json_is_refused() {
        for text in ["", "<html>", "[1]", "7", r#"{"a":NaN}"#, r#"{"a":1e999}"#, r#"{"a":1"#] {
            assert!(matches!(parse("m", text), Err(MeterError::Malformed { .. })), "{text}");
        }
        let twice = parse("m", r#"{"a":1,"a":2}"#).unwrap_err().to_string();
        assert!(twice.contains("`a` appears twice"), "{twice}");
    }
}
