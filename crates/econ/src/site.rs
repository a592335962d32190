//! A site: its hours, what runs in them, and what it pays.

pub(crate) mod dispatch;
pub(crate) mod lot;
pub mod series;

pub use series::{Hour, HourProfile, MONTH_HOURS, SystemHour};
