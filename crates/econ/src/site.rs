//! A site: its hours, what runs in them, and what it pays.

pub mod series;

pub use series::{Hour, HourProfile, MONTH_HOURS, SystemHour};
