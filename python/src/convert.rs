//! Conversion of values between Python and Rust.

use super::value_error;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString};
use serde_json::Value as Json;
use toml::Value as Toml;

/// A JSON value as a Python object.
pub fn to_python<'py>(py: Python<'py>, value: &Json) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Json::Null => py.None().into_bound(py),
        Json::Bool(flag) => PyBool::new(py, *flag).to_owned().into_any(),
        Json::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(number), _, _) => number.into_pyobject(py)?.into_any(),
            (_, Some(number), _) => number.into_pyobject(py)?.into_any(),
            (_, _, number) => PyFloat::new(py, number.unwrap_or(f64::NAN)).into_any(),
        },
        Json::String(text) => PyString::new(py, text).into_any(),
        Json::Array(all) => {
            let list = PyList::empty(py);
            for value in all {
                list.append(to_python(py, value)?)?;
            }
            list.into_any()
        }
        Json::Object(map) => {
            let dict = PyDict::new(py);
            for (key, value) in map {
                dict.set_item(key, to_python(py, value)?)?;
            }
            dict.into_any()
        }
    })
}

/// A number, string, list or dictionary of Python as TOML; `key` identifies it in errors.
pub fn to_toml(key: &str, value: &Bound<'_, PyAny>) -> PyResult<Toml> {
    let error = |message: &str| PyTypeError::new_err(format!("{key}: {message}"));
    if let Ok(flag) = value.cast::<PyBool>() {
        return Ok(Toml::Boolean(flag.is_true()));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Toml::String(text.to_str()?.to_owned()));
    }
    if value.is_instance_of::<PyInt>() {
        return value
            .extract()
            .map(Toml::Integer)
            .map_err(|_| error("is an integer of more than 64 bits; give a smaller one"));
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        let entry = |(name, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
            let name: String = name
                .extract()
                .map_err(|_| error("has a key that is not a string; give strings"))?;
            let value = to_toml(&format!("{key}.{name}"), &value)?;
            Ok((name, value))
        };
        return dict.iter().map(entry).collect::<PyResult<toml::Table>>().map(Toml::Table);
    }
    if value.is_instance_of::<PyBytes>() {
        return Err(error("is bytes; give a string"));
    }
    if value.is_none() {
        return Err(error("is None; leave it out, or give a value"));
    }
    // Floats, and objects that convert to a float, such as numpy's.
    if let Ok(number) = value.extract::<f64>() {
        return Ok(Toml::Float(number));
    }
    // A date.
    if let Ok(day) = value.call_method0("isoformat") {
        return Ok(Toml::String(day.extract::<String>()?));
    }
    let all = value
        .try_iter()
        .map_err(|_| error("is not a number, string, bool, list or dict; give one of those"))?;
    let item = |(index, item): (usize, PyResult<Bound<'_, PyAny>>)| {
        to_toml(&format!("{key}[{index}]"), &item?)
    };
    all.enumerate().map(item).collect::<PyResult<Vec<_>>>().map(Toml::Array)
}

/// A value as it is typed after a key: strings without quotation marks, everything else as in TOML.
pub fn typed(key: &str, value: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(match to_toml(key, value)? {
        Toml::String(text) => text,
        // TOML writes a float with a decimal point; keys accept both.
        Toml::Float(number) => number.to_string(),
        Toml::Table(table) => inline(&Toml::Table(table)),
        other => other.to_string(),
    })
}

/// A table on one line.
fn inline(value: &Toml) -> String {
    match value {
        Toml::Table(table) => {
            let entry = |(key, value): (&String, &Toml)| {
                format!("{} = {}", Toml::String(key.clone()), inline(value))
            };
            format!("{{ {} }}", table.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Toml::Array(all) => format!("[{}]", all.iter().map(inline).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// A dictionary as the text of a scenario file.
pub fn toml_text(dict: &Bound<'_, PyDict>) -> PyResult<String> {
    let table = to_toml("scenario", dict.as_any()).map_err(|error| {
        // The keys of the dictionary are those of the scenario.
        let text = error.to_string().replace("scenario.", "").replace("TypeError: ", "");
        PyTypeError::new_err(text)
    })?;
    toml::to_string(&table).map_err(value_error)
}
