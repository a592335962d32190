//! Column names, as they are compared and as they are shown.

/// Number of characters of a name or a cell that is shown.
const MAX_SHOWN_CHARS: usize = 60;

/// A name without letter case, spaces, `_` and `-`.
pub(super) fn normalised(name: &str) -> String {
    let dropped = |c: char| c.is_whitespace() || matches!(c, '_' | '-' | '"' | '\u{feff}');
    name.chars().filter(|c| !dropped(*c)).flat_map(char::to_lowercase).collect()
}

/// A text on one line, cut to what errors show.
pub(super) fn shown(text: &str) -> String {
    crate::printable(text, MAX_SHOWN_CHARS)
}

/// A name without the brackets at its end, and the text inside them.
pub(super) fn split_brackets(name: &str) -> (&str, Option<&str>) {
    let name = name.trim();
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(inside) = name.strip_suffix(close)
            && let Some((before, inside)) = inside.rsplit_once(open)
        {
            return (before.trim_end(), Some(inside.trim()));
        }
    }
    (name, None)
}
