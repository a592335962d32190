//! Requests under one deadline.

use super::address::Address;
use super::answer::Answer;
use super::error::Waiting;
use super::query::{Query, SourceKind};
use super::refused::Refused;
use super::{LiveError, Login};
use hashwatt_input::Backoff;
use hashwatt_input::http::{Client, Refusal, RootCerts, TransportError, one_line};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// No answer is longer.
const MAX_BODY: u64 = 1 << 20;
/// How long a source that cannot answer yet is left alone, where it does not say: at first, and at last.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(8);
/// A node's code while it loads the chain (Bitcoin Core `RPC_IN_WARMUP`).
const WARMING_UP: i64 = -28;
/// Parts of a path that are shorter are words and nobody's key.
const SHORTEST_KEY: usize = 8;

/// A source and the time that is left for it.
pub(super) struct Connection<'a> {
    client: Client,
    address: &'a Address,
    begun: Instant,
    deadline: Duration,
    notify: &'a dyn Fn(&Waiting<'_>),
}

impl<'a> Connection<'a> {
    /// `notify` is told of every wait.
    pub(super) fn new(
        address: &'a Address,
        login: Option<&Login>,
        deadline: Duration,
        notify: &'a dyn Fn(&Waiting<'_>),
    ) -> Self {
        let client = Client::new(login.map(Login::header), RootCerts::WebPki, MAX_BODY);
        Self { client, address, begun: Instant::now(), deadline, notify }
    }

    /// A question to this source.
    pub(super) fn query(&self, call: &str) -> Query {
        let (source, host) = (self.address.source, self.address.host.clone());
        Query { source, host, call: call.to_owned() }
    }

    /// A page as text; `call` is its path.
    pub(super) fn text(&self, call: &str) -> Result<String, LiveError> {
        let url = format!("{}{call}", self.address.base);
        self.ask(call, |left| self.answered(call, self.client.get(&url, left)))
    }

    /// A page as JSON.
    pub(super) fn page(&self, call: &str) -> Result<Answer, LiveError> {
        let text = self.text(call)?;
        Ok(Answer { query: self.query(call), value: self.json(call, &text)? })
    }

    /// Answers to several calls of a node in one request, in the order of the calls.
    pub(super) fn batch(&self, calls: &[(&str, Value)]) -> Result<Vec<Answer>, LiveError> {
        let asked: Vec<_> = calls
            .iter()
            .enumerate()
            .map(|(id, (method, params))| {
                json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
            })
            .collect();
        let asked = Value::from(asked).to_string();
        let first = calls.first().map_or("", |(method, _)| method);
        self.ask(first, |left| {
            let answer = self.client.post(&self.address.base, &asked, left);
            let text = self.answered(first, answer)?;
            self.results(calls, self.json(first, &text)?)
        })
    }

    /// The result of each call out of the answer to all of them.
    fn results(&self, calls: &[(&str, Value)], answer: Value) -> Result<Vec<Answer>, LiveError> {
        let mut answers = match answer {
            Value::Array(answers) => answers,
            // What a node refuses as a whole it answers with one object.
            one => vec![one],
        };
        calls
            .iter()
            .enumerate()
            .map(|(id, (method, _))| {
                let answered = |answer: &&mut Value| answer["id"].as_u64() == Some(id as u64);
                let refused = |answer: &&mut Value| !answer["error"].is_null();
                let answer = match answers.iter_mut().find(answered) {
                    Some(answer) => answer.take(),
                    None => answers.iter_mut().find(refused).map_or(Value::Null, Value::take),
                };
                self.result(method, answer)
            })
            .collect()
    }

    /// The result of one call, or the node's error.
    fn result(&self, method: &str, mut answer: Value) -> Result<Answer, LiveError> {
        let error = answer["error"].take();
        let query = self.query(method);
        if !error.is_null() {
            return Err(self.node_error(query, &error));
        }
        match answer.get_mut("result").map(Value::take) {
            Some(value) if !value.is_null() => Ok(Answer { query, value }),
            _ => {
                let (field, reason) = ("result".to_owned(), "is missing".to_owned());
                Err(LiveError::Field { query, field, reason })
            }
        }
    }

    fn node_error(&self, query: Query, error: &Value) -> LiveError {
        let message = error["message"].as_str().unwrap_or("an error without a message");
        let message = self.said(message);
        match error["code"].as_i64().unwrap_or(0) {
            WARMING_UP => LiveError::WarmingUp { query, message },
            code => LiveError::Node { query, code, message },
        }
    }

    fn json(&self, call: &str, text: &str) -> Result<Value, LiveError> {
        hashwatt_input::json(text).map_err(|error| match error.is_data() {
            // What is JSON, and not taken for that.
            true => LiveError::Malformed {
                query: self.query(call),
                reason: self.said(&error.to_string()),
            },
            false => self.malformed(call, "no JSON", text),
        })
    }

    /// A text that is not what was asked for. A web page is what another server says, or this one of a path that
    /// it does not have.
    pub(super) fn malformed(&self, call: &str, wanted: &str, text: &str) -> LiveError {
        let reason = match (text.trim_start().starts_with('<'), self.address.source) {
            (false, _) => format!("{wanted}: {}", self.said(text)),
            (true, SourceKind::Node) => {
                format!("{wanted}: a web page; is it the node's RPC port, 8332 as a rule?")
            }
            (true, SourceKind::Api) => {
                format!("{wanted}: a web page; is it an API like mempool.space's, with this path?")
            }
        };
        LiveError::Malformed { query: self.query(call), reason }
    }

    /// A stranger's words as they can be shown: without the path of the address, which may be somebody's key.
    fn said(&self, text: &str) -> String {
        let path = self.address.path();
        let keys = path.split('/').filter(|part| part.len() >= SHORTEST_KEY);
        let paths = [path].into_iter().filter(|path| !path.is_empty());
        one_line(&paths.chain(keys).fold(text.to_owned(), |text, part| text.replace(part, "...")))
    }

    /// Asks until there is an answer, an error that does not pass, or no time for another try.
    fn ask<T>(
        &self,
        call: &str,
        once: impl Fn(Duration) -> Result<T, LiveError>,
    ) -> Result<T, LiveError> {
        let mut backoff = Backoff::new(FIRST_PAUSE, LONGEST_PAUSE);
        let mut notified = None;
        loop {
            let left = self.left();
            if left.is_zero() {
                return Err(self.timeout(call));
            }
            let error = match once(left) {
                Err(error) if error.is_passing() => error,
                other => return other,
            };
            let wait = backoff.pause(error.retry_after());
            if wait >= self.left() {
                return Err(error);
            }
            if notified.as_ref() != Some(&error) {
                (self.notify)(&Waiting { error: &error, pause: wait });
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

    /// The body, or what kept it from coming.
    fn answered(
        &self,
        call: &str,
        answer: Result<String, TransportError>,
    ) -> Result<String, LiveError> {
        let query = self.query(call);
        answer.map_err(|error| match error {
            TransportError::Unreachable { reason, remedy } => {
                LiveError::Unreachable { query, reason, remedy }
            }
            TransportError::Broken(reason) => LiveError::Broken { query, reason },
            TransportError::Timeout => self.timeout(call),
            TransportError::Refused(refusal) => self.refused(query, &refusal),
            TransportError::Tls(reason) => LiveError::Tls { query, reason },
            TransportError::Malformed(reason) => LiveError::Malformed { query, reason },
        })
    }

    /// A node says its own errors with a status beside; all else is HTTP's.
    fn refused(&self, query: Query, refusal: &Refusal) -> LiveError {
        if let (SourceKind::Node, Some(error)) = (query.source, rpc_error(&refusal.body)) {
            return self.node_error(query, &error);
        }
        let reason = refusal.reason().map(|reason| self.said(&reason));
        LiveError::Refused(Box::new(Refused::new(query, refusal, reason)))
    }
}

/// The error of a JSON-RPC answer. Its codes are negative: what stands before a node may write a status in the
/// same form.
fn rpc_error(body: &str) -> Option<Value> {
    let answer = hashwatt_input::json(body).ok()?;
    let error = answer.pointer("/0/error").or_else(|| answer.get("error"))?;
    (error["code"].as_i64()? < 0).then(|| error.clone())
}
