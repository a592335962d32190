//! Requests of clients.

use std::io::{self, BufRead, BufReader, Read};
use std::net::TcpStream;

/// A request as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method, such as `GET` or `POST`.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// Names and values in the order received.
    pub headers: Vec<(String, String)>,
    /// The body; empty if there was none.
    pub body: String,
}

impl Request {
    /// The value of the first header with this name, case-insensitive.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Reads a request; `None` if the client closed the connection before a complete header.
    pub(super) fn read(stream: &TcpStream) -> io::Result<Option<Self>> {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let mut words = line.split_whitespace().map(str::to_owned);
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(None);
            }
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
        let mut request = Self { method, path, headers, body: String::new() };
        let length = request.header("content-length").and_then(|length| length.parse().ok());
        if let Some(length) = length {
            reader.take(length).read_to_string(&mut request.body)?;
        }
        Ok(Some(request))
    }
}
