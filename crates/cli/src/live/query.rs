//! Who is asked, and what.

use std::fmt;

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// A Bitcoin Core node's JSON-RPC.
    Node,
    /// An API like mempool.space's.
    Api,
}

/// `a node`, `an API`.
impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Node => "a node",
            Self::Api => "an API",
        })
    }
}

/// A question, and who was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// What it is.
    pub source: SourceKind,
    /// Host and port.
    pub host: String,
    /// The page's path below the address, or the node's method.
    pub call: String,
}

/// `mempool.space: /api/v1/prices`.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.host, self.call)
    }
}
