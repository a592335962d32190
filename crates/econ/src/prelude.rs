//! The names that most callers need.
//!
//! ```
//! use hashwatt_econ::prelude::*;
//! ```

#[doc(no_inline)]
pub use crate::account::Party;
#[doc(no_inline)]
pub use crate::result::{
    Band, Basis, Figure, Missing, Moment, Outcome, Period, Stage, Value, Variable,
};
#[doc(no_inline)]
pub use crate::scenario::{Case, Scenario, ScenarioError};
#[doc(no_inline)]
pub use crate::simulate::Paths;
#[doc(no_inline)]
pub use crate::units::Watts;
#[doc(no_inline)]
pub use crate::view::{Study, StudyError};
#[doc(no_inline)]
pub use crate::{Currency, EconError};
