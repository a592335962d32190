//! Plain aligned text for a terminal: labelled figures in columns, wrapped text, grouped digits.
//!
//! ```
//! use hashwatt_quantities::text::{grouped, plain};
//! assert_eq!(grouped(1_025.634, 1), "1,025.6");
//! assert_eq!(plain(0.95), "0.95");
//! ```

use std::fmt::{self, Write};

const LABEL_WIDTH: usize = 26;
const NUMBER_WIDTH: usize = 18;
/// Width of wrapped text in columns: the usual width of a terminal.
pub const WIDTH: usize = 80;

/// Writes labelled figures in columns.
pub struct Sheet<'a, 'b> {
    out: &'a mut fmt::Formatter<'b>,
    has_output: bool,
}

impl<'a, 'b> Sheet<'a, 'b> {
    /// A sheet at the top of the output.
    pub fn new(out: &'a mut fmt::Formatter<'b>) -> Self {
        Self { out, has_output: false }
    }

    /// A sheet below the output of another one.
    pub fn continued(out: &'a mut fmt::Formatter<'b>) -> Self {
        Self { out, has_output: true }
    }

    /// A heading, after a blank line unless it is at the top.
    ///
    /// # Errors
    /// The formatter's.
    pub fn title(&mut self, title: &str) -> fmt::Result {
        if std::mem::replace(&mut self.has_output, true) {
            self.out.write_char('\n')?;
        }
        self.wrapped(title, 0)
    }

    /// A figure with a number of decimals and its unit.
    ///
    /// # Errors
    /// The formatter's.
    pub fn row(&mut self, label: &str, value: f64, decimals: usize, unit: &str) -> fmt::Result {
        let line =
            format!("  {label:<LABEL_WIDTH$}{:>NUMBER_WIDTH$} {unit}", grouped(value, decimals));
        writeln!(self.out, "{}", line.trim_end())
    }

    /// Text next to a label, wrapped.
    ///
    /// # Errors
    /// The formatter's.
    pub fn text(&mut self, label: &str, value: &str) -> fmt::Result {
        let label = format!("  {label:<LABEL_WIDTH$}");
        let indent = LABEL_WIDTH + 2;
        if !label.ends_with(' ') {
            // A long label is on its own line.
            writeln!(self.out, "{label}")?;
            return self.write_wrapped(value, &" ".repeat(indent), indent);
        }
        self.write_wrapped(value, &label, indent)
    }

    /// An input with its origin below it. For a field such as `site: description`, the description is below it, too.
    ///
    /// # Errors
    /// The formatter's.
    pub fn input(&mut self, field: &str, value: f64, unit: &str, origin: &str) -> fmt::Result {
        let (label, description) = field.split_once(": ").unwrap_or((field, ""));
        let line = format!("  {label:<LABEL_WIDTH$}{:>NUMBER_WIDTH$} {unit}", plain(value));
        writeln!(self.out, "{}", line.trim_end())?;
        if !description.is_empty() {
            self.aside(description)?;
        }
        self.aside(origin)
    }

    /// A paragraph.
    ///
    /// # Errors
    /// The formatter's.
    pub fn note(&mut self, note: &str) -> fmt::Result {
        self.wrapped(note, 2)
    }

    /// A figure in front of its text.
    ///
    /// # Errors
    /// The formatter's.
    pub fn figure(&mut self, value: &str, text: &str) -> fmt::Result {
        writeln!(self.out, "  {value:>NUMBER_WIDTH$}  {text}")
    }

    /// An indented note on the row above.
    ///
    /// # Errors
    /// The formatter's.
    pub fn aside(&mut self, note: &str) -> fmt::Result {
        self.wrapped(note, 4)
    }

    fn wrapped(&mut self, text: &str, indent: usize) -> fmt::Result {
        self.write_wrapped(text, &" ".repeat(indent), indent)
    }

    /// Writes wrapped text: the first line after `prefix`, the others indented.
    fn write_wrapped(&mut self, text: &str, prefix: &str, indent: usize) -> fmt::Result {
        for line in wrapped(text, WIDTH, prefix, indent) {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }
}

/// Text wrapped to lines of at most `width` columns, the first line after `prefix`, the others indented. A longer
/// word, such as a path, is not broken.
pub fn wrapped(text: &str, width: usize, prefix: &str, indent: usize) -> Vec<String> {
    lines(text, width, prefix, indent, false)
}

/// Like [`wrapped`], but a word that is longer than a line is broken.
pub fn wrapped_within(text: &str, width: usize, prefix: &str, indent: usize) -> Vec<String> {
    lines(text, width, prefix, indent, true)
}

fn lines(text: &str, width: usize, prefix: &str, indent: usize, breaks_words: bool) -> Vec<String> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return vec![prefix.trim_end().to_owned()];
    }
    let indent = " ".repeat(indent);
    let options = textwrap::Options::new(width)
        .initial_indent(prefix)
        .subsequent_indent(&indent)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
        .break_words(breaks_words);
    textwrap::wrap(&words, options).into_iter().map(|line| line.into_owned()).collect()
}

/// A number with a fixed number of decimals and thousands separators. A number too small for the decimals is shown
/// with four significant digits instead of as zero.
pub fn grouped(value: f64, decimals: usize) -> String {
    if value != 0.0 && value.abs() < 0.5 * 10f64.powi(-(decimals as i32)) {
        return format!("{value:.3e}");
    }
    let fixed = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let mut text = String::new();
    if value < 0.0 {
        text.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// A number with up to six decimals, without trailing zeros.
pub fn plain(value: f64) -> String {
    let text = grouped(value, 6);
    if text.contains('.') && !text.contains('e') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Sheet, WIDTH, grouped, plain};
    use std::fmt;

    struct Shown(&'static str);

    impl fmt::Display for Shown {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let mut sheet = Sheet::new(f);
            sheet.title(self.0)?;
            sheet.note(self.0)?;
            sheet.write_wrapped(self.0, "  label   ", 10)
        }
    }

    #[test]
    fn wrapped_text_fits_the_terminal_and_keeps_every_word() {
        let words = "a day of \u{e9}nergie in a hundred kilowatts, and then some more; no word is lost or \
                     stands twice, however many lines it takes to say what there is to be said";
        let shown = Shown(words).to_string();
        assert!(shown.lines().all(|line| line.chars().count() <= WIDTH), "{shown}");
        let read: Vec<_> = shown.split_whitespace().filter(|word| *word != "label").collect();
        assert_eq!(read.join(" "), [words; 3].join(" "));
        assert!(shown.lines().filter(|line| line.starts_with("          ")).count() >= 1);
        // A path is not broken.
        let long = "/a/path/that/is/longer/than/any/terminal/is/wide/and/that/somebody/wants/to/copy/whole";
        assert!(Shown(long).to_string().lines().any(|line| line.trim() == long));
    }

    #[test]
    fn label_as_long_as_its_column_is_on_its_own_line() {
        struct Labelled(&'static str);
        impl fmt::Display for Labelled {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Sheet::new(f).text(self.0, "power, node")
            }
        }
        let short = Labelled("short").to_string();
        assert_eq!(short, format!("  short{}power, node\n", " ".repeat(21)));
        for long in ["redfish http://192.0.2.7 power", "just as long as its column"] {
            let shown = Labelled(long).to_string();
            assert_eq!(shown, format!("  {long}\n{}power, node\n", " ".repeat(28)));
        }
    }

    #[test]
    fn plain_number_has_no_trailing_zeros() {
        for (value, text) in [
            (2000.0, "2,000"),
            (0.95, "0.95"),
            (0.0, "0"),
            (1e-10, "1.000e-10"),
            (65159.5, "65,159.5"),
        ] {
            assert_eq!(plain(value), text);
        }
    }

    #[test]
    fn number_is_grouped_and_never_shown_as_zero_unless_it_is() {
        for (value, decimals, text) in [
            (0.0, 3, "0.000"),
            (2000.0, 3, "2,000.000"),
            (-256_685.658, 0, "-256,686"),
            (126.984_127, 3, "126.984"),
            (999.0, 0, "999"),
            (999_999.6, 0, "1,000,000"),
            (1.5, 2, "1.50"),
            (1e-9, 3, "1.000e-9"),
            (0.0004, 3, "4.000e-4"),
        ] {
            assert_eq!(grouped(value, decimals), text);
        }
    }
}
