//! A response with an error status, and the reason that its body gives.

use std::fmt;
use std::time::Duration;

/// Number of characters of a server's text that is shown.
const MAX_SHOWN_CHARS: usize = 120;
/// Longer requested waits are cut to this.
const MAX_WAIT: Duration = Duration::from_hours(1);

/// A response with a status other than 2xx. What the status means depends on the server: a node's 403 differs from
/// a firewall's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorResponse {
    /// The status code, 300 to 599.
    pub status: u16,
    /// The requested wait before the next try (`Retry-After`, RFC 9110, section 10.2.3, in seconds).
    pub retry_after: Option<Duration>,
    /// Target of a redirect, for 300 to 399.
    pub location: Option<String>,
    /// The body as received; empty if missing or too long.
    pub body: String,
}

impl ErrorResponse {
    /// A response with a status alone.
    pub fn new(status: u16) -> Self {
        Self { status, retry_after: None, location: None, body: String::new() }
    }

    /// Whether the same request may succeed later: too many requests, or a server that is busy or not ready.
    pub fn is_transient(&self) -> bool {
        matches!(self.status, 408 | 425 | 429 | 500 | 502..=504)
    }

    /// The reason that the body gives, as one printable line: the message of a JSON error, the title of a page, or
    /// the first line of a text.
    pub fn reason(&self) -> Option<String> {
        let body = self.body.trim();
        let text = match crate::json(body) {
            Ok(value) => json_message(&value)?.to_owned(),
            Err(_) => match page_title(body) {
                Some(title) => title.to_owned(),
                None if body.starts_with('<') => return None,
                None => body.lines().next()?.to_owned(),
            },
        };
        let line = one_line(&text);
        (!line.is_empty()).then_some(line)
    }
}

/// `HTTP 429, too many requests (retry after 5 s): slow down`.
impl fmt::Display for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP {}", self.status)?;
        let meaning = match self.status {
            301 | 302 | 303 | 307 | 308 => "a redirect, which is not followed",
            401 => "login required or refused",
            403 => "forbidden",
            404 => "not found",
            429 => "too many requests",
            503 => "temporarily unavailable",
            _ => "",
        };
        if !meaning.is_empty() {
            write!(f, ", {meaning}")?;
        }
        if let Some(wait) = self.retry_after {
            write!(f, " (retry after {} s)", wait.as_secs())?;
        }
        match self.reason() {
            Some(reason) => write!(f, ": {reason}"),
            None => Ok(()),
        }
    }
}

/// Parses the seconds of a `Retry-After` header. A date, its other form, is ignored: it would need a clock that
/// agrees with the server's.
pub(super) fn retry_after(header: &str) -> Option<Duration> {
    let seconds = header.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(MAX_WAIT))
}

/// The error message in the forms that devices, Redfish services, nodes and web APIs use.
fn json_message(value: &serde_json::Value) -> Option<&str> {
    // A node responds to a batch with a list.
    let value = value.get(0).unwrap_or(value);
    [
        "/error/@Message.ExtendedInfo/0/Message",
        "/error/message",
        "/message",
        "/error",
        "/detail",
        "/reason",
    ]
    .iter()
    .find_map(|pointer| value.pointer(pointer)?.as_str())
    .or_else(|| value.as_str())
}

fn page_title(page: &str) -> Option<&str> {
    // ASCII case folding keeps the offsets of the page.
    let lower = page.to_ascii_lowercase();
    let begin = lower.find("<title>")? + "<title>".len();
    let end = begin + lower[begin..].find("</title>")?;
    page.get(begin..end)
}

/// Untrusted text as it can be shown: its first line, at most 120 characters, without control characters.
pub fn one_line(text: &str) -> String {
    let letters = |c: char| if c.is_ascii_graphic() || c == ' ' { c } else { '?' };
    let line = text.trim().lines().next().unwrap_or_default().trim();
    // Nodes end some messages with this character.
    let line = line.replace('\u{2026}', "...");
    let mut shown: String = line.chars().take(MAX_SHOWN_CHARS).map(letters).collect();
    if line.chars().nth(MAX_SHOWN_CHARS).is_some() {
        shown.push_str("...");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(body: &str) -> Option<String> {
        ErrorResponse { body: body.to_owned(), ..ErrorResponse::new(500) }.reason()
    }

    #[test]
    fn reason_is_found_in_each_form_of_body() {
        for (body, expected) in [
            (r#"{"code":-105,"message":"no channel 7"}"#, "no channel 7"),
            (
                r#"{"result":null,"error":{"code":-28,"message":"Loading block index…"}}"#,
                "Loading block index...",
            ),
            (r#"[{"error":{"message":"in a batch"}}]"#, "in a batch"),
            (
                r#"{"error":{"code":"Base.1","message":"general","@Message.ExtendedInfo":[{"Message":"session expired"}]}}"#,
                "session expired",
            ),
            (r#"{"error":"quota"}"#, "quota"),
            (r#""busy""#, "busy"),
            ("error code: 1010", "error code: 1010"),
            ("\n first\u{1b}[31m\r\nsecond", "first?[31m"),
            ("<html><head><TITLE>403 Forbidden</TITLE></head>", "403 Forbidden"),
        ] {
            assert_eq!(reason(body).as_deref(), Some(expected), "{body}");
        }
        for body in ["", "  ", "{}", "[]", "{\"error\":{}}", "<html><body>x</body>", "7"] {
            assert_eq!(reason(body), None, "{body}");
        }
        assert_eq!(reason(&"x".repeat(500)).unwrap().len(), MAX_SHOWN_CHARS + 3);
    }

    #[test]
    fn display_has_status_meaning_and_requested_wait() {
        let busy = ErrorResponse {
            retry_after: retry_after(" 5 "),
            body: "slow down".to_owned(),
            ..ErrorResponse::new(429)
        };
        assert_eq!(busy.to_string(), "HTTP 429, too many requests (retry after 5 s): slow down");
        assert_eq!(ErrorResponse::new(418).to_string(), "HTTP 418");
        assert!(busy.is_transient() && !ErrorResponse::new(404).is_transient());
        assert_eq!(retry_after("99999999"), Some(MAX_WAIT));
        for other in ["", "-1", "1.5", "Sun, 29 Nov 2026 19:00:00 GMT"] {
            assert_eq!(retry_after(other), None, "{other}");
        }
    }
}
