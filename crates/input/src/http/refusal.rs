//! An answer that is no success: its status, and what its body says of the reason.

use std::fmt;
use std::time::Duration;

/// So much of a stranger's words is shown.
const MAX_SHOWN: usize = 120;
/// Whoever asks to wait for longer is not waited for: it is as if it were off.
const LONGEST_WAIT: Duration = Duration::from_hours(1);

/// An answer whose status is no success. What it means depends on who was asked: a node's 403 is another
/// thing than a firewall's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// 300 to 599.
    pub status: u16,
    /// How long it asks to wait (`Retry-After`, RFC 9110, section 10.2.3, in seconds).
    pub retry_after: Option<Duration>,
    /// Where it leads, for 300 to 399.
    pub location: Option<String>,
    /// The body as it came; empty where it was none or too long.
    pub body: String,
}

impl Refusal {
    /// A status with nothing beside it.
    pub fn of(status: u16) -> Self {
        Self { status, retry_after: None, location: None, body: String::new() }
    }

    /// Whether the same question may be answered in a while: too many requests, or a server that
    /// is busy or not ready.
    pub fn is_passing(&self) -> bool {
        matches!(self.status, 408 | 425 | 429 | 500 | 502..=504)
    }

    /// What the body says, on one line of plain letters: a JSON error's message, a page's title, or
    /// the first line of a text.
    pub fn reason(&self) -> Option<String> {
        let body = self.body.trim();
        let said = match crate::json(body) {
            Ok(value) => message(&value)?.to_owned(),
            Err(_) => match title(body) {
                Some(title) => title.to_owned(),
                None if body.starts_with('<') => return None,
                None => body.lines().next()?.to_owned(),
            },
        };
        let said = one_line(&said);
        (!said.is_empty()).then_some(said)
    }
}

/// `HTTP 429, too many requests (asks to wait 5 s): slow down`.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP {}", self.status)?;
        let meaning = match self.status {
            301 | 302 | 303 | 307 | 308 => "a redirect elsewhere, which is not followed",
            401 => "login wanted or refused",
            403 => "forbidden",
            404 => "no such page",
            429 => "too many requests",
            503 => "not available now",
            _ => "",
        };
        if !meaning.is_empty() {
            write!(f, ", {meaning}")?;
        }
        if let Some(wait) = self.retry_after {
            write!(f, " (asks to wait {} s)", wait.as_secs())?;
        }
        match self.reason() {
            Some(reason) => write!(f, ": {reason}"),
            None => Ok(()),
        }
    }
}

/// The seconds of a `Retry-After`; its other form, a date, needs a clock that agrees with the
/// server's, and is left out.
pub(super) fn retry_after(header: &str) -> Option<Duration> {
    let seconds = header.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

/// The message of the forms that devices, Redfish services, nodes and web APIs use.
fn message(value: &serde_json::Value) -> Option<&str> {
    // A node answers a batch with a list.
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
    .find_map(|place| value.pointer(place)?.as_str())
    .or_else(|| value.as_str())
}

fn title(page: &str) -> Option<&str> {
    // Offsets are those of the page: only ASCII letters change their case.
    let lower = page.to_ascii_lowercase();
    let begin = lower.find("<title>")? + "<title>".len();
    let end = begin + lower[begin..].find("</title>")?;
    page.get(begin..end)
}

/// A stranger's words as they can be shown: the first line, short, without control characters.
pub fn one_line(text: &str) -> String {
    let letters = |c: char| if c.is_ascii_graphic() || c == ' ' { c } else { '?' };
    let line = text.trim().lines().next().unwrap_or_default().trim();
    // Nodes write it behind what they are doing.
    let line = line.replace('\u{2026}', "...");
    let mut shown: String = line.chars().take(MAX_SHOWN).map(letters).collect();
    if line.chars().nth(MAX_SHOWN).is_some() {
        shown.push_str("...");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(body: &str) -> Option<String> {
        Refusal { body: body.to_owned(), ..Refusal::of(500) }.reason()
    }

    #[test]
    fn the_reason_is_found_in_each_form_of_body() {
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
        for silent in ["", "  ", "{}", "[]", "{\"error\":{}}", "<html><body>x</body>", "7"] {
            assert_eq!(reason(silent), None, "{silent}");
        }
        assert_eq!(reason(&"x".repeat(500)).unwrap().len(), MAX_SHOWN + 3);
    }

    #[test]
    fn the_status_stands_with_its_meaning_and_the_wait() {
        let busy = Refusal {
            retry_after: retry_after(" 5 "),
            body: "slow down".to_owned(),
            ..Refusal::of(429)
        };
        assert_eq!(busy.to_string(), "HTTP 429, too many requests (asks to wait 5 s): slow down");
        assert_eq!(Refusal::of(418).to_string(), "HTTP 418");
        assert!(busy.is_passing() && !Refusal::of(404).is_passing());
        assert_eq!(retry_after("99999999"), Some(LONGEST_WAIT));
        for other in ["", "-1", "1.5", "Sun, 29 Nov 2026 19:00:00 GMT"] {
            assert_eq!(retry_after(other), None, "{other}");
        }
    }
}
