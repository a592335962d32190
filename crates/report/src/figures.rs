//! The documents of a scenario's figures: the same numbers as text, JSON, CSV and HTML.

mod csv;
mod detail;
mod document;
mod head;
mod number;
mod schema;
mod table;
mod text;
mod verdicts;

pub(crate) use csv::cell as csv_number;
pub use detail::Detail;
pub use document::{EstimateReport, LedgerReport, ProjectionReport};
pub(crate) use head::{inputs_table, warnings_table};
pub(crate) use number::{Scale, seven_digits, three_digits, years_text};
pub(crate) use table::{Cell, Mark, Point, Row, Style, Table, TableBuilder, missing_text};
pub(crate) use text::{paragraph, write as write_table};
pub(crate) use verdicts::{of_hundred, range};
