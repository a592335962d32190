//! How a meter on the network is asked: a page within one deadline, of at most 64 KiB, so that a
//! meter in trouble costs a measurement neither its time nor its memory.

use super::super::MeterError;
use crate::http::{Client, RootCerts};
pub(super) use crate::http::{Refusal, TransportError};
use std::fmt::Debug;
use std::time::Duration;

/// How long a request may take where the caller does not say.
pub(super) const DEADLINE: Duration = Duration::from_secs(2);
/// No meter's answer is longer.
const MAX_BODY: u64 = 64 << 10;

/// Fetches a page, or plays a fault in a test.
pub(super) trait Transport: Debug + Send + Sync {
    /// The body of a 2xx answer to `GET url`.
    fn get(&self, url: &str) -> Result<String, TransportError>;
    /// How long [`Self::get`] waits at most.
    fn deadline(&self) -> Duration;
}

/// When a request is made: whoever cannot be reached at first is not there; later it may be back at
/// the next reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Opening,
    Running,
}

/// The meter's error; `login` says how a user gets in.
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
        TransportError::Refused(refusal) => refused(&refusal, name, login),
        TransportError::Tls(reason) => MeterError::PermissionDenied {
            meter: name,
            remedy: format!("no trusted connection ({reason}): {login}"),
        },
        TransportError::Malformed(text) => MeterError::malformed(meter, &text),
    }
}

/// What a device's refusal means.
fn refused(refusal: &Refusal, meter: String, login: &str) -> MeterError {
    let reason = refusal.to_string();
    match refusal.status {
        401 | 403 => MeterError::PermissionDenied { meter, remedy: format!("{reason}; {login}") },
        _ if refusal.is_passing() => MeterError::Busy { meter, reason, wait: refusal.retry_after },
        _ => MeterError::Unsupported { meter, reason },
    }
}

/// The network.
#[derive(Debug)]
pub(super) struct HttpTransport {
    client: Client,
    deadline: Duration,
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
        Self { client: Client::new(authorization, roots, MAX_BODY), deadline }
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
