//! Text widths in Helvetica, which Arial and Liberation Sans share (Adobe's font metrics).

/// Widths of regular characters from space to tilde, in thousandths of the font size.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/// Widths of bold characters from space to tilde, in thousandths of the font size.
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];
/// Width assumed for any other character, in thousandths: at least that of common characters, so that no label is
/// wider than computed.
const OTHER: u16 = 1000;

fn character_width(character: char, bold: bool) -> u16 {
    match character {
        ' '..='~' => (if bold { BOLD } else { WIDTHS })[character as usize - ' ' as usize],
        '\u{a0}' | '\u{202f}' => 278,
        '\u{2212}' => 584,
        '\u{2013}' => 556,
        '\u{2019}' => 278,
        '\u{b7}' => 333,
        '\u{d7}' => 584,
        '\u{c0}'..='\u{24f}' => 722,
        _ => OTHER,
    }
}

/// The width of a text, in the unit of its font size.
pub(crate) fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    let thousandths: f64 =
        text.chars().map(|character| f64::from(character_width(character, bold))).sum();
    thousandths / 1000.0 * size
}

/// Breaks a text between words into lines of a maximum width; a wider word has its own line.
pub(crate) fn lines(text: &str, size: f64, bold: bool, max_width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), size, bold) <= max_width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_width_matches_helvetica_metrics() {
        assert_eq!(text_width("0", 1000.0, false), 556.0);
        assert_eq!(text_width("Wi~ ", 1000.0, false), 944.0 + 222.0 + 584.0 + 278.0);
        assert!(text_width("gains", 12.0, true) > text_width("gains", 12.0, false));
    }

    #[test]
    fn wrapped_lines_keep_every_word_and_fit() {
        let text = "Owners of the operator who live abroad";
        let found = lines(text, 12.0, false, 90.0);
        assert_eq!(found.join(" "), text);
        assert!(found.len() > 2 && found.iter().all(|line| text_width(line, 12.0, false) <= 90.0));
    }
}
