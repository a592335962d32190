//! The network address of a meter, as given by the user.

use super::super::MeterError;
use super::super::text::printable;
use std::net::{IpAddr, Ipv6Addr};

/// The parts of `http://host[:port][#part]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Scheme, host and port, without a trailing slash.
    pub base: String,
    /// Whether the connection is encrypted.
    pub encrypted: bool,
    /// Whether it is a loopback address.
    pub loopback: bool,
    /// The text after `#`, which selects a part of the device.
    pub fragment: Option<String>,
}

/// The schemes that a kind of meter supports, and the default for a bare host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Schemes {
    /// HTTP only.
    Http,
    /// Both; HTTPS by default.
    HttpsOrHttp,
}

impl Address {
    /// Parses an address.
    ///
    /// # Errors
    /// [`MeterError::BadSetting`] for the field `url`. A text with `@` is never shown, because it may
    /// contain a password.
    pub(super) fn parse(url: &str, schemes: Schemes) -> Result<Self, MeterError> {
        if url.contains('@') {
            return Err(bad_url(
                "it contains a user name or a password, which would appear in reports; give only \
                 the host, and the password through the environment variable of the meter",
            ));
        }
        let invalid = |what: &str| {
            let shown = printable(url, 60);
            let form = match schemes {
                Schemes::Http => "http://HOST[:PORT][#PART]",
                Schemes::HttpsOrHttp => "https://HOST[:PORT][#CHASSIS]",
            };
            bad_url(&format!("`{shown}` {what}; give {form}"))
        };
        let (scheme, rest) = match (url.split_once("://"), schemes) {
            (Some((scheme, rest)), _) => (scheme, rest),
            (None, Schemes::Http) => ("http", url),
            (None, Schemes::HttpsOrHttp) => ("https", url),
        };
        let encrypted = match (scheme, schemes) {
            ("http", _) => false,
            ("https", Schemes::HttpsOrHttp) => true,
            _ => return Err(invalid("has a scheme that this meter does not support")),
        };
        let (rest, fragment) = match rest.split_once('#') {
            Some((_, "")) => return Err(invalid("has nothing after `#`")),
            Some((rest, fragment)) => (rest, Some(fragment.to_owned())),
            None => (rest, None),
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = split_port(authority).ok_or_else(|| invalid("has no valid port"))?;
        let ip = parse_ip(host);
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        if ip.is_none() && (host.is_empty() || !host.chars().all(is_name)) {
            return Err(invalid("is not a valid host with an optional port"));
        }
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        Ok(Self {
            base: format!("{scheme}://{host}{port}"),
            encrypted,
            loopback: host == "localhost" || ip.is_some_and(|ip| ip.is_loopback()),
            fragment,
        })
    }
}

/// The error for an address that cannot be used.
pub(super) fn bad_url(reason: &str) -> MeterError {
    MeterError::bad_setting("url", reason)
}

/// A host and its port; `None` if the port is not valid.
fn split_port(authority: &str) -> Option<(&str, Option<u16>)> {
    // Colons within the brackets of an IPv6 address do not separate a port.
    let after_host = authority.rfind(']').map_or(0, |end| end + 1);
    let Some(colon) = authority[after_host..].find(':') else { return Some((authority, None)) };
    let (host, port) = authority.split_at(after_host + colon);
    let digits = &port[1..];
    let port: u16 = digits.parse().ok()?;
    (port > 0 && digits.bytes().all(|b| b.is_ascii_digit())).then_some((host, Some(port)))
}

fn parse_ip(host: &str) -> Option<IpAddr> {
    match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(inside) => inside.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => host.parse().ok().filter(IpAddr::is_ipv4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_host_gets_the_default_scheme() {
        let parse = |url| Address::parse(url, Schemes::Http).unwrap();
        assert_eq!(parse("plug.lan").base, "http://plug.lan");
        assert_eq!(parse("10.0.0.5:8080/").base, "http://10.0.0.5:8080");
        assert_eq!(parse("http://[fe80::1]:80#2").base, "http://[fe80::1]:80");
        assert_eq!(parse("http://[fe80::1]:80#2").fragment.as_deref(), Some("2"));
        assert_eq!(parse("plug").fragment, None);
        let bmc = Address::parse("bmc#Self", Schemes::HttpsOrHttp).unwrap();
        assert_eq!((bmc.base.as_str(), bmc.encrypted), ("https://bmc", true));
        for (url, loopback) in
            [("localhost:1", true), ("127.0.0.1", true), ("[::1]", true), ("localhost.evil", false)]
        {
            assert_eq!(parse(url).loopback, loopback, "{url}");
        }
    }

    #[test]
    fn invalid_address_is_refused_by_name() {
        for bad in [
            "",
            "http://",
            "ftp://host",
            "https://host",
            "http://host/path",
            "http://host?x=1",
            "host:",
            "host:0",
            "host:+80",
            "host:99999",
            "host:80:80",
            "host#",
            "ho st",
            "host\r\nX: y",
            "::1",
            "[::1",
            "[nonsense]",
        ] {
            let error = Address::parse(bad, Schemes::Http).unwrap_err();
            let is_named = matches!(&error, MeterError::BadSetting { field, .. } if field == "url");
            assert!(is_named && !error.to_string().contains('\n'), "{bad}: {error}");
        }
    }

    #[test]
    fn password_in_an_address_is_never_shown() {
        for bad in ["http://admin:hunter2@host", "hunter2@host", "http://host#hunter2@x"] {
            let message = Address::parse(bad, Schemes::HttpsOrHttp).unwrap_err().to_string();
            assert!(!message.contains("hunter2") && message.contains("environment"), "{message}");
        }
    }
}
