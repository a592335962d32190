//! What a reader may choose between.

use serde::Deserialize;

/// How payments for capacity count against the site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapacityMode {
    /// They are due anyway: only what is not take-or-pay counts.
    #[default]
    Sunk,
    /// The site bears its load's share.
    LoadFactorShare,
    /// The site bears the average of a kWh.
    Average,
    /// Plants are built for it.
    NewBuild,
}

impl CapacityMode {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Sunk, Self::LoadFactorShare, Self::Average, Self::NewBuild];

    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sunk => "sunk",
            Self::LoadFactorShare => "load_factor_share",
            Self::Average => "average",
            Self::NewBuild => "new_build",
        }
    }
}

/// What the site does while the system is short.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoursCase {
    /// It runs.
    #[default]
    Firm,
    /// It is curtailed to what is free, as long as its contract allows.
    Interruptible,
    /// It takes nothing that the system and its reserve may need.
    SurplusOnly,
}

impl HoursCase {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Firm, Self::Interruptible, Self::SurplusOnly];

    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Firm => "firm",
            Self::Interruptible => "interruptible",
            Self::SurplusOnly => "surplus_only",
        }
    }
}
