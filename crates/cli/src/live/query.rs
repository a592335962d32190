//! Requests to a source, as error messages name them.

use std::fmt;

/// The kind of a source.
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

/// A request and its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The kind of the source.
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
