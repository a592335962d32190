//! Where a source is.

use super::LiveError;
use super::error::bad;
use hashwatt_input::http::Uri;
use std::net::{IpAddr, Ipv6Addr};

/// An address without credentials, query or fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Scheme, host, port and path, without a slash at the end.
    pub base: String,
    /// Host and port: all of it that is ever shown. A path may be somebody's key.
    pub host: String,
}

impl Address {
    /// # Errors
    /// [`LiveError::BadSetting`] for the field `url`. The text is never repeated: a password may
    /// stand in it.
    pub(super) fn parse(url: &str) -> Result<Self, LiveError> {
        let wrong = |reason: &str| Err(bad("url", reason));
        if url.contains('@') {
            return wrong(
                "holds a user name or a password, which would stand in reports; give the host \
                 alone, and the login by a cookie file or the environment",
            );
        }
        if url.contains(['?', '#']) {
            return wrong("has a query or a fragment; give https://HOST[:PORT][/PATH]");
        }
        let Ok(uri) = url.parse::<Uri>() else {
            return wrong("is no address; give https://HOST[:PORT][/PATH]");
        };
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return wrong("is no full address; give https://HOST[:PORT][/PATH]");
        };
        let host = authority.as_str();
        // A port that is none is kept as text by the parser.
        let end = authority.host().len();
        if authority.host().is_empty() || (host.len() > end && authority.port_u16().is_none()) {
            return wrong("has no host or no valid port; give https://HOST[:PORT][/PATH]");
        }
        match scheme {
            "https" => {}
            "http" if is_near(authority.host()) => {}
            "http" => {
                return wrong(
                    "is plain http:// to a host outside the machine and the local network; give \
                     an https:// address",
                );
            }
            _ => return wrong("has another scheme; give an https:// address"),
        }
        let path = uri.path().trim_end_matches('/');
        Ok(Self { base: format!("{scheme}://{host}{path}"), host: host.to_owned() })
    }

    /// Without an end of the path that pages begin with.
    pub(super) fn without_end(self, end: &str) -> Self {
        let base = self.base.strip_suffix(end).unwrap_or(&self.base).to_owned();
        Self { base, ..self }
    }
}

/// Whether a host is this machine or on the local network.
fn is_near(host: &str) -> bool {
    let name = host.trim_start_matches('[').trim_end_matches(']');
    match name.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        Ok(IpAddr::V6(ip)) => is_near_v6(ip),
        Err(_) => {
            let local = [".local", ".lan", ".internal", ".home.arpa", ".localhost"];
            let name = name.to_ascii_lowercase();
            !name.contains('.') || local.iter().any(|end| name.ends_with(end))
        }
    }
}

fn is_near_v6(ip: Ipv6Addr) -> bool {
    ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart() {
        for (url, base, host) in [
            ("https://mempool.space", "https://mempool.space", "mempool.space"),
            ("https://x.org:8443/mempool/", "https://x.org:8443/mempool", "x.org:8443"),
            ("http://127.0.0.1:8332", "http://127.0.0.1:8332", "127.0.0.1:8332"),
            ("http://[::1]:8332/", "http://[::1]:8332", "[::1]:8332"),
            ("http://192.168.1.9", "http://192.168.1.9", "192.168.1.9"),
            ("http://node:8332", "http://node:8332", "node:8332"),
            ("http://umbrel.local:3006", "http://umbrel.local:3006", "umbrel.local:3006"),
        ] {
            let address = Address::parse(url).unwrap();
            assert_eq!((address.base.as_str(), address.host.as_str()), (base, host));
        }
        let api = Address::parse("https://mempool.space/api/").unwrap();
        assert_eq!(api.without_end("/api").base, "https://mempool.space");
    }

    #[test]
    fn anything_else_is_refused_and_not_repeated() {
        for bad in [
            "",
            "hunter2",
            "hunter2.org",
            "https://",
            "https://me:hunter2@x.org",
            "http://hunter2@127.0.0.1:8332",
            "https://x.org/?key=hunter2",
            "https://x.org#hunter2",
            "https://x.org:0x1/hunter2",
            "https://x.org:/hunter2",
            "https://x.org:99999/hunter2",
            "ftp://x.org/hunter2",
            "http://x.org/hunter2",
            "http://8.8.8.8/hunter2",
            "http://[2001:db8::1]/hunter2",
            "https://x.org/hunter2 3",
            "https://x.org/\r\nhunter2",
        ] {
            let error = Address::parse(bad).unwrap_err();
            let LiveError::BadSetting { field, reason } = &error else { panic!("{error:?}") };
            assert!(*field == "url" && reason.contains("give"), "{bad}: {error}");
            assert!(!error.to_string().contains("hunter2") && error.is_input(), "{error}");
        }
    }
}
