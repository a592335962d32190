//! The address of a source.

use super::error::bad;
use super::query::SourceKind;
use super::{LiveError, networks};
use hashwatt_input::http::Uri;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Hosts to which unencrypted `http://` is allowed. Others on the path can read and change such traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainHttp {
    /// This machine, the local network, and networks with their own encryption, such as Tailscale's.
    LocalOnly,
    /// Any host.
    Anywhere,
}

/// An address without credentials, query or fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The kind of source at this address.
    pub source: SourceKind,
    /// Scheme, host, port and path, without a slash at the end.
    pub base: String,
    /// Host and port, the only part that is ever shown: the path may contain an access key.
    pub host: String,
}

impl Address {
    /// # Errors
    /// [`LiveError::BadSetting`] for the field `url`. Messages never repeat the text, which may
    /// contain a password.
    pub(super) fn parse(
        source: SourceKind,
        url: &str,
        plain: PlainHttp,
    ) -> Result<Self, LiveError> {
        let invalid = |reason: String| bad("url", reason);
        if url.contains('@') {
            return Err(invalid(
                "contains a user name or password, which would appear in reports; give the host \
                 only, and the login in a cookie file or in environment variables"
                    .to_owned(),
            ));
        }
        if url.contains(['?', '#']) {
            return Err(invalid(format!("has a query or a fragment; give {FORM}")));
        }
        let (scheme, rest) = match url.split_once("://") {
            Some((scheme, rest)) => (Some(scheme.to_ascii_lowercase()), rest),
            None => (None, url),
        };
        if let Some(reason) = ipv6_mistake(rest) {
            return Err(invalid(reason.to_owned()));
        }
        let Ok(uri) = format!("http://{rest}").parse::<Uri>() else {
            return Err(invalid(format!("is not a valid address; give {FORM}")));
        };
        let Some(authority) = uri.authority() else {
            return Err(invalid(format!("is not a full address; give {FORM}")));
        };
        let host = authority.as_str();
        // The parser keeps an invalid port as text.
        let end = authority.host().len();
        let port = authority.port_u16();
        if authority.host().is_empty() || (host.len() > end && port.is_none()) {
            return Err(invalid(format!("has no host or no valid port; give {FORM}")));
        }
        let name = authority.host().trim_end_matches('.').to_ascii_lowercase();
        if name.ends_with(".onion") {
            return Err(invalid(tor_remedy(source, port)));
        }
        let scheme = match scheme.as_deref() {
            Some(scheme @ ("http" | "https")) => scheme,
            Some(_) => return Err(invalid(format!("has an unsupported scheme; give {FORM}"))),
            // A text with a port is meant as an address, and local hosts rarely have TLS.
            None if port.is_some() && is_local(&name) => "http",
            None => {
                return Err(invalid(format!(
                    "has no scheme; give {FORM}, or http:// for a local host"
                )));
            }
        };
        if scheme == "http" && plain == PlainHttp::LocalOnly && !is_local(&name) {
            return Err(invalid(plain_http_remedy(source, port)));
        }
        let path = uri.path().trim_end_matches('/');
        Ok(Self { source, base: format!("{scheme}://{host}{path}"), host: host.to_owned() })
    }

    /// Removes a suffix of the path with which the paths of the requests start.
    pub(super) fn without_suffix(self, suffix: &str) -> Self {
        let base = self.base.strip_suffix(suffix).unwrap_or(&self.base).to_owned();
        Self { base, ..self }
    }

    /// The path without a trailing slash; may be empty.
    pub(super) fn path(&self) -> &str {
        let parts = self.base.split_once(self.host.as_str());
        parts.map_or("", |(_, path)| path)
    }

    /// # Errors
    /// [`LiveError::BadSetting`] if the path ends in the name of a test network.
    pub(super) fn require_mainnet(self) -> Result<Self, LiveError> {
        let end = self.path().rsplit('/').next().unwrap_or_default();
        match networks::test_network(end) {
            None => Ok(self),
            Some(network) => Err(bad(
                "url",
                format!(
                    "ends in the name of a test network ({network}); for the main network, give the \
                     address without it"
                ),
            )),
        }
    }
}

const FORM: &str = "https://HOST[:PORT][/PATH]";

/// Mistakes in IPv6 addresses that the URI parser refuses without an explanation.
fn ipv6_mistake(rest: &str) -> Option<&'static str> {
    let authority = rest.split('/').next().unwrap_or_default();
    if authority.contains('%') {
        return Some(
            "has a zone (%) in its IPv6 address, which is not supported; give the machine's name, \
             such as http://node.local:8332, or an address without a zone",
        );
    }
    let is_bare_v6 = !authority.starts_with('[') && authority.matches(':').count() > 1;
    is_bare_v6.then_some("has an IPv6 address without brackets; give http://[::1]:8332")
}

/// How to reach an address in Tor.
fn tor_remedy(source: SourceKind, port: Option<u16>) -> String {
    let (remote, local) = ports(source, port);
    format!(
        "is a .onion address, and Tor is not supported; where Tor runs, forward a port: `socat \
         TCP-LISTEN:{local},bind=127.0.0.1,fork SOCKS4A:127.0.0.1:HOST.onion:{remote},\
         socksport=9050`, and give http://127.0.0.1:{local}"
    )
}

/// How to reach a host for which plain `http://` is not allowed.
fn plain_http_remedy(source: SourceKind, port: Option<u16>) -> String {
    let (remote, local) = ports(source, port);
    format!(
        "is plain http:// to a host outside the machine and the local network; forward a port: \
         `ssh -N -L {local}:127.0.0.1:{remote} USER@HOST`, and give http://127.0.0.1:{local}; or give \
         an https:// address, such as `tailscale serve {remote}` on the host provides; or add \
         --allow-http if others on the path may read and change the traffic"
    )
}

/// The port of the source, and a local port that any user may open.
fn ports(source: SourceKind, port: Option<u16>) -> (u16, u16) {
    let remote = port.unwrap_or(match source {
        SourceKind::Node => 8332,
        SourceKind::Api => 80,
    });
    (remote, if remote < 1024 { 8080 } else { remote })
}

/// Whether a host is this machine, on the local network, or on a network with its own encryption.
fn is_local(host: &str) -> bool {
    let name = host.trim_start_matches('[').trim_end_matches(']');
    match name.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V4(ip)) => {
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || is_shared_address(ip)
        }
        Ok(IpAddr::V6(ip)) => is_local_v6(ip),
        Err(_) => {
            let suffixes = [
                ".local",
                ".lan",
                ".internal",
                ".home.arpa",
                ".localhost",
                ".localdomain",
                ".ts.net",
            ];
            !name.contains('.') || suffixes.iter().any(|suffix| name.ends_with(suffix))
        }
    }
}

/// Whether an address is in 100.64.0.0/10 (RFC 6598), which Tailscale uses.
fn is_shared_address(ip: Ipv4Addr) -> bool {
    let [first, second, ..] = ip.octets();
    first == 100 && second & 0xc0 == 64
}

fn is_local_v6(ip: Ipv6Addr) -> bool {
    ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local()
}

#[cfg(test)]
mod tests {
    use super::SourceKind::{Api, Node};
    use super::*;

    fn parse(url: &str) -> Result<Address, LiveError> {
        Address::parse(Api, url, PlainHttp::LocalOnly)
    }

    fn error_message(source: SourceKind, url: &str) -> String {
        let error = Address::parse(source, url, PlainHttp::LocalOnly).unwrap_err();
        assert!(error.is_input(), "{error:?}");
        error.to_string()
    }

    #[test]
    fn valid_address_is_split_into_base_host_and_path() {
        for (url, base, host) in [
            ("https://mempool.space", "https://mempool.space", "mempool.space"),
            ("HTTPS://x.org:8443/mempool/", "https://x.org:8443/mempool", "x.org:8443"),
            ("http://127.0.0.1:8332", "http://127.0.0.1:8332", "127.0.0.1:8332"),
            ("http://[::1]:8332/", "http://[::1]:8332", "[::1]:8332"),
            ("http://192.168.1.9", "http://192.168.1.9", "192.168.1.9"),
            ("http://node:8332", "http://node:8332", "node:8332"),
            ("http://umbrel.local:3006", "http://umbrel.local:3006", "umbrel.local:3006"),
        ] {
            let address = parse(url).unwrap();
            assert_eq!((address.base.as_str(), address.host.as_str()), (base, host));
        }
        let api = parse("https://mempool.space/api/").unwrap();
        assert_eq!(api.without_suffix("/api").base, "https://mempool.space");
        let paths = ["https://x.org", "https://x.org/a/b/", "http://[fd00::1]:80/a"]
            .map(|url| parse(url).unwrap().path().to_owned());
        assert_eq!(paths, ["", "/a/b", "/a"]);
    }

    #[test]
    fn plain_http_is_allowed_to_local_and_encrypted_networks_only() {
        for local in [
            "http://100.64.0.1:8332",
            "http://100.127.255.254:8332",
            "http://node.tail12ab.ts.net:8332",
            "http://NODE.TAIL12AB.TS.NET.:8332",
            "http://[fd7a:115c:a1e0::1]:8332",
            "http://[fe80::1]:8332",
            "http://[::ffff:10.0.0.7]:8332",
        ] {
            assert!(parse(local).is_ok(), "{local}");
        }
        for far in [
            "http://100.63.255.255:8332",
            "http://100.128.0.1:8332",
            "http://ts.net.example.org:8332",
            "http://[2001:db8::1]:8332",
            "http://[::ffff:8.8.8.8]:8332",
            "http://bitcoind.embassy:8332",
        ] {
            let message = error_message(Node, far);
            for remedy in ["ssh -N -L 8332:127.0.0.1:8332 ", "tailscale serve 8332", "--allow-http"]
            {
                assert!(message.contains(remedy), "{far}: {message}");
            }
            let anywhere = Address::parse(Node, far, PlainHttp::Anywhere);
            assert_eq!(anywhere.unwrap().base, far);
        }
        // An unprivileged user cannot open local port 80.
        assert!(error_message(Api, "http://x.org").contains("ssh -N -L 8080:127.0.0.1:80 "));
    }

    #[test]
    fn onion_address_is_refused_with_remedy_in_every_form() {
        let host = format!("{}.onion", "a".repeat(56));
        for url in [
            format!("http://{host}:8332"),
            format!("https://{host}"),
            format!("{host}:8332"),
            format!("http://{}:8332/", host.to_uppercase()),
        ] {
            let message = error_message(Node, &url);
            let remedy = "socat TCP-LISTEN:8332,bind=127.0.0.1,fork \
                       SOCKS4A:127.0.0.1:HOST.onion:8332,socksport=9050";
            assert!(
                message.contains(remedy) && message.contains("give http://127.0.0.1:8332"),
                "{message}"
            );
            assert!(Address::parse(Node, &url, PlainHttp::Anywhere).is_err());
        }
    }

    #[test]
    fn local_host_with_port_needs_no_scheme_and_others_get_remedy() {
        for (bare, base) in [
            ("127.0.0.1:8332", "http://127.0.0.1:8332"),
            ("localhost:8332/", "http://localhost:8332"),
            ("[::1]:8332", "http://[::1]:8332"),
            ("umbrel.local:3006/api", "http://umbrel.local:3006/api"),
        ] {
            assert_eq!(parse(bare).unwrap().base, base);
        }
        for far in ["mempool.space", "mempool.space:443", "localhost", "8.8.8.8:8332"] {
            assert!(error_message(Api, far).contains("has no scheme; give https://HOST"), "{far}");
        }
        for bare_v6 in ["http://::1:8332", "::1:8332", "http://fe80::1/x"] {
            assert!(
                error_message(Node, bare_v6).contains("brackets; give http://[::1]:8332"),
                "{bare_v6}"
            );
        }
        let zone = error_message(Node, "http://[fe80::1%25eth0]:8332");
        assert!(zone.contains("zone") && zone.contains("give the machine's name"), "{zone}");
    }

    #[test]
    fn path_ending_in_test_network_name_is_refused() {
        let require_mainnet = |url: &str| parse(url).unwrap().require_mainnet();
        for (path, network) in [
            ("testnet", "testnet3"),
            ("Testnet4/", "testnet4"),
            ("mempool/signet", "signet"),
            ("regtest", "regtest"),
        ] {
            let message =
                require_mainnet(&format!("http://127.0.0.1/{path}")).unwrap_err().to_string();
            assert!(message.contains(&format!("a test network ({network})")), "{message}");
        }
        for main in ["", "mempool", "testnet4/mainnet", "my-testnet4"] {
            assert!(require_mainnet(&format!("http://127.0.0.1/{main}")).is_ok(), "{main}");
        }
    }

    #[test]
    fn invalid_address_is_refused_without_repeating_it() {
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
            let error = parse(bad).unwrap_err();
            let LiveError::BadSetting { field, reason } = &error else { panic!("{error:?}") };
            assert!(*field == "url" && reason.contains("give"), "{bad}: {error}");
            assert!(!error.to_string().contains("hunter2") && error.is_input(), "{error}");
        }
    }
}
