//! Limits the nesting depth of a text before the TOML parser recurses into it: `toml_parser` 1.1 counts levels
//! everywhere except when it recovers from a brace in place of a key, where it overflows the stack.

use crate::scenario::error::{Problem, Read};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// Deepest nesting that is accepted; scenarios need less than a tenth of it.
const MAX_DEPTH: usize = 64;

/// # Errors
/// More than [`MAX_DEPTH`] brackets and braces are open at once.
pub(super) fn check(text: &str, line_at: impl Fn(usize) -> usize) -> Read<()> {
    let mut open = 0_usize;
    for token in Source::new(text).lex() {
        match token.kind() {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => open += 1,
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                open = open.saturating_sub(1);
            }
            _ => {}
        }
        if open > MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} brackets or braces are open; close them");
            return Err(Problem::Syntax(message).on(Some(line_at(token.span().start())), ""));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::scenario::Scenario;

    #[test]
    fn unclosed_braces_are_refused_without_stack_overflow() {
        let braces = "{".repeat(100_000);
        for text in [
            format!("a = 1\nb = {braces}"),
            format!("a = 1\nb = {{ c = {braces}"),
            format!("a = 1\n{braces}"),
            format!("a = 1\nb = {}", "[{".repeat(50_000)),
        ] {
            let message = Scenario::from_toml(&text).unwrap_err().to_string();
            assert!(message.contains("line 2") && message.contains("more than 64"), "{message}");
        }
    }

    #[test]
    fn closed_or_quoted_braces_are_not_counted() {
        let title = format!("title = \"{}\" # {}\n", "{".repeat(500), "[".repeat(500));
        let lots = "[[fleet]]\ncount = { value = 1, assumed = \"one\" }\n".repeat(200);
        assert!(Scenario::from_toml(&(title + &lots)).is_ok());
    }
}
