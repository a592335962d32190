//! Plain aligned text for a terminal: labelled figures in columns, wrapped words, grouped digits.
//!
//! ```
//! use hashwatt_quantities::text::{grouped, plain};
//! assert_eq!(grouped(1_025.634, 1), "1,025.6");
//! assert_eq!(plain(0.95), "0.95");
//! ```

use std::fmt::{self, Write};

const LABEL: usize = 26;
const NUMBER: usize = 18;
/// Where lines of words are broken: a terminal's width since there are terminals.
pub const WIDTH: usize = 80;

/// Writes labelled figures in columns.
pub struct Sheet<'a, 'b> {
    out: &'a mut fmt::Formatter<'b>,
    begun: bool,
}

impl<'a, 'b> Sheet<'a, 'b> {
    /// At the top.
    pub fn new(out: &'a mut fmt::Formatter<'b>) -> Self {
        Self { out, begun: false }
    }

    /// Below what another sheet wrote.
    pub fn begun(out: &'a mut fmt::Formatter<'b>) -> Self {
        Self { out, begun: true }
    }

    /// A heading, behind a blank line where something stands above.
    ///
    /// # Errors
    /// The formatter's.
    pub fn title(&mut self, title: &str) -> fmt::Result {
        if std::mem::replace(&mut self.begun, true) {
            self.out.write_char('\n')?;
        }
        self.wrapped(title, 0)
    }

    /// A figure with so many decimals and its unit.
    ///
    /// # Errors
    /// The formatter's.
    pub fn row(&mut self, label: &str, value: f64, decimals: usize, unit: &str) -> fmt::Result {
        let line = format!("  {label:<LABEL$}{:>NUMBER$} {unit}", grouped(value, decimals));
        writeln!(self.out, "{}", line.trim_end())
    }

    /// Words beside a label, wrapped.
    ///
    /// # Errors
    /// The formatter's.
    pub fn text(&mut self, label: &str, value: &str) -> fmt::Result {
        let label = format!("  {label:<LABEL$}");
        let begin = LABEL + 2;
        if !label.ends_with(' ') {
            // A long label has a line of its own.
            writeln!(self.out, "{label}")?;
            return self.broken(value, &" ".repeat(begin), begin);
        }
        self.broken(value, &label, begin)
    }

    /// The heads of two columns, behind a blank line.
    ///
    /// # Errors
    /// The formatter's.
    pub fn columns(&mut self, label: &str, first: &str, second: &str) -> fmt::Result {
        writeln!(self.out)?;
        self.cells(label, first, second)
    }

    /// Two figures of one unit.
    ///
    /// # Errors
    /// The formatter's.
    pub fn pair(
        &mut self,
        label: &str,
        first: f64,
        second: f64,
        decimals: usize,
        unit: &str,
    ) -> fmt::Result {
        self.pair_or_never(label, Some(first), Some(second), decimals, unit)
    }

    /// Two figures of one unit, `never` where there is none.
    ///
    /// # Errors
    /// The formatter's.
    pub fn pair_or_never(
        &mut self,
        label: &str,
        first: Option<f64>,
        second: Option<f64>,
        decimals: usize,
        unit: &str,
    ) -> fmt::Result {
        let [first, second] = [first, second]
            .map(|value| value.map_or("never".to_owned(), |value| grouped(value, decimals)));
        let line = format!("  {label:<LABEL$}{first:>NUMBER$}{second:>NUMBER$} {unit}");
        writeln!(self.out, "{}", line.trim_end())
    }

    /// A figure, `never` where there is none.
    ///
    /// # Errors
    /// The formatter's.
    pub fn one_or_never(
        &mut self,
        label: &str,
        value: Option<f64>,
        decimals: usize,
        unit: &str,
    ) -> fmt::Result {
        let value = value.map_or("never".to_owned(), |value| grouped(value, decimals));
        let line = format!("  {label:<LABEL$}{value:>NUMBER$} {unit}");
        writeln!(self.out, "{}", line.trim_end())
    }

    /// Two cells under [`columns`](Self::columns).
    ///
    /// # Errors
    /// The formatter's.
    pub fn cells(&mut self, label: &str, first: &str, second: &str) -> fmt::Result {
        let line = format!("  {label:<LABEL$}{first:>NUMBER$}{second:>NUMBER$}");
        writeln!(self.out, "{}", line.trim_end())
    }

    /// An input with its origin below it; of a field such as `site: what it is` the words stand below too.
    ///
    /// # Errors
    /// The formatter's.
    pub fn input(&mut self, field: &str, value: f64, unit: &str, origin: &str) -> fmt::Result {
        let (label, what) = field.split_once(": ").unwrap_or((field, ""));
        let line = format!("  {label:<LABEL$}{:>NUMBER$} {unit}", plain(value));
        writeln!(self.out, "{}", line.trim_end())?;
        if !what.is_empty() {
            self.aside(what)?;
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

    /// A figure in front of its words.
    ///
    /// # Errors
    /// The formatter's.
    pub fn figure(&mut self, value: &str, words: &str) -> fmt::Result {
        writeln!(self.out, "  {value:>NUMBER$}  {words}")
    }

    /// A note on the row above.
    ///
    /// # Errors
    /// The formatter's.
    pub fn aside(&mut self, note: &str) -> fmt::Result {
        self.wrapped(note, 4)
    }

    fn wrapped(&mut self, text: &str, indent: usize) -> fmt::Result {
        self.broken(text, &" ".repeat(indent), indent)
    }

    /// Words in lines, the first behind its beginning, the others indented.
    fn broken(&mut self, text: &str, begin: &str, indent: usize) -> fmt::Result {
        for line in wrapped(text, WIDTH, begin, indent) {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }
}

/// Words in lines of at most so many columns, the first line behind `begin`, the others indented. A longer word,
/// such as a path, stays whole.
pub fn wrapped(text: &str, width: usize, begin: &str, indent: usize) -> Vec<String> {
    lines(text, width, begin, indent, false)
}

/// The same, but what is longer than a line is cut.
pub fn wrapped_within(text: &str, width: usize, begin: &str, indent: usize) -> Vec<String> {
    lines(text, width, begin, indent, true)
}

fn lines(text: &str, width: usize, begin: &str, indent: usize, cut: bool) -> Vec<String> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return vec![begin.trim_end().to_owned()];
    }
    let indent = " ".repeat(indent);
    let options = textwrap::Options::new(width)
        .initial_indent(begin)
        .subsequent_indent(&indent)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
        .break_words(cut);
    textwrap::wrap(&words, options).into_iter().map(|line| line.into_owned()).collect()
}

/// So many decimals, thousands apart. A figure too small for the decimals keeps four significant
/// digits instead of showing as zero.
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

/// As many of six decimals as are not zero.
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
            sheet.broken(self.0, "  label   ", 10)
        }
    }

    #[test]
    fn lines_of_words_are_as_wide_as_a_terminal_and_lose_nothing() {
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
    fn a_label_as_long_as_its_column_does_not_run_into_the_words() {
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
    fn plain_numbers_end_where_they_end() {
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
    fn numbers_are_grouped_and_never_vanish() {
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
