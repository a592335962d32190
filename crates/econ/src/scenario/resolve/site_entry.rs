//! A site with what its lots need to know about it.

use crate::params::ParamId;

/// A site before its machines.
pub(super) struct SiteEntry {
    /// Its index among `[[site]]`, if there are any.
    pub section: Option<usize>,
    pub name: String,
    /// Contracted power.
    pub power: Option<ParamId>,
    pub grid: Option<ParamId>,
    /// The part of its power that is used for mining.
    pub mining: Option<ParamId>,
    pub pue: ParamId,
}

impl SiteEntry {
    /// The prefix of its own keys.
    pub(super) fn prefix(&self) -> String {
        self.section.map_or(String::new(), |index| format!("site[{index}]."))
    }
}
