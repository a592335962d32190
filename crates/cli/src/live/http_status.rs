//! HTTP responses with an error status, and their meaning for each kind of source.

use super::query::{Query, SourceKind};
use hashwatt_input::http::{ErrorResponse, Uri};
use std::fmt;
use std::time::Duration;

/// A response with an error status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorStatus {
    /// The request.
    pub query: Query,
    /// The HTTP status, 300 to 599.
    pub status: u16,
    /// The text of the source, on one line.
    pub reason: Option<String>,
    /// The wait that the source requests.
    pub retry_after: Option<Duration>,
    /// Scheme, host and port of the target of a redirect, if it leads to another host.
    pub leads_to: Option<String>,
}

impl ErrorStatus {
    /// From an error response, with the part of its reason that may be shown.
    pub(super) fn new(query: Query, response: &ErrorResponse, reason: Option<String>) -> Self {
        let leads_to = response.location.as_deref().and_then(origin);
        let (status, retry_after) = (response.status, response.retry_after);
        Self { query, status, reason, retry_after, leads_to }
    }

    /// Whether a retry may succeed. An internal server error usually persists.
    pub fn is_transient(&self) -> bool {
        self.status != 500 && ErrorResponse::new(self.status).is_transient()
    }

    /// The meaning of the status, and the remedy.
    fn meaning(&self) -> (&'static str, &'static str) {
        use SourceKind::{Api, Node};
        match (self.query.source, self.status) {
            (Node, 401) => (
                "the login is missing or wrong",
                "give the node's cookie file (--node-cookie), which changes at every start of the \
                 node, or set HASHWATT_NODE_USER and HASHWATT_NODE_PASSWORD",
            ),
            (Node, 403) => (
                "the node refuses this machine's address or this call",
                "check the node's bitcoin.conf: rpcallowip must include the address, and \
                 rpcwhitelist, if set, the calls getblockchaininfo, getblockheader, \
                 getnetworkhashps and getblockstats",
            ),
            (Node, 404 | 405) => (
                "no JSON-RPC at this address",
                "check that this is the node's RPC port, usually 8332, without a path",
            ),
            (Api, 401 | 403 | 451) => (
                "the API, or a firewall in front of it, refuses this address or program",
                "use another API (--api) or a node (--node)",
            ),
            (Api, 404 | 405) => {
                ("no such page", "check that this is an API like mempool.space's, with this path")
            }
            (_, 300..=399) => ("a redirect", "give the final address"),
            (_, 429) => ("too many requests", ""),
            (_, 502..=504) => ("temporarily unavailable", ""),
            (_, 500..=599) => ("server error", ""),
            _ => ("refused", ""),
        }
    }
}

/// `mempool.space: /api/v1/prices: HTTP 429, too many requests: slow down; retry after 5 s`.
impl fmt::Display for ErrorStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (meaning, remedy) = self.meaning();
        write!(f, "{}: HTTP {}, {meaning}", self.query, self.status)?;
        if (300..=399).contains(&self.status) {
            let target = self.leads_to.as_deref().unwrap_or("another page of the same host");
            write!(f, " to {target}, which is not followed")?;
        }
        if let Some(reason) = &self.reason {
            write!(f, ": {reason}")?;
        }
        if let Some(wait) = self.retry_after {
            write!(f, "; retry after {} s", wait.as_secs())?;
        }
        match remedy {
            "" => Ok(()),
            remedy => write!(f, "; {remedy}"),
        }
    }
}

/// Scheme, host and port of an address, without a login or a path.
fn origin(location: &str) -> Option<String> {
    let uri: Uri = location.parse().ok()?;
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
    let host = authority.as_str().rsplit('@').next()?;
    Some(format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_message(source: SourceKind, response: &ErrorResponse) -> String {
        let query = Query { source, host: "h".to_owned(), call: "c".to_owned() };
        ErrorStatus::new(query, response, response.reason()).to_string()
    }

    #[test]
    fn error_status_has_own_meaning_for_node_and_api() {
        use SourceKind::{Api, Node};
        for (source, status, words, never) in [
            (Node, 401, "--node-cookie", "rpcallowip"),
            (Node, 403, "rpcallowip", "login"),
            (Node, 403, "rpcwhitelist", "cookie"),
            (Node, 404, "RPC port", "mempool"),
            (Api, 401, "another API (--api) or a node", "cookie"),
            (Api, 403, "firewall", "HASHWATT_NODE_USER"),
            (Api, 404, "an API like mempool.space's", "RPC"),
            (Api, 429, "too many requests", "node"),
            (Node, 503, "temporarily unavailable", "login"),
        ] {
            let message = error_message(source, &ErrorResponse::new(status));
            assert!(message.starts_with(&format!("h: c: HTTP {status}, ")), "{message}");
            assert!(message.contains(words) && !message.contains(never), "{message}");
        }
    }

    #[test]
    fn message_shows_reason_wait_and_redirect_host_without_its_path() {
        let busy = ErrorResponse {
            retry_after: Some(Duration::from_secs(7)),
            body: "slow down".to_owned(),
            ..ErrorResponse::new(429)
        };
        let message = error_message(SourceKind::Api, &busy);
        assert_eq!(message, "h: c: HTTP 429, too many requests: slow down; retry after 7 s");
        let to = |location: &str| {
            let location = Some(location.to_owned());
            error_message(SourceKind::Api, &ErrorResponse { location, ..ErrorResponse::new(301) })
        };
        let message = to("https://me:hunter2@x.org:8443/hunter2?hunter2");
        assert!(
            message.contains("a redirect to https://x.org:8443, which")
                && !message.contains("hunter2")
        );
        for same in ["/hunter2", "hunter2", ""] {
            let message = to(same);
            assert!(
                message.contains("another page of the same host") && !message.contains("hunter2")
            );
        }
    }

    #[test]
    fn transient_error_is_recognised_by_status() {
        let query = Query { source: SourceKind::Api, host: String::new(), call: String::new() };
        let is_transient = |status| {
            ErrorStatus::new(query.clone(), &ErrorResponse::new(status), None).is_transient()
        };
        assert!([429, 502, 503, 504].into_iter().all(is_transient));
        assert!(![301, 400, 401, 403, 404, 451, 500, 501].into_iter().any(is_transient));
    }
}
