//! Whether a window was steady.

use super::steady::Trend;

/// Whether hashrate, power and temperature stood still within the window.
#[derive(Clone, Debug, PartialEq)]
pub enum Steadiness {
    /// Each is shown to have changed by no more than is allowed.
    Steady,
    /// One is shown to have changed, and may have by more than is allowed.
    NotSteady {
        /// Which, and how far.
        reason: String,
    },
    /// Too little was seen to tell, or it was too noisy.
    Unknown {
        /// Of what.
        reason: String,
    },
}

impl Steadiness {
    /// With one more series: the worst of all stands.
    pub(super) fn and(self, what: &str, trend: &Trend) -> Self {
        match self {
            Self::NotSteady { .. } => self,
            _ if trend.is_flat() => self,
            _ if trend.is_moving() => Self::NotSteady { reason: format!("{what} {trend}") },
            Self::Unknown { .. } => self,
            Self::Steady => {
                Self::Unknown { reason: format!("{what} is too noisy to tell: it {trend}") }
            }
        }
    }
}
