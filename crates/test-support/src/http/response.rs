//! Responses of the server, correct and faulty.

use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// The pause between two bytes of a slow response.
const PAUSE: Duration = Duration::from_millis(20);

/// A response, or a fault in its place.
#[derive(Clone, Debug)]
pub struct Response {
    delay: Duration,
    status: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    fault: Option<Fault>,
}

/// A faulty response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No response, while the connection stays open.
    Silent,
    /// An endless header, one byte every 20 ms.
    SlowHeader,
    /// A body, one byte every 20 ms.
    SlowBody,
    /// An endless header.
    EndlessHeader,
    /// An endless body.
    EndlessBody,
    /// The beginning of a body, then the connection is closed.
    TruncatedBody,
    /// The connection is closed before any byte.
    Closed,
    /// Another protocol.
    NotHttp,
}

impl Response {
    /// Status 200 with a body.
    pub fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..Self::status("200 OK") }
    }

    /// A response with this status, such as `404 Not Found`, and the body `{}`. A redirect points to
    /// `/elsewhere`.
    pub fn status(status: &str) -> Self {
        let redirect = ("Location".to_owned(), "/elsewhere".to_owned());
        Self {
            delay: Duration::ZERO,
            status: status.to_owned(),
            headers: if status.starts_with('3') { vec![redirect] } else { Vec::new() },
            body: b"{}".to_vec(),
            fault: None,
        }
    }

    /// A redirect, such as `308 Permanent Redirect`, to another address.
    pub fn redirect(status: &str, to: &str) -> Self {
        let headers = vec![("Location".to_owned(), to.to_owned())];
        Self { headers, ..Self::status(status) }
    }

    /// Status 200 with a body of `length` spaces.
    pub fn spaces(length: usize) -> Self {
        Self::ok(vec![b' '; length])
    }

    /// Adds a header.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Replaces the body.
    pub fn with_body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }

    /// Delays the response after the request.
    pub fn after(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }

    pub(super) fn write(&self, stream: &TcpStream, stopped: &AtomicBool) -> io::Result<()> {
        thread::sleep(self.delay);
        let mut stream = stream;
        let mut begin = |length: Option<usize>, body: &[u8]| {
            stream.write_all(self.head(length).as_bytes())?;
            stream.write_all(body)
        };
        match self.fault {
            None => begin(Some(self.body.len()), &self.body),
            Some(Fault::Silent) => repeat(stream, b"", PAUSE, stopped),
            Some(Fault::SlowHeader) => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nX-Slow: ")?;
                repeat(stream, b"x", PAUSE, stopped)
            }
            Some(Fault::SlowBody) => {
                begin(Some(60_000), b"")?;
                repeat(stream, b" ", PAUSE, stopped)
            }
            Some(Fault::EndlessHeader) => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nX-Long: ")?;
                repeat(stream, &[b'x'; 4096], Duration::ZERO, stopped)
            }
            Some(Fault::EndlessBody) => {
                begin(None, b"")?;
                repeat(stream, &[b' '; 4096], Duration::ZERO, stopped)
            }
            Some(Fault::TruncatedBody) => begin(Some(100), b"{\"value\":1"),
            Some(Fault::Closed) => Ok(()),
            Some(Fault::NotHttp) => stream.write_all(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
        }
    }

    fn head(&self, length: Option<usize>) -> String {
        let length = length.map(|length| ("Content-Length".to_owned(), length.to_string()));
        let headers = self.headers.iter().chain(&length);
        let headers: String = headers.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        format!("HTTP/1.1 {}\r\n{headers}\r\n", self.status)
    }
}

impl From<Fault> for Response {
    fn from(fault: Fault) -> Self {
        Self { fault: Some(fault), ..Self::ok("") }
    }
}

/// Repeats bytes until the client closes the connection or the server is dropped.
fn repeat(
    mut stream: &TcpStream,
    bytes: &[u8],
    pause: Duration,
    stopped: &AtomicBool,
) -> io::Result<()> {
    while !stopped.load(Ordering::SeqCst) {
        stream.write_all(bytes)?;
        thread::sleep(pause);
    }
    Ok(())
}
