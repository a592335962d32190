//! An HTTP status that is no success, and what it means for the one who was asked.

use super::query::{Query, SourceKind};
use hashwatt_input::http::{Refusal, Uri};
use std::fmt;
use std::time::Duration;

/// An answer whose status is no success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Who was asked, and what.
    pub query: Query,
    /// 300 to 599.
    pub status: u16,
    /// The source's own words, on one line.
    pub reason: Option<String>,
    /// How long it asks to wait.
    pub retry_after: Option<Duration>,
    /// Scheme, host and port of where a redirect leads, where they are others.
    pub leads_to: Option<String>,
}

impl Refused {
    /// Of a refusal, with what of its reason may be shown.
    pub(super) fn new(query: Query, refusal: &Refusal, reason: Option<String>) -> Self {
        let leads_to = refusal.location.as_deref().and_then(origin);
        let (status, retry_after) = (refusal.status, refusal.retry_after);
        Self { query, status, reason, retry_after, leads_to }
    }

    /// Whether the same question may be answered in a while. A failure within the server is, as a rule, the same
    /// again.
    pub fn is_passing(&self) -> bool {
        self.status != 500 && Refusal::of(self.status).is_passing()
    }

    /// What the status means, and what can be done.
    fn meaning(&self) -> (&'static str, &'static str) {
        use SourceKind::{Api, Node};
        match (self.query.source, self.status) {
            (Node, 401) => (
                "the login is missing or wrong",
                "give the node's cookie file (--node-cookie), which is new at every start of the \
                 node, or HASHWATT_NODE_USER and HASHWATT_NODE_PASSWORD",
            ),
            (Node, 403) => (
                "the node refuses this machine's address or this call",
                "in the node's bitcoin.conf, rpcallowip names the addresses, and rpcwhitelist, \
                 where it is set, the calls: getblockchaininfo, getblockheader, getnetworkhashps \
                 and getblockstats are needed",
            ),
            (Node, 404 | 405) => (
                "no JSON-RPC at this address",
                "is it the node's RPC port, 8332 as a rule, without a path?",
            ),
            (Api, 401 | 403 | 451) => (
                "the API, or a firewall before it, refuses this address or program",
                "ask another API (--api) or a node (--node)",
            ),
            (Api, 404 | 405) => {
                ("no such page", "is it an API like mempool.space's, with this path?")
            }
            (_, 300..=399) => ("a redirect", "give the address that answers itself"),
            (_, 429) => ("too many requests", ""),
            (_, 502..=504) => ("not available now", ""),
            (_, 500..=599) => ("a failure of the server", ""),
            _ => ("refused", ""),
        }
    }
}

/// `mempool.space: /api/v1/prices: HTTP 429, too many requests: slow down; it asks to wait 5 s`.
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (meaning, remedy) = self.meaning();
        write!(f, "{}: HTTP {}, {meaning}", self.query, self.status)?;
        if (300..=399).contains(&self.status) {
            let there = self.leads_to.as_deref().unwrap_or("another page of the same host");
            write!(f, " to {there}, which is not followed")?;
        }
        if let Some(reason) = &self.reason {
            write!(f, ": {reason}")?;
        }
        if let Some(wait) = self.retry_after {
            write!(f, "; it asks to wait {} s", wait.as_secs())?;
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

    fn refused(source: SourceKind, refusal: &Refusal) -> String {
        let query = Query { source, host: "h".to_owned(), call: "c".to_owned() };
        Refused::new(query, refusal, refusal.reason()).to_string()
    }

    #[test]
    fn same_status_means_another_thing_for_a_node_and_for_an_api() {
        use SourceKind::{Api, Node};
        for (source, status, words, never) in [
            (Node, 401, "--node-cookie", "rpcallowip"),
            (Node, 403, "rpcallowip", "login"),
            (Node, 403, "rpcwhitelist", "cookie"),
            (Node, 404, "RPC port", "mempool"),
            (Api, 401, "another API (--api) or a node", "cookie"),
            (Api, 403, "firewall", "HASHWATT_NODE_USER"),
            (Api, 404, "is it an API like mempool.space's", "RPC"),
            (Api, 429, "too many requests", "node"),
            (Node, 503, "not available now", "login"),
        ] {
            let told = refused(source, &Refusal::of(status));
            assert!(told.starts_with(&format!("h: c: HTTP {status}, ")), "{told}");
            assert!(told.contains(words) && !told.contains(never), "{told}");
        }
    }

    #[test]
    fn reason_wait_and_the_host_of_a_redirect_are_told_and_no_more_of_its_address() {
        let busy = Refusal {
            retry_after: Some(Duration::from_secs(7)),
            body: "slow down".to_owned(),
            ..Refusal::of(429)
        };
        let told = refused(SourceKind::Api, &busy);
        assert_eq!(told, "h: c: HTTP 429, too many requests: slow down; it asks to wait 7 s");
        let to = |location: &str| {
            let location = Some(location.to_owned());
            refused(SourceKind::Api, &Refusal { location, ..Refusal::of(301) })
        };
        let told = to("https://me:hunter2@x.org:8443/hunter2?hunter2");
        assert!(
            told.contains("a redirect to https://x.org:8443, which") && !told.contains("hunter2")
        );
        for same in ["/hunter2", "hunter2", ""] {
            let told = to(same);
            assert!(told.contains("another page of the same host") && !told.contains("hunter2"));
        }
    }

    #[test]
    fn what_passes_by_itself_is_known_by_its_status() {
        let query = Query { source: SourceKind::Api, host: String::new(), call: String::new() };
        let is_passing =
            |status| Refused::new(query.clone(), &Refusal::of(status), None).is_passing();
        assert!([429, 502, 503, 504].into_iter().all(is_passing));
        assert!(![301, 400, 401, 403, 404, 451, 500, 501].into_iter().any(is_passing));
    }
}
