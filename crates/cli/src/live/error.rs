//! Why there are no live values.

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
    #[error("{host}: {call} is not answered within {millis} ms for everything; give more time")]
    Timeout {
        /// Who was asked.
        host: String,
        /// What was asked.
        call: String,
        /// The deadline.
        millis: u128,
    },
    /// Nobody answered.
    #[error("{host}: nobody answers ({reason}); check the address and that it is on")]
    Unreachable {
        /// Who was asked.
        host: String,
        /// What the system says.
        reason: String,
    },
    /// The connection broke.
    #[error("{host}: {call}: {reason}")]
    Broken {
        /// Who was asked.
        host: String,
        /// What was asked.
        call: String,
        /// How it broke.
        reason: String,
    },
    /// The login is missing or refused.
    #[error(
        "{host}: HTTP {status}, no access; a node takes its cookie file, or \
         HASHWATT_NODE_USER and HASHWATT_NODE_PASSWORD"
    )]
    Unauthorized {
        /// Who was asked.
        host: String,
        /// 401 or 403.
        status: u16,
    },
    /// Sent elsewhere, which is not followed.
    #[error(
        "{host}: {call}: HTTP {status}, a redirect, which is not followed; give the address \
             that answers itself"
    )]
    Redirect {
        /// Who was asked.
        host: String,
        /// What was asked.
        call: String,
        /// 300 to 399.
        status: u16,
    },
    /// Another status that is no success.
    #[error("{host}: {call}: HTTP {status}")]
    Status {
        /// Who was asked.
        host: String,
        /// What was asked.
        call: String,
        /// The status.
        status: u16,
    },
    /// No trusted connection.
    #[error("{host}: no trusted connection ({reason})")]
    Tls {
        /// Who was asked.
        host: String,
        /// What is not trusted.
        reason: String,
    },
    /// An answer that is none: too long, no text, no JSON.
    #[error("{host}: {call}: {reason}")]
    Malformed {
        /// Who was asked.
        host: String,
        /// What was asked.
        call: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A value that is missing, of the wrong type, or cannot be.
    #[error("{host}: {call}: {field} {reason}")]
    Field {
        /// Who was asked.
        host: String,
        /// What was asked.
        call: String,
        /// The value's name in the answer.
        field: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A node's own error.
    #[error("{host}: {call}: the node says {message} ({code})")]
    Node {
        /// Who was asked.
        host: String,
        /// What was asked.
        call: String,
        /// JSON-RPC's code.
        code: i64,
        /// Its message.
        message: String,
    },
    /// The node has not loaded the chain yet.
    #[error("{host}: is in initial block download at height {height}; wait until it has the chain")]
    Syncing {
        /// Who was asked.
        host: String,
        /// How far it is.
        height: u64,
    },
    /// What the source has is old.
    #[error("{host}: {what} is {minutes} minutes old; the source does not follow the network")]
    Stale {
        /// Who was asked.
        host: String,
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
}

/// A setting that cannot be used.
pub(super) fn bad(field: &'static str, reason: impl Into<String>) -> LiveError {
    LiveError::BadSetting { field, reason: reason.into() }
}
