//! The address of a meter on the network, as a user gives it.

use super::super::MeterError;
use super::super::text::printable;
use std::net::{IpAddr, Ipv6Addr};

/// `http://host[:port][#part]`, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Scheme, host and port, without a slash at the end.
    pub base: String,
    /// Whether the connection is encrypted.
    pub encrypted: bool,
    /// Whether it never leaves the machine.
    pub loopback: bool,
    /// What stands after `#`: which part of the device is meant.
    pub part: Option<String>,
}

/// Which schemes a kind of meter speaks, and which one a bare host means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Schemes {
    /// HTTP alone.
    Http,
    /// Both, and HTTPS where none is named.
    HttpsOrHttp,
}

impl Address {
    /// # Errors
    /// [`MeterError::BadSetting`] for the field `url`. A text with `@` is never repeated: a
    /// password may stand in it.
    pub(super) fn parse(url: &str, schemes: Schemes) -> Result<Self, MeterError> {
        if url.contains('@') {
            return Err(bad_url(
                "it holds a user name or a password, which would stand in reports; give the host \
                 alone, and the password by the environment where the meter takes one",
            ));
        }
        let wrong = |what: &str| {
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
            _ => return Err(wrong("has a scheme that this meter does not speak")),
        };
        let (rest, part) = match rest.split_once('#') {
            Some((_, "")) => return Err(wrong("has nothing after `#`")),
            Some((rest, part)) => (rest, Some(part.to_owned())),
            None => (rest, None),
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = split_port(authority).ok_or_else(|| wrong("has no valid port"))?;
        let ip = parse_ip(host);
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        if ip.is_none() && (host.is_empty() || !host.chars().all(is_name)) {
            return Err(wrong("is no host, or has more than a host and a port"));
        }
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        Ok(Self {
            base: format!("{scheme}://{host}{port}"),
            encrypted,
            loopback: host == "localhost" || ip.is_some_and(|ip| ip.is_loopback()),
            part,
        })
    }
}

/// The error for an address that cannot be used.
pub(super) fn bad_url(reason: &str) -> MeterError {
    MeterError::bad_setting("url", reason)
}

/// A host and its port; `None` where the port is none.
fn split_port(authority: &str) -> Option<(&str, Option<u16>)> {
    // The colons inside the brackets of an IPv6 address separate no port.
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
    fn a_bare_host_takes_the_meters_scheme() {
        let parse = |url| Address::parse(url, Schemes::Http).unwrap();
        assert_eq!(parse("plug.lan").base, "http://plug.lan");
        assert_eq!(parse("10.0.0.5:8080/").base, "http://10.0.0.5:8080");
        assert_eq!(parse("http://[fe80::1]:80#2").base, "http://[fe80::1]:80");
        assert_eq!(parse("http://[fe80::1]:80#2").part.as_deref(), Some("2"));
        assert_eq!(parse("plug").part, None);
        let bmc = Address::parse("bmc#Self", Schemes::HttpsOrHttp).unwrap();
        assert_eq!((bmc.base.as_str(), bmc.encrypted), ("https://bmc", true));
        for (url, loopback) in
            [("localhost:1", true), ("127.0.0.1", true), ("[::1]", true), ("localhost.evil", false)]
        {
            assert_eq!(parse(url).loopback, loopback, "{url}");
        }
    }

    #[test]
    fn anything_else_is_refused_by_name() {
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
    fn a_password_in_an_address_is_never_repeated() {
        for bad in ["http://admin:hunter2@host", "hunter2@host", "http://host#hunter2@x"] {
            let told = Address::parse(bad, Schemes::HttpsOrHttp).unwrap_err().to_string();
            assert!(!told.contains("hunter2") && told.contains("environment"), "{told}");
        }
    }
}
