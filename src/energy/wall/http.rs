//! HTTP requests to meters: each has a deadline and a maximum response of 64 KiB, so that a faulty
//! meter cannot delay a measurement or exhaust its memory.

use super::super::MeterError;
use crate::http::{Client, RootCerts};
pub(super) use crate::http::{ErrorResponse, TransportError};
use std::fmt::Debug;
use std::time::Duration;

/// The default deadline of a request.
pub(super) const DEADLINE: Duration = Duration::from_secs(2);
/// The maximum size of a response.
const MAX_BODY_BYTES: u64 = 64 << 10;

/// Fetches a page, or simulates a fault in a test.
pub(super) trait Transport: Debug + Send + Sync {
    /// The body of a 2xx response to `GET url`.
    fn get(&self, url: &str) -> Result<String, TransportError>;
    /// The maximum time of [`Self::get`].
    fn deadline(&self) -> Duration;
}

/// When a request is made. A device that is unreachable at opening is not present; later it may
/// respond again at the next reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Opening,
    Running,
}

/// The meter error for a transport error; `login` is the remedy for a required login.
pub(super) fn meter_error(
    error: TransportError,
    meter: &str,
    stage: Stage,
    login: &str,
    deadline: Duration,
) -> MeterError {
    let name = meter.to_owned();
    match error {
        TransportError::Unreachable { reason, remedy } if stage == Stage::Opening => {
            MeterError::NotPresent { meter: name, remedy: format!("{reason}; {remedy}") }
        }
        TransportError::Unreachable { reason, .. } | TransportError::Broken(reason) => {
            MeterError::NoAnswer { meter: name, reason }
        }
        TransportError::Timeout => {
            MeterError::Timeout { meter: name, millis: deadline.as_millis() }
        }
        TransportError::ErrorResponse(response) => refused(&response, name, login),
        TransportError::Tls(reason) => MeterError::PermissionDenied {
            meter: name,
            remedy: format!("the connection is not trusted ({reason}): {login}"),
        },
        TransportError::Malformed(text) => MeterError::malformed(meter, &text),
    }
}

/// The meter error for an HTTP error response.
fn refused(response: &ErrorResponse, meter: String, login: &str) -> MeterError {
    let reason = response.to_string();
    match response.status {
        401 | 403 => MeterError::PermissionDenied { meter, remedy: format!("{reason}; {login}") },
        _ if response.is_transient() => {
            MeterError::Busy { meter, reason, wait: response.retry_after }
        }
        _ => MeterError::Unsupported { meter, reason },
    }
}

/// HTTP over the network.
#[derive(Debug)]
pub(super) struct HttpTransport {
    client: Client,
    deadline: Duration,
}

impl HttpTransport {
    /// A client with this deadline for every request.
    pub(super) fn new(deadline: Duration) -> Self {
        Self::with(deadline, None, RootCerts::WebPki)
    }

    /// A client with an `Authorization` header and the certificates to trust.
    pub(super) fn with(
        deadline: Duration,
        authorization: Option<String>,
        roots: RootCerts,
    ) -> Self {
        Self { client: Client::new(authorization, roots, MAX_BODY_BYTES), deadline }
    }
}

impl Transport for HttpTransport {
    fn get(&self, url: &str) -> Result<String, TransportError> {
        self.client.get(url, self.deadline)
    }
    fn deadline(&self) -> Duration {
        self.deadline
    }
}
