//! Requests under one deadline.

use super::address::Address;
use super::answer::{Answer, shown};
use super::{LiveError, Login};
use hashwatt_input::http::{Client, Refusal, RootCerts, TransportError};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// No answer is longer.
const MOST_BODY: u64 = 1 << 20;

/// A source and the time that is left for it.
pub(super) struct Connection {
    client: Client,
    base: String,
    /// Who is asked, as it is shown.
    pub host: String,
    begun: Instant,
    deadline: Duration,
}

impl Connection {
    pub(super) fn new(address: &Address, login: Option<&Login>, deadline: Duration) -> Self {
        let header = login.map(Login::header);
        Self {
            client: Client::new(header, RootCerts::WebPki, MOST_BODY),
            base: address.base.clone(),
            host: address.host.clone(),
            begun: Instant::now(),
            deadline,
        }
    }

    /// A page as text; `call` is its path.
    pub(super) fn text(&self, call: &str) -> Result<String, LiveError> {
        let url = format!("{}{call}", self.base);
        self.within(call, |left| self.client.get(&url, left))
    }

    /// A page as JSON.
    pub(super) fn page(&self, call: &str) -> Result<Answer, LiveError> {
        let text = self.text(call)?;
        Ok(Answer {
            host: self.host.clone(),
            call: call.to_owned(),
            value: self.json(call, &text)?,
        })
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
        let call = calls.first().map_or("", |(method, _)| method);
        let text = self.within(call, |left| {
            self.client.post(&self.base, &Value::from(asked).to_string(), left)
        })?;
        let mut answers = match self.json(call, &text)? {
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
        let (host, call) = (self.host.clone(), method.to_owned());
        if !error.is_null() {
            let message = shown(error["message"].as_str().unwrap_or("an error without a message"));
            let code = error["code"].as_i64().unwrap_or(0);
            return Err(LiveError::Node { host, call, code, message });
        }
        match answer.get_mut("result").map(Value::take) {
            Some(value) if !value.is_null() => Ok(Answer { host, call, value }),
            _ => {
                let (field, reason) = ("result".to_owned(), "is missing".to_owned());
                Err(LiveError::Field { host, call, field, reason })
            }
        }
    }

    fn json(&self, call: &str, text: &str) -> Result<Value, LiveError> {
        hashwatt_input::json(text).map_err(|error| LiveError::Malformed {
            host: self.host.clone(),
            call: call.to_owned(),
            reason: match error.is_data() {
                // What is JSON, and not taken for that.
                true => shown(&error.to_string()),
                false => format!("no JSON: {}", shown(text)),
            },
        })
    }

    /// One request in the time that is left.
    fn within(
        &self,
        call: &str,
        ask: impl FnOnce(Duration) -> Result<String, TransportError>,
    ) -> Result<String, LiveError> {
        let left = self.deadline.saturating_sub(self.begun.elapsed());
        let answer = if left.is_zero() { Err(TransportError::Timeout) } else { ask(left) };
        let (host, call) = (self.host.clone(), call.to_owned());
        answer.map_err(|error| match error {
            TransportError::Unreachable(reason) => LiveError::Unreachable { host, reason },
            TransportError::Broken(reason) => LiveError::Broken { host, call, reason },
            TransportError::Timeout => {
                LiveError::Timeout { host, call, millis: self.deadline.as_millis() }
            }
            TransportError::Refused(refusal) => refused(host, call, &refusal),
            TransportError::Tls(reason) => LiveError::Tls { host, reason },
            TransportError::Malformed(reason) => LiveError::Malformed { host, call, reason },
        })
    }
}

/// What a status means; the reason is the source's own.
fn refused(host: String, call: String, refusal: &Refusal) -> LiveError {
    match refusal.status {
        status @ (401 | 403) => LiveError::Unauthorized { host, status },
        status @ 300..=399 => LiveError::Redirect { host, call, status },
        status => LiveError::Status { host, call, status },
    }
}
