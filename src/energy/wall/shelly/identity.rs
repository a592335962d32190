//! What a device says it is.

use super::super::super::MeterError;
use super::super::super::text::printable;
use super::super::opening::Opening;
use super::kinds::{FIRST, Kind, LATER};
use serde_json::Value;

/// The model of a device that does not say.
pub(super) const UNKNOWN: &str = "device";
/// So much of the model is shown.
const MAX_SHOWN: usize = 40;

/// A device's generation and model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Generation {
    /// HTTP pages of their own, such as `/meter/0`.
    First,
    /// RPC.
    Later,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub generation: Generation,
    /// `SHPLG-S`, `Pro3EM`, or [`UNKNOWN`].
    pub model: String,
}

impl Identity {
    /// Asks `/shelly`, which all generations have and no login protects, and where it is missing the
    /// RPC of the later ones. A device with neither is taken for a later one.
    ///
    /// # Errors
    /// Where nobody answers, or not in JSON.
    pub(super) fn ask(opening: &Opening<'_>) -> Result<Self, MeterError> {
        for page in ["/shelly", "/rpc/Shelly.GetDeviceInfo"] {
            if let Ok(told) = opening.ask(page)? {
                return Ok(Self::of(&told));
            }
        }
        Ok(Self { generation: Generation::Later, model: UNKNOWN.to_owned() })
    }

    fn of(told: &Value) -> Self {
        let text =
            |key: &str| told.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        let first = told.get("gen").is_none().then(|| text("type")).flatten();
        let generation = if first.is_some() { Generation::First } else { Generation::Later };
        let model = first.or_else(|| text("app")).or_else(|| text("model")).unwrap_or(UNKNOWN);
        Self { generation, model: printable(model, MAX_SHOWN) }
    }
}

impl Generation {
    /// What of its devices is read.
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
    fn the_generation_is_told_by_the_fields() {
        for (told, generation, model) in [
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
            assert_eq!(Identity::of(&told), expected, "{told}");
        }
    }
}
