//! How results are serialised that hold either a value or the reason why there is none.

use serde::{Serialize, Serializer};
use std::fmt::Display;

/// The value, or `{ "unavailable": "the reason" }`.
pub(crate) fn value_or_reason<T, E, S>(
    found: &Result<T, E>,
    serializer: S,
) -> Result<S::Ok, S::Error>
where
    T: Serialize,
    E: Display,
    S: Serializer,
{
    #[derive(Serialize)]
    struct Unavailable {
        unavailable: String,
    }
    match found {
        Ok(value) => value.serialize(serializer),
        Err(reason) => Unavailable { unavailable: reason.to_string() }.serialize(serializer),
    }
}
