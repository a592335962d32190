//! Values that are taken and should be looked at.

use super::answer::Answer;
use super::query::Query;
use hashwatt::plausible::PlausibilityWarning;
use std::fmt;

/// A value that can be, and seldom is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueInDoubt {
    /// Who gave it.
    pub query: Query,
    /// The value's name in the answer.
    pub field: &'static str,
    /// What is unusual.
    pub doubt: PlausibilityWarning,
}

impl ValueInDoubt {
    pub(super) fn new(answer: &Answer, field: &'static str, doubt: PlausibilityWarning) -> Self {
        Self { query: answer.query.clone(), field, doubt }
    }
}

/// Without the hint, which is for who typed a value.
impl fmt::Display for ValueInDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (query, field) = (&self.query, self.field);
        let PlausibilityWarning { name, given, least, greatest, .. } = &self.doubt;
        write!(
            f,
            "{query}: {field} is {given}, unusual for {name}: from {least} to {greatest} as a rule"
        )
    }
}
