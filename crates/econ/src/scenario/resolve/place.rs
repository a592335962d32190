//! Where machines stand: a site by what its lots need to know of it.

use crate::params::ParamId;

/// A site before its machines.
pub(super) struct Place {
    /// Its place among `[[site]]`, where there are sections.
    pub section: Option<usize>,
    pub name: String,
    /// Contracted power.
    pub power: Option<ParamId>,
    pub grid: Option<ParamId>,
    /// The part of its power that mines.
    pub mining: Option<ParamId>,
    pub pue: ParamId,
}

impl Place {
    /// What its own keys begin with.
    pub(super) fn prefix(&self) -> String {
        self.section.map_or(String::new(), |index| format!("site[{index}]."))
    }
}
