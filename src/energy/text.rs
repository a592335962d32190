//! Text from outside, prepared for messages: on one line and cut to a maximum length.

pub(super) use crate::input::printable;

/// The first `max_chars` characters, including control characters.
pub(super) fn beginning(text: &str, max_chars: usize) -> &str {
    text.char_indices().nth(max_chars).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printable_text_has_no_control_characters_and_is_cut_by_characters() {
        assert_eq!(printable("a\u{1b}[1m\n\u{e9}bc", 5), "a[1m\u{e9}");
        assert_eq!(printable("ab", 5), "ab");
        assert_eq!(beginning("\u{e9}\nab", 3), "\u{e9}\na");
        assert_eq!(beginning("ab", 3), "ab");
    }
}
