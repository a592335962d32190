//! A small HTTP client for meters on the network.
//!
//! A meter in trouble must cost a measurement neither its time nor its memory: one deadline
//! covers the whole request from the name's lookup to the body's last byte, a body has at most
//! 64 KiB, and nothing is followed anywhere else, neither redirects nor a proxy from the
//! environment.

use super::super::MeterError;
use std::fmt::{self, Debug};
use std::io;
use std::time::Duration;
use ureq::config::AutoHeaderValue;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error};

/// How long a request may take where the caller does not say.
pub(super) const DEADLINE: Duration = Duration::from_secs(2);
/// No meter's answer is longer.
const MOST_BODY: u64 = 64 << 10;
const MOST_HEADERS: usize = 16 << 10;

/// Fetches a page, or plays a fault in a test.
pub(super) trait Transport: Debug + Send + Sync {
    /// The body of a 2xx answer to `GET url`.
    fn get(&self, url: &str) -> Result<String, TransportError>;
    /// How long [`Self::get`] waits at most.
    fn deadline(&self) -> Duration;
}

/// Why there is no body. None of the texts holds the address, in which a password may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TransportError {
    /// Refused, unknown or out of reach: nobody has answered.
    Unreachable(String),
    /// The connection broke.
    Broken(String),
    /// Not done within the deadline.
    Timeout,
    /// 401 or 403.
    Unauthorized(u16),
    /// 404.
    NotFound,
    /// The certificate is not trusted, or there is no TLS.
    Tls(String),
    /// An answer that is none: another status, too long, no text, not HTTP.
    Malformed(String),
}

/// When a request is made: a meter that does not answer at first is not there, one that stops
/// answering is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Opening,
    Running,
}

impl TransportError {
    /// The meter's error. `login` says how a user gets in, `reach` how to get the meter on the
    /// network.
    pub(super) fn of_meter(
        self,
        meter: &str,
        stage: Stage,
        login: &str,
        deadline: Duration,
    ) -> MeterError {
        let name = meter.to_owned();
        match self {
            Self::Unreachable(reason) if stage == Stage::Opening => MeterError::NotPresent {
                meter: name,
                remedy: format!("check its address and that it is on ({reason})"),
            },
            Self::Unreachable(reason) | Self::Broken(reason) => {
                MeterError::Gone { meter: name, reason }
            }
            Self::Timeout => MeterError::Timeout { meter: name, millis: deadline.as_millis() },
            Self::Unauthorized(status) => MeterError::PermissionDenied {
                meter: name,
                remedy: format!("it says HTTP {status}: {login}"),
            },
            Self::NotFound => MeterError::Unsupported {
                meter: name,
                reason: "HTTP 404: it has no such page".to_owned(),
            },
            Self::Tls(reason) => MeterError::PermissionDenied {
                meter: name,
                remedy: format!("no trusted connection ({reason}): {login}"),
            },
            Self::Malformed(text) => MeterError::malformed(meter, &text),
        }
    }
}

/// The network.
pub(super) struct HttpTransport {
    agent: Agent,
    authorization: Option<String>,
    deadline: Duration,
}

/// Without the credentials.
impl Debug for HttpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransport").field("deadline", &self.deadline).finish_non_exhaustive()
    }
}

impl HttpTransport {
    /// A client that gives every request `deadline`.
    pub(super) fn new(deadline: Duration) -> Self {
        Self::with(deadline, None, RootCerts::WebPki)
    }

    /// A client with an `Authorization` header and the certificates to trust.
    pub(super) fn with(
        deadline: Duration,
        authorization: Option<String>,
        roots: RootCerts,
    ) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(deadline))
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .max_response_header_size(MOST_HEADERS)
            // A plug drops a kept connection when it likes, which would pass for a fault.
            .max_idle_connections(0)
            .user_agent(AutoHeaderValue::from("hashwatt"))
            .accept(AutoHeaderValue::from("application/json"))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        Self { agent: config.new_agent(), authorization, deadline }
    }
}

impl Transport for HttpTransport {
    fn get(&self, url: &str) -> Result<String, TransportError> {
        let mut request = self.agent.get(url);
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        let mut response = request.call().map_err(of_ureq)?;
        match response.status().as_u16() {
            200..=299 => {}
            status @ (401 | 403) => return Err(TransportError::Unauthorized(status)),
            404 => return Err(TransportError::NotFound),
            status @ 300..=399 => {
                let text = format!("HTTP {status}, a redirect, which is not followed");
                return Err(TransportError::Malformed(text));
            }
            status => return Err(TransportError::Malformed(format!("HTTP {status}"))),
        }
        let body = response.body_mut().with_config().limit(MOST_BODY).read_to_vec();
        String::from_utf8(body.map_err(of_ureq)?)
            .map_err(|_| TransportError::Malformed("a body that is no text".to_owned()))
    }
    fn deadline(&self) -> Duration {
        self.deadline
    }
}

fn of_ureq(error: Error) -> TransportError {
    match error {
        Error::Timeout(_) => TransportError::Timeout,
        Error::HostNotFound => TransportError::Unreachable("no such host".to_owned()),
        Error::ConnectionFailed => TransportError::Unreachable("no connection".to_owned()),
        Error::BodyExceedsLimit(_) => {
            TransportError::Malformed("a body of more than 64 KiB".to_owned())
        }
        Error::LargeResponseHeader(..) => {
            TransportError::Malformed("headers of more than 16 KiB".to_owned())
        }
        Error::Protocol(error) => TransportError::Malformed(format!("not HTTP: {error}")),
        Error::Tls(reason) => TransportError::Tls(reason.to_owned()),
        Error::Rustls(error) => TransportError::Tls(error.to_string()),
        Error::Pem(error) => TransportError::Tls(format!("{error:?}")),
        Error::Io(error) => of_io(&error),
        // Some of the others repeat the address.
        _ => TransportError::Malformed("an answer that is not HTTP".to_owned()),
    }
}

fn of_io(error: &io::Error) -> TransportError {
    use io::ErrorKind as Kind;
    match error.kind() {
        Kind::TimedOut | Kind::WouldBlock => TransportError::Timeout,
        Kind::UnexpectedEof
        | Kind::ConnectionReset
        | Kind::ConnectionAborted
        | Kind::BrokenPipe
        | Kind::NotConnected => {
            TransportError::Broken(format!("it closed the connection: {error}"))
        }
        // TLS reports what it does not accept this way.
        Kind::InvalidData => TransportError::Tls(error.to_string()),
        // Refused, unreachable, and names that cannot be looked up.
        _ => TransportError::Unreachable(error.to_string()),
    }
}
