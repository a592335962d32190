//! Names of columns, as they are compared and as they are shown.

/// So much of a name or a cell is shown.
const MAX_SHOWN: usize = 60;

/// Without letter case, blanks, `_` and `-`.
pub(super) fn normalised(name: &str) -> String {
    let dropped = |c: char| c.is_whitespace() || matches!(c, '_' | '-' | '"' | '\u{feff}');
    name.chars().filter(|c| !dropped(*c)).flat_map(char::to_lowercase).collect()
}

/// On one line, and not longer than a reader wants.
pub(super) fn shown(text: &str) -> String {
    crate::printable(text, MAX_SHOWN)
}

/// What stands before brackets at the end of a name, and what is in them.
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
