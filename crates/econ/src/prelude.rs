//! The names that most callers need.

pub use crate::account::{FlowKind, MeansOfPayment, Party, Quantity};
pub use crate::params::{Denomination, Region};
pub use crate::result::{
    Band, Basis, Figure, Missing, Moment, Outcome, Period, Stage, Value, Variable,
};
pub use crate::scenario::{Case, Resolved, Scenario, ScenarioError};
pub use crate::simulate::Paths;
pub use crate::units::Watts;
pub use crate::view::{ScenarioVariant, Study};
pub use crate::{Currency, EconError};
