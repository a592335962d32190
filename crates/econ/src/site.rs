//! A site: its hours, the dispatch of its machines, and its prices.

pub(crate) mod dispatch;
pub(crate) mod hours;
pub(crate) mod levies;
pub(crate) mod lot;
pub(crate) mod slot;
pub(crate) mod table;
