//! Text that others wrote, made harmless to show.

/// The text without what moves, hides or ends the text around it: control characters, what turns the
/// direction of writing, invisible characters and those that XML forbids. Each is replaced by a
/// visible mark, so that nobody is misled; escaping is the page's own affair.
pub(super) fn neutral(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\n' | '\r' => ' ',
            c if c.is_control() || is_treacherous(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

fn is_treacherous(c: char) -> bool {
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
    fn what_misleads_is_marked_and_the_rest_stays() {
        assert_eq!(
            neutral("a\u{202e}b\u{0}c\u{7f}\u{85}d"),
            "a\u{fffd}b\u{fffd}c\u{fffd}\u{fffd}d"
        );
        assert_eq!(neutral("one\r\ntwo\tthree"), "one  two three");
        assert_eq!(neutral("Ölkraft, 2 000 MW <b> & ٣"), "Ölkraft, 2 000 MW <b> & ٣");
        assert_eq!(neutral("\u{ffff}\u{1fffe}\u{fdd0}\u{e0041}"), "\u{fffd}".repeat(4));
    }

    proptest! {
        #[test]
        fn xml_can_hold_whatever_is_left(text in "\\PC{0,20}|.{0,20}|(?s:.){0,20}") {
            let escaped = neutral(&text).replace('&', "&amp;").replace('<', "&lt;");
            let document = format!("<a>{escaped}</a>");
            prop_assert!(roxmltree::Document::parse(&document).is_ok(), "{document:?}");
        }
    }
}
