//! Environment variables of the meters.

use super::super::MeterError;
use std::env;

/// The value of a variable; `None` if it is not set. `what` describes the expected value.
///
/// # Errors
/// [`MeterError::BadSetting`] for a value that is not valid UTF-8.
pub(super) fn variable(name: &str, what: &str) -> Result<Option<String>, MeterError> {
    match env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => {
            Err(MeterError::bad_setting(name, format!("is not valid UTF-8; give {what} in UTF-8")))
        }
    }
}
