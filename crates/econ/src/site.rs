//! A site: its hours, what runs in them, and what it pays.

pub(crate) mod dispatch;
pub(crate) mod hours;
pub(crate) mod levies;
pub(crate) mod lot;
pub(crate) mod slot;
pub(crate) mod table;
