//! Bounded reading of untrusted input: files that may be endless or not regular files, JSON that may be deep, huge
//! or have duplicate keys, and HTTP responses that may never end.
//!
//! Every file that a user names is read through this crate. A pipe therefore does not block, a device does not
//! fill the memory, and a mistake gives an error that describes it.
//!
//! ```
//! let value = hashwatt_input::json("{\"j_per_th\": 15}").unwrap();
//! assert_eq!(value["j_per_th"], 15);
//! let duplicate = hashwatt_input::json("{\"j_per_th\": 15, \"j_per_th\": 1.5}");
//! assert!(duplicate.unwrap_err().to_string().contains("j_per_th"));
//! ```
//!
//! Features: `file` for files, `table` for tables, `http` for the HTTP client. JSON is always available.

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
mod record_limit;
#[cfg(feature = "table")]
pub mod table;

pub use backoff::Backoff;
#[cfg(feature = "file")]
pub use file::{open, read_beginning, read_text};
pub use json::{JsonError, MAX_VALUES, StrictJson, json};
#[cfg(feature = "file")]
pub use record_limit::RecordLimit;

/// Untrusted text as one printable line: without control characters, and at most `max_chars` characters long.
pub fn printable(text: &str, max_chars: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(max_chars).collect()
}
