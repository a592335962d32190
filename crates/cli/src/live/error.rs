//! Errors of live values.

use super::http_status::ErrorStatus;
use super::query::{Query, SourceKind};
use std::fmt;
use std::time::Duration;

/// Why live values could not be fetched. No message contains a password or the path of an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LiveError {
    /// An invalid address or login.
    #[error("{field}: {reason}")]
    BadSetting {
        /// `url`, `cookie`, or the environment variable.
        field: &'static str,
        /// What is wrong with it, and the remedy.
        reason: String,
    },
    /// No price was given for a node, which provides none.
    #[error("price: a node provides none; give the price of one bitcoin in USD")]
    NoPrice,
    /// The deadline passed before the last response.
    #[error("{query}: no response within {millis} ms for all requests; allow more time")]
    Timeout {
        /// The last request.
        query: Query,
        /// The deadline in milliseconds.
        millis: u128,
    },
    /// The connection failed.
    #[error(
        "{}: cannot connect: {reason}; {remedy}{}",
        query.host,
        if query.source == SourceKind::Node { ", with server=1 in its bitcoin.conf" } else { "" }
    )]
    Unreachable {
        /// The request.
        query: Query,
        /// The reason, with the host and the port.
        reason: String,
        /// The remedy.
        remedy: &'static str,
    },
    /// The connection broke.
    #[error("{query}: {reason}")]
    Broken {
        /// The request.
        query: Query,
        /// How it broke.
        reason: String,
    },
    /// A response with an error status.
    #[error("{0}")]
    ErrorStatus(Box<ErrorStatus>),
    /// TLS failed: the connection is not trusted.
    #[error(
        "{}: no trusted connection ({reason}){}",
        query.host,
        if query.source == SourceKind::Node { "; a node itself supports only http://" } else { "" }
    )]
    Tls {
        /// The request.
        query: Query,
        /// Why the connection is not trusted.
        reason: String,
    },
    /// An invalid response: too long, not text or not JSON.
    #[error("{query}: {reason}")]
    Malformed {
        /// The request.
        query: Query,
        /// What is wrong with the response.
        reason: String,
    },
    /// A value that is missing, of the wrong type, or impossible.
    #[error("{query}: {field} {reason}")]
    Field {
        /// The request.
        query: Query,
        /// The name of the value in the response.
        field: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An error reported by a node.
    #[error("{query}: the node reports: {message} ({code})")]
    Node {
        /// The request.
        query: Query,
        /// The JSON-RPC error code.
        code: i64,
        /// The message of the node.
        message: String,
    },
    /// A node that has started but does not accept calls yet (JSON-RPC error code -28).
    #[error("{}: the node is warming up: {message}", query.host)]
    WarmingUp {
        /// The request.
        query: Query,
        /// What the node is doing.
        message: String,
    },
    /// A source of a test network, or of another chain.
    #[error("{query}: {found}; use {} of the main network", query.source)]
    OtherNetwork {
        /// The request.
        query: Query,
        /// The evidence of another network.
        found: String,
    },
    /// A node that has not downloaded the chain yet.
    #[error(
        "{}: the node is in initial block download at height {height}; wait until it is complete",
        query.host
    )]
    Syncing {
        /// The request.
        query: Query,
        /// The height reached so far.
        height: u64,
    },
    /// An outdated value.
    #[error(
        "{}: {what} is {minutes} minutes old; the source is not in sync with the network",
        query.host
    )]
    Stale {
        /// The request.
        query: Query,
        /// `the tip` or `the price`.
        what: &'static str,
        /// The age in minutes.
        minutes: i64,
    },
}

impl LiveError {
    /// Whether the caller's input is wrong, rather than the source.
    pub fn is_input(&self) -> bool {
        matches!(self, Self::BadSetting { .. } | Self::NoPrice)
    }

    /// Whether a retry may succeed.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::ErrorStatus(refused) => refused.is_transient(),
            Self::WarmingUp { .. } => true,
            _ => false,
        }
    }

    /// The wait that the source requests, if any.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::ErrorStatus(refused) => refused.retry_after,
            _ => None,
        }
    }
}

/// The error of an invalid setting.
pub(super) fn bad(field: &'static str, reason: impl Into<String>) -> LiveError {
    LiveError::BadSetting { field, reason: reason.into() }
}

/// A wait before the next attempt, for a source that is not ready yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryNotice<'a> {
    /// The error of the last attempt.
    pub error: &'a LiveError,
    /// The time until the next attempt.
    pub pause: Duration,
}

impl fmt::Display for RetryNotice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; retrying in {:.1} s", self.error, self.pause.as_secs_f64())
    }
}
