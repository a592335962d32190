//! The generation and model of a device.

use super::super::super::MeterError;
use super::super::super::text::printable;
use super::super::opening::Opening;
use super::kinds::{FIRST, Kind, LATER};
use serde_json::Value;

/// The model of a device that does not report one.
pub(super) const UNKNOWN: &str = "device";
/// The maximum length of the model in a message.
const MAX_SHOWN: usize = 40;

/// The generation of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Generation {
    /// HTTP pages such as `/meter/0`.
    First,
    /// RPC.
    Later,
}

/// The generation and model of a device.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub generation: Generation,
    /// `SHPLG-S`, `Pro3EM`, or [`UNKNOWN`].
    pub model: String,
}

impl Identity {
    /// Fetches `/shelly`, which all generations have without a login or, if it is missing, the RPC page
    /// of the later generations. A device with neither is taken for a later generation.
    ///
    /// # Errors
    /// The device does not respond, or its response is not JSON.
    pub(super) fn fetch(opening: &Opening<'_>) -> Result<Self, MeterError> {
        for page in ["/shelly", "/rpc/Shelly.GetDeviceInfo"] {
            if let Ok(response) = opening.fetch(page)? {
                return Ok(Self::from_json(&response));
            }
        }
        Ok(Self { generation: Generation::Later, model: UNKNOWN.to_owned() })
    }

    fn from_json(response: &Value) -> Self {
        let text =
            |key: &str| response.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        let first = response.get("gen").is_none().then(|| text("type")).flatten();
        let generation = if first.is_some() { Generation::First } else { Generation::Later };
        let model = first.or_else(|| text("app")).or_else(|| text("model")).unwrap_or(UNKNOWN);
        Self { generation, model: printable(model, MAX_SHOWN) }
    }
}

impl Generation {
    /// The kinds of components that are read.
    pub(super) fn kinds(self) -> &'static [Kind] {
        match self {
            Self::First => &FIRST,
            Self::Later => &LATER,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn generation_is_determined_by_the_fields() {
        for (response, generation, model) in [
            (json!({"type": "SHEM-3", "auth": false}), Generation::First, "SHEM-3"),
            (
                json!({"gen": 3, "app": "Mini1PMG3", "model": "S3SW"}),
                Generation::Later,
                "Mini1PMG3",
            ),
            (json!({"gen": 2, "model": "SPSW-004PE16EU"}), Generation::Later, "SPSW-004PE16EU"),
            (json!({"gen": 2, "app": 7}), Generation::Later, "device"),
            (json!({"gen": 2, "app": "a\nb"}), Generation::Later, "ab"),
        ] {
            let expected = Identity { generation, model: model.to_owned() };
            assert_eq!(Identity::from_json(&response), expected, "{response}");
        }
    }
}
