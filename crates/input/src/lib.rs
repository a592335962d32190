//! What others wrote, read with bounds: files that may be endless or no files at all, JSON that may be deep, huge
//! or say one thing twice, and HTTP answers that may never end.
//!
//! Whoever reads a file that a person named reads it from here, so that a pipe does not wait, a
//! device does not fill the memory, and a mistake is an error that says what is wrong.
//!
//! ```
//! let value = hashwatt_input::json("{\"j_per_th\": 15}").unwrap();
//! assert_eq!(value["j_per_th"], 15);
//! let twice = hashwatt_input::json("{\"j_per_th\": 15, \"j_per_th\": 1.5}");
//! assert!(twice.unwrap_err().to_string().contains("j_per_th"));
//! ```
//!
//! Features: `file` for files, `table` for tables, `http` for the client. JSON is always there.

#![warn(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used
)]
#![cfg_attr(
    test,
    allow(
        clippy::expect_used,
        clippy::panic,
        clippy::unwrap_used,
        reason = "a test fails by panicking"
    )
)]

mod backoff;
#[cfg(feature = "file")]
mod file;
#[cfg(feature = "http")]
pub mod http;
mod json;
#[cfg(feature = "file")]
mod metered;
#[cfg(feature = "table")]
pub mod table;

pub use backoff::Backoff;
#[cfg(feature = "file")]
pub use file::{open, read_beginning, read_text};
pub use json::{JsonError, MAX_VALUES, StrictJson, json};
#[cfg(feature = "file")]
pub use metered::Metered;

/// The first so many characters that are no control characters: what others wrote, on one line.
pub fn printable(text: &str, most: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(most).collect()
}
