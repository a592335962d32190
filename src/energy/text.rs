//! What others wrote, as it can be shown: on one line, and no longer than a reader wants.

pub(super) use crate::input::printable;

/// The first so many characters, whatever they are.
pub(super) fn beginning(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_left_out_and_characters_counted() {
        assert_eq!(printable("a\u{1b}[1m\n\u{e9}bc", 5), "a[1m\u{e9}");
        assert_eq!(printable("ab", 5), "ab");
        assert_eq!(beginning("\u{e9}\nab", 3), "\u{e9}\na");
        assert_eq!(beginning("ab", 3), "ab");
    }
}
