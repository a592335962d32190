//! How deep a text nests, before the reader of TOML recurses into it: `toml_parser` 1.1 counts its levels
//! everywhere but where it recovers from a brace in the place of a key, and overflows the stack there.

use crate::scenario::error::{Problem, Read};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// No scenario nests a tenth as deep.
const DEEPEST: usize = 64;

/// # Errors
/// Where more brackets and braces are open than any scenario needs.
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
        if open > DEEPEST {
            let told = format!("more than {DEEPEST} brackets or braces are open; close them");
            return Err(Problem::Syntax(told).on(Some(line_at(token.span().start())), ""));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::scenario::Scenario;

    #[test]
    fn braces_without_end_are_refused_and_do_not_overflow_the_stack() {
        let braces = "{".repeat(100_000);
        for text in [
            format!("a = 1\nb = {braces}"),
            format!("a = 1\nb = {{ c = {braces}"),
            format!("a = 1\n{braces}"),
            format!("a = 1\nb = {}", "[{".repeat(50_000)),
        ] {
            let told = Scenario::from_toml(&text).unwrap_err().to_string();
            assert!(told.contains("line 2") && told.contains("more than 64"), "{told}");
        }
    }

    #[test]
    fn braces_that_are_closed_or_quoted_count_for_nothing() {
        let title = format!("title = \"{}\" # {}\n", "{".repeat(500), "[".repeat(500));
        let lots = "[[fleet]]\ncount = { value = 1, assumed = \"one\" }\n".repeat(200);
        assert!(Scenario::from_toml(&(title + &lots)).is_ok());
    }
}
