//! What others wrote, read with bounds: files that may be endless or no files at all, and JSON that
//! may be deep, huge or say one thing twice.
//!
//! Whoever reads a file that a person named reads it from here, so that a pipe does not wait, a
//! device does not fill the memory, and a mistake is an error that says what is wrong.

#[cfg(any(feature = "cpu", feature = "live"))]
mod file;
mod json;
#[cfg(feature = "cpu")]
mod metered;

#[cfg(any(feature = "cpu", feature = "live"))]
pub use file::{open, read_text};
#[cfg(feature = "cpu")]
pub(crate) use json::Strict;
pub use json::{MOST_VALUES, json};
#[cfg(feature = "cpu")]
pub(crate) use metered::Metered;
