//! Values that are accepted but unusual.

use super::query::Query;
use super::response::Response;
use hashwatt::plausible::PlausibilityWarning;
use std::fmt;

/// A value that is possible but unusual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueInDoubt {
    /// The request that returned it.
    pub query: Query,
    /// The name of the value in the response.
    pub field: &'static str,
    /// Why it is unusual.
    pub doubt: PlausibilityWarning,
}

impl ValueInDoubt {
    pub(super) fn new(
        response: &Response,
        field: &'static str,
        doubt: PlausibilityWarning,
    ) -> Self {
        Self { query: response.query.clone(), field, doubt }
    }
}

/// Omits the hint, which is meant for typed values.
impl fmt::Display for ValueInDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (query, field) = (&self.query, self.field);
        let PlausibilityWarning { name, given, least, greatest, .. } = &self.doubt;
        write!(f, "{query}: {field} is {given}, unusual for {name}: usually {least} to {greatest}")
    }
}
