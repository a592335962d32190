//! Whether a window was steady.

use super::steady::Trend;

/// Whether hashrate, power and temperature were steady within the window.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Steadiness {
    /// Each of them is shown to have changed by no more than its limit.
    Steady,
    /// One of them is shown to have changed, possibly by more than its limit.
    NotSteady {
        /// Which one, and by how much.
        reason: String,
    },
    /// There were too few readings, or they were too noisy.
    Unknown {
        /// Which series, and why.
        reason: String,
    },
}

impl Steadiness {
    /// Combines the result with one more series: the worst result remains.
    pub(super) fn combine(self, what: &str, trend: &Trend) -> Self {
        match self {
            Self::NotSteady { .. } => self,
            _ if trend.is_flat() => self,
            _ if trend.is_moving() => Self::NotSteady { reason: format!("{what} {trend}") },
            Self::Unknown { .. } => self,
            Self::Steady => {
                Self::Unknown { reason: format!("{what} is too noisy to assess: it {trend}") }
            }
        }
    }
}
