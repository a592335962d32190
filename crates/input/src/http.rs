//! An HTTP client with limits, for the rooms that ask somebody: meters and live data.
//!
//! Whoever answers must cost neither time nor memory: one limit of time covers a request from the
//! name's lookup to the body's last byte, headers and bodies have a most, and nothing is followed
//! anywhere else, neither redirects nor a proxy from the environment. The one redirect that is followed,
//! once, stays with the same scheme, host and port and differs from what was asked by the slash at the
//! path's end: several management controllers answer so.

#[cfg(feature = "played")]
#[doc(hidden)]
pub mod played;
mod refusal;

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

pub use refusal::{Refusal, one_line};

const MAX_HEADERS: usize = 16 << 10;

/// Why there is no body. None of the texts holds more of the address than its host and port: a password may stand
/// in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// Refused, unknown or out of reach: nobody has answered.
    Unreachable {
        /// Why, with the host and the port.
        reason: String,
        /// What to do.
        remedy: &'static str,
    },
    /// The connection broke.
    Broken(String),
    /// Not done in time.
    Timeout,
    /// A status that is no success.
    Refused(Refusal),
    /// The certificate is not trusted, or there is no TLS.
    Tls(String),
    /// An answer that is none: too long, no text, not HTTP.
    Malformed(String),
}

/// Who asks, and how long an answer may be.
pub struct Client {
    agent: Agent,
    authorization: Option<String>,
    most_body: u64,
}

/// Without the credentials.
impl Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("most_body", &self.most_body).finish_non_exhaustive()
    }
}

impl Client {
    /// A client with an `Authorization` header, the certificates to trust, and the most bytes of
    /// a body.
    pub fn new(authorization: Option<String>, roots: RootCerts, most_body: u64) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .max_response_header_size(MAX_HEADERS)
            // A plug drops a kept connection when it likes, which would pass for a fault.
            .max_idle_connections(0)
            .user_agent(AutoHeaderValue::from("hashwatt"))
            .accept(AutoHeaderValue::from("application/json"))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        Self { agent: config.new_agent(), authorization, most_body }
    }

    /// The body of a 2xx answer to `GET url`.
    pub fn get(&self, url: &str, within: Duration) -> Result<String, TransportError> {
        let begun = Instant::now();
        self.get_once(url, within).or_else(|error| match beside(url, &error) {
            Some(other) => self.get_once(&other, within.saturating_sub(begun.elapsed())),
            None => Err(error),
        })
    }

    fn get_once(&self, url: &str, within: Duration) -> Result<String, TransportError> {
        #[cfg(feature = "played")]
        if let Some(answer) = played::answer(url, None) {
            return answer;
        }
        let mut request = self.agent.get(url).config().timeout_global(Some(within)).build();
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        self.body(url, request.call())
    }

    /// The body of a 2xx answer to a JSON text.
    pub fn post(&self, url: &str, json: &str, within: Duration) -> Result<String, TransportError> {
        #[cfg(feature = "played")]
        if let Some(answer) = played::answer(url, Some(json)) {
            return answer;
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
        answer: Result<Response<Body>, Error>,
    ) -> Result<String, TransportError> {
        let mut response = answer.map_err(|error| of_ureq(error, url))?;
        let status = response.status().as_u16();
        let header = |name: &str| response.headers().get(name)?.to_str().ok().map(str::to_owned);
        let (retry, location) = (header("retry-after"), header("location"));
        let body = response.body_mut().with_config().limit(self.most_body).read_to_vec();
        if !(200..=299).contains(&status) {
            return Err(TransportError::Refused(Refusal {
                status,
                retry_after: retry.as_deref().and_then(refusal::retry_after),
                location: location.filter(|_| (300..=399).contains(&status)),
                // A refusal whose body is lost is a refusal all the same.
                body: body.map(|b| String::from_utf8_lossy(&b).into_owned()).unwrap_or_default(),
            }));
        }
        String::from_utf8(body.map_err(|error| of_ureq(error, url))?)
            .map_err(|_| TransportError::Malformed("a body that is no text".to_owned()))
    }
}

/// The same page with or without a slash at the end of its path, where a redirect leads to just that.
fn beside(url: &str, error: &TransportError) -> Option<String> {
    let TransportError::Refused(Refusal { location: Some(location), .. }) = error else {
        return None;
    };
    let asked: Uri = url.parse().ok()?;
    let (scheme, authority) = (asked.scheme_str()?, asked.authority()?);
    let origin = format!("{scheme}://{authority}");
    let path = location.strip_prefix(&origin).unwrap_or(location);
    let turned = match asked.path().strip_suffix('/') {
        Some(bare) => bare.to_owned(),
        None => format!("{}/", asked.path()),
    };
    let query = asked.query().map(|query| format!("?{query}")).unwrap_or_default();
    let is_same = path == turned || path == format!("{turned}{query}");
    (is_same && !turned.is_empty()).then(|| format!("{origin}{turned}{query}"))
}

/// An `Authorization` header of a user and a password (RFC 7617).
pub fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

fn of_ureq(error: Error, url: &str) -> TransportError {
    match error {
        Error::Timeout(_) => TransportError::Timeout,
        Error::HostNotFound => no_such_host(url),
        Error::ConnectionFailed => TransportError::Unreachable {
            reason: format!("there is no connection to {}", place(url)),
            remedy: "check the address and that it is on",
        },
        Error::BodyExceedsLimit(most) => {
            TransportError::Malformed(format!("a body of more than {} KiB", most >> 10))
        }
        Error::LargeResponseHeader(..) => {
            TransportError::Malformed("headers of more than 16 KiB".to_owned())
        }
        Error::Protocol(error) => TransportError::Malformed(format!("not HTTP: {error}")),
        Error::Tls(reason) => TransportError::Tls(reason.to_owned()),
        Error::Rustls(error) => TransportError::Tls(error.to_string()),
        Error::Pem(error) => TransportError::Tls(format!("{error:?}")),
        Error::Io(error) => of_io(&error, url),
        // Some of the others repeat the address.
        _ => TransportError::Malformed("an answer that is not HTTP".to_owned()),
    }
}

/// What the system says in front of why a name has no address; it has no kind of its own.
const LOOKUP: &str = "failed to lookup address information";
/// Windows' codes for that (`WSAHOST_NOT_FOUND` to `WSANO_DATA`).
const LOOKUP_CODES: std::ops::RangeInclusive<i32> = 11_001..=11_004;

fn of_io(error: &io::Error, url: &str) -> TransportError {
    use io::ErrorKind as Kind;
    let said = error.to_string();
    // Numbers of the system tell a reader nothing.
    let words = said.split_once(" (os error").map_or(said.as_str(), |(words, _)| words);
    let unreachable = |reason, remedy| TransportError::Unreachable { reason, remedy };
    match error.kind() {
        Kind::TimedOut | Kind::WouldBlock => TransportError::Timeout,
        Kind::UnexpectedEof
        | Kind::ConnectionReset
        | Kind::ConnectionAborted
        | Kind::BrokenPipe
        | Kind::NotConnected => {
            TransportError::Broken(format!("it closed the connection: {words}"))
        }
        // TLS reports what it does not accept this way.
        Kind::InvalidData => TransportError::Tls(words.to_owned()),
        Kind::ConnectionRefused => unreachable(
            format!("the connection to {} is refused: nothing listens there", place(url)),
            "check the port, and that the service runs",
        ),
        Kind::HostUnreachable | Kind::NetworkUnreachable => unreachable(
            format!("{} is out of reach", place(url)),
            "check the address, that it is on, and this machine's network",
        ),
        _ if said.starts_with(LOOKUP)
            || error.raw_os_error().is_some_and(|code| LOOKUP_CODES.contains(&code)) =>
        {
            match said.contains("Temporary failure") {
                true => unreachable(
                    format!("the name of the host {} cannot be looked up now", host(url)),
                    "check the name and this machine's network, or give the host's IP address",
                ),
                false => no_such_host(url),
            }
        }
        _ => unreachable(
            format!("there is no connection to {}: {words}", place(url)),
            "check the address and that it is on",
        ),
    }
}

fn no_such_host(url: &str) -> TransportError {
    TransportError::Unreachable {
        reason: format!("there is no such host as {}", host(url)),
        remedy: "check the name, or give the host's IP address",
    }
}

/// The host of an address, without user and password.
fn host(url: &str) -> String {
    let uri: Option<Uri> = url.parse().ok();
    uri.as_ref().and_then(Uri::host).map_or_else(|| "the address".to_owned(), one_line)
}

/// The host and the port of an address, which the scheme has where the address has none.
fn place(url: &str) -> String {
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
    fn basic_is_that_of_the_rfc() {
        // RFC 7617, section 2.
        assert_eq!(basic("Aladdin", "open sesame"), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    #[test]
    fn only_a_redirect_by_the_last_slash_on_the_same_origin_is_followed() {
        let to = |url: &str, location: &str| {
            let refusal = Refusal { location: Some(location.to_owned()), ..Refusal::of(308) };
            beside(url, &TransportError::Refused(refusal))
        };
        let url = "https://bmc:8443/redfish/v1/Chassis";
        for there in ["/redfish/v1/Chassis/", "https://bmc:8443/redfish/v1/Chassis/"] {
            assert_eq!(to(url, there).as_deref(), Some("https://bmc:8443/redfish/v1/Chassis/"));
        }
        assert_eq!(to("http://bmc/a/?x=1", "/a?x=1").as_deref(), Some("http://bmc/a?x=1"));
        for elsewhere in [
            "/redfish/v1/Chassis",
            "/redfish/v1/Chassis//",
            "/redfish/v1/Other/",
            "http://bmc:8443/redfish/v1/Chassis/",
            "https://bmc/redfish/v1/Chassis/",
            "https://bmc:8443.evil/redfish/v1/Chassis/",
            "//evil/redfish/v1/Chassis/",
            "",
        ] {
            assert_eq!(to(url, elsewhere), None, "{elsewhere}");
        }
    }

    fn told(error: &io::Error, url: &str) -> String {
        match of_io(error, url) {
            TransportError::Unreachable { reason, remedy } => format!("{reason}; {remedy}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn nobody_who_answers_is_told_with_host_port_and_remedy_in_words() {
        let url = "https://me:secret@bmc.example:8443/redfish/v1?key=secret";
        let lookup = |why: &str| io::Error::other(format!("{LOOKUP}: {why}"));
        for (error, url, wanted) in [
            (
                io::ErrorKind::ConnectionRefused.into(),
                url,
                "the connection to bmc.example:8443 is refused: nothing listens there; check the port, \
                 and that the service runs",
            ),
            (
                io::ErrorKind::ConnectionRefused.into(),
                "http://[::1]/rpc",
                "the connection to [::1]:80 is refused: nothing listens there; check the port, and \
                 that the service runs",
            ),
            (
                lookup("Name or service not known"),
                url,
                "there is no such host as bmc.example; check the name, or give the host's IP address",
            ),
            (
                lookup("Temporary failure in name resolution"),
                "http://plug/rpc",
                "the name of the host plug cannot be looked up now; check the name and this machine's \
                 network, or give the host's IP address",
            ),
            (
                io::ErrorKind::HostUnreachable.into(),
                "https://plug/",
                "plug:443 is out of reach; check the address, that it is on, and this machine's network",
            ),
        ] {
            assert_eq!(told(&error, url), wanted);
        }
        #[cfg(unix)]
        {
            let error = io::Error::from_raw_os_error(rustix::io::Errno::ACCESS.raw_os_error());
            let told = told(&error, url);
            assert!(told.starts_with("there is no connection to bmc.example:8443: "), "{told}");
            assert!(!told.contains("os error") && !told.contains("secret"), "{told}");
        }
    }

    #[test]
    fn closed_port_and_unknown_name_are_told_by_the_client_itself() {
        let client = Client::new(None, RootCerts::WebPki, 1 << 10);
        let port = {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            listener.local_addr().unwrap().port()
        };
        let get = |url: &str| client.get(url, Duration::from_secs(5)).unwrap_err();
        let refused =
            format!("the connection to 127.0.0.1:{port} is refused: nothing listens there");
        let TransportError::Unreachable { reason, .. } = get(&format!("http://127.0.0.1:{port}/"))
        else {
            panic!("no refusal");
        };
        assert_eq!(reason, refused);
        // The top-level domain of RFC 6761, which no server knows; without a network it is not looked up.
        match get("http://nobody.invalid/") {
            TransportError::Unreachable { reason, .. } => assert!(
                reason.contains("the host nobody.invalid cannot")
                    || reason.contains("no such host"),
                "{reason}"
            ),
            other => assert_eq!(other, TransportError::Timeout),
        }
    }
}
