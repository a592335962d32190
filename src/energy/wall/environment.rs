//! What a meter takes from the environment.

use super::super::MeterError;
use std::env;

/// A variable; `None` where it is not set. `what` says what should stand in it.
///
/// # Errors
/// [`MeterError::BadSetting`] for what is no text.
pub(super) fn variable(name: &str, what: &str) -> Result<Option<String>, MeterError> {
    match env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => {
            Err(MeterError::bad_setting(name, format!("is no text; give {what} in UTF-8")))
        }
    }
}
