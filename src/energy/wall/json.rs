//! Numbers out of a device's JSON, or the name of the field that has none.

use super::super::{MeterError, RawValue};
use crate::input;
use crate::units::Watts;
use hashwatt_quantities::plausible::NODE_POWER;
use serde_json::Value;

/// Counters are kept as whole counts; above 2^53 neighbouring counts would fall together.
const MAX_COUNTS: f64 = 9_007_199_254_740_992.0;

/// A device's answer.
///
/// # Errors
/// [`MeterError::Malformed`] for what is no JSON object.
pub(super) fn parse(meter: &str, text: &str) -> Result<Value, MeterError> {
    match input::json(text) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err(MeterError::malformed(meter, &format!("no JSON object: {text}"))),
        // What is JSON, and not taken for that.
        Err(error) if error.is_data() => Err(MeterError::malformed(meter, &error.to_string())),
        Err(_) => Err(MeterError::malformed(meter, &format!("no JSON: {text}"))),
    }
}

/// The value at a path of keys and indices, `None` where there is none or it is null.
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
/// [`MeterError::Malformed`] with the field's name in it.
pub(super) fn number(meter: &str, value: &Value, path: &[&str]) -> Result<f64, MeterError> {
    let found = find(value, path).ok_or_else(|| wrong(meter, path, "missing"))?;
    let is_no_number = || wrong(meter, path, &format!("{found} is no number"));
    match found.as_f64().ok_or_else(is_no_number)? {
        number if !number.is_finite() => Err(wrong(meter, path, "is not finite")),
        number if number < 0.0 => Err(wrong(meter, path, &format!("{number} is negative"))),
        number => Ok(number),
    }
}

/// The watts at a path, as far as a machine can draw them. Negative ones flow back to the grid.
///
/// # Errors
/// [`MeterError::Malformed`] with the field's name in it.
pub(super) fn power(meter: &str, value: &Value, path: &[&str]) -> Result<RawValue, MeterError> {
    if let Some(watts) = find(value, path).and_then(Value::as_f64).filter(|watts| *watts < 0.0) {
        return Err(wrong(meter, path, &format!("{watts} is negative, power fed back")));
    }
    let watts = Watts::from_watts(number(meter, value, path)?);
    match NODE_POWER.check(watts) {
        Ok(_) => Ok(RawValue::Power(watts)),
        Err(told) => Err(wrong(meter, path, &format!("{} cannot be {}", told.given, told.name))),
    }
}

fn wrong(meter: &str, path: &[&str], what: &str) -> MeterError {
    MeterError::malformed(meter, &format!("{}: {what}", path.join(".")))
}

/// The number at a path in whole counts, of which `per_unit` make one.
///
/// # Errors
/// [`MeterError::Malformed`] with the field's name in it.
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
        Err(wrong(meter, path, &format!("{counts:e} counts are too large")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_value_names_its_field() {
        let told = |text: &str| {
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
            (r#"{"a":[{"b":"7"}]}"#, "no number"),
            (r#"{"a":[{"b":true}]}"#, "no number"),
            (r#"{"a":[{"b":[7]}]}"#, "no number"),
            (r#"{"a":[{"b":-0.5}]}"#, "negative"),
            (r#"{"a":[{"b":1e300}]}"#, "too large"),
        ] {
            let told = told(text);
            assert!(told.contains("a.0.b") && told.contains(what), "{told}");
        }
        let value = parse("m", r#"{"a":[{"b":6.532}]}"#).unwrap();
        assert_eq!(counts("m", &value, &["a", "0", "b"], 1000.0), Ok(6532));
    }

    #[test]
    fn power_is_what_a_machine_can_draw() {
        let read = |text: &str| power("m", &parse("m", text).unwrap(), &["p"]);
        assert_eq!(read(r#"{"p":118.5}"#), Ok(RawValue::Power(Watts::from_watts(118.5))));
        for (text, what) in [
            (r#"{"p":-0.1}"#, "p: -0.1 is negative, power fed back"),
            (r#"{"p":4294967.295}"#, "p: 4294967.295 W cannot be the power of a node"),
            (r#"{"p":"118"}"#, "no number"),
            (r#"{}"#, "p: missing"),
        ] {
            let told = read(text).unwrap_err();
            assert!(
                matches!(&told, MeterError::Malformed { text, .. } if text.contains(what)),
                "{told}"
            );
        }
    }

    #[test]
    fn what_is_no_json_object_is_refused() {
        for text in ["", "<html>", "[1]", "7", r#"{"a":NaN}"#, r#"{"a":1e999}"#, r#"{"a":1"#] {
            assert!(matches!(parse("m", text), Err(MeterError::Malformed { .. })), "{text}");
        }
        let twice = parse("m", r#"{"a":1,"a":2}"#).unwrap_err().to_string();
        assert!(twice.contains("`a` stands twice"), "{twice}");
    }
}
