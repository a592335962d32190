//! Values that are accepted but unusual.

use super::query::Query;
use super::response::Response;
use hashwatt::plausible::PlausibilityWarning;
use std::fmt;

/// A value that is possible but unusual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusualValue {
    /// The request that returned it.
    pub query: Query,
    /// The name of the value in the response.
    pub field: &'static str,
    /// Why it is unusual.
    pub warning: PlausibilityWarning,
}

impl UnusualValue {
    pub(super) fn new(
        response: &Response,
        field: &'static str,
        warning: PlausibilityWarning,
    ) -> Self {
        Self { query: response.query.clone(), field, warning }
    }
}

/// Omits the hint, which is meant for typed values.
impl fmt::Display for UnusualValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (query, field) = (&self.query, self.field);
        let PlausibilityWarning { name, given, least, greatest, .. } = &self.warning;
        write!(f, "{query}: {field} is {given}, unusual for {name}: usually {least} to {greatest}")
    }
}
