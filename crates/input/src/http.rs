//! An HTTP client with limits, for meters and live data.
//!
//! A server can take neither unlimited time nor memory: one time limit covers a request from the name lookup to the
//! last byte of the body, and headers and bodies have a maximum length. Redirects and a proxy from the environment
//! are not followed, with one exception: a redirect to the same scheme, host and port whose path differs only by
//! the slash at its end is followed once, because several management controllers send it.

mod error_response;
#[cfg(feature = "replay")]
#[doc(hidden)]
pub mod replay;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt::{self, Debug};
use std::io;
use std::time::{Duration, Instant};
use ureq::config::AutoHeaderValue;
use ureq::http::Response;
pub use ureq::http::Uri;
use ureq::tls::TlsConfig;
pub use ureq::tls::{Certificate, PemItem, RootCerts, parse_pem};
use ureq::{Agent, Body, Error};

pub use error_response::{ErrorResponse, one_line};

const MAX_HEADER_BYTES: usize = 16 << 10;

/// Why a request returned no body. The messages contain only the host and the port of the URL, because a URL may
/// contain a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The connection was refused, the host is unknown, or the network is unreachable.
    Unreachable {
        /// The reason, with the host and the port.
        reason: String,
        /// The remedy.
        remedy: &'static str,
    },
    /// The connection was lost.
    Broken(String),
    /// The time limit was reached.
    Timeout,
    /// A response with a status other than 2xx.
    ErrorResponse(ErrorResponse),
    /// The certificate is not trusted, or the server does not use TLS.
    Tls(String),
    /// A response that is too long, not text, or not HTTP.
    Malformed(String),
}

/// A client with its credentials, its trusted certificates and the maximum length of a body.
pub struct Client {
    agent: Agent,
    authorization: Option<String>,
    max_body_bytes: u64,
}

/// Leaves the credentials out.
impl Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = &self.max_body_bytes;
        f.debug_struct("Client").field("max_body_bytes", body).finish_non_exhaustive()
    }
}

impl Client {
    /// A client with an `Authorization` header, the certificates to trust, and the maximum length of a body in
    /// bytes.
    pub fn new(authorization: Option<String>, roots: RootCerts, max_body_bytes: u64) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .max_response_header_size(MAX_HEADER_BYTES)
            // A smart plug may close an idle connection at any time, which would look like a fault.
            .max_idle_connections(0)
            .user_agent(AutoHeaderValue::from("hashwatt"))
            .accept(AutoHeaderValue::from("application/json"))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        Self { agent: config.new_agent(), authorization, max_body_bytes }
    }

    /// The body of the response to `GET url`.
    ///
    /// # Errors
    /// [`TransportError`] without a 2xx response within the time limit.
    pub fn get(&self, url: &str, within: Duration) -> Result<String, TransportError> {
        let begun = Instant::now();
        self.get_once(url, within).or_else(|error| match slash_redirect(url, &error) {
            Some(target) => self.get_once(&target, within.saturating_sub(begun.elapsed())),
            None => Err(error),
        })
    }

    fn get_once(&self, url: &str, within: Duration) -> Result<String, TransportError> {
        #[cfg(feature = "replay")]
        if let Some(response) = replay::response(url, None) {
            return response;
        }
        let mut request = self.agent.get(url).config().timeout_global(Some(within)).build();
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        self.body(url, request.call())
    }

    /// The body of the response to `POST url` with a JSON text.
    ///
    /// # Errors
    /// [`TransportError`] without a 2xx response within the time limit.
    pub fn post(&self, url: &str, json: &str, within: Duration) -> Result<String, TransportError> {
        #[cfg(feature = "replay")]
        if let Some(response) = replay::response(url, Some(json)) {
            return response;
        }
        let mut request = self.agent.post(url).config().timeout_global(Some(within)).build();
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        self.body(url, request.header("content-type", "application/json").send(json))
    }

    fn body(
        &self,
        url: &str,
        response: Result<Response<Body>, Error>,
    ) -> Result<String, TransportError> {
        let mut response = response.map_err(|error| from_ureq(error, url))?;
        let status = response.status().as_u16();
        let header = |name: &str| response.headers().get(name)?.to_str().ok().map(str::to_owned);
        let (retry, location) = (header("retry-after"), header("location"));
        let body = response.body_mut().with_config().limit(self.max_body_bytes).read_to_vec();
        if !(200..=299).contains(&status) {
            return Err(TransportError::ErrorResponse(ErrorResponse {
                status,
                retry_after: retry.as_deref().and_then(error_response::retry_after),
                location: location.filter(|_| (300..=399).contains(&status)),
                // The status counts even where the body cannot be read.
                body: body.map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default(),
            }));
        }
        String::from_utf8(body.map_err(|error| from_ureq(error, url))?)
            .map_err(|_| TransportError::Malformed("a body that is not text".to_owned()))
    }
}

/// The target of a redirect that only adds or removes the slash at the end of the path, on the same origin.
fn slash_redirect(url: &str, error: &TransportError) -> Option<String> {
    let TransportError::ErrorResponse(ErrorResponse { location: Some(location), .. }) = error
    else {
        return None;
    };
    let requested: Uri = url.parse().ok()?;
    let (scheme, authority) = (requested.scheme_str()?, requested.authority()?);
    let origin = format!("{scheme}://{authority}");
    let path = location.strip_prefix(&origin).unwrap_or(location);
    let target = match requested.path().strip_suffix('/') {
        Some(bare) => bare.to_owned(),
        None => format!("{}/", requested.path()),
    };
    let query = requested.query().map(|query| format!("?{query}")).unwrap_or_default();
    let is_same = path == target || path == format!("{target}{query}");
    (is_same && !target.is_empty()).then(|| format!("{origin}{target}{query}"))
}

/// The value of an `Authorization` header for a user and a password (RFC 7617).
pub fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

fn from_ureq(error: Error, url: &str) -> TransportError {
    match error {
        Error::Timeout(_) => TransportError::Timeout,
        Error::HostNotFound => no_such_host(url),
        Error::ConnectionFailed => TransportError::Unreachable {
            reason: format!("cannot connect to {}", host_and_port(url)),
            remedy: "check the address and that the device is on",
        },
        Error::BodyExceedsLimit(limit) => {
            TransportError::Malformed(format!("a body of more than {} KiB", limit >> 10))
        }
        Error::LargeResponseHeader(..) => {
            TransportError::Malformed("headers of more than 16 KiB".to_owned())
        }
        Error::Protocol(error) => TransportError::Malformed(format!("not HTTP: {error}")),
        Error::Tls(reason) => TransportError::Tls(reason.to_owned()),
        Error::Rustls(error) => TransportError::Tls(error.to_string()),
        Error::Pem(error) => TransportError::Tls(format!("{error:?}")),
        Error::Io(error) => from_io(&error, url),
        // Some of the others contain the URL.
        _ => TransportError::Malformed("a response that is not HTTP".to_owned()),
    }
}

/// Beginning of the message of a failed name lookup, for which `io::ErrorKind` has no variant.
const LOOKUP: &str = "failed to lookup address information";
/// Windows' error codes of a failed name lookup (`WSAHOST_NOT_FOUND` to `WSANO_DATA`).
const LOOKUP_CODES: std::ops::RangeInclusive<i32> = 11_001..=11_004;

fn from_io(error: &io::Error, url: &str) -> TransportError {
    use io::ErrorKind as Kind;
    let message = error.to_string();
    // The error number does not help a user.
    let words = message.split_once(" (os error").map_or(message.as_str(), |(words, _)| words);
    let unreachable = |reason, remedy| TransportError::Unreachable { reason, remedy };
    match error.kind() {
        Kind::TimedOut | Kind::WouldBlock => TransportError::Timeout,
        Kind::UnexpectedEof
        | Kind::ConnectionReset
        | Kind::ConnectionAborted
        | Kind::BrokenPipe
        | Kind::NotConnected => {
            TransportError::Broken(format!("the connection was closed: {words}"))
        }
        // TLS reports a certificate that it does not accept this way.
        Kind::InvalidData => TransportError::Tls(words.to_owned()),
        Kind::ConnectionRefused => unreachable(
            format!("{} refused the connection: nothing listens on that port", host_and_port(url)),
            "check the port, and that the service is running",
        ),
        Kind::HostUnreachable | Kind::NetworkUnreachable => unreachable(
            format!("{} is unreachable", host_and_port(url)),
            "check the address, that the device is on, and this machine's network",
        ),
        _ if message.starts_with(LOOKUP)
            || error.raw_os_error().is_some_and(|code| LOOKUP_CODES.contains(&code)) =>
        {
            match message.contains("Temporary failure") {
                true => unreachable(
                    format!("the name of the host {} cannot be looked up at the moment", host(url)),
                    "check the name and this machine's network, or give the host's IP address",
                ),
                false => no_such_host(url),
            }
        }
        _ => unreachable(
            format!("cannot connect to {}: {words}", host_and_port(url)),
            "check the address and that the device is on",
        ),
    }
}

fn no_such_host(url: &str) -> TransportError {
    TransportError::Unreachable {
        reason: format!("there is no host named {}", host(url)),
        remedy: "check the name, or give the host's IP address",
    }
}

/// The host of a URL, without user and password.
fn host(url: &str) -> String {
    let uri: Option<Uri> = url.parse().ok();
    uri.as_ref().and_then(Uri::host).map_or_else(|| "the address".to_owned(), one_line)
}

/// The host and the port of a URL; without a port, the scheme's default port.
fn host_and_port(url: &str) -> String {
    let uri: Option<Uri> = url.parse().ok();
    let port = uri.as_ref().and_then(|uri| match (uri.port_u16(), uri.scheme_str()) {
        (Some(port), _) => Some(port),
        (None, Some("https")) => Some(443),
        (None, Some("http")) => Some(80),
        (None, _) => None,
    });
    port.map_or_else(|| host(url), |port| format!("{}:{port}", host(url)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_authorization_of_the_rfc_example_matches() {
        // RFC 7617, section 2.
        assert_eq!(basic("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    #[test]
    fn redirect_is_followed_only_for_the_last_slash_on_the_same_origin() {
        let to = |url: &str, location: &str| {
            let location = Some(location.to_owned());
            let response = ErrorResponse { location, ..ErrorResponse::new(308) };
            slash_redirect(url, &TransportError::ErrorResponse(response))
        };
        let url = "https://bmc:8443/redfish/v1/Chassis";
        for location in ["/redfish/v1/Chassis/", "https://bmc:8443/redfish/v1/Chassis/"] {
            assert_eq!(to(url, location).as_deref(), Some("https://bmc:8443/redfish/v1/Chassis/"));
        }
        assert_eq!(to("http://bmc/a/?x=1", "/a?x=1").as_deref(), Some("http://bmc/a?x=1"));
        for location in [
            "/redfish/v1/Chassis",
            "/redfish/v1/Chassis//",
            "/redfish/v1/Other/",
            "http://bmc:8443/redfish/v1/Chassis/",
            "https://bmc/redfish/v1/Chassis/",
            "https://bmc:8443.evil/redfish/v1/Chassis/",
            "//evil/redfish/v1/Chassis/",
            "",
        ] {
            assert_eq!(to(url, location), None, "{location}");
        }
    }

    fn error_message(error: &io::Error, url: &str) -> String {
        match from_io(error, url) {
            TransportError::Unreachable { reason, remedy } => format!("{reason}; {remedy}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn failed_connection_is_described_with_host_port_and_remedy() {
        let url = "https://me:secret@bmc.example:8443/redfish/v1?key=secret";
        let lookup = |why: &str| io::Error::other(format!("{LOOKUP}: {why}"));
        for (error, url, wanted) in [
            (
                io::ErrorKind::ConnectionRefused.into(),
                url,
                "bmc.example:8443 refused the connection: nothing listens on that port; check the port, \
                 and that the service is running",
            ),
            (
                io::ErrorKind::ConnectionRefused.into(),
                "http://[::1]/rpc",
                "[::1]:80 refused the connection: nothing listens on that port; check the port, and \
                 that the service is running",
            ),
            (
                lookup("Name or service not known"),
                url,
                "there is no host named bmc.example; check the name, or give the host's IP address",
            ),
            (
                lookup("Temporary failure in name resolution"),
                "http://plug/rpc",
                "the name of the host plug cannot be looked up at the moment; check the name and this machine's \
                 network, or give the host's IP address",
            ),
            (
                io::ErrorKind::HostUnreachable.into(),
                "https://plug/",
                "plug:443 is unreachable; check the address, that the device is on, and this machine's network",
            ),
        ] {
            assert_eq!(error_message(&error, url), wanted);
        }
        #[cfg(unix)]
        {
            let error = io::Error::from_raw_os_error(rustix::io::Errno::ACCESS.raw_os_error());
            let message = error_message(&error, url);
            assert!(message.starts_with("cannot connect to bmc.example:8443: "), "{message}");
            assert!(!message.contains("os error") && !message.contains("secret"), "{message}");
        }
    }

    #[test]
    fn closed_port_and_unknown_host_are_reported_by_the_client() {
        let client = Client::new(None, RootCerts::WebPki, 1 << 10);
        let port = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            listener.local_addr().unwrap().port()
        };
        let get = |url: &str| client.get(url, Duration::from_secs(5)).unwrap_err();
        let refused =
            format!("127.0.0.1:{port} refused the connection: nothing listens on that port");
        let TransportError::Unreachable { reason, .. } = get(&format!("http://127.0.0.1:{port}/"))
        else {
            panic!("the connection is not refused");
        };
        assert_eq!(reason, refused);
        // RFC 6761 reserves this top-level domain: no server knows it. Without a network the lookup fails.
        match get("http://unknown.invalid/") {
            TransportError::Unreachable { reason, .. } => assert!(
                reason.contains("the host unknown.invalid cannot")
                    || reason.contains("there is no host"),
                "{reason}"
            ),
            other => assert_eq!(other, TransportError::Timeout),
        }
    }
}
