//! Why there are no live values.

use super::query::{Query, SourceKind};
use super::refused::Refused;
use std::fmt;
use std::time::Duration;

/// Why there are no live values. No text holds a password or the path of an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LiveError {
    /// An address or a login that cannot be used.
    #[error("{field}: {reason}")]
    BadSetting {
        /// `url`, `cookie`, or the environment variable.
        field: &'static str,
        /// What is wrong with it, and what would do.
        reason: String,
    },
    /// A node was asked, which knows no price.
    #[error("price: a node knows none; give the price of a bitcoin in USD")]
    NoPrice,
    /// Not all answers came in time.
    #[error("{query} is not answered within {millis} ms for everything; give more time")]
    Timeout {
        /// What was asked last.
        query: Query,
        /// The deadline.
        millis: u128,
    },
    /// Nobody answered.
    #[error(
        "{}: nobody answers: {reason}; {remedy}{}",
        query.host,
        if query.source == SourceKind::Node { ", with server=1 in its bitcoin.conf" } else { "" }
    )]
    Unreachable {
        /// Who was asked.
        query: Query,
        /// Why, with the host and the port.
        reason: String,
        /// What to do.
        remedy: &'static str,
    },
    /// The connection broke.
    #[error("{query}: {reason}")]
    Broken {
        /// What was asked.
        query: Query,
        /// How it broke.
        reason: String,
    },
    /// A status that is no success.
    #[error("{0}")]
    Refused(Box<Refused>),
    /// No trusted connection.
    #[error(
        "{}: no trusted connection ({reason}){}",
        query.host,
        if query.source == SourceKind::Node { "; a node itself speaks http:// alone" } else { "" }
    )]
    Tls {
        /// Who was asked.
        query: Query,
        /// What is not trusted.
        reason: String,
    },
    /// An answer that is none: too long, no text, no JSON.
    #[error("{query}: {reason}")]
    Malformed {
        /// What was asked.
        query: Query,
        /// What is wrong with the answer.
        reason: String,
    },
    /// A value that is missing, of the wrong type, or cannot be.
    #[error("{query}: {field} {reason}")]
    Field {
        /// What was asked.
        query: Query,
        /// The value's name in the answer.
        field: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A node's own error.
    #[error("{query}: the node says {message} ({code})")]
    Node {
        /// What was asked.
        query: Query,
        /// JSON-RPC's code.
        code: i64,
        /// Its message.
        message: String,
    },
    /// A node that has been started and does not answer calls yet (JSON-RPC's code -28).
    #[error("{}: the node is warming up: {message}", query.host)]
    WarmingUp {
        /// What was asked.
        query: Query,
        /// What it is doing.
        message: String,
    },
    /// A source of a test network, or of another chain.
    #[error("{query}: {found}; ask {} of the main network", query.source)]
    OtherNetwork {
        /// What was asked.
        query: Query,
        /// What shows it.
        found: String,
    },
    /// The node has not loaded the chain yet.
    #[error(
        "{}: is in initial block download at height {height}; wait until it has the chain",
        query.host
    )]
    Syncing {
        /// Who was asked.
        query: Query,
        /// How far it is.
        height: u64,
    },
    /// What the source has is old.
    #[error(
        "{}: {what} is {minutes} minutes old; the source does not follow the network",
        query.host
    )]
    Stale {
        /// Who was asked.
        query: Query,
        /// `the tip` or `the price`.
        what: &'static str,
        /// Its age.
        minutes: i64,
    },
}

impl LiveError {
    /// Whether the caller gave something that cannot be used, rather than the source.
    pub fn is_input(&self) -> bool {
        matches!(self, Self::BadSetting { .. } | Self::NoPrice)
    }

    /// Whether the same question may be answered in a while.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Refused(refused) => refused.is_passing(),
            Self::WarmingUp { .. } => true,
            _ => false,
        }
    }

    /// How long the source asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refused) => refused.retry_after,
            _ => None,
        }
    }
}

/// A setting that cannot be used.
pub(super) fn bad(field: &'static str, reason: impl Into<String>) -> LiveError {
    LiveError::BadSetting { field, reason: reason.into() }
}

/// A source that cannot answer yet, and is asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting<'a> {
    /// Why it cannot.
    pub error: &'a LiveError,
    /// After this time it is asked again.
    pub pause: Duration,
}

impl fmt::Display for Waiting<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; asking again in {:.1} s", self.error, self.pause.as_secs_f64())
    }
}
