//! Requests under one deadline.

use super::address::Address;
use super::error::RetryNotice;
use super::http_status::ErrorStatus;
use super::query::{Query, SourceKind};
use super::response::Response;
use super::{LiveError, Login};
use hashwatt_input::Backoff;
use hashwatt_input::http::{Client, ErrorResponse, RootCerts, TransportError, one_line};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// The maximum length of a response.
const MAX_BODY_BYTES: u64 = 1 << 20;
/// The first and the maximum pause before a retry, if the source does not state one.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const MAX_PAUSE: Duration = Duration::from_secs(8);
/// The error code of a node that is still loading the chain (Bitcoin Core `RPC_IN_WARMUP`).
const WARMING_UP: i64 = -28;
/// Shorter parts of a path are taken for words, and not for access keys.
const MIN_KEY_LENGTH: usize = 8;

/// A source with the deadline for its requests.
pub(super) struct Connection<'a> {
    client: Client,
    address: &'a Address,
    begun: Instant,
    deadline: Duration,
    notify: &'a dyn Fn(&RetryNotice<'_>),
}

impl<'a> Connection<'a> {
    /// `notify` is called before every wait.
    pub(super) fn new(
        address: &'a Address,
        login: Option<&Login>,
        deadline: Duration,
        notify: &'a dyn Fn(&RetryNotice<'_>),
    ) -> Self {
        let client = Client::new(login.map(Login::header), RootCerts::WebPki, MAX_BODY_BYTES);
        Self { client, address, begun: Instant::now(), deadline, notify }
    }

    /// Describes a request to this source.
    pub(super) fn query(&self, call: &str) -> Query {
        let (source, host) = (self.address.source, self.address.host.clone());
        Query { source, host, call: call.to_owned() }
    }

    /// Fetches the page with the path `call` as text.
    pub(super) fn text(&self, call: &str) -> Result<String, LiveError> {
        let url = format!("{}{call}", self.address.base);
        self.with_retries(call, |left| self.body(call, self.client.get(&url, left)))
    }

    /// Fetches a page as JSON.
    pub(super) fn page(&self, call: &str) -> Result<Response, LiveError> {
        let text = self.text(call)?;
        Ok(Response { query: self.query(call), value: self.json(call, &text)? })
    }

    /// Sends several calls to a node in one request, and returns the responses in the order of the calls.
    pub(super) fn batch(&self, calls: &[(&str, Value)]) -> Result<Vec<Response>, LiveError> {
        let requests: Vec<_> = calls
            .iter()
            .enumerate()
            .map(|(id, (method, params))| {
                json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
            })
            .collect();
        let requests = Value::from(requests).to_string();
        let first = calls.first().map_or("", |(method, _)| method);
        self.with_retries(first, |left| {
            let response = self.client.post(&self.address.base, &requests, left);
            let text = self.body(first, response)?;
            self.results(calls, self.json(first, &text)?)
        })
    }

    /// The result of each call from the response to all of them.
    fn results(
        &self,
        calls: &[(&str, Value)],
        response: Value,
    ) -> Result<Vec<Response>, LiveError> {
        let mut responses = match response {
            Value::Array(responses) => responses,
            // A node that refuses the whole batch responds with one object.
            one => vec![one],
        };
        calls
            .iter()
            .enumerate()
            .map(|(id, (method, _))| {
                let has_id = |response: &&mut Value| response["id"].as_u64() == Some(id as u64);
                let is_error = |response: &&mut Value| !response["error"].is_null();
                let response = match responses.iter_mut().find(has_id) {
                    Some(response) => response.take(),
                    None => responses.iter_mut().find(is_error).map_or(Value::Null, Value::take),
                };
                self.result(method, response)
            })
            .collect()
    }

    /// The result of one call, or the node's error.
    fn result(&self, method: &str, mut response: Value) -> Result<Response, LiveError> {
        let error = response["error"].take();
        let query = self.query(method);
        if !error.is_null() {
            return Err(self.node_error(query, &error));
        }
        match response.get_mut("result").map(Value::take) {
            Some(value) if !value.is_null() => Ok(Response { query, value }),
            _ => {
                let (field, reason) = ("result".to_owned(), "is missing".to_owned());
                Err(LiveError::Field { query, field, reason })
            }
        }
    }

    fn node_error(&self, query: Query, error: &Value) -> LiveError {
        let message = error["message"].as_str().unwrap_or("an error without a message");
        let message = self.redacted(message);
        match error["code"].as_i64().unwrap_or(0) {
            WARMING_UP => LiveError::WarmingUp { query, message },
            code => LiveError::Node { query, code, message },
        }
    }

    fn json(&self, call: &str, text: &str) -> Result<Value, LiveError> {
        hashwatt_input::json(text).map_err(|error| match error.is_data() {
            // Valid JSON that is refused for another reason.
            true => LiveError::Malformed {
                query: self.query(call),
                reason: self.redacted(&error.to_string()),
            },
            false => self.malformed(call, "not JSON", text),
        })
    }

    /// The error of a text in another format than expected. A web page indicates another server, or
    /// a path that the server does not have.
    pub(super) fn malformed(&self, call: &str, problem: &str, text: &str) -> LiveError {
        let reason = match (text.trim_start().starts_with('<'), self.address.source) {
            (false, _) => format!("{problem}: {}", self.redacted(text)),
            (true, SourceKind::Node) => {
                format!(
                    "{problem}: a web page; check that this is the node's RPC port, usually 8332"
                )
            }
            (true, SourceKind::Api) => {
                format!(
                    "{problem}: a web page; check that this is an API like mempool.space's, with \
                     this path"
                )
            }
        };
        LiveError::Malformed { query: self.query(call), reason }
    }

    /// A text from the source without the path of the address, which may contain an access key.
    fn redacted(&self, text: &str) -> String {
        let path = self.address.path();
        let keys = path.split('/').filter(|part| part.len() >= MIN_KEY_LENGTH);
        let paths = [path].into_iter().filter(|path| !path.is_empty());
        one_line(&paths.chain(keys).fold(text.to_owned(), |text, part| text.replace(part, "...")))
    }

    /// Repeats a request until it succeeds, fails with a permanent error, or no time is left for
    /// another attempt.
    fn with_retries<T>(
        &self,
        call: &str,
        attempt: impl Fn(Duration) -> Result<T, LiveError>,
    ) -> Result<T, LiveError> {
        let mut backoff = Backoff::new(FIRST_PAUSE, MAX_PAUSE);
        let mut notified = None;
        loop {
            let left = self.left();
            if left.is_zero() {
                return Err(self.timeout(call));
            }
            let error = match attempt(left) {
                Err(error) if error.is_transient() => error,
                other => return other,
            };
            let wait = backoff.pause(error.retry_after());
            if wait >= self.left() {
                return Err(error);
            }
            if notified.as_ref() != Some(&error) {
                (self.notify)(&RetryNotice { error: &error, pause: wait });
                notified = Some(error);
            }
            std::thread::sleep(wait);
        }
    }

    fn left(&self) -> Duration {
        self.deadline.saturating_sub(self.begun.elapsed())
    }

    fn timeout(&self, call: &str) -> LiveError {
        LiveError::Timeout { query: self.query(call), millis: self.deadline.as_millis() }
    }

    /// The body of a response, or the error of the request.
    fn body(
        &self,
        call: &str,
        response: Result<String, TransportError>,
    ) -> Result<String, LiveError> {
        let query = self.query(call);
        response.map_err(|error| match error {
            TransportError::Unreachable { reason, remedy } => {
                LiveError::Unreachable { query, reason, remedy }
            }
            TransportError::Broken(reason) => LiveError::Broken { query, reason },
            TransportError::Timeout => self.timeout(call),
            TransportError::ErrorResponse(refusal) => self.status_error(query, &refusal),
            TransportError::Tls(reason) => LiveError::Tls { query, reason },
            TransportError::Malformed(reason) => LiveError::Malformed { query, reason },
        })
    }

    /// The error of a response with an error status: the node's own error if the body contains one.
    fn status_error(&self, query: Query, refusal: &ErrorResponse) -> LiveError {
        if let (SourceKind::Node, Some(error)) = (query.source, rpc_error(&refusal.body)) {
            return self.node_error(query, &error);
        }
        let reason = refusal.reason().map(|reason| self.redacted(&reason));
        LiveError::ErrorStatus(Box::new(ErrorStatus::new(query, refusal, reason)))
    }
}

/// The error of a JSON-RPC response. Its codes are negative: a proxy in front of a node may report
/// an HTTP status in the same form.
fn rpc_error(body: &str) -> Option<Value> {
    let response = hashwatt_input::json(body).ok()?;
    let error = response.pointer("/0/error").or_else(|| response.get("error"))?;
    (error["code"].as_i64()? < 0).then(|| error.clone())
}
