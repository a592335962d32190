//! A site: its hours, what runs in them, and what it pays.

pub(crate) mod dispatch;
pub(crate) mod hours;
pub(crate) mod lot;
pub mod series;
pub(crate) mod table;

pub use series::{Hour, HourProfile, MONTH_HOURS, SystemHour};
