//! Where a source is.

use super::error::bad;
use super::query::SourceKind;
use super::{LiveError, networks};
use hashwatt_input::http::Uri;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Where `http://` is taken, which everybody on the way can read and change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainHttp {
    /// Within the machine, the local network and networks like Tailscale's, which encrypt by themselves.
    NearOnly,
    /// Wherever the address says so.
    Anywhere,
}

/// An address without credentials, query or fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// What is there.
    pub source: SourceKind,
    /// Scheme, host, port and path, without a slash at the end.
    pub base: String,
    /// Host and port: all of it that is ever shown. A path may be somebody's key.
    pub host: String,
}

impl Address {
    /// # Errors
    /// [`LiveError::BadSetting`] for the field `url`. The text is never repeated: a password may
    /// stand in it.
    pub(super) fn parse(
        source: SourceKind,
        url: &str,
        plain: PlainHttp,
    ) -> Result<Self, LiveError> {
        let wrong = |reason: String| bad("url", reason);
        if url.contains('@') {
            return Err(wrong(
                "holds a user name or a password, which would stand in reports; give the host \
                 alone, and the login by a cookie file or the environment"
                    .to_owned(),
            ));
        }
        if url.contains(['?', '#']) {
            return Err(wrong(format!("has a query or a fragment; give {FORM}")));
        }
        let (scheme, rest) = match url.split_once("://") {
            Some((scheme, rest)) => (Some(scheme.to_ascii_lowercase()), rest),
            None => (None, url),
        };
        if let Some(reason) = unreadable_host(rest) {
            return Err(wrong(reason.to_owned()));
        }
        let Ok(uri) = format!("http://{rest}").parse::<Uri>() else {
            return Err(wrong(format!("is no address; give {FORM}")));
        };
        let Some(authority) = uri.authority() else {
            return Err(wrong(format!("is no full address; give {FORM}")));
        };
        let host = authority.as_str();
        // A port that is none is kept as text by the parser.
        let end = authority.host().len();
        let port = authority.port_u16();
        if authority.host().is_empty() || (host.len() > end && port.is_none()) {
            return Err(wrong(format!("has no host or no valid port; give {FORM}")));
        }
        let name = authority.host().trim_end_matches('.').to_ascii_lowercase();
        if name.ends_with(".onion") {
            return Err(wrong(by_tor(source, port)));
        }
        let scheme = match scheme.as_deref() {
            Some(scheme @ ("http" | "https")) => scheme,
            Some(_) => return Err(wrong(format!("has another scheme; give {FORM}"))),
            // What has a port is meant as an address, and nearby there is seldom TLS.
            None if port.is_some() && is_near(&name) => "http",
            None => {
                return Err(wrong(format!("has no scheme; give {FORM}, or http:// if it is near")));
            }
        };
        if scheme == "http" && plain == PlainHttp::NearOnly && !is_near(&name) {
            return Err(wrong(in_the_open(source, port)));
        }
        let path = uri.path().trim_end_matches('/');
        Ok(Self { source, base: format!("{scheme}://{host}{path}"), host: host.to_owned() })
    }

    /// Without an end of the path that pages begin with.
    pub(super) fn without_end(self, end: &str) -> Self {
        let base = self.base.strip_suffix(end).unwrap_or(&self.base).to_owned();
        Self { base, ..self }
    }

    /// The path, without a slash at its end; empty where there is none.
    pub(super) fn path(&self) -> &str {
        let behind_host = self.base.split_once(self.host.as_str());
        behind_host.map_or("", |(_, path)| path)
    }

    /// # Errors
    /// [`LiveError::BadSetting`] where the path ends in a test network's name.
    pub(super) fn of_main_network(self) -> Result<Self, LiveError> {
        let end = self.path().rsplit('/').next().unwrap_or_default();
        match networks::named(end) {
            None => Ok(self),
            Some(network) => Err(bad(
                "url",
                format!(
                    "ends in the name of a test network ({network}); ask the main network: give \
                     the address without it"
                ),
            )),
        }
    }
}

const FORM: &str = "https://HOST[:PORT][/PATH]";

/// What the parser of addresses refuses without a word.
fn unreadable_host(rest: &str) -> Option<&'static str> {
    let authority = rest.split('/').next().unwrap_or_default();
    if authority.contains('%') {
        return Some(
            "has a zone (%) in its IPv6 address, which is not taken; give the machine's name, \
             such as http://node.local:8332, or an address without a zone",
        );
    }
    let is_bare_v6 = !authority.starts_with('[') && authority.matches(':').count() > 1;
    is_bare_v6.then_some("has an IPv6 address without brackets; give http://[::1]:8332")
}

/// How an address in Tor is reached.
fn by_tor(source: SourceKind, port: Option<u16>) -> String {
    let (there, here) = ports(source, port);
    format!(
        "is a .onion address, and Tor is not spoken here; where Tor runs, forward a port: `socat \
         TCP-LISTEN:{here},bind=127.0.0.1,fork SOCKS4A:127.0.0.1:HOST.onion:{there},\
         socksport=9050`, and give http://127.0.0.1:{here}"
    )
}

/// How an address is reached whose traffic others could read.
fn in_the_open(source: SourceKind, port: Option<u16>) -> String {
    let (there, here) = ports(source, port);
    format!(
        "is plain http:// to a host outside the machine and the local network; forward a port: \
         `ssh -N -L {here}:127.0.0.1:{there} USER@HOST`, and give http://127.0.0.1:{here}; or give \
         an https:// address, such as `tailscale serve {there}` on the host has; or add \
         --allow-http if everybody on the way may read and change it"
    )
}

/// A source's port, and one that any user may open here.
fn ports(source: SourceKind, port: Option<u16>) -> (u16, u16) {
    let there = port.unwrap_or(match source {
        SourceKind::Node => 8332,
        SourceKind::Api => 80,
    });
    (there, if there < 1024 { 8080 } else { there })
}

/// Whether a host is this machine, on the local network, or on one that encrypts by itself.
fn is_near(host: &str) -> bool {
    let name = host.trim_start_matches('[').trim_end_matches(']');
    match name.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V4(ip)) => {
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || is_shared(ip)
        }
        Ok(IpAddr::V6(ip)) => is_near_v6(ip),
        Err(_) => {
            let local = [
                ".local",
                ".lan",
                ".internal",
                ".home.arpa",
                ".localhost",
                ".localdomain",
                ".ts.net",
            ];
            !name.contains('.') || local.iter().any(|end| name.ends_with(end))
        }
    }
}

/// 100.64.0.0/10 (RFC 6598), in which Tailscale gives its addresses.
fn is_shared(ip: Ipv4Addr) -> bool {
    let [first, second, ..] = ip.octets();
    first == 100 && second & 0xc0 == 64
}

fn is_near_v6(ip: Ipv6Addr) -> bool {
    ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local()
}

#[cfg(test)]
mod tests {
    use super::SourceKind::{Api, Node};
    use super::*;

    fn parse(url: &str) -> Result<Address, LiveError> {
        Address::parse(Api, url, PlainHttp::NearOnly)
    }

    fn refused(source: SourceKind, url: &str) -> String {
        let error = Address::parse(source, url, PlainHttp::NearOnly).unwrap_err();
        assert!(error.is_input(), "{error:?}");
        error.to_string()
    }

    #[test]
    fn an_address_is_taken_apart() {
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
        assert_eq!(api.without_end("/api").base, "https://mempool.space");
        let paths = ["https://x.org", "https://x.org/a/b/", "http://[fd00::1]:80/a"]
            .map(|url| parse(url).unwrap().path().to_owned());
        assert_eq!(paths, ["", "/a/b", "/a"]);
    }

    #[test]
    fn networks_that_encrypt_by_themselves_and_local_ones_are_near() {
        for near in [
            "http://100.64.0.1:8332",
            "http://100.127.255.254:8332",
            "http://node.tail12ab.ts.net:8332",
            "http://NODE.TAIL12AB.TS.NET.:8332",
            "http://[fd7a:115c:a1e0::1]:8332",
            "http://[fe80::1]:8332",
            "http://[::ffff:10.0.0.7]:8332",
        ] {
            assert!(parse(near).is_ok(), "{near}");
        }
        for far in [
            "http://100.63.255.255:8332",
            "http://100.128.0.1:8332",
            "http://ts.net.example.org:8332",
            "http://[2001:db8::1]:8332",
            "http://[::ffff:8.8.8.8]:8332",
            "http://bitcoind.embassy:8332",
        ] {
            let told = refused(Node, far);
            for way in ["ssh -N -L 8332:127.0.0.1:8332 ", "tailscale serve 8332", "--allow-http"] {
                assert!(told.contains(way), "{far}: {told}");
            }
            let anywhere = Address::parse(Node, far, PlainHttp::Anywhere);
            assert_eq!(anywhere.unwrap().base, far);
        }
        // Who may not open port 80 gets another one here.
        assert!(refused(Api, "http://x.org").contains("ssh -N -L 8080:127.0.0.1:80 "));
    }

    #[test]
    fn address_in_tor_is_refused_with_a_way_there_however_it_is_written() {
        let host = format!("{}.onion", "a".repeat(56));
        for url in [
            format!("http://{host}:8332"),
            format!("https://{host}"),
            format!("{host}:8332"),
            format!("http://{}:8332/", host.to_uppercase()),
        ] {
            let told = refused(Node, &url);
            let way = "socat TCP-LISTEN:8332,bind=127.0.0.1,fork \
                       SOCKS4A:127.0.0.1:HOST.onion:8332,socksport=9050";
            assert!(told.contains(way) && told.contains("give http://127.0.0.1:8332"), "{told}");
            assert!(Address::parse(Node, &url, PlainHttp::Anywhere).is_err());
        }
    }

    #[test]
    fn near_host_with_a_port_needs_no_scheme_and_others_are_told_what_to_write() {
        for (bare, base) in [
            ("127.0.0.1:8332", "http://127.0.0.1:8332"),
            ("localhost:8332/", "http://localhost:8332"),
            ("[::1]:8332", "http://[::1]:8332"),
            ("umbrel.local:3006/api", "http://umbrel.local:3006/api"),
        ] {
            assert_eq!(parse(bare).unwrap().base, base);
        }
        for far in ["mempool.space", "mempool.space:443", "localhost", "8.8.8.8:8332"] {
            assert!(refused(Api, far).contains("has no scheme; give https://HOST"), "{far}");
        }
        for bare_v6 in ["http://::1:8332", "::1:8332", "http://fe80::1/x"] {
            assert!(
                refused(Node, bare_v6).contains("brackets; give http://[::1]:8332"),
                "{bare_v6}"
            );
        }
        let zone = refused(Node, "http://[fe80::1%25eth0]:8332");
        assert!(zone.contains("zone") && zone.contains("give the machine's name"), "{zone}");
    }

    #[test]
    fn path_that_ends_in_a_test_networks_name_is_refused() {
        let of_main = |url: &str| parse(url).unwrap().of_main_network();
        for (path, network) in [
            ("testnet", "testnet3"),
            ("Testnet4/", "testnet4"),
            ("mempool/signet", "signet"),
            ("regtest", "regtest"),
        ] {
            let told = of_main(&format!("http://127.0.0.1/{path}")).unwrap_err().to_string();
            assert!(told.contains(&format!("a test network ({network})")), "{told}");
        }
        for main in ["", "mempool", "testnet4/mainnet", "my-testnet4"] {
            assert!(of_main(&format!("http://127.0.0.1/{main}")).is_ok(), "{main}");
        }
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
            let error = parse(bad).unwrap_err();
            let LiveError::BadSetting { field, reason } = &error else { panic!("{error:?}") };
            assert!(*field == "url" && reason.contains("give"), "{bad}: {error}");
            assert!(!error.to_string().contains("hunter2") && error.is_input(), "{error}");
        }
    }
}
