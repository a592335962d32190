//! Sanitising text from scenarios and files before it is displayed.

/// Replaces each character that could move, hide or end the surrounding text (control characters, changes of the
/// writing direction, invisible characters, characters forbidden in XML) by a visible mark. HTML is not escaped.
pub(super) fn sanitize(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\n' | '\r' => ' ',
            c if c.is_control() || is_misleading(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

fn is_misleading(c: char) -> bool {
    matches!(c,
        // Soft hyphen, Arabic letter mark, combining grapheme joiner, Mongolian vowel separator.
        '\u{ad}' | '\u{61c}' | '\u{34f}' | '\u{180e}'
        // Zero width, marks of direction, line and paragraph separators, embeddings and overrides.
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        // Word joiner, invisible operators, isolates, deprecated formatting.
        | '\u{2060}'..='\u{206f}'
        // Byte order mark, annotations, tags.
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    ) || (c as u32 & 0xfffe) == 0xfffe
        || ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sanitize_marks_misleading_characters_and_keeps_the_rest() {
        assert_eq!(
            sanitize("a\u{202e}b\u{0}c\u{7f}\u{85}d"),
            "a\u{fffd}b\u{fffd}c\u{fffd}\u{fffd}d"
        );
        assert_eq!(sanitize("one\r\ntwo\tthree"), "one  two three");
        assert_eq!(sanitize("Ölkraft, 2 000 MW <b> & ٣"), "Ölkraft, 2 000 MW <b> & ٣");
        assert_eq!(sanitize("\u{ffff}\u{1fffe}\u{fdd0}\u{e0041}"), "\u{fffd}".repeat(4));
    }

    proptest! {
        #[test]
        fn sanitized_text_is_valid_in_xml(text in "\\PC{0,20}|.{0,20}|(?s:.){0,20}") {
            let escaped = sanitize(&text).replace('&', "&amp;").replace('<', "&lt;");
            let document = format!("<a>{escaped}</a>");
            prop_assert!(roxmltree::Document::parse(&document).is_ok(), "{document:?}");
        }
    }
}
